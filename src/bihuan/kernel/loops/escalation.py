"""What happens when a day passes unmet: the ladder is climbed, rung by rung, and each rung is on the record.

The rungs and their days are a policy row of the day the matter began; the people on them come from the responsibility
chain of its object (M106). A passed deadline may also open a duty by itself, such as the visit that sees what became of
it (M095).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.loops import apart, duties
from bihuan.kernel.loops.apart import Rows
from bihuan.kernel.loops.climbing import Lateness, append, climb
from bihuan.kernel.loops.declaration import Duty, Timer
from bihuan.kernel.loops.duties import Owed
from bihuan.kernel.loops.notices import tell_duty
from bihuan.kernel.loops.registry import Running, all_running
from bihuan.kernel.loops.writing import columns_of
from bihuan.kernel.policies import values as policies

AT_ONCE = 200
OPENED = "open_duty"
Ladders = dict[tuple[str, date], Any]


def climb_all() -> int:
    """Climb every ladder that is due today; returns how many rungs were climbed. Repeating it climbs none twice."""
    ladders: Ladders = {}
    climbed = 0
    with apart.rows("loops.climb") as run:
        for service in all_running():
            for timer in service.loop.timers:
                late = _Late(service, timer, ladders)
                climbed += _pass(run, late.rows, late.has_work, late.work)
            owing = _Owing(service, ladders)
            climbed += _pass(run, owing.rows, owing.has_work, owing.work)
    return climbed


def _pass(
    run: Rows, rows: Callable[[], Any], has_work: Callable[[Any], bool], work: Callable[[Any], int]
) -> int:
    """Most of what is late waits for its next rung: that is seen without locking it."""
    climbed, last = 0, None
    while True:
        found = rows() if last is None else rows().filter(uid__gt=last)
        matters = list(found.select_related("agency").order_by("uid")[:AT_ONCE])
        if not matters:
            return climbed
        last = matters[-1].uid
        climbed += sum(
            run.each(matter.no, partial(_try, rows, matter, has_work, work), 0) for matter in matters
        )


def _try(
    rows: Callable[[], Any], matter: Any, has_work: Callable[[Any], bool], work: Callable[[Any], int]
) -> int:
    return _one(rows, matter.uid, work) if has_work(matter) else 0


@transaction.atomic
def _one(rows: Callable[[], Any], uid: Any, work: Callable[[Any], int]) -> int:
    matter = (
        rows()
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("object", "object__region", "agency")
        .filter(uid=uid)
        .first()
    )
    return 0 if matter is None else work(matter)


def _began(matter: Any) -> date:
    day = clock.day_of(matter.opened_at)
    return day


def _ladder(ladders: Ladders, key: str, matter: Any) -> Any:
    """The ladder of the day the matter began, asked for once."""
    asked = key, _began(matter)
    if asked not in ladders:
        ladders[asked] = policies.value(key, on=asked[1]).value
    return ladders[asked]


@dataclass(frozen=True, slots=True)
class _Late:
    """Matters past their own deadline."""

    service: Running
    timer: Timer
    ladders: Ladders

    def rows(self) -> Any:
        states = [state.value for state in self.timer.states]
        return self.service.model._default_manager.filter(state__in=states, deadline__lt=clock.today())

    def has_work(self, matter: Any) -> bool:
        return bool(self._rungs(matter)) or any(duties.due_when_late(self.service.loop, matter))

    def work(self, matter: Any) -> int:
        for duty in list(duties.due_when_late(self.service.loop, matter)):
            _open(self.service, matter, duty)
        rungs = self._rungs(matter)
        if not rungs:
            return 0
        return climb(
            self.service, matter, Lateness(self.timer.name, matter.deadline, matter.escalated, rungs)
        )

    def _rungs(self, matter: Any) -> list[Any]:
        """The rungs due today that the matter has not climbed yet."""
        ladder = _ladder(self.ladders, self.service.ladder_of(self.timer.ladder, matter), matter)
        days = (clock.today() - matter.deadline).days
        return [rung for rung in ladder if rung["after_days"] <= days][matter.escalated :]


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a due rule may ask when nobody acts: it counts from the day that passed, by the rules of the matter's day."""

    day: date

    def began(self, matter: Any) -> date:
        return _began(matter)


def _open(service: Running, matter: Any, duty: Duty) -> None:
    """The passed deadline opens a duty: on the record, and told to those whose duty it is."""
    assert duty.when_late is not None
    before = columns_of(matter)
    duties.mark_late(matter, duty)
    deadline = duty.when_late(matter, None, _Opening(matter.deadline))
    duties.owe(service.loop, matter, duty.name, deadline)
    payload = {"duty": duty.label, "due": deadline.due.isoformat(), "rule": deadline.rule}
    append(service, matter, OPENED, payload, before)
    tell_duty(service, matter, duty, deadline.due)


@dataclass(frozen=True, slots=True)
class _Owing:
    """Matters that owe something whose day has passed, or that a level is to be told of at once."""

    service: Running
    ladders: Ladders

    def rows(self) -> Any:
        return self.service.model._default_manager.filter(duty_on__lte=clock.today())

    def has_work(self, matter: Any) -> bool:
        return any(self._due(matter))

    def work(self, matter: Any) -> int:
        return sum(climb(self.service, matter, late) for late in list(self._due(matter)))

    def _due(self, matter: Any) -> Iterator[Lateness]:
        for owed in duties.owed_of(self.service.loop, matter):
            rungs = self._rungs(matter, owed)
            if rungs:
                yield Lateness("escalate", owed.due, owed.escalated, rungs, owed.duty)

    def _rungs(self, matter: Any, owed: Owed) -> list[Any]:
        duty = owed.duty
        days = (clock.today() - owed.due).days
        at_once = [{"level": duty.at_once, "action": "notify"}] if duty.at_once else []
        ladder = _ladder(self.ladders, self.service.ladder_of(duty.ladder, matter), matter)
        late = [rung for rung in ladder if 0 < rung["after_days"] <= days]
        return [*at_once, *late][owed.escalated :]
