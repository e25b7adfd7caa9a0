"""Papers of notice, defence and hearing (kinds 24–29)."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.registers.instruments.wording.clauses import CONTACT, TWO_COPIES
from bihuan.registers.instruments.wording.pieces import L, Layout, form, letter, p, record

LAYOUTS: Mapping[str, Layout] = {
    "penalty_notice": letter(
        p("经查，你（单位）存在下列违法事实：{facts}"),
        L("evidence", "以上事实，主要证据如下："),
        p("理由：{reasons}"),
        p("上述行为，依据{basis_cited}的规定，本机关拟对你（单位）作出下列行政处罚："),
        L("penalty"),
        p(
            "依据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，你（单位）对上述拟作出的行政处罚内容及事实、"
            "理由、依据，有权进行陈述和申辩。你（单位）要求陈述、申辩的，请在本机关作出处罚决定前"
            "以书面或者口头方式提出。本机关不会因你（单位）陈述、申辩而给予更重的处罚。"
        ),
        CONTACT,
        to="{party}", copies=TWO_COPIES,
    ),
    "defence_record": record(
        p("时间：{started_at}", "至{ended_at}"),
        p("地点：{place}"),
        p("陈述申辩人：{person}", "　性别：{sex}", "　工作单位：{employer}", "　职务：{post}", "　联系电话：{phone}", "　地址：{address}"),
        p("承办人：{officers}", "　记录人：{recorder}"),
        p("承办人已出示执法证件。现就拟作出的行政处罚听取你（单位）的陈述和申辩，请如实陈述；本机关不会因陈述、申辩而给予更重的处罚。"),
        p("陈述申辩内容：{statement}"),
        p("核对意见：{remark}"),
    ),
    "hearing_right_notice": letter(
        p("经查，你（单位）存在下列违法事实：{facts}"),
        L("evidence", "以上事实，主要证据如下："),
        p("上述行为，依据{basis_cited}的规定，本机关拟对你（单位）作出下列行政处罚："),
        L("penalty"),
        p(
            "依据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，你（单位）有要求举行听证的权利。"
            "要求听证的，应当自收到本告知书之日起{limit_hearing_request}内向本机关提出；"
            "逾期未提出的，视为放弃听证权利。你（单位）不承担组织听证的费用。"
        ),
        CONTACT,
        to="{party}", copies=TWO_COPIES,
    ),
    "hearing_notice": letter(
        p("根据你（单位）的要求，本机关定于{hearing_at}在{place}，就{cause}一案{public}举行听证。"),
        p("听证主持人：{host}", "；听证员：{members}", "；记录人：{recorder}", "。"),
        p(
            "你（单位）的法定代表人可以亲自参加听证，也可以委托{limit_hearing_agents}代理人参加；"
            "认为主持人、听证员、记录人与本案有直接利害关系的，有权申请回避。"
            "无正当理由拒不出席听证或者未经许可中途退出听证的，视为放弃听证权利，本机关终止听证。"
        ),
        p("委托代理人：{agents}。"),
        L("materials", "参加听证请携带："),
        CONTACT,
        to="{party}", copies=TWO_COPIES,
    ),
    "hearing_record": record(
        p("案件名称：{case_name}"),
        p("听证时间：{started_at}至{ended_at}"),
        p("听证地点：{place}", "　听证方式：{public}"),
        p("主持人：{host}", "　听证员：{members}", "　书记员：{recorder}"),
        p("申请人：{applicant}", "　法定代表人：{principal}", "　委托代理人：{agents}"),
        p("案件调查人员：{investigators}", "　第三人：{third_party}"),
        p("主持人核对听证参加人，宣布案由和听证纪律，告知当事人的权利和义务，询问是否申请回避。"),
        p("案件调查人员陈述：{investigators_said}"),
        p("当事人申辩和质证：{defence}"),
        p("最后陈述：{last_words}"),
        p("核对意见：{remark}"),
    ),
    "hearing_report": form(sealed=True),
}  # fmt: skip
