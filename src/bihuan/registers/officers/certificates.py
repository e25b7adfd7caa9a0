"""Certificates of officers: who may enforce on a day, and who sees to it that the register says so (M141).

Basis: 行政处罚法 第四十二条、第五十五条 (不少于两人、出示执法证件), 安全生产法 第六十七条.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person, Role
from bihuan.kernel.territory.models import Agency
from bihuan.registers.officers.models import ENFORCING, Certificate, CertificateKind
from bihuan.registers.officers.trail import note

KEEPERS = frozenset({Role.OFFICE, Role.REGULATOR})
TWO = 2
"""So many officers at least (行政处罚法 第四十二条第一款)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is entered of one certificate."""

    person: Person
    agency: Agency
    no: str
    since: date
    until: date
    kind: str = CertificateKind.ENFORCEMENT.value
    scope: str = ""
    issuer: str = ""


def in_force(on: date) -> Q:
    """Certificates valid on a day."""
    return Q(since__lte=on, until__gte=on) & (Q(revoked_on=None) | Q(revoked_on__gt=on))


def certificates_on(
    persons: Collection[int], on: date, agencies: Collection[int] | None = None
) -> dict[int, Certificate]:
    """By person, the certificate that lets each enforce on ``on``; of one of ``agencies`` where these are named."""
    rows = Certificate.objects.filter(in_force(on), person__in=persons, kind__in=ENFORCING)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    return {row.person_id: row for row in rows.order_by("until", "id")}


def certified(persons: Collection[int], on: date) -> frozenset[int]:
    """Those of ``persons`` who may enforce on ``on``."""
    return frozenset(certificates_on(persons, on))


def signing_failure(person_id: int | None, on: date) -> Failure | None:
    """Why this person cannot sign an enforcement document on ``on``: no certificate, or one that has lapsed."""
    if person_id is not None and certified([person_id], on):
        return None
    last = Certificate.objects.filter(person=person_id, kind__in=ENFORCING).order_by("-until").first()
    return Failure("officers.not_certified", _why(last, on))


def lapsed(person_id: int | None, on: date) -> Failure | None:
    """Why somebody who once held a certificate cannot sign as an officer on ``on``; of others the register says nothing."""
    known = Certificate.objects.filter(person=person_id, kind__in=ENFORCING).exists()
    return signing_failure(person_id, on) if known else None


def _why(last: Certificate | None, on: date) -> str:
    mend = "请先在“执法人员与专家”中登记有效的执法证件，或者由持证人员办理"
    if last is None:
        return f"您没有登记执法证件，不能签署执法文书；{mend}"
    if last.revoked_on is not None and last.revoked_on <= on:
        return f"您的执法证 {last.no} 已于 {last.revoked_on} 停用，不能签署执法文书；{mend}"
    return f"您的执法证 {last.no} 有效期为 {last.since} 至 {last.until}，{on} 不在有效期内，不能签署执法文书；{mend}"


def two_failures(
    persons: Collection[int], on: date, agencies: Collection[int] | None = None
) -> Iterator[Failure]:
    """Why ``persons`` are not two officers who may enforce on ``on``; names each whose certificate does not hold."""
    held = certificates_on(persons, on, agencies)
    if len(held) >= TWO:
        return
    names = dict(Person.objects.filter(pk__in=persons).values_list("pk", "name"))
    without = "、".join(name for pk, name in names.items() if pk not in held)
    tail = f"（{without} 当日没有有效证件）" if without else ""
    yield Failure(
        "officers.fewer_than_two",
        f"执法须有两名以上持有效执法证件的人员，{on} 检查人员中只有 {len(held)} 名{tail}；"
        "请补充持证人员，或者改为不执法的检查",
        "officers",
    )


def may_keep(actor: Actor, agency_id: int) -> bool:
    """The committee office keeps the whole register, a department that of its own officers."""
    if actor.all_seeing or actor.holds(Role.OFFICE):
        return True
    return any(scope.role in KEEPERS and scope.agency_id == agency_id for scope in actor.scopes)


def register(told: Told, by: Actor) -> Certificate:
    """Enter a certificate.

    Raises:
        Refused: not the actor's to keep (``officers.not_yours``), wrong days (``officers.days``), told before
            (``officers.told_before``).
    """
    Refused.unless(_faults(told, by))
    row = Certificate(
        person=told.person, agency=told.agency, kind=told.kind, no=told.no.strip(), scope=told.scope.strip(),
        issuer=told.issuer.strip(), since=told.since, until=told.until, said_by=by.name[:60], at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
            note(row, "certificate_told", by, _said(row))
    except IntegrityError as reason:
        if "certificate_told_once" not in str(reason):
            raise
        raise Refused.because("officers.told_before", f"证号 {row.no} 已经登记过，请核对", "no") from reason
    return row


def _faults(told: Told, by: Actor) -> Iterator[Failure]:
    if not may_keep(by, told.agency.pk):
        yield Failure(
            "officers.not_yours", "只能登记本单位的执法人员，其他单位的由该单位或安委办登记", "agency"
        )
    if not told.no.strip():
        yield Failure("officers.no_number", "请填写证号", "no")
    if told.until < told.since:
        yield Failure("officers.days", f"有效期至 {told.until} 早于有效期起 {told.since}，请核对", "until")
    if told.person.pk in by.persons and not by.holds(Role.OFFICE):
        yield Failure("officers.not_to_yourself", "本人的执法证件由本单位其他人员或安委办登记", "person")


def _said(row: Certificate) -> dict[str, str]:
    return {
        "person": row.person.name,
        "agency": row.agency.name,
        "kind": CertificateKind(row.kind).label,
        "no": row.no,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
    }


@transaction.atomic
def revoke(pk: int, on: date, reason: str, by: Actor) -> Certificate:
    """From ``on`` the certificate holds no more; what was signed before stands.

    Raises:
        Refused: not the actor's to keep, revoked before (``officers.revoked``), or no reason (``officers.no_reason``).
    """
    row = Certificate.objects.select_for_update().filter(pk=pk).first()
    if row is None or not may_keep(by, row.agency_id):
        raise Refused.because("officers.not_yours", "没有查到这份执法证件，或不由您登记")
    if row.revoked_on is not None:
        raise Refused.because("officers.revoked", f"证号 {row.no} 已于 {row.revoked_on} 停用")
    if not reason.strip():
        raise Refused.because("officers.no_reason", "请写明停用原因", "reason")
    row.revoked_on, row.revoked_for = on, reason.strip()[:200]
    row.save(update_fields=["revoked_on", "revoked_for"])
    note(row, "certificate_revoked", by, {"no": row.no, "on": on.isoformat(), "reason": row.revoked_for})
    return row


def visible_certificates(actor: Actor) -> QuerySet[Certificate]:
    """Supervising posts read the whole register: officers of any unit may be asked to join an inspection."""
    return Certificate.objects.select_related("person", "agency")


def untold(actor: Actor) -> Sequence[Person]:
    """People whose account names a certificate that this register does not know: to be checked and entered."""
    rows = Person.objects.exclude(certificate_no="").filter(certificates=None).order_by("name", "pk")
    if not actor.holds(Role.OFFICE):
        rows = rows.filter(tenures__post__agency__in=[scope.agency_id for scope in actor.scopes])
    return list(rows.distinct()[:200])
