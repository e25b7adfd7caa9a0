"""The geometry of a table that its faces share: shares of width, heading rows, words too wide for a
column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bihuan.kernel.documents.model import Table
from bihuan.kernel.documents.outline import plain, width_in_chars

TYPE_AREA_PT = 442.2
LONG = 14.0
LONGEST = 60.0
CELL_PADDING_PT = 9.0
LONGEST_WORD = 11.5
DIGIT_SLACK = 0.06
SEAM = 0.22
SEAMS = re.compile(r"[0-9A-Za-z](?=[一-鿿])|[一-鿿](?=[0-9A-Za-z])")
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

    Columns of short content (dates, numbers, names) get what they need on one line; what remains goes to the
    long ones.
    """
    room = TYPE_AREA_PT / table.size
    places = range(len(table.columns))
    tight = [_natural(table, index, 0.0) for index in places]
    roomy = [_natural(table, index, SEAM) for index in places]
    if sum(tight) > room:
        wanted = _fitted(tight, room)
    else:
        share = min(1.0, (room - sum(tight)) / max(sum(roomy) - sum(tight), 1e-9))
        wanted = [small + (large - small) * share for small, large in zip(tight, roomy, strict=True)]
    total = sum(wanted)
    return tuple(width / total for width in wanted)


def _fitted(wanted: list[float], room: float) -> list[float]:
    """Widths within ``room``: who asks for less than a fair share keeps it, the others divide the rest."""
    kept: set[int] = set()
    while True:
        rest = room - sum(wanted[index] for index in kept)
        open_columns = [index for index in range(len(wanted)) if index not in kept]
        modest = {index for index in open_columns if wanted[index] <= rest / len(open_columns)}
        if not modest or len(modest) == len(open_columns):
            asked = sum(wanted[index] for index in open_columns)
            return [width if index in kept else width * rest / asked for index, width in enumerate(wanted)]
        kept |= modest


def _natural(table: Table, index: int, seam: float) -> float:
    column = table.columns[index]
    if column.width is not None:
        return column.width
    lines = [line for row in table.rows for line in plain(row[index]).split("\n")]
    content = max((_line_width(line, seam) for line in lines), default=0.0)
    word = max((widest_word(line) for line in lines), default=0.0)
    heading = width_in_chars(column.heading)
    return (
        max(_eased(content), min(word, LONGEST_WORD), heading if heading <= 4 else heading / 2 + 0.5)
        + CELL_PADDING_PT / table.size
    )


def _line_width(line: str, seam: float) -> float:
    """Width on one line, with the air some programs put between Chinese and digits."""
    narrow = sum(char.isascii() for char in line)
    return width_in_chars(line) + narrow * DIGIT_SLACK + len(SEAMS.findall(line)) * seam


def _eased(content: float) -> float:
    """Long content asks for more room, though less than its length: it may break over lines."""
    return content if content <= LONG else LONG + (min(content, LONGEST) - LONG) / 2


def head_cells(table: Table) -> tuple[tuple[HeadCell, ...], ...]:
    """One heading row, or two when columns are grouped (an ungrouped heading then reaches over both)."""
    grouped = any(column.group for column in table.columns)
    if not grouped:
        return (tuple(HeadCell(column.heading, index) for index, column in enumerate(table.columns)),)
    lower = tuple(
        HeadCell(column.heading, index) for index, column in enumerate(table.columns) if column.group
    )
    return tuple(_upper(table)), lower


def _upper(table: Table) -> Iterator[HeadCell]:
    for name, members in groupby(enumerate(table.columns), key=lambda item: item[1].group):
        held = list(members)
        if name:
            yield HeadCell(name, held[0][0], columns=len(held))
        else:
            yield from (HeadCell(column.heading, index, rows=2) for index, column in held)


def widest_word(text: str) -> float:
    """Width, in Chinese characters, of the longest run that may not break (codes, addresses, long
    numbers)."""
    return max((width_in_chars(word) * 1.15 for word in UNBREAKABLE.findall(text)), default=0.0)
