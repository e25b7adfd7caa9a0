"""The visit loop (M045, M101): a leader's visit is recorded, counts, and is confirmed by the leader."""

from __future__ import annotations

from bihuan.capabilities.dispatch.meetings import visit_effects as effects
from bihuan.capabilities.dispatch.meetings import visit_gates as gates
from bihuan.capabilities.dispatch.meetings import visit_inputs as inputs
from bihuan.capabilities.dispatch.meetings.hands import KEEPER, LED
from bihuan.capabilities.dispatch.meetings.states import VisitState
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, WayOut

RECORDED, CONFIRMED = VisitState.RECORDED, VisitState.CONFIRMED
STANDING = frozenset({RECORDED, CONFIRMED})


VISIT = Loop(
    name="visit",
    label="督导检查",
    letter="V",
    model="meetings.Visit",
    plural="visits",
    states=VisitState,
    basis="《安全生产法》第九条、第六十二条",
    track=(RECORDED, CONFIRMED),
    done=frozenset({CONFIRMED}),
    openings=(
        Opening(
            name="record", label="登记督导检查", to=RECORDED, by=(KEEPER, LED), input=inputs.Visiting,
            prepare=effects.place, effect=effects.record, signed=True, due=effects.due_for_confirming,
            gates=(gates.leader_known, gates.visited_not_in_future, gates.went_somewhere, gates.findings_read),
            hint="安委办代为登记的，由领导本人确认；领导本人登记的随即确认。登记即计数",
        ),
    ),
    steps=(
        Step(
            name="confirm", label="领导确认", move=RECORDED >> CONFIRMED, by=(LED,), input=inputs.Confirmation,
            effect=effects.confirm, signed=True, tone="success",
        ),
    ),
    acts=(
        Act(
            name="find_hazard", label="登记发现的隐患", states=STANDING, by=(KEEPER, LED), input=inputs.FoundHazard,
            effect=effects.find_hazard, signed=True, hint="随即作为隐患上报，由监管部门交办整改",
        ),
        Act(
            name="assign_task", label="交办问题", states=STANDING, by=(KEEPER, LED), input=inputs.FoundTask,
            gates=(gates.task_ahead,), effect=effects.assign_task, signed=True,
            hint="不是企业隐患、而是某个单位要办的事，作为任务交办",
        ),
    ),
    ways_out=(
        WayOut(
            name="void", label="作废", move=(RECORDED | CONFIRMED) >> VisitState.VOIDED, by=(KEEPER,),
            input=inputs.Reason, needs=(gates.nothing_found,), effect=effects.void, signed=True,
        ),
    ),
    unbound={"search": "worked out from the leader, the place and what was seen"},
)  # fmt: skip
