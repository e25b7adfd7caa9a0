"""Meetings and visits left in each state, every one through the engine by a person who may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.dispatch.meetings import inputs, visit_inputs
from bihuan.capabilities.dispatch.meetings.models import Meeting, Visit
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.people.models import Post
from tests.world import World


def leader_post(world: World) -> int:
    return world.actor("leader").scopes[0].post_id


def another_leader(world: World, title: str = "区长") -> int:
    """A second leading post, without a holder."""
    return Post.objects.create(
        title=title, role="leader", region=world.district, region_path=world.district.path
    ).pk


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def planning(world: World, **changes: Any) -> inputs.Planning:
    values: dict[str, Any] = {
        "title": "区安委会第三次全体会议",
        "body": "committee",
        "kind": "plenary",
        "held_on": in_days(3),
        "place": "区政府三楼会议室",
        "chair_post": leader_post(world),
        "agenda": "通报上半年情况\n部署汛期安全防范",
        "invited": (world.bureau.pk, world.builders.pk, world.east_government.pk),
    }
    return inputs.Planning(**{**values, **changes})


def recording(world: World, **changes: Any) -> inputs.Recording:
    planned = planning(world, held_on=clock.today())
    values = {name: getattr(planned, name) for name in planned.__dataclass_fields__}
    return inputs.Recording(**{**values, **changes})


def planned(world: World, by: str = "office", **changes: Any) -> Meeting:
    outcome = engine.open_matter("meeting", "plan", planning(world, **changes), actor=world.actor(by))
    return Meeting.objects.get(uid=outcome.uid)


def recorded(world: World, by: str = "office", **changes: Any) -> Meeting:
    outcome = engine.open_matter("meeting", "record", recording(world, **changes), actor=world.actor(by))
    return Meeting.objects.get(uid=outcome.uid)


def done(world: World, meeting: Meeting, deed: str, given: Any, by: str = "office") -> Meeting:
    engine.perform("meeting", deed, meeting.no, given, actor=world.actor(by), version=meeting.version)
    return Meeting.objects.get(uid=meeting.uid)


def minuted(world: World, **changes: Any) -> Meeting:
    given = inputs.Minutes(
        minuted_on=clock.today(), minutes="会议议定以下事项。", document_no="区安委会会议纪要〔2026〕1号"
    )
    return done(world, recorded(world, **changes), "issue_minutes", given)


def visiting(world: World, **changes: Any) -> visit_inputs.Visiting:
    values: dict[str, Any] = {
        "leader_post": leader_post(world),
        "kind": "led_inspection",
        "visited_on": clock.today(),
        "objects": world.factory.name,
        "companions": "区应急管理局主要负责人",
        "situation": "查看二车间，要求立即清理通道",
    }
    return visit_inputs.Visiting(**{**values, **changes})


def visited(world: World, by: str = "office", **changes: Any) -> Visit:
    outcome = engine.open_matter("visit", "record", visiting(world, **changes), actor=world.actor(by))
    return Visit.objects.get(uid=outcome.uid)


def followed(world: World, visit: Visit, deed: str, given: Any, by: str = "office") -> Visit:
    engine.perform("visit", deed, visit.no, given, actor=world.actor(by), version=visit.version)
    return Visit.objects.get(uid=visit.uid)
