"""What was done to duties, lists and committees, on the record: one chain for each holder, unit or committee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor

KIND = "duty"
PREFIX = "duty/"
_SPACE = UUID("2f6c1f0e-7c1d-5a86-9a0b-64b1f3c9d7a5")

VERBS = {
    "assigned": "登记职责",
    "ended": "职责终止",
    "reworded": "改写职责",
    "confirmed": "按新规定确认职责",
    "version_added": "登记规则新版本",
    "drafted": "起草清单",
    "published": "公布清单",
    "post_told": "登记内部岗位",
    "post_ended": "内部岗位撤销",
    "role_told": "登记安全组织人员",
    "role_ended": "安全组织人员离任",
    "judged": "核查要求",
    "staffed": "登记监管力量",
    "set_loaded": "登记要求清单",
}


@dataclass(frozen=True, slots=True)
class Noted:
    """One deed. ``about`` is the rest of the number (``post/12``), ``said`` what the entry carries."""

    about: str
    verb: str
    said: Mapping[str, Any] = field(default_factory=dict)


def chain_of(number: str) -> UUID:
    """The chain with this number."""
    return uuid5(_SPACE, number)


def note(deeds: Iterable[Noted], actor: Actor, *, kind: str = KIND, prefix: str = PREFIX) -> None:
    """Append deeds in the transaction that did them; the caller holds what they are about locked."""
    listed = [(prefix + deed.about, deed) for deed in deeds]
    ends = record.ends_of(list(dict.fromkeys(chain_of(number) for number, _ in listed)))
    moment = clock.now()
    entries = []
    for number, deed in listed:
        chain = chain_of(number)
        seq, previous = ends.get(chain) or (0, record.genesis(chain))
        entry = record.NewEntry(
            matter=chain, seq=seq + 1, previous=previous, kind=kind, matter_no=number, verb=deed.verb,
            from_state="", to_state="", actor_id=actor.ref, actor_name=actor.name, actor_post=actor.post,
            happened_at=moment, recorded_at=moment, payload=dict(deed.said),
        )  # fmt: skip
        ends[chain] = (entry.seq, entry.digest)
        entries.append(entry)
    record.append(entries)


def history(about: str, *, prefix: str = PREFIX) -> list[record.Entry]:
    """Everything done to it, the last first."""
    return list(reversed(record.entries_of(chain_of(prefix + about))))
