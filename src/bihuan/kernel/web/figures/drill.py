"""``GET /figures/<name>/records/``: exactly the records a figure counts, within the asker's jurisdiction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Sum
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.declarations import Figure
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import Coverage, half_up
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.figures.asked import day_of
from bihuan.kernel.web.figures.cards import current_half
from bihuan.kernel.web.figures.kinds import Kind, kind_counted
from bihuan.kernel.web.figures.reach import reach_to_count
from bihuan.kernel.web.paging import address, pager
from bihuan.kernel.web.session import actor_for

MANY = ("regions", "sectors", "exactly")
ONE = (
    "source", "grade", "kind", "type", "campaign", "body", "code", "site", "rule", "target", "result", "topic",
    "origin", "company",
)  # fmt: skip


@require_GET
@only_for(BUSINESS)
def records_page(request: HttpRequest, name: str) -> HttpResponse:
    """The list; its count is the figure."""
    _, coverage, rows, pages = _opened(request, name)
    figure = registry.figure(name)
    cursor = request.GET.get("cursor", "")
    page = pages.order.page(pages.listed(rows), cursor)
    total = rows.count()
    base = f"/figures/{name}/records/"
    kept = _query(request.GET)
    query = "&".join(f"{key}={value}" for key, value in kept)
    links = pager(base, {"cursor": cursor} if cursor else {}, page, total)
    context = {
        "crumbs": [parts.Link("数据", _back(coverage)), parts.Link(figure.label, "")],
        "heading": f"{figure.label}：{total:,} 条",
        "lead": f"{coverage.words()}。{_explains(name)}",
        "begin": (),
        "tabs": (),
        "filters": (),
        "hidden": (),
        "chips": (),
        "clear_href": "",
        "ledger": parts.Ledger(pages.columns, [pages.row(matter) for matter in page.rows], figure.label),
        "empty": parts.Empty("这个数是 0，没有记录。", "换一个时段或范围再看。", _back(coverage), "回到数据"),
        "pager": _with(links, query),
        "count_words": _agreeing(figure, rows, total),
        "export_href": f"/figures/{name}/records/export.xlsx?{query}" if pages.export else "",
    }
    return render(request, "list.html", context)


def _agreeing(figure: Figure, rows: QuerySet[Any], total: int) -> str:
    """That the list is the number: as many records, or what they come to where each counts more than one (persons, yuan)."""
    if not figure.amount:
        return f"共 {total:,} 条，与所示的数一致"
    amount = rows.aggregate(amount=Sum(figure.amount))["amount"] or 0
    told = f"{half_up(amount, 1_000_000, 2)} 万元" if figure.kind == "sum" else f"{amount:,} {figure.unit}"
    return f"共 {total:,} 条记录，合计 {told}，与所示的数一致"


@require_GET
@only_for(BUSINESS)
def records_export(request: HttpRequest, name: str) -> FileResponse:
    """The same records as a workbook."""
    actor, coverage, rows, pages = _opened(request, name)
    label = registry.figure(name).label
    return workbook_response(
        title=label,
        filename=f"{label}-{coverage.period.label}-{coverage.as_of}.xlsx",
        columns=pages.export,
        rows=pages.listed(rows).order_by(pages.unique),
        actor=actor,
        filters=[parts.Chip("口径", coverage.words(), "")],
    )


def _opened(request: HttpRequest, name: str) -> tuple[Actor, Coverage, QuerySet[Any], Kind]:
    actor = actor_for(request)
    reach_to_count(actor)
    pages = kind_counted(name)
    if pages is None:
        raise PermissionDenied
    coverage = _coverage(request.GET)
    counted = answers.records(name, coverage.period, coverage.as_of, coverage.scope)
    rows = pages.visible(actor) & counted
    about = request.GET.get("object", "")
    return actor, coverage, rows.filter(object=_uuid(about)) if about else rows, pages


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused.because("figure.bad_object", "单位无法识别，请从原页面重新打开", "object") from None


def _coverage(query: QueryDict) -> Coverage:
    """Period, cut-off and scope of the address. A scope wider than the asker's is cut to it by the door.

    Raises:
        Refused: something unreadable.
    """
    asked, cut = query.get("period", ""), query.get("as_of", "")
    period = Period.parse(asked) if asked else current_half(clock.today())
    as_of = day_of(cut) if cut else min(period.last, clock.today())
    scope = Scope(
        regions=tuple(query.getlist("regions")),
        sectors=tuple(query.getlist("sectors")),
        exactly=tuple(part for part in query.getlist("exactly") if part in ("regions", "sectors")),
        source=query.get("source", ""),
        grade=query.get("grade", ""),
        kind=query.get("kind", ""),
        type=query.get("type", ""),
        campaign=query.get("campaign", ""),
        body=query.get("body", ""),
        code=query.get("code", ""),
        site=query.get("site", ""),
        rule=query.get("rule", ""),
        target=query.get("target", ""),
        result=query.get("result", ""),
        topic=query.get("topic", ""),
        origin=query.get("origin", ""),
        company=query.get("company", ""),
        agency=_whole(query.get("agency", "")),
        leader=_whole(query.get("leader", "")),
    )
    return Coverage(period, as_of, scope)


def _whole(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Refused.because("figure.bad_agency", "单位无法识别，请从数据页重新打开", "agency")
    return int(text)


def _query(query: QueryDict) -> Sequence[tuple[str, str]]:
    """The address's own parameters, encoded, without the cursor."""
    known = ("period", "as_of", "agency", "leader", "object", *ONE, *MANY)
    return [(name, quote(value)) for name in known for value in query.getlist(name)]


def _with(links: parts.Pager, query: str) -> parts.Pager:
    def joined(href: str) -> str:
        return f"{href}{'&' if '?' in href else '?'}{query}" if href else ""

    return parts.Pager(links.shown, links.total, joined(links.first_href), "", joined(links.next_href))


def _back(coverage: Coverage) -> str:
    return address("/figures/", {"period": coverage.period.label, "as_of": coverage.as_of.isoformat()})


def _explains(name: str) -> str:
    """A ratio opens what it divides by."""
    figure = registry.figure(name)
    if figure.divides:
        return f"比率打开的是分母“{registry.figure(figure.divides[1]).label}”的记录。"
    if figure.adds:
        named = "”和“".join(registry.figure(part).label for part in figure.adds)
        return f"合计打开的是“{named}”的记录，两项都有的一件案件只列一次。"
    return "这里只列您管辖范围内的记录。"
