"""Packs that must come: one a month, one a quarter. One that was never issued shows as missing (M033, M034)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations import filings
from bihuan.kernel.expectations.cadences import declare, ensure
from bihuan.kernel.expectations.kinds import Kind, declare_kind
from bihuan.kernel.expectations.models import Cadence, Expectation, Holders, Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, AgencyKind, Region
from bihuan.kernel.territory.trees import in_force, the_district
from bihuan.reporting.genres import GENRES, following, genre_of
from bihuan.reporting.models import Report

DAYS = 10
"""Working days after the month or quarter within which its pack is due."""


def kind_of(kind: str) -> str:
    """The name under which a kind of report is expected."""
    return f"report_{kind}"


def declare_kinds() -> None:
    """A pack is work, of which there is no nil filing; it is done where reports are begun."""
    for genre in GENRES.values():
        if genre.due is not None:
            declare_kind(Kind(kind_of(genre.kind), deed=True, place=_begin))


def _begin(due: Any) -> str:
    """Where the pack that is due is begun."""
    return f"/reports/new/?kind={due.kind.removeprefix('report_')}"


def office_on(day: date) -> Agency | None:
    """The committee office, which issues them."""
    rows = Agency.objects.filter(in_force(day), kind=AgencyKind.COMMITTEE_OFFICE)
    return rows.order_by("order", "id").first()


def expect(kind: str, period: Period, region: Region) -> None:
    """From the first pack of a kind on, every period owes one; earlier ones do not."""
    genre, district = genre_of(kind), the_district()
    if genre.due is None or district is None or district.region_id != region.pk:
        return
    office = office_on(period.first)
    if office is None or Cadence.objects.filter(kind=kind_of(kind)).exists():
        return
    declare(
        kind_of(kind),
        genre.subject,
        genre.due,
        since=period.first,
        holders=Holders.ONE,
        holder=office,
        days=DAYS,
    )
    while period.first <= clock.today():
        ensure(period, kind_of(kind))
        period = following(period)


def meet(report: Report, actor: Actor) -> None:
    """An issue meets what was due of its period."""
    district, office = the_district(), office_on(report.as_of)
    regular = genre_of(report.kind).due is not None
    if regular and office is not None and district is not None and report.region_id == district.region_id:
        filings.meet(kind_of(report.kind), office, Period.parse(report.period), actor, met_by=report.uid)


def missing(on: date) -> Sequence[tuple[str, list[Period]]]:
    """The packs that are overdue on ``on``, by kind of report."""
    kinds = {kind_of(genre.kind): genre.label for genre in GENRES.values() if genre.due}
    found: dict[str, list[Period]] = {}
    for row in Expectation.objects.filter(kind__in=kinds).order_by("kind", "period"):
        if row.standing(on) is Standing.MISSING:
            found.setdefault(kinds[row.kind], []).append(Period.parse(row.period))
    return list(found.items())
