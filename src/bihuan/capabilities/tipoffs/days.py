"""The days an item is bound to. The day for closing it is the outermost: no stage and no extension runs past it.

What another organ asked for binds whatever its item was merged into as well; only that organ moves its day (M244).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.states import OPEN_STATES, ItemState
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.checks import gone_by
from bihuan.kernel.loops.deadlines import Deadline, counted, kept
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies

FOLLOWING = Actor.system("举报期限")
_OPEN = [state.value for state in OPEN_STATES]


def asked_for(item: Any) -> date | None:
    """The earliest day another organ asked for, of the item's own batch and of those merged into it; None without one."""
    merged = Item.objects.filter(merged_into=item.pk, state=ItemState.MERGED.value)
    days = [item.batch.reply_by, *merged.values_list("batch__reply_by", flat=True)]
    return min((day for day in days if day is not None), default=None)


def stage(policy: str, rule: str, since: str = "") -> Callable[[Any, Any, Any], Deadline]:
    """So many working days as the policy of the day the item began says, and no later than the day for closing it.

    ``since`` is the column of the day they are counted from; without one it is the day of the deed.
    """

    def due(item: Any, given: Any, context: Any) -> Deadline:
        days = int(policies.recent(policy, on=context.began(item)).value)
        return _within(
            item, counted(getattr(item, since) if since else context.day, days, "working", rule), context
        )

    return due


def _within(item: Any, found: Deadline, context: Any) -> Deadline:
    last: date = max(item.due_on, context.day)
    return found if found.due <= last else Deadline(last, f"不晚于办结期限（{item.due_on}）", context.day)


def still_within(item: Any, given: Any, context: Any) -> Deadline | None:
    """The deadline goes on as it was, unless the day for closing now comes before it."""
    found = kept(item, given, context)
    return None if found is None else _within(item, found, context)


def follow_day(item: Any, given: Any, context: Any) -> None:
    """The day for closing becomes another; the handler's day lies no later."""
    context.facts["former_due_on"] = item.due_on
    item.due_on = given.due_on
    if item.handle_by is not None:
        item.handle_by = min(item.handle_by, max(item.due_on, context.day))


def lead_follows(item: Any) -> None:
    """What leads keeps the day of what was merged into it, where that one comes first and has not gone by."""
    lead = item.merged_into
    if clock.today() <= item.due_on < lead.due_on:
        _move(lead.pk, item.due_on, f"并入的 {item.no} 须在这一天前办结")


def merged_follow(lead: Any, until: date) -> None:
    """An extension of what leads is one of what was merged into it, where no other organ set the day."""
    merged = Item.objects.filter(merged_into=lead.pk, state=ItemState.MERGED.value)
    moved = merged.filter(batch__reply_by=None, due_on__gte=clock.today(), due_on__lt=until)
    for uid in moved.order_by("uid").values_list("uid", flat=True):
        _move(uid, until, f"牵头的 {lead.no} 同意延期")


def _move(uid: Any, day: date, reason: str) -> None:
    from bihuan.capabilities.tipoffs.inputs import DayMoved

    engine.perform("tipoff", "follow_day", uid, DayMoved(due_on=day, reason=reason), actor=FOLLOWING)


def move_reply_by(batch: Any, given: Any, context: Any) -> None:
    """变更答复日期: the organ that asked agreed to another day, or asks for an earlier one; its items keep the new one."""
    context.facts["former_reply_by"] = batch.reply_by
    batch.reply_by = given.reply_by
    context.afterwards.append(partial(_items_follow, batch))


def _items_follow(batch: Any) -> None:
    reason = f"来文单位的答复日期变更为 {batch.reply_by}"
    items = Item.objects.filter(batch=batch.pk, state__in=_OPEN).select_related("batch", "merged_into__batch")
    for item in items.order_by("uid"):
        day = asked_for(item) or batch.reply_by
        if day != item.due_on:
            _move(item.pk, day, reason)
        lead = item.merged_into
        if lead is not None and (bound := asked_for(lead)) is not None and bound < lead.due_on:
            _move(lead.pk, bound, reason)


def reply_day_possible(batch: Any, given: Any, actor: Any) -> Failure | None:
    """Another day than before, and one that is still to come."""
    if given.reply_by == batch.reply_by:
        return Failure("tipoff.reply_day_same", f"答复日期已是 {given.reply_by}，没有变更", "reply_by")
    return gone_by(given.reply_by, "reply_by", "变更后的答复日期", "tipoff.reply_day_in_past")


def held(rows: QuerySet[Item]) -> list[Item] | None:
    """The rows, held until this transaction is through; None where somebody else holds one of them.

    Nobody waits here: who holds one item and waits for another could be waited for in turn.
    """
    found = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("uid"))
    return found if len(found) == rows.count() else None


def nobody_at_work(batch: Batch, given: Any, actor: Any) -> Failure | None:
    """The items and what leads them are held, or the day is not moved: whoever closes one waits for the batch."""
    own = Item.objects.filter(batch=batch.pk, state__in=_OPEN)
    if (
        held(Item.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=own.values("merged_into"))))
        is not None
    ):
        return None
    return Failure("tipoff.items_busy", f"批次 {batch.no} 的件正有人在办理，请稍候再试")
