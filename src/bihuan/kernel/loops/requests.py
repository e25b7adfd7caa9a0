"""The same key gives the same answer once: a phone that lost the reply may ask again without doing the deed twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from bihuan.kernel import statements
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.declaration import Deed, Opening
from bihuan.kernel.loops.inputs import Kind, fields_of, payload_of
from bihuan.kernel.loops.outcomes import Outcome
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.signing import KeyChanged


def _fingerprint(service: Running, deed: Deed, inputs: Sequence[Any], matters: Sequence[UUID]) -> bytes:
    said = json.dumps([payload_of(given) for given in inputs], sort_keys=True, ensure_ascii=False)
    about = "" if isinstance(deed, Opening) else ",".join(sorted(str(uid) for uid in matters))
    return hashlib.sha256(f"{service.loop.name}/{deed.name}/{about}/{said}".encode()).digest()


def earlier(
    actor: Actor, key: str, service: Running, deed: Deed, inputs: Sequence[Any], matters: Sequence[UUID] = ()
) -> list[Outcome] | None:
    """The answers this key was given before, one for each matter of the set; None when it was not used yet.

    Raises:
        Refused: the key was used before for something else (``loop.key_reused``).
    """
    if not key:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fingerprint, answers FROM loops_request WHERE actor_ref = %s AND key = %s",
            [actor.ref, key],
        )
        asked = cursor.fetchone()
    if asked is None:
        return None
    fingerprint, answers = asked
    if bytes(fingerprint) != _fingerprint(service, deed, inputs, matters):
        raise Refused.because(
            "loop.key_reused", "同一个幂等键（Idempotency-Key）已用于另一项操作，请换一个新的键"
        )
    return [Outcome.replay(told) for told in (json.loads(answers) if isinstance(answers, str) else answers)]


def remember(
    actor: Actor,
    key: str,
    service: Running,
    deed: Deed,
    inputs: Sequence[Any],
    outcomes: Sequence[Outcome],
) -> None:
    """Keep the answers with the deed, in its transaction.

    Raises:
        Replayed: the same key was answered by another connection meanwhile; the deed is undone and the caller asks
            again, for what was answered then.
    """
    statements.send(
        "INSERT INTO loops_request (actor_ref, key, fingerprint, kind, answers)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (actor_ref, key) DO NOTHING",
        [
            actor.ref,
            key,
            _fingerprint(service, deed, inputs, [outcome.uid for outcome in outcomes]),
            service.loop.name,
            json.dumps([outcome.kept() for outcome in outcomes]),
        ],
        _first_answer,
    )


def _first_answer(kept: int) -> None:
    if not kept:
        raise Replayed


def opened_before(actor: Actor, service: Running, deed: Deed, given: Any, uid: UUID) -> Outcome | None:
    """What the same actor opened under this uid with the same words; None when nothing lies there.

    Raises:
        Refused: the uid belongs to something else (``loop.uid_taken``), of which no more is told.
    """
    first = next(iter(entries_of(uid)), None)
    if first is None:
        return None
    said, told = first.payload, payload_of(given)
    asked = {item.name for item in fields_of(type(given)) if item.kind is not Kind.SEALED}
    same = {name: value for name, value in said.items() if name in asked} == told
    if not same or (first.kind, first.verb, first.actor_id) != (service.loop.name, deed.name, actor.ref):
        raise Refused.because("loop.uid_taken", "这个标识（uid）已用于另一件事项，请换一个新的标识", "uid")
    due = said.get("deadline")
    return Outcome(
        uid=uid, no=first.matter_no, state=first.to_state, version=1, seq=1, replayed=True,
        deadline=date.fromisoformat(due["due"]) if due else None,
    )  # fmt: skip


class Replayed(Refused):
    """同一个请求正在由另一个连接办理，请稍候重试。"""

    def __init__(self) -> None:
        super().__init__(Failure("loop.being_answered", "同一个请求正在由另一个连接办理，请稍候重试"))


R = TypeVar("R")
TRIES = 3


def answered_once(deed: Callable[[bool], R], *, ask_first: bool) -> R:
    """Do a deed, a whole transaction; ask again when another connection was answering the same key, or when the
    signer's key had gone meanwhile, or one after the other.

    By then the answer is there to be given, and the new key to sign with. ``deed`` is told whether to look for an
    answer before it does anything.
    """
    for _ in range(TRIES):
        try:
            return deed(ask_first)
        except (Replayed, KeyChanged):
            ask_first = True
    return deed(ask_first)
