"""What the page of splitting shows: the text in runs, and a card for each item, with what it still lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from bihuan.capabilities.dispatch.papers.gates import missing
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.papers.states import ItemState, Origin
from bihuan.capabilities.dispatch.papers.units import Units
from bihuan.capabilities.dispatch.states import TaskKind, TaskState
from bihuan.kernel.web import parts

_BREAK = re.compile("[，。；：！？\n]")
_STANDING = {
    ItemState.PROPOSED: "open", ItemState.ACCEPTED: "open", ItemState.CHANGED: "waiting", ItemState.SPLIT: "waiting",
    ItemState.ADDED: "waiting", ItemState.MERGED: "off", ItemState.DROPPED: "off",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the text; ``item`` is the item it is the words of, if one, ``opens`` the first run of that item."""

    text: str
    at: int
    item: int | None = None
    opens: bool = False
    off: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One item as the clerk sees it."""

    number: int
    state: parts.State
    kept: bool
    summary: str
    anchor: str
    kind: str
    leads: str
    supporting: str
    due_on: date | None
    requirement: str
    lacks: Sequence[str]
    doubts: Sequence[str]
    read: Sequence[str]
    why: str
    heading: str
    reason: str
    into: int | None
    first: bool
    breaks: Sequence[tuple[int, str]]
    several: Sequence[tuple[int, str]]
    several_words: str
    task: parts.Link | None = None
    task_state: str = ""


COLUMNS = (
    parts.Column("条", "number"),
    parts.Column("任务", "title"),
    parts.Column("牵头单位"),
    parts.Column("完成期限", "day"),
    parts.Column("核改", phone=False),
    parts.Column("办理"),
)


def line(card: Card) -> parts.Row:
    """An item as a line of the paper's page; a dispatched one leads to its task."""
    standing = card.task_state or (
        f"缺 {len(card.lacks)} 处" if card.lacks else "可交办" if card.kept else "—"
    )
    return parts.Row(
        (card.number, card.summary, card.leads or "—", card.due_on or "—", card.state.word, standing),
        href=card.task.href if card.task else "",
        sub=card.task.label if card.task else "",
    )


@dataclass(frozen=True, slots=True)
class Desk:
    runs: Sequence[Run]
    cards: Sequence[Card]
    away: Sequence[Card]
    ready: int
    lacking: int
    without_day: int

    @property
    def next_lacking(self) -> int | None:
        return next((card.number for card in self.cards if card.lacks), None)


def desk_of(paper: Paper) -> Desk:
    """Everything the page shows of a paper's items. Four queries, however many items there are."""
    items = list(
        Proposal.objects.filter(paper=paper).select_related("task", "into").order_by("start", "number")
    )
    units = Units.on(paper.issued_on)
    standing = set(units.names) - set(units.ended)
    kept = [item for item in items if item.kept]
    cards = [_card(item, units, standing, first=place == 0) for place, item in enumerate(kept)]
    away = [_card(item, units, standing, first=True) for item in items if not item.kept]
    lacking = sum(bool(card.lacks) for card in cards)
    return Desk(
        runs=runs_of(paper.text, items),
        cards=cards,
        away=away,
        ready=len(cards) - lacking,
        lacking=lacking,
        without_day=sum(item.due_on is None for item in kept),
    )


def runs_of(text: str, items: Sequence[Proposal]) -> list[Run]:
    """The text cut where items begin and end; a place of several items belongs to the first that is kept."""
    ordered = sorted(items, key=lambda item: (not item.kept, item.start, item.number))
    cuts = sorted({0, len(text), *(item.start for item in items), *(item.end for item in items)})
    opened: set[int] = set()
    runs = []
    for start, end in pairwise(cuts):
        here = next((item for item in ordered if item.start <= start and end <= item.end), None)
        number = here.number if here else None
        runs.append(
            Run(
                text[start:end],
                start,
                number,
                opens=number is not None and number not in opened,
                off=bool(here and not here.kept),
            )
        )
        if number is not None:
            opened.add(number)
    return runs


def _card(item: Proposal, units: Units, standing: set[int], *, first: bool) -> Card:
    names = units.names
    settled = item.task_id is not None
    lacks = (
        ()
        if settled or not item.kept
        else tuple(_bare(one.message) for one in missing(item, names, standing))
    )
    several, words = _several(item, units)
    return Card(
        number=item.number,
        state=parts.State(ItemState(item.state).label, _STANDING[ItemState(item.state)]),  # type: ignore[arg-type]
        kept=item.kept,
        summary=item.summary,
        anchor=item.anchor,
        kind=TaskKind(item.kind).label,
        leads=_named(item.leads, units),
        supporting=_named(item.supporting, units),
        due_on=item.due_on,
        requirement=item.requirement,
        lacks=lacks,
        doubts=_doubts(item, names) if not settled else (),
        read=_read(item),
        why=(item.read or {}).get("why", ""),
        heading=(item.read or {}).get("heading", ""),
        reason=item.reason,
        into=item.into.number if item.into else None,
        first=first,
        breaks=_breaks(item),
        several=several,
        several_words=words,
        task=parts.Link(item.task.no, f"/tasks/{item.task.no}/") if item.task else None,
        task_state=TaskState(item.task.state).label if item.task else "",
    )


def _bare(message: str) -> str:
    """Beside the item its number need not be said again."""
    return re.sub(r"^第 \d+ 条的?", "", message)


def _named(pks: Sequence[int], units: Units) -> str:
    return "、".join(units.names.get(pk, str(pk)) + ("（已撤并）" if pk in units.ended else "") for pk in pks)


def _doubts(item: Proposal, names: dict[int, str]) -> tuple[str, ...]:
    """What the reading could not settle, in words; and that a unit goes by another name today."""
    read = item.read or {}
    told = [
        f"“{one['name']}”可指{'、'.join(one['fits'])}，请选定"
        for one in read.get("unclear", ())
        if not item.lead
    ]
    if not item.lead and read.get("unknown"):
        told.append(f"原文写的是“{'、'.join(read['unknown'])}”，请定一个牵头单位，或按单位拆分")
    if read.get("former") and item.lead in read.get("leads", ()):
        told.append(f"原文称“{'、'.join(read['former'])}”，现为“{names.get(item.lead or 0, '')}”")
    deadline = read.get("deadline") or {}
    if deadline.get("date") and read.get("due_on") is None and item.due_on is None:
        told.append(f"原文时限“{deadline['text']}”（{deadline['date']}）已经过去")
    elif deadline.get("text") and not deadline.get("date") and item.due_on is not None and read.get("due_on"):
        told.append(f"原文时间要求“{deadline['text']}”，期限先按年底，请核对")
    elif not deadline.get("text") and read.get("due_on") and item.due_on is not None:
        told.append("经常性工作，期限先按年底，请核对")
    if deadline.get("year_assumed"):
        told.append("时限的年份是推定的，请核对")
    return tuple(told)


def _read(item: Proposal) -> tuple[str, ...]:
    """What the rules proposed, where the clerk made something else of it."""
    if item.origin != Origin.READ or item.read is None:
        return ()
    read, told = item.read, []
    if read["summary"] != item.summary:
        told.append(f"任务：{read['summary']}")
    if read["lead_units"] and (item.leads != read["leads"] or not read["leads"]):
        told.append(f"牵头：{'、'.join(read['lead_units'])}")
    if (read["deadline"] or {}).get("text"):
        told.append(f"时限：{read['deadline']['text']}")
    return tuple(told)


def _breaks(item: Proposal) -> list[tuple[int, str]]:
    """Where its words can be divided: after each mark, with what would follow."""
    places = [match.end() for match in _BREAK.finditer(item.anchor)]
    return [(at, item.anchor[at : at + 24].strip()) for at in places if 0 < at < len(item.anchor)]


def _several(item: Proposal, units: Units) -> tuple[list[tuple[int, str]], str]:
    """The units among whom an item is most likely to be divided."""
    read: dict[str, Any] = item.read or {}
    if len(item.leads) > 1:
        return [(pk, units.names.get(pk, str(pk))) for pk in item.leads], "、".join(
            read.get("lead_units", ())
        )
    for name in read.get("unknown", ()):
        if of_class := units.a_class(name):
            return [(pk, units.names[pk]) for pk in of_class], name
    return [], ""
