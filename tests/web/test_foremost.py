"""Pages of a list are the same rows in the same order whichever way they were found: near, by facets, or further on."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.capabilities.hazards.access import visible_hazards
from bihuan.capabilities.hazards.models import FACETS, Hazard
from bihuan.capabilities.hazards.states import HazardState, Source
from bihuan.kernel import clock
from bihuan.kernel.facets import usable
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web.matters import counting, foremost, listing
from bihuan.kernel.web.matters.pages import pages_of
from tests.hazards.steps import awaiting, closed, finding, rectifying
from tests.world import World

WORDS = ("灭火器压力不足", "配电箱未上锁", "疏散通道堵塞", "灭火器缺失")
ACTORS = (
    "clerk_east",
    "clerk_west",
    "regulator",
    "builder",
    "office",
    "grid",
    "expert",
    "principal",
    "auditor",
)


@pytest.fixture
def hazards(world: World) -> World:
    """Some ninety hazards of two towns and two trades, in every state, with equal days among them."""
    luck = Random(7)
    for _ in range(3):
        closed(world)
        awaiting(world)
        rectifying(world)
    for by, site in (("clerk_east", world.factory), ("clerk_west", world.site), ("grid", world.factory)):
        found = [finding(world, object=site.uid, description=luck.choice(WORDS)) for _ in range(28)]
        engine.open_many("hazard", "report", found, actor=world.actor(by))
    for hazard in Hazard.objects.order_by("no"):
        hazard.source = luck.choice(list(Source)[:4]).value
        hazard.found_on -= timedelta(days=luck.randrange(6))
        if hazard.deadline:
            hazard.deadline = luck.choice([None, hazard.found_on + timedelta(days=luck.randrange(4))])
        hazard.save(update_fields=["source", "found_on", "deadline"])
    return world


def every_page(actor: Actor, size: int, query: dict[str, str]) -> list[str]:
    """The numbers of all pages in turn."""
    pages, found, cursor = pages_of("hazards"), [], ""
    assert pages is not None
    while True:
        page = listing.page_of(
            pages, actor, listing.asked_of(pages, {**query, "page_size": str(size), "cursor": cursor})
        )
        found += [row.no for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            return found


def in_order(actor: Actor, query: dict[str, str]) -> list[str]:
    """The same by the plain query."""
    pages = pages_of("hazards")
    assert pages is not None
    asked = listing.asked_of(pages, query)
    return [row.no for row in listing.ordered(listing.select(pages, actor, asked), asked.tab.order)]


_QUERIES = st.fixed_dictionaries(
    {"tab": st.sampled_from(["open", "overdue", "reported", "rectifying", "awaiting", "closed", "all"])},
    optional={
        "q": st.sampled_from(["灭火器", "缺", "配电箱 上锁", "东湖", "不存在"]),
        "grade": st.just("general"),
        "source": st.sampled_from([source.value for source in list(Source)[:5]]),
        "sector": st.sampled_from(["工贸", "建筑施工", "烟花爆竹"]),
        "state": st.sampled_from([state.value for state in HazardState]),
        "found_from": st.integers(0, 6).map(lambda days: str(clock.today() - timedelta(days=days))),
        "found_to": st.integers(0, 6).map(lambda days: str(clock.today() - timedelta(days=days))),
    },
)


def test_every_page_holds_what_the_plain_query_holds(hazards: World, monkeypatch: pytest.MonkeyPatch) -> None:
    actors = {name: hazards.actor(name) for name in ACTORS}

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(
        name=st.sampled_from(ACTORS), query=_QUERIES, size=st.sampled_from([1, 4, 50]),
        near=st.sampled_from([1, 5, 20, 1000]), far=st.sampled_from([0, 3, 20, 1000]),
    )  # fmt: skip
    def ask(name: str, query: dict[str, str], size: int, near: int, far: int) -> None:
        monkeypatch.setattr(foremost, "NEAR", near)
        monkeypatch.setattr(foremost, "FAR", far)
        assert every_page(actors[name], size, query) == in_order(actors[name], query)

    ask()


def test_nothing_fits_whom_nothing_concerns(hazards: World) -> None:
    assert every_page(hazards.actor("auditor"), 50, {"tab": "all"}) == []
    assert len(every_page(hazards.actor("office"), 50, {"tab": "all"})) == Hazard.objects.count() > 50


def test_facets_follow_from_the_conditions_and_never_add_to_them(hazards: World) -> None:
    pages = pages_of("hazards")
    assert pages is not None
    said = 0
    for name in ACTORS:
        for query in (
            {"tab": "open"},
            {"tab": "all", "sector": "工贸", "source": "routine"},
            {"tab": "all", "state": "awaiting_acceptance"},
        ):
            rows = listing.select(pages, hazards.actor(name), listing.asked_of(pages, query))
            clauses = usable(FACETS.clauses(rows.query.where, "hazards_hazard"))
            said += len(clauses)
            with_marks = rows
            for clause in clauses:
                with_marks = with_marks.extra(where=[f"{FACETS.sql()} && %s::text[]"], params=[clause])
            assert set(with_marks.values_list("no")) == set(rows.values_list("no"))
    assert said > 20


def test_a_query_of_facets_is_answered_by_their_index(db: None) -> None:
    told: list[Any] = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT uid FROM hazards_hazard WHERE {FACETS.sql()} && ARRAY['r5', 'a1']")
        told = cursor.fetchall()
    assert any("hazard_by_facets" in line for (line,) in told), told


def test_a_page_takes_one_statement_however_it_is_found(
    hazards: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    pages, actor = pages_of("hazards"), hazards.actor("clerk_east")
    assert pages is not None
    for near, far in ((1000, 1000), (1, 1000), (1, 1)):
        monkeypatch.setattr(foremost, "NEAR", near)
        monkeypatch.setattr(foremost, "FAR", far)
        asked = listing.asked_of(pages, {"tab": "all", "source": "routine", "page_size": "5"})
        with django_assert_num_queries(1):
            listing.page_of(pages, actor, asked)


@pytest.mark.parametrize("limit", [2, 9, 30, 5000])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("several", [0, 5, 50])
def test_counts_of_the_tabs_are_right_or_not_given(
    hazards: World, monkeypatch: pytest.MonkeyPatch, limit: int, large: bool, several: int
) -> None:
    pages = pages_of("hazards")
    assert pages is not None
    monkeypatch.setattr(counting, "COUNT_LIMIT", limit)
    monkeypatch.setattr(counting, "SMALL_TABLE", -2 if large else 100)
    monkeypatch.setattr(counting, "SEVERAL", several)
    queries: tuple[dict[str, str], ...] = (
        {}, {"source": "routine"}, {"sector": "工贸", "grade": "general"}, {"q": "灭火器"}, {"q": "？"}, {"state": "closed"},
    )  # fmt: skip
    missing = 0
    for name in ACTORS:
        actor = hazards.actor(name)
        for query in queries:
            asked = listing.asked_of(pages, query)
            counts = listing.tab_counts(pages, actor, asked)
            rows = visible_hazards(actor).filter(asked.condition)
            for tab in pages.tabs:
                whole = rows.filter(tab.condition()).count()
                given = counts.get(tab.name)
                assert given is None or given == min(whole, limit + 1), (name, query, tab.name)
                missing += given is None
                assert given is not None or (large and (query or tab.name in {"closed", "all"}))
    assert bool(missing) is large


def test_counts_take_few_statements(
    hazards: World, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, office = pages_of("hazards"), hazards.actor("office")
    assert pages is not None
    for limit in (2, 5000):
        monkeypatch.setattr(counting, "COUNT_LIMIT", limit)
        for query in ({}, {"source": "routine"}, {"q": "灭火器"}):
            asked = listing.asked_of(pages, query)
            listing.tab_counts(
                pages, office, asked
            )  # the policy of what is due soon is remembered for seconds
            with django_assert_max_num_queries(2):
                listing.tab_counts(pages, office, asked)
