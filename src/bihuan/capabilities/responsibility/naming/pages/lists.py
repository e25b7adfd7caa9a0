"""``/responsibility/naming/<kind>/``: who is named for what on a day, one kind a page; and what nobody is named for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.naming import keeping, pairing
from bihuan.capabilities.responsibility.naming.kinds import SORTS, Sort, sort_of
from bihuan.capabilities.responsibility.naming.models import Naming
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.territory.models import Agency, Region, Standing
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.paging import address
from bihuan.kernel.web.session import actor_for
from bihuan.registers.pages.days import asked_day

HERE = "/responsibility/naming/"
SHOWN = 500
LED = ("area", "sector", "portfolio")
"""Kinds by which leaders answer: whoever never went to look stands out (M015)."""
VISITS = ("visits.supervision", "visits.led_inspections")


def known_sort(kind: str) -> Sort:
    sort = sort_of(kind)
    if sort is None:
        raise Absent("没有这一类责任分工")
    return sort


@require_GET
@only_for(places.UNITS)
def index(request: HttpRequest) -> HttpResponse:
    """Straight to the first kind."""
    return HttpResponseRedirect(f"{HERE}{SORTS[0].kind}/")


@require_GET
@only_for(places.UNITS)
def of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of a day."""
    actor, on, sort = actor_for(request), asked_day(request), known_sort(kind)
    rows = keeping.on_day(on).filter(kind=kind)
    if sort.takes("object"):
        rows = rows.filter(object__in=visible_objects(actor).values("pk"))
    total = rows.count()
    listed = list(
        rows.select_related("post__agency", "unit", "region__parent", "sector", "agency", "object").order_by(
            "region_path", "sector_path", "object__name_pinyin", "agency__order", "id"
        )[:SHOWN]
    )
    holders = _holders(listed, on)
    visits = _visits(listed, on) if kind == "pairing" else {}
    led = _visits_by_leader(on) if kind in LED else {}
    may = keeping.may_keep(actor, sort) or any(scope.role in sort.keepers for scope in actor.scopes)
    unnamed = _unnamed(sort, on, actor)
    context = {
        **places.beside(actor, HERE, sort.label),
        "tabs": _kinds(kind, on),
        "heading": sort.label,
        "lead": sort.says,
        "begin": (parts.Action(f"确定{sort.called}", f"{HERE}{kind}/new/", primary=True, icon="plus"),) if may else (),
        "filters": (parts.Filter("on", "看哪一天的", "date", on.isoformat()),),
        "chips": (),
        "ledger": parts.Ledger(_columns(sort), [_row(sort, row, holders, visits, led) for row in listed], sort.label),
        "empty": parts.Empty(f"{on} 还没有确定{sort.called}。", sort.says, icon="users"),
        "count_words": f"共 {total} 条" + (f"，先列前 {SHOWN} 条" if total > SHOWN else ""),
        "unnamed": unnamed,
        "late": _late(on, actor) if kind == "pairing" else None,
    }  # fmt: skip
    return render(request, "responsibility/naming.html", context)


def _kinds(kind: str, on: date) -> Sequence[parts.Tab]:
    counts: dict[str, int] = {}
    for one in keeping.on_day(on).values_list("kind", flat=True):
        counts[one] = counts.get(one, 0) + 1
    asked = "" if on == clock.today() else on.isoformat()
    return [
        parts.Tab(
            one.label, address(f"{HERE}{one.kind}/", {"on": asked}), counts.get(one.kind, 0), one.kind == kind
        )
        for one in SORTS
    ]


def _columns(sort: Sort) -> Sequence[parts.Column]:
    about = {"area": "片区", "sector": "行业领域", "portfolio": "部门", "zone": "责任区", "grid": "网格"}.get(
        sort.kind, "企业" if sort.takes("object") else "范围"
    )
    visits: tuple[parts.Column, ...] = ()
    if sort.kind == "pairing":
        visits = (parts.Column("走访频次"), parts.Column("本期走访"))
    if sort.kind in LED:
        visits = (parts.Column("本年督导检查", "number", "次"),)
    return (
        parts.Column(about, "title"), parts.Column(sort.called), *visits, parts.Column("起", "day"),
        parts.Column("止", "day", phone=False), parts.Column("依据", phone=False),
    )  # fmt: skip


def _row(
    sort: Sort,
    row: Naming,
    holders: Mapping[int, str],
    visits: Mapping[Any, Expectation],
    led: Mapping[int, int],
) -> parts.Row:
    if row.post_id is not None:
        name = holders.get(row.post_id)
        whom: Any = f"{row.whom()} {name}" if name else parts.Level(f"{row.whom()} 空缺", "red")
    else:
        whom = row.whom()
    visited: tuple[Any, ...] = ()
    if sort.kind == "pairing":
        due = visits.get((row.object_id, row.unit_id or (row.post.agency_id if row.post else None)))
        visited = (row.get_frequency_display(), _visit_words(due))
    if sort.kind in LED:
        count = led.get(row.post_id or 0, 0)
        visited = (count or parts.Level("0 次", "red"),)
    where = (
        f"{row.region.parent.name} "
        if row.region and row.region.parent and row.region.path.count(".") > 2
        else ""
    )
    return parts.Row(
        (f"{where}{row.about()}", whom, *visited, row.since, row.until, row.document or None),
        href=f"{HERE}{sort.kind}/{row.pk}/",
    )


def _visit_words(due: Expectation | None) -> Any:
    if due is None:
        return None
    if due.met_at is not None:
        return parts.State("已走访", "done")
    return parts.Level("逾期未走访", "red") if due.due_on < clock.today() else f"待走访，{due.due_on} 前"


def _holders(listed: Sequence[Naming], on: date) -> dict[int, str]:
    posts = {row.post_id for row in listed if row.post_id is not None}
    return dict(Tenure.objects.filter(in_force(on), post__in=posts).values_list("post_id", "person__name"))


def _visits(listed: Sequence[Naming], on: date) -> dict[Any, Expectation]:
    """The visit of the period of ``on`` for each pairing, by object and whose it is."""
    periods = {pairing.period_of(row, on).label for row in listed}
    rows = Expectation.objects.filter(
        kind=pairing.VISIT, period__in=periods, object__in=[row.object_id for row in listed]
    )
    return {(one.object, one.holder_id): one for one in rows}


def _visits_by_leader(on: date) -> dict[int, int]:
    """How often each leader's post went to look in the year of ``on`` up to that day, by the figures of visits."""
    names = [name for name in VISITS if name in registry.names()]
    if not names:
        return {}
    found: dict[int, int] = {}
    for value in answers.values(names, Period.parse(str(on.year)), on, by="leader").values():
        for line in value.by.values():
            leader = line.scope.leader
            if leader is not None:
                found[leader] = found.get(leader, 0) + (line.amount or 0)
    return found


def _late(on: date, actor: Actor) -> parts.Ledger:
    """Visits that did not come."""
    mine = visible_objects(actor).values("pk")
    rows = pairing.overdue(on).filter(object__in=mine)[:SHOWN]
    columns = (
        parts.Column("走访", "title"), parts.Column("应走访的单位"), parts.Column("时段"), parts.Column("应于", "day"),
    )  # fmt: skip
    late = [
        parts.Row(
            (one.title, one.holder.name, one.period, one.due_on), href=f"/filings/{one.uid}/", late=True
        )
        for one in rows
    ]
    return parts.Ledger(columns, late, "逾期未走访")


def _unnamed(sort: Sort, on: date, actor: Actor) -> Sequence[parts.Link]:
    """What nobody of the kind is named for: each links to where it is filled in."""
    new = f"{HERE}{sort.kind}/new/"
    if sort.kind in ("area", "grid"):
        named = keeping.on_day(on).filter(kind=sort.kind).values_list("region_path", flat=True)
        rows = Region.objects.filter(in_force(on), level__in=sort.levels, standing=Standing.CONFIRMED)
        if sort.kind == "grid":
            rows = rows.filter(level="grid_cell")
        missing = rows.exclude(path__in=list(named)).order_by("path")[:SHOWN]
        return [parts.Link(one.name, address(new, {"region": str(one.pk)})) for one in missing]
    if sort.kind == "portfolio":
        units = keeping.on_day(on).filter(kind="portfolio").values("agency")
        free = (
            Agency.objects.filter(in_force(on), kind="department")
            .exclude(pk__in=units)
            .order_by("order", "id")
        )
        return [parts.Link(one.name, address(new, {"agency": str(one.pk)})) for one in free]
    if sort.kind == "pairing":
        mine = pairing.unpaired(on).filter(pk__in=visible_objects(actor).values("pk")).order_by("name_pinyin")
        return [
            parts.Link(one.name, address(new, {"object": f"{one.name}｜{one.credit_code or one.uid}"}))
            for one in mine[:SHOWN]
        ]
    return ()
