"""Lines of several parts are offered as rows; without script they stay the text that they are."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template

from bihuan.capabilities.accidents.monthly.inputs import Forecast, Return
from bihuan.capabilities.enforcement.inputs.deciding import Discussion
from bihuan.capabilities.enforcement.inputs.executing import Deferral
from bihuan.capabilities.enforcement.inputs.investigation import Appraisal, Preservation
from bihuan.capabilities.enforcement.measures.seizure_inputs import Seizing
from bihuan.capabilities.inspections.inputs import Rechecked
from bihuan.kernel.web.forms import form_for

SCRIPT = Path(__file__).parents[2] / "src/bihuan/kernel/web/static/bihuan/rows.js"


def parts(form: type, name: str) -> list[dict[str, object]]:
    told: list[dict[str, object]] = json.loads(form_for(form).fields[name].widget.attrs["data-rows"])
    return told


def test_each_part_of_a_line_is_named_with_its_kind() -> None:
    accident = parts(Return, "accidents")
    assert [part["label"] for part in accident][:3] == ["日期", "事故单位或地点", "行业领域"]
    assert accident[0]["kind"] == "date"
    assert len(accident) == 6
    risk = parts(Forecast, "items")
    assert risk[1] == {"label": "等级", "choices": ["重大", "较大", "一般", "低"]}
    assert len(risk) == 5


@pytest.fixture
def rows(browser: Any) -> Any:
    """A form of the forecast in a browser, with a line of more parts than there are columns."""
    context = browser.new_context()
    page = context.new_page()
    told = escape(json.dumps(parts(Forecast, "items"), ensure_ascii=False))
    line = "道路湿滑；较大；三次降雪；全区；撒布融雪剂；限速"
    page.set_content(
        f'<a href="#id_items">预测事项：读不懂</a><label for="id_items">预测事项</label>'
        f'<textarea id="id_items" data-rows="{told}">{line}</textarea>'
    )
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield page
    context.close()


@pytest.mark.browser
def test_nothing_that_was_pasted_is_lost_in_the_rows(rows: Any) -> None:
    rows.fill("[data-place='3']", "全区县乡道路")
    assert rows.input_value("textarea") == "道路湿滑；较大；三次降雪；全区县乡道路；撒布融雪剂，限速"


@pytest.mark.browser
def test_the_summary_of_what_is_wrong_leads_to_what_is_seen(rows: Any) -> None:
    assert rows.locator("#id_items").is_visible()
    rows.click("text=改为成段粘贴")
    assert rows.locator("#id_items").is_visible()
    assert rows.locator("textarea").is_visible()


@pytest.fixture
def recheck(browser: Any) -> Any:
    """The lines of a recheck in a browser: two that are waited for, one already told, and one that nobody waits for."""
    made = form_for(
        Rechecked, data={"results": "1｜已整改｜已清理；有照片\n7｜未整改｜"},
        offers={"results": [("1", "1. 二车间 通道堵塞"), ("2", "2. 配电箱敞开")]},
    )  # fmt: skip
    context = browser.new_context()
    page = context.new_page()
    page.set_content(
        Template("{% load entry_form %}{% field form.results %}").render(Context({"form": made}))
    )
    yield page
    context.close()


@pytest.mark.browser
def test_lines_that_are_waited_for_stand_there_with_their_words(recheck: Any) -> None:
    assert recheck.locator("li", has_text="配电箱敞开").is_visible(), (
        "without script the words stand beside the text"
    )
    recheck.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    lines = recheck.locator(".rows-line")
    assert lines.count() == 3
    assert recheck.locator(".rows-known").is_hidden()
    assert recheck.get_by_text("再加一行").is_hidden()
    assert lines.nth(0).locator(".rows-told").inner_text() == "1. 二车间 通道堵塞"
    assert lines.nth(0).get_by_role("combobox").input_value() == "已整改"
    assert lines.nth(1).get_by_role("combobox").input_value() == "", "nothing is judged beforehand"
    assert lines.nth(0).get_by_text("删去这一行").count() == 0
    lines.nth(2).get_by_text("删去这一行").click()
    assert recheck.input_value("textarea") == "1｜已整改｜已清理；有照片", (
        "what nobody looked at is not written"
    )
    recheck.get_by_label("结果：2. 配电箱敞开").select_option("未整改")
    recheck.get_by_label("说明：2. 配电箱敞开").fill("未动|仍敞开")
    assert recheck.input_value("textarea") == "1｜已整改｜已清理；有照片\n2｜未整改｜未动，仍敞开"


def test_the_lists_of_enforcement_are_rows_parted_by_a_bar() -> None:
    for form, name, labels in (
        (Seizing, "inventory", ["名称", "规格型号", "数量", "单位", "状况", "存放地点"]),
        (Preservation, "goods", ["名称", "规格", "数量", "单位"]),
        (Appraisal, "goods", ["名称", "规格", "数量", "单位"]),
        (Discussion, "attendees", ["姓名", "职务"]),
        (Deferral, "instalments", ["日期", "金额（元）"]),
    ):
        assert [part["label"] for part in parts(form, name)] == labels
        assert form_for(form).fields[name].widget.attrs["data-mark"] == "｜"


@pytest.mark.browser
def test_rows_are_filled_in_added_and_removed_by_keyboard_alone(rows: Any) -> None:
    """Enter leads on and sends nothing, a new line follows a filled one, and a removed line leaves the focus in the next."""
    rows.evaluate("document.body.innerHTML = `<form action='/sent/'>${document.body.innerHTML}</form>`")
    rows.evaluate("document.querySelectorAll('.rows, .rows-bar').forEach((one) => one.remove())")
    rows.evaluate("document.querySelector('textarea').id = 'id_items'")
    rows.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    here = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    rows.focus("[data-place='0']")
    rows.keyboard.press("Enter")
    assert rows.evaluate(here) == "等级，第 1 行"
    rows.focus("li:last-child [data-place='4']")
    rows.keyboard.press("Enter")
    assert rows.evaluate(here).endswith("，第 2 行")
    rows.keyboard.type("大风")
    rows.focus("li:last-child [data-place='4']")
    rows.keyboard.press("Tab")
    assert rows.evaluate(here) == "删去这一行：第 2 行"
    rows.keyboard.press("Enter")
    assert rows.locator(".rows-line").count() == 1
    assert rows.evaluate(here).endswith("，第 1 行")
    assert "大风" not in rows.input_value("textarea")
    rows.keyboard.press("Enter")
    assert "/sent/" not in rows.url
