"""五落实 of what a ledger brings as 整改中: asked for before it is rectified here (M087)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from tests.hazards.steps import acceptance, fresh, rectification, rectifying
from tests.world import World

LACKING = ("measures", "funds_planned", "contingency_plan")


def brought(world: World, **changes: Any) -> Hazard:
    """A row that names only who and until when."""
    found = clock.today() - timedelta(days=3)
    given = inputs.Claim(
        **{
            "state": HazardState.RECTIFYING, "description": "配电箱未接地", "source": "routine", "grade": "general",
            "found_on": found, "responsible_person": "钱厂长", "rectify_by": found + timedelta(days=20), **changes,
        }
    )  # fmt: skip
    importer = Actor.system("import")
    outcome = engine.open_matter(
        "hazard", "claim_from_ledger", given, actor=importer, object=world.factory, agency=world.bureau
    )
    return Hazard.objects.get(uid=outcome.uid)


def missing(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.field for one in refused.value.failures if one.code == "hazard.elements_incomplete"}


def completed(world: World, hazard: Hazard, by: str = "regulator", **changes: Any) -> Hazard:
    given = {"measures": "更换配电箱", "funds_planned": 0, "contingency_plan": "断电挂牌", **changes}
    engine.perform(
        "hazard", "complete_elements", hazard.no, inputs.LackingElements(**given), actor=world.actor(by)
    )
    return fresh(hazard)


def test_nobody_reports_as_rectified_what_was_never_properly_ordered(world: World) -> None:
    hazard = brought(world)
    with pytest.raises(Refused) as refused:
        engine.perform(
            "hazard",
            "submit_rectification",
            hazard.no,
            rectification(world, hazard),
            actor=world.actor("safety"),
        )
    said = [one.message for one in refused.value.failures if one.code == "hazard.elements_incomplete"]
    assert [words[5:7] for words in said] == ["措施", "资金", "预案"]
    assert fresh(hazard).state == HazardState.RECTIFYING


def test_the_supervisor_completes_them_and_the_loop_goes_on(world: World) -> None:
    hazard = completed(world, brought(world))
    assert (hazard.measures, hazard.funds_planned_fen, hazard.contingency_plan) == (
        "更换配电箱",
        0,
        "断电挂牌",
    )
    assert hazard.responsible_person == "钱厂长", "what the ledger said stays where nothing else is given"
    assert hazard.deadline == hazard.rectify_by
    engine.perform(
        "hazard", "submit_rectification", hazard.no, rectification(world, hazard), actor=world.actor("safety")
    )
    engine.perform("hazard", "accept", hazard.no, acceptance(), actor=world.actor("regulator"))
    assert fresh(hazard).state == HazardState.CLOSED
    assert "complete_elements" in [entry.verb for entry in entries_of(hazard.uid)]


@pytest.mark.parametrize("left_out", LACKING)
def test_each_that_lacks_is_asked_for(world: World, left_out: str) -> None:
    hazard = brought(world)
    with pytest.raises(Refused) as refused:
        completed(world, hazard, **{left_out: None if left_out == "funds_planned" else ""})
    assert missing(refused) == {left_out}


def test_a_day_gone_by_is_set_anew(world: World) -> None:
    """The ledger's day stays unless another is given, and a new one lies ahead."""
    hazard = brought(world, rectify_by=None)
    with pytest.raises(Refused) as refused:
        completed(world, hazard)
    assert missing(refused) == {"rectify_by"}
    with pytest.raises(Refused) as refused:
        completed(world, hazard, rectify_by=clock.today() - timedelta(days=1))
    assert [one.code for one in refused.value.failures] == ["hazard.due_in_past"]
    day: date = clock.today() + timedelta(days=6)
    assert completed(world, hazard, rectify_by=day).deadline == day


def test_there_is_nothing_to_complete_where_all_five_are_there(world: World) -> None:
    hazard = rectifying(world)
    with pytest.raises(Refused) as refused:
        completed(world, hazard)
    assert "hazard.elements_here" in {one.code for one in refused.value.failures}


def test_the_enterprise_does_not_write_its_own_orders(world: World) -> None:
    with pytest.raises(Refused) as refused:
        completed(world, brought(world), by="safety")
    assert "loop.not_your_step" in {one.code for one in refused.value.failures}
