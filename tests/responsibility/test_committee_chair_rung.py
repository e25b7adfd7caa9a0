"""A unit that does not answer the committee office is reported to the committee's chair, and counted by month (M011)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.responsibility.committees import keeping
from bihuan.capabilities.responsibility.committees.models.committees import SeatRole
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.loops import escalation
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.people.models import Post
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.responsibility.chain import Level, chain_of
from tests.dispatch import steps
from tests.responsibility.test_committees import town
from tests.world import World

pytestmark = pytest.mark.django_db
PATIENCE = timedelta(days=20 + 16)


def seat_the_leader(world: World) -> Post:
    """The district's own committee, its chair the leader."""
    post = Post.objects.get(pk=world.actor("leader").scopes[0].post_id)
    committee = keeping.set_up("薛河区安全生产委员会", world.district, world.actor("office"))
    keeping.seat(committee, SeatRole.CHAIR, world.actor("office"), post=post)
    return post


def rungs_of(task: Task) -> list[str]:
    return list(Escalation.objects.filter(matter=task.uid).order_by("level").values_list("holder", flat=True))


def test_a_silent_unit_is_reported_to_the_chair(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chair = seat_the_leader(world)
    task = steps.received(world)
    later = clock.now() + PATIENCE
    monkeypatch.setattr(clock, "now", lambda: later)
    assert escalation.climb_all() == 4
    assert rungs_of(task) == ["lead", "office", "leader", "chair"]
    last = Escalation.objects.get(matter=task.uid, holder="chair")
    assert last.post_id == chair.pk
    assert last.name.startswith("薛河区安全生产委员会主任")
    assert Notice.objects.filter(post=chair, matter=task.uid, reminder__endswith=":4").exists()
    assert "安委会主任" in entries_of(task.uid)[-1].payload["to"][-1]
    assert escalation.climb_all() == 0


def test_an_answer_in_time_is_reported_to_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seat_the_leader(world)
    task = steps.closed(world)
    later = clock.now() + PATIENCE
    monkeypatch.setattr(clock, "now", lambda: later)
    escalation.climb_all()
    assert rungs_of(task) == []


def test_a_towns_silence_is_not_reported_to_the_town_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, mayor, _ = town(world)
    chair = seat_the_leader(world)
    task = steps.dispatched(world, lead=world.east_government.pk, supporting=())
    later = clock.now() + PATIENCE
    monkeypatch.setattr(clock, "now", lambda: later)
    escalation.climb_all()
    last = Escalation.objects.get(matter=task.uid, holder="chair")
    assert last.post_id == chair.pk != mayor.pk


def test_where_no_committee_is_registered_the_gap_shows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = steps.received(world)
    later = clock.now() + PATIENCE
    monkeypatch.setattr(clock, "now", lambda: later)
    assert escalation.climb_all() == 4
    last = Escalation.objects.get(matter=task.uid, holder="chair")
    assert (last.name, last.post_id) == ("安委会主任（空缺）", None)


def test_the_tasks_page_names_the_chair(world: World) -> None:
    chair = seat_the_leader(world)
    holders = chain_of(steps.dispatched(world), clock.today())
    assert [holder.level for holder in holders] == [Level.LEAD, Level.OFFICE, Level.LEADER, Level.CHAIR]
    assert holders[-1].post_id == chair.pk


def test_silence_is_counted_by_unit_and_by_the_month_in_which_the_day_passed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lead in (world.bureau, world.bureau, world.east_government):
        steps.dispatched(world, lead=lead.pk, supporting=())
    steps.completed(world)
    late = steps.received(world)
    due = late.due_on
    later = clock.now() + timedelta(days=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    Task.objects.filter(pk=late.pk).update(finished_on=due + timedelta(days=2))
    passed = due + timedelta(days=1)
    month, next_month = Period.parse(f"{passed:%Y-%m}"), Period.parse(f"{passed + timedelta(days=31):%Y-%m}")
    found = answers.value("tasks.unanswered", month, clock.today(), by="unit")
    assert found.amount == 4, "an answer two days late does not undo the silence"
    assert sorted(part.amount or 0 for part in found.by.values()) == [1, 3]
    assert answers.value("tasks.unanswered", month, due).amount == 0, "on the day itself nobody is late"
    assert answers.value("tasks.unanswered", next_month, clock.today()).amount == 0
    assert answers.records("tasks.unanswered", month, clock.today()).count() == 4
    assert checking.check().ok


def test_a_day_set_for_the_last_of_a_month_is_silence_of_the_next(world: World) -> None:
    task = steps.dispatched(world)
    Task.objects.filter(pk=task.pk).update(due_on=date(2027, 4, 30))
    month, following = Period.parse("2027-04"), Period.parse("2027-05")
    for as_of in (
        date(2027, 4, 30),
        date(2027, 5, 1),
        date(2027, 5, 10),
        date(2027, 5, 25),
        date(2027, 6, 3),
    ):
        for period in (month, following):
            kept = answers.values(["tasks.unanswered"], period, as_of)["tasks.unanswered"].value
            assert kept == int(period is following and as_of > date(2027, 4, 30)), (period.label, as_of)
