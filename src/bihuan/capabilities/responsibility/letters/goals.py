"""年度三项目标 (M009): accidents down, deaths down, none of the graver kind; true, false, or not known on a day.

Each is compared with the same days of the year before. What nobody counts is not known: the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from bihuan.capabilities.responsibility.letters.indicators import ACCIDENTS, DEATHS, MAJOR
from bihuan.capabilities.responsibility.letters.measuring import NO_ACCIDENTS
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.comparing import a_year_before
from bihuan.kernel.figures.scope import Scope

SHOWN = 20
DISTRICT = Scope()


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal on one day. ``met`` None: not known. ``failing`` are numbers of the records that stand against it."""

    label: str
    met: bool | None
    now: int | None = None
    before: int | None = None
    unit: str = ""
    failing: tuple[str, ...] = ()
    href: str = ""
    note: str = ""


def goals(as_of: date, scope: Scope = DISTRICT) -> tuple[Goal, Goal, Goal]:
    """The three goals of the year of ``as_of``, judged on that day; few statements each."""
    return (
        _falling("事故总量下降", ACCIDENTS, as_of, scope),
        _falling("事故死亡人数下降", DEATHS, as_of, scope),
        _none("较大及以上事故得到遏制", MAJOR, as_of, scope),
    )


def _falling(label: str, figure: str, as_of: date, scope: Scope) -> Goal:
    if not answers.ever_kept(figure):
        return Goal(label, None, note=NO_ACCIDENTS)
    period = Period.parse(f"{as_of.year:04d}")
    now = answers.value(figure, period, as_of, scope)
    before = answers.value(figure, *a_year_before(period, as_of), scope)
    current, former = now.amount or 0, before.amount or 0
    met = current < former or (current == 0 and former == 0)
    failing = () if met else _failing(figure, period, as_of, scope)
    note = f"上年同期 {former} {now.unit}"
    return Goal(label, met, current, former, now.unit, failing, _href(figure, period, as_of, scope), note)


def _none(label: str, figure: str, as_of: date, scope: Scope) -> Goal:
    if not answers.ever_kept(figure):
        return Goal(label, None, note=NO_ACCIDENTS)
    period = Period.parse(f"{as_of.year:04d}")
    now = answers.value(figure, period, as_of, scope)
    current = now.amount or 0
    failing = _failing(figure, period, as_of, scope) if current else ()
    return Goal(label, current == 0, current, None, now.unit, failing, _href(figure, period, as_of, scope))


def _failing(figure: str, period: Period, as_of: date, scope: Scope) -> tuple[str, ...]:
    found: Any = answers.records(figure, period, as_of, scope)
    return tuple(found.order_by("no").values_list("no", flat=True)[:SHOWN])


def _href(figure: str, period: Period, as_of: date, scope: Scope) -> str:
    asked = [
        ("period", period.label),
        ("as_of", as_of.isoformat()),
        *(("regions", path) for path in scope.regions),
    ]
    return f"/figures/{figure}/records/?{urlencode(asked)}"
