"""The loop of the crackdown (M144): 发现 → 打击 → 取缔 → 巩固; what comes back is the same item again."""

from __future__ import annotations

from bihuan.capabilities.enforcement.crackdown import effects, gates, inputs, placing, terms
from bihuan.capabilities.enforcement.crackdown.hands import APPROVER, COMPARISON, REPORTER, STRIKER, WATCHER
from bihuan.capabilities.enforcement.crackdown.states import ItemState
from bihuan.kernel.loops.deadlines import working_days
from bihuan.kernel.loops.declaration import Act, Duty, Loop, Opening, Step, Timer, WayOut

FOUND, STRUCK, AWAITING_BAN, BANNED, CONSOLIDATED, SETTLED = (
    ItemState.FOUND, ItemState.STRUCK, ItemState.AWAITING_BAN, ItemState.BANNED, ItemState.CONSOLIDATED,
    ItemState.SETTLED,
)  # fmt: skip
OPEN = FOUND | STRUCK | AWAITING_BAN | BANNED
LADDER = "crackdown.escalation"
TO_STRIKE = working_days("crackdown.strike_days", "发现后应在规定的工作日内打击")

CRACKDOWN = Loop(
    name="crackdown",
    label="打非事项",
    letter="S",
    model="crackdown.Item",
    plural="crackdown",
    states=ItemState,
    basis="《安全生产法》第六十五条、第六十九条",
    track=(FOUND, STRUCK, AWAITING_BAN, BANNED, CONSOLIDATED),
    done=frozenset({CONSOLIDATED, SETTLED}),
    unbound={"search": "worked out from the place, the party and the description"},
    openings=(
        Opening(
            name="report", label="登记窝点或场所", to=FOUND, by=(REPORTER,), input=inputs.SiteFound,
            prepare=placing.place, effect=effects.report, signed=True, due=TO_STRIKE, notify=(STRIKER,),
            gates=(gates.found_by_today, gates.code_complete, gates.campaign_going_on, gates.photos_are_here),
            hint="不在册的窝点、场所按所在村社区登记；查处一处、打击一处、巩固一处",
        ),
        Opening(
            name="report_person", label="登记三违行为", to=FOUND, by=(REPORTER,), input=inputs.PersonFound,
            prepare=placing.place, effect=effects.report, signed=True, due=TO_STRIKE, notify=(STRIKER,),
            gates=(gates.found_by_today, gates.campaign_going_on, gates.photos_are_here),
        ),
        Opening(
            name="report_vehicle", label="登记违法车辆", to=FOUND, by=(REPORTER,), input=inputs.VehicleFound,
            prepare=placing.place, effect=effects.report, signed=True, due=TO_STRIKE, notify=(STRIKER,),
            gates=(gates.found_by_today, gates.campaign_going_on),
        ),
        Opening(
            name="report_explosives", label="登记民爆“四超”“三非”", to=FOUND, by=(REPORTER,),
            input=inputs.ExplosivesFound, prepare=placing.place, effect=effects.report, signed=True, due=TO_STRIKE,
            gates=(gates.found_by_today,), notify=(STRIKER,),
        ),
        Opening(
            name="exceed", label="超许可上限", to=FOUND, by=(COMPARISON,), input=inputs.ExplosivesFound, shown=False,
            prepare=placing.place, effect=effects.report, due=TO_STRIKE, gates=(gates.found_by_today,),
            notify=(STRIKER,), hint="实际产量、人数、存量超过许可上限的，系统自动立项",
        ),
    ),
    steps=(
        Step(
            name="strike", label="打击", move=FOUND >> STRUCK, by=(STRIKER,), input=inputs.Strike,
            effect=effects.strike, signed=True, needs=(gates.has_place,),
            gates=(gates.struck_in_order, gates.counts_not_negative, gates.cites_a_rule, gates.photos_are_here),
            due=working_days("crackdown.ban_days", "打击后应在规定的工作日内申请取缔"), notify=(REPORTER,),
            hint="现场处理和文书按执法程序办理；这里记下做了什么、谁参加、结果怎样",
        ),
        Step(
            name="request_ban", label="申请取缔", move=STRUCK >> AWAITING_BAN, by=(STRIKER,), input=inputs.BanRequest,
            effect=effects.request_ban, signed=True, gates=(gates.photos_are_here,),
            due=working_days("crackdown.ban_approval_days", "收到申请后应在规定的工作日内批准"), notify=(APPROVER,),
        ),
        Step(
            name="approve_ban", label="批准取缔", move=AWAITING_BAN >> BANNED, by=(APPROVER,),
            input=inputs.BanApproval, effect=effects.approve_ban, signed=True, gates=(gates.banned_in_order,),
            not_by=("strike", "request_ban"), why_not_by="批准人不能是打击或申请取缔的同一人",
            due=terms.until_consolidated, notify=(WATCHER,), hint="批准后按间隔自动安排回查",
        ),
        Step(
            name="return_ban", label="退回继续打击", move=AWAITING_BAN >> STRUCK, by=(APPROVER,), input=inputs.Reason,
            signed=True, not_by=("strike", "request_ban"), why_not_by="退回人不能是打击或申请取缔的同一人",
            due=working_days("crackdown.ban_days", "退回后应在规定的工作日内重新申请取缔"), notify=(STRIKER,),
            tone="warning",
        ),
        Step(
            name="conclude", label="认定巩固", move=BANNED >> CONSOLIDATED, by=(APPROVER,), input=inputs.Conclusion,
            effect=effects.conclude, signed=True, needs=(gates.enough_rechecks,), not_by=("recheck",),
            why_not_by="认定人不能是回查的同一人", notify=(WATCHER,), tone="success",
        ),
        Step(
            name="reemerge", label="登记死灰复燃", move=(BANNED | CONSOLIDATED) >> FOUND, by=(REPORTER,),
            input=inputs.Reemergence, effect=effects.reemerge, signed=True,
            gates=(gates.reemerged_in_order, gates.photos_are_here), due=TO_STRIKE, notify=(STRIKER, APPROVER),
            urgent=True, tone="warning", hint="同一处重新打击，反弹次数加一",
        ),
        Step(
            name="settle", label="查处办结", move=(FOUND | STRUCK) >> SETTLED, by=(STRIKER,), input=inputs.Settling,
            effect=effects.settle, signed=True, needs=(gates.has_no_place,),
            gates=(gates.settled_in_order, gates.counts_not_negative), notify=(REPORTER,), tone="success",
        ),
    ),
    acts=(
        Act(
            name="recheck", label="回查", states=frozenset({BANNED}), by=(WATCHER,), input=inputs.Recheck,
            effect=effects.recheck, signed=True, gates=(gates.rechecked_in_order, gates.photos_are_here),
            hint="没有反弹的记一次；又干起来的，请用“登记死灰复燃”",
        ),
        Act(
            name="pass_to_police", label="移交公安", states=OPEN.members, by=(STRIKER,), input=inputs.Passing,
            needs=(gates.not_waiting_for_police,), gates=(gates.passed_in_order,), effect=effects.pass_to_police,
            signed=True, basis="《行政处罚法》第二十七条", hint="涉嫌犯罪的线索移交后，回执和处理结果都要登记",
        ),
        Act(
            name="receive_by_police", label="登记公安回执", states=frozenset(ItemState), by=(STRIKER,),
            input=inputs.Receipt, concerns=(gates.with_police, gates.not_received_yet),
            gates=(gates.received_in_order,), effect=effects.receive_by_police,
        ),
        Act(
            name="answer_by_police", label="登记公安反馈", states=frozenset(ItemState), by=(STRIKER,),
            input=inputs.Feedback, concerns=(gates.with_police,), gates=(gates.feedback_in_order,),
            effect=effects.answer_by_police, signed=True,
        ),
        Act(
            name="link_case", label="关联案件", states=frozenset(set(ItemState) - {ItemState.DISMISSED}), by=(STRIKER,),
            input=inputs.CaseLink, gates=(gates.case_known,), effect=effects.link_case,
            hint="罚款只从案件统计，这里不另填",
        ),
        Act(
            name="note_case", label="立案关联", states=frozenset(set(ItemState) - {ItemState.DISMISSED}), by=(COMPARISON,),
            input=inputs.CaseLink, effect=effects.link_case, shown=False, hint="从本事项提请立案后，系统写回案件编号",
        ),
        Act(name="remind", label="催办", states=OPEN.members, by=(APPROVER,), input=inputs.Reminder, notify=(STRIKER,)),
    ),
    ways_out=(
        WayOut(
            name="dismiss", label="认定不属实", move=FOUND >> ItemState.DISMISSED, by=(STRIKER, APPROVER),
            input=inputs.Reason, effect=effects.dismiss, signed=True, notify=(REPORTER,),
        ),
    ),
    duties=(
        Duty(
            name=effects.RECHECK, label="回查", by=(WATCHER,), met_by=("reemerge", "conclude"),
            states=frozenset({BANNED}), ladder=LADDER, basis="巩固一处",
        ),
        Duty(
            name=effects.POLICE, label="公安机关反馈", by=(STRIKER,), met_by=("answer_by_police",),
            states=frozenset(set(ItemState) - {ItemState.DISMISSED}), ladder=LADDER,
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=OPEN.members, ladder=LADDER),),
)  # fmt: skip
