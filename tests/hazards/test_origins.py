"""Where a hazard was found from decides who accepts it: nobody says 自查 in an enterprise's name, nor moves it there."""

from __future__ import annotations

import pytest

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from tests.hazards.steps import awaiting, closed, fresh, reported
from tests.world import World


def _refused(deed: object) -> list[str]:
    assert callable(deed)
    with pytest.raises(Refused) as refusal:
        deed()
    return [failure.code for failure in refusal.value.failures]


@pytest.mark.parametrize("who", ["clerk_east", "regulator", "office", "officer", "grid", "leader", "expert"])
def test_nobody_from_outside_reports_a_self_check_or_a_disclosure(world: World, who: str) -> None:
    assert _refused(lambda: reported(world, who, source="self_check")) == ["hazard.self_check_by_outsider"]
    assert _refused(lambda: reported(world, who, voluntary=True)) == ["hazard.disclosure_by_outsider"]
    assert reported(world, who).source == "routine"


@pytest.mark.parametrize("who", ["principal", "safety", "safety_two"])
def test_an_enterprise_reports_its_self_check_only(world: World, who: str) -> None:
    assert _refused(lambda: reported(world, who)) == ["hazard.enterprise_finds_by_self_check"]
    assert _refused(lambda: reported(world, who, source="tip_off", voluntary=True)) == [
        "hazard.enterprise_finds_by_self_check"
    ]
    assert reported(world, who, source="self_check", voluntary=True).voluntary


def _correct(world: World, hazard: Hazard, by: str = "regulator", **changes: object) -> Hazard:
    given = inputs.Correction(reason="来源写错", **changes)  # type: ignore[arg-type]
    engine.perform(
        "hazard", "correct", hazard.no, given, actor=world.actor(by), version=fresh(hazard).version
    )
    return fresh(hazard)


def test_a_correction_never_changes_who_accepts(world: World) -> None:
    code = ["hazard.source_decides_accepter"]
    for hazard in (
        reported(world),
        awaiting(world),
        closed(world),
        reported(world, grade="major", criterion="GM-03-01"),
    ):
        assert _refused(lambda hazard=hazard: _correct(world, hazard, source="self_check")) == code
    for hazard in (awaiting(world, source="self_check"), closed(world, source="self_check")):
        assert _refused(lambda hazard=hazard: _correct(world, hazard, source="special")) == code
    assert _correct(world, reported(world), source="special").source == "special"
    own = reported(world, source="self_check")
    assert _correct(world, own, place="三车间").place == "三车间"


def test_what_only_a_ledger_closed_may_be_said_to_be_supervised(world: World) -> None:
    hazard = closed(world, source="self_check")
    Hazard.objects.filter(pk=hazard.pk).update(accepted_claimed=True)
    assert _correct(world, hazard, source="routine").source == "routine"
    assert _refused(lambda: _correct(world, hazard, source="self_check")) == [
        "hazard.source_decides_accepter"
    ]


def test_a_voided_one_may_be_corrected_freely(world: World) -> None:
    hazard = reported(world)
    engine.perform(
        "hazard", "void", hazard.no, inputs.Reason(reason="重复上报"), actor=world.actor("office"), version=1
    )
    assert _correct(world, hazard, source="self_check").source == "self_check"
