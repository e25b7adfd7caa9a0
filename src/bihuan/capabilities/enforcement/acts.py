"""What is done on a case while its state stays: evidence, discretion, time, the party's word, money, remedies (M122, M128)."""

from __future__ import annotations

from bihuan.capabilities.enforcement.effects import again as ag
from bihuan.capabilities.enforcement.effects import daily as y
from bihuan.capabilities.enforcement.effects import deciding as d
from bihuan.capabilities.enforcement.effects import executing as e
from bihuan.capabilities.enforcement.effects import filing as f
from bihuan.capabilities.enforcement.effects import hearing as h
from bihuan.capabilities.enforcement.effects import investigation as i
from bihuan.capabilities.enforcement.effects import remedies as r
from bihuan.capabilities.enforcement.gates import again as ga
from bihuan.capabilities.enforcement.gates import daily as gy
from bihuan.capabilities.enforcement.gates import deciding as gd
from bihuan.capabilities.enforcement.gates import executing as ge
from bihuan.capabilities.enforcement.gates import filing as gf
from bihuan.capabilities.enforcement.gates import hearing as gh
from bihuan.capabilities.enforcement.gates import investigation as gi
from bihuan.capabilities.enforcement.gates import remedies as gr
from bihuan.capabilities.enforcement.hands import (
    DECIDER,
    ENFORCER,
    INVESTIGATOR,
    PARTNER,
    PRESIDER,
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
EXECUTING = frozenset[State]({CaseState.EXECUTING})
JUDGING = frozenset[State]({CaseState.REVIEWING, CaseState.NOTIFIED, CaseState.HEARD, CaseState.EXECUTING})
"""Where a proposal is reviewed; in execution a daily penalty that was announced."""
SPEAKING = frozenset[State]({CaseState.NOTIFIED, CaseState.EXECUTING})
"""Where the party speaks: before the decision, and before a daily penalty."""
HEARINGS = frozenset[State]({CaseState.HEARING, CaseState.EXECUTING})
HEARD = frozenset[State]({CaseState.HEARD, CaseState.EXECUTING})
BEFORE = frozenset[State](STARTED)
TRANSFERRED = frozenset[State]({CaseState.TRANSFERRED})
AFTER = frozenset[State]({CaseState.DECIDED, CaseState.EXECUTING, CaseState.CONCLUDED, CaseState.ARCHIVED})
CONTESTED = frozenset[State]({CaseState.EXECUTING, CaseState.CONCLUDED, CaseState.ARCHIVED})
"""Where a decision may be contested: a case that is over is corrected on its row and stays where it is."""
ARCHIVED = frozenset[State]({CaseState.ARCHIVED})
AGAIN = CONTESTED | BEFORE
"""Where a new decision may be owed: until the case begins anew, and from then on until it is made."""
ASKING = frozenset[State]({*STARTED, CaseState.EXECUTING, CaseState.TRANSFERRED})
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
        needs=(gi.not_suspended, gi.nothing_preserved, gf.not_investigator, gf.asked_for("preserve")), effect=i.preserve, signed=True,
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
        name="change_officers", label="更换执法人员（回避）", states=ASKING, by=(DECIDER,), input=nf.Officers,
        needs=(gf.not_investigator,), gates=(gf.new_officers,), effect=f.change_officers, signed=True,
        basis="《行政处罚法》第四十三条",
    ),
    Act(
        name="ask", label="提请审批", states=ASKING, by=(INVESTIGATOR,), input=nf.Asking, gates=(gf.asked_in_time,),
        effect=f.ask, signed=True, notify=(DECIDER,),
        hint="先行登记保存、延期、移送、分期缴纳、结案先由承办人提请，审批表的“承办人意见”就是这里所写的话",
    ),
    Act(
        name="extend", label="延长办案期限", states=BEFORE, by=(DECIDER,), input=ni.Extension,
        needs=(gf.not_investigator, gf.asked_for("extend")), gates=(gi.extension_allowed,), effect=i.extend, due=f.by_limit, signed=True,
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
        name="review_proposal", label="审核拟处理意见", states=REVIEWING, by=(REVIEWER,), input=nd.ProposalReview,
        needs=(gd.proposed, gf.not_investigator, gf.keeps_no_distance), effect=d.review_proposal, signed=True,
        not_by=("propose",), why_not_by=APART, hint="由执法人员以外的审核人员办理，意见印在《行政处罚案件审批表》",
    ),
    Act(
        name="approve_proposal", label="审批拟处理意见", states=REVIEWING, by=(DECIDER,), input=nf.Approval,
        needs=(gd.proposed, gd.proposal_reviewed, gf.not_investigator, gf.keeps_no_distance), effect=d.approve_proposal,
        signed=True, not_by=("propose", "review_proposal"), why_not_by="提出、审核、审批拟处理意见应由不同的人员办理",
    ),
    Act(
        name="legal_review", label="法制审核", states=JUDGING, by=(REVIEWER,), input=nd.LegalReview,
        concerns=(gd.party_may_speak,), needs=(gd.reviewable, gf.not_investigator, gf.keeps_no_distance),
        gates=(gd.situation_true,), effect=d.legal_review, signed=True,
        not_by=("approve_proposal", "conclude_hearing", "conclude_daily_hearing"),
        why_not_by="法制审核人员不能是审批人、听证主持人或者本案执法人员", basis="《行政处罚法》第五十八条",
        hint="初次从事法制审核的，应当取得法律职业资格",
    ),
    Act(
        name="discuss", label="集体讨论", states=JUDGING, by=(DECIDER,), input=nd.Discussion,
        concerns=(gd.party_may_speak,), needs=(gd.reviewable, gf.not_investigator),
        gates=(gi.times_in_order, gd.discussion_in_order), effect=d.discuss, signed=True, basis="《行政处罚法》第五十七条",
    ),
    Act(
        name="serve_notice", label="送达告知书", states=SPEAKING, by=(INVESTIGATOR,), input=nd.Service,
        concerns=(gd.notice_unserved,), needs=(ge.officers_certified,), gates=(gd.served_in_order,),
        effect=d.serve_notice, due=d.notice_due, signed=True,
        hint="送达后当事人的陈述申辩和听证申请期限开始计算",
    ),
    Act(
        name="hear_statement", label="听取陈述申辩", states=SPEAKING, by=(INVESTIGATOR,), input=nd.Statement,
        concerns=(gd.party_may_speak,), needs=(gd.notice_served, ge.officers_certified), gates=(gi.times_in_order,),
        effect=d.hear_statement, signed=True,
        basis="《行政处罚法》第四十五条", hint="不得因当事人陈述、申辩而给予更重的处罚",
    ),
    Act(
        name="waive", label="登记当事人书面放弃", states=SPEAKING, by=(INVESTIGATOR,), input=nd.Waiver,
        concerns=(gd.party_may_speak,), needs=(gd.notice_served,), gates=(gd.waived_by_now,), effect=d.waive, signed=True,
    ),
    Act(
        name="request_hearing", label="登记听证申请", states=SPEAKING, by=(ENFORCER,), input=nd.HearingRequest,
        concerns=(gd.party_may_speak, gh.hearing_open), needs=(gd.notice_served,), gates=(gh.hearing_in_time,),
        effect=h.request_hearing, signed=True, basis="《行政处罚法》第六十四条",
    ),
    Act(
        name="call_daily_hearing", label="组织听证（按日连续处罚）", states=EXECUTING, by=(REVIEWER,),
        input=nd.HearingCall, concerns=(gy.daily_announced, gh.hearing_requested), needs=(gf.not_investigator,),
        gates=(gh.arranged_in_order,), effect=h.call_hearing, signed=True, notify=(INVESTIGATOR,),
        basis="《行政处罚法》第六十四条",
    ),
    Act(
        name="serve_hearing_notice", label="送达听证会通知书", states=HEARINGS, by=(ENFORCER,), input=nd.Service,
        concerns=(gh.hearing_notice_waits,), needs=(ge.officers_certified,), gates=(gh.hearing_notice_in_order,),
        effect=h.serve_hearing_notice, signed=True, basis="《行政处罚法》第六十四条",
        hint="自送达之日起满7个工作日后举行；公告送达的，公告期满之日为送达之日",
    ),
    Act(
        name="change_hearing", label="变更听证安排", states=HEARINGS, by=(DECIDER,), input=nd.HearingChange,
        concerns=(gh.hearing_called,), needs=(gf.not_investigator,), gates=(gh.arranged_in_order,),
        effect=h.change_hearing, signed=True, notify=(INVESTIGATOR, REVIEWER), basis="《行政处罚法》第六十四条",
        hint="主持人离任、回避或者改期时办理；重新制发并送达通知书，已经办理的不受影响",
    ),
    Act(
        name="conclude_daily_hearing", label="听证结束（按日连续处罚）", states=EXECUTING, by=(PRESIDER,),
        input=nd.HearingReport, concerns=(gy.daily_announced, gh.hearing_called),
        needs=(gf.not_investigator, gh.notice_was_served), gates=(gi.times_in_order, gh.hearing_held),
        effect=h.conclude_hearing, signed=True, notify=(DECIDER,), basis="《行政处罚法》第六十四条、第六十五条",
    ),
    Act(
        name="review_hearing", label="审核听证报告", states=HEARD, by=(DECIDER,), input=nd.HearingReview,
        concerns=(gh.report_waits,), needs=(gf.not_investigator,), effect=h.review_hearing, signed=True,
        not_by=("conclude_hearing", "conclude_daily_hearing"), why_not_by="听证报告不能由主持人本人审核",
        basis="《行政处罚法》第六十五条", hint="制作《听证会报告书》，载明审核意见",
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
        concerns=(ge.some_measure_pending,), needs=(ge.officers_certified,), gates=(ge.measure_pending,), effect=e.carry_out, signed=True,
    ),
    Act(
        name="defer", label="批准延期、分期缴纳", states=EXECUTING, by=(DECIDER,), input=ne.Deferral,
        concerns=(ge.something_owed,), gates=(ge.deferral_fits,), effect=e.defer, due=e.next_due, signed=True,
        needs=(gf.not_investigator, gf.asked_for("defer")), basis="《行政处罚法》第六十六条",
    ),
    Act(
        name="press", label="催缴", states=EXECUTING, by=(INVESTIGATOR,), input=ne.Press, concerns=(ge.something_owed,),
        needs=(ge.is_late, ge.officers_certified), effect=e.press, signed=True,
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
        name="announce_daily", label="告知按日连续处罚", states=EXECUTING, by=(INVESTIGATOR,), input=ne.DailyPenalty,
        concerns=(gy.daily_possible, gy.none_announced), needs=(ge.officers_certified,),
        gates=(gy.refused_to_correct,), effect=y.announce_daily, signed=True,
        basis="《安全生产法》第一百一十二条；《行政处罚法》第四十四条、第六十三条",
        hint="制发《行政处罚告知书》，达到听证条件的同时制发《听证告知书》；当事人陈述申辩、听证后再决定",
    ),
    Act(
        name="punish_daily", label="按日连续处罚", states=EXECUTING, by=(DECIDER,), input=ne.DailyDecision,
        concerns=(gy.daily_possible, gy.none_decided), needs=(gy.daily_announced, gf.not_investigator, gd.party_has_spoken, gd.reviewed),
        effect=y.punish_daily, signed=True,
        not_by=("announce_daily", "legal_review", "conclude_hearing", "conclude_daily_hearing"), why_not_by=APART,
        notify=(INVESTIGATOR,), basis="《安全生产法》第一百一十二条",
        hint="自作出责令改正之日的次日起，按照原处罚数额按日连续处罚",
    ),
    Act(
        name="drop_daily", label="不予按日连续处罚", states=EXECUTING, by=(DECIDER,), input=nf.Reason,
        concerns=(gy.daily_announced,), needs=(gf.not_investigator,), effect=y.drop_daily, signed=True,
    ),
    Act(
        name="serve_daily", label="送达按日连续处罚决定书", states=EXECUTING, by=(INVESTIGATOR,), input=nd.Service,
        concerns=(gy.daily_decided,), needs=(ge.officers_certified,), gates=(gy.daily_served_in_order,),
        effect=y.serve_daily, due=e.next_due, signed=True, basis="《行政处罚法》第六十一条",
    ),
    Act(
        name="demand", label="催告", states=EXECUTING, by=(INVESTIGATOR,),
        concerns=(ge.something_owed, ge.not_demanded), needs=(ge.is_late, ge.officers_certified), effect=e.demand,
        signed=True, basis="《行政强制法》第五十四条", hint="制发《行政强制执行事先催告书》，送达后登记送达",
    ),
    Act(
        name="serve_demand", label="送达催告书", states=EXECUTING, by=(INVESTIGATOR,), input=nd.Service,
        concerns=(ge.demand_waits,), needs=(ge.officers_certified,), gates=(ge.demand_in_order,),
        effect=e.serve_demand, signed=True, basis="《行政强制法》第三十八条、第五十四条",
        hint="送达满10个工作日仍未履行的，可以申请人民法院强制执行",
    ),
    Act(
        name="apply_court", label="申请人民法院强制执行", states=EXECUTING, by=(DECIDER,), input=ne.CourtApplication,
        concerns=(ge.something_owed,), needs=(ge.demanded, gr.no_remedy_open, gf.not_investigator),
        gates=(ge.court_in_time,), effect=e.apply_court, signed=True, basis="《行政强制法》第五十三条",
    ),
    Act(
        name="note_court", label="登记法院裁定和执行", states=EXECUTING, by=(ENFORCER,), input=ne.CourtResult,
        concerns=(ge.applied,), effect=e.note_court, signed=True,
    ),
    Act(
        name="begin_remedy", label="登记复议、诉讼", states=CONTESTED, by=(ENFORCER,), input=ne.Remedy,
        concerns=(gr.decision_stands,), needs=(gr.no_remedy_open,), gates=(gr.begun_by_now,), effect=r.begin_remedy,
        signed=True, hint="期间不停止执行处罚决定，加处罚款不予计算；结案、归档后受理的同样登记",
        basis="《行政处罚法》第七十三条",
    ),
    Act(
        name="end_remedy", label="登记复议、诉讼结果", states=CONTESTED, by=(ENFORCER,), input=ne.RemedyResult,
        concerns=(gr.remedy_open,), gates=(gr.remedy_in_order, ga.revocation_told), effect=r.end_remedy, due=r.remedy_due, signed=True,
        notify=(DECIDER,), hint="撤销、变更的，已缴而不应缴的款项退还当事人，已经公示的撤回",
    ),
    Act(
        name="take_back_decision", label="主动撤销处理决定", states=CONTESTED, by=(DECIDER,), input=ne.OwnRevocation,
        concerns=(gr.decision_stands,), needs=(gr.no_remedy_open, gf.not_investigator), effect=ag.take_back_decision,
        due=r.remedy_due, signed=True, notify=(INVESTIGATOR,), basis="《行政处罚法》第七十五条",
        hint="发现决定有错误的主动改正：已缴的退还，已公示的撤回，需要处理的重新办理；撤销决定另文送达当事人",
    ),
    Act(
        name="approve_refund", label="批准退还款项", states=CONTESTED, by=(DECIDER,), input=ne.RefundApproval,
        concerns=(gr.refund_waits,), needs=(gf.not_investigator,), effect=r.approve_refund, signed=True,
        not_by=("end_remedy",), why_not_by="登记结果、提出退还的人不能审批退还款项", notify=(ENFORCER,), basis="《国家赔偿法》第三十六条",
    ),
    Act(
        name="pay_back", label="登记退还款项", states=CONTESTED, by=(ENFORCER,), input=ne.Refund,
        concerns=(gr.something_back,), needs=(gr.refund_approved,), gates=(gr.refund_fits,), effect=r.pay_back,
        signed=True, not_by=("approve_refund",), why_not_by="审批退还款项的人不能经办退还", basis="《国家赔偿法》第三十六条",
    ),
    Act(
        name="supplement", label="补充归档", states=ARCHIVED, by=(ENFORCER,), input=ne.Archiving,
        concerns=(gr.later_papers,), needs=(ge.file_complete,), effect=r.supplement, signed=True,
        hint="归档以后产生的复议、诉讼和退还文书另成一卷，原卷不动",
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
        name="note_overdue", label="来源事项两次逾期", states=RUNNING, by=(SYSTEM,), input=ne.Overdue, effect=e.note_overdue,
        shown=False, notify=(DECIDER,),
    ),
    Act(
        name="decline_linkage", label="不需联合办理", states=RUNNING, by=(DECIDER,), input=ne.NoLinkage,
        concerns=(ge.linkage_owed,), effect=e.decline_linkage, signed=True,
    ),
    Act(
        name="settle_part", label="报联合办案完成", states=RUNNING, by=(PARTNER,), input=ne.PartResult,
        concerns=(ge.part_of_mine,), effect=e.settle_part, signed=True,
    ),
)  # fmt: skip
