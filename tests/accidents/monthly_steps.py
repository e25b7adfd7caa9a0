"""Steps of the monthly forms: opened, filed by their unit, accepted by the office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.capabilities.accidents.monthly import inputs
from bihuan.capabilities.accidents.monthly.kinds import FORECAST, RETURN
from bihuan.capabilities.accidents.monthly.models import AccidentReturn, RiskForecast
from bihuan.capabilities.accidents.monthly.opening import expect_forms, open_month
from bihuan.capabilities.accidents.warnings.inputs import Issuing
from bihuan.capabilities.accidents.warnings.models import EarlyWarning
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops import engine
from tests.world import World

OCTOBER = Period.parse("2026-10")
ITEM = "低温冰雪道路湿滑；较大；气象部门预报有三次降雪过程；全区县乡道路；桥梁、坡道提前撒布融雪剂，及时除冰"


def opened_month(month: Period = OCTOBER) -> None:
    """Both forms of a month lie ready."""
    expect_forms(month.first)
    for kind in (RETURN, FORECAST):
        open_month(kind, month)


def return_of(agency: Any, month: str = "2026-10") -> AccidentReturn:
    return AccidentReturn.objects.get(agency=agency, period=month)


def forecast_of(agency: Any, month: str = "2026-10") -> RiskForecast:
    return RiskForecast.objects.get(agency=agency, period=month)


def forecast(items: str = ITEM) -> inputs.Forecast:
    return inputs.Forecast(items=items)


def warned(world: World, by: str = "office", **changes: Any) -> EarlyWarning:
    """An early warning, to be acknowledged by tomorrow."""
    today = clock.today()
    values: dict[str, Any] = {
        "title": "强降雪和低温冰冻", "level": "yellow", "source": "weather", "source_words": "区气象台第7号预警信号",
        "risk": "道路结冰，棚架积雪坍塌", "requirement": "加固棚架，停止室外高处作业", "towns": (world.east.pk,),
        "first_day": today, "last_day": today + timedelta(days=5), "acknowledge_by": today + timedelta(days=1),
        "units": (world.east_government.pk, world.bureau.pk), "channel": "应急广播、工作群", "audience": "在建工地、企业",
    }  # fmt: skip
    given = Issuing(**{**values, **changes})
    return EarlyWarning.objects.get(
        uid=engine.open_matter("early_warning", "issue", given, actor=world.actor(by)).uid
    )


def do(world: World, form: Any, verb: str, given: Any, by: str) -> Any:
    loop = "accident_return" if isinstance(form, AccidentReturn) else "risk_forecast"
    engine.perform(loop, verb, form.no, given, actor=world.actor(by), version=form.version)
    return type(form).objects.get(pk=form.pk)


def stated(*lines: tuple[str, str, str, int, int, str], **changes: Any) -> inputs.Return:
    """A return of these accidents, its totals worked out as its unit would."""
    values: dict[str, Any] = {
        "accidents": "\n".join("；".join(str(part) for part in line) for line in lines), "count": len(lines),
        "deaths": sum(line[3] for line in lines), "serious": sum(line[4] for line in lines),
        "loss": sum(round(float(line[5]) * 1_000_000) for line in lines),
    }  # fmt: skip
    return inputs.Return(**{**values, **changes})
