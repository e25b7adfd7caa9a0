"""The small district with its checklists, the bureau's organ, and two officers who hold certificates."""

from __future__ import annotations

import pytest

from tests.inspections.steps import equip
from tests.web.conftest import sign_in
from tests.world import World, build_world

__all__ = ["sign_in"]


@pytest.fixture
def world(db: None) -> World:
    return equip(build_world())
