"""Papers of coercive measures: seizure and the cutting-off of power or explosives (kinds 6–13)."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.registers.instruments.wording.clauses import ENTITY, TWO_COPIES, remedies
from bihuan.registers.instruments.wording.pieces import Layout, T, form, letter, p

LAYOUTS: Mapping[str, Layout] = {
    "coercion_approval": form(),
    "seizure_decision": letter(
        *ENTITY,
        p("经查，{reasons}"),
        p("依据{basis_cited}的规定，本机关决定对下列场所、设施、财物予以查封（扣押），期限自{from_on}起至{until_on}止。"),
        T("goods"),
        p("保存地点：{storage}。"),
        p(
            "查封、扣押期间，当事人不得使用、毁损、转移或者变卖被查封、扣押的场所、设施和财物；对物品需要检测、检验、"
            "检疫或者技术鉴定的，所需期间另行书面告知，不计入上述期限。当事人有权进行陈述和申辩。"
        ),
        remedies("决定"),
        to="{party}", copies="本决定书及所附清单一式两份：一份交当事人，一份由{organ}存档。",
    ),
    "seizure_list": Layout(
        (
            p("当事人：{party}"),
            p("本清单随{decision_number}《查封（扣押）决定书》制作，经当场清点，查封、扣押的场所、设施、财物如下："),
            T("goods"),
            p("以上内容经当事人核对无误。当事人不到场的，由见证人和执法人员签名。"),
        ),
        copies="本清单一式两份：一份交当事人，一份由{organ}存档。", sealed=False,
    ),
    "seizure_extension": letter(
        p("本机关", "于{decision_on}", "作出{decision_number}决定，对你（单位）的场所、设施、财物予以查封（扣押）。"),
        p("因{reasons}"),
        p(
            "依据《中华人民共和国行政强制法》第二十五条的规定，经本机关负责人批准，决定将查封（扣押）期限延长，"
            "自{from_on}起至{until_on}止。"
        ),
        remedies("决定"),
        to="{party}", copies=TWO_COPIES,
    ),
    "seizure_disposal": letter(
        p("本机关", "于{decision_on}", "作出{decision_number}决定，对你（单位）的场所、设施、财物予以查封（扣押）。"),
        p("经查清事实，依据{basis_cited}的规定，现作出如下处理决定：{disposal}"),
        T("goods", "涉及的物品如下："),
        remedies("决定"),
        to="{party}", copies=TWO_COPIES,
    ),
    "cutoff_notice": letter(
        p("因你单位存在重大事故隐患，本机关", "于{decision_on}", "依法作出{decision_number}决定。"),
        p("经查，你单位拒不执行上述决定：{refusal_facts}"),
        p("现有发生生产安全事故的现实危险：{danger}"),
        p(
            "为保证安全，依据《中华人民共和国安全生产法》第七十条第一款的规定，经本机关主要负责人批准，"
            "本机关将自{start_at}起采取下列措施：{measure}。"
        ),
        p("解除条件：{release_condition}"),
        p("请你单位在上述时间前做好安全防范，妥善处置正在运行的设备和在场人员。你单位依法履行决定、采取相应措施消除事故隐患的，本机关将及时解除上述措施。"),
        remedies("通知", "你单位"),
        to="{party}", copies=TWO_COPIES,
    ),
    "cutoff_decision": letter(
        p("{party}存在重大事故隐患，拒不执行本机关", "于{decision_on}", "作出的{decision_number}决定，有发生生产安全事故的现实危险。"),
        p("依据《中华人民共和国安全生产法》第七十条第一款的规定，经本机关主要负责人批准，决定自{start_at}起对该单位停止供应，范围为：{scope}。"),
        p("请你单位予以配合：{assistance}"),
        p("恢复供应以本机关的书面通知为准。"),
        p("联系人：{organ_contact}；", "联系电话：{organ_phone}。"),
        to="{supplier}", copies="本决定书一式三份：一份交供应单位，一份交{party}，一份由{organ}存档。",
    ),
    "supply_restoration": letter(
        p("本机关", "于{decision_on}", "以{decision_number}决定对{party}停止供应。"),
        p("经查，该单位已履行有关决定，事故隐患已经消除：{cleared}"),
        p("依据《中华人民共和国安全生产法》第七十条第二款的规定，请你单位自{restore_at}起恢复对该单位的供应。"),
        to="{supplier}", copies="本通知书一式三份：一份交供应单位，一份交{party}，一份由{organ}存档。",
    ),
}  # fmt: skip
