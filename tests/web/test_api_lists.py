"""Lists of the API: filters that only narrow, cursors that lose and repeat nothing, and no question that breaks them."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.territory.models import RegionCode
from tests.hazards.steps import awaiting, closed, rectifying, reported
from tests.hazards.test_steps import CRITERION
from tests.web.api_calls import Api
from tests.world import World


def numbers(answer: Any) -> list[str]:
    assert answer.status == 200, answer.body
    return [item["no"] for item in answer.body["items"]]


def walk(api: Api, size: int, **query: Any) -> list[str]:
    """Every number of every page."""
    found, cursor = [], ""
    for _ in range(200):
        answer = api.get("/hazards", page_size=size, **query, **({"cursor": cursor} if cursor else {}))
        page = numbers(answer)
        assert len(page) <= size
        found += page
        cursor = answer.body["next"]
        if not cursor:
            return found
        assert len(page) == size
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "closed"}, {"closed"}),
        ({"grade": "major"}, {"major"}),
        ({"source": "grid"}, {"grid"}),
        ({"q": "灭火器"}, {"grid"}),
        ({"q": "西岭"}, {"west"}),
        ({"sector": "建筑施工"}, {"west"}),
        ({"found_to": "2023-06-30"}, {"old"}),
        ({"found_from": "2023-07-01", "grade": "general", "state": "reported", "sector": "工贸"}, {"grid"}),
        ({"overdue": "true"}, {"old"}),
        ({"overdue": "false", "state": "closed"}, {"closed"}),
        ({"overdue": "0", "state": "closed"}, {"closed"}),
        ({"state": "voided"}, set()),
        ({}, {"closed", "major", "grid", "west", "old"}),
    ],
)
def test_filters_narrow_as_they_say(world: World, query: dict[str, str], expected: set[str]) -> None:
    rows = {
        "closed": closed(world),
        "major": rectifying(world, grade="major", criterion=CRITERION),
        "grid": reported(world, by="grid", source="grid", description="灭火器过期"),
        "west": reported(world, by="clerk_west", object=world.site.uid),
    }
    with clock.frozen(clock.now() - timedelta(days=1300)):
        rows["old"] = reported(world, found_on=clock.today())
    names = {row.no: name for name, row in rows.items()}
    found = numbers(Api(world, "office").get("/hazards", **query))
    assert {names[no] for no in found} == expected
    assert len(found) == len(expected)


def test_a_list_holds_what_a_program_needs_to_go_on(world: World) -> None:
    hazard = awaiting(world)
    (item,) = Api(world, "clerk_east").get("/hazards").body["items"]
    assert (item["no"], item["uid"], item["state"], item["version"]) == (
        hazard.no, str(hazard.uid), "awaiting_acceptance", 3,
    )  # fmt: skip
    assert item["deadline"] == (hazard.deadline.isoformat() if hazard.deadline else None)
    assert (item["funds_planned_yuan"], item["object"]["uid"]) == ("1200.00", str(world.factory.uid))


def test_all_pages_together_are_the_whole_list_once_each(world: World) -> None:
    made = [
        reported(world, found_on=clock.today() - timedelta(days=day), place=str(day)).no
        for day in (0, 0, 0, 1, 1, 2, 5)
    ]
    api = Api(world, "clerk_east")
    for size in (1, 2, 3, 7, 50):
        for tab in ("all", "open"):
            assert sorted(walk(api, size, tab=tab)) == sorted(made)


def test_rows_that_come_and_go_while_pages_are_turned_move_no_other(world: World) -> None:
    made = [
        reported(world, found_on=clock.today() - timedelta(days=day % 4), place=str(day)).no
        for day in range(12)
    ]
    api, seen, cursor = Api(world, "clerk_east"), [], ""
    while True:
        answer = api.get("/hazards", page_size=3, **({"cursor": cursor} if cursor else {}))
        seen += numbers(answer)
        cursor = answer.body["next"]
        if not cursor:
            break
        for late in (0, 2, 30):
            reported(world, found_on=clock.today() - timedelta(days=late), place=f"新{late}")
        assert len(seen) < 60
    assert len(seen) == len(set(seen))
    assert set(made) <= set(seen)


def test_rows_without_a_deadline_come_last_and_all(world: World) -> None:
    dated = [reported(world, place=str(place)).no for place in range(3)]
    bare = [rectifying(world, place=f"无期限{place}") for place in range(3)]
    Hazard.objects.filter(pk__in=[hazard.pk for hazard in bare]).update(deadline=None)
    found = walk(Api(world, "clerk_east"), 2, tab="open")
    assert set(found[:3]) == set(dated)
    assert set(found[3:]) == {hazard.no for hazard in bare}


@pytest.mark.parametrize(
    ("size", "rows"),
    [("1", 1), ("0", 1), ("-5", 1), ("200", 4), ("9" * 30, 4), ("x", 4), ("1.5", 4), ("²", 4)],
)
def test_page_size_has_bounds_and_survives_nonsense(world: World, size: str, rows: int) -> None:
    for place in range(4):
        reported(world, place=str(place))
    assert len(numbers(Api(world, "clerk_east").get("/hazards", page_size=size))) == rows


def test_no_page_is_larger_than_two_hundred(world: World) -> None:
    from bihuan.kernel.loops import engine
    from tests.hazards.steps import finding

    engine.open_many("hazard", "report", [finding(world)] * 205, actor=world.actor("clerk_east"))
    api = Api(world, "clerk_east")
    assert len(numbers(api.get("/hazards", page_size=1000))) == 200
    assert len(numbers(api.get("/hazards"))) == 50
    assert len(set(walk(api, 100))) == 205


def _cursor(*place: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "====", "%00", "W10", "bnVsbA", "_", "é",
        _cursor("found", "2023-01-01", 5), _cursor("found", 5, "019a9b2e-0000-7000-8000-000000000001"),
        _cursor("found", "2023-13-41", "019a9b2e-0000-7000-8000-000000000001"), _cursor("found", "2023-01-01", None),
        _cursor("deadline", None, "019a9b2e-0000-7000-8000-000000000001"), _cursor({}, [], {}),
        _cursor("found", ["2023-01-01"], ["a"]), _cursor("no", "2023-01-01", "019a9b2e-0000-7000-8000-000000000001"),
        base64.urlsafe_b64encode(b"[" * 3000).decode(),
    ],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_is_refused(world: World, cursor: str) -> None:
    answer = Api(world, "clerk_east").get("/hazards", cursor=cursor)
    assert (answer.status, answer.codes) == (422, ["list.bad_cursor"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "finished"), ("grade", "1"), ("source", "' OR 1=1 --"), ("sector", "玄学"), ("region", "9.9."),
        ("found_from", "昨天"), ("found_to", "2023-02-30"), ("overdue", "maybe"), ("object", "东湖"),
        ("q", "\x00"), ("campaign", "a\x00b"), ("found_from", "\x00"),
    ],
)  # fmt: skip
def test_a_filter_value_that_is_not_offered_is_refused_by_name(world: World, name: str, value: str) -> None:
    answer = Api(world, "clerk_east").get("/hazards", **{name: value})
    assert (answer.status, [(code, field) for code, _, field in answer.failures]) == (
        422,
        [("list.bad_filter", name)],
    )


def test_a_region_is_asked_for_by_path_name_or_code(world: World) -> None:
    RegionCode.objects.create(region=world.east, code="370403101", since=date(2020, 1, 1))
    here, there = reported(world), reported(world, "clerk_west", object=world.site.uid)
    for wanted in (world.east.path, "东湖镇", "东湖", " 370403101 "):
        assert numbers(Api(world, "office").get("/hazards", region=wanted)) == [here.no]
    both = numbers(Api(world, "office").get("/hazards", region="薛河区"))
    assert set(both) == {here.no, there.no}
    assert numbers(Api(world, "clerk_east").get("/hazards", region="西岭街道")) == []
    for wanted in ("370403999", "没有的镇", "region_path", "\x00"):
        answer = Api(world, "office").get("/hazards", region=wanted)
        assert (answer.status, answer.codes) == (422, ["list.bad_filter"])


def test_what_is_no_filter_changes_nothing(world: World) -> None:
    hazard = reported(world)
    tried = {
        "state__in": "closed",
        "object__region__name": "x",
        "order_by": "no",
        "sort": "-uid",
        "limit": "0",
        "字": "x",
    }
    assert numbers(Api(world, "clerk_east").get("/hazards", **tried)) == [hazard.no]


_NAMES = st.sampled_from(
    ["q", "state", "grade", "source", "sector", "region", "found_from", "found_to", "overdue", "object", "campaign",
     "cursor", "page_size", "tab", "order", "state__in", "uid", "region_path__startswith", "version"]
) | st.text(max_size=8)  # fmt: skip
_VALUES = (
    st.sampled_from(["closed", "major", "工贸", "2023-01-01", "true", "0", "all", "overdue", "1.", "西岭", "%", "_", "&|!()", "''"])
    | st.text(max_size=40)
    | st.binary(max_size=20).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
    | st.builds(
        _cursor, st.sampled_from(["found", "deadline"]),
        st.none() | st.dates().map(str) | st.integers(), st.uuids().map(str) | st.integers() | st.none(),
    )
)  # fmt: skip


def _unreadable(path: str, query: dict[str, str]) -> bool:
    """A page's address with a character no database can hold is no address at all."""
    return not path.startswith("/api") and any("\x00" in text for pair in query.items() for text in pair)


@pytest.mark.parametrize("path", ["/api/v1/hazards", "/hazards/", "/hazards/export.xlsx"])
def test_no_question_breaks_a_list_or_shows_what_is_not_mine(world: World, path: str) -> None:
    foreign = reported(world, by="clerk_west", object=world.site.uid, description="西岭脚手架松动")
    reported(world)
    held = {"Authorization": f"Bearer {issue_token(world.user('clerk_east'))}"}
    browser = Client()
    browser.force_login(world.user("clerk_east"), backend="django.contrib.auth.backends.ModelBackend")

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(query=st.dictionaries(_NAMES, _VALUES, max_size=4))
    def ask(query: dict[str, str]) -> None:
        query = {
            name.encode(errors="replace").decode(): text.encode(errors="replace").decode()
            for name, text in query.items()
        }
        response = browser.get(path, query, headers=held if path.startswith("/api") else {})
        assert response.status_code in ((404,) if _unreadable(path, query) else (200, 422))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert foreign.no.encode() not in content

    ask()
