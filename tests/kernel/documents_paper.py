"""A report of an invented district, with every kind of block, for the tests of all three faces."""

from __future__ import annotations

from datetime import date

from bihuan.kernel.documents import (
    Chart,
    Column,
    CopyTo,
    Document,
    FigureRef,
    Heading,
    PageBreak,
    Paragraph,
    SignatureBlock,
    Table,
    charts,
)
from bihuan.kernel.documents.charts import Series

SECTORS = ("工贸", "危险化学品", "建筑施工", "道路交通", "城镇燃气", "消防")
FOUND = (126, 38, 97, 88, 54, 123)
DONE = (124, 35, 97, 86, 53, 123)


def sector_table() -> Table:
    columns = (
        Column("行业领域", align="left"),
        Column("排查", group="隐患（处）"),
        Column("整改完成", group="隐患（处）"),
        Column("整改率（%）"),
        Column("投入资金（万元）", align="right"),
    )
    rows = tuple(
        (name, str(found), FigureRef(str(done), f"row-{place}"), f"{done * 100 / found:.1f}", "12.5")
        for place, (name, found, done) in enumerate(zip(SECTORS, FOUND, DONE, strict=True))
    )
    total = ("合计", "526", "518", "98.5", "236.42")
    return Table(
        columns, (*rows, total), caption="各行业领域隐患整改情况", unit="截至2023年6月30日", totals=1,
        notes=("注：整改完成以验收销号为准。",),
    )  # fmt: skip


def long_table(count: int = 60) -> Table:
    columns = (
        Column("序号"),
        Column("企业名称", align="left"),
        Column("隐患内容", align="left"),
        Column("责任人"),
    )
    text = "除尘管道积尘未清扫，泄爆装置缺失，作业人员未经培训上岗"
    rows = tuple(
        (str(n), f"枣林第{n:03d}机械厂", f"{text}（编号{n:03d}）", "王建国") for n in range(1, count + 1)
    )
    return Table(columns, rows, caption="未销号重大事故隐患清单", size=10.5)


def appendix() -> tuple[Heading | Table, ...]:
    rows = (("1", "排查隐患", "526"), ("2", "整改完成", "518"))
    columns = (Column("序号"), Column("数据名称"), Column("数值"))
    table = Table(columns, rows, row_anchors=("figure-found", "figure-done"))
    return Heading(1, "报告所引数据明细", numbered=False), table


def chart() -> Chart:
    series = [Series("排查", FOUND), Series("整改完成", DONE, "accepted")]
    return Chart(
        charts.grouped("各行业隐患", SECTORS, series), "各行业领域对比", alt="六个行业的排查数与完成数"
    )


def paper(*, demo: bool = True, red_head: bool = True, rows: int = 60) -> Document:
    """A report of about eight pages."""
    sentence = Paragraph.of(
        "截至2023年6月30日，全区共排查隐患", FigureRef("526", "figure-found", "/figures/1/"), "处，完成整改验收",
        FigureRef("518", "figure-done", "/figures/2/"), "处，整改率",
        FigureRef("98.5%", "figure-rate", "https://example.gov.cn/figures/3/"), "。",
    )  # fmt: skip
    blocks = (
        sentence,
        Heading(1, "总体情况"),
        Heading(2, "按行业领域统计"),
        sector_table(),
        chart(),
        Heading(2, "按月份统计"),
        Heading(3, "上半年走势"),
        Heading(4, "逐月情况"),
        Paragraph.of("各月波动不大。"),
        PageBreak(),
        Heading(1, "挂牌督办情况"),
        long_table(rows),
        Heading(2, "下一步安排"),
        Paragraph.of("继续压实责任。"),
    )
    organ = "青石区安全生产委员会办公室"
    return Document(
        kind="report", title="关于2023年上半年全区隐患\n排查治理情况的报告", blocks=blocks, issuer=organ,
        red_head=f"{organ}文件" if red_head else "", number="青安办〔2023〕18号",
        recipients=("各镇人民政府", "区安委会各成员单位"), attachments=("报告所引数据明细", "隐患清单"),
        signature=SignatureBlock(organ, date(2023, 7, 3)), appendix=appendix(),
        copy_to=CopyTo(("市应急管理局",), organ, date(2023, 7, 3)), serial="370403-R2023-000012",
        digest="3f9a1c07d2b84e55", demo=demo,
    )  # fmt: skip
