"""Which objects a plan proposes and when each is due, and how its lines are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.inspections.planning import risk
from bihuan.capabilities.inspections.planning.draws.lots import digest
from bihuan.capabilities.inspections.planning.models import Plan, PlanLine
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor

LOOKED_AT = 20_000
"""More objects than a unit can have in its charge are not weighed one by one."""


def period_of(plan: Plan) -> Period:
    return Period.parse(plan.period)


def candidates(plan: Plan, actor: Actor) -> Sequence[SupervisedObject]:
    """The objects in the actor's jurisdiction that a plan may name: places of work, confirmed and still there."""
    rows = risk.standing(visible_objects(actor)).exclude(kind=ObjectKind.FACILITY)
    if plan.sectors:
        from django.db.models import Q

        fits = Q()
        for path in plan.sectors:
            fits |= Q(sector_path__startswith=path)
        rows = rows.filter(fits)
    return list(rows.order_by("name_pinyin", "uid")[:LOOKED_AT])


def propose(plan: Plan, actor: Actor) -> list[PlanLine]:
    """The lines by weight, heaviest first, those nobody visited longest before the others, due month by month."""
    objects = candidates(plan, actor)
    today = clock.today()
    weights = risk.weighed(objects, today, plan.months)
    last = risk.last_inspected([one.uid for one in objects])
    ranked = sorted(
        (one for one in objects if weights[one.uid].points),
        key=lambda one: (-weights[one.uid].points, last.get(one.uid, date.min), one.name_pinyin, one.uid),
    )[: plan.most]
    days = due_days(period_of(plan), len(ranked), today)
    return [
        line_of(plan, one, weights[one.uid].points, weights[one.uid].reasons, day)
        for one, day in zip(ranked, days, strict=True)
    ]


def due_days(period: Period, count: int, today: date) -> list[date]:
    """The last days of the period's months, spread evenly over those not gone by; the heaviest come first."""
    months = [month.last for month in period.months() if month.last >= today] or [period.last]
    return [months[place * len(months) // count] for place in range(count)]


def line_of(
    plan: Plan,
    one: SupervisedObject,
    points: int,
    reasons: Sequence[str],
    due_on: date,
    *,
    by_hand: bool = False,
) -> PlanLine:
    """An unsaved line with the columns of jurisdiction filled."""
    return PlanLine(
        plan=plan, object=one, region_path=one.region_path, sector_path=one.sector_path, agency_id=plan.agency_id,
        score=points, reasons=list(reasons), due_on=due_on, added_by_hand=by_hand,
    )  # fmt: skip


def write(plan: Plan, lines: Sequence[PlanLine]) -> None:
    """Put the draft's lines in place, numbered from 1, once the plan itself is there."""
    plan.lines.all().delete()
    for place, line in enumerate(lines, start=1):
        line.pk, line.place, line.plan = None, place, plan
    PlanLine.objects.bulk_create(lines)


def bind(plan: Plan, lines: Sequence[PlanLine], context: Any) -> None:
    """Let the record know the list that is about to be written: how many and which."""
    plan.lines_count = len(lines)
    plan.lines_digest = digest(
        "".join(f"{line.object_id}|{line.due_on}|{line.added_by_hand}\n" for line in lines)
    )
    context.facts |= {"objects": len(lines), "objects_digest": plan.lines_digest}


def lines_of(plan: Plan) -> list[PlanLine]:
    """The lines in order."""
    return list(plan.lines.select_related("object", "object__region").order_by("place"))
