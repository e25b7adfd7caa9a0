"""Experts and agencies: registered with their days, engaged only while these hold, paid for a result (M072)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person
from bihuan.kernel.territory.models import Agency
from bihuan.registers.officers.certificates import may_keep
from bihuan.registers.officers.models import Advisor, AdvisorKind, Engagement
from bihuan.registers.officers.trail import note


@dataclass(frozen=True, slots=True)
class Told:
    """What is entered of an expert or agency."""

    kind: str
    name: str
    speciality: str
    since: date
    until: date
    qualification: str = ""
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of work asked for."""

    advisor: Advisor
    agency: Agency
    scope: str
    fee_fen: int
    begun_on: date
    due_on: date
    object: SupervisedObject | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One hazard an expert's work brought to light."""

    place: str
    description: str


Reporter = Callable[[Engagement, Sequence[Found], Actor], Sequence[str]]
_reporters: list[Reporter] = []


def findings_become(reporter: Reporter) -> None:
    """Let what engagements find become hazards; ``reporter`` opens them and returns their numbers in order."""
    _reporters[:] = [reporter]


def register(told: Told, by: Actor) -> Advisor:
    """Enter an expert or agency.

    Raises:
        Refused: a day or a word is missing (``officers.days``, ``officers.no_name``).
    """
    Refused.unless(_told_faults(told))
    row = Advisor(
        kind=told.kind, name=told.name.strip(), person=told.person, speciality=told.speciality.strip(),
        qualification=told.qualification.strip(), since=told.since, until=told.until, said_by=by.name[:60], at=clock.now(),
    )  # fmt: skip
    with transaction.atomic():
        row.save()
        days = {"since": row.since.isoformat(), "until": row.until.isoformat()}
        note(row, "advisor_told", by, {"kind": AdvisorKind(row.kind).label, "name": row.name, **days})
    return row


def _told_faults(told: Told) -> Iterator[Failure]:
    if not told.name.strip():
        yield Failure("officers.no_name", "请填写名称", "name")
    if not told.speciality.strip():
        yield Failure("officers.no_speciality", "请填写专业或业务范围", "speciality")
    if told.until < told.since:
        yield Failure("officers.days", f"有效期至 {told.until} 早于有效期起 {told.since}，请核对", "until")


@transaction.atomic
def revoke(pk: int, on: date, reason: str, by: Actor) -> Advisor:
    """From ``on`` it may not be engaged any more; work begun before goes on."""
    row = Advisor.objects.select_for_update().filter(pk=pk).first()
    if row is None or row.revoked_on is not None:
        raise Refused.because("officers.revoked", "没有查到，或已经停用")
    if not reason.strip():
        raise Refused.because("officers.no_reason", "请写明停用原因", "reason")
    row.revoked_on, row.revoked_for = on, reason.strip()[:200]
    row.save(update_fields=["revoked_on", "revoked_for"])
    note(row, "advisor_revoked", by, {"on": on.isoformat(), "reason": row.revoked_for})
    return row


def expired(advisor: Advisor, on: date, field: str = "advisor") -> Failure | None:
    """Why it may not be engaged on ``on``."""
    if advisor.valid(on):
        return None
    if advisor.revoked_on is not None and advisor.revoked_on <= on:
        why = f"已于 {advisor.revoked_on} 停用（{advisor.revoked_for}）"
    else:
        why = f"有效期为 {advisor.since} 至 {advisor.until}，{on} 不在有效期内"
    return Failure("officers.advisor_expired", f"{advisor.name} {why}，不能委托，请另选", field)


def engage(asked: Asked, by: Actor) -> Engagement:
    """Engage an expert or agency; refused while its qualification does not hold on the day it begins.

    Raises:
        Refused: expired (``officers.advisor_expired``), not the actor's unit (``officers.not_yours``), or days and words
            at fault.
    """
    Refused.unless(_engage_faults(asked, by))
    row = Engagement(
        advisor=asked.advisor, agency=asked.agency, object=asked.object, scope=asked.scope.strip(),
        fee_fen=asked.fee_fen, begun_on=asked.begun_on, due_on=asked.due_on, said_by=by.name[:60], at=clock.now(),
    )  # fmt: skip
    with transaction.atomic():
        row.save()
        said = {"advisor": asked.advisor.name, "scope": row.scope, "fee": row.fee_fen}
        note(row, "engaged", by, {**said, "begun_on": row.begun_on.isoformat()})
    return row


def _engage_faults(asked: Asked, by: Actor) -> Iterator[Failure]:
    lapsed = expired(asked.advisor, asked.begun_on)
    if lapsed is not None:
        yield lapsed
    if not may_keep(by, asked.agency.pk):
        yield Failure("officers.not_yours", "只能以本单位名义委托", "agency")
    if not asked.scope.strip():
        yield Failure("officers.no_scope", "请写明委托事项", "scope")
    if asked.due_on < asked.begun_on:
        yield Failure("officers.days", f"应完成日期 {asked.due_on} 早于委托日期 {asked.begun_on}", "due_on")


@transaction.atomic
def finish(pk: int, on: date, result: str, found: Sequence[Found], by: Actor) -> Engagement:
    """The work is done: its result is kept, and each finding becomes a hazard whose source is 专家.

    Raises:
        Refused: not the actor's (``officers.not_yours``), ended before (``officers.engagement_ended``), no result
            (``officers.no_result``), findings without an enterprise (``officers.findings_nowhere``).
    """
    row = Engagement.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or not may_keep(by, row.agency_id):
        raise Refused.because("officers.not_yours", "没有查到这项委托，或不是本单位的")
    if row.ended_on is not None:
        raise Refused.because("officers.engagement_ended", f"这项委托已于 {row.ended_on} 完成")
    if not result.strip():
        raise Refused.because("officers.no_result", "请写明结果", "result")
    if on < row.begun_on:
        raise Refused.because("officers.days", f"完成日期 {on} 早于委托日期 {row.begun_on}", "ended_on")
    if found and (row.object_id is None or not _reporters):
        raise Refused.because(
            "officers.findings_nowhere",
            "这项委托没有写明企业，发现的隐患无处登记，请到隐患台账登记",
            "findings",
        )
    row.ended_on, row.result = on, result.strip()[:2000]
    row.findings = list(_reporters[0](row, found, by)) if found else []
    row.save(update_fields=["ended_on", "result", "findings"])
    note(row, "engagement_ended", by, {"on": on.isoformat(), "result": row.result, "findings": row.findings})
    return row
