"""What stands around every page, for templates that extend ``base.html``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from bihuan.kernel.exchange.notices import unread
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, Role
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.web.parts import Frame, Link
from bihuan.kernel.web.session import actor_for, mark_of
from bihuan.kernel.web.workbench.held import lately_standing

Entry = Callable[[Actor], "Link | None"]

_entries: list[tuple[int, Entry]] = []


def offer(order: int, entry: Entry) -> None:
    """Put a place into the navigation; it shows only to actors for whom ``entry`` gives a link."""
    _entries.append((order, entry))
    _entries.sort(key=lambda pair: pair[0])


def for_roles(
    label: str, href: str, icon: str, roles: frozenset[Role] | None = None, also: Sequence[str] = ()
) -> Entry:
    """A place for some roles; without roles, for everybody with business rights. ``also`` lies in the same place."""

    def entry(actor: Actor) -> Link | None:
        allowed = bool(actor.roles & roles) if roles is not None else bool(actor.roles - ADMIN_ROLES)
        return Link(label, href, icon, also=also) if allowed else None

    return entry


def navigation(actor: Actor, here: str) -> Sequence[Link]:
    """The places this actor may use, the present one marked."""
    links = [link for _, entry in _entries if (link := entry(actor)) is not None]
    fits = {link.href: _fit(link, here) for link in links}
    best = max(fits, key=lambda href: fits[href], default="")
    return [
        Link(link.label, link.href, link.icon, link.count, link.href == best and bool(fits[best]), link.also)
        for link in links
    ]


def _fit(link: Link, here: str) -> int:
    """How much of ``here`` is an address of the place; the desk is only itself."""
    known = (
        each for each in (link.href, *link.also) if here.startswith(each) and (each != "/" or here == "/")
    )
    return max(map(len, known), default=0)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``frame`` for signed-in pages."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    from django.utils.functional import SimpleLazyObject

    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    actor = actor_for(request)
    district = the_district()
    business = bool(actor.roles - ADMIN_ROLES)
    mine, late = lately_standing(actor, mark_of(request)) if business else (0, 0)
    return Frame(
        district=district.region.name if district else "",
        demo=bool(settings.BIHUAN_DEMO),
        user_name=actor.name,
        post=actor.post,
        who_key=str(actor.id),
        open_count=mine,
        overdue_count=late,
        notice_count=unread(actor).count(),
        query=request.GET.get("q", ""),
        search_href="/hazards/" if business else "",
        navigation=navigation(actor, request.path),
        account=(Link("期限与规则", "/policies/", "adjustments-horizontal"),),
    )


offer(0, for_roles("工作台", "/", "layout-dashboard"))
offer(20, for_roles("隐患", "/hazards/", "alert-triangle"))
