"""The columns of an accident ledger. Pure: the parsing process reads them and knows no database."""

from __future__ import annotations

from bihuan.kernel.workbooks.columns import Column, Columns

ACCIDENTS = Columns(
    "accidents",
    (
        Column(
            "occurred_on", "发生日期", ("事故日期", "发生时间", "事故发生时间", "事故时间", "日期"),
            (r"(发生|事故).{0,2}(日期|时间)$",),
        ),
        Column("unit", "事故发生单位", ("事故单位", "单位名称", "发生单位", "企业名称", "肇事单位")),
        Column("credit_code", "统一社会信用代码", ("信用代码", "社会信用代码")),
        Column("place", "事故地点", ("发生地点", "地点", "事故发生地点")),
        Column("region", "所在镇街", ("镇街", "属地镇街", "属地", "所属镇街")),
        Column("sector", "行业领域", ("行业", "领域", "所属行业", "事故行业", "统计行业", "所属行业领域")),
        Column("type", "事故类型", ("类型", "事故类别", "伤害类型")),
        Column("deaths", "死亡人数", ("死亡", "死亡（人）", "亡人", "死亡人数（人）"), (r"^死亡",)),
        Column("serious", "重伤人数", ("重伤", "重伤（人）", "重伤人数（人）"), (r"^重伤",)),
        Column("slight", "轻伤人数", ("轻伤", "轻伤（人）"), (r"^轻伤",)),
        Column("loss", "直接经济损失（万元）", ("直接经济损失", "经济损失", "损失", "直接损失"), (r"(经济|直接)损失",)),
        Column("grade", "事故等级", ("等级", "事故级别", "级别")),
        Column("summary", "简要经过", ("经过", "事故简况", "事故经过", "事故简要情况")),
        Column("closed_on", "结案日期", ("结案时间", "批复日期", "批复时间")),
        Column("closed_by", "结案机关和文号", ("结案机关", "批复机关", "批复文号", "批复机关和文号")),
    ),
    essential=("occurred_on", "sector"),
    needed=(("occurred_on",), ("sector",), ("deaths",)),
    ignored=("错误", "备注"),
)  # fmt: skip
