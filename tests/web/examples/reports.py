"""Figures, the half-year report and what was not filed."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from bihuan.kernel.documents import to_html
from bihuan.kernel.web.parts import (
    Action,
    Column,
    Filter,
    Ledger,
    Link,
    MatrixCell,
    MatrixRow,
    Row,
    State,
    Tally,
)
from tests.kernel.documents_paper import paper
from tests.web.examples.desk import CARDS
from tests.web.examples.people import FRAME, TODAY, Pages

NO_CELL = MatrixCell("—")


def filed(word: str, standing: Any, hint: str = "") -> MatrixCell:
    return MatrixCell(word, standing, "/filings/1/" if standing != "none" else "", hint)


BODY = SafeString(to_html(paper(rows=3)))

PAGES: Pages = {
    "figures": (
        "figures.html",
        {
            "frame": FRAME,
            "crumbs": (Link("数据", ""),),
            "heading": "隐患数据",
            "period_words": "2023年上半年",
            "as_of": TODAY,
            "filters": (
                Filter(
                    "period",
                    "时段",
                    value="2023H1",
                    choices=(("2023H1", "2023年上半年"), ("2023-06", "2023年6月")),
                ),
                Filter("as_of", "截至", "date", "2023-06-30"),
                Filter("by", "分组", value="sector", choices=(("sector", "行业领域"), ("town", "镇街"))),
            ),
            "chips": (),
            "clear_href": "",
            "cards": CARDS,
            "breakdown_heading": "按行业领域",
            "note": "一条隐患只计入一个行业领域；各行业之和等于合计。",
            "export_href": "#",
            "breakdown": Ledger(
                (
                    Column("行业领域", "title"),
                    Column("排查", "number", "条"),
                    Column("整改完成", "number", "条"),
                    Column("整改率", "number", "%"),
                    Column("逾期", "number", "条"),
                    Column("整改资金", "money", "万元"),
                ),
                (
                    Row(("工贸", 214, 212, "99.1", 0, "128.30"), "#"),
                    Row(("危险化学品", 97, 95, "97.9", 1, "86.02"), "#"),
                    Row(("消防", 88, 86, "97.7", 1, "40.14"), "#"),
                    Row(("建筑施工", 74, 73, "98.6", 0, "58.00"), "#"),
                    Row(("非煤矿山", 53, 52, "98.1", 0, "0"), "#"),
                ),
                "按行业领域",
                ("合计", 526, 518, "98.5", 2, "312.46"),
            ),
        },
    ),
    "report": (
        "report.html",
        {
            "frame": FRAME,
            "crumbs": (Link("报表", "#"), Link("半年报告", "")),
            "kind_words": "半年报告",
            "state": State("草稿"),
            "number": "",
            "period_words": "2023年上半年",
            "as_of": TODAY,
            "docx_href": "#",
            "pdf_href": "#",
            "actions": (
                Action(
                    "签发",
                    "#",
                    primary=True,
                    signed=True,
                    icon="signature",
                    hint="签发后数据固定，再签发会列出变化。",
                ),
                Action("撤回草稿", "#", icon="x"),
            ),
            "changes": (("排查隐患", "524 条", "526 条", "#"), ("整改率", "98.3%", "98.5%", "#")),
            "issued": (),
            "not_mine": "",
            "body": BODY,
        },
    ),
    "filings": (
        "filings.html",
        {
            "frame": FRAME,
            "crumbs": (Link("应报未报", ""),),
            "heading": "应报未报",
            "lead": "每个单位每月都应报送隐患台账；没有隐患也要零报告。",
            "filters": (Filter("year", "年份", value="2023", choices=(("2023", "2023年"),)),),
            "tally": (
                Tally("应报", 48),
                Tally("已报", 37),
                Tally("零报告", 4),
                Tally("迟报", 3),
                Tally("未报", 4, late=True),
            ),
            "months": tuple(Column(f"{m}月") for m in range(1, 7)),
            "actions": (
                Action("催报 4 个单位", "#", icon="bell"),
                Action("代为登记零报告", "#", icon="plus"),
            ),
            "rows": (
                MatrixRow(
                    "区应急管理局",
                    (
                        filed("21 条", "met"),
                        filed("18 条", "met"),
                        filed("25 条", "met"),
                        filed("19 条", "met"),
                        filed("22 条", "met"),
                        filed("待报", "due", "2023-07-05 前"),
                    ),
                    "#",
                ),
                MatrixRow(
                    "区工信局",
                    (
                        filed("32 条", "met"),
                        filed("零报告", "nil"),
                        filed("28 条", "met"),
                        filed("30 条", "met"),
                        filed("迟 3 天", "late"),
                        filed("待报", "due"),
                    ),
                    "#",
                ),
                MatrixRow(
                    "区住房和城乡建设局",
                    (
                        filed("12 条", "met"),
                        filed("未报", "missing"),
                        filed("14 条", "met"),
                        filed("未报", "missing"),
                        filed("9 条", "met"),
                        filed("待报", "due"),
                    ),
                    "#",
                ),
                MatrixRow(
                    "临溪街道",
                    (
                        filed("57 条", "met"),
                        filed("61 条", "met"),
                        filed("48 条", "met"),
                        filed("55 条", "met"),
                        filed("57 条", "met"),
                        filed("60 条", "met"),
                    ),
                    "#",
                ),
                MatrixRow(
                    "石桥镇",
                    (
                        NO_CELL,
                        filed("免报", "waived", "机构调整"),
                        filed("零报告", "nil"),
                        filed("8 条", "met"),
                        filed("未报", "missing"),
                        filed("待报", "due"),
                    ),
                    "#",
                ),
            ),
        },
    ),
}
