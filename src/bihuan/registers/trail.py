"""What was done to the register, on the record: the chain of an object, a region or a sector, in order and sealed.

A register is no loop, for its entries have no deadline and nobody signs them; but who made a name an enterprise, or one
enterprise another, must be as hard to deny as any step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from bihuan.kernel import clock, record
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region, Sector

KIND = "register"
_SPACE = UUID("8d0f6a1e-52f3-5b7c-9a54-1c6e2f9b7d30")

VERBS = {
    "registered": "登记",
    "confirmed": "核实登记",
    "merged": "并入",
    "absorbed": "并来一个名称",
    "rejected": "不予登记",
    "undone": "撤销决定",
    "amended": "更正",
    "detail_told": "补充档案",
    "detail_ended": "档案不再有效",
    "word_known": "认得一个写法",
    "word_dropped": "不再认一个写法",
}

Subject = SupervisedObject | Region | Sector


@dataclass(frozen=True, slots=True)
class Noted:
    """One deed on one subject. ``said`` is what the entry carries beside who and when."""

    subject: Subject
    verb: str
    said: Mapping[str, Any] = field(default_factory=dict)
    was: str = ""
    now: str = ""


def number_of(subject: Subject) -> str:
    """The number under which an object, a region or a sector stands in the record."""
    if isinstance(subject, SupervisedObject):
        return f"object/{subject.pk}"
    return f"{'region' if isinstance(subject, Region) else 'sector'}/{subject.pk}"


def trail_of(number: str) -> UUID:
    """The chain of the subject with this number."""
    return uuid5(_SPACE, number)


def entries_about(subject: Subject) -> list[record.Entry]:
    """Everything done to it, the first first."""
    return record.entries_of(trail_of(number_of(subject)))


def version_of(subject: Subject) -> int:
    """How often it was changed: what a form was filled in against."""
    chain = trail_of(number_of(subject))
    return record.ends_of([chain]).get(chain, (0, b""))[0]


def note(deeds: Iterable[Noted], actor: Actor) -> None:
    """Append deeds whose subjects' rows the caller holds locked, or has just made, in the same transaction."""
    listed = [(number_of(deed.subject), deed) for deed in deeds]
    ends = record.ends_of([trail_of(number) for number, _ in listed])
    moment = clock.now()
    entries = []
    for number, deed in listed:
        chain = trail_of(number)
        seq, previous = ends.get(chain) or (0, record.genesis(chain))
        entry = record.NewEntry(
            matter=chain, seq=seq + 1, previous=previous, kind=KIND, matter_no=number, verb=deed.verb,
            from_state=deed.was, to_state=deed.now, actor_id=actor.ref, actor_name=actor.name, actor_post=actor.post,
            happened_at=moment, recorded_at=moment, payload=dict(deed.said),
        )  # fmt: skip
        ends[chain] = (entry.seq, entry.digest)
        entries.append(entry)
    record.append(entries)
