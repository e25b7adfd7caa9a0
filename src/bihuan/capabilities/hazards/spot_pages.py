"""``GET /spot-checks/``: what was drawn of the enterprises' own closings, and how far each unit has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from bihuan.capabilities.hazards.hands import SUPERVISING
from bihuan.capabilities.hazards.spot_checks import progress
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts, places
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.frame import for_roles, offer
from bihuan.kernel.web.session import actor_for

READERS = SUPERVISING | {Role.LEADER}
COLUMNS = (
    parts.Column("单位", "title"),
    parts.Column("月份"),
    parts.Column("自验销号", "number", "项"),
    parts.Column("抽查比例", "number"),
    parts.Column("应抽", "number", "项"),
    parts.Column("已抽", "number", "项"),
    parts.Column("不合格", "number", "项"),
    parts.Column("待抽", "number", "项"),
    parts.Column("期限", "day"),
)


@require_GET
@only_for(READERS)
def spot_checks_page(request: HttpRequest) -> HttpResponse:
    """Every unit's draws for the office and the leaders, the own ones for everybody else."""
    actor = actor_for(request)
    whole = actor.holds(Role.OFFICE, Role.LEADER)
    units = None if whole else {scope.agency_id for scope in actor.scopes if scope.agency_id is not None}
    lines = progress(units, clock.today())
    context = {
        "crumbs": [parts.Link("自验抽查", "")],
        "tally": _tally(lines),
        "ledger": parts.Ledger(COLUMNS, [_row(line) for line in lines], "自验抽查"),
        "empty": parts.Empty(
            "还没有抽取过。",
            "每月 1 日，从上月企业自查自改、自行验收的隐患中按比例抽取，列在这里。",
            icon="checklist",
        ),
    }
    return render(request, "spot_checks.html", context)


def _tally(lines: list[dict[str, Any]]) -> list[parts.Tally]:
    if not lines:
        return []
    late = sum(line["left"] for line in lines if line["due"] < clock.today())
    return [
        parts.Tally("应抽", sum(line["owed"] for line in lines)),
        parts.Tally("已抽", sum(line["done"] for line in lines)),
        parts.Tally("不合格", sum(line["failed"] for line in lines), bad=True),
        parts.Tally("待抽", sum(line["left"] for line in lines), href="/hazards/?tab=spot"),
        parts.Tally("逾期未抽", late, late=True),
    ]


def _row(line: Mapping[str, Any]) -> parts.Row:
    open_ones = bool(line["left"])
    return parts.Row(
        (
            line["unit"], Period.parse(line["month"]).chinese(), line["among"], f"{line['share']}%", line["owed"],
            line["done"], line["failed"], line["left"],
            parts.Deadline.of(line["due"]) if open_ones else line["due"],
        ),
        href="/hazards/?tab=spot" if open_ones else "",
        late=open_ones and line["due"] < clock.today(),
    )  # fmt: skip


def install() -> None:
    """Serve the page and offer it to those who spot-check."""
    places.add_urls([path("spot-checks/", spot_checks_page, name="spot_checks")])
    offer(85, for_roles("自验抽查", "/spot-checks/", "checklist", READERS))
