"""Between the preview and the writing of a ledger the district goes on: what turned wrong meanwhile keeps all out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import actor_of
from bihuan.kernel.workbooks import batches, importing, storing
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch
from tests.hazards.ledgers import HEAD, book, line
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(datetime(2023, 7, 10, 9, tzinfo=clock.SHANGHAI)):
        yield


def _read(world: World, path: Path, by: str) -> ImportBatch:
    book(
        path,
        ["2023年1-6月隐患台账"],
        HEAD,
        line(序号=1),
        line(序号=2, 镇街="西岭街道", 企业名称="西岭商场", 信用代码=None),
    )
    actor = actor_of(world.user(by), origin="import")
    with path.open("rb") as file:
        batch = batches.receive("hazards", path.name, storing.chunks(file), actor)
    importing.read(batch, actor)
    return ImportBatch.objects.get(pk=batch.pk)


def test_what_turned_wrong_since_the_preview_keeps_all_out(world: World, tmp_path: Path) -> None:
    before = SupervisedObject.objects.count()
    batch = importing.confirm(_read(world, tmp_path / "a.xlsx", "office"), partial=False)
    moved = actor_of(world.user("clerk_east"), origin="import")
    done = importing.apply(batch, moved)
    assert (done.status, done.reasons[0][0]) == (BatchStatus.FAILED, "workbook.has_wrong_rows")
    assert (Hazard.objects.count(), SupervisedObject.objects.count()) == (0, before)


def test_a_sheet_with_wrong_rows_is_not_confirmed_as_a_whole_nor_twice(world: World, tmp_path: Path) -> None:
    batch = _read(world, tmp_path / "a.xlsx", "clerk_east")
    with pytest.raises(Refused) as refusal:
        importing.confirm(batch, partial=False)
    assert refusal.value.failures[0].code == "workbook.has_wrong_rows"
    confirmed = importing.confirm(batch, partial=True)
    done = importing.apply(confirmed, actor_of(world.user("clerk_east"), origin="import"))
    assert (done.status, Hazard.objects.count()) == (BatchStatus.DONE, 1)
    importing.apply(done, actor_of(world.user("clerk_east"), origin="import"))
    assert Hazard.objects.count() == 1
