"""Weekly forms left in each state, every one through the engine by a person who may."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.capabilities.dispatch.weekly import inputs, setting
from bihuan.capabilities.dispatch.weekly.computing import of_form, zero_blocks
from bihuan.capabilities.dispatch.weekly.layouts import STANDARD
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.capabilities.dispatch.weekly.notation import written
from bihuan.capabilities.dispatch.weekly.opening import open_week
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops import engine
from tests.world import World

FRIDAY = datetime.combine(date(2026, 11, 20), time(16, 0), clock.SHANGHAI)
WEEK = Period.parse("2026W47")
WORDS = {
    "problems": "部分企业疏散通道堆放物品",
    "next_steps": "下周对十家企业回头看",
    "zero_answer": "本周检查八家企业，逐项核对，确未发现隐患",
    "sorties": "16",
}


def adopted(world: World, **changes: Any) -> None:
    """The standard form from the first of November on, filed by the two departments of the small district."""
    values: dict[str, Any] = {
        "since": date(2026, 10, 1),
        "title": "重大事故隐患专项排查整治周调度表",
        "counts_from": date(2026, 9, 15),
    }
    office = world.actor("office")
    setting.adopt(office, **{**values, **changes})
    for unit in (world.bureau, world.builders):
        setting.name_filer(unit, date(2026, 10, 1), office)


def opened(world: World, week: Period = WEEK, unit: Any = None) -> WeeklyForm:
    open_week(week)
    return fresh(WeeklyForm.objects.get(period=week.label, agency=unit or world.bureau))


def fresh(form: WeeklyForm) -> WeeklyForm:
    return WeeklyForm.objects.select_related("agency", "agency__region", "template").get(uid=form.uid)


def all_zeros(form: WeeklyForm) -> str:
    zero = zero_blocks(of_form(fresh(form), clock.today()))
    return "、".join(cells[0].block.title for cells in zero.values())


def filing(form: WeeklyForm, *, zeros: str | None = None, **words: str) -> inputs.Filing:
    content = written(STANDARD, {**WORDS, **words})
    return inputs.Filing(content=content, zeros=all_zeros(form) if zeros is None else zeros)


def taken(world: World, form: WeeklyForm, step: str, given: Any, by: str) -> WeeklyForm:
    engine.perform("weekly", step, form.no, given, actor=world.actor(by), version=form.version)
    return fresh(form)


def filed(world: World, by: str = "regulator", form: WeeklyForm | None = None, **words: str) -> WeeklyForm:
    form = form or opened(world)
    return taken(world, form, "file", filing(form, **words), by)


def approved(world: World, by: str = "office", form: WeeklyForm | None = None) -> WeeklyForm:
    return taken(world, filed(world, form=form), "approve", inputs.Approval(opinion="同意"), by)


def a_week_later(moment: datetime = FRIDAY) -> datetime:
    return moment + timedelta(days=7)
