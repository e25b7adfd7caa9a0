"""A text without what does not count (white space, quotation marks, widths), and the way back to every place in it.

Speeches travel through mail, chat and PDF: quotation marks turn into blanks, commas into half-width ones, lines are broken
at a fixed width. Rules read the compact text; what is proposed is cut from the original by its offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

_DROPPED = frozenset(" \t\r\f\v\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad“”\"'‘’「」『』＂＇*")
_OPENING = "“‘「『"
_CLOSING = "”’」』"
_WIDE = str.maketrans(
    {
        ",": "，",
        ";": "；",
        ":": "：",
        "!": "！",
        "?": "？",
        "(": "（",
        ")": "）",
        "﹒": ".",
        "．": ".",
        "[": "〔",
        "]": "〕",
        "｡": "。",
    }
)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_LINE_ENDS = "\n\u2028\u2029\x0b\x0c\x85"
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.、]|第[一二三四五六七八九十]+)"
)
_CLOSED = "。！？；：…"
_QUOTED = re.compile("“[^“”\n]{1,60}”|「[^「」\n]{1,60}」")
_TITLE_WIDTH = 20
_WRAPPED_SHARE = 0.45
_FEW = 3
_MOSTLY = 0.6
_STOPS = re.compile("[，,。；;！!？?]")
_STOPS_EVERY = 100
"""A text with fewer stops than one in so many characters was written without: blanks stand for them."""


@dataclass(frozen=True, slots=True)
class Compact:
    """``text`` is what rules read; ``places[i]`` is where its character ``i`` stands in ``original``."""

    original: str
    text: str
    places: list[int] = field(repr=False)
    line_starts: list[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the compact run ``start:end``."""
        return self.places[start], self.places[end - 1] + 1

    def quoted_span(self, start: int, end: int) -> tuple[int, int]:
        """As :meth:`span`, with the quotation marks that stand right around it."""
        first, last = self.span(start, end)
        while first > 0 and self.original[first - 1] in _OPENING:
            first -= 1
        while last < len(self.original) and self.original[last] in _CLOSING:
            last += 1
        return first, last

    def verbatim(self, start: int, end: int) -> str:
        """The run as it stands in the original."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def line(self, start: int) -> int:
        """The original's line (from 1) in which the compact place lies."""
        return bisect_right(self.line_starts, self.places[start])


def compact(original: str) -> Compact:
    """Drop what does not count; keep line ends, except those a fixed line width made."""
    characters: list[str] = []
    places: list[int] = []
    breaks = _real_breaks(original)
    quoted = frozenset(at for match in _QUOTED.finditer(original) for at in range(*match.span()))
    folded = _folded(original)
    ends = frozenset(_line_ends(original))
    for at, character in enumerate(folded):
        if at in ends:
            if at in breaks and characters and characters[-1] != "\n":
                characters.append("\n")
                places.append(at)
        elif character not in _DROPPED:
            # A quotation is one word: its commas do not divide.
            characters.append("、" if character == "，" and at in quoted else character)
            places.append(at)
    starts = [0, *(at + 1 for at in ends if original[at] in "\n\r")]
    starts.sort()
    return Compact(original, "".join(characters), places, starts)


def _line_ends(original: str) -> list[int]:
    """Where lines end; old editors end them with a bare carriage return."""
    return [
        at for at, character in enumerate(original)
        if character in _LINE_ENDS or (character == "\r" and original[at + 1 : at + 2] != "\n")
    ]  # fmt: skip


def _folded(original: str) -> str:
    """Full-width punctuation, half-width digits, as many characters as before; 1,586 keeps its comma."""
    if len(_STOPS.findall(original)) * _STOPS_EVERY < len(original):
        original = re.sub("(?<=[\u4e00-\u9fa5\\d])[ \u3000](?=[\u4e00-\u9fa5\\d])", "，", original)
    wide = original.translate(_WIDE).translate(_DIGITS)
    return re.sub(r"(?<=\d)，(?=\d{3})", ",", wide) if "," in original else wide


def _real_breaks(original: str) -> frozenset[int]:
    """Where a line end means a new paragraph."""
    ends = _line_ends(original)
    lines: list[tuple[int, str, str]] = []
    start = 0
    for end in ends:
        following = original[end + 1 : end + 200].splitlines()
        lines.append((end, original[start:end].rstrip(), following[0] if following else ""))
        start = end + 1
    width = _fixed_width([line for _, line, _ in lines])
    return frozenset(end for end, line, after in lines if not (width and _runs_on(line, after, width)))


def _fixed_width(lines: list[str]) -> int:
    """The width at which the text was broken, 0 when lines are paragraphs."""
    filled = [len(line) for line in lines if line.strip()]
    if len(filled) < 4:
        return 0
    width = Counter(filled).most_common(1)[0][0]
    width = max(width, max(filled) - 2) if max(filled) - width <= 2 else width
    full = sum(width - 2 <= length <= width + 2 for length in filled)
    if width >= _TITLE_WIDTH and full >= _WRAPPED_SHARE * len(filled):
        return width
    return _cut_width([line for line in lines if line.strip()])


def _cut_width(lines: list[str]) -> int:
    """The width when most lines are short: several just as long as the longest, cut in the middle of what they say."""
    width = max(map(len, lines))
    longest = [line for line in lines if len(line) >= width - 2]
    cut = sum(not line.endswith(tuple(_CLOSED)) for line in longest)
    return width if width >= _TITLE_WIDTH and len(longest) >= _FEW and cut >= _MOSTLY * len(longest) else 0


def _runs_on(line: str, after: str, width: int) -> bool:
    full = len(line) >= width - 2 and not line.endswith(tuple("。！？"))
    begins = after.strip()
    indented = after.startswith(("\u3000", "    "))
    numbered = bool(_NUMBERED.match(begins.translate(_WIDE).replace(" ", "")))
    return full and bool(begins) and not indented and not numbered
