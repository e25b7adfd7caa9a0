"""The loop of a round (M113): 出发 → 逐个环节 → 完成; none is left out."""

from __future__ import annotations

from bihuan.capabilities.inspections.planning.hands import WALKER
from bihuan.capabilities.inspections.planning.rounds import effects, gates, inputs
from bihuan.capabilities.inspections.planning.rounds.states import RoundState
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, WayOut

UNDER_WAY, FINISHED = RoundState.UNDER_WAY, RoundState.FINISHED

ROUND = Loop(
    name="round",
    label="巡查",
    letter="Y",
    model="inspection_planning.Round",
    plural="rounds",
    states=RoundState,
    basis="《安全生产法》第四十一条、第六十二条",
    track=(UNDER_WAY, FINISHED),
    done=frozenset({FINISHED}),
    openings=(
        Opening(
            name="set_out", label="开始巡查", to=UNDER_WAY, by=(WALKER,), input=inputs.SettingOut, prepare=effects.place,
            effect=effects.set_out, gates=(gates.template_known,),
            hint="按巡查表逐个环节登记；有一个环节没有结果，就不能完成",
        ),
    ),
    steps=(
        Step(
            name="finish", label="完成巡查", move=UNDER_WAY >> FINISHED, by=(WALKER,), input=inputs.Finishing,
            needs=(gates.nothing_left_out,), gates=(gates.finished_in_order,), effect=effects.finish, signed=True,
            tone="success",
        ),
    ),
    acts=(
        Act(
            name="look", label="登记环节", states=frozenset({UNDER_WAY}), by=(WALKER,), input=inputs.Looking,
            gates=(gates.of_this_round, gates.photos_here), effect=effects.look,
            hint="发现隐患的，同时登记到隐患台账",
        ),
    ),
    ways_out=(
        WayOut(
            name="cancel", label="取消巡查", move=UNDER_WAY >> RoundState.CANCELLED, by=(WALKER,), input=inputs.Reason,
            signed=True,
        ),
    ),
)  # fmt: skip
