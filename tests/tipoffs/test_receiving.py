"""The public's way in and what its receipt number shows."""

from __future__ import annotations

import re

import pytest

from bihuan.capabilities.tipoffs import receipts, receiving
from bihuan.capabilities.tipoffs.models import Batch, Item, Receipt
from bihuan.kernel.errors import Refused
from tests.tipoffs import steps
from tests.world import World


def test_a_message_is_taken_in_whole_and_told_its_number_once(world: World) -> None:
    number = steps.told(steps.piece(), steps.piece(topic="gas", words="饭店的气瓶放在厨房里"))
    batch = Batch.objects.get()
    assert re.fullmatch(r"\d{16}", number)
    assert [one.ordinal for one in batch.items.order_by("ordinal")] == [1, 2]
    assert batch.anonymous
    kept = Receipt.objects.get()
    assert bytes(kept.digest) == receipts.digest(number)
    assert number.encode() not in bytes(kept.digest)


def test_the_same_form_sent_twice_is_taken_in_once_and_answered_alike(world: World) -> None:
    number = receipts.new()
    given = receiving.TipoffGiven(items=(steps.piece(),))
    assert receiving.receive(given, receipt=number) == number
    assert receiving.receive(given, receipt=number) == number
    assert Item.objects.count() == 1


def test_every_fault_of_every_item_is_told_at_once(world: World) -> None:
    with pytest.raises(Refused) as refused:
        steps.told(steps.piece(words=""), steps.piece(position="往东走"), steps.piece(topic="weather"))
    fields = {failure.field for failure in refused.value.failures}
    assert {"items.0.words", "items.2.topic"} <= fields
    assert not Batch.objects.exists()


def test_progress_shows_stages_and_reply_and_nobody(world: World) -> None:
    number = steps.told(reporter_name=steps.NAME, reporter_phone=steps.PHONE)
    seen = receiving.progress_of(receipts.grouped(number))
    assert seen is not None
    assert [stage.label for stage in seen.items[0].stages if stage.now] == ["受理"]
    steps.settled(world, Item.objects.get())
    seen = receiving.progress_of(number)
    assert seen is not None
    assert seen.closed_on is not None
    assert seen.items[0].reply == "您反映的情况属实，出口已经清空。"
    assert all(stage.on for stage in seen.items[0].stages)
    for secret in (steps.NAME, steps.PHONE, "工贸科", "应急管理局"):
        assert secret not in repr(seen)


@pytest.mark.parametrize("guess", ["", "0000000000000000", "12345", "abcdefghijklmnop", "' OR 1=1 --"])
def test_a_guess_shows_nothing(world: World, guess: str) -> None:
    steps.told()
    assert receiving.progress_of(guess) is None
