"""Pages of 会议与督导 that no loop makes: meetings due and who came, the notice of last year, what an enterprise may read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from bihuan.capabilities.dispatch.hands import UNIT_ROLES
from bihuan.capabilities.dispatch.meetings import places
from bihuan.capabilities.dispatch.meetings.access import access_meeting, visible_meetings, visible_summonses
from bihuan.capabilities.dispatch.meetings.cadence import MEMBERS, MONTHLY_DISPATCH
from bihuan.capabilities.dispatch.meetings.hands import units_of
from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.capabilities.dispatch.meetings.notice import Notice, notice_of, shown
from bihuan.capabilities.dispatch.meetings.states import MeetingKind, MeetingState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.figures.cards import records_href
from bihuan.kernel.web.session import actor_for

Look = Literal["met", "nil", "due", "late", "missing", "waived", "none"]
HOME = parts.Link(places.LABEL, places.MEETINGS)
WORDS: dict[Standing, tuple[str, Look]] = {
    Standing.FILED: ("已开", "met"), Standing.LATE: ("补录", "late"), Standing.MISSING: ("未开", "missing"),
    Standing.DUE: ("待开", "due"), Standing.WAIVED: ("免开", "waived"), Standing.NIL: ("—", "nil"),
}  # fmt: skip
SEATS = (
    parts.Column("单位", "title"), parts.Column("应到", "number", "次"), parts.Column("到会", "number", "次"),
    parts.Column("派人代会", "number", "次"), parts.Column("缺席", "number", "次"),
)  # fmt: skip
CALLED = (
    parts.Column("会议", "title"), parts.Column("召开日期", "day"), parts.Column("地点"), parts.Column("法定代表人"),
)  # fmt: skip


@require_GET
@only_for(UNIT_ROLES)
def due_page(request: HttpRequest) -> HttpResponse:
    """Which meetings of the year were due and held, and how often each unit came to those the actor may see."""
    actor = actor_for(request)
    today = clock.today()
    said = request.GET.get("year", "")
    year = int(said) if said.isdecimal() and 2000 <= int(said) <= 2100 else today.year
    rows = _due(year, today)
    context = {
        "crumbs": [HOME, parts.Link("应开会议和到会情况", "")],
        "beside": places.tabs(places.DUE)(actor),
        "year": year,
        "before": f"{places.DUE}?year={year - 1}",
        "after": f"{places.DUE}?year={year + 1}" if year < today.year else "",
        "months": [parts.Column(f"{month}月") for month in range(1, 13)],
        "rows": rows,
        "no_rows": parts.Empty(
            "这一年没有应开的会议。", "例会、联席会议的频次在“期限与规则”中设定。", icon="calendar"
        ),
        "seats": parts.Ledger(SEATS, _seats(actor, year), f"{year}年各单位到会情况"),
        "no_seats": parts.Empty("这一年还没有登记过有参会单位的会议。", icon="users"),
    }
    return render(request, "meetings/due.html", context)


def _due(year: int, today: date) -> list[parts.MatrixRow]:
    """One line a kind of meeting; a quarter's stands in the last month of the quarter."""
    kinds = (MONTHLY_DISPATCH, MEMBERS)
    found = Expectation.objects.filter(kind__in=kinds, period__startswith=str(year)).order_by("period")
    lines: dict[str, dict[int, parts.MatrixCell]] = {}
    for row in found:
        word, look = WORDS[row.standing(today)]
        hint = f"{row.due_on} 前登记"
        cell = parts.MatrixCell(
            word, look, href=f"/filings/{row.uid}/" if look == "missing" else "", hint=hint
        )
        lines.setdefault(row.title, {})[Period.parse(row.period).last.month] = cell
    nothing = parts.MatrixCell("—", "none")
    return [
        parts.MatrixRow(title, [cells.get(month, nothing) for month in range(1, 13)])
        for title, cells in lines.items()
    ]


def _seats(actor: Actor, year: int) -> list[parts.Row]:
    """A unit reads its own line, the office and the leaders all."""
    held = visible_meetings(actor).filter(took_place=True, held_on__year=year)
    asked: Counter[int] = Counter()
    away: Counter[int] = Counter()
    sent: Counter[int] = Counter()
    for invited, absent, substitutes in held.values_list("invited", "absent", "substitutes"):
        asked.update(invited)
        away.update(absent)
        sent.update(substitutes)
    keys = set(asked) if actor.holds(Role.OFFICE, Role.LEADER) else set(asked) & units_of(actor)
    units = Agency.objects.filter(pk__in=keys).order_by("kind", "order", "id").values_list("pk", "name")
    return [
        parts.Row((name, asked[pk], asked[pk] - away[pk] - sent[pk], sent[pk], away[pk]))
        for pk, name in units
    ]


@require_GET
@only_for(frozenset(ENTERPRISE_ROLES))
def summoned_page(request: HttpRequest) -> HttpResponse:
    """What an enterprise may know of meetings: that its head was called, when and where, and whether he came."""
    actor = actor_for(request)
    own = {str(scope.object) for scope in actor.scopes}
    rows = [
        parts.Row((each.title, each.held_on, each.place or "—", _came(each, own)))
        for each in visible_summonses(actor).order_by("-held_on", "uid")[:200]
    ]
    context = {
        "crumbs": [parts.Link("会议通知", "")],
        "heading": "会议通知",
        "lead": "通知本单位法定代表人到会的会议。",
        "ledger": parts.Ledger(CALLED, rows, "会议通知"),
        "empty": parts.Empty(
            "没有通知本单位到会的会议。", "有通知时会列在这里，并发到“通知”。", icon="users"
        ),
    }
    return render(request, "list.html", context)


def _came(meeting: Meeting, own: set[str]) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return "会议已取消"
    if not meeting.took_place:
        return "请到会"
    return "未到会" if own & set(meeting.summoned_absent) else "已到会"


@require_GET
@only_for(UNIT_ROLES)
def notice_page(request: HttpRequest, no: str) -> HttpResponse:
    """上年度情况通报 of the year's first conference."""
    meeting = _annual(request, no)
    told = notice_of(meeting.held_on.year - 1)
    columns = [parts.Column("镇街", "title"), *(parts.Column(heading, "number") for heading in told.headings)]
    context = {
        "crumbs": [
            HOME,
            parts.Link(meeting.title, f"/meetings/{meeting.no}/"),
            parts.Link("上年度情况通报", ""),
        ],
        "heading": f"{told.period.chinese()}各镇街安全生产情况通报",
        "lead": f"截至 {told.as_of}，按登记的记录统计；点数字可打开所数的记录。",
        "ledger": parts.Ledger(columns, [parts.Row(cells) for cells in _linked(told)], "上年度情况通报"),
        "empty": parts.Empty("上一年没有登记的记录，无法生成通报。"),
        "count_words": f"{len(told.towns)} 个镇街",
        "export_href": f"/meetings/{meeting.no}/last-year/export.xlsx",
    }
    return render(request, "list.html", context)


def _linked(told: Notice) -> list[tuple[Any, ...]]:
    rows = [
        (town, *(parts.Link(shown(value), records_href(value)) if value else "0" for value in values))
        for town, values in zip(told.towns, told.values, strict=True)
    ]
    total = ("合计", *(parts.Link(shown(value), records_href(value)) for value in told.totals))
    return [*rows, total] if rows else []


@require_GET
@only_for(UNIT_ROLES)
def notice_export(request: HttpRequest, no: str) -> HttpResponseBase:
    """The same as a workbook to hand out."""
    meeting = _annual(request, no)
    told = notice_of(meeting.held_on.year - 1)
    rows = [
        (town, *map(shown, values))
        for town, values in [*zip(told.towns, told.values, strict=True), ("合计", told.totals)]
    ]
    headings = ("镇街", *told.headings)
    return workbook_response(
        title=f"{told.period.chinese()}各镇街安全生产情况通报",
        filename=f"{told.period.chinese()}各镇街安全生产情况通报.xlsx",
        columns=[(heading, _cell(place)) for place, heading in enumerate(headings)],
        rows=rows,
        actor=actor_for(request),
        filters=[parts.Chip("截至", told.as_of.isoformat(), "")],
    )


def _cell(place: int) -> Any:
    return lambda row: row[place]


def _annual(request: HttpRequest, no: str) -> Meeting:
    meeting = access_meeting(actor_for(request), no)
    if meeting.kind != MeetingKind.ANNUAL:
        raise Http404
    return meeting


urlpatterns: Sequence[Any] = [
    path("meetings/due/", due_page, name="meetings_due"),
    path("meetings/summoned/", summoned_page, name="meetings_summoned"),
    path("meetings/<str:no>/last-year/", notice_page, name="meeting_notice"),
    path("meetings/<str:no>/last-year/export.xlsx", notice_export, name="meeting_notice_export"),
]
