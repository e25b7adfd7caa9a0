"""What a ledger does not say is chosen beside it, on the page and at the terminal alike."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.hazards.imports import _month
from bihuan.capabilities.hazards.intake import _beside as offered
from bihuan.capabilities.hazards.models import Hazard
from bihuan.commands.ledgers import import_workbook
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from tests.hazards.ledgers import HEAD, book, line
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.frozen(datetime(2023, 7, 10, 9, tzinfo=clock.SHANGHAI)):
        yield


def _without(path: Path, *left_out: str) -> Path:
    head = [name for name in HEAD if name not in left_out]
    return book(path, ["2023年1-6月隐患台账"], head, line(head, 企业名称="新来的一家厂", 信用代码=None))


def _run(path: Path, *beside: str) -> int:
    return import_workbook(
        Namespace(
            kind="hazards", file=str(path), user=None, dry_run=False, partial=False, errors=None,
            beside=list(beside), json=False,
        )
    )  # fmt: skip


def test_sector_and_source_of_a_ledger_without_them(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _without(tmp_path / "a.xlsx", "行业", "来源")
    assert _run(path) == 1
    assert _run(path, "行业领域=工贸", "排查来源=日常") == 0
    hazard = Hazard.objects.get()
    assert (hazard.source, hazard.object.sector.name) == ("routine", "工贸")


def test_a_column_of_the_ledger_is_not_overruled(world: World, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", ["2023年1-6月隐患台账"], HEAD, line(行业="航天", 企业名称="某厂", 信用代码=None)
    )
    assert _run(path, "行业领域=工贸") == 1
    assert not Hazard.objects.exists()


def test_what_is_not_offered_is_refused_with_what_is(world: World, tmp_path: Path) -> None:
    path = _without(tmp_path / "a.xlsx")
    with pytest.raises(Refused, match="行业领域"):
        _run(path, "行业=工贸")
    with pytest.raises(Refused, match="自查、日常"):
        _run(path, "排查来源=路过")


def test_whoever_is_bound_to_sectors_is_offered_only_these(world: World) -> None:
    everything = {one.name: one.options for one in offered(Actor.system("import"))}
    bound = next(
        actor for name in world.users if (actor := world.actor(name)).scopes and actor.scopes[0].sector_paths
    )
    mine = {one.name: one.options for one in offered(bound)}
    assert mine["sector"]
    assert len(mine["sector"]) < len(everything["sector"])
    assert {"unit", "town"} <= set(everything)


def test_money_of_what_is_done_is_spent_even_without_a_day_of_rectification(
    world: World, tmp_path: Path
) -> None:
    head = [*HEAD, "整改情况"]
    rows = [
        line(head, 序号=1, 验收日期="2023-03-12", 整改情况="已销号"),
        line(head, 序号=2, 隐患描述="二", 整改情况="已完成"),
        line(head, 序号=3, 隐患描述="三", 整改情况="整改中"),
    ]
    assert _run(book(tmp_path / "a.xlsx", ["2023年1-6月隐患台账"], head, *rows)) == 0
    spent = dict(Hazard.objects.values_list("description", "funds_spent_fen"))
    assert spent == {"安全出口堵塞": 500_000, "二": 500_000, "三": None}


@pytest.mark.parametrize(
    ("period", "filed", "month"),
    [
        (["2023-01-01", "2023-06-30"], "2023-07-03", "2023-06"),
        (["2023-01-01", "2023-12-31"], "2023-05-01", "2023-04"),
        (["2023-01-01", "2023-12-31"], "2023-05-28", "2023-05"),
        (["2023-05-01", "2023-05-31"], None, "2023-05"),
        (["2023-05-01", "2023-05-31"], "2023-05-08", "2023-05"),
        (["2023-01-01", "2023-12-31"], None, "2023-07"),
    ],
)
def test_a_ledger_meets_no_month_after_the_day_it_was_filed(
    period: list[str], filed: str | None, month: str
) -> None:
    assert _month({"sheets": [{"period": period, "filed_on": filed}]}) == month
