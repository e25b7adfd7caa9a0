"""``/notices/``: what was told to me or to a post I hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from bihuan.kernel import clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.exchange.notices import mark_read, unread
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.paging import Keyset, pager
from bihuan.kernel.web.session import actor_for, signed_in

NEWEST = Keyset(("not_before", "id"), descending=True)


def received(actor: Actor) -> QuerySet[Notice]:
    """Every notice that shows to the actor by now, read ones included."""
    if actor.person_id is None:
        return Notice.objects.none()
    mine = Q(person=actor.person_id) | Q(post__in=[scope.post_id for scope in actor.scopes])
    return Notice.objects.filter(mine, not_before__lte=clock.now())


@require_GET
@signed_in
def notices_page(request: HttpRequest) -> HttpResponse:
    """Unread ones first; everything ever told under 全部."""
    actor = actor_for(request)
    everything = request.GET.get("all") == "1"
    waiting = unread(actor)
    page = NEWEST.page(received(actor) if everything else waiting.order_by(), request.GET.get("cursor", ""))
    count = waiting.count()
    context = {
        "crumbs": [parts.Link("通知", "")],
        "tabs": [
            parts.Tab("未读", "/notices/", count, not everything),
            parts.Tab("全部", "/notices/?all=1", None, everything),
        ],
        "groups": _groups(page.rows),
        "read_all_href": "/notices/read/" if count else "",
        "empty": parts.Empty("没有未读的通知。" if not everything else "还没有收到过通知。", icon="bell"),
        "pager": pager(
            "/notices/", {"all": "1" if everything else "", "cursor": request.GET.get("cursor", "")}, page
        )
        if page.next_cursor or request.GET.get("cursor")
        else None,
    }
    return render(request, "notices.html", context)


def _groups(rows: Iterable[Notice]) -> Sequence[tuple[str, list[dict[str, Any]]]]:
    plurals = {service.loop.name: service.loop.plural for service in all_running()}
    today = clock.today()
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        day = clock.day_of(row.not_before)
        heading = "今天" if day == today else "七天内" if (today - day).days < 7 else "更早"
        groups.setdefault(heading, []).append(
            {
                "text": row.text,
                "href": _href(row, plurals),
                "at": row.not_before,
                "urgent": row.urgent,
                "unread": row.read_at is None,
                "no": row.matter_no,
                "read_href": f"/notices/{row.pk}/read/" if row.read_at is None else "",
            }
        )
    return list(groups.items())


def _href(row: Notice, plurals: dict[str, str]) -> str:
    if row.matter_no and row.matter_kind in plurals:
        return f"/{plurals[row.matter_kind]}/{row.matter_no}/"
    return "/filings/" if row.reminder.startswith("filing.") else "/notices/?all=1"


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything that shows as read."""
    done = mark_read(actor_for(request))
    messages.success(request, f"已把 {done} 条通知标为已读。")
    return HttpResponseRedirect("/notices/")


@require_POST
@signed_in
def read_one(request: HttpRequest, notice: int) -> HttpResponse:
    """Mark one of my own notices as read; somebody else's is left alone."""
    mark_read(actor_for(request), [notice])
    return HttpResponseRedirect("/notices/")
