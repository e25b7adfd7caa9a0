"""The hazard ledger's parser, run in the parsing process: a whole workbook into spooled rows and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bihuan.capabilities.hazards.ledger import identity, reader
from bihuan.capabilities.hazards.ledger.columns import COLUMNS
from bihuan.capabilities.hazards.ledger.row import LedgerRow, wire
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.workbooks import reading
from bihuan.kernel.workbooks.child import Book, spooled
from bihuan.kernel.workbooks.dates import number_text
from bihuan.kernel.workbooks.reading import Sheet

PARSER = "bihuan.capabilities.hazards.ledger.parsing:parse"
_NOTES = 200
_LINES = 5


def options(
    today: date,
    sectors: Mapping[str, str],
    *,
    synonyms: Sequence[tuple[str, str]] = (),
    defaults: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the parser needs from the system. ``sectors`` maps words (any spelling) to sector codes,
    ``synonyms`` are (field, heading) rows added by clerks, ``defaults`` fill missing columns (source, town)."""
    return {
        "today": today.isoformat(),
        "sectors": {name_key(word): code for word, code in sectors.items()},
        "synonyms": [list(pair) for pair in synonyms],
        "defaults": dict(defaults or {}),
    }


def parse(
    book: Book,
    given: Mapping[str, Any],
    write: Callable[[Sequence[Any]], None],
    tick: Callable[[int, int], None],
) -> dict[str, Any]:
    """Read every sheet of the book; see ``kernel.workbooks.child.Parser``."""
    sectors: Mapping[str, str] = given["sectors"]
    rules = reader.Rules(
        date.fromisoformat(given["today"]), lambda text: sectors.get(name_key(text)), given["defaults"]
    )
    extra = [(name, heading) for name, heading in given["synonyms"]]
    workbook = reading.read(book.path, COLUMNS, extra, epoch_1904=book.epoch_1904, name=book.name)
    total = sum(sheet.height for sheet in workbook.sheets)
    state = _Counting(several=len(workbook.sheets) > 1)
    summaries = []
    for sheet in workbook.sheets:
        for values in reader.values_of(sheet, rules):
            state.take(sheet, values, write)
            tick(state.lines, total)
        summaries.append(_summary(sheet))
    return {
        "sheets": summaries,
        "left_out": [{"sheet": name, "reason": reason} for name, reason in workbook.left_out],
        "good": state.good,
        "wrong": state.wrong,
        "codes": dict(state.codes),
        "notes": state.notes,
    }


class _Counting:
    """What the preview wants to know of all rows together."""

    def __init__(self, *, several: bool) -> None:
        self.lines = self.good = self.wrong = 0
        self.codes: Counter[str] = Counter()
        self.notes: list[dict[str, Any]] = []
        self._elsewhere: dict[bytes, tuple[str, int]] | None = {} if several else None

    def take(self, sheet: Sheet, values: Mapping[str, Any], write: Callable[[Sequence[Any]], None]) -> None:
        """Count a row, and pass it on unless another sheet has it already."""
        self.lines += 1
        failures = values["failures"]
        if failures:
            self.wrong += 1
            self.codes.update(failure.code for failure in failures)
        elif self._elsewhere is not None and self._repeated(sheet, LedgerRow(**values)):
            return
        else:
            self.good += 1
        for note in values["notes"]:
            if len(self.notes) < _NOTES:
                place = {"sheet": values["sheet"], "row": values["line"], "no": values["no"]}
                self.notes.append({**place, "note": note})
        write(wire(values))

    def _repeated(self, sheet: Sheet, row: LedgerRow) -> bool:
        """Whether the row stands on an earlier sheet too (a summary beside its parts)."""
        elsewhere = self._elsewhere if self._elsewhere is not None else {}
        name, line = elsewhere.setdefault(identity.row_key(row), (row.sheet, row.line))
        if name == row.sheet:
            return False
        sheet.skip(row.line, f"与工作表『{name}』的行相同", f"第 {line} 行：{row.description}")
        return True


def _summary(sheet: Sheet) -> dict[str, Any]:
    """One sheet as the preview shows it, with what was assumed about money and years."""
    heading = sheet.heading
    said = []
    if "funds" in heading.at and "funds" not in heading.units and sheet.unit is None:
        said.append(f"『{heading.written['funds']}』没有写明单位，按万元计")
    if "object_name" not in heading.at:
        instead = next(
            (heading.written[name] for name in ("rectifying_unit", "place") if name in heading.at), ""
        )
        said.append(f"没有认出『企业名称』一列{f'，按『{instead}』计' if instead else ''}，请核对")
    if sheet.hint is not None:
        until = f"{sheet.hint.first} 至 {sheet.hint.last}"
        said.append(f"没有写年份的日期，按{sheet.hint.source}（{until}）推定年份")
    said += [_short(heading.written.get(name, "日期"), cells) for name, cells in sheet.short_days.items()]
    return reading.summary(sheet, COLUMNS) | {"said": said}


def _short(heading: str, cells: Sequence[reading.Cell]) -> str:
    """That a number was taken for a day although it may be another: which cells, and how it is made plain."""
    line, number = cells[0]
    month, day = number_text(number).split(".")
    where = "、".join(str(line) for line, _ in cells[:_LINES]) + ("……" if len(cells) > _LINES else "")
    return (
        f"『{heading}』有 {len(cells):,} 处是数字（第 {where} 行），按月和日读：{number_text(number)} 按{month}月{day}日计。"
        f"Excel 会把 {month}.{day}0 存成 {number_text(number)}，第 {line} 行要是{month}月{day}0日，请写成日期再报"
    )


def parsed(spool: Path) -> Iterator[LedgerRow]:
    """The rows that the parsing process left, streamed."""
    return map(LedgerRow.from_wire, spooled(spool))
