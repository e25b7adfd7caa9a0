"""The end of an inspection on site: what was found becomes hazards, documents and deadlines, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import connection

from bihuan.capabilities.inspections import documents, finding, hooks
from bihuan.capabilities.inspections.models import Finding, Inspection
from bihuan.capabilities.inspections.states import Handling, InspectionState
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.registers.instruments import shelf


def finish(inspection: Inspection, given: Any, context: Any) -> None:
    """结束检查: it counts from now on; what was ordered is waited for, else it is over."""
    found = list(finding.standing(inspection))
    inspection.finished_on = context.day
    inspection.party_name = given.party_name
    inspection.party_refused = given.party_refused
    inspection.witness = given.witness if given.party_refused else ""
    inspection.found_count = len(found)
    if inspection.enforcing:
        inspection.ordered_count = len(documents.ordered(found, Handling.RECTIFY))
    inspection.first_of_year = _first_of_year(inspection, context.day)
    if not _awaited(inspection, found):
        context.state = InspectionState.CLOSED
    context.afterwards += [
        partial(_hazards, inspection, found, context.actor),
        partial(_papers, inspection, given, context, found),
        partial(_hand_over, inspection, given, context, found),
        partial(hooks.tell_finished, inspection, context.actor),
    ]


def _awaited(inspection: Inspection, found: Sequence[Finding]) -> bool:
    """An order waits for its recheck; what a town found goes on as hazards alone."""
    return inspection.enforcing and any(one.to_be_rectified for one in found)


def _first_of_year(inspection: Inspection, on: date) -> bool:
    """Whether the object was not inspected before in the year; two teams that finish at once take turns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"inspections.first_of_year:{inspection.object_id}"],
        )
    before = Inspection.objects.filter(object=inspection.object_id, finished_on__year=on.year)
    return not before.exclude(pk=inspection.pk).exists()


def order_deadline(inspection: Inspection, given: Any, context: Any) -> Deadline | None:
    """The next day an order names: the recheck opens by itself once it has passed (M095, M127)."""
    days = [one.due_on for one in finding.standing(inspection) if one.to_be_rectified and one.due_on]
    if not days or context.state == InspectionState.CLOSED:
        return None
    return Deadline(min(days), "责令限期整改指令书确定的整改期限", context.day)


def _hazards(inspection: Inspection, found: Sequence[Finding], actor: Any) -> None:
    """Every thing found a hazard, all or none; each keeps the inspection's number."""
    if not found:
        return
    for one, no in zip(found, hooks.report(inspection, found, actor), strict=True):
        one.hazard_no = no
        one.save(update_fields=["hazard_no"])


def _papers(inspection: Inspection, given: Any, context: Any, found: Sequence[Finding]) -> None:
    """The documents of the day, signed by the officer who ends the inspection; the others sign each on its own page."""
    if not inspection.enforcing:
        return
    issued = [documents.record(inspection, given, context, found)]
    at_once = documents.ordered(found, Handling.MEASURE)
    if at_once:
        issued.append(documents.measure(inspection, at_once, context))
    by_day = documents.ordered(found, Handling.RECTIFY)
    if by_day:
        issued.append(documents.order(inspection, by_day, given.interim, context))
    for paper in issued:
        documents.sign_first(paper, given, context.actor)


_PAPER_OF = {
    Handling.RECTIFY: documents.ORDER, Handling.AT_ONCE: documents.RECORD, Handling.MEASURE: documents.MEASURE,
}  # fmt: skip


def _hand_over(inspection: Inspection, given: Any, context: Any, found: Sequence[Finding]) -> None:
    """What the papers say of each thing found hands its hazard over; nobody types it a second time (M087, M127)."""
    if not inspection.enforcing or not found:
        return
    papers = {
        handling: shelf.latest(inspection.uid, _PAPER_OF[handling])
        for handling in {Handling(one.handling) for one in found}
    }
    told = [
        hooks.Ordered(
            finding=one, paper=str(papers[Handling(one.handling)]), rectify_by=one.due_on or context.day, interim=given.interim,
            responsible_person=given.responsible_person.strip(), funds=given.funds, at_once=one.handling == Handling.AT_ONCE,
            measures="；".join(filter(None, (one.measure, given.measures.strip()))),
        )
        for one in found
    ]  # fmt: skip
    hooks.tell_ordered(inspection, told, context.actor)
