"""Meeting an expectation: by what came, by saying that there is nothing, or by a waiver.

Each is on the record. A nil filing and a waiver are statements of a person and bear that person's signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.kernel import clock, record
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.record.facts import Facts
from bihuan.kernel.record.heads import Row
from bihuan.kernel.signatures.models import Kind
from bihuan.kernel.signatures.signing import take_pen, with_key_in_force
from bihuan.kernel.territory.models import Agency

RECORD_KIND = "expectation"


def meet(
    kind: str,
    holder: Agency,
    period: Period,
    by: Actor,
    *,
    met_by: UUID | None = None,
    object: UUID | None = None,
) -> Expectation | None:
    """What was due has come; ``met_by`` is the uid of what came. None when nothing of the kind is due from them.

    ``object`` is the object or matter that the expectation is about, where it is about one.

    The first filing counts, later ones change nothing; but what comes after a nil filing replaces it.
    """
    with transaction.atomic():
        expectation = _locked(kind, holder, period, object)
        if expectation is None or (expectation.met_at is not None and not expectation.nil):
            return expectation
        expectation.met_at, expectation.met_by, expectation.met_by_name = clock.now(), met_by, by.name
        expectation.nil, expectation.nil_reason = False, ""
        return _keep(expectation, "file", by, {"met_by": str(met_by) if met_by else None})


def expect(
    kind: str,
    title: str,
    holder: Agency,
    period: Period,
    due_on: date,
    rule: str,
    *,
    object: UUID | None = None,
) -> Expectation:
    """Something is due that no cadence foresaw, such as what was drawn for a unit; repeated, it is due once."""
    found, _ = Expectation.objects.get_or_create(
        holder=holder,
        kind=kind,
        object=object,
        period=period.label,
        defaults={
            "title": title, "opens_on": clock.today(), "due_on": due_on, "due_rule": rule[:400],
        },
    )  # fmt: skip
    return found


def undo(met_by: UUID, by: Actor, reason: str) -> list[Expectation]:
    """What came was voided: whatever it met is open again, on the record. Repeated, it changes nothing."""
    with transaction.atomic():
        rows = Expectation.objects.select_for_update().filter(met_by=met_by).order_by("uid")
        opened = list(rows)
        for row in opened:
            row.met_at, row.met_by, row.met_by_name = None, None, ""
            _keep(row, "undo", by, {"met_by": str(met_by), "reason": reason[:500]})
    return opened


def drop(kind: str, holder: Agency, object: UUID, since: date, by: Actor, reason: str) -> int:
    """What made it due has ended: what is due on ``since`` or later and did not come is due no more; how many there were.

    What nobody ever touched leaves no trace; what was met once and undone is let off, with the reason.
    """
    with transaction.atomic():
        rows = Expectation.objects.select_for_update().filter(
            kind=kind, holder=holder, object=object, due_on__gte=since, met_at=None, waived_at=None
        )
        touched = list(rows.exclude(entry_count=0).order_by("uid"))
        for row in touched:
            row.waived_at, row.waived_by_name, row.waiver_reason = clock.now(), by.name[:120], reason[:500]
            _keep(row, "drop", by, {"reason": row.waiver_reason})
        return len(touched) + rows.filter(entry_count=0).delete()[0]


@with_key_in_force
def file_nil(
    kind: str, holder: Agency, period: Period, by: Actor, reason: str, *, object: UUID | None = None
) -> Expectation:
    """Nothing happened, and the holder says so: an empty month is a statement, not a silence (零报告).

    Raises:
        Absent: the actor does not act for the holder.
        Refused: nothing is due, something was filed already, or no reason is given.
    """
    if not (by.is_system or any(scope.agency_id == holder.pk for scope in by.scopes)):
        raise Absent(f"没有需要您为{holder.name}报送的事项")
    words = _reason(
        reason, "expectation.nil_without_reason", "请写明零报告的说明，例如“本月检查12家，未发现隐患”。"
    )
    with transaction.atomic():
        expectation = _expected(kind, holder, period, object)
        if expectation.to_be_done:
            raise Refused.because(
                "expectation.nothing_to_report",
                f"“{expectation.title}”是要办的事，不是报表，不能作零报告；办完后自动记为完成。",
            )
        if expectation.nil:
            return expectation
        if expectation.met_at is not None:
            raise Refused.because(
                "expectation.already_filed", f"{holder.name}{period.chinese()}已报送台账，不能再作零报告。"
            )
        expectation.met_at, expectation.met_by_name = clock.now(), by.name
        expectation.nil, expectation.nil_reason = True, words
        return _keep(expectation, "file_nil", by, {"reason": words}, signed=True)


@with_key_in_force
def waive(
    kind: str, holder: Agency, period: Period, by: Actor, reason: str, *, object: UUID | None = None
) -> Expectation:
    """The committee office lets the holder off this once, and says why.

    Raises:
        Refused: the actor is not of the committee office of the holder's place, nothing is due, it was filed, or no
        reason is given.
    """
    if not (by.is_system or by.holds_over(holder.region.path, Role.OFFICE)):
        raise Refused.because("expectation.not_yours_to_waive", "免报须由安委办批准，请联系安委办办理。")
    words = _reason(reason, "expectation.waiver_without_reason", "请写明免报理由。")
    with transaction.atomic():
        expectation = _expected(kind, holder, period, object)
        if expectation.met_at is not None:
            raise Refused.because(
                "expectation.already_filed", f"{holder.name}{period.chinese()}已报送，无需免报。"
            )
        if expectation.waived_at is not None:
            return expectation
        expectation.waived_at, expectation.waived_by_name = clock.now(), by.name
        expectation.waiver_reason = words
        return _keep(expectation, "waive", by, {"reason": words}, signed=True)


def _reason(reason: str, code: str, message: str) -> str:
    words = reason.strip()
    if not words:
        raise Refused.because(code, message, "reason")
    if len(words) > 500:
        raise Refused.because("expectation.reason_too_long", "说明最多500字，请精简。", "reason")
    return words


def _locked(kind: str, holder: Agency, period: Period, object: UUID | None = None) -> Expectation | None:
    rows = Expectation.objects.select_for_update().filter(
        kind=kind, holder=holder, period=period.label, object=object
    )
    found = rows.first()
    if found is None and ensure(period, kind):
        found = rows.first()
    return found


def _expected(kind: str, holder: Agency, period: Period, object: UUID | None) -> Expectation:
    expectation = _locked(kind, holder, period, object)
    if expectation is None:
        raise Refused.because("expectation.none", f"{holder.name}{period.chinese()}没有需要报送的此类事项。")
    return expectation


def _keep(
    expectation: Expectation, verb: str, by: Actor, payload: dict[str, Any], *, signed: bool = False
) -> Expectation:
    """Write the entry, its signature and the row that points at it."""
    if signed and by.person_id is not None and not by.confirmed:
        raise Refused.because(
            "expectation.not_confirmed", "这一步须由本人签名，请重新输入登录密码（五分钟内有效）后办理。"
        )
    moment = clock.now()
    about = {"kind": expectation.kind, "holder": expectation.holder_id, "period": expectation.period}
    signer = by.person_id if signed else None
    kind = Kind.SIGNED_IN if by.token_scope is None else Kind.TOKEN
    pen = None if signer is None else take_pen(signer, kind)
    entry = record.NewEntry(
        matter=expectation.uid,
        seq=expectation.entry_count + 1,
        previous=bytes(expectation.head) if expectation.entry_count else record.genesis(expectation.uid),
        kind=RECORD_KIND,
        matter_no=expectation.no,
        verb=verb,
        from_state="",
        to_state="",
        actor_id=by.ref,
        actor_name=by.name,
        actor_post=by.post,
        happened_at=moment,
        recorded_at=moment,
        payload={**about, **payload},
        signed=pen.signed if pen else None,
        facts=_facts().of(expectation),
    )
    [expectation.head] = record.append([entry], pen.sign if pen else None)
    expectation.entry_count += 1
    expectation.save()
    return expectation


@cache
def _facts() -> Facts:
    """What a filing, a nil filing or a waiver binds: everything but the chain itself and the explanation of the day."""
    return Facts(Expectation, ("uid", "entry_count", "head", "due_rule", "title"))


def ends() -> Iterator[Row]:
    """Where each expectation says its chain in the record ends, and what its columns say now."""
    for row in Expectation.objects.filter(entry_count__gt=0).order_by("uid").iterator():
        yield row.uid, row.no, row.entry_count, bytes(row.head), _facts().of(row)
