"""What ran out twice asks for several units (M143): told by each room, owed by the head, met by sharing out or a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bihuan.capabilities.enforcement import linkage
from bihuan.capabilities.enforcement.inputs import executing
from bihuan.capabilities.enforcement.loop import CASE
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.pages import tags
from bihuan.capabilities.hazards.inputs import Recheck
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.duties import owed_of
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.policies import values as policies
from bihuan.kernel.record.reading import entries_of
from tests.enforcement import crackdown_steps, steps
from tests.hazards.steps import rectifying
from tests.inspections.steps import equip, ordered
from tests.inspections.steps import recheck as rechecked
from tests.world import build_world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(build_world())


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def ran_out(cast: steps.Cast, hazard: Hazard, times: int, removed: bool = False) -> Hazard:
    """The day passes, and the recheck finds it still there (or gone); so many times."""
    for _ in range(times):
        hazard.refresh_from_db()
        assert hazard.deadline is not None
        with clock.frozen(at(hazard.deadline + DAY)):
            said = Recheck(
                checked_on=clock.today(), removed=removed, finding="仍有杂物",
                rectify_by=None if removed else clock.today() + timedelta(days=5),
            )  # fmt: skip
            engine.perform("hazard", "recheck", hazard.no, said, actor=cast.actor("regulator"))
    hazard.refresh_from_db()
    return hazard


def owed(case: Case) -> dict[str, date]:
    case.refresh_from_db()
    return {one.duty.name: one.due for one in owed_of(CASE, case) if one.duty.name == linkage.DUTY}


def after_last(hazard: Hazard) -> datetime:
    return entries_of(hazard.uid)[-1].recorded_at + timedelta(hours=1)


@pytest.mark.parametrize(("times", "linked"), [(0, False), (1, False), (2, True)])
def test_a_case_of_what_ran_out_twice_owes_the_sharing_out(
    cast: steps.Cast, times: int, linked: bool
) -> None:
    hazard = ran_out(cast, rectifying(cast.world), times)
    with clock.frozen(after_last(hazard)):
        case = steps.investigating(cast, origin=hazard.no, source="hazard")
        assert bool(owed(case)) is linked
        assert ("待联合办理" in tags(case)) is linked
        if linked:
            (one,) = (each for each in owed_of(CASE, case) if each.duty.name == linkage.DUTY)
            assert f"隐患 {hazard.no} 整改期限 2 次届满仍未消除" in one.rule


def test_what_was_put_right_at_the_second_look_did_not_run_out_twice(cast: steps.Cast) -> None:
    hazard = ran_out(cast, ran_out(cast, rectifying(cast.world), 1), 1, removed=True)
    assert linkage.overdue_twice(hazard.no) == ""
    assert linkage.overdue_twice("370403-H2026-999999") == ""


def test_a_running_case_is_told_when_its_hazard_runs_out_again_and_once(cast: steps.Cast) -> None:
    hazard = ran_out(cast, rectifying(cast.world), 1)
    with clock.frozen(after_last(hazard)):
        case = steps.investigating(cast, origin=hazard.no, source="hazard")
        assert not owed(case)
    ran_out(cast, hazard, 2)
    assert owed(case)
    assert [entry.verb for entry in entries_of(case.uid)].count("note_overdue") == 1


def linked(cast: steps.Cast) -> Case:
    case = steps.investigating(cast)
    said = executing.Overdue(words="检查 370403-I2026-000001 责令整改的期限 2 次届满仍未整改到位")
    engine.perform("case", "note_overdue", case.no, said, actor=linkage.NOTING)
    assert owed(case)
    return case


def test_sharing_out_meets_it_and_says_between_whom(cast: steps.Cast) -> None:
    case = linked(cast)
    for unit, kind in (
        (cast.world.builders, "部门联动"), (cast.world.east_government, "部门镇街联动"),
    ):  # fmt: skip
        part = executing.Part(agency=unit.pk, work="核查", due_on=clock.today())
        case = steps.do(cast, case, "invite", part, "regulator")
        assert f"联合办案 {kind}" in tags(case)
    assert not owed(case)
    assert linkage.kind_of([{"town": True}]) == "镇街联动"


def test_the_head_declines_with_a_reason_and_nobody_else_or_without_need(cast: steps.Cast) -> None:
    case = linked(cast)
    given = executing.NoLinkage(reason="只涉及本机关职责")
    with pytest.raises(Refused):
        steps.do(cast, case, "decline_linkage", given, "officer")
    case = steps.do(cast, case, "decline_linkage", given, "regulator")
    assert not owed(case)
    entry = entries_of(case.uid)[-1]
    assert (entry.payload["reason"], bool(entry.signature)) == ("只涉及本机关职责", True)
    with pytest.raises(Refused) as refused:
        steps.do(cast, case, "decline_linkage", given, "regulator")
    assert [each.code for each in refused.value.failures] == ["case.no_linkage_owed"]


def test_what_is_not_shared_out_in_time_climbs(cast: steps.Cast) -> None:
    case = linked(cast)
    due = owed(case)[linkage.DUTY]
    assert due > clock.today()
    with clock.frozen(at(due + timedelta(days=30))):
        assert climb_all() > 0
    assert any(
        entry.verb == "escalate" and entry.payload.get("duty") == "联合办案分工"
        for entry in entries_of(case.uid)
    )


def test_an_order_not_met_twice_is_told_of_the_inspection(cast: steps.Cast) -> None:
    world = equip(cast.world)
    one = ordered(world, days=3)
    for _ in range(2):
        one.refresh_from_db()
        assert one.deadline is not None
        with clock.frozen(at(one.deadline + DAY)):
            given = rechecked(one, "未整改", next_due=clock.today() + timedelta(days=5))
            engine.perform("inspection", "recheck", one.no, given, actor=world.actor("officer"))
    assert linkage.overdue_twice(one.no) == f"检查 {one.no} 责令整改的期限 2 次届满仍未整改到位"


def test_a_site_late_twice_is_told_and_each_day_counts_once(cast: steps.Cast) -> None:
    item = crackdown_steps.found(cast.world)
    assert item.deadline is not None
    with clock.frozen(at(item.deadline + timedelta(days=40))):
        climb_all()
        assert linkage.overdue_twice(item.no) == "", "one day, however many rungs were climbed"
        item = crackdown_steps.struck(cast.world, item)
    assert item.deadline is not None
    with clock.frozen(at(item.deadline + timedelta(days=40))):
        climb_all()
        assert linkage.overdue_twice(item.no) == f"打非治违台账 {item.no} 处置期限 2 次逾期"
