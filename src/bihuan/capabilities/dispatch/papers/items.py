"""What a clerk does with items: edit, merge, split, drop, take back, add. Rows only; the loop says who may and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from bihuan.capabilities.dispatch.papers.kinds import task_kind
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.papers.states import ItemState, Origin
from bihuan.capabilities.dispatch.speeches.proposals import Kind
from bihuan.kernel.errors import Refused

_CHANGED = [ItemState.CHANGED.value, ItemState.MERGED.value]


def item_of(paper: Paper, number: int) -> Proposal:
    """One item of a paper.

    Raises:
        Refused: there is none of that number (``paper.item_unknown``).
    """
    found = Proposal.objects.filter(paper=paper, number=number).first()
    if found is None:
        raise Refused.because("paper.item_unknown", f"没有第 {number} 条，请刷新页面后再办", "item")
    return found


def kept_item(paper: Paper, number: int) -> Proposal:
    """One item that is still to become a task.

    Raises:
        Refused: it was dropped or merged (``paper.item_not_kept``).
    """
    found = item_of(paper, number)
    if not found.kept:
        label = ItemState(found.state).label
        raise Refused.because("paper.item_not_kept", f"第 {number} 条现为“{label}”，先恢复再办", "item")
    return found


def kept_items(paper: Paper) -> list[Proposal]:
    """What is to become tasks, in the order of the text."""
    return list(Proposal.objects.filter(paper=paper, kept=True).order_by("start", "number"))


def settle_lead(item: Proposal, leads: Sequence[int]) -> None:
    item.leads = list(dict.fromkeys(leads))
    item.lead = item.leads[0] if len(item.leads) == 1 else None


def edit(item: Proposal, given: Any) -> None:
    """What the clerk made of it. A lead left open stays as the text has it, be it none or several."""
    item.summary, item.requirement, item.kind = given.summary, given.requirement, given.kind
    if given.lead is not None:
        settle_lead(item, [given.lead])
    elif len(item.leads) == 1:
        settle_lead(item, [])
    item.supporting = [pk for pk in dict.fromkeys(given.supporting) if pk not in item.leads]
    item.due_on, item.leader_post = given.due_on, given.leader_post
    _judge(item)
    item.save()


def _judge(item: Proposal) -> None:
    """Whether what was read stands. To fill in what the text leaves open (a day, one of several leads) changes nothing."""
    if item.read is not None and item.kept:
        item.state = (
            ItemState.CHANGED if item.reshaped or _differs(item, item.read) else ItemState.PROPOSED
        ).value


def _differs(item: Proposal, read: dict[str, Any]) -> bool:
    due = item.due_on.isoformat() if item.due_on else None
    return (
        item.summary != read["summary"]
        or item.kind != read["task_kind"]
        or bool(read["leads"] and not set(item.leads) <= set(read["leads"]))
        or set(item.supporting) - set(read["leads"]) != set(read["supporting"])
        or bool(read["due_on"] and due != read["due_on"])
    )


def before(paper: Paper, item: Proposal) -> Proposal | None:
    """The kept item that stands before ``item`` in the text."""
    listed = kept_items(paper)
    at = next((place for place, one in enumerate(listed) if one.pk == item.pk), 0)
    return listed[at - 1] if at else None


def merge(paper: Paper, item: Proposal) -> Proposal:
    """Let the item before take ``item`` in: words, units, the earlier day.

    Raises:
        Refused: nothing stands before it (``paper.nothing_before``).
    """
    former = before(paper, item)
    if former is None:
        raise Refused.because("paper.nothing_before", f"第 {item.number} 条前面没有条目，不能并入", "item")
    former.end = max(former.end, item.end)
    former.anchor = paper.text[former.start : former.end]
    joined = f"{former.summary}，{item.summary}"
    former.summary = joined if len(joined) <= 120 else former.summary
    settle_lead(former, [*former.leads, *item.leads])
    former.supporting = [
        pk for pk in dict.fromkeys([*former.supporting, *item.supporting]) if pk not in former.leads
    ]
    days = [day for day in (former.due_on, item.due_on) if day is not None]
    former.due_on = min(days) if days else None
    former.requirement = "\n".join(
        dict.fromkeys(one for one in (former.requirement, item.requirement) if one)
    )[:2000]
    _reshape(former)
    former.save()
    item.state, item.kept, item.into = ItemState.MERGED.value, False, former
    item.save()
    return former


def split_at(paper: Paper, item: Proposal, at: int) -> list[Proposal]:
    """Two items out of one, divided at a place of its words.

    Raises:
        Refused: the place does not lie within them (``paper.split_outside``).
    """
    if not 0 < at < item.end - item.start:
        raise Refused.because(
            "paper.split_outside",
            f"断开处应在第 1 到第 {item.end - item.start - 1} 个字之间，请重新选择",
            "at",
        )
    second = _piece(paper, item, item.start + at, item.end)
    item.end = item.start + at
    item.anchor = paper.text[item.start : item.end]
    item.summary = _summary(item.anchor)
    second.summary = _summary(second.anchor)
    _reshape(item)
    item.save()
    second.save()
    return [second]


def split_by_units(paper: Paper, item: Proposal, units: Sequence[int]) -> list[Proposal]:
    """One item for each unit, alike in all but the lead.

    Raises:
        Refused: fewer than two units (``paper.split_one_unit``).
    """
    wanted = list(dict.fromkeys(units))
    if len(wanted) < 2:
        raise Refused.because("paper.split_one_unit", "按单位拆分至少要选两个单位", "units")
    pieces = []
    number = _next_number(paper)
    for place, unit in enumerate(wanted[1:]):
        piece = _piece(paper, item, item.start, item.end, number + place)
        settle_lead(piece, [unit])
        piece.supporting = [pk for pk in item.supporting if pk not in wanted]
        pieces.append(piece)
    settle_lead(item, wanted[:1])
    item.supporting = [pk for pk in item.supporting if pk not in wanted]
    _reshape(item)
    item.save()
    Proposal.objects.bulk_create(pieces)
    return pieces


def _piece(paper: Paper, item: Proposal, start: int, end: int, number: int | None = None) -> Proposal:
    return Proposal(
        paper=paper, number=number or _next_number(paper), state=ItemState.SPLIT.value, origin=Origin.PIECE.value,
        anchor=paper.text[start:end], start=start, end=end, summary=item.summary, requirement=item.requirement,
        kind=item.kind, leads=list(item.leads), lead=item.lead, supporting=list(item.supporting), due_on=item.due_on,
        leader_post=item.leader_post, parent=item, received_on=paper.received_on, paper_kind=paper.kind,
        region_path=paper.region_path,
    )  # fmt: skip


def _reshape(item: Proposal) -> None:
    item.reshaped = True
    _judge(item)


def drop(item: Proposal, reason: str) -> None:
    item.state, item.kept, item.reason = ItemState.DROPPED.value, False, reason
    item.save()


def restore(item: Proposal) -> None:
    """Take back a drop or a merger. What it was merged into keeps the joined words; the clerk looks at both.

    Raises:
        Refused: it is not away (``paper.item_kept``).
    """
    if item.kept:
        raise Refused.because("paper.item_kept", f"第 {item.number} 条没有去掉，不用恢复", "item")
    states = {Origin.CLERK: ItemState.ADDED, Origin.PIECE: ItemState.SPLIT}
    item.state = states.get(Origin(item.origin), ItemState.PROPOSED).value
    item.kept, item.reason, item.into = True, "", None
    _judge(item)
    item.save()


def add(paper: Paper, quote: str, start: int | None, summary: str) -> Proposal:
    """An item for a run of the text that the rules passed over.

    Raises:
        Refused: the run is not in the text (``paper.quote_not_found``).
    """
    at = (
        start
        if start is not None and paper.text[start : start + len(quote)] == quote
        else paper.text.find(quote)
    )
    if at < 0:
        raise Refused.because(
            "paper.quote_not_found", "正文中没有这段话，请从正文中照抄（复制）一段，标点也不要改", "quote"
        )
    said = summary or _summary(quote)
    item = Proposal(
        paper=paper, number=_next_number(paper), state=ItemState.ADDED.value, origin=Origin.CLERK.value, anchor=quote,
        start=at, end=at + len(quote), summary=said, kind=task_kind(said, Kind.ONE_OFF).value,
        received_on=paper.received_on, paper_kind=paper.kind, region_path=paper.region_path,
    )  # fmt: skip
    item.save()
    return item


def _summary(text: str) -> str:
    flat = "".join(text.split()).strip("。；，、：")
    return flat if len(flat) <= 60 else flat[:59] + "…"


def _next_number(paper: Paper) -> int:
    last: int | None = Proposal.objects.filter(paper=paper).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def set_day(paper: Paper, day: date) -> int:
    """Give every kept item without a day this one; returns how many."""
    return Proposal.objects.filter(paper=paper, kept=True, due_on=None).update(due_on=day)


def recount(paper: Paper) -> None:
    """Write what became of the items beside the paper."""
    read = Q(origin=Origin.READ.value)
    counts = Proposal.objects.filter(paper=paper).aggregate(
        proposed=Count("pk", filter=read),
        accepted=Count("pk", filter=Q(state=ItemState.ACCEPTED.value)),
        changed=Count("pk", filter=read & Q(state__in=_CHANGED)),
        dropped=Count("pk", filter=read & Q(state=ItemState.DROPPED.value)),
        added=Count("pk", filter=Q(origin=Origin.CLERK.value, kept=True)),
        kept=Count("pk", filter=Q(kept=True)),
    )
    for name, count in counts.items():
        setattr(paper, name, count)
