"""Keeping who decided what about the register."""

from __future__ import annotations

from collections.abc import Iterable

from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region
from bihuan.registers.models import DecisionKind, StandingDecision


def decision(
    kind: DecisionKind,
    actor: Actor,
    reason: str = "",
    *,
    object: SupervisedObject | None = None,
    into: SupervisedObject | None = None,
    region: Region | None = None,
    into_region: Region | None = None,
) -> StandingDecision:
    """An unsaved decision of ``actor`` at this moment, about an object or about a region."""
    return StandingDecision(
        kind=kind,
        object=object,
        into=into,
        region=region,
        into_region=into_region,
        reason=reason.strip()[:400],
        decided_by=actor.name,
        decided_by_id=actor.ref,
        decided_by_post=actor.post[:120],
        at=clock.now(),
    )


def keep(decisions: Iterable[StandingDecision]) -> None:
    """Write decisions in the caller's transaction."""
    StandingDecision.objects.bulk_create(decisions)
