"""An act in good faith on an older version: somebody without a network did it before hearing of what others did.

It changes nothing, but it is never dropped: it stands in the record as a claim, for whoever holds the matter to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.loops import moments, naming
from bihuan.kernel.loops.declaration import Deed
from bihuan.kernel.loops.inputs import Kind, fields_of, payload_of
from bihuan.kernel.loops.locking import lock
from bihuan.kernel.loops.naming import LATE_VERB
from bihuan.kernel.loops.permits import hand_failures, signing_failures
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.loops.sealing import seal_fields
from bihuan.kernel.loops.writing import Change, append_entries, columns_of, update_row
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of


@transaction.atomic
def keep(
    service: Running,
    deed: Deed,
    refs: Sequence[str | UUID],
    given: Any,
    actor: Actor,
    version: int | None,
    happened_at: datetime | None,
) -> None:
    """Write what was meant, on which version and when, into the record of each matter; its state stays.

    Only of an act that was the actor's to do and to sign, on a version there has been; sent again, it is kept once.
    """
    at = clock.now()
    if signing_failures(deed, actor):
        return
    for matter in lock(service, refs, actor):
        if hand_failures(deed, matter, actor) or version is None or not 0 < version < matter.version:
            continue
        if _kept_before(matter.uid, deed, given, actor, version):
            continue
        before = columns_of(matter)
        payload = {
            "deed": deed.name,
            "label": deed.label,
            "version": version,
            "said": payload_of(given, sealed=seal_fields(matter.uid, given)),
        }
        change = Change(
            matter, LATE_VERB, matter.state, payload, at, moments.claimed(happened_at, at), before
        )
        naming.name_those_here(change, given)
        append_entries(service, [change], actor)
        update_row(matter, before)


def _kept_before(uid: UUID, deed: Deed, given: Any, actor: Actor, version: int) -> bool:
    """Whether the same actor's same words about the same version stand there: a phone asks again until it is answered."""
    plain = {item.name for item in fields_of(type(given)) if item.kind is not Kind.SEALED}
    asked = (deed.name, version, payload_of(given))
    return any(
        entry.verb == LATE_VERB
        and entry.actor_id == actor.ref
        and asked
        == (
            entry.payload["deed"],
            entry.payload["version"],
            {name: value for name, value in entry.payload["said"].items() if name in plain},
        )
        for entry in entries_of(uid)
    )
