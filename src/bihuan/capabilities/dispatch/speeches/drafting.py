"""From sentences to drafts: every duty of a text with its addressee, before anything is judged."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from bihuan.capabilities.dispatch.speeches.assigning import Assigned, assigned_in, column
from bihuan.capabilities.dispatch.speeches.carrying import Carried, forget, joined, remember
from bihuan.capabilities.dispatch.speeches.clauses import Part, Reading
from bihuan.capabilities.dispatch.speeches.grouping import Duty, duties
from bihuan.capabilities.dispatch.speeches.layout import Clause, Sentence, speeches
from bihuan.capabilities.dispatch.speeches.proposals import LeadSource
from bihuan.capabilities.dispatch.speeches.reading import read
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser
from bihuan.capabilities.dispatch.speeches.sections import Mode, announces, asked_elsewhere, modes, tells
from bihuan.capabilities.dispatch.speeches.units import UnitList

_LABEL = 24
_COLUMN_REACH = 12
_STAGE = re.compile("（(?P<time>[^（）]*(?:月|日|年底|季度|周|天)[^（）]*)）")


@dataclass(slots=True)
class Draft:
    """A duty with its place, its addressee and what stands beside it; ``title`` drafts are not proposed."""

    duty: Duty
    sentence: Sentence
    mode: Mode
    subject: UnitList | None
    source: LeadSource
    assigned: Assigned = field(default_factory=Assigned)
    title: bool = False
    stage: str = ""


def drafts_of(found: list[Sentence], recogniser: Recogniser) -> list[Draft]:
    """Every duty of the sentences, in order."""
    drafts: list[Draft] = []
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


def _inherit(made: list[Draft], before: list[Draft]) -> None:
    """「（一）部署阶段（3月20日前）」: the stage's time holds for what the stage asks."""
    for draft in made:
        stage = None if draft.title else _stage_above(draft.sentence.item, before)
        draft.stage = stage["time"] if stage else ""


def _stage_above(item: int, before: list[Draft]) -> re.Match[str] | None:
    for one in reversed(before):
        if one.sentence.item != item:
            break
        if one.title:
            return _STAGE.search(one.sentence.text)
    return None


def _apply(stated: Assigned, drafts: list[Draft], sentence: Sentence) -> None:
    """A line 「责任单位：……」 holds for every duty of the item above it."""
    item = drafts[-1].sentence.item if drafts else -1
    held = [
        one for one in drafts
        if one.sentence.item == item and sentence.paragraph - one.sentence.paragraph < _COLUMN_REACH
    ]  # fmt: skip
    for draft in [one for one in held if not one.title] or held:
        draft.assigned = draft.assigned | stated
        draft.title = False


def _of_sentence(sentence: Sentence, mode: Mode, recogniser: Recogniser, carried: Carried) -> list[Draft]:
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
    drafts: list[Draft] = []
    for duty in duties(readings):
        subject, source = _subject(duty, sentence, carried)
        drafts.append(Draft(duty, sentence, mode, subject, source, assigned_in(duty, recogniser)))
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


def _subject(duty: Duty, sentence: Sentence, carried: Carried) -> tuple[UnitList | None, LeadSource]:
    if duty.subject is not None:
        return duty.subject, LeadSource.EXPLICIT
    if duty.sanctions:
        return None, LeadSource.NONE
    if joined(sentence, carried):
        return carried.subject, LeadSource.CARRIED
    if carried.leads_items is not None and sentence.paragraph == carried.leads_paragraph:
        return carried.leads_items, LeadSource.CARRIED
    return None, LeadSource.NONE
