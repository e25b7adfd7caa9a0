"""Two people do the same at the same moment, from two connections: one wins, and nothing happens twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from tests.hazards.steps import elements, finding, reported
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
