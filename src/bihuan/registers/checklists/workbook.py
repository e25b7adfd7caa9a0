"""The columns of a workbook of checklists. Pure: the parsing process reads them and knows no database."""

from __future__ import annotations

from bihuan.kernel.workbooks.columns import Column, Columns

CHECKLISTS = Columns(
    "checklists",
    (
        Column("title", "检查表名称", ("检查表", "表名", "检查单名称", "检查单")),
        Column("sector", "行业领域", ("行业", "领域", "监管行业领域")),
        Column("since", "启用日期", ("启用", "生效日期", "实施日期")),
        Column("source", "来源文件", ("来源", "编制依据", "依据文件")),
        Column("group", "类别", ("分类", "检查类别", "检查环节", "环节")),
        Column("content", "检查内容", ("检查项目", "检查项", "内容"), (r"检查(内容|项目|事项)$",)),
        Column("method", "检查方法", ("检查方式", "怎么查", "方法")),
        Column("violation", "违法情形", ("违法行为", "不符合情形", "问题表现", "判定情形")),
        Column("basis", "检查依据", ("法律依据", "依据条款", "检查标准")),
        Column("penalty", "处罚依据", ("处罚条款", "罚则")),
    ),
    essential=("content",),
    needed=(("title",), ("content",)),
    ignored=("错误", "备注"),
)
