"""The checklists of an inspection: which are in use, what they ask, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from bihuan.capabilities.inspections.models import Inspection, ItemAnswer
from bihuan.kernel.errors import Failure, Refused
from bihuan.registers.checklists import reading, results
from bihuan.registers.checklists.models import Checklist, ChecklistItem, ChecklistVersion


def named(text: str, on: date) -> ChecklistVersion:
    """The version in force on ``on`` of the list with this code or title.

    Raises:
        Refused: ``inspection.checklist_unknown``, or no version runs that day (``checklist.none_in_force``).
    """
    known = Checklist.objects.filter(code=text).first() or Checklist.objects.filter(title=text).first()
    if known is None:
        raise Refused.because(
            "inspection.checklist_unknown", f"没有叫“{text}”的检查表，请从列表中选择", "checklist"
        )
    return reading.current(known.code, on)


def fitting(inspection: Inspection, on: date) -> Sequence[ChecklistVersion]:
    """Lists that fit the object's trade on ``on``, the most special first."""
    return reading.versions_on(on, inspection.object.sector)


def chosen(inspection: Inspection, on: date) -> list[int]:
    """What an inspection begins with: the list it names, else the most special one of the trade, if there is one."""
    if inspection.checklist:
        return [named(inspection.checklist, on).pk]
    own = [
        one
        for one in fitting(inspection, on)
        if one.checklist.sector_id and one.checklist.sector and one.checklist.sector.code != "fire"
    ]
    return [own[0].pk] if own else []


def versions_of(inspection: Inspection) -> list[ChecklistVersion]:
    """The versions in use, in the order they were taken up."""
    rows = ChecklistVersion.objects.select_related("checklist").in_bulk(list(inspection.versions))
    return [rows[pk] for pk in inspection.versions if pk in rows]


def items_of(inspection: Inspection) -> list[ChecklistItem]:
    """Every item asked of this object, list by list."""
    sector = inspection.object.sector
    return [item for version in versions_of(inspection) for item in reading.items_of(version, sector)]


def answers_of(inspection: Inspection) -> dict[int, ItemAnswer]:
    """The answers by item."""
    return {row.item_id: row for row in inspection.answers.all()}


def as_given(rows: Iterable[ItemAnswer]) -> list[results.Answer]:
    """Answers in the shape the checklists' own room judges."""
    return [
        results.Answer(row.item_id, row.outcome, row.note, tuple(UUID(one) for one in row.photos))
        for row in rows
    ]


def objections(inspection: Inspection) -> Iterable[Failure]:
    """What keeps the sheets from being finished; without a checklist there must be something said of what was looked at."""
    items = items_of(inspection)
    return results.objections(items, as_given(answers_of(inspection).values()), "")
