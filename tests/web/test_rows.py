"""Lines of several parts are offered as rows; without script they stay the text that they are."""

from __future__ import annotations

import json

from bihuan.capabilities.accidents.monthly.inputs import Forecast, Return
from bihuan.kernel.web.forms import form_for


def parts(form: type, name: str) -> list[dict[str, object]]:
    told: list[dict[str, object]] = json.loads(form_for(form).fields[name].widget.attrs["data-rows"])
    return told


def test_each_part_of_a_line_is_named_with_its_kind() -> None:
    accident = parts(Return, "accidents")
    assert [part["label"] for part in accident][:3] == ["日期", "事故单位或地点", "行业领域"]
    assert accident[0]["kind"] == "date"
    assert len(accident) == 6
    risk = parts(Forecast, "items")
    assert risk[1] == {"label": "等级", "choices": ["重大", "较大", "一般", "低"]}
    assert len(risk) == 5
