"""The number in force: of a place and exactly these days, the newest version that was entered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from bihuan.registers.economy.indicators import indicator
from bihuan.registers.economy.models import Place, PublishedValue, Stage


def in_force(
    codes: Sequence[str], first: date, last: date, *, region: int | None = None, place: str = Place.OWN.value
) -> dict[str, PublishedValue]:
    """By indicator, the newest version of the number of these very days; one statement.

    A number of other days is never bent to fit: half a year's GDP is not half of a year's.
    """
    rows = PublishedValue.objects.filter(indicator__in=codes, place=place, first=first, last=last)
    rows = rows.filter(region=region) if place == Place.OWN else rows
    return {row.indicator: row for row in rows.order_by("number")}


def newest() -> QuerySet[PublishedValue]:
    """The newest version of every number."""
    key = ("indicator", "place", "region", "first", "last")
    latest = PublishedValue.objects.order_by(*key, "-number").distinct(*key).values("pk")
    return PublishedValue.objects.filter(pk__in=latest).select_related("region")


def versions_of(row: PublishedValue) -> QuerySet[PublishedValue]:
    """Every version of one number, the newest first."""
    return PublishedValue.objects.filter(
        indicator=row.indicator, place=row.place, region=row.region_id, first=row.first, last=row.last
    ).order_by("-number")


def place_name(row: PublishedValue) -> str:
    """Whose number it is, in a word."""
    return row.region.name if row.region else Place(row.place).label


def amount_words(row: PublishedValue) -> str:
    """56.82亿元 for GDP, else the number with its unit: 120,000人."""
    kind = indicator(row.indicator)
    if kind.code == "gdp":
        return f"{(row.amount / 10_000).normalize():,f}亿元"
    return f"{row.amount.normalize():,f}{kind.unit}"


def stage_words(row: PublishedValue) -> str:
    """初步核算数; 第 2 版 where there was another before."""
    again = f"，第 {row.number} 版" if row.number > 1 else ""
    return f"{Stage(row.stage).label}{again}"
