"""What a ledger claims keeps a deadline only while something is left to do."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.workbooks import importing
from tests.hazards.ledgers import HEAD, book, line
from tests.world import World

OPENED = {"隐患描述": "未整改"}
RECTIFIED = {"隐患描述": "已整改", "完成日期": "2023-03-10"}
CLOSED = {"隐患描述": "已验收", "完成日期": "2023-03-10", "验收日期": "2023-03-12", "验收人": "王五"}


@pytest.fixture
def deadlines(world: World, tmp_path: Path) -> dict[str, date | None]:
    rows = [line(序号=no, **changes) for no, changes in enumerate((OPENED, RECTIFIED, CLOSED), 1)]
    with clock.frozen(datetime(2023, 7, 10, 9, tzinfo=clock.SHANGHAI)):
        path = book(tmp_path / "a.xlsx", ["2023年1-6月隐患台账"], HEAD, *rows)
        importing.run("hazards", path, Actor.system("import"))
    return dict(Hazard.objects.values_list("description", "deadline"))


def test_what_is_claimed_as_closed_has_no_deadline(deadlines: dict[str, date | None]) -> None:
    assert deadlines["已验收"] is None
    assert Hazard.objects.get(description="已验收").deadline_note is None
    assert Hazard.objects.get(description="已验收").rectify_by == date(2023, 3, 15)


def test_what_is_open_keeps_the_day_the_ledger_names(deadlines: dict[str, date | None]) -> None:
    assert deadlines["未整改"] == date(2023, 3, 15)


def test_what_is_claimed_as_rectified_waits_for_acceptance_from_now_on(
    deadlines: dict[str, date | None],
) -> None:
    found = Hazard.objects.get(description="已整改")
    assert found.deadline is not None
    assert found.deadline > date(2023, 7, 10)
    assert found.deadline_note is not None
    assert found.deadline_note["unit"] == "working"
    assert "验收" in found.deadline_note["rule"]
