"""The demo of any day: the half-year before it runs as written, whatever weekend, holiday or turn of the year lies in it."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from bihuan import demo
from bihuan.kernel import clock
from tests.databases import Clone
from tests.demo.conftest import SMALL, pointed_at, start_over, warned

pytestmark = pytest.mark.soak

DAYS = ("2026-02-17", "2026-03-01", "2026-05-02", "2026-06-30", "2026-08-31", "2026-10-03", "2026-12-31", "2027-01-04",
        "2027-02-28", "2028-02-29")  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_every_story_runs_as_it_is_written(
    day: str, django_db_setup: None, clone: Clone, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    moment = datetime.fromisoformat(f"{day}T10:20:00+08:00")
    with django_db_blocker.unblock(), pointed_at(tmp_path):
        start_over(clone)
        try:
            with clock.frozen(moment), warned(logging.getLogger("bihuan.demo")) as words:
                assert demo.ensure(SMALL) is True
            assert words == []
        finally:
            start_over(clone)
