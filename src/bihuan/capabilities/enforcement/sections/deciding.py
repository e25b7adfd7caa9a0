"""The decision and what came of it: publication, money, measures carried out."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.enforcement import terms
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.reading import owes
from bihuan.capabilities.enforcement.states import MeasureKind
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import wan_yuan, yuan
from bihuan.kernel.web import parts
from bihuan.registers.law import limits


def decision(case: Case) -> Sequence[parts.Fact]:
    """The decision with its reasons, and where it was made public."""
    decision = case.decision
    if not decision:
        return ()
    told = [parts.Fact("决定日期", decision["on"]), parts.Fact("决定人", decision["by"])]
    for key, label in (("discretion", "裁量理由和依据"), ("reasons", "不予处罚的理由"), ("below_maximum", "低于上限的理由"),
                       ("no_referral", "未移送司法机关的理由"), ("late", "超过办案期限的理由")):  # fmt: skip
        if decision.get(key):
            told.append(parts.Fact(label, decision[key], wide=True))
    if case.published_on:
        told.append(
            parts.Fact(
                "公示", case.published_on, hint=f"{case.unpublished_on} 撤回" if case.unpublished_on else ""
            )
        )
    return told


def money(case: Case) -> Sequence[parts.Fact]:
    """What is owed, paid and still open, fines by themselves."""
    if not (case.fine_fen or case.confiscation_fen):
        return ()
    told = [
        parts.Fact("罚款", parts.Money(case.fine_fen), hint=f"{wan_yuan(case.fine_fen, trim=False)} 万元"),
        parts.Fact("已缴罚款", parts.Money(case.paid_fen)),
    ]
    if case.confiscation_fen:
        told.append(parts.Fact("没收违法所得", parts.Money(case.confiscation_fen)))
    for one in case.account.get("schedule", ()):
        told.append(parts.Fact("应缴", f"{one['due']} 前 {yuan(one['fen'])} 元"))
    for one in case.account.get("payments", ()):
        told.append(parts.Fact("缴款", f"{one['on']} {yuan(one['fen'])} 元", hint=f"票据 {one['receipt']}"))
    told += _additional(case)
    left = sum(owes(case).values())
    told.append(parts.Fact("未缴合计", parts.Money(left)))
    return told


def _additional(case: Case) -> list[parts.Fact]:
    if case.additional_fen:
        row = case.account["additional"]
        words = f"计至 {row['upto']}，{row['days']} 日{'，已达上限' if row['capped'] else ''}"
        return [
            parts.Fact("加处罚款", parts.Money(case.additional_fen), hint=words),
            parts.Fact("已缴加处罚款", parts.Money(case.additional_paid_fen)),
        ]
    if case.account.get("waived"):
        return [parts.Fact("加处罚款", "不加处、减免", hint=case.account["waived"], wide=True)]
    run_up = terms.additional(case)
    told = []
    if run_up.fen:
        rule = limits.rule("late_fee_daily_percent", case.decided_on or clock.today())
        words = f"自 {run_up.first} 起 {run_up.days} 日，每日{rule.value}%{'，已达上限' if run_up.capped else ''}（{rule.basis}）"
        told.append(parts.Fact("已产生的加处罚款", parts.Money(run_up.fen), hint=words, wide=True))
    return told


def measures(case: Case) -> Sequence[parts.Fact]:
    """Each penalty or measure besides the fine, and whether it was carried out."""
    return [
        parts.Fact(
            MeasureKind(row["kind"]).label,
            f"{row['done_on']} 已执行" if row["state"] == "done" else "待执行",
            hint=row.get("words", ""),
        )
        for row in case.measures
    ]
