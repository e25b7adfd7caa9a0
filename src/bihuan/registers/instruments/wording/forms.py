"""Ruled forms: short facts two a row, long ones across, opinions in boxes with room for name and day."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.documents.model import Form, FormCell
from bihuan.kernel.documents.numerals import chinese_day
from bihuan.kernel.documents.outline import width_in_chars
from bihuan.registers.instruments.facts import Facts
from bihuan.registers.instruments.kinds import Field, Kind
from bihuan.registers.instruments.wording.values import shown

WIDTHS = (20, 30, 20, 30)
SHORT = frozenset({"text", "date", "minute", "money", "number"})
NARROW = 11.0
OPINION_LINES, LONG_LINES = 3, 1
BLANK_FOOT = "签名：　　　　　　　　　年　　月　　日"


def form_of(kind: Kind, facts: Facts) -> Form:
    """The form of a kind: boxes of what is known, and empty ones for opinions that are still to come."""
    rows: list[tuple[FormCell, ...]] = []
    waiting: list[FormCell] = []
    for field in kind.fields:
        value = facts.get(field.key)
        if value is None and field.shape != "opinion":
            continue
        if _fits_half(field, value):
            waiting += [_label(field), FormCell(shown(field, value))]
            if len(waiting) == 4:
                rows.append(tuple(waiting))
                waiting = []
            continue
        rows += _flushed(waiting)
        waiting = []
        rows.append((_label(field), _wide(field, value)))
    return Form(WIDTHS, (*rows, *_flushed(waiting)))


def _flushed(waiting: list[FormCell]) -> list[tuple[FormCell, ...]]:
    if not waiting:
        return []
    label, cell = waiting
    return [(label, FormCell(cell.text, columns=3))]


def _fits_half(field: Field, value: Any) -> bool:
    return field.shape in SHORT and width_in_chars(shown(field, value)) <= NARROW


def _label(field: Field) -> FormCell:
    return FormCell(field.label, label=True)


def _wide(field: Field, value: Any) -> FormCell:
    if field.shape == "opinion":
        return FormCell(value["text"] if value else "", 3, lines=OPINION_LINES, foot=_foot(value))
    if field.shape == "table":
        return FormCell(table_lines(field, value), 3)
    return FormCell(shown(field, value), 3, lines=1 if field.shape in SHORT else LONG_LINES)


def _foot(value: Any) -> str:
    if not value or not value.get("by"):
        return BLANK_FOOT
    day = chinese_day(value["on"]) if value.get("on") else "　　年　　月　　日"
    return f"签名：{value['by']}　　{day}"


def table_lines(field: Field, rows: list[dict[str, Any]]) -> str:
    """A table fact inside a box: one numbered line a row."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [shown(column, row.get(column.key)) for column in field.columns if row.get(column.key)]
        mark = f"{number}. " if len(rows) > 1 else ""
        lines.append(mark + "，".join(cells))
    return "\n".join(lines)
