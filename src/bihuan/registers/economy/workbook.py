"""The columns of a workbook of published numbers. Pure: the parsing process reads them and knows no database."""

from __future__ import annotations

from bihuan.kernel.workbooks.columns import Column, Columns

ECONOMY = Columns(
    "economy",
    (
        Column("indicator", "指标", ("指标名称", "统计指标", "项目"), (r"指标(名称)?$",)),
        Column("place", "范围", ("地区", "区划", "统计范围", "行政区划")),
        Column("year", "年份", ("年度", "年")),
        Column("span", "时段", ("期间", "统计时段", "季度")),
        Column("amount", "数值", ("指标值", "数量", "金额", "本期值"), (r"^(数值|指标值)",)),
        Column("stage", "口径", ("数据口径", "核算阶段", "版本")),
        Column("source", "来源文件", ("来源", "公布文件", "数据来源", "依据文件")),
        Column("published_on", "公布日期", ("发布日期", "发布时间", "公布时间")),
        Column("reason", "更正原因", ("更正说明", "说明")),
    ),
    essential=("amount",),
    needed=(("indicator",), ("amount",)),
    ignored=("错误", "备注", "单位", "计量单位"),
)
