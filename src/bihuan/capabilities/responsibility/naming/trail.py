"""Who named whom for what, when and why: one chain of the record for each naming, and for each sector's regulators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from bihuan.capabilities.responsibility.naming.models import Naming
from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.heads import Row
from bihuan.kernel.territory.models import Regulation

KIND = "naming"
REGULATION = "regulation"
VERBS = {"named": "确定责任", "ended": "结束责任"}
REGULATION_VERBS = {"lead_named": "确定监管部门", "lead_ended": "结束监管部门"}
_SPACE = UUID("b3f1c1de-4f5e-5c0a-8b1d-2c7a90e4d9a6")


def number_of(row: Naming | Regulation) -> str:
    """The number under which a naming stands in the record."""
    return f"{KIND if isinstance(row, Naming) else REGULATION}/{row.pk}"


def chain_of(number: str) -> UUID:
    """The chain with this number."""
    return uuid5(_SPACE, number)


def note(row: Naming | Regulation, verb: str, by: Actor, payload: Mapping[str, Any]) -> None:
    """Append what was done; the caller has just made the row or holds it locked, in the same transaction."""
    number, moment = number_of(row), clock.now()
    chain = chain_of(number)
    seq, previous = record.ends_of([chain]).get(chain) or (0, record.genesis(chain))
    entry = record.NewEntry(
        matter=chain, seq=seq + 1, previous=previous, kind=number.partition("/")[0], matter_no=number, verb=verb, from_state="",
        to_state="", actor_id=by.ref, actor_name=by.name, actor_post=by.post, happened_at=moment, recorded_at=moment,
        payload=dict(payload),
    )  # fmt: skip
    [head] = record.append([entry])
    if isinstance(row, Naming):
        row.entry_count, row.head = seq + 1, head
        row.save(update_fields=["entry_count", "head"])


def history(row: Naming | Regulation) -> Sequence[record.Entry]:
    """Everything done to it, the newest first."""
    return list(reversed(record.entries_of(chain_of(number_of(row)))))


def called(numbers: Sequence[str]) -> Mapping[str, str]:
    """What the namings with these numbers are called: for what, and who."""
    keys = [each.removeprefix(f"{KIND}/") for each in numbers]
    rows = Naming.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()]).values_list(
        "pk", "object__name", "sector__name", "agency__name", "region__name", "post__title", "unit__name"
    )
    return {
        f"{KIND}/{pk}": f"{next(filter(None, about), '')}：{post or unit or ''}"
        for pk, *about, post, unit in rows
    }


def ends() -> Iterator[Row]:
    """Where each naming says its chain in the record ends."""
    rows = [
        (chain_of(number_of(row)), number_of(row), row.entry_count, bytes(row.head), None)
        for row in Naming.objects.filter(entry_count__gt=0).only("pk", "entry_count", "head")
    ]
    yield from sorted(rows, key=lambda row: row[0].int)
