"""The loop of a weekly form (M038): 系统预填 → 单位签名上报 → 安委办审定（锁定）→ 更正另成一稿."""

from __future__ import annotations

from bihuan.capabilities.dispatch.weekly import effects, gates, inputs
from bihuan.capabilities.dispatch.weekly.hands import APPROVER, CLOCK, FILER, OFFICE
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.kernel.loops.deadlines import working_days
from bihuan.kernel.loops.declaration import Loop, Opening, Step, Timer, WayOut

OPEN, FILED, APPROVED = FormState.OPEN, FormState.FILED, FormState.APPROVED
SAME_HANDS = "审定人不能是填报的同一人，请安委办其他人员审定"
REPLY = working_days("weekly.approval_days", "报送后应在规定的工作日内审定")

WEEKLY = Loop(
    name="weekly",
    label="周调度表",
    letter="F",
    model="weekly.WeeklyForm",
    plural="weekly",
    states=FormState,
    basis="《安全生产法》第九条、第十条",
    track=(OPEN, FILED, APPROVED),
    done=frozenset({APPROVED}),
    openings=(
        Opening(
            name="open", label="开出本周表", to=OPEN, by=(CLOCK,), input=inputs.Opening, prepare=effects.place,
            due=effects.due_as_expected, shown=False,
        ),
    ),
    steps=(
        Step(
            name="file", label="上报", move=OPEN >> FILED, by=(FILER,), input=inputs.Filing,
            needs=(gates.week_is_there,),
            gates=(gates.content_complete, gates.zeros_confirmed, gates.suspicions_answered),
            effect=effects.file, signed=True, due=REPLY, notify=(APPROVER,),
            hint="数据由系统按记录统计，您补充研判；为零的数要逐部分确认",
        ),
        Step(
            name="file_nil", label="零报告", move=OPEN >> FILED, by=(FILER,), input=inputs.NilFiling,
            needs=(gates.week_is_there,), gates=(gates.nothing_happened,), effect=effects.file_nil, signed=True,
            due=REPLY, notify=(APPROVER,), tone="quiet",
            hint="本周确无数据的，写明检查情况；系统中有数据的不能作零报告",
        ),
        Step(
            name="approve", label="审定", move=FILED >> APPROVED, by=(APPROVER,), input=inputs.Approval,
            effect=effects.approve, signed=True, not_by=("file", "file_nil", "correct"), why_not_by=SAME_HANDS,
            notify=(FILER,), tone="success", hint="审定后锁定；以后更正的，另成一稿，原稿保留",
        ),
        Step(
            name="send_back", label="退回重报", move=FILED >> OPEN, by=(APPROVER,), input=inputs.SendingBack,
            effect=effects.send_back, signed=True, not_by=("file", "file_nil", "correct"), why_not_by=SAME_HANDS,
            due=REPLY, notify=(FILER,), tone="warning",
        ),
        Step(
            name="correct", label="更正", move=APPROVED >> FILED, by=(FILER,), input=inputs.Correction,
            gates=(gates.content_complete, gates.zeros_confirmed, gates.suspicions_answered),
            effect=effects.correct, signed=True, due=REPLY, notify=(APPROVER,), tone="warning",
            hint="已审定的表锁定；更正另成一稿，重新审定，原稿和差别都留着",
        ),
    ),
    ways_out=(
        WayOut(
            name="waive", label="免报", move=OPEN >> FormState.WAIVED, by=(OFFICE,), input=inputs.Waiver,
            effect=effects.waive, signed=True, notify=(FILER,),
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=frozenset({OPEN, FILED}), ladder="weekly.escalation"),),
)  # fmt: skip
