"""Who set which policy to what, from when and why: one chain in the record for each policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid5

from bihuan.kernel import clock, record
from bihuan.kernel.crypto import sm3
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies.models import Policy, PolicyKey
from bihuan.kernel.record.facts import LENGTH, Facts
from bihuan.kernel.record.heads import Row

KIND = "policy"
PREFIX = "policy/"
VERBS = {"set": "设定期限和规则"}
CHOICE = Facts(Policy, ["id", "key"])
"""All of a choice but its own number, which a restored database may give anew, and its key, which the chain is named by."""
_SPACE = UUID("0c9b6a3e-6b0f-5f5c-9d55-3f1f6f0f7a21")


def number_of(key: str) -> str:
    """The number under which a policy stands in the record."""
    return f"{PREFIX}{key}"


def chain_of(number: str) -> UUID:
    """The chain of the policy with this number."""
    return uuid5(_SPACE, number)


def note(row: PolicyKey, by: Actor, payload: Mapping[str, Any]) -> None:
    """Append what was set; the caller holds the row locked in the same transaction."""
    number, moment = number_of(row.key), clock.now()
    chain = chain_of(number)
    entry = record.NewEntry(
        matter=chain,
        seq=row.entry_count + 1,
        previous=bytes(row.head) if row.entry_count else record.genesis(chain),
        kind=KIND,
        matter_no=number,
        verb="set",
        from_state="",
        to_state="",
        actor_id=by.ref,
        actor_name=by.name,
        actor_post=by.post,
        happened_at=moment,
        recorded_at=moment,
        payload=dict(payload),
        facts=_facts_of(row),
    )
    [row.head] = record.append([entry])
    row.entry_count += 1
    row.save(update_fields=["entry_count", "head"])


def history(key: str) -> Sequence[record.Entry]:
    """Every setting of a policy, the newest first."""
    return list(reversed(record.entries_of(chain_of(number_of(key)))))


def _facts_of(row: PolicyKey) -> bytes:
    """Every choice that stands under a key: who changes a value or a day behind the record is found out."""
    choices = sorted(row.policies.all(), key=lambda choice: choice.pk)
    return sm3.digest("".join(CHOICE.text(attrgetter(*CHOICE.names)(choice)) for choice in choices).encode())[
        :LENGTH
    ]


def ends() -> Iterator[Row]:
    """Where each policy says its chain in the record ends."""
    rows = [
        (chain_of(number_of(row.key)), number_of(row.key), row.entry_count, bytes(row.head), _facts_of(row))
        for row in PolicyKey.objects.filter(entry_count__gt=0).prefetch_related("policies")
    ]
    yield from sorted(rows, key=lambda row: row[0].int)
