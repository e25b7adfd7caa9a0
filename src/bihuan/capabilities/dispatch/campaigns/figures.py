"""How far a campaign has reached: objects registered, checked, and the share (M042, M103). Each opens its objects."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally

TARGETS = Tally(
    name="targets",
    model="campaigns.Target",
    table="campaigns_target",
    born=DateOf("registered_on"),
    dates={"checked": DateOf("checked_on")},
    dims={
        "region": Dim("region_path"),
        "sector": Dim("sector_path"),
        "agency": Dim("agency_id", "bigint"),
        "campaign": Dim("campaign_name"),
    },
)

ENLISTED = Tally(
    name="target_units",
    model="campaigns.Target",
    table="campaigns_target",
    born=DateOf("registered_on"),
    dates={},
    dims={"region": Dim("region_path"), "sector": Dim("sector_path")},
    desk=False,
    label="列入检查对象的单位",
)
"""The same without campaigns: one unit under two of them is one unit."""


def registered(period: Period, as_of: date) -> Q:
    """Registered with a campaign in the period and by the cut-off."""
    return Q(registered_on__gte=period.first, registered_on__lte=min(period.last, as_of))


def checked(period: Period, as_of: date) -> Q:
    """Registered, and looked at on or before the cut-off."""
    return registered(period, as_of) & Q(checked_on__lte=as_of)


def waiting(period: Period, as_of: date) -> Q:
    return registered(period, as_of) & (Q(checked_on=None) | Q(checked_on__gt=as_of))


registry.register(
    Figure("campaigns.targets", "列入检查对象", "家", "count", TARGETS, registered, plus=Measure()),
    Figure(
        "campaigns.enterprises", "列入检查对象的不同单位", "家", "count", ENLISTED, registered, plus=Measure(), distinct="object",
    ),
    Figure("campaigns.checked", "已检查对象", "家", "count", TARGETS, checked, plus=Measure(("checked",))),
    Figure(
        "campaigns.unchecked", "未检查对象", "家", "count", TARGETS, waiting,
        plus=Measure(), minus=Measure(("checked",)),
    ),
    Figure(
        "campaigns.coverage", "检查覆盖率", "%", "ratio", TARGETS, registered,
        of=("campaigns.checked", "campaigns.targets"),
    ),
)  # fmt: skip
