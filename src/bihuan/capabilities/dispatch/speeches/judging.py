"""How sure the rules are of a duty, and by which of them: points for what speaks for it, off for what speaks against."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.capabilities.dispatch.speeches.clauses import Part, Reading
from bihuan.capabilities.dispatch.speeches.deadlines import Deadline
from bihuan.capabilities.dispatch.speeches.grouping import Duty
from bihuan.capabilities.dispatch.speeches.layout import Sentence
from bihuan.capabilities.dispatch.speeches.proposals import Kind, LeadSource
from bihuan.capabilities.dispatch.speeches.sections import Mode
from bihuan.capabilities.dispatch.speeches.units import UnitList
from bihuan.capabilities.dispatch.speeches.vocabulary import one_of, words

_ONE_OFF = re.compile(one_of(words("duty", "one_off")))
_STANDING = re.compile(one_of(words("duty", "standing")))
_POINTS = {
    "lead.named": 0.2,
    "lead.class": 0.1,
    "lead.carried": 0.05,
    "lead.column": 0.2,
    "duty.modal": 0.15,
    "duty.imperative": 0.1,
    "duty.prohibition": 0.15,
    "time.deadline": 0.15,
    "time.wording": 0.05,
    "time.recurrence": 0.1,
    "matter.concrete": 0.15,
    "place.item": 0.03,
    "doubt.no_lead": -0.05,
    "doubt.many_leads": 0.0,
    "doubt.awareness": -0.3,
    "doubt.vague": -0.2,
    "doubt.conditional": 0.0,
    "doubt.year": 0.0,
}
_BASE = 0.35
_TOLD_ENOUGH = 6
_DEEDS = (Part.ACTION, Part.EMPTY, Part.MIND)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one duty."""

    duty: Duty
    sentence: Sentence
    mode: Mode
    subject: UnitList | None
    source: LeadSource
    deadline: Deadline
    from_column: bool
    title: bool


def judge(evidence: Evidence) -> tuple[tuple[str, ...], float]:
    """Rules that speak for and against, and the confidence between 0 and 1."""
    if evidence.title or not any(_asks(one, evidence) for one in evidence.duty.readings):
        return (), 0.0
    if evidence.mode is Mode.OPENING and not (evidence.deadline.day and evidence.subject):
        return (), 0.0
    rules = [*_lead_rules(evidence), *_duty_rules(evidence), *_other_rules(evidence)]
    confidence = _BASE + sum(_POINTS[rule] for rule in rules)
    return tuple(rules), round(min(max(confidence, 0.0), 0.98), 2)


def _asks(reading: Reading, evidence: Evidence) -> bool:
    """A clause of no known kind asks only of a named addressee, by a duty word, or as a row of a task table."""
    if reading.part in _DEEDS:
        return True
    row = evidence.from_column and len(reading.body) >= _TOLD_ENOUGH
    due = evidence.subject is not None and bool(evidence.deadline.day or evidence.deadline.recurrence)
    return (
        reading.part is Part.TAIL
        and bool(reading.body)
        and bool(reading.modal or reading.subject or row or due)
    )


def _lead_rules(evidence: Evidence) -> list[str]:
    subject = evidence.subject
    if subject is None:
        return ["doubt.no_lead"]
    rules = ["lead.column"] if evidence.from_column else []
    rules.append("lead.named" if subject.named else "lead.class")
    if evidence.source is LeadSource.CARRIED:
        rules.append("lead.carried")
    if len(subject.units) > 1:
        rules.append("doubt.many_leads")
    return rules


def _duty_rules(evidence: Evidence) -> list[str]:
    duty = evidence.duty
    if duty.prohibits:
        return ["duty.prohibition"]
    return ["duty.modal"] if duty.modal or evidence.subject is not None else ["duty.imperative"]


def _other_rules(evidence: Evidence) -> list[str]:
    duty, rules = evidence.duty, []
    if evidence.deadline.recurrence:
        rules.append("time.recurrence")
    elif evidence.deadline:
        rules.append("time.deadline" if evidence.deadline.day else "time.wording")
    rules.append("matter.concrete" if _concrete(evidence) else "doubt.vague")
    if evidence.sentence.level:
        rules.append("place.item")
    if evidence.mode is Mode.AWARENESS:
        rules.append("doubt.awareness")
    if duty.conditional:
        rules.append("doubt.conditional")
    if evidence.deadline.assumed:
        rules.append("doubt.year")
    return rules


def _concrete(evidence: Evidence) -> bool:
    duty = evidence.duty
    if duty.sanctions:
        return True
    strong = len(duty.actions) > 1 or any(
        not one.weak or (one.modal and len(one.body) >= _TOLD_ENOUGH) for one in duty.actions
    )
    if strong or (duty.actions and evidence.subject is not None):
        return True
    # 「各镇要履行监管责任，发现问题及时上报」: what is to follow is the deed.
    return duty.subject_own and any(one.follows for one in duty.readings)


def kind_of(duty: Duty, deadline: Deadline) -> Kind:
    """Forbidding, once, or standing."""
    actions = duty.actions
    if actions and all(one.prohibits for one in actions) and deadline.day is None:
        return Kind.PROHIBITION
    text = "，".join(one.clause.text for one in duty.readings if one.part is not Part.PURPOSE)
    if deadline.recurrence:
        return Kind.STANDING
    if deadline.day or (_ONE_OFF.search(text) and not _STANDING.search(text)):
        return Kind.ONE_OFF
    return Kind.STANDING
