"""The pages under 统计: the year against the one before, several years together, rates, and what rates are divided by."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.accidents import places
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.registers.economy.keeping import READERS
from bihuan.registers.economy.places import HERE as BASES
from bihuan.registers.economy.places import hang_under

YEARS, RATES = "/accidents/statistics/years/", "/accidents/statistics/rates/"
_TABS = (
    (places.STATISTICS, "与上年同期比较"),
    (YEARS, "规划期统计"),
    (RATES, "相对指标"),
    (BASES, "统计基数"),
)


def tabs(actor: Actor, here: str) -> Sequence[parts.Tab]:
    """The strip of the statistics' own pages, with the one at ``here`` marked."""
    return [
        parts.Tab(label, href, current=href == here)
        for href, label in _TABS
        if href != BASES or actor.roles & READERS
    ]


def install() -> None:
    """The published numbers stand beside the rates that use them."""
    hang_under(places.tabs(places.STATISTICS), tabs)
