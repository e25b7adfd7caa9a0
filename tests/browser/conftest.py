"""A real Chromium against a real server. Without one on the machine these tests say so and are skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from bihuan.kernel import clock
from tests.dispatch.weekly_steps import FRIDAY
from tests.world import World, build_world

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PASSWORD = "云湖-Hu9-松岭"

SignedIn = Callable[..., Any]


@pytest.fixture
def world(transactional_db: None) -> World:
    """The small district, whose people have a password."""
    made = build_world()
    for user in made.users.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return made


@pytest.fixture
def friday(live_server: LiveServer) -> Iterator[datetime]:
    """A Friday afternoon, for the test and for all the server answers: a week is filed from its Thursday on."""
    server: Any = live_server.thread.httpd
    answer = server.get_app()

    def answer_on_friday(environ: Any, start_response: Any) -> Any:
        with clock.frozen(FRIDAY):
            return answer(environ, start_response)

    server.set_app(answer_on_friday)
    with clock.frozen(FRIDAY):
        yield FRIDAY
    server.set_app(answer)


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
