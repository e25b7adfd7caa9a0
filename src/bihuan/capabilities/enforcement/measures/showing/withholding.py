"""What a supplier that carries a cut-off out is told, and what of the unit it is not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from bihuan.capabilities.enforcement.measures.access import reads_reasons
from bihuan.capabilities.enforcement.measures.hands import UNIT_ROLES
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import Family
from bihuan.kernel.people.actors import Actor


def is_official(actor: Actor) -> bool:
    return bool(actor.roles & UNIT_ROLES) or actor.all_seeing


TO_SUPPLIER = frozenset({"send_decision", "acknowledge", "restore"})
"""What is sent to a supplier, and what it answers itself."""


def told(actor: Actor, entry: Any) -> bool:
    """A supplier reads the decision and what it answered itself, not what officials wrote of the unit."""
    if actor.all_seeing or entry.verb in TO_SUPPLIER:
        return True
    return reads_reasons(actor, _place_of(entry.matter))


@lru_cache(maxsize=4096)
def _place_of(measure: UUID) -> Any:
    """Where a measure lies and whom it is about: that never changes, so a long record asks once."""
    columns = ("region_path", "sector_path", "agency_id", "object_id")
    return Measure.objects.values_list(*columns, named=True).get(pk=measure)


REASONS = ("ground", "hazard", "origin", "stop_no", "broken", "sent_back")
"""What of a cut-off says why it was taken."""


def withheld(actor: Actor, measure: Any) -> Sequence[str]:
    """Whoever only supplies is not told over the API why; no statement a row."""
    return REASONS if measure.family == Family.CUTOFF and not reads_reasons(actor, measure) else ()
