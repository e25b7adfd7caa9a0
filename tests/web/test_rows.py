"""Lines of several parts are offered as rows; without script they stay the text that they are."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.accidents.monthly.inputs import Forecast, Return
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
