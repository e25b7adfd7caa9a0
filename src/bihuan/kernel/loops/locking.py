"""The matters of a deed, locked, through the actor's own door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from bihuan.kernel.errors import Absent
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.people.actors import Actor


def lock(service: Running, refs: Sequence[str | UUID], actor: Actor) -> list[Any]:
    """The matters, locked in one order so that two sets never wait for each other; out of jurisdiction = absent."""
    numbers = [ref for ref in refs if isinstance(ref, str)]
    uids = [ref for ref in refs if isinstance(ref, UUID)]
    found = list(
        service.visible(actor)
        .filter(Q(no__in=numbers) | Q(uid__in=uids) if uids else Q(no__in=numbers))
        .select_for_update(of=("self",))
        .order_by("uid")
    )
    if len(found) != len(set(refs)):
        raise Absent(f"没有这条{service.loop.label}，或不在您的管辖范围内")
    return found
