"""Lines over time, the small line beside a figure, and the track that shows a share."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.kernel.documents.charts.bars import LEGEND, PLOT_HEIGHT, TOP, _check, _scale, _whole
from bihuan.kernel.documents.charts.ink import (
    AXIS,
    MUTED,
    RULE,
    SMALL,
    TONES,
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


def line(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """Lines over a time axis; a value not known leaves a gap instead of a false zero."""
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
    for place, label in enumerate(labels):
        ink.text(left + step * (place + 0.5), bottom + 25, shortened(label, step - 4), "middle")
    ink.rule(left, bottom, WIDTH, bottom, AXIS, 1.5)
    for index, row in enumerate(series):
        _curve(
            ink, labels, row, tone_of(row, index), (left, step, bottom, PLOT_HEIGHT / marks[-1]), index == 0
        )
    return ink.svg()


def _curve(
    ink: Ink,
    labels: Sequence[str],
    row: Series,
    fill: str,
    frame: tuple[float, float, float, float],
    valued: bool,
) -> None:
    left, step, bottom, scale = frame
    known: list[tuple[float, float]] = []
    for place, value in enumerate([*row.values, None]):
        if value is None:
            if len(known) > 1:
                ink.path(known, fill)
            known = []
        else:
            known.append((left + step * (place + 0.5), bottom - float(value) * scale))
    for place, value in enumerate(row.values):
        if value is not None:
            x, y = left + step * (place + 0.5), bottom - float(value) * scale
            ink.dot(x, y, 5, fill, f"{labels[place]}{row.name}{written(value)}")
            if valued:
                ink.text(x, y - 12, written(value), "middle", SMALL, MUTED)


def sparkline(title: str, values: Sequence[Number], width: float = 120.0, height: float = 28.0) -> str:
    """A line without axes beside a figure; the last point is marked."""
    ink = Ink(title, "，".join(written(value) for value in values), height, width)
    low, high = min(map(float, values), default=0.0), max(map(float, values), default=0.0)
    room, step = height - 8, (width - 8) / max(1, len(values) - 1)
    span = (high - low) or 1.0
    points = [
        (4 + step * place, 4 + room - (float(value) - low) / span * room)
        for place, value in enumerate(values)
    ]
    if len(points) > 1:
        ink.path(points, TONES["main"], 2)
    if points:
        ink.dot(*points[-1], 3, TONES["main"])
    return ink.svg()


def track(
    title: str, part: int, whole: int, tone: Tone = "main", width: float = 160.0, height: float = 10.0
) -> str:
    """A share as a filled track; an empty whole is an empty track."""
    ink = Ink(title, f"{written(part)} / {written(whole)}", height, width)
    ink.rect(0, 0, width, height, RULE)
    if whole > 0:
        ink.rect(0, 0, width * min(1.0, part / whole), height, TONES[tone])
    return ink.svg()
