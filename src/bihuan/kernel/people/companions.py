"""What comes with a post: rooms above ask for it where posts are set up, may refuse the post without it, and keep it with it.

The kernel does not know what a duty is; it knows that a post may not be set up without what belongs to it. Page, workbook
and program all go through :func:`bihuan.kernel.people.posts.create_post`, so that nobody can forget to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bihuan.kernel.errors import Failure
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Agency, Region, Sector


@dataclass(frozen=True, slots=True)
class Draft:
    """A post about to be set up."""

    title: str
    role: Role
    agency: Agency | None = None
    region: Region | None = None
    sectors: tuple[Sector, ...] = ()
    object: UUID | None = None
    heads: bool = False


@dataclass(frozen=True)
class Companion:
    """One thing that comes with posts of ``roles``.

    ``name`` is the input on page and in the workbook. ``standard`` is a word that asks for what the rules give such a post;
    ``stand_in`` says what that would be, empty where the rules give nothing. ``objections`` judges what was said, ``keep``
    writes it in the transaction that sets up the post.
    """

    name: str
    label: str
    help: str
    roles: frozenset[Role]
    standard: str
    stand_in: Callable[[Draft], str]
    objections: Callable[[Draft, str], Iterable[Failure]]
    keep: Callable[[Post, str, Actor], None]


_companions: list[Companion] = []


def ask_for(companion: Companion) -> None:
    """Ask for it with every post from now on. Called once, when the room's app is ready."""
    if all(known.name != companion.name for known in _companions):
        _companions.append(companion)


def companions(role: Role | None = None) -> Sequence[Companion]:
    """What is asked for, of posts of ``role`` or at all."""
    return [one for one in _companions if role is None or role in one.roles]


def objections(draft: Draft, said: Mapping[str, Any]) -> Iterable[Failure]:
    """Every reason why the post cannot be set up with what was said."""
    for one in companions(draft.role):
        yield from one.objections(draft, str(said.get(one.name) or "").strip())


def keep_all(post: Post, said: Mapping[str, Any], by: Actor) -> None:
    """Write what came with the post, in the caller's transaction."""
    for one in companions(Role(post.role)):
        words = str(said.get(one.name) or "").strip()
        if words:
            one.keep(post, words, by)
