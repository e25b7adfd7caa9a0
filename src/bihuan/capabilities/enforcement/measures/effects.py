"""What ordering, lifting, approving and watching mean for the measure's own columns."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.measures import article70, failing, lookup, seizing, standing, terms
from bihuan.capabilities.enforcement.measures.deadlines import (
    owe_case,
    owe_urgent,
    owe_verification,
    to_recheck,
)
from bihuan.capabilities.enforcement.measures.kinds import basis_of, family_of
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import MeasureKind
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.search import pairs_literal


def about_object(measure: Measure, given: Any, actor: Any) -> None:
    """Before anything is ordered: about whom, through the actor's own door, and by which department."""
    from bihuan.capabilities.enforcement.measures.hands import ENFORCING

    try:
        measure.object = access_object(actor, given.object)
    except Absent as absent:
        says = "没有查到该单位，或不在您的辖区，请重新选择"
        raise Refused.because("measure.object_unknown", says, "object") from absent
    measure.region_path = measure.object.region_path
    measure.sector_path = measure.object.sector_path
    measure.agency_id = next(
        (
            scope.agency_id
            for scope in actor.scopes
            if scope.role in ENFORCING and scope.agency_id is not None
            and scope.covers(measure.region_path, measure.sector_path, measure.object.agency_id, measure.object_id)
        ),
        measure.agency_id or measure.object.agency_id,
    )  # fmt: skip
    measure.kind = given.kind
    measure.family = family_of(given.kind).value


def _describe(measure: Measure, given: Any, context: Any) -> None:
    for name in ("ground", "reason", "scope", "officers", "hazard", "origin"):
        setattr(measure, name, getattr(given, name, ""))
    measure.inventory, measure.tests, measure.rechecks = [], [], []
    measure.proposed_on = context.day
    _bind(measure, context.actor)
    measure.search = pairs_literal(measure.object.name, measure.reason, measure.scope)
    context.facts["basis"] = basis_of(measure.kind, measure.ground)


def _bind(measure: Measure, actor: Any) -> None:
    """Numbers that people write become the identities they mean."""
    for field in ("hazard", "origin"):
        no = getattr(measure, field)
        bound = lookup.matter_of(no, actor) if no else None
        setattr(measure, f"{field}_uid", bound.uid if bound is not None else None)


def order(measure: Measure, given: Any, context: Any) -> None:
    """责令: in force from the day of the order; a unit that must stop altogether stands so in the register."""
    _describe(measure, given, context)
    measure.inspected_on = given.inspected_on
    measure.delay_reason = given.delay_reason
    measure.months_unpaid = given.months_unpaid
    measure.demands = given.demands
    measure.until = given.until
    measure.proposed_on = measure.since = given.ordered_on
    measure.told = True
    context.afterwards.append(lambda: standing.stopped(measure, context.actor))


def apply_lifting(measure: Measure, given: Any, context: Any) -> None:
    measure.done = given.done
    measure.applied_on = given.applied_on
    measure.applied_by = context.actor.name


def accept(measure: Measure, given: Any, context: Any) -> None:
    """验收合格: the only way out of a stop that is kept."""
    measure.lifted_on = given.accepted_on
    measure.lifted_by = context.actor.name
    measure.opinion = given.opinion
    context.afterwards.append(lambda: standing.resumed(measure, context.actor))


def send_back(measure: Measure, given: Any, context: Any) -> None:
    measure.sent_back += 1
    measure.until = given.until or measure.until
    context.facts["sent_back"] = measure.sent_back


def record_breach(measure: Measure, given: Any, context: Any) -> None:
    """Production inside the period: counted; what follows (a case) is wired to this deed."""
    measure.broken += 1
    measure.broken_on = given.seen_on
    context.facts["broken"] = measure.broken
    owe_case(measure, context)


def note_case(measure: Measure, given: Any, context: Any) -> None:
    measure.case_no = given.case


def approve(measure: Measure, given: Any, context: Any) -> None:
    measure.approved_on = context.day
    measure.approved_by = context.actor.name
    measure.approval_no = given.document_no


def withdraw(measure: Measure, given: Any, context: Any) -> None:
    """Given up before it was carried out: counted nowhere."""
    measure.voided = True


def revoke(measure: Measure, given: Any, context: Any) -> None:
    """撤销: it was in force until today, and the register says so."""
    measure.lifted_on = context.day
    measure.lifted_by = context.actor.name
    context.afterwards.append(lambda: standing.resumed(measure, context.actor))


# seizures


def propose(measure: Measure, given: Any, context: Any) -> None:
    _describe(measure, given, context)


def seize_urgently(measure: Measure, given: Any, context: Any) -> None:
    """当场: in force at once; the principal is told within a day and decides afterwards."""
    _describe(measure, given, context)
    _carry_out(measure, given)
    measure.urgent = given.urgent
    owe_urgent(measure, context)


def seize(measure: Measure, given: Any, context: Any) -> None:
    _carry_out(measure, given)
    measure.urgent = given.urgent


def _carry_out(measure: Measure, given: Any) -> None:
    measure.carried_out_at = given.carried_out_at
    measure.since = clock.day_of(given.carried_out_at)
    measure.inventory = seizing.lines_of(given.inventory)
    measure.present = given.present
    measure.told = True


def report_urgent(measure: Measure, given: Any, context: Any) -> None:
    """Within twenty-four hours; later is told as late, not turned away."""
    assert measure.carried_out_at is not None
    measure.reported_at = given.reported_at
    late = given.reported_at - measure.carried_out_at > terms.urgent_report(context.day)
    context.facts["late_report"] = late


def decide_later(measure: Measure, given: Any, context: Any) -> None:
    """补办批准, or it is found wrong: then the last day to give back is today."""
    if given.agreed == "yes":
        measure.approved_on = context.day
        measure.approved_by = context.actor.name
    else:
        measure.until = context.day


def extend(measure: Measure, given: Any, context: Any) -> None:
    measure.extended_days = given.days
    measure.extended_on = context.day


def begin_test(measure: Measure, given: Any, context: Any) -> None:
    begun = {
        "begun": given.begun_on.isoformat(),
        "expected": given.expected_on.isoformat(),
        "body": given.body,
    }
    measure.tests = [*measure.tests, begun]


def end_test(measure: Measure, given: Any, context: Any) -> None:
    *earlier, last = measure.tests
    measure.tests = [*earlier, {**last, "ended": given.ended_on.isoformat(), "result": given.result[:300]}]


def release(measure: Measure, given: Any, context: Any) -> None:
    measure.lifted_on = given.released_on
    measure.lifted_by = context.actor.name
    measure.received_by = given.received_by


def dispose(measure: Measure, given: Any, context: Any) -> None:
    measure.disposal = given.way
    measure.disposal_no = given.document_no
    measure.lifted_on = given.disposed_on
    measure.lifted_by = context.actor.name


# closures


def close(measure: Measure, given: Any, context: Any) -> None:
    measure.carried_out_at = given.closed_at
    measure.since = clock.day_of(given.closed_at)
    measure.verified_on, measure.verified_by = None, ""
    measure.urgent = given.urgent
    measure.told = True
    context.afterwards.append(lambda: standing.stopped(measure, context.actor))


def verify(measure: Measure, given: Any, context: Any) -> None:
    measure.verified_on = given.verified_on
    measure.verified_by = context.actor.name


def recheck(measure: Measure, given: Any, context: Any) -> None:
    seen = {"on": given.checked_on.isoformat(), "by": context.actor.name, "result": "closed"}
    measure.rechecks = [*measure.rechecks, seen]
    measure.rechecked += 1


def close_and_owe(measure: Measure, given: Any, context: Any) -> None:
    """Closed; that it is, somebody else sees on the spot."""
    close(measure, given, context)
    owe_verification(measure, context)


def verify_and_owe(measure: Measure, given: Any, context: Any) -> None:
    """Seen to be closed; the re-checks begin."""
    verify(measure, given, context)
    to_recheck(measure, context)


def recheck_and_owe(measure: Measure, given: Any, context: Any) -> None:
    """Still closed; the next re-check is owed, until there were enough."""
    recheck(measure, given, context)
    to_recheck(measure, context)


def find_reopened(measure: Measure, given: Any, context: Any) -> None:
    """死灰复燃: the same item is open again, counts, and its re-checks begin anew once it is closed."""
    seen = {"on": given.seen_on.isoformat(), "by": context.actor.name, "result": "reopened"}
    measure.rechecks = [*measure.rechecks, seen]
    measure.reopened += 1
    measure.rechecked = 0
    measure.verified_on, measure.verified_by = None, ""
    context.facts["reopened"] = measure.reopened
    owe_case(measure, context)


def conclude(measure: Measure, given: Any, context: Any) -> None:
    measure.opinion = given.opinion
    measure.lifted_on = context.day
    measure.lifted_by = context.actor.name


# supplies


def propose_cutoff(measure: Measure, given: Any, context: Any) -> None:
    measure.ground, measure.reason = "", given.disobeyed
    _describe(measure, given, context)
    measure.reason = given.disobeyed
    stop = article70.stop_of(measure, given.stop)
    assert stop is not None, "a gate asks for the stop"
    measure.stop_uid, measure.stop_no = stop.uid, stop.no
    measure.officers = stop.officers
    measure.disobeyed, measure.danger, measure.safety = given.disobeyed, given.danger, given.safety
    measure.supplier_id = given.supplier


def notify_party(measure: Measure, given: Any, context: Any) -> None:
    measure.notified_at = given.notified_at
    measure.starts_at = given.starts_at
    measure.emergency = given.emergency
    measure.received_by = given.received_by
    measure.told = True


def send_decision(measure: Measure, given: Any, context: Any) -> None:
    measure.sent_at = given.sent_at


def acknowledge(measure: Measure, given: Any, context: Any) -> None:
    measure.replied_at = given.replied_at
    measure.agreed = given.agreed == "yes"
    measure.reply = given.words
    measure.handlers = given.handlers


def cut_off(measure: Measure, given: Any, context: Any) -> None:
    measure.stopped_at = measure.carried_out_at = given.stopped_at
    measure.since = clock.day_of(given.stopped_at)
    measure.urgent = given.urgent
    measure.told = True


def restore(measure: Measure, given: Any, context: Any) -> None:
    measure.restored_at = given.restored_at


def record_supply(measure: Measure, given: Any, context: Any) -> None:
    """停供把关不严: counted here, and a failure of the department that answers for the supplier (M227)."""
    measure.supplied += 1
    context.facts["supplied"] = measure.supplied
    context.afterwards.append(lambda: failing.open_failure(measure, given, context.actor))


def title_of(measure: Measure) -> str:
    """「停止供电：某某公司」."""
    return f"{MeasureKind(measure.kind).label}：{measure.object.name}"
