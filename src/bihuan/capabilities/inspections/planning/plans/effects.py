"""What each deed means for the plan's own columns and lines."""

from __future__ import annotations

from functools import partial
from typing import Any

from bihuan.capabilities.inspections.inputs import Arrangement
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning.hands import planning_scope
from bihuan.capabilities.inspections.planning.models import Plan, PlanLine
from bihuan.capabilities.inspections.planning.plans import proposing
from bihuan.capabilities.inspections.planning.plans.places import places_in
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.kernel.territory.trees import the_district


def place(plan: Plan, given: Any, actor: Any) -> None:
    """A plan belongs to the actor's unit and lies where the unit does."""
    scope = planning_scope(actor)
    district = the_district()
    if scope is None or scope.agency_id is None or district is None:
        raise Refused.because("plan.no_unit", "只有负责检查的单位可以编制检查计划")
    agency = Agency.objects.select_related("region").get(pk=scope.agency_id)
    plan.agency = agency
    plan.region_path = agency.region.path if agency.region else district.region.path


def draft(plan: Plan, given: Any, context: Any) -> None:
    """编制: the objects are proposed at once."""
    plan.kind, plan.period, plan.title = given.kind, given.period.strip().upper(), given.title.strip()
    plan.basis = given.basis
    plan.sectors = list(Sector.objects.filter(pk__in=given.sectors).values_list("path", flat=True))
    plan.months, plan.most = given.months, given.most
    _written(plan, proposing.propose(plan, context.actor), context)


def repropose(plan: Plan, given: Any, context: Any) -> None:
    """重新提出: what was added by hand stays in front."""
    plan.months, plan.most = given.months, given.most
    kept = [line for line in proposing.lines_of(plan) if line.added_by_hand]
    held = {line.object_id for line in kept}
    proposed = [line for line in proposing.propose(plan, context.actor) if line.object_id not in held]
    _written(plan, [*kept, *proposed], context)


def add_object(plan: Plan, given: Any, context: Any) -> None:
    one = access_object(context.actor, given.object)
    line = proposing.line_of(plan, one, 0, [given.reason], given.due_on, by_hand=True)
    context.facts["object"] = one.name
    _written(plan, [*proposing.lines_of(plan), line], context)


def drop_object(plan: Plan, given: Any, context: Any) -> None:
    lines = proposing.lines_of(plan)
    context.facts["object"] = next(line.object.name for line in lines if line.place == given.place)
    _written(plan, [line for line in lines if line.place != given.place], context)


def _written(plan: Plan, lines: list[PlanLine], context: Any) -> None:
    proposing.bind(plan, lines, context)
    context.afterwards.append(partial(proposing.write, plan, lines))


def submit(plan: Plan, given: Any, context: Any) -> None:
    plan.submitted_on = context.day


def approve(plan: Plan, given: Any, context: Any) -> None:
    """批准: its lines count from now on."""
    plan.approved_on, plan.approved_by = context.day, context.actor.name
    context.afterwards.append(lambda: PlanLine.objects.filter(plan=plan.pk).update(counts=True))


def until_the_end(plan: Plan, given: Any, context: Any) -> Deadline:
    return Deadline(proposing.period_of(plan).last, "计划期的最后一天", context.day)


def arrange(plan: Plan, given: Any, context: Any) -> None:
    """安排检查: every line named becomes an inspection through the inspections' own opening, all or none."""
    lines = list(PlanLine.objects.filter(plan=plan.pk, place__in=places_in(given.places)).order_by("place"))
    outcomes = open_inspections(plan.no, [line.object_id for line in lines], given, context.actor)
    for line, no in zip(lines, outcomes, strict=True):
        line.inspection = no
    context.facts["inspections"] = outcomes
    context.afterwards.append(partial(PlanLine.objects.bulk_update, lines, ["inspection"]))


def open_inspections(origin: str, objects: list[Any], given: Any, actor: Actor) -> list[str]:
    """The numbers of the inspections opened, one an object, each naming what it came out of."""
    inputs = [
        Arrangement(
            object=uid, mode=given.mode, nature=given.nature, planned_on=given.planned_on, content=given.content,
            officers=given.officers,
        )
        for uid in objects
    ]  # fmt: skip
    opened = engine.open_many(
        "inspection", "arrange", inputs, actor=actor, columns=[{"origin": origin}] * len(inputs)
    )
    return [one.no for one in opened]


def excuse(plan: Plan, given: Any, context: Any) -> None:
    line = PlanLine.objects.select_related("object").get(plan=plan.pk, place=given.place)
    context.facts["object"] = line.object.name
    line.excused, line.counts = given.reason, False
    context.afterwards.append(partial(line.save, update_fields=["excused", "counts"]))


def close(plan: Plan, given: Any, context: Any) -> None:
    plan.closing = given.words
    counted = PlanLine.objects.filter(plan=plan.pk, counts=True)
    context.facts |= {"planned": counted.count(), "done": counted.exclude(done_on=None).count()}


def inspected(inspection: Inspection, actor: Actor) -> None:
    """An inspection is done: it fulfils the line it came out of, else one its unit had planned for the object."""
    assert inspection.finished_on is not None
    waiting = PlanLine.objects.select_for_update().filter(done_on=None, excused="", counts=True)
    lines = list(waiting.filter(inspection=inspection.no))
    if not lines:
        same = waiting.filter(object=inspection.object_id, plan__agency__in=inspection.all_units)
        lines = [
            line
            for line in same.select_related("plan").filter(inspection="")
            if inspection.finished_on in proposing.period_of(line.plan)
        ]
    for line in lines:
        line.done_on, line.inspection = inspection.finished_on, inspection.no
        line.save(update_fields=["done_on", "inspection"])


def let_go(inspection: Inspection, given: Any, context: Any) -> None:
    """An inspection was cancelled: the line it came out of waits again."""
    PlanLine.objects.filter(inspection=inspection.no, done_on=None).update(inspection="")
