"""Leaders' visits: two counters, findings that become hazards or tasks with the visit, the leader's own confirming."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.dispatch.meetings import hooks, visit_inputs
from bihuan.capabilities.dispatch.meetings.access import access_visit, visible_visits
from bihuan.capabilities.dispatch.meetings.models import Visit
from bihuan.capabilities.dispatch.meetings.states import VisitState
from bihuan.capabilities.dispatch.meetings.visit_loop import VISIT
from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.responsibility.naming import keeping
from bihuan.capabilities.responsibility.naming.keeping import Given
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.loops.grid import grid
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from bihuan.kernel.web.workbench.held import wanted_of
from tests.dispatch import meeting_steps as steps
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_what_the_office_records_waits_for_the_leader(world: World) -> None:
    visit = steps.visited(world)
    assert (visit.state, visit.confirmed_on) == ("recorded", None)
    assert visit.deadline is not None
    leader = world.actor("leader")
    assert Notice.objects.filter(post=leader.scopes[0].post_id, matter=visit.uid).count() == 1
    assert [wanted.matter.uid for wanted in wanted_of(leader)] == [visit.uid]
    visit = steps.followed(world, visit, "confirm", visit_inputs.Confirmation(), by="leader")
    assert (visit.state, visit.confirmed_on, visit.deadline) == ("confirmed", clock.today(), None)
    assert [entry.verb for entry in entries_of(visit.uid)] == ["record", "confirm"]


def test_what_the_leader_records_is_confirmed(world: World) -> None:
    visit = steps.visited(world, by="leader")
    assert (visit.state, visit.confirmed_on, visit.deadline) == ("confirmed", clock.today(), None)


def test_nobody_else_confirms_or_records_in_a_leaders_name(world: World) -> None:
    visit = steps.visited(world)
    for name in ("office", "regulator", "clerk_east", "principal"):
        with pytest.raises((Refused, Absent)):
            steps.followed(world, visit, "confirm", visit_inputs.Confirmation(), by=name)
    other = steps.another_leader(world)
    with pytest.raises(Refused) as refused:
        steps.visited(world, by="leader", leader_post=other)
    assert codes(refused) == {"visit.of_another_leader"}


FINDINGS = "东湖纺织有限公司｜二车间北侧｜疏散通道堆放原料\n西岭安置房项目部｜基坑东侧｜临边防护缺失｜一般"


def test_findings_become_hazards_that_carry_the_visit(world: World) -> None:
    visit = steps.visited(world, objects=f"{world.factory.name}\n{world.site.name}", findings=FINDINGS)
    found = list(Hazard.objects.order_by("no"))
    assert [(one.source, one.origin, one.found_on, one.grade) for one in found] == [
        ("leader_led", visit.no, visit.visited_on, "general")
    ] * 2
    assert [one.object for one in found] == [world.factory, world.site]
    assert list(visit.findings.order_by("order").values_list("hazard_no", flat=True)) == [
        one.no for one in found
    ]
    assert entries_of(found[0].uid)[0].payload["origin"] == visit.no


def test_the_two_kinds_stay_two_counters_among_hazards_too(world: World) -> None:
    steps.visited(world, kind="supervision", findings="东湖纺织有限公司｜一车间｜配电箱未上锁")
    assert Hazard.objects.get().source == "supervision_visit"


def test_more_is_found_later_one_by_one(world: World) -> None:
    visit = steps.visited(world, findings=FINDINGS)
    found = visit_inputs.FoundHazard(object=world.factory.uid, description="灭火器压力不足", place="仓库")
    visit = steps.followed(world, visit, "find_hazard", found, by="leader")
    asked = visit_inputs.FoundTask(words="完善厂区动火审批", lead=world.bureau.pk, due_on=steps.in_days(10))
    visit = steps.followed(world, visit, "assign_task", asked)
    assert list(visit.findings.order_by("order").values_list("order", flat=True)) == [1, 2, 3, 4]
    assert Hazard.objects.count() == 3
    task = Task.objects.get()
    assert (task.origin, task.agency, task.kind) == (visit.no, world.bureau, "rectify")
    with pytest.raises(Refused) as refused:
        steps.followed(world, visit, "void", visit_inputs.Reason(reason="重复登记"))
    assert codes(refused) == {"visit.has_findings"}


@pytest.mark.parametrize(
    ("findings", "code", "says"),
    [
        ("没有这家企业｜｜通道堵塞", "meeting.object_unknown", "第 2 行“没有这家企业”没有登记"),
        ("东湖纺织有限公司｜二车间", "visit.finding_without_words", "第 2 行没有写隐患描述"),
        ("东湖纺织有限公司｜｜通道堵塞｜较大", "visit.finding_grade_unknown", "等级“较大”"),
        ("东湖纺织有限公司｜｜除尘系统未设泄爆装置｜重大", "hazard.no_criterion", "发现的隐患："),
    ],
)
def test_one_finding_that_cannot_stand_refuses_the_visit(
    world: World, findings: str, code: str, says: str
) -> None:
    with pytest.raises(Refused) as refused:
        steps.visited(world, findings=f"东湖纺织有限公司｜｜配电箱未上锁\n{findings}")
    assert code in codes(refused)
    assert says in str(refused.value)
    assert not any(model.objects.exists() for model in (Visit, Hazard))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"objects": ""}, "visit.went_nowhere"),
        ({"visited_on": date(2090, 1, 1)}, "visit.in_future"),
        ({"leader_post": 999_999}, "visit.leader_unknown"),
        ({"unit": 999_999}, "visit.unit_unknown"),
    ],
)
def test_what_cannot_have_been_is_refused(world: World, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        steps.visited(world, **changes)
    assert code in codes(refused)


def test_another_room_hears_of_a_visit_and_can_undo_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def hears(visit: Visit, actor: Actor) -> None:
        heard.append(visit.no)
        if visit.place == "不行":
            raise Refused.because("pairing.closed", "联系点已撤销")

    monkeypatch.setattr(hooks, "_recorded", [])
    hooks.when_recorded(hears)
    visit = steps.visited(world)
    assert heard == [visit.no]
    with pytest.raises(Refused):
        steps.visited(world, place="不行")
    assert Visit.objects.count() == 1


def test_a_visit_meets_what_the_pairing_asks_for(world: World) -> None:
    given = Given(
        kind="pairing",
        since=clock.today(),
        post=steps.leader_post(world),
        object=world.factory.pk,
        frequency="month",
    )
    keeping.name(given, world.actor("office"))
    steps.visited(world, objects=world.site.name)
    assert not Expectation.objects.filter(object=world.factory.pk).exclude(met_at=None).exists()
    visit = steps.visited(world)
    assert Expectation.objects.get(object=world.factory.pk).met_by == visit.uid


def test_who_sees_a_visit(world: World) -> None:
    other = steps.another_leader(world)
    Post.objects.filter(pk=world.actor("leader").scopes[0].post_id).update(
        sector_paths=[world.factory.sector_path]
    )
    mine = steps.visited(world)
    theirs = steps.visited(world, leader_post=other, objects=world.site.name)
    to_unit = steps.visited(world, leader_post=other, objects="", unit=world.builders.pk)
    seen = {
        "office": {mine, theirs, to_unit}, "leader": {mine}, "clerk_east": {mine}, "clerk_west": {theirs},
        "builder": {to_unit}, "regulator": set(), "grid": set(), "expert": set(), "principal": set(), "auditor": set(),
    }  # fmt: skip
    for name, visits in seen.items():
        assert set(visible_visits(world.actor(name))) == visits, name
    with pytest.raises(Absent):
        access_visit(world.actor("clerk_west"), mine.no)


def test_a_mistaken_visit_is_counted_nowhere(world: World) -> None:
    visit = steps.followed(world, steps.visited(world), "void", visit_inputs.Reason(reason="重复登记"))
    assert (visit.state, visit.voided) == ("voided", True)


MAKERS: dict[VisitState, Any] = {
    VisitState.RECORDED: steps.visited, VisitState.CONFIRMED: lambda world: steps.visited(world, by="leader"),
}  # fmt: skip
PEOPLE = {"keeper": "office", "led": "leader"}


@pytest.mark.parametrize("state", list(VisitState), ids=lambda state: state.value)
def test_each_hand_may_do_what_is_declared_and_nothing_else(world: World, state: VisitState) -> None:
    visit = MAKERS.get(state, steps.visited)(world)
    visit.state = state.value
    for cell in (cell for cell in grid(VISIT) if cell.state is state):
        actor, deed = world.actor(PEOPLE[cell.hand]), VISIT.deed(cell.deed)
        found = {failure.code for failure in standing_failures(VISIT, deed, visit, actor)}
        assert bool(found & {"loop.wrong_state", "loop.not_your_step"}) != cell.allowed, cell


def test_lists_and_pages_cost_the_same_however_many(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    counts = []
    for number in (1, 6):
        for _ in range(number):
            visit = steps.visited(world, findings=FINDINGS)
        client.get("/visits/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/visits/?tab=led").status_code == 200
            page = client.get(f"/visits/{visit.no}/").content.decode()
        counts.append(len(asked))
        assert "疏散通道堆放原料" in page
        assert "/hazards/" in page
    assert counts[0] == counts[1]


def test_the_hazards_page_leads_to_the_visit_for_who_may_see_it(world: World, sign_in: SignIn) -> None:
    visit = steps.visited(world, findings=FINDINGS)
    hazard = Hazard.objects.get(object=world.factory)
    assert f"/visits/{visit.no}/" in sign_in("office").get(f"/hazards/{hazard.no}/").content.decode()
    told = sign_in("safety").get(f"/hazards/{hazard.no}/").content.decode()
    assert visit.no in told
    assert f"/visits/{visit.no}/" not in told


def test_a_page_offers_the_form_to_office_and_leader(world: World, sign_in: SignIn) -> None:
    page = sign_in("leader").get("/visits/new/record/").content.decode()
    assert "发现的隐患" in page
    assert "/visits/new/record/" in sign_in("office").get("/visits/").content.decode()
    assert "/visits/new/record/" not in sign_in("clerk_east").get(
        "/visits/?tab=all"
    ).content.decode().replace('href="/visits/new/record/">登记督导检查</a></p>', "")


def test_a_late_visit_is_recorded_with_its_own_day(world: World) -> None:
    day = clock.today() - timedelta(days=9)
    steps.visited(world, visited_on=day, findings=FINDINGS)
    assert set(Hazard.objects.values_list("found_on", flat=True)) == {day}


def test_what_was_done_stands_in_the_record_as_the_rows_say_it(world: World) -> None:
    due = steps.in_days(20)
    steps.minuted(world, decisions=f"排查在建工地｜区住房和城乡建设局｜{due}", summoned=world.factory.name)
    visit = steps.visited(world, findings=FINDINGS)
    asked = visit_inputs.FoundTask(words="完善动火审批", lead=world.bureau.pk, due_on=due)
    steps.followed(world, visit, "assign_task", asked)
    seal()
    assert verify().findings == ()
