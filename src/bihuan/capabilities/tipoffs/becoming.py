"""What items become: deeds that look into other rooms through :mod:`.hooks`."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.tipoffs import hooks
from bihuan.capabilities.tipoffs.states import ItemState, Link
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.deadlines import counted
from bihuan.kernel.policies import values as policies


def _linked(item: Any, kind: Link, no: str, context: Any) -> None:
    line = {"kind": kind.value, "no": no, "on": context.day.isoformat(), "done_on": None, "says": ""}
    item.links = [*item.links, line]
    context.facts["became"] = {"kind": kind.value, "no": no}


def make_hazard(item: Any, given: Any, context: Any) -> None:
    """转为隐患 (M245): reported with the item's number, in the same transaction."""
    _linked(item, Link.HAZARD, hooks.becoming(Link.HAZARD)(item, given, context.actor), context)


def make_lead(item: Any, given: Any, context: Any) -> None:
    """转为打非线索 (M245)."""
    _linked(item, Link.LEAD, hooks.becoming(Link.LEAD)(item, given, context.actor), context)


def link_accident(item: Any, given: Any, context: Any) -> None:
    """关联事故."""
    _linked(item, Link.ACCIDENT, given.accident.strip(), context)


def accident_fits(item: Any, given: Any, actor: Any) -> Failure | None:
    no = given.accident.strip()
    if hooks.known(Link.ACCIDENT, no) is None:
        return Failure("tipoff.accident_unknown", f"没有查到事故 {no}", "accident")
    return _again(item, no, "accident")


def _again(item: Any, no: str, field: str) -> Failure | None:
    if any(one["no"] == no for one in item.links):
        return Failure("tipoff.linked_already", f"{no} 已关联", field)
    return None


def note_outcome(item: Any, given: Any, context: Any) -> None:
    """What became of a linked matter comes back by itself; while the item is worked on, its handler owes the report."""
    known = any(one["no"] == given.no for one in item.links)
    done = context.day.isoformat() if given.done else None
    if not known:
        fresh = {
            "kind": given.kind,
            "no": given.no,
            "on": context.day.isoformat(),
            "done_on": done,
            "says": given.says,
        }
        item.links = [*item.links, fresh]
    else:
        item.links = [
            {**one, "done_on": done, "says": given.says} if one["no"] == given.no else one
            for one in item.links
        ]
    if given.done and item.state == ItemState.HANDLING:
        days = int(policies.recent("tipoff.feedback_days", on=context.began(item)).value)
        rule = f"关联事项 {given.no} 已办结，应在规定的工作日内反馈办理结果"
        context.owe(item, "feed_back", counted(context.day, days, "working", rule))
