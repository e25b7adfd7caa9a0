"""屡整屡犯: the same kind at the same place of the same object, whoever tells of it and in whatever order (M096)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.territory.models import Standing
from bihuan.registers.enterprises import standing
from tests.hazards.steps import finding, fresh, reported
from tests.world import World

SPRING = date(2023, 3, 1)


def claim(**changes: Any) -> inputs.Claim:
    values: dict[str, Any] = {
        "state": HazardState.CLOSED,
        "description": "疏散通道堆放杂物",
        "place": "二车间",
        "source": "routine",
        "grade": "general",
        "found_on": SPRING,
        "rectified_on": SPRING,
        "accepted_on": SPRING,
        "row_key": uuid4().bytes,
    }
    return inputs.Claim(**{**values, **changes})


def load(world: World, *claims: inputs.Claim) -> list[Hazard]:
    columns = [{"object": world.factory} for _ in claims]
    outcomes = engine.open_many(
        "hazard", "claim_from_ledger", claims, actor=Actor.system("import"), columns=columns
    )
    return [Hazard.objects.get(pk=outcome.uid) for outcome in outcomes]


def story(*hazards: Hazard) -> list[tuple[Any, int]]:
    """Which of ``hazards`` each one repeats (by place in the list), and how often it has come back."""
    places = {hazard.pk: place for place, hazard in enumerate(hazards)}
    now = [fresh(hazard) for hazard in hazards]
    return [(places.get(hazard.recurs_id) if hazard.recurs_id else None, hazard.recurrence) for hazard in now]


def test_the_former_one_is_found_however_many_lie_between(world: World) -> None:
    first = reported(world)
    others = [finding(world, place=f"{number}号库房") for number in range(230)]
    engine.open_many("hazard", "report", others, actor=world.actor("clerk_east"))
    assert story(first, reported(world)) == [(None, 0), (0, 1)]


def test_only_within_the_window(world: World) -> None:
    today = clock.today()
    old = reported(world, found_on=today - timedelta(days=366))
    late = reported(world, found_on=today - timedelta(days=365))
    assert story(old, late, reported(world)) == [(None, 0), (0, 1), (1, 2)]
    alone = reported(world, place="食堂", found_on=today - timedelta(days=366))
    assert story(alone, reported(world, place="食堂")) == [(None, 0), (None, 0)]


@pytest.mark.parametrize(
    "changes", [{"place": "食堂"}, {"description": "灭火器压力不足"}, {"category": "gas"}]
)
def test_another_place_or_kind_is_no_repeat(world: World, changes: dict[str, str]) -> None:
    assert story(reported(world), reported(world, **changes)) == [(None, 0), (None, 0)]


def test_what_cannot_be_told_apart_is_the_same_only_in_the_same_words(world: World) -> None:
    nameless = [
        reported(world, place="", description=text) for text in ("通道堵塞甲", "通道堵塞乙", "通道堵塞甲")
    ]
    assert story(*nameless) == [(None, 0), (None, 0), (0, 1)]
    unknown = [reported(world, description=text) for text in ("地面湿滑", "窗户破损", "地面 湿滑")]
    assert story(*unknown) == [(None, 0), (None, 0), (0, 1)]


def test_rows_of_a_ledger_count_for_each_other_in_the_order_they_were_found(world: World) -> None:
    june, march, april = load(
        world,
        claim(found_on=date(2023, 6, 1), rectified_on=None, accepted_on=None, state=HazardState.RECTIFYING),
        claim(),
        claim(found_on=date(2023, 4, 1), rectified_on=date(2023, 4, 2), accepted_on=date(2023, 4, 2)),
    )
    assert story(june, march, april) == [(2, 2), (None, 0), (1, 1)]
    assert entries_of(june.uid)[0].payload["recurs"] == april.no
    assert "recurs" not in entries_of(march.uid)[0].payload


def test_rows_of_one_ledger_further_apart_than_the_window_are_no_repeat(world: World) -> None:
    first, late, soon = load(
        world,
        claim(found_on=date(2021, 3, 1), rectified_on=date(2021, 3, 2), accepted_on=date(2021, 3, 2)),
        claim(found_on=date(2022, 3, 2), rectified_on=date(2022, 3, 3), accepted_on=date(2022, 3, 3)),
        claim(found_on=date(2023, 3, 2), rectified_on=date(2023, 3, 3), accepted_on=date(2023, 3, 3)),
    )
    assert story(first, late, soon) == [(None, 0), (None, 0), (1, 1)]


def test_a_ledger_knows_what_was_there_and_is_known_to_what_comes(world: World) -> None:
    (first,) = load(world, claim(found_on=clock.today() - timedelta(days=9), rectified_on=None, accepted_on=None,
                                 state=HazardState.RECTIFYING))  # fmt: skip
    second = reported(world, place="二车间")
    assert story(first, second) == [(None, 0), (0, 1)]


def test_a_ledger_that_comes_late_moves_the_chain(world: World) -> None:
    day = clock.today()
    open_now = {"rectified_on": None, "accepted_on": None, "state": HazardState.RECTIFYING}
    first, third = reported(world, found_on=day - timedelta(days=20)), reported(world)
    place = first.place
    (second,) = load(world, claim(place=place, found_on=day - timedelta(days=10), **open_now))
    assert story(first, second, third) == [(None, 0), (0, 1), (1, 2)]
    (before,) = load(world, claim(place=place, found_on=day - timedelta(days=30), **open_now))
    assert story(before, first, second, third) == [(None, 0), (0, 1), (1, 2), (2, 3)]


def test_a_late_finding_knows_what_lay_before_it(world: World) -> None:
    day = clock.today()
    first, third = reported(world, found_on=day - timedelta(days=20)), reported(world)
    second = reported(world, found_on=day - timedelta(days=10))
    assert entries_of(second.uid)[0].payload["recurs"] == first.no
    assert story(first, second, third) == [(None, 0), (0, 1), (1, 2)]


def test_a_correction_leaves_one_spot_for_another(world: World) -> None:
    first, second, third = reported(world), reported(world), reported(world)
    elsewhere = reported(world, place="食堂")
    given = inputs.Correction(
        description=second.description,
        place="食堂",
        source=second.source,
        found_on=second.found_on,
        reason="写错",
    )
    engine.perform("hazard", "correct", second.no, given, actor=world.actor("clerk_east"))
    assert story(first, second, third, elsewhere) == [(None, 0), (None, 0), (0, 1), (1, 1)]


def test_what_is_voided_is_nobodys_former_hazard(world: World) -> None:
    first, second, third = reported(world), reported(world), reported(world)
    given = inputs.Reason(reason="误报")
    engine.perform("hazard", "void", second.no, given, actor=world.actor("office").confirmed_now())
    assert story(first, third) == [(None, 0), (0, 1)]


def test_hazards_of_two_objects_that_are_one_meet(world: World) -> None:
    pending = draft_object("东湖纺织厂", world.east, standing=Standing.PENDING)
    pending.save()
    first = reported(world, by="office", object=pending.uid)
    second = reported(world)
    assert story(first, second) == [(None, 0), (None, 0)]
    known = SupervisedObject.objects.get(pk=world.factory.pk)
    standing.merge(pending, known, world.actor("office"), "同一地址、同一负责人")
    assert story(first, second) == [(None, 0), (0, 1)]


def test_a_ledger_asks_once_for_all_its_rows(world: World) -> None:
    def asked(count: int, start: int) -> int:
        claims = [claim(place=f"{number}号") for number in range(start, start + count)]
        with CaptureQueriesContext(connection) as statements:
            load_only(world, claims)
        return sum("spot" in one["sql"] and "SELECT" in one["sql"] for one in statements.captured_queries)

    asked(1, 0)
    assert asked(60, 100) == asked(200, 200) == 1


def load_only(world: World, claims: list[inputs.Claim]) -> None:
    columns = [{"object": world.factory} for _ in claims]
    engine.open_many("hazard", "claim_from_ledger", claims, actor=Actor.system("import"), columns=columns)


def test_the_page_shows_the_whole_chain_by_one_statement(world: World) -> None:
    chain = [reported(world) for _ in range(4)]
    client = Client()
    client.force_login(world.user("clerk_east"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/hazards/{chain[-1].no}/").content.decode()
    assert "屡整屡犯 第4次" in page
    places = [page.index(f"/hazards/{former.no}/") for former in reversed(chain[:-1])]
    assert places == sorted(places)
    counts = []
    for hazard in (chain[1], chain[3]):
        with CaptureQueriesContext(connection) as statements:
            client.get(f"/hazards/{hazard.no}/")
        counts.append(len(statements))
    assert counts[0] == counts[1]
