"""Accident ledgers of earlier years: all rows or none, known again, one field each, graded by the law of the day."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bihuan.capabilities.accidents.models import Accident, AccidentVersion
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.findings import further
from bihuan.kernel.workbooks import importers, importing
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]
SYSTEM = Actor.system("import")
ROWS: tuple[dict[str, Any], ...] = (
    {
        "发生日期": date(2024, 3, 12), "事故发生单位": "东湖纺织有限公司", "所在镇街": "东湖镇", "行业领域": "工贸",
        "事故类型": "机械伤害", "死亡人数": 1, "重伤人数": 0, "直接经济损失（万元）": 85.5, "事故等级": "一般",
        "结案日期": date(2024, 8, 1), "结案机关和文号": "区政府，薛政复〔2024〕3号",
    },
    {
        "发生日期": "2025年6月3日", "事故地点": "县道17号临河弯道", "所在镇街": "西岭街道", "行业领域": "道路交通",
        "死亡人数": 3, "重伤人数": 2, "直接经济损失（万元）": 46, "事故等级": "较大",
    },
)  # fmt: skip


def book(path: Path, *rows: Mapping[str, Any]) -> Path:
    importers.write_template("accidents", path)
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for line, row in enumerate(rows, 3):
        assert set(row) <= set(headings)
        for column, heading in enumerate(headings, 1):
            sheet.cell(line, column).value = row.get(str(heading))
    made.save(path)
    return path


def take(path: Path, actor: Actor = SYSTEM, **how: Any) -> dict[str, Any]:
    return importing.run("accidents", path, actor, **how)[1]


def test_rows_become_accidents_that_years_are_compared_with(world: World, tmp_path: Path) -> None:
    path = book(tmp_path / "2024-2025年事故台账.xlsx", *ROWS)
    preview = take(path, dry_run=True)
    assert (preview["accepted"], preview["rejected"], Accident.objects.count()) == (2, [], 0)
    assert take(path)["accepted"] == 2
    closed, open_one = Accident.objects.order_by("occurred_on")
    assert (closed.state, closed.object, closed.grade, closed.type) == (
        "closed",
        world.factory,
        "general",
        "03",
    )
    assert (open_one.state, open_one.object, open_one.branch, open_one.grade) == (
        "verified",
        None,
        "road",
        "significant",
    )
    assert {closed.ledger, open_one.ledger} == {"2024-2025年事故台账.xlsx"}
    assert (closed.late_minutes, closed.agency) == (None, world.bureau)
    version = AccidentVersion.objects.get(accident=closed)
    assert (version.cause, version.valid_from) == ("ledger", date(2024, 3, 12))
    for year, dead in (("2024", 1), ("2025", 3)):
        value = answers.value("accidents.deaths", Period.parse(year), date(int(year), 12, 31))
        assert value.value == dead
    assert list(further()) == []


def test_a_second_time_adds_nothing(world: World, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", *ROWS)
    take(path)
    again = take(path)
    assert (again["accepted"], again["already_there"], Accident.objects.count()) == (0, 2, 2)
    other = book(tmp_path / "b.xlsx", {**ROWS[0], "死亡人数": 2})
    answer = take(other)
    assert [one["code"] for one in answer["rejected"]] == ["ledger.differs"]
    assert Accident.objects.get(branch="industrial").no in answer["rejected"][0]["reason"]


def test_one_wrong_row_keeps_all_out_and_each_cell_is_named(world: World, tmp_path: Path) -> None:
    good = ROWS[0]
    wrong: list[tuple[dict[str, Any], list[str]]] = [
        ({**good, "行业领域": None, "事故地点": "甲"}, ["ledger.no_sector"]),
        ({**good, "行业领域": "工贸、道路交通", "事故地点": "乙"}, ["ledger.many_sectors"]),
        ({**good, "事故等级": "较大"}, ["ledger.other_grade"]),
        ({**good, "发生日期": "2024年13月2日"}, ["ledger.not_a_day"]),
        ({**good, "发生日期": date(2027, 1, 1), "结案日期": None, "事故类型": None}, ["ledger.day_ahead"]),
        ({**good, "发生日期": date(2006, 1, 1)}, ["ledger.no_rules"]),
        (
            {**good, "死亡人数": "一人", "所在镇街": "月亮镇"},
            ["ledger.not_a_number", "ledger.unknown_region"],
        ),
        ({**good, "事故类型": "机械致害"}, ["ledger.unknown_type"]),
        ({**good, "结案日期": date(2024, 1, 1)}, ["ledger.closed_out_of_order"]),
        ({**good, "事故发生单位": None}, ["ledger.nowhere"]),
        ({**good, "统一社会信用代码": "91370403MA3FABRA9X"}, ["ledger.unknown_code"]),
    ]
    path = book(tmp_path / "a.xlsx", *(row for row, _ in wrong), good, good)
    answer = take(path)
    found: dict[int, list[str]] = {}
    for one in answer["rejected"]:
        found.setdefault(one["row"], []).append(one["code"])
    assert {line: sorted(codes) for line, codes in found.items()} == {
        **{line: sorted(codes) for line, (_, codes) in enumerate(wrong, 3)}, len(wrong) + 4: ["ledger.twice"],
    }  # fmt: skip
    assert Accident.objects.count() == 0


def test_hundreds_of_rows_in_few_statements_a_row(world: World, tmp_path: Path) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    rows = [
        {**ROWS[1], "事故地点": f"国道{number}公里处", "死亡人数": 0, "重伤人数": 0, "事故等级": "一般"}
        for number in range(300)
    ]
    path = book(tmp_path / "a.xlsx", *rows)
    with CaptureQueriesContext(connection) as caught:
        assert take(path)["accepted"] == 300
    assert len(caught) < 300 * 6


def test_who_may_import_what(world: World, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", *ROWS)
    assert [one["code"] for one in take(path, world.actor("clerk_east"))["rejected"]] == [
        "ledger.out_of_reach"
    ]
    assert take(path, world.actor("office"))["accepted"] == 2


def test_the_page_says_that_a_ledger_says_so_and_tells_no_clock(
    world: World, tmp_path: Path, sign_in: SignIn
) -> None:
    take(book(tmp_path / "a.xlsx", *ROWS))
    accident = Accident.objects.get(branch="industrial")
    page = sign_in("office").get(f"/accidents/{accident.no}/").content.decode()
    for words in ("台账所载", "未记录时刻"):
        assert words in page
    for words in ("报告时限", "待核定", "单位负责人知悉"):
        assert words not in page
    exported = sign_in("office").get("/accidents/export.xlsx?tab=all").getvalue()  # type: ignore[attr-defined]
    assert openpyxl.load_workbook(io.BytesIO(exported))


@pytest.mark.parametrize(
    ("days", "codes"), [(29, ["ledger.too_recent"]), (30, ["ledger.too_recent"]), (31, [])]
)
def test_an_accident_of_these_days_is_reported_and_not_imported(
    world: World, tmp_path: Path, days: int, codes: list[str]
) -> None:
    row = {**ROWS[1], "发生日期": clock.today() - timedelta(days=days)}
    assert [one["code"] for one in take(book(tmp_path / "a.xlsx", row), dry_run=True)["rejected"]] == codes
