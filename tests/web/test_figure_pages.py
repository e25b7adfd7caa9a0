"""Figures: my own jurisdiction, and every number opens exactly what it counts."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.web.figures.asked import by_of
from tests.hazards.steps import closed, rectifying, reported
from tests.web.conftest import SignIn
from tests.world import World

YEAR = f"{clock.today().year}"
OPENING = re.compile(r'href="(/figures/[a-z_.]+/records/\?[^"]+)"')


def opened(client: Client, page: str) -> list[str]:
    return [html.unescape(href) for href in OPENING.findall(client.get(page).content.decode())]


def total(client: Client, href: str) -> int:
    found = re.search(r"<h1>[^<]*?([\d,]+) 条</h1>", client.get(href).content.decode())
    assert found, href
    return int(found.group(1).replace(",", ""))


@pytest.fixture
def filled(world: World) -> World:
    closed(world)
    rectifying(world)
    reported(world, by="builder", object=world.site.uid)
    return world


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("office", 3),
        ("leader", 3),
        ("regulator", 2),
        ("builder", 1),
        ("clerk_east", 2),
        ("clerk_west", 1),
        ("safety", 2),
        ("site_safety", 1),
    ],
)
def test_each_sees_the_figures_of_their_own_reach(
    filled: World, sign_in: SignIn, name: str, count: int
) -> None:
    page = sign_in(name).get(f"/figures/?period={YEAR}").content.decode()
    value = re.search(r"发现隐患</p>\s*<p class=\"figure-value\"><b>(\d+)</b>", page)
    assert value is not None
    assert int(value.group(1)) == count


@pytest.mark.parametrize("name", ["office", "regulator", "clerk_east", "safety"])
@pytest.mark.parametrize("by", ["sector", "town", "source", "grade"])
def test_every_number_opens_as_many_records_as_it_says(
    filled: World, sign_in: SignIn, name: str, by: str
) -> None:
    client = sign_in(name)
    page = html.unescape(client.get(f"/figures/?period={YEAR}&by={by}").content.decode())
    links = re.findall(r'<a href="(/figures/[a-z_.]+/records/\?[^"]+)">([\d,]+)</a>', page)
    assert links
    for href, number in links:
        assert total(client, href) == int(number.replace(",", "")), href


def test_a_link_of_the_district_opens_only_my_town(filled: World, sign_in: SignIn) -> None:
    whole = next(href for href in opened(sign_in("office"), f"/figures/?period={YEAR}") if ".found/" in href)
    assert total(sign_in("office"), whole) == 3
    assert total(sign_in("clerk_west"), whole) == 1


def test_another_town_is_not_mine_to_ask_for(filled: World, sign_in: SignIn) -> None:
    assert sign_in("clerk_east").get(f"/figures/?region={filled.west.path}").status_code == 404
    assert sign_in("office").get(f"/figures/?region={filled.west.path}").status_code == 200


@pytest.mark.parametrize("query", ["period=2023H3", "as_of=2023-13-01", "by=weather", "as_of=;drop"])
def test_what_cannot_be_read_is_said_in_words(filled: World, sign_in: SignIn, query: str) -> None:
    answer = sign_in("office").get(f"/figures/?{query}")
    assert answer.status_code == 422
    assert "原因如下" in answer.content.decode()


def test_the_period_before_is_empty(filled: World, sign_in: SignIn) -> None:
    page = sign_in("office").get("/figures/?period=2019").content.decode()
    assert Period.parse("2019").chinese() in page
    assert "打开这" not in page


def test_records_and_breakdown_leave_as_workbooks(filled: World, sign_in: SignIn) -> None:
    client = sign_in("clerk_east")
    href = next(href for href in opened(client, f"/figures/?period={YEAR}") if ".found/" in href)
    rows = sheet(client.get(href.replace("/records/?", "/records/export.xlsx?")))
    assert len(rows) == 2 + 2 + 1
    assert rows[-1][0].startswith("共 2 行")
    broken = sheet(client.get(f"/figures/export.xlsx?period={YEAR}&by=town"))
    assert broken[2][:2] == ("东湖镇", 2)


def sheet(answer: Any) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return list(book.worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("kind", "word"), [("hazards", "排查来源"), ("tipoff_items", "来源"), ("cases", "案件来源")]
)
def test_a_breakdown_goes_by_the_word_of_its_own_records(
    world: World, sign_in: SignIn, kind: str, word: str
) -> None:
    """A hazard has a 排查来源, a tip-off a 来源, a case a 案件来源; each word leads back to the one grouping."""
    page = sign_in("office").get(f"/figures/?of={kind}&by=source").content.decode()
    assert re.search(rf'<option value="source" selected>\s*{word}\s*</option>', page)
    assert by_of(word) == "source"
    assert by_of("没有这样的分组") == ""
