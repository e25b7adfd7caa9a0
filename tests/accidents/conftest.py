"""The small district on a fixed morning: the days of the law are counted from the accident, not from today."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bihuan.kernel import clock
from tests.accidents.steps import at
from tests.world import World, build_world


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.frozen(at("2026-11-20 09:00")):
        yield


@pytest.fixture
def world(db: None) -> World:
    return build_world()
