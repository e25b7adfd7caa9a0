"""The small district, and a browser session for anybody in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.kernel import clock
from tests.world import World, build_world

SignIn = Callable[[str], Client]


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """A session of the named user, who has just given the password again."""

    def open_session(name: str) -> Client:
        client = Client(enforce_csrf_checks=False)
        client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["confirmed_at"] = clock.now().isoformat()
        session.save()
        return client

    return open_session
