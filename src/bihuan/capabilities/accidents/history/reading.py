"""One row of a ledger as an accident: every cell that cannot stand is named, all of a row at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bihuan.capabilities.accidents import law
from bihuan.capabilities.accidents.grading import grade_of
from bihuan.capabilities.accidents.history.names import Names
from bihuan.capabilities.accidents.ledger import RECENT, TOO_RECENT
from bihuan.capabilities.accidents.states import Grade
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import exact_wan_yuan
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Region, Sector
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.workbooks.dates import one_day
from bihuan.kernel.workbooks.money import read_money
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.reasons import Unreadable

MOST_PEOPLE = 100_000


@dataclass(slots=True)
class Told:
    """What a row says, as far as it can be read; ``failures`` name the cells that cannot."""

    row: PlainRow
    failures: list[Failure] = field(default_factory=list)
    day: date | None = None
    object: SupervisedObject | None = None
    unit: str = ""
    place: str = ""
    region: Region | None = None
    sector: Sector | None = None
    branch: str = ""
    type: str = ""
    people: dict[str, int] = field(default_factory=dict)
    loss: int = 0
    closed_on: date | None = None

    def cell(self, name: str) -> str:
        return self.row.cells.get(name, "").strip()

    def wrong(self, code: str, says: str, name: str) -> None:
        self.failures.append(Failure(f"ledger.{code}", says, name))

    @property
    def key(self) -> tuple[str, str, str]:
        """By which a row is known again: day, unit or place, field."""
        return (self.day.isoformat() if self.day else "", name_key(self.unit or self.place), self.branch)

    def numbers(self) -> tuple[int, int, int]:
        return self.people.get("deaths", 0), self.people.get("serious", 0), self.loss


def read(row: PlainRow, names: Names) -> Told:
    """Read a row, with the words of the district."""
    told = Told(row)
    told.day = _day(told, "occurred_on", required=True)
    if told.day is not None and told.day > clock.today():
        told.wrong("day_ahead", "发生日期晚于今天，请核对", "occurred_on")
    elif told.day is not None and told.day >= clock.today() - RECENT:
        told.wrong("too_recent", TOO_RECENT, "occurred_on")
    told.unit, told.place = told.cell("unit")[:120], told.cell("place")[:200]
    if not told.unit and not told.place:
        told.wrong("nowhere", "事故发生单位和事故地点至少填一项，否则认不出是哪一起", "unit")
    _where(told, names)
    _field(told, names)
    for name, label in (("deaths", "死亡人数"), ("serious", "重伤人数"), ("slight", "轻伤人数")):
        told.people[name] = _people(told, name, label)
    told.loss = _loss(told)
    _graded(told)
    _typed(told)
    told.closed_on = _day(told, "closed_on", required=False)
    if told.closed_on and told.day and not told.day <= told.closed_on <= clock.today():
        told.wrong("closed_out_of_order", "结案日期应在事故发生之日与今天之间，请核对", "closed_on")
    return told


def _day(told: Told, name: str, *, required: bool) -> date | None:
    text = told.cell(name)
    if not text:
        if required:
            told.wrong("no_day", "没有填写发生日期", name)
        return None
    found = one_day(text)
    if found is None:
        told.wrong("not_a_day", "不是日期，请写成 2023-03-01 这样的形式", name)
    return found


def _where(told: Told, names: Names) -> None:
    code = told.cell("credit_code")
    told.object = names.object_called(told.unit, code)
    if code and told.object is None:
        told.wrong(
            "unknown_code",
            "没有这个统一社会信用代码的登记单位，或不在您的辖区；不在台账的请留空",
            "credit_code",
        )
    text = told.cell("region")
    told.region = names.region_called(text) if text else None
    if text and told.region is None:
        told.wrong("unknown_region", "没有这个镇街，请照区划名称填写", "region")
    elif not text:
        told.region = told.object.region if told.object is not None else names.district


def _field(told: Told, names: Names) -> None:
    """Exactly one field an accident (N39): none, or two, and the parts would not be the total."""
    text = told.cell("sector")
    said = names.sectors_in(text)
    if not text or not said:
        says = "没有填写行业领域" if not text else "不是已知的行业领域"
        told.wrong("no_sector", f"{says}；每起事故必须归入且只归入一个行业，各行业之和才等于总数", "sector")
    elif len(said) > 1 or None in said:
        told.wrong("many_sectors", "写了不止一个行业领域，或其中有不认识的；一起事故只归一个行业", "sector")
    else:
        told.sector = said[0]
        assert told.sector is not None
        told.branch = names.branch_of(told.sector)


def _people(told: Told, name: str, label: str) -> int:
    text = told.cell(name).removesuffix("人").strip()
    if text in ("", "无", "—", "-"):
        if name == "deaths" and text == "":
            told.wrong("no_deaths", "没有填写死亡人数；没有死亡的填 0", name)
        return 0
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_PEOPLE:
        told.wrong("not_a_number", f"{label}应为 0 或正整数", name)
        return 0
    return int(text)


def _loss(told: Told) -> int:
    heading = told.row.headings.get("loss", "")
    unit = "元" if "元" in heading and "万" not in heading else "万元"
    try:
        return read_money(told.cell("loss"), unit) or 0
    except Unreadable as wrong:
        told.wrong("not_money", f"直接经济损失{wrong}", "loss")
        return 0


def _graded(told: Told) -> None:
    """The grade a ledger states must be the one the bands of the day give."""
    if told.day is None or told.failures:
        return
    deaths, serious, loss = told.numbers()
    try:
        grade = grade_of(deaths, serious, loss, told.day).grade
    except Refused as refused:
        told.wrong("no_rules", refused.failures[0].message, "occurred_on")
        return
    said = told.cell("grade").removesuffix("事故").removesuffix("生产安全")
    if said and said != grade.label:
        numbers = f"死亡 {deaths} 人、重伤 {serious} 人、损失 {exact_wan_yuan(loss)} 万元"
        if said not in {one.label for one in Grade}:
            told.wrong("unknown_grade", "事故等级应为一般、较大、重大或特别重大", "grade")
        else:
            told.wrong(
                "other_grade", f"按当日标准，{numbers}应为{grade.label}事故，请核对等级或数字", "grade"
            )


def _typed(told: Told) -> None:
    text = told.cell("type")
    if not text or told.day is None:
        return
    fitting = law.kinds_on(told.day)
    found = next((one for one in fitting if text in (one.name, one.code)), None)
    if found is None:
        edition = fitting[0].edition if fitting else "GB 6441"
        told.wrong(
            "unknown_type",
            f"当日适用 {edition}，其中没有这一事故类型；可填：{'、'.join(one.name for one in fitting)}",
            "type",
        )
    else:
        told.type = found.code


def given_of(told: Told, ledger: str) -> Mapping[str, Any]:
    """The fields of the opening's input."""
    assert told.day is not None and told.sector is not None and told.region is not None  # noqa: PT018
    return {
        "object": told.object.uid if told.object else None, "unit": told.unit, "occurred_on": told.day, "place": told.place,
        "summary": told.cell("summary")[:2000], "deaths": told.people["deaths"], "serious": told.people["serious"],
        "slight": told.people["slight"], "loss": told.loss, "region": told.region.pk, "sector": told.sector.pk,
        "type": told.type, "closed_on": told.closed_on, "closed_by": told.cell("closed_by")[:120], "ledger": ledger[:200],
    }  # fmt: skip
