"""挂牌督办 above the district, and what an enterprise disclosed by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.capabilities.hazards import inputs
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from tests.hazards.steps import fresh, rectifying, reported
from tests.world import World

CRITERION = "GM-03-01"


@pytest.mark.parametrize("level", ["city", "province"])
def test_what_a_higher_level_listed_leaves_the_list_only_on_its_document(world: World, level: str) -> None:
    hazard = rectifying(world, grade="major", criterion=CRITERION)
    terms = inputs.ListingTerms(
        level=level,
        lead=world.bureau.pk,
        leader_post=world.actor("leader").scopes[0].post_id,
        due_on=clock.today() + timedelta(days=30),
    )
    engine.perform("hazard", "list_supervision", hazard.no, terms, actor=world.actor("office"))
    bare = inputs.Delisting(opinion="已消除")
    with pytest.raises(Refused) as refusal:
        engine.perform("hazard", "delist", hazard.no, bare, actor=world.actor("office"))
    assert [failure.code for failure in refusal.value.failures] == ["hazard.delisting_document"]
    cited = inputs.Delisting(opinion="已消除", document_no="安委办〔2026〕3号")
    engine.perform("hazard", "delist", hazard.no, cited, actor=world.actor("office"))
    assert fresh(hazard).listings.filter(delisted_on=None).count() == 0
    assert entries_of(hazard.uid)[-1].payload["document_no"] == "安委办〔2026〕3号"


def test_a_disclosure_is_one_only_when_the_enterprise_found_it_by_itself(world: World) -> None:
    own = reported(world, "safety", source="self_check", voluntary=True)
    assert own.voluntary
    with pytest.raises(Refused) as refusal:
        reported(world, "regulator", source="routine", voluntary=True)
    assert [failure.code for failure in refusal.value.failures] == ["hazard.disclosure_by_outsider"]
