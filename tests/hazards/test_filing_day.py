"""The day by which ledgers are filed is the district's, for the months that begin from then on."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bihuan.capabilities.hazards import filing
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations import cadences
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.policies.values import set_policy
from tests.world import World


@pytest.mark.parametrize(("since", "september"), [(date(2026, 9, 1), 10), (date(2026, 9, 2), 5)])
def test_another_filing_day_holds_for_whole_months(world: World, since: date, september: int) -> None:
    filing.expect_ledgers(date(2026, 1, 1))
    with clock.frozen(datetime(2026, 8, 20, 9, tzinfo=clock.SHANGHAI)):
        set_policy(filing.FILING_DAY, 10, effective_from=since, actor=world.actor("office"), basis="会议")
    for month in ("2026-08", "2026-09", "2026-10"):
        cadences.ensure(Period.parse(month), filing.LEDGER)
    rules = dict(Expectation.objects.values_list("period", "cadence__days"))
    assert rules == {"2026-08": 5, "2026-09": september, "2026-10": 10}
