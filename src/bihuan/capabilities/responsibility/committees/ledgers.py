"""The ledger of a specialist committee: its lines, what units report on them, and the sampling for assessment (M012)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from bihuan.capabilities.responsibility.committees import trail
from bihuan.capabilities.responsibility.committees.access import may_keep, may_report
from bihuan.capabilities.responsibility.committees.keeping import NOT_YOURS
from bihuan.capabilities.responsibility.committees.models import Committee, LedgerLine, Sampling
from bihuan.capabilities.responsibility.committees.models.committees import CommitteeKind
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency


def open_line(
    committee: Committee, duty: str, agency: Agency, by: Actor, *, due_on: date | None = None
) -> LedgerLine:
    """Put a duty on the ledger.

    Raises:
        Refused: not the actor's, no specialist committee, without words, or due in the past.
    """
    if not may_keep(by, committee):
        raise Refused.because("committee.not_yours", NOT_YOURS)
    Refused.unless(_faults(committee, duty, due_on))
    with transaction.atomic():
        held = Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
        last = LedgerLine.objects.filter(committee=held).aggregate(last=Max("number"))["last"] or 0
        line = LedgerLine.objects.create(
            committee=held, number=last + 1, duty=duty.strip(), agency=agency, due_on=due_on, opened_on=clock.today()
        )  # fmt: skip
        said = {"number": line.number, "duty": line.duty, "unit": agency.name}
        trail.note([trail.Noted(str(held.pk), "line_opened", said)], by)
    return line


def report(line: LedgerLine, progress: str, evidence: str, by: Actor, *, done: bool = False) -> LedgerLine:
    """Tell how far a line is; ``done`` closes it, which needs evidence.

    Raises:
        Refused: not the actor's, closed already, without progress, or done without evidence.
    """
    if not may_report(by, line):
        raise Refused.because("ledger.not_yours", "进展由责任单位或专业委员会牵头单位填报")
    Refused.unless(_report_faults(line, progress, evidence, done))
    with transaction.atomic():
        Committee.objects.select_for_update(of=("self",)).get(pk=line.committee_id)
        found = LedgerLine.objects.get(pk=line.pk)
        if found.closed_on is not None:
            raise Refused.because("ledger.closed", f"这一项已于 {found.closed_on} 办结，请刷新后再看")
        found.progress, found.evidence = progress.strip(), evidence.strip()
        found.reported_on, found.reported_by = clock.today(), by.name[:60]
        found.closed_on = clock.today() if done else None
        found.save(update_fields=["progress", "evidence", "reported_on", "reported_by", "closed_on"])
        said = {"number": found.number, "progress": found.progress, "evidence": found.evidence}
        trail.note(
            [trail.Noted(str(found.committee_id), "line_closed" if done else "line_reported", said)], by
        )
    return found


COMPLETE = ~Q(progress="") & ~Q(evidence="")
"""A line that tells how far it is and shows it."""


def draw(round_name: str, by: Actor) -> Sampling:
    """Draw one specialist committee for an assessment round, by a number that anybody can draw again.

    Repeated for the same round it is the same drawing.

    Raises:
        Refused: not the committee office, without the round's name, or there is nothing to draw from.
    """
    if not (by.is_system or by.holds(Role.OFFICE)):
        raise Refused.because("ledger.office_draws", "抽取考核由安委办办理")
    if not round_name.strip():
        raise Refused.because("ledger.no_round", "请填写考核轮次，例如“2026年上半年”", "round")
    known = Sampling.objects.filter(round=round_name.strip()).first()
    if known is not None:
        return known
    today = clock.today()
    among = list(
        Committee.objects.filter(in_force(today), kind=CommitteeKind.SPECIALIST)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not among:
        raise Refused.because("ledger.nothing_to_draw", "还没有专业委员会，请先成立", "round")
    seed = f"{round_name.strip()} {today.isoformat()}"
    chosen = among[drawn(seed, len(among))]
    lines = LedgerLine.objects.filter(committee=chosen)
    try:
        with transaction.atomic():
            Committee.objects.select_for_update(of=("self",)).get(pk=chosen)
            made = Sampling.objects.create(
                round=round_name.strip()[:40], seed=seed, among=among, committee_id=chosen, lines=lines.count(),
                complete=lines.filter(COMPLETE).count(), drawn_on=today, drawn_by=by.name[:60],
            )  # fmt: skip
            said = {"round": made.round, "seed": seed, "among": len(among)}
            trail.note([trail.Noted(str(chosen), "sampled", said)], by)
    except IntegrityError:
        return Sampling.objects.get(round=round_name.strip())
    return made


def drawn(seed: str, among: int) -> int:
    """The place that a seed gives among so many: SM3 is no better here, and SHA-256 anybody can compute."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()) % among


def score(sampling: Sampling, points: int, remark: str, by: Actor) -> Sampling:
    """Score the ledger that was drawn, once.

    Raises:
        Refused: not the committee office, scored already, or points that are none.
    """
    if not (by.is_system or by.holds(Role.OFFICE)):
        raise Refused.because("ledger.office_draws", "评分由安委办办理")
    if not 0 <= points <= 100:
        raise Refused.because("ledger.points", "得分应在 0 到 100 之间", "score")
    if not remark.strip():
        raise Refused.because("ledger.no_remark", "请写明评分的理由", "remark")
    with transaction.atomic():
        Committee.objects.select_for_update(of=("self",)).get(pk=sampling.committee_id)
        found = Sampling.objects.select_for_update(of=("self",)).get(pk=sampling.pk)
        if found.score is not None:
            raise Refused.because("ledger.scored", f"已于 {found.scored_on} 评分，不能改")
        found.score, found.remark = points, remark.strip()[:500]
        found.scored_on, found.scored_by = clock.today(), by.name[:60]
        found.save(update_fields=["score", "remark", "scored_on", "scored_by"])
        said = {"round": found.round, "score": points, "remark": found.remark}
        trail.note([trail.Noted(str(found.committee_id), "scored", said)], by)
    return found


def _faults(committee: Committee, duty: str, due_on: date | None) -> Iterator[Failure]:
    if committee.kind != CommitteeKind.SPECIALIST:
        yield Failure("ledger.not_specialist", "责任台账由专业委员会建立")
    if len(duty.strip()) < 4:
        yield Failure("ledger.no_duty", "请写明责任事项", "duty")
    if due_on is not None and due_on < clock.today():
        yield Failure("ledger.due_in_past", f"完成期限 {due_on} 已经过去，请重新确定", "due_on")


def _report_faults(line: LedgerLine, progress: str, evidence: str, done: bool) -> Iterator[Failure]:
    if not progress.strip():
        yield Failure("ledger.no_progress", "请写明进展", "progress")
    if done and not evidence.strip():
        yield Failure(
            "ledger.no_evidence", "办结须写明佐证材料，例如文件、照片、会议纪要的名称和日期", "evidence"
        )
