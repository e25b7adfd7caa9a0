"""The inspection loop: 安排 → 到场 → 检查 → 责令整改 → 复查 → 办结 (M107–M111, M127)."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.inspections import effects, finding, finishing, gates, inputs, rechecking
from bihuan.capabilities.inspections.documents import transfer
from bihuan.capabilities.inspections.hands import APPROVER, ARRANGER, TARGET, TEAM, TOLD, UNIT
from bihuan.capabilities.inspections.states import InspectionState
from bihuan.kernel.loops.deadlines import kept
from bihuan.kernel.loops.declaration import Act, Duty, Loop, Opening, Step, Timer, WayOut

PREPARED, ON_SITE, RECTIFYING, CLOSED = (
    InspectionState.PREPARED,
    InspectionState.ON_SITE,
    InspectionState.RECTIFYING,
    InspectionState.CLOSED,
)
DEALING = (gates.dealing_whole, gates.photos_here)


def transfer_out(inspection: Any, given: Any, context: Any) -> None:
    """移送: the paper goes out with the deed."""
    context.afterwards.append(lambda: transfer(inspection, given, context))


INSPECTION = Loop(
    name="inspection",
    label="监督检查",
    letter="I",
    model="inspections.Inspection",
    plural="inspections",
    states=InspectionState,
    basis="《安全生产法》第六十二条、第六十五条、第六十七条、第六十八条",
    track=(PREPARED, ON_SITE, RECTIFYING, CLOSED),
    done=frozenset({CLOSED}),
    openings=(
        Opening(
            name="arrange", label="安排检查", to=PREPARED, by=(ARRANGER,), input=inputs.Arrangement,
            prepare=effects.place, effect=effects.arrange, signed=True, due=effects.planned_deadline,
            gates=(
                gates.unannounced_unnoticed, gates.unit_may_enforce, gates.units_known, gates.team_fits,
                gates.planned_ahead, gates.campaign_on, gates.list_known,
            ),
            notify=(TEAM, TOLD), hint="暗访、四不两直等方式，到场登记之前被检查单位和属地镇街在任何地方都看不到",
            basis="《安全生产法》第六十二条",
        ),
    ),
    steps=(
        Step(
            name="arrive", label="到场登记", move=PREPARED >> ON_SITE, by=(TEAM,), input=inputs.Arrival,
            needs=(gates.scheme_approved, gates.team_still_fits), gates=(gates.certificates_shown,),
            effect=effects.arrive, hint="从这时起被检查单位和属地可以看到本次检查；检查表用当日有效的版本",
            basis="《安全生产法》第六十七条",
        ),
        Step(
            name="finish", label="结束检查", move=ON_SITE >> RECTIFYING, by=(TEAM,), input=inputs.Ending,
            needs=(gates.team_still_fits, gates.signs_with_certificate, gates.sheet_whole, gates.days_ahead),
            gates=(gates.party_signs, gates.order_names_who),
            effect=finishing.finish, signed=True, due=finishing.order_deadline, notify=(TARGET,),
            hint="发现的问题随即进入隐患台账；执法检查同时制发文书，并按文书写明的责任人、措施和期限把隐患交给被检查单位整改",
            basis="《安全生产法》第六十五条、第六十八条",
        ),
        Step(
            name="recheck", label="复查", move=RECTIFYING >> CLOSED, by=(UNIT, TEAM), input=inputs.Rechecked,
            needs=(rechecking.none_waiting,), gates=(
                rechecking.results_whole, rechecking.recheck_dated, rechecking.rechecked_by_two, gates.photos_here,
            ),
            effect=rechecking.recheck, signed=True, due=rechecking.next_deadline, notify=(TARGET,), tone="success",
            hint="全部整改到位的办结，单位已报整改完成的隐患随之验收；未整改到位的，重新确定期限并自动提请立案", basis="整改不到位不放过",
        ),
    ),
    acts=(
        Act(
            name="approve_scheme", label="审批检查方案", states=frozenset({PREPARED}), by=(APPROVER,),
            input=inputs.Approval, concerns=(gates.is_enforcing, gates.not_approved_yet), effect=effects.approve_scheme,
            signed=True, not_by=("arrange",), why_not_by="检查方案不能由安排检查的人自己审批", notify=(TEAM,),
            hint="随即制发现场检查方案", basis="《安全生产法》第六十二条",
        ),
        Act(
            name="give_notice", label="登记事先通知", states=frozenset({PREPARED}), by=(UNIT,), input=inputs.Notice,
            concerns=(gates.may_be_noticed,), gates=(gates.unannounced_unnoticed,), effect=effects.give_notice,
        ),
        Act(
            name="change_team", label="调整检查人员", states=frozenset({PREPARED, ON_SITE}), by=(UNIT, TEAM),
            input=inputs.Team, gates=(gates.team_fits,), effect=effects.change_team, signed=True,
            hint="执法证件过期、应当回避的，更换人员",
        ),
        Act(
            name="only_supervise", label="改为不执法的检查", states=frozenset({PREPARED, ON_SITE}), by=(UNIT,),
            input=inputs.Downgrade, concerns=(gates.is_enforcing,), needs=(gates.nothing_issued,),
            effect=effects.only_supervise, signed=True,
            hint="持证人员不足两名时，可以检查，但不能制发执法文书",
        ),
        Act(
            name="use_checklist", label="选用检查表", states=frozenset({PREPARED, ON_SITE}), by=(TEAM, UNIT),
            input=inputs.ListChosen, gates=(gates.list_known,), effect=effects.use_checklist,
        ),
        Act(
            name="tick", label="填写检查项", states=frozenset({ON_SITE}), by=(TEAM,), input=inputs.Tick,
            gates=(gates.item_of_the_sheet, *DEALING), effect=effects.tick, shown=True,
            hint="在现场用手机逐项填写更方便",
        ),
        Act(
            name="pass_rest", label="其余各项均符合", states=frozenset({ON_SITE}), by=(TEAM,), input=inputs.RestPassed,
            gates=(gates.rest_looked_at,), effect=effects.pass_rest, hint="不符合和不适用的先逐项填写，其余的一次填完",
        ),
        Act(
            name="find", label="登记问题", states=frozenset({ON_SITE}), by=(TEAM,), input=inputs.Found,
            gates=(gates.major_by_criterion, *DEALING), effect=finding.find,
            hint="检查表以外的问题；结束检查时一并进入隐患台账",
        ),
        Act(
            name="drop_finding", label="撤回问题", states=frozenset({ON_SITE}), by=(TEAM,), input=inputs.Dropped,
            concerns=(gates.something_found,), effect=finding.drop,
        ),
        Act(
            name="transfer_out", label="移送非职责范围的问题", states=frozenset({ON_SITE, RECTIFYING, CLOSED}), by=(UNIT, TEAM),
            input=inputs.Transfer, concerns=(gates.is_enforcing,), needs=(gates.signs_with_certificate,),
            gates=(gates.receiver_known,), effect=transfer_out, signed=True, basis="《安全生产法》第六十九条",
        ),
        Act(
            name="ask_extension", label="申请延期", states=frozenset({RECTIFYING}), by=(TARGET, UNIT),
            input=inputs.ExtensionAsked, needs=(rechecking.none_asked, rechecking.asked_in_time),
            gates=(rechecking.extension_later,), effect=rechecking.ask_extension, signed=True, notify=(UNIT,),
        ),
        Act(
            name="grant_extension", label="同意延期", states=frozenset({RECTIFYING}), by=(APPROVER,),
            input=inputs.ExtensionReply, concerns=(rechecking.one_asked,),
            gates=(rechecking.answered_by_two,), effect=rechecking.grant_extension,
            signed=True, not_by=("ask_extension",), due=rechecking.extended_deadline, notify=(TARGET,),
        ),
        Act(
            name="refuse_extension", label="不同意延期", states=frozenset({RECTIFYING}), by=(APPROVER,),
            input=inputs.ExtensionReply, concerns=(rechecking.one_asked,),
            gates=(rechecking.answered_by_two,), effect=rechecking.refuse_extension,
            signed=True, not_by=("ask_extension",), due=kept, notify=(TARGET,),
        ),
        Act(
            name="propose_case", label="提请立案", states=frozenset({RECTIFYING, CLOSED}), by=(UNIT,),
            input=inputs.Proposing, concerns=(gates.is_enforcing, gates.something_found),
            effect=rechecking.propose_case, signed=True, basis="《行政处罚法》第五十四条",
        ),
    ),
    ways_out=(
        WayOut(
            name="cancel", label="取消检查", move=PREPARED >> InspectionState.CANCELLED, by=(UNIT,),
            input=inputs.Reason, effect=effects.cancel, signed=True,
        ),
    ),
    duties=(
        Duty(
            name="recheck", label="组织复查", by=(UNIT,), met_by=("recheck",), states=frozenset({RECTIFYING}),
            ladder="inspection.escalation", when_late=rechecking.recheck_due, basis="整改不到位不放过",
        ),
        Duty(
            name="reply_extension", label="答复延期申请", by=(APPROVER,), met_by=("grant_extension", "refuse_extension"),
            states=frozenset({RECTIFYING}), ladder="inspection.escalation",
        ),
    ),
    timers=(
        Timer(name="escalate", label="逾期升级", states=frozenset({RECTIFYING}), ladder="inspection.escalation"),
    ),
    unbound={
        "search": "worked out from the object, the mode and what is looked at",
        "ordered_count": "worked out from the things found, of which each is bound by the document that orders it",
    },
)  # fmt: skip
