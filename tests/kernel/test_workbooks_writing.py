"""Clean Excel out: nothing executes, nothing is cut off, and the clerk's own sheet comes back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from bihuan.capabilities.hazards.ledger.columns import COLUMNS
from bihuan.capabilities.hazards.ledger.template import guide
from bihuan.kernel.clock import now
from bihuan.kernel.errors import Refused
from bihuan.kernel.workbooks import exporting, parsing, reading
from bihuan.kernel.workbooks.annotating import annotate_errors
from bihuan.kernel.workbooks.exporting import Heading, export_rows
from bihuan.kernel.workbooks.reasons import Rejection
from bihuan.kernel.workbooks.templates import write_template

HEADINGS = (Heading("编号", 22), Heading("描述", 40), Heading("发现日期"), Heading("资金（元）", 12))


def _export(rows: list[list[object]]) -> tuple[openpyxl.Workbook, exporting.Exported]:
    stream = io.BytesIO()
    exported = export_rows(stream, HEADINGS, iter(rows), title="隐患台账")
    stream.seek(0)
    return openpyxl.load_workbook(stream), exported


def test_an_export_says_how_many_rows_and_their_digest() -> None:
    book, exported = _export([["370403-H2023-000001", "出口堵塞", date(2023, 3, 1), 5000]])
    sheet = book.active
    assert [cell.value for cell in sheet[2]] == ["编号", "描述", "发现日期", "资金（元）"]
    assert sheet.cell(3, 3).value.date() == date(2023, 3, 1)
    assert sheet.cell(3, 4).value == 5000
    last = sheet.cell(sheet.max_row, 1).value
    assert re.search(r"共 1 行.*SM3 [0-9a-f]{64}", last)
    assert exported.digest in last
    assert book.custom_doc_props["SM3"].value == exported.digest
    assert book.custom_doc_props["行数"].value == 1


def test_the_digest_follows_the_values() -> None:
    one = _export([["1", "甲", None, 1]])[1]
    assert one.digest == _export([["1", "甲", None, 1]])[1].digest
    assert one.digest != _export([["1", "乙", None, 1]])[1].digest
    assert one.digest != _export([["1", "甲", None, 1], ["1", "甲", None, 1]])[1].digest


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "http://example.invalid/", "mailto:a@b", "001"]
)
def test_text_stays_text(text: str) -> None:
    book, _ = _export([["1", text, None, None]])
    cell = book.active.cell(3, 2)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_an_export_goes_on_to_further_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)
    book, exported = _export([[str(index), "甲", None, index] for index in range(8)])
    assert book.sheetnames == ["导出", "导出2", "导出3"]
    numbers = [sheet.cell(line, 1).value for sheet in book.worksheets for line in range(3, 6)]
    assert numbers[:8] == [str(index) for index in range(8)]
    assert exported.rows == 8
    assert "共 8 行" in book["导出3"].cell(5, 1).value


def test_a_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(Refused, match="32767"):
        export_rows(io.BytesIO(), HEADINGS, [["1", "长" * 40_000, None, None]], title="隐患台账")


def test_moments_are_written_in_chinese_time() -> None:
    book, _ = _export([["1", now(), None, None]])
    assert book.active.cell(3, 2).value.hour == now().hour


def test_a_large_export_is_streamed(tmp_path: Path) -> None:
    rows = ([str(index), "甲", date(2023, 3, 1), index] for index in range(20_000))
    exported = export_rows(tmp_path / "a.xlsx", HEADINGS, rows, title="隐患台账")
    assert exported.rows == 20_000
    assert CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).total_height >= 20_002


def _ledger(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for cells in (
        ["2023年隐患台账"],
        ["序号", "企业名称", "隐患描述"],
        [1, "甲厂", "堵塞"],
        [2, "乙厂", None],
    ):
        sheet.append(cells)
    sheet.merge_cells("A1:C1")
    sheet["B3"].font = Font(bold=True)
    sheet["C3"].hyperlink = "http://example.invalid/"
    sheet["C4"] = '=HYPERLINK("http://example.invalid/")'
    book.save(path)
    return path


def _rejection(row: int = 4, reason: str = "第 4 行『隐患描述』没有填写") -> Rejection:
    return Rejection("台账", row, "2", "隐患描述", "", reason, "hazard.no_description")


def test_the_same_sheet_comes_back_with_a_column_of_errors(tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx")
    rejected = [_rejection(), _rejection(reason="第 4 行『发现日期』没有填写")]
    book = openpyxl.load_workbook(io.BytesIO(annotate_errors(path, rejected, {"台账": 2}, lines=4)))
    sheet = book["台账"]
    assert [cell.value for cell in sheet[2]] == ["序号", "企业名称", "隐患描述", "错误"]
    assert sheet["D4"].value == "第 4 行『隐患描述』没有填写；第 4 行『发现日期』没有填写"
    assert sheet["D3"].value is None
    assert sheet["B3"].font.bold
    assert "A1:C1" in {str(span) for span in sheet.merged_cells.ranges}
    assert sheet["C3"].hyperlink is None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_mended_rows_lose_their_errors_the_second_time(tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx")
    again = tmp_path / "b.xlsx"
    again.write_bytes(annotate_errors(path, [_rejection()], {"台账": 2}, lines=4))
    book = openpyxl.load_workbook(
        io.BytesIO(annotate_errors(again, [_rejection(3, "甲")], {"台账": 2}, lines=4))
    )
    sheet = book["台账"]
    assert (sheet["D2"].value, sheet["D3"].value, sheet["D4"].value, sheet["E2"].value) == (
        "错误",
        "甲",
        None,
        None,
    )


def test_the_column_of_errors_is_not_read_as_a_column(tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx")
    path.write_bytes(annotate_errors(path, [_rejection()], {"台账": 2}, lines=4))
    (sheet,) = reading.read(path, COLUMNS).sheets
    assert sheet.heading.unknown == ()


def test_a_large_sheet_is_written_anew_with_every_line_in_its_place(tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(
        io.BytesIO(annotate_errors(path, [_rejection()], {"台账": 2}, lines=30_000))
    )
    sheet = book["台账"]
    assert sheet["A1"].value == "2023年隐患台账"
    assert sheet["D2"].value == "错误"
    assert sheet["D4"].value == "第 4 行『隐患描述』没有填写"


def test_the_template_of_hazards_is_read_without_its_example(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    towns = tuple(f"第{index}街道办事处辖区" for index in range(60))
    write_template(guide(towns, ("工贸", "建筑施工")), path)
    workbook = reading.read(path, COLUMNS)
    (sheet,) = workbook.sheets
    assert sheet.heading.unknown == ()
    assert list(sheet.rows()) == []
    assert [one.reason for one in sheet.skipped] == ["示例行"]
    assert {name for name, _ in workbook.left_out} == {"填写说明", "选项"}
    book = openpyxl.load_workbook(path)
    validations = {str(one.sqref): one for one in book["隐患台账"].data_validations.dataValidation}
    assert any(one.type == "list" and "选项" in (one.formula1 or "") for one in validations.values())
    assert any(one.type == "list" and "一般,重大" in (one.formula1 or "") for one in validations.values())
    assert book["隐患台账"].freeze_panes == "C2"


def _with_merge(path: Path, span: str) -> Path:
    """The small ledger, saying that all of ``span`` is one cell."""
    with zipfile.ZipFile(_ledger(path.with_suffix(".plain"))) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(
                    rb'<mergeCell ref="A1:C1" ?/>', f'<mergeCell ref="{span}"/>'.encode(), part, count=1
                )
            target.writestr(name, part)
    return path


def test_a_small_file_that_spans_a_million_cells_comes_back_in_little_memory(tmp_path: Path) -> None:
    path = _with_merge(tmp_path / "a.xlsx", "A9:XFD1048576")
    noted = tmp_path / "rejected"
    noted.write_text(json.dumps(_rejection().as_json()) + "\n", encoding="utf-8")
    target = tmp_path / "errors.xlsx"
    given = {"heads": {"台账": 2}, "lines": 4, "rejected": str(noted), "target": str(target)}
    annotator = "bihuan.kernel.workbooks.annotating:annotate"
    parsing.parse(annotator, path, tmp_path / "rows", given, memory=512 * 1024 * 1024, seconds=60)
    sheet = openpyxl.load_workbook(target)["台账"]
    assert sheet["D4"].value == "第 4 行『隐患描述』没有填写"
