"""Workbooks of published numbers: the statistics office's table of years, entered at once."""

from __future__ import annotations

from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.importers import Importer, Work, register_importer
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.rowwise import run_rows
from bihuan.kernel.workbooks.templates import Entry, Guide
from bihuan.registers.economy.indicators import SPANS, indicators
from bihuan.registers.economy.keeping import tell
from bihuan.registers.economy.meaning import told_by
from bihuan.registers.economy.models import Place, Stage
from bihuan.registers.economy.workbook import ECONOMY


def _take(row: PlainRow, work: Work) -> bool:
    return tell(told_by(row.cells), work.actor)[1]


def _guide() -> Guide:
    names = tuple(one.label for one in indicators().values())
    units = "；".join(f"{one.label}以{one.unit}计" for one in indicators().values() if one.form != "rate")
    return Guide(
        "economy",
        "统计基数",
        (
            Entry("指标", f"{units}。", "地区生产总值", required=True, choices=names, width=30),
            Entry("范围", "本区留空；镇街写名称；上级写全市、全省、全国。", Place.CITY.label, width=14),
            Entry("年份", "", 2023, required=True, form="number", width=10),
            Entry("时段", "留空为全年；人数、台数只按全年登记。", "全年", choices=SPANS, width=12),
            Entry("数值", "照公布文件填写，不推算。", 568200, required=True, form="number", width=16),
            Entry("口径", "地区生产总值必填，其他的留空为公布数。", Stage.FINAL.label, choices=tuple(Stage.labels), width=14),
            Entry("来源文件", "公布这个数的文件名称。", "2023年国民经济和社会发展统计公报", required=True, width=34),
            Entry("公布日期", "留空为今天。", "", form="date", width=14),
            Entry("更正原因", "同一口径再次登记时必填。", "", width=24),
        ),
        ("每个数的历次版本都保留，报告注明所用的是哪一版。没有公布的不要填写。",),
    )  # fmt: skip


register_importer(
    Importer(
        kind=ECONOMY.kind,
        label="统计基数",
        columns=ECONOMY,
        guide=_guide,
        parser=plain.PARSER,
        options=lambda actor, choices: {"columns": "bihuan.registers.economy.workbook:ECONOMY"},
        run=lambda work: run_rows(work, ECONOMY, _take),
    )
)
