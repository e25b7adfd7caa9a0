"""A report (M256, M033, M034, M036): what was done, what is wrong, what comes next, each number a figure.

What differs between the half-year report, the packs and the bulletin is told in :mod:`bihuan.reporting.genres`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.documents import (
    Block,
    CopyTo,
    Document,
    Heading,
    Paragraph,
    Run,
    SignatureBlock,
    Text,
)
from bihuan.kernel.documents.numerals import chinese_number
from bihuan.reporting.appendix import TITLE as APPENDIX
from bihuan.reporting.appendix import Frozen, appendix
from bihuan.reporting.briefing import Briefing, Question
from bihuan.reporting.citing import Citations
from bihuan.reporting.genres import Genre, genre_of
from bihuan.reporting.imprint import PROOF, Imprint
from bihuan.reporting.models import Kind
from bihuan.reporting.sections import sections_of
from bihuan.reporting.sentences import joined, say
from bihuan.reporting.wording import UNSUPPORTED, Flag, Written, write

KIND = Kind.HALF_YEAR.value
NO_PROBLEM = "从本期数据看，没有需要单独列出的突出问题。"


@dataclass(frozen=True, slots=True)
class Composition:
    """A report's text with everything it cites; still without number, date and hand."""

    question: Question
    title: str
    blocks: tuple[Block, ...]
    citations: Citations
    flags: tuple[Flag, ...]
    problems: tuple[str, ...]
    next_steps: tuple[str, ...]
    texts: Mapping[str, Any]
    composed_at: datetime


class _Hand:
    """Writes the clerk's texts into the paper and gathers what is to be looked at."""

    def __init__(self, desk: Briefing) -> None:
        self.desk = desk
        self.flags: list[Flag] = []

    def write(self, text: str, place: str) -> Written:
        written = write(text, self.desk, place)
        self.flags += written.flags
        return written

    def paragraphs(self, text: str, place: str) -> list[Block]:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [Paragraph(self.write(line, f"{place}第{n}段").runs) for n, line in enumerate(lines, 1)]


def compose(question: Question, texts: Mapping[str, Any]) -> Composition:
    """Ask every figure, put the sections together and write the clerk's texts in.

    ``texts``: ``opening`` and ``done`` free text, ``problems`` and ``next`` lists of one item each; a missing list
    follows the proposals of the sections.
    """
    desk = Briefing(question)
    hand = _Hand(desk)
    genre = genre_of(question.kind)
    parts = [section.compose(desk) for section in sections_of(question.kind)]
    problems = tuple(item for part in parts for item in part.problems)
    steps = tuple(item for part in parts for item in part.next_steps)
    blocks: list[Block] = [
        Paragraph(joined((*(run for part in parts for run in part.opening), *_opening(question, genre)))),
        *hand.paragraphs(str(texts.get("opening", "")), "开头"),
    ]
    blocks += [Heading(1, genre.done), *(block for part in parts for block in part.blocks)]
    blocks += hand.paragraphs(str(texts.get("done", "")), "补充情况")
    blocks += [Heading(1, genre.problems), *_problems(hand, texts.get("problems", problems), genre.problems)]
    blocks += [
        Heading(1, genre.next_heading(question.period)),
        *_items(hand, texts.get("next", steps), "下一步工作"),
    ]
    return Composition(
        question, genre.title(question.period), tuple(blocks), desk.cite, tuple(hand.flags), problems, steps, texts,
        clock.now(),
    )  # fmt: skip


def document_of(composition: Composition, imprint: Imprint, frozen: Frozen | None = None) -> Document:
    """The composition as an official paper; with ``frozen`` figures the appendix carries their digests."""
    question, texts = composition.question, composition.texts
    proof = not imprint.digest
    moment = min((row.computed_at for row in (frozen or {}).values()), default=composition.composed_at)
    recipients = tuple(_names(texts.get("recipients", "")))
    copies = tuple(_names(texts.get("copies", "")))
    return Document(
        kind="report", title=composition.title, subtitle=PROOF if proof else "", blocks=composition.blocks,
        issuer=imprint.organ, red_head=f"{imprint.organ}文件" if imprint.red_head else "", number=imprint.number,
        signer=imprint.signer, recipients=recipients, attachments=(APPENDIX,),
        signature=SignatureBlock(imprint.organ, imprint.on),
        appendix=appendix(question, composition.citations.all(), frozen or {}, moment),
        copy_to=CopyTo(copies, imprint.organ, imprint.on) if not proof else None,
        serial=imprint.serial, digest=imprint.digest, demo=imprint.demo,
    )  # fmt: skip


def _opening(question: Question, genre: Genre) -> tuple[Run, ...]:
    return say(genre.opening, place=question.place, period=question.period.chinese(), until=question.until)


def _problems(hand: _Hand, items: Sequence[str], heading: str) -> list[Block]:
    """Problems in order; one that cites nothing is printed as unsupported (M264)."""
    if not items:
        return [Paragraph.of(NO_PROBLEM)]
    blocks: list[Block] = []
    for number, item in enumerate(items, 1):
        place = f"{heading}第{number}条"
        written = hand.write(item, place)
        mark: tuple[Run, ...] = () if written.supported else (Text(UNSUPPORTED, strong=True),)
        if mark:
            message = f"{place}没有引用任何数据，将印为{UNSUPPORTED}；请用【数据名称】引用数据"
            hand.flags.append(Flag("report.unsupported_problem", place, 1, item[:20], message))
        blocks.append(Paragraph((Text(_ordinal(number, len(items))), *written.runs, *mark)))
    return blocks


def _items(hand: _Hand, items: Sequence[str], place: str) -> list[Block]:
    return [
        Paragraph((Text(_ordinal(number, len(items))), *hand.write(item, f"{place}第{number}条").runs))
        for number, item in enumerate(items, 1)
    ]


def _ordinal(number: int, of: int) -> str:
    return f"{chinese_number(number)}是" if of > 1 else ""


def _names(text: str) -> Iterable[str]:
    """Names as the clerk separated them."""
    for name in text.replace("，", "、").replace("\n", "、").replace("；", "、").split("、"):
        if name.strip():
            yield name.strip()
