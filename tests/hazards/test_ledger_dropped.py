"""A row that a unit sent before and leaves out now is told of, and nothing is changed for it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.hazards.filing import LEDGER
from bihuan.capabilities.hazards.models import Hazard
from bihuan.commands.ledgers import import_workbook
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import declare, ensure
from bihuan.kernel.expectations.models import Expectation, Frequency
from bihuan.kernel.people.actors import actor_of
from bihuan.kernel.workbooks import importing
from tests.hazards.ledgers import HEAD, book, line
from tests.web.conftest import SignIn, sign_in
from tests.web.imports import ledger, taken, work
from tests.web.test_import_pages import confirm, words
from tests.world import World, build_world

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.frozen(datetime(2023, 7, 10, 9, tzinfo=clock.SHANGHAI)):
        yield


def _row(day: str, text: str, **changes: Any) -> list[Any]:
    return line(发现日期=day, 整改期限=None, 隐患描述=text, **changes)


def _send(world: World, path: Path, title: str, *rows: list[Any], by: str = "clerk_east", **how: Any) -> Any:
    file = book(path / "ledger.xlsx", [title], HEAD, *rows)
    return importing.run("hazards", file, actor_of(world.user(by), origin="import"), **how)[1]


def _missed(answer: dict[str, Any]) -> list[str]:
    assert answer["dropped_rows"] == len(answer["dropped"])
    return [one["description"] for one in answer["dropped"]]


MARCH, MAY, JUNE = _row("2023-03-01", "三月的"), _row("2023-05-04", "五月的"), _row("2023-06-02", "六月的")


def test_what_is_missing_is_told_in_preview_and_result_and_stays(world: World, tmp_path: Path) -> None:
    assert _missed(_send(world, tmp_path, "2023年1-6月隐患台账", MARCH, MAY)) == []
    before = list(Hazard.objects.order_by("no").values())
    for dry in (True, False):
        answer = _send(world, tmp_path, "2023年1-6月隐患台账", MAY, dry_run=dry)
        hazard = Hazard.objects.get(description="三月的")
        assert answer["dropped"] == [
            {
                "matter": hazard.no, "object": "东湖纺织有限公司", "found_on": "2023-03-01", "place": "",
                "description": "三月的", "state": "已上报",
            }
        ]  # fmt: skip
        assert (answer["accepted"], answer["already_there"]) == (0, 1)
    assert list(Hazard.objects.order_by("no").values()) == before


def test_a_ledger_of_one_month_owes_nothing_of_the_months_before(world: World, tmp_path: Path) -> None:
    _send(world, tmp_path, "2023年5月隐患台账", MAY)
    assert _missed(_send(world, tmp_path, "2023年6月隐患台账", JUNE)) == []
    assert _missed(_send(world, tmp_path, "2023年度隐患台账", JUNE)) == []
    assert _missed(_send(world, tmp_path, "2023年1-6月隐患台账", JUNE)) == ["五月的"]


def test_only_what_the_same_unit_sent_is_missed(world: World, tmp_path: Path) -> None:
    _send(world, tmp_path, "2023年1-6月隐患台账", MARCH, MAY, by="regulator")
    assert _missed(_send(world, tmp_path, "2023年1-6月隐患台账", JUNE)) == []
    assert _missed(_send(world, tmp_path, "2023年1-6月隐患台账", MAY, by="regulator")) == ["三月的"]


def test_a_row_that_is_wrong_now_is_there_all_the_same(world: World, tmp_path: Path) -> None:
    _send(world, tmp_path, "2023年1-6月隐患台账", MARCH, MAY)
    wrong = _row("2023-13-41", "三月的")
    answer = _send(world, tmp_path, "2023年1-6月隐患台账", wrong, MAY, partial=True)
    assert len(answer["rejected"]) == 1
    assert _missed(answer) == []


def test_a_sheet_of_which_no_row_is_right_is_no_filing(world: World, tmp_path: Path) -> None:
    declare(LEDGER, "隐患排查治理台账", Frequency.MONTH, since=date(2023, 6, 1), days=5, unit="calendar")
    ensure(Period.parse("2023-06"), LEDGER)
    due = Expectation.objects.filter(holder=world.east_government, met_at=None)
    wrong = _row("2023-13-41", "六月的")
    assert _send(world, tmp_path, "2023年6月隐患台账", wrong, partial=True)["written"]
    assert due.exists()
    assert _send(world, tmp_path, "2023年6月隐患台账", JUNE)["filing"]["period"] == "2023-06"
    assert not due.exists()


def test_page_and_terminal_say_so(
    world: World, sign_in: SignIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = sign_in("clerk_east")
    confirm(client, taken(client, ledger(tmp_path, MARCH, MAY)))
    batch = taken(client, ledger(tmp_path, MAY))
    preview = words(client.get(f"/imports/{batch.pk}/"))
    assert "先前报过、这次没有的 1 条；系统里照旧，没有改动" in preview
    assert "三月的" in preview
    confirm(client, batch)
    done = client.get(f"/imports/{batch.pk}/")
    assert "先前报过、这次没有的 1 条" in words(done)
    assert f"/hazards/{Hazard.objects.get(description='三月的').no}/" in done.content.decode()
    work()
    arguments = Namespace(
        kind="hazards", file=str(tmp_path / "ledger.xlsx"), user="clerk_east", dry_run=True, partial=False,
        errors=None, beside=[], json=False,
    )  # fmt: skip
    import_workbook(arguments)
    assert "该单位先前报过、这份里没有的共 1 条" in capsys.readouterr().out
