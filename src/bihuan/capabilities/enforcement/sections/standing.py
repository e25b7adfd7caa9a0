"""What a case is about and where it stands: parties, what its file still lacks, and each limit with its rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bihuan.capabilities.enforcement import completeness, signing, terms
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.sections.file import paper_address
from bihuan.capabilities.enforcement.states import STARTED, CaseSource, CaseState, Outcome, PartyKind
from bihuan.kernel.web import parts
from bihuan.registers.instruments import kinds
from bihuan.registers.law import discretion, limits


def facts(case: Case) -> Sequence[parts.Fact]:
    """What the case is about, above everything else."""
    told = [
        parts.Fact("案由", case.cause, wide=True),
        parts.Fact("案情", case.brief, wide=True),
        parts.Fact("当事人", case.party, href=_object(case), hint=PartyKind(case.party_kind).label),
        parts.Fact("代码或证号", case.party_code or "—"),
        parts.Fact("法定代表人（主要负责人）", case.principal or "—"),
        parts.Fact("地址", case.party_address or "—"),
        parts.Fact("案件来源", CaseSource(case.source).label),
        parts.Fact("违法行为发生日期", case.acted_on),
        parts.Fact("执法人员", "、".join(f"{one['name']}（{one['certificate'] or '无证'}）" for one in case.officers) or "—", wide=True),
    ]  # fmt: skip
    if case.absolute:
        rule = discretion.absolutes()[case.absolute]
        told.append(parts.Fact("四个一律", f"{rule.label}，{rule.demands}", hint="待核对", wide=True))
    return told


def _object(case: Case) -> str:
    return f"/enterprises/{case.object_id}/" if case.object_id else ""


def missing(case: Case) -> Sequence[parts.Fact]:
    """Before the end, what the file still lacks: papers by name, and on which papers whose hand."""
    if case.state not in (CaseState.EXECUTING, CaseState.CONCLUDED, CaseState.DECIDED):
        return ()
    over = case.state == CaseState.CONCLUDED
    lacking = completeness.missing_documents(case, archiving=over)
    told = [parts.Fact("文书", "、".join(lacking), wide=True)] if lacking else []
    for row, places in signing.lacking(signing.to_archive(case) if over else signing.to_conclude(case)):
        told.append(
            parts.Fact(
                f"{kinds.label_of(row.kind)}待签名",
                places,
                href=paper_address(row.uid),
                hint=row.number,
                wide=True,
            )
        )
    return told


def running(case: Case) -> Sequence[parts.Fact]:
    """Each limit with its day, what is left and the rule."""
    told: list[parts.Fact] = []
    if case.filed_on:
        told.append(parts.Fact("立案日期", case.filed_on))
        limit = terms.decision_limit(case)
        open_now = CaseState(case.state) in STARTED
        day = parts.Deadline.of(limit.due, provisional=limit.provisional) if open_now else limit.due
        told.append(parts.Fact("办案期限", day, hint=limit.rule, wide=True))
    told.append(
        parts.Fact(
            "追究时效",
            terms.lapses_on(case),
            hint=_rule("limitation_life" if case.harmful else "limitation", case.acted_on),
        )
    )
    if case.decided_on:
        due = limits.due("service", case.decided_on)
        told.append(
            parts.Fact("送达", case.served_on or parts.Deadline.of(due.due), hint=due.rule, wide=True)
        )
    if case.served_on and case.outcome in (Outcome.PENALTY, Outcome.NO_PENALTY):
        for key, label in (("reconsideration", "行政复议期限"), ("litigation", "行政诉讼期限")):
            found = limits.due(key, case.served_on)
            told.append(parts.Fact(label, found.due, hint=found.rule))
    for row in case.limit.get("pauses", ()):
        until = f"至 {row['until']}" if row.get("until") else "，尚未恢复"
        told.append(parts.Fact("中止", f"{row['since']} 起{until}", hint=row["reason"], wide=True))
    return told


def _rule(key: str, on: date) -> str:
    found = limits.rule(key, on)
    return f"{found.words}，{found.source}"
