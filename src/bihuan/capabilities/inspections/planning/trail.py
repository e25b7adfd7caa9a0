"""Who set a round's template or a department's programme: on the record like every other deed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from bihuan.capabilities.inspections.planning.models import Programme, RoundTemplate
from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor

KIND = "planning"
PREFIXES = ("round-template/", "programme/")
VERBS = {
    "template_written": "编制巡查表",
    "template_ended": "停用巡查表",
    "programme_set": "确定部门检查分工",
    "programme_ended": "结束部门检查分工",
}
_SPACE = UUID("6a8c1a53-7a0c-5d1e-9b6f-0d5f3a1f7c21")


def number_of(row: Programme | RoundTemplate) -> str:
    """The number under which a row stands in the record."""
    return f"{'programme' if isinstance(row, Programme) else 'round-template'}/{row.pk}"


def trail_of(number: str) -> UUID:
    """The chain with this number."""
    return uuid5(_SPACE, number)


def note(row: Programme | RoundTemplate, verb: str, by: Actor, said: Mapping[str, Any]) -> None:
    """Append what was done; the caller has just made the row or holds it locked."""
    number, moment = number_of(row), clock.now()
    chain = trail_of(number)
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
