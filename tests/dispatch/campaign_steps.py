"""Campaigns left in each state, every one through the engine by a person who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.capabilities.dispatch.campaigns import inputs
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from tests.world import World

NAME = "有限空间安全专项整治"


def plan(world: World, **changes: Any) -> inputs.Plan:
    values: dict[str, Any] = {
        "name": NAME,
        "superior": "全市有限空间作业安全专项整治方案",
        "superior_no": "安委办〔2026〕12号",
        "duties_served": "督促企业落实作业审批，部门逐家核查",
        "development": "保障化工园区扩建期间安全",
        "lead": world.bureau.pk,
        "members": (world.east_government.pk, world.west_government.pk),
        "first_day": clock.today() - timedelta(days=10),
        "last_day": clock.today() + timedelta(days=80),
    }
    return inputs.Plan(**{**values, **changes})


def drafted(world: World, by: str = "office_two", **changes: Any) -> Campaign:
    outcome = engine.open_matter("campaign", "draft", plan(world, **changes), actor=world.actor(by))
    return Campaign.objects.get(uid=outcome.uid)


def taken(world: World, campaign: Campaign, step: str, given: Any, by: str) -> Campaign:
    engine.perform("campaign", step, campaign.no, given, actor=world.actor(by), version=campaign.version)
    return Campaign.objects.get(uid=campaign.uid)


def under_way(world: World, by: str = "office", **changes: Any) -> Campaign:
    return taken(world, drafted(world, **changes), "approve", inputs.Approval(opinion="同意"), by)


def summing_up(world: World, by: str = "regulator", **changes: Any) -> Campaign:
    return taken(world, under_way(world, **changes), "sum_up", inputs.Opinion(opinion="整治结束"), by)


def ended(world: World, by: str = "office", **changes: Any) -> Campaign:
    return taken(world, summing_up(world, **changes), "end", inputs.Ending(summary="按方案完成"), by)
