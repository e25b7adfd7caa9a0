"""The small district with something to hide on each side of it."""

from __future__ import annotations

import pytest

from tests.contracts.hidden import Hidden, hide
from tests.web.conftest import sign_in, world

__all__ = ["hidden", "sign_in", "world"]


@pytest.fixture
def hidden(world: object) -> Hidden:
    return hide(world)  # type: ignore[arg-type]
