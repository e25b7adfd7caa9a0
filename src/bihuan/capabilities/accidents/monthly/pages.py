"""How the two monthly forms show themselves; a return with every row on which it differs from the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.accidents import places
from bihuan.capabilities.accidents.monthly import comparing, stated
from bihuan.capabilities.accidents.monthly.loops import ACCIDENT_RETURN, RISK_FORECAST
from bihuan.capabilities.accidents.monthly.models import FILED, AccidentReturn, RiskForecast, month_after
from bihuan.capabilities.accidents.monthly.states import FormState, Risk
from bihuan.capabilities.accidents.states import Branch
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents.numerals import exact_wan_yuan, exact_yuan
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

BY_MONTH = Order("month", "month_from", descending=True)
LATE, NIL = parts.Level("迟报", "orange"), parts.Level("零报告")
RISK_COLOURS: Mapping[Risk, parts.Warning4] = {
    Risk.LOW: "blue", Risk.GENERAL: "yellow", Risk.SIGNIFICANT: "orange", Risk.MAJOR: "red",
}  # fmt: skip


def level(form: Any) -> parts.Level | None:
    return LATE if form.late else NIL if form.nil else None


def tags(form: Any) -> Sequence[str]:
    shown = [f"第 {form.edition} 稿"] if form.edition > 1 else []
    return [*shown, *(["迟报"] if form.late else []), *(["零报告"] if form.nil else [])]


def _filing(form: Any) -> list[parts.Fact]:
    told = [parts.Fact("填报单位", form.name), parts.Fact("报送期限", form.due_on)]
    if form.filed_at is not None:
        told += [
            parts.Fact("填报人", f"{form.filed_post} {form.filed_by}".strip()),
            parts.Fact("报送时间", form.filed_at, hint="迟报" if form.late else "按期"),
        ]
    if form.nil:
        told.append(parts.Fact("零报告说明", form.nil_reason, wide=True))
    if form.accepted_at is not None:
        who = f"{form.accepted_post} {form.accepted_by}".strip()
        told.append(parts.Fact("备案", form.accepted_at, hint=f"{who}：{form.opinion}"))
    if form.correction:
        told.append(parts.Fact("更正理由", form.correction, wide=True))
    if form.returned and form.state == FormState.OPEN:
        told.append(parts.Fact("退回理由", form.returned, wide=True))
    return told


def return_facts(form: AccidentReturn) -> Sequence[parts.Fact]:
    told = [parts.Fact("月份", form.month.chinese()), *_filing(form)]
    if form.state in FILED:
        sums = comparing.totals(form.lines)
        told += [
            parts.Fact("事故", f"{sums['count']} 起"), parts.Fact("死亡", f"{sums['deaths']} 人"),
            parts.Fact("重伤", f"{sums['serious']} 人", hint="含急性工业中毒"),
            parts.Fact("直接经济损失", f"{exact_wan_yuan(sums['loss_fen'])} 万元"),
        ]  # fmt: skip
    if form.explanation:
        told.append(parts.Fact("差异说明", form.explanation, wide=True))
    return told


def return_more(form: AccidentReturn, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    """What was stated; how it stands against the records; after acceptance, what has changed since."""
    if form.state not in FILED:
        return ()
    records = comparing.kept_of(form)
    sections: list[tuple[str, Sequence[parts.Fact]]] = []
    if form.state == FormState.FILED:
        sections.append(("与系统记录核对", checked(form, records)))
    else:
        moved = comparing.changes_since(form.agreed, records)
        said = [parts.Fact("变动", parts.Level(one, "yellow"), wide=True) for one in moved]
        sections.append(("报后变动", said or [parts.Fact("报后变动", "无", hint="与备案当日的系统记录一致")]))
    sections.append(("逐起填报", [_stated(number, one) for number, one in enumerate(form.lines, 1)]))
    return [(heading, told) for heading, told in sections if told]


def _stated(number: int, one: Mapping[str, Any]) -> parts.Fact:
    numbers = (
        f"死亡 {one['deaths']} 人，重伤 {one['serious']} 人，损失 {exact_wan_yuan(one['loss_fen'])} 万元"
    )
    return parts.Fact(
        f"第 {number} 行",
        f"{one['on']} {one['unit']}",
        hint=f"{Branch(one['branch']).label}；{numbers}",
        wide=True,
    )


def checked(form: Any, records: Sequence[comparing.Kept]) -> list[parts.Fact]:
    """Each difference as a line that leads to where it is mended."""
    found = comparing.differences(form.lines, records)
    if not found:
        return [
            parts.Fact("核对", parts.Level("一致", None), hint=f"系统记录 {len(records)} 起，与报表逐起一致")
        ]
    return [parts.Fact(*_difference(one), wide=True) for one in found]


def _difference(one: comparing.Difference) -> tuple[str, Any, str, str]:
    words = parts.Level(one.words(), "orange")
    if one.kept is None:
        assert one.stated is not None
        return "表上有、系统无", words, "点开即可补登这起事故；填错的请改报", report_href(one.stated)
    href = f"/accidents/{one.kept.no}/"
    if one.stated is None:
        return "系统有、表上无", words, "漏填的请改报；不属于本单位的请说明，由安委办更正系统记录", href
    return "数字不同", words, "以证据为准：表上错的请改报，系统错的请办理续报、补报", href


def report_href(line: Mapping[str, Any]) -> str:
    """The form that takes the missing accident down, with what the return says of it."""
    said = {
        "unit": line["unit"], "occurred_at": f"{line['on']}T00:00", "deaths": line["deaths"], "serious": line["serious"],
        "loss": exact_yuan(line["loss_fen"]), "time_evidence": "事故统计报表补登，时刻待核定",
    }  # fmt: skip
    return f"/accidents/new/receive/?{urlencode(said)}"


def forecast_facts(form: RiskForecast) -> Sequence[parts.Fact]:
    told = [parts.Fact("预测月份", form.ahead.chinese(), hint=f"{form.month.chinese()}填报"), *_filing(form)]
    return [*told, parts.Fact("预测事项", f"{len(form.items)} 项")] if form.state in FILED else told


def forecast_more(form: RiskForecast, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    if form.state not in FILED:
        return ()
    return [
        (
            f"{number}. {one['risk']}",
            [
                parts.Fact("风险等级", parts.Level(f"{Risk(one['level']).label}风险", RISK_COLOURS[Risk(one["level"])])),
                parts.Fact("涉及区域", one["area"]),
                parts.Fact("预测依据", one["basis"], wide=True),
                parts.Fact("防范措施", one["measures"], wide=True, href=warning_href(one, form.ahead)),
            ],
        )
        for number, one in enumerate(form.items, 1)
    ]  # fmt: skip


COLOUR_OF = {Risk.LOW: "blue", Risk.GENERAL: "blue", Risk.SIGNIFICANT: "yellow", Risk.MAJOR: "orange"}


def warning_href(one: Mapping[str, Any], ahead: Period) -> str:
    """The form that warns of a forecast risk, with what the forecast says of it."""
    said = {
        "title": one["risk"][:120], "level": COLOUR_OF[Risk(one["level"])], "source": "forecast",
        "source_words": f"{ahead.chinese()}预警预测月报表：{one['basis']}"[:200], "risk": f"{one['risk']}。涉及{one['area']}。",
        "requirement": one["measures"], "first_day": max(ahead.first, clock.today()).isoformat(),
        "last_day": max(ahead.last, clock.today()).isoformat(),
    }  # fmt: skip
    return f"/warnings/new/issue/?{urlencode(said)}"


COLUMNS = (
    parts.Column("填报单位", "title"),
    parts.Column("月份"),
    parts.Column("报送时间", phone=False),
    parts.Column("期限", "day"),
    parts.Column("情况", "mark"),
    parts.Column("状态", "state"),
)


def _row(loop: Any, month: Any) -> Any:
    def row(form: Any) -> parts.Row:
        open_yet = (
            form.state == FormState.OPEN
        )  # what was filed waits for the office: the unit is not late with it
        deadline = parts.Deadline.of(form.deadline) if open_yet and form.deadline else None
        return parts.Row(
            (
                form.unit_name or form.agency_name, month(form), form.filed_at, deadline or form.due_on, level(form),
                state_part(loop, form.state),
            ),
            href=f"/{loop.plural}/{form.no}/",
            late=deadline is not None and deadline.left < 0,
            sub=form.no,
        )  # fmt: skip

    return row


_LISTED = (
    "uid", "no", "state", "version", "deadline", "period", "month_from", "due_on", "unit_name", "edition", "filed_at",
    "filed_by", "late", "nil", "nil_reason", "accepted_at", "accepted_by", "opened_at",
)  # fmt: skip


def _listed(*more: str) -> Any:
    def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
        named: QuerySet[Any] = rows.annotate(agency_name=F("agency__name")).values_list(
            *_LISTED, *more, "agency_name", named=True
        )
        return named

    return listed


def _overdue() -> Q:
    """Past its day: the month's, and for what was sent back the day until which it is to be filed again."""
    return Q(state=FormState.OPEN.value, deadline__lt=clock.today())


TABS = (
    TabOf("open", "待填报", lambda: Q(state=FormState.OPEN.value), BY_MONTH),
    TabOf("filed", "待审核", lambda: Q(state=FormState.FILED.value), BY_MONTH),
    TabOf("accepted", "已备案", lambda: Q(state=FormState.ACCEPTED.value), BY_MONTH),
    TabOf("late", "过期未报", _overdue, BY_MONTH, warn=True),
    TabOf("all", "全部", Q, BY_MONTH),
)


def _units(model: Any) -> Any:
    def units() -> Sequence[tuple[str, str]]:
        rows = Agency.objects.filter(pk__in=model.objects.values("agency")).order_by("order", "id")
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]

    return units


def _filters(model: Any) -> tuple[ListFilter, ...]:
    states = [(state.value, state.label) for state in FormState]
    return (
        ListFilter("unit", "填报单位", lambda value: Q(agency=int(value)), choices=_units(model)),
        ListFilter("month", "月份", lambda value: Q(period=Period.parse(value).label), "text"),
        ListFilter("state", "状态", lambda value: Q(state=value), choices=states, shown=False),
    )


def _said(form: Any) -> dict[str, Any]:
    return {
        "unit": form.unit_name or getattr(form, "agency_name", "") or form.agency.name,
        "period": form.period, "due_on": form.due_on.isoformat(), "edition": form.edition,
        "filed_at": form.filed_at.isoformat() if form.filed_at else None, "filed_by": form.filed_by, "late": form.late,
        "nil": form.nil, "nil_reason": form.nil_reason,
        "accepted_at": form.accepted_at.isoformat() if form.accepted_at else None, "accepted_by": form.accepted_by,
    }  # fmt: skip


def return_resource(form: Any) -> dict[str, Any]:
    return {**_said(form), "accidents": form.lines, "explanation": form.explanation}


def forecast_resource(form: Any) -> dict[str, Any]:
    return {**_said(form), "items": form.items}


def return_prefill(deed: str, form: Any, actor: Actor) -> dict[str, Any]:
    """A return that is stated anew begins with what it said; the system's numbers are never put in."""
    if form is None or deed not in ("file", "restate", "correct") or not form.edition:
        return {}
    sums = comparing.totals(form.lines)
    return {
        "accidents": stated.written_accidents(form.lines), "count": sums["count"], "deaths": sums["deaths"],
        "serious": sums["serious"], "loss": sums["loss_fen"], "explanation": form.explanation,
    }  # fmt: skip


def forecast_prefill(deed: str, form: Any, actor: Actor) -> dict[str, Any]:
    if form is None or deed not in ("file", "restate", "correct"):
        return {}
    return {"items": stated.written_items(form.items)}


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names."""
    if name == "unit" and isinstance(value, int):
        return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return Period.parse(value).chinese() if name == "month" else value


_EXPORT: tuple[tuple[str, Any], ...] = (
    ("编号", lambda form: form.no),
    ("填报单位", lambda form: form.unit_name or form.agency_name),
    ("月份", lambda form: form.period),
    ("报送期限", lambda form: form.due_on),
    ("报送时间", lambda form: form.filed_at),
    ("填报人", lambda form: form.filed_by),
    ("迟报", lambda form: form.late),
    ("零报告", lambda form: form.nil),
    ("备案人", lambda form: form.accepted_by),
    ("状态", lambda form: FormState(form.state).label),
)
_EMPTY = parts.Empty(
    "这里没有月报表。", "到了填报的日子，系统按应报单位开出；没有开出的月份还没有到填报时间。"
)

RETURNS = MatterPages(
    loop=ACCIDENT_RETURN,
    lead="单位每月自报事故数字，与系统记录逐起核对：不一致不能备案，没有事故也要签名声明。",
    what=lambda form: form.about(),
    where=lambda form: form.name,
    level=level,
    tags=tags,
    facts=return_facts,
    more_facts=return_more,
    columns=COLUMNS,
    row=_row(ACCIDENT_RETURN, lambda form: Period.parse(form.period).chinese()),
    tabs=TABS,
    filters=_filters(AccidentReturn),
    resource=return_resource,
    listed=_listed("lines", "explanation"),
    prefill=return_prefill,
    describe=describe,
    export=(
        *_EXPORT,
        ("事故（起）", lambda form: len(form.lines) if form.edition else None),
        ("死亡（人）", lambda form: sum(one["deaths"] for one in form.lines) if form.edition else None),
        ("重伤（人）", lambda form: sum(one["serious"] for one in form.lines) if form.edition else None),
        ("直接经济损失（万元）", lambda form: sum(one["loss_fen"] for one in form.lines) / 1_000_000 if form.edition else None),
        ("差异说明", lambda form: form.explanation),
    ),
    empty=_EMPTY,
    chained=False,
    pictured=False,
    beside=places.tabs(places.RETURNS),
)  # fmt: skip
FORECASTS = MatterPages(
    loop=RISK_FORECAST,
    lead="单位每月预测下月风险：什么风险、凭什么预测、在哪里、怎么防，备案后汇总播发。",
    what=lambda form: form.about(),
    where=lambda form: form.name,
    level=level,
    tags=tags,
    facts=forecast_facts,
    more_facts=forecast_more,
    columns=COLUMNS,
    row=_row(RISK_FORECAST, lambda form: f"预测{month_after(Period.parse(form.period).last).chinese()}"),
    tabs=TABS,
    filters=_filters(RiskForecast),
    resource=forecast_resource,
    listed=_listed("items"),
    prefill=forecast_prefill,
    describe=describe,
    export=(*_EXPORT, ("预测事项", lambda form: "；".join(one["risk"] for one in form.items))),
    empty=_EMPTY,
    chained=False,
    pictured=False,
    beside=places.tabs(places.FORECASTS),
)


def install() -> None:
    """Give both loops their pages."""
    show(RETURNS)
    show(FORECASTS)
