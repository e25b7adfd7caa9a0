"""The heading is wherever the sender put it, in one row, two or three; it is found by what its words mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.kernel.workbooks.columns import Column, Match, Synonyms, assign, match_column
from bihuan.kernel.workbooks.text import as_text, blank, heading_key, heading_unit, heading_written

SEARCHED = 60
_PROBED = 40
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
Line = Sequence[object]


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a table's heading stands and what its columns mean. Rows count from 0 here."""

    row: int
    height: int
    at: dict[str, int]
    written: dict[str, str]
    units: dict[str, str]
    unknown: tuple[str, ...]
    ignored: tuple[int, ...] = ()

    @property
    def keys(self) -> frozenset[tuple[int, str]]:
        """Column and normalised heading, to recognise the same heading when it is repeated."""
        return frozenset((index, heading_key(self.written[name])) for name, index in self.at.items())


def find(lines: Sequence[Line], start: int, merged: Merged, synonyms: Synonyms) -> Heading | None:
    """The first heading in ``lines`` from ``start`` on; ``None`` when no line names what is needed."""
    for row in range(start, min(len(lines), start + SEARCHED)):
        here = at(lines, row, merged, synonyms)
        if here is not None:
            following = at(lines, row + 1, merged, synonyms) if row + 1 < len(lines) else None
            return following if following is not None and _better(following, here) else here
    return None


def _three(row: int, merged: Merged) -> bool:
    """Three rows are a heading only where a cell is merged down all of them: nothing else tells them from data."""
    return any(first[0] == row and last[0] == row + 2 for first, last in merged)


def _better(following: Heading, here: Heading) -> bool:
    """One row that says as much as two is the heading; the line above it was a title or a group heading."""
    if here.height == 2 and following.height == 1 and len(following.at) >= len(here.at):
        return True
    return len(following.at) > len(here.at)


def at(lines: Sequence[Line], row: int, merged: Merged, synonyms: Synonyms) -> Heading | None:
    """The heading that begins in ``row``, the best of one row, two and three, or ``None``."""
    best: Heading | None = None
    for height in (1, 2, 3) if _three(row, merged) else (1, 2):
        if row + height > len(lines):
            break
        heading = _read(lines, row, height, merged, synonyms)
        if heading is not None and (best is None or len(heading.at) > len(best.at)):
            best = heading
    return best


def _read(lines: Sequence[Line], row: int, height: int, merged: Merged, synonyms: Synonyms) -> Heading | None:
    lower = _texts(lines[row + height - 1])
    groups = _groups(lines[row], row, merged, lower) if height > 1 else [""] * len(lower)
    if height == 3:
        middle = _groups(lines[row + 1], row + 1, merged, lower)
        pairs = [
            (text or between, (between or above) if text else above)
            for text, between, above in zip(lower, middle, groups, strict=False)
        ]
        lower, groups = [text for text, _ in pairs], [group for _, group in pairs]
    matches = [match_column(synonyms, group, text) for group, text in zip(groups, lower, strict=False)]
    if sum(bool(match.names) for match in matches) < synonyms.columns.least:
        return None
    values = lines[row + height : row + height + _PROBED]
    taken = assign(matches, lambda index, column: _looks(values, index, column), synonyms.by_name)
    if any(not any(name in taken for name in group) for group in synonyms.columns.needed):
        return None
    return _heading(row, height, taken, matches, groups, lower)


def _heading(
    row: int, height: int, taken: dict[str, int], matches: list[Match], groups: list[str], lower: list[str]
) -> Heading:
    own = [text or group for text, group in zip(lower, groups, strict=False)]
    shown = [
        text if own.count(text) == 1 or not group or group == text else f"{group}·{text}"
        for text, group in zip(own, groups, strict=False)
    ]
    used = set(taken.values())
    return Heading(
        row, height, taken,
        {name: heading_written(shown[index]) for name, index in taken.items()},
        {
            name: unit
            for name, index in taken.items()
            if (unit := heading_unit(lower[index]) or heading_unit(groups[index]))
        },
        tuple(
            heading_written(shown[index])
            for index, match in enumerate(matches)
            if shown[index] and index not in used and not match.ignored
        ),
        tuple(index for index, match in enumerate(matches) if match.ignored),
    )  # fmt: skip


def _texts(line: Line) -> list[str]:
    return [as_text(cell) if isinstance(cell, str) else "" for cell in line]


def _groups(line: Line, row: int, merged: Merged, lower: list[str]) -> list[str]:
    """The upper heading row, each group heading spread over the columns it stands above."""
    groups = _texts(line)
    spans = [(first[1], last[1]) for first, last in merged if first[0] == row]
    for left, right in spans:
        for index in range(left, min(right + 1, len(groups))):
            groups[index] = groups[left]
    if not spans:
        for index in range(1, len(groups)):
            if not groups[index] and lower[index]:
                groups[index] = groups[index - 1]
    return groups


def _looks(values: Sequence[Line], index: int, column: Column) -> bool | None:
    if column.looks is None:
        return None
    texts = [as_text(line[index]) for line in values if index < len(line) and not blank(line[index])]
    if not texts:
        return None
    return sum(map(column.looks, texts)) * 2 > len(texts)
