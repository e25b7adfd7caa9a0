"""What the engine itself holds, whoever calls it: who is there to sign, in which order, and with which pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.tokens import actor_by_token, issue_token
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.models import Signature
from tests.hazards.steps import (
    acceptance,
    awaiting,
    elements,
    finding,
    fresh,
    photo,
    rectification,
    rectifying,
    reported,
)
from tests.world import World

HOUR = timedelta(hours=1)


def refused(loop_deed: str, hazard: Hazard, given: object, actor: Actor, **more: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard", loop_deed, hazard.no, given, actor=actor, version=fresh(hazard).version, **more
        )  # type: ignore[arg-type]
    return [failure.code for failure in refusal.value.failures]


def test_nobody_signs_who_has_not_shown_to_be_there(world: World) -> None:
    hazard = reported(world)
    absent = actor_of(world.user("clerk_east"))
    assert refused("assign", hazard, elements(), absent) == ["loop.not_confirmed"]
    with pytest.raises(Refused) as refusal:
        engine.open_matter("hazard", "report", finding(world), actor=absent)
    assert [failure.code for failure in refusal.value.failures] == ["loop.not_confirmed"]
    engine.perform("hazard", "remind", hazard.no, inputs.Reminder(), actor=absent, version=1)
    assert Signature.objects.filter(matter=hazard.uid).count() == 1


def test_the_password_holds_for_five_minutes_and_not_from_the_future(world: World) -> None:
    hazard, person = reported(world), actor_of(world.user("clerk_east"))
    for since in (timedelta(minutes=6), timedelta(minutes=-1)):
        then = replace(person, confirmed_at=clock.now() - since)
        assert refused("assign", hazard, elements(), then) == ["loop.not_confirmed"]
    then = replace(person, confirmed_at=clock.now() - timedelta(minutes=4))
    engine.perform("hazard", "assign", hazard.no, elements(), actor=then, version=1)


def test_a_token_signs_only_within_its_scope(world: World) -> None:
    hazard, user = reported(world), world.user("clerk_east")
    plain = actor_by_token(issue_token(user))
    assert plain is not None
    assert refused("assign", hazard, elements(), plain) == ["loop.not_confirmed"]
    signing = actor_by_token(issue_token(user, scope="sign"))
    assert signing is not None
    engine.perform("hazard", "assign", hazard.no, elements(), actor=signing, version=1)


def test_a_late_act_nobody_could_sign_is_no_claim_either(world: World) -> None:
    hazard = rectifying(world)
    with pytest.raises(Stale):
        engine.perform(
            "hazard", "assign", hazard.no, elements(), actor=actor_of(world.user("regulator")), version=1,
            happened_at=clock.now() - HOUR, keep_late=True,
        )  # fmt: skip
    assert [entry.verb for entry in entries_of(hazard.uid)] == ["report", "assign"]


def test_no_deed_is_claimed_for_a_time_before_what_it_follows(world: World) -> None:
    opened = clock.now() - 3 * HOUR
    given = finding(world)
    no = engine.open_matter("hazard", "report", given, actor=world.actor("clerk_east"), happened_at=opened).no
    hazard, clerk = Hazard.objects.get(no=no), world.actor("clerk_east")
    before = opened - timedelta(seconds=1)
    assert refused("assign", hazard, elements(), clerk, happened_at=before) == ["input.moment_out_of_order"]
    assigned = opened + HOUR
    engine.perform("hazard", "assign", no, elements(), actor=clerk, version=1, happened_at=assigned)
    hazard = fresh(hazard)
    given = rectification(world, hazard)
    early = assigned - timedelta(minutes=1)
    assert refused("submit_rectification", hazard, given, world.actor("safety"), happened_at=early) == [
        "input.moment_out_of_order"
    ]
    done = assigned + timedelta(minutes=30)
    engine.perform(
        "hazard", "submit_rectification", no, given, actor=world.actor("safety"), version=2, happened_at=done
    )
    assert refused("accept", hazard, acceptance(), world.actor("regulator"), happened_at=assigned) == [
        "input.moment_out_of_order"
    ]
    engine.perform("hazard", "accept", no, acceptance(), actor=world.actor("regulator"), version=3)
    moments = [entry.happened_at for entry in entries_of(hazard.uid)]
    assert moments == sorted(moments)


def test_a_phone_whose_clock_runs_ahead_holds_nobody_up(world: World) -> None:
    hazard, ahead = reported(world), clock.now() + timedelta(minutes=4)
    engine.perform(
        "hazard",
        "assign",
        hazard.no,
        elements(),
        actor=world.actor("clerk_east"),
        version=1,
        happened_at=ahead,
    )
    last = entries_of(hazard.uid)[-1]
    assert last.happened_at == last.recorded_at
    engine.perform(
        "hazard", "submit_rectification", hazard.no, rectification(world, hazard), actor=world.actor("safety"),
        version=2, happened_at=clock.now(),
    )  # fmt: skip


def test_a_set_with_one_earlier_claim_is_refused_as_a_whole(world: World) -> None:
    early, late = reported(world), reported(world)
    moment = entries_of(late.uid)[0].happened_at - timedelta(microseconds=1)
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard",
            "remind",
            [early.no, late.no],
            inputs.Reminder(),
            actor=world.actor("office"),
            happened_at=moment,
        )
    assert [failure.code for failure in refusal.value.failures] == ["input.moment_out_of_order"]
    assert late.no in refusal.value.failures[0].message


def test_after_photos_are_of_this_round_and_of_that_kind(world: World) -> None:
    hazard, safety = rectifying(world), world.actor("safety")

    def submitted(*photos: object) -> list[str]:
        return refused(
            "submit_rectification", hazard, rectification(world, hazard, after_photos=photos), safety
        )

    assert submitted(photo(hazard.uid, safety, kind="before_photos")) == ["hazard.photo_not_after"]
    assert submitted(photo(hazard.uid, safety, kind="acceptance_photos")) == ["hazard.photo_not_after"]
    first = photo(hazard.uid, safety)
    given = rectification(world, hazard, after_photos=(first,))
    engine.perform("hazard", "submit_rectification", hazard.no, given, actor=safety, version=2)
    spare = photo(hazard.uid, safety, colour="blue")
    again = inputs.SendingBack(reason="仍有杂物", rectify_by=clock.today() + timedelta(days=7))
    engine.perform("hazard", "send_back", hazard.no, again, actor=world.actor("regulator"), version=3)
    assert submitted(first) == ["hazard.photo_of_earlier_round"]
    assert submitted(spare) == ["hazard.photo_of_earlier_round"]
    assert submitted(first, photo(hazard.uid, safety, colour="red")) == ["hazard.photo_of_earlier_round"]
    given = rectification(world, hazard, after_photos=(photo(hazard.uid, safety, colour="red"),))
    engine.perform("hazard", "submit_rectification", hazard.no, given, actor=safety, version=4)


def test_the_picture_of_before_does_not_show_that_it_is_mended(world: World) -> None:
    from bihuan.kernel.uid import uuid7

    uid, clerk = uuid7(), world.actor("clerk_east")
    before = photo(uid, clerk, kind="before_photos", colour="red")
    engine.open_matter("hazard", "report", finding(world, before_photos=(before,)), actor=clerk, uid=uid)
    hazard = Hazard.objects.get(uid=uid)
    engine.perform("hazard", "assign", hazard.no, elements(), actor=clerk, version=1)
    same = photo(uid, world.actor("safety"), colour="red")
    given = rectification(world, hazard, after_photos=(same,))
    assert refused("submit_rectification", hazard, given, world.actor("safety")) == [
        "hazard.photo_same_as_before"
    ]
    other = photo(uid, world.actor("safety"), colour="green")
    given = rectification(world, hazard, after_photos=(other,))
    engine.perform("hazard", "submit_rectification", hazard.no, given, actor=world.actor("safety"), version=2)
    seqs = dict(Attachment.objects.filter(matter=uid).values_list("pk", "named_seq"))
    assert (seqs[before], seqs[same], seqs[other]) == (1, None, 3)


def test_a_photo_of_another_hazard_shows_nothing(world: World) -> None:
    hazard, other = rectifying(world), awaiting(world)
    foreign = Attachment.objects.get(matter=other.uid).pk
    given = rectification(world, hazard, after_photos=(foreign,))
    assert refused("submit_rectification", hazard, given, world.actor("safety")) == ["hazard.photo_unknown"]
