"""What goes on elsewhere: review and court, other authorities, other units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.capabilities.enforcement import again
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.web import parts


def _fell(row: dict[str, Any]) -> str:
    """Why a decision fell, what it had been, and whether another one is owed."""
    said = again.GROUNDS.get(row.get("ground", ""), "")
    if row.get("former"):
        former = row["former"]
        was = "不予处罚" if former["outcome"] == Outcome.NO_PENALTY else f"罚款{yuan(former['fine_fen'])}元"
        said += f"；原决定 {former['decided_on']} {was}；{row['begun_again_on']} 起重新办理"
    elif row.get("again"):
        by = f"，期限 {row['by']}" if row.get("by") else ""
        said += f"；须重新作出处理决定{by}"
    return said.strip("；")


def remedies(case: Case) -> Sequence[parts.Fact]:
    """Review and court cases against the decision, and its enforcement by the court."""
    ended = {
        "upheld": "维持、驳回",
        "changed": "变更",
        "revoked": "撤销、确认违法或无效",
        "withdrawn": "申请人撤回",
    }
    told = [
        parts.Fact(
            again.KINDS[row["kind"]],
            f"{row['begun_on']} 受理"
            + (f"，{row['ended_on']} {ended[row['result']]}" if row.get("ended_on") else "，正在进行"),
            hint="；".join(filter(None, (row["organ"], _fell(row)))),
        )
        for row in case.remedies
    ]
    if case.enforcement.get("demand_on"):
        told.append(parts.Fact("催告书", case.enforcement["demand_on"], hint="制发"))
        told.append(parts.Fact("催告书送达", case.enforcement.get("demanded_on") or "未送达"))
    if case.enforcement.get("applied_on"):
        told.append(
            parts.Fact("申请强制执行", case.enforcement["applied_on"], hint=case.enforcement["court"])
        )
    if case.enforcement.get("result"):
        told.append(parts.Fact("法院", case.enforcement["words"], hint=case.enforcement["told_on"]))
    return told


def referral(case: Case) -> Sequence[parts.Fact]:
    """To whom it was passed on, and what came of it."""
    row = case.referral
    if not row:
        return ()
    told = [
        parts.Fact("受移送机关", row["to"], hint=f"{row['on']} 移送"),
        parts.Fact("理由", row["reasons"], wide=True),
    ]
    told.append(
        parts.Fact("回执", f"{row['received_on']} {row['receiver']}" if row.get("received_on") else "未取得")
    )
    told.append(parts.Fact("结果", row.get("words") or "未答复", hint=row.get("told_on", "")))
    if case.detained:
        told.append(parts.Fact("拘留", f"{case.detained} 人"))
    return told


def working_along(case: Case) -> Sequence[parts.Fact]:
    """What other units do in a case worked on together."""
    return [
        parts.Fact(row["name"], row["result"] or f"{row['due_on']} 前完成", hint=row["work"], wide=True)
        for row in case.parts
    ]
