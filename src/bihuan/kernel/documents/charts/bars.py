"""Bars lying down for names (行业、镇街), standing up for times (月份)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bihuan.kernel.documents.charts.ink import (
    AXIS,
    LABEL,
    MUTED,
    RULE,
    SMALL,
    WIDTH,
    Ink,
    Number,
    Series,
    Tone,
    described,
    legend,
    shortened,
    text_width,
    ticks,
    tone_of,
    written,
)

LABEL_ROOM = 210.0
ROW = 24.0
ROW_GAP = 16.0
TOP = 8.0
LEGEND = 36.0
PLOT_HEIGHT = 250.0


def bar(
    title: str, labels: Sequence[str], values: Sequence[Number | None], unit: str = "", tone: Tone = "main"
) -> str:
    """One lying bar a name, in the given order, each with its value at the end."""
    return grouped(title, labels, [Series("", values, tone)], unit)


def grouped(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """Lying bars side by side for each name, one a series."""
    _check(labels, series)
    thick = ROW if len(series) == 1 else 17.0
    block = thick * len(series) + ROW_GAP
    top = TOP + (LEGEND if len(series) > 1 else 0)
    ink = Ink(title, described(labels, series, unit), top + block * len(labels) + 6)
    left, right, highest = _frame(labels, series, unit)
    scale = (right - left) / highest
    if len(series) > 1:
        legend(ink, series, TOP + 16, left)
    for place, label in enumerate(labels):
        y = top + block * place + ROW_GAP / 2
        _name(ink, label, left, y + thick * len(series) / 2)
        for index, row in enumerate(series):
            value, high = row.values[place], y + thick * index
            length = float(value or 0) * scale
            ink.rect(
                left,
                high + 1,
                length,
                thick - 2,
                tone_of(row, index),
                f"{label}{row.name}{written(value, unit)}",
            )
            size = LABEL if len(series) == 1 else SMALL
            ink.text(
                left + length + 7, high + thick / 2 + size * 0.36, written(value, unit), size=size, fill=MUTED
            )
    ink.rule(left, top, left, top + block * len(labels), AXIS, 1.5)
    return ink.svg()


def stacked(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """Lying bars whose parts add up; each part is written where it fits and the sum stands at the end."""
    _check(labels, series)
    block, top = ROW + ROW_GAP + 2, TOP + LEGEND
    ink = Ink(title, described(labels, series, unit), top + block * len(labels) + 6)
    sums = Series("合计", [_sum(row.values[place] for row in series) for place in range(len(labels))])
    left, right, highest = _frame(labels, [sums], unit)
    scale = (right - left) / highest
    legend(ink, series, TOP + 16, left)
    for place, label in enumerate(labels):
        x, y = left, top + block * place + ROW_GAP / 2
        _name(ink, label, left, y + ROW / 2)
        for index, row in enumerate(series):
            value = row.values[place]
            length, fill = float(value or 0) * scale, tone_of(row, index)
            ink.rect(x, y, length, ROW, fill, f"{label}{row.name}{written(value, unit)}")
            if value and text_width(written(value), SMALL) + 8 <= length:
                light = row.tone in ("third", "yellow") or (row.tone is None and index % 4 == 2)
                ink.text(
                    x + length / 2,
                    y + ROW / 2 + 5.4,
                    written(value),
                    "middle",
                    SMALL,
                    "#1b2330" if light else "#fff",
                )
            x += length
        ink.text(x + 7, y + ROW / 2 + 6, written(sums.values[place], unit), fill=MUTED)
    ink.rule(left, top, left, top + block * len(labels), AXIS, 1.5)
    return ink.svg()


def columns(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """Standing bars over a time axis, one group a label, values above."""
    _check(labels, series)
    marks = ticks(max((float(value or 0) for row in series for value in row.values), default=0))
    left = max(text_width(written(_whole(mark)), SMALL) for mark in marks) + 14
    top = TOP + 22 + (LEGEND if len(series) > 1 or unit else 0)
    bottom = top + PLOT_HEIGHT
    ink = Ink(title, described(labels, series, unit), bottom + 34)
    _scale(ink, marks, left, top, bottom, unit)
    if len(series) > 1:
        legend(ink, series, TOP + 16, left + 90)
    step = (WIDTH - left) / max(1, len(labels))
    thick = min(52.0, step * 0.68 / len(series))
    for place, label in enumerate(labels):
        middle = left + step * (place + 0.5)
        ink.text(middle, bottom + 25, shortened(label, step - 4), "middle")
        for index, row in enumerate(series):
            value = row.values[place]
            x = middle + (index - len(series) / 2) * thick
            height = float(value or 0) / marks[-1] * PLOT_HEIGHT
            ink.rect(
                x + 1,
                bottom - height,
                thick - 2,
                height,
                tone_of(row, index),
                f"{label}{row.name}{written(value)}",
            )
            if text_width(written(value), SMALL) <= thick * 1.35:
                ink.text(x + thick / 2, bottom - height - 6, written(value), "middle", SMALL, MUTED)
    ink.rule(left, bottom, WIDTH, bottom, AXIS, 1.5)
    return ink.svg()


def _scale(ink: Ink, marks: Sequence[float], left: float, top: float, bottom: float, unit: str) -> None:
    for mark in marks:
        y = bottom - (bottom - top) * mark / marks[-1]
        ink.rule(left, y, WIDTH, y, RULE)
        ink.text(left - 8, y + 5.4, written(_whole(mark)), "end", SMALL, MUTED)
    if unit:
        ink.text(0, TOP + 16, f"单位：{unit}", size=SMALL, fill=MUTED)


def _frame(labels: Sequence[str], series: Sequence[Series], unit: str) -> tuple[float, float, float]:
    values = [value for row in series for value in row.values]
    left = min(LABEL_ROOM, max((text_width(label) for label in labels), default=0)) + 14
    ends = max((text_width(written(value, unit)) for value in values), default=0)
    return left, WIDTH - ends - 12, max((float(value or 0) for value in values), default=0) or 1.0


def _name(ink: Ink, label: str, left: float, middle: float) -> None:
    ink.text(left - 12, middle + 6, shortened(label, LABEL_ROOM), "end")


def _whole(value: float) -> Number:
    return int(value) if float(value).is_integer() else value


def _sum(values: Iterable[Number | None]) -> Number:
    return sum((Decimal(str(value)) for value in values if value is not None), Decimal(0))


def _check(labels: Sequence[str], series: Sequence[Series]) -> None:
    if not series or any(len(row.values) != len(labels) for row in series):
        raise ValueError("每个系列的数值个数必须与名称个数相同")
    if any(value is not None and value < 0 for row in series for value in row.values):
        raise ValueError("图中的数值不能为负")
