"""How a speech is laid out: numbered parts, items in a running paragraph, sentences, clauses, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NUMERAL = "[一二三四五六七八九十]+"
_LEVELS = (
    (1, re.compile(rf"(?:{_NUMERAL}、|第{_NUMERAL}(?:部分|[、，：是]))")),
    (2, re.compile(rf"（{_NUMERAL}）、?")),
    (3, re.compile(r"\d{1,2}(?:[、]|\.(?!\d))")),
    (4, re.compile(r"（\d{1,2}）|[①②③④⑤⑥⑦⑧⑨⑩]")),
)
_INLINE = re.compile(
    rf"(?:其{_NUMERAL}[，、是]?|第?{_NUMERAL}(?:是(?=\S)|要(?!求))|首先(?=[，要是])|其次(?=[，要是])|再次(?=[，要是])"
    rf"|{_NUMERAL}、(?=\S)|（{_NUMERAL}）|[①②③④⑤⑥⑦⑧⑨⑩]|（\d{{1,2}}）|\d、|另?一方面，?|第{_NUMERAL}条?[，、：]|第{_NUMERAL}(?=要))"
)
_AFTER_MARK = re.compile(
    rf"[；：，](?={_NUMERAL}是(?![^，；。]{{0,2}}，)|{_NUMERAL}要(?!求)|（\d{{1,2}}）|[①②③④⑤⑥⑦⑧⑨⑩]|其{_NUMERAL}[，、是])"
)
_SALUTATION = re.compile(
    "(?:尊敬的)?(?:各位)?(?:同志|领导|代表|委员|同事|朋友)们?(?:、[^，。：]{1,10}){0,3}：$"
)
_ENDS = "。！？"
_OPEN, _CLOSE = "（《〔【", "）》〕】"
INLINE_LEVEL = 5
MOST_TITLE = 34


@dataclass(slots=True)
class Clause:
    """A run between commas: compact offsets, its text and the mark after it."""

    text: str
    start: int
    end: int
    after: str


@dataclass(slots=True)
class Sentence:
    """A run up to a full stop. ``item`` counts numbered items, ``marker`` is the number this one begins with."""

    clauses: list[Clause]
    paragraph: int
    item: int = 0
    marker: str = ""
    level: int = 0
    position: int = 0
    lead_in: bool = False
    """Stands before the first of several numbered items of its paragraph."""
    title: bool = False
    headings: tuple[str, ...] = ()
    """The titles above, outermost first."""
    numbers: tuple[str, ...] = ()

    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = "".join(clause.text + clause.after for clause in self.clauses)


@dataclass(slots=True)
class _Outline:
    titles: dict[int, str] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    running: set[int] = field(default_factory=set)
    """Levels whose parts carry their text in the title's own paragraph."""
    item: int = 0

    def enter(self, level: int, marker: str, title: str) -> None:
        self.item += 1
        for deeper in [known for known in self.titles if known >= level]:
            del self.titles[deeper]
            del self.numbers[deeper]
        self.titles[level] = title
        self.numbers[level] = marker

    def leave(self, level: int) -> None:
        for deeper in [known for known in self.titles if known >= level]:
            del self.titles[deeper]
            del self.numbers[deeper]


def sentences(text: str) -> list[Sentence]:
    """All sentences of a compact text, in order."""
    found: list[Sentence] = []
    outline = _Outline()
    runs = list(_paragraphs(text))
    for number, (start, end) in enumerate(runs):
        if _SALUTATION.match(text, start, end):
            outline = _Outline(item=outline.item + 1)
        following = text[runs[number + 1][0] : runs[number + 1][1]] if number + 1 < len(runs) else ""
        made = _paragraph(text, start, end, number, outline, following)
        if found and found[-1].title and found[-1].paragraph == number - 1:
            _mark_introduction(made, found[-1].level, following)
        found += made
    return found


def speeches(found: list[Sentence]) -> list[list[Sentence]]:
    """The sentences, apart by speech: a file may hold several, each with its own 「同志们：」."""
    apart: list[list[Sentence]] = [[]]
    for sentence in found:
        if _SALUTATION.match(sentence.text) and apart[-1]:
            apart.append([])
        apart[-1].append(sentence)
    return apart


def _mark_introduction(made: list[Sentence], above: int, following: str) -> None:
    """A plain paragraph between a title and the numbered parts below it leads up to them."""
    below = INLINE_LEVEL if _INLINE.match(following) and not marked(following)[0] else marked(following)[0]
    if below > above and not any(one.level for one in made):
        for one in made:
            one.lead_in = True


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in text.split("\n"):
        if piece:
            yield start, start + len(piece)
        start += len(piece) + 1


def marked(text: str) -> tuple[int, str]:
    """Level and marker a paragraph begins with; level 0 when it begins with none."""
    for level, pattern in _LEVELS:
        if match := pattern.match(text):
            return level, match.group()
    return 0, ""


def _paragraph(
    text: str, start: int, end: int, number: int, outline: _Outline, following: str
) -> list[Sentence]:
    level, marker = marked(text[start:end])
    runs = [part for first, last in _cut(text, start, end, _ENDS) for part in _items(text, first, last)]
    made: list[Sentence] = []
    for at, (first, last) in enumerate(runs):
        if at == 0 and level:
            title = text[first + len(marker) : last]
            outline.enter(level, marker, title.rstrip(_ENDS + "，；："))
            sentence = _sentence(text, first + len(marker), last, number)
            sentence.marker, sentence.level = marker, level
            sentence.title = _is_title(title, len(runs) > 1, following, level)
            if len(runs) > 1:
                outline.running.add(level)
            elif level in outline.running and title.endswith(tuple(_ENDS)):
                sentence.title = (
                    False  # its siblings carry their text in the same paragraph, so this is all of it
                )
            position = 0
        elif inline := _INLINE.match(text, first, last):
            outline.enter(INLINE_LEVEL, inline.group(), text[inline.end() : last].rstrip(_ENDS))
            # 「一要」 keeps its 要: the number is taken off, the duty stays.
            kept = inline.end() - 1 if inline.group().endswith("要") else inline.end()
            sentence = _sentence(text, kept, last, number)
            sentence.marker, sentence.level = inline.group(), INLINE_LEVEL
            position = 0
        else:
            if at == 0:
                outline.leave(INLINE_LEVEL)
            sentence = _sentence(text, first, last, number)
            position = made[-1].position + 1 if made else (1 if level == 0 else 0)
        sentence.item, sentence.position = outline.item, position
        levels = sorted(outline.titles)
        sentence.headings = tuple(outline.titles[known] for known in levels)
        sentence.numbers = tuple(outline.numbers[known] for known in levels)
        if sentence.clauses:
            made.append(sentence)
    _mark_lead_ins(made)
    return made


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """「……：一是……；二是……」 without a full stop between are sentences of their own all the same."""
    first = start
    for match in _AFTER_MARK.finditer(text, start, end):
        if match.end() < end:
            yield first, match.end()
            first = match.end()
    yield first, end


def _is_title(title: str, more: bool, following: str, level: int) -> bool:
    below, _ = marked(following)
    if not title.endswith(tuple(_ENDS + "；")):
        led = level < 3 or (bool(following) and (below == 0 or below > level))
        return led and len(title) <= 2 * MOST_TITLE
    if len(title) > MOST_TITLE:
        return False
    return more or (bool(following) and (below == 0 or below > level) and level < 3)


def _mark_lead_ins(made: list[Sentence]) -> None:
    inline = [at for at, one in enumerate(made) if one.level == INLINE_LEVEL]
    if len(inline) > 1:
        for one in made[: inline[0]]:
            one.lead_in = True
    for at in inline:
        one = made[at]
        alone = at + 1 >= len(made) or made[at + 1].level == INLINE_LEVEL
        one.title = not alone and len(one.text) <= MOST_TITLE and len(one.clauses) <= 2


def _sentence(text: str, start: int, end: int, paragraph: int) -> Sentence:
    clauses = []
    for first, last in _cut(text, start, end, "，；：。！？"):
        after = text[last - 1] if text[last - 1] in "，；：。！？" else ""
        body = last - len(after)
        if body > first:
            clauses.append(Clause(text[first:body], first, body, after))
    return Sentence(clauses, paragraph)


def _cut(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """Runs that end with one of ``marks`` outside brackets. A bracket that is never closed does not swallow the rest."""
    depth, first = 0, start
    for at in range(start, end):
        character = text[at]
        if character in _OPEN and _closes(text, at, end):
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in marks and depth == 0:
            yield first, at + 1
            first = at + 1
    if first < end:
        yield first, end


def _closes(text: str, at: int, end: int) -> bool:
    return text.find(_CLOSE[_OPEN.index(text[at])], at, min(end, at + 200)) > 0
