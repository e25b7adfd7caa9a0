"""The same key gives the same answer once: a phone that lost the reply may ask again without doing the deed twice."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection

from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.declaration import Deed, Opening
from bihuan.kernel.loops.inputs import Kind, fields_of, payload_of
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.signing import KeyChanged

if TYPE_CHECKING:
    from bihuan.kernel.loops.engine import Outcome


def _fingerprint(service: Running, deed: Deed, inputs: Sequence[Any], matter: UUID | None) -> bytes:
    said = json.dumps([payload_of(given) for given in inputs], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{service.loop.name}/{deed.name}/{matter or ''}/{said}".encode()).digest()


def earlier(
    actor: Actor, key: str, service: Running, deed: Deed, inputs: Sequence[Any], matter: Matter | None = None
) -> Outcome | None:
    """The answer this key was given before, if any.

    Raises:
        Refused: the key was used before for something else (``loop.key_reused``).
    """
    from bihuan.kernel.loops.engine import Outcome

    if not key:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fingerprint, matter, seq, answer FROM loops_request WHERE actor_ref = %s AND key = %s",
            [actor.ref, key],
        )
        asked = cursor.fetchone()
    if asked is None:
        return None
    fingerprint, uid, seq, answer = asked
    if bytes(fingerprint) != _fingerprint(service, deed, inputs, matter.uid if matter else None):
        raise Refused.because(
            "loop.key_reused", "同一个幂等键（Idempotency-Key）已用于另一项操作，请换一个新的键"
        )
    told = json.loads(answer)
    deadline = told.pop("deadline", None)
    due = None if deadline is None else date.fromisoformat(deadline)
    return Outcome(uid=uid, seq=seq, replayed=True, deadline=due, **told)


def remember(
    actor: Actor, key: str, service: Running, deed: Deed, inputs: Sequence[Any], outcome: Outcome
) -> None:
    """Keep the answer with the deed, in its transaction.

    Raises:
        Replayed: the same key is being answered at this very moment by another connection; the deed is undone and the
            caller asks again.
    """
    existing = None if isinstance(deed, Opening) else outcome.uid
    answer = {"no": outcome.no, "state": outcome.state, "version": outcome.version}
    if outcome.deadline is not None:
        answer["deadline"] = outcome.deadline.isoformat()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO loops_request (actor_ref, key, fingerprint, kind, matter, seq, answer)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (actor_ref, key) DO NOTHING",
            [
                actor.ref,
                key,
                _fingerprint(service, deed, inputs, existing),
                service.loop.name,
                outcome.uid,
                outcome.seq,
                json.dumps(answer),
            ],
        )
        if cursor.rowcount == 0:
            raise Replayed


def opened_before(actor: Actor, service: Running, deed: Deed, given: Any, uid: UUID) -> Outcome | None:
    """What the same actor opened under this uid with the same words; None when nothing lies there.

    Raises:
        Refused: the uid belongs to something else (``loop.uid_taken``), of which no more is told.
    """
    from bihuan.kernel.loops.engine import Outcome

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


class Replayed(Exception):
    """同一个请求正在由另一个连接办理，请稍候重试。"""


P = ParamSpec("P")
R = TypeVar("R")


def answered_once(deed: Callable[P, R]) -> Callable[P, R]:
    """Ask once more when another connection was answering the same key, or when the signer's key had gone meanwhile.

    By then the answer is there to be given, and the new key to sign with.
    """

    @functools.wraps(deed)
    def asked_again(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return deed(*args, **kwargs)
        except (Replayed, KeyChanged):
            return deed(*args, **kwargs)

    return asked_again
