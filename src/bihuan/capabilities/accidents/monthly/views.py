"""``/returns/compiled/`` and ``/forecasts/compiled/``: a month at a glance, and the files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.accidents import places
from bihuan.capabilities.accidents.monthly import papers, sheets
from bihuan.capabilities.accidents.monthly.compiled import Compiled, Line, forecasts_of, returns_of, risks_of
from bihuan.capabilities.accidents.monthly.hands import SEEING, WHOLE
from bihuan.capabilities.accidents.monthly.kinds import FORECAST, RETURN, Kind
from bihuan.capabilities.accidents.monthly.models import month_after
from bihuan.capabilities.accidents.monthly.opening import open_month
from bihuan.capabilities.accidents.monthly.pages import RISK_COLOURS, warning_href
from bihuan.capabilities.accidents.monthly.states import FormState, Risk
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Document, to_docx, to_pdf
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.expectations.models import Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
MARKS = {
    Standing.DUE: parts.Level("未到期"), Standing.FILED: parts.Level("已报"), Standing.NIL: parts.Level("零报告"),
    Standing.LATE: parts.Level("迟报", "orange"), Standing.MISSING: parts.Level("未报", "red"),
    Standing.WAIVED: parts.Level("免报"),
}  # fmt: skip
RETURN_COLUMNS = (
    parts.Column("填报单位", "title"), parts.Column("报送情况", "mark"), parts.Column("事故", "number", "起"),
    parts.Column("死亡", "number", "人"), parts.Column("重伤", "number", "人"), parts.Column("直接损失", "number", "万元"),
    parts.Column("核对", "mark"), parts.Column("期限", "day"), parts.Column("办理", "action"),
)  # fmt: skip
FORECAST_COLUMNS = (
    parts.Column("填报单位", "title"), parts.Column("报送情况", "mark"), parts.Column("预测事项", "number", "项"),
    parts.Column("填报人"), parts.Column("期限", "day"), parts.Column("办理", "action"),
)  # fmt: skip
RISK_COLUMNS = (
    parts.Column("风险", "title"), parts.Column("等级", "mark"), parts.Column("预测依据"), parts.Column("涉及区域"),
    parts.Column("填报单位", phone=False), parts.Column("办理", "action"),
)  # fmt: skip


def asked_month(request: HttpRequest) -> Period:
    """The month of the address; without one the last that is over.

    Raises:
        Refused: unreadable, or no month.
    """
    text = request.GET.get("month", "")
    if not text:
        return Period.month_of(Period.month_of(clock.today()).first - timedelta(days=1))
    month = Period.parse(text)
    if len(month.label) != 7 or month.label[4] != "-":
        raise Refused.because("monthly.no_month", "请写成 2026-11 这样的月份", "month")
    return month


def _remarks(told: Compiled) -> list[parts.Fact]:
    """What differs, what has changed since, and what belongs to no unit that files."""
    said = [
        parts.Fact(line.agency.name, one, hint=kind, href=f"/returns/{line.form.no}/", wide=True)
        for line in told.lines
        for kind, words in (("与系统不一致", line.differences), ("报后变动", line.moved))
        for one in words
    ]
    return said + [
        parts.Fact("不属于任何应报镇街", one.words(), hint=one.no, href=f"/accidents/{one.no}/", wide=True)
        for one in told.loose
    ]


def _prepare(kind: Kind, month: Period) -> None:
    """What is due of a month that has begun stands there, whoever looks first."""
    if month.first <= clock.today():
        ensure(month, kind.name)
    if kind.opens_on(month) <= clock.today():
        open_month(kind, month)


@require_GET
@only_for(SEEING)
def returns_page(request: HttpRequest) -> HttpResponse:
    """The accident returns of a month, unit by unit, and by field as the records have them."""
    actor, month = actor_for(request), asked_month(request)
    _prepare(RETURN, month)
    told = returns_of(month, actor)
    tables = [
        ("镇街（按事故发生地）", _units(told.of_places(), actor)), ("部门（按行业主管部门）", _units(told.of_fields(), actor)),
    ]  # fmt: skip
    fields = _fields(told) if told.whole else None
    context = {
        **_frame(told, places.RETURNS, actor, "事故月报", "returns"),
        "tables": [(heading, table) for heading, table in tables if table.rows],
        "fields": fields,
        "remarks": _remarks(told),
        "endings": ("xlsx", "docx", "pdf") if told.whole else (),
    }
    return render(request, "accidents/returns.html", context)


@require_GET
@only_for(SEEING)
def forecasts_page(request: HttpRequest) -> HttpResponse:
    """The early-warning forms of a month: who filed, and every risk with its basis, the gravest first."""
    actor, month = actor_for(request), asked_month(request)
    _prepare(FORECAST, month)
    told = forecasts_of(month, actor)
    ahead = month_after(month.last)
    office = actor.holds(Role.OFFICE, Role.LEADER, Role.REGULATOR)
    risks = [
        parts.Row(
            (
                one["risk"], parts.Level(Risk(one["level"]).label, RISK_COLOURS[Risk(one["level"])]), one["basis"], one["area"],
                agency.name, parts.Action("发布预警", warning_href(one, ahead)) if office else None,
            ),
        )
        for agency, one in risks_of(told)
    ]  # fmt: skip
    context = {
        **_frame(told, places.FORECASTS, actor, "预警预测", "forecasts"),
        "ahead": ahead.chinese(),
        "units": parts.Ledger(
            FORECAST_COLUMNS, [_forecast_row(line, actor) for line in told.lines], "报送情况"
        ),
        "risks": parts.Ledger(RISK_COLUMNS, risks, "预测事项"),
        "no_risks": parts.Empty("还没有单位报送预测事项。", "单位报送后列在这里，最重的在前。"),
        "broadcast": papers.broadcast(told) if told.whole else (),
        "endings": ("xlsx", "docx", "pdf") if told.whole else (),
    }
    return render(request, "accidents/forecasts.html", context)


def _frame(told: Compiled, place: str, actor: Actor, label: str, plural: str) -> dict[str, Any]:
    month, counts = told.month, told.counts()
    before = Period.month_of(month.first - timedelta(days=1))
    after = month_after(month.last)
    return {
        "crumbs": [parts.Link("事故", places.ACCIDENTS), parts.Link(label, "")],
        "beside": places.tabs(place)(actor),
        "month": month,
        "month_words": month.chinese(),
        "before_href": f"{place}?month={before.label}",
        "after_href": f"{place}?month={after.label}" if after.first <= clock.today() else "",
        "list_href": f"/{plural}/?tab=all",
        "whole": told.whole,
        "tally": [
            parts.Tally("应报", len(told.lines)), parts.Tally("已报", counts[Standing.FILED]),
            parts.Tally("零报告", counts[Standing.NIL]), parts.Tally("迟报", counts[Standing.LATE], bad=True),
            parts.Tally("未报", counts[Standing.MISSING], late=True), parts.Tally("未到期", counts[Standing.DUE]),
        ]
        if told.lines
        else (),
        "empty": parts.Empty("这个月没有要您单位报送的月报。", "应报单位是有行业监管职责的部门和各镇街。", icon="calendar"),
    }  # fmt: skip


def _units(lines: Sequence[Line], actor: Actor) -> parts.Ledger:
    foot = [
        f"合计（已报 {sum(line.filed for line in lines)} 家）",
        "",
        *papers.amounts(papers.added(lines)),
        "",
        "",
        "",
    ]
    return parts.Ledger(RETURN_COLUMNS, [_return_row(line, actor) for line in lines], "报送情况", foot)


def _return_row(line: Line, actor: Actor) -> parts.Row:
    return parts.Row(
        (
            line.agency.name, MARKS[line.standing], *papers.amounts(line.sums), _checked(line),
            line.form.due_on if line.form is not None else None, _deed(line, actor, "returns"),
        ),
        href=f"/returns/{line.form.no}/" if line.form is not None else "",
        late=line.standing is Standing.MISSING,
    )  # fmt: skip


def _checked(line: Line) -> parts.Level | None:
    if not line.filed:
        return None
    if line.differences:
        return parts.Level(f"{len(line.differences)} 处不一致", "orange")
    if line.moved:
        return parts.Level(f"报后变动 {len(line.moved)} 处", "yellow")
    return parts.Level("一致")


def _forecast_row(line: Line, actor: Actor) -> parts.Row:
    form = line.form
    return parts.Row(
        (
            line.agency.name, MARKS[line.standing], len(form.items) if line.filed else None,
            form.filed_by or None if form is not None else None, form.due_on if form is not None else None,
            _deed(line, actor, "forecasts"),
        ),
        href=f"/forecasts/{form.no}/" if form is not None else "",
        late=line.standing is Standing.MISSING,
    )  # fmt: skip


def _deed(line: Line, actor: Actor, plural: str) -> parts.Action | None:
    form = line.form
    if form is None:
        return None
    mine = any(scope.agency_id == form.agency_id for scope in actor.scopes)
    if form.state == FormState.OPEN and mine:
        return parts.Action("填报", f"/{plural}/{form.no}/file/")
    if form.state == FormState.FILED and actor.holds(Role.OFFICE):
        return parts.Action(
            "备案", f"/{plural}/{form.no}/accept/", not line.differences, ["与系统记录一致后才能备案"]
        )
    return None


def _fields(told: Compiled) -> parts.Ledger:
    columns = (
        parts.Column("行业领域", "title"), parts.Column("事故", "number", "起"), parts.Column("死亡", "number", "人"),
        parts.Column("重伤", "number", "人"), parts.Column("直接损失", "number", "万元"),
    )  # fmt: skip
    found = papers.by_field(told.records)
    rows = [parts.Row((label, *papers.amounts(sums))) for label, sums in found if sums["count"]]
    sums = {name: sum(one[name] for _, one in found) for name in papers.NUMBERS}
    return parts.Ledger(columns, rows, "系统记录按行业", ["合计", *papers.amounts(sums)])


@require_GET
@only_for(WHOLE)
def returns_paper(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The compiled returns as .xlsx, .docx or PDF."""
    actor, month = actor_for(request), asked_month(request)
    told = returns_of(month, actor)
    if ending == "txt":
        raise Http404
    if ending == "xlsx":
        return _file(
            sheets.of_returns(told, *_hands(actor), demo=settings.BIHUAN_DEMO),
            ending,
            f"事故统计报表-{month.label}",
        )
    return _paper(papers.paper_of_returns(told, *_hands(actor)), ending, f"事故统计报表-{month.label}")


@require_GET
@only_for(WHOLE)
def forecasts_paper(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The compiled early-warning form as .xlsx, .docx or PDF."""
    actor, month = actor_for(request), asked_month(request)
    told = forecasts_of(month, actor)
    name = f"预警预测月报表-{month_after(month.last).label}"
    if ending == "txt":
        raise Http404
    if ending == "xlsx":
        return _file(sheets.of_forecasts(told, *_hands(actor), demo=settings.BIHUAN_DEMO), ending, name)
    return _paper(papers.paper_of_forecasts(told, *_hands(actor)), ending, name)


@require_GET
@only_for(WHOLE)
def broadcast_paper(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The text for broadcast, as .docx or as plain text."""
    actor, month = actor_for(request), asked_month(request)
    told = forecasts_of(month, actor)
    name = f"预警预测播发稿-{month_after(month.last).label}"
    if ending == "txt":
        return _file(("\n".join(papers.broadcast(told)) + "\n").encode(), ending, name)
    if ending == "docx":
        return _paper(papers.paper_of_broadcast(told), ending, name)
    raise Http404


def _hands(actor: Actor) -> tuple[str, str]:
    office = next((scope.agency for scope in actor.scopes if scope.agency), "")
    return str(office), actor.name


def _paper(document: Document, ending: str, name: str) -> HttpResponse:
    return _file(to_docx(document) if ending == "docx" else to_pdf(document), ending, name)


def _file(content: bytes, ending: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[ending])
    file = quote(f"{name}.{ending}")
    response["Content-Disposition"] = f"attachment; filename=\"form.{ending}\"; filename*=UTF-8''{file}"
    response["Cache-Control"] = "no-store"
    return response
