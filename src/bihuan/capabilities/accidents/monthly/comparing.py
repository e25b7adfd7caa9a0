"""A return against the records of the system, row by row (M207): what stands on one side only, and where numbers differ.

The records of a unit are the accidents of its place (towns) or those it is the responsible agency of (agencies). An accident is
matched by day and field, then by the words for its unit; each is matched once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.accidents.states import Branch
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents.numerals import exact_wan_yuan
from bihuan.kernel.territory.models import Agency, AgencyKind

NUMBERS = (("deaths", "死亡", "人"), ("serious", "重伤", "人"), ("loss_fen", "直接经济损失", "万元"))
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One accident as the system counts it."""

    no: str
    version: int
    on: str
    unit: str
    place: str
    branch: str
    deaths: int
    serious: int
    loss_fen: int

    def json(self) -> dict[str, Any]:
        """What is kept of it on acceptance."""
        return {name: getattr(self, name) for name in self.__slots__}

    def words(self) -> str:
        return said_of(self.json())


@dataclass(frozen=True, slots=True)
class Difference:
    """One row on which return and records differ; ``stated`` or ``kept`` is missing where it stands on one side only."""

    stated: Line | None
    kept: Kept | None
    number: int = 0

    def words(self) -> str:
        """The row, named so that it is found on either side."""
        if self.kept is None:
            assert self.stated is not None
            return f"表上第 {self.number} 行（{said_of(self.stated)}）系统中没有"
        if self.stated is None:
            return f"系统中的事故 {self.kept.no}（{self.kept.words()}）表上没有"
        told = "，".join(
            _told(label, unit, self.stated[name], getattr(self.kept, name))
            for name, label, unit in self.numbers()
        )
        return f"事故 {self.kept.no}（{self.kept.on} {self.kept.unit or self.kept.place}）数字不同：{told}"

    def numbers(self) -> list[tuple[str, str, str]]:
        """Which of the numbers differ."""
        if self.stated is None or self.kept is None:
            return []
        return [one for one in NUMBERS if self.stated[one[0]] != getattr(self.kept, one[0])]


def _told(label: str, unit: str, stated: int, kept: int) -> str:
    if unit == "万元":
        return f"{label}表上 {exact_wan_yuan(stated)} 万元、系统 {exact_wan_yuan(kept)} 万元"
    return f"{label}表上 {stated} {unit}、系统 {kept} {unit}"


def said_of(one: Line) -> str:
    """``2026-11-10 东湖纺织有限公司，工矿商贸，死亡 1 人、重伤 0 人、损失 85 万元``."""
    where = one["unit"] or one.get("place", "")
    field = Branch(one["branch"]).label.partition("（")[0]
    return (
        f"{one['on']} {where}，{field}，死亡 {one['deaths']} 人、重伤 {one['serious']} 人、"
        f"损失 {exact_wan_yuan(one['loss_fen'])} 万元"
    )


def is_of_place(agency: Agency) -> bool:
    """Whether a unit answers for a place; any other unit answers for the accidents it is the responsible agency of."""
    return agency.kind == AgencyKind.TOWN_GOVERNMENT


def belongs(agency: Agency, accident: Any) -> bool:
    """Whether an accident is of a unit, by place or by field."""
    if is_of_place(agency):
        return bool(accident.region_path.startswith(agency.region.path))
    return bool(accident.agency_id == agency.pk)


def accidents_of(month: Period, which: Q | None = None) -> list[Accident]:
    """The accidents of a month that the system counts, in order of days."""
    rows = Accident.objects.filter(
        which or Q(), occurred_on__gte=month.first, occurred_on__lte=month.last, dismissed=False
    )
    return list(rows.order_by("occurred_on", "no"))


def kept_of(form: Any) -> list[Kept]:
    """The records of a form's unit and month."""
    agency = form.agency
    which = Q(region_path__startswith=agency.region.path) if is_of_place(agency) else Q(agency=form.agency_id)
    return [kept(one) for one in accidents_of(form.month, which)]


def kept(accident: Any) -> Kept:
    """An accident as it counts."""
    return Kept(
        accident.no, accident.told, accident.occurred_on.isoformat(), accident.unit, accident.place, accident.branch,
        accident.counted_deaths, accident.counted_serious, accident.loss_fen,
    )  # fmt: skip


def differences(stated: Sequence[Line], records: Iterable[Kept]) -> list[Difference]:
    """Every row on which the two sides differ: numbers first, then what only the system has, then what only the return has."""
    left = list(records)
    alone: list[Difference] = []
    unlike: list[Difference] = []
    for number, line in sorted(enumerate(stated, 1), key=lambda one: -_best(one[1], left)):
        match = max(left, key=lambda record: _likeness(line, record), default=None)
        if match is None or not _likeness(line, match):
            alone.append(Difference(line, None, number))
            continue
        left.remove(match)
        found = Difference(line, match, number)
        if found.numbers():
            unlike.append(found)
    return [*unlike, *(Difference(None, one) for one in left), *sorted(alone, key=lambda one: one.number)]


def _best(line: Line, records: Sequence[Kept]) -> int:
    return max((_likeness(line, record) for record in records), default=0)


def _likeness(line: Line, record: Kept) -> int:
    """0 where the two cannot be one accident: another day or another field. Words and numbers decide between several."""
    if line["on"] != record.on or line["branch"] != record.branch:
        return 0
    said = line["unit"]
    named = any(name and (said in name or name in said) for name in (record.unit, record.place))
    return 1 + (8 if named else 0) + sum(bool(line[name] == getattr(record, name)) for name, _, _ in NUMBERS)


def changes_since(agreed: Sequence[Line], records: Iterable[Kept]) -> list[str]:
    """报后变动: what the records say now that they did not say when the return was accepted."""
    now = {one.no: one for one in records}
    told = []
    for line in agreed:
        record = now.pop(line["no"], None)
        if record is None:
            told.append(f"事故 {line['no']}（{said_of(line)}）不再属于本单位本月，或已不予认定")
            continue
        moved = [one for one in NUMBERS if line[one[0]] != getattr(record, one[0])]
        words = [_moved(label, unit, line[name], getattr(record, name)) for name, label, unit in moved]
        if line["branch"] != record.branch:
            words.append(f"行业 {Branch(line['branch']).label} 改为 {Branch(record.branch).label}")
        if line["on"] != record.on:
            words.append(f"日期 {line['on']} 改为 {record.on}")
        if words:
            told.append(f"事故 {line['no']}：{'，'.join(words)}")
    told += [f"新增事故 {one.no}（{one.words()}）" for one in now.values()]
    return told


def _moved(label: str, unit: str, before: int, after: int) -> str:
    if unit == "万元":
        return f"{label} {exact_wan_yuan(before)} 万元改为 {exact_wan_yuan(after)} 万元"
    return f"{label} {before} {unit}改为 {after} {unit}"


def totals(told: Iterable[Line]) -> dict[str, int]:
    """How many, dead, severely injured, and fen."""
    found = {"count": 0, "deaths": 0, "serious": 0, "loss_fen": 0}
    for one in told:
        found["count"] += 1
        for name in ("deaths", "serious", "loss_fen"):
            found[name] += one[name]
    return found


def within(month: Period, day: str) -> bool:
    """Whether a stated day lies in the month of the return."""
    return date.fromisoformat(day) in month
