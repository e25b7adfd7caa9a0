"""Ledgers as tests need them: built by hand, cell by cell, and read the way the parsing process reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from bihuan.capabilities.hazards.ledger import reader
from bihuan.capabilities.hazards.ledger.columns import COLUMNS
from bihuan.capabilities.hazards.ledger.row import LedgerRow
from bihuan.kernel.workbooks import guard, reading
from bihuan.registers.credit_code import make
from bihuan.registers.sectors import sector_named

TODAY = date(2023, 7, 10)
CODE = make("91370403MA3TE5T01")
HEAD = (
    "序号",
    "企业名称",
    "信用代码",
    "镇街",
    "行业",
    "隐患描述",
    "等级",
    "来源",
    "发现日期",
    "检查人",
    "责任人",
    "措施",
    "资金（万元）",
    "整改期限",
    "预案",
    "完成日期",
    "验收人",
    "验收日期",
    "备注",
)
GOOD: dict[str, Any] = {
    "序号": 1,
    "企业名称": "东湖纺织有限公司",
    "信用代码": CODE,
    "镇街": "东湖镇",
    "行业": "工贸",
    "隐患描述": "安全出口堵塞",
    "等级": "一般",
    "来源": "日常检查",
    "发现日期": "2023-03-01",
    "检查人": "张三",
    "责任人": "李四",
    "措施": "清理",
    "资金（万元）": 0.5,
    "整改期限": "2023-03-15",
    "预案": "有",
}


def find_sector(text: str) -> str | None:
    found = sector_named(text)
    return found.name if found else None


def line(head: Sequence[str] = HEAD, **changes: Any) -> list[Any]:
    """A good row under ``head`` with some cells changed."""
    return [{**GOOD, **changes}.get(name) for name in head]


def book(path: Path, *rows: Sequence[Any], sheet: str = "隐患台账", merged: Sequence[str] = ()) -> Path:
    made = openpyxl.Workbook()
    page = made.active
    assert isinstance(page, Worksheet)
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for span in merged:
        page.merge_cells(span)
    made.save(path)
    return path


def open_ledger(
    path: Path, extra: Sequence[tuple[str, str]] = (), *, name: str = "台账.xlsx"
) -> reading.Workbook:
    inspected = guard.inspect(path)
    return reading.read(path, COLUMNS, extra, epoch_1904=inspected.epoch_1904, name=name)


def read_all(
    path: Path,
    *,
    today: date = TODAY,
    extra: Sequence[tuple[str, str]] = (),
    defaults: dict[str, str] | None = None,
    name: str = "台账.xlsx",
) -> list[LedgerRow]:
    rules = reader.Rules(today, find_sector, defaults or {})
    workbook = open_ledger(path, extra, name=name)
    return [row for sheet in workbook.sheets for row in reader.rows(sheet, rules)]


def read_one(
    path: Path, head: Sequence[str] = HEAD, title: str = "2023年上半年隐患台账", **changes: Any
) -> LedgerRow:
    """The one row of a sheet that holds it."""
    (row,) = read_all(book(path, [title], head, line(head, **changes)))
    return row


def codes(row: LedgerRow) -> list[str]:
    return [failure.code.removeprefix("hazard.") for failure in row.failures]
