"""The pieces of a template as blocks of a paper: sections as composed, own sentences written, the clerk's texts around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bihuan.kernel.documents import Block, Chart, Heading, Paragraph, Run, Table, Text
from bihuan.kernel.documents.numerals import chinese_number
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part
from bihuan.reporting.sections.themes import gathered
from bihuan.reporting.sentences import joined
from bihuan.reporting.templating.notation import NEXT, OPENING, PROBLEMS, Line, Piece, Sort
from bihuan.reporting.templating.words import filled, words_of
from bihuan.reporting.wording import UNSUPPORTED, Flag, Written, write

NO_PROBLEM = "从本期数据看，没有需要单独列出的突出问题。"
DONE = "done"
"""The text that follows the last section of the first chapter that has one."""
_SAYS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Laid:
    """One piece on paper; ``fixed`` is what nobody writes by hand, ``title`` what the draft page calls it."""

    piece: Piece
    title: str
    before: tuple[Block, ...]
    fixed: tuple[Block, ...]
    after: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.before + self.fixed + self.after


@dataclass
class Laying:
    """Lays the pieces of one report; ``flags`` are what is to be looked at before issuing."""

    desk: Briefing
    parts: Mapping[str, Part]
    texts: Mapping[str, Any]
    plain: bool = False
    flags: list[Flag] = field(default_factory=list)

    def lay(self, pieces: Sequence[Piece]) -> list[Laid]:
        """Every piece in order; a heading under which nothing is said goes with it."""
        done_after = last_of_work(pieces)
        return _without_empty([self._laid(piece, piece.key == done_after) for piece in pieces])

    def _laid(self, piece: Piece, last_of_work: bool) -> Laid:
        title = self._title(piece)
        before = self._beside("before", piece, f"{title}之前")
        fixed = self._fixed(piece)
        after = self._beside("after", piece, f"{title}之后")
        if piece.key == OPENING:
            after += self.paragraphs(str(self.texts.get(OPENING, "")), "开头")
        if last_of_work:
            after += self.paragraphs(str(self.texts.get(DONE, "")), "补充情况")
        return Laid(piece, title, tuple(before), tuple(fixed), tuple(after))

    def _title(self, piece: Piece) -> str:
        heading = piece.heading
        if heading is not None:
            return filled(heading.text, words_of(self.desk.question))
        names = {Sort.PROBLEMS: "存在的问题", Sort.NEXT: "下步工作"}
        return names.get(piece.sort) or (piece.lines[0].text if piece.sort is Sort.SECTION else "开头")

    def _beside(self, where: str, piece: Piece, place: str) -> list[Block]:
        given = self.texts.get(where, {})
        return self.paragraphs(str(given.get(piece.key, "")), place)

    def _fixed(self, piece: Piece) -> list[Block]:
        match piece.sort:
            case Sort.SECTION:
                blocks = self.parts[piece.name].blocks if piece.name in self.parts else ()
                return [block for block in blocks if not (self.plain and isinstance(block, Table | Chart))]
            case Sort.PROBLEMS:
                return self._problems(self.texts.get(PROBLEMS, proposed(self.parts, PROBLEMS)), self._heading)
            case Sort.NEXT:
                return self._items(self.texts.get(NEXT, proposed(self.parts, NEXT)), "下一步工作")
        return [block for line in piece.lines for block in self._line(line)]

    _heading = "存在的主要问题"

    def _line(self, line: Line) -> list[Block]:
        if line.sort is Sort.HEADING:
            text = filled(line.text, words_of(self.desk.question))
            if line.level == 1:
                self._heading = text
            return [Heading(line.level, text)]
        return self._paragraph(line.text, f"模板第{line.number}行")

    def paragraphs(self, text: str, place: str) -> list[Block]:
        """A text of several lines, each a paragraph."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [
            block for n, line in enumerate(lines, 1) for block in self._paragraph(line, f"{place}第{n}段")
        ]

    def _paragraph(self, text: str, place: str) -> list[Block]:
        runs = self.write(text, place).runs
        said = _SAYS.search("".join(run.text for run in runs))
        return [Paragraph(runs)] if said else []

    def write(self, text: str, place: str) -> Written:
        written = write(text, self.desk, place)
        self.flags += written.flags
        return written

    def _problems(self, items: Sequence[str], heading: str) -> list[Block]:
        """Problems in order; one that cites nothing is printed as unsupported (M264)."""
        if not items:
            return [Paragraph.of(NO_PROBLEM)]
        blocks: list[Block] = []
        for number, item in enumerate(items, 1):
            place = f"{heading}第{number}条"
            written = self.write(item, place)
            mark: tuple[Run, ...] = () if written.supported else (Text(UNSUPPORTED, strong=True),)
            if mark:
                message = f"{place}没有引用任何数据，将印为{UNSUPPORTED}；请用【数据名称】引用数据"
                self.flags.append(Flag("report.unsupported_problem", place, 1, item[:20], message))
            blocks.append(Paragraph((Text(_ordinal(number, len(items))), *written.runs, *mark)))
        return blocks

    def _items(self, items: Sequence[str], place: str) -> list[Block]:
        return [
            Paragraph((Text(_ordinal(number, len(items))), *self.write(item, f"{place}第{number}条").runs))
            for number, item in enumerate(items, 1)
        ]


def proposed(parts: Mapping[str, Part], what: str) -> tuple[str, ...]:
    """The proposals of all sections, in the order of the sections."""
    found = (part.problems if what == PROBLEMS else part.next_steps for part in parts.values())
    items = tuple(item for each in found for item in each)
    return gathered(items) if what == PROBLEMS else items


def situation(parts: Mapping[str, Part]) -> tuple[Run, ...]:
    """The sentences that sections put before the report's own first one."""
    return joined(run for part in parts.values() for run in part.opening)


def last_of_work(pieces: Sequence[Piece]) -> str:
    """The piece after which the text about all the work stands."""
    work = next((piece.chapter for piece in pieces if piece.sort is Sort.SECTION), None)
    work = work if work is not None else next((piece.chapter for piece in pieces if piece.chapter), "")
    return next((piece.key for piece in reversed(pieces) if piece.chapter == work), "")


def _without_empty(laid: Sequence[Laid]) -> list[Laid]:
    """Headings that stand over nothing are taken away."""
    full = {each.piece.chapter for each in laid if _says(each.blocks)}
    kept = []
    for each in laid:
        over_others = each.piece.leads and each.piece.chapter in full
        if each.piece.heading is not None and not _says(each.blocks) and not over_others:
            each = replace(each, fixed=())
        kept.append(each)
    return kept


def _says(blocks: Sequence[Block]) -> bool:
    return any(not isinstance(block, Heading) for block in blocks)


def _ordinal(number: int, of: int) -> str:
    return f"{chinese_number(number)}是" if of > 1 else ""
