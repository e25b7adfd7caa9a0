"""Guessing is stopped by account and by address, says until when, and keeps nothing of what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory, override_settings

from bihuan.kernel.web.lockout import client_address
from tests.web.conftest import SignIn
from tests.world import World

DOOR = "/sign-in/"
PASSWORD = "长而难猜的口令-2023"


@pytest.fixture
def clerk(world: World) -> World:
    user = world.user("clerk_east")
    user.set_password(PASSWORD)
    user.save()
    return world


def spray(
    client: Client, names: Iterator[str] | list[str], address: str = "10.1.2.3", **more: str
) -> list[int]:
    return [
        client.post(DOOR, {"username": name, "password": "猜的"}, REMOTE_ADDR=address, **more).status_code  # type: ignore[arg-type]
        for name in names
    ]


def test_one_address_cannot_try_every_account(clerk: World, settings: Any) -> None:
    client = Client()
    codes = spray(client, [f"user{number}" for number in range(settings.BIHUAN_ADDRESS_LIMIT)])
    assert codes[:-1] == [422] * (len(codes) - 1)
    right = {"username": "clerk_east", "password": PASSWORD}
    locked = client.post(DOOR, right, REMOTE_ADDR="10.1.2.3")
    assert locked.status_code == 429
    words = locked.content.decode()
    assert "这个网络地址暂时不能登录" in words
    assert re.search(r"请在 1[0-5] 分钟后（\d\d:\d\d 以后）再试", words)
    assert client.post(DOOR, right, REMOTE_ADDR="10.1.2.4").status_code == 302


def test_a_locked_account_leaves_the_others_of_the_address_alone(clerk: World) -> None:
    client = Client()
    assert spray(client, ["clerk_west"] * 5)[-1] == 429
    words = client.post(DOOR, {"username": "clerk_west", "password": "x"}, REMOTE_ADDR="10.1.2.3")
    assert "账号已暂时锁定" in words.content.decode()
    right = {"username": "clerk_east", "password": PASSWORD}
    assert client.post(DOOR, right, REMOTE_ADDR="10.1.2.3").status_code == 302


def test_tries_during_the_lock_do_not_lengthen_it(clerk: World) -> None:
    client = Client()
    spray(client, ["clerk_east"] * 5)
    last = AccessAttempt.objects.get().attempt_time
    spray(client, ["clerk_east"] * 3)
    assert AccessAttempt.objects.get().attempt_time == last


def test_behind_the_proxy_every_client_has_its_own_ceiling(clerk: World, settings: Any) -> None:
    settings.BIHUAN_BEHIND_PROXY = True
    names = [f"user{number}" for number in range(settings.BIHUAN_ADDRESS_LIMIT + 1)]
    forged = {"HTTP_X_FORWARDED_FOR": "1.1.1.1, 192.168.7.7"}
    assert spray(Client(), names, "127.0.0.1", **forged)[-1] == 429
    other = {"HTTP_X_FORWARDED_FOR": "192.168.7.7, 192.168.7.8"}
    assert spray(Client(), ["someone"], "127.0.0.1", **other) == [422]


def test_a_proxy_that_does_not_say_who_asks_locks_nobody_else_out(clerk: World, settings: Any) -> None:
    settings.BIHUAN_BEHIND_PROXY = True
    names = [f"user{number}" for number in range(settings.BIHUAN_ADDRESS_LIMIT + 2)]
    assert set(spray(Client(), names, "127.0.0.1")) == {422}


@override_settings(BIHUAN_BEHIND_PROXY=True)
@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("10.0.0.9", "1.2.3.4", "10.0.0.9"),
        ("127.0.0.1", "1.2.3.4, 5.6.7.8", "5.6.7.8"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
    ],
)
def test_only_our_own_proxy_is_believed(peer: str, forwarded: str, found: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == found


def test_nothing_that_was_typed_beside_a_wrong_password_is_kept(world: World, sign_in: SignIn) -> None:
    client = sign_in("clerk_east")
    session = client.session
    del session["confirmed_at"]
    session.save()
    said = {"reporter": "举报人赵敏", "description": "皮带外露", "sign_password": "差一位的口令"}
    client.post("/hazards/new/report/?q=赵敏", {**said, "object": str(world.factory.uid)})
    Client().post(DOOR, {"username": "clerk_east", "password": "差一位的口令", "note": "赵敏"})
    kept = "".join(f"{one.get_data}{one.post_data}{one.path_info}" for one in AccessAttempt.objects.all())
    assert AccessAttempt.objects.exists()
    for words in ("赵敏", "差一位", "皮带"):
        assert words not in kept
