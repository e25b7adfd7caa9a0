"""The small district."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bihuan.kernel.calendar import years
from bihuan.kernel.policies.values import forget_recent
from tests.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture(autouse=True)
def ask_anew() -> Iterator[None]:
    """Calendars and policies of one test do not linger into the next."""
    years.forget()
    forget_recent()
    yield
    years.forget()
    forget_recent()
