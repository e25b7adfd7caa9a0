"""Who entered a published number and by what document: each number is one chain of the record, a version one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor
from bihuan.registers.economy.models import PublishedValue

KIND = "economy"
PREFIXES = ("published/",)
VERBS = {"published_told": "登记公布数", "published_revised": "登记新版本"}
_SPACE = UUID("7a0c1a7e-8f52-5d0e-9a4e-2b61f0c7d3a5")


def number_of(row: PublishedValue) -> str:
    """The number under which all versions of one published number stand in the record."""
    return f"published/{row.indicator}/{row.region_id or row.place}/{row.period}"


def trail_of(number: str) -> UUID:
    """The chain with this number."""
    return uuid5(_SPACE, number)


def note(row: PublishedValue, by: Actor, said: Mapping[str, Any]) -> None:
    """Append what was entered; the caller has just made the row and holds the number's lock."""
    number = number_of(row)
    chain, moment = trail_of(number), clock.now()
    seq, previous = record.ends_of([chain]).get(chain) or (0, record.genesis(chain))
    verb = "published_revised" if row.number > 1 else "published_told"
    record.append(
        [
            record.NewEntry(
                matter=chain, seq=seq + 1, previous=previous, kind=KIND, matter_no=number, verb=verb, from_state="",
                to_state="", actor_id=by.ref, actor_name=by.name, actor_post=by.post, happened_at=moment,
                recorded_at=moment, payload=dict(said),
            )
        ]
    )  # fmt: skip
