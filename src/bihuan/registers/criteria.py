"""Major-hazard criteria: the criteria of its sector on the day it was found decide whether a hazard is major.

Where only topics of a standard could be obtained, they are kept as ``topic`` and never decide by themselves;
such a standard, and one of which only the name is known, is chosen as a whole, its clause written by hand.
Every criterion carries how far its text was verified; what nobody has compared is shown as 待核对.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from bihuan.registers.catalogue_files import entries, rows
from bihuan.registers.sectors import SectorNode, catalogue, sector_coded, sector_named

Mark = Literal["V1", "V2", "K"]
EVERYWHERE = ("fire", "special_equipment", "town_gas")
MARKS: Mapping[str, str] = {"V1": "已核对原文", "V2": "据二手材料，未见原件", "K": "待核对"}


@dataclass(frozen=True, slots=True)
class Standard:
    """A published set of criteria. ``effective_to`` is its last day in force.

    ``mark`` verifies that it exists under this number, ``date_mark`` verifies its dates.
    """

    id: str
    sector: str
    title: str
    number: str
    effective_from: date | None
    effective_to: date | None
    item_count: str
    mark: Mark
    date_mark: Mark
    note: str

    def in_force(self, on: date) -> bool:
        """Whether it governs acts of that day; an unknown date excludes nothing."""
        return (self.effective_from or on) <= on <= (self.effective_to or on)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One situation that makes a hazard major. ``scope`` names the trade it is limited to, empty for all.

    ``kind`` is ``item`` (full text), ``topic`` or ``standard`` (a standard whose items are not carried here).
    """

    id: str
    standard: Standard
    article: str
    category: str
    scope: str
    applies_to: str
    kind: Literal["item", "topic", "standard"]
    mark: Mark
    text: str

    @property
    def basis(self) -> str:
        return f"《{self.standard.title}》（{self.standard.number}）{self.article}"

    @property
    def mark_label(self) -> str:
        """How far the text was verified, in words for the page."""
        return MARKS[self.mark]

    @property
    def decides(self) -> bool:
        """A topic only points to the official text; it decides nothing."""
        return self.kind != "topic"


def criteria(sector: str, on: date) -> list[Criterion]:
    """The criteria of a sector (code, name or alias) in force on ``on``, in the order of their standard.

    A trade below a sector (冶金 below 工贸) gets what holds for all, for itself and for special hazards.
    """
    node = sector_coded(sector) or sector_named(sector)
    if node is None:
        return []
    lineage = {above.code for above in node.lineage()}
    return [
        item
        for item in _criteria().values()
        if item.standard.sector in lineage and item.standard.in_force(on) and _concerns(item, node)
    ]


def choices(sector: str, on: date) -> list[Criterion]:
    """What may be named as the ground for grading a hazard of this sector as major on ``on``.

    Besides the sector's own criteria these are the standards that hold in every trade: fire, special
    equipment, town gas.
    """
    own = [item for item in criteria(sector, on) if item.decides]
    everywhere = (item for code in EVERYWHERE for item in criteria(code, on) if item.decides)
    return list(dict.fromkeys((*own, *everywhere)))


def criterion(id: str) -> Criterion:
    """The criterion with this identifier, in force or not.

    Raises:
        KeyError: no release ever carried it.
    """
    return _criteria()[id]


def standards(sector: str, on: date) -> list[Standard]:
    """The standards that govern a sector on ``on``, also those whose text is not carried here."""
    node = sector_coded(sector) or sector_named(sector)
    lineage = {above.code for above in node.lineage()} if node else set()
    return [
        standard for standard in _standards().values() if standard.sector in lineage and standard.in_force(on)
    ]


@cache
def _standards() -> dict[str, Standard]:
    return {
        entry["id"]: Standard(
            **{
                **entry,
                "effective_from": _day(entry["effective_from"]),
                "effective_to": _day(entry["effective_to"]),
            }
        )
        for entry in entries("criteria_standards.json")
    }


@cache
def _criteria() -> dict[str, Criterion]:
    written = [
        Criterion(**{**row, "standard": _standards()[row["standard"]]})  # type: ignore[arg-type]
        for row in rows("criteria.csv")
    ]
    judged = {item.standard.id for item in written if item.decides}
    whole = [_as_a_whole(standard) for standard in _standards().values() if standard.id not in judged]
    return {item.id: item for item in (*written, *whole)}


def _as_a_whole(standard: Standard) -> Criterion:
    return Criterion(
        id=standard.id,
        standard=standard,
        article="",
        category="",
        scope="",
        applies_to="",
        kind="standard",
        mark="K",
        text=f"按《{standard.title}》判定（条文未收录，请在说明中写明所依据的条款）",
    )


@cache
def _trades(sector: str) -> frozenset[str]:
    """The names of the trades below a sector."""
    return frozenset(node.name for node in catalogue().nodes if node.parent and node.parent.code == sector)


def _concerns(item: Criterion, node: SectorNode) -> bool:
    if node.code == item.standard.sector or item.scope not in _trades(item.standard.sector):
        return True
    return item.scope == node.name


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
