"""The hazard loop: 上报 → 交办 → 整改 → 验收 → 销号."""

from __future__ import annotations

from bihuan.capabilities.hazards import effects, gates, inputs, orders, origins, owing, recurrence, terms
from bihuan.capabilities.hazards.hands import (
    ACCEPTOR,
    DISTRICT_LEVEL,
    FINDER,
    IMPORTER,
    OFFICE,
    RECTIFIER,
    SUPERVISOR,
)
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel.loops.deadlines import by_input, working_days
from bihuan.kernel.loops.declaration import Act, Loop, Opening, States, Step, Timer, WayOut

REPORTED, RECTIFYING, AWAITING, CLOSED = (
    HazardState.REPORTED,
    HazardState.RECTIFYING,
    HazardState.AWAITING_ACCEPTANCE,
    HazardState.CLOSED,
)
OPEN = REPORTED | RECTIFYING | AWAITING
SAME_HANDS = "验收人不能是整改人（谁治理谁签名、谁验收谁签名）"


HAZARD = Loop(
    name="hazard",
    label="隐患",
    letter="H",
    model="hazards.Hazard",
    plural="hazards",
    states=HazardState,
    basis="《安全生产法》第四十一条",
    track=(REPORTED, RECTIFYING, AWAITING, CLOSED),
    done=frozenset({CLOSED}),
    sealed_to=(OFFICE, SUPERVISOR),
    openings=(
        Opening(
            name="report", label="上报隐患", to=REPORTED, by=(FINDER,), input=inputs.Finding,
            prepare=effects.about_object, effect=effects.report, together=recurrence.remember, signed=True,
            gates=(
                origins.found_by_whom_it_says, gates.found_not_in_future, gates.campaign_fits,
                gates.major_has_criterion, gates.photos_are_here,
            ),
            due=working_days("hazard.assign_days", "上报后应在规定的工作日内交办"),
            notify=(SUPERVISOR,), basis="谁检查谁签名",
        ),
        Opening(
            name="claim_from_ledger", label="台账载入", to=None, by=(IMPORTER,), input=inputs.Claim, shown=False,
            prepare=effects.about_object, effect=effects.claim_from_ledger, together=effects.claimed_together, claimed=True,
            due=effects.claimed_deadline,
        ),
    ),
    steps=(
        Step(
            name="assign", label="交办", move=REPORTED >> RECTIFYING, by=(SUPERVISOR,), input=inputs.FiveElements,
            effect=effects.assign, gates=(gates.elements_complete, gates.due_not_before_found, terms.within_longest_term),
            signed=True,
            due=by_input("rectify_by", "交办时确定的整改期限"), notify=(RECTIFIER,),
            hint="五落实齐全后交给隐患所在单位整改", basis="责任、措施、资金、时限、预案五落实",
        ),
        Step(
            name="assign_by_order", label="责令整改", move=REPORTED >> RECTIFYING, by=(SUPERVISOR,), input=inputs.OrderTerms,
            gates=(orders.paper_here, orders.order_says_what, gates.due_not_before_found, terms.within_longest_term),
            effect=orders.assign_by_order, signed=True, due=orders.ordered_deadline, notify=(RECTIFIER,), shown=False,
            hint="执法检查结束时，指令书上的责任人、措施和期限随文书交给隐患所在单位", basis="《安全生产法》第六十五条第一款",
        ),
        Step(
            name="submit_rectification", label="上报整改完成", move=RECTIFYING >> AWAITING, by=(RECTIFIER, SUPERVISOR),
            input=inputs.Rectification, needs=(gates.elements_here,), effect=effects.submit_rectification, signed=True,
            gates=(gates.rectified_in_time_order, gates.has_after_photo),
            due=working_days("hazard.acceptance_days", "收到整改报告后应在规定的工作日内验收"),
            notify=(ACCEPTOR,), basis="谁治理谁签名",
            hint="隐患所在单位没有账号的，监管人员可代为填报，但不得再验收",
        ),
        Step(
            name="accept", label="验收销号", move=AWAITING >> CLOSED, by=(ACCEPTOR,), input=inputs.Acceptance,
            needs=(gates.off_the_list, gates.reported_twice, gates.accepter_not_claimed_rectifier),
            gates=(gates.accepted_in_time_order, gates.photos_are_here), effect=effects.accept, signed=True,
            not_by=("submit_rectification",), why_not_by=SAME_HANDS, notify=(RECTIFIER,), tone="success",
            basis="谁验收谁签名",
        ),
        Step(
            name="send_back", label="退回整改", move=AWAITING >> RECTIFYING, by=(ACCEPTOR,), input=inputs.SendingBack,
            not_by=("submit_rectification",), why_not_by=SAME_HANDS,
            gates=(gates.new_due_in_future, terms.within_longest_term),
            effect=effects.send_back, signed=True, due=by_input("rectify_by", "验收不合格，重新确定的整改期限"),
            notify=(RECTIFIER,), urgent=True, tone="warning",
        ),
        Step(
            name="reopen", label="重新整改", move=CLOSED >> RECTIFYING, by=(SUPERVISOR,), input=inputs.Reopening,
            gates=(gates.new_due_in_future, terms.within_longest_term), effect=effects.reopen, signed=True, tone="warning",
            due=by_input("rectify_by", "抽查或回访发现未消除，重新确定的整改期限"), notify=(RECTIFIER,),
        ),
        Step(
            name="claim_rectified", label="台账载明已整改", move=(REPORTED | RECTIFYING) >> AWAITING, by=(IMPORTER,),
            input=inputs.ClaimedProgress, needs=(gates.untouched_here,), gates=(gates.claim_in_time_order,),
            effect=effects.claim_progress, shown=False,
            due=working_days("hazard.acceptance_days", "收到整改报告后应在规定的工作日内验收"),
        ),
        Step(
            name="claim_accepted", label="台账载明已验收", move=OPEN >> CLOSED, by=(IMPORTER,),
            input=inputs.ClaimedProgress, needs=(gates.untouched_here, gates.off_the_list),
            gates=(gates.claim_in_time_order,), effect=effects.claim_progress, shown=False,
        ),
    ),
    acts=(
        Act(
            name="complete_elements", label="补充五落实", states=frozenset({RECTIFYING}), by=(SUPERVISOR,),
            input=inputs.LackingElements, concerns=(gates.elements_lacking,),
            gates=(
                gates.lacking_elements_given, orders.order_keeps_its_words, gates.due_not_before_found,
                gates.new_due_in_future, terms.within_longest_term,
            ),
            effect=effects.complete_elements, signed=True, due=effects.completed_deadline, notify=(RECTIFIER,),
            hint="台账载入、随指令书交办的隐患缺少的责任、措施、资金、时限、预案，补齐后才能上报整改完成",
            basis="责任、措施、资金、时限、预案五落实",
        ),
        Act(
            name="tell_means", label="填报整改资金和预案", states=frozenset({RECTIFYING}), by=(RECTIFIER,), input=inputs.Means,
            concerns=(orders.means_lacking,), gates=(orders.means_told,), effect=orders.tell_means, signed=True,
            notify=(SUPERVISOR,), hint="指令书没有写明的整改资金、应急预案由本单位填报，填齐后才能上报整改完成",
            basis="责任、措施、资金、时限、预案五落实",
        ),
        Act(
            name="follow_order", label="随指令书延期", states=frozenset({RECTIFYING}), by=(SUPERVISOR,), input=inputs.OrderMoved,
            gates=(orders.reply_here, orders.is_later, terms.order_within_policy), effect=orders.follow_order, signed=True, shown=False,
            due=by_input("rectify_by", "责令限期整改指令书经批准延期"), notify=(RECTIFIER,),
        ),
        Act(
            name="request_extension", label="申请延期", states=frozenset({RECTIFYING}), by=(RECTIFIER, SUPERVISOR),
            input=inputs.ExtensionRequest, needs=(gates.no_extension_pending, orders.order_moves_it, terms.asked_in_time),
            gates=(gates.extension_later, terms.extension_within_policy),
            effect=effects.request_extension, signed=True, notify=(SUPERVISOR,),
        ),
        Act(
            name="grant_extension", label="同意延期", states=frozenset({RECTIFYING}), by=(SUPERVISOR,),
            input=inputs.Opinion, concerns=(gates.extension_asked,), effect=effects.grant_extension, signed=True,
            not_by=("request_extension",), due=effects.extended_deadline, notify=(RECTIFIER,),
        ),
        Act(
            name="refuse_extension", label="不同意延期", states=frozenset({RECTIFYING}), by=(SUPERVISOR,),
            input=inputs.Opinion, concerns=(gates.extension_asked,), effect=effects.refuse_extension, signed=True,
            not_by=("request_extension",), notify=(RECTIFIER,),
        ),
        Act(
            name="recheck", label="复查", states=frozenset({RECTIFYING}), by=(SUPERVISOR,), input=inputs.Recheck,
            concerns=(gates.deadline_passed,),
            gates=(
                gates.rechecked_in_time_order, gates.new_day_when_it_remains, gates.new_due_in_future,
                terms.within_longest_term, gates.photos_are_here,
            ),
            effect=effects.recheck, signed=True, due=effects.rechecked_deadline, notify=(RECTIFIER,),
            hint="整改期限已过，到现场看整改到什么程度；仍未消除的重新确定期限并计一次不合格",
            basis="整改不到位不放过",
        ),
        Act(
            name="decide_failures", label="屡次不合格研究处理", states=OPEN.members, by=(SUPERVISOR,),
            input=inputs.FailureDecision, concerns=(gates.failed_too_often,), signed=True, notify=(RECTIFIER,),
            basis="问题没有真正解决不放过",
        ),
        Act(
            name="regrade", label="调整等级", states=OPEN.members, by=(SUPERVISOR,), input=inputs.Regrading,
            gates=(gates.grade_changes, gates.major_has_criterion, gates.off_the_list_before_downgrading),
            effect=effects.regrade, signed=True, notify=(RECTIFIER,),
        ),
        Act(
            name="list_supervision", label="挂牌督办", states=frozenset({RECTIFYING, AWAITING}), by=(DISTRICT_LEVEL,),
            input=inputs.ListingTerms, concerns=(gates.is_major,),
            gates=(gates.not_below_its_level, gates.listing_due_in_future), effect=effects.list_supervision, signed=True,
            notify=(RECTIFIER, SUPERVISOR), basis="《安全生产法》第四十一条第三款",
        ),
        Act(
            name="delist", label="摘牌", states=frozenset({RECTIFYING, AWAITING}), by=(DISTRICT_LEVEL,),
            input=inputs.Delisting, concerns=(gates.is_listed,), gates=(gates.delisted_by_its_level,),
            effect=effects.delist, signed=True, notify=(RECTIFIER, SUPERVISOR),
        ),
        Act(
            name="report_to_regulator", label="登记向监管部门报告", states=OPEN.members, by=(RECTIFIER, SUPERVISOR),
            input=inputs.DoubleReport, concerns=(gates.is_major, gates.regulator_not_told),
            gates=(gates.reported_in_time_order,), effect=effects.report_to_regulator, signed=True,
            basis="《安全生产法》第四十一条第二款",
        ),
        Act(
            name="report_to_workers", label="登记向职工大会报告", states=OPEN.members, by=(RECTIFIER, SUPERVISOR),
            input=inputs.DoubleReport, concerns=(gates.is_major, gates.workers_not_told),
            gates=(gates.reported_in_time_order,), effect=effects.report_to_workers, signed=True,
            basis="《安全生产法》第四十一条第二款",
        ),
        Act(
            name="remind", label="催办", states=OPEN.members, by=(SUPERVISOR, DISTRICT_LEVEL), input=inputs.Reminder,
            notify=(RECTIFIER, SUPERVISOR), urgent=False,
        ),
        Act(
            name="correct", label="更正", states=frozenset(HazardState), by=(SUPERVISOR,), input=inputs.Correction,
            gates=(
                origins.source_keeps_its_accepter, gates.found_not_in_future, gates.campaign_fits,
                gates.corrected_in_time_order, gates.corrects_reports_made,
            ),
            effect=effects.correct, signed=True,
        ),
        Act(
            name="spot_check", label="抽查", states=frozenset({CLOSED}), by=(SUPERVISOR,), input=inputs.SpotCheckResult,
            concerns=(gates.was_self_check,),
            gates=(gates.checked_in_time_order, gates.photos_are_here), effect=effects.spot_check, signed=True,
        ),
        Act(
            name="follow_up", label="回访", states=frozenset({CLOSED}), by=(SUPERVISOR,), input=inputs.FollowUp,
            gates=(gates.visited_not_in_future, gates.photos_are_here), signed=True,
        ),
        Act(
            name="note_claim", label="台账所载进度（仅记录）", states=frozenset(HazardState), by=(IMPORTER,),
            input=inputs.ClaimedProgress, effect=effects.note_claim, shown=False,
        ),
    ),
    ways_out=(
        WayOut(
            name="refer", label="移送", move=(REPORTED | RECTIFYING) >> HazardState.REFERRED, by=(SUPERVISOR,),
            input=inputs.Referral, needs=(gates.off_the_list,), effect=effects.refer, signed=True,
        ),
        WayOut(
            name="merge", label="并入另一条", move=OPEN >> HazardState.MERGED, by=(SUPERVISOR,),
            input=inputs.MergeInto, needs=(gates.off_the_list,), gates=(gates.names_another,), effect=effects.merge, signed=True,
        ),
        WayOut(
            name="void", label="作废", move=States(OPEN.members | {CLOSED}) >> HazardState.VOIDED, by=(OFFICE,),
            input=inputs.Reason, needs=(gates.off_the_list,), effect=effects.void, signed=True,
        ),
    ),
    duties=owing.DUTIES,
    timers=(
        Timer(
            name="escalate", label="逾期升级", states=OPEN.members, ladder="hazard.escalation",
        ),
    ),
    unbound={
        "search": "worked out from the name of the object, the place and the description",
        "row_key": "by which a ledger's row is known again; the claim itself is bound",
        "row_facts": "what the latest ledger said, whether anything was taken over from it or not",
        "recurs": "worked out from the spots and days of all hazards; another that comes between moves it",
        "recurrence": "worked out like what it repeats",
    },
)  # fmt: skip
