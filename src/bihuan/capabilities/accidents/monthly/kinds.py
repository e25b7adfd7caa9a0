"""The two kinds of monthly form: under which name each is due, from which day it can be filed, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.kernel.calendar.periods import Period


@dataclass(frozen=True, slots=True)
class Kind:
    """One form. ``name`` is that of its loop and of its expectation; ``from_day`` the day of the month it opens on.

    ``day_policy`` names the district's rule for the last day, counted after the end of the month.
    """

    name: str
    plural: str
    title: str
    day_policy: str
    from_day: int

    def opens_on(self, month: Period) -> date:
        """From which day on the form of ``month`` can be filed; its last day where ``from_day`` lies beyond."""
        return min(month.first + timedelta(days=self.from_day - 1), month.last)


RETURN = Kind("accident_return", "returns", "安全生产事故统计报表", "accident_return.filing_day", 31)
FORECAST = Kind("risk_forecast", "forecasts", "预警预测月报表", "risk_forecast.filing_day", 20)
KINDS = (RETURN, FORECAST)


def kind_called(name: str) -> Kind:
    """The kind of a loop's or an expectation's name."""
    return next(kind for kind in KINDS if kind.name == name)
