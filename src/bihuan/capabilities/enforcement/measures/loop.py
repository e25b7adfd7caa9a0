"""The loop of measures that stop something until they are lifted (M129–M134).

One loop, four families: stops (责令“三停”、停产整顿), seizures (查封扣押), closures (关闭取缔) and supplies cut off (停供).
A deed of one family ``concerns`` that family alone, so pages of the others do not list it.
"""

from __future__ import annotations

from bihuan.capabilities.enforcement.measures import (
    article70,
    closing,
    closure_inputs,
    cutoff_inputs,
    deadlines,
    effects,
    gates,
    inputs,
    papers,
    seizing,
    seizure_inputs,
    terms,
)
from bihuan.capabilities.enforcement.measures.hands import (
    ACCEPTOR,
    APPROVER,
    ENFORCER,
    OBJECT,
    RECTIFIER,
    SUPPLIER,
    SYSTEM,
    WATCHER,
)
from bihuan.capabilities.enforcement.measures.states import MeasureState
from bihuan.kernel.loops.deadlines import working_days
from bihuan.kernel.loops.declaration import Act, Duty, Loop, Opening, Step, Timer, WayOut

PROPOSED, APPROVED, IN_FORCE, AWAITING, LIFTED, SETTLED = (
    MeasureState.PROPOSED,
    MeasureState.APPROVED,
    MeasureState.IN_FORCE,
    MeasureState.AWAITING_ACCEPTANCE,
    MeasureState.LIFTED,
    MeasureState.SETTLED,
)
OPEN = PROPOSED | APPROVED | IN_FORCE | AWAITING
STANDING = frozenset({IN_FORCE, AWAITING})
LADDER = "measure.escalation"
SAME_HANDS = "验收人不能是申请恢复的人，也不能是作出决定的检查人（谁治理谁签名、谁验收谁签名）"
_APPROVE_DAYS = working_days("measure.approve_days", "报请后应在规定的工作日内审批")
_CARRY_OUT_DAYS = working_days("measure.carry_out_days", "批准后应在规定的工作日内实施")
_ACCEPT_DAYS = working_days("measure.acceptance_days", "收到恢复申请后应在规定的工作日内验收")


MEASURE = Loop(
    name="measure",
    label="停产与强制措施",
    letter="O",
    model="measures.Measure",
    plural="measures",
    states=MeasureState,
    basis="《安全生产法》第六十五条、第七十条、第一百一十三条；《行政强制法》",
    track=(PROPOSED, APPROVED, IN_FORCE, AWAITING, LIFTED),
    done=frozenset({LIFTED, SETTLED}),
    unbound={"search": "worked out from the object's name, the facts and the scope"},
    openings=(
        Opening(
            name="order", label="责令停止", to=IN_FORCE, by=(ENFORCER,), input=inputs.Ordering,
            prepare=effects.about_object, effect=papers.order, signed=True,
            gates=(
                gates.ground_carries, gates.two_officers, gates.ordered_in_time_order, gates.same_day_in_crowds,
                gates.bound_matters, gates.no_double, gates.photos_are_here,
            ),
            due=deadlines.set_day, notify=(OBJECT,), urgent=True,
            hint="停产停业、停止施工、停止使用、停产整顿、立即停业整顿；只有验收合格才能解除",
            basis="《安全生产法》第六十五条第一款第三项",
        ),
        Opening(
            name="propose_seizure", label="报请查封扣押", to=PROPOSED, by=(ENFORCER,),
            input=seizure_inputs.SeizureProposal, prepare=effects.about_object, effect=effects.propose, signed=True,
            gates=(gates.ground_carries, gates.two_officers, gates.bound_matters), due=_APPROVE_DAYS,
            notify=(APPROVER,), basis="《行政强制法》第十八条",
        ),
        Opening(
            name="seize_urgently", label="当场查封扣押（情况紧急）", to=IN_FORCE, by=(ENFORCER,),
            input=seizure_inputs.UrgentSeizure, prepare=effects.about_object, effect=papers.seize_urgently, signed=True,
            gates=(
                gates.ground_carries, gates.two_officers, gates.bound_matters, seizing.list_complete,
                seizing.carried_out_already, gates.photos_are_here,
            ),
            due=deadlines.held_until, notify=(APPROVER, OBJECT), urgent=True,
            hint="24 小时内向部门主要负责人报告并补办批准", basis="《行政强制法》第十九条",
        ),
        Opening(
            name="propose_closure", label="提请关闭取缔", to=PROPOSED, by=(ENFORCER,),
            input=closure_inputs.ClosureProposal, prepare=effects.about_object, effect=effects.propose, signed=True,
            gates=(gates.ground_carries, gates.bound_matters, closing.not_proposed_already), due=_APPROVE_DAYS,
            notify=(APPROVER,), hint="由政府决定，批准后实施、核实、定期复查", basis="《安全生产法》第六十三条、第一百一十三条",
        ),
        Opening(
            name="propose_closure_by_rule", label="按规定提请关闭", to=PROPOSED, by=(SYSTEM,),
            input=closure_inputs.ClosureProposal, prepare=effects.about_object, effect=effects.propose, shown=False,
            gates=(closing.not_proposed_already,), due=_APPROVE_DAYS, notify=(APPROVER, ENFORCER), urgent=True,
            hint="存在重大事故隐患，180 日内三次或者一年内四次受到行政处罚的，由系统提请",
            basis="《安全生产法》第一百一十三条第一项",
        ),
        Opening(
            name="propose_cutoff", label="报请停止供电、供应民爆物品", to=PROPOSED, by=(ENFORCER,),
            input=cutoff_inputs.CutoffProposal, prepare=effects.about_object, effect=effects.propose_cutoff, signed=True,
            gates=(
                article70.supplier_fits, article70.major_hazard, article70.stop_decided, article70.disobeyed,
                article70.danger_real, article70.safety_assured, article70.not_cut_already, gates.origin_exists,
                gates.photos_are_here,
            ),
            due=_APPROVE_DAYS, notify=(APPROVER,),
            hint="第七十条的条件逐项填写，缺一项都不能报请", basis=article70.BASIS,
        ),
    ),
    steps=(
        Step(
            name="approve", label="批准", move=PROPOSED >> APPROVED, by=(APPROVER,), input=inputs.Approval,
            needs=(article70.still_holds,), gates=(closing.approval_numbered,), effect=papers.approve, signed=True,
            not_by=("propose_seizure", "propose_closure", "propose_cutoff"),
            why_not_by="批准人不能是报请的同一人", due=_CARRY_OUT_DAYS, notify=(ENFORCER,), urgent=True, tone="success",
        ),
        Step(
            name="seize", label="实施查封扣押", move=APPROVED >> IN_FORCE, by=(ENFORCER,), input=seizure_inputs.Seizing,
            concerns=(gates.is_seizure,),
            gates=(
                seizing.list_complete, seizing.carried_out_already, seizing.after_approval,
                gates.not_at_night_or_festival, gates.photos_are_here,
            ),
            effect=papers.seize, signed=True, due=deadlines.held_until, notify=(OBJECT,),
            basis="《行政强制法》第十八条、第二十四条",
        ),
        Step(
            name="cut_off", label="登记停止供应", move=APPROVED >> IN_FORCE, by=(ENFORCER,),
            input=cutoff_inputs.CuttingOff, concerns=(gates.is_cutoff,),
            needs=(
                article70.approved_by_principal, article70.still_holds, article70.notified, article70.in_writing,
            ),
            gates=(article70.not_before_its_time, gates.not_at_night_or_festival),
            effect=effects.cut_off, signed=True, notify=(OBJECT, WATCHER), urgent=True, basis=article70.BASIS,
        ),
        Step(
            name="close", label="实施关闭取缔", move=APPROVED >> IN_FORCE, by=(ENFORCER,),
            input=closure_inputs.Closing, concerns=(gates.is_closure,),
            gates=(closing.closed_in_order, gates.not_at_night_or_festival), effect=effects.close_and_owe, signed=True,
            notify=(OBJECT, WATCHER),
        ),
        Step(
            name="apply_lifting", label="申请恢复", move=IN_FORCE >> AWAITING, by=(RECTIFIER, ENFORCER),
            input=inputs.Application, concerns=(gates.is_accepted,),
            gates=(gates.applied_in_time_order, gates.photos_are_here, gates.has_after_photo),
            effect=effects.apply_lifting, signed=True, due=_ACCEPT_DAYS, notify=(ACCEPTOR,),
            hint="单位没有账号的，执法人员可代为填报，但不得再验收",
        ),
        Step(
            name="accept", label="验收合格，解除", move=AWAITING >> LIFTED, by=(ACCEPTOR,), input=inputs.Acceptance,
            concerns=(gates.is_accepted,), needs=(gates.supply_not_cut, article70.stop_kept),
            gates=(gates.accepted_in_time_order,), effect=papers.accept, signed=True,
            not_by=("apply_lifting", "order"), why_not_by=SAME_HANDS, notify=(OBJECT, SUPPLIER), tone="success",
            basis="谁验收谁签名",
        ),
        Step(
            name="send_back", label="验收不合格，继续停止", move=AWAITING >> IN_FORCE, by=(ACCEPTOR,),
            input=inputs.SendingBack, concerns=(gates.is_accepted,), gates=(gates.new_day_ahead,),
            effect=effects.send_back, signed=True, not_by=("apply_lifting", "order"), why_not_by=SAME_HANDS,
            due=deadlines.set_day, notify=(OBJECT,), urgent=True, tone="warning",
        ),
        Step(
            name="release", label="解除查封扣押", move=IN_FORCE >> LIFTED, by=(ENFORCER,), input=seizure_inputs.Release,
            concerns=(gates.is_seizure,), gates=(seizing.given_back_in_order,), effect=papers.release, signed=True,
            notify=(OBJECT,), tone="success", basis="《行政强制法》第二十八条",
        ),
        Step(
            name="dispose", label="处理查封扣押物", move=IN_FORCE >> SETTLED, by=(ENFORCER,),
            input=seizure_inputs.Disposing, concerns=(gates.is_seizure,),
            needs=(seizing.approved_before_disposal, seizing.not_expired), gates=(seizing.given_back_in_order,),
            effect=papers.dispose, signed=True, notify=(OBJECT,), basis="《行政强制法》第二十七条",
        ),
        Step(
            name="find_reopened", label="登记死灰复燃", move=IN_FORCE >> APPROVED, by=(WATCHER,),
            input=closure_inputs.Reopened, concerns=(gates.is_closure,), gates=(closing.seen_after_closing,),
            effect=effects.find_reopened, signed=True, due=_CARRY_OUT_DAYS, notify=(ENFORCER, APPROVER), urgent=True,
            tone="warning", hint="同一件重新实施关闭，次数累计",
        ),
        Step(
            name="conclude", label="了结", move=IN_FORCE >> SETTLED, by=(ACCEPTOR,), input=closure_inputs.Conclusion,
            concerns=(gates.is_closure,), needs=(closing.is_verified, closing.rechecks_done), effect=effects.conclude,
            signed=True, tone="success",
        ),
    ),
    acts=(
        Act(
            name="record_breach", label="登记停产期内生产", states=STANDING, by=(WATCHER,), input=inputs.Breach,
            concerns=(gates.is_stop,), gates=(gates.breach_inside,), effect=effects.record_breach, signed=True,
            notify=(ENFORCER, OBJECT), urgent=True, hint="须有现场照片；登记后转入立案",
        ),
        Act(
            name="report_urgent", label="报告当场实施情况", states=frozenset({IN_FORCE}), by=(ENFORCER,),
            input=seizure_inputs.UrgentReport, concerns=(gates.is_seizure, seizing.is_urgent, seizing.not_reported_yet),
            gates=(seizing.reported_in_order,), effect=effects.report_urgent, signed=True, notify=(APPROVER,),
            urgent=True, basis="《行政强制法》第十九条",
        ),
        Act(
            name="decide_later", label="补办批准", states=frozenset({IN_FORCE}), by=(APPROVER,),
            input=seizure_inputs.LaterDecision, concerns=(gates.is_seizure, seizing.is_urgent),
            effect=papers.decide_later, signed=True, not_by=("seize_urgently",),
            why_not_by="补办批准的不能是当场实施的同一人", due=deadlines.decided_later, notify=(ENFORCER,),
            basis="《行政强制法》第十九条",
        ),
        Act(
            name="extend", label="批准延长", states=frozenset({IN_FORCE}), by=(APPROVER,),
            input=seizure_inputs.Prolonging, concerns=(gates.is_seizure,),
            needs=(seizing.not_extended, seizing.not_expired), gates=(seizing.extension_allowed,),
            effect=papers.extend, signed=True, due=deadlines.held_until, notify=(OBJECT, ENFORCER),
            basis=terms.SEIZURE_BASIS,
        ),
        Act(
            name="begin_test", label="送检（暂停计时）", states=frozenset({IN_FORCE}), by=(ENFORCER,),
            input=seizure_inputs.TestBeginning, concerns=(gates.is_seizure, seizing.no_test_running),
            needs=(seizing.not_expired,), gates=(seizing.test_told,), effect=effects.begin_test, signed=True,
            due=deadlines.held_until, notify=(OBJECT,), basis=terms.SEIZURE_BASIS,
        ),
        Act(
            name="end_test", label="登记检测结果（恢复计时）", states=frozenset({IN_FORCE}), by=(ENFORCER,),
            input=seizure_inputs.TestEnding, concerns=(gates.is_seizure, seizing.test_running),
            gates=(seizing.test_ended_in_order,), effect=effects.end_test, signed=True, due=deadlines.held_until,
            notify=(OBJECT,),
        ),
        Act(
            name="verify", label="现场核实", states=frozenset({IN_FORCE}), by=(WATCHER,),
            input=closure_inputs.Verification, concerns=(gates.is_closure, closing.not_verified_yet),
            gates=(closing.verified_in_order,), effect=effects.verify_and_owe, signed=True, not_by=("close",),
            why_not_by="核实人不能是实施关闭的同一人",
        ),
        Act(
            name="recheck", label="复查", states=frozenset({IN_FORCE}), by=(WATCHER,), input=closure_inputs.Recheck,
            concerns=(gates.is_closure, closing.is_verified), gates=(closing.rechecked_in_order, gates.photos_are_here),
            effect=effects.recheck_and_owe, signed=True,
        ),
        Act(
            name="notify_party", label="通知生产经营单位", states=frozenset({APPROVED}), by=(ENFORCER,),
            input=cutoff_inputs.PartyNotice, concerns=(gates.is_cutoff,),
            needs=(article70.approved_by_principal, article70.still_holds),
            gates=(article70.notice_long_enough,), effect=papers.notify_party, signed=True, notify=(OBJECT,),
            urgent=True, basis=article70.BASIS,
        ),
        Act(
            name="send_decision", label="送达供应单位", states=frozenset({APPROVED}), by=(ENFORCER,),
            input=cutoff_inputs.Decision, concerns=(gates.is_cutoff, article70.not_sent_yet),
            needs=(article70.approved_by_principal, article70.still_holds, article70.notified),
            gates=(article70.sent_in_time,), effect=papers.send_decision, signed=True,
            notify=(SUPPLIER,), urgent=True, basis=article70.BASIS,
        ),
        Act(
            name="acknowledge", label="供应单位答复", states=frozenset({APPROVED, IN_FORCE, AWAITING}),
            by=(SUPPLIER, ENFORCER), input=cutoff_inputs.Reply,
            concerns=(gates.is_cutoff, article70.was_sent, article70.not_replied_yet), gates=(article70.reply_proved,),
            effect=effects.acknowledge, signed=True, notify=(ENFORCER,),
            hint="有账号的供应单位自行答复；没有的由执法人员凭回执登记",
        ),
        Act(
            name="record_supply", label="登记停供期内供应", states=STANDING, by=(WATCHER,),
            input=cutoff_inputs.SupplyFound, concerns=(gates.is_cutoff,), gates=(article70.supplied_inside,),
            effect=effects.record_supply, signed=True, notify=(ENFORCER,), urgent=True,
            hint="登记后即对供应单位的主管部门立项核查，写明经办人",
        ),
        Act(
            name="restore", label="登记恢复供应", states=frozenset({LIFTED}), by=(ENFORCER, SUPPLIER),
            input=cutoff_inputs.Restoration, concerns=(gates.is_cutoff, article70.not_restored_yet),
            effect=effects.restore, signed=True, notify=(OBJECT,),
        ),
        Act(
            name="note_case", label="转入立案", states=frozenset(MeasureState), by=(SYSTEM,),
            input=closure_inputs.CaseFiled, effect=effects.note_case, shown=False,
        ),
        Act(
            name="remind", label="催办", states=OPEN.members, by=(ENFORCER, ACCEPTOR), input=inputs.Reminder,
            notify=(OBJECT, ENFORCER), urgent=False,
        ),
    ),
    ways_out=(
        WayOut(
            name="turn_down", label="不予批准", move=PROPOSED >> MeasureState.TURNED_DOWN, by=(APPROVER,),
            input=inputs.Reason, effect=effects.withdraw, signed=True, notify=(ENFORCER,),
        ),
        WayOut(
            name="withdraw", label="撤回", move=(PROPOSED | APPROVED) >> MeasureState.WITHDRAWN, by=(ENFORCER,),
            input=inputs.Reason, needs=(gates.never_in_force,), effect=effects.withdraw, signed=True,
        ),
        WayOut(
            name="revoke", label="撤销决定", move=(IN_FORCE | AWAITING) >> MeasureState.REVOKED, by=(APPROVER,),
            input=inputs.Revocation, effect=effects.revoke, signed=True, notify=(OBJECT, SUPPLIER),
            hint="决定本身被复议、诉讼或者本机关撤销；整改合格的请走验收",
        ),
    ),
    duties=(
        Duty(
            name="report_urgent", label="报告当场查封扣押情况", by=(ENFORCER,), met_by=("report_urgent",),
            states=frozenset({IN_FORCE}), ladder=LADDER, basis="《行政强制法》第十九条",
        ),
        Duty(
            name="decide_later", label="补办查封扣押批准", by=(APPROVER,), met_by=("decide_later",),
            states=frozenset({IN_FORCE}), ladder=LADDER, basis="《行政强制法》第十九条",
        ),
        Duty(
            name="acknowledge", label="供应单位答复停供决定", by=(ENFORCER, SUPPLIER), met_by=("acknowledge",),
            states=frozenset({APPROVED, IN_FORCE, AWAITING}), ladder=LADDER, basis=article70.BASIS,
        ),
        Duty(
            name="file_case", label="对违反停产、关闭决定提请立案", by=(ENFORCER,), met_by=("note_case",),
            states=frozenset({APPROVED, IN_FORCE, AWAITING}), ladder=LADDER, basis="《安全生产法》第一百零二条",
        ),
        Duty(
            name="verify", label="核实是否关闭到位", by=(WATCHER,), met_by=("verify",), states=frozenset({IN_FORCE}),
            ladder=LADDER,
        ),
        Duty(
            name="recheck", label="关闭取缔后复查", by=(WATCHER,), met_by=("conclude", "find_reopened"), states=frozenset({IN_FORCE}),
            ladder=LADDER,
        ),
        Duty(
            name="restore", label="恢复供应", by=(ENFORCER, SUPPLIER), met_by=("restore",), states=frozenset({LIFTED}),
            ladder=LADDER, basis=article70.BASIS,
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=OPEN.members, ladder=LADDER),),
)  # fmt: skip
