"""The table that lists records of an archive, each by kind, day, number and content: alike in every paper."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.kernel.documents import Cell, Column, Table
from bihuan.reporting.archives.index import Item

COLUMNS = (
    Column("类别", 5.5, align="left"),
    Column("日期", 6.0),
    Column("编号", 10.0),
    Column("内容", align="left"),
)


def catalogue(caption: str, items: Sequence[Item], most: int, note: str) -> Table:
    """The first ``most`` items; ``note`` stands below where there are more."""
    rows: list[tuple[Cell, ...]] = [
        (item.label, item.on.isoformat(), item.no, item.title or "—") for item in items[:most]
    ]
    notes = (note,) if len(items) > most else ()
    return Table(COLUMNS, tuple(rows), caption=caption, notes=notes, size=10.5)
