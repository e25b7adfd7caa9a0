"""``/accidents/outstanding/``: what units still owe after accidents: papers, measures, sanctions, decisions (M212, M217)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.accidents import lines, places
from bihuan.capabilities.accidents.access import visible_accidents
from bihuan.capabilities.accidents.hands import INSIDE
from bihuan.capabilities.accidents.models import OPEN_STATES
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.session import actor_for

KINDS = (
    ("documents", "未提供的资料", "unit", "what", "answered_on"),
    ("recommendations", "未落实的整改和防范措施", "unit", "what", "executed_on"),
    ("sanctions", "未执行的处理决定", "who", "decision", "executed_on"),
)
COLUMNS = (
    parts.Column("单位或责任人", "title"), parts.Column("事项"), parts.Column("期限", "day"), parts.Column("事故"),
)  # fmt: skip
_COLUMN_NAMES = ("no", "unit", "place", "documents", "recommendations", "sanctions")


@require_GET
@only_for(INSIDE)
def outstanding_page(request: HttpRequest) -> HttpResponse:
    """Three lists, by unit, the late ones first."""
    actor = actor_for(request)
    rows = _accidents(actor)
    today = clock.today()
    context = {
        "crumbs": [parts.Link("事故", places.ACCIDENTS), parts.Link("未落实事项", "")],
        "beside": places.tabs(places.OUTSTANDING)(actor),
        "lists": [
            (heading, _ledger(rows, column, who, what, done, today, heading))
            for column, heading, who, what, done in KINDS
        ],
        "empty": parts.Empty("没有未落实的事项。", "调取的资料、整改措施和处理决定落实前都列在这里。", icon="circle-check"),
        "export_href": f"{places.OUTSTANDING}export.xlsx",
    }  # fmt: skip
    return render(request, "accidents/outstanding.html", context)


@require_GET
@only_for(INSIDE)
def outstanding_export(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, one line an item."""
    actor = actor_for(request)
    rows = _accidents(actor)
    today = clock.today()
    told = [
        (heading, one[who], one[what], one["due_on"], "逾期" if lines.late(one, done, today) else "", no)
        for column, heading, who, what, done in KINDS
        for no, _, one in _open(rows, column, done)
    ]
    headings = ("类别", "单位或责任人", "事项", "期限", "是否逾期", "事故编号")
    columns: list[tuple[str, Any]] = [
        (name, lambda line, place=place: line[place]) for place, name in enumerate(headings)
    ]
    return workbook_response("事故未落实事项", f"事故未落实事项-{today}.xlsx", columns, told, actor, [])


def _accidents(actor: Actor) -> list[Mapping[str, Any]]:
    """The open accidents of the actor, in one statement."""
    found = visible_accidents(actor).filter(state__in=[state.value for state in OPEN_STATES])
    return list(found.order_by("occurred_on").values(*_COLUMN_NAMES))


def _open(
    rows: Iterable[Mapping[str, Any]], column: str, done: str
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for row in rows:
        for one in row[column]:
            if not one[done]:
                yield row["no"], row["unit"] or row["place"], one


def _ledger(
    rows: list[Mapping[str, Any]], column: str, who: str, what: str, done: str, today: date, heading: str
) -> parts.Ledger | None:
    found = sorted(_open(rows, column, done), key=lambda line: (line[2][who], line[2]["due_on"]))
    found.sort(key=lambda line: not lines.late(line[2], done, today))
    if not found:
        return None
    return parts.Ledger(
        COLUMNS,
        [
            parts.Row(
                (
                    one[who],
                    one[what],
                    parts.Deadline.of(date.fromisoformat(one["due_on"]), today=today),
                    name,
                ),
                href=f"/accidents/{no}/",
                late=lines.late(one, done, today),
                sub=no,
            )
            for no, name, one in found
        ],
        heading,
    )
