"""``/responsibility/gaps/``: how many objects nobody answers for on a day, by cause and by town; every count opens its list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.gaps import causes, comparing
from bihuan.capabilities.responsibility.gaps.access import visible_gaps
from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.concerned import concerned
from bihuan.capabilities.responsibility.gaps.hands import UNIT_ROLES
from bihuan.capabilities.responsibility.gaps.pages import OVERVIEW
from bihuan.capabilities.responsibility.gaps.states import OPEN_STATES
from bihuan.capabilities.responsibility.gaps.subjects import subject_of
from bihuan.capabilities.responsibility.gaps.survey import Survey, Towns, survey
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.paging import address
from bihuan.kernel.web.places import add_urls
from bihuan.kernel.web.session import actor_for
from bihuan.registers.pages.days import asked_day

SHOWN = 200
_OPEN = [state.value for state in OPEN_STATES]


@require_GET
@only_for(UNIT_ROLES)
def overview(request: HttpRequest) -> HttpResponse:
    """Causes down, towns across."""
    actor, on = actor_for(request), asked_day(request)
    found, at = comparing.overview(on, actor, anew=bool(request.GET.get("anew")))
    towns = Towns()
    there = [path for path in towns.names if any(line.town == path for line in found.lines)]
    outside = any(not line.town for line in found.lines)
    columns = [
        parts.Column("情形", "title"),
        parts.Column("合计", "number", "家"),
        *(parts.Column(towns.names[path], "number", phone=False) for path in there),
        *((parts.Column("不在镇街内", "number", phone=False),) if outside else ()),
        parts.Column("在办", "number", "项"),
    ]
    open_ones = _open_by_cause(actor)
    rows = [
        _row(
            cause,
            found,
            [*there, *([""] if outside else [])],
            open_ones,
            on.isoformat() if on != clock.today() else "",
        )
        for cause in Cause
        if cause is not Cause.OTHER or open_ones.get(cause.value)
    ]
    total = sum(1 for row in rows if row.late)
    context = {
        **places.beside(actor, OVERVIEW),
        "heading": "监管盲区和争议",
        "lead": f"按 {on} 在岗的人和在用的分工逐家比对：没有人管的、两家都管的，一家不漏。" + _when(at),
        "begin": (
            *(
                (
                    parts.Action(
                        "重新比对", address(OVERVIEW, {"on": on.isoformat(), "anew": "1"}), icon="refresh"
                    ),
                )
                if at
                else ()
            ),
            parts.Action("办理情况", "/gaps/", icon="list-check"),
            parts.Action("登记盲区或争议", "/gaps/new/raise/", primary=True, icon="plus"),
        ),
        "filters": (parts.Filter("on", "看哪一天的", "date", on.isoformat()),),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "监管盲区和争议"),
        "empty": parts.Empty("没有盲区。", icon="circle-check"),
        "count_words": f"{total} 种情形存在" if total else "没有盲区和争议",
    }
    return render(request, "list.html", context)


def _when(at: datetime | None) -> str:
    """That the numbers are not of this moment, where they are not."""
    return f"以下为 {at.astimezone(clock.SHANGHAI):%m月%d日 %H:%M} 比对的结果。" if at is not None else ""


def _open_by_cause(actor: Actor) -> dict[str, int]:
    counted: dict[str, int] = defaultdict(int)
    for cause in visible_gaps(actor).filter(state__in=_OPEN).values_list("cause", flat=True):
        counted[cause] += 1
    return counted


def _row(cause: Cause, found: Survey, towns: Sequence[str], open_ones: dict[str, int], on: str) -> parts.Row:
    base, total = f"{OVERVIEW}{cause.value}/", found.count(cause)
    by_town: dict[str, int] = defaultdict(int)
    for line in found.lines:
        if line.cause is cause:
            by_town[line.town] += line.count

    def cell(town: str) -> object:
        count = by_town.get(town, 0)
        return parts.Link(f"{count:,}", address(base, {"on": on, "town": town or "-"})) if count else 0

    waiting = open_ones.get(cause.value, 0)
    href = address("/gaps/", {"cause": cause.value})
    return parts.Row(
        (
            cause.label,
            total,
            *(cell(town) for town in towns),
            parts.Link(f"{waiting}", href) if waiting else 0,
        ),
        href=address(base, {"on": on}) if total else href if waiting else "",
        late=bool(total),
        sub="争议" if cause.conflict else "",
    )


@require_GET
@only_for(UNIT_ROLES)
def one_cause(request: HttpRequest, cause: str) -> HttpResponse:
    """The objects behind a count."""
    actor, on = actor_for(request), asked_day(request)
    known = next((one for one in Cause if one.value == cause and one is not Cause.OTHER), None)
    if known is None:
        raise Absent("没有这一种盲区")
    asked, towns = request.GET.get("subject"), Towns()
    town = request.GET.get("town", "")
    within = Q(region_path__startswith=town) if town in towns.names else Q()
    found = survey(on, actor, within)
    objects = concerned(found, known, actor, subject=asked, town=town if town in towns.names else "")
    if town == "-":
        for path in towns.names:
            objects = objects.exclude(region_path__startswith=path)
    total = objects.count()
    rows = [
        parts.Row(
            (one.name, towns.names.get(towns.of(one.region_path), "—"), one.sector.name if one.sector else None,
             one.agency.name if one.agency else None),
            href=address("/responsibility/who/", {"object": str(one.uid), "on": on.isoformat()}),
        )
        for one in objects.select_related("sector", "agency")[:SHOWN]
    ]  # fmt: skip
    words, where = known.mended_at
    about = _about(known, asked, actor)
    columns = (
        parts.Column("监管对象", "title"), parts.Column("镇街"), parts.Column("行业领域"), parts.Column("登记的监管部门"),
    )  # fmt: skip
    context = {
        "crumbs": [
            parts.Link("责任", places.HUB), parts.Link("监管盲区", address(OVERVIEW, {"on": request.GET.get("on", "")})),
            parts.Link(known.label, ""),
        ],
        "heading": f"{about}{known.label}",
        "lead": f"{on} 的情况。解决办法：{words}。",
        "begin": (parts.Action(words, where, icon="arrow-right"),) if where else (),
        "beside": places.tabs(actor, OVERVIEW),
        "filters": (
            parts.Filter("on", "看哪一天的", "date", on.isoformat()),
            parts.Filter("town", "镇街", value=town, choices=[("", "全部"), *towns.names.items()]),
        ),
        "hidden": [("subject", asked)] if asked is not None else [],
        "chips": (),
        "ledger": parts.Ledger(columns, rows, known.label),
        "empty": parts.Empty("这一天没有。", icon="circle-check"),
        "count_words": f"共 {total:,} 家" + (f"，先列前 {SHOWN} 家，请按镇街筛选" if total > SHOWN else ""),
    }  # fmt: skip
    return render(request, "list.html", context)


def _about(cause: Cause, asked: str | None, actor: Actor) -> str:
    """What was asked about, by name; one object only through the actor's own door."""
    if asked is None:
        return ""
    if cause.about == causes.OBJECT:
        return f"{access_object(actor, asked, joined=False).name}："
    found = subject_of(cause, asked)
    return f"{found.name}：" if found and found.name else ""


def install() -> None:
    """Serve the pages and hang them under 责任."""
    add_urls(
        [
            path("responsibility/gaps/", overview, name="supervision_gaps"),
            path("responsibility/gaps/<slug:cause>/", one_cause, name="supervision_gaps_of_cause"),
        ]
    )
    places.offer(
        30, "监管盲区", OVERVIEW, UNIT_ROLES, says="没有人管的、两家都管的企业，逐家列出，办到有人管为止",
        count=lambda actor: visible_gaps(actor).filter(state__in=_OPEN).count(),
    )  # fmt: skip
