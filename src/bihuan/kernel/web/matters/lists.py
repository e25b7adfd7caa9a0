"""``GET /{plural}/``: the list page, and its export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.declaration import Opening
from bihuan.kernel.loops.permits import hand_failures
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.counting import COUNT_LIMIT
from bihuan.kernel.web.matters.finding import service_of
from bihuan.kernel.web.matters.listing import (
    Asked,
    asked_of,
    ordered,
    page_of,
    select,
    tab_counts,
)
from bihuan.kernel.web.matters.matter import address
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages
from bihuan.kernel.web.session import actor_for, signed_in


@require_GET
@signed_in
def list_page(request: HttpRequest, plural: str) -> HttpResponse:
    """The list of what I may see, with its filters in the address."""
    _, pages = service_of(plural)
    actor = actor_for(request)
    try:
        asked = asked_of(pages, request.GET.dict())
        page = page_of(pages, actor, asked)
    except Refused as refusal:
        return render(
            request,
            "refused.html",
            {
                "label": "这样筛选",
                "failures": refusal.failures,
                "back": parts.Link("回到列表", f"/{plural}/"),
            },
            status=422,
        )
    counts = tab_counts(pages, actor, asked)
    begin = _begin(pages, actor)
    base = f"/{plural}/"
    total = counts.get(asked.tab.name)
    context = {
        "crumbs": [],
        "heading": pages.loop.label,
        "lead": pages.lead,
        "beside": pages.beside(actor),
        "begin": begin,
        "tabs": _tabs(pages, base, asked, counts),
        "filters": [
            parts.Filter(item.name, item.label, item.kind, asked.filters.get(item.name, ""), item.options())
            for item in pages.filters
            if item.shown and item.kind != "object"
        ],
        "hidden": [("tab", asked.tab.name)],
        "chips": _chips(pages, base, asked, actor),
        "clear_href": address(base, {"tab": asked.tab.name}),
        "ledger": parts.Ledger(pages.columns, [pages.row(matter) for matter in page.rows]),
        "empty": pages.empty if begin or not pages.opening else parts.Empty(pages.empty.says),
        "count_words": _count_words(total),
        "pager": parts.Pager(
            shown=len(page.rows),
            total=total if total is not None and total <= COUNT_LIMIT else None,
            first_href=address(base, asked.query) if asked.cursor else "",
            next_href=address(base, {**asked.query, "cursor": page.next_cursor}) if page.next_cursor else "",
        ),
        "export_href": address(f"{base}export.xlsx", asked.query) if pages.export else "",
        "export_label": "导出表格",
    }
    return render(request, "list.html", context)


def _count_words(total: int | None) -> str:
    if total is None:
        return ""
    return f"共 {total:,} 条" if total <= COUNT_LIMIT else f"超过 {COUNT_LIMIT:,} 条"


def _begin(pages: MatterPages, actor: Actor) -> Sequence[parts.Action]:
    if not pages.opening or not actor.scopes:
        return ()
    offered: list[parts.Action] = []
    for name in (pages.opening, *pages.openings):
        opening = pages.loop.opening(name)
        if _might_open(opening, actor):
            href = f"/{pages.loop.plural}/new/{opening.slug}/"
            offered.append(parts.Action(opening.label, href, primary=not offered, icon="plus"))
    return offered


def _might_open(opening: Opening, actor: Actor) -> bool:
    """Whether the actor could open a matter in the jurisdiction of one of the posts held."""
    for scope in actor.scopes:
        place = _Place(
            scope.region_path,
            scope.sector_paths[0] if scope.sector_paths else "",
            scope.agency_id,
            scope.object,
        )
        if not hand_failures(opening, place, actor):
            return True
    return False


class _Place:
    """The four columns of jurisdiction, standing for a matter that does not exist yet."""

    def __init__(self, region_path: str, sector_path: str, agency_id: int | None, object_id: Any) -> None:
        self.region_path = region_path
        self.sector_path = sector_path
        self.agency_id = agency_id
        self.object_id = object_id


def _tabs(pages: MatterPages, base: str, asked: Asked, counts: dict[str, int]) -> Sequence[parts.Tab]:
    listed = []
    for item in pages.tabs:
        count = counts.get(item.name)
        listed.append(
            parts.Tab(
                item.label,
                address(base, {**asked.filters, "tab": item.name}),
                None if count is None else min(count, COUNT_LIMIT),
                item.name == asked.tab.name,
                item.warn and bool(count),
                over=count is not None and count > COUNT_LIMIT,
            )
        )
    return listed


def _chips(pages: MatterPages, base: str, asked: Asked, actor: Actor) -> Sequence[parts.Chip]:
    by_name = {item.name: item for item in pages.filters}
    return [
        parts.Chip(
            by_name[name].label,
            _called(by_name[name], value, actor),
            address(base, {key: kept for key, kept in asked.query.items() if key != name}),
        )
        for name, value in asked.filters.items()
    ]


def _called(item: ListFilter, value: str, actor: Actor) -> str:
    """What a filter's value is called; an enterprise by its name where the reader may know it, never by its key."""
    if item.kind != "object":
        return item.words(value)
    return visible_objects(actor).filter(uid=value).values_list("name", flat=True).first() or "指定单位"


@require_GET
@signed_in
def export(request: HttpRequest, plural: str) -> HttpResponseBase:
    """``GET /{plural}/export.xlsx``: what the filters show, whole, through the same door."""
    from bihuan.kernel.web.exporting import workbook_response

    _, pages = service_of(plural)
    actor = actor_for(request)
    asked = asked_of(pages, request.GET.dict())
    rows = pages.listed(ordered(select(pages, actor, asked), asked.tab.order))
    stamp = clock.now().strftime("%Y%m%d-%H%M")
    return workbook_response(
        title=f"{pages.loop.label}台账",
        filename=f"{pages.loop.label}台账-{stamp}.xlsx",
        columns=pages.export,
        rows=rows,
        actor=actor,
        filters=_chips(pages, "", asked, actor),
    )
