"""The loop of a campaign (M041, M042): 拟定 → 实施 → 总结 → 结束."""

from __future__ import annotations

from bihuan.capabilities.dispatch.campaigns import effects, gates, inputs
from bihuan.capabilities.dispatch.campaigns.hands import COORDINATOR, LEAD, MEMBER
from bihuan.capabilities.dispatch.campaigns.states import CampaignState
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, Timer, WayOut

DRAFTED, UNDER_WAY, SUMMING_UP, ENDED = (
    CampaignState.DRAFTED,
    CampaignState.UNDER_WAY,
    CampaignState.SUMMING_UP,
    CampaignState.ENDED,
)
AT_WORK = frozenset({UNDER_WAY, SUMMING_UP})
PLANNED = (
    gates.units_exist, gates.days_in_order, gates.name_is_free, gates.parent_holds, gates.set_says_how_many,
    gates.filing_is_told,
)  # fmt: skip


CAMPAIGN = Loop(
    name="campaign",
    label="专项行动",
    letter="X",
    model="campaigns.Campaign",
    plural="campaigns",
    states=CampaignState,
    basis="《安全生产法》第九条、第六十二条",
    track=(DRAFTED, UNDER_WAY, SUMMING_UP, ENDED),
    done=frozenset({ENDED}),
    openings=(
        Opening(
            name="draft", label="拟定方案", to=DRAFTED, by=(COORDINATOR, LEAD), input=inputs.Plan,
            prepare=effects.place, effect=effects.draft, gates=PLANNED,
            hint="方案可以先存着再补；与上级部署、两个主体责任、安全发展相结合，有牵头单位和期限，才能批准实施",
        ),
    ),
    steps=(
        Step(
            name="approve", label="批准实施", move=DRAFTED >> UNDER_WAY, by=(COORDINATOR,), input=inputs.Approval,
            effect=effects.approve, signed=True, needs=(gates.plan_complete,), not_by=("draft", "revise"),
            why_not_by="方案由拟定人以外的人审查", due=effects.until_its_end, notify=(MEMBER,),
            basis="三个结合：上级部署、两个主体责任、安全发展",
        ),
        Step(
            name="sum_up", label="转入总结", move=UNDER_WAY >> SUMMING_UP, by=(LEAD, COORDINATOR),
            input=inputs.Opinion, effect=effects.sum_up, signed=True, needs=(gates.begun,),
            due=effects.until_its_end, notify=(COORDINATOR,),
        ),
        Step(
            name="end", label="总结并结束", move=SUMMING_UP >> ENDED, by=(LEAD, COORDINATOR), input=inputs.Ending,
            effect=effects.end, signed=True, notify=(MEMBER,), tone="success",
        ),
        Step(
            name="resume", label="继续实施", move=SUMMING_UP >> UNDER_WAY, by=(COORDINATOR,), input=inputs.NewEnd,
            effect=effects.resume, signed=True, gates=(gates.later_end,), due=effects.until_its_end, notify=(MEMBER,),
            tone="warning",
        ),
    ),
    acts=(
        Act(
            name="revise", label="修改方案", states=frozenset({DRAFTED}), by=(COORDINATOR, LEAD), input=inputs.Plan,
            effect=effects.revise, gates=PLANNED,
        ),
        Act(
            name="enlist", label="列入检查对象", states=frozenset({UNDER_WAY}), by=(LEAD, COORDINATOR),
            input=inputs.Enlisting, concerns=(gates.may_reach,), effect=effects.enlist,
        ),
        Act(
            name="log_checks", label="登记检查", states=AT_WORK, by=(MEMBER, COORDINATOR), input=inputs.Checks,
            concerns=(gates.may_reach,), gates=(gates.checked_in_time_order,), effect=effects.log_checks, signed=True,
            hint="发现了隐患的单位由隐患自动记为已检查，这里登记没有发现隐患的", basis="覆盖率＝已检查÷已列入",
        ),
        Act(
            name="report", label="报送情况", states=AT_WORK, by=(MEMBER,), input=inputs.Report,
            concerns=(gates.asks_for_reports,), effect=effects.report, signed=True,
        ),
        Act(
            name="note_in_place", label="登记到位情况", states=AT_WORK, by=(LEAD, COORDINATOR), input=inputs.InPlaceNote,
            effect=effects.note_in_place, gates=(gates.evidence_is_here,), signed=True, basis="四个到位：责任、督查、查处、宣传",
        ),
        Act(
            name="extend", label="调整期限", states=frozenset({UNDER_WAY}), by=(COORDINATOR,), input=inputs.NewEnd,
            gates=(gates.later_end,), effect=effects.extend, signed=True, due=effects.until_its_end, notify=(MEMBER,),
        ),
        Act(
            name="rename", label="更名", states=AT_WORK, by=(COORDINATOR,), input=inputs.Renaming,
            gates=(gates.name_is_free,), effect=effects.rename, signed=True, notify=(MEMBER,),
        ),
        Act(
            name="adopt", label="归并台账名称", states=AT_WORK | {ENDED}, by=(COORDINATOR,), input=inputs.Adoption,
            gates=(gates.name_is_free,), effect=effects.adopt, signed=True,
            hint="台账里的另一种叫法，归并后计入本专项行动",
        ),
    ),
    ways_out=(
        WayOut(
            name="withdraw", label="撤销", move=(DRAFTED | UNDER_WAY) >> CampaignState.WITHDRAWN, by=(COORDINATOR,),
            input=inputs.Reason, effect=effects.withdraw, signed=True, notify=(MEMBER,),
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=AT_WORK, ladder="task.escalation"),),
    unbound={"search": "the words of the bound columns, cut into pairs to be found by"},
)  # fmt: skip
