"""Sentences that many papers share: remedies, payment, refusal of what was told."""

from __future__ import annotations

from bihuan.registers.instruments.wording.pieces import P, p


def remedies(what: str, party: str = "你（单位）") -> P:
    """Reconsideration and litigation, with organ and court named (行政处罚法第五十九条; 行政强制法第二十四条)."""
    return p(
        f"{party}如不服本{what}，可以自收到本{what}之日起{{limit_reconsideration}}内向{{reconsideration}}申请行政复议，"
        f"也可以自收到本{what}之日起{{limit_litigation}}内直接向{{court}}提起行政诉讼。"
        f"行政复议、行政诉讼期间，本{what}不停止执行，法律另有规定的除外。"
    )


PAYMENT = p(
    "你（单位）应当自收到本决定书之日起{limit_payment}内缴清罚款。",
    "缴款银行：{bank}，",
    "户名：{account_name}，",
    "账号：{account}；",
    "也可以通过电子支付系统缴纳。",
)
LATE = p(
    "到期不缴纳罚款的，依照《中华人民共和国行政处罚法》第七十二条第一款第一项的规定，每日按罚款数额的"
    "{limit_late_fee}加处罚款，加处罚款的数额不超出罚款的数额；逾期不申请行政复议、不提起行政诉讼又不履行的，"
    "本机关将依法申请人民法院强制执行。"
)
CONTACT = p("联系人：{organ_contact}；", "联系电话：{organ_phone}；", "地址：{organ_address}。")
ENTITY = (
    p("当事人：{party}"),
    p("统一社会信用代码：{credit_code}"),
    p("身份证件号码：{id_number}"),
    p("地址：{address}", "　邮政编码：{postcode}"),
    p("法定代表人（主要负责人）：{principal}", "　联系电话：{phone}"),
)
CITIZEN = (
    p("当事人：{person}", "　性别：{sex}", "　年龄：{age}岁"),
    p("身份证件号码：{id_number}"),
    p("住址：{domicile}"),
    p("工作单位：{employer}", "　职务：{post}"),
    p("联系电话：{phone}"),
)
TWO_COPIES = "本文书一式两份：一份交{addressee}，一份由{organ}存档。"
