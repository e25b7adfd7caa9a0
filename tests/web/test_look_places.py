"""Where one is, in a real Chromium: every place of a long navigation can be reached, the current tab is in sight."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.test_look_browser import PHONE, site  # noqa: F401 - the served pages

pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
MANY_PLACES = """() => {
  const list = document.querySelector('.side ul');
  for (let i = 0; i < 30; i += 1) list.appendChild(list.children[1].cloneNode(true));
  list.scrollTop = 1e6;
  const last = list.lastElementChild.getBoundingClientRect();
  return [Math.round(last.bottom), window.innerHeight];
}"""
MANY_TABS = """() => {
  const strip = document.querySelector('.tabs'), last = strip.lastElementChild;
  strip.querySelectorAll('[aria-current]').forEach((one) => one.removeAttribute('aria-current'));
  for (let i = 0; i < 12; i += 1) strip.insertBefore(last.cloneNode(true), last);
  last.setAttribute('aria-current', 'page');
}"""
IN_SIGHT = """() => {
  const here = document.querySelector('.tabs [aria-current]').getBoundingClientRect();
  return here.left >= 0 && here.right <= window.innerWidth;
}"""
THUMBS = """() => [...document.querySelectorAll(
  'main .btn, main summary, .bottombar > *, .topbar a, .topbar summary, main .section-more, main .figure-open')]
  .filter((one) => one.getClientRects().length && !one.closest('.side'))
  .map((one) => [one.textContent.trim().slice(0, 20), Math.round(one.getBoundingClientRect().height)])
  .filter(([, height]) => height < 40)"""


def test_the_last_place_of_a_long_navigation_can_be_reached_on_a_low_screen(
    site: Any,  # noqa: F811
    browser: Any,
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 620}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site[0]}/list.html")
    bottom, height = page.evaluate(MANY_PLACES)
    assert bottom <= height
    context.close()


def test_the_current_tab_of_a_long_strip_is_in_sight_on_a_phone(site: Any, browser: Any) -> None:  # noqa: F811
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(f"document.addEventListener('DOMContentLoaded', {MANY_TABS}, true)")
    page.route("**/bihuan.js*", _after_the_tabs)
    page.goto(f"{site[0]}/list.html")
    assert page.evaluate(IN_SIGHT)
    context.close()


def _after_the_tabs(route: Any) -> None:
    """Deferred scripts run before DOMContentLoaded: the page's own one waits for the tabs made here."""
    script = route.fetch().text()
    route.fulfill(
        body=f"document.addEventListener('DOMContentLoaded', () => {{ {script} }})",
        content_type="text/javascript",
    )


def test_every_way_is_wide_enough_for_a_thumb(site: Any, browser: Any) -> None:  # noqa: F811
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    small = {}
    for name in site[1]:
        page.goto(f"{site[0]}/{name}.html")
        if found := page.evaluate(THUMBS):
            small[name] = found
    assert not small
    context.close()
