"""What the holder of a receipt number may see: stages, days and the reply; nothing that says who reported or who handles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.capabilities.tipoffs import receipts
from bihuan.capabilities.tipoffs.loop import ITEM
from bihuan.capabilities.tipoffs.models import Item, Receipt
from bihuan.capabilities.tipoffs.states import OPEN_STATES, BatchState, ItemState, Topic

_REJECTED = (ItemState.REJECTED, ItemState.TRANSFERRED)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way: done on a day, the one that goes on now, or still to come."""

    label: str
    on: date | None
    now: bool = False


@dataclass(frozen=True, slots=True)
class RewardTold:
    """A reward that waits to be collected, or was: the code stands for the receipt number at the counter."""

    amount_fen: int
    code: str
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """How one matter of the message stands. ``merged`` says that another like it is worked on for both."""

    ordinal: int
    topic: str
    state: str
    closed: bool
    stages: tuple[Stage, ...]
    due_on: date
    reply: str
    replied_on: date | None
    outcome: str
    merged: bool
    reward: RewardTold | None
    corrected_on: date | None = None
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a message stands, whole."""

    received_on: date
    closed_on: date | None
    items: tuple[ItemProgress, ...]
    revoked: bool = False


def progress_of(receipt: str) -> Progress | None:
    """The progress behind a receipt number; None for one that is none, without telling which.

    Whatever was typed is digested and asked for once; the index holds digests under the installation's key, so neither the
    time nor the answer tells how near a guess came.
    """
    number = receipts.read(receipt)
    digest = receipts.digest(number or "0" * receipts.DIGITS)
    found = Receipt.objects.select_related("batch").filter(digest=digest).first()
    if found is None or number is None or not receipts.same(bytes(found.digest), digest):
        return None
    rows = Item.objects.select_related("merged_into").filter(batch=found.batch_id).order_by("ordinal")
    items = tuple(_told(item, bytes(found.digest)) for item in rows)
    revoked = found.batch.state == BatchState.REVOKED
    return Progress(found.batch.received_on, found.batch.closed_on, items, revoked)


def _told(item: Any, digest: bytes) -> ItemProgress:
    """The way of what it was merged into, and the corrections of its own: another reporter's earlier refusal is not told."""
    lead = item.merged_into or item
    state = ItemState(lead.state)
    return ItemProgress(
        ordinal=item.ordinal, topic=Topic(item.topic).label, state=state.label, closed=state not in OPEN_STATES,
        stages=_stages(lead, item.received_on, state), due_on=item.due_on, reply=lead.reply if lead.replied_on else "",
        replied_on=lead.replied_on, outcome=lead.get_outcome_display() if lead.replied_on and lead.outcome else "",
        merged=lead is not item, reward=_reward(item, digest), corrected_on=item.corrected_on, correction=item.correction,
    )  # fmt: skip


def _stages(lead: Any, received_on: date, state: ItemState) -> tuple[Stage, ...]:
    if state == ItemState.REVOKED:
        return (Stage("收到", received_on), Stage(state.label, lead.corrected_on))
    if state in _REJECTED:
        return (Stage("收到", received_on), Stage(state.label, lead.closed_on))
    days = (
        received_on,
        lead.admitted_on,
        lead.referred_on,
        lead.reported_on,
        lead.replied_on,
        lead.closed_on,
    )
    labels = ("收到", "受理", "转办", "办理", "回复", "办结")
    going_on = (
        list(ITEM.track).index(state) + 1 if state in ITEM.track and state != ItemState.SETTLED else None
    )
    return tuple(
        Stage(label, day if going_on is None or place < going_on else None, now=place == going_on)
        for place, (label, day) in enumerate(zip(labels, days, strict=True))
    )


def _reward(item: Any, digest: bytes) -> RewardTold | None:
    told = item.reward
    if not told or not told["approved_on"]:
        return None
    paid = date.fromisoformat(told["paid_on"]) if told["paid_on"] else None
    return RewardTold(told["amount_fen"], receipts.collecting_code(digest, item.no), paid)
