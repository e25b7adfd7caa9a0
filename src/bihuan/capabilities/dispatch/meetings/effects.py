"""What each deed means for the meeting's own columns, and what it opens in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from bihuan.capabilities.dispatch.meetings import cadence, lines, tasks, telling
from bihuan.capabilities.dispatch.meetings.hands import units_of
from bihuan.capabilities.dispatch.meetings.models import Decision, Deployment, Meeting
from bihuan.capabilities.dispatch.papers.kinds import task_kind
from bihuan.capabilities.dispatch.speeches.proposals import Kind
from bihuan.capabilities.dispatch.states import TaskKind
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.filings import expect, meet
from bihuan.kernel.people.models import Post, Role, Tenure
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force

DEPLOYMENT = "meeting_deployment"
"""The expectation that a unit files what it made of a meeting (M046)."""


def place(meeting: Meeting, given: Any, actor: Any) -> None:
    """Before a meeting is opened: it is kept by the committee office that enters it."""
    post = next((scope for scope in actor.scopes if scope.role == Role.OFFICE), None)
    if post is not None:
        meeting.agency_id, meeting.region_path = post.agency_id, post.region_path


def leader_told(post_id: int, day: date) -> tuple[Post, str]:
    """A post, and how papers call who held it on that day; whose leader it is goes without saying."""
    post = Post.objects.get(pk=post_id)
    holder = Tenure.objects.filter(in_force(day), post=post).select_related("person").first()
    return post, (f"{post.title} {holder.person.name}" if holder else post.title)[:120]


def plan(meeting: Meeting, given: Any, context: Any) -> None:
    """拟召开, and who is told."""
    _describe(meeting, given, context)
    context.afterwards.append(partial(telling.invite, meeting, meeting.invited, meeting.summoned))


def record(meeting: Meeting, given: Any, context: Any) -> None:
    """补录: the meeting as it was."""
    _describe(meeting, given, context)
    _held(meeting, given, context)


def _describe(meeting: Meeting, given: Any, context: Any) -> None:
    meeting.title = given.title
    meeting.body = given.body
    meeting.kind = given.kind
    meeting.held_on = given.held_on
    meeting.place = given.place
    meeting.chair_post = given.chair_post
    meeting.chair_name = (
        leader_told(given.chair_post, given.held_on)[1] if given.chair_post is not None else given.chair
    )
    meeting.agenda = given.agenda
    meeting.invited = sorted(set(given.invited))
    meeting.summoned = [
        str(each.uid) for each in lines.read_objects(given.summoned, context.actor, "summoned").found
    ]
    meeting.task_no = given.task_no.strip().upper()
    index(meeting)


def index(meeting: Meeting) -> None:
    """The words by which the meeting is found again."""
    meeting.search = pairs_literal(meeting.title, meeting.agenda, meeting.minutes)


def hold(meeting: Meeting, given: Any, context: Any) -> None:
    """已召开."""
    meeting.held_on = given.held_on
    _held(meeting, given, context)


def _held(meeting: Meeting, given: Any, context: Any) -> None:
    meeting.took_place = True
    meeting.absent = lines.read_units(given.absent, given.held_on, "absent").found
    meeting.substitutes = lines.read_units(given.substitutes, given.held_on, "substitutes").found
    away = lines.read_objects(given.summoned_absent, context.actor, "summoned_absent").found
    meeting.summoned_absent = [str(each.uid) for each in away]
    decide_all(meeting, given, context)
    context.afterwards.append(partial(cadence.met_by, meeting, context.actor))


def decide_all(meeting: Meeting, given: Any, context: Any) -> None:
    """会议决定: every one becomes a task of its lead unit, all or none."""
    read = lines.read_decisions(given.decisions, meeting.held_on)
    context.afterwards.append(partial(_decide, meeting, read.found, context.actor))


def _decide(meeting: Meeting, decided: Sequence[lines.Decided], actor: Any) -> None:
    asked = [
        tasks.Asked(
            each.words,
            each.lead,
            each.due_on,
            each.supporting,
            each.requirement,
            task_kind(each.words, Kind.ONE_OFF).value,
            f"第 {each.number} 条决定",
        )
        for each in decided
    ]
    _keep(meeting, asked, actor)


def _keep(
    meeting: Meeting,
    asked: Sequence[tasks.Asked],
    actor: Any,
    *,
    difficulty: bool = False,
    by: int | None = None,
) -> None:
    source = tasks.Source(meeting.no, meeting.title, meeting.held_on)
    first = tasks.numbered(meeting.decisions)
    for order, each in enumerate(asked, first):
        Decision.objects.create(
            meeting=meeting, order=order, words=each.words, difficulty=difficulty, raised_by_id=by,
            task_id=tasks.open_task(each, source, actor),
        )  # fmt: skip


def raise_difficulty(meeting: Meeting, given: Any, context: Any) -> None:
    """困难问题: tracked as a task of whoever is to settle it (M035)."""
    asked = tasks.Asked(
        given.words, given.lead, given.due_on, requirement=given.requirement, kind=TaskKind.MEETING.value
    )
    context.afterwards.append(
        partial(_keep, meeting, [asked], context.actor, difficulty=True, by=given.raised_by)
    )


def issue_minutes(meeting: Meeting, given: Any, context: Any) -> None:
    """印发纪要."""
    meeting.minuted_on = given.minuted_on
    meeting.document_no = given.document_no
    meeting.minutes = given.minutes
    index(meeting)
    decide_all(meeting, given, context)


def invite(meeting: Meeting, given: Any, context: Any) -> None:
    """增加参会单位: only the new ones are told."""
    new = sorted(set(given.invited) - set(meeting.invited))
    meeting.invited = sorted({*meeting.invited, *new})
    context.afterwards.append(partial(telling.invite, meeting, new, ()))


def postpone(meeting: Meeting, given: Any, context: Any) -> None:
    """改期, and everybody asked is told."""
    context.facts["former"] = meeting.held_on
    meeting.held_on = given.held_on
    context.afterwards.append(partial(telling.postponed, meeting))


def cancel(meeting: Meeting, given: Any, context: Any) -> None:
    """取消, and everybody asked is told."""
    context.afterwards.append(partial(telling.cancelled, meeting))


def call_deployments(meeting: Meeting, given: Any, context: Any) -> None:
    """要求会后部署: from now on every invited unit owes it (M046)."""
    meeting.deploy_by, meeting.demand = given.due_on, given.demand
    period = Period.month_of(meeting.held_on)
    rule = f"《{meeting.title}》要求各参会单位会后部署并报送"
    for unit in Agency.objects.filter(pk__in=meeting.invited).order_by("order", "id"):
        expect(DEPLOYMENT, _called(meeting), unit, period, given.due_on, rule, object=meeting.uid)
    context.afterwards.append(partial(telling.deploy, meeting))


def urge_deployments(meeting: Meeting, given: Any, context: Any) -> None:
    """催报: who has not filed is told, once a day however often it is asked."""
    filed = set(meeting.deployments.values_list("agency", flat=True))
    missing = [unit for unit in meeting.invited if unit not in filed]
    context.facts["urged"] = len(missing)
    context.afterwards.append(partial(telling.urge, meeting, missing, context.day))


def _called(meeting: Meeting) -> str:
    return f"会后部署：{meeting.title}"[:80]


def file_deployment(meeting: Meeting, given: Any, context: Any) -> None:
    """报送会后部署: for the actor's own unit."""
    mine = units_of(context.actor) & set(meeting.invited)
    filed = set(meeting.deployments.values_list("agency", flat=True))
    for unit in Agency.objects.filter(pk__in=mine - filed):
        Deployment.objects.create(
            meeting=meeting, agency=unit, deployed_on=given.deployed_on, words=given.words, filed_on=context.day,
            filed_by=context.actor.name,
        )  # fmt: skip
        period = Period.month_of(meeting.held_on)
        meet(DEPLOYMENT, unit, period, context.actor, met_by=meeting.uid, object=meeting.uid)
        context.facts["unit"] = unit.name
        context.facts["unit_id"] = unit.pk
