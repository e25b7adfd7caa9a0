"""Sets that say what they lack (M043), and programmes whose open work is counted (M037)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bihuan.capabilities.dispatch import inputs as task_inputs
from bihuan.capabilities.dispatch.campaigns import sets
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from tests.dispatch import campaign_steps as steps
from tests.dispatch import steps as task_steps
from tests.dispatch.test_tasks import codes
from tests.world import World


def at(day: date) -> Any:
    return clock.frozen(datetime(day.year, day.month, day.day, 9, tzinfo=clock.SHANGHAI))


def holder(world: World, **changes: Any) -> Campaign:
    given = {"name": "系列", "nature": "set", "set_rule": "monthly", "members_due": 12}
    return steps.under_way(world, **{**given, **changes})


def test_a_month_without_its_topic_is_told(world: World) -> None:
    with at(date(2026, 3, 10)):
        days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 5, 31)}
        one = holder(world, **days)
        for month in (1, 3):
            steps.under_way(
                world, name=f"{month}月主题", parent=one.no, first_day=date(2026, month, 5), last_day=days["last_day"]
            )  # fmt: skip
        assert sets.missing(one) == [
            "2026年2月没有专题",
            "2026年4月还没有安排专题",
            "2026年5月还没有安排专题",
        ]


def test_ten_have_ten_leads(world: World) -> None:
    one = holder(world, set_rule="leads", members_due=3)
    steps.under_way(world, name="危化品", parent=one.no, lead=world.bureau.pk)
    steps.under_way(world, name="烟花爆竹", parent=one.no, lead=world.bureau.pk)
    steps.drafted(world, name="建设施工", parent=one.no, lead=None)
    told = sets.missing(one)
    assert "“建设施工”没有牵头单位" in told
    assert "“危化品”“烟花爆竹”同由区应急管理局牵头，应各有一个牵头单位".replace("”“", "”、“") in told
    four = holder(world, name="另一系列", set_rule="leads", members_due=10)
    assert sets.missing(four) == ["应有 10 项，现有 0 项，缺 10 项"]


def test_a_street_short_of_its_deliverables_is_told(world: World) -> None:
    one = holder(world, name="七个一", set_rule="deliverables", members_due=1)
    assert len(sets.missing(one)) == 2
    lead = {"lead": world.east_government.pk, "supporting": (), "campaign": "七个一"}
    begun = task_steps.dispatched(world, **lead)
    receipt = task_inputs.Receipt(responsible_person="站长", measures="逐项落实")
    task = task_steps.taken(world, begun, "receive", receipt, "clerk_east")
    task = task_steps.taken(world, task, "complete", task_steps.completion(), "clerk_east")
    assert len(sets.missing(one)) == 2, "what nobody accepted is not delivered"
    task_steps.taken(world, task, "accept", task_steps.acceptance(), "office")
    [left] = sets.missing(one)
    assert left == f"{world.west_government.name}应完成 1 项，已验收 0 项，缺 1 项"


def test_a_complete_set_lacks_nothing(world: World) -> None:
    one = holder(world, set_rule="leads", members_due=1)
    steps.under_way(world, name="危化品", parent=one.no)
    assert sets.missing(one) == []


def test_what_was_withdrawn_belongs_no_more(world: World) -> None:
    one = holder(world, set_rule="leads", members_due=1)
    member = steps.under_way(world, name="危化品", parent=one.no)
    steps.taken(world, member, "withdraw", steps.inputs.Reason(reason="并入"), "office")
    assert sets.missing(one) == ["应有 1 项，现有 0 项，缺 1 项"]


def test_nothing_joins_what_holds_nothing(world: World) -> None:
    plain = steps.under_way(world)
    with pytest.raises(Refused) as refused:
        steps.drafted(world, name="子项", parent=plain.no)
    assert codes(refused) == {"campaign.parent_unknown"}


def test_a_programme_counts_what_is_open_in_each_problem_and_one_is_supervised(
    world: World, sign_in: Any
) -> None:
    programme = steps.under_way(world, name="突出疑难问题整治", nature="programme")
    problem = steps.under_way(
        world, name="老旧小区消防通道堵塞", nature="problem", parent=programme.no, superior="", duties_served="", development=""
    )  # fmt: skip
    task_steps.closed(world, campaign=problem.name)
    left = task_steps.received(world, campaign=problem.name)
    given = task_inputs.Supervision(due_on=clock.today() + timedelta(days=5), demand="限期打通")
    task_steps.taken(world, left, "supervise", given, "leader")
    page = sign_in("office").get(f"/campaigns/{programme.no}/").content.decode()
    assert "问题组（1 项，未办结任务 1 项）" in page
    assert "任务 2 项，未办结 1 项，逾期 0 项" in page


def test_a_draft_shows_under_its_set_only_to_those_who_may_read_it(world: World, sign_in: Any) -> None:
    one = steps.under_way(world, name="专项系列", nature="set", set_rule="leads", members_due=2)
    steps.drafted(world, name="还没有批准的一项", parent=one.no, members=())
    for who, seen in (("office", True), ("regulator", True), ("clerk_west", False)):
        page = sign_in(who).get(f"/campaigns/{one.no}/").content.decode()
        assert ("还没有批准的一项" in page) is seen
