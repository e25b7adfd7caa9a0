"""Who wrote, changed or ended a checklist: each list is one chain of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor
from bihuan.registers.checklists.models import Checklist

KIND = "checklist"
VERBS = {
    "list_begun": "编制检查表",
    "version_begun": "编制新版",
    "version_ended": "停用版本",
    "item_put": "写入检查项",
    "item_dropped": "删去检查项",
}
_SPACE = UUID("1b6f0d9b-6f0e-5f57-8a44-97f4ab3b2d10")


def number_of(checklist: Checklist) -> str:
    """The number under which a list stands in the record."""
    return f"{KIND}/{checklist.code}"


def trail_of(number: str) -> UUID:
    """The chain with this number."""
    return uuid5(_SPACE, number)


def note(checklist: Checklist, verb: str, by: Actor, said: Mapping[str, Any]) -> None:
    """Append what was done; the caller has just made the list or holds its row locked."""
    number = number_of(checklist)
    chain, moment = trail_of(number), clock.now()
    seq, previous = record.ends_of([chain]).get(chain) or (0, record.genesis(chain))
    record.append(
        [
            record.NewEntry(
                matter=chain, seq=seq + 1, previous=previous, kind=KIND, matter_no=number, verb=verb, from_state="",
                to_state="", actor_id=by.ref, actor_name=by.name, actor_post=by.post, happened_at=moment,
                recorded_at=moment, payload=dict(said),
            )
        ]
    )  # fmt: skip


def history(checklist: Checklist) -> Sequence[record.Entry]:
    """Everything done to a list, the newest first."""
    return list(reversed(record.entries_of(trail_of(number_of(checklist)))))
