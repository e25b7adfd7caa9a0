"""The accident loop: 接报 → 核实 → 调查 → 报告 → 批复 → 落实 → 评估 → 结案, with the facts told anew as often as they change."""

from __future__ import annotations

from bihuan.capabilities.accidents import effects, gates, inputs, ledger
from bihuan.capabilities.accidents.hands import GOVERNMENT, INVESTIGATOR, SUPERVISOR, SYSTEM, UNIT, WATCH
from bihuan.capabilities.accidents.states import AccidentState
from bihuan.kernel.loops.deadlines import calendar_days, working_days
from bihuan.kernel.loops.declaration import Act, Duty, Loop, Opening, Step, Timer, WayOut

REPORTED, VERIFIED, INVESTIGATING, AWAITING = (
    AccidentState.REPORTED,
    AccidentState.VERIFIED,
    AccidentState.INVESTIGATING,
    AccidentState.AWAITING_REPLY,
)
EXECUTING, EVALUATED, CLOSED = AccidentState.EXECUTING, AccidentState.EVALUATED, AccidentState.CLOSED
UNKNOWN_YET = REPORTED | VERIFIED | INVESTIGATING
OPEN = UNKNOWN_YET | AWAITING | EXECUTING | EVALUATED
KNOWN = frozenset({VERIFIED, INVESTIGATING, AWAITING, EXECUTING, EVALUATED})
FOUR = frozenset({INVESTIGATING, AWAITING, EXECUTING, EVALUATED})
ARTICLE = "《生产安全事故报告和调查处理条例》"


ACCIDENT = Loop(
    name="accident",
    label="事故",
    letter="A",
    model="accidents.Accident",
    plural="accidents",
    states=AccidentState,
    basis="《安全生产法》第五章、《生产安全事故报告和调查处理条例》",
    track=(REPORTED, VERIFIED, INVESTIGATING, AWAITING, EXECUTING, EVALUATED, CLOSED),
    done=frozenset({CLOSED}),
    sealed_to=(INVESTIGATOR, GOVERNMENT),
    openings=(
        Opening(
            name="receive", label="事故接报", to=REPORTED, by=(WATCH, UNIT), input=inputs.Receiving,
            prepare=effects.place, effect=effects.receive, signed=True, urgent=True,
            gates=(gates.whose_known, gates.times_in_order, gates.numbers_possible, gates.papers_are_here),
            due=calendar_days("accident.verify_days", "接报后应在规定的日数内核实"),
            notify=(WATCH,), basis=f"{ARTICLE}第九条、第十二条",
            hint="先记下电话里知道的；数字以后按版本追加，不改写",
        ),
        Opening(
            name="enter_ledger", label="台账登记", to=None, by=(SUPERVISOR, SYSTEM), input=inputs.FromLedger,
            prepare=ledger.place, effect=ledger.enter, gates=(ledger.as_the_law_of_the_day, ledger.is_past), claimed=True, shown=False,
            hint="以往年度的事故按台账登记，供同比和五年统计；报告时间等台账没有的不推定",
        ),
    ),
    steps=(
        Step(
            name="verify", label="核实", move=REPORTED >> VERIFIED, by=(SUPERVISOR,), input=inputs.Verification,
            effect=effects.verify, signed=True, notify=(GOVERNMENT, UNIT), urgent=True,
            gates=(gates.known_in_order, gates.numbers_possible, gates.type_in_force, gates.papers_are_here),
            due=working_days("accident.team_days", "核实后应在规定的工作日内成立调查组"),
            hint="到现场核对伤亡、类型和行业；核实后列出需要倒查的以往检查和隐患",
        ),
        Step(
            name="authorise", label="成立调查组", move=VERIFIED >> INVESTIGATING, by=(GOVERNMENT,),
            input=inputs.Authorisation, gates=(gates.level_suffices,), effect=effects.authorise, signed=True,
            due=effects.report_due, notify=(INVESTIGATOR,), basis=f"{ARTICLE}第十九条至第二十三条",
        ),
        Step(
            name="submit_report", label="提交调查报告", move=INVESTIGATING >> AWAITING, by=(INVESTIGATOR,),
            input=inputs.Report, needs=(gates.no_appraisal_open, gates.investigated_high_enough),
            gates=(gates.report_lines_read, gates.submitted_in_order, gates.papers_are_here),
            effect=effects.submit_report, signed=True, due=effects.reply_due, notify=(GOVERNMENT,),
            basis=f"{ARTICLE}第二十九条、第三十条",
        ),
        Step(
            name="reply", label="批复", move=AWAITING >> EXECUTING, by=(GOVERNMENT,), input=inputs.Reply,
            gates=(gates.replied_in_order,), effect=effects.reply, signed=True, due=effects.evaluation_due,
            not_by=("submit_report",), why_not_by="批复人不能是提交调查报告的同一人", notify=(INVESTIGATOR, SUPERVISOR),
            basis=f"{ARTICLE}第三十二条",
        ),
        Step(
            name="send_back", label="退回重新调查", move=AWAITING >> INVESTIGATING, by=(GOVERNMENT,), input=inputs.Reason,
            signed=True, due=effects.report_due, notify=(INVESTIGATOR,), tone="warning",
        ),
        Step(
            name="evaluate", label="评估落实情况", move=EXECUTING >> EVALUATED, by=(INVESTIGATOR, GOVERNMENT),
            input=inputs.Evaluation, effect=effects.evaluate, signed=True, notify=(GOVERNMENT,),
            gates=(
                gates.done_in_order("evaluated_on", "评估日期"), gates.done_in_order("published_on", "公开日期"),
                gates.papers_are_here,
            ),
            basis="《安全生产法》第八十六条第三款",
        ),
        Step(
            name="close", label="结案", move=EVALUATED >> CLOSED, by=(GOVERNMENT,), input=inputs.Closing,
            needs=(gates.proofs_complete, gates.all_executed, gates.all_reviewed),
            gates=(gates.done_in_order("closed_on", "结案日期"),), effect=effects.close, signed=True,
            not_by=("submit_report",), why_not_by="结案人不能是提交调查报告的同一人", tone="success",
            notify=(INVESTIGATOR, SUPERVISOR), basis="四不放过",
        ),
    ),
    acts=(
        Act(
            name="further_report", label="续报、补报", states=OPEN.members, by=(SUPERVISOR, UNIT), input=inputs.FurtherReport,
            gates=(
                gates.something_changed, gates.loss_alone, gates.known_in_order, gates.numbers_possible,
                gates.papers_are_here,
            ),
            effect=effects.further_report, signed=True, notify=(WATCH, GOVERNMENT), urgent=True,
            hint="填写现在的全部数字；等级和各项统计随新版本重算", basis=f"{ARTICLE}第十三条",
        ),
        Act(
            name="settle_times", label="核定报告时间", states=UNKNOWN_YET.members, by=(SUPERVISOR,), input=inputs.Times,
            gates=(gates.times_in_order, gates.papers_are_here), effect=effects.settle_times, signed=True,
            hint="单位负责人何时知悉、何时报告，按证据核定；迟报分钟数随之重算", basis=f"{ARTICLE}第九条",
        ),
        Act(
            name="send_onward", label="登记上报、通报", states=OPEN.members, by=(SUPERVISOR,), input=inputs.Sending,
            gates=(gates.sent_in_order,), effect=effects.send, signed=True, basis=f"{ARTICLE}第十条、第十一条",
            hint="区政府办、区安委办双报，逐级上报每级不超过 2 小时，签收另记",
        ),
        Act(
            name="call_leader", label="通知领导到场", states=OPEN.members, by=(WATCH,), input=inputs.LeaderCall,
            gates=(gates.leader_in_order,), effect=effects.call_leader, signed=True,
            hint="险情事故通知带班领导靠前指挥，通知、答复、到场时间都留存", basis="领导带班和靠前指挥制度（本区可定）",
        ),
        Act(
            name="leader_came", label="登记领导到场", states=OPEN.members, by=(WATCH,), input=inputs.LeaderCame,
            concerns=(gates.something_in("leaders", "通知领导的记录"),), gates=(gates.leader_in_order,),
            effect=effects.leader_came, signed=True,
        ),
        Act(
            name="record_victims", label="登记伤亡人员", states=OPEN.members, by=(SUPERVISOR,), input=inputs.Victims,
            signed=True, hint="名单加密保存，查看须说明理由并留痕",
        ),
        Act(
            name="correct", label="更正基本事实", states=OPEN.members, by=(SUPERVISOR,),
            input=inputs.Reclassification, gates=(gates.something_corrected, gates.type_in_force),
            effect=effects.correct, signed=True, due=effects.corrected_deadline,
        ),
        Act(
            name="find_offence", label="认定迟报漏报谎报瞒报", states=OPEN.members, by=(INVESTIGATOR,), input=inputs.Charge,
            gates=(gates.offence_fits, gates.papers_are_here), effect=effects.find_offence, signed=True,
            notify=(GOVERNMENT,), basis="《生产安全事故罚款处罚规定》第五条",
        ),
        Act(
            name="note_case", label="已提请立案", states=OPEN.members, by=(SYSTEM,), input=inputs.CaseFiled,
            effect=effects.note_case, shown=False,
        ),
        Act(
            name="reauthorise", label="变更调查组", states=frozenset({INVESTIGATING}), by=(GOVERNMENT,),
            input=inputs.Authorisation, gates=(gates.level_suffices,), effect=effects.authorise, signed=True,
            due=effects.report_due, notify=(INVESTIGATOR,), basis=f"{ARTICLE}第二十条",
            hint="等级变化须由上级调查的，或调整组成人员的",
        ),
        Act(
            name="extend", label="延长调查期限", states=frozenset({INVESTIGATING}), by=(GOVERNMENT,), input=inputs.Extension,
            gates=(gates.within_extension,), effect=effects.extend, signed=True, due=effects.report_due,
            notify=(INVESTIGATOR,), basis=f"{ARTICLE}第二十九条",
        ),
        Act(
            name="appraise", label="委托技术鉴定", states=frozenset({INVESTIGATING}), by=(INVESTIGATOR,),
            input=inputs.Appraisal, needs=(gates.no_appraisal_open,), gates=(gates.appraisal_in_order,),
            effect=effects.appraise, signed=True, due=effects.report_due,
            hint="鉴定期间调查期限停止计算", basis=f"{ARTICLE}第二十七条",
        ),
        Act(
            name="appraised", label="鉴定完成", states=frozenset({INVESTIGATING}), by=(INVESTIGATOR,),
            input=inputs.AppraisalDone, concerns=(gates.appraisal_open,),
            gates=(gates.appraised_in_order, gates.papers_are_here), effect=effects.appraised, signed=True,
            due=effects.report_due, basis=f"{ARTICLE}第二十七条",
        ),
        Act(
            name="request_documents", label="调取资料", states=frozenset({INVESTIGATING}), by=(INVESTIGATOR,),
            input=inputs.Requests, gates=(gates.requests_read,), effect=effects.request_documents, signed=True,
            basis=f"{ARTICLE}第二十六条",
        ),
        Act(
            name="documents_answered", label="登记资料提供", states=frozenset({INVESTIGATING, AWAITING}), by=(INVESTIGATOR,),
            input=inputs.Answer, concerns=(gates.something_in("documents", "调取的资料"),),
            gates=(
                gates.number_there("documents", "answered_on", "提供"), gates.done_in_order("answered_on", "提供日期"),
            ),
            effect=effects.documents_answered, signed=True,
        ),
        Act(
            name="review", label="倒查认定", states=KNOWN, by=(INVESTIGATOR,), input=inputs.Review,
            concerns=(gates.something_in("reviews", "倒查事项"),),
            gates=(gates.number_there("reviews", "decision", "认定"),), effect=effects.review, signed=True,
            basis="应发现未发现、应消除未消除",
        ),
        Act(
            name="execute_recommendation", label="登记措施落实", states=frozenset({EXECUTING, EVALUATED}),
            by=(INVESTIGATOR,), input=inputs.Execution, concerns=(gates.something_in("recommendations", "整改措施"),),
            gates=(
                gates.number_there("recommendations", "executed_on", "落实"), gates.done_in_order("executed_on", "落实日期"),
                gates.papers_are_here,
            ),
            effect=effects.execute_recommendation, signed=True, basis=f"{ARTICLE}第三十三条",
        ),
        Act(
            name="execute_sanction", label="登记处理落实", states=frozenset({EXECUTING, EVALUATED}), by=(INVESTIGATOR,),
            input=inputs.Execution, concerns=(gates.something_in("sanctions", "处理决定"),),
            gates=(
                gates.number_there("sanctions", "executed_on", "落实"), gates.done_in_order("executed_on", "落实日期"),
                gates.papers_are_here,
            ),
            effect=effects.execute_sanction, signed=True, basis=f"{ARTICLE}第三十二条",
        ),
        Act(
            name="prove", label="四不放过举证", states=FOUR, by=(INVESTIGATOR,), input=inputs.Proof,
            gates=(gates.own_evidence, gates.papers_are_here), effect=effects.prove, signed=True, basis="四不放过",
        ),
    ),
    ways_out=(
        WayOut(
            name="dismiss", label="不予认定", move=UNKNOWN_YET >> AccidentState.DISMISSED, by=(GOVERNMENT,),
            input=inputs.Reason, effect=effects.dismiss, signed=True, notify=(SUPERVISOR,),
            hint="经核实不是生产安全事故，或重复报告的；自当日起不再计入统计，此前已印发的数字不变",
        ),
    ),
    duties=(
        Duty(
            name="file_case", label="报告违法行为提请立案", by=(INVESTIGATOR,), met_by=("note_case",), states=OPEN.members,
            ladder="accident.escalation", basis="《生产安全事故罚款处罚规定》第五条、第十一条、第十三条",
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=OPEN.members, ladder="accident.escalation"),),
    unbound={"search": "worked out from the unit, the place and the course"},
)  # fmt: skip
