"""How a district begins: its name in the tree, the sectors of the law, the numbers of the year, the first duties to file."""

from __future__ import annotations

from datetime import date, timedelta

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.cadences import declare
from bihuan.kernel.expectations.models import Frequency
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.numbering import prepare
from bihuan.kernel.policies import values as policies
from bihuan.kernel.policies.models import Policy
from bihuan.kernel.territory.models import District
from bihuan.kernel.territory.trees import found_district
from bihuan.registers.sector_loading import load_sectors

FILING_DAY = "hazard.filing_due_day"
LEDGER = "hazard_ledger"
"""The monthly filing of the hazard ledger, as expectations know it."""


def found(code: str, name: str, *, demo: bool = False, since: date | None = None) -> District:
    """Found the district; repeating it with the same facts changes nothing.

    Raises:
        Refused: another district, or one of the other kind, is already here (``setup.other_district``).
    """
    try:
        district = found_district(code, name, demo=demo)
    except ValueError as other:
        raise Refused.because("setup.other_district", str(other)) from other
    load_sectors()
    first = since or clock.today().replace(day=1)
    for year in (clock.today().year, clock.today().year + 1):
        for service in all_running():
            prepare(service.loop.letter, year)
    _expect_ledgers(int(policies.value(FILING_DAY, on=first).value), first)
    return district


def refile(policy: Policy) -> None:
    """Another day of filing was set: it holds for the months that begin from that day on."""
    since = policy.effective_from
    if since.day != 1:
        since = (since.replace(day=1) + timedelta(days=31)).replace(day=1)
    _expect_ledgers(int(policy.value), since)


def _expect_ledgers(day: int, since: date) -> None:
    declare(LEDGER, "隐患排查治理台账", Frequency.MONTH, since=since, days=day, unit="calendar")
