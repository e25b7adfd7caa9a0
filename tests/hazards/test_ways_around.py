"""Ways around a duty that look like other deeds: each is refused, and says by which way it goes instead."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4, uuid5

import pytest

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.people.trail import _SPACE
from bihuan.kernel.record.reading import entries_of
from tests.hazards.steps import (
    acceptance,
    awaiting,
    closed,
    elements,
    finding,
    fresh,
    rectification,
    rectifying,
    reported,
)
from tests.world import World

CRITERION = "GM-03-01"
WEEK = timedelta(days=7)


def take(world: World, hazard: Hazard, deed: str, given: object, by: str) -> Hazard:
    engine.perform("hazard", deed, hazard.no, given, actor=world.actor(by), version=fresh(hazard).version)
    return fresh(hazard)


def codes(world: World, hazard: Hazard, deed: str, given: object, by: str) -> set[str]:
    with pytest.raises(Refused) as refusal:
        take(world, hazard, deed, given, by)
    return {failure.code for failure in refusal.value.failures}


def test_who_rectified_in_an_earlier_round_does_not_accept(world: World) -> None:
    hazard = awaiting(world, by="clerk_east")
    again = inputs.SendingBack(reason="仍有杂物", rectify_by=clock.today() + WEEK)
    hazard = take(world, hazard, "send_back", again, "regulator")
    hazard = take(world, hazard, "submit_rectification", rectification(world, hazard, "officer"), "officer")
    for one in ("clerk_east", "officer"):
        assert codes(world, hazard, "accept", acceptance(), one) == {"loop.same_person"}
    assert take(world, hazard, "accept", acceptance(), "regulator").state == "closed"


def test_a_listed_hazard_leaves_by_delisting_only(world: World) -> None:
    hazard = awaiting(world, grade="major", criterion=CRITERION)
    other = rectifying(world, grade="major", criterion=CRITERION)
    lower = inputs.Regrading(grade="general", reason="复核")
    assert codes(world, hazard, "regrade", lower, "regulator") == {"hazard.still_listed"}
    into = inputs.MergeInto(into=other.no, reason="重复")
    assert codes(world, hazard, "merge", into, "regulator") == {"hazard.still_listed"}
    assert codes(world, hazard, "void", inputs.Reason(reason="误报"), "office") == {"hazard.still_listed"}
    away = inputs.Referral(to=world.builders.pk, reason="不属本单位")
    assert codes(world, other, "refer", away, "regulator") == {"hazard.still_listed"}
    hazard = take(world, hazard, "delist", inputs.Delisting(opinion="核查属实"), "office")
    assert take(world, hazard, "regrade", lower, "regulator").grade == "general"


def test_new_terms_from_below_do_not_lift_a_higher_listing(world: World) -> None:
    hazard = rectifying(world, grade="major", criterion=CRITERION)
    leader = world.actor("leader").scopes[0].post_id
    terms = {"lead": world.bureau.pk, "leader_post": leader, "due_on": clock.today() + WEEK}
    hazard = take(world, hazard, "list_supervision", inputs.ListingTerms(level="city", **terms), "office")
    lower = inputs.ListingTerms(level="district", **terms)
    assert codes(world, hazard, "list_supervision", lower, "office") == {"hazard.listed_higher"}
    past = inputs.ListingTerms(level="province", **{**terms, "due_on": clock.today() - WEEK})
    assert codes(world, hazard, "list_supervision", past, "office") == {"hazard.due_in_past"}
    inside = world.actor("safety").scopes[0].post_id
    bound = inputs.ListingTerms(level="city", **{**terms, "leader_post": inside})
    assert codes(world, hazard, "list_supervision", bound, "office") == {"hazard.listing_terms"}


def test_a_major_hazard_that_is_opened_again_is_listed_again(world: World) -> None:
    hazard = awaiting(world, grade="major", criterion=CRITERION)
    told = inputs.DoubleReport(reported_on=clock.today(), content="现状和治理方案")
    for act in ("report_to_regulator", "report_to_workers"):
        hazard = take(world, hazard, act, told, "principal")
    hazard = take(world, hazard, "delist", inputs.Delisting(opinion="核查属实"), "office")
    hazard = take(world, hazard, "accept", acceptance(), "regulator")
    again = inputs.Reopening(reason="回访未消除", rectify_by=clock.today() + WEEK)
    hazard = take(world, hazard, "reopen", again, "regulator")
    assert hazard.listings.filter(delisted_on=None).count() == 1


def test_a_correction_keeps_the_order_of_days(world: World) -> None:
    given = finding(world, found_on=clock.today() - WEEK)
    no = engine.open_matter("hazard", "report", given, actor=world.actor("clerk_east")).no
    hazard = Hazard.objects.get(no=no)
    hazard = take(world, hazard, "assign", elements(), "clerk_east")
    done = rectification(world, hazard, rectified_on=clock.today() - timedelta(days=2))
    hazard = take(world, hazard, "submit_rectification", done, "safety")
    later = inputs.Correction(found_on=clock.today() - timedelta(days=1), reason="写错")
    assert codes(world, hazard, "correct", later, "regulator") == {"hazard.found_after"}


def test_merging_leads_to_an_open_hazard_of_the_same_place(world: World) -> None:
    hazard, done = reported(world), closed(world)
    into = inputs.MergeInto(into=done.no, reason="重复")
    assert codes(world, hazard, "merge", into, "office") == {"hazard.merge_target"}
    given = finding(world, object=world.site.uid)
    elsewhere = engine.open_matter("hazard", "report", given, actor=world.actor("office")).no
    into = inputs.MergeInto(into=elsewhere, reason="重复")
    assert codes(world, hazard, "merge", into, "office") == {"hazard.merge_target"}
    assert take(
        world, hazard, "merge", inputs.MergeInto(into=reported(world).no, reason="重复"), "office"
    ).voided


def test_an_extension_is_bounded_by_the_districts_policy(world: World) -> None:
    hazard = rectifying(world)
    due = hazard.rectify_by
    assert due is not None

    def asked(days: int) -> inputs.ExtensionRequest:
        until = fresh(hazard).rectify_by + timedelta(days=days)  # type: ignore[operator]
        return inputs.ExtensionRequest(until=until, reason="设备到货晚", interim_measures="专人看守")

    assert codes(world, hazard, "request_extension", asked(31), "safety") == {"hazard.extension_too_long"}
    take(world, hazard, "request_extension", asked(30), "safety")
    take(world, hazard, "grant_extension", inputs.Opinion(opinion="同意"), "regulator")
    assert codes(world, hazard, "request_extension", asked(5), "safety") == {"hazard.extension_too_often"}


def test_no_deed_names_photos_that_are_not_here(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        reported(world, before_photos=(uuid4(),))
    assert [failure.code for failure in refusal.value.failures] == ["hazard.photo_unknown"]
    hazard = awaiting(world)
    given = acceptance(acceptance_photos=(uuid4(),))
    assert codes(world, hazard, "accept", given, "regulator") == {"hazard.photo_unknown"}


def test_nobody_lays_a_matter_across_a_chain_that_is_no_matters(world: World) -> None:
    for uid in (uuid5(_SPACE, "person/4711"), uuid4()):
        with pytest.raises(Refused) as refusal:
            engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid"), uid=uid)
        assert [failure.code for failure in refusal.value.failures] == ["input.not_uuid7"]
        assert not entries_of(uid)


def test_a_late_act_is_kept_once_and_only_from_whose_it_was(world: World) -> None:
    hazard = take(world, reported(world), "assign", elements(), "regulator")
    before = clock.now() - timedelta(hours=1)

    def late(by: str, version: int) -> None:
        with pytest.raises(Stale):
            engine.perform(
                "hazard", "assign", hazard.no, elements(measures="另一办法"), actor=world.actor(by),
                version=version, happened_at=before, keep_late=True,
            )  # fmt: skip

    for by, version in (("safety", 1), ("grid", 1), ("clerk_east", 9), ("clerk_east", 1), ("clerk_east", 1)):
        late(by, version)
    assert [entry.verb for entry in entries_of(hazard.uid)].count("late_claim") == 1
