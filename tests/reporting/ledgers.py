"""Hazards and filings as half a year leaves them behind, for reports to count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock, record
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents.model import Document, Paragraph
from bihuan.kernel.expectations import cadences, filings
from bihuan.kernel.expectations.models import Expectation, Frequency
from bihuan.kernel.loops.writing import copy_rows
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.reporting import drafting, half_year
from bihuan.reporting.filings import LEDGER
from bihuan.reporting.imprint import holder_of
from tests.world import World

H1 = Period.parse("2023H1")
CUT = date(2023, 6, 30)
NOON = datetime(2023, 6, 1, 12, tzinfo=clock.SHANGHAI)


def hazard(world: World, found_on: date = date(2023, 3, 1), **columns: Any) -> Hazard:
    """An unsaved hazard at the factory, closed if accepted."""
    facts: dict[str, Any] = {
        "source": "routine", "grade": "general", "region_path": world.east.path,
        "sector_path": world.factory.sector_path, "description": "配电箱未上锁", "found_by": "周岚",
        "no": f"370403-H2023-{uuid4().hex[:6]}", "object": world.factory, "opened_at": NOON,
        "state": "closed" if columns.get("accepted_on") else "rectifying",
    }  # fmt: skip
    return Hazard(found_on=found_on, **{**facts, **columns})


def keep(hazards: Sequence[Hazard]) -> None:
    """Save them with their first entries, as an import does."""
    entries = [
        record.NewEntry(
            each.uid, 1, record.genesis(each.uid), "hazard", each.no, "claim_from_ledger", "", each.state, "", "导入", "",
            NOON, NOON, {},
        )
        for each in hazards
    ]  # fmt: skip
    for each, head in zip(hazards, record.append(entries), strict=True):
        each.head, each.entry_count = head, 1
    copy_rows(hazards)


def found(world: World, count: int, closed: int, **columns: Any) -> None:
    """So many found on one day, so many of them accepted."""
    day = date(2023, 3, 1)
    keep(
        [hazard(world, day, accepted_on=day if place < closed else None, **columns) for place in range(count)]
    )


def expect_filings(*, on: datetime) -> None:
    """Every filer owes a ledger for each month of the half."""
    with clock.frozen(on):
        cadences.declare(LEDGER, "隐患排查治理台账", Frequency.MONTH, since=date(2023, 1, 1))
        for month in H1.months():
            cadences.ensure(month, LEDGER)


def file_all(months: Sequence[Period] | None = None, *, but: Sequence[Agency] = ()) -> None:
    """Everybody files in time, except ``but``."""
    for month in months or H1.months():
        with clock.frozen(datetime.combine(month.last, datetime.min.time(), tzinfo=clock.SHANGHAI)):
            for row in Expectation.objects.filter(period=month.label).exclude(holder__in=but):
                filings.meet(LEDGER, row.holder, month, Actor.system("import"))


def composed(world: World, texts: dict[str, Any] | None = None, **more: Any) -> half_year.Composition:
    """The district's report of the first half."""
    question = drafting.ask(H1, more.pop("as_of", CUT), holder_of(world.district), **more)
    return half_year.compose(question, texts or {})


def prose(composition: half_year.Composition) -> str:
    """Every paragraph of the body."""
    return "\n".join(
        "".join(run.text for run in block.runs)
        for block in composition.blocks
        if isinstance(block, Paragraph)
    )


def plain(document: Document) -> str:
    from bihuan.kernel.documents.outline import texts

    return "\n".join(text for _, text in texts(document))
