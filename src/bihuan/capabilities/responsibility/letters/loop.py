"""The loop of a responsibility letter (M006): 起草 → 下达方签订 → 责任单位签订 → 履行 → 考核."""

from __future__ import annotations

from bihuan.capabilities.responsibility.letters import effects, gates, inputs, placing
from bihuan.capabilities.responsibility.letters.hands import DRAFTER, ISSUER, RECEIVER, RECEIVING, SYSTEM
from bihuan.capabilities.responsibility.letters.states import LetterState
from bihuan.kernel.loops.deadlines import kept, working_days
from bihuan.kernel.loops.declaration import Act, Loop, Nothing, Opening, States, Step, Timer, WayOut

DRAFTED, AWAITING, IN_FORCE, APPRAISED = (
    LetterState.DRAFTED,
    LetterState.AWAITING,
    LetterState.IN_FORCE,
    LetterState.APPRAISED,
)
UNSIGNED = DRAFTED | AWAITING
OWN = "由双方主要负责人本人签订，不能代签"
SAME_HANDS = "两方不能由同一人签订，请由责任单位主要负责人签订"
TO_ISSUE = working_days("letter.signing_days", "责任书应在规定的工作日内由下达方签订")
TO_SIGN = working_days("letter.signing_days", "下达方签订后责任单位应在规定的工作日内签订")

LETTER = Loop(
    name="letter",
    label="责任书",
    letter="L",
    model="letters.Letter",
    plural="letters",
    states=LetterState,
    basis="《安全生产法》第五条、第九条、第二十二条",
    track=(DRAFTED, AWAITING, IN_FORCE, APPRAISED),
    done=frozenset({APPRAISED}),
    openings=(
        Opening(
            name="draft", label="起草责任书", to=DRAFTED, by=(DRAFTER,), input=inputs.Drafting,
            prepare=placing.place_unit, effect=effects.draft, together=effects.together, signed=True,
            gates=(gates.year_fits, gates.targets_readable, gates.place_is_free, gates.signers_are_known,
                   gates.conference_is_told, gates.conference_is_known),
            due=TO_ISSUE, hint="每个镇街、部门每年一份；" + OWN,
        ),
        Opening(
            name="draft_enterprise", label="起草企业责任书", to=DRAFTED, by=(DRAFTER,), input=inputs.DraftingEnterprise,
            prepare=placing.place_enterprise, effect=effects.draft, together=effects.together, signed=True,
            gates=(gates.year_fits, gates.targets_readable, gates.place_is_free, gates.signers_are_known),
            due=TO_ISSUE, hint="镇街对辖区企业下达，控制数之和不得超过本镇街的控制数",
        ),
        Opening(
            name="draft_village", label="起草村（社区）责任书", to=DRAFTED, by=(DRAFTER,), input=inputs.DraftingVillage,
            prepare=placing.place_village, effect=effects.draft, together=effects.together, signed=True,
            gates=(gates.year_fits, gates.targets_readable, gates.place_is_free, gates.signers_are_known),
            due=TO_ISSUE, hint="镇街对所辖村（社区）下达，控制数之和不得超过本镇街的控制数",
        ),
        Opening(
            name="register_superior", label="登记上级责任书", to=IN_FORCE, by=(DRAFTER,), input=inputs.Registering,
            prepare=placing.place_superior, effect=effects.register, together=effects.together, signed=True,
            gates=(gates.year_fits, gates.targets_readable, gates.place_is_free, gates.signed_on_or_before_today),
            due=effects.due_for_appraisal, claimed=True,
            hint="本区与上级在纸面上签订的责任书；其中的控制数是全区分解的上限",
        ),
    ),
    steps=(
        Step(
            name="issue", label="下达方签订", move=DRAFTED >> AWAITING, by=(ISSUER,), input=Nothing,
            effect=effects.issue, signed=True, needs=(gates.conference_was_held,), gates=(gates.targets_fit,),
            due=TO_SIGN, notify=(RECEIVING,), hint=OWN,
        ),
        Step(
            name="sign", label="签订", move=AWAITING >> IN_FORCE, by=(RECEIVER,), input=Nothing,
            effect=effects.sign, signed=True, gates=(gates.targets_fit,), not_by=("issue",), why_not_by=SAME_HANDS,
            due=effects.due_for_appraisal, hint=OWN, tone="success",
        ),
        Step(
            name="return_draft", label="退回修改", move=AWAITING >> DRAFTED, by=(RECEIVER,), input=inputs.Reason,
            effect=effects.return_draft, signed=True, due=TO_ISSUE, tone="warning",
            hint="目标确实无法承受的，写明理由，由下达方修改后重新签订",
        ),
        Step(
            name="appraise", label="登记考核结果", move=IN_FORCE >> APPRAISED, by=(DRAFTER,), input=inputs.Appraisal,
            effect=effects.appraise, signed=True, not_by=("sign",),
            why_not_by="考核结果不能由签订责任书的被考核人登记", notify=(RECEIVING,),
        ),
        Step(
            name="revise", label="修订", move=IN_FORCE >> DRAFTED, by=(DRAFTER,), input=inputs.Revising,
            effect=effects.revise, signed=True, concerns=(gates.is_ours,),
            gates=(gates.targets_readable, gates.new_targets_fit), due=TO_ISSUE, notify=(RECEIVING,), tone="warning",
            hint="修订后为新的一版，须由双方重新签订；原版保留",
        ),
        Step(
            name="cancel_revision", label="撤销修订", move=UNSIGNED >> IN_FORCE, by=(DRAFTER,), input=inputs.Reason,
            effect=effects.cancel_revision, signed=True, concerns=(gates.is_revision,), gates=(gates.former_targets_fit,),
            due=effects.due_for_appraisal, notify=(RECEIVING,), tone="quiet",
        ),
    ),
    acts=(
        Act(
            name="rewrite", label="修改", states=frozenset({DRAFTED}), by=(DRAFTER,), input=inputs.Rewriting,
            effect=effects.rewrite, signed=True,
            gates=(gates.targets_readable, gates.conference_still_told, gates.conference_is_known, gates.new_targets_fit),
        ),
        Act(
            name="reseat", label="重新认定签订人", states=UNSIGNED.members, by=(DRAFTER,), input=inputs.Reason,
            effect=placing.reseat, needs=(gates.heads_have_changed,), signed=True, due=kept, notify=(RECEIVING,),
            hint="单位主要负责人岗位有变动的，按现在登记的岗位重新认定",
        ),
        Act(
            name="restate", label="更正上级目标", states=frozenset({IN_FORCE}), by=(DRAFTER,), input=inputs.Restating,
            effect=effects.restate, signed=True, concerns=(gates.is_superiors,),
            gates=(gates.targets_readable, gates.new_targets_fit), hint="凭上级调整目标的文件办理",
        ),
        Act(
            name="alarm", label="控制指标预警", states=frozenset({IN_FORCE}), by=(SYSTEM,), input=inputs.Alarm,
            effect=effects.alarm, gates=(gates.not_alarmed_yet,), shown=False,
        ),
    ),
    ways_out=(
        WayOut(
            name="withdraw", label="撤回", move=UNSIGNED >> LetterState.WITHDRAWN, by=(DRAFTER,), input=inputs.Reason,
            effect=effects.withdraw, signed=True, concerns=(gates.is_first_edition,), notify=(RECEIVING,),
        ),
        WayOut(
            name="terminate", label="终止", move=States(frozenset({IN_FORCE})) >> LetterState.TERMINATED, by=(DRAFTER,),
            input=inputs.Reason, effect=effects.terminate, signed=True, notify=(RECEIVING,),
            hint="单位撤并、企业关闭等使责任书无法继续履行的，写明理由后终止",
        ),
    ),
    unbound={"search": "worked out from the names of both sides and the year"},
    timers=(Timer(name="escalate", label="逾期升级", states=UNSIGNED.members, ladder="letter.escalation"),),
)  # fmt: skip
