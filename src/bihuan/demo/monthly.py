"""Monthly forms and early warnings of the demo: two months filed, one unit that differs, one late, one silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from bihuan.capabilities.accidents.models import EarlyWarning
from bihuan.capabilities.accidents.monthly import comparing, inputs, stated
from bihuan.capabilities.accidents.monthly.kinds import FORECAST, RETURN
from bihuan.capabilities.accidents.monthly.models import AccidentReturn, RiskForecast
from bihuan.capabilities.accidents.monthly.opening import open_month
from bihuan.capabilities.accidents.warnings.inputs import Acting as Acted
from bihuan.capabilities.accidents.warnings.inputs import Issuing, Lifting
from bihuan.demo.agencies import Agencies
from bihuan.demo.campaigns import Acting
from bihuan.demo.casting import Casting
from bihuan.demo.hours import next_working
from bihuan.demo.people import Seat
from bihuan.demo.places import Town
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.territory.models import Agency

Seats = Mapping[int, Sequence[Seat]]
NIL = "经向各科室、各企业核实，本单位本月没有发生生产安全事故。"
NO_RISK = "研判无重大活动和极端天气影响，企业处于正常生产状态，没有突出风险。"
ITEMS = {
    "公安": (
        "雨雪天气道路交通事故", "较大", "气象部门预报下月有三次降水过程，去年同期发生四起", "县道、山区急弯和桥面",
        "弯道桥面提前撒布融雪剂，增设警示灯，大客车恶劣天气停运",
    ),
    "应急": (
        "危险化学品罐区静电火灾", "重大", "冬季空气干燥，近三年同期发生两起险情", "化工园区罐区",
        "停止露天倒罐，接地装置逐一复测，动火作业升级审批",
    ),
    "住房": (
        "高处坠落和基坑坍塌", "较大", "在建项目赶工期，九个基坑处于开挖期", "城区在建工地",
        "大风天气停止吊装，基坑每日监测，夜间施工专人值守",
    ),
    "消防": (
        "取暖用电引发火灾", "一般", "入冬取暖用电负荷上升，去年同期火灾占全年三成", "老旧小区、沿街商铺",
        "入户检查电气线路，清理楼道堆物和飞线充电",
    ),
    "教育": (
        "校园周边拥堵和踩踏", "一般", "期末集中放学时段人流密集", "各中小学门前路段", "错峰放学，教师值守楼梯口",
    ),
}  # fmt: skip


def monthly(stage: Stage, casting: Casting, agencies: Agencies, towns: Sequence[Town]) -> Iterator[Story]:
    """Two months of both forms, and two warnings."""
    seats = {
        government.pk: stage.staff.town[town.region.path]
        for town, government in zip(towns, agencies.governments, strict=True)
    }
    seats |= {bureau.agency.pk: stage.staff.bureau[bureau.agency.pk] for bureau in agencies.bureaus}
    now = Period.month_of(casting.today)
    before = Period.month_of(now.first - timedelta(days=1))
    for month, present in ((Period.month_of(before.first - timedelta(days=1)), False), (before, True)):
        yield _returns(stage, seats, month, present)
        yield _forecasts(stage, seats, month)
    yield _lifted(stage, casting, agencies)
    yield _active(stage, casting, agencies, seats)


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(next_working(day), time(hour, minute), clock.SHANGHAI)


def _returns(stage: Stage, seats: Seats, month: Period, present: bool) -> Story:
    """Every unit states its own numbers; in the latest month one differs, one is late and one is silent."""
    yield _moment(month.last + timedelta(days=1), 9)
    open_month(RETURN, month)
    units = list(
        AccidentReturn.objects.filter(period=month.label, agency__in=seats).order_by(
            "agency__order", "agency_id"
        )
    )
    silent, slow = (units[-1], units[-2]) if present else (None, None)
    differing = None
    for form in units:
        if form not in (silent, slow):
            told = [one.json() for one in comparing.kept_of(_fresh(form))]
            differing = _state(form, seats, told, spoil=present and differing is None) or differing
    yield _moment(month.last + timedelta(days=3), 15)
    filed = AccidentReturn.objects.filter(period=month.label, state="filed")
    refs: list[str | UUID] = [form.no for form in filed if not _differences(form)]
    if refs:
        engine.perform(
            "accident_return", "accept", refs, inputs.Acceptance(), actor=stage.staff.office[0].actor()
        )
    if slow is not None:
        yield _moment(month.last + timedelta(days=9), 10, 20)
        _state(slow, seats, [one.json() for one in comparing.kept_of(_fresh(slow))], spoil=False)


def _fresh(form: Any) -> Any:
    return type(form).objects.select_related("agency", "agency__region").get(pk=form.pk)


def _differences(form: Any) -> bool:
    return bool(comparing.differences(form.lines, comparing.kept_of(_fresh(form))))


def _state(form: Any, seats: Seats, told: list[dict[str, Any]], *, spoil: bool) -> Any:
    """File what the unit knows; ``spoil`` lets one accident say a death too few. The form that differs, if it does."""
    by = seats[form.agency_id][0].actor()
    if not told:
        engine.perform("accident_return", "file_nil", form.no, inputs.NilReturn(reason=NIL), actor=by)
        return None
    lines = [{**one, "unit": (one["unit"] or one["place"]).replace("；", "，")} for one in told]
    if spoil:
        lines[0]["deaths"] = max(0, lines[0]["deaths"] - 1)
        lines[0]["serious"] += 1
    sums = comparing.totals(lines)
    given = inputs.Return(
        accidents=stated.written_accidents(lines), count=sums["count"], deaths=sums["deaths"], serious=sums["serious"],
        loss=sums["loss_fen"], explanation="伤员后期死亡，本单位尚未收到证明。" if spoil else "",
    )  # fmt: skip
    engine.perform("accident_return", "file", form.no, given, actor=by)
    return form if spoil else None


def _forecasts(stage: Stage, seats: Seats, month: Period) -> Story:
    """The risks of the month after, by who knows them; most report none, one files late, one never."""
    yield _moment(month.last - timedelta(days=6), 10)
    open_month(FORECAST, month)
    units = list(
        RiskForecast.objects.filter(period=month.label, agency__in=seats).order_by(
            "agency__order", "agency_id"
        )
    )
    for form in units[:-2]:
        _forecast(form, seats)
    yield _moment(month.last - timedelta(days=2), 16)
    refs: list[str | UUID] = list(
        RiskForecast.objects.filter(period=month.label, state="filed").values_list("no", flat=True)
    )
    engine.perform(
        "risk_forecast",
        "accept",
        refs[: len(refs) - 2],
        inputs.Acceptance(),
        actor=stage.staff.office[0].actor(),
    )
    yield _moment(month.last + timedelta(days=6), 9, 30)
    _forecast(units[-2], seats)


def _forecast(form: RiskForecast, seats: Seats) -> None:
    by = seats[form.agency_id][0].actor()
    items = next(("；".join(item) for word, item in ITEMS.items() if word in form.agency.name), "")
    if items:
        engine.perform("risk_forecast", "file", form.no, inputs.Forecast(items=items), actor=by)
    else:
        engine.perform("risk_forecast", "file_nil", form.no, inputs.NilForecast(reason=NO_RISK), actor=by)


def _issuing(title: str, level: str, units: Sequence[Agency], days: int, **said: Any) -> Issuing:
    today = clock.today()
    return Issuing(
        title=title, level=level, first_day=today, last_day=today + timedelta(days=days), units=tuple(one.pk for one in units),
        acknowledge_by=today + timedelta(days=1), channel="区电视台、应急广播、工作群", **said,
    )  # fmt: skip


def _lifted(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    """A storm that came and went."""
    acting, office = Acting("early_warning"), stage.staff.office[0]
    yield casting.moment(47)
    given = _issuing(
        "大风降温和强降雨", "yellow", agencies.governments[:3], 3, source="weather", source_words="区气象台第 21 号预警信号",
        risk="大风可能造成工地围挡、广告牌倒塌，低洼地段积水。", requirement="停止高处和吊装作业，加固围挡，排查低洼点位。",
        audience="在建工地、沿街商户",
    )  # fmt: skip
    acting.open("issue", office, given)
    yield casting.moment(46)
    for government in agencies.governments[:3]:
        seat = _seat_of(stage, government)
        acting.do("acknowledge", seat, Nothing())
        acting.do("report_action", seat, Acted(words="停工地两处，加固围挡，转移低洼住户。"))
    yield casting.moment(43)
    acting.do("lift", office, Lifting(lifted_on=clock.today(), opinion="降雨结束，无险情、无伤亡。"))


def _seat_of(stage: Stage, government: Agency) -> Seat:
    return stage.staff.town[government.region.path][0]


def _active(stage: Stage, casting: Casting, agencies: Agencies, seats: Seats) -> Story:
    """This week's: most have acknowledged, one has not."""
    acting, office = Acting("early_warning"), stage.staff.office[-1]
    yield casting.moment(4)
    units = [*agencies.governments, *(bureau.agency for bureau in agencies.bureaus[:3])]
    given = _issuing(
        "低温冰冻和道路结冰", "orange", units, 8, source="forecast", source_words="各单位预警预测月报表和气象会商",
        risk="夜间气温持续低于零度，桥面、坡道结冰，供水供气管线易冻裂。", requirement="撒布融雪剂，停运山区客运，管线巡查，储备应急物资。",
        audience="全区群众、客货运企业、在建工地",
    )  # fmt: skip
    acting.open("issue", office, given)
    yield casting.moment(3)
    for agency in units[:-1]:
        acting.do("acknowledge", seats[agency.pk][0], Nothing())
    assert EarlyWarning.objects.get(uid=acting.uid).waiting
    done = Acted(words="出动撒布车 6 台次，重点桥面 11 座已处置，山区班线今晚停运。")
    acting.do("report_action", seats[units[0].pk][0], done)
