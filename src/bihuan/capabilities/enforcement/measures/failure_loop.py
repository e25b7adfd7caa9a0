"""停供把关不严 (M227): 发现 → 主管部门核查并写明责任人员 → 安委办处理办结."""

from __future__ import annotations

from bihuan.capabilities.enforcement.measures import closure_inputs as inputs
from bihuan.capabilities.enforcement.measures import failure_deeds as deeds
from bihuan.capabilities.enforcement.measures.hands import EXPLAINER, OFFICE, RAISER
from bihuan.capabilities.enforcement.measures.states import FailureState
from bihuan.kernel.loops.deadlines import working_days
from bihuan.kernel.loops.declaration import Loop, Opening, Step, Timer, WayOut

FOUND, EXPLAINED, CLOSED = FailureState.FOUND, FailureState.EXPLAINED, FailureState.CLOSED
_EXPLAIN = working_days("supply_failure.explain_days", "主管部门应在规定的工作日内核查并写明责任人员")

SUPPLY_FAILURE = Loop(
    name="supply_failure",
    label="停供把关不严",
    letter="Z",
    model="measures.SupplyFailure",
    plural="supply-failures",
    states=FailureState,
    basis="《安全生产法》第七十条",
    track=(FOUND, EXPLAINED, CLOSED),
    done=frozenset({CLOSED}),
    openings=(
        Opening(
            name="raise", label="立项核查", to=FOUND, by=(RAISER,), input=inputs.FailureFound, shown=False,
            prepare=deeds.place, effect=deeds.found, due=_EXPLAIN, notify=(EXPLAINER, OFFICE), urgent=True,
            hint="由“登记停供期内供应”自动立项",
        ),
    ),
    steps=(
        Step(
            name="explain", label="报核查结果", move=FOUND >> EXPLAINED, by=(EXPLAINER,), input=inputs.Explanation,
            gates=(deeds.names_somebody,), effect=deeds.explain, signed=True,
            due=working_days("supply_failure.decide_days", "收到核查结果后应在规定的工作日内处理"), notify=(OFFICE,),
        ),
        Step(
            name="decide", label="处理办结", move=EXPLAINED >> CLOSED, by=(OFFICE,), input=inputs.Outcome,
            effect=deeds.decide, signed=True, not_by=("explain",), why_not_by="处理人不能是核查的同一人",
            notify=(EXPLAINER,), tone="success",
        ),
        Step(
            name="send_back", label="退回重新核查", move=EXPLAINED >> FOUND, by=(OFFICE,), input=inputs.Return,
            signed=True, due=_EXPLAIN, notify=(EXPLAINER,), tone="warning",
        ),
    ),
    ways_out=(
        WayOut(
            name="dismiss", label="不予认定", move=FOUND >> FailureState.DISMISSED, by=(OFFICE,), input=inputs.Return,
            effect=deeds.dismiss, signed=True, notify=(EXPLAINER,),
        ),
    ),
    timers=(
        Timer(
            name="escalate", label="逾期升级", states=frozenset({FOUND, EXPLAINED}), ladder="supply_failure.escalation"
        ),
    ),
)  # fmt: skip
