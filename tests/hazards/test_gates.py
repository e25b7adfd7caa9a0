"""What stands between a deed and its effect: days in order, nothing asked twice, nothing that was never asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops import engine
from tests.hazards.steps import acceptance, awaiting, closed, fresh, rectification, rectifying, reported
from tests.world import World

DAY = timedelta(days=1)


def _refused(world: World, deed: str, hazard: Hazard, given: object, by: str = "regulator") -> list[Failure]:
    before = fresh(hazard)
    with pytest.raises(Refused) as refusal:
        engine.perform("hazard", deed, hazard.no, given, actor=world.actor(by), version=before.version)
    now = fresh(hazard)
    assert (now.state, now.version) == (before.state, before.version)
    return list(refusal.value.failures)


def _codes(failures: list[Failure]) -> list[str]:
    return [failure.code for failure in failures]


def _do(world: World, deed: str, hazard: Hazard, given: object, by: str = "regulator") -> Hazard:
    engine.perform("hazard", deed, hazard.no, given, actor=world.actor(by), version=fresh(hazard).version)
    return fresh(hazard)


@pytest.mark.parametrize(
    ("days", "code"),
    [(-4, "accepted_before_found"), (-2, "accepted_before_rectified"), (1, "accepted_in_future")],
)
def test_an_acceptance_stands_between_rectification_and_today(world: World, days: int, code: str) -> None:
    hazard = rectifying(world, found_on=clock.today() - 3 * DAY)
    hazard = _do(
        world, "submit_rectification", hazard,
        rectification(world, hazard, rectified_on=clock.today() - DAY), "safety",
    )  # fmt: skip
    given = acceptance(accepted_on=clock.today() + days * DAY)
    failures = _refused(world, "accept", hazard, given)
    assert [(one.code, one.field) for one in failures] == [(f"hazard.{code}", "accepted_on")]


@pytest.mark.parametrize(("days", "code"), [(-2, "rectified_before_found"), (1, "rectified_in_future")])
def test_a_rectification_stands_between_finding_and_today(world: World, days: int, code: str) -> None:
    hazard = rectifying(world, found_on=clock.today() - DAY)
    given = rectification(world, hazard, rectified_on=clock.today() + days * DAY)
    assert _codes(_refused(world, "submit_rectification", hazard, given, "safety")) == [f"hazard.{code}"]


def test_a_ledgers_claim_moves_nothing_that_somebody_took_a_step_on(world: World) -> None:
    hazard, importer = rectifying(world), replace(world.actor("clerk_east"), origin="import")
    claim = inputs.ClaimedProgress(rectified_on=clock.today(), accepted_by="孙某", accepted_on=clock.today())
    for deed in ("claim_rectified", "claim_accepted"):
        with pytest.raises(Refused) as refusal:
            engine.perform("hazard", deed, hazard.no, claim, actor=importer)
        assert _codes(list(refusal.value.failures)) == ["hazard.acted_here"]
    assert (fresh(hazard).state, fresh(hazard).accepted_on) == ("rectifying", None)


def test_one_request_for_more_time_at_once_and_only_for_more(world: World) -> None:
    hazard = rectifying(world)
    assert hazard.rectify_by is not None

    def asked(until: date) -> inputs.ExtensionRequest:
        return inputs.ExtensionRequest(until=until, reason="配件未到", interim_measures="设专人看守")

    assert _codes(_refused(world, "request_extension", hazard, asked(hazard.rectify_by), "safety")) == [
        "hazard.extension_not_later"
    ]
    later = asked(hazard.rectify_by + 3 * DAY)
    for deed in ("grant_extension", "refuse_extension"):
        assert _codes(_refused(world, deed, hazard, inputs.Opinion(opinion="同意"))) == [
            "hazard.no_extension_request"
        ]
    hazard = _do(world, "request_extension", hazard, later, "safety")
    assert _codes(_refused(world, "request_extension", hazard, later, "safety")) == [
        "hazard.extension_pending"
    ]
    hazard = _do(world, "refuse_extension", hazard, inputs.Opinion(opinion="理由不足"))
    assert hazard.extension is None
    _do(world, "request_extension", hazard, later, "safety")


def test_a_regrade_regrades_and_the_double_report_is_for_what_is_major(world: World) -> None:
    hazard = reported(world)
    same = inputs.Regrading(grade="general", reason="复核")
    assert _codes(_refused(world, "regrade", hazard, same)) == ["hazard.same_grade"]
    said = inputs.DoubleReport(reported_on=clock.today(), content="报告内容")
    for deed in ("report_to_regulator", "report_to_workers"):
        assert "hazard.not_major" in _codes(_refused(world, deed, hazard, said))


def test_a_visit_takes_place_after_the_acceptance_and_not_tomorrow(world: World) -> None:
    hazard = closed(world)
    for days, code in ((-1, "visited_before_accepted"), (1, "visited_in_future")):
        visit = inputs.FollowUp(visited_on=clock.today() + days * DAY, stays=True, finding="看过")
        assert _codes(_refused(world, "follow_up", hazard, visit)) == [f"hazard.{code}"]
    checked = inputs.SpotCheckResult(checked_on=clock.today(), passed=True, finding="看过")
    assert "hazard.not_self_check" in _codes(_refused(world, "spot_check", hazard, checked))


def test_a_correction_corrects_something(world: World) -> None:
    hazard = awaiting(world)
    nothing = inputs.Correction(description=hazard.description, reason="核对")
    assert _codes(_refused(world, "correct", hazard, nothing)) == ["hazard.nothing_corrected"]
