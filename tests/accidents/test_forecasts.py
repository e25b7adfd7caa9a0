"""The monthly early-warning form (M179): each risk with its basis, late and missing units marked, and a text to read aloud."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl
import pytest

from bihuan.capabilities.accidents.monthly import inputs
from bihuan.capabilities.accidents.monthly.compiled import forecasts_of
from bihuan.capabilities.accidents.monthly.papers import LONGEST, broadcast, sentences
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Standing
from tests.accidents.monthly_steps import ITEM, OCTOBER, do, forecast_of, opened_month
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]
GRAVE = "成品油罐区静电；重大；冬季干燥，近五年同期两起险情；东湖镇化工园区（含在建罐区）；停止露天倒罐，接地逐一复测，专人监护"


def filed(world: World, items: str = ITEM, by: str = "regulator", **unit: Any) -> Any:
    form = forecast_of(unit.get("unit", world.bureau))
    return do(world, form, "file", inputs.Forecast(items=items), by)


def accepted(world: World, form: Any) -> Any:
    return do(world, form, "accept", inputs.Acceptance(), "office")


def test_no_forecast_without_basis_area_and_measures(world: World) -> None:
    opened_month()
    for items, code in (
        ("低温冰雪；较大", "accident.line_unreadable"), ("低温；很大；气象预报；全区；除冰", "forecast.line_wrong"),
        ("  ", "forecast.empty"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            filed(world, items)
        assert [one.code for one in refusal.value.failures] == [code]
    form = accepted(world, filed(world))
    assert form.items[0]["basis"] == "气象部门预报有三次降雪过程"
    assert (form.state, form.ahead.label, form.about()) == (
        "accepted", "2026-11", "区应急管理局 2026年11月预警预测月报表",
    )  # fmt: skip


def test_late_and_missing_are_marked_and_the_gravest_stands_first(world: World) -> None:
    opened_month()
    filed(world)
    filed(world, GRAVE, "clerk_east", unit=world.east_government)
    do(
        world,
        forecast_of(world.builders),
        "file_nil",
        inputs.NilForecast(reason="停工期，无突出风险"),
        "builder",
    )
    told = forecasts_of(OCTOBER, world.actor("office"))
    assert told.named(Standing.MISSING) == ["西岭街道办事处"]
    assert len(told.named(Standing.LATE)) == 3
    assert len(forecasts_of(OCTOBER, world.actor("regulator")).lines) == 1


def test_the_text_for_broadcast_holds_what_was_accepted_in_short_sentences(world: World) -> None:
    opened_month()
    filed(world)
    accepted(world, filed(world, GRAVE, "clerk_east", unit=world.east_government))
    said = broadcast(forecasts_of(OCTOBER, world.actor("office")))
    text = "\n".join(said)
    assert "第1项，成品油罐区静电。" in said
    assert "低温冰雪" not in text
    assert "近五年同期" not in text
    assert not set("（）()/；;") & set(text)
    assert all(sentence.endswith("。") and len(sentence) <= LONGEST + 8 for sentence in said)
    assert said[0] == "薛河区2026年11月安全生产预警预测。"


def test_long_words_are_parted_at_their_commas() -> None:
    text = "停止露天倒罐作业并撤离无关人员，接地装置逐一复测并做好记录；安排专人二十四小时监护"
    assert sentences(text) == [
        "停止露天倒罐作业并撤离无关人员", "接地装置逐一复测并做好记录", "安排专人二十四小时监护",
    ]  # fmt: skip
    assert sentences("") == []


def test_the_page_and_what_is_taken_away(world: World, sign_in: SignIn) -> None:
    opened_month()
    accepted(world, filed(world, GRAVE))
    office = sign_in("office")
    page = office.get("/forecasts/compiled/?month=2026-10").content.decode()
    for words in ("成品油罐区静电", "近五年同期两起险情", "未报", "发布预警", "播发稿"):
        assert words in page
    text = office.get("/forecasts/compiled/broadcast.txt?month=2026-10")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert "第1项，成品油罐区静电。" in text.content.decode().splitlines()
    spoken = docx.Document(io.BytesIO(office.get("/forecasts/compiled/broadcast.docx?month=2026-10").content))
    assert any("第1项，成品油罐区静电。" in paragraph.text for paragraph in spoken.paragraphs)
    form = docx.Document(io.BytesIO(office.get("/forecasts/compiled/paper.docx?month=2026-10").content))
    cells = [cell.text for table in form.tables for row in table.rows for cell in row.cells]
    assert "冬季干燥，近五年同期两起险情" in cells
    book = openpyxl.load_workbook(
        io.BytesIO(office.get("/forecasts/compiled/paper.xlsx?month=2026-10").content)
    )
    assert book.sheetnames == ["预测事项", "报送情况"]
    assert office.get("/forecasts/compiled/paper.pdf?month=2026-10").content[:4] == b"%PDF"
    assert office.get("/forecasts/compiled/broadcast.pdf?month=2026-10").status_code == 404
    href = page.split('href="/warnings/new/issue/?', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert "成品油罐区静电" in office.get(f"/warnings/new/issue/?{href}").content.decode()
