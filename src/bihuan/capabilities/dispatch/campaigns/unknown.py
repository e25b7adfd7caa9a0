"""Names that hazards and tasks carry and no campaign bears: what ledgers wrote, kept as it stands and listed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.dispatch.campaigns import places
from bihuan.capabilities.dispatch.hands import UNIT_ROLES
from bihuan.kernel import campaigns, clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import counted, records_href
from bihuan.kernel.web.figures.reach import reach_of
from bihuan.kernel.web.session import actor_for

HERE = "/campaigns/names/"
COUNTED = ("hazards.found", "tasks.dispatched")
YEARS = 3
COLUMNS = (
    parts.Column("台账中的名称", "title"),
    parts.Column("隐患", "number"),
    parts.Column("任务", "number"),
)


@dataclass(slots=True)
class Unknown:
    """One name and what carries it."""

    name: str
    values: dict[str, FigureValue] = field(default_factory=dict)


def unknown_names(actor: Actor) -> Sequence[Unknown]:
    """The names of the last years that no campaign bears, the most frequent first; one statement a kind of record."""
    reach = reach_of(actor)
    if reach is None:
        return ()
    today = clock.today()
    period = Period.since(date(today.year - YEARS, 1, 1))
    names = [name for name in COUNTED if name in registry.names()]
    known, found = campaigns.present_names(), dict[str, Unknown]()
    for figure, value in counted(actor, reach, names, period, today, reach.scope, "campaign").items():
        for name, line in value.by.items():
            if name not in known and line.amount:
                found.setdefault(name, Unknown(name)).values[figure] = line
    return sorted(found.values(), key=lambda one: -sum(value.amount or 0 for value in one.values.values()))


@require_GET
@only_for(UNIT_ROLES)
def unknown_page(request: HttpRequest) -> HttpResponse:
    """The list; the office takes a name in on the page of the campaign that it means."""
    listed = unknown_names(actor_for(request))
    rows = [parts.Row((one.name, *(_cell(one.values.get(name)) for name in COUNTED))) for one in listed]
    context = {
        "crumbs": [parts.Link("专项行动", "/campaigns/"), parts.Link("未登记的名称", "")],
        "heading": "未登记的名称",
        "lead": "台账里写了、系统里没有登记的专项行动。原文照存，不计入任何专项行动；"
        "由安委办在对应专项行动的页面选“归并台账名称”，或者另行拟定方案。",
        "beside": places.tabs(actor_for(request), HERE),
        "ledger": parts.Ledger(COLUMNS, rows, "未登记的名称"),
        "empty": parts.Empty("没有未登记的名称。", "台账里的专项行动都已登记。", icon="circle-check"),
    }
    return render(request, "list.html", context)


def _cell(value: FigureValue | None) -> parts.Link | int:
    return 0 if value is None else parts.Link(f"{value.amount or 0:,}", records_href(value))
