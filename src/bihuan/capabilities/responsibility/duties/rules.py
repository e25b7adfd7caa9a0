"""Versions of the rules that duties rest on: when one takes effect, every duty citing the old clause waits to be confirmed (M014).

The flag is never set: a duty waits exactly while the version it cites is no longer the one in force, so none can be missed.
Confirming is a deed of whoever keeps the duty; the committee office sees who has not, unit by unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.capabilities.responsibility.duties import keeping, trail
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.keeping import Said
from bihuan.capabilities.responsibility.duties.lists import Line
from bihuan.capabilities.responsibility.duties.models import Clause, Duty, RuleDocument, RuleVersion
from bihuan.capabilities.responsibility.duties.words import DutyClass, Verification
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role


def add_version(
    name: str,
    number: str,
    effective_from: date,
    clauses: Sequence[Line],
    by: Actor,
    *,
    issuer: str = "",
    verification: Verification = Verification.READ,
) -> RuleVersion:
    """Write down a rule, or a new version of one, with its clauses (number = 条款, title = its text).

    Raises:
        Refused: not the committee office, no name or clauses, or a version of that day or a later one is there already.
    """
    if not (by.is_system or by.holds(Role.OFFICE)):
        raise Refused.because("rule.not_yours", "职责规则由安委办登记")
    Refused.unless(_faults(name, clauses, effective_from))
    try:
        with transaction.atomic():
            document, _ = RuleDocument.objects.get_or_create(
                name=bare(name), defaults={"issuer": issuer.strip()[:120]}
            )
            RuleDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
            newest = document.versions.order_by("-effective_from").first()
            if newest is not None and newest.effective_from >= effective_from:
                sentence = f"已有自 {newest.effective_from} 起施行的版本，新版本须在它之后"
                raise Refused.because("rule.before_another", sentence, "effective_from")
            version = RuleVersion.objects.create(
                document=document, number=number.strip()[:60], effective_from=effective_from, verification=verification,
                made_by=by.name[:60], made_by_post=by.post[:120], at=clock.now(),
            )  # fmt: skip
            Clause.objects.bulk_create(
                [
                    Clause(version=version, label=one.number, text=one.title, order=place)
                    for place, one in enumerate(clauses)
                ]
            )
            said = {
                "name": document.name, "number": version.number, "since": effective_from.isoformat(),
                "clauses": [one.number for one in clauses],
            }  # fmt: skip
            trail.note([trail.Noted(f"rule/{document.pk}", "version_added", said)], by)
    except IntegrityError as reason:
        raise Refused.because("rule.clause_twice", "有条款重复，请核对", "clauses") from reason
    return version


def bare(name: str) -> str:
    """The name without its brackets."""
    return name.strip().removeprefix("《").removesuffix("》").strip()


def waiting(on: date) -> QuerySet[Duty]:
    """The duties that cite a version which another one has replaced by ``on``; none is left out, none is set by hand."""
    newer = RuleVersion.objects.filter(
        document=OuterRef("clause__version__document"),
        effective_from__gt=OuterRef("clause__version__effective_from"),
        effective_from__lte=on,
    )
    return (
        Duty.objects.filter(in_force(on), clause__isnull=False)
        .filter(Exists(newer))
        .select_related("post__agency", "agency", "clause__version__document")
    )


def same_clause(duty: Duty, on: date) -> Clause | None:
    """The clause of the version in force with the same label, which most often is the one to cite."""
    if duty.clause is None:
        return None
    document = duty.clause.version.document
    version = document.versions.filter(effective_from__lte=on).order_by("-effective_from").first()
    return version.clauses.filter(label=duty.clause.label).first() if version else None


def confirm(duty: Duty, clause: Clause, text: str, by: Actor) -> Duty:
    """Confirm a duty under the version in force: the old row ends, the new one cites the new clause.

    Raises:
        Refused: not the actor's to keep, it does not wait, or the clause is of no version in force (``rule.clause_not_in_force``).
    """
    today = clock.today()
    if not waiting(today).filter(pk=duty.pk).exists():
        raise Refused.because("rule.nothing_to_confirm", "这一条职责依据的是现行规定，不用再确认")
    current = (
        clause.version.document.versions.filter(effective_from__lte=today).order_by("-effective_from").first()
    )
    if current is None or current.pk != clause.version_id:
        raise Refused.because("rule.clause_not_in_force", "请选择现行版本的条款", "clause")
    said = Said(text, DutyClass(duty.duty_class), duty.oversight, clause, duty.basis)
    return keeping.reword(duty, said, f"按{clause.version}确认", by, verb="confirmed")


def versions() -> QuerySet[RuleVersion]:
    """Every version, the rules in order of their names, the newest version first."""
    return RuleVersion.objects.select_related("document").order_by("document__name", "-effective_from")


def cites(version: RuleVersion) -> Q:
    """Duties that cite a version."""
    return Q(clause__version=version)


def _faults(name: str, clauses: Sequence[Line], effective_from: date) -> Iterator[Failure]:
    if not bare(name):
        yield Failure("rule.no_name", "请填写文件名称", "name")
    if not clauses:
        yield Failure("rule.no_clauses", "请填写条款，每行一条：第九条｜内容", "clauses")
    if any(len(one.number) > 40 or len(one.title) > 2000 for one in clauses):
        yield Failure("rule.too_long", "条款编号最多 40 字，内容最多 2000 字", "clauses")
    if effective_from.year < 1950:
        yield Failure("rule.too_old", "施行日期不对，请核对", "effective_from")
