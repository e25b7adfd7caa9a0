"""What the units of a campaign owe: a report each week or month, as expectations that show when nothing came."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.capabilities.dispatch.campaigns.states import Filing
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations import cadences, filings
from bihuan.kernel.expectations.models import Expectation, Frequency, Holders
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency

_FREQUENCY = {Filing.WEEK.value: Frequency.WEEK, Filing.MONTH.value: Frequency.MONTH}


def kind_of(campaign: Campaign) -> str:
    """What the campaign's reports are called among all that is due."""
    return f"campaign.{campaign.no}"


def begin(campaign: Campaign) -> None:
    """Every unit owes its report from the first period on; repeated, and with another last day, nothing is owed twice."""
    if campaign.filing == Filing.NEVER or campaign.first_day is None:
        return
    for unit in Agency.objects.filter(pk__in=_units(campaign)):
        cadences.declare(
            kind_of(campaign), f"{campaign.name}情况报送"[:80], _FREQUENCY[campaign.filing], since=campaign.first_day,
            holders=Holders.ONE, holder=unit, days=campaign.filing_days, until=campaign.last_day,
        )  # fmt: skip
    cadences.ensure_around(clock.today(), kind_of(campaign))


def stop(campaign: Campaign, day: date) -> None:
    """No period that begins after ``day`` is owed any more."""
    cadences.stop(kind_of(campaign), day)


def _units(campaign: Campaign) -> list[int]:
    return [unit for unit in (campaign.agency_id, *campaign.members) if unit is not None]


def came(campaign: Campaign, label: str, actor: Actor) -> dict[str, Any]:
    """Meet what one of the actor's units owes: the period named, else the oldest one.

    Raises:
        Refused: nothing is owed, or not for that period.
    """
    units = {scope.agency_id for scope in actor.scopes} & set(_units(campaign))
    rows = Expectation.objects.filter(kind=kind_of(campaign), holder__in=units, waived_at=None)
    rows = rows.filter(opens_on__lte=clock.today()).select_related("holder")
    if label:
        row = rows.filter(period=Period.parse(label).label).first()
    else:
        row = rows.filter(met_at=None).order_by("due_on", "holder_id").first()
    if row is None:
        says = f"{label}没有要求您单位报送" if label else "您单位没有待报的情况"
        raise Refused.because("campaign.nothing_due", says, "period")
    filings.meet(row.kind, row.holder, Period.parse(row.period), actor, met_by=campaign.uid)
    return {"unit": row.holder.name, "of": row.period}
