"""Early warnings (M180): source, level, area, period, target units; who does not acknowledge in time is climbed over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bihuan.capabilities.accidents.models import EarlyWarning
from bihuan.capabilities.accidents.warnings import inputs
from bihuan.capabilities.accidents.warnings.access import visible_warnings
from bihuan.capabilities.accidents.warnings.pages import more_facts
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.models import Escalation
from tests.accidents.monthly_steps import warned as issued
from tests.accidents.steps import at
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]


def do(world: World, warning: EarlyWarning, verb: str, given: Any, by: str) -> EarlyWarning:
    engine.perform("early_warning", verb, warning.no, given, actor=world.actor(by), version=warning.version)
    return EarlyWarning.objects.get(pk=warning.pk)


def codes(refusal: Any) -> list[str]:
    return [failure.code for failure in refusal.value.failures]


def test_who_has_not_acknowledged_stands_first_and_climbs(world: World) -> None:
    warning = issued(world)
    assert warning.deadline == warning.acknowledge_by
    warning = do(world, warning, "acknowledge", Nothing(), "clerk_east")
    assert warning.deadline == warning.acknowledge_by
    told = {
        heading: [fact.label for fact in facts]
        for heading, facts in more_facts(warning, world.actor("office"))
    }
    assert list(told.items()) == [("未签收的单位", ["区应急管理局"]), ("已签收的单位", ["东湖镇人民政府"])]
    with clock.frozen(at("2026-11-22 09:00")):
        climb_all()
        rungs = Escalation.objects.filter(matter=warning.uid, settled_at=None)
        assert [(one.level, one.holder) for one in rungs] == [(1, "office")]
        warning.refresh_from_db()
        warning = do(world, warning, "acknowledge", Nothing(), "regulator")
        assert not Escalation.objects.filter(matter=warning.uid, settled_at=None).exists()
        assert (warning.deadline, warning.waiting) == (warning.last_day, [])


def test_each_unit_acknowledges_once_and_only_its_own(world: World) -> None:
    warning = issued(world)
    warning = do(world, warning, "acknowledge", Nothing(), "regulator")
    assert list(warning.acknowledged) == [str(world.bureau.pk)]
    with pytest.raises(Refused) as refusal:
        do(world, warning, "acknowledge", Nothing(), "regulator_two")
    assert codes(refusal) == ["warning.acknowledged"]
    with pytest.raises((Refused, Absent)):
        do(world, warning, "acknowledge", Nothing(), "clerk_west")


def test_graver_or_longer_is_acknowledged_anew(world: World) -> None:
    warning = do(world, issued(world), "acknowledge", Nothing(), "clerk_east")
    same = inputs.Adjusting(
        level="yellow", last_day=warning.last_day, acknowledge_by=warning.acknowledge_by, reason="未变"
    )
    with pytest.raises(Refused) as refusal:
        do(world, warning, "adjust", same, "office")
    assert codes(refusal) == ["warning.nothing_adjusted"]
    lower = inputs.Adjusting(
        level="blue", last_day=warning.last_day, acknowledge_by=warning.acknowledge_by, reason="减弱"
    )
    warning = do(world, warning, "adjust", lower, "office")
    assert len(warning.acknowledged) == 1
    raised = inputs.Adjusting(
        level="red", last_day=warning.last_day, acknowledge_by=clock.today(), reason="加强"
    )
    warning = do(world, warning, "adjust", raised, "leader")
    assert (warning.acknowledged, warning.level, warning.deadline) == ({}, "red", clock.today())


def test_what_was_done_and_the_end(world: World) -> None:
    warning = issued(world)
    warning = do(world, warning, "report_action", inputs.Acting(words="加固大棚 12 处"), "clerk_east")
    assert warning.deadline == warning.acknowledge_by
    ahead = inputs.Lifting(lifted_on=clock.today() + timedelta(days=1), opinion="雪停")
    with pytest.raises(Refused) as refusal:
        do(world, warning, "lift", ahead, "office")
    assert codes(refusal) == ["warning.in_future"]
    warning = do(
        world, warning, "lift", inputs.Lifting(lifted_on=clock.today(), opinion="雪停，无险情"), "office"
    )
    assert (warning.state, warning.deadline) == ("lifted", None)


def test_days_and_units_are_looked_at(world: World) -> None:
    today = clock.today()
    for changes, code in (
        ({"last_day": today - timedelta(days=1), "acknowledge_by": today - timedelta(days=1)}, "warning.days"),
        ({"acknowledge_by": today + timedelta(days=9)}, "warning.acknowledge_late"),
        ({"acknowledge_by": today - timedelta(days=1)}, "warning.day_gone"),
        ({"units": (999_999,)}, "warning.units"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            issued(world, **changes)
        assert code in codes(refusal)


def test_who_is_warned_sees_it(world: World, sign_in: SignIn) -> None:
    warning = issued(world)
    own = issued(world, by="builder", units=(world.west_government.pk,))
    seen = {
        name for name in ("office", "leader", "regulator", "clerk_east", "clerk_west", "builder", "principal", "grid")
        if visible_warnings(world.actor(name)).filter(pk=warning.pk).exists()
    }  # fmt: skip
    assert seen == {"office", "leader", "regulator", "clerk_east"}
    assert visible_warnings(world.actor("builder")).get() == own
    with pytest.raises(Refused):
        issued(world, by="clerk_east")
    listed = sign_in("clerk_east").get("/warnings/?tab=all").content.decode()
    assert warning.no in listed
    assert own.no not in listed
    page = sign_in("clerk_east").get(f"/warnings/{warning.no}/").content.decode()
    for words in ("黄色预警", "区气象台第7号预警信号", "未签收的单位", "东湖镇"):
        assert words in page
