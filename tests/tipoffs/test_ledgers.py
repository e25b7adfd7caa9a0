"""Ledgers of tip-offs: so many rows one batch, taken in once, and what they say of closing is their word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl

from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.reconciling import verify_levels
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.verification import verify
from bihuan.kernel.workbooks import importers, importing
from tests.tipoffs import steps
from tests.world import World

SYSTEM = Actor.system("import")


def rows(**changes: Any) -> list[dict[str, Any]]:
    day = clock.today() - timedelta(days=30)
    city = {"批次编号": "市建投〔2026〕86号", "来源": "上级交办", "来文单位": "市住建局", "收到日期": day}
    done = {
        "承办单位": "区应急管理局",
        "办理企业": "城区燃气公司",
        "办理结果": "已换管",
        "办结日期": day + timedelta(days=9),
    }
    return [
        {**city, "主题": "燃气安全", "反映内容": "庭院管线锈蚀", "所在镇街": "东湖镇", **done, **changes},
        {**city, "主题": "燃气安全", "反映内容": "调压箱被撞歪", "承办单位": "区应急管理局"},
        {
            "批次编号": "HX-17",
            "来源": "12350热线",
            "反映内容": "安全出口堵死",
            "收到日期": day,
            "办结日期": day + timedelta(days=3),
        },
    ]


def book(path: Path, *lines: Mapping[str, Any]) -> Path:
    importers.write_template("tipoffs", path)
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for line, row in enumerate(lines, 3):
        assert set(row) <= set(headings)
        for column, heading in enumerate(headings, 1):
            sheet.cell(line, column).value = row.get(str(heading))
    made.save(path)
    return path


def take(path: Path, actor: Actor = SYSTEM, **how: Any) -> dict[str, Any]:
    return importing.run("tipoffs", path, actor, **how)[1]


def test_rows_become_batches_as_they_stand_and_only_once(world: World, tmp_path: Path) -> None:
    path = book(tmp_path / "台账.xlsx", *rows())
    preview = take(path, dry_run=True)
    assert (preview["accepted"], preview["rejected"], Batch.objects.count()) == (3, [], 0)
    assert take(path, world.actor("office"))["accepted"] == 3
    city, hotline = Batch.objects.order_by("-origin_no")
    assert (city.state, hotline.state) == ("open", "closed")
    assert hotline.closed_on == clock.today() - timedelta(days=27)
    first, second = city.items.order_by("ordinal")
    assert (first.state, first.company, first.region_path) == ("settled", "城区燃气公司", world.east.path)
    assert (second.state, second.agency_id) == ("handling", world.bureau.pk)
    assert next(iter(entries_of(first.uid))).verb == "enter_ledger"
    again = take(path)
    assert (again["accepted"], again["already_there"], Item.objects.count()) == (0, 3, 3)
    assert not list(verify_levels())
    assert verify().ok


def test_a_row_with_a_reporters_number_is_sent_back_and_nothing_is_taken(
    world: World, tmp_path: Path
) -> None:
    path = book(tmp_path / "台账.xlsx", *rows(反映内容=f"我的电话 {steps.PHONE}，管线锈蚀"))
    answer = take(path)
    assert [one["column"] for one in answer["rejected"]] == ["反映内容"]
    assert not Batch.objects.exists()


def test_only_the_office_brings_a_ledger(world: World, tmp_path: Path) -> None:
    path = book(tmp_path / "台账.xlsx", *rows())
    assert take(path, world.actor("regulator"))["accepted"] == 0
    assert not Batch.objects.exists()
