"""Papers of execution: demands, surcharge, deferral, receipt, court (kinds 36–42)."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.registers.instruments.wording.clauses import CONTACT, ENTITY, TWO_COPIES, remedies
from bihuan.registers.instruments.wording.pieces import L, Layout, T, form, letter, p

LAYOUTS: Mapping[str, Layout] = {
    "payment_demand": letter(
        p(
            "本机关于{decision_on}对你（单位）作出行政处罚决定（{decision_number}），处以罚款{fine}，"
            "应当于{due_on}前缴清。截至目前，你（单位）尚未履行缴款义务。"
        ),
        p(
            "依照《中华人民共和国行政处罚法》第七十二条第一款第一项的规定，到期不缴纳罚款的，每日按罚款数额的"
            "{limit_late_fee}加处罚款，加处罚款的数额不超出罚款的数额。", "截至本通知书作出之日，已产生加处罚款{surcharge}。",
        ),
        p("请你（单位）收到本通知书后立即缴清罚款。", "缴款银行：{bank}，", "户名：{account_name}，", "账号：{account}。"),
        CONTACT,
        to="{party}", copies=TWO_COPIES,
    ),
    "additional_fine_decision": letter(
        p(
            "本机关于{decision_on}对你（单位）作出行政处罚决定（{decision_number}），处以罚款{fine}。"
            "你（单位）自{overdue_from}起逾期未缴纳罚款，计算至{until_on}，共{days}日。"
        ),
        p(
            "依据《中华人民共和国行政处罚法》第七十二条第一款第一项、《中华人民共和国行政强制法》第四十五条的规定，"
            "每日按罚款数额的{limit_late_fee}加处罚款，决定对你（单位）加处罚款人民币{surcharge_words}（{surcharge}）。"
        ),
        p("行政复议或者行政诉讼期间，加处罚款的数额不予计算；加处罚款的数额不超出罚款的数额。"),
        p("缴款银行：{bank}，", "户名：{account_name}，", "账号：{account}；", "也可以通过电子支付系统缴纳。"),
        remedies("决定"),
        to="{party}", copies=TWO_COPIES,
    ),
    "deferral_approval": form(),
    "deferral_permit": letter(
        p("你（单位）对{decision_number}行政处罚决定", "（{decision_on}作出）", "所处罚款{fine}提出的延期（分期）缴纳申请收悉。"),
        p("依据《中华人民共和国行政处罚法》第六十六条第二款的规定，经审查批准："),
        p("同意你（单位）延期至{deferred_to}前缴清罚款。"),
        T("installments", "同意你（单位）按下列方案分期缴纳罚款："),
        p("逾期未按本批准书缴纳的，本机关将依法加处罚款，并可以依法申请人民法院强制执行。"),
        to="{party}", copies=TWO_COPIES,
    ),
    "service_receipt": form(sealed=True, signed=True),
    "enforcement_demand": letter(
        p("本机关于{decision_on}对你（单位）作出行政处罚决定（{decision_number}），你（单位）在法定期限内未履行下列义务：{unmet}"),
        p(
            "依据《中华人民共和国行政强制法》第三十五条、第五十四条的规定，"
            "现催告你（单位）自收到本催告书之日起{limit_demand}内履行。", "履行期限至{due_on}。",
            "应缴罚款：{fine}；", "加处罚款：{surcharge}。", "履行方式：{payment}。",
            "缴款银行：{bank}，", "户名：{account_name}，", "账号：{account}。",
        ),
        p(
            "你（单位）收到本催告书后有权进行陈述和申辩。本催告书送达{limit_demand}后你（单位）仍未履行义务的，"
            "本机关将依法申请人民法院强制执行。"
        ),
        CONTACT,
        to="{party}", copies=TWO_COPIES,
    ),
    "court_application": letter(
        p("申请人：{organ}，地址：{organ_address}，联系电话：{organ_phone}。"),
        p("被申请人：{party}"),
        *ENTITY[1:],
        L("claims", "申请执行事项："),
        p("事实和理由：{facts}"),
        p(
            "申请人于{decision_on}作出{decision_number}行政处罚决定。", "申请人以{demand_number}催告，",
            "催告书于{demand_on}送达，", "被申请人在法定期限内不申请行政复议、不提起行政诉讼，又不履行行政决定。",
        ),
        p("当事人意见：{defence}"),
        p("依据{basis_cited}的规定，申请贵院依法强制执行。"),
        L("materials", "附件："),
        to="{court_named}",
    ),
}  # fmt: skip
