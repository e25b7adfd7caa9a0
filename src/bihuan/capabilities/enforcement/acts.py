"""What is done on a case while its state stays: evidence, discretion, time, the party's word, money, remedies (M122, M128)."""

from __future__ import annotations

from bihuan.capabilities.enforcement.effects import deciding as d
from bihuan.capabilities.enforcement.effects import executing as e
from bihuan.capabilities.enforcement.effects import filing as f
from bihuan.capabilities.enforcement.effects import investigation as i
from bihuan.capabilities.enforcement.gates import deciding as gd
from bihuan.capabilities.enforcement.gates import executing as ge
from bihuan.capabilities.enforcement.gates import filing as gf
from bihuan.capabilities.enforcement.gates import investigation as gi
from bihuan.capabilities.enforcement.hands import (
    DECIDER,
    ENFORCER,
    INVESTIGATOR,
    PARTNER,
    REVIEWER,
    SYSTEM,
)
from bihuan.capabilities.enforcement.inputs import deciding as nd
from bihuan.capabilities.enforcement.inputs import executing as ne
from bihuan.capabilities.enforcement.inputs import filing as nf
from bihuan.capabilities.enforcement.inputs import investigation as ni
from bihuan.capabilities.enforcement.states import STARTED, CaseState
from bihuan.kernel.loops.deadlines import kept
from bihuan.kernel.loops.declaration import Act, State

INVESTIGATING = frozenset[State]({CaseState.INVESTIGATING})
ASSESSING = frozenset[State]({CaseState.INVESTIGATING, CaseState.REVIEWING})
REVIEWING = frozenset[State]({CaseState.REVIEWING})
JUDGING = frozenset[State]({CaseState.REVIEWING, CaseState.NOTIFIED, CaseState.HEARD})
NOTIFIED = frozenset[State]({CaseState.NOTIFIED})
BEFORE = frozenset[State](STARTED)
EXECUTING = frozenset[State]({CaseState.EXECUTING})
TRANSFERRED = frozenset[State]({CaseState.TRANSFERRED})
AFTER = frozenset[State]({CaseState.DECIDED, CaseState.EXECUTING, CaseState.CONCLUDED, CaseState.ARCHIVED})
RUNNING = frozenset[State]({*STARTED, CaseState.EXECUTING})
APART = "审核、审批人员不能是本案执法人员（查审分离）"

OF_INVESTIGATION = (
    Act(
        name="assess_violation", label="认定违法行为和裁量", states=ASSESSING, by=(INVESTIGATOR,), input=ni.Assessment,
        needs=(gi.not_suspended,), gates=(gi.amount_in_range,), effect=i.assess, signed=True,
        hint="选处罚依据和情节，系统按法定幅度和裁量档次给出建议数额；同一依据再次认定的替换前一次",
        basis="《行政处罚法》第五条、第三十四条",
    ),
    Act(
        name="drop_violation", label="去掉一项违法行为", states=ASSESSING, by=(INVESTIGATOR,), input=ni.Dropping,
        concerns=(gd.violations_assessed,), gates=(gi.violation_there,), effect=i.drop_violation, signed=True,
    ),
    Act(
        name="record_interview", label="询问", states=INVESTIGATING, by=(INVESTIGATOR,), input=ni.Interview,
        needs=(gi.not_suspended, gf.still_certified), gates=(gi.times_in_order,), effect=i.record_interview, signed=True,
        hint="制作《询问笔录》，由被询问人逐页签名", basis="《行政处罚法》第五十五条",
    ),
    Act(
        name="examine_scene", label="勘验", states=INVESTIGATING, by=(INVESTIGATOR,), input=ni.Scene,
        needs=(gi.not_suspended, gf.still_certified), gates=(gi.times_in_order,), effect=i.examine_scene, signed=True,
        hint="制作《勘验笔录》",
    ),
    Act(
        name="add_evidence", label="登记其他证据", states=BEFORE, by=(INVESTIGATOR,), input=ni.OtherEvidence,
        gates=(gi.obtained_by_now,), effect=i.add_evidence, signed=True, basis="《行政处罚法》第四十六条",
    ),
    Act(
        name="preserve", label="先行登记保存", states=INVESTIGATING, by=(DECIDER,), input=ni.Preservation,
        needs=(gi.not_suspended, gi.nothing_preserved, gf.not_investigator), effect=i.preserve, signed=True,
        hint="经机关负责人批准，7个工作日内作出处理决定", basis="《行政处罚法》第五十六条",
    ),
    Act(
        name="dispose_preserved", label="处理先行登记保存的证据", states=BEFORE, by=(DECIDER,),
        input=ni.PreservationDisposal, concerns=(gi.something_preserved,), needs=(gf.not_investigator,),
        effect=i.dispose_preserved, signed=True,
    ),
    Act(
        name="appraise", label="委托鉴定", states=INVESTIGATING, by=(INVESTIGATOR,), input=ni.Appraisal,
        needs=(gi.not_suspended,), effect=i.appraise, signed=True,
    ),
    Act(
        name="change_officers", label="更换执法人员（回避）", states=BEFORE, by=(DECIDER,), input=nf.Officers,
        needs=(gf.not_investigator,), gates=(gf.new_officers,), effect=f.change_officers, signed=True,
        basis="《行政处罚法》第四十三条",
    ),
    Act(
        name="extend", label="延长办案期限", states=BEFORE, by=(DECIDER,), input=ni.Extension,
        needs=(gf.not_investigator,), gates=(gi.extension_allowed,), effect=i.extend, due=f.by_limit, signed=True,
        basis="《行政处罚法》第六十条",
    ),
    Act(
        name="suspend", label="中止调查", states=BEFORE, by=(DECIDER,), input=ni.Suspension, needs=(gi.not_suspended,),
        effect=i.suspend, signed=True, hint="本区没有另行规定的，中止期间照常计入办案期限",
    ),
    Act(
        name="resume", label="恢复调查", states=BEFORE, by=(INVESTIGATOR, DECIDER), input=nf.Reason,
        concerns=(gi.is_suspended,), effect=i.resume, due=f.by_limit, signed=True,
    ),
)  # fmt: skip

OF_DECISION = (
    Act(
        name="propose", label="提出拟处理意见", states=REVIEWING, by=(INVESTIGATOR,), input=nd.Proposal,
        gates=(gd.violations_assessed, gd.something_proposed, gd.situation_true), effect=d.propose, signed=True,
    ),
    Act(
        name="approve_proposal", label="审批拟处理意见", states=REVIEWING, by=(DECIDER,), input=nf.Approval,
        needs=(gd.proposed, gf.not_investigator, gf.keeps_no_distance), effect=d.approve_proposal, signed=True,
        not_by=("propose",), why_not_by=APART,
    ),
    Act(
        name="legal_review", label="法制审核", states=JUDGING, by=(REVIEWER,), input=nd.LegalReview,
        needs=(gd.reviewable, gf.not_investigator, gf.keeps_no_distance), gates=(gd.situation_true,),
        effect=d.legal_review, signed=True, not_by=("approve_proposal", "conclude_hearing"),
        why_not_by="法制审核人员不能是审批人、听证主持人或者本案执法人员", basis="《行政处罚法》第五十八条",
        hint="初次从事法制审核的，应当取得法律职业资格",
    ),
    Act(
        name="discuss", label="集体讨论", states=JUDGING, by=(DECIDER,), input=nd.Discussion,
        needs=(gd.reviewable, gf.not_investigator), gates=(gi.times_in_order, gd.discussion_in_order), effect=d.discuss,
        signed=True, basis="《行政处罚法》第五十七条",
    ),
    Act(
        name="serve_notice", label="送达告知书", states=NOTIFIED, by=(INVESTIGATOR,), input=nd.Service,
        concerns=(gd.notice_unserved,), gates=(gd.served_in_order,), effect=d.serve_notice, due=f.by_limit, signed=True,
        hint="送达后当事人的陈述申辩和听证申请期限开始计算",
    ),
    Act(
        name="hear_statement", label="听取陈述申辩", states=NOTIFIED, by=(INVESTIGATOR,), input=nd.Statement,
        needs=(gd.notice_served,), gates=(gi.times_in_order,), effect=d.hear_statement, signed=True,
        basis="《行政处罚法》第四十五条", hint="不得因当事人陈述、申辩而给予更重的处罚",
    ),
    Act(
        name="waive", label="登记当事人书面放弃", states=NOTIFIED, by=(INVESTIGATOR,), input=nd.Waiver,
        needs=(gd.notice_served,), gates=(gd.waived_by_now,), effect=d.waive, signed=True,
    ),
    Act(
        name="request_hearing", label="登记听证申请", states=NOTIFIED, by=(ENFORCER,), input=nd.HearingRequest,
        concerns=(gd.hearing_open,), needs=(gd.notice_served,), gates=(gd.hearing_in_time,), effect=d.request_hearing,
        signed=True, basis="《行政处罚法》第六十四条",
    ),
    Act(
        name="acknowledge", label="登记移送回执", states=TRANSFERRED, by=(ENFORCER,), input=nd.Receipt,
        effect=d.acknowledge, signed=True, due=kept,
    ),
    Act(
        name="note_outcome", label="登记移送结果", states=TRANSFERRED, by=(ENFORCER,), input=nd.TransferOutcome,
        effect=d.note_outcome, signed=True, due=kept,
    ),
)  # fmt: skip

OF_EXECUTION = (
    Act(
        name="pay", label="登记缴款", states=EXECUTING, by=(ENFORCER,), input=ne.Payment, concerns=(ge.something_owed,),
        gates=(ge.payment_fits,), effect=e.pay, due=e.next_due, signed=True,
    ),
    Act(
        name="carry_out", label="登记措施执行", states=EXECUTING, by=(ENFORCER,), input=ne.Execution,
        concerns=(ge.some_measure_pending,), gates=(ge.measure_pending,), effect=e.carry_out, signed=True,
    ),
    Act(
        name="defer", label="批准延期、分期缴纳", states=EXECUTING, by=(DECIDER,), input=ne.Deferral,
        concerns=(ge.something_owed,), gates=(ge.deferral_fits,), effect=e.defer, due=e.next_due, signed=True,
        needs=(gf.not_investigator,), basis="《行政处罚法》第六十六条",
    ),
    Act(
        name="press", label="催缴", states=EXECUTING, by=(INVESTIGATOR,), input=ne.Press, concerns=(ge.something_owed,),
        needs=(ge.is_late,), effect=e.press, signed=True,
    ),
    Act(
        name="add_fine", label="决定加处罚款", states=EXECUTING, by=(DECIDER,), input=ne.AdditionalFine,
        concerns=(ge.additional_runs,), needs=(gf.not_investigator,), gates=(ge.additional_by_now,), effect=e.add_fine,
        signed=True, basis="《行政处罚法》第七十二条",
    ),
    Act(
        name="waive_additional", label="不加处、减免加处罚款", states=EXECUTING, by=(DECIDER,), input=nf.Reason,
        concerns=(ge.additional_runs,), needs=(gf.not_investigator,), effect=e.waive_additional, signed=True,
    ),
    Act(
        name="punish_daily", label="按日连续处罚", states=EXECUTING, by=(DECIDER,), input=ne.DailyPenalty,
        needs=(gf.not_investigator,), gates=(ge.daily_allowed,), effect=e.punish_daily, signed=True,
        basis="《安全生产法》第一百一十二条", hint="自作出责令改正之日的次日起，按照原处罚数额按日连续处罚",
    ),
    Act(
        name="demand", label="催告", states=EXECUTING, by=(INVESTIGATOR,), input=ne.Demand,
        concerns=(ge.something_owed, ge.not_demanded), needs=(ge.is_late,), gates=(ge.demand_by_now,), effect=e.demand,
        signed=True, basis="《行政强制法》第五十四条",
    ),
    Act(
        name="apply_court", label="申请人民法院强制执行", states=EXECUTING, by=(DECIDER,), input=ne.CourtApplication,
        concerns=(ge.something_owed,), needs=(ge.demanded, ge.no_remedy_open, gf.not_investigator),
        gates=(ge.court_in_time,), effect=e.apply_court, signed=True, basis="《行政强制法》第五十三条",
    ),
    Act(
        name="note_court", label="登记法院裁定和执行", states=EXECUTING, by=(ENFORCER,), input=ne.CourtResult,
        concerns=(ge.applied,), effect=e.note_court, signed=True,
    ),
    Act(
        name="begin_remedy", label="登记复议、诉讼", states=EXECUTING, by=(ENFORCER,), input=ne.Remedy,
        needs=(ge.no_remedy_open,), gates=(ge.begun_by_now,), effect=e.begin_remedy, signed=True,
        hint="期间不停止执行处罚决定，加处罚款不予计算", basis="《行政处罚法》第七十三条",
    ),
    Act(
        name="end_remedy", label="登记复议、诉讼结果", states=EXECUTING, by=(ENFORCER,), input=ne.RemedyResult,
        concerns=(ge.remedy_open,), gates=(ge.remedy_in_order,), effect=e.end_remedy, due=e.next_due, signed=True,
    ),
    Act(
        name="publish", label="登记公示", states=AFTER, by=(ENFORCER, SYSTEM), input=ne.Publication,
        concerns=(ge.publishable,), gates=(ge.published_by_now,), effect=e.publish, basis="《安全生产法》第七十八条",
    ),
    Act(
        name="unpublish", label="撤回公示", states=AFTER, by=(ENFORCER, SYSTEM), input=ne.Withdrawal,
        concerns=(ge.published,), effect=e.unpublish, basis="《行政处罚法》第四十八条",
    ),
    Act(
        name="invite", label="联合办案分工", states=RUNNING, by=(DECIDER,), input=ne.Part, effect=e.invite, signed=True,
        notify=(PARTNER,), hint="各单位的工作全部完成，案件才能结案；统计只计一件",
    ),
    Act(
        name="settle_part", label="报联合办案完成", states=RUNNING, by=(PARTNER,), input=ne.PartResult,
        concerns=(ge.part_of_mine,), effect=e.settle_part, signed=True,
    ),
)  # fmt: skip
