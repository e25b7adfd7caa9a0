"""How the penalty came about: violation, clause, range, factors, what was proposed, and who looked at it."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.enforcement import completeness
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import MeasureKind
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.web import parts


def worksheet(case: Case) -> Sequence[parts.Fact]:
    """Violation → clause → range → factors → proposed → entered, each with its reason."""
    told = []
    for number, row in enumerate(case.violations, 1):
        told.append(parts.Fact(f"违法行为{number}", row["facts"], hint=f"违反{row['violated']}", wide=True))
        told.append(parts.Fact("处罚依据", f"{row['basis']}（{row['range']}）", wide=True))
        told += [parts.Fact(*_halves(line), wide=True) for line in row["reasons"][2:]]
        told.append(parts.Fact("适用", row["reasons"][0], wide=True))
        mitigated = "，减轻处罚" if row["mitigated"] else ""
        told.append(
            parts.Fact("拟罚款", f"{yuan(row['amount_fen'])} 元{mitigated}", hint=row["reason"], wide=True)
        )
    if len(case.violations) > 1:
        total = sum(row["amount_fen"] for row in case.violations)
        told.append(parts.Fact("合计", f"{yuan(total)} 元", wide=True))
    return told


def _halves(line: str) -> tuple[str, str]:
    """A line of reasoning as label and value."""
    label, _, value = line.partition("：")
    return (label, value) if value else ("裁量", label)


def proposal(case: Case) -> Sequence[parts.Fact]:
    """What was proposed, who looked at it, and what else it needs before a decision."""
    proposal = case.proposal
    told = []
    if proposal.get("crime"):
        told.append(parts.Fact("涉嫌犯罪", proposal["crime"], hint="移送标准待核对", wide=True))
    if "fine" not in proposal:
        return told
    measures = "、".join(MeasureKind(kind).label for kind in proposal["measures"])
    words = "；".join(
        filter(None, [f"罚款 {yuan(proposal['fine'])} 元" if proposal["fine"] else "", measures])
    )
    told.append(parts.Fact("拟处罚", words or "—", wide=True))
    told.append(parts.Fact("提出", f"{proposal['by']} {proposal['on']}"))
    looked = proposal.get("review") or {}
    verdict = "同意" if looked.get("agreed") else "不同意"
    told.append(
        parts.Fact("审核", f"{verdict}：{looked['text']}", hint=f"{looked['by']} {looked['on']}", wide=True)
        if looked
        else parts.Fact("审核", "待审核")
    )
    approved = (
        f"{proposal['approved_by']} {proposal['approved_on']}" if proposal.get("approved_on") else "待审批"
    )
    told.append(parts.Fact("审批", approved))
    for label, why in (
        ("集体讨论", completeness.discussion_needed(case)),
        ("法制审核", completeness.legal_review_needed(case)),
    ):
        told.append(parts.Fact(label, f"应当进行：{why}" if why else "不属于应当进行的情形"))
    return told
