"""The geometry of a table that its faces share: shares of width, heading rows, words too wide for a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bihuan.kernel.documents.model import Table
from bihuan.kernel.documents.outline import plain, width_in_chars

TYPE_AREA_PT = 442.2
SHORT = 9.5
LONG = 18.0
CELL_PADDING = 0.9
DIGIT_SLACK = 1.12
UNBREAKABLE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A heading cell that spans ``columns`` × ``rows`` from ``column`` on."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


def relative_widths(table: Table) -> tuple[float, ...]:
    """Each column's share of the whole width; together 1.

    Columns of short content (dates, numbers, names) get what they need on one line; what remains goes to the long ones.
    """
    room = TYPE_AREA_PT / table.size
    wanted = [_natural(table, index) for index in range(len(table.columns))]
    spare = room - sum(wanted)
    if spare < 0:
        short = [width if width <= SHORT else 0.0 for width in wanted]
        left, long = room - sum(short), sum(width for width in wanted if width > SHORT)
        if long and left >= SHORT * sum(width > SHORT for width in wanted) / 2:
            wanted = [width if width <= SHORT else width * left / long for width in wanted]
    total = sum(wanted)
    return tuple(width / total for width in wanted)


def _natural(table: Table, index: int) -> float:
    column = table.columns[index]
    if column.width is not None:
        return column.width
    lines = [line for row in table.rows for line in plain(row[index]).split("\n")]
    content = max((width_in_chars(line) * DIGIT_SLACK for line in lines), default=0.0)
    heading = width_in_chars(column.heading)
    return max(min(content, LONG), heading if heading <= 4 else heading / 2 + 0.5) + CELL_PADDING


def head_cells(table: Table) -> tuple[tuple[HeadCell, ...], ...]:
    """One heading row, or two when columns are grouped (an ungrouped heading then reaches over both)."""
    grouped = any(column.group for column in table.columns)
    if not grouped:
        return (tuple(HeadCell(column.heading, index) for index, column in enumerate(table.columns)),)
    lower = tuple(HeadCell(column.heading, index) for index, column in enumerate(table.columns) if column.group)
    return tuple(_upper(table)), lower


def _upper(table: Table) -> Iterator[HeadCell]:
    for name, members in groupby(enumerate(table.columns), key=lambda item: item[1].group):
        held = list(members)
        if name:
            yield HeadCell(name, held[0][0], columns=len(held))
        else:
            yield from (HeadCell(column.heading, index, rows=2) for index, column in held)


def widest_word(text: str) -> float:
    """Width, in Chinese characters, of the longest run that may not break (codes, addresses, long numbers)."""
    return max((width_in_chars(word) * 1.15 for word in UNBREAKABLE.findall(text)), default=0.0)
