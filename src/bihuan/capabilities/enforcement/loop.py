"""The case loop (M122): 立案 → 调查取证 → 审查 → 告知 → 决定 → 送达 → 执行 → 结案 → 归档; the simple procedure beside it."""

from __future__ import annotations

from bihuan.capabilities.enforcement import acts
from bihuan.capabilities.enforcement.effects import again as ag
from bihuan.capabilities.enforcement.effects import deciding as d
from bihuan.capabilities.enforcement.effects import executing as e
from bihuan.capabilities.enforcement.effects import filing as f
from bihuan.capabilities.enforcement.effects import hearing as h
from bihuan.capabilities.enforcement.effects import investigation as i
from bihuan.capabilities.enforcement.gates import again as ga
from bihuan.capabilities.enforcement.gates import deciding as gd
from bihuan.capabilities.enforcement.gates import executing as ge
from bihuan.capabilities.enforcement.gates import filing as gf
from bihuan.capabilities.enforcement.gates import hearing as gh
from bihuan.capabilities.enforcement.gates import investigation as gi
from bihuan.capabilities.enforcement.hands import DECIDER, ENFORCER, INVESTIGATOR, PRESIDER, REVIEWER
from bihuan.capabilities.enforcement.inputs import deciding as nd
from bihuan.capabilities.enforcement.inputs import executing as ne
from bihuan.capabilities.enforcement.inputs import filing as nf
from bihuan.capabilities.enforcement.inputs import investigation as ni
from bihuan.capabilities.enforcement.states import OPEN_STATES, CaseState
from bihuan.kernel.loops.declaration import Duty, Loop, Nothing, Opening, Step, Timer, WayOut

PROPOSED, INVESTIGATING, REVIEWING = CaseState.PROPOSED, CaseState.INVESTIGATING, CaseState.REVIEWING
NOTIFIED, HEARING, HEARD, DECIDED = CaseState.NOTIFIED, CaseState.HEARING, CaseState.HEARD, CaseState.DECIDED
EXECUTING, CONCLUDED, ARCHIVED = CaseState.EXECUTING, CaseState.CONCLUDED, CaseState.ARCHIVED
TRANSFERRED, WITHDRAWN = CaseState.TRANSFERRED, CaseState.WITHDRAWN
APART = "作出决定的人不能是本案执法人员、法制审核人员或者听证主持人"
NOT_OWN = "审批人不能是提请立案的同一人"
LADDER = "case.escalation"

CASE = Loop(
    name="case",
    label="执法案件",
    letter="C",
    model="enforcement.Case",
    plural="cases",
    states=CaseState,
    basis="《行政处罚法》《安全生产法》",
    track=(PROPOSED, INVESTIGATING, REVIEWING, NOTIFIED, DECIDED, EXECUTING, CONCLUDED, ARCHIVED),
    done=frozenset({ARCHIVED}),
    unbound={"search": "worked out from the party, the cause and the party's code"},
    openings=(
        Opening(
            name="file", label="提请立案", to=PROPOSED, by=(ENFORCER,), input=nf.Filing, prepare=f.place, effect=f.file,
            gates=(gf.party_is_known, gf.acted_by_now, gf.two_officers), due=f.opening_due, signed=True, notify=(DECIDER,),
            basis="《行政处罚法》第五十四条", hint="经机关负责人批准后立案，自立案之日起九十日内作出处理决定",
        ),
        Opening(
            name="punish_on_the_spot", label="当场处罚", to=EXECUTING, by=(ENFORCER,), input=nf.OnTheSpot,
            prepare=f.place, effect=f.punish_on_the_spot, gates=(gf.party_is_known, gf.two_officers, gf.on_the_spot),
            due=f.pay_by, signed=True, basis="《行政处罚法》第五十一条、第五十二条",
            hint="事实确凿并有法定依据，警告或者小额罚款；当场制作决定书并交付，报所属机关备案",
        ),
    ),
    steps=(
        Step(
            name="approve_opening", label="批准立案", move=PROPOSED >> INVESTIGATING, by=(DECIDER,), input=nf.Approval,
            needs=(gf.not_investigator, gf.keeps_no_distance, gf.still_certified), effect=f.approve_opening,
            due=f.by_limit, signed=True, not_by=("file",), why_not_by=NOT_OWN, notify=(INVESTIGATOR,),
            basis="《行政处罚法》第五十四条",
        ),
        Step(
            name="conclude_investigation", label="调查终结", move=INVESTIGATING >> REVIEWING, by=(INVESTIGATOR,),
            input=ni.Closing, needs=(gi.not_suspended, gf.still_certified, gi.investigated),
            effect=i.conclude_investigation, due=f.by_limit, signed=True, notify=(DECIDER,),
            hint="制作《行政处罚案件调查报告》，送审查",
        ),
        Step(
            name="notify", label="告知", move=REVIEWING >> NOTIFIED, by=(INVESTIGATOR,), input=Nothing,
            needs=(
                gi.not_suspended, gd.violations_assessed, gd.proposed, gd.proposal_approved, ge.officers_certified,
            ),
            effect=d.notify, due=f.by_limit, signed=True, basis="《行政处罚法》第四十四条、第六十三条",
            hint="制发《行政处罚告知书》，达到听证条件的同时制发《听证告知书》",
        ),
        Step(
            name="call_hearing", label="组织听证", move=NOTIFIED >> HEARING, by=(REVIEWER,), input=nd.HearingCall,
            concerns=(gh.hearing_requested,), needs=(gf.not_investigator,), gates=(gh.arranged_in_order,),
            effect=h.call_hearing, due=f.by_limit, signed=True, notify=(INVESTIGATOR,), basis="《行政处罚法》第六十四条",
        ),
        Step(
            name="conclude_hearing", label="听证结束", move=HEARING >> HEARD, by=(PRESIDER,), input=nd.HearingReport,
            needs=(gf.not_investigator, gh.notice_was_served), gates=(gi.times_in_order, gh.hearing_held),
            effect=h.conclude_hearing,
            due=f.by_limit, signed=True, notify=(DECIDER,), basis="《行政处罚法》第六十四条、第六十五条",
        ),
        Step(
            name="decide", label="作出处罚决定", move=(NOTIFIED | HEARD) >> DECIDED, by=(DECIDER,), input=nd.Decision,
            needs=(
                gi.not_suspended, gf.not_investigator, gf.keeps_no_distance, gd.punishable, gd.party_has_spoken, gd.reviewed,
            ),
            gates=(gd.within_the_notice, gd.absolutes_kept, gd.crime_referred, gd.in_time, ga.not_the_same_again), effect=d.decide,
            due=d.service_due, signed=True, not_by=("file", "propose", "legal_review", "conclude_hearing"),
            why_not_by=APART, notify=(INVESTIGATOR,), basis="《行政处罚法》第五十七条、第五十九条",
        ),
        Step(
            name="decide_no_penalty", label="不予处罚", move=(REVIEWING | NOTIFIED | HEARD) >> DECIDED, by=(DECIDER,),
            input=nd.NoPenalty, needs=(gf.not_investigator, gf.keeps_no_distance, gd.looked_at),
            gates=(gd.crime_referred, ga.not_the_same_again),
            effect=d.decide_no_penalty, due=d.service_due, signed=True, not_by=("file", "legal_review"),
            why_not_by=APART, notify=(INVESTIGATOR,), tone="quiet", basis="《行政处罚法》第三十三条、第五十七条",
        ),
        Step(
            name="return_for_investigation", label="退回调查", move=(REVIEWING | NOTIFIED | HEARD) >> INVESTIGATING,
            by=(DECIDER,), input=nf.Reason, effect=i.return_for_investigation, due=f.by_limit, signed=True,
            notify=(INVESTIGATOR,), tone="warning",
        ),
        Step(
            name="serve", label="送达决定书", move=DECIDED >> EXECUTING, by=(INVESTIGATOR,), input=nd.Service,
            needs=(ge.officers_certified,), gates=(gd.served_in_order,), effect=d.serve, due=e.next_due, signed=True,
            basis="《行政处罚法》第六十一条",
        ),
        Step(
            name="conclude", label="结案", move=(EXECUTING | TRANSFERRED) >> CONCLUDED, by=(DECIDER,),
            input=ne.Conclusion, needs=(gf.not_investigator, ge.everything_over, gf.asked_for("conclude")),
            effect=e.conclude, due=e.archive_due, signed=True, notify=(INVESTIGATOR,),
        ),
        Step(
            name="begin_again", label="撤销后重新办理", move=(EXECUTING | CONCLUDED | ARCHIVED) >> INVESTIGATING, by=(DECIDER,),
            input=nf.Reason, concerns=(ga.to_be_decided_again,), needs=(gf.not_investigator, ga.former_settled),
            effect=ag.begin_again, due=f.by_limit, signed=True, notify=(INVESTIGATOR,), tone="warning",
            hint="原决定被撤销并责令重新作出的，从调查取证起重新办理；原决定和文书留存在案",
            basis="《行政复议法》第六十四条、《行政诉讼法》第七十条",
        ),
        Step(
            name="archive", label="归档", move=(CONCLUDED | WITHDRAWN) >> ARCHIVED, by=(INVESTIGATOR, ENFORCER), input=ne.Archiving,
            needs=(ge.file_complete,), effect=e.archive, signed=True, tone="success",
            hint="电子案卷按顺序装订、编页、成卷，归档后不再增减", basis="《行政处罚法》第四十七条",
        ),
        Step(
            name="transfer", label="移送", move=(INVESTIGATING | REVIEWING | NOTIFIED | HEARD) >> TRANSFERRED,
            by=(DECIDER,), input=nd.Transfer, needs=(gf.not_investigator, gi.nothing_left_preserved, gf.asked_for("transfer")),
            effect=d.transfer, due=d.receipt_due, signed=True, tone="quiet", basis="《行政处罚法》第二十七条",
        ),
        Step(
            name="take_back", label="退回后继续办理", move=TRANSFERRED >> INVESTIGATING, by=(DECIDER,), input=nf.Reason,
            needs=(gd.given_back,), effect=d.take_back, due=f.by_limit, signed=True, tone="warning",
            hint="司法机关不予立案或者退回的，继续行政处罚程序",
        ),
    ),
    acts=(*acts.OF_INVESTIGATION, *acts.OF_DECISION, *acts.OF_EXECUTION),
    duties=(
        Duty(
            name="preserve", label="先行登记保存的处理决定", by=(DECIDER,), met_by=("dispose_preserved",),
            states=acts.BEFORE, ladder=LADDER, basis="《行政处罚法》第五十六条",
        ),
        Duty(
            name="hand_in", label="当场收缴的罚款交至机关", by=(INVESTIGATOR,), met_by=("pay",), states=acts.EXECUTING,
            ladder=LADDER, basis="《行政处罚法》第七十一条",
        ),
        Duty(
            name="publish", label="公示处罚决定", by=(INVESTIGATOR, ENFORCER), met_by=("publish",), states=acts.AFTER, ladder=LADDER,
            basis="《安全生产法》第七十八条",
        ),
        Duty(
            name="unpublish", label="撤回公示", by=(INVESTIGATOR, ENFORCER), met_by=("unpublish",), states=acts.AFTER, ladder=LADDER,
            basis="《行政处罚法》第四十八条",
        ),
        Duty(
            name="serve_notice", label="送达告知书", by=(INVESTIGATOR,), met_by=("serve_notice",), states=acts.SPEAKING,
            ladder=LADDER, basis="《行政处罚法》第四十四条",
        ),
        Duty(
            name="serve_hearing_notice", label="送达听证会通知书", by=(INVESTIGATOR, ENFORCER),
            met_by=("serve_hearing_notice",), states=acts.HEARINGS, ladder=LADDER, basis="《行政处罚法》第六十四条",
        ),
        Duty(
            name="serve_demand", label="送达催告书", by=(INVESTIGATOR,), met_by=("serve_demand",), states=acts.EXECUTING,
            ladder=LADDER, basis="《行政强制法》第五十四条",
        ),
        Duty(
            name="serve_daily", label="送达按日连续处罚决定书", by=(INVESTIGATOR,), met_by=("serve_daily",),
            states=acts.EXECUTING, ladder=LADDER, basis="《行政处罚法》第六十一条",
        ),
        Duty(
            name="refund", label="退还款项", by=(INVESTIGATOR, ENFORCER), met_by=("pay_back",), states=acts.CONTESTED, ladder=LADDER,
            basis="《国家赔偿法》第三十六条",
        ),
        Duty(
            name="decide_again", label="重新作出处理决定", by=(DECIDER,), met_by=("decide", "decide_no_penalty", "transfer", "withdraw"),
            states=acts.AGAIN, ladder=LADDER, basis="《行政复议法》第六十四条、《行政诉讼法》第七十条",
        ),
        Duty(
            name="supplement", label="补充归档", by=(INVESTIGATOR, ENFORCER), met_by=("supplement",), states=acts.ARCHIVED,
            ladder=LADDER, basis="《行政处罚法》第四十七条",
        ),
        Duty(
            name="link_up", label="联合办案分工", by=(DECIDER,), met_by=("invite", "decline_linkage"), states=acts.RUNNING,
            ladder=LADDER, basis="隐患、非法场所两次逾期的，部门、镇街联动办理",
        ),
        Duty(
            name="court", label="申请人民法院强制执行", by=(DECIDER,), met_by=("apply_court",), states=acts.EXECUTING,
            ladder=LADDER, basis="《行政强制法》第五十三条",
        ),
    ),
    ways_out=(
        WayOut(
            name="refuse_opening", label="不予立案", move=PROPOSED >> CaseState.NOT_OPENED, by=(DECIDER,),
            input=nf.Reason, needs=(gf.not_investigator,), effect=f.refuse_opening, signed=True, notify=(INVESTIGATOR,),
        ),
        WayOut(
            name="withdraw", label="撤销案件", move=(INVESTIGATING | REVIEWING) >> WITHDRAWN,
            by=(DECIDER,), input=nf.Reason, needs=(gf.not_investigator, gi.nothing_left_preserved), effect=d.withdraw,
            signed=True, due=e.archive_due, notify=(INVESTIGATOR,),
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=frozenset(OPEN_STATES), ladder=LADDER),),
)  # fmt: skip
