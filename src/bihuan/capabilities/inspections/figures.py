"""The figures of inspections (M107, M111, M112), each declared once: from records alone, a joint inspection counted once.

An inspection counts from the day it was finished. 家次 and 家 are two figures: each inspection is one visit to one
object; an enterprise is counted at its first finished inspection of a calendar year, so that the count from 1 January to
any day is that of different enterprises. Hazards by inspection are the things found, counted on the inspection's day.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.capabilities.inspections import modes
from bihuan.capabilities.inspections.states import Nature
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

INSPECTIONS = Tally(
    name="inspections",
    model="inspections.Inspection",
    table="inspections_inspection",
    born=DateOf("finished_on"),
    dates={"rechecked": DateOf("rechecked_on")},
    dims={
        "region": Dim("region_path"),
        "sector": Dim("sector_path"),
        "agency": Dim("agency_id", "bigint"),
        "kind": Dim("mode"),
        "type": Dim("nature"),
        "campaign": Dim("campaign"),
    },
    sums={
        "problems": "found_count",
        "first": "first_of_year::int",
        "failed": "failed_rechecks",
        "ordered": "ordered_count",
        "orders": "(ordered_count > 0)::int",
    },
    where="finished_on IS NOT NULL",
)


def done(period: Period, as_of: date) -> Q:
    """Finished in the period and by the cut-off."""
    return Q(finished_on__gte=period.first, finished_on__lte=min(period.last, as_of))


def firsts(period: Period, as_of: date) -> Q:
    """Finished, and the first of its object in the year."""
    return done(period, as_of) & Q(first_of_year=True)


def enforced(period: Period, as_of: date) -> Q:
    """Finished, and made as enforcement."""
    return done(period, as_of) & Q(nature=Nature.ENFORCEMENT.value)


def finding_something(period: Period, as_of: date) -> Q:
    """Finished, with something found."""
    return done(period, as_of) & Q(found_count__gt=0)


def with_order(period: Period, as_of: date) -> Q:
    """Finished, and something was ordered to be put right by a day (责令限期整改指令书)."""
    return done(period, as_of) & Q(ordered_count__gt=0)


def rechecked(period: Period, as_of: date) -> Q:
    """With an order, and looked at again by the cut-off; the day of the last recheck counts."""
    return with_order(period, as_of) & Q(rechecked_on__lte=as_of)


def failing(period: Period, as_of: date) -> Q:
    """Rechecked, and at least once not put right."""
    return done(period, as_of) & Q(rechecked_on__lte=as_of, failed_rechecks__gt=0)


registry.register(
    Figure("inspections.done", "检查家次", "家次", "count", INSPECTIONS, done, plus=Measure()),
    Figure(
        "inspections.enforcement", "执法检查家次", "家次", "count", INSPECTIONS, enforced,
        plus=Measure(only=(("type", Nature.ENFORCEMENT.value),)),
    ),
    Figure(
        "inspections.enterprises", "检查企业（本年首次）", "家", "count", INSPECTIONS, firsts, plus=Measure(amount="first"),
    ),
    Figure(
        "inspections.found", "检查发现问题", "项", "total", INSPECTIONS, finding_something,
        plus=Measure(amount="problems"), amount="found_count",
    ),
    Figure(
        "inspections.orders", "责令限期整改的检查", "家次", "count", INSPECTIONS, with_order, plus=Measure(amount="orders"),
    ),
    Figure(
        "inspections.ordered", "责令限期整改的问题", "项", "total", INSPECTIONS, with_order,
        plus=Measure(amount="ordered"), amount="ordered_count",
    ),
    Figure(
        "inspections.rechecked", "已复查的责令整改", "家次", "count", INSPECTIONS, rechecked,
        plus=Measure(("rechecked",), amount="orders"),
    ),
    Figure(
        "inspections.failed", "复查不合格", "次", "total", INSPECTIONS, failing,
        plus=Measure(("rechecked",), amount="failed"), amount="failed_rechecks",
    ),
)  # fmt: skip

name_codes("kind", {one.mode: one.label for one in modes.modes().values()})
name_codes("type", {one.value: one.label for one in Nature})
