"""The meeting loop (M039): 拟召开 → 已召开 → 纪要已印发. What a meeting decides runs on in the task loop."""

from __future__ import annotations

from bihuan.capabilities.dispatch.meetings import effects, gates, inputs
from bihuan.capabilities.dispatch.meetings.hands import INVITED, KEEPER
from bihuan.capabilities.dispatch.meetings.states import MeetingState
from bihuan.kernel.loops.deadlines import by_input, kept, working_days
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, WayOut

PLANNED, HELD, MINUTED = MeetingState.PLANNED, MeetingState.HELD, MeetingState.MINUTED
HELD_EVER = frozenset({HELD, MINUTED})
MINUTES_DUE = working_days("meeting.minutes_days", "会后应在规定的工作日内印发纪要")
SAID = (gates.units_exist, gates.chaired, gates.enterprises_known, gates.task_known)
TOLD = (gates.day_come, gates.attendance_told, gates.enterprises_told, gates.decisions_read)


MEETING = Loop(
    name="meeting",
    label="会议",
    letter="M",
    model="meetings.Meeting",
    plural="meetings",
    states=MeetingState,
    basis="《安全生产法》第九条",
    track=(PLANNED, HELD, MINUTED),
    done=frozenset({MINUTED}),
    openings=(
        Opening(
            name="plan", label="拟召开会议", to=PLANNED, by=(KEEPER,), input=inputs.Planning, prepare=effects.place,
            gates=(gates.day_ahead, *SAID), effect=effects.plan, signed=True,
            due=by_input("held_on", "会议定在这一天"),
            hint="参会单位和通知到会的企业随即收到通知；已经开过的会请用“补录会议”",
        ),
        Opening(
            name="record", label="补录会议", to=HELD, by=(KEEPER,), input=inputs.Recording, prepare=effects.place,
            gates=(*SAID, *TOLD), effect=effects.record, signed=True, due=MINUTES_DUE,
            hint="会议决定随即成为任务，交给牵头单位",
        ),
    ),
    steps=(
        Step(
            name="hold", label="登记已召开", move=PLANNED >> HELD, by=(KEEPER,), input=inputs.Holding, gates=TOLD,
            effect=effects.hold, signed=True, due=MINUTES_DUE,
            hint="登记到会情况和会议决定；决定随即成为任务，交给牵头单位",
        ),
        Step(
            name="issue_minutes", label="印发纪要", move=HELD >> MINUTED, by=(KEEPER,), input=inputs.Minutes,
            gates=(gates.minuted_in_time_order, gates.has_minutes, gates.decisions_read),
            effect=effects.issue_minutes, signed=True, tone="success",
        ),
    ),
    acts=(
        Act(
            name="record_decisions", label="登记会议决定", states=HELD_EVER, by=(KEEPER,), input=inputs.Decisions,
            gates=(gates.decisions_read,), effect=effects.decide_all, signed=True,
            hint="每条决定成为一项任务；有一条没有牵头单位，就都不登记",
        ),
        Act(
            name="raise_difficulty", label="登记困难问题", states=HELD_EVER, by=(KEEPER,), input=inputs.Difficulty,
            gates=(gates.due_ahead,), effect=effects.raise_difficulty, signed=True,
            hint="会上提出的困难和问题，交一个单位协调解决，跟踪到答复",
        ),
        Act(
            name="call_deployments", label="要求会后部署", states=HELD_EVER, by=(KEEPER,), input=inputs.DeploymentCall,
            concerns=(gates.not_asked_yet,), needs=(gates.somebody_invited,), gates=(gates.due_ahead,),
            effect=effects.call_deployments, signed=True,
            hint="每个参会单位都要报送，没有报送的列在“应报未报”中并提醒",
        ),
        Act(
            name="file_deployment", label="报送会后部署", states=HELD_EVER, by=(INVITED,), input=inputs.DeploymentFiling,
            concerns=(gates.deployment_asked,), needs=(gates.not_filed_yet,), gates=(gates.deployed_in_time_order,),
            effect=effects.file_deployment, signed=True,
        ),
        Act(
            name="urge_deployments", label="催报会后部署", states=HELD_EVER, by=(KEEPER,),
            concerns=(gates.deployment_asked,), needs=(gates.somebody_owes,), effect=effects.urge_deployments,
            hint="通知还没有报送的参会单位，每天一次",
        ),
        Act(
            name="invite", label="增加参会单位", states=frozenset({PLANNED}), by=(KEEPER,), input=inputs.Invitation,
            gates=(gates.units_exist,), effect=effects.invite, due=kept,
        ),
        Act(
            name="postpone", label="改期", states=frozenset({PLANNED}), by=(KEEPER,), input=inputs.Postponing,
            gates=(gates.day_ahead,), effect=effects.postpone, signed=True, due=by_input("held_on", "会议改到这一天"),
        ),
    ),
    ways_out=(
        WayOut(
            name="cancel", label="取消会议", move=PLANNED >> MeetingState.CANCELLED, by=(KEEPER,), input=inputs.Reason,
            effect=effects.cancel, signed=True,
        ),
    ),
    unbound={"search": "worked out from the title, the agenda and the minutes"},
)  # fmt: skip
