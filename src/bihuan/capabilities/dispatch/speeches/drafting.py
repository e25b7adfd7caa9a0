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
from bihuan.capabilities.dispatch.speeches.settling import follow, settle
from bihuan.capabilities.dispatch.speeches.units import UnitList

_LABEL = 24
_BARE_LABEL = 12
_COLUMN_REACH = 12
_HIGHER = re.compile("国务院|国家|中央|党中央|省|全国|(?:应急管理|公安|住建|交通运输|教育)部(?!门)")
"""Who stands above the district: what they do is told, not asked."""
_SAYING = re.compile("(?:^|要|努力|积极)(?:按照|坚持|遵循|构建|形成|健全|完善|建立|落实|树立|贯彻)(?!《)")
_SAID = re.compile("的(?:[^，的]{0,8})(?:格局|原则|方针|总体要求|要求|理念|思路|体系|机制|模式)$")
_LONGEST_SAYING = 6
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
            drafts[row:] = _apply(stated, drafts[row:], sentence)
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


def _apply(stated: Assigned, drafts: list[Draft], sentence: Sentence) -> list[Draft]:
    """A line 「责任单位：……」 holds for every duty of the item above it."""
    item = drafts[-1].sentence.item if drafts else -1
    held = [
        one for one in drafts
        if one.sentence.item == item and sentence.paragraph - one.sentence.paragraph < _COLUMN_REACH
    ]  # fmt: skip
    told = [one for one in held if not one.title] or held
    if len(told) > 1 and all(one.sentence is told[0].sentence and not one.duty.subject_own for one in told):
        rest = _merged(told)
        drafts[:] = [one for one in drafts if one is rest or one not in told]
        told = [rest]
    for draft in told:
        draft.assigned = draft.assigned | stated
        draft.title = False
    return drafts


def _of_sentence(sentence: Sentence, mode: Mode, recogniser: Recogniser, carried: Carried) -> list[Draft]:
    readings = [read(clause, recogniser) for clause in _together(sentence.clauses)]
    _go_on_telling(readings)
    _lead_up_together(readings)
    follow(readings)
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
        if duty.subject and _HIGHER.match(duty.subject.text):
            continue
        settle(duty)
        subject, source = _subject(duty, sentence, carried)
        drafts.append(Draft(duty, sentence, mode, subject, source, assigned_in(duty, recogniser)))
    drafts = _as_rows(drafts)
    remember(sentence, carried, own)
    names_nobody = own is None or _is_label(sentence, readings)
    skip = (names_nobody and sentence.title) or (sentence.lead_in and not (own and own.named))
    for draft in drafts:
        draft.title = skip
    return drafts


def _as_rows(drafts: list[Draft]) -> list[Draft]:
    """「制定计划，组织解读（责任单位：某局）」: what one bracket assigns is one task."""
    if len(drafts) < 2 or not drafts[-1].assigned.leads:
        return drafts
    if any(one.duty.subject_own or one.assigned for one in drafts[:-1]) or drafts[-1].duty.subject_own:
        return drafts
    return [_merged(drafts)]


def _merged(drafts: list[Draft]) -> Draft:
    first, last = drafts[0], drafts[-1]
    first.duty.readings = [reading for one in drafts for reading in one.duty.readings]
    first.assigned = first.assigned | last.assigned
    return first


def _is_label(sentence: Sentence, readings: list[Reading]) -> bool:
    """「企业自查（5月20日前）。」 names who is in the stage and asks for nothing."""
    asks = any(one.modal for one in readings) or re.search("负责|牵头|严禁|不得", sentence.text)
    short = len(sentence.text) <= _BARE_LABEL or bool(_STAGE.search(sentence.text))
    return sentence.title and not asks and short and len(sentence.text) <= _LABEL


def _go_on_telling(readings: list[Reading]) -> None:
    """「已完成检测，排查隐患12处」: what follows a told clause without a duty word is told as well."""
    for before, one in itertools.pairwise(readings):
        if before.part is Part.TOLD and before.clause.after == "，" and not one.modal and one.subject is None:
            one.part = Part.TOLD


def _lead_up_together(readings: list[Reading]) -> None:
    """「坚持政府统一领导，牵头部门抓总，相关部门配合的工作格局」: a saying that lost its quotation marks names nobody."""
    for at, one in enumerate(readings):
        if not _SAYING.search(one.clause.text):
            continue
        ends = range(at + 1, min(at + _LONGEST_SAYING, len(readings)))
        last = next((to for to in ends if _SAID.search(readings[to].clause.text)), None)
        if last is None or any(two.modal or two.clause.after != "，" for two in readings[at + 1 : last]):
            continue
        for two in readings[at + 1 : last + 1]:
            two.part, two.subject = Part.PRELUDE, None


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
    if duty.subject is not None and not duty.holds_to_account:
        return duty.subject, LeadSource.EXPLICIT
    if duty.sanctions:
        return None, LeadSource.NONE
    if joined(sentence, carried):
        return carried.subject, LeadSource.CARRIED
    if carried.leads_items is not None and sentence.paragraph == carried.leads_paragraph:
        return carried.leads_items, LeadSource.CARRIED
    return None, LeadSource.NONE
