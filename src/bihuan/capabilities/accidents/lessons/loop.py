"""The loop of a warning: 起草 → 发布 → 签收、排查 → 办结."""

from __future__ import annotations

from bihuan.capabilities.accidents.lessons import deeds, inputs
from bihuan.capabilities.accidents.lessons.hands import ISSUER, LISTED, LOOKER, SYSTEM
from bihuan.capabilities.accidents.lessons.states import LessonState
from bihuan.kernel.loops.deadlines import by_input, working_days
from bihuan.kernel.loops.declaration import Act, Loop, Nothing, Opening, Step, Timer, WayOut

DRAFT, CHECKING, CLOSED = LessonState.DRAFT, LessonState.CHECKING, LessonState.CLOSED
HERE = frozenset({CHECKING})

LESSON = Loop(
    name="lesson",
    label="警示排查",
    letter="K",
    model="accidents.Lesson",
    plural="lessons",
    states=LessonState,
    basis="《安全生产法》第八十六条、事故警示教育工作制度",
    track=(DRAFT, CHECKING, CLOSED),
    done=frozenset({CLOSED}),
    openings=(
        Opening(
            name="issue", label="发布外地事故警示", to=CHECKING, by=(ISSUER,), input=inputs.Issuing, prepare=deeds.place,
            effect=deeds.issue, gates=(deeds.happened_by_now, deeds.numbers_possible, deeds.day_ahead, deeds.somebody_listed),
            signed=True, due=by_input("check_by", "发布警示时确定的排查期限"), notify=(LISTED,),
            hint="发布后同类企业、项目列入定向排查，逐家签收、逐家登记结果",
        ),
        Opening(
            name="draft", label="由本区事故起草", to=DRAFT, by=(SYSTEM,), input=inputs.Drafting, prepare=deeds.place_draft,
            effect=deeds.draft, shown=False, notify=(ISSUER,),
            due=working_days("lesson.issue_days", "事故核实后应在规定的工作日内发布警示"),
        ),
    ),
    steps=(
        Step(
            name="publish", label="发布警示", move=DRAFT >> CHECKING, by=(ISSUER,), input=inputs.Terms,
            gates=(deeds.day_ahead, deeds.somebody_listed), effect=deeds.publish, signed=True,
            due=by_input("check_by", "发布警示时确定的排查期限"), notify=(LISTED,),
        ),
        Step(
            name="close", label="办结", move=CHECKING >> CLOSED, by=(ISSUER,), input=inputs.Closing,
            needs=(deeds.all_checked,), signed=True, tone="success",
        ),
    ),
    acts=(
        Act(
            name="confirm_receipt", label="签收", states=HERE, by=(LISTED,), input=Nothing,
            concerns=(), needs=(deeds.not_received,), effect=deeds.confirm_receipt,
        ),
        Act(
            name="record_check", label="登记排查结果", states=HERE, by=(LOOKER, LISTED), input=inputs.Check,
            gates=(deeds.checked_in_order, deeds.is_listed), effect=deeds.record_check, signed=True,
        ),
    ),
    ways_out=(
        WayOut(
            name="withdraw", label="撤回", move=(DRAFT | CHECKING) >> LessonState.WITHDRAWN, by=(ISSUER,),
            input=inputs.Reason, signed=True,
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=frozenset({DRAFT, CHECKING}), ladder="accident.escalation"),),
)  # fmt: skip
