"""Keeping who decided what about the register: as rows that can be undone, and as entries of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region, Standing
from bihuan.registers import trail
from bihuan.registers.models import DecisionKind, StandingDecision

REASON_LENGTH = 400
_NOW = {
    DecisionKind.REGISTERED: Standing.CONFIRMED,
    DecisionKind.CONFIRMED: Standing.CONFIRMED,
    DecisionKind.MERGED: Standing.MERGED,
    DecisionKind.REJECTED: Standing.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about an object or about a region.

    ``into`` names what it was merged into, ``moved`` what went over by it, ``undoes`` the decision taken back,
    ``said`` what the record carries beside the reason.
    """

    kind: DecisionKind
    about: SupervisedObject | Region
    reason: str = ""
    into: SupervisedObject | Region | None = None
    moved: Mapping[str, Any] = field(default_factory=dict)
    undoes: StandingDecision | None = None
    said: Mapping[str, Any] = field(default_factory=dict)

    def row(self, actor: Actor) -> StandingDecision:
        """The row, unsaved."""
        whose = "object" if isinstance(self.about, SupervisedObject) else "region"
        subject: dict[str, Any] = {whose: self.about}
        if self.into is not None:
            subject["into" if isinstance(self.into, SupervisedObject) else "into_region"] = self.into
        return StandingDecision(
            **subject,
            kind=self.kind,
            reason=self.reason.strip()[:REASON_LENGTH],
            moved=dict(self.moved),
            undoes=self.undoes,
            decided_by=actor.name[:60],
            decided_by_id=actor.ref,
            decided_by_post=actor.post[:120],
            at=clock.now(),
        )

    def notes(self) -> Iterable[trail.Noted]:
        """Its entries: one on what it is about, one on what that was merged into or parted from."""
        said: dict[str, Any] = {"name": self.about.name, **self.said}
        if self.reason.strip() and "reason" not in said:
            said["reason"] = self.reason.strip()
        counts = {name: len(moved) for name, moved in self.moved.items() if isinstance(moved, list) and moved}
        if counts:
            said["moved"] = counts
        now = _NOW.get(self.kind)
        was = Standing.PENDING.value if now and self.kind != DecisionKind.REGISTERED else ""
        if self.into is not None:
            said["into"] = self.into.name
        yield trail.Noted(self.about, str(self.kind), said, was, now.value if now else "")
        other = self.into
        if other is None and self.undoes is not None:
            other = self.undoes.into or self.undoes.into_region
        if other is not None:
            verb = "absorbed" if self.kind == DecisionKind.MERGED else str(self.kind)
            yield trail.Noted(other, verb, {**said, "name": self.about.name})


def keep(decisions: Iterable[Decided], actor: Actor) -> None:
    """Write decisions in the caller's transaction, which holds their subjects locked."""
    listed = list(decisions)
    StandingDecision.objects.bulk_create([one.row(actor) for one in listed], batch_size=500)
    trail.note([entry for one in listed for entry in one.notes()], actor)


def last_decision(about: SupervisedObject | Region) -> StandingDecision | None:
    """The decision that made it what it is now, if it may still be taken back: the last one that nothing undid."""
    kinds = (DecisionKind.CONFIRMED, DecisionKind.MERGED, DecisionKind.REJECTED)
    whose = {"object" if isinstance(about, SupervisedObject) else "region": about}
    made = StandingDecision.objects.filter(**whose, kind__in=kinds, undone_by=None).select_related(
        "into", "into_region"
    )
    return made.order_by("-at", "-id").first()
