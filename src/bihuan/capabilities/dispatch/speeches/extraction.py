"""The whole way from a text to proposals."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.dispatch.speeches.assigning import Assigned, supports_in
from bihuan.capabilities.dispatch.speeches.clauses import Part
from bihuan.capabilities.dispatch.speeches.compact import Compact, compact
from bihuan.capabilities.dispatch.speeches.deadlines import (
    NONE,
    Deadline,
    DocumentDay,
    deadline_in,
    document_day,
)
from bihuan.capabilities.dispatch.speeches.drafting import Draft, drafts_of
from bihuan.capabilities.dispatch.speeches.grouping import Duty
from bihuan.capabilities.dispatch.speeches.judging import Evidence, judge, kind_of
from bihuan.capabilities.dispatch.speeches.layout import sentences
from bihuan.capabilities.dispatch.speeches.proposals import LeadSource, Proposal
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser
from bihuan.capabilities.dispatch.speeches.units import Register, Unit, UnitList
from bihuan.kernel import clock

LEAST = 0.5
"""Proposals below this confidence are not made."""


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
    drafts = drafts_of(read_sentences, recogniser)
    made = [_proposal(draft, whole, day, recogniser) for draft in drafts]
    return tuple(one for one in made if one is not None)


def _proposal(draft: Draft, whole: Compact, day: DocumentDay, recogniser: Recogniser) -> Proposal | None:
    duty, stated = draft.duty, draft.assigned
    start, end = duty.start, duty.end
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
    first, last = whole.quoted_span(start, end)
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


def _supports(
    duty: Duty, stated: Assigned, subject: UnitList | None, recogniser: Recogniser
) -> tuple[Unit, ...]:
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
