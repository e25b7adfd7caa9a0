"""The small district with half a year of hazards behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from bihuan.kernel import clock
from tests.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def after_the_half() -> Iterator[datetime]:
    """A working morning in July, when the report of the first half is due."""
    moment = datetime(2023, 7, 3, 9, 30, tzinfo=clock.SHANGHAI)
    with clock.frozen(moment):
        yield moment
