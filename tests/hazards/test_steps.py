"""The hazard's steps: what each asks, refuses, changes and leaves behind."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.models import Signature
from tests.hazards.steps import (
    acceptance,
    awaiting,
    closed,
    elements,
    finding,
    fresh,
    photo,
    rectification,
    rectifying,
    reported,
)
from tests.world import World

CRITERION = "GM-03-01"


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refusal.value.failures}


def test_three_signatures_stand_in_time_order(world: World) -> None:
    hazard = closed(world)
    signed = Signature.objects.filter(matter=hazard.uid).order_by("seq")
    verbs = {entry.seq: entry.verb for entry in entries_of(hazard.uid)}
    assert [verbs[one.seq] for one in signed] == ["report", "assign", "submit_rectification", "accept"]
    assert [one.at for one in signed] == sorted(one.at for one in signed)


def test_nobody_accepts_what_he_rectified(world: World) -> None:
    hazard = awaiting(world, by="clerk_east")
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard",
            "accept",
            hazard.no,
            acceptance(),
            actor=world.actor("clerk_east"),
            version=hazard.version,
        )
    assert codes(refusal) == {"loop.same_person"}
    assert "谁验收谁签名" in str(refusal.value)
    assert fresh(hazard).state == "awaiting_acceptance"


def test_the_finder_may_accept(world: World) -> None:
    hazard = awaiting(world)
    engine.perform(
        "hazard", "accept", hazard.no, acceptance(), actor=world.actor("clerk_east"), version=hazard.version
    )
    assert fresh(hazard).state == "closed"


def test_a_self_check_is_accepted_by_a_second_person_of_the_enterprise(world: World) -> None:
    hazard = reported(world, by="safety", source="self_check")
    engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("clerk_east"), version=1)
    given = rectification(world, hazard, "safety")
    engine.perform("hazard", "submit_rectification", hazard.no, given, actor=world.actor("safety"), version=2)
    with pytest.raises(Refused) as refusal:
        engine.perform("hazard", "accept", hazard.no, acceptance(), actor=world.actor("safety"), version=3)
    assert codes(refusal) == {"loop.same_person"}
    engine.perform("hazard", "accept", hazard.no, acceptance(), actor=world.actor("safety_two"), version=3)
    assert fresh(hazard).accepted_by == world.actor("safety_two").name


def test_an_enterprise_does_not_accept_what_the_regulator_found(world: World) -> None:
    hazard = awaiting(world)
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard",
            "accept",
            hazard.no,
            acceptance(),
            actor=world.actor("safety_two"),
            version=hazard.version,
        )
    assert codes(refusal) == {"loop.not_your_step"}


def test_all_missing_elements_are_named_at_once(world: World) -> None:
    hazard = reported(world)
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard", "assign", hazard.no, inputs.FiveElements(), actor=world.actor("clerk_east"), version=1
        )
    assert [failure.field for failure in refusal.value.failures] == [
        "responsible_person", "measures", "funds_planned", "rectify_by", "contingency_plan",
    ]  # fmt: skip
    assert codes(refusal) == {"hazard.elements_incomplete"}
    assert len(entries_of(hazard.uid)) == 1


@pytest.mark.parametrize(
    "lacking", ["responsible_person", "measures", "funds_planned", "rectify_by", "contingency_plan"]
)
def test_each_element_alone_is_enough_to_refuse(world: World, lacking: str) -> None:
    hazard = reported(world)
    blank = None if lacking in ("funds_planned", "rectify_by") else ""
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard",
            "assign",
            hazard.no,
            elements(**{lacking: blank}),
            actor=world.actor("clerk_east"),
            version=1,
        )
    assert [failure.field for failure in refusal.value.failures] == [lacking]


def test_no_rectification_without_a_photo_of_this_matter(world: World) -> None:
    hazard, other = rectifying(world), reported(world)
    foreign = photo(other.uid, world.actor("safety"))
    for photos, code in (((), "hazard.no_after_photo"), ((foreign,), "hazard.photo_unknown")):
        with pytest.raises(Refused) as refusal:
            engine.perform(
                "hazard", "submit_rectification", hazard.no,
                rectification(world, hazard, after_photos=photos), actor=world.actor("safety"), version=hazard.version,
            )  # fmt: skip
        assert codes(refusal) == {code}


def test_a_failed_acceptance_counts_and_sets_a_new_day(world: World) -> None:
    hazard = awaiting(world)
    again = clock.today() + timedelta(days=5)
    given = inputs.SendingBack(reason="仍有杂物", rectify_by=again)
    engine.perform(
        "hazard", "send_back", hazard.no, given, actor=world.actor("regulator"), version=hazard.version
    )
    hazard = fresh(hazard)
    assert (hazard.state, hazard.failed_acceptances, hazard.deadline) == ("rectifying", 1, again)
    assert hazard.rectified_on is None


def test_an_older_version_is_stale(world: World) -> None:
    hazard = reported(world)
    engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("clerk_east"), version=1)
    with pytest.raises(Stale):
        engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("regulator"), version=1)


def test_the_same_key_gives_the_same_answer_once(world: World) -> None:
    first = engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid"), key="k-1")
    again = engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid"), key="k-1")
    assert (again.no, again.replayed, first.replayed) == (first.no, True, False)
    assert Hazard.objects.count() == 1
    step = {"actor": world.actor("clerk_east"), "version": 1, "key": "k-2"}
    engine.perform("hazard", "assign", first.no, elements(), **step)
    replay = engine.perform("hazard", "assign", first.no, elements(), **step)[0]
    assert replay.replayed
    assert len(entries_of(first.uid)) == 2


def test_a_key_is_not_reused_for_something_else(world: World) -> None:
    engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid"), key="k-1")
    with pytest.raises(Refused) as refusal:
        engine.open_matter(
            "hazard", "report", finding(world, place="别处"), actor=world.actor("grid"), key="k-1"
        )
    assert codes(refusal) == {"loop.key_reused"}


def test_out_of_jurisdiction_is_absent(world: World) -> None:
    hazard = reported(world)
    for name in ("clerk_west", "builder", "site_safety", "auditor", "system_admin"):
        with pytest.raises(Absent):
            engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor(name), version=1)


def test_a_foreign_enterprise_cannot_be_reported_on(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        engine.open_matter(
            "hazard", "report", finding(world, object=world.site.uid), actor=world.actor("clerk_east")
        )
    assert codes(refusal) == {"hazard.object_unknown"}


def test_a_major_hazard_needs_its_criterion_and_opens_listed_supervision(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        reported(world, grade="major")
    assert codes(refusal) == {"hazard.no_criterion"}
    hazard = rectifying(world, grade="major", criterion=CRITERION)
    listing = hazard.listings.get()
    assert (listing.level, listing.lead, listing.delisted_on) == ("district", world.bureau, None)
    assert world.actor("leader").name in listing.leader_name


def test_a_major_hazard_closes_only_reported_twice_and_off_the_list(world: World) -> None:
    hazard = awaiting(world, grade="major", criterion=CRITERION)
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard",
            "accept",
            hazard.no,
            acceptance(),
            actor=world.actor("regulator"),
            version=hazard.version,
        )
    assert codes(refusal) == {
        "hazard.still_listed", "hazard.not_reported_to_regulator", "hazard.not_reported_to_workers",
    }  # fmt: skip
    told = inputs.DoubleReport(reported_on=clock.today(), content="现状、危害程度和治理方案")
    for act, name in (("report_to_regulator", "principal"), ("report_to_workers", "principal")):
        engine.perform("hazard", act, hazard.no, told, actor=world.actor(name))
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard", "delist", hazard.no, inputs.Delisting(opinion="已消除"), actor=world.actor("regulator")
        )
    assert codes(refusal) == {"loop.not_your_step"}
    engine.perform(
        "hazard", "delist", hazard.no, inputs.Delisting(opinion="已消除"), actor=world.actor("office")
    )
    engine.perform("hazard", "accept", hazard.no, acceptance(), actor=world.actor("regulator"))
    assert fresh(hazard).state == "closed"


def test_extension_is_asked_by_one_and_granted_by_another(world: World) -> None:
    hazard = rectifying(world)
    until = clock.today() + timedelta(days=20)
    asked = inputs.ExtensionRequest(until=until, reason="设备到货晚", interim_measures="专人看守")
    engine.perform("hazard", "request_extension", hazard.no, asked, actor=world.actor("clerk_east"))
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard",
            "grant_extension",
            hazard.no,
            inputs.Opinion(opinion="同意"),
            actor=world.actor("clerk_east"),
        )
    assert codes(refusal) == {"loop.same_person"}
    engine.perform(
        "hazard", "grant_extension", hazard.no, inputs.Opinion(opinion="同意"), actor=world.actor("regulator")
    )
    assert (fresh(hazard).rectify_by, fresh(hazard).deadline) == (until, until)


def test_regrading_keeps_history(world: World) -> None:
    hazard = rectifying(world)
    given = inputs.Regrading(grade="major", criterion=CRITERION, reason="符合判定标准")
    engine.perform("hazard", "regrade", hazard.no, given, actor=world.actor("regulator"))
    entry = entries_of(hazard.uid)[-1]
    assert (fresh(hazard).grade, entry.payload["from"], entry.payload["reason"]) == (
        "major",
        "general",
        "符合判定标准",
    )


def test_recurrence_shows_its_chain(world: World) -> None:
    first = reported(world)
    second = reported(world)
    third = reported(world, place="二车间北侧（2）")
    elsewhere = reported(world, place="食堂")
    assert [second.recurs_id, third.recurs_id, elsewhere.recurs_id] == [first.uid, second.uid, None]
    assert [second.recurrence, third.recurrence] == [1, 2]


def test_a_tip_offs_reporter_is_sealed(world: World) -> None:
    hazard = reported(world, source="tip_off", reporter="李某 13800000000")
    entry = entries_of(hazard.uid)[0]
    assert "李某" not in entry.payload_text
    assert set(entry.payload["reporter"]) == {"commitment"}


def test_merging_and_voiding_leave_the_record(world: World) -> None:
    first, second = reported(world), reported(world)
    engine.perform(
        "hazard",
        "merge",
        second.no,
        inputs.MergeInto(into=first.no, reason="同一处"),
        actor=world.actor("clerk_east"),
    )
    engine.perform("hazard", "void", first.no, inputs.Reason(reason="误报"), actor=world.actor("office"))
    assert [fresh(one).state for one in (first, second)] == ["voided", "merged"]
    assert all(fresh(one).voided for one in (first, second))


def test_a_set_succeeds_as_a_whole_or_not_at_all(world: World) -> None:
    ready, other = reported(world), rectifying(world)
    with pytest.raises(Refused):
        engine.perform("hazard", "assign", [ready.no, other.no], elements(), actor=world.actor("clerk_east"))
    assert fresh(ready).state == "reported"
    both = [ready.no, reported(world).no]
    outcomes = engine.perform("hazard", "assign", both, elements(), actor=world.actor("clerk_east"))
    assert [outcome.state for outcome in outcomes] == ["rectifying", "rectifying"]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE hazards_hazard SET state = 'closed', accepted_on = CURRENT_DATE WHERE uid = %s",
        "UPDATE hazards_hazard SET entry_count = 9 WHERE uid = %s",
        "UPDATE hazards_hazard SET no = '370403-H1999-000001' WHERE uid = %s",
        "DELETE FROM hazards_hazard WHERE uid = %s",
    ],
)
def test_the_database_refuses_what_the_engine_did_not_announce(world: World, tampering: str) -> None:
    hazard = reported(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(tampering, [hazard.uid])


def test_an_offline_finder_keeps_his_identity(world: World) -> None:
    uid = UUID("019a9b2e-0000-7000-8000-000000000001")
    outcome = engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid"), uid=uid)
    assert outcome.uid == uid
