"""What was done to committees and key-work lists, on the record."""

from __future__ import annotations

from collections.abc import Iterable

from bihuan.capabilities.responsibility.duties import trail
from bihuan.capabilities.responsibility.duties.trail import Noted, chain_of
from bihuan.kernel import record
from bihuan.kernel.people.actors import Actor

KIND = "committee"
PREFIX = "committee/"
VERBS = {
    "set_up": "成立",
    "seated": "任职",
    "unseated": "离任",
    "standing_told": "登记班子成员",
    "standing_ended": "班子成员离任",
    "line_opened": "列入台账",
    "line_reported": "填报进展",
    "line_closed": "办结",
    "sampled": "抽取考核",
    "scored": "评分",
    "priority_set": "列入重点工作清单",
    "priority_ended": "移出重点工作清单",
    "drafted": "生成述职材料",
}

__all__ = ["KIND", "PREFIX", "VERBS", "Noted", "chain_of", "history", "note"]


def note(deeds: Iterable[Noted], actor: Actor) -> None:
    """Append deeds in the transaction that did them."""
    trail.note(deeds, actor, kind=KIND, prefix=PREFIX)


def history(about: str) -> list[record.Entry]:
    """Everything done to it, the last first."""
    return trail.history(about, prefix=PREFIX)
