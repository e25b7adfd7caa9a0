"""The parts of a case's page: what it is about, its limits with their rules, the worksheet, what is missing, its papers, its money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import again, completeness, later, signing, terms
from bihuan.capabilities.enforcement.inputs.filing import ASKED_FOR
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.reading import owes
from bihuan.capabilities.enforcement.states import (
    STARTED,
    CaseSource,
    CaseState,
    MeasureKind,
    Outcome,
    PartyKind,
)
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import wan_yuan, yuan
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import addresses_of, came_from
from bihuan.registers.instruments import kinds, shelf
from bihuan.registers.law import discretion, limits

Section = tuple[str, Sequence[parts.Fact]]


def facts(case: Case) -> Sequence[parts.Fact]:
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


def more_facts(case: Case, actor: Actor) -> Sequence[Section]:
    """Every section that has something to say."""
    made = (
        ("还缺什么", _missing(case)), ("期限", _limits(case)), ("违法行为和裁量", _worksheet(case)),
        ("拟处理意见", _proposal(case)), ("告知、陈述申辩和听证", _notice(case)), ("审核", _review(case)),
        ("决定", _decision(case)), ("按日连续处罚", later.daily(case)), ("缴款", _money(case)), ("处罚和措施的执行", _measures(case)),
        ("复议、诉讼和强制执行", _remedies(case)), ("退还款项", later.refunded(case)),
        ("移送", _referral(case)), ("联合办案", _parts(case)),
        ("证据", _evidence(case)), ("来源事项的文书", _documents(case)), ("出自", _origin(case, actor)), ("此前同类", _former(case, actor)),
    )  # fmt: skip
    return [(heading, told) for heading, told in made if told]


def _missing(case: Case) -> Sequence[parts.Fact]:
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


def _limits(case: Case) -> Sequence[parts.Fact]:
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


def _worksheet(case: Case) -> Sequence[parts.Fact]:
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


def _proposal(case: Case) -> Sequence[parts.Fact]:
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


def _notice(case: Case) -> Sequence[parts.Fact]:
    notice, hearing = case.notice, case.hearing
    if not notice.get("on"):
        return ()
    told = [parts.Fact("告知", notice["on"]), parts.Fact("送达", notice.get("served_on") or "未送达")]
    told.append(
        parts.Fact(
            "听证", "可以要求听证" if notice["right"] else "未达到听证条件", hint=notice["why"], wide=True
        )
    )
    if notice.get("served_on"):
        told.append(
            parts.Fact(
                "陈述申辩期限", _until(case, notice["statement_by"]), hint=notice["statement_rule"], wide=True
            )
        )
        if notice["right"]:
            told.append(
                parts.Fact(
                    "听证申请期限", _until(case, notice["hearing_by"]), hint=notice["hearing_rule"], wide=True
                )
            )
    if notice.get("statement"):
        said = notice["statement"]
        told.append(
            parts.Fact(
                "陈述申辩",
                said["words"],
                hint=f"{'采纳' if said['adopted'] else '不采纳'}：{said['answer']}",
                wide=True,
            )
        )
    if notice.get("waived_on"):
        told.append(parts.Fact("放弃", notice["waived_on"], hint=notice["waiver"]))
    if hearing.get("requested_on"):
        told.append(parts.Fact("听证申请", hearing["requested_on"], hint=hearing["words"]))
    return told + later.hearing(hearing)


def _until(case: Case, day: str) -> parts.Deadline | date:
    """A day that still runs with what is left; the bare day once it does not matter any more."""
    last = date.fromisoformat(day)
    runs = case.state == CaseState.NOTIFIED and last >= clock.today()
    return parts.Deadline.of(last) if runs else last


ASKED = dict(ASKED_FOR)
"""What investigators ask the head for, as the page calls it."""


def _review(case: Case) -> Sequence[parts.Fact]:
    told = [
        parts.Fact(f"提请{ASKED[what]}", row["text"], hint=f"{row['by']} {row['on']}，待审批", wide=True)
        for what, row in case.review.get("asked", {}).items()
    ]
    legal, discussion = case.review.get("legal"), case.review.get("discussion")
    if legal:
        verdict = "通过" if legal["passed"] else "不通过"
        told.append(
            parts.Fact(
                "法制审核", f"{verdict}：{legal['opinion']}", hint=f"{legal['by']} {legal['on']}", wide=True
            )
        )
    if discussion:
        told.append(
            parts.Fact(
                "集体讨论",
                discussion["conclusion"],
                hint=f"主持人 {discussion['host']} {discussion['on']}",
                wide=True,
            )
        )
    return told


def _decision(case: Case) -> Sequence[parts.Fact]:
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


def _money(case: Case) -> Sequence[parts.Fact]:
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


def _measures(case: Case) -> Sequence[parts.Fact]:
    return [
        parts.Fact(
            MeasureKind(row["kind"]).label,
            f"{row['done_on']} 已执行" if row["state"] == "done" else "待执行",
            hint=row.get("words", ""),
        )
        for row in case.measures
    ]


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


def _remedies(case: Case) -> Sequence[parts.Fact]:
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


def _referral(case: Case) -> Sequence[parts.Fact]:
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


def _parts(case: Case) -> Sequence[parts.Fact]:
    return [
        parts.Fact(row["name"], row["result"] or f"{row['due_on']} 前完成", hint=row["work"], wide=True)
        for row in case.parts
    ]


def _evidence(case: Case) -> Sequence[parts.Fact]:
    return [
        parts.Fact(f"{number}", row["name"], hint=row.get("proves", "") or row["on"])
        for number, row in enumerate(case.evidence, 1)
    ]


def _documents(case: Case) -> Sequence[parts.Fact]:
    """The documents of what is linked to the case, which lie in its file; its own stand in their own section."""
    if not case.linked:
        return ()
    rows = shelf.instruments_of(case.linked).values_list("uid", "kind", "number", "issued_on")
    return [
        parts.Fact(kinds.label_of(kind), number or "无编号", hint=f"{issued_on}", href=paper_address(uid))
        for uid, kind, number, issued_on in rows
    ]


def paper_address(uid: Any) -> str:
    """Where a document is read."""
    return f"/instruments/{uid}/"


def _origin(case: Case, actor: Actor) -> Sequence[parts.Fact]:
    return (came_from(case.origin, actor),) if case.origin else ()


def _former(case: Case, actor: Actor) -> Sequence[parts.Fact]:
    """The chain that raised the tier (M096)."""
    known = addresses_of(case.former, actor)
    return [
        parts.Fact(no, known[no][1] if no in known else "", href=known[no][0] if no in known else "")
        for no in case.former
    ]
