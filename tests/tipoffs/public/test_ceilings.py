"""Ceilings hold over all workers, keep no address, and forget with their day."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client, RequestFactory, override_settings

from bihuan.capabilities.tipoffs import receipts
from bihuan.capabilities.tipoffs.models import Batch
from bihuan.capabilities.tipoffs.public import ceilings, limits
from bihuan.capabilities.tipoffs.public.ceilings import TooOften
from bihuan.capabilities.tipoffs.public.models import DayKey, Knock
from bihuan.kernel import clock
from bihuan.kernel.policies.values import forget_recent, set_policy
from tests.tipoffs.public.conftest import filled, send, told
from tests.world import World, build_world

HERE = b"0123456789abcdef"


def ask(citizen: Client, number: str, address: str = "10.1.1.1") -> Any:
    return citizen.post("/report/progress/", {"number": number}, REMOTE_ADDR=address)


def test_an_address_sends_so_often_and_no_more(
    world: World, citizen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SENDS_AN_HOUR", 2)
    for _ in range(2):
        send(citizen)
    response = citizen.post("/report/", filled())
    assert response.status_code == 429
    assert "12350" in told(response)
    assert Batch.objects.count() == 2
    assert citizen.post("/report/", filled(), REMOTE_ADDR="10.9.9.9").status_code == 200


def test_all_together_send_what_the_office_allows(
    world: World, citizen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_policy(limits.A_DAY, 50, effective_from=clock.today(), actor=world.actor("office"), basis="试运行")
    forget_recent()
    Knock.objects.create(span=clock.today().isoformat(), what="send", who=ceilings.ALL, count=50)
    assert citizen.post("/report/", filled()).status_code == 429


def test_what_was_refused_is_not_counted_as_sent(world: World, citizen: Client) -> None:
    for _ in range(limits.SENDS_AN_HOUR + 1):
        assert citizen.post("/report/", filled(words="危")).status_code == 422
    assert send(citizen)


def test_wrong_numbers_wait_longer_each_time_and_a_right_one_buys_nothing(
    world: World, citizen: Client
) -> None:
    right = send(citizen)
    start = clock.now()
    for _ in range(limits.WRONG_FREE):
        assert ask(citizen, "1" * 16).status_code == 422
    assert ask(citizen, right).status_code == 200
    assert ask(citizen, "2" * 16).status_code == 422
    waiting = ask(citizen, right)
    assert waiting.status_code == 429
    assert "分钟后再查" in told(waiting)
    with clock.frozen(start + timedelta(seconds=70)):
        assert ask(citizen, right).status_code == 200
        assert ask(citizen, "3" * 16).status_code == 422
        assert ask(citizen, right).status_code == 429
    with clock.frozen(start + timedelta(seconds=140)):
        assert ask(citizen, right).status_code == 429
    assert ask(citizen, right, "10.2.2.2").status_code == 200


def test_wrong_ones_are_answered_alike_whatever_is_wrong_with_them(world: World, citizen: Client) -> None:
    own = send(citizen).replace(" ", "")
    near = own[:-1] + str((int(own[-1]) + 1) % 10)
    pages = {
        re.sub(r'value="[^"]*"', "", told(ask(citizen, number, f"10.3.3.{place}")))
        for place, number in enumerate((near, "0" * 16, "9" * 16))
    }
    assert len(pages) == 1


def test_all_together_guess_so_often_in_an_hour(
    world: World, citizen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = send(citizen)
    monkeypatch.setattr(limits, "WRONG_AN_HOUR_BY_ALL", 3)
    for place in range(3):
        assert ask(citizen, "1" * 16, f"10.4.4.{place}").status_code == 422
    assert ask(citizen, "1" * 16, "10.4.4.99").status_code == 429
    assert ask(citizen, right, "10.4.4.98").status_code == 429


def test_no_address_is_kept_and_tomorrow_nobody_can_turn_it_back(world: World, citizen: Client) -> None:
    citizen.post("/report/", filled(), REMOTE_ADDR="203.0.113.77")
    rows = [bytes(who) for who in Knock.objects.values_list("who", flat=True)]
    assert any(len(row) == 16 for row in rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tipoff_door_knock t WHERE t::text LIKE '%203.0.113%'")
        assert cursor.fetchone()[0] == 0
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.77")
    today = ceilings.who_asks(request)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert ceilings.who_asks(request) != today
        ceilings.sweep()
        assert not DayKey.objects.filter(day__lt=clock.today()).exists()
        assert not Knock.objects.filter(span__lt=clock.today().isoformat()).exists()


def test_one_house_with_many_addresses_is_one(db: None) -> None:
    asked = {
        ceilings.who_asks(RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:2::{place}")) for place in ("1", "2", "ffff")
    }  # fmt: skip
    assert len(asked) == 1


@override_settings(BIHUAN_BEHIND_PROXY=True)
def test_behind_a_silent_proxy_nobody_is_shut_out_for_all(world: World, citizen: Client) -> None:
    assert ceilings.who_asks(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")) is None
    named = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert ceilings.who_asks(named) is not None


@pytest.mark.django_db(transaction=True)
def test_two_connections_share_one_ceiling() -> None:
    build_world()
    passed, stopped = [], []
    gate = threading.Barrier(2)

    def guess() -> None:
        try:
            gate.wait()
            for _ in range(6):
                try:
                    ceilings.a_guess(HERE)
                    passed.append(1)
                except TooOften:
                    stopped.append(1)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=guess) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(passed) == limits.WRONG_FREE + 1
    assert len(stopped) == 12 - limits.WRONG_FREE - 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_from_two_connections_is_one_batch() -> None:
    build_world()
    form = filled()
    answers: list[str] = []
    gate = threading.Barrier(2)

    def post() -> None:
        try:
            gate.wait()
            response = Client().post("/report/", form)
            found = re.search(r'data-receipt="([\d ]+)"', response.content.decode())
            answers.append(found[1] if found else str(response.status_code))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=post) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(set(answers)) == 1
    assert receipts.read(answers[0]) is not None
    assert Batch.objects.count() == 1
