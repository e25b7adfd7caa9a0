"""The loop of an early warning: 发布 → 各单位签收、落实 → 解除; not acknowledged in time, it climbs."""

from __future__ import annotations

from bihuan.capabilities.accidents.warnings import deeds, inputs
from bihuan.capabilities.accidents.warnings.hands import ISSUER, TARGET
from bihuan.capabilities.accidents.warnings.states import WarningState
from bihuan.kernel.loops.declaration import Act, Loop, Nothing, Opening, Step, Timer, WayOut

ACTIVE, LIFTED = WarningState.ACTIVE, WarningState.LIFTED
HERE = frozenset({ACTIVE})

EARLY_WARNING = Loop(
    name="early_warning",
    label="预警",
    letter="E",
    model="accidents.EarlyWarning",
    plural="warnings",
    states=WarningState,
    basis="《突发事件应对法》监测与预警的规定、预警预报工作制度（本区可定）",
    track=(ACTIVE, LIFTED),
    done=frozenset({LIFTED}),
    openings=(
        Opening(
            name="issue", label="发布预警", to=ACTIVE, by=(ISSUER,), input=inputs.Issuing, prepare=deeds.place,
            effect=deeds.issue, gates=(deeds.days_fit, deeds.units_known), due=deeds.due, signed=True, notify=(TARGET,),
            urgent=True, hint="发布后各单位逐一签收；到期未签收的逐级提醒",
        ),
    ),
    steps=(
        Step(
            name="lift", label="解除预警", move=ACTIVE >> LIFTED, by=(ISSUER,), input=inputs.Lifting,
            gates=(deeds.lifted_in_order,), effect=deeds.lift, signed=True, notify=(TARGET,), tone="success",
        ),
    ),
    acts=(
        Act(
            name="acknowledge", label="签收", states=HERE, by=(TARGET,), input=Nothing, needs=(deeds.not_acknowledged,),
            effect=deeds.acknowledge, due=deeds.due,
        ),
        Act(
            name="report_action", label="登记防范措施", states=HERE, by=(TARGET,), input=inputs.Acting, effect=deeds.act,
            signed=True, notify=(ISSUER,),
        ),
        Act(
            name="adjust", label="调整级别或期限", states=HERE, by=(ISSUER,), input=inputs.Adjusting,
            gates=(deeds.something_adjusted, deeds.days_fit), effect=deeds.adjust, due=deeds.due, signed=True,
            notify=(TARGET,), urgent=True, hint="升级或延长的，各单位须重新签收",
        ),
    ),
    ways_out=(
        WayOut(
            name="withdraw", label="撤回", move=ACTIVE >> WarningState.WITHDRAWN, by=(ISSUER,), input=inputs.Reason,
            signed=True, notify=(TARGET,), hint="发错的预警；风险消除的请解除",
        ),
    ),
    timers=(Timer(name="escalate", label="逾期未签收升级", states=HERE, ladder="warning.escalation"),),
)  # fmt: skip
