"""挂牌督办 above the district, and what an enterprise disclosed by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.verification import verify
from tests.hazards.steps import acceptance, elements, fresh, rectification, rectifying, reported
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


def listed_anew_and_lifted(world: World) -> Hazard:
    """A major hazard listed by itself, listed again on other terms, and taken off the list."""
    hazard = rectifying(world, grade="major", criterion=CRITERION)
    terms = inputs.ListingTerms(
        level="district",
        lead=world.bureau.pk,
        leader_post=world.actor("leader").scopes[0].post_id,
        due_on=clock.today() + timedelta(days=30),
        reason="挂牌督办",
    )
    engine.perform("hazard", "list_supervision", hazard.no, terms, actor=world.actor("office"))
    engine.perform(
        "hazard", "delist", hazard.no, inputs.Delisting(opinion="已消除"), actor=world.actor("office")
    )
    return fresh(hazard)


def spot_checked(world: World) -> Hazard:
    own = reported(world, "safety", source="self_check")
    engine.perform("hazard", "assign", own.no, elements(), actor=world.actor("clerk_east"))
    engine.perform(
        "hazard", "submit_rectification", own.no, rectification(world, own), actor=world.actor("safety")
    )
    engine.perform("hazard", "accept", own.no, acceptance(), actor=world.actor("safety_two"))
    result = inputs.SpotCheckResult(checked_on=clock.today(), passed=False, finding="未消除")
    engine.perform("hazard", "spot_check", own.no, result, actor=world.actor("clerk_east"))
    return fresh(own)


ROWS = {
    "UPDATE hazards_listing SET due_on = due_on + 90 WHERE delisted_on IS NOT NULL AND reason = '已消除'": "第2次挂牌督办",
    "UPDATE hazards_listing SET leader_name = '某人'": "挂牌督办",
    "UPDATE hazards_listing SET level = 'town' WHERE reason <> '已消除'": "第1次挂牌督办",
    "UPDATE hazards_listing SET delisted_on = NULL WHERE reason = '已消除'": "第2次挂牌督办",
    "DELETE FROM hazards_listing": "挂牌督办登记有0条，记录载明的有2条",
    "UPDATE hazards_spotcheck SET passed = true": "第1次抽查",
    "UPDATE hazards_spotcheck SET finding = ''": "第1次抽查",
    "DELETE FROM hazards_spotcheck": "抽查登记有0条，记录载明的有1条",
}


@pytest.mark.parametrize("statement", ROWS)
def test_what_stands_beside_a_hazard_must_be_as_its_record_tells(world: World, statement: str) -> None:
    major, own = listed_anew_and_lifted(world), spot_checked(world)
    assert verify().findings == ()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    found = verify().findings
    assert {(item.kind, item.matter_no) for item in found} == {
        ("altered_matter", major.no if "listing" in statement else own.no)
    }
    assert ROWS[statement] in found[0].detail
