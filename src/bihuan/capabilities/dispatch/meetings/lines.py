"""Reading what a clerk writes one a line: decisions, units, enterprises, findings. Every fault is told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bihuan.capabilities.dispatch.register_names import register_names
from bihuan.capabilities.dispatch.speeches.deadlines import DocumentDay, deadline_in
from bihuan.capabilities.dispatch.speeches.units import Register
from bihuan.kernel.errors import Failure
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import in_force

MOST = 30
LONGEST = 110
EVERY_TOWN = ("各镇街", "各镇（街）", "各镇（街道）", "各镇街道", "各镇、街道")
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)]|[0-9一二三四五六七八九十]{1,3}[、.．])\s*"
)
_BAR = re.compile(r"[｜|\t]")
_BETWEEN = re.compile(r"[、，,；;\n]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as written, without its number in front."""

    number: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, read: what is to be done, by which unit, helped by which, until when, and how."""

    number: int
    words: str
    lead: int
    supporting: tuple[int, ...]
    due_on: date
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found at a registered object. ``criterion`` is what makes it major."""

    object: UUID
    name: str
    place: str
    description: str
    grade: str = "general"
    criterion: str = ""


@dataclass(slots=True)
class Units:
    """The units in force on a day, by every name a paper may give them. Three queries, whatever the text."""

    register: Register
    keys: dict[str, int]
    towns: tuple[int, ...]

    @classmethod
    def on(cls, day: date) -> Units:
        rows = list(
            Agency.objects.filter(in_force(day)).order_by("order", "id").values_list("pk", "name", "kind")
        )
        towns = tuple(pk for pk, _, kind in rows if kind == AgencyKind.TOWN_GOVERNMENT)
        return cls(register_names(day), {name: pk for pk, name, _ in reversed(rows)}, towns)

    def key(self, text: str) -> int | None:
        """The unit meant, by its full name, a short or a former one; None when it is none or not certain."""
        found = self.register.find(text, name_key(text))
        return self.keys.get(found) if found else None


@dataclass(slots=True)
class Reading:
    """What was read, and what stands in the way."""

    failures: list[Failure] = field(default_factory=list)


@dataclass(slots=True)
class Decisions(Reading):
    found: list[Decided] = field(default_factory=list)


@dataclass(slots=True)
class Keys(Reading):
    found: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Objects(Reading):
    found: list[SupervisedObject] = field(default_factory=list)


@dataclass(slots=True)
class Findings(Reading):
    found: list[Found] = field(default_factory=list)


def lines_of(text: str) -> list[Line]:
    """The lines that say something; their cells without the spaces around them."""
    kept = [line for line in text.splitlines() if line.strip(" \u3000|｜\t")]
    return [
        Line(number, tuple(cell.strip(" \u3000") for cell in _BAR.split(_NUMBERED.sub("", line))))
        for number, line in enumerate(kept, 1)
    ]


def read_decisions(text: str, on: date, name: str = "decisions") -> Decisions:
    """Decisions as minutes list them; days like 12月15日前 are counted from the day of the meeting.

    One lead unit each: what has none, or two, is refused by its number (codes ``meeting.decision_*``).
    """
    read = Decisions()
    lines = lines_of(text)
    if not lines:
        return read
    if len(lines) > MOST:
        read.failures.append(
            Failure("meeting.too_many_decisions", f"一次至多登记 {MOST} 条，请分次登记", name)
        )
        return read
    units = Units.on(on)
    for line in lines:
        faults = list(_faults(line, units, on))
        read.failures += [
            Failure(code, f"第 {line.number} 条决定{_quoted(line)}{says}", name) for code, says in faults
        ]
        if not faults:
            read.found.append(_decided(line, units, on))
    return read


def _quoted(line: Line) -> str:
    words = line.cell(0)
    return f"“{words[:20]}{'…' if len(words) > 20 else ''}”" if words else ""


def _names(cell: str) -> list[str]:
    return [name for part in _BETWEEN.split(cell) if (name := part.strip(" \u3000"))]


def _faults(line: Line, units: Units, on: date) -> Iterator[tuple[str, str]]:
    if not line.cell(0):
        yield "meeting.decision_without_words", "没有写决定事项"
    if len(line.cell(0)) > LONGEST:
        yield "meeting.decision_too_long", f"超过 {LONGEST} 字，请用一句话写明要做成什么"
    leads = _names(line.cell(1))
    if not leads:
        yield "meeting.decision_without_lead", "没有牵头单位，请在第一个“｜”后写明由哪个单位牵头"
    elif len(leads) > 1:
        yield (
            "meeting.decision_two_leads",
            f"有 {len(leads)} 个牵头单位（{'、'.join(leads)}），只能定一个，其余写到配合单位",
        )
    elif units.key(leads[0]) is None:
        yield "meeting.decision_unit_unknown", f"的牵头单位“{leads[0]}”不在单位名册中，请写全称或登记过的简称"
    for name in _names(line.cell(3)):
        if name not in EVERY_TOWN and units.key(name) is None:
            yield "meeting.decision_unit_unknown", f"的配合单位“{name}”不在单位名册中，请写全称或登记过的简称"
    if not line.cell(2):
        yield "meeting.decision_without_due", "没有完成期限，请写明日期"
    elif day_of(line.cell(2), on) is None:
        yield (
            "meeting.decision_due_unreadable",
            f"的期限“{line.cell(2)}”看不出是哪一天，请写成 2026-12-15 或 12月15日前",
        )


def _decided(line: Line, units: Units, on: date) -> Decided:
    lead, due = units.key(_names(line.cell(1))[0]), day_of(line.cell(2), on)
    assert lead is not None
    assert due is not None
    supporting: list[int] = []
    for name in _names(line.cell(3)):
        key = units.key(name)
        supporting += units.towns if name in EVERY_TOWN else [key] if key is not None else []
    helping = tuple(pk for pk in dict.fromkeys(supporting) if pk != lead)
    return Decided(line.number, line.cell(0), lead, helping, due, line.cell(4)[:2000])


def day_of(text: str, on: date) -> date | None:
    """The day a wording means, counted from ``on``."""
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        return deadline_in(text, DocumentDay(on, known=True)).day


def read_units(text: str, on: date, name: str) -> Keys:
    """Units as a clerk lists them, told apart by 、 or lines."""
    read = Keys()
    named = _names(text)
    units = Units.on(on) if named else None
    for each in named:
        key = units.key(each) if units else None
        if key is None:
            says = f"“{each}”不在单位名册中，请写全称或登记过的简称"
            read.failures.append(Failure("meeting.unit_unknown", says, name))
        elif key not in read.found:
            read.found.append(key)
    return read


def read_objects(text: str, actor: Actor, name: str) -> Objects:
    """Registered objects of the actor's jurisdiction, one a line, by name or code. One query for all lines."""
    read = Objects()
    lines = lines_of(text)
    if len(lines) > MOST:
        read.failures.append(Failure("meeting.too_many_objects", f"一次至多写 {MOST} 家，请分次登记", name))
        return read
    known = _objects([line.cell(0) for line in lines], actor)
    for line in lines:
        written = line.cell(0)
        read.failures += _not_one(known[written], line.number, written, name)
        if len(known[written]) == 1 and known[written][0] not in read.found:
            read.found.append(known[written][0])
    return read


def _objects(names: Sequence[str], actor: Actor) -> dict[str, list[SupervisedObject]]:
    """What each name or code means to the actor."""
    if not names:
        return {}
    keys = {name: name_key(name) for name in names}
    rows = visible_objects(actor).order_by("uid")
    found = list(
        rows.filter(name_key__in=keys.values())
        | rows.filter(credit_code__in=[key for key in keys.values() if key])
    )
    return {
        name: [each for each in found if key in (each.name_key, each.credit_code)]
        for name, key in keys.items()
    }


def _not_one(found: Sequence[SupervisedObject], number: int, written: str, name: str) -> list[Failure]:
    if len(found) == 1:
        return []
    if found:
        says = f"第 {number} 行有 {len(found)} 个单位叫“{written}”，请写统一社会信用代码"
        return [Failure("meeting.object_ambiguous", says, name)]
    says = f"第 {number} 行“{written}”没有登记或不在您的辖区，请核对名称，或写统一社会信用代码"
    return [Failure("meeting.object_unknown", says, name)]


GRADES = {
    "": "general",
    "一般": "general",
    "一般隐患": "general",
    "重大": "major",
    "重大隐患": "major",
    "重大事故隐患": "major",
}


def read_findings(text: str, actor: Actor, name: str = "findings") -> Findings:
    """Findings of a visit: 单位｜部位｜描述｜等级｜判定依据."""
    read = Findings()
    lines = lines_of(text)
    if len(lines) > MOST:
        read.failures.append(Failure("visit.too_many_findings", f"一次至多登记 {MOST} 条，请分次登记", name))
        return read
    known = _objects([line.cell(0) for line in lines], actor)
    for line in lines:
        owners = known[line.cell(0)]
        faults = _not_one(owners, line.number, line.cell(0), name)
        if not line.cell(2):
            faults.append(Failure("visit.finding_without_words", f"第 {line.number} 行没有写隐患描述", name))
        if line.cell(3) not in GRADES:
            says = f"第 {line.number} 行的等级“{line.cell(3)}”应写“一般”或“重大”"
            faults.append(Failure("visit.finding_grade_unknown", says, name))
        read.failures += faults
        if not faults:
            owner, grade = owners[0], GRADES[line.cell(3)]
            read.found.append(
                Found(owner.uid, owner.name, line.cell(1)[:120], line.cell(2), grade, line.cell(4)[:20])
            )
    return read
