"""The compiled forms as .xlsx in the layout of the printed form, numbers as numbers, set to print on A4 across."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from bihuan.capabilities.accidents.monthly.compiled import Compiled, Line, risks_of
from bihuan.capabilities.accidents.monthly.models import month_after
from bihuan.capabilities.accidents.monthly.papers import added, by_field, stands
from bihuan.capabilities.accidents.monthly.states import Risk
from bihuan.kernel import clock
from bihuan.kernel.workbooks.exporting import open_book

SONG = "宋体"
A4 = 9
HEADS = ("序号", "填报单位", "起数（起）", "死亡（人）", "重伤（人）", "直接经济损失（万元）", "报送情况")
FIELD_HEADS = ("行业领域", "起数（起）", "死亡（人）", "重伤（人）", "直接经济损失（万元）")
RISK_HEADS = ("序号", "风险", "等级", "预测依据", "涉及区域", "防范措施", "填报单位")
REMARK_HEADS = ("单位", "情况", "说明")
Rows = Sequence[Sequence[Any]]


def of_returns(told: Compiled, office: str, who: str, *, demo: bool) -> bytes:
    """Three sheets: by unit, by field, and what differs or has changed since."""
    month = told.month.chinese()
    about = f"填报单位：{office}　　报告期：{month}　　制表人：{who}　　制表日期：{clock.today()}"
    book = _Book(f"安全生产事故统计报表（{month}全区汇总）{'（演示数据）' if demo else ''}", about)
    book.sheet("镇街", HEADS, _units(told.of_places()), (6, 28, 12, 12, 12, 20, 28), total=True)
    book.sheet("部门", HEADS, _units(told.of_fields()), (6, 28, 12, 12, 12, 20, 28), total=True)
    rows = [(label, *_numbers(sums)) for label, sums in by_field(told.records)]
    total = [sum(row[place] for row in rows) for place in range(1, 5)]
    book.sheet("行业", FIELD_HEADS, [*rows, ("合计", *total)], (30, 14, 14, 14, 22), total=True)
    remarks = [(line.agency.name, "与系统不一致", one) for line in told.lines for one in line.differences]
    remarks += [(line.agency.name, "报后变动", one) for line in told.lines for one in line.moved]
    remarks += [("—", "不属于任何应报镇街", f"{one.no} {one.words()}") for one in told.loose]
    book.sheet("说明", REMARK_HEADS, remarks, (28, 20, 90))
    return book.close()


def _units(lines: Sequence[Line]) -> Rows:
    rows: list[Sequence[Any]] = [
        (no, line.agency.name, *_numbers(line.sums), stands(line)) for no, line in enumerate(lines, 1)
    ]
    rows.append(
        (
            "",
            f"合计（已报{sum(line.filed for line in lines)}家）",
            *_numbers(added(lines)),
            f"应报{len(lines)}家",
        )
    )
    return rows


def _numbers(sums: Any) -> tuple[Any, ...]:
    if sums is None:
        return ("—",) * 4
    return sums["count"], sums["deaths"], sums["serious"], sums["loss_fen"] / 1_000_000


def of_forecasts(told: Compiled, office: str, who: str, *, demo: bool) -> bytes:
    """The risks, and who filed."""
    ahead = month_after(told.month.last).chinese()
    about = f"填报单位：{office}　　预测月份：{ahead}　　制表人：{who}　　制表日期：{clock.today()}"
    book = _Book(f"预警预测月报表（{ahead}全区汇总）{'（演示数据）' if demo else ''}", about)
    rows = [
        (no, one["risk"], Risk(one["level"]).label, one["basis"], one["area"], one["measures"], agency.name)
        for no, (agency, one) in enumerate(risks_of(told), 1)
    ]
    book.sheet("预测事项", RISK_HEADS, rows, (6, 28, 8, 40, 24, 40, 24))
    filed = [(no, line.agency.name, stands(line)) for no, line in enumerate(told.lines, 1)]
    book.sheet("报送情况", ("序号", "填报单位", "报送情况"), filed, (6, 32, 28))
    return book.close()


class _Book:
    """A workbook whose sheets carry the same title."""

    def __init__(self, title: str, about: str) -> None:
        self.target = BytesIO()
        self.book = open_book(self.target, streamed=False)
        self.title, self.about = title, about
        base = {"font_name": SONG, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
        boxed = {**base, "border": 1}
        self.forms = {
            "title": self.book.add_format({**base, "font_size": 16, "bold": True, "align": "center"}),
            "about": self.book.add_format({**base, "align": "left", "text_wrap": False}),
            "head": self.book.add_format({**boxed, "bold": True, "align": "center", "bg_color": "#E8EEF7"}),
            "text": self.book.add_format(boxed),
            "number": self.book.add_format({**boxed, "align": "center"}),
            "total": self.book.add_format({**boxed, "bold": True, "align": "center"}),
        }

    def sheet(
        self, name: str, heads: Sequence[str], rows: Rows, widths: Sequence[int], *, total: bool = False
    ) -> None:
        sheet, last = self.book.add_worksheet(name), len(heads) - 1
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.merge_range(0, 0, 0, last, self.title, self.forms["title"])
        sheet.set_row(0, 30)
        sheet.write_string(1, 0, self.about, self.forms["about"])
        for place, head in enumerate(heads):
            sheet.write_string(2, place, head, self.forms["head"])
        for number, row in enumerate(rows, 3):
            closing = total and number == len(rows) + 2
            for place, value in enumerate(row):
                self._cell(sheet, number, place, value, closing=closing)

    def _cell(self, sheet: Any, line: int, place: int, value: Any, *, closing: bool) -> None:
        if isinstance(value, int | float):
            sheet.write_number(line, place, value, self.forms["total" if closing else "number"])
        else:
            sheet.write_string(line, place, str(value), self.forms["total" if closing else "text"])

    def close(self) -> bytes:
        self.book.close()
        return self.target.getvalue()
