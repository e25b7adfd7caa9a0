"""Signatures stand in their places, belong to whom they should, and are bound to the document's digest."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from PIL import Image

from bihuan.kernel import clock, record
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.registers.instruments import issuing, kinds, printing
from bihuan.registers.instruments import signing_places as places
from bihuan.registers.instruments.models import Instrument
from tests.hazards import steps
from tests.registers.instrument_steps import facts_for, profile
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def order(world: World) -> Instrument:
    profile(world.bureau)
    facts = facts_for(kinds.kind("rectification_order"))
    facts["officers"] = [
        (world.actor("officer").name, "鲁D0001"),
        (world.actor("regulator_two").name, "鲁D0002"),
    ]
    with transaction.atomic():
        return issuing.issue(
            "rectification_order", steps.reported(world), facts, on=clock.today(), actor=world.actor("officer"),
            organ=world.bureau,
        )  # fmt: skip


def hand(colour: str = "white") -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (300, 120), colour).save(picture, "PNG")
    return picture.getvalue()


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_two_officers_and_the_party_sign_each_in_their_place(world: World, order: Instrument) -> None:
    assert [place.key for place in places.open_places(order)] == ["officer_1", "officer_2", "party"]
    made = places.sign(order, "officer_1", world.actor("officer"))
    made = places.sign(made, "officer_2", world.actor("regulator_two"))
    made = places.sign(made, "party", world.actor("principal"))
    assert places.fully_signed(made)
    entries = record.entries_of(order.uid)
    assert [entry.verb for entry in entries] == ["issued", "signed", "signed", "signed"]
    for entry in entries[1:]:
        assert entry.payload["digest"] == bytes(order.digest).hex()
        assert entry.signed is not None
        assert entry.signature


def test_nobody_signs_for_another(world: World, order: Instrument) -> None:
    for place, name in (
        ("officer_1", "regulator"),
        ("officer_1", "principal"),
        ("party", "officer"),
        ("party", "site_safety"),
    ):
        with pytest.raises(Refused) as refused:
            places.sign(order, place, world.actor(name))
        assert codes(refused) == {"instrument.not_your_place"}


def test_one_officer_is_not_two(world: World, order: Instrument) -> None:
    made = places.sign(order, "officer_1", world.actor("officer"))
    with pytest.raises(Refused) as refused:
        places.sign(made, "officer_2", world.actor("officer"))
    assert codes(refused) == {"instrument.signed_twice"}
    with pytest.raises(Refused) as refused:
        places.sign(made, "officer_1", world.actor("regulator_two"))
    assert codes(refused) == {"instrument.signed_already"}


def test_a_signature_needs_the_person_at_the_keyboard(world: World, order: Instrument) -> None:
    away = replace(world.actor("officer"), confirmed_at=clock.now() - timedelta(minutes=6))
    with pytest.raises(Refused) as refused:
        places.sign(order, "officer_1", away)
    assert codes(refused) == {"instrument.not_confirmed"}


def test_a_drawn_hand_is_kept_and_the_officer_answers_for_it(world: World, order: Instrument) -> None:
    made = places.draw(order, "party", hand(), "钱国强", world.actor("officer"), post="总经理")
    told = made.signings[0]
    assert (told["kind"], told["name"], told["witness"]) == ("drawn", "钱国强", world.actor("officer").name)
    assert Attachment.objects.get(pk=told["picture"]).named_seq == 0
    last = record.entries_of(order.uid)[-1]
    assert last.payload["picture_digest"] == told["picture_digest"]
    assert last.signed is not None
    assert printing.pdf_of(made).startswith(b"%PDF")
    assert printing.docx_of(made).startswith(b"PK")
    assert "data:image" in printing.html_of(made)


def test_an_enterprise_draws_no_hand_for_itself_and_nothing_is_no_hand(
    world: World, order: Instrument
) -> None:
    with pytest.raises(Refused) as refused:
        places.draw(order, "party", hand(), "钱国强", world.actor("principal"))
    assert codes(refused) == {"instrument.not_an_officer"}
    with pytest.raises(Refused) as refused:
        places.draw(order, "party", b"", "钱国强", world.actor("officer"))
    assert codes(refused) == {"instrument.nothing_drawn"}


def test_a_refusal_has_a_reason_and_a_witness_and_stands_on_the_paper(
    world: World, order: Instrument
) -> None:
    with pytest.raises(Refused) as refused:
        places.refuse(order, "party", world.actor("officer"), reason="", witness="")
    assert codes(refused) == {"instrument.no_reason", "instrument.no_witness"}
    made = places.refuse(order, "party", world.actor("officer"), reason="负责人拒绝签名", witness="韩青")
    assert [place.key for place in places.open_places(made)] == ["officer_1", "officer_2"]
    assert "拒绝签名（负责人拒绝签名）" in printing.html_of(made)


def test_a_voided_document_takes_no_hand(world: World, order: Instrument) -> None:
    issuing.void(order, "整改期限写错", world.actor("officer"))
    with pytest.raises(Refused) as refused:
        places.sign(order, "officer_1", world.actor("officer"))
    assert codes(refused) == {"instrument.voided"}


def test_the_system_signs_nothing_for_a_person(world: World, order: Instrument) -> None:
    assert places.hands_for(order, Actor.system("test")) == ()
    mine = [place.key for place in places.hands_for(order, world.actor("officer"))]
    assert "officer_1" in mine
    assert "party" not in mine
