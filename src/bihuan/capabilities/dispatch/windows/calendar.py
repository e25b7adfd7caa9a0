"""The year's key periods proposed by the calendar, and their turning by the clock."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from bihuan.capabilities.dispatch.windows import inputs, turning
from bihuan.capabilities.dispatch.windows.kinds import USUAL, Usual
from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.dispatch.windows.states import WindowState
from bihuan.kernel import clock
from bihuan.kernel.calendar.statutory import in_force
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import apart, engine
from bihuan.kernel.people.actors import Actor

_log = logging.getLogger(__name__)
SYSTEM = Actor.system("重点时段")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One window of a year: its days, whether they are still an estimate, and what is there already."""

    usual: Usual
    name: str
    first: date
    last: date
    provisional: bool = False
    there: KeyWindow | None = None

    @property
    def past(self) -> bool:
        return self.last < clock.today()


def proposals(year: int) -> Sequence[Proposal]:
    """Every usual window of a year in the order of its days; one statement."""
    rows = KeyWindow.objects.filter(year=year).exclude(state=WindowState.CANCELLED)
    there = {row.kind: row for row in rows}
    found = []
    for one in USUAL:
        days = one.days(year)
        if days is not None:
            known = in_force().is_known(days[0]) and in_force().is_known(days[1])
            name = f"{year}年{one.kind.label}"
            found.append(
                Proposal(
                    one,
                    name,
                    *days,
                    provisional=one.by_holiday and not known,
                    there=there.get(one.kind.value),
                )
            )
    return sorted(found, key=lambda each: each.first)


def take_over(year: int, actor: Actor) -> int:
    """Plan every proposed window of the year that is not there and not over; how many. Repeated, nothing is new.

    Raises:
        Refused: the actor may not plan.
    """
    wanted = [each for each in proposals(year) if each.there is None and not each.past]
    given = [
        inputs.Planning(
            kind=each.usual.kind.value, name=each.name, first_day=each.first, last_day=each.last,
            ahead=each.usual.ahead, reporting=each.usual.reporting.value,
        )
        for each in wanted
    ]  # fmt: skip
    return len(engine.open_many("window", "plan", given, actor=actor)) if given else 0


def turn() -> int:
    """Enter what has begun and leave what is over; how many turned. A window that fails leaves the others alone."""
    today = clock.today()
    waiting = KeyWindow.objects.filter(
        state__in=[WindowState.PLANNED, WindowState.OPEN], enters_on__lte=today
    )
    with apart.rows("windows.turn") as rows:
        return sum(
            rows.each(window.no, partial(_turn, window, today), 0)
            for window in waiting.order_by("first_day", "no")
        )


def _turn(window: KeyWindow, today: date) -> int:
    if window.last_day < today:
        return _do("leave", window)
    if window.state == WindowState.PLANNED:
        return _do("enter", window)
    turning.write_down(window)
    return 0


def _do(step: str, window: KeyWindow) -> int:
    """One step by the system; somebody else's being faster is no fault."""
    try:
        engine.perform("window", step, window.no, inputs.Opinion(), actor=SYSTEM, version=window.version)
    except Stale:
        return 0
    except Refused as refusal:
        _log.warning("%s %s: %s", window.no, step, refusal)
        return 0
    return 1
