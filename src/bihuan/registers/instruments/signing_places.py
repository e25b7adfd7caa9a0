"""Signing a document: in its places, bound to its digest, each on the record, none twice (M123).

A signature comes about in one of three ways: signed in (the person's own key, after showing to be there within five
minutes), drawn on the screen before a named officer (the picture is kept), or refused before a witness. Who drew or refused
has no key here; the officer who saw it answers for it with the own key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES
from bihuan.kernel.signatures.signing import with_key_in_force
from bihuan.registers.instruments import kinds
from bihuan.registers.instruments.chains import note
from bihuan.registers.instruments.closed import bound_failures, volume_holding
from bihuan.registers.instruments.kinds import Place
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.officers.certificates import lapsed

SIGNED_IN, DRAWN, REFUSED = "signed_in", "drawn", "refused"
WORDS = {SIGNED_IN: "本人登录签名", DRAWN: "见证下手写签名", REFUSED: "拒绝签名"}
PICTURE = "hand_signature"
OFFICER_PLACES = ("officer_1", "officer_2")
PARTY_PLACES = ("party", "person")
MANY = ("attendees", "member")
"""Places where several persons sign."""


HANDED_OVER = "直接送达"
"""The way of serving in which the receiver is there to sign the receipt; any other is proved by its slip, notice or witness."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A place and who signed there so far; ``asked`` is whether this document needs a hand there at all."""

    place: Place
    signings: tuple[dict[str, Any], ...]
    asked: bool = True

    @property
    def open(self) -> bool:
        """Whether somebody still has to sign here."""
        return self.place.required and self.asked and not self.signings


def standing(instrument: Instrument) -> tuple[Standing, ...]:
    """Every place of a document in its order, with what was signed there."""
    kind = kinds.kind(instrument.kind, instrument.issued_on)
    return tuple(
        Standing(
            place,
            tuple(each for each in instrument.signings if each["place"] == place.key),
            place.key != "receiver" or instrument.facts.get("method", HANDED_OVER) == HANDED_OVER,
        )
        for place in kind.places
    )


def seat_label(instrument: Instrument, place: Place) -> str:
    """What a place is called on pages: an officer's bears the name the document tells."""
    officers = instrument.facts.get("officers", ())
    number = OFFICER_PLACES.index(place.key) if place.key in OFFICER_PLACES else len(officers)
    return f"{place.label}（{officers[number]['name']}）" if number < len(officers) else place.label


def open_places(instrument: Instrument) -> tuple[Place, ...]:
    """Places that still need a hand."""
    return tuple(each.place for each in standing(instrument) if each.open)


def officers_waited_for(instrument: Instrument) -> list[str]:
    """The officers' places that nobody signed yet, as pages call them."""
    return [seat_label(instrument, place) for place in open_places(instrument) if place.key in OFFICER_PLACES]


def fully_signed(instrument: Instrument) -> bool:
    """Whether every required place is signed or was refused before a witness."""
    return not open_places(instrument)


@with_key_in_force
@transaction.atomic
def sign(instrument: Instrument, place: str, actor: Actor) -> Instrument:
    """Sign a place with the actor's own key.

    Raises:
        Refused: not there within five minutes (``instrument.not_confirmed``), not the actor's place
            (``instrument.not_your_place``), voided, no such place, or signed already.
    """
    row, seat = _locked(instrument, place)
    _must_be_there(actor)
    Refused.unless(_not_theirs(row, place, actor))
    held = lapsed(actor.person_id, clock.today()) if place in OFFICER_PLACES else None
    Refused.unless([held] if held is not None else [])
    return _kept(
        row, seat, actor, "signed", {"kind": SIGNED_IN, "name": actor.name, "person": actor.person_id}
    )


@with_key_in_force
@transaction.atomic
def draw(
    instrument: Instrument,
    place: str,
    picture: bytes | Attachment,
    name: str,
    actor: Actor,
    *,
    post: str = "",
) -> Instrument:
    """Keep the hand of somebody without a key, drawn on the screen before the acting officer.

    ``picture`` is what the pad sent (PNG), or an attachment of the matter that an offline form brought.

    Raises:
        Refused: no name (``instrument.no_name``), nothing drawn (``instrument.nothing_drawn``), and as :func:`sign`.
    """
    row, seat = _locked(instrument, place)
    _must_be_there(actor)
    _official(actor)
    if not name.strip():
        raise Refused.because("instrument.no_name", "请填写签名人姓名", "name")
    kept = picture if isinstance(picture, Attachment) else _picture(row, picture, actor)
    said = {
        "kind": DRAWN, "name": name.strip()[:60], "post": post.strip()[:60], "witness": actor.name,
        "picture": str(kept.uid), "picture_digest": bytes(kept.digest).hex(),
    }  # fmt: skip
    keeping.name(row.matter, [kept.uid], keeping.OWN)
    return _kept(row, seat, actor, "signed", said)


@with_key_in_force
@transaction.atomic
def refuse(
    instrument: Instrument, place: str, actor: Actor, *, reason: str, witness: str = "", name: str = ""
) -> Instrument:
    """Note that somebody would not sign, why, and who saw it beside the acting officer (安全生产法第六十八条).

    Raises:
        Refused: no reason (``instrument.no_reason``), no witness (``instrument.no_witness``), and as :func:`sign`.
    """
    row, seat = _locked(instrument, place)
    _must_be_there(actor)
    _official(actor)
    failures = []
    if not reason.strip():
        failures.append(Failure("instrument.no_reason", "请写明拒绝签名的情况", "reason"))
    if not witness.strip():
        failures.append(
            Failure("instrument.no_witness", "请填写见证人姓名（另一名执法人员也可以见证）", "witness")
        )
    Refused.unless(failures)
    said = {
        "kind": REFUSED, "name": name.strip()[:60], "reason": reason.strip()[:300], "witness": witness.strip()[:60],
        "noted_by": actor.name,
    }  # fmt: skip
    return _kept(row, seat, actor, "signature_refused", said)


def hands_for(instrument: Instrument, actor: Actor) -> Sequence[Place]:
    """Places the actor could sign now with the own key."""
    if instrument.voided or actor.person_id is None or volume_holding(instrument) is not None:
        return ()
    return [
        each.place
        for each in standing(instrument)
        if (not each.signings or each.place.key in MANY)
        and not _not_theirs(instrument, each.place.key, actor)
    ]


def _locked(instrument: Instrument, place: str) -> tuple[Instrument, Place]:
    row = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    seat = kinds.kind(row.kind, row.issued_on).place_keys.get(place)
    if row.voided:
        raise Refused.because("instrument.voided", "这份文书已经作废，不能再签名")
    Refused.unless(bound_failures(row, "签名"))
    if seat is None:
        raise Refused.because("instrument.no_such_place", "这份文书没有这个签名位置", "place")
    if place not in MANY and any(each["place"] == place for each in row.signings):
        raise Refused.because("instrument.signed_already", f"“{seat.label}”已经签名，不能重复签名", "place")
    return row, seat


def _must_be_there(actor: Actor) -> None:
    if actor.is_system:
        return
    if actor.person_id is None or not actor.confirmed:
        raise Refused.because("instrument.not_confirmed", "签名须由本人重新输入密码确认，请确认后再签名")


def _official(actor: Actor) -> None:
    if actor.roles and not actor.roles - ENTERPRISE_ROLES:
        raise Refused.because("instrument.not_an_officer", "手写签名和拒签由执法人员当场登记")


def _not_theirs(row: Instrument, place: str, actor: Actor) -> list[Failure]:
    """An officer's place is for the officers named in the document, the party's for the party, the rest for officials."""
    if place in OFFICER_PLACES:
        if any(
            each.get("person") == actor.person_id and each["place"] in OFFICER_PLACES for each in row.signings
        ):
            words = "您已经在这份文书上签名，另一处由另一名执法人员签名"
            return [Failure("instrument.signed_twice", words, "place")]
        named = [each["name"] for each in row.facts.get("officers", ())]
        if named and actor.name not in named:
            words = f"这里由文书载明的执法人员（{'、'.join(named)}）签名"
            return [Failure("instrument.not_your_place", words, "place")]
        if _only_comes_along(row, actor):
            words = "文书没有载明您的执法证号，您是随行人员；这里由另一名持证人员签名"
            return [Failure("officers.not_certified", words, "place")]
    mine = any(scope.object is not None and scope.object == row.object for scope in actor.scopes)
    only_enterprise = bool(actor.roles) and not actor.roles - ENTERPRISE_ROLES
    if place in PARTY_PLACES and not mine:
        return [
            Failure(
                "instrument.not_your_place", "这里由当事人签名；当事人没有账号的，请当场手写签名", "place"
            )
        ]
    if place not in PARTY_PLACES and only_enterprise:
        return [Failure("instrument.not_your_place", "这里由办案单位的人员签名", "place")]
    return []


def _only_comes_along(row: Instrument, actor: Actor) -> bool:
    """Whether the document names the actor without a certificate beside others who have one (行政处罚法 第四十二条)."""
    told = row.facts.get("officers", ())
    own = [each for each in told if each["name"] == actor.name]
    return any(each.get("certificate") for each in told) and not any(each.get("certificate") for each in own)


def _picture(row: Instrument, picture: bytes, actor: Actor) -> Attachment:
    if not picture:
        raise Refused.because("instrument.nothing_drawn", "还没有写签名，请在签名板上书写后再提交", "picture")
    return keeping.store_image(row.matter, PICTURE, picture, actor)


def _kept(row: Instrument, seat: Place, actor: Actor, verb: str, said: dict[str, Any]) -> Instrument:
    told = {"place": seat.key, "label": seat.label, "at": clock.now().isoformat(timespec="seconds"), **said}
    row.signings = [*row.signings, {key: value for key, value in told.items() if value not in ("", None)}]
    entry = {**row.signings[-1], "number": row.number, "digest": bytes(row.digest).hex()}
    note(row, verb, actor, entry, was=row.state, now=row.state, signed=True)
    row.save(update_fields=["signings", "entry_count", "head"])
    return row
