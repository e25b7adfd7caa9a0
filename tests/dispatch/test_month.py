"""A month of tasks, lived hour by hour as the worker lives it: who hears of what, on which day, and never twice.

February 2026 has what a month can have: the Spring Festival from the 15th to the 23rd, and two Saturdays that are worked
for it, the 14th and the 28th.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from bihuan.capabilities.dispatch import inputs, jobs
from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel import clock
from bihuan.kernel.calendar import is_working_day
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.exchange.notices import unread
from bihuan.kernel.loops import escalation
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.record.reading import entries_of
from tests.dispatch import steps
from tests.world import World

HOURS = (time(0, 0), time(7, 25), time(9, 0), time(15, 0), time(22, 0))
REMINDED = time(7, 25)
TWICE = time(9, 0)
LEAD = frozenset({"regulator", "regulator_two", "officer"})
OFFICE = frozenset({"office", "office_two"})
PARTNERS = LEAD | {"clerk_east"}


def at(day: int, hour: int = 9, minute: int = 0, month: int = 2) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=clock.SHANGHAI)


def morning(day: int, month: int = 2) -> datetime:
    return at(day, 8, 30, month)


@dataclass
class Month:
    """The worker's month, and what people do in it."""

    world: World
    deeds: dict[datetime, list[Callable[[], Task]]] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)

    def dispatch(self, when: datetime, title: str, due: date) -> None:
        def done() -> Task:
            self.tasks[title] = steps.dispatched(self.world, title=title, due_on=due)
            return self.tasks[title]

        self.deeds.setdefault(when, []).append(done)

    def step(self, when: datetime, title: str, name: str, by: str, given: Callable[[], object]) -> None:
        def done() -> Task:
            return steps.taken(self.world, Task.objects.get(uid=self.tasks[title].uid), name, given(), by)

        self.deeds.setdefault(when, []).append(done)

    def live(self, first: date, last: date) -> None:
        moments = [
            datetime.combine(first + timedelta(days=past), hour, clock.SHANGHAI)
            for past in range((last - first).days + 1)
            for hour in HOURS
        ]
        for moment in sorted({*moments, *self.deeds}):
            with clock.frozen(moment):
                for deed in self.deeds.get(moment, ()):
                    self._told(deed())
                self._worker(moment.time())

    def _told(self, task: Task) -> None:
        """What the outbox tells of a deed, told twice as after a crash."""
        entry = [*entries_of(task.uid)][-1]
        for _ in range(2):
            tell("task", task.uid, entry.verb, entry.seq)

    def _worker(self, hour: time) -> None:
        escalation.climb_all()
        if hour == REMINDED:
            jobs.remind(0)
            jobs.remind(0)
        if hour == TWICE:
            escalation.climb_all()

    def heard(self, title: str, words: str) -> dict[str, datetime]:
        """Who got the notice that says ``words``, and when it showed."""
        found = Notice.objects.filter(matter=self.tasks[title].uid, text__contains=words)
        shown = list(found.values_list("post", "not_before"))
        assert len(shown) == len({post for post, _ in shown}), f"told twice: {words}"
        return {self._name(post): when.astimezone(clock.SHANGHAI) for post, when in shown}

    def _name(self, post: int) -> str:
        return next(
            name
            for name in self.world.users
            if post in {one.post_id for one in self.world.actor(name).scopes}
        )


def receipt() -> inputs.Receipt:
    return inputs.Receipt(responsible_person="工贸科 李科长", measures="分三组，每周八家")


@pytest.fixture
def month(world: World) -> Month:
    """Lived from the 2nd of February to the 12th of March."""
    made = Month(world)
    for title in ("没人办完", "晚一天办完"):
        made.dispatch(at(2), title, date(2026, 2, 11))
        made.step(at(3, 10), title, "receive", "regulator", receipt)
    made.step(at(12, 15), "晚一天办完", "complete", "regulator", steps.completion)
    made.step(at(24, 10), "晚一天办完", "accept", "office", steps.acceptance)
    made.dispatch(at(27, 16), "没人签收", date(2026, 3, 20))
    gone = inputs.Reason(reason="与另一任务重复")
    made.step(at(2, 12, month=3), "没人签收", "withdraw", "office", lambda: gone)
    made.dispatch(at(2), "节日督办", date(2026, 3, 11))
    made.step(at(3, 10), "节日督办", "receive", "regulator", receipt)
    later = inputs.Extension(until=date(2026, 3, 12), reason="企业停产检修")
    made.step(at(4, 10), "节日督办", "request_extension", "regulator", lambda: later)
    listed = inputs.Supervision(due_on=date(2026, 3, 10), demand="节日期间每天巡查")
    made.step(at(18, 22), "节日督办", "supervise", "leader", lambda: listed)
    for day, hour in ((5, 21), (7, 10), (14, 11), (14, 23), (16, 11)):
        made.dispatch(at(day, hour), f"{day}日{hour}时交办", date(2026, 2, 26))
    made.live(date(2026, 2, 2), date(2026, 3, 12))
    return made


def only(names: frozenset[str] | set[str], when: datetime) -> dict[str, datetime]:
    return dict.fromkeys(names, when)


@pytest.mark.slow
def test_everybody_hears_on_the_day_once_and_nobody_at_night_or_on_a_rest_day(month: Month) -> None:
    _what_nobody_finishes_is_asked_of_each_in_turn(month)
    _what_is_finished_climbs_no_further_and_waits_for_whoever_accepts(month)
    _what_is_withdrawn_is_left_alone(month)
    _the_urgent_one_goes_out_at_once_and_the_office_hears_what_is_asked_of_it(month)
    _the_quiet_ones_wait_for_a_working_day(month)


def _what_nobody_finishes_is_asked_of_each_in_turn(month: Month) -> None:
    heard = partial(month.heard, "没人办完")
    assert heard("已交办任务") == only(PARTNERS, at(2))
    assert heard("上报完成2026-02-11 到期") == only(LEAD, morning(6))
    assert heard("逾期 1 天") == only({"regulator"}, morning(12))
    # A Saturday that is worked: it goes out.
    assert heard("逾期 3 天") == only({"office"}, morning(14))
    # The seventh day lies in the Spring Festival: it waits for the first morning after.
    assert heard("逾期 7 天") == only({"leader"}, morning(24))
    rungs = Escalation.objects.filter(matter=month.tasks["没人办完"].uid).order_by("level")
    assert list(rungs.values_list("holder", flat=True)) == ["lead", "office", "leader", "chair"]


def _what_is_finished_climbs_no_further_and_waits_for_whoever_accepts(month: Month) -> None:
    heard = partial(month.heard, "晚一天办完")
    assert heard("逾期 1 天") == only({"regulator"}, morning(12))
    assert heard("已上报完成") == only(OFFICE, at(12, 15))
    # Five working days over the festival: the 26th; three of them before it is the worked Saturday.
    assert heard("验收办结2026-02-26 到期") == only(OFFICE, morning(14))
    assert heard("已验收办结") == only(PARTNERS, at(24, 10))
    assert not heard("逾期 3 天")
    assert not heard("逾期 7 天")
    uid = month.tasks["晚一天办完"].uid
    assert not Escalation.objects.filter(matter=uid, settled_at=None).exists()


def _what_is_withdrawn_is_left_alone(month: Month) -> None:
    heard = partial(month.heard, "没人签收")
    # One working day to receive it, and the Saturday is one.
    assert heard("签收今天到期") == only(LEAD, morning(28))
    # Overdue on a Sunday: told on Monday.
    assert heard("逾期 1 天") == only({"regulator"}, morning(2, 3))
    assert not heard("逾期 3 天")


def _the_urgent_one_goes_out_at_once_and_the_office_hears_what_is_asked_of_it(month: Month) -> None:
    assert month.heard("节日督办", "已挂牌督办") == only(PARTNERS, at(18, 22))
    assert month.heard("节日督办", "已申请延期") == only(OFFICE, at(4, 10))
    with clock.frozen(at(4, 11)):
        uid = month.tasks["节日督办"].uid
        assert unread(month.world.actor("office")).filter(matter=uid).exists()
        assert not unread(month.world.actor("clerk_west")).filter(matter=uid).exists()


def _the_quiet_ones_wait_for_a_working_day(month: Month) -> None:
    quiet = Notice.objects.filter(urgent=False)
    shown = {when.astimezone(clock.SHANGHAI) for when in quiet.values_list("not_before", flat=True)}
    assert all(is_working_day(when.date()) and 8 <= when.hour < 20 for when in shown)
    assert {at(14, 11), morning(6), morning(9), morning(24)} <= shown
    keys = list(Notice.objects.exclude(reminder="").values_list("post", "reminder"))
    assert len(keys) == len(set(keys)) > 0
