"""``GET /``: the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.expectations.models import Standing
from bihuan.kernel.expectations.overview import Line, missing_of
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import has_business
from bihuan.kernel.web.figures.cards import desk_cards
from bihuan.kernel.web.matters.lists import _begin as openings
from bihuan.kernel.web.matters.matter import deadline_of
from bihuan.kernel.web.matters.pages import all_pages, pages_of
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.session import actor_for, signed_in
from bihuan.kernel.web.workbench.held import SHOWN, Wanted, escalated_to, waiting_of, wanted_of

HOMES = {Role.SYSTEM_ADMIN: "/people/", Role.SECURITY_ADMIN: "/people/", Role.AUDITOR: "/record/"}


@require_GET
@signed_in
def workbench(request: HttpRequest) -> HttpResponse:
    """My desk; an administrator, who has no business matters, starts at the place of that duty."""
    actor = actor_for(request)
    if not has_business(actor):
        home = next((HOMES[role] for role in actor.roles if role in HOMES), "")
        return HttpResponseRedirect(home) if home else render(request, "no_post.html", {})
    mine = wanted_of(actor)
    waiting = waiting_of(actor, {wanted.matter.uid for wanted in mine})
    escalated = escalated_to(actor)
    unfiled = missing_of(actor)
    context = {
        "summary": _summary(mine, escalated, unfiled),
        "mine": [_todo(wanted, wanted.step.label) for wanted in mine[:SHOWN]],
        "mine_more": _more(mine),
        "waiting": [_todo(wanted, "") for wanted in waiting[:SHOWN]],
        "escalated": [_rung(rung, service, matter) for rung, service, matter in escalated[:SHOWN]],
        "unfiled": [_owed(line) for line in unfiled[:SHOWN]],
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
    return str(count) if count < SHOWN else f"{count} 件以上，先列最急的 {SHOWN}"


def _todo(wanted: Wanted, verb: str) -> parts.Todo:
    return _line(wanted.service, wanted.matter, verb, "")


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
    return _line(
        service, matter, "督促", f"第 {rung.level} 级升级，{rung.at.astimezone(clock.SHANGHAI):%Y-%m-%d}"
    )


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


def _more(mine: Sequence[Wanted]) -> parts.Link | None:
    if len(mine) <= SHOWN:
        return None
    return parts.Link("全部", f"/{mine[0].service.loop.plural}/")


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
