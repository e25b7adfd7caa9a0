"""How many SQL statements each call costs: bounded, and the same however much there is.

Everything is counted, also BEGIN, COMMIT and whatever savepoint a deed would set. What is asked once a process or
once in ten seconds (calendars, policies, the district's code) is asked before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.kernel.calendar import years
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.loops import engine
from bihuan.kernel.people.models import User
from bihuan.kernel.policies import values
from tests.dispatch.campaign_steps import under_way
from tests.hazards import steps
from tests.web.api_calls import Api, elements_body, found
from tests.web.test_api import DEEDS
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)

CREATE, STEP, READ, LIST, FIGURES, LIST_PAGE, MATTER_PAGE = 8, 14, 5, 6, 4, 20, 24
TAGGED = 2
"""Which campaigns are on, and that this object was looked at."""
PLAIN, PLAIN_STEP = (
    {"accept", "assign", "send_back", "request_extension", "grant_extension", "report_to_workers"},
    6,
)
"""Deeds that look nothing up beside their matter: who acts, BEGIN, the matter, all that is written, COMMIT."""


@pytest.fixture(autouse=True)
def ask_policies_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine ten seconds pass between two calls; what a policy costs is not what is counted here."""
    monkeypatch.setattr(values, "_RECENT_SECONDS", 3600)


@pytest.fixture
def world(transactional_db: None) -> World:
    years.current()
    made = build_world()
    warm = Api(made, "clerk_east")
    no = warm.post("/hazards", found(made), key="warm").body["no"]
    warm.post(f"/hazards/{no}/assign", elements_body(version=1))
    warm.get(f"/hazards/{no}")
    warm.get("/hazards")
    return made


def cost(deed: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)


def test_create(world: World) -> None:
    api = Api(world, "clerk_east")
    under_way(world, name="百日行动")
    api.post("/hazards", found(world))
    for extra in (
        {},
        {"uid": "019a9b2e-0000-7000-8000-000000000001"},
        {"category": "", "campaign": "百日行动"},
    ):
        body = found(world, place=f"处{len(extra)}", **extra)
        tagged = TAGGED if "campaign" in extra else 0
        assert cost(lambda body=body: api.post("/hazards", body, key=str(len(body)))) <= CREATE + tagged


def test_a_replay_costs_no_more(world: World) -> None:
    api = Api(world, "clerk_east")
    api.post("/hazards", found(world), key="k")
    assert cost(lambda: api.post("/hazards", found(world), key="k")) <= 6


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_step(world: World, name: str) -> None:
    begin, who, body_of = DEEDS[name]
    first, second = begin(world), begin(world)
    api, slug = Api(world, who), HAZARD.deed(name).slug
    warm = api.post(
        f"/hazards/{first.no}/{slug}", {**body_of(world, first), "version": first.version}, key="a"
    )
    assert warm.status == 200, warm.body
    body = {**body_of(world, second), "version": second.version}
    years.current()
    spent = cost(lambda: api.post(f"/hazards/{second.no}/{slug}", body, key="b"))
    assert spent <= (PLAIN_STEP if name in PLAIN else STEP)


def test_a_major_hazard_that_opens_its_listing(world: World) -> None:
    api = Api(world, "clerk_east")
    numbers = [steps.reported(world, grade="major", criterion="GM-03-01").no for _ in range(2)]
    api.post(f"/hazards/{numbers[0]}/assign", elements_body(version=1))
    assert cost(lambda: api.post(f"/hazards/{numbers[1]}/assign", elements_body(version=1), key="m")) <= STEP


def test_read_costs_the_same_however_long_its_story(world: World) -> None:
    api, hazard = Api(world, "clerk_east"), steps.rectifying(world)
    short = cost(lambda: api.get(f"/hazards/{hazard.no}"))
    for _ in range(40):
        engine.perform(
            "hazard", "remind", hazard.no, steps.inputs.Reminder(), actor=world.actor("clerk_east")
        )
    assert cost(lambda: api.get(f"/hazards/{hazard.no}")) == short <= READ


FILTERED = {
    "sector": "工贸",
    "source": "routine",
    "grade": "general",
    "found_from": "2020-01-01",
    "q": "通道",
}


def fill(world: World, count: int) -> None:
    given = [steps.finding(world, place=f"第{index}处") for index in range(count)]
    engine.open_many("hazard", "report", given, actor=world.actor("clerk_east"))


@pytest.mark.parametrize("query", [{}, FILTERED, {"tab": "open"}, {"overdue": "1"}])
def test_list_costs_the_same_whatever_its_size(world: World, query: dict[str, str]) -> None:
    api = Api(world, "clerk_east")
    fill(world, 4)
    api.get("/hazards", **query)
    few = [cost(lambda size=size: api.get("/hazards", page_size=size, **query)) for size in (5, 200)]
    fill(world, 96)
    many = [cost(lambda size=size: api.get("/hazards", page_size=size, **query)) for size in (5, 200)]
    assert len({*few, *many}) == 1
    assert few[0] <= LIST
    cursor = api.get("/hazards", page_size=5, **query).body["next"] or ""
    assert (
        cost(lambda: api.get("/hazards", page_size=5, **({"cursor": cursor} if cursor else {}), **query))
        <= LIST
    )


def test_a_region_filter_stays_within_the_bound(world: World) -> None:
    api = Api(world, "office")
    assert cost(lambda: api.get("/hazards", region=world.east.path, **FILTERED)) <= LIST


def test_figures_cost_the_same_whatever_they_count(world: World) -> None:
    period, names = Period.parse(f"{date.today().year}"), registry.names("hazards")

    def ask(by: str = "") -> int:
        return cost(lambda: answers.values(names, period, period.last, by=by))

    ask()
    few = [ask(), ask("town"), ask("sector"), ask("source")]
    fill(world, 100)
    assert [ask(), ask("town"), ask("sector"), ask("source")] == few
    assert max(few) <= FIGURES


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("who", ["clerk_east", "office", "safety"])
def test_the_list_page_costs_the_same_whatever_its_rows(world: World, who: str) -> None:
    client = _signed_in(world.user(who))
    fill(world, 4)
    client.get("/hazards/")
    few = cost(lambda: client.get("/hazards/"))
    fill(world, 96)
    assert cost(lambda: client.get("/hazards/")) == few <= LIST_PAGE


def test_the_page_of_a_hazard_costs_the_same_however_long_its_story(world: World) -> None:
    client, hazard = _signed_in(world.user("clerk_east")), steps.rectifying(world)
    client.get(f"/hazards/{hazard.no}/")
    few = cost(lambda: client.get(f"/hazards/{hazard.no}/"))
    for _ in range(20):
        engine.perform(
            "hazard", "remind", hazard.no, steps.inputs.Reminder(), actor=world.actor("clerk_east")
        )
    assert cost(lambda: client.get(f"/hazards/{hazard.no}/")) == few <= MATTER_PAGE


def test_an_export_is_one_statement_for_its_rows(world: World) -> None:
    client = _signed_in(world.user("clerk_east"))
    fill(world, 4)
    client.get("/hazards/export.xlsx").getvalue()
    few = cost(lambda: client.get("/hazards/export.xlsx").getvalue())
    fill(world, 96)
    assert cost(lambda: client.get("/hazards/export.xlsx").getvalue()) == few <= 14
