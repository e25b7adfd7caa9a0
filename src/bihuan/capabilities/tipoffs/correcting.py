"""What was decided or entered wrongly is taken back, with a reason and by another person; nothing of it leaves the record.

重新受理 takes back a refusal or a passing on, 拆开重办 a merger found wrong after both were closed; the reporter reads why on
the progress page. 撤销登记 voids what was no tip-off of its own: it counts nowhere and stays listed. What came by the public
page is nobody's wrong entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from bihuan.capabilities.tipoffs import batches, days, effects, reporters
from bihuan.capabilities.tipoffs.inputs import RevokedWithBatch
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.states import Channel, ItemState, Mistake
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor

REVOKING = Actor.system("撤销登记")
_TURNED_AWAY = [ItemState.REJECTED.value, ItemState.TRANSFERRED.value]


def readmit(item: Any, given: Any, context: Any) -> None:
    """重新受理: dealt with from here on like one admitted today; what was merged into it comes back with it."""
    said = "不予受理" if item.state == ItemState.REJECTED else "移送"
    context.facts["former"] = {
        "replied_on": item.replied_on, "closed_on": item.closed_on, "rejection": item.rejection,
        "transferred_to": item.transferred_to, "due_on": item.due_on,
    }  # fmt: skip
    item.rejection = item.transferred_to = ""
    _begin_anew(item, context, f"原{said}的决定已撤回，重新受理。{given.reason}")
    context.afterwards.append(partial(_merged_come_back, item))


def _merged_come_back(lead: Any) -> None:
    merged = Item.objects.filter(merged_into=lead.pk, state__in=_TURNED_AWAY)
    effects.with_lead(lead, merged, "readmit_with_lead")


def readmit_with_lead(item: Any, given: Any, context: Any) -> None:
    """Dealt with again together with its leading item: its reporter was told of that refusal, and is told why it fell."""
    item.closed_on, item.replied_on = None, None
    item.corrected_on, item.correction = item.merged_into.corrected_on, item.merged_into.correction
    reporters.unjudge(item, context)
    item.due_on = _closing_day(item, context)
    context.facts |= {"lead": item.merged_into.no, "due_on": item.due_on}
    context.afterwards.append(partial(batches.follow_items, [item.batch_id]))


def split_closed(item: Any, given: Any, context: Any) -> None:
    """拆开重办: it was closed with an item that told of something else; now it is dealt with by itself."""
    lead = item.merged_into
    context.facts |= {"former_lead": lead.no, "former": {"closed_on": item.closed_on, "due_on": item.due_on}}
    item.merged_into = None
    _begin_anew(item, context, f"原与另一件合并办理有误，已拆开单独办理。{given.reason}")


def _begin_anew(item: Any, context: Any, says: str) -> None:
    """From admission on, with a day for closing of its own: the days that went by under the wrong decision are not its."""
    item.closed_on = item.replied_on = item.reported_on = item.referred_on = item.handle_by = None
    item.agency_id, item.company, item.demand, item.outcome = None, "", "", ""
    item.admitted_on = item.corrected_on = context.day
    item.due_on = _closing_day(item, context)
    item.correction = says
    context.facts["due_on"] = item.due_on
    reporters.unjudge(item, context)
    context.afterwards.append(partial(batches.follow_items, [item.batch_id]))


def _closing_day(item: Any, context: Any) -> Any:
    """Counted from today, unless another organ set the day: that one only the organ moves."""
    if item.batch.reply_by is not None:
        return item.batch.reply_by
    return effects.closing_from(context.day, item, context)


def revoke(item: Any, given: Any, context: Any) -> None:
    """撤销登记 of one item."""
    _void(item, context, f"{Mistake(given.mistake).label}。{given.reason}")
    context.afterwards.append(partial(batches.follow_items, [item.batch_id]))


def revoke_with_batch(item: Any, given: Any, context: Any) -> None:
    _void(item, context, given.reason)


def _void(item: Any, context: Any, says: str) -> None:
    if item.merged_into is not None:
        context.facts["former_lead"] = item.merged_into.no
    item.merged_into, item.closed_on, item.extension, item.declined = None, None, None, ""
    item.corrected_on, item.correction = context.day, says


def revoke_batch(batch: Any, given: Any, context: Any) -> None:
    """撤销登记 of a batch, with all its items."""
    context.facts["former_closed_on"] = batch.closed_on
    batch.closed_on = None
    context.afterwards.append(partial(_items_too, batch, f"{Mistake(given.mistake).label}。{given.reason}"))


def _items_too(batch: Any, says: str) -> None:
    standing = _standing(batch)
    for uid in standing.order_by("uid").values_list("uid", flat=True):
        engine.perform(batches.ITEM, "revoke_with_batch", uid, RevokedWithBatch(reason=says), actor=REVOKING)


def _standing(batch: Any) -> QuerySet[Item]:
    return Item.objects.filter(batch=batch.pk).exclude(state=ItemState.REVOKED.value)


def was_merged(item: Any, given: Any, actor: Any) -> Failure | None:
    if item.merged_into_id is not None:
        return None
    return Failure(
        "tipoff.not_merged", "本件没有并入别的件；办结有误的请重新办理，不予受理、移送有误的请重新受理"
    )


def no_reward(item: Any, given: Any, actor: Any) -> Failure | None:
    """A reward rests on what the item was merged into: it is dealt with first."""
    if not item.reward:
        return None
    return Failure("tipoff.has_reward", "本件已有奖励，不能拆开或撤销；尚未批准的，请先不批准奖励")


def entered_by_hand(matter: Any, given: Any, actor: Any) -> Failure | None:
    """What a citizen sent is no wrong entry of the office."""
    if matter.channel != Channel.WEB:
        return None
    says = "网上举报是举报人自己提交的，不能撤销登记；不属于受理范围的请不予受理，同一件事请并件"
    return Failure("tipoff.revoke_web", says)


def nothing_came_of_it(item: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What became a hazard, a lead, an accident or a reward, or leads others, was a tip-off."""
    if item.links:
        numbers = "、".join(one["no"] for one in item.links)
        yield Failure("tipoff.revoke_linked", f"{item.no} 已转为 {numbers}，不能撤销登记")
    if item.reward:
        yield Failure("tipoff.has_reward", f"{item.no} 已有奖励，不能撤销登记；尚未批准的，请先不批准奖励")


def leads_nobody(item: Any, given: Any, actor: Any) -> Failure | None:
    """Also what was closed together with it: those would be left without an answer."""
    if not (count := Item.objects.filter(merged_into=item.pk).count()):
        return None
    return Failure("tipoff.leads_others", f"有 {count} 件并入本件，请先把它们拆开或改并")


def items_free(batch: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Every item may be voided; none leads an item of another batch. Asked again once all are held: one may have become a
    hazard meanwhile."""
    for item in _standing(batch).order_by("ordinal"):
        yield from nothing_came_of_it(item, given, actor)
    led = Item.objects.filter(merged_into__batch=batch.pk).exclude(batch=batch.pk)
    if no := led.order_by("no").values_list("no", flat=True).first():
        yield Failure("tipoff.leads_others", f"别的批次的 {no} 并入了本批次的件，请先把它拆开或改并")


def nobody_at_work(batch: Batch, given: Any, actor: Any) -> Failure | None:
    """All items are held, or nothing is revoked: whoever holds one of them waits for the batch."""
    if days.held(Item.objects.filter(batch=batch.pk)) is not None:
        return None
    return Failure("tipoff.items_busy", f"批次 {batch.no} 的件正有人在办理，请稍候再试")


def all_revoked(batch: Any, given: Any, actor: Any) -> Failure | None:
    if not _standing(batch).exists():
        return None
    return Failure("tipoff.items_stand", f"批次 {batch.no} 还有没有撤销登记的件")
