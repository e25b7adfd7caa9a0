"""What each deed means for a batch, and how batches follow their items: closed when all are, open again when one is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Max

from bihuan.capabilities.tipoffs import receipts
from bihuan.capabilities.tipoffs.inputs import ItemGiven
from bihuan.capabilities.tipoffs.models import Batch, Item, Receipt
from bihuan.capabilities.tipoffs.states import OPEN_STATES, BatchState, ItemState
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.actors import Actor

BATCH, ITEM = "tipoff_batch", "tipoff"
FOLLOWING = Actor.system("举报批次")
_OPEN = [state.value for state in OPEN_STATES]


def take_in(batch: Any, given: Any, context: Any) -> None:
    """A batch is taken in with its first item, and with those its caller brought along (``more``, ``item_uids``)."""
    batch.channel, batch.received_on = given.channel, given.received_on
    batch.origin, batch.origin_no = given.origin.strip(), given.origin_no.strip()
    batch.reply_by = given.reply_by
    batch.anonymous = not (given.reporter_name or given.reporter_phone or given.reporter_address)
    brought: list[ItemGiven] = list(getattr(batch, "pieces", ()) or [_first(given)])
    uids: list[UUID | None] = list(getattr(batch, "item_uids", ()) or [None] * len(brought))
    context.facts["items"] = len(brought)
    context.afterwards.append(partial(_open_items, batch, brought, uids, context.actor))


def take_from_ledger(batch: Any, given: Any, context: Any) -> None:
    """A batch out of a workbook, with its items as the ledger says they stand."""
    batch.channel, batch.received_on = given.channel, given.received_on
    batch.origin, batch.origin_no, batch.reply_by = given.origin, given.origin_no, given.reply_by
    brought = list(batch.pieces)
    context.facts["items"] = len(brought)
    columns = [{"batch": batch, "ordinal": place} for place in range(1, len(brought) + 1)]

    def enter() -> None:
        engine.open_many(ITEM, "enter_ledger", brought, actor=context.actor, columns=columns)
        follow_items([batch.pk])

    context.afterwards.append(enter)


def _first(given: Any) -> ItemGiven:
    return ItemGiven(
        topic=given.topic, words=given.words, region=given.region, place=given.place, position=given.position,
        subject=given.subject, sector=given.sector,
    )  # fmt: skip


def _open_items(batch: Batch, given: list[ItemGiven], uids: list[UUID | None], actor: Actor) -> None:
    columns = [{"batch": batch, "ordinal": place} for place in range(1, len(given) + 1)]
    engine.open_many(ITEM, "enter", given, actor=actor, uids=uids, columns=columns)


def note_reporter(batch: Any, given: Any, context: Any) -> None:
    """补登联系方式: the words go into the vault, the batch says only that there are some."""
    batch.anonymous = False


def hand_receipt(batch: Any, given: Any, context: Any) -> None:
    """发查询码: told once to whoever asks for it now; the number goes along on the row in hand, never into a column."""
    number = receipts.new()
    keep_receipt(receipts.digest(number), batch.pk)
    batch.told_receipt = number


def keep_receipt(digest: bytes, batch: UUID) -> None:
    """Keep the digest of a receipt number beside its batch."""
    Receipt.objects.create(digest=digest, batch_id=batch, made_at=clock.now())


def report_back(batch: Any, given: Any, context: Any) -> None:
    """回报来文单位."""
    batch.reported_back_on, batch.reported_back = given.reported_back_on, given.document


def close(batch: Any, given: Any, context: Any) -> None:
    """The day of the last of its items: a ledger may tell of one that is long over."""
    batch.closed_on = _last_closed(batch) or context.day


def close_earlier(batch: Any, given: Any, context: Any) -> None:
    """The item that was closed last was entered by mistake: the batch was through with the one before it."""
    context.facts |= {"former_closed_on": batch.closed_on, "closed_on": _last_closed(batch)}
    batch.closed_on = _last_closed(batch)


def _last_closed(batch: Any) -> date | None:
    found: date | None = Item.objects.filter(batch=batch.pk).aggregate(last=Max("closed_on"))["last"]
    return found


def revoke_with_items(batch: Any, given: Any, context: Any) -> None:
    """All its items were entered by mistake."""
    context.facts["former_closed_on"] = batch.closed_on
    batch.closed_on = None


def reopen(batch: Any, given: Any, context: Any) -> None:
    context.facts["former_closed_on"] = batch.closed_on
    batch.closed_on = None


def hold(batches: Iterable[UUID]) -> list[Batch]:
    """The batches, held in one order, so that two who hold several never wait for each other."""
    return list(Batch.objects.select_for_update(of=("self",)).filter(pk__in=set(batches)).order_by("pk"))


def follow_items(batches: Iterable[UUID]) -> None:
    """Close the batches whose items are all closed, open again those of which one is open (M243).

    Each batch is held first: of two items closed at the same moment the later one sees the other. One whose items were all
    entered by mistake was entered by mistake itself.
    """
    for batch in hold(batches):
        if batch.state == BatchState.REVOKED:
            continue
        some_open = Item.objects.filter(batch=batch.pk, state__in=_OPEN).exists()
        if not Item.objects.filter(batch=batch.pk).exclude(state=ItemState.REVOKED.value).exists():
            engine.perform(BATCH, "revoke_with_items", batch.pk, Nothing(), actor=FOLLOWING)
        elif batch.state == BatchState.OPEN and not some_open:
            engine.perform(BATCH, "close", batch.pk, Nothing(), actor=FOLLOWING)
        elif batch.state == BatchState.CLOSED and some_open:
            engine.perform(BATCH, "reopen", batch.pk, Nothing(), actor=FOLLOWING)
        elif batch.state == BatchState.CLOSED and _last_closed(batch) != batch.closed_on:
            engine.perform(BATCH, "close_earlier", batch.pk, Nothing(), actor=FOLLOWING)
