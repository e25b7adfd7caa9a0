"""What higher rooms show on pages that are not theirs: sections of an object's page, a link under a matter's chain, sections of a
matter's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts


@dataclass(frozen=True, slots=True)
class Section:
    """One section: a heading and a table, with what to do there."""

    heading: str
    ledger: parts.Ledger
    empty: parts.Empty | None = None
    links: Sequence[parts.Link] = ()


Teller = Callable[[Actor, SupervisedObject, date], "Section | None"]
Address = Callable[[UUID, date], str]

_tellers: list[tuple[int, Teller]] = []
_chain_links: list[tuple[frozenset[Role], str, Address]] = []


def tell_section(order: int, teller: Teller) -> None:
    """Let a room add a section to every object's page. Called once, when its app is ready."""
    _tellers.append((order, teller))
    _tellers.sort(key=lambda pair: pair[0])


def sections_of(actor: Actor, one: SupervisedObject, on: date) -> Sequence[Section]:
    """What the rooms know of an object on a day that this actor may see."""
    return [told for _, teller in _tellers if (told := teller(actor, one, on)) is not None]


MatterTeller = Callable[[Actor, str, Any], "Section | None"]
_matter_tellers: list[tuple[int, MatterTeller]] = []


def tell_of_matter(order: int, teller: MatterTeller) -> None:
    """Let a room below the capabilities add a section to every matter's page: ``teller(actor, loop, matter)``."""
    _matter_tellers.append((order, teller))
    _matter_tellers.sort(key=lambda pair: pair[0])


def sections_of_matter(actor: Actor, loop: str, matter: Any) -> Sequence[Section]:
    """What the rooms know of a matter that this actor may see."""
    return [told for _, teller in _matter_tellers if (told := teller(actor, loop, matter)) is not None]


def link_chain(roles: frozenset[Role], label: str, to: Address) -> None:
    """Put a link under the responsibility chain of objects and matters, for holders of one of ``roles``."""
    _chain_links.append((roles, label, to))


def chain_links(actor: Actor, object_uid: UUID | None, on: date) -> Sequence[parts.Link]:
    """The links under a chain; none where there is no object."""
    if object_uid is None:
        return ()
    return [parts.Link(label, to(object_uid, on)) for roles, label, to in _chain_links if actor.roles & roles]
