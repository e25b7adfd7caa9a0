"""Published numbers: by document only, version upon version, never of other days than asked (M259)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.record import entries_of
from bihuan.kernel.workbooks import importers, importing
from bihuan.registers.economy import reading
from bihuan.registers.economy.keeping import amount_of, tell
from bihuan.registers.economy.meaning import told_by
from bihuan.registers.economy.models import PublishedValue
from bihuan.registers.economy.trail import number_of, trail_of
from tests.web.conftest import SignIn, sign_in
from tests.world import World, build_world

__all__ = ["sign_in"]

BULLETIN = "2023年国民经济和社会发展统计公报"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def gdp(world: World, by: str = "office", **changes: str) -> tuple[PublishedValue, bool]:
    said = {
        "indicator": "gdp", "year": "2023", "amount": "568200", "stage": "provisional", "source": BULLETIN,
        "published_on": "2024-02-20",
    }  # fmt: skip
    return tell(told_by({**said, **changes}), world.actor(by))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [failure.code for failure in refused.value.failures]


def test_a_verified_number_stands_beside_the_first_one(world: World) -> None:
    first, new = gdp(world)
    assert new
    again, new = gdp(world)
    assert (again.pk, new) == (first.pk, False), "telling the same again changes nothing"
    final, _ = gdp(
        world, amount="571000.5", stage="最终核实数", source="2024年统计年鉴", published_on="2025-01-10"
    )
    assert (final.number, final.amount) == (2, Decimal("571000.5"))
    found = reading.in_force(["gdp"], date(2023, 1, 1), date(2023, 12, 31), region=world.district.pk)
    assert found["gdp"].pk == final.pk
    assert [row.number for row in reading.versions_of(final)] == [2, 1]
    assert list(reading.newest()) == [final]
    said = [(entry.verb, entry.payload["amount"]) for entry in entries_of(trail_of(number_of(final)))]
    assert said == [("published_told", "568200"), ("published_revised", "571000.5")]


def test_no_number_is_bent_to_other_days(world: World) -> None:
    gdp(world)
    assert not reading.in_force(["gdp"], date(2023, 1, 1), date(2023, 6, 30), region=world.district.pk)
    assert not reading.in_force(["gdp"], date(2023, 1, 1), date(2023, 12, 31), region=world.east.pk)
    assert not reading.in_force(["gdp"], date(2023, 1, 1), date(2023, 12, 31), place="city")
    gdp(world, span="前三季度", amount="400000", published_on="2023-10-20")
    found = reading.in_force(["gdp"], date(2023, 1, 1), date(2023, 9, 30), region=world.district.pk)
    assert found["gdp"].amount == 400_000


def test_the_database_refuses_to_change_or_remove_a_version(world: World) -> None:
    row, _ = gdp(world)
    for sql in ("UPDATE economy_publishedvalue SET amount = 1", "DELETE FROM economy_publishedvalue"):
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert PublishedValue.objects.get(pk=row.pk).amount == Decimal(568_200)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source": " "}, "economy.no_source"),
        ({"amount": "0"}, "economy.zero"),
        ({"amount": "-5"}, "economy.out_of_range"),
        ({"amount": "1.005"}, "economy.too_fine"),
        ({"amount": "约57亿"}, "economy.not_a_number"),
        ({"amount": "NaN"}, "economy.not_a_number"),
        ({"year": "二〇二三"}, "economy.not_a_year"),
        ({"span": "上旬"}, "economy.unknown_span"),
        ({"stage": ""}, "economy.unknown_stage"),
        ({"place": "邻县"}, "economy.unknown_place"),
        ({"indicator": "happiness"}, "economy.unknown_indicator"),
        ({"published_on": "2023-12-31"}, "economy.before_the_end"),
        ({"published_on": "2999-01-01"}, "economy.not_yet"),
        ({"published_on": "前天"}, "economy.not_a_day"),
        ({"indicator": "vehicles", "span": "上半年"}, "economy.by_year"),
    ],
)
def test_what_no_document_could_say_is_refused(world: World, changes: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        gdp(world, **changes)
    assert code in codes(refused)
    assert not PublishedValue.objects.exists()


def test_a_correction_needs_a_reason_and_no_older_stage_comes_after_a_later_one(world: World) -> None:
    gdp(world)
    with pytest.raises(Refused) as refused:
        gdp(world, amount="568300")
    assert codes(refused) == ["economy.no_reason"]
    corrected, _ = gdp(world, amount="568300", reason="抄录有误")
    assert corrected.number == 2
    gdp(world, amount="570000", stage="final", source="统计年鉴")
    with pytest.raises(Refused) as refused:
        gdp(world, amount="568400", reason="再更正")
    assert codes(refused) == ["economy.older_stage"]


@pytest.mark.parametrize("by", ["leader", "regulator", "clerk_east", "principal", "auditor"])
def test_only_the_committee_office_enters_numbers(world: World, by: str) -> None:
    with pytest.raises(Refused) as refused:
        gdp(world, by=by)
    assert codes(refused) == ["economy.not_yours"]


def test_numbers_as_clerks_write_them() -> None:
    assert amount_of(" 1,234，567.80 ") == Decimal("1234567.80")


def test_pages_tell_the_number_its_document_and_every_version(world: World, sign_in: SignIn) -> None:
    row, _ = gdp(world)
    gdp(world, amount="571000", stage="final", source="2024年统计年鉴", published_on="2025-01-10")
    page = sign_in("leader").get("/economy/").content.decode()
    assert "57.1亿元" in page
    assert "最终核实数，第 2 版" in page
    assert "登记公布数" not in page, "a leader reads"
    one = sign_in("office").get(f"/economy/{row.pk}/").content.decode()
    assert one.index("57.1亿元") < one.index("56.82亿元")
    assert BULLETIN in one
    assert sign_in("office").get("/economy/999999/").status_code == 404
    for name in ("principal", "auditor", "grid"):
        assert sign_in(name).get("/economy/").status_code == 403
    assert sign_in("leader").get("/economy/new/").status_code == 403


def test_a_number_is_entered_on_the_page(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    assert client.get("/economy/new/?indicator=vehicles&place=city").status_code == 200
    last = clock.today().year - 1
    said = {
        "indicator": "gdp", "place": "", "year": str(last), "span": "全年", "amount": "568,200", "stage": "provisional",
        "source": BULLETIN, "published_on": f"{last + 1}-01-20",
    }  # fmt: skip
    assert client.post("/economy/new/", said).status_code == 302
    row = PublishedValue.objects.get()
    assert (row.region, row.period, row.amount) == (world.district, str(last), Decimal(568_200))
    wrong = client.post("/economy/new/", {**said, "amount": "五十七亿"})
    assert wrong.status_code == 422
    assert "不是数字" in wrong.content.decode()
    assert client.get(f"/economy/new/?like={row.pk}").status_code == 200


def test_a_workbook_of_years_is_taken_in_and_wrong_rows_name_themselves(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    importers.write_template("economy", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [str(cell.value) for cell in sheet[1]]
    rows: list[dict[str, Any]] = [
        {"指标": "地区生产总值", "年份": 2023, "数值": 568200, "口径": "最终核实数", "来源文件": BULLETIN, "公布日期": "2024-02-20"},
        {"指标": "机动车保有量", "年份": 2023, "数值": 120000, "来源文件": "交警部门通报", "公布日期": "2024-02-20"},
        {
            "指标": "亿元国内生产总值生产安全事故死亡率（公布值）", "范围": "全市", "年份": 2023, "数值": 0.057, "来源文件": "市安委会通报",
            "公布日期": "2024-03-01",
        },
        {"指标": "地区生产总值", "年份": 2022, "数值": 1.234, "口径": "最终核实数", "来源文件": BULLETIN, "公布日期": "2024-02-20"},
    ]  # fmt: skip
    for line, row in enumerate(rows, 3):
        for column, heading in enumerate(headings, 1):
            sheet.cell(line, column).value = row.get(heading)
    book.save(path)
    answer = importing.run("economy", path, world.actor("office"), partial=True)[1]
    assert (answer["accepted"], [one["code"] for one in answer["rejected"]]) == (3, ["economy.too_fine"])
    assert {(row.indicator, row.place): row.amount for row in PublishedValue.objects.all()} == {
        ("gdp", "own"): Decimal(568_200), ("vehicles", "own"): Decimal(120_000), ("gdp_deaths", "city"): Decimal("0.057"),
    }  # fmt: skip


def test_the_api_reads_and_enters_numbers(world: World) -> None:
    client = Client(headers={"authorization": f"Bearer {issue_token(world.user('office'), scope='sign')}"})
    body = {
        "indicator": "gdp", "year": "2023", "amount": "568200", "stage": "final", "source": BULLETIN,
        "published_on": "2024-02-20",
    }  # fmt: skip
    answers = [
        client.post("/api/v1/economy", json.dumps(body), content_type="application/json") for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 200]
    listed = client.get("/api/v1/economy?indicator=gdp").json()["items"]
    assert [(one["amount"], one["stage"], one["place"]) for one in listed] == [("568200", "final", "薛河区")]
    refused = client.post(
        "/api/v1/economy", json.dumps({**body, "colour": "red"}), content_type="application/json"
    )
    assert refused.status_code == 422
