"""``GET /``: the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.expectations.models import Standing
from bihuan.kernel.expectations.overview import Line, missing_of
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, has_business, only_for
from bihuan.kernel.web.figures.cards import desk_cards
from bihuan.kernel.web.first_run import GUIDES, incomplete
from bihuan.kernel.web.matters.lists import _begin as openings
from bihuan.kernel.web.matters.matter import days_of_warning, deadline_of, deadline_of_duty
from bihuan.kernel.web.matters.pages import all_pages, pages_of
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.session import actor_for, mark_of, signed_in
from bihuan.kernel.web.workbench.held import (
    LOOKED_AT,
    Wanted,
    escalated_to,
    remember_standing,
    waiting_of,
    wanted_of,
)

MINE_SHOWN, OTHERS_SHOWN = 15, 8
LISTS = {"mine": "我的待办", "waiting": "我在等的", "escalated": "升级到我的"}
HOMES = {Role.SYSTEM_ADMIN: "/people/", Role.SECURITY_ADMIN: "/people/", Role.AUDITOR: "/record/"}


@require_GET
@signed_in
def workbench(request: HttpRequest) -> HttpResponse:
    """My desk; an administrator, who has no business matters, starts at the place of that duty."""
    actor = actor_for(request)
    if not has_business(actor):
        home = _home(actor)
        return HttpResponseRedirect(home) if home else render(request, "no_post.html", {})
    mine = wanted_of(actor)
    remember_standing(actor, mark_of(request), mine)
    waiting = waiting_of(actor, {wanted.matter.uid for wanted in mine})
    escalated = escalated_to(actor)
    unfiled = missing_of(actor)
    context = {
        "summary": _summary(mine, escalated, unfiled),
        "mine": [_todo(wanted, wanted.label) for wanted in mine[:MINE_SHOWN]],
        "mine_more": _more("mine", len(mine), MINE_SHOWN),
        "waiting": [_todo(wanted, "") for wanted in waiting[:OTHERS_SHOWN]],
        "waiting_more": _more("waiting", len(waiting), OTHERS_SHOWN),
        "escalated": [_rung(rung, service, matter) for rung, service, matter in escalated[:OTHERS_SHOWN]],
        "escalated_more": _more("escalated", len(escalated), OTHERS_SHOWN),
        "unfiled": [_owed(line) for line in unfiled[:OTHERS_SHOWN]],
        "unfiled_more": parts.Link("应报未报", "/filings/") if unfiled else None,
        "figures": desk_cards(actor),
        "begin": _begin(actor),
        **_empties(actor),
    }
    return render(request, "workbench.html", context)


def _summary(mine: Sequence[Wanted], escalated: Sequence[Any], unfiled: Sequence[Line]) -> str:
    late = sum(wanted.due < clock.today() for wanted in mine)
    said = []
    if mine:
        said.append(f"有 {_many(len(mine))} 件事等您办" + (f"，其中 {late} 件已逾期" if late else ""))
    if escalated:
        said.append(f"{len(escalated)} 件逾期事项升级到您")
    missing = sum(line.standing == Standing.MISSING for line in unfiled)
    if missing:
        said.append(f"{missing} 期台账过期未报")
    return "；".join(said) + "。" if said else "眼下没有等您办的事。"


def _many(count: int) -> str:
    return str(count) if count < LOOKED_AT else f"{count} 多"


def _todo(wanted: Wanted, verb: str) -> parts.Todo:
    if wanted.owed is None:
        return _line(wanted.service, wanted.matter, verb, "")
    due = deadline_of_duty(wanted.service.loop, wanted.owed)
    return replace(_line(wanted.service, wanted.matter, verb, wanted.owed.rule), deadline=due)


def _line(service: Running, matter: Any, verb: str, note: str) -> parts.Todo:
    loop = service.loop
    pages = pages_of(loop.plural)
    return parts.Todo(
        what=pages.what(matter) if pages else matter.no,
        href=f"/{loop.plural}/{matter.no}/",
        verb=verb,
        no=matter.no,
        where=pages.where(matter) if pages else "",
        level=pages.level(matter) if pages else None,
        state=state_part(loop, matter.state),
        deadline=deadline_of(loop, matter),
        note=note,
    )


def _rung(rung: Any, service: Running, matter: Any) -> parts.Todo:
    duty = service.loop.duty(rung.duty) if rung.duty else None
    when = f"第 {rung.level} 级升级，{clock.day_of(rung.at)}"
    if duty is None:
        return _line(service, matter, "督促", when)
    due = parts.Deadline.of(rung.deadline, soon=days_of_warning(service.loop))
    return replace(_line(service, matter, "督促", f"{duty.label}，{when}"), deadline=due)


def _owed(line: Line) -> parts.Todo:
    expectation = line.expectation
    return parts.Todo(
        what=f"{expectation.title} {expectation.period}",
        href=f"/filings/{expectation.uid}/",
        verb="报送" if line.standing == Standing.DUE else "补报",
        where=line.holder,
        deadline=parts.Deadline.of(
            expectation.due_on, provisional=expectation.provisional, rule=expectation.due_rule
        ),
    )


def _more(which: str, count: int, shown: int) -> parts.Link | None:
    return parts.Link(f"全部 {count} 件", f"/desk/{which}/") if count > shown else None


def _home(actor: Actor) -> str:
    """Where an administrator starts: the first steps until the district stands, then the place of the duty."""
    if actor.roles & GUIDES and incomplete():
        return "/setup/"
    return next((HOMES[role] for role in actor.roles if role in HOMES), "")


@require_GET
@only_for(BUSINESS)
def desk_list(request: HttpRequest, which: str) -> HttpResponse:
    """One of the desk's lists as far as it is looked at, when the desk has no room for it."""
    actor = actor_for(request)
    if which not in LISTS:
        raise Http404
    if which == "escalated":
        todos = [_rung(*each) for each in escalated_to(actor)]
    else:
        mine = wanted_of(actor)
        waiting = [] if which == "mine" else waiting_of(actor, {wanted.matter.uid for wanted in mine})
        chosen = mine if which == "mine" else waiting
        todos = [_todo(wanted, wanted.label if which == "mine" else "") for wanted in chosen]
    context = {
        "crumbs": [parts.Link("工作台", "/"), parts.Link(LISTS[which], "")],
        "heading": LISTS[which],
        "todos": todos,
        "empty": _empties(actor)[f"{which}_empty"],
    }
    return render(request, "desk_list.html", context)


def _begin(actor: Actor) -> list[parts.Action]:
    return [action for pages in all_pages() for action in openings(pages, actor)]


def _empties(actor: Actor) -> dict[str, parts.Empty]:
    return {
        "mine_empty": parts.Empty(
            "没有等您办的事。", "别人交给您的、到您这一步的事项会列在这里。", icon="circle-check"
        ),
        "waiting_empty": parts.Empty(
            "您经手的事都办完了。", "您交出去、还在别人手上的事项会列在这里。", icon="hourglass"
        ),
        "escalated_empty": parts.Empty(
            "没有升级到您的事项。", "逾期没人办的事项会逐级升级上来。", icon="flag"
        ),
        "unfiled_empty": parts.Empty(
            "该报的都报了。" if any(scope.agency_id for scope in actor.scopes) else "没有要您报送的台账。",
            "到期应报的台账会提前列在这里。",
            icon="file-text",
        ),
    }
