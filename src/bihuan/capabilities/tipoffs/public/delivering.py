"""From the public form into the loops, and from a receipt number to what is behind it. Nothing here is written into a log."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from bihuan.capabilities.tipoffs import receipts, receiving
from bihuan.capabilities.tipoffs.models import Item, Receipt
from bihuan.capabilities.tipoffs.progress import ItemProgress
from bihuan.capabilities.tipoffs.public import limits
from bihuan.capabilities.tipoffs.public.form import Told
from bihuan.capabilities.tipoffs.receiving import PUBLIC, PieceGiven, TipoffGiven
from bihuan.capabilities.tipoffs.reporters import VERBS, More, Question, Rating
from bihuan.capabilities.tipoffs.states import Verdict
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.inputs import build
from bihuan.kernel.record.entries import Entry
from bihuan.kernel.record.reading import entries_of

INPUTS: Mapping[str, type[Any]] = {"tell_more": More, "rate": Rating, "ask_again": Question}
SPOKEN = 20
"""So often one receipt may speak about one matter; beyond it the office is to be called."""
FIELDS = {
    "topic": "topic",
    "words": "words",
    "place": "place",
    "reporter_name": "name",
    "reporter_phone": "contact",
}


def deliver(told: Told, files: Sequence[io.BytesIO]) -> str:
    """Hand a tip-off over; returns its number of 16 digits, told once.

    Raises:
        Refused: with the fields as the public form names them.
    """
    position = "" if told.longitude is None else f"{told.longitude},{told.latitude}"
    piece = PieceGiven(
        topic=told.topic, words=told.words, place=told.place, position=position,
        region=told.region.pk if told.region else None,
    )  # fmt: skip
    given = TipoffGiven(items=[piece], reporter_name=told.name, reporter_phone=told.contact)
    try:
        return receiving.receive(given, files)
    except Refused as refusal:
        raise Refused(*dict.fromkeys(_as_asked(failure) for failure in refusal.failures)) from None


def _as_asked(failure: Failure) -> Failure:
    last = (failure.field or "").rpartition(".")[2]
    return Failure(failure.code, failure.message, FIELDS.get(last))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said after reporting, by the holder of the number or by the office."""

    label: str
    words: str
    on: date
    ours: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One matter as its reporter sees it: how it stands, what was said since, what may be said now."""

    progress: ItemProgress
    said: Sequence[Said]
    may: frozenset[str]

    @property
    def reward(self) -> str:
        """The amount in yuan, in words."""
        told = self.progress.reward
        return "" if told is None else f"{yuan(told.amount_fen)} 元"


def shown(number: str, items: Sequence[ItemProgress]) -> Sequence[Shown]:
    """Each item with its conversation."""
    found = {item.ordinal: item for item in _items(number)}
    told = []
    for each in items:
        item = found[each.ordinal]
        entries = entries_of(item.pk)
        told.append(Shown(each, _said(entries), _may(item, [entry.verb for entry in entries])))
    return told


def _items(number: str) -> Sequence[Item]:
    receipt = Receipt.objects.filter(digest=receipts.digest(number)).first()
    return [] if receipt is None else list(Item.objects.filter(batch=receipt.batch_id).order_by("ordinal"))


_ANOTHER_ANSWER = (
    "reply", "answer_question", "reopen", "reopen_with_lead", "readmit", "readmit_with_lead", "split_closed",
)  # fmt: skip
"""What gives or promises another answer than the one that was judged, by the item itself or by the one it was merged into."""


def _may(item: Item, verbs: Sequence[str]) -> frozenset[str]:
    """What may be said now; an answer is judged once, until there is another."""
    from bihuan.capabilities.tipoffs.loop import ITEM

    may = {
        act.name
        for act in ITEM.acts
        if act.name in INPUTS and item.state in {state.value for state in act.states}
    }
    judged = _last(verbs, ("rate",)) > _last(verbs, _ANOTHER_ANSWER)
    return frozenset(may - {"rate"} if judged else may)


def _last(verbs: Sequence[str], wanted: tuple[str, ...]) -> int:
    return max((place for place, verb in enumerate(verbs) if verb in wanted), default=-1)


def _said(entries: Sequence[Entry]) -> Sequence[Said]:
    said = []
    for entry in entries:
        if entry.verb not in VERBS:
            continue
        given = entry.payload
        ours = entry.verb == "answer_question"
        words = str(given.get("reply") if ours else given.get("note") or "")
        photos = len(given.get("more_photos") or ())
        words += f"（照片{photos}张）" if photos else ""
        label = {"tell_more": "我的补充", "ask_again": "我的追问", "answer_question": "工作人员答复"}.get(
            entry.verb, ""
        )
        if entry.verb == "rate":
            label = f"我的评价：{Verdict(given['verdict']).label}"
        said.append(Said(label, words, clock.day_of(entry.recorded_at), ours))
    return said


@transaction.atomic
def speak(
    number: str, ordinal: int, verb: str, given: Mapping[str, str], photos: Sequence[io.BytesIO]
) -> None:
    """Write down what the holder of the number says about one of the matters.

    Raises:
        Absent: no such matter behind the number.
        Refused: empty, too long, not now, or said too often (``tipoff.said_enough``).
    """
    item = next((each for each in _items(number) if each.ordinal == ordinal), None)
    if item is None or verb not in INPUTS:
        raise Absent
    if sum(entry.verb in INPUTS for entry in entries_of(item.pk)) >= SPOKEN:
        raise Refused.because(
            "tipoff.said_enough", f"这件事在网上补充得够多了，请拨打{limits.HOTLINE}", "note"
        )
    kept = [str(receiving.keep_photo(item.pk, each, PUBLIC, "more_photos")) for each in photos]
    said = build(INPUTS[verb], {**given, **({"more_photos": kept} if verb == "tell_more" else {})})
    engine.perform("tipoff", verb, item.pk, said, actor=PUBLIC)
