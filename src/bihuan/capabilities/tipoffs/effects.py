"""What each deed means for an item's own columns. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from bihuan.capabilities.tipoffs import batches, days, placing, reporters
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.states import ItemState, Rejection
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.search import pairs_literal

LEAD = Actor.system("并件")


def enter(item: Any, given: Any, context: Any) -> None:
    """An item comes to be with its batch."""
    batch = item.batch
    item.channel, item.origin, item.received_on = batch.channel, batch.origin, batch.received_on
    item.topic, item.words, item.place = given.topic, given.words, given.place
    item.due_on = closing_day(batch, context)
    context.facts |= {"batch": batch.no, "due_on": item.due_on}
    index(item)


def enter_another(item: Any, given: Any, context: Any) -> None:
    """同批再登记一件: behind those the batch has."""
    item.ordinal = Item.objects.filter(batch=item.batch_id).count() + 1
    enter(item, given, context)


def enter_from_ledger(item: Any, given: Any, context: Any) -> None:
    """As the ledger says it stands: closed, with a unit, or only received."""
    enter(item, given, context)
    item.agency_id, item.company, item.result = given.agency, given.company, given.result
    context.state = ItemState.RECEIVED
    if given.agency is not None:
        item.admitted_on = item.referred_on = item.received_on
        item.handle_by = item.due_on
        context.state = ItemState.HANDLING
    if given.closed_on is not None:
        item.closed_on = item.replied_on = given.closed_on
        item.reply = given.result
        context.state = ItemState.SETTLED


def ledger_due(item: Any, given: Any, context: Any) -> Deadline | None:
    """The day for closing, while it is open."""
    if item.closed_on is not None:
        return None
    return Deadline(item.due_on, "台账所载的办结期限", context.day)


def closing_day(batch: Any, context: Any) -> date:
    """The day for closing: as the organ asks that passed it on, else so many days after it was received."""
    if batch.reply_by is not None:
        return batch.reply_by  # type: ignore[no-any-return]
    return closing_from(batch.received_on, batch, context)


def closing_from(day: date, matter: Any, context: Any) -> date:
    """So many days from ``day`` as the rule of the day the matter began allows."""
    allowed = int(policies.recent("tipoff.close_days", on=context.began(matter)).value)
    return counted(day, allowed, "calendar", "").due


def index(item: Any) -> None:
    """The words by which an item is found again, and likened to others: never who told it."""
    item.search = pairs_literal(item.words, item.place)


def admit(item: Any, given: Any, context: Any) -> None:
    """受理."""
    placing.about(item, given, context.actor)
    item.topic = given.topic or item.topic
    item.admitted_on = context.day
    index(item)


def reject(item: Any, given: Any, context: Any) -> None:
    """不予受理: the reason is the reply."""
    item.rejection = given.rejection
    item.reply = f"{Rejection(given.rejection).label}。{given.reason}"
    item.replied_on = context.day
    reporters.answered(item, context)
    _close(item, context, "reject_with_lead")


def transfer_out(item: Any, given: Any, context: Any) -> None:
    """移送: the reporter is told to whom."""
    item.transferred_to = given.to
    item.reply = f"已移送{given.to}。{given.reason}"
    item.replied_on = context.day
    reporters.answered(item, context)
    _close(item, context, "transfer_with_lead")


def refer(item: Any, given: Any, context: Any) -> None:
    """转办."""
    item.agency_id, item.company, item.demand = given.agency, given.company.strip(), given.demand
    item.referred_on = context.day
    item.handle_by = given.handle_by or handling_day(item, context)
    context.facts["handle_by"] = item.handle_by
    item.declined, item.extension = "", None


def handling_day(item: Any, context: Any) -> date:
    """So many working days after the referral, and never behind the day for the whole."""
    allowed = int(policies.recent("tipoff.handle_days", on=context.began(item)).value)
    due = counted(context.day, allowed, "working", "").due
    latest: date = max(item.due_on, context.day)
    return min(due, latest)


def reassign(item: Any, given: Any, context: Any) -> None:
    """改派: the former unit sees it no more; it stays in the record."""
    context.facts["former"] = {"agency": item.agency_id, "company": item.company, "handle_by": item.handle_by}
    refer(item, given, context)


def handling_due(item: Any, given: Any, context: Any) -> Deadline:
    return Deadline(item.handle_by, "转办时确定的办理期限", context.day)


def report_result(item: Any, given: Any, context: Any) -> None:
    """办理结果; the handler may report again after a sending back, the former words are in their entry."""
    item.outcome, item.result, item.reported_on = given.outcome, given.result, given.reported_on
    item.declined, item.extension = "", None


def send_back(item: Any, given: Any, context: Any) -> None:
    """退回重办: what was answered meanwhile was not the last word, the reporter is owed another."""
    if item.replied_on is not None:
        context.facts["former"] = {"replied_on": item.replied_on}
    item.sent_back += 1
    item.handle_by, item.reported_on, item.replied_on = given.handle_by, None, None
    context.facts["sent_back"] = item.sent_back
    reporters.unjudge(item, context)


def reply(item: Any, given: Any, context: Any) -> None:
    """回复举报人."""
    item.reply, item.replied_on = given.reply, given.replied_on
    reporters.answered(item, context)


def settle(item: Any, given: Any, context: Any) -> None:
    """办结."""
    _close(item, context, "close_with_lead")


def _close(item: Any, context: Any, follow: str) -> None:
    item.closed_on = context.day
    context.afterwards.append(partial(_lead_ended, item, follow))
    context.afterwards.append(partial(batches.follow_items, [item.batch_id]))


def _lead_ended(lead: Any, verb: str) -> None:
    """Items merged into this one end as it ends."""
    merged = Item.objects.filter(merged_into=lead.pk, state=ItemState.MERGED.value)
    with_lead(lead, merged, verb)


def with_lead(lead: Any, merged: QuerySet[Item], verb: str) -> None:
    """The deed on what was merged. All batches it touches are held first and in one order: leads merge across batches."""
    if not (uids := list(merged.values_list("pk", flat=True))):
        return
    batches.hold({lead.batch_id, *merged.values_list("batch_id", flat=True)})
    engine.perform(batches.ITEM, verb, uids, Nothing(), actor=LEAD)


def end_with_lead(item: Any, given: Any, context: Any) -> None:
    """Closed as the leading item was; its reply stands there and is shown here."""
    item.closed_on = context.day
    item.replied_on = item.merged_into.replied_on or context.day
    if item.asked_on is not None and item.asked_on <= item.replied_on:
        reporters.answered(item, context)
    context.facts["lead"] = item.merged_into.no
    context.afterwards.append(partial(batches.follow_items, [item.batch_id]))


def reopen(item: Any, given: Any, context: Any) -> None:
    """重新办理: what was settled too early; the former reply stays in the record and is answered anew."""
    context.facts["former"] = {"replied_on": item.replied_on, "closed_on": item.closed_on}
    item.closed_on, item.replied_on, item.reported_on = None, None, None
    item.handle_by = given.handle_by
    item.sent_back += 1
    reporters.unjudge(item, context)
    context.afterwards.append(partial(_lead_reopened, item))
    context.afterwards.append(partial(batches.follow_items, [item.batch_id]))


def _lead_reopened(lead: Any) -> None:
    merged = Item.objects.filter(merged_into=lead.pk, state=ItemState.SETTLED.value)
    with_lead(lead, merged, "reopen_with_lead")


def reopen_with_lead(item: Any, given: Any, context: Any) -> None:
    item.closed_on, item.replied_on = None, None
    context.facts["lead"] = item.merged_into.no
    reporters.unjudge(item, context)
    context.afterwards.append(partial(batches.follow_items, [item.batch_id]))


def merge(item: Any, given: Any, context: Any) -> None:
    """并件: the leading item is worked on for both; the reporter of each keeps the receipt."""
    item.merged_into = Item.objects.get(no=given.lead.strip())
    item.extension = None
    context.afterwards.append(partial(days.lead_follows, item))


def split(item: Any, given: Any, context: Any) -> None:
    """拆开: on its own again, to be referred anew."""
    context.facts["former_lead"] = item.merged_into.no
    item.merged_into = None
    item.admitted_on = item.admitted_on or context.day


def decline(item: Any, given: Any, context: Any) -> None:
    """不属本单位职责: kept until the office answers; the clock goes on."""
    item.declined = given.reason


def uphold(item: Any, given: Any, context: Any) -> None:
    item.declined = ""


def request_extension(item: Any, given: Any, context: Any) -> None:
    item.extension = {"until": given.until.isoformat(), "reason": given.reason, "by": context.actor.name}


def grant_extension(item: Any, given: Any, context: Any) -> None:
    """同意延期: the day asked for is the handler's; the day for the whole moves along, unless another organ set it."""
    until = date.fromisoformat(item.extension["until"])
    context.facts |= {"from": item.handle_by, "until": until, "due_on": item.due_on}
    item.handle_by, item.extension = until, None
    if until > item.due_on and days.asked_for(item) is None:
        item.due_on = until
        context.facts["due_on"] = until
    context.afterwards.append(partial(days.merged_follow, item, until))


def refuse_extension(item: Any, given: Any, context: Any) -> None:
    context.facts["until"] = item.extension["until"]
    item.extension = None


def withdraw(item: Any, given: Any, context: Any) -> None:
    """撤回: noted; the item stays open."""
    item.withdrawn_on = given.withdrawn_on
