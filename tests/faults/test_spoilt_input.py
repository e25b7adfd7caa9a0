"""What strangers send: spoilt workbooks and senseless API bodies get an answer in words, never a fault of ours."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.workbooks import importing
from tests.hazards.ledgers import GOOD, HEAD, book, line
from tests.hazards.steps import awaiting, closed, rectifying, reported
from tests.web.api_calls import Api
from tests.world import World, build_world

FEW, MANY = 12, 400


@pytest.fixture
def world(db: None) -> World:
    return build_world()


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(), st.text(max_size=300),
    st.sampled_from(("=cmd|'/c calc'!A0", "2023-13-01", "5月32日", "1e308", "9" * 40, "\u202e倒", "合计", "同上", " ")),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
SENSES = (200, 201, 400, 404, 405, 409, 413, 415, 422)


def _often(times: int) -> Callable[[Any], Any]:
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=times, deadline=None, suppress_health_check=checks)


def _answered(path: Path) -> None:
    """Rows taken, rows refused by name, or the whole file refused in a Chinese sentence."""
    try:
        _, answer = importing.run("hazards", path, Actor.system("import"), dry_run=True)
    except Refused as refused:
        assert all(failure.code and failure.message for failure in refused.failures)
        return
    assert set(answer) >= {"accepted", "rejected"}
    assert all(one["reason"] and one["code"] for one in answer["rejected"])


def _odd_cells(folder: Path, times: int) -> None:
    @_often(times)
    @given(rows=st.lists(st.dictionaries(st.sampled_from(HEAD), ODD, max_size=6), min_size=1, max_size=5))
    def try_them(rows: list[dict[str, Any]]) -> None:
        lines = [[({**GOOD, **row}).get(name) for name in HEAD] for row in rows]
        try:
            path = book(folder / f"{uuid4().hex}.xlsx", ["2023年1-6月隐患台账"], HEAD, *lines)
        except Exception as unwritable:  # characters no workbook can hold
            assert "cannot be used" in str(unwritable) or "Illegal" in type(unwritable).__name__, unwritable
            return
        _answered(path)

    try_them()


def _spoilt_bytes(folder: Path, times: int) -> None:
    good = book(folder / "good.xlsx", ["2023年1-6月隐患台账"], HEAD, line(), line(序号=2)).read_bytes()
    chance = random.Random(20_261_122)
    for turn in range(times):
        held = bytearray(good)
        if turn % 3 == 0:
            held = held[: chance.randrange(len(held))]
        for _ in range(chance.randrange(1, 40)):
            if held:
                held[chance.randrange(len(held))] = chance.randrange(256)
        path = folder / f"spoilt-{turn}.xlsx"
        path.write_bytes(bytes(held))
        _answered(path)


def _any_json(world: World, times: int) -> None:
    made = [make(world) for make in (reported, rectifying, awaiting, closed)]
    paths = ["/hazards", *(f"/hazards/{hazard.no}/{deed.name.replace('_', '-')}"
                           for hazard in made for deed in HAZARD.deeds)]  # fmt: skip
    names = [field for deed in HAZARD.deeds for field in getattr(deed.input, "__dataclass_fields__", {})]
    bodies = JSON | st.dictionaries(st.sampled_from([*names, "version"]), JSON, max_size=8)
    apis = [Api(world, name) for name in ("office", "regulator", "clerk_east", "safety")]

    @_often(times)
    @given(path=st.sampled_from(paths), api=st.sampled_from(apis), body=bodies, key=st.text(max_size=90))
    def try_them(path: str, api: Api, body: Any, key: str) -> None:
        answer = api.post(path, body, key=key.encode("ascii", "ignore").decode().translate(_NO_CONTROLS))
        assert answer.status in SENSES, (path, body, answer.status)
        if answer.status == 422:
            assert answer.body["code"] == "refused"
            assert answer.failures

    try_them()
    assert Hazard.objects.count() >= len(made)


_NO_CONTROLS = dict.fromkeys([*range(32), 127])


def test_odd_cells_are_named_or_taken(world: World, tmp_path: Path) -> None:
    _odd_cells(tmp_path, FEW)


def test_spoilt_workbooks_are_refused_in_words(world: World, tmp_path: Path) -> None:
    _spoilt_bytes(tmp_path, FEW)


def test_senseless_bodies_are_answered(world: World) -> None:
    _any_json(world, 4 * FEW)


@pytest.mark.soak
def test_odd_cells_for_long(world: World, tmp_path: Path) -> None:
    _odd_cells(tmp_path, MANY)


@pytest.mark.soak
def test_spoilt_workbooks_for_long(world: World, tmp_path: Path) -> None:
    _spoilt_bytes(tmp_path, MANY)


@pytest.mark.soak
def test_senseless_bodies_for_long(world: World) -> None:
    _any_json(world, 5 * MANY)
