"""Which part of a sentence stands or falls with its number: ｛甲｜乙｝ by the clerk's braces, else the clause of a comparison.

``｛，其中逾期【逾期未整改】项｜，没有逾期的｝`` prints 甲 unless its first number is zero or any of its numbers is blank, then 乙
(or nothing). A comparison outside braces takes the clause around it along when there is nothing to compare with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BRACES = re.compile(r"[｛{](?P<inside>[^｛｝{}]*)[｝}]")
TOKEN = re.compile(r"【([^【】]+)】")
_LEFT, _RIGHT = "，；,;。！？：:（(、\n", "，；,;。！？）)、\n"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text; ``start`` and ``end`` cut it out, ``main`` and ``other`` are (begin, text) within the whole.

    Without ``fixed`` it is plain text that always stands. ``by_zero`` tells braces, where a zero counts, from a comparison,
    where only a blank does.
    """

    start: int
    end: int
    main: tuple[int, str]
    other: tuple[int, str] = (0, "")
    fixed: bool = True
    by_zero: bool = True


def clauses_of(text: str, may_be_blank: re.Pattern[str]) -> Iterator[Clause]:
    """The text in order; ``may_be_blank`` matches tokens whose clause falls with them outside braces."""
    end = 0
    for braces in BRACES.finditer(text):
        yield from _plain(text, end, braces.start(), may_be_blank)
        end = braces.end()
        yield _braced(text, braces)
    yield from _plain(text, end, len(text), may_be_blank)


def _braced(text: str, braces: re.Match[str]) -> Clause:
    begin, inside = braces.start("inside"), braces["inside"]
    bar = _bar(inside)
    if bar is None:
        return Clause(braces.start(), braces.end(), (begin, inside), fixed=False)
    other = (begin + bar + 1, inside[bar + 1 :])
    return Clause(braces.start(), braces.end(), (begin, inside[:bar]), other, fixed=False)


def _bar(inside: str) -> int | None:
    """Where the alternative begins: the first ｜ that is not within a citation."""
    depth = 0
    for at, char in enumerate(inside):
        depth += (char == "【") - (char == "】")
        if char in "｜|" and not depth:
            return at
    return None


def _plain(text: str, start: int, end: int, may_be_blank: re.Pattern[str]) -> Iterator[Clause]:
    done = start
    for token in TOKEN.finditer(text, start, end):
        if token.start() < done or not may_be_blank.search(token[1]):
            continue
        first, last = _around(text, token.start(), token.end(), done, end)
        if done < first:
            yield Clause(done, first, (done, text[done:first]))
        yield Clause(first, last, (first, text[first:last]), fixed=False, by_zero=False)
        done = last
    if done < end:
        yield Clause(done, end, (done, text[done:end]))


def _around(text: str, start: int, end: int, floor: int, ceiling: int) -> tuple[int, int]:
    """The clause about a token, with the one comma that would be left over."""
    first = start
    while first > floor and not _stands(text, first - 1, _LEFT):
        first -= 1
    last = end
    while last < ceiling and not _stands(text, last, _RIGHT):
        last += 1
    opening = text[first - 1] if first > floor else ""
    closing = text[last] if last < ceiling else ""
    if opening and opening in "（(" and closing in "）)":
        return first - 1, last + 1
    if opening and opening in "，；,;、":
        return first - 1, last
    return first, last + 1 if closing and closing in "，；,;、" else last


def _stands(text: str, at: int, marks: str) -> bool:
    """Whether a mark of punctuation stands here, outside every citation."""
    if text[at] not in marks:
        return False
    return text.rfind("【", 0, at) <= text.rfind("】", 0, at)
