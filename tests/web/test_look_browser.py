"""Pages in a real Chromium: nothing wider than a phone, nothing the policy blocks, nothing typed that gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.rendering import served, write_pages

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
SMALL = """() => [...document.querySelectorAll('main button, main .btn, main summary, main .option, .bottombar > *')]
  .filter(one => one.getClientRects().length)
  .map(one => [one.textContent.trim().slice(0, 20), Math.round(one.getBoundingClientRect().height)])
  .filter(([, height]) => height < 24)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str], Path]]:
    folder = tmp_path_factory.mktemp("pages")
    names = write_pages(folder)
    with served(folder) as address:
        yield address, names, folder


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_pages_fit_a_phone_and_its_thumbs(site: tuple[str, list[str], Path], phone: Any) -> None:
    address, names, _ = site
    too_wide, too_small, errors = [], {}, []
    phone.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    for name in names:
        phone.goto(f"{address}/{name}.html")
        if phone.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            too_wide.append(name)
        if small := phone.evaluate(SMALL):
            too_small[name] = small
    assert not too_wide
    assert not too_small
    assert not errors


def test_a_draft_survives_leaving_the_page_and_goes_with_its_author(
    site: tuple[str, list[str], Path], phone: Any
) -> None:
    form = f"{site[0]}/step_phone.html"
    phone.goto(form)
    phone.fill("#id_done", "推杠锁已换")
    playwright.expect(phone.locator("[data-draft-note]")).to_contain_text("草稿")
    phone.goto(f"{site[0]}/list.html")
    phone.goto(form)
    assert phone.input_value("#id_done") == "推杠锁已换"
    phone.click(".who > summary")
    phone.click("form[data-signout] button")
    phone.wait_for_url("**/sign-out/")
    phone.goto(form)
    assert phone.input_value("#id_done") == ""


def sent_form(site: tuple[str, list[str], Path], phone: Any) -> str:
    """The address of a form that was filled in and sent off."""
    form = f"{site[0]}/step_phone.html"
    phone.goto(form)
    phone.fill("#id_done", "推杠锁已换")
    phone.evaluate("document.querySelector('form[data-draft]').dispatchEvent(new Event('submit'))")
    return form


def test_a_form_that_was_refused_is_kept_and_waits_for_no_sending(
    site: tuple[str, list[str], Path], phone: Any
) -> None:
    form = sent_form(site, phone)
    assert phone.text_content("[data-outbox]").split() == ["待发送", "1", "条"]
    phone.goto(form)
    assert phone.input_value("#id_done") == "推杠锁已换"
    assert phone.is_hidden("[data-outbox]")


def test_what_another_was_first_with_is_kept_and_waits_for_no_sending(
    site: tuple[str, list[str], Path], phone: Any
) -> None:
    form = sent_form(site, phone)
    phone.goto(f"{site[0]}/stale.html")
    assert phone.is_hidden("[data-outbox]")
    phone.goto(form)
    assert phone.input_value("#id_done") == "推杠锁已换"


def test_without_a_network_nothing_is_sent_and_it_says_so(
    site: tuple[str, list[str], Path], phone: Any
) -> None:
    phone.goto(f"{site[0]}/step_phone.html")
    phone.fill("#id_done", "推杠锁已换")
    phone.context.set_offline(True)
    phone.click("main button[type=submit]")
    assert "没有网络" in phone.text_content("[data-draft-note]")
    assert phone.text_content("[data-outbox]").split() == ["待发送", "1", "条"]
    phone.context.set_offline(False)


def test_a_draft_that_was_sent_is_gone_once_another_page_follows(
    site: tuple[str, list[str], Path], phone: Any
) -> None:
    form = f"{site[0]}/step_phone.html"
    phone.goto(form)
    phone.fill("#id_done", "推杠锁已换")
    phone.evaluate("document.querySelector('form[data-draft]').action = '/matter.html'")
    phone.click("main button[type=submit]")
    phone.wait_for_url("**/matter.html")
    phone.goto(form)
    assert phone.input_value("#id_done") == ""


def test_passwords_and_sealed_words_are_never_kept_on_the_device(
    site: tuple[str, list[str], Path], phone: Any
) -> None:
    phone.goto(f"{site[0]}/step.html")
    phone.fill("#id_responsible", "何志强")
    phone.fill("#id_reporter", "密封的姓名")
    phone.fill("#id_sign_password", "qing-shi-2023")
    playwright.expect(phone.locator("[data-draft-note]")).to_contain_text("草稿")
    kept = phone.evaluate("JSON.stringify(localStorage)")
    assert "何志强" in kept
    assert "密封的姓名" not in kept
    assert "qing-shi-2023" not in kept


def test_chosen_files_are_listed_with_their_size(
    site: tuple[str, list[str], Path], phone: Any, tmp_path: Path
) -> None:
    ledger = tmp_path / "工贸台账.xlsx"
    ledger.write_bytes(b"x" * 3000)
    phone.goto(f"{site[0]}/import_drop.html")
    phone.set_input_files("#id_file", ledger)
    assert phone.text_content("[data-file-list]") == "工贸台账.xlsx3 KB"


def test_a_row_opens_its_matter_wherever_it_is_touched(
    site: tuple[str, list[str], Path], browser: Any
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site[0]}/list.html")
    page.click("tbody tr:nth-child(2) td:nth-child(4)")
    page.wait_for_url("**/hazards/2/")
    page.close()


def test_progress_asks_again_by_itself_until_finished(site: tuple[str, list[str], Path], phone: Any) -> None:
    address, _, folder = site
    later = folder / "import/1/progress"
    later.mkdir(parents=True, exist_ok=True)
    (later / "index.html").write_text('<div id="progress">导入完成</div>', encoding="utf-8")
    phone.goto(f"{address}/import_progress.html")
    playwright.expect(phone.locator("#progress")).to_have_text("导入完成", timeout=6000)


def test_every_page_can_be_walked_by_keyboard(site: tuple[str, list[str], Path], browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site[0]}/matter.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.close()
