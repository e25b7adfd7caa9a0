"""Papers of investigation: opening, interview, examination, samples, preservation, appraisal, report (14–23, 53)."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.registers.instruments.wording.clauses import CONTACT, ENTITY, TWO_COPIES, remedies
from bihuan.registers.instruments.wording.pieces import Dialogue, H, L, Layout, T, form, letter, p, record

LAYOUTS: Mapping[str, Layout] = {
    "case_opening_approval": form(),
    "interview_notice": letter(
        p("因{subject}，依据《中华人民共和国行政处罚法》第五十五条的规定，请你（单位）于{interview_at}到{place}接受询问调查。"),
        L("materials", "请携带下列证件和材料："),
        p("你（单位）应当如实回答询问并协助调查，不得拒绝或者阻挠。确有正当理由不能按时到场的，请提前告知。"),
        CONTACT,
        to="{person}", copies=TWO_COPIES,
    ),
    "interview_record": record(
        p("询问时间：{started_at}至{ended_at}", "（第{times}次询问）"),
        p("询问地点：{place}"),
        p("被询问人：{person}", "　性别：{sex}", "　年龄：{age}岁"),
        p("身份证件号码：{id_number}", "　联系电话：{phone}"),
        p("工作单位：{employer}", "　职务：{post}"),
        p("住址：{domicile}"),
        p("询问人：{officers}", "　记录人：{recorder}"),
        p(
            "我们是{organ}的行政执法人员{officer_names}，",
            "执法证号分别为{officer_certificates}，",
            "请你查看我们的证件。现依法向你询问有关情况，你应当如实回答，并有权对询问笔录核对、补正；"
            "你认为执法人员与案件有直接利害关系的，有权申请回避。以上内容你听清楚了吗？",
        ),
        p("{told}"),
        Dialogue(),
        p("核对意见：{remark}"),
    ),
    "scene_examination_record": record(
        p("勘验事由：{subject}"),
        p("勘验时间：{started_at}至{ended_at}", "　天气：{weather}"),
        p("勘验场所：{place}"),
        p("勘验人：{officers}", "　记录人：{recorder}"),
        p("当事人：{party}", "　被邀请人：{invited}"),
        p("勘验人员已向在场人员出示执法证件，告知勘验的事由和当事人申请回避的权利。"),
        p("勘验情况及结果：{scene}"),
        L("pictures", "附图和照片："),
    ),
    "sampling_receipt": letter(
        p(
            "依据《中华人民共和国行政处罚法》第五十六条的规定，本机关执法人员于{sampled_at}在{place}，"
            "对你（单位）的下列物品抽样取证，抽样方式：{method}。"
        ),
        T("samples"),
        p("备注：{remark}"),
        to="{party}", copies=TWO_COPIES,
    ),
    "preservation_approval": form(),
    "preservation_notice": letter(
        p("因{cause}，{reasons}"),
        p(
            "鉴于证据可能灭失或者以后难以取得，依据《中华人民共和国行政处罚法》第五十六条的规定，经本机关负责人批准，"
            "对下列证据先行登记保存，期限自{from_on}起至{until_on}止。"
        ),
        T("goods"),
        p("保存方式和地点：{storage}。"),
        p("本机关将在上述期限内依法作出处理决定。在此期间，你（单位）和有关人员不得销毁或者转移上述证据。"),
        to="{party}", copies=TWO_COPIES,
    ),
    "preservation_disposal_approval": form(),
    "preservation_disposal_decision": letter(
        p("本机关于{notice_on}以{notice_number}对你（单位）的下列证据先行登记保存："),
        T("goods"),
        p("依据{basis_cited}的规定，现对上述证据作出如下处理决定：{disposal}"),
        remedies("决定"),
        to="{party}", copies=TWO_COPIES,
    ),
    "appraisal_commission": letter(
        p("因调查案件需要，现委托你单位对下列物品进行{subject}。"),
        T("goods"),
        p("鉴定要求：{requirement}"),
        p("请于{due_on}前向本机关提交书面鉴定意见。鉴定意见应当载明委托人、受托事项、依据和结论，由鉴定人签名并加盖鉴定机构印章，附机构和人员的资质证明。"),
        CONTACT,
        to="{institution}", copies=TWO_COPIES,
    ),
    "investigation_report": Layout(
        (
            p("案由：{cause}"),
            H("当事人基本情况"),
            *ENTITY,
            H("案件来源和调查经过"),
            p("案件来源：{case_source}"),
            p("{course}"),
            H("违法事实和证据"),
            p("{facts}"),
            L("evidence", "上述事实，有下列证据证实："),
            H("当事人的意见", "party_opinion"),
            p("{party_opinion}"),
            H("裁量因素", "discretion"),
            p("{discretion}"),
            H("处理建议"),
            p("{proposal}"),
            p("承办人：{officers}"),
        ),
    ),
}  # fmt: skip
