"""The hands on a case's papers in the demo: officers with their own keys, everybody else drawn before one of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from random import Random
from uuid import UUID

from PIL import Image, ImageDraw

from bihuan.demo.people import Seat
from bihuan.registers.instruments import shelf, signing_places
from bihuan.registers.instruments.models import Instrument

SIZE = (300, 110)


def sign_papers(matters: Sequence[UUID], officers: Sequence[Seat]) -> None:
    """Set every hand that the papers of ``matters`` still wait for.

    ``officers`` are who may sign with a key of their own; one who left is noted as such before the other.
    """
    for row in shelf.instruments_of(matters):
        for place in signing_places.open_places(row):
            _set(row, place.key, officers)


def _set(row: Instrument, place: str, officers: Sequence[Seat]) -> None:
    whose = {seat.person.name: seat for seat in officers}
    named = row.facts.get("officers", ())
    if place in signing_places.OFFICER_PLACES:
        number = signing_places.OFFICER_PLACES.index(place)
        seat = whose.get(named[number]["name"]) if number < len(named) else None
        if seat is None:
            signing_places.refuse(
                row,
                place,
                officers[0].actor(),
                reason="该执法人员已调离，无法补签",
                witness=officers[-1].person.name,
            )
        else:
            signing_places.sign(row, place, seat.actor())
        return
    name = _name(row, place)
    signing_places.draw(row, place, _hand(name), name, officers[0].actor())


def _name(row: Instrument, place: str) -> str:
    """Who stands in a place, as the paper itself tells."""
    facts = row.facts
    told = {
        "person": facts.get("person"), "party": facts.get("principal") or facts.get("person"), "receiver": facts.get("receiver"),
        "recorder": facts.get("recorder"), "host": facts.get("host"), "investigator": (facts.get("officers") or [{}])[0].get("name"),
        "attendees": (facts.get("attendees") or [{}])[0].get("name"),
    }  # fmt: skip
    return str(told.get(place) or facts.get("principal") or facts.get("party") or "在场人员")[:60]


@cache
def _hand(name: str) -> bytes:
    """A stroke that looks like a hand and is nobody's writing."""
    rng, picture = Random(name), Image.new("RGB", SIZE, "white")  # noqa: S311 - an invented hand
    draw, x = ImageDraw.Draw(picture), 24
    for _ in name[:4]:
        points = [(x + rng.randrange(0, 56), rng.randrange(18, 92)) for _ in range(7)]
        draw.line(points, fill=(20, 24, 60), width=4, joint="curve")
        x += 64
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
