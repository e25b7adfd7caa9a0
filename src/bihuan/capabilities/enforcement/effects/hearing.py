"""The hearing (行政处罚法第六十三条至第六十五条): arranged, announced anew when something of it changes, held, reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from bihuan.capabilities.enforcement import papers, rounds, terms
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.serving import serve_documents, served_day
from bihuan.kernel import clock
from bihuan.kernel.people.models import Person


def request_hearing(case: Case, given: Any, context: Any) -> None:
    rounds.add(case, "hearing", requested_on=given.requested_on.isoformat(), words=given.words)


def call_hearing(case: Case, given: Any, context: Any) -> None:
    """听证会通知; it is served by a deed of its own, in whatever way."""
    rounds.add(case, "hearing", called_on=context.day.isoformat())
    _arrange(case, given, context, papers.issue)


def change_hearing(case: Case, given: Any, context: Any) -> None:
    """变更听证安排: another day or another presider, with the reason; the party is told anew and nothing is lost.

    Who only learns of another presider keeps the seven working days since the day and place were told.
    """
    former = rounds.hearing(case)
    row = {key: former.get(key, "") for key in ("at", "place", "host", "presider", "told_on")}
    row |= {"on": context.day.isoformat(), "reason": given.reason, "by": context.actor.name}
    rounds.add(case, "hearing", former=[*former.get("former", []), row])
    context.facts |= {"former": former.get("host", ""), "former_at": former.get("at", "")}
    _arrange(case, given, context, papers.issue_anew)


def _arrange(case: Case, given: Any, context: Any, issue: Callable[..., None]) -> None:
    presider = Person.objects.get(pk=given.presider)
    before, at = rounds.hearing(case), given.hearing_at.astimezone(clock.SHANGHAI).isoformat()
    same = before.get("at") == at and before.get("place") == given.place
    rounds.add(
        case, "hearing", at=at, place=given.place, public=given.public, presider=presider.pk, host=presider.name,
        recorder=given.recorder, noticed_on=context.day.isoformat(), notice_served_on="",
        told_on=before.get("told_on", "") if same else "",
    )  # fmt: skip
    context.facts["presider"] = presider.name
    day = clock.day_of(given.hearing_at)
    context.owe(case, "serve_hearing_notice", terms.hearing_notice_limit(day, context.day))
    issue(
        case, "hearing_notice", context, hearing_at=given.hearing_at, place=given.place, public=given.public,
        host=presider.name, recorder=given.recorder,
    )  # fmt: skip


def serve_hearing_notice(case: Case, given: Any, context: Any) -> None:
    """听证会通知书送达: by hand, post, notice or otherwise; seven working days count from the day it counts as served."""
    day = served_day(given)
    told = rounds.hearing(case).get("told_on") or day.isoformat()
    rounds.add(case, "hearing", notice_served_on=day.isoformat(), told_on=told)
    context.facts["told_on"] = told
    serve_documents(case, ["hearing_notice"], given, context)


def conclude_hearing(case: Case, given: Any, context: Any) -> None:
    """听证笔录; what was said, and the course of it in the presider's own words, is kept for the report."""
    hearing = rounds.hearing(case)
    rounds.add(
        case, "hearing", ended_on=given.ended_at.date().isoformat(), opinion=given.opinion, course=given.course,
        defence=given.defence, started_at=given.started_at.astimezone(clock.SHANGHAI).isoformat(),
        reported_by=context.actor.name,
    )  # fmt: skip
    papers.issue(
        case, "hearing_record", context, started_at=given.started_at, ended_at=given.ended_at, applicant=given.applicant,
        agents=given.agents or None, investigators_said=given.investigators_said, defence=given.defence,
        last_words=given.last_words or None, **_shared(hearing),
    )  # fmt: skip


def review_hearing(case: Case, given: Any, context: Any) -> None:
    """听证会报告书: the presider's report with the opinion of the head who read it."""
    hearing = rounds.hearing(case)
    rounds.add(case, "hearing", reported_on=context.day.isoformat(), head_opinion=given.opinion)
    ended = date.fromisoformat(hearing["ended_on"])
    told = {"facts": case.daily["refusal"]} if rounds.daily_open(case) else {}
    papers.issue(
        case, "hearing_report", context, hearing_at=datetime.fromisoformat(hearing["started_at"]),
        course=hearing["course"], arguments=hearing["defence"],
        host_opinion=papers.opinion(hearing["opinion"], hearing["reported_by"], ended),
        review_opinion=papers.mine(given.opinion, context), **told, **_shared(hearing),
    )  # fmt: skip


def _shared(hearing: dict[str, Any]) -> dict[str, Any]:
    return {key: hearing[key] for key in ("host", "recorder", "place", "public")}
