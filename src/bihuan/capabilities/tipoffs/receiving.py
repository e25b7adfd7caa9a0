"""How a tip-off comes in without an account: one call takes it in whole and tells the receipt number once.

The reporter's name and ways to be reached go into the vault in the same transaction; photos are made anew before they are
kept, so that neither the file, its name nor its row says who took it or where. Nothing of this is logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.capabilities.tipoffs import receipts
from bihuan.capabilities.tipoffs.batches import BATCH, keep_receipt
from bihuan.capabilities.tipoffs.gates import alone
from bihuan.capabilities.tipoffs.inputs import BatchGiven, ItemGiven
from bihuan.capabilities.tipoffs.models import Batch, Receipt
from bihuan.capabilities.tipoffs.progress import Progress, progress_of
from bihuan.capabilities.tipoffs.states import Channel
from bihuan.kernel import clock
from bihuan.kernel.attachments.images import read_picture
from bihuan.kernel.attachments.keeping import Upload, store_image
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.loops.inputs import build
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.uid import uuid7

__all__ = [
    "MOST_ITEMS",
    "MOST_PHOTOS",
    "PieceGiven",
    "Progress",
    "TipoffGiven",
    "hand_out",
    "progress_of",
    "receive",
]

MOST_ITEMS, MOST_PHOTOS = 20, 9
PUBLIC = Actor.system("群众举报")


@dataclass(frozen=True, kw_only=True)
class PieceGiven:
    """One matter somebody tells of, as it came from a form: texts and keys, judged by :func:`receive`.

    ``region`` and ``sector`` are keys, ``position`` ``"经度,纬度"`` in degrees; ``photos`` the pictures of this matter.
    """

    topic: str
    words: str
    place: str = ""
    position: str = ""
    region: int | str | None = None
    sector: int | str | None = None
    subject: UUID | str | None = None
    photos: Sequence[Upload] = ()


@dataclass(frozen=True, kw_only=True)
class TipoffGiven:
    """One message from the public. All of the reporter's fields may stay empty: then it is anonymous."""

    items: Sequence[PieceGiven] = field(default_factory=tuple)
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_address: str = ""


@transaction.atomic
def receive(given: TipoffGiven, files: Sequence[Upload] = (), *, receipt: str = "") -> str:
    """Take a message in; returns its receipt number of 16 digits, which nobody can look up again.

    Args:
        files: photos of the first item, beside its own.
        receipt: a number from :func:`bihuan.capabilities.tipoffs.receipts.new` that the form carried; sent twice with the
            same number a message is taken in once and answered alike.

    Raises:
        Refused: with every reason at once; the field of an item's failure is ``items.0.words`` and the like.
    """
    number = receipts.read(receipt) if receipt else receipts.new()
    if number is None:
        raise Refused.because("tipoff.receipt_wrong", "表单已过期，请刷新页面后重新提交")
    kept = receipts.digest(number)
    if receipt:
        alone(f"tipoff.receipt:{kept.hex()}")
        if Receipt.objects.filter(digest=kept).exists():
            return number
    pieces, uids = _pieces(given, files)
    said: dict[str, Any] = {
        "channel": Channel.WEB.value, "received_on": clock.today(), "reporter_name": given.reporter_name,
        "reporter_phone": given.reporter_phone, "reporter_address": given.reporter_address,
        "topic": pieces[0].topic, "words": pieces[0].words, "place": pieces[0].place,
    }  # fmt: skip
    uid = uuid7()
    outcome = engine.open_matter(
        BATCH, "receive", build(BatchGiven, said), actor=PUBLIC, uid=uid, pieces=pieces, item_uids=uids
    )
    keep_receipt(kept, outcome.uid)
    return number


def hand_out(batch: Batch, actor: Actor) -> str:
    """A receipt number for a batch that the office registered, told to the caller on the telephone or at the counter.

    Raises:
        Refused: ``tipoff.receipt_given`` when one was handed out before: nobody can look it up.
    """
    outcome = engine.perform(BATCH, "hand_receipt", batch.no, Nothing(), actor=actor)[0]
    return str(outcome.matter.told_receipt)


def _pieces(given: TipoffGiven, files: Sequence[Upload]) -> tuple[list[ItemGiven], list[UUID]]:
    if not given.items:
        raise Refused.because("tipoff.no_items", "请写明反映的事情", "items")
    if len(given.items) > MOST_ITEMS:
        raise Refused.because(
            "tipoff.too_many_items", f"一次至多反映 {MOST_ITEMS} 件事，其余的请另行提交", "items"
        )
    uids = [uuid7() for _ in given.items]
    photos = [[*(files if not place else ()), *one.photos] for place, one in enumerate(given.items)]
    if any(len(some) > MOST_PHOTOS for some in photos):
        raise Refused.because("tipoff.too_many_photos", f"每件事至多 {MOST_PHOTOS} 张照片", "items")
    failures = []
    built: list[partial[ItemGiven]] = []
    for place, one in enumerate(given.items):
        try:
            built.append(partial(_with_photos, _read(one), uids[place], photos[place]))
        except Refused as refusal:
            failures += [_of_item(failure, place) for failure in refusal.failures]
    Refused.unless(failures)
    return [make() for make in built], uids


def _read(one: PieceGiven) -> ItemGiven:
    said = {
        "topic": one.topic, "words": one.words, "place": one.place, "position": one.position, "region": one.region,
        "sector": one.sector, "subject": one.subject,
    }  # fmt: skip
    return build(ItemGiven, said)


def _of_item(failure: Any, place: int) -> Any:
    return replace(failure, field=f"items.{place}.{failure.field}" if failure.field else f"items.{place}")


def _with_photos(read: ItemGiven, uid: UUID, photos: Sequence[Upload]) -> ItemGiven:
    return replace(read, photos=tuple(keep_photo(uid, one, PUBLIC) for one in photos))


def keep_photo(item: UUID, upload: Upload, actor: Actor, kind: str = "photos") -> UUID:
    """Keep a reporter's photo: decoded and made anew first, so that its row holds no time, no place and no name either.

    Raises:
        Refused: see :func:`bihuan.kernel.attachments.images.read_picture`.
    """
    received = upload if isinstance(upload, bytes) else upload.read()
    return store_image(item, kind, read_picture(received).content, actor).uid
