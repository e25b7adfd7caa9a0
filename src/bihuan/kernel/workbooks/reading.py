"""Messy sheets in, plain rows out: every unit's own ledger becomes rows under known names, and nothing is lost silently.

Only ``guard.inspect``-ed files come here, and in production only inside ``child``. Rows are streamed; a sheet says
which lines were skipped and why, which headings it did not know, and which units it assumed.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from bihuan.kernel.errors import Refused
from bihuan.kernel.workbooks import headings as heading_rows
from bihuan.kernel.workbooks.columns import Columns, Synonyms
from bihuan.kernel.workbooks.headings import Heading
from bihuan.kernel.workbooks.lines import filled, is_number, leading, repeat_above, section_title, side_line
from bihuan.kernel.workbooks.reasons import Skipped, Unreadable
from bihuan.kernel.workbooks.text import as_text, blank, narrow
from bihuan.kernel.workbooks.years import YearHint, filing_day, whole_day, year_hint

_REMEMBERED = 300
_EXAMPLE = ("示例", "例：", "样例", "（示例）", "填写示例")
_GUIDES = frozenset({"填写说明", "填表说明", "填报说明", "说明", "选项"})
_BUFFER = heading_rows.SEARCHED + 60


Cell = tuple[int, float]
"""A line of the sheet and the number that stands in it."""


@dataclass(slots=True)
class Row:
    """One row: its line in the sheet (from 1), its own number, all its cells, the part of the ledger it is in."""

    line: int
    no: str
    cells: list[object]
    section: str = ""


@dataclass(slots=True)
class Sheet:
    """One table. ``heading`` may change while ``rows()`` runs: a second table below brings its own."""

    name: str
    title: str
    heading: Heading
    hint: YearHint | None
    epoch_1904: bool
    unit: str | None
    """The money unit the lines above the table state for all of it."""
    skipped: list[Skipped] = field(default_factory=list)
    skipped_by_reason: Counter[str] = field(default_factory=Counter)
    short_days: dict[str, list[Cell]] = field(default_factory=dict)
    """Numbers taken for days that may have lost a nought (5.20 kept as 5.2), by column."""
    _source: _Source = field(default=None, repr=False)  # type: ignore[assignment]

    def rows(self) -> Iterator[Row]:
        """The rows in order; ``skipped`` fills up on the way."""
        return self._source.rows(self)

    @property
    def height(self) -> int:
        """About how many lines there are, for progress."""
        return self._source.height

    def skip(self, line: int, reason: str, text: str = "") -> None:
        """Note that a line is no row."""
        self.skipped_by_reason[reason] += 1
        if len(self.skipped) < _REMEMBERED:
            self.skipped.append(Skipped(line, reason, text[:80]))


@dataclass(frozen=True, slots=True)
class Workbook:
    """The tables of a file, and the sheets left out with the reason."""

    sheets: tuple[Sheet, ...]
    left_out: tuple[tuple[str, str], ...]


def read(
    path: Path,
    columns: Columns,
    extra: Iterable[tuple[str, str]] = (),
    *,
    epoch_1904: bool = False,
    name: str = "",
) -> Workbook:
    """Open ``path`` and find its tables; ``name`` is what the sender called the file.

    Raises:
        Refused: the file cannot be opened, or none of its sheets holds a table of this kind.
    """
    synonyms = Synonyms(columns, tuple(extra))
    sheets: list[Sheet] = []
    left_out: list[tuple[str, str]] = []
    book = _open(path)
    for meta in book.sheets_metadata:
        if meta.visible is not SheetVisibleEnum.Visible:
            left_out.append((meta.name, "隐藏的工作表，没有读取"))
            continue
        if narrow(meta.name) in _GUIDES:
            left_out.append((meta.name, "填写说明"))
            continue
        source = _Source(book.get_sheet_by_name(meta.name), synonyms)
        sheet = source.open(name or path.name, epoch_1904)
        if sheet is None:
            left_out.append((meta.name, "没有找到表头"))
        else:
            sheets.append(sheet)
    if not sheets:
        raise Refused.because("workbook.no_heading", _no_heading(columns), "file")
    return Workbook(tuple(sheets), tuple(left_out))


def summary(sheet: Sheet, columns: Columns) -> dict[str, Any]:
    """One sheet as the preview shows it: which column was taken for what, and which lines were left out."""
    labels = {column.name: column.label for column in columns.columns} | {"no": "序号"}
    heading = sheet.heading
    return {
        "name": sheet.name,
        "title": sheet.title,
        "heading_row": heading.row + heading.height,
        "lines": sheet.height,
        "headings": [
            {"field": name, "label": labels.get(name, name), "heading": heading.written[name]}
            for name in sorted(heading.at, key=heading.at.__getitem__)
        ],
        "unknown": list(heading.unknown),
        "filed_on": str(sheet.hint.filed) if sheet.hint and sheet.hint.filed else None,
        "period": [str(sheet.hint.first), str(sheet.hint.last)] if sheet.hint else None,
        "period_stated": sheet.hint is not None and sheet.hint.stated,
        "said": [],
        "skipped": [{"row": one.line, "reason": one.reason, "text": one.text} for one in sheet.skipped],
        "skipped_by_reason": dict(sheet.skipped_by_reason),
    }


def _no_heading(columns: Columns) -> str:
    labels = {column.name: column.label for column in columns.columns}
    wanted = "、".join("或".join(f"『{labels[name]}』" for name in group) for group in columns.needed)
    return f"没有找到表头：表头一行里要有{wanted}这几列；叫法不同的，请在“表头叫法”里添上，或下载模板填写"


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise Refused.because(
            "workbook.encrypted", "工作簿设了打开密码，请在 Excel 或 WPS 中取消密码后再上传", "file"
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refused.because(
            "workbook.damaged", "工作簿打不开，请用 Excel 或 WPS 修复并另存为 .xlsx 再上传", "file"
        ) from error


class _Source:
    """One sheet of the file, read line by line."""

    def __init__(self, sheet: CalamineSheet, synonyms: Synonyms) -> None:
        self._sheet = sheet
        self._synonyms = synonyms
        left = sheet.start[1] if sheet.start else 0
        self._merged = [((a, b - left), (c, d - left)) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
        self._wide = {top: (left, right) for (top, left), (_, right) in self._merged if right - left >= 3}

    @property
    def height(self) -> int:
        return int(self._sheet.total_height)

    def open(self, file_name: str, epoch_1904: bool) -> Sheet | None:
        if self._sheet.start is None:
            return None
        first: list[list[object]] = []
        for cells in self._lines():
            first.append(cells)
            if len(first) >= _BUFFER:
                break
        heading = heading_rows.find(first, 0, self._merged, self._synonyms)
        if heading is None:
            return None
        above = first[: heading.row]
        titles = [as_text(cell) for line in above for cell in line if type(cell) is str and cell.strip()]
        filed = next((day for line in above if (day := filing_day(line))), None)
        if filed is None and year_hint(titles, None, self._sheet.name, "") is None:
            filed = self._filed_below(heading.row + heading.height)
        hint = year_hint(titles, filed, self._sheet.name, file_name) or self._neighbours(
            first, heading, epoch_1904
        )
        title = titles[0] if titles else ""
        return Sheet(self._sheet.name, title, heading, hint, epoch_1904, _unit(titles), _source=self)

    def _neighbours(self, first: list[list[object]], heading: Heading, epoch_1904: bool) -> YearHint | None:
        """With no word about the year anywhere, the rows that do carry one speak for the others."""
        days: list[date] = []
        for cells in first[heading.row + heading.height :]:
            for place in self._essential(heading):
                with contextlib.suppress(Unreadable):
                    days += filter(None, [whole_day(cells[place], epoch_1904)])
        return YearHint(min(days), max(days), None, "本表其他日期") if days else None

    def _lines(self) -> Iterator[list[object]]:
        return iter(self._sheet.iter_rows())  # type: ignore[arg-type]

    def _filed_below(self, start: int) -> date | None:
        """The filing day in a line below the table; read only when nothing above tells the year."""
        for index, cells in enumerate(self._lines()):
            if index >= start and type(cells[0]) is str and (day := _filing_line(cells)):
                return day
        return None

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        lines = self._lines()
        down = _Merges(self._merged)
        state = _Place(sheet, self._essential(sheet.heading))
        top, begin = sheet.heading.row, sheet.heading.row + sheet.heading.height
        for index, cells in enumerate(lines):
            if index < begin:
                if index < top and filled(cells):
                    sheet.skip(index + 1, "表头以上的文字", as_text(cells[filled(cells)[0]]))
                continue
            if index in down.lines:
                down.fill(index, cells)
            row = self._row(state, index, cells)
            if row is not None:
                state.above = cells
                yield row

    def _essential(self, heading: Heading) -> tuple[int, ...]:
        return tuple(heading.at[name] for name in self._synonyms.columns.essential if name in heading.at)

    def _row(self, state: _Place, index: int, cells: list[object]) -> Row | None:
        line = index + 1
        if index <= state.sub_row:
            return None
        first = cells[state.first]
        full = all(cells[place] != "" for place in state.essential)
        if full and type(first) is not str:
            repeat_above(cells, state.above)
            return Row(line, as_text(first), cells, state.section)
        places = leading(cells) if full else filled(cells)
        if not places:
            state.sheet.skip(line, "空行")
            return None
        reason = self._no_row(state, index, cells, places, full)
        if reason is not None:
            state.sheet.skip(line, reason, as_text(cells[places[0]]))
            return None
        repeat_above(cells, state.above)
        return Row(line, as_text(cells[state.no]) if state.no is not None else "", cells, state.section)

    def _no_row(
        self, state: _Place, index: int, cells: list[object], places: list[int], full: bool
    ) -> str | None:
        if reason := side_line(cells, places):
            return reason
        if reason := self._repeated_heading(state, index, cells):
            return reason
        if as_text(cells[places[0]]).startswith(_EXAMPLE):
            return "示例行"
        if full:
            return None
        if places == [state.no] and is_number(cells[places[0]]):
            return "只有序号的空行"
        if len(places) == 1 or self._one_merged(index, places):
            if any(not blank(cells[place]) for place in state.essential[1:]) and not self._one_merged(
                index, places
            ):
                return None
            section = section_title(cells, places)
            if section is not None and len(places) == 1:
                state.section = section
                return "分段标题"
            return "说明行"
        if all(blank(cells[place]) for place in state.essential) and len(places) < 6:
            return "没有主要内容的行"
        return None

    def _one_merged(self, index: int, places: list[int]) -> bool:
        left, right = self._wide.get(index, (0, -1))
        return left <= places[0] and places[-1] <= right

    def _repeated_heading(self, state: _Place, index: int, cells: list[object]) -> str | None:
        if not any(self._is_heading(cells[place]) for place in state.essential):
            return None
        places = filled(cells)
        texts = sum(self._is_heading(cells[place]) for place in places)
        if texts < max(self._synonyms.columns.least, len(places) * 2 // 3):
            return None
        following = self._following(index)
        heading = heading_rows.at(following, 0, self._shifted(index), self._synonyms)
        if heading is None:
            return None
        state.sub_row = index + heading.height - 1 if heading.height > 1 else -1
        if heading.keys != state.sheet.heading.keys:
            heading = heading_rows.at(following, 0, self._shifted(index), self._synonyms)
            if heading is not None:
                state.change(heading, self._essential(heading))
                return "另一张表的表头"
        return "重复的表头"

    def _is_heading(self, cell: object) -> bool:
        return isinstance(cell, str) and 0 < len(cell) <= 30 and bool(self._synonyms.match(cell).names)

    def _following(self, index: int) -> list[list[object]]:
        lines: list[list[object]] = []
        for place, cells in enumerate(self._lines()):
            if place >= index:
                lines.append(cells)
            if len(lines) >= 20:
                break
        return lines

    def _shifted(self, index: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        return [((a - index, b), (c - index, d)) for (a, b), (c, d) in self._merged if a >= index]


class _Place:
    """Where the reading of one sheet stands."""

    __slots__ = ("above", "essential", "first", "no", "section", "sheet", "sub_row")

    def __init__(self, sheet: Sheet, essential: tuple[int, ...]) -> None:
        self.sheet = sheet
        self.section = ""
        self.sub_row = -1
        self.above: Sequence[object] = ()
        self._use(sheet.heading, essential)

    def _use(self, heading: Heading, essential: tuple[int, ...]) -> None:
        self.essential = essential
        self.no = heading.at.get("no")
        self.first = min(heading.at.values()) if self.no is None else self.no

    def change(self, heading: Heading, essential: tuple[int, ...]) -> None:
        sheet = self.sheet
        sheet.heading = heading
        self._use(heading, essential)


class _Merges:
    """Cells merged downwards: the value stands once, for all lines it covers."""

    def __init__(self, merged: heading_rows.Merged) -> None:
        self.lines: dict[int, list[tuple[int, int]]] = {}
        self._values: dict[tuple[int, int], object] = {}
        for (top, left), (bottom, _) in merged:
            for line in range(top, min(bottom, top + 5000) + 1) if bottom > top else ():
                self.lines.setdefault(line, []).append((left, top))

    def fill(self, line: int, cells: list[object]) -> None:
        for column, top in self.lines[line]:
            if column >= len(cells):
                continue
            if line == top:
                self._values[column, top] = cells[column]
            elif cells[column] == "":
                cells[column] = self._values.get((column, top), "")


def _filing_line(cells: Sequence[object]) -> date | None:
    places = leading(cells)
    return filing_day(cells) if places and side_line(cells, places) else None


def _unit(titles: Iterable[str]) -> str | None:
    for text in titles:
        plain = narrow(text)
        for unit in ("万元", "千元", "亿元", "元"):
            if f"单位:{unit}" in plain or f"单位:人民币{unit}" in plain:
                return unit
    return None
