"""The loop of a milestone project (M049): 推进 → 待竣工验收 → 完成; its milestones are reported and accepted one by one."""

from __future__ import annotations

from bihuan.capabilities.dispatch.campaigns.hands import COORDINATOR, LEAD
from bihuan.capabilities.dispatch.hands import SYSTEM
from bihuan.capabilities.dispatch.windows.milestones import effects, gates, inputs
from bihuan.capabilities.dispatch.windows.milestones.states import ProjectState
from bihuan.kernel.loops.deadlines import working_days
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, Timer, WayOut

UNDER_WAY, AWAITING, CLOSED = ProjectState.UNDER_WAY, ProjectState.AWAITING_ACCEPTANCE, ProjectState.CLOSED
HERE = frozenset({UNDER_WAY})

PROJECT = Loop(
    name="project",
    label="重点工程",
    letter="J",
    model="windows.Project",
    plural="milestones",
    states=ProjectState,
    basis="《安全生产法》第九条",
    track=(UNDER_WAY, AWAITING, CLOSED),
    done=frozenset({CLOSED}),
    openings=(
        Opening(
            name="plan", label="列入重点工程", to=UNDER_WAY, by=(COORDINATOR,), input=inputs.Planning,
            prepare=effects.place, effect=effects.plan, gates=(gates.units_exist, gates.milestones_dated),
            due=effects.next_milestone, signed=True, notify=(LEAD,),
            hint="每个节点有日期；过期没有上报的，系统向牵头单位交办一次督促任务",
        ),
    ),
    steps=(
        Step(
            name="complete", label="申请竣工验收", move=UNDER_WAY >> AWAITING, by=(LEAD,), input=inputs.Completion,
            needs=(gates.all_accepted,), effect=effects.complete, signed=True, notify=(COORDINATOR,),
            due=working_days("task.acceptance_days", "收到申请后应在规定的工作日内验收"),
        ),
        Step(
            name="close", label="竣工验收", move=AWAITING >> CLOSED, by=(COORDINATOR,), input=inputs.Closing,
            gates=(gates.accepted_in_time_order,), effect=effects.close, signed=True, not_by=("complete",),
            why_not_by="验收人不能是申请验收的同一人", notify=(LEAD,), tone="success",
        ),
        Step(
            name="send_back", label="退回", move=AWAITING >> UNDER_WAY, by=(COORDINATOR,), input=inputs.Reason,
            signed=True, due=effects.next_milestone, notify=(LEAD,), tone="warning",
        ),
    ),
    acts=(
        Act(
            name="report", label="上报节点完成", states=HERE, by=(LEAD,), input=inputs.Reporting,
            gates=(gates.number_there, gates.not_reported, gates.reported_in_time_order, gates.evidence_is_here),
            effect=effects.report, signed=True, due=effects.next_milestone, notify=(COORDINATOR,),
        ),
        Act(
            name="accept", label="验收节点", states=HERE, by=(COORDINATOR,), input=inputs.Acceptance,
            gates=(gates.number_there, gates.reported, gates.another_accepts), effect=effects.accept, signed=True,
            notify=(LEAD,),
        ),
        Act(
            name="reject", label="退回节点", states=HERE, by=(COORDINATOR,), input=inputs.Rejection,
            gates=(gates.number_there, gates.reported), effect=effects.reject, signed=True,
            due=effects.next_milestone, notify=(LEAD,),
        ),
        Act(
            name="move", label="调整节点日期", states=HERE, by=(COORDINATOR,), input=inputs.Moving,
            gates=(gates.number_there, gates.not_reported, gates.moved_ahead), effect=effects.move, signed=True,
            due=effects.next_milestone, notify=(LEAD,),
        ),
        Act(
            name="note_late", label="逾期交办", states=HERE, by=(SYSTEM,), input=inputs.Late, shown=False,
            gates=(gates.number_there, gates.not_reported), effect=effects.note_late,
        ),
    ),
    ways_out=(
        WayOut(
            name="cancel", label="终止", move=(UNDER_WAY | AWAITING) >> ProjectState.CANCELLED, by=(COORDINATOR,),
            input=inputs.Reason, effect=effects.cancel, signed=True, notify=(LEAD,),
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=frozenset({UNDER_WAY, AWAITING}), ladder="task.escalation"),),
)  # fmt: skip
