"""The parts of a case's page about its hearing, about a daily penalty, and about what went back to the party."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.capabilities.enforcement import refunds, terms
from bihuan.capabilities.enforcement.gates.hearing import earliest
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.rounds import day_of
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.web import parts


def hearing(told: dict[str, Any]) -> list[parts.Fact]:
    """When and where it is, who presides and who did before, from which day it may be held, and what came of it."""
    found: list[parts.Fact] = []
    if told.get("at"):
        when = f"{told['at'][:16].replace('T', ' ')} {told['place']}"
        found.append(
            parts.Fact("听证会", when, hint=f"主持人 {told['host']}，记录人 {told['recorder']}", wide=True)
        )
        served, first = told.get("notice_served_on"), day_of(told, "told_on")
        hint = f"{earliest(first)} 起可以举行（送达满7个工作日，《行政处罚法》第六十四条）" if first else ""
        found.append(parts.Fact("通知书送达", served or "未送达", hint=hint, wide=True))
    for row in told.get("former", ()):
        words = f"{row['on']} 由{row['host']}主持的 {row['at'][:16].replace('T', ' ')} 听证会变更"
        found.append(parts.Fact("变更", words, hint=row["reason"], wide=True))
    if told.get("opinion"):
        found.append(parts.Fact("主持人意见", told["opinion"], wide=True))
    if told.get("ended_on"):
        found.append(parts.Fact("听证报告审核", told.get("head_opinion") or "待机关负责人审核", wide=True))
    return found


def daily(case: Case) -> Sequence[parts.Fact]:
    """What was announced of a daily penalty, until when the party may speak, and what was decided."""
    found = [
        parts.Fact(
            "曾经告知",
            f"{row['announced_on']} 告知，{row['dropped_on']} 决定不予处罚",
            hint=row["reason"],
            wide=True,
        )
        for row in case.daily.get("dropped", ())
    ]
    told = case.daily
    if not told.get("announced_on"):
        return found
    reckoned = f"{told['first']} 至 {told['rechecked_on']} 共 {told['days']} 日，合计 {yuan(told['fen'])} 元"
    found.append(parts.Fact("告知", reckoned, hint=f"{told['announced_on']} {told['by']}", wide=True))
    found.append(parts.Fact("拒不改正的事实", told["refusal"], hint=told["order_number"], wide=True))
    found += _spoken(told["notice"]) + hearing(told.get("hearing", {}))
    if told.get("decided_on"):
        found.append(parts.Fact("决定", told["decided_on"], hint=told["decided_by"]))
        due = f"{told['due']} 前缴清" if told.get("due") else ""
        found.append(parts.Fact("送达", told.get("served_on") or "未送达", hint=due))
        paid = f"已缴 {yuan(case.daily_paid_fen)} 元"
        found.append(parts.Fact("按日连续处罚", parts.Money(case.daily_fen), hint=paid))
        found += _added(case)
    return found


def _added(case: Case) -> list[parts.Fact]:
    """The additional fine on a daily penalty that is paid late: decided, waived, or run up so far."""
    more = case.daily.get("more")
    if more:
        words = f"计至 {more['upto']}，{more['days']} 日{'，已达上限' if more['capped'] else ''}；已缴 {yuan(more['paid'])} 元"
        return [parts.Fact("按日连续处罚的加处罚款", parts.Money(more["fen"]), hint=words)]
    if case.daily.get("waived"):
        return [parts.Fact("按日连续处罚的加处罚款", "不加处、减免", hint=case.daily["waived"], wide=True)]
    run_up = terms.additional(case, of="daily")
    if not run_up.fen:
        return []
    words = f"自 {run_up.first} 起 {run_up.days} 日{'，已达上限' if run_up.capped else ''}（《行政处罚法》第七十二条）"
    return [parts.Fact("已产生的按日连续处罚的加处罚款", parts.Money(run_up.fen), hint=words, wide=True)]


def _spoken(notice: dict[str, Any]) -> list[parts.Fact]:
    words = "可以要求听证" if notice["right"] else "未达到听证条件"
    found = [
        parts.Fact("告知书送达", notice.get("served_on") or "未送达"),
        parts.Fact("听证", words, hint=notice["why"], wide=True),
    ]
    if notice.get("served_on"):
        found.append(
            parts.Fact("陈述申辩期限", notice["statement_by"], hint=notice["statement_rule"], wide=True)
        )
        if notice["right"]:
            found.append(
                parts.Fact("听证申请期限", notice["hearing_by"], hint=notice["hearing_rule"], wide=True)
            )
    if notice.get("statement"):
        said = notice["statement"]
        hint = f"{'采纳' if said['adopted'] else '不采纳'}：{said['answer']}"
        found.append(parts.Fact("陈述申辩", said["words"], hint=hint, wide=True))
    if notice.get("waived_on"):
        found.append(parts.Fact("放弃", notice["waived_on"], hint=notice["waiver"]))
    return found


def refunded(case: Case) -> Sequence[parts.Fact]:
    """What went back to the party, or still has to."""
    found: list[parts.Fact] = []
    for row in case.refunds:
        found.append(parts.Fact("应退还", f"{row['on']} {refunds.words_of(row)}", hint=row["why"], wide=True))
        approved = f"{row['approved_by']} {row['approved_on']}" if row.get("approved_on") else "待审批"
        found.append(parts.Fact("退还审批", approved))
        interest = f"，利息 {yuan(row['interest_fen'])} 元" if row.get("interest_fen") else ""
        paid = f"{row['paid_on']} 退还{interest}" if row.get("paid_on") else "待退还"
        found.append(parts.Fact("退还", paid, hint=f"凭证 {row['receipt']}" if row.get("receipt") else ""))
    return found
