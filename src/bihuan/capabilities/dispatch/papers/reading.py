"""From the words of a paper to its items, as the rules read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.papers.kinds import due_day, how_often, task_kind
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.papers.states import ItemState, Origin
from bihuan.capabilities.dispatch.papers.units import Found, Units
from bihuan.capabilities.dispatch.speeches import proposals as speeches
from bihuan.capabilities.dispatch.speeches.extraction import extract
from bihuan.capabilities.dispatch.speeches.units import Unit
from bihuan.kernel import clock


def read_items(paper: Paper) -> list[Proposal]:
    """The items of a paper not yet written, in the order of the text, numbered from 1."""
    units = Units.on(paper.issued_on)
    found = extract(paper.text, units.register, paper.issued_on, clock.today())
    return [_item(paper, number, one, units) for number, one in enumerate(found, start=1)]


def _item(paper: Paper, number: int, one: speeches.Proposal, units: Units) -> Proposal:
    meant = [(unit, units.meant(unit)) for unit in one.lead_units]
    leads = _all(found for _, found in meant)
    helping = _all(units.meant(unit) for unit in one.support_units)
    often = how_often(one.deadline.recurrence)
    due = due_day(one.deadline.day, one.kind, bool(often), paper.issued_on, clock.today())
    return Proposal(
        paper=paper,
        number=number,
        state=ItemState.PROPOSED.value,
        origin=Origin.READ.value,
        anchor=one.anchor,
        start=one.start,
        end=one.end,
        summary=one.summary[:120],
        requirement=f"{often}落实并报进展。" if often else "",
        kind=task_kind(one.summary, one.kind).value,
        leads=leads,
        lead=leads[0] if len(leads) == 1 else None,
        supporting=[pk for pk in helping if pk not in leads],
        due_on=due,
        read=_kept(one, meant, leads, helping, due),
        received_on=paper.received_on,
        paper_kind=paper.kind,
        region_path=paper.region_path,
    )


def _all(found: Iterable[Found]) -> list[int]:
    return list(dict.fromkeys(pk for one in found for pk in one.agencies))


def _kept(
    one: speeches.Proposal,
    meant: list[tuple[Unit, Found]],
    leads: list[int],
    helping: list[int],
    due: date | None,
) -> dict[str, Any]:
    """What the rules said, in the form of ``bihuan tasks extract``, with what the register made of it."""
    said = one.json()
    return {
        "summary": said["summary"][:120],
        "lead_units": said["lead_units"],
        "support_units": said["support_units"],
        "deadline": said["deadline"],
        "kind": said["kind"],
        "why": said["why"],
        "confidence": str(said["confidence"]),
        "heading": said["heading"],
        "leads": leads,
        "supporting": [pk for pk in helping if pk not in leads],
        "task_kind": task_kind(one.summary, one.kind).value,
        "due_on": due.isoformat() if due else None,
        "former": [unit.text for unit, found in meant if found.former],
        "unclear": [
            {"name": unit.text, "fits": list(found.unclear)} for unit, found in meant if found.unclear
        ],
        "unknown": [found.unknown for _, found in meant if found.unknown],
    }
