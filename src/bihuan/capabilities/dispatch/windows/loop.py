"""The loop of a key period (M048): 待进入 → 进行中 → 已总结. The system turns it on its days; people may, too."""

from __future__ import annotations

from bihuan.capabilities.dispatch.windows import effects, gates, inputs
from bihuan.capabilities.dispatch.windows.hands import COORDINATOR, REPORTER, SYSTEM
from bihuan.capabilities.dispatch.windows.states import WindowState
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, WayOut

PLANNED, OPEN, CLOSED = WindowState.PLANNED, WindowState.OPEN, WindowState.CLOSED
DAYS = (gates.days_fit, gates.once_a_year, gates.reports_say_what)

WINDOW = Loop(
    name="window",
    label="重点时段",
    letter="W",
    model="windows.KeyWindow",
    plural="windows",
    states=WindowState,
    basis="《安全生产法》第九条、第六十二条",
    track=(PLANNED, OPEN, CLOSED),
    done=frozenset({CLOSED}),
    openings=(
        Opening(
            name="plan", label="列入重点时段", to=PLANNED, by=(COORDINATOR,), input=inputs.Planning,
            prepare=effects.place, effect=effects.plan, gates=DAYS, due=effects.until_entering, signed=True,
            hint="到日子自动布置任务、要求日报，结束次日自动总结；任务可以先增减",
        ),
    ),
    steps=(
        Step(
            name="enter", label="进入时段", move=PLANNED >> OPEN, by=(COORDINATOR, SYSTEM), input=inputs.Opinion,
            needs=(gates.its_time_has_come, gates.still_ahead), effect=effects.enter, due=effects.until_summary,
            notify=(REPORTER,), hint="系统会在布置日期自动办理，不必手动",
        ),
        Step(
            name="leave", label="总结", move=(PLANNED | OPEN) >> CLOSED, by=(COORDINATOR, SYSTEM), input=inputs.Opinion,
            needs=(gates.over,), effect=effects.leave, notify=(COORDINATOR,), tone="success",
            hint="系统会在结束次日自动办理，不必手动",
        ),
    ),
    acts=(
        Act(
            name="report", label="报日报", states=frozenset({OPEN}), by=(REPORTER,), input=inputs.DailyReport,
            concerns=(gates.asks_for_reports,), effect=effects.report, signed=True,
        ),
        Act(
            name="revise", label="调整", states=frozenset({PLANNED}), by=(COORDINATOR,), input=inputs.Planning,
            gates=DAYS, effect=effects.revise, due=effects.until_entering, signed=True,
        ),
        Act(
            name="add_task", label="增加任务", states=frozenset({PLANNED}), by=(COORDINATOR,),
            input=inputs.TaskTemplate, gates=(gates.one_lead,), effect=effects.add_task,
        ),
        Act(
            name="drop_task", label="去掉任务", states=frozenset({PLANNED}), by=(COORDINATOR,), input=inputs.Dropping,
            concerns=(gates.has_templates,), gates=(gates.number_there,), effect=effects.drop_task,
        ),
        Act(
            name="comment", label="填写总结意见", states=frozenset({CLOSED}), by=(COORDINATOR,), input=inputs.Comment,
            effect=effects.comment, signed=True,
        ),
    ),
    ways_out=(
        WayOut(
            name="cancel", label="取消", move=PLANNED >> WindowState.CANCELLED, by=(COORDINATOR,),
            input=inputs.Reason, signed=True,
        ),
    ),
)  # fmt: skip
