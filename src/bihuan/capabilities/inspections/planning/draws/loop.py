"""The loop of a draw (双随机): 锁定名单 → 抽取 → 派发检查; a draw voided stays on record for ever."""

from __future__ import annotations

from bihuan.capabilities.inspections.planning.draws import effects, gates, inputs
from bihuan.capabilities.inspections.planning.draws.states import DrawState
from bihuan.capabilities.inspections.planning.hands import APPROVER, DRAWER
from bihuan.kernel.loops.declaration import Loop, Opening, Step, WayOut

FROZEN, DRAWN, ARRANGED = DrawState.FROZEN, DrawState.DRAWN, DrawState.ARRANGED

DRAW = Loop(
    name="draw",
    label="双随机抽查",
    letter="D",
    model="inspection_planning.Draw",
    plural="draws",
    states=DrawState,
    basis="双随机、一公开（国办发〔2015〕58号，待核对）；《行政处罚法》第四十二条",
    track=(FROZEN, DRAWN, ARRANGED),
    done=frozenset({ARRANGED}),
    openings=(
        Opening(
            name="freeze", label="锁定抽查名单", to=FROZEN, by=(DRAWER,), input=inputs.Freezing, prepare=effects.place,
            effect=effects.freeze, signed=True,
            gates=(
                gates.numbers_sensible, gates.lists_long_enough, gates.made_again_openly, gates.one_at_a_time,
            ),
            hint="名单和随机数的摘要当场锁定并入档，抽取时不能再改",
        ),
    ),
    steps=(
        Step(
            name="cast", label="抽取", move=FROZEN >> DRAWN, by=(DRAWER,), input=inputs.Casting, effect=effects.cast,
            gates=(gates.words_witnessed,), signed=True,
            hint="每份名单只能抽一次；结果由种子算出，任何人可以复算",
        ),
        Step(
            name="send", label="派发检查", move=DRAWN >> ARRANGED, by=(DRAWER,), input=inputs.Sending,
            effect=effects.send, gates=(gates.planned_ahead, gates.team_may_enforce), signed=True, tone="success",
        ),
    ),
    ways_out=(
        WayOut(
            name="void", label="作废", move=(FROZEN | DRAWN) >> DrawState.VOIDED, by=(APPROVER,), input=inputs.Voiding,
            signed=True, notify=(DRAWER,),
        ),
    ),
)  # fmt: skip
