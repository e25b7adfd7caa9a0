"""The figures of gaps: how many were found, closed and stand open at a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

GAPS = Tally(
    name="gaps",
    model="gaps.Gap",
    table="gaps_gap",
    born=DateOf("found_on"),
    dates={"closed": DateOf("closed_on")},
    dims={"region": Dim("region_path"), "agency": Dim("agency_id", "bigint"), "kind": Dim("cause")},
    where="NOT voided",
)


def found(period: Period, as_of: date) -> Q:
    """Found in the period and by the cut-off; what turned out to be none is none."""
    return Q(voided=False, found_on__gte=period.first, found_on__lte=min(period.last, as_of))


def closed(period: Period, as_of: date) -> Q:
    """Found, and closed by the cut-off."""
    return found(period, as_of) & Q(closed_on__lte=as_of)


def still_open(period: Period, as_of: date) -> Q:
    """Found, and not closed by the cut-off."""
    return found(period, as_of) & (Q(closed_on=None) | Q(closed_on__gt=as_of))


registry.register(
    Figure("gaps.found", "发现监管盲区", "项", "count", GAPS, found, plus=Measure()),
    Figure("gaps.closed", "核销监管盲区", "项", "count", GAPS, closed, plus=Measure(("closed",))),
    Figure(
        "gaps.open", "未核销监管盲区", "项", "count", GAPS, still_open, plus=Measure(), minus=Measure(("closed",)),
    ),
)  # fmt: skip

name_codes("kind", {cause.value: cause.label for cause in Cause})
