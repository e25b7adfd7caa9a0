"""The hands of a letter. Both sides sign by the very post the letter names: nobody signs for a head."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.responsibility.letters.states import LetterLevel
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import Role

DISTRICT = frozenset({Role.OFFICE, Role.LEADER})
BELOW = frozenset({LetterLevel.ENTERPRISE.value, LetterLevel.VILLAGE.value})
ANYBODY = 0
"""The post of a unit at large, as the kernel asks whose turn it is; no person ever holds it."""


def drafts(actor: Actor, letter: Any) -> bool:
    """The committee office for letters of the district; the town for those it gives itself."""
    issuer = getattr(letter, "issuer_id", None)
    if getattr(letter, "level", None) in BELOW:
        return any(scope.role == Role.TOWN and scope.agency_id == issuer for scope in actor.scopes)
    return actor.holds_over(letter.region_path, Role.OFFICE)


def _is(scope: Scope, post: int | None, agency: int | None, object_uid: Any = None) -> bool:
    if scope.post_id == ANYBODY:
        unit = agency is not None and scope.agency_id == agency
        return unit or (object_uid is not None and scope.object == object_uid)
    return post is not None and scope.post_id == post


def issues(actor: Actor, letter: Any) -> bool:
    return any(_is(scope, letter.issuer_post, letter.issuer_id) for scope in actor.scopes)


def receives(actor: Actor, letter: Any) -> bool:
    return any(_is(scope, letter.receiver_post, letter.agency_id, letter.object_id) for scope in actor.scopes)


def belongs(actor: Actor, letter: Any) -> bool:
    """Somebody of the receiving unit, to be told; signing is the head's alone."""
    return any(
        scope.post_id == letter.receiver_post
        or (letter.agency_id is not None and scope.agency_id == letter.agency_id and scope.role != Role.GRID)
        for scope in actor.scopes
    )


DRAFTER = Hand("drafter", "下达方经办人（区级为安委办，镇街为本镇街工作人员）", drafts)
ISSUER = Hand("issuer", "下达方主要负责人本人", issues)
RECEIVER = Hand("receiver", "责任单位主要负责人本人", receives)
RECEIVING = Hand("receiving", "责任单位", belongs)
SYSTEM = Hand("system", "系统", lambda actor, letter: actor.is_system)
