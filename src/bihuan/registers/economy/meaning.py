"""What a clerk's words mean: a row of a workbook, a body of the API and a form end in the same :class:`Told`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.territory.meant import region_meant
from bihuan.kernel.territory.models import Region
from bihuan.kernel.territory.trees import the_district
from bihuan.registers.economy.indicators import indicator, period_of
from bihuan.registers.economy.keeping import Told, amount_of
from bihuan.registers.economy.models import Place, Stage

_ABOVE = {
    "全市": Place.CITY, "市": Place.CITY, "全省": Place.PROVINCE, "省": Place.PROVINCE, "全国": Place.COUNTRY, "国家": Place.COUNTRY,
}  # fmt: skip


def told_by(said: Mapping[str, str]) -> Told:
    """The number that these words tell: ``indicator``, ``place``, ``year``, ``span``, ``amount``, ``stage``, ``source``,
    ``published_on``, ``reason``.

    Raises:
        Refused: something unreadable, named by its field.
    """
    kind = indicator(said.get("indicator", "").strip())
    region, place = place_meant(said.get("place", ""))
    return Told(
        indicator=kind, period=period_of(_year(said.get("year", "")), said.get("span", "").strip()),
        amount=amount_of(said.get("amount", "")), stage=_stage(said.get("stage", ""), staged=kind.staged),
        source=said.get("source", ""), published_on=_day(said.get("published_on", "")), region=region, place=place.value,
        reason=said.get("reason", ""),
    )  # fmt: skip


def place_meant(text: str) -> tuple[Region | None, Place]:
    """A region of the tree or one of 全市、全省、全国; empty is the whole district.

    Raises:
        Refused: ``economy.unknown_place``.
    """
    words = text.strip()
    if (above := _ABOVE.get(words) or next((one for one in Place if one.value == words), None)) and (
        above != Place.OWN
    ):
        return None, above
    if words in ("", "本区", "全区", "本县", "全县", Place.OWN):
        district = the_district()
        if district is not None:
            return district.region, Place.OWN
    found = region_meant(words) if words else None
    if found is None:
        says = f"没有“{words}”这个区划；上级的请写全市、全省或全国"
        raise Refused.because("economy.unknown_place", says, "place")
    return found, Place.OWN


def _year(text: str) -> int:
    digits = text.strip().removesuffix("年").removesuffix(".0")
    if not digits.isdecimal() or len(digits) != 4:
        raise Refused.because("economy.not_a_year", "年份请写四位数字，例如 2023", "year")
    return int(digits)


def _stage(text: str, *, staged: bool) -> str:
    words = text.strip()
    if not words:
        if staged:
            raise Refused.because("economy.unknown_stage", "请写明是初步核算数还是最终核实数", "stage")
        return Stage.PUBLISHED.value
    for stage in Stage:
        if words in (stage.value, stage.label, stage.label.removesuffix("数")):
            return stage.value
    raise Refused.because("economy.unknown_stage", f"口径请写：{'、'.join(Stage.labels)}", "stage")


def _day(text: str) -> date:
    if not text.strip():
        return clock.today()
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as wrong:
        says = "不是日期，请写成 2024-01-20 这样的形式"
        raise Refused.because("economy.not_a_day", says, "published_on") from wrong
