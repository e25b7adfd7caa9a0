"""What may be done with documents on their own pages, told by each loop: the rest goes through the loop's steps.

A penalty decision is served by a step of its case, because terms hang on it; a letter that hands a matter over may be
written, served and voided by itself. A loop that says nothing only lets its documents be read and signed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bihuan.kernel.loops.registry import running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role
from bihuan.registers.instruments.closed import volume_holding
from bihuan.registers.instruments.models import Instrument

May = Callable[[Actor, Any], bool]
OFFICIALS = (
    frozenset(Role) - ENTERPRISE_ROLES - {Role.EXPERT, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}
)


def of_its_agency(actor: Actor, matter: Any) -> bool:
    """Whether one of the actor's posts is of the agency that handles the matter."""
    return any(
        scope.agency_id is not None and scope.agency_id == matter.agency_id and scope.role in OFFICIALS
        for scope in actor.scopes
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """Kinds that may be written, served or voided by form on matters of a loop, and by whom."""

    fill: Collection[str] = ()
    serve: Collection[str] = ()
    void: Collection[str] = ()
    may: May = of_its_agency
    signed: bool = False
    """Whether the officers have to sign before it is served: one that a single officer signed binds nobody (M141)."""
    facts: Callable[[Any], Mapping[str, Any]] = lambda matter: {}
    """What the loop's own rows know, so that a form asks for nothing twice."""


_offers: dict[str, Offer] = {}
_NOTHING = Offer()


def let(loop: str, offer: Offer) -> None:
    """Called once by a room that knows the loop, when its app is ready."""
    _offers[loop] = offer


def of(loop: str) -> Offer:
    """What a loop lets be done."""
    return _offers.get(loop, _NOTHING)


def lets(actor: Actor, instrument: Instrument, what: Literal["serve", "void"]) -> bool:
    """Whether the loop leaves this to the document's own page, to this actor, for a matter as it stands now.

    Asked again at the deed: a file that was closed meanwhile is not changed through the back door.
    """
    offer = of(instrument.loop)
    if instrument.kind not in (offer.serve if what == "serve" else offer.void):
        return False
    if volume_holding(instrument) is not None:
        return False
    matter = running(instrument.loop).model._default_manager.filter(uid=instrument.matter).first()
    return matter is not None and offer.may(actor, matter)


def handles(actor: Actor, instrument: Instrument) -> bool:
    """Whether the actor is of the organ that issued a document: such a person takes drawn hands and notes refusals."""
    return any(scope.agency_id == instrument.organ_id and scope.role in OFFICIALS for scope in actor.scopes)
