"""A speech becomes tasks: read, corrected, dispatched at once, closed when all of them are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers import inputs
from bihuan.capabilities.dispatch.papers.access import visible_papers
from bihuan.capabilities.dispatch.papers.desk import desk_of
from bihuan.capabilities.dispatch.papers.loop import PAPER
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.loops import engine, escalation
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.verification import verify
from tests.dispatch import paper_steps as steps
from tests.dispatch import steps as task_steps
from tests.world import World


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_a_speech_becomes_tasks_that_lead_back_to_it(world: World) -> None:
    paper = steps.decomposed(world)
    tasks = list(Task.objects.filter(origin=paper.no).order_by("no"))
    assert paper.state == "decomposed"
    assert len(tasks) == paper.kept == Proposal.objects.filter(paper=paper, task__isnull=False).count() == 5
    assert {task.source_title for task in tasks} == {paper.title}
    assert all(task.source_on == paper.issued_on and task.quote in paper.text for task in tasks)
    assert next(entry.verb for entry in entries_of(paper.uid)) == "take_in"
    assert (paper.answered_on, paper.decomposed_on) == (clock.today(), clock.today())
    assert verify().ok


def test_what_was_read_stands_in_the_text_and_beside_it(world: World) -> None:
    paper = steps.taken_in(world)
    for item in Proposal.objects.filter(paper=paper):
        assert paper.text[item.start : item.end] == item.anchor
        assert item.read is not None
        assert item.read["summary"] == item.summary
    electric = steps.item(paper, "电气线路")
    assert (electric.lead, electric.due_on) == (world.east_government.pk, steps.far())
    patrol = steps.item(paper, "网格员巡查")
    assert (patrol.leads, patrol.due_on) == ([], date(clock.today().year, 12, 31))
    assert steps.item(paper, "联合检查").leads == [world.builders.pk, world.bureau.pk]


def test_nothing_is_dispatched_while_an_item_lacks_its_lead_or_day(world: World) -> None:
    paper = steps.taken_in(world)
    patrol, joint = steps.item(paper, "网格员巡查"), steps.item(paper, "联合检查")
    Proposal.objects.filter(pk=patrol.pk).update(due_on=None)
    with pytest.raises(Refused) as refused:
        steps.done(world, paper, "decompose", inputs.Decomposing())
    told = {failure.code: failure.message for failure in refused.value.failures}
    assert {"paper.item_no_lead", "paper.item_many_leads", "paper.item_no_due"} <= set(told)
    assert told["paper.item_many_leads"].startswith(f"第 {joint.number} 条有 2 个牵头单位")
    assert told["paper.item_no_due"].startswith(f"第 {patrol.number} 条")
    assert not Task.objects.exists()
    assert Paper.objects.get(pk=paper.pk).state == "splitting"


def test_a_unit_that_has_ended_and_a_day_gone_by_are_refused(world: World) -> None:
    paper = steps.settled(world)
    item = steps.item(paper, "电气线路")
    world.east_government.until = clock.today()
    world.east_government.save()
    Proposal.objects.filter(pk=item.pk).update(due_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        steps.done(world, paper, "decompose", inputs.Decomposing())
    assert codes(refused) == {"paper.item_lead_gone", "paper.item_due_past"}


def test_the_database_dispatches_no_item_without_one_lead(world: World) -> None:
    item = steps.item(steps.decomposed(world), "电气线路")
    for column in ("lead = NULL", "due_on = NULL", "leads = '{1,2}'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE papers_proposal SET {column} WHERE id = %s", [item.pk])


def test_a_repeated_click_dispatches_nothing_twice(world: World) -> None:
    paper = steps.settled(world)
    actor = world.actor("office")
    asked: dict[str, Any] = {"actor": actor, "version": paper.version, "key": "once"}
    first = engine.perform("paper", "decompose", paper.no, inputs.Decomposing(), **asked)
    again = engine.perform("paper", "decompose", paper.no, inputs.Decomposing(), **asked)
    assert (first[0].version, again[0].version, again[0].replayed) == (
        first[0].version,
        first[0].version,
        True,
    )
    assert Task.objects.count() == 5
    with pytest.raises(Stale):
        engine.perform(
            "paper", "decompose", paper.no, inputs.Decomposing(), actor=actor, version=paper.version
        )


def test_two_clerks_at_once_the_second_is_told(world: World) -> None:
    paper = steps.taken_in(world)
    item = steps.item(paper, "电气线路")
    steps.done(world, paper, "edit_item", steps.editing(item, summary="改造商铺电线"))
    with pytest.raises(Stale):
        steps.done(world, paper, "edit_item", steps.editing(item, summary="别的"), by="office_two")
    assert Proposal.objects.get(pk=item.pk).summary == "改造商铺电线"


def test_merging_keeps_words_units_and_the_earlier_day(world: World) -> None:
    paper = steps.taken_in(world)
    former, item = steps.item(paper, "有限空间"), steps.item(paper, "网格员巡查")
    paper = steps.done(world, paper, "merge_item", inputs.OneItem(item=item.number))
    former.refresh_from_db()
    item.refresh_from_db()
    assert (item.state, item.kept, item.into_id) == ("merged", False, former.pk)
    assert paper.text[former.start : former.end] == former.anchor
    assert "网格员巡查" in former.anchor
    assert (former.state, paper.changed, paper.kept) == ("changed", 2, 4)
    paper = steps.done(world, paper, "restore_item", inputs.OneItem(item=item.number))
    assert (paper.kept, Proposal.objects.get(pk=item.pk).kept) == (5, True)


def test_splitting_at_a_place_and_among_units(world: World) -> None:
    paper = steps.taken_in(world)
    patrol = steps.item(paper, "网格员巡查")
    at = patrol.anchor.index("每月")
    paper = steps.done(world, paper, "split_item", inputs.Splitting(item=patrol.number, at=at))
    patrol.refresh_from_db()
    second = Proposal.objects.get(paper=paper, parent=patrol)
    assert (patrol.anchor + second.anchor, second.state) == (paper.text[patrol.start : second.end], "split")
    towns = (world.east_government.pk, world.west_government.pk)
    paper = steps.done(world, paper, "split_item", inputs.Splitting(item=second.number, units=towns))
    pieces = Proposal.objects.filter(paper=paper, anchor__startswith="每月").order_by("number")
    assert [piece.lead for piece in pieces] == list(towns)
    assert paper.kept == 7
    for given in (
        inputs.Splitting(item=patrol.number, at=900),
        inputs.Splitting(item=patrol.number, units=towns[:1]),
    ):
        with pytest.raises(Refused):
            steps.done(world, paper, "split_item", given)


def test_dropping_asks_why_and_can_be_taken_back(world: World) -> None:
    paper = steps.taken_in(world)
    ban = steps.item(paper, "严禁")
    paper = steps.done(world, paper, "drop_item", inputs.Dropping(item=ban.number, reason="法定禁止事项"))
    assert (paper.dropped, paper.kept) == (1, 4)
    with pytest.raises(Refused) as refused:
        steps.done(world, paper, "edit_item", steps.editing(ban))
    assert codes(refused) == {"paper.item_not_kept"}
    paper = steps.done(world, paper, "restore_item", inputs.OneItem(item=ban.number))
    assert (paper.dropped, paper.kept, Proposal.objects.get(pk=ban.pk).state) == (0, 5, "proposed")


def test_adding_takes_a_run_of_the_text_and_nothing_else(world: World) -> None:
    paper = steps.taken_in(world)
    paper = steps.done(world, paper, "add_item", inputs.Adding(quote="基础还不牢固", summary="夯实基础"))
    added = Proposal.objects.get(paper=paper, origin="clerk")
    assert (paper.text[added.start : added.end], added.state, paper.added) == ("基础还不牢固", "added", 1)
    with pytest.raises(Refused) as refused:
        steps.done(world, paper, "add_item", inputs.Adding(quote="没有说过的话"))
    assert codes(refused) == {"paper.quote_not_found"}


def test_one_day_for_all_that_have_none(world: World) -> None:
    paper = steps.taken_in(world)
    Proposal.objects.filter(paper=paper).exclude(anchor__contains="电气线路").update(due_on=None)
    paper = steps.done(world, paper, "set_day", inputs.SettingDay(due_on=steps.far()))
    assert set(Proposal.objects.filter(paper=paper).values_list("due_on", flat=True)) == {steps.far()}
    with pytest.raises(Refused) as refused:
        steps.done(world, paper, "set_day", inputs.SettingDay(due_on=steps.far()))
    assert codes(refused) == {"paper.all_have_days"}


def test_the_last_closed_task_closes_the_paper_and_reopening_one_reopens_it(world: World) -> None:
    paper = steps.decomposed(world)
    first, *rest = Task.objects.filter(origin=paper.no)
    for task in rest:
        task_steps.taken(world, task, "withdraw", task_steps.inputs.Reason(reason="并入另一任务"), "office")
    assert Paper.objects.get(pk=paper.pk).state == "decomposed"
    unit = {
        world.bureau.pk: "regulator",
        world.builders.pk: "builder",
        world.east_government.pk: "clerk_east",
    }
    who = unit[first.agency_id]
    first = task_steps.taken(
        world, first, "receive", task_steps.inputs.Receipt(responsible_person="甲", measures="乙"), who
    )
    first = task_steps.taken(world, first, "complete", task_steps.completion(), who)
    first = task_steps.taken(world, first, "accept", task_steps.acceptance(), "office")
    assert Paper.objects.get(pk=paper.pk).state == "closed"
    again = task_steps.inputs.SendingBack(reason="复查未落实", due_on=steps.far())
    task_steps.taken(world, first, "reopen", again, "office")
    assert Paper.objects.get(pk=paper.pk).state == "decomposed"


def test_only_the_office_works_on_papers_and_leaders_read(world: World) -> None:
    paper = steps.taken_in(world)
    seen = {name for name in world.users if visible_papers(world.actor(name)).filter(pk=paper.pk).exists()}
    assert seen == {"office", "office_two", "leader"}
    ban = steps.item(paper, "严禁")
    with pytest.raises(Refused) as refused:
        steps.done(world, paper, "drop_item", inputs.Dropping(item=ban.number, reason="无"), by="leader")
    assert codes(refused) == {"loop.not_your_step"}
    with pytest.raises(Absent):
        steps.done(world, paper, "drop_item", inputs.Dropping(item=ban.number, reason="无"), by="regulator")
    for name in ("leader", "regulator", "clerk_east", "principal", "auditor"):
        with pytest.raises(Refused) as refused:
            steps.taken_in(world, by=name, text=steps.speech() + name)
        assert codes(refused) == {"loop.not_your_step"}, name


def test_a_paper_without_work_is_filed_with_its_reason(world: World) -> None:
    paper = steps.taken_in(world)
    paper = steps.done(world, paper, "file", inputs.Reason(reason="只是学习材料"))
    assert (paper.state, paper.answered_on) == ("filed", clock.today())
    assert not Task.objects.exists()


def test_the_same_words_are_one_paper(world: World) -> None:
    paper = steps.taken_in(world)
    with pytest.raises(Refused) as refused:
        steps.taken_in(world, title="另一个标题")
    assert codes(refused) == {"paper.already_here"}
    assert paper.no in refused.value.failures[0].message
    steps.done(world, paper, "void", inputs.Reason(reason="登记重复"))
    assert steps.taken_in(world).state == "splitting"


def test_what_is_not_split_in_time_climbs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = steps.taken_in(world)
    later = clock.now() + timedelta(days=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert escalation.climb_all() == 2
    assert list(
        Escalation.objects.filter(matter=paper.uid).order_by("level").values_list("holder", flat=True)
    ) == [
        "office",
        "leader",
    ]


def test_the_desk_asks_as_little_of_many_items_as_of_few(world: World) -> None:
    few = steps.taken_in(world)
    body = "\n".join(
        f"（{number}）区应急管理局要在12月{number}日前完成第{number}轮检查。" for number in range(1, 29)
    )
    many = steps.taken_in(world, text=f"在会议上的讲话\n一、抓重点\n{body}")
    counts = []
    for paper in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert desk_of(paper).cards
        counts.append(len(asked))
    assert many.proposed >= 25
    assert counts[0] == counts[1] <= 4


def test_every_deed_is_declared_for_the_office_alone(world: World) -> None:
    assert {hand.name for deed in (*PAPER.openings, *PAPER.deeds) if deed.shown for hand in deed.by} == {
        "office"
    }
