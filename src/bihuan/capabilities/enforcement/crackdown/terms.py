"""The days and counts a district chose, as they bind one item, and the days of its present round."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.policies import values as policies
from bihuan.kernel.record.reading import entries_of


def _chosen(item: Any, name: str) -> int:
    began = clock.day_of(item.opened_at)
    return int(policies.recent(f"crackdown.{name}", on=began).value)


def wanted_rechecks(item: Any) -> int:
    """So many re-checks in a row must find nothing."""
    return _chosen(item, "rechecks")


def next_recheck(item: Any, start: date) -> Deadline:
    """The day of the next scheduled re-check."""
    return counted(
        start, _chosen(item, "recheck_days"), "calendar", "取缔后按规定的间隔回查，看有没有死灰复燃"
    )


def until_consolidated(item: Any, given: Any, context: Any) -> Deadline:
    """By when all re-checks should be over and somebody says so."""
    days = _chosen(item, "recheck_days") * wanted_rechecks(item) + _chosen(item, "conclude_days")
    return counted(context.day, days, "calendar", "各次回查完成后应在规定的期限内认定巩固")


def police_answer(item: Any, start: date) -> Deadline:
    """By when an answer of the police is asked after."""
    return counted(
        start, _chosen(item, "police_days"), "calendar", "移交公安机关的线索应在规定的期限内问到结果"
    )


def found_again(item: Any) -> date:
    """When it was last found: the first time, or when it came back."""
    return _last(item, "reemerge", "found_on") or item.found_on


def banned_again(item: Any) -> date | None:
    """When it was last banned."""
    return _last(item, "approve_ban", "banned_on") or item.banned_on


def _last(item: Any, verb: str, field: str) -> date | None:
    """The day the last entry of ``verb`` tells; only what came back has more than one round to look up."""
    if not item.reemergences:
        return None
    told = [entry.payload.get(field) for entry in entries_of(item.uid) if entry.verb == verb]
    return date.fromisoformat(told[-1]) if told and told[-1] else None
