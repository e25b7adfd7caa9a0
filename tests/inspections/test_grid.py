"""State × deed × person: who may do what is written here by hand; what is not written is tried through the engine and refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bihuan.capabilities.inspections import inputs
from bihuan.capabilities.inspections.loop import INSPECTION
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.states import InspectionState
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.loops.permits import standing_failures
from tests.inspections.steps import approved, arranged, clean, do, on_site, ordered
from tests.world import World

PREPARED, ON_SITE, RECTIFYING, CLOSED = "prepared", "on_site", "rectifying", "closed"
TEAM = {"officer", "regulator"}
UNIT = TEAM | {"regulator_two"}
APPROVERS = {"regulator", "regulator_two", "office", "office_two"}
TARGET = {"principal", "safety", "safety_two"}

TRUTH: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "arrive": ((PREPARED,), TEAM),
    "finish": ((ON_SITE,), TEAM),
    "recheck": ((RECTIFYING,), UNIT),
    "approve_scheme": ((PREPARED,), APPROVERS),
    "give_notice": ((PREPARED,), UNIT),
    "change_team": ((PREPARED, ON_SITE), UNIT),
    "only_supervise": ((PREPARED, ON_SITE), UNIT),
    "use_checklist": ((PREPARED, ON_SITE), UNIT),
    "tick": ((ON_SITE,), TEAM),
    "find": ((ON_SITE,), TEAM),
    "pass_rest": ((ON_SITE,), TEAM),
    "drop_finding": ((ON_SITE,), TEAM),
    "transfer_out": ((ON_SITE, RECTIFYING, CLOSED), UNIT),
    "ask_extension": ((RECTIFYING,), UNIT | TARGET),
    "grant_extension": ((RECTIFYING,), APPROVERS),
    "refuse_extension": ((RECTIFYING,), APPROVERS),
    "propose_case": ((RECTIFYING, CLOSED), UNIT),
    "cancel": ((PREPARED,), UNIT),
}
"""For each deed: in which states, and by whom, on an enforcement inspection of the eastern factory by the bureau."""

MAKERS: dict[str, Callable[[World], Inspection]] = {
    PREPARED: arranged,
    ON_SITE: on_site,
    RECTIFYING: ordered,
    CLOSED: clean,
    "cancelled": lambda world: do(world, arranged(world), "cancel", inputs.Reason(reason="对象停产")),
}
OF_STANDING = {"loop.wrong_state", "loop.not_your_step"}


def test_every_deed_and_state_is_in_the_truth() -> None:
    assert set(TRUTH) == {deed.name for deed in INSPECTION.deeds}
    assert set(MAKERS) == {state.value for state in InspectionState}


@pytest.mark.parametrize("state", sorted(MAKERS))
def test_each_cell_is_as_written(world: World, state: str) -> None:
    one = MAKERS[state](world)
    assert one.state == state
    for name in world.users:
        for deed, (states, by) in TRUTH.items():
            allowed = state in states and name in by
            assert _stands(one, deed, world.actor(name)) == allowed, (state, deed, name)
            if not allowed:
                with pytest.raises((Absent, Refused)):
                    engine.perform("inspection", deed, one.no, Nothing(), actor=world.actor(name))
    assert Inspection.objects.get(pk=one.pk).entry_count == one.entry_count


def _stands(one: Inspection, deed: str, actor: Any) -> bool:
    failures = standing_failures(INSPECTION, INSPECTION.deed(deed), one, actor)
    return not OF_STANDING & {failure.code for failure in failures}


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("officer", True), ("regulator", True), ("regulator_two", True), ("clerk_east", True), ("office", True),
        ("clerk_west", False), ("builder", False), ("safety", False), ("principal", False), ("grid", False),
        ("expert", False), ("leader", False), ("auditor", False),
    ],
)  # fmt: skip
def test_who_may_arrange(world: World, name: str, may: bool) -> None:
    own = world.users[name].person.name
    if may:
        assert arranged(world, name, nature="supervision", officers=own).officers == [
            world.users[name].person_id
        ]
        return
    with pytest.raises(Refused) as refused:
        arranged(world, name, nature="supervision", officers=own)
    codes = {one.code for one in refused.value.failures}
    assert codes & {"loop.not_your_step", "inspection.object_unknown"}


def test_the_scheme_may_be_approved_once_only(world: World) -> None:
    one = approved(world)
    with pytest.raises(Refused) as refused:
        do(world, one, "approve_scheme", inputs.Approval(), "office")
    assert refused.value.failures[0].code == "inspection.approved_before"
