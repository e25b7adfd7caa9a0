"""The task loop (M044): 交办 → 签收 → 办理 → 上报完成 → 验收办结."""

from __future__ import annotations

from bihuan.capabilities.dispatch import effects, gates, inputs
from bihuan.capabilities.dispatch.hands import ACCEPTOR, DISPATCHER, LEAD, PARTNER, SYSTEM
from bihuan.capabilities.dispatch.states import TaskState
from bihuan.kernel.loops.deadlines import by_input, working_days
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, Timer, WayOut

DISPATCHED, UNDER_WAY, AWAITING, CLOSED = (
    TaskState.DISPATCHED,
    TaskState.UNDER_WAY,
    TaskState.AWAITING_ACCEPTANCE,
    TaskState.CLOSED,
)
OPEN = DISPATCHED | UNDER_WAY | AWAITING
AT_WORK = frozenset({DISPATCHED, UNDER_WAY})
SAME_HANDS = "验收人不能是上报完成的同一人，请安委办其他人员或分管领导验收"


TASK = Loop(
    name="task",
    label="任务",
    letter="T",
    model="dispatch.Task",
    plural="tasks",
    states=TaskState,
    basis="《安全生产法》第九条、第十条",
    track=(DISPATCHED, UNDER_WAY, AWAITING, CLOSED),
    done=frozenset({CLOSED}),
    unbound={"search": "worked out from the title, the demand and the source"},
    openings=(
        Opening(
            name="dispatch", label="交办任务", to=DISPATCHED, by=(DISPATCHER,), input=inputs.Dispatching,
            prepare=effects.place, effect=effects.dispatch, signed=True,
            gates=(gates.units_exist, gates.due_ahead, gates.source_not_ahead, gates.campaign_going_on),
            due=working_days("task.receipt_days", "交办后应在规定的工作日内签收"), notify=(PARTNER,),
            hint="每项任务只有一个牵头单位，有期限，由交办方以外的人办、由办理人以外的人验收",
        ),
        Opening(
            name="raise_by_rule", label="按规则交办", to=DISPATCHED, by=(SYSTEM,), input=inputs.Dispatching, shown=False,
            prepare=effects.place, effect=effects.dispatch, gates=(gates.units_exist, gates.due_ahead),
            due=working_days("task.receipt_days", "交办后应在规定的工作日内签收"), notify=(PARTNER,),
            hint="安委办预先设定的重点时段和工程节点，到日子由系统交办",
        ),
    ),
    steps=(
        Step(
            name="receive", label="签收", move=DISPATCHED >> UNDER_WAY, by=(LEAD,), input=inputs.Receipt,
            effect=effects.receive, signed=True, due=effects.due_as_set,
            hint="明确责任人和落实措施；认为不属本单位职责的，请选“提出异议”", basis="有人管、有落实",
        ),
        Step(
            name="complete", label="上报完成", move=UNDER_WAY >> AWAITING, by=(LEAD,), input=inputs.Completion,
            effect=effects.complete, signed=True, gates=(gates.finished_in_time_order, gates.evidence_is_here),
            due=working_days("task.acceptance_days", "收到完成报告后应在规定的工作日内验收"), notify=(ACCEPTOR,),
            basis="有成效",
        ),
        Step(
            name="accept", label="验收办结", move=AWAITING >> CLOSED, by=(ACCEPTOR,), input=inputs.Acceptance,
            effect=effects.accept, signed=True, gates=(gates.accepted_in_time_order,),
            not_by=("complete",), why_not_by=SAME_HANDS, notify=(PARTNER,), tone="success",
        ),
        Step(
            name="send_back", label="退回办理", move=AWAITING >> UNDER_WAY, by=(ACCEPTOR,), input=inputs.SendingBack,
            effect=effects.send_back, signed=True, gates=(gates.due_ahead,), not_by=("complete",),
            why_not_by=SAME_HANDS, due=by_input("due_on", "验收未通过，重新确定的完成期限"), notify=(PARTNER,),
            urgent=True, tone="warning",
        ),
        Step(
            name="reopen", label="重新办理", move=CLOSED >> UNDER_WAY, by=(DISPATCHER,), input=inputs.SendingBack,
            effect=effects.reopen, signed=True, gates=(gates.due_ahead,),
            due=by_input("due_on", "复查发现未落实，重新确定的完成期限"), notify=(PARTNER,), tone="warning",
        ),
        Step(
            name="reassign", label="改派", move=(DISPATCHED | UNDER_WAY) >> DISPATCHED, by=(DISPATCHER,),
            input=inputs.Reassigning, effect=effects.reassign, signed=True,
            gates=(gates.units_exist, gates.due_ahead),
            due=working_days("task.receipt_days", "改派后应在规定的工作日内签收"), notify=(PARTNER,), tone="warning",
        ),
    ),
    acts=(
        Act(
            name="report_progress", label="报进展", states=frozenset({UNDER_WAY}), by=(PARTNER,),
            input=inputs.Progress, effect=effects.report_progress, gates=(gates.evidence_is_here,), signed=True,
        ),
        Act(
            name="decline", label="提出异议", states=AT_WORK, by=(LEAD,), input=inputs.Declining,
            needs=(gates.not_declined,), effect=effects.decline, signed=True, notify=(DISPATCHER,),
            hint="不属本单位职责的写明理由，由安委办改派或维持；答复前期限照常计算",
        ),
        Act(
            name="uphold", label="维持交办", states=AT_WORK, by=(DISPATCHER,), input=inputs.Opinion,
            concerns=(gates.was_declined,), effect=effects.uphold, signed=True, notify=(PARTNER,),
        ),
        Act(
            name="request_extension", label="申请延期", states=frozenset({UNDER_WAY}), by=(LEAD,),
            input=inputs.Extension, needs=(gates.no_extension_pending,), gates=(gates.extension_later,),
            effect=effects.request_extension, signed=True, notify=(DISPATCHER,),
        ),
        Act(
            name="grant_extension", label="同意延期", states=frozenset({UNDER_WAY}), by=(DISPATCHER,),
            input=inputs.Opinion, concerns=(gates.extension_asked,), effect=effects.grant_extension, signed=True,
            not_by=("request_extension",), due=effects.due_as_set, notify=(PARTNER,),
        ),
        Act(
            name="refuse_extension", label="不同意延期", states=frozenset({UNDER_WAY}), by=(DISPATCHER,),
            input=inputs.Opinion, concerns=(gates.extension_asked,), effect=effects.refuse_extension, signed=True,
            not_by=("request_extension",), notify=(PARTNER,),
        ),
        Act(
            name="supervise", label="挂牌督办", states=frozenset({UNDER_WAY}), by=(DISPATCHER,),
            input=inputs.Supervision, concerns=(gates.not_supervised_yet,), gates=(gates.due_ahead,),
            effect=effects.supervise, signed=True, due=by_input("due_on", "挂牌督办确定的期限"), notify=(PARTNER,),
            urgent=True,
        ),
        Act(
            name="remind", label="催办", states=OPEN.members, by=(DISPATCHER,), input=inputs.Reminder,
            notify=(PARTNER,),
        ),
    ),
    ways_out=(
        WayOut(
            name="withdraw", label="撤回", move=OPEN >> TaskState.WITHDRAWN, by=(DISPATCHER,), input=inputs.Reason,
            effect=effects.withdraw, signed=True, notify=(PARTNER,),
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=OPEN.members, ladder="task.escalation"),),
)  # fmt: skip
