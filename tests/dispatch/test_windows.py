"""A key period comes and goes by itself: what it opens on its day, what it stops, what it leaves (M048)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.windows import calendar, inputs, turning
from bihuan.capabilities.dispatch.windows.access import visible_windows
from bihuan.capabilities.dispatch.windows.kinds import USUAL, new_years_day, usual
from bihuan.capabilities.dispatch.windows.loop import WINDOW
from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.dispatch.windows.states import WindowState
from bihuan.capabilities.dispatch.windows.summary import document_of
from bihuan.kernel import clock
from bihuan.kernel.calendar import why_not_working
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import to_docx
from bihuan.kernel.documents.outline import texts
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.filings import file_nil
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import answers
from bihuan.kernel.loops.grid import grid
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.record.reading import entries_of
from tests.dispatch import steps as task_steps
from tests.dispatch import window_steps as steps
from tests.dispatch.test_tasks import codes
from tests.hazards import steps as hazard_steps
from tests.world import World, build_world


@contextmanager
def at(day: date, hour: int = 9) -> Iterator[None]:
    with clock.frozen(datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI)):
        yield


EARLY, FIRST, LAST = date(2026, 9, 1), steps.FIRST, steps.LAST
AHEAD = FIRST - timedelta(days=2)


def entered(world: World, **changes: Any) -> KeyWindow:
    with at(EARLY):
        steps.planned(world, **changes)
    with at(FIRST):
        calendar.turn()
    return KeyWindow.objects.get()


def test_nothing_opens_before_its_day_and_everything_on_it(world: World) -> None:
    with at(EARLY):
        window = steps.planned(world)
        assert calendar.turn() == 0
        assert not Task.objects.exists()
    with at(AHEAD, 1):
        assert calendar.turn() == 1
        tasks = list(Task.objects.order_by("no"))
    window.refresh_from_db()
    assert (window.state, window.entered_on, window.opened) == ("open", AHEAD, [task.no for task in tasks])
    roster = [task for task in tasks if "值班安排" in task.title]
    assert {task.agency_id for task in roster} == {world.east_government.pk, world.west_government.pk}
    assert {task.due_on for task in roster} == {FIRST}
    trades = {task.agency_id for task in tasks if "行业领域" in task.title}
    assert trades == {world.bureau.pk, world.builders.pk}
    assert {task.due_on for task in tasks} == {FIRST, LAST}
    assert all(task.origin == window.no and task.leader_name for task in tasks)
    assert [entry.actor_name for entry in entries_of(tasks[0].uid)] == ["系统（重点时段）"]


def test_turning_again_opens_nothing_twice(world: World) -> None:
    window = entered(world)
    count = Task.objects.count()
    with at(FIRST, 10):
        assert calendar.turn() == 0
        with pytest.raises(Refused) as refused:
            steps.taken(world, window, "enter", inputs.Opinion())
    assert codes(refused) == {"loop.wrong_state"}
    assert Task.objects.count() == count


def test_a_machine_that_was_off_on_the_day_catches_up_when_it_is_back(world: World) -> None:
    with at(EARLY):
        steps.planned(world)
    back = FIRST + timedelta(days=3)
    with at(back):
        assert calendar.turn() == 1
    assert KeyWindow.objects.get().entered_on == back
    assert Task.objects.filter(due_on__lt=back).count() == 0
    days = set(Expectation.objects.values_list("period", flat=True))
    assert days == {(FIRST + timedelta(days=offset)).isoformat() for offset in range(4)}


def test_a_window_that_passed_while_all_was_off_leaves_its_numbers_and_no_tasks(world: World) -> None:
    with at(EARLY):
        steps.planned(world)
    with at(LAST + timedelta(days=5)):
        assert calendar.turn() == 1
    window = KeyWindow.objects.get()
    assert (window.state, window.entered_on, window.opened) == ("closed", None, [])
    assert not Task.objects.exists()
    assert "没有自动布置" in "".join(text for _, text in texts(document_of(window)))


def test_every_unit_owes_a_report_for_every_day_on_rest_days_too(world: World) -> None:
    window = entered(world)
    for offset in range(8):
        with at(FIRST + timedelta(days=offset)):
            calendar.turn()
    rows = Expectation.objects.filter(kind=turning.kind_of(window))
    assert rows.count() == 2 * 8
    holiday = rows.filter(period="2026-10-03").first()
    assert holiday is not None
    assert holiday.due_on == date(2026, 10, 4)
    with at(date(2026, 10, 3)):
        window = KeyWindow.objects.get()
        steps.taken(world, window, "report", inputs.DailyReport(situation="平稳"), "clerk_east")
        steps.taken(
            world, KeyWindow.objects.get(), "report", inputs.DailyReport(situation="平稳"), "clerk_east"
        )
    east = rows.filter(holder=world.east_government).order_by("period")
    stands = [row.standing(date(2026, 10, 3)) for row in east]
    assert stands[:3] == [Standing.LATE, Standing.FILED, Standing.DUE]


def test_a_quiet_day_is_said_and_not_inferred(world: World) -> None:
    window = entered(world)
    with at(FIRST, 20):
        day = Period.day(FIRST)
        file_nil(turning.kind_of(window), world.west_government, day, world.actor("clerk_west"), "无突发情况")
    row = Expectation.objects.get(holder=world.west_government)
    assert row.standing(FIRST + timedelta(days=3)) == Standing.NIL


def test_nobody_reports_for_another_or_twice_for_a_day(world: World) -> None:
    window = entered(world)
    with at(FIRST):
        with pytest.raises(Refused) as refused:
            steps.taken(world, window, "report", inputs.DailyReport(situation="平稳"), "regulator")
        assert codes(refused) == {"loop.not_your_step"}
        window = steps.taken(world, window, "report", inputs.DailyReport(situation="平稳"), "clerk_east")
        with pytest.raises(Refused) as refused:
            steps.taken(world, window, "report", inputs.DailyReport(situation="平稳"), "clerk_east")
    assert codes(refused) == {"window.nothing_due"}


def test_leaving_keeps_the_numbers_of_its_days_and_lists_what_is_open(world: World) -> None:
    with at(FIRST - timedelta(days=10)):
        hazard_steps.reported(world, place="节前")
        steps.planned(world)
    with at(FIRST):
        calendar.turn()
        task_steps.dispatched(world)
        hazard_steps.reported(world, place="节中")
    with at(LAST):
        assert calendar.turn() == 0
    with at(LAST + timedelta(days=2)):
        assert calendar.turn() == 1
        assert calendar.turn() == 0
    window = KeyWindow.objects.get()
    told = window.found()
    assert window.state == "closed"
    assert told["figures"]["hazards.found"]["amount"] == 1
    assert told["figures"]["tasks.dispatched"]["amount"] == 1 + len(window.opened)
    assert told["tasks"] == {
        "opened": len(window.opened), "closed": 0, "open": told["tasks"]["open"],
    }  # fmt: skip
    assert [task[0] for task in told["tasks"]["open"]] == window.opened
    assert (told["reports"]["due"], told["reports"]["missing"], told["reports"]["waiting"]) == (16, 16, 0)
    assert set(told["reports"]["owed"]) == {world.east_government.name, world.west_government.name}
    period = Period.parse(told["period"])
    as_of = date.fromisoformat(told["as_of"])
    assert answers.records("hazards.found", period, as_of).count() == 1
    assert [*entries_of(window.uid)][-1].payload["summary"]["reports_missing"] == 16
    with at(LAST + timedelta(days=30)):
        calendar.turn()
        assert Expectation.objects.filter(kind=turning.kind_of(window)).count() == 16


def test_the_paper_says_what_was_kept_and_opens_its_records(world: World, sign_in: Any) -> None:
    window = entered(world)
    with at(LAST + timedelta(days=1)):
        calendar.turn()
        window = KeyWindow.objects.get()
        steps.taken(world, window, "comment", inputs.Comment(opinion="值班到位，个别单位日报滞后。"))
        client = sign_in("clerk_east")
        page = client.get(f"/windows/{window.no}/summary/").content.decode()
        assert f"/figures/hazards.found/records/?period={turning.span(window).label}" in page
        assert "值班到位" in page
        paper = client.get(f"/windows/{window.no}/summary.docx")
        assert paper.status_code == 200
        assert client.get("/windows/370403-W2026-999999/summary/").status_code == 404
        opened = client.get(f"/figures/hazards.found/records/?period={turning.span(window).label}")
        assert opened.status_code == 200
    assert to_docx(document_of(KeyWindow.objects.get()))[:2] == b"PK"


def test_the_year_is_proposed_by_the_calendar_and_taken_over_once(world: World, sign_in: Any) -> None:
    with at(date(2026, 1, 5)):
        listed = {each.usual.kind.value: each for each in calendar.proposals(2026)}
        assert new_years_day(2026) == date(2026, 2, 17)
        assert (listed["spring_festival"].first, listed["spring_festival"].last) == (
            date(2026, 2, 15),
            date(2026, 2, 23),
        )
        assert listed["spring_rush"].first == date(2026, 2, 2)
        assert (listed["flood_season"].first, listed["flood_season"].last) == (
            date(2026, 6, 1),
            date(2026, 9, 30),
        )
        assert listed["national_day"].first == date(2026, 10, 1)
        assert (listed["winter"].first, listed["winter"].last) == (date(2026, 11, 15), date(2027, 3, 15))
        office = world.actor("office")
        count = calendar.take_over(2026, office)
        assert count == sum(not each.past for each in listed.values())
        assert calendar.take_over(2026, office) == 0
        with pytest.raises(Refused):
            steps.planned(world, name="又一个国庆")
        page = sign_in("office").get("/windows/year/?year=2027").content.decode()
        assert "2027年春节" in page
        assert "暂按法定节日推算" in page


def test_the_lunar_new_year_lies_in_the_days_off_that_were_announced(db: None) -> None:
    for year in range(2023, 2027):
        first = new_years_day(year)
        assert first is not None
        assert why_not_working(first) == "春节"
        assert why_not_working(first + timedelta(days=2)) == "春节"


def test_every_usual_window_has_days_in_every_known_year(db: None) -> None:
    for year in range(2024, 2031):
        for one in USUAL:
            days = one.days(year)
            assert days is not None, (one.kind, year)
            assert days[0] <= days[1]
            assert (days[1] - days[0]).days < 200


def test_the_next_year_begins_with_what_the_district_made_of_the_last(world: World) -> None:
    with at(date(2026, 9, 1)):
        window = steps.planned(world)
        given = inputs.TaskTemplate(title="2026年国庆景区检查", to="one", unit=world.bureau.pk, days=1)
        window = steps.taken(world, window, "add_task", given)
        window = steps.taken(world, window, "drop_task", inputs.Dropping(number=1))
        count = len(window.templates)
    with at(date(2027, 3, 1)):
        calendar.turn()
        again = steps.planned(
            world, name="2027年国庆", first_day=date(2027, 10, 1), last_day=date(2027, 10, 7)
        )
    assert len(again.templates) == count
    assert again.templates[-1]["title"] == "2027年国庆景区检查"
    known = usual("national_day")
    assert known is not None
    assert count == len(known.templates)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last_day": date(2026, 9, 30)}, "window.days_backward"),
        ({"last_day": date(2027, 9, 30)}, "window.too_long"),
        ({"ahead": 99}, "window.ahead"),
        ({"reporting": "towns", "forms": ""}, "window.report_without_form"),
    ],
)
def test_what_cannot_be_a_window_is_refused(world: World, changes: dict[str, Any], code: str) -> None:
    with at(EARLY), pytest.raises(Refused) as refused:
        steps.planned(world, **changes)
    assert code in codes(refused)


def test_only_the_office_and_leaders_plan_and_units_read(world: World) -> None:
    with at(EARLY):
        for who in ("regulator", "clerk_east", "principal"):
            with pytest.raises(Refused) as refused:
                steps.planned(world, by=who)
            assert codes(refused) == {"loop.not_your_step"}
        steps.planned(world, by="leader")
    seen = {name for name in world.users if visible_windows(world.actor(name)).exists()}
    assert {"clerk_west", "builder", "office", "leader"} <= seen
    assert not seen & {"principal", "expert", "grid", "auditor", "system_admin"}


PEOPLE = {"coordinator": "office", "reporter": "clerk_east"}


@pytest.mark.parametrize("state", list(WindowState), ids=lambda state: state.value)
def test_each_hand_may_do_what_is_declared_and_nothing_else(world: World, state: WindowState) -> None:
    window = entered(world)
    window.state = state.value
    for cell in (cell for cell in grid(WINDOW) if cell.state is state and cell.hand in PEOPLE):
        actor, deed = world.actor(PEOPLE[cell.hand]), WINDOW.deed(cell.deed)
        found = {failure.code for failure in standing_failures(WINDOW, deed, window, actor)}
        held = any(hand.holds(actor, window) for hand in deed.by)
        assert bool(found & {"loop.wrong_state", "loop.not_your_step"}) != (deed.leaves(state) and held), cell


def test_a_list_costs_the_same_however_long_it_is(world: World, sign_in: Any) -> None:
    client = sign_in("office")
    with at(EARLY):
        steps.planned(world)
        client.get("/windows/")
        with CaptureQueriesContext(connection) as one:
            assert client.get("/windows/").status_code == 200
        for index in range(6):
            steps.planned(world, kind="event", name=f"重大活动{index}")
        with CaptureQueriesContext(connection) as seven:
            assert client.get("/windows/").status_code == 200
    assert len(seven) == len(one)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_a_window_once(transactional_db: None) -> None:
    world = build_world()
    with at(EARLY):
        steps.planned(world)
    gate, failed = threading.Barrier(2), []

    def work() -> None:
        try:
            gate.wait(10)
            with at(FIRST):
                calendar.turn()
        except Exception as error:  # told below, in the test's own thread
            failed.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert not failed
    window = KeyWindow.objects.get()
    assert Task.objects.count() == len(window.opened) == 6
