"""Leaders' key-work lists: what is done or overdue is counted from the leader's own records; the debrief prints nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.responsibility.committees import debrief, priorities
from bihuan.capabilities.responsibility.committees.models import Priority
from bihuan.capabilities.responsibility.committees.models.priorities import Interval
from bihuan.capabilities.responsibility.duties import holders, keeping
from bihuan.capabilities.responsibility.duties.keeping import Said
from bihuan.capabilities.responsibility.duties.words import DutyClass
from bihuan.kernel import clock
from bihuan.kernel.documents import to_docx
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Post
from tests.dispatch.meeting_steps import another_leader, recorded, visited
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def august() -> Iterator[None]:
    with clock.frozen(datetime(2026, 8, 20, 10, tzinfo=clock.SHANGHAI)):
        yield


def leader(world: World) -> Post:
    return world.user("leader").person.tenures.get().post


def quarterly(world: World, figure: str, times: int = 1) -> Priority:
    return priorities.set_priority(
        leader(world), 2026, "带队检查危险化学品企业", figure, times, Interval.QUARTER, world.actor("office"),
        since=date(2026, 1, 1),
    )  # fmt: skip


def test_nothing_recorded_is_overdue_once_the_quarter_is_over(world: World) -> None:
    turns = priorities.turns([quarterly(world, "visits.led_inspections")], clock.today())
    assert [(turn.period.label, turn.done, turn.overdue) for turn in turns] == [
        ("2026Q1", False, True), ("2026Q2", False, True), ("2026Q3", False, False),
    ]  # fmt: skip


def test_what_the_leader_did_counts_and_what_another_did_does_not(world: World) -> None:
    one = quarterly(world, "visits.led_inspections")
    other = another_leader(world)
    recorded(world)
    visited(world, leader_post=other)
    assert priorities.turns([one], clock.today())[-1].count == 0
    visited(world)
    last = priorities.turns([one], clock.today())[-1]
    assert (last.count, last.done, last.overdue) == (1, True, False)
    text = "\n".join(
        part.text for part in docx.Document(io.BytesIO(to_docx(debrief.safety_section(leader(world), 2026, clock.today())))).paragraphs
    )  # fmt: skip
    assert "召开会议1次，领导带队排查1次" in text


def test_only_figures_that_know_leaders_are_counted(world: World) -> None:
    assert {"visits.supervision", "visits.led_inspections", "meetings.held"} <= dict(
        priorities.countable()
    ).keys()
    assert "tasks.dispatched" not in dict(priorities.countable())
    for who, figure, code in (
        ("office", "tasks.dispatched", "priority.figure"), ("leader", "visits.supervision", "priority.not_yours"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            priorities.set_priority(
                leader(world), 2026, "带队检查", figure, 1, Interval.MONTH, world.actor(who)
            )
        assert refused.value.failures[0].code == code


def test_an_item_is_due_from_the_interval_it_was_put_on_the_list(world: World) -> None:
    one = priorities.set_priority(
        leader(world), 2026, "主持专题会议", "meetings.held", 1, Interval.MONTH, world.actor("office")
    )
    assert [period.label for period in priorities.intervals(one)][:2] == ["2026-08", "2026-09"]
    priorities.end_priority(one, "分工调整", world.actor("office"))
    assert priorities.intervals(Priority.objects.get()) == []
    again = priorities.set_priority(
        leader(world), 2026, "主持专题会议", "meetings.held", 1, Interval.MONTH, world.actor("office")
    )
    assert again.number == 2


def test_the_debrief_prints_records_and_nothing_typed(world: World) -> None:
    quarterly(world, "visits.led_inspections", 2)
    post = leader(world)
    said = Said("对全区安全生产负领导责任", DutyClass.LEADERSHIP)
    keeping.assign(holders.of_post(post), said, world.actor("office"))
    paper = docx.Document(io.BytesIO(to_docx(debrief.safety_section(post, 2026, clock.today()))))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "对全区安全生产负领导责任" in text
    assert "清单共 1 项，已到期 2 次，其中完成 0 次、逾期未完成 2 次；正在进行 1 次。" in text
    assert "没有本人带队检查、督导或主持会议的记录" in text
    assert "应 2 次、记录 0 次" in text
    cells = [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]
    assert ["1", "带队检查危险化学品企业", "2026年第一季度", "0 / 2", "逾期未完成"] in cells


def test_the_pages_show_what_is_overdue_and_give_the_paper(world: World, sign_in: SignIn) -> None:
    quarterly(world, "visits.led_inspections")
    post = leader(world)
    client = sign_in("office")
    page = client.get("/responsibility/priorities/").content.decode()
    assert "带队检查危险化学品企业" in page
    assert "2026年第一季度" in page
    where = f"/responsibility/priorities/{post.pk}/"
    assert client.get(where).status_code == 200
    assert client.get(f"{where}debrief.docx").content[:2] == b"PK"
    assert sign_in("clerk_east").get("/responsibility/priorities/new/").status_code == 403
    assert sign_in("safety").get(where).status_code == 403
    told = {
        "post": post.pk,
        "year": 2026,
        "text": "主持安委会全体会议",
        "figure": "meetings.held",
        "times": 1,
        "interval": "quarter",
    }
    assert client.post("/responsibility/priorities/new/", told).status_code == 302


def test_the_statements_do_not_grow_with_leaders_and_items(world: World) -> None:
    one = quarterly(world, "visits.led_inspections")
    other = Post.objects.get(pk=another_leader(world))
    recorded(world)
    visited(world)

    def cost(*listed: Priority) -> int:
        with CaptureQueriesContext(connection) as asked:
            priorities.turns(listed, clock.today())
        return len(asked)

    more = [
        priorities.set_priority(
            post, 2026, f"带队检查{place}", "visits.led_inspections", 1, Interval.QUARTER, world.actor("office"),
            since=date(2026, 1, 1),
        )
        for post in (leader(world), other) for place in ("矿山", "工地", "商场")
    ]  # fmt: skip
    assert cost(one) == cost(one, *more)
    assert [turn.count for turn in priorities.turns([one, more[-1]], clock.today())] == [0, 0, 1, 0, 0, 0]


def test_a_year_that_is_none_is_this_year(world: World, sign_in: SignIn) -> None:
    for year in ("²", "9" * 5000, "春"):
        assert sign_in("office").get("/responsibility/priorities/", {"year": year}).status_code == 200
