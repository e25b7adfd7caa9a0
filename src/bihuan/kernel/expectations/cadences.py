"""From cadences to expectations: what is due is written down before it is due, so that its absence shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet

from bihuan.kernel.calendar.counting import Due, due
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.models import Cadence, Expectation, Frequency, Holders
from bihuan.kernel.territory.models import Agency, AgencyKind, Regulation
from bihuan.kernel.territory.trees import in_force


def declare(
    kind: str,
    title: str,
    frequency: Frequency,
    *,
    since: date,
    holders: Holders = Holders.LEDGER_FILERS,
    holder: Agency | None = None,
    days: int = 5,
    unit: str = Cadence.Unit.WORKING,
    until: date | None = None,
) -> Cadence:
    """The cadence in force from ``since``; a different rule of the same kind and holders ends the day before.

    ``until`` is its last day, where one is known beforehand. Repeating the same declaration changes nothing.
    """
    alike = Cadence.objects.filter(kind=kind, holders=holders, holder=holder, frequency=frequency)
    here = alike.filter(effective_from__lte=since, days=days, unit=unit).filter(_open_on(since)).first()
    if here is not None:
        if here.effective_to != until:
            here.effective_to = until
            here.save(update_fields=["effective_to"])
        return here
    alike.filter(effective_from__lt=since).filter(_open_on(since)).update(
        effective_to=since - timedelta(days=1)
    )
    cadence, _ = Cadence.objects.update_or_create(
        kind=kind,
        holders=holders,
        holder=holder,
        frequency=frequency,
        effective_from=since,
        defaults={"title": title, "days": days, "unit": unit, "effective_to": until},
    )
    return cadence


def stop(kind: str, last: date, *, holder: Agency | None = None, frequency: str = "") -> int:
    """Nothing of ``kind`` is due for a time after ``last``; how many expectations that nobody met yet are gone.

    What was due up to that day stays due. ``holder`` and ``frequency`` limit it to theirs. What was to begin later never
    does: such a rule ends before its first day.
    """
    rows = Cadence.objects.filter(kind=kind).filter(_open_on(last))
    ahead = Expectation.objects.filter(kind=kind, opens_on__gt=last, met_at=None, entry_count=0)
    if holder is not None:
        rows, ahead = rows.filter(holder=holder), ahead.filter(holder=holder)
    if frequency:
        rows, ahead = rows.filter(frequency=frequency), ahead.filter(cadence__frequency=frequency)
    day_before = ExpressionWrapper(F("effective_from") - timedelta(days=1), DateField())
    rows.filter(effective_from__gt=last).update(effective_to=day_before)
    rows.filter(effective_from__lte=last).update(effective_to=last)
    return ahead.delete()[0]


def ensure(period: Period, kind: str | None = None) -> int:
    """Write down what is due for ``period``; how many were new. Safe to repeat, also by two workers at once."""
    wanted = [
        expectation
        for cadence in _in_force(period, kind)
        for expectation in _expected(cadence, period, _holders(cadence, period.last))
    ]
    known = set(Expectation.objects.filter(period=period.label).values_list("holder_id", "kind", "object"))
    missing = [each for each in wanted if (each.holder_id, each.kind, each.object) not in known]
    Expectation.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def ensure_around(day: date, kind: str | None = None) -> int:
    """What is due for the day, week, month and quarter that ``day`` lies in, and for the ones before."""
    return sum(ensure(period, kind) for frequency in Frequency for period in _near(frequency, day))


def recompute_provisional() -> int:
    """Count anew the due days that were drawn over a year without a published calendar; how many moved."""
    open_ones = Expectation.objects.filter(
        provisional=True, met_at=None, waived_at=None, cadence__isnull=False
    )
    moved = 0
    for expectation in open_ones.select_related("cadence"):
        assert expectation.cadence is not None
        counted = _due(expectation.cadence, Period.parse(expectation.period))
        if (counted.due, counted.provisional) != (expectation.due_on, expectation.provisional):
            moved += counted.due != expectation.due_on
            expectation.due_on, expectation.provisional = counted.due, counted.provisional
            expectation.due_rule = counted.rule[:400]
            expectation.save(update_fields=["due_on", "provisional", "due_rule"])
    return moved


def _open_on(day: date) -> Q:
    return Q(effective_to=None) | Q(effective_to__gte=day)


def _in_force(period: Period, kind: str | None) -> QuerySet[Cadence]:
    rows = Cadence.objects.filter(frequency=_frequency(period), effective_from__lte=period.last)
    rows = rows.filter(_open_on(period.last)).select_related("holder")
    return rows.filter(kind=kind) if kind else rows


def _frequency(period: Period) -> str:
    if period.first == period.last:
        return Frequency.DAY.value
    mark = period.label[4:5]
    return {"-": Frequency.MONTH.value, "Q": Frequency.QUARTER.value, "W": Frequency.WEEK.value}.get(mark, "")


def _holders(cadence: Cadence, on: date) -> list[Agency]:
    if cadence.holder is not None:
        return [cadence.holder]
    agencies = Agency.objects.filter(in_force(on)).order_by("order", "id")
    if cadence.holders == Holders.LEDGER_FILERS:
        return list(agencies.filter(files_ledger=True))
    if cadence.holders == Holders.REGULATORS:
        duties = Regulation.objects.filter(in_force(on)).values("agency")
        return list(agencies.filter(kind=AgencyKind.DEPARTMENT, pk__in=duties))
    return list(agencies.filter(kind=cadence.holders))


def _due(cadence: Cadence, period: Period) -> Due:
    if cadence.unit == Cadence.Unit.STRAIGHT:
        day = period.last + timedelta(days=cadence.days)
        return Due(
            day,
            False,
            (),
            f"{period.last}之后第{cadence.days}日，节假日和休息日不顺延" if cadence.days else "当日报送",
        )
    return due(period.last, cadence.days, "working" if cadence.unit == Cadence.Unit.WORKING else "calendar")


def _expected(cadence: Cadence, period: Period, holders: Iterable[Agency]) -> list[Expectation]:
    counted = _due(cadence, period)
    return [
        Expectation(
            cadence=cadence,
            holder=holder,
            kind=cadence.kind,
            title=cadence.title,
            period=period.label,
            opens_on=period.first,
            due_on=counted.due,
            due_rule=counted.rule[:400],
            provisional=counted.provisional,
        )
        for holder in holders
    ]


def _near(frequency: Frequency, day: date) -> list[Period]:
    def of(when: date) -> Period:
        if frequency == Frequency.DAY:
            return Period.day(when)
        if frequency == Frequency.WEEK:
            week = when.isocalendar()
            return Period.parse(f"{week.year:04d}W{week.week:02d}")
        if frequency == Frequency.QUARTER:
            return Period.parse(f"{when.year:04d}Q{(when.month + 2) // 3}")
        return Period.month_of(when)

    now = of(day)
    return [of(now.first - timedelta(days=1)), now]
