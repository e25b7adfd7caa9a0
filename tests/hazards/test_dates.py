"""Days that people write in stand in the order in which things can have happened, each tried at its two neighbours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard, SpotCheck
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from tests.hazards import steps
from tests.world import World


def _refused(world: World, hazard: Hazard, deed: str, given: Any) -> str:
    with pytest.raises(Refused) as refused:
        engine.perform(
            "hazard", deed, hazard.no, given, actor=world.actor("regulator"), version=hazard.version
        )
    return refused.value.failures[0].code


def _done(world: World, hazard: Hazard, deed: str, given: Any) -> None:
    engine.perform("hazard", deed, hazard.no, given, actor=world.actor("regulator"), version=hazard.version)


def _spot_check(day: date) -> inputs.SpotCheckResult:
    return inputs.SpotCheckResult(checked_on=day, passed=True, finding="现场完好")


def test_a_spot_check_lies_between_the_acceptance_and_today(world: World) -> None:
    hazard = steps.closed(world, by="safety_two", source="self_check")
    today, day = clock.today(), timedelta(days=1)
    assert _refused(world, hazard, "spot_check", _spot_check(today + day)) == "hazard.checked_in_future"
    assert _refused(world, hazard, "spot_check", _spot_check(today - day)) == "hazard.checked_before_accepted"
    assert not SpotCheck.objects.exists()
    _done(world, hazard, "spot_check", _spot_check(today))
    assert SpotCheck.objects.get().on == today


@pytest.mark.parametrize("deed", ["report_to_regulator", "report_to_workers"])
def test_a_double_report_lies_between_the_finding_and_today(world: World, deed: str) -> None:
    found = clock.today() - timedelta(days=3)
    hazard = steps.reported(world, grade="major", criterion="GM-03-01", found_on=found)
    day = timedelta(days=1)

    def given(on: date) -> inputs.DoubleReport:
        return inputs.DoubleReport(reported_on=on, content="现状、原因、治理方案")

    assert _refused(world, hazard, deed, given(clock.today() + day)) == "hazard.reported_in_future"
    assert _refused(world, hazard, deed, given(found - day)) == "hazard.reported_before_found"
    _done(world, hazard, deed, given(found))
    hazard.refresh_from_db()
    column = "reported_to_regulator_on" if deed == "report_to_regulator" else "reported_to_workers_on"
    assert getattr(hazard, column) == found
