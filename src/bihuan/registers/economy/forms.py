"""What entering a published number asks for."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.kernel import clock
from bihuan.kernel.territory.trees import the_district, towns
from bihuan.registers.economy.indicators import SPANS, indicators
from bihuan.registers.economy.models import Place, Stage


class PublishedForm(forms.Form):
    indicator = forms.ChoiceField(label="指标")
    place = forms.ChoiceField(label="范围", required=False)
    year = forms.ChoiceField(label="年份")
    span = forms.ChoiceField(
        label="时段", choices=[(one, one) for one in SPANS], help_text="人数、台数只按全年登记"
    )
    amount = forms.CharField(
        label="数值", max_length=30, help_text="照公布文件填写，不推算；单位见指标后的括号"
    )
    stage = forms.ChoiceField(
        label="口径",
        choices=Stage.choices,
        help_text="地区生产总值先登记初步核算数，核实后再登记最终核实数，两版都保留",
    )
    source = forms.CharField(
        label="来源文件", max_length=200, help_text="例如：2023年国民经济和社会发展统计公报"
    )
    published_on = forms.DateField(label="公布日期", widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(
        label="更正原因", max_length=200, required=False, help_text="同一口径再次登记时填写"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "indicator": [(one.code, f"{one.label}（{one.unit}）") for one in indicators().values()],
            "place": _places(),
            "year": [
                (str(year), f"{year}年") for year in range(clock.today().year, clock.today().year - 12, -1)
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


def _places() -> list[tuple[str, str]]:
    district = the_district()
    own = [("", district.region.name)] if district else []
    above = [(one.value, one.label) for one in Place if one != Place.OWN]
    return [*own, *above, *((name, name) for name in towns().values_list("name", flat=True))]
