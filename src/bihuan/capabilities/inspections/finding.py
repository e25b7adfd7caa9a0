"""Things found: written down on site, each owned by one unit, dealt with in one way (M111)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from bihuan.capabilities.inspections.models import Finding, Inspection, ItemAnswer
from bihuan.capabilities.inspections.states import Grade, Handling
from bihuan.kernel.errors import Refused
from bihuan.kernel.policies import values as policies
from bihuan.registers import criteria


def standing(inspection: Inspection) -> QuerySet[Finding]:
    """What was found and not taken back, in order."""
    return inspection.findings.filter(dropped="").order_by("order")


def _next(inspection: Inspection) -> int:
    return (inspection.findings.aggregate(last=Max("order"))["last"] or 0) + 1


def usual_day(on: date) -> date:
    """The day by which things are put right where nobody sets one: so many days as the district chose."""
    return on + timedelta(days=int(policies.recent("inspection.rectify_days", on=on).value))


def _dealing(inspection: Inspection, given: Any) -> dict[str, Any]:
    """What was said about dealing with it; left open it is to be rectified within the usual days, by the leading unit."""
    handling = given.handling or Handling.RECTIFY.value
    assert inspection.arrived_on is not None
    due = given.due_on or usual_day(inspection.arrived_on)
    return {
        "handling": handling,
        "due_on": None if handling == Handling.AT_ONCE else due,
        "owner_id": given.owner or inspection.agency_id,
        "measure": given.measure,
        "photos": [str(one) for one in given.photos],
    }


def by_item(inspection: Inspection, answer: ItemAnswer, given: Any) -> Finding:
    """An item that failed; said again, what was found is said anew under its number."""
    item = answer.item
    assert inspection.arrived_on is not None
    major = decides(item.criterion, inspection.arrived_on)
    said = {
        "place": given.place, "words": answer.note, "violated": item.basis, "penalty": item.penalty,
        "grade": (Grade.MAJOR if major else Grade.GENERAL).value, "criterion": item.criterion if major else "",
        **_dealing(inspection, given),
    }  # fmt: skip
    known = standing(inspection).filter(item=item).first()
    if known is None:
        return Finding.objects.create(inspection=inspection, order=_next(inspection), item=item, **said)
    for name, value in said.items():
        setattr(known, name, value)
    known.save()
    return known


def decides(criterion: str, on: date) -> bool:
    """Whether a criterion makes a hazard major on ``on``: one that lapsed or only points elsewhere does not (M089)."""
    try:
        found = criteria.criterion(criterion)
    except KeyError:
        return False
    return bool(found.decides and found.standard.in_force(on))


def drop_item(inspection: Inspection, item: int, why: str) -> None:
    """The item holds after all."""
    standing(inspection).filter(item=item).update(dropped=why[:200])


def find(inspection: Inspection, given: Any, context: Any) -> None:
    """What no checklist asks for."""
    row = Finding.objects.create(
        inspection=inspection, order=_next(inspection), place=given.place, words=given.words, violated=given.violated,
        grade=given.grade, criterion=given.criterion if given.grade == Grade.MAJOR else "",
        **_dealing(inspection, given),
    )  # fmt: skip
    context.facts["order"] = row.order
    inspection.found_count = standing(inspection).count()


def drop(inspection: Inspection, given: Any, context: Any) -> None:
    """Taken back before the inspection is over; the words stay, the number is not used again."""
    row = standing(inspection).filter(order=given.order).first()
    if row is None:
        raise Refused.because(
            "inspection.no_such_finding", f"没有第 {given.order} 条问题，或已经撤回", "order"
        )
    if row.item_id is not None:
        says = f"第 {given.order} 条由检查项产生，请把该检查项改为符合或不适用"
        raise Refused.because("inspection.finding_of_item", says, "order")
    row.dropped = given.reason[:200]
    row.save(update_fields=["dropped"])
    inspection.found_count = standing(inspection).count()
