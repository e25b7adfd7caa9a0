"""The loop of the item: 待受理 → 受理 → 转办 → 办理 → 回复 → 办结; who handles it never settles it."""

from __future__ import annotations

from bihuan.capabilities.tipoffs import becoming, correcting, days, effects, gates, inputs, placing, rewarding
from bihuan.capabilities.tipoffs.hands import HANDLER, OFFICE, SYSTEM
from bihuan.capabilities.tipoffs.reporters import VOICES
from bihuan.capabilities.tipoffs.states import ItemState
from bihuan.kernel.loops.declaration import Act, Duty, Loop, Opening, States, Step, Timer, WayOut

RECEIVED, ADMITTED, HANDLING, REPORTED, REPLIED, SETTLED, MERGED = (
    ItemState.RECEIVED, ItemState.ADMITTED, ItemState.HANDLING, ItemState.REPORTED, ItemState.REPLIED, ItemState.SETTLED,
    ItemState.MERGED,
)  # fmt: skip
REJECTED, TRANSFERRED, REVOKED = ItemState.REJECTED, ItemState.TRANSFERRED, ItemState.REVOKED
BEFORE_RESULT = RECEIVED | ADMITTED | HANDLING
AT_WORK = frozenset({HANDLING})
GOING_ON = BEFORE_RESULT | REPORTED | REPLIED
STANDING = States(frozenset(ItemState) - {REVOKED})
FOUND_OUT = frozenset({HANDLING, REPORTED, REPLIED, SETTLED})
LADDER = "tipoff.escalation"
_ADMIT_RULE = "收到后应在规定的工作日内决定是否受理（待核对）"
TO_ADMIT = days.stage("tipoff.admit_days", _ADMIT_RULE, since="received_on")
TO_ADMIT_FROM_TODAY = days.stage("tipoff.admit_days", _ADMIT_RULE)
TO_REFER = days.stage("tipoff.refer_days", "受理后应在规定的工作日内转办（待核对）")
NOT_THE_HANDLER = "办结人不能是反馈办理结果的同一人（谁办理、谁办结须分开）"
NOT_WHO_REFUSED = "重新受理不能由作出不予受理、移送决定的同一人办理"
NOT_WHO_MERGED = "拆开重办不能由并件的同一人办理"
NOT_WHO_ENTERED = "撤销登记不能由登记的同一人办理"
NOT_THE_PROPOSER = "批准人不能是提出奖励的同一人"

ITEM = Loop(
    name="tipoff",
    label="举报件",
    letter="Q",
    model="tipoffs.Item",
    plural="tipoffs",
    states=ItemState,
    basis="《安全生产法》第七十三条、第七十四条、第七十六条",
    track=(RECEIVED, ADMITTED, HANDLING, REPORTED, REPLIED, SETTLED),
    done=frozenset({SETTLED}),
    unbound={"search": "worked out from the words and the place"},
    openings=(
        Opening(
            name="add", label="同批再登记一件", to=RECEIVED, by=(OFFICE,), input=inputs.AnotherItem,
            prepare=placing.another, effect=effects.enter_another, signed=True, due=TO_ADMIT_FROM_TODAY,
            gates=(gates.batch_open, gates.names_nobody, gates.photos_are_here),
        ),
        Opening(
            name="enter", label="随批次登记", to=RECEIVED, by=(OFFICE, SYSTEM), input=inputs.ItemGiven, shown=False,
            prepare=placing.item, effect=effects.enter, due=TO_ADMIT, notify=(OFFICE,),
            gates=(gates.batch_open, gates.names_nobody, gates.photos_are_here),
        ),
        Opening(
            name="enter_ledger", label="台账载入", to=None, by=(OFFICE, SYSTEM), input=inputs.ItemFromLedger, claimed=True,
            shown=False, prepare=placing.from_ledger, effect=effects.enter_from_ledger, due=effects.ledger_due,
            gates=(gates.batch_open, gates.names_nobody), hint="办到哪一步以台账所载为准，没有签名",
        ),
    ),
    steps=(
        Step(
            name="admit", label="受理", move=RECEIVED >> ADMITTED, by=(OFFICE,), input=inputs.Admission,
            gates=(gates.names_nobody,), effect=effects.admit, signed=True, due=TO_REFER,
            hint="先看右侧有没有疑似重复的；同一件事并到一件办理",
        ),
        Step(
            name="refer", label="转办", move=ADMITTED >> HANDLING, by=(OFFICE,), input=inputs.Referral,
            gates=(gates.unit_exists, gates.term_possible, gates.names_nobody), effect=effects.refer, signed=True,
            due=effects.handling_due, notify=(HANDLER,), hint="承办单位看不到举报人是谁",
        ),
        Step(
            name="report_result", label="反馈办理结果", move=HANDLING >> REPORTED, by=(HANDLER,), input=inputs.Result,
            gates=(gates.reported_in_order, gates.photos_are_here, gates.names_nobody), effect=effects.report_result, signed=True,
            due=days.stage("tipoff.reply_days", "收到办理结果后应在规定的工作日内回复举报人（待核对）"), notify=(OFFICE,),
        ),
        Step(
            name="reply", label="回复举报人", move=REPORTED >> REPLIED, by=(OFFICE,), input=inputs.Reply,
            gates=(gates.replied_in_order, gates.names_nobody), effect=effects.reply, signed=True,
            due=days.stage("tipoff.settle_days", "回复后应在规定的工作日内办结（待核对）"),
            hint="匿名举报的，回复放在凭查询码查询的进展页上",
        ),
        Step(
            name="settle", label="办结", move=REPLIED >> SETTLED, by=(OFFICE,), input=inputs.Settling,
            effect=effects.settle, signed=True, not_by=("report_result",), why_not_by=NOT_THE_HANDLER, notify=(HANDLER,),
            tone="success",
        ),
        Step(
            name="send_back", label="退回重办", move=(REPORTED | REPLIED) >> HANDLING, by=(OFFICE,),
            input=inputs.SendingBack, gates=(gates.term_possible,), effect=effects.send_back, signed=True,
            due=effects.handling_due, not_by=("report_result",), why_not_by=NOT_THE_HANDLER, notify=(HANDLER,),
            tone="warning",
        ),
        Step(
            name="reassign", label="改派", move=HANDLING >> HANDLING, by=(OFFICE,), input=inputs.Reassignment,
            gates=(gates.unit_exists, gates.unit_another, gates.term_possible, gates.names_nobody),
            effect=effects.reassign, signed=True, due=effects.handling_due, notify=(HANDLER,), tone="warning",
        ),
        Step(
            name="merge", label="并件", move=BEFORE_RESULT >> MERGED, by=(OFFICE,), input=inputs.Merging,
            needs=(gates.leads_none,), gates=(gates.lead_fits, gates.names_nobody), effect=effects.merge, signed=True,
            notify=(HANDLER,), tone="quiet", hint="同一件事多人举报的，并到一件办理；各举报人仍凭自己的查询码查进展和回复",
        ),
        Step(
            name="split", label="拆开", move=MERGED >> ADMITTED, by=(OFFICE,), input=inputs.Reason,
            needs=(gates.lead_open,), effect=effects.split, signed=True, due=TO_REFER, tone="warning",
        ),
        Step(
            name="reopen", label="重新办理", move=SETTLED >> HANDLING, by=(OFFICE,), input=inputs.SendingBack,
            needs=(gates.in_its_own_right,), gates=(gates.term_possible,), effect=effects.reopen, signed=True,
            due=effects.handling_due, notify=(HANDLER,), tone="warning", hint="举报人反映没有解决，或抽查发现办结不实的",
        ),
        Step(
            name="readmit", label="重新受理", move=(REJECTED | TRANSFERRED) >> ADMITTED, by=(OFFICE,),
            input=inputs.Correction, needs=(gates.in_its_own_right,), gates=(gates.names_nobody,),
            effect=correcting.readmit, signed=True, due=TO_REFER, not_by=("reject", "transfer_out"),
            why_not_by=NOT_WHO_REFUSED, tone="warning", undoes=True,
            hint="不予受理或移送有误、移送后被退回的；由另一人决定，办结期限自今天起重新计算，举报人在进展页看到理由",
        ),
        Step(
            name="split_closed", label="拆开重办", move=States(frozenset({SETTLED, REJECTED, TRANSFERRED})) >> ADMITTED,
            by=(OFFICE,), input=inputs.Correction, concerns=(correcting.was_merged,), needs=(correcting.no_reward,),
            gates=(gates.names_nobody,), effect=correcting.split_closed, signed=True, due=TO_REFER, not_by=("merge",),
            why_not_by=NOT_WHO_MERGED, tone="warning", undoes=True,
            hint="随牵头件办结以后才发现并错的；由另一人决定，单独受理、转办、回复",
        ),
        Step(
            name="close_with_lead", label="随牵头件办结", move=MERGED >> SETTLED, by=(SYSTEM,), shown=False,
            effect=effects.end_with_lead,
        ),
        Step(
            name="reject_with_lead", label="随牵头件不予受理", move=MERGED >> REJECTED, by=(SYSTEM,), shown=False,
            effect=effects.end_with_lead,
        ),
        Step(
            name="transfer_with_lead", label="随牵头件移送", move=MERGED >> TRANSFERRED, by=(SYSTEM,), shown=False,
            effect=effects.end_with_lead,
        ),
        Step(
            name="reopen_with_lead", label="随牵头件重新办理", move=SETTLED >> MERGED, by=(SYSTEM,), shown=False,
            effect=effects.reopen_with_lead,
        ),
        Step(
            name="readmit_with_lead", label="随牵头件重新受理", move=(REJECTED | TRANSFERRED) >> MERGED, by=(SYSTEM,),
            shown=False, effect=correcting.readmit_with_lead, undoes=True,
        ),
        Step(
            name="revoke_with_batch", label="随批次撤销登记", move=STANDING >> REVOKED, by=(SYSTEM,),
            input=inputs.RevokedWithBatch, shown=False, effect=correcting.revoke_with_batch, undoes=True,
        ),
    ),
    acts=(
        Act(
            name="make_hazard", label="转为隐患", states=FOUND_OUT - {SETTLED}, by=(HANDLER, OFFICE),
            input=inputs.HazardGiven, gates=(gates.names_nobody,), effect=becoming.make_hazard, signed=True,
            hint="核查有隐患的，进入隐患整改闭环；销号后自动回到这里",
        ),
        Act(
            name="make_lead", label="转为打非线索", states=FOUND_OUT - {SETTLED}, by=(HANDLER, OFFICE),
            input=inputs.LeadGiven, gates=(gates.names_nobody,), effect=becoming.make_lead, signed=True,
            hint="核查有非法窝点、场所的，进入打非治违闭环",
        ),
        Act(
            name="link_accident", label="关联事故", states=FOUND_OUT - {SETTLED}, by=(OFFICE,),
            input=inputs.AccidentLinked, gates=(becoming.accident_fits,), effect=becoming.link_accident, signed=True,
            hint="反映瞒报谎报事故的，先在“事故”里接报",
        ),
        Act(
            name="note_outcome", label="关联事项进展", states=frozenset(ItemState), by=(SYSTEM,), input=inputs.Became,
            effect=becoming.note_outcome, shown=False, notify=(HANDLER, OFFICE),
        ),
        Act(
            name="decline", label="提出异议", states=AT_WORK, by=(HANDLER,), input=inputs.Reason,
            needs=(gates.not_declined,), effect=effects.decline, signed=True, notify=(OFFICE,),
            hint="不属本单位职责的写明理由，由举报受理人改派或维持；答复前期限照常计算",
        ),
        Act(
            name="uphold", label="维持转办", states=AT_WORK, by=(OFFICE,), input=inputs.Opinion,
            concerns=(gates.was_declined,), effect=effects.uphold, signed=True, notify=(HANDLER,),
        ),
        Act(
            name="request_extension", label="申请延期", states=AT_WORK, by=(HANDLER,), input=inputs.ExtensionRequest,
            needs=(gates.no_extension_pending,), gates=(gates.extension_possible,), effect=effects.request_extension,
            signed=True, notify=(OFFICE,),
        ),
        Act(
            name="grant_extension", label="同意延期", states=AT_WORK, by=(OFFICE,), input=inputs.Opinion,
            concerns=(gates.extension_asked,), needs=(gates.extension_still_possible,), effect=effects.grant_extension, signed=True,
            not_by=("request_extension",), due=effects.handling_due, notify=(HANDLER,),
        ),
        Act(
            name="refuse_extension", label="不同意延期", states=AT_WORK, by=(OFFICE,), input=inputs.Opinion,
            concerns=(gates.extension_asked,), effect=effects.refuse_extension, signed=True,
            not_by=("request_extension",), notify=(HANDLER,),
        ),
        Act(
            name="follow_day", label="办结期限变更", states=GOING_ON.members | {MERGED}, by=(SYSTEM,), input=inputs.DayMoved,
            effect=days.follow_day, due=days.still_within, shown=False, notify=(HANDLER, OFFICE),
        ),
        Act(
            name="note_withdrawal", label="登记举报人撤回", states=GOING_ON.members | {MERGED}, by=(OFFICE,), input=inputs.Withdrawal,
            concerns=(gates.not_withdrawn,), gates=(gates.withdrawn_in_order, gates.names_nobody),
            effect=effects.withdraw, signed=True, hint="撤回只作记录；危险还在的，照样办到底",
        ),
        Act(
            name="add_material", label="补充材料", states=GOING_ON.members, by=(OFFICE, HANDLER), input=inputs.Material,
            gates=(gates.names_nobody, gates.photos_are_here), signed=True,
        ),
        Act(
            name="propose_reward", label="拟奖励", states=frozenset({REPORTED, REPLIED, SETTLED}), by=(OFFICE,),
            input=inputs.RewardProposal, concerns=(rewarding.no_reward_yet,),
            needs=(rewarding.found_true, rewarding.told_first), gates=(rewarding.no_reward_elsewhere,),
            effect=rewarding.propose_reward, signed=True, notify=(OFFICE,),
            hint="金额由系统按收到当日施行的奖励办法，从案件罚款、隐患等级或瞒报人数计算",
        ),
        Act(
            name="approve_reward", label="批准奖励", states=frozenset({REPORTED, REPLIED, SETTLED}), by=(OFFICE,),
            input=inputs.Opinion, concerns=(rewarding.reward_proposed,),
            needs=(rewarding.found_true, rewarding.ground_stands), effect=rewarding.approve_reward, signed=True,
            not_by=("propose_reward",), why_not_by=NOT_THE_PROPOSER,
        ),
        Act(
            name="refuse_reward", label="不批准奖励", states=frozenset({REPORTED, REPLIED, SETTLED}), by=(OFFICE,),
            input=inputs.Opinion, concerns=(rewarding.reward_proposed,), effect=rewarding.refuse_reward, signed=True,
            not_by=("propose_reward",), why_not_by=NOT_THE_PROPOSER,
        ),
        Act(
            name="pay_reward", label="登记领取", states=frozenset({REPORTED, REPLIED, SETTLED}), by=(OFFICE,),
            input=inputs.RewardPaid, concerns=(rewarding.reward_approved,), needs=(rewarding.found_true,),
            gates=(rewarding.collected_rightly,),
            effect=rewarding.pay_reward, signed=True, hint="匿名举报凭领奖码领取，不问姓名",
        ),
        Act(
            name="remind", label="催办", states=AT_WORK, by=(OFFICE,), input=inputs.Reminder, notify=(HANDLER,),
        ),
        *VOICES,
    ),
    ways_out=(
        WayOut(
            name="reject", label="不予受理", move=RECEIVED >> REJECTED, by=(OFFICE,), input=inputs.Refusal,
            needs=(gates.leads_none_admitted,), gates=(gates.names_nobody,), effect=effects.reject, signed=True,
        ),
        WayOut(
            name="transfer_out", label="移送", move=BEFORE_RESULT >> TRANSFERRED, by=(OFFICE,), input=inputs.Transfer,
            gates=(gates.names_nobody,), effect=effects.transfer_out, signed=True, notify=(HANDLER,),
        ),
        WayOut(
            name="revoke", label="撤销登记", move=STANDING >> REVOKED, by=(OFFICE,), input=inputs.Revocation,
            concerns=(correcting.entered_by_hand,), needs=(correcting.nothing_came_of_it, correcting.leads_nobody),
            gates=(gates.names_nobody,), effect=correcting.revoke, signed=True,
            not_by=("add", "enter", "enter_ledger"), why_not_by=NOT_WHO_ENTERED, notify=(HANDLER,), undoes=True,
            hint="误登的：不计入任何数字，仍列在“已撤销”里；不是误登的，请不予受理或并件",
        ),
    ),
    duties=(
        Duty(
            name="feed_back", label="关联事项已办结，反馈办理结果", by=(HANDLER,), met_by=("report_result",),
            states=AT_WORK, ladder=LADDER, basis="群众举报与社会监督：有举报有回音",
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=GOING_ON.members, ladder=LADDER),),
)  # fmt: skip
