"""Two shops of one name in two towns, with the same words on the same day: two hazards, each its own clerk's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.people.actors import actor_of
from bihuan.kernel.workbooks import importing
from tests.hazards.ledgers import GOOD, HEAD
from tests.world import World


def _handed_in(world: World, folder: Path, by: str, town: str, **changes: Any) -> dict[str, Any]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = {**GOOD, "企业名称": "幸福超市", "信用代码": None, "镇街": town, **changes}
    sheet.append(list(HEAD))
    sheet.append([row.get(heading) for heading in HEAD])
    path = folder / f"{by}.xlsx"
    book.save(path)
    return importing.run("hazards", path, actor_of(world.user(by), origin="import"))[1]


def test_a_namesakes_hazard_is_neither_shown_nor_taken_for_ones_own(world: World, tmp_path: Path) -> None:
    for region in (world.east, world.west):
        draft_object("幸福超市", region, sector=world.factory.sector).save()
    assert _handed_in(world, tmp_path, "clerk_east", "东湖镇")["accepted"] == 1
    second = _handed_in(world, tmp_path, "clerk_west", "西岭街道")
    assert (second["accepted"], second["conflicts"]) == (1, [])
    assert {hazard.region_path for hazard in Hazard.objects.all()} == {world.east.path, world.west.path}
    for by, town in (("clerk_east", "东湖镇"), ("clerk_west", "西岭街道")):
        again = _handed_in(world, tmp_path, by, town, 完成日期="2023-03-10")
        assert (again["accepted"], again["advanced"], again["conflicts"]) == (0, 1, [])
    assert Hazard.objects.count() == 2
