"""A million hazards: lists, searches, figures and the workbench ask no more questions than over a tenth of them."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.figures import HAZARDS
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.figures import tally
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.signatures import keyring
from bihuan.kernel.web.matters.counting import SMALL_TABLE
from tests.hazards.steps import awaiting, closed, overdue, rectifying, reported
from tests.web.conftest import SignIn
from tests.world import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.soak]

SMALL, LARGE, MANY, KINDS, SITES = 2_000, 100_001, 1_000_000, 25, 400
PAGES = (
    "/", "/hazards/?tab=open", "/hazards/?tab=overdue", "/hazards/?tab=awaiting", "/hazards/?tab=closed",
    "/hazards/?tab=all", "/hazards/?tab=all&grade=general&source=routine", f"/hazards/?tab=all&q={quote('疏散通道')}",
    f"/hazards/?tab=open&q={quote('没有这样的词')}", "/figures/", "/filings/",
)  # fmt: skip
PEOPLE = ("clerk_east", "office", "safety", "leader")
"""Each row is one of the real ones again, with its own number and a day of the last four years."""
COPIES = """
INSERT INTO hazards_hazard ({columns})
SELECT {values} FROM generate_series(%(first)s::int, %(last)s::int) AS turn
JOIN (SELECT *, row_number() OVER (ORDER BY uid) AS nth FROM hazards_hazard ORDER BY uid LIMIT %(kinds)s) AS h
  ON h.nth = 1 + turn %% %(kinds)s
JOIN (SELECT *, row_number() OVER (ORDER BY uid) AS nth, count(*) OVER () AS many FROM objects_supervisedobject) AS o
  ON o.nth = 1 + turn / %(kinds)s %% o.many
"""
OTHERS = {
    "uid": "('f' || substr(gen_random_uuid()::text, 2))::uuid",
    "no": "left(h.no, 9) || '2-' || lpad(turn::text, 7, '0')",
    "found_on": "h.found_on - turn %% 1400",
    "opened_at": "h.opened_at - (turn %% 1400) * INTERVAL '1 day'",
    "row_key": "NULL",
    "object_id": "o.uid",
    "region_path": "o.region_path",
    "agency_id": "o.agency_id",
    "duties": "CASE WHEN h.state <> 'closed' THEN h.duties END",
    "duty_on": "CASE WHEN h.state <> 'closed' THEN h.duty_on END",
}
"""What a copy says of itself: a closed one was followed up years ago."""


@pytest.fixture
def world(owner_connection: psycopg.Connection) -> World:
    """The small district with a hazard in each state."""
    keyring.forget()
    world = build_world()
    for make in (reported, rectifying, awaiting, closed, overdue):
        make(world)
    for number in range(SITES):
        site = draft_object(
            f"东湖第{number}厂", (world.east, world.west)[number % 2], sector=world.factory.sector
        )
        site.agency = (world.bureau, world.builders)[number % 2]
        site.save()
    for _ in range(KINDS - 5):
        closed(world, by="regulator_two")
    return world


def _grow(owner: psycopg.Connection, first: int, last: int) -> None:
    columns = [field.column for field in Hazard._meta.concrete_fields]
    values = ", ".join(OTHERS.get(column, f"h.{column}") for column in columns)
    owner.execute("SET session_replication_role = replica")
    said = COPIES.format(columns=", ".join(columns), values=values)
    owner.execute(said, {"first": first, "last": last, "kinds": KINDS})
    owner.execute("SET session_replication_role = DEFAULT")
    owner.execute("VACUUM ANALYZE hazards_hazard")
    tally.rebuild(HAZARDS)


def _questions(client: Client, page: str) -> list[str]:
    """The statements of a page once names are remembered; the shorter of two visits, for memories expire."""
    client.get(page)
    return min(_asked(client, page), _asked(client, page), key=len)


def _asked(client: Client, page: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
    return [query["sql"] for query in asked.captured_queries]


Asked = dict[tuple[str, str], list[str]]


def _more(before: Asked, after: Asked, than: int = 0) -> dict[tuple[str, str], list[str]]:
    """The pages that took over ``than`` statements more, and what was asked more often than before."""
    return {
        key: sorted((_kinds(after[key]) - _kinds(statements)).elements())
        for key, statements in before.items()
        if len(after[key]) > len(statements) + than
    }


def _kinds(statements: list[str]) -> Counter[str]:
    """Statements by what they read from, whatever they look for."""
    return Counter(" ".join(re.findall(r'(?:FROM|UPDATE|INTO) "?(\w+)', said)) for said in statements)


def test_pages_over_a_million_ask_no_more_than_over_a_tenth(
    world: World, sign_in: SignIn, owner_connection: psycopg.Connection
) -> None:
    """Of a small table every tab is counted by one statement, of a large one by two; nothing else grows."""
    clients = {name: sign_in(name) for name in PEOPLE}
    asked: list[Asked] = []
    for first, last in ((1, SMALL), (SMALL + 1, LARGE), (LARGE + 1, MANY)):
        _grow(owner_connection, first, last)
        asked.append({(name, page): _questions(clients[name], page) for name in PEOPLE for page in PAGES})
    small, large, many = asked
    assert Hazard.objects.count() > MANY > LARGE > SMALL_TABLE
    assert _more(large, many) == {}
    assert _more(small, many, than=1) == {}
