"""Papers of inspection: scheme, record, on-site measures, rectification order, recheck (kinds 1–5, 54–56)."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.registers.instruments.wording.clauses import TWO_COPIES, remedies
from bihuan.registers.instruments.wording.pieces import L, Layout, T, form, letter, p, record

LAYOUTS: Mapping[str, Layout] = {
    "inspection_scheme": form(sealed=True),
    "inspection_record": record(
        p("被检查单位：{party}"),
        p("地址：{address}"),
        p("法定代表人（主要负责人）：{principal}", "　职务：{principal_post}", "　联系电话：{phone}"),
        p("检查场所：{inspection_place}"),
        p("检查时间：{started_at}至{ended_at}"),
        p(
            "我们是{organ}的行政执法人员{officer_names}，",
            "执法证号分别为{officer_certificates}。",
            "现向你单位出示执法证件，依法进行监督检查，请予配合。你单位认为检查人员与本次检查有利害关系的，有权申请回避。",
        ),
        p("{told}"),
        L("findings", "检查情况："),
        p("被检查单位意见：{party_opinion}"),
    ),
    "onsite_measure_decision": letter(
        p("本机关于{inspected_on}对你单位进行监督检查，发现存在下列事故隐患或者违法行为："),
        T("problems"),
        p("以上情形存在现实危险。依据{basis_cited}的规定，现作出下列现场处理措施决定："),
        L("measures"),
        p("事故隐患排除后，须经本机关审查同意，方可恢复生产经营和使用。拒不执行本决定的，本机关将依法处理。"),
        remedies("决定", "你单位"),
        to="{party}", copies=TWO_COPIES,
    ),
    "rectification_order": letter(
        p("本机关", "于{inspected_on}", "对你单位进行监督检查，发现存在下列问题："),
        T("problems"),
        p("依据{basis_cited}的规定，责令你单位对上述问题按所列期限整改完毕，达到有关法律、法规、规章和标准规定的要求。"),
        p("整改期间，你单位应当采取下列安全措施：{interim}"),
        p(
            "整改期间应当落实安全防范措施，确保安全；整改前或者整改过程中无法保证安全的，应当撤出作业人员，"
            "停止作业或者停止使用相关设施、设备。逾期未整改或者整改后仍不符合要求的，本机关将依法予以处理；"
            "由此造成生产安全事故的，依法追究有关单位和人员的责任。整改完毕后，请及时向本机关提出复查申请。"
        ),
        remedies("指令", "你单位"),
        to="{party}", copies=TWO_COPIES,
    ),
    "recheck_opinion": letter(
        p(
            "本机关于{order_on}对你单位作出{order_name}（{order_number}），要求你单位对存在的问题进行整改。"
            "{rechecked_on}，本机关执法人员对整改情况进行了复查，复查意见如下："
        ),
        T("results"),
        p("后续处理：{conclusion}"),
        to="{party}", copies=TWO_COPIES,
    ),
    "out_of_scope_transfer": letter(
        p("本机关在监督检查中，于{found_at}在{found_place}发现下列安全问题，不属于本机关职责范围："),
        p("{problem}"),
        p("依据《中华人民共和国安全生产法》第六十九条的规定，现移送你单位处理，请依法办理并将处理结果函告本机关。"),
        L("materials", "附件材料："),
        to="{receiver_organ}", copies="本移交单一式两份：移交单位、接收单位各存一份。",
    ),
    "recheck_extension_approval": form(),
    "recheck_extension_reply": letter(
        p("你单位对{order_number}", "（{order_on}）", "所列问题提出的延期申请收悉。经审查，答复意见：{reply}。"),
        p("理由：{reasons}"),
        p("新的整改期限为{extend_to}。延期期间，你单位应当严格落实安全保障措施；到期后本机关将依法进行复查。"),
        to="{party}", copies=TWO_COPIES,
    ),
}  # fmt: skip
