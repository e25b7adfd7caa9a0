"""What was done to the registers beside the loop — sweeps, pledges, limits, names — on the record, a chain for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor

KIND = "crackdown_register"
PREFIX = "crackdown/"
_SPACE = UUID("5b0c5a1d-6a55-5f2e-8f0e-0d6b8c2a9e41")
VERBS = {
    "swept_planned": "布置拉网摸排",
    "marked": "登记摸排",
    "link_checked": "登记环节检查",
    "pledges_listed": "列出应签责任状",
    "group_added": "增列村民组",
    "pledged": "登记签订",
    "limit_set": "登记许可上限",
    "recorded": "登记实际数量",
    "named": "设定名称",
}


def chain_of(number: str) -> UUID:
    """The chain with this number."""
    return uuid5(_SPACE, number)


def note(about: str, verb: str, said: Mapping[str, Any], actor: Actor) -> None:
    """Append one deed in the transaction that did it; the caller holds what it is about locked."""
    number = PREFIX + about
    chain, moment = chain_of(number), clock.now()
    seq, previous = record.ends_of([chain]).get(chain) or (0, record.genesis(chain))
    record.append(
        [
            record.NewEntry(
                matter=chain, seq=seq + 1, previous=previous, kind=KIND, matter_no=number, verb=verb,
                from_state="", to_state="", actor_id=actor.ref, actor_name=actor.name, actor_post=actor.post,
                happened_at=moment, recorded_at=moment, payload=dict(said),
            )
        ]
    )  # fmt: skip
