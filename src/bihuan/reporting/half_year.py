"""A report (M256, M257, M033, M034, M036): what was done, what is wrong, what comes next, each number a figure.

What differs between the kinds is told in their templates (:mod:`bihuan.reporting.templating`); this is the engine of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.documents import Block, CopyTo, Document, Heading, Paragraph, SignatureBlock, Text
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.errors import Failure, Refused
from bihuan.reporting.appendix import TITLE as APPENDIX
from bihuan.reporting.appendix import Frozen, appendix
from bihuan.reporting.briefing import Briefing, Question
from bihuan.reporting.citing import Citations
from bihuan.reporting.imprint import PROOF, Imprint
from bihuan.reporting.laying import Laid, Laying, proposed, situation
from bihuan.reporting.looking import SITUATION
from bihuan.reporting.models import Kind
from bihuan.reporting.sections import Part, all_sections
from bihuan.reporting.templating.built_in import Template, built_in
from bihuan.reporting.templating.notation import NEXT, PROBLEMS, Piece, Sort, arranged
from bihuan.reporting.templating.sections import label_of, placed
from bihuan.reporting.templating.words import filled, words_of
from bihuan.reporting.wording import Flag

KIND = Kind.HALF_YEAR.value


@dataclass(frozen=True, slots=True)
class Composition:
    """A report's text with everything it cites; still without number, date and hand.

    ``laid`` are the pieces it is made of, ``pieces`` all that its template has, also those this report leaves out.
    ``refusals`` say which sections could not be told; such a draft is shown, but never goes out.
    """

    question: Question
    title: str
    blocks: tuple[Block, ...]
    citations: Citations
    flags: tuple[Flag, ...]
    problems: tuple[str, ...]
    next_steps: tuple[str, ...]
    texts: Mapping[str, Any]
    composed_at: datetime
    template: Template
    laid: tuple[Laid, ...]
    pieces: tuple[Piece, ...]
    refusals: tuple[Failure, ...] = ()

    def printable(self) -> Composition:
        """Itself, for a paper that goes out.

        Raises:
            Refused: a section was refused, because its numbers do not agree; the draft shows which and why.
        """
        Refused.unless(self.refusals)
        return self


def compose(question: Question, texts: Mapping[str, Any], template: Template | None = None) -> Composition:
    """Ask every figure, put the sections together and write the template's and the clerk's sentences in.

    ``texts``: ``opening`` and ``done`` free text, ``problems`` and ``next`` lists of one item each; a missing list
    follows the proposals of the sections. ``before`` and ``after`` hold text beside a piece by its key, ``order`` and
    ``out`` keys of pieces. Without ``template`` the one of the release is used.
    """
    template = template or built_in(question.kind)
    all_pieces = placed(template.body, question.kind)
    pieces = arranged(all_pieces, texts.get("order", ()), texts.get("out", ()))
    desk = Briefing(question)
    parts, refusals = _composed(desk, pieces)
    desk.memo[SITUATION] = situation(parts)
    laying = Laying(desk, parts, texts, plain=template.plain)
    laid = tuple(laying.lay(pieces))
    flags = (*(Flag(each.code, each.field or "", 1, "", each.message) for each in refusals), *laying.flags)
    return Composition(
        question, title_of(template, question), tuple(block for each in laid for block in each.blocks), desk.cite,
        flags, proposed(parts, PROBLEMS), proposed(parts, NEXT), texts, clock.now(), template, laid,
        tuple(all_pieces), tuple(refusals),
    )  # fmt: skip


def _composed(desk: Briefing, pieces: Iterable[Piece]) -> tuple[dict[str, Part], list[Failure]]:
    """What each section contributes, composed in the sections' own order: some tell what others then leave out.

    A section whose numbers do not agree stands there as its refusal, so that the rest can be read and it be mended.
    """
    wanted = {piece.name for piece in pieces if piece.sort is Sort.SECTION}
    parts: dict[str, Part] = {}
    refusals: list[Failure] = []
    for section in all_sections():
        if section.name not in wanted:
            continue
        try:
            parts[section.name] = section.compose(desk)
        except Refused as refused:
            name = label_of(section)
            parts[section.name] = _refused(name, refused)
            refusals += [
                replace(each, message=f"“{name}”不能印出：{each.message}") for each in refused.failures
            ]
    return parts, refusals


def _refused(name: str, refused: Refused) -> Part:
    """The refusal in the place of the section, marked."""
    said = (Text("「本部分不能印出」", strong=True), Text(str(refused)))
    return Part((Heading(2, name), Paragraph(said)))


def title_of(template: Template, question: Question) -> str:
    """The title of a report; it may have two lines."""
    return filled(template.title, words_of(question))


def document_of(
    composition: Composition, imprint: Imprint, frozen: Frozen | None = None, *, apart: bool = False
) -> Document:
    """The composition as an official paper; with ``frozen`` figures the appendix carries their digests.

    A speech has neither red head nor signature; ``apart`` leaves its appendix to a paper of its own.
    """
    texts, plain = composition.texts, composition.template.plain
    proof = not imprint.digest
    words = words_of(composition.question)
    copies = tuple(_names(filled(texts.get("copies", "") or composition.template.copies, words)))
    recipients = tuple(_names(filled(texts.get("recipients", ""), words)))
    subtitle = _spoken(composition, imprint, proof) if plain else PROOF if proof else ""
    return Document(
        kind="report", title=composition.title, subtitle=subtitle, blocks=composition.blocks,
        issuer=imprint.organ, red_head=f"{imprint.organ}文件" if imprint.red_head and not plain else "",
        number="" if plain else imprint.number, signer="" if plain else imprint.signer,
        recipients=() if plain else recipients,
        attachments=() if plain else (APPENDIX,),
        signature=None if plain else SignatureBlock(imprint.organ, imprint.on),
        appendix=() if plain and apart else _appendix(composition, frozen),
        copy_to=CopyTo(copies, imprint.organ, imprint.on) if not proof and not plain else None,
        serial=imprint.serial, digest=imprint.digest, demo=imprint.demo,
    )  # fmt: skip


def figures_of(composition: Composition, imprint: Imprint, frozen: Frozen | None = None) -> Document:
    """The appendix of a speech as a paper of its own, for the office's file."""
    return Document(
        kind="report", title=f"{composition.title}\n{APPENDIX}", blocks=_appendix(composition, frozen)[2:],
        issuer=imprint.organ, serial=imprint.serial, digest=imprint.digest, demo=imprint.demo,
    )  # fmt: skip


def _appendix(composition: Composition, frozen: Frozen | None) -> tuple[Block, ...]:
    moment = min((row.computed_at for row in (frozen or {}).values()), default=composition.composed_at)
    return appendix(composition.question, composition.citations.all(), frozen or {}, moment)


def _spoken(composition: Composition, imprint: Imprint, proof: bool) -> str:
    """Under the title of a speech: where it comes from and of which day it is."""
    mark = PROOF if proof else ""
    return f"{composition.question.place}　{chinese_date(imprint.on)}{mark}"


def _names(text: str) -> Iterable[str]:
    """Names as the clerk separated them."""
    for name in text.replace("，", "、").replace("\n", "、").replace("；", "、").split("、"):
        if name.strip():
            yield name.strip()
