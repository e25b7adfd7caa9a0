"""The monthly filing of the hazard ledger: who owes it is expected to hand it in, from the day the district began."""

from __future__ import annotations

from datetime import date, timedelta

from bihuan.kernel.expectations.cadences import declare
from bihuan.kernel.expectations.models import Frequency
from bihuan.kernel.policies import values as policies
from bihuan.kernel.policies.models import Policy

FILING_DAY = "hazard.filing_due_day"
LEDGER = "hazard_ledger"
"""The filing, as expectations know it."""


def expect_ledgers(first: date) -> None:
    """Expect a ledger of every month from ``first`` on, by the day that holds then."""
    _expect(int(policies.value(FILING_DAY, on=first).value), first)


def refile(policy: Policy) -> None:
    """Another day of filing was set: it holds for the months that begin from that day on."""
    since = policy.effective_from
    if since.day != 1:
        since = (since.replace(day=1) + timedelta(days=31)).replace(day=1)
    _expect(int(policy.value), since)


def _expect(day: int, since: date) -> None:
    declare(LEDGER, "隐患排查治理台账", Frequency.MONTH, since=since, days=day, unit="calendar")
