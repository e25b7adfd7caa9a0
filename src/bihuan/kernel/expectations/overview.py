"""Who has filed and who has not: the lists of a month's filings, and what an agency still owes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One holder's line of the overview."""

    expectation: Expectation
    holder: str
    standing: Standing


def overview(kind: str, period: Period, on: date | None = None) -> list[Line]:
    """Every holder's filing of a period as it stands on ``on`` (today), in the official order of agencies."""
    day = on or clock.today()
    rows = Expectation.objects.filter(kind=kind, period=period.label).select_related("holder")
    return [
        Line(expectation, expectation.holder.name, expectation.standing(day))
        for expectation in rows.order_by("holder__order", "holder_id")
    ]


def counts(lines: list[Line]) -> dict[Standing, int]:
    """How many stand where, all standings named."""
    found = Counter(line.standing for line in lines)
    return {standing: found[standing] for standing in Standing}


def missing_of(actor: Actor, on: date | None = None) -> list[Line]:
    """What the actor's agencies have not filed yet: overdue first, then what is due."""
    day = on or clock.today()
    agencies = {scope.agency_id for scope in actor.scopes if scope.agency_id is not None}
    rows = Expectation.objects.filter(
        holder__in=agencies, met_at=None, waived_at=None, opens_on__lte=day
    ).select_related("holder")
    return [
        Line(expectation, expectation.holder.name, expectation.standing(day))
        for expectation in rows.order_by("due_on", "holder_id")
    ]
