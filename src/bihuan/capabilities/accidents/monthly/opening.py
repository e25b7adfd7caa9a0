"""The forms of a month: expected of every unit that must file, and opened once, by the system, as soon as it can be filed."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from bihuan.capabilities.accidents.monthly import inputs
from bihuan.capabilities.accidents.monthly.kinds import KINDS, Kind, kind_called
from bihuan.capabilities.accidents.monthly.models import AccidentReturn, MonthlyForm, RiskForecast
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import declare, ensure
from bihuan.kernel.expectations.models import Cadence, Expectation, Frequency, Holders
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.policies.models import Policy
from bihuan.kernel.territory.trees import the_district

MODELS: dict[str, type[MonthlyForm]] = {"accident_return": AccidentReturn, "risk_forecast": RiskForecast}
OF_WHOM = (Holders.REGULATORS, Holders.TOWNS)
"""Who must file: every agency that regulates an industry, and every town."""


def expect_forms(first: date) -> None:
    """Expect both forms of every month from ``first`` on."""
    for kind in KINDS:
        _expect(kind, int(policies.value(kind.day_policy, on=first).value), first)


def refile(policy: Policy) -> None:
    """Another last day was set: it holds for the months that begin from that day on."""
    since = policy.effective_from
    if since.day != 1:
        since = (since.replace(day=1) + timedelta(days=31)).replace(day=1)
    _expect(kind_called(policy.key.key.partition(".")[0]), int(policy.value), since)


def _expect(kind: Kind, days: int, since: date) -> None:
    for whom in OF_WHOM:
        declare(kind.name, kind.title, Frequency.MONTH, since=since, holders=whom, days=days, unit="calendar")


def place_of(expectation: Expectation) -> str:
    """Where a form is filed."""
    return f"/{kind_called(expectation.kind).plural}/compiled/?month={expectation.period}"


def open_month(kind: Kind, month: Period) -> int:
    """Open what is missing of a month; how many were new. Safe to repeat, also by two at once."""
    ensure(month, kind.name)
    there = MODELS[kind.name]._default_manager.filter(period=month.label).values("agency")
    due = Expectation.objects.filter(kind=kind.name, period=month.label, waived_at=None).exclude(
        holder__in=there
    )
    missing = list(due.order_by("holder__order", "holder_id"))
    if not missing:
        return 0
    given = [inputs.Opening(unit=each.holder_id, month=month.label) for each in missing]
    columns = [{"period": month.label, "month_from": month.first, "due_on": each.due_on} for each in missing]
    try:
        with transaction.atomic():
            engine.open_many(kind.name, "open", given, actor=Actor.system("月报"), columns=columns)
    except IntegrityError:
        return 0  # another worker was faster
    return len(missing)


def open_around(day: date) -> int:
    """The month before, and the present one as soon as its form can be filed. A district of before begins with this month."""
    if the_district() is None:
        return 0
    if not Cadence.objects.filter(kind__in=[kind.name for kind in KINDS]).exists():
        expect_forms(day.replace(day=1))
    now = Period.month_of(day)
    before = Period.month_of(now.first - timedelta(days=1))
    return sum(
        open_month(kind, month) for kind in KINDS for month in (before, now) if kind.opens_on(month) <= day
    )
