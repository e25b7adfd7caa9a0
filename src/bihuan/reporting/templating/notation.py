"""The clerk's notation of a template, line by line: headings by their numbers, sections by name, all else paragraphs.

``一、``, ``（一）``, ``1.`` and ``（1）`` begin a heading of the four levels of GB/T 9704-2012 (the numbers themselves are set
anew on paper). A line that is only ``【栏目：隐患排查治理】`` is the place of that section, ``【其余栏目】`` of all that belong to the
kind and stand nowhere else, ``【存在问题】`` and ``【下步工作】`` of the two lists. No Django here: this is text in, structure out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_HEADING = 60
SECTION_MARK = "栏目"
OPENING = "opening"
PROBLEMS = "problems"
NEXT = "next"
_ORDINALS = "一二三四五六七八九十"
_HEADINGS = (
    (1, re.compile(rf"[{_ORDINALS}]{{1,3}}、\s*(?P<text>.*)")),
    (2, re.compile(rf"[（(][{_ORDINALS}]{{1,3}}[）)]\s*(?P<text>.*)")),
    (3, re.compile(r"[0-9０-９]{1,2}[.．、](?![0-9０-９])\s*(?P<text>.*)")),
    (4, re.compile(r"[（(][0-9０-９]{1,2}[）)]\s*(?P<text>.*)")),
)
_DIRECTIVE = re.compile(r"【(?P<word>[^【】：:]+)(?:[：:](?P<name>[^【】]*))?】")


class Sort(StrEnum):
    """What a line of a template is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    SECTION = "section"
    REST = "rest"
    PROBLEMS = PROBLEMS
    NEXT = NEXT


_DIRECTIVES = {"其余栏目": Sort.REST, "存在问题": Sort.PROBLEMS, "下步工作": Sort.NEXT}
WORDS = {sort: word for word, sort in _DIRECTIVES.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``number`` counts from 1, ``text`` is without its mark, ``level`` only for headings."""

    number: int
    sort: Sort
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What a clerk may leave out, move, or write beside: a heading with its sentences, a section, a list.

    ``key`` names it within the template, ``chapter`` is the key of the level-1 heading it stands under (its own for that
    heading, empty before the first).
    """

    key: str
    sort: Sort
    chapter: str
    lines: tuple[Line, ...] = field(default_factory=tuple)
    name: str = ""

    @property
    def heading(self) -> Line | None:
        return self.lines[0] if self.lines and self.lines[0].sort is Sort.HEADING else None

    @property
    def leads(self) -> bool:
        """Whether it is the beginning of a chapter."""
        return bool(self.chapter) and self.key == self.chapter


def lines_of(body: str) -> list[Line]:
    """The lines that say something."""
    found = []
    for number, raw in enumerate(body.splitlines(), 1):
        if text := raw.strip().strip("　"):
            found.append(_line(number, text))
    return found


def _line(number: int, text: str) -> Line:
    directive = _DIRECTIVE.fullmatch(text)
    if directive is not None:
        word, name = directive["word"].strip(), (directive["name"] or "").strip()
        if word == SECTION_MARK:
            return Line(number, Sort.SECTION, name)
        if word in _DIRECTIVES and not name:
            return Line(number, _DIRECTIVES[word], "")
    for level, form in _HEADINGS:
        heading = form.fullmatch(text)
        if heading is not None and not heading["text"].rstrip().endswith(("。", "；", "！")):
            return Line(number, Sort.HEADING, heading["text"].strip(), level)
    return Line(number, Sort.PARAGRAPH, text)


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """The lines gathered into pieces; a piece begins at a heading of level 1 or 2 and at every section or list."""
    made: list[Piece] = []
    taken: dict[str, int] = {}
    held: list[Line] = []
    chapter = key = ""

    def close() -> None:
        nonlocal held
        if held:
            made.append(Piece(key or _unique(OPENING, taken), Sort.PARAGRAPH, chapter, tuple(held)))
        held = []

    for line in lines:
        if line.sort is Sort.HEADING and line.level <= 2:
            close()
            key = _unique(line.text, taken)
            chapter = key if line.level == 1 else chapter
            held = [line]
        elif line.sort in (Sort.HEADING, Sort.PARAGRAPH):
            if not held:
                key = "" if not made else _unique(f"{chapter}·文字", taken)
            held.append(line)
        else:
            close()
            own = _unique(line.text if line.sort is Sort.SECTION else line.sort.value, taken)
            made.append(Piece(own, line.sort, chapter, (line,), line.text))
    close()
    return made


def _unique(name: str, taken: dict[str, int]) -> str:
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}#{taken[name]}"


def arranged(pieces: Sequence[Piece], order: Sequence[str], out: Sequence[str]) -> list[Piece]:
    """The pieces as one report wants them: chapters and what stands in them by ``order``, without those ``out``.

    A piece that ``order`` does not know (the template is newer) keeps its place behind the one before it. Leaving out the
    head of a chapter leaves out the chapter.
    """
    place = {key: float(at) for at, key in enumerate(order)}
    last = -1.0
    for piece in pieces:
        last = place.setdefault(piece.key, last + 1e-6)
    chapters: dict[str, list[Piece]] = {}
    for piece in pieces:
        chapters.setdefault(piece.chapter, []).append(piece)
    gone = set(out)
    kept: list[Piece] = []
    for chapter in sorted(chapters, key=lambda each: place.get(each, -1.0) if each else -2.0):
        if chapter in gone:
            continue
        within = sorted(chapters[chapter], key=lambda one: (not one.leads, place[one.key]))
        kept += [piece for piece in within if piece.key not in gone]
    return kept
