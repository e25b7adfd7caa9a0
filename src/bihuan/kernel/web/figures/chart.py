"""The picture of a breakdown: what a ratio divides, side by side, so that a gap is seen before it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bihuan.kernel.documents import charts
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.values import FigureValue

MOST = 10
Lines = Sequence[tuple[str, Mapping[str, FigureValue]]]


def side_by_side(lines: Lines, title: str) -> SafeString | None:
    """Bars of the two counts of the first ratio among the figures; None when no ratio is there to draw."""
    of = _ratio(lines)
    if of is None:
        return None
    above, below = of
    drawn = sorted(lines, key=lambda line: -_amount(line[1], below))[:MOST]
    series = [
        charts.Series(_label(drawn, below), [_amount(line, below) for _, line in drawn], "main"),
        charts.Series(_label(drawn, above), [_amount(line, above) for _, line in drawn], "accepted"),
    ]
    unit = registry.figure(below).unit
    words = f"{title}，{series[0].name}最多的 {MOST} 个" if len(lines) > MOST else title
    names = [name for name, _ in drawn]
    svg = charts.grouped(f"{words}：{series[0].name}与{series[1].name}", names, series, unit)
    return format_html("<h2>{}</h2>{}", words, SafeString(svg))


def _ratio(lines: Lines) -> tuple[str, str] | None:
    names = lines[0][1] if lines else {}
    for name in names:
        of = registry.figure(name).divides
        if of is not None and all(part in names for part in of):
            return of
    return None


def _label(lines: Lines, name: str) -> str:
    return lines[0][1][name].label


def _amount(line: Mapping[str, FigureValue], name: str) -> int:
    found = line.get(name)
    return (found.amount or 0) if found is not None else 0
