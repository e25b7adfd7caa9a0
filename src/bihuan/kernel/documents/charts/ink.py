"""Drawing primitives of the charts: palette, text with the right typeface, and round scales.

One unit is 0.2 mm on paper (780 units = the 156 mm of the type area), so text of 17 units prints at about 9.6
pt.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Literal, TypeAlias

from bihuan.kernel.documents.outline import width_in_chars
from bihuan.kernel.documents.printable import printable

Tone: TypeAlias = Literal["main", "second", "third", "grey", "accepted", "red", "orange", "yellow", "blue"]
Number: TypeAlias = int | float | Decimal

WIDTH = 780.0
LABEL = 17.0
SMALL = 15.0
INK = "#1b2330"
MUTED = "#5a6473"
RULE = "#d5dae2"
AXIS = "#8791a0"
TONES: dict[Tone, str] = {
    "main": "#1f4e8c", "second": "#7d9fca", "third": "#c3d2e6", "grey": "#aab2be", "accepted": "#2e7d4f",
    "red": "#c8201e", "orange": "#e07b1a", "yellow": "#d9b310", "blue": "#2f6fd0",
}  # fmt: skip
DEFAULT_TONES: tuple[Tone, ...] = ("main", "second", "third", "grey")
TAG = re.compile(r"<\s*/?\s*([^\s/>]+)")
OWN_TAGS = frozenset({"svg", "title", "desc", "rect", "line", "polyline", "circle", "text"})
FOREIGN = re.compile(r"\bon\w+\s*=|href\s*=|javascript:|<!|<\?", re.IGNORECASE)
FONT = "'Bihuan Hei', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Source Han Sans SC', sans-serif"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values with its name; ``None`` means nothing is known (drawn as a gap, written —)."""

    name: str
    values: Sequence[Number | None]
    tone: Tone | None = None


@dataclass(slots=True)
class Ink:
    """An SVG being drawn: ``title`` and ``desc`` tell in words what the picture shows."""

    title: str
    desc: str
    height: float
    width: float = WIDTH
    marks: list[str] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, hint: str = "") -> None:
        """A filled box; ``hint`` is read out and shown on hovering."""
        told = f"<title>{_xml(hint)}</title>" if hint else ""
        size = f'width="{_n(max(width, 0))}" height="{_n(max(height, 0))}"'
        box = f'<rect x="{_n(x)}" y="{_n(y)}" {size} fill="{fill}"'
        self.marks.append(f"{box}>{told}</rect>" if told else f"{box}/>")

    def rule(self, x1: float, y1: float, x2: float, y2: float, stroke: str = RULE, width: float = 1) -> None:
        """A straight line."""
        points = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        self.marks.append(f'<line {points} stroke="{stroke}" stroke-width="{_n(width)}"/>')

    def path(self, points: Sequence[tuple[float, float]], stroke: str, width: float = 3) -> None:
        """A broken line through the points."""
        drawn = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        ends = 'stroke-linejoin="round" stroke-linecap="round"'
        style = f'fill="none" stroke="{stroke}" stroke-width="{_n(width)}" {ends}'
        self.marks.append(f'<polyline points="{drawn}" {style}/>')

    def dot(self, x: float, y: float, radius: float, fill: str, hint: str = "") -> None:
        """A round mark."""
        told = f"<title>{_xml(hint)}</title>" if hint else ""
        self.marks.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}">{told}</circle>')

    def text(
        self, x: float, y: float, words: str, anchor: str = "start", size: float = LABEL, fill: str = INK
    ) -> None:
        """A line of text with its baseline at ``y``."""
        place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{_n(size)}" fill="{fill}"'
        self.marks.append(f"<text {place}>{_xml(words)}</text>")

    def svg(self) -> str:
        """The finished picture."""
        width, height = _n(self.width), _n(self.height)
        size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONT}">'
        told = f"<title>{_xml(self.title)}</title><desc>{_xml(self.desc)}</desc>"
        return f"{head}{told}{''.join(self.marks)}</svg>"


def drawn_here(svg: str) -> bool:
    """Whether ``svg`` holds only what these charts are made of, so that it may stand in a page as it is."""
    names = {name.lower() for name in TAG.findall(svg)}
    return svg.startswith("<svg ") and names <= OWN_TAGS and not FOREIGN.search(svg)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _xml(text: str) -> str:
    return escape(printable(text).replace("\n", " "), quote=True)


def tone_of(series: Series, index: int) -> str:
    """The colour of the series: its own tone or the next tint of blue."""
    return TONES[series.tone or DEFAULT_TONES[index % len(DEFAULT_TONES)]]


def written(value: Number | None, unit: str = "") -> str:
    """A value as people read it: thousands separated, no needless decimals, — for nothing known."""
    if value is None:
        return "—"
    if isinstance(value, int):
        return f"{value:,}{unit}"
    exact = Decimal(str(value)).normalize()
    return f"{exact:,f}{unit}"


def text_width(words: str, size: float = LABEL) -> float:
    """Width of a line in drawing units, a little on the wide side."""
    return width_in_chars(words) * size * 1.06


def shortened(words: str, room: float, size: float = LABEL) -> str:
    """``words`` cut with … to fit ``room``; the full text stays in the table beside the chart."""
    if text_width(words, size) <= room:
        return words
    while words and text_width(words + "…", size) > room:
        words = words[:-1]
    return words + "…"


def ticks(highest: float, wanted: int = 5) -> list[float]:
    """Round steps from 0 to at least ``highest``."""
    if highest <= 0:
        return [0.0, 1.0]
    raw = highest / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if raw <= power * factor * (1 + 1e-9))
    if step < 1 and float(highest).is_integer():
        step = 1.0
    return [step * count for count in range(math.ceil(highest / step - 1e-9) + 1)]


def described(labels: Sequence[str], series: Sequence[Series], unit: str) -> str:
    """All values in words, for those who hear the page."""
    rows = []
    for row in series:
        values = "，".join(
            f"{label}{written(value, unit)}" for label, value in zip(labels, row.values, strict=True)
        )
        rows.append(f"{row.name}：{values}" if row.name else values)
    return "；".join(rows)


def legend(ink: Ink, series: Sequence[Series], y: float, left: float = 0.0) -> None:
    """Names of the series with their colours, in one line from ``left``."""
    x = left
    for index, row in enumerate(series):
        ink.rect(x, y - 13, 22, 14, tone_of(row, index))
        ink.text(x + 30, y, row.name, size=SMALL, fill=MUTED)
        x += 30 + text_width(row.name, SMALL) + 26
