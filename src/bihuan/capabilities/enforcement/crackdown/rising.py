"""三违: the month's count of each code against the month before; a rise above the set share is told (M152)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bihuan.capabilities.enforcement.crackdown.catalogue import PERSONS, Code
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.policies import values as policies

FIGURE = "crackdown.violations"


@dataclass(frozen=True, slots=True)
class Trend:
    """One code in one month: its count, that of the month before, and whether it rose too much."""

    code: Code
    now: FigureValue
    before: FigureValue
    alert: bool


def trends(month: Period, as_of: date, scope: Scope | None = None) -> Sequence[Trend]:
    """Every code of violations by persons; two statements."""
    within = scope or Scope()
    former = Period.month_of(month.first - timedelta(days=1))
    share = int(policies.recent("crackdown.rise_share", on=min(month.last, as_of)).value)
    now = answers.value(FIGURE, month, as_of, within, by="code")
    before = answers.value(FIGURE, former, as_of, within, by="code")
    found = []
    for code in PERSONS:
        here, last = _line(now, code.value), _line(before, code.value)
        found.append(Trend(code, here, last, _rose(here.amount or 0, last.amount or 0, share)))
    return found


def _line(told: FigureValue, code: str) -> FigureValue:
    """The line of one code; one that nothing was counted under is a zero of the same kind."""
    line = next((line for line in told.by.values() if line.scope.code == code), None)
    if line is not None:
        return line
    [coverage] = told.coverage
    none = replace(coverage, scope=coverage.scope.at("code", code))
    return replace(told, amount=0, coverage=(none,), by={})


def _rose(now: int, before: int, share: int) -> bool:
    """More than ``share`` per cent above the month before; from none, any is a rise."""
    return now * 100 > before * (100 + share)


def tell_rises() -> int:
    """Tell the committee office of each code that rose this month, once a code and month; returns how many were told."""
    today = clock.today()
    month = Period.month_of(today)
    posts = list(Post.objects.filter(role=Role.OFFICE).values_list("pk", flat=True))
    told = [
        NewNotice(
            text=f"{month.chinese()}“{trend.code.label}”{trend.now.amount} 起，上月 {trend.before.amount} 起，升幅超过预警线",
            post_id=post, reminder=f"crackdown.rise:{trend.code.value}:{month.label}:{post}",
        )
        for trend in trends(month, today)
        if trend.alert
        for post in posts
    ]  # fmt: skip
    return notify(told) or 0
