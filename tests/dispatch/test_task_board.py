"""The board of a unit among many tasks: the same rows, counts and desk whichever way the database finds them."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from bihuan.capabilities.dispatch.access import visible_tasks
from bihuan.capabilities.dispatch.models import FACETS, OPEN_STATES, Task
from bihuan.kernel import clock
from bihuan.kernel.facets import usable
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.registry import running
from bihuan.kernel.web.matters import counting, foremost, listing
from bihuan.kernel.web.matters.pages import all_pages, pages_of
from bihuan.kernel.web.workbench import held, nearest
from tests.dispatch import steps
from tests.world import World

ACTORS = ("office", "leader", "regulator", "builder", "clerk_east", "clerk_west", "principal", "auditor")
QUERIES: tuple[dict[str, str], ...] = (
    {"tab": "open"}, {"tab": "overdue"}, {"tab": "under_way"}, {"tab": "closed"}, {"tab": "all"},
    {"tab": "all", "kind": "train"}, {"tab": "open", "q": "燃气"}, {"tab": "all", "state": "withdrawn"},
)  # fmt: skip


@pytest.fixture
def tasks(world: World) -> World:
    """Some forty tasks of four units, of some more helped by others, in every state, with equal days among them."""
    luck = Random(5)
    units = (world.bureau, world.builders, world.east_government, world.west_government)
    asked = []
    for _ in range(36):
        lead, *others = luck.sample(units, len(units))
        helping = tuple(unit.pk for unit in others if luck.random() < 0.3)
        title, kind = luck.choice(("城镇燃气专项检查", "消防通道整治")), luck.choice(("inspect", "train"))
        asked.append(steps.asked(world, title=title, kind=kind, lead=lead.pk, supporting=helping))
    engine.open_many("task", "dispatch", asked, actor=world.actor("office"))
    steps.closed(world)
    steps.completed(world)
    steps.received(world)
    for task in Task.objects.order_by("no"):
        task.deadline = luck.choice([None, clock.today() + timedelta(days=luck.randrange(-3, 3))])
        task.dispatched_on -= timedelta(days=luck.randrange(4))
        task.save(update_fields=["deadline", "dispatched_on"])
    return world


@pytest.mark.parametrize(("near", "far"), [(1, 1), (3, 100), (1000, 100)])
def test_every_page_holds_what_the_plain_query_holds(
    tasks: World, monkeypatch: pytest.MonkeyPatch, near: int, far: int
) -> None:
    monkeypatch.setattr(foremost, "NEAR", near)
    monkeypatch.setattr(foremost, "FAR", far)
    pages = pages_of("tasks")
    assert pages is not None
    for name in ACTORS:
        actor = tasks.actor(name)
        for query in QUERIES:
            found, cursor = list[str](), ""
            while True:
                asked = listing.asked_of(pages, {**query, "page_size": "7", "cursor": cursor})
                page = listing.page_of(pages, actor, asked)
                found += [row.no for row in page.rows]
                if not (cursor := page.next_cursor):
                    break
            whole = listing.ordered(listing.select(pages, actor, asked), asked.tab.order)
            assert found == [row.no for row in whole], (name, query)


def test_a_units_reach_is_said_in_facets_whole(tasks: World) -> None:
    """Lead, support, sector and leader's seat join into one clause: without it the unit's list reads every open task."""
    for name, letters in (("regulator", "ahs"), ("clerk_east", "ahr")):
        rows = visible_tasks(tasks.actor(name))
        (clause,) = usable(FACETS.clauses(rows.query.where, "dispatch_task"))
        assert {mark[0] for mark in clause} == set(letters), name
        fitting = Task.objects.extra(where=[f"{FACETS.sql()} && %s::text[]"], params=[clause])
        assert set(rows.values_list("no")) <= set(fitting.values_list("no")), name
    assert not usable(FACETS.clauses(visible_tasks(tasks.actor("office")).query.where, "dispatch_task"))


def test_facets_of_every_list_have_their_index(db: None) -> None:
    for pages in all_pages():
        if pages.facets is None:
            continue
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            table, marks = pages.facets.table, pages.facets.sql()
            cursor.execute(f"EXPLAIN SELECT uid FROM {table} WHERE {marks} && ARRAY['r5', 'a1']")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "by_facets" in plan, (pages.loop.plural, plan)


@pytest.mark.parametrize("limit", [2, 9, 5000])
@pytest.mark.parametrize("several", [0, 50])
def test_work_in_hand_is_counted_though_everything_is_too_much(
    tasks: World,
    monkeypatch: pytest.MonkeyPatch,
    limit: int,
    several: int,
    django_assert_max_num_queries: Any,
) -> None:
    monkeypatch.setattr(counting, "COUNT_LIMIT", limit)
    monkeypatch.setattr(counting, "SMALL_TABLE", -2)
    monkeypatch.setattr(counting, "SEVERAL", several)
    pages = pages_of("tasks")
    assert pages is not None
    for name in ACTORS:
        actor = tasks.actor(name)
        with django_assert_max_num_queries(2):
            counts = listing.tab_counts(pages, actor, listing.asked_of(pages, {}))
        for tab in pages.tabs:
            given, whole = counts.get(tab.name), visible_tasks(actor).filter(tab.condition()).count()
            assert given is None or given == min(whole, limit + 1), (name, tab.name)
            assert given is not None or tab.name in {"closed", "all"}, (name, tab.name)


def test_what_is_few_takes_one_statement(
    tasks: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(counting, "SMALL_TABLE", -2)
    pages = pages_of("tasks")
    assert pages is not None
    office = tasks.actor("office")
    with django_assert_num_queries(1):
        counts = listing.tab_counts(pages, office, listing.asked_of(pages, {"kind": "drill"}))
    assert set(counts.values()) == {0}


@pytest.mark.parametrize("glanced", [1, 4, 600])
@pytest.mark.parametrize("count", [2, 60])
def test_the_desk_finds_the_most_urgent_of_each_state(
    tasks: World, monkeypatch: pytest.MonkeyPatch, glanced: int, count: int
) -> None:
    monkeypatch.setattr(nearest, "GLANCED_AT", glanced)
    service, states = running("task"), [state.value for state in OPEN_STATES]
    for name in ACTORS:
        rows = service.visible(tasks.actor(name))
        asked = nearest.soonest(rows, [[state] for state in states], count, FACETS)
        keys = nearest.found({"task": asked} if asked is not None else {}).get("task", [])
        found = set(Task.objects.filter(pk__in=keys).values_list("no", flat=True))
        for state in states:
            urgent = rows.filter(state=state).order_by(F("deadline").asc(nulls_last=True), "uid")
            assert set(urgent[:count].values_list("no", flat=True)) <= found, (name, state)
        assert found <= set(rows.filter(state__in=states).values_list("no", flat=True)), name


def test_the_desk_asks_all_loops_at_once(tasks: World, django_assert_max_num_queries: Any) -> None:
    """One statement finds what is wanted in any loop, one more fetches it for each loop that has something."""
    actor = tasks.actor("regulator")
    near = held.nearby(actor)
    assert near is not None
    with django_assert_max_num_queries(2):
        found = list(held._wanted(actor, near))
    assert {one.service.loop.name for one in found} == {"task"}
