"""The loop of supervision gaps (M004, M019): 发现 → 交办 → 落实 → 核销; it cannot be closed while the gap is there."""

from __future__ import annotations

from bihuan.capabilities.responsibility.gaps import effects, gates, inputs
from bihuan.capabilities.responsibility.gaps.hands import ACCEPTOR, COMPARISON, OFFICE, OWNER, RAISER
from bihuan.capabilities.responsibility.gaps.states import GapState
from bihuan.kernel.loops.deadlines import by_input, working_days
from bihuan.kernel.loops.declaration import Loop, Opening, Step, Timer, WayOut

FOUND, UNDER_WAY, SETTLED, CLOSED = GapState.FOUND, GapState.UNDER_WAY, GapState.SETTLED, GapState.CLOSED
OPEN = FOUND | UNDER_WAY | SETTLED

GAP = Loop(
    name="gap",
    label="监管盲区",
    letter="G",
    model="gaps.Gap",
    plural="gaps",
    states=GapState,
    basis="《安全生产法》第三条、第九条、第十条",
    track=(FOUND, UNDER_WAY, SETTLED, CLOSED),
    done=frozenset({CLOSED}),
    openings=(
        Opening(
            name="detect", label="比对发现", to=FOUND, by=(COMPARISON,), input=inputs.Detected, shown=False,
            prepare=effects.place_detected, effect=effects.found, gates=(gates.not_open_yet,),
            due=working_days("gap.assign_days", "发现后应在规定的工作日内交办"),
        ),
        Opening(
            name="raise", label="登记盲区或争议", to=FOUND, by=(RAISER,), input=inputs.Raised,
            prepare=effects.place_raised, effect=effects.found, signed=True, gates=(gates.not_open_yet, gates.stands),
            due=working_days("gap.assign_days", "登记后应在规定的工作日内交办"), notify=(OFFICE,),
            hint="谁先发现谁登记；写明哪些企业没有人管，或者两家都说归自己、都说不归自己",
        ),
    ),
    steps=(
        Step(
            name="assign", label="交办", move=(FOUND | UNDER_WAY) >> UNDER_WAY, by=(OFFICE,), input=inputs.Assigning,
            effect=effects.assign, signed=True, gates=(gates.unit_exists, gates.due_ahead),
            due=by_input("due_on", "交办时确定的解决期限"), notify=(OWNER,),
            hint="指定由哪个单位在哪天前把责任落实到人；安委办自己落实的，选安委办",
        ),
        Step(
            name="settle", label="报告已解决", move=UNDER_WAY >> SETTLED, by=(OWNER, OFFICE), input=inputs.Settling,
            effect=effects.settle, signed=True, gates=(gates.mended,),
            due=working_days("gap.acceptance_days", "收到报告后应在规定的工作日内核销"), notify=(ACCEPTOR,),
        ),
        Step(
            name="accept", label="核销", move=SETTLED >> CLOSED, by=(ACCEPTOR,), input=inputs.Accepting,
            effect=effects.accept, signed=True, gates=(gates.mended,), not_by=("settle",),
            why_not_by="核销人不能是报告解决的同一人，请安委办其他人员核销", notify=(OWNER,), tone="success",
        ),
        Step(
            name="send_back", label="退回落实", move=SETTLED >> UNDER_WAY, by=(ACCEPTOR,), input=inputs.SendingBack,
            effect=effects.send_back, signed=True, gates=(gates.due_ahead,), not_by=("settle",),
            why_not_by="退回人不能是报告解决的同一人，请安委办其他人员办理",
            due=by_input("due_on", "核销未通过，重新确定的解决期限"), notify=(OWNER,), tone="warning",
        ),
    ),
    ways_out=(
        WayOut(
            name="void", label="认定不成立", move=OPEN >> GapState.VOIDED, by=(OFFICE,), input=inputs.Reason,
            effect=effects.void, signed=True, gates=(gates.mended,), notify=(OWNER,),
        ),
    ),
    unbound={"search": "worked out from the subject, the cause and the description"},
    timers=(Timer(name="escalate", label="逾期升级", states=OPEN.members, ladder="gap.escalation"),),
)  # fmt: skip
