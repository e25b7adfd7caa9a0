"""The loop of a plan (M110): 编制 → 报审 → 由他人批准 → 安排检查 → 结束."""

from __future__ import annotations

from bihuan.capabilities.inspections.planning.hands import APPROVER, PLANNER
from bihuan.capabilities.inspections.planning.plans import effects, gates, inputs
from bihuan.capabilities.inspections.planning.plans.states import PlanState
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, WayOut

DRAFT, SUBMITTED, RUNNING, ENDED = (
    PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RUNNING, PlanState.ENDED,
)  # fmt: skip
AUTHORS = ("draft", "submit", "add_object", "drop_object", "repropose")
"""Whoever had a hand in the list of objects does not approve it."""
ANOTHER = "计划由编制、增减对象、报审以外的人审批，请本单位负责人、安委办或分管领导办理"

PLAN = Loop(
    name="plan",
    label="检查计划",
    letter="N",
    model="inspection_planning.Plan",
    plural="plans",
    states=PlanState,
    basis="《安全生产法》第六十二条",
    track=(DRAFT, SUBMITTED, RUNNING, ENDED),
    done=frozenset({ENDED}),
    openings=(
        Opening(
            name="draft", label="编制检查计划", to=DRAFT, by=(PLANNER,), input=inputs.Drafting, prepare=effects.place,
            effect=effects.draft, gates=(gates.period_fits, gates.numbers_sensible, gates.name_free),
            hint="按风险、规模和多久没查自动提出对象，再增减；批准后才计入计划",
        ),
    ),
    steps=(
        Step(
            name="submit", label="报审", move=DRAFT >> SUBMITTED, by=(PLANNER,), input=inputs.Sending,
            needs=(gates.has_lines,), effect=effects.submit, signed=True, notify=(APPROVER,),
        ),
        Step(
            name="approve", label="批准", move=SUBMITTED >> RUNNING, by=(APPROVER,), input=inputs.Approving,
            effect=effects.approve, not_by=AUTHORS, why_not_by=ANOTHER, signed=True, tone="success",
            due=effects.until_the_end, notify=(PLANNER,),
        ),
        Step(
            name="send_back", label="退回", move=SUBMITTED >> DRAFT, by=(APPROVER,), input=inputs.Returning,
            not_by=AUTHORS, why_not_by=ANOTHER, signed=True, notify=(PLANNER,), tone="warning",
        ),
        Step(
            name="close", label="结束计划", move=RUNNING >> ENDED, by=(PLANNER,), input=inputs.Closing,
            needs=(gates.over_or_done,), effect=effects.close, signed=True, notify=(APPROVER,),
        ),
    ),
    acts=(
        Act(
            name="arrange", label="安排检查", states=frozenset({RUNNING}), by=(PLANNER,), input=inputs.Arranging,
            needs=(gates.something_to_arrange,), gates=(gates.may_be_arranged,), effect=effects.arrange, signed=True,
            hint="选中的几家由同一组人检查，逐家生成检查；通不过的全部不生成",
        ),
        Act(
            name="excuse", label="不再检查", states=frozenset({RUNNING}), by=(APPROVER,), input=inputs.Excusing,
            gates=(gates.place_there, gates.not_done_yet), effect=effects.excuse, signed=True, notify=(PLANNER,),
            hint="企业注销、停产等；写明理由，不再计入计划",
        ),
        Act(
            name="add_object", label="增加对象", states=frozenset({DRAFT}), by=(PLANNER,), input=inputs.Adding,
            gates=(gates.may_be_added,), effect=effects.add_object,
        ),
        Act(
            name="drop_object", label="去掉对象", states=frozenset({DRAFT}), by=(PLANNER,), input=inputs.Dropping,
            needs=(gates.has_lines,), gates=(gates.place_there,), effect=effects.drop_object,
        ),
        Act(
            name="repropose", label="重新提出对象", states=frozenset({DRAFT}), by=(PLANNER,), input=inputs.Reproposing,
            gates=(gates.numbers_sensible,), effect=effects.repropose, hint="手工增加的保留，其余按现在的情况重排",
        ),
    ),
    ways_out=(
        WayOut(
            name="cancel", label="作废", move=(DRAFT | SUBMITTED) >> PlanState.CANCELLED, by=(PLANNER,),
            input=inputs.Reason, signed=True,
        ),
    ),
)  # fmt: skip
