"""The columns of a ledger of tip-offs. Pure: the parsing process reads them and knows no database."""

from __future__ import annotations

from bihuan.kernel.workbooks.columns import Column, Columns

TIPOFFS = Columns(
    "tipoffs",
    (
        Column("batch", "批次编号", ("批次号", "来文编号", "交办编号", "工单编号", "受理编号", "批号")),
        Column("ordinal", "件序", ("件号", "件次", "序号（件）")),
        Column("channel", "来源", ("举报来源", "来源渠道", "渠道", "受理渠道")),
        Column("origin", "来文单位", ("交办单位", "移送单位", "转办单位", "来源单位")),
        Column("topic", "主题", ("举报类型", "投诉类型", "类别", "事项类别")),
        Column("words", "反映内容", ("举报内容", "投诉内容", "内容", "反映问题", "诉求内容", "事项")),
        Column("place", "地点", ("举报地点", "具体地点", "地址", "发生地点")),
        Column("region", "所在镇街", ("镇街", "属地", "属地镇街", "所属镇街")),
        Column("received_on", "收到日期", ("受理日期", "接收日期", "来文日期", "举报日期", "交办日期", "转办日期")),
        Column("reply_by", "要求答复日期", ("答复期限", "办结期限", "回复期限", "限办日期", "要求办结日期")),
        Column("agency", "承办单位", ("办理单位", "责任单位", "主办单位")),
        Column("company", "办理企业", ("办理公司", "责任企业")),
        Column("result", "办理结果", ("办理情况", "处理结果", "处理情况", "核查情况")),
        Column("closed_on", "办结日期", ("办结时间", "答复日期", "回复日期", "完成日期")),
    ),
    essential=("batch", "words"),
    needed=(("batch",), ("words",), ("received_on",)),
    ignored=("错误", "备注", "序号"),
)  # fmt: skip
