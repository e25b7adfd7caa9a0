"""The whole way from a text to proposals."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import date

from bihuan.capabilities.dispatch.speeches.assigning import Assigned, assigned_in, column, supports_in
from bihuan.capabilities.dispatch.speeches.carrying import Carried, forget, joined, remember
from bihuan.capabilities.dispatch.speeches.compact import Compact, compact
from bihuan.capabilities.dispatch.speeches.deadlines import (
    NONE,
    Deadline,
    DocumentDay,
    deadline_in,
    document_day,
)
from bihuan.capabilities.dispatch.speeches.grouping import Duty, duties
from bihuan.capabilities.dispatch.speeches.judging import Evidence, judge, kind_of
from bihuan.capabilities.dispatch.speeches.layout import Clause, Sentence, sentences, speeches
from bihuan.capabilities.dispatch.speeches.proposals import LeadSource, Proposal
from bihuan.capabilities.dispatch.speeches.reading import Part, Reading, read
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser
from bihuan.capabilities.dispatch.speeches.sections import Mode, announces, asked_elsewhere, modes, tells
from bihuan.capabilities.dispatch.speeches.units import Register, UnitList
from bihuan.kernel import clock

_LABEL = 24
_COLUMN_REACH = 12
_STAGE = re.compile("（(?P<time>[^（）]*(?:月|日|年底|季度|周|天)[^（）]*)）")
LEAST = 0.5
"""Proposals below this confidence are not made."""


@dataclass(slots=True)
class _Draft:
    duty: Duty
    sentence: Sentence
    mode: Mode
    subject: UnitList | None
    source: LeadSource
    assigned: Assigned = field(default_factory=Assigned)
    title: bool = False
    stage: str = ""


def extract(
    text: str, register: Register | None = None, given: date | None = None, today: date | None = None
) -> tuple[Proposal, ...]:
    """Propose the tasks of a speech or notice.

    Args:
        text: as read; offsets of the proposals count its characters.
        register: units of the district with their short names; without one, names follow the generic dictionary.
        given: the day of the document. Without it the document's own date counts, else ``today`` (years then are
            marked as assumed).
    """
    whole = compact(text)
    if not whole.text:
        return ()
    day = document_day(whole.text, given, today or clock.today())
    recogniser = Recogniser(whole.text, register)
    read_sentences = sentences(whole.text)
    drafts = _drafts(read_sentences, recogniser)
    made = [_proposal(draft, whole, day, recogniser) for draft in drafts]
    return tuple(one for one in made if one is not None)


def _drafts(found: list[Sentence], recogniser: Recogniser) -> list[_Draft]:
    drafts: list[_Draft] = []
    carried = Carried()
    row = 0  # where the drafts begin that the next 「责任单位」 line is for
    closed = False
    parts = [mode for speech in speeches(found) for mode in modes(speech)]
    for sentence, mode in zip(found, parts, strict=True):
        if stated := column(sentence, recogniser):
            _apply(stated, drafts[row:], sentence)
            closed = True
            continue
        if closed:
            row, closed = len(drafts), False
        made = _of_sentence(sentence, mode, recogniser, carried)
        _inherit(made, drafts)
        drafts += made
    return drafts


def _inherit(made: list[_Draft], before: list[_Draft]) -> None:
    """「（一）部署阶段（3月20日前）」: the stage's time holds for what the stage asks."""
    for draft in made:
        stage = None if draft.title else _stage_above(draft.sentence.item, before)
        draft.stage = stage["time"] if stage else ""


def _stage_above(item: int, before: list[_Draft]) -> re.Match[str] | None:
    for one in reversed(before):
        if one.sentence.item != item:
            break
        if one.title:
            return _STAGE.search(one.sentence.text)
    return None


def _apply(stated: Assigned, drafts: list[_Draft], sentence: Sentence) -> None:
    """A line 「责任单位：……」 holds for every duty of the item above it."""
    item = drafts[-1].sentence.item if drafts else -1
    held = [
        one for one in drafts
        if one.sentence.item == item and sentence.paragraph - one.sentence.paragraph < _COLUMN_REACH
    ]  # fmt: skip
    for draft in [one for one in held if not one.title] or held:
        draft.assigned = draft.assigned | stated
        draft.title = False


def _of_sentence(sentence: Sentence, mode: Mode, recogniser: Recogniser, carried: Carried) -> list[_Draft]:
    readings = [read(clause, recogniser) for clause in _together(sentence.clauses)]
    _go_on_telling(readings)
    own = next((one.subject for one in readings if one.subject is not None), None)
    forget(sentence, carried)
    if mode in (Mode.BACK, Mode.CLOSING) or asked_elsewhere(sentence):
        return []
    if announces(sentence) and not (own and own.named):
        remember(sentence, carried, own)
        return []
    if tells(sentence) and not any(one.modal and one.subject for one in readings):
        return []
    drafts: list[_Draft] = []
    for duty in duties(readings):
        subject, source = _subject(duty, sentence, carried, own, first=not drafts)
        drafts.append(_Draft(duty, sentence, mode, subject, source, assigned_in(duty, recogniser)))
    remember(sentence, carried, own)
    names_nobody = own is None or _is_label(sentence, readings)
    skip = (names_nobody and sentence.title) or (sentence.lead_in and not (own and own.named))
    for draft in drafts:
        draft.title = skip
    return drafts


def _is_label(sentence: Sentence, readings: list[Reading]) -> bool:
    """「企业自查（5月20日前）。」 names who is in the stage and asks for nothing."""
    asks = any(one.modal for one in readings) or re.search("负责|牵头|严禁|不得", sentence.text)
    return sentence.title and not asks and len(sentence.text) <= _LABEL


def _go_on_telling(readings: list[Reading]) -> None:
    """「已完成检测，排查隐患12处」: what follows a told clause without a duty word is told as well."""
    for before, one in itertools.pairwise(readings):
        if before.part is Part.TOLD and before.clause.after == "，" and not one.modal and one.subject is None:
            one.part = Part.TOLD


def _together(clauses: list[Clause]) -> list[Clause]:
    """「甲部门，以及乙部门要……」 is one list of addressees, whatever the comma says."""
    joined: list[Clause] = []
    for clause in clauses:
        if joined and clause.text.startswith("以及") and joined[-1].after == "，":
            before = joined.pop()
            clause = Clause(before.text + before.after + clause.text, before.start, clause.end, clause.after)
        joined.append(clause)
    return joined


def _subject(
    duty: Duty, sentence: Sentence, carried: Carried, own: UnitList | None, *, first: bool
) -> tuple[UnitList | None, LeadSource]:
    if duty.subject is not None:
        return duty.subject, LeadSource.EXPLICIT
    if duty.sanctions:
        return None, LeadSource.NONE
    if joined(sentence, carried):
        return carried.subject, LeadSource.CARRIED
    if carried.leads_items is not None and sentence.paragraph == carried.leads_paragraph:
        return carried.leads_items, LeadSource.CARRIED
    return None, LeadSource.NONE


def _proposal(draft: _Draft, whole: Compact, day: DocumentDay, recogniser: Recogniser) -> Proposal | None:
    duty, stated = draft.duty, draft.assigned
    start, end = _extent(duty)
    text = whole.text[start:end]
    deadline = deadline_in(text, day, conditional=duty.conditional)
    if stated.deadline:
        deadline = deadline_in(stated.deadline, day) or Deadline(stated.deadline)
    elif draft.stage and not deadline:
        deadline = deadline_in(draft.stage, day)
    subject, source = draft.subject, draft.source
    if stated.leads:
        subject, source = stated.leads, LeadSource.EXPLICIT
    evidence = Evidence(
        duty, draft.sentence, draft.mode, subject, source, deadline, bool(stated.leads), draft.title
    )
    rules, confidence = judge(evidence)
    if confidence < LEAST:
        return None
    first, last = whole.span(start, end)
    return Proposal(
        anchor=whole.original[first:last],
        start=first,
        end=last,
        line=whole.line(start),
        heading="".join(draft.sentence.numbers),
        summary=_summary(duty),
        lead_units=subject.units if subject else (),
        lead_text=subject.text if subject else None,
        lead_source=source,
        support_units=_supports(duty, stated, subject, recogniser),
        deadline=deadline if deadline else NONE,
        kind=kind_of(duty, deadline),
        rules=rules,
        confidence=confidence,
    )


def _extent(duty: Duty) -> tuple[int, int]:
    return duty.start, duty.end


def _supports(duty: Duty, stated: Assigned, subject: UnitList | None, recogniser: Recogniser) -> tuple:  # type: ignore[type-arg]
    found = list(stated.supports.units if stated.supports else ())
    for reading in duty.readings:
        found += supports_in(reading.clause.text, recogniser)
    leads = {unit.name for unit in subject.units} if subject else set()
    return tuple({unit.name: unit for unit in found if unit.name not in leads}.values())


def _summary(duty: Duty) -> str:
    """The first deeds in few words: addressee and duty word left out."""
    said = [one.body for one in duty.readings if one.part is Part.ACTION] or [duty.readings[0].body]
    summary = said[0]
    for more in said[1:]:
        if len(summary) + len(more) > 38:
            break
        summary += "，" + more
    return summary if len(summary) <= 60 else summary[:59] + "…"
