"""Two people do the same at the same moment, from two connections: one wins, and nothing happens twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from bihuan.capabilities.hazards.inputs import Reminder
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.attachments import keeping, quotas
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from tests.hazards.steps import elements, finding, photo, rectification, rectifying, reported
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Run the deeds from as many connections, started together; answers or errors in order."""
    barrier = threading.Barrier(len(deeds))
    answers: list[Any] = [None] * len(deeds)

    def run(index: int) -> None:
        try:
            barrier.wait()
            answers[index] = deeds[index]()
        except Exception as error:
            answers[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def test_the_same_step_is_taken_once(world: World) -> None:
    hazard = reported(world)
    people = [world.actor(name) for name in ("clerk_east", "regulator", "office", "officer")]
    answers = at_once(
        *(
            lambda actor=actor: engine.perform(
                "hazard", "assign", hazard.no, elements(), actor=actor, version=1
            )
            for actor in people
        )
    )
    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert sum(isinstance(answer, Stale) for answer in answers) == len(people) - 1
    assert len(entries_of(hazard.uid)) == 2
    seal()
    assert verify().ok


def test_the_same_key_opens_one_matter(world: World) -> None:
    actor = world.actor("grid")
    answers = at_once(
        *(
            lambda: engine.open_matter("hazard", "report", finding(world), actor=actor, key="phone-7")
            for _ in range(4)
        )
    )
    assert {answer.no for answer in answers} == {Hazard.objects.get().no}
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]


def test_the_same_key_takes_one_step(world: World) -> None:
    hazard = reported(world)
    actor = world.actor("clerk_east")
    answers = at_once(
        *(
            lambda: engine.perform(
                "hazard", "assign", hazard.no, elements(), actor=actor, version=1, key="tap"
            )[0]
            for _ in range(4)
        )
    )
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
    assert len(entries_of(hazard.uid)) == 2


def test_sets_in_opposite_order_do_not_wait_for_each_other(world: World) -> None:
    numbers = [reported(world).no for _ in range(6)]
    clerk, regulator = world.actor("clerk_east"), world.actor("regulator")
    answers = at_once(
        lambda: engine.perform("hazard", "assign", numbers, elements(), actor=clerk),
        lambda: engine.perform("hazard", "assign", numbers[::-1], elements(), actor=regulator),
    )
    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Hazard.objects.filter(state="rectifying").count() == 6


def test_of_two_who_report_the_same_spot_the_second_knows_of_the_first(world: World) -> None:
    people = [world.actor(name) for name in ("clerk_east", "grid", "office", "regulator")]
    at_once(
        *(
            lambda actor=actor: engine.open_matter("hazard", "report", finding(world), actor=actor)
            for actor in people
        )
    )
    assert sorted(Hazard.objects.values_list("recurrence", flat=True)) == [0, 1, 2, 3]


def test_the_same_key_reminds_once_whatever_version_was_seen(world: World) -> None:
    """An act leaves the state as it is: without a version nothing but the key tells that it was done."""
    numbers = [reported(world).no for _ in range(3)]
    actor = world.actor("office")
    answers = at_once(
        *(
            lambda: engine.perform("hazard", "remind", numbers, Reminder(), actor=actor, key="tap")
            for _ in range(4)
        )
    )
    assert sorted(answer[0].replayed for answer in answers) == [False, True, True, True]
    assert [[(one.no, one.seq, one.version) for one in answer] for answer in answers] == [
        [(no, 2, 2) for no in numbers]
    ] * 4
    assert {hazard.entry_count for hazard in Hazard.objects.all()} == {2}
    again = engine.perform("hazard", "remind", numbers[::-1], Reminder(), actor=actor, key="tap")
    assert [one.no for one in again] == numbers
    with pytest.raises(Refused) as refusal:
        engine.perform("hazard", "remind", numbers[:2], Reminder(), actor=actor, key="tap")
    assert refusal.value.failures[0].code == "loop.key_reused"


def test_a_key_used_for_something_else_at_this_moment_is_refused(world: World) -> None:
    """With the right version nothing is asked first: the key itself must stop the second."""
    one, other = reported(world), reported(world)
    actor = world.actor("office")
    answers = at_once(
        *(
            lambda no=no: engine.perform(
                "hazard", "remind", no, Reminder(), actor=actor, version=1, key="tap"
            )
            for no in (one.no, other.no)
        )
    )
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    assert [refusal.failures[0].code for refusal in refusals] == ["loop.key_reused"]
    assert sorted(hazard.entry_count for hazard in Hazard.objects.all()) == [1, 2]


def test_the_same_key_opens_a_set_once_and_answers_for_all_of_it(world: World) -> None:
    actor = world.actor("grid")
    found = [finding(world, place=f"{index}号门") for index in range(3)]
    answers = at_once(
        *(lambda: engine.open_many("hazard", "report", found, actor=actor, key="round-3") for _ in range(4))
    )
    assert len({tuple(one.no for one in answer) for answer in answers}) == 1
    assert [len(answer) for answer in answers] == [3, 3, 3, 3]
    assert Hazard.objects.count() == 3


def test_a_photo_is_named_or_swept_and_never_both(world: World) -> None:
    for _ in range(6):
        hazard = rectifying(world)
        given = rectification(world, hazard)
        answers = at_once(
            lambda hazard=hazard, given=given: engine.perform(
                "hazard", "submit_rectification", hazard.no, given, actor=world.actor("safety"), version=2
            ),
            lambda: keeping.sweep_unnamed(timedelta(0)),
        )
        there = Attachment.objects.filter(matter=hazard.uid).count()
        assert there == int(isinstance(answers[0], list)), answers
        assert answers[1] == 1 - there


def test_two_uploads_at_once_do_not_both_be_the_last_that_fits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "DAY_COUNT", 2)
    actor = world.actor("safety")
    answers = at_once(*(lambda: photo(uuid4(), actor) for _ in range(6)))
    assert sum(isinstance(answer, Refused) for answer in answers) == 4
    assert Attachment.objects.count() == 2
