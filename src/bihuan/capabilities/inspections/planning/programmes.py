"""部门检查分工 (M111): each listed department has its own programme; a quarter without one check of its own is flagged."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning import trail
from bihuan.capabilities.inspections.planning.coverage import quarter_of
from bihuan.capabilities.inspections.planning.models import Programme
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations import cadences
from bihuan.kernel.expectations.filings import meet
from bihuan.kernel.expectations.models import Cadence, Expectation, Frequency, Holders
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, AgencyKind

FAMILY = "programme"


def kind_of(agency: int) -> str:
    """What the checks of one department are called among all that is due."""
    return f"{FAMILY}.{agency}"


def may_keep(actor: Actor, agency: int | None = None) -> bool:
    """The committee office for any department; a department's own responsible post for itself."""
    if actor.all_seeing or actor.holds(Role.OFFICE):
        return True
    return any(scope.role == Role.REGULATOR and scope.agency_id == agency for scope in actor.scopes)


def set_programme(agency: Agency, content: str, basis: str, since: date, actor: Actor) -> Programme:
    """What a department checks from a day on; a check of its own is due every quarter.

    Raises:
        Refused: not the actor's, no department, or nothing said.
    """
    if not may_keep(actor, agency.pk):
        raise Refused.because("programme.not_yours", "部门检查分工由安委办或该部门自己确定")
    if agency.kind != AgencyKind.DEPARTMENT:
        raise Refused.because("programme.no_department", f"“{agency.name}”不是部门", "agency")
    if not content.strip():
        raise Refused.because("programme.empty", "请写明检查内容", "content")
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        running = Programme.objects.filter(agency=agency, until=None).first()
        if running is not None:
            if since <= running.since:
                raise Refused.because(
                    "programme.too_early", f"现行分工自 {running.since} 起，新的请从以后的日期起", "since"
                )
            running.until = since
            running.save(update_fields=["until"])
        row = Programme.objects.create(
            agency=agency, content=content.strip()[:400], basis=basis.strip()[:200], since=since,
            made_by=actor.name,
        )  # fmt: skip
        trail.note(
            row, "programme_set", actor, {"unit": agency.name, "content": row.content, "since": since.isoformat()}
        )  # fmt: skip
        cadences.declare(
            kind_of(agency.pk), f"{agency.name}本部门检查"[:80], Frequency.QUARTER, since=quarter_of(since).first,
            holders=Holders.ONE, holder=agency, days=0, unit=Cadence.Unit.STRAIGHT,
        )  # fmt: skip
        cadences.ensure(quarter_of(clock.today()), kind_of(agency.pk))
    for no in _done_already(agency):
        inspected(no, actor)
    return row


def _done_already(agency: Agency) -> list[Inspection]:
    quarter = quarter_of(clock.today())
    rows = Inspection.objects.filter(finished_on__range=(quarter.first, quarter.last), agency=agency)
    return list(rows.order_by("finished_on")[:1])


def write_down(on: date) -> int:
    """What each department owes for the quarter of a day and the one before; how many were new. Safe to repeat."""
    quarter = quarter_of(on)
    former = quarter_of(quarter.first - timedelta(days=1))
    kinds = [kind_of(pk) for pk in Programme.objects.filter(until=None).values_list("agency", flat=True)]
    held = set(
        Expectation.objects.filter(kind__in=kinds, period__in=(quarter.label, former.label)).values_list(
            "kind", "period"
        )
    )
    return sum(
        cadences.ensure(period, kind)
        for kind in kinds
        for period in (former, quarter)
        if (kind, period.label) not in held
    )


def end_programme(pk: int, last: date, reason: str, actor: Actor) -> Programme:
    """The department checks by this programme no more.

    Raises:
        Refused: not the actor's, no reason, or ended before.
    """
    if not reason.strip():
        raise Refused.because("programme.no_reason", "请写明结束的原因", "reason")
    with transaction.atomic():
        row = Programme.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=pk).first()
        if row is None or row.until is not None:
            raise Refused.because("programme.ended", "这项分工已结束，不用再办")
        if not may_keep(actor, row.agency_id):
            raise Refused.because("programme.not_yours", "部门检查分工由安委办或该部门自己确定")
        if last < row.since:
            raise Refused.because("programme.ends_too_early", f"不能早于起期 {row.since}", "last")
        row.until = last
        row.save(update_fields=["until"])
        cadences.stop(kind_of(row.agency_id), last)
        trail.note(
            row, "programme_ended", actor, {"unit": row.agency.name, "last": last.isoformat(), "reason": reason.strip()[:400]}
        )  # fmt: skip
    return row


def inspected(inspection: Inspection, by: Actor) -> None:
    """A department's inspection is its check of the quarter; in a joint one each department took part."""
    assert inspection.finished_on is not None
    quarter = quarter_of(inspection.finished_on)
    listed = Programme.objects.filter(agency__in=inspection.all_units, since__lte=inspection.finished_on)
    for agency in Agency.objects.filter(pk__in=listed.values("agency")):
        meet(kind_of(agency.pk), agency, quarter, by, met_by=inspection.uid)
