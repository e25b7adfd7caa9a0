"""The figures of plans and of key objects (M110): planned, done, and how many key objects were inspected in a quarter.

A line counts in the period of the day it is due; a key object in the quarter it is written down for. Only what was
approved and not excused is planned.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally

_DIMS = {"region": Dim("region_path"), "sector": Dim("sector_path"), "agency": Dim("agency_id", "bigint")}
LINES = Tally(
    name="plan_lines",
    model="inspection_planning.PlanLine",
    table="inspection_planning_planline",
    born=DateOf("due_on"),
    dates={"done": DateOf("done_on")},
    dims=_DIMS,
    where="counts",
    label="计划内检查对象",
    narrow=True,
)
KEYS = Tally(
    name="key_objects",
    model="inspection_planning.KeyQuarter",
    table="inspection_planning_keyquarter",
    born=DateOf("quarter"),
    dates={"inspected": DateOf("inspected_on")},
    dims=_DIMS,
    label="重点检查对象",
)


def planned(period: Period, as_of: date) -> Q:
    """Due in the period, by an approved plan."""
    return Q(counts=True, due_on__gte=period.first, due_on__lte=min(period.last, as_of))


def done(period: Period, as_of: date) -> Q:
    """Planned, and inspected by the cut-off."""
    return planned(period, as_of) & Q(done_on__lte=as_of)


def key(period: Period, as_of: date) -> Q:
    """Key objects of the quarters that begin in the period."""
    return Q(quarter__gte=period.first, quarter__lte=min(period.last, as_of))


def key_inspected(period: Period, as_of: date) -> Q:
    """Key objects inspected in their quarter, by the cut-off."""
    return key(period, as_of) & Q(inspected_on__lte=as_of)


registry.register(
    Figure("plans.planned", "计划检查", "家次", "count", LINES, planned, plus=Measure()),
    Figure("plans.done", "已完成计划检查", "家次", "count", LINES, done, plus=Measure(("done",))),
    Figure("plans.completion_rate", "检查计划完成率", "%", "ratio", LINES, planned, of=("plans.done", "plans.planned")),
    Figure("coverage.key_objects", "重点检查对象", "家", "count", KEYS, key, plus=Measure()),
    Figure(
        "coverage.key_inspected", "已检查的重点对象", "家", "count", KEYS, key_inspected, plus=Measure(("inspected",)),
    ),
    Figure(
        "coverage.key_rate", "重点对象覆盖率", "%", "ratio", KEYS, key,
        of=("coverage.key_inspected", "coverage.key_objects"),
    ),
)  # fmt: skip
