"""The computed cells of a form: which part of all records belongs to a unit, and what the figures say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.weekly.layouts import SINCE, WEEK, Block, Layout, Row
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.declarations import Tally
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.territory.models import Agency, AgencyKind, Regulation, Sector
from bihuan.kernel.territory.trees import in_force


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a form that the system answers."""

    block: Block
    row: Row
    column: str
    value: FigureValue

    @property
    def amount(self) -> int | None:
        """The count or sum; None for a ratio, which is nothing by itself."""
        return self.value.amount

    @property
    def is_zero(self) -> bool:
        return self.column == WEEK and self.amount == 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose records a unit's form counts: those of the sectors it leads, of its town, else its own.

    ``exactly``: the sectors are single nodes, because another unit leads some node below them.
    """

    agency: int
    sectors: tuple[str, ...] = ()
    exactly: bool = False
    regions: tuple[str, ...] = ()
    assists: tuple[str, ...] = ()

    def scope(self, tally: Tally) -> Scope:
        """The scope in the dimensions a kind of record has."""
        if self.sectors and "sector" in tally.dims:
            return Scope(sectors=self.sectors, exactly=("sectors",) if self.exactly else ())
        if self.regions and "sector" in tally.dims and "region" in tally.dims:
            return Scope(regions=self.regions)
        return Scope(agency=self.agency)


def reach_of(agency: Agency, on: date) -> Reach:
    """The reach of one unit on a day; see :func:`reaches`."""
    return reaches([agency], on)[agency.pk]


def reaches(agencies: Sequence[Agency], on: date) -> dict[int, Reach]:
    """What each unit answers for on a day; a few statements however many units."""
    leads: dict[int, set[str]] = defaultdict(set)
    assists: dict[int, set[str]] = defaultdict(set)
    rows = Regulation.objects.filter(in_force(on))
    for agency_id, lead, path in rows.values_list("agency_id", "lead", "sector__path"):
        (leads if lead else assists)[agency_id].add(path)
    found = {}
    for agency in agencies:
        town = agency.kind == AgencyKind.TOWN_GOVERNMENT
        own = leads[agency.pk]
        others = {path for pk, paths in leads.items() if pk != agency.pk for path in paths} - own
        split = any(path.startswith(tuple(own)) for path in others)
        found[agency.pk] = Reach(
            agency.pk,
            sectors=tuple(sorted(_nodes_led(own, others) if split else own)),
            exactly=split,
            regions=(agency.region.path,) if town else (),
            assists=tuple(sorted(assists[agency.pk])),
        )
    return found


def _nodes_led(own: set[str], others: set[str]) -> list[str]:
    """The nodes of the sector tree that a unit leads, without those below that another leads (管行业必须管安全).

    So one record belongs to one lead unit, and the forms of different units may be added.
    """
    nodes = Sector.objects.values_list("path", flat=True)
    led = own | others

    def leader(path: str) -> str:
        return max((each for each in led if path.startswith(each)), key=len, default="")

    return [path for path in nodes if leader(path) in own]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the cells of one form ask: layout, campaign and the two periods at one cut-off."""

    layout: Layout
    campaign: str
    week: Period
    since: Period
    as_of: date

    @classmethod
    def of(cls, template: Any, week: Period, as_of: date) -> Asked:
        layout = fitting(template.asks, template.campaign)
        return cls(layout, template.campaign, week, Period.since(template.counts_from), as_of)

    def period(self, column: str) -> Period:
        return self.week if column == WEEK else self.since


def fitting(layout: Layout, campaign: str) -> Layout:
    """The layout without rows nothing can answer: figures of rooms that are not there, tags of no campaign."""
    known = set(registry.names())
    return layout.of_rows(
        frozenset(row.key for _, row in layout.rows if row.figure in known and (campaign or not row.campaign))
    )


def cut_off(week: Period, day: date) -> date:
    """Up to which day a form filed on ``day`` counts."""
    return min(week.last, day)


def scope_for(row: Row, campaign: str, base: Scope) -> Scope:
    """A row's own narrowing of the unit's scope."""
    return replace(base, grade=row.grade, campaign=campaign if row.campaign else "")


def cells(asked: Asked, reach: Reach) -> list[Cell]:
    """Every computed cell of a unit's form in the order of the layout; one statement a scope, kind and column."""
    wanted: dict[tuple[str, Scope], list[str]] = defaultdict(list)
    places: list[tuple[Block, Row, str, Scope]] = []
    for block, row in asked.layout.rows:
        scope = scope_for(row, asked.campaign, reach.scope(registry.figure(row.figure).tally))
        for column in (WEEK, SINCE):
            places.append((block, row, column, scope))
            wanted[column, scope].append(row.figure)
    found: dict[tuple[str, Scope], dict[str, FigureValue]] = {
        (column, scope): answers.values(list(dict.fromkeys(names)), asked.period(column), asked.as_of, scope)
        for (column, scope), names in wanted.items()
    }
    return [
        Cell(block, row, column, found[column, scope][row.figure]) for block, row, column, scope in places
    ]


def of_form(form: Any, day: date) -> list[Cell]:
    """The cells of a form as they would be filed on ``day``; asked once a form and day, however many look."""
    as_of = cut_off(form.week, day)
    kept: dict[date, list[Cell]] = form.__dict__.setdefault("_cells", {})
    if as_of not in kept:
        asked = Asked.of(form.template, form.week, as_of)
        kept[as_of] = cells(asked, reach_of(form.agency, form.week.last))
    return kept[as_of]


def zero_blocks(found: Iterable[Cell]) -> dict[str, list[Cell]]:
    """The cells of the week that are zero, by the block they stand in."""
    zeros: dict[str, list[Cell]] = {}
    for cell in found:
        if cell.is_zero:
            zeros.setdefault(cell.block.key, []).append(cell)
    return zeros


def values_once(found: Iterable[Cell]) -> list[FigureValue]:
    """The answers to freeze, each question once."""
    once: dict[tuple[str, str, str], FigureValue] = {}
    for cell in found:
        once.setdefault(key_of(cell.value), cell.value)
    return list(once.values())


def key_of(value: FigureValue) -> tuple[str, str, str]:
    """What makes two answers of one form the same: figure, period, scope."""
    return value.figure, value.period.label, repr(sorted(value.scope.json().items()))
