"""One case from opening to the archive, as its people take it, and what it leaves behind."""

from __future__ import annotations

import pytest

from bihuan.kernel import clock
from bihuan.registers.instruments.shelf import instruments_of
from tests.enforcement import steps
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> steps.Cast:
    with clock.frozen(steps.MORNING):
        return steps.cast(build_world())


def test_a_case_runs_from_opening_to_the_archive(cast: steps.Cast) -> None:
    with clock.frozen(steps.MORNING):
        case = steps.archived(cast)
    assert case.state == "archived"
    assert case.fine_fen == case.paid_fen == 5_000_000
    kinds = list(instruments_of([case.uid]).values_list("kind", flat=True))
    assert kinds == []
