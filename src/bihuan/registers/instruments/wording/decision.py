"""Papers of decision: approval, discussion, penalties, no penalty, daily penalty (30–35, 49–51, 57)."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.registers.instruments.wording.clauses import CITIZEN, ENTITY, LATE, PAYMENT, TWO_COPIES, remedies
from bihuan.registers.instruments.wording.pieces import L, Layout, P, T, form, letter, p, record

_DECIDED = (
    p("经查，{facts}"),
    L("evidence", "以上事实，有下列证据证实："),
    p("上述行为违反了{violated_cited}的规定。"),
    p("{procedure}"),
    p("裁量理由和依据：{discretion}"),
    p("依据{basis_cited}的规定，本机关决定给予你（单位）下列行政处罚："),
    L("penalty"),
    p("罚款数额：人民币{fine_words}（{fine}）。"),
)
_ON_THE_SPOT = (
    p("经查，你（单位）", "于{started_at}", "在{place}", "有下列违法行为：{facts}"),
    L("evidence", "以上事实，有下列证据证实："),
    p("上述行为违反了{violated_cited}的规定，依据{basis_cited}的规定，现当场作出下列行政处罚决定："),
    L("penalty"),
    p("罚款数额：人民币{fine_words}（{fine}）。", "缴款方式：{payment}。"),
    p(
        "作出处罚决定前，执法人员已出示执法证件，告知处罚的内容及事实、理由、依据和依法享有的陈述、申辩权利，并听取了意见。"
    ),
)
_PAY = (P(PAYMENT.segments, "fine"), P(LATE.segments, "fine"))

LAYOUTS: Mapping[str, Layout] = {
    "case_disposal_approval": form(),
    "collective_discussion_record": record(
        p("案件名称：{case_name}"),
        p("讨论时间：{started_at}至{ended_at}"),
        p("讨论地点：{place}"),
        p("主持人：{host}　汇报人：{reporter}　记录人：{recorder}"),
        T("attendees", "出席人员："),
        p("讨论内容：{subject}"),
        p("讨论记录：{discussion}"),
        p("结论性意见：{conclusion}"),
    ),
    "summary_penalty_entity": letter(
        *ENTITY, *_ON_THE_SPOT, *_PAY, remedies("决定"), to="", copies=TWO_COPIES,
    ),
    "summary_penalty_citizen": letter(
        *CITIZEN, *_ON_THE_SPOT, *_PAY, remedies("决定"), to="", copies=TWO_COPIES,
    ),
    "penalty_decision_entity": letter(
        *ENTITY, *_DECIDED, *_PAY, remedies("决定"), to="", copies=TWO_COPIES,
    ),
    "penalty_decision_citizen": letter(
        *CITIZEN, *_DECIDED, *_PAY, remedies("决定"), to="", copies=TWO_COPIES,
    ),
    "case_approval": form(),
    "no_penalty_decision": letter(
        *ENTITY,
        p("经查，{facts}"),
        L("evidence", "以上事实，有下列证据证实："),
        p("鉴于{reasons}"),
        p("依据{basis_cited}的规定，本机关决定对你（单位）不予行政处罚。"),
        p("本机关对你（单位）进行教育如下：{education}"),
        remedies("决定"),
        to="", copies=TWO_COPIES,
    ),
    "legal_review_opinion": form(),
    "daily_penalty_decision": letter(
        *ENTITY,
        p(
            "本机关于{order_on}以{order_number}责令你单位改正违法行为，并于{penalty_on}作出{penalty_number}"
            "处以罚款。经{rechecked_on}复查，你单位拒不改正：{refusal_facts}"
        ),
        p("{procedure}"),
        p(
            "依据《中华人民共和国安全生产法》第一百一十二条的规定，自作出责令改正之日的次日起，按照原处罚数额按日连续处罚。"
            "计罚期间自{start_on}起至{end_on}止，共{days}日，每日{daily_amount}，"
            "合计罚款人民币{total_words}（{total}）。"
        ),
        PAYMENT,
        LATE,
        remedies("决定", "你单位"),
        to="", copies=TWO_COPIES,
    ),
}  # fmt: skip
