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
from bihuan.kernel.loops.declaration import Deed
from bihuan.kernel.loops.inputs import payload_of
from bihuan.kernel.loops.locking import lock
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.loops.sealing import seal_fields
from bihuan.kernel.loops.writing import Change, append_entries, columns_of, update_row
from bihuan.kernel.people.actors import Actor

VERB = "late_claim"


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
    """Write what was meant, on which version and when, into the record of each matter; its state stays."""
    at = clock.now()
    for matter in lock(service, refs, actor):
        before = columns_of(matter)
        payload = {
            "deed": deed.name,
            "label": deed.label,
            "version": version,
            "said": payload_of(given, sealed=seal_fields(matter.uid, given)),
        }
        change = Change(matter, VERB, matter.state, payload, at, happened_at or at, before)
        append_entries(service, [change], actor)
        update_row(matter, before)
