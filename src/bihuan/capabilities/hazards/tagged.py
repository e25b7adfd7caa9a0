"""Where hazards show that a campaign has been: the first finding at each object under one of its names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from bihuan.capabilities.hazards.models import Hazard


def looked_at(names: Sequence[str]) -> Iterable[tuple[UUID, date, str]]:
    """Object, day and finder, in one statement."""
    rows = Hazard.objects.filter(campaign__in=names, voided=False).order_by("object_id", "found_on")
    yield from rows.distinct("object_id").values_list("object_id", "found_on", "found_by").iterator()
