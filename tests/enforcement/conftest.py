"""The small district, and somebody signed in."""

from __future__ import annotations

import pytest

from tests.web.conftest import sign_in
from tests.world import World, build_world

__all__ = ["sign_in"]


@pytest.fixture
def world(db: None) -> World:
    return build_world()
