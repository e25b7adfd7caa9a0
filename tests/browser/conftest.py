"""A real Chromium against a real server. Without one on the machine these tests say so and are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.world import World, build_world

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
)  # fmt: skip
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PASSWORD = "云湖-Hu9-松岭"

SignedIn = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser, once for all."""
    if CHROMIUM is None:
        pytest.skip("这台机器上没有 Chromium，浏览器测试未运行")
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
    if before is None:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def world(transactional_db: None) -> World:
    """The small district, whose people have a password."""
    made = build_world()
    for user in made.users.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return made


@pytest.fixture
def signed_in(browser: Any, world: World, live_server: LiveServer) -> Iterator[SignedIn]:
    """Open a page as somebody: ``signed_in("clerk_east", phone=True)``. Script errors fail the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(name: str, *, phone: bool = False) -> Any:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            base_url=live_server.url,
            locale="zh-CN",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/sign-in/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, errors
