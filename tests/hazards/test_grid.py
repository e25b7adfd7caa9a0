"""State × deed × person: who may do what is written here by hand, and every cell is tried through the engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.permits import standing_failures
from tests.hazards.steps import (
    acceptance,
    awaiting,
    closed,
    elements,
    fresh,
    rectification,
    rectifying,
    reported,
)
from tests.world import World

REPORTED, RECTIFYING, AWAITING, CLOSED = "reported", "rectifying", "awaiting_acceptance", "closed"
OPEN = (REPORTED, RECTIFYING, AWAITING)
OFFICE = {"office", "office_two"}
DISTRICT = OFFICE | {"leader"}
SUPERVISORS = OFFICE | {"regulator", "regulator_two", "officer", "clerk_east"}
ENTERPRISE = {"principal", "safety", "safety_two"}

TRUTH: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "assign": ((REPORTED,), SUPERVISORS),
    "submit_rectification": ((RECTIFYING,), SUPERVISORS | ENTERPRISE),
    "accept": ((AWAITING,), SUPERVISORS),
    "send_back": ((AWAITING,), SUPERVISORS),
    "reopen": ((CLOSED,), SUPERVISORS),
    "complete_elements": ((RECTIFYING,), SUPERVISORS),
    "tell_means": ((RECTIFYING,), ENTERPRISE),
    "request_extension": ((RECTIFYING,), SUPERVISORS | ENTERPRISE),
    "grant_extension": ((RECTIFYING,), SUPERVISORS),
    "refuse_extension": ((RECTIFYING,), SUPERVISORS),
    "recheck": ((RECTIFYING,), SUPERVISORS),
    "decide_failures": (OPEN, SUPERVISORS),
    "regrade": (OPEN, SUPERVISORS),
    "list_supervision": ((RECTIFYING, AWAITING), DISTRICT),
    "delist": ((RECTIFYING, AWAITING), DISTRICT),
    "report_to_regulator": (OPEN, SUPERVISORS | ENTERPRISE),
    "report_to_workers": (OPEN, SUPERVISORS | ENTERPRISE),
    "remind": (OPEN, SUPERVISORS | DISTRICT),
    "correct": (tuple(state.value for state in HazardState), SUPERVISORS),
    "spot_check": ((CLOSED,), SUPERVISORS),
    "follow_up": ((CLOSED,), SUPERVISORS),
    "refer": ((REPORTED, RECTIFYING), SUPERVISORS),
    "merge": (OPEN, SUPERVISORS),
    "void": ((*OPEN, CLOSED), OFFICE),
}
"""For each deed: in which states, and by whom, on a general hazard of the eastern factory found in a routine visit."""

MAKERS: dict[str, Callable[[World], Hazard]] = {
    REPORTED: reported,
    RECTIFYING: rectifying,
    AWAITING: awaiting,
    CLOSED: closed,
}
ENDED = {"referred": "refer", "merged": "merge", "voided": "void"}


def _in_state(world: World, state: str) -> Hazard:
    """A hazard that came into the state by its deeds."""
    if state in MAKERS:
        return MAKERS[state](world)
    hazard = reported(world)
    way_out = ENDED[state]
    engine.perform(
        "hazard", way_out, hazard.no, _given(world, hazard, way_out, "office"), actor=world.actor("office")
    )
    return fresh(hazard)


def _given(world: World, hazard: Hazard, deed: str, name: str) -> Any:
    """What a person would fill in, right in itself, so that only state and hand decide."""
    today, later = clock.today(), clock.today() + timedelta(days=8)
    why = "现场核实后办理"
    if deed == "submit_rectification":
        return rectification(world, hazard, name)
    if deed == "merge":
        return inputs.MergeInto(into=reported(world).no, reason=why)
    if deed == "list_supervision":
        post = world.users["leader"].person.tenures.get().post_id
        return inputs.ListingTerms(level="district", lead=world.bureau.pk, leader_post=post, due_on=later)
    made: dict[str, Any] = {
        "assign": elements(),
        "accept": acceptance(),
        "send_back": inputs.SendingBack(reason=why, rectify_by=later),
        "reopen": inputs.Reopening(reason=why, rectify_by=later),
        "complete_elements": inputs.LackingElements(measures="划线管理"),
        "tell_means": inputs.Means(funds_planned=0, contingency_plan="专人看守"),
        "request_extension": inputs.ExtensionRequest(
            until=later + timedelta(days=9), reason=why, interim_measures=why
        ),
        "grant_extension": inputs.Opinion(opinion=why),
        "refuse_extension": inputs.Opinion(opinion=why),
        "recheck": inputs.Recheck(checked_on=today, finding=why, rectify_by=later),
        "decide_failures": inputs.FailureDecision(
            decision=_first_choice(inputs.FailureDecision), opinion=why
        ),
        "regrade": inputs.Regrading(grade="general", reason=why),
        "delist": inputs.Delisting(opinion=why),
        "report_to_regulator": inputs.DoubleReport(reported_on=today, content=why),
        "report_to_workers": inputs.DoubleReport(reported_on=today, content=why),
        "remind": inputs.Reminder(),
        "correct": inputs.Correction(place="二车间南侧", reason=why),
        "spot_check": inputs.SpotCheckResult(checked_on=today, passed=True, finding=why),
        "follow_up": inputs.FollowUp(visited_on=today, stays=True, finding=why),
        "refer": inputs.Referral(to=world.builders.pk, reason=why),
        "void": inputs.Reason(reason=why),
    }
    return made[deed]


def _first_choice(input_type: type) -> str:
    from bihuan.kernel.loops.inputs import fields_of

    return next(field.choices[0][0] for field in fields_of(input_type) if field.name == "decision")


class _Undone(Exception):
    """Takes the try back, so that the next person meets the same hazard."""


def _refusal(world: World, hazard: Hazard, deed: str, name: str) -> set[str]:
    """The codes with which the engine refuses the deed of this person; none when it is done."""
    codes: set[str] = set()
    try:
        with transaction.atomic():
            given = _given(world, hazard, deed, name)
            try:
                engine.perform("hazard", deed, hazard.no, given, actor=world.actor(name), key=str(uuid4()))
            except Refused as refused:
                codes = {failure.code for failure in refused.failures}
            except Absent:
                codes = {"absent"}
            raise _Undone
    except _Undone:
        return codes


def test_the_truth_names_every_deed_that_people_see() -> None:
    assert set(TRUTH) == {deed.name for deed in HAZARD.deeds if deed.shown and deed not in HAZARD.openings}


@pytest.mark.parametrize("state", [state.value for state in HazardState])
def test_each_person_may_do_what_is_written_and_nothing_else(world: World, state: str) -> None:
    hazard = _in_state(world, state)
    for deed, (states, people) in TRUTH.items():
        for name in world.users:
            codes = _refusal(world, hazard, deed, name)
            barred = bool(codes & {"loop.wrong_state", "loop.not_your_step", "absent"})
            allowed = state in states and name in people
            assert barred != allowed, (state, deed, name, codes)


def test_importer_is_nobodys_hand_in_the_browser(world: World) -> None:
    hazard = rectifying(world)
    for name in world.users:
        codes = {
            failure.code
            for failure in standing_failures(HAZARD, HAZARD.deed("claim_accepted"), hazard, world.actor(name))
        }
        assert "loop.not_your_step" in codes, name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("office", {"assign", "void", "refer", "merge", "regrade", "remind", "correct"}),
        ("regulator", {"assign", "refer", "merge", "regrade", "remind", "correct"}),
        ("clerk_east", {"assign", "refer", "merge", "regrade", "remind", "correct"}),
        ("leader", {"remind"}),
        ("safety", set()),
        ("clerk_west", set()),
        ("builder", set()),
        ("auditor", set()),
        ("system_admin", set()),
    ],
)
def test_who_may_do_what_with_a_reported_hazard(world: World, name: str, expected: set[str]) -> None:
    """The hand-written truth beside the generated grid: general, reported, in the eastern town."""
    hazard = reported(world)
    allowed = {
        deed.name
        for deed in HAZARD.deeds
        if deed.shown and not standing_failures(HAZARD, deed, hazard, world.actor(name))
    }
    assert allowed == expected
