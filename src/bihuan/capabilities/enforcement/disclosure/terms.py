"""By when a decision must be published and by when a published one withdrawn, by the law of the day (M137)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.enforcement.access import visible_cases
from bihuan.capabilities.enforcement.disclosure.published import in_public, waiting
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.registers.law import limits


def publish_by(case: Case) -> Deadline:
    """Seven working days from the decision, or from the day a changed one was withdrawn (安全生产法第七十八条)."""
    changed = _changed_on(case)
    daily = case.daily.get("decided_on")
    if daily and case.published_on is not None and not case.daily.get("published_on"):
        return limits.due("publish_penalty", date.fromisoformat(daily))
    if case.unpublished_on is not None:
        return limits.due("publish_penalty", case.unpublished_on)
    if changed is not None and case.published_on is not None and case.published_on >= changed:
        return limits.due("publish_penalty", changed)
    assert case.decided_on is not None
    return limits.due("publish_penalty", case.decided_on)


def _changed_on(case: Case) -> date | None:
    """The day a review or court last changed or revoked the decision."""
    ended = [
        str(row["ended_on"]) for row in case.remedies if row.get("result") in ("revoked", "changed") and row.get("ended_on")
    ]  # fmt: skip
    return date.fromisoformat(ended[-1]) if ended else None


def withdraw_by(case: Case) -> Deadline | None:
    """Three working days from the change or revocation (行政处罚法第四十八条); None where nothing changed since it was published."""
    changed = _changed_on(case)
    if changed is None or (case.published_on is not None and _published_since(case, changed)):
        return None
    return limits.due("withdraw_publication", changed)


def _published_since(case: Case, changed: date) -> bool:
    """Whether what stands in public was published after the change: only the record knows the order within one day."""
    if case.published_on is None or case.published_on < changed:
        return False
    verbs = [entry.verb for entry in entries_of(case.uid) if entry.verb in ("end_remedy", "publish")]
    return bool(verbs) and verbs[-1] == "publish"


@dataclass(frozen=True, slots=True)
class Owed:
    """A case that waits for publication or withdrawal."""

    case: Case
    deadline: Deadline

    def late(self, on: date) -> bool:
        return on > self.deadline.due


def unpublished(actor: Actor) -> Sequence[Owed]:
    """What is to be published and is not, the oldest decision first."""
    rows = visible_cases(actor).filter(waiting()).select_related("agency").order_by("decided_on", "uid")
    return [Owed(case, publish_by(case)) for case in rows]


def to_withdraw(actor: Actor) -> Sequence[Owed]:
    """What was published and was changed or revoked since, and still counts as published."""
    rows = visible_cases(actor).filter(published_on__isnull=False, unpublished_on=None)
    found = []
    for case in rows.exclude(remedies=[]).select_related("agency").order_by("published_on", "uid"):
        deadline = withdraw_by(case)
        if deadline is not None:
            found.append(Owed(case, deadline))
    return found


def published_count(actor: Actor) -> int:
    """How many of the cases an actor may see stand in public."""
    return visible_cases(actor).filter(in_public()).count()


def in_time(case: Case) -> bool:
    """Whether it was published in time; what was never published was not."""
    return case.published_on is not None and case.published_on <= publish_by(case).due
