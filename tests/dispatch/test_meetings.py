"""Meetings: what they decide becomes tasks or nothing is recorded, who came, what units make of them, who may see them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.dispatch.meetings import inputs
from bihuan.capabilities.dispatch.meetings.access import (
    access_meeting,
    told_of,
    visible_deployments,
    visible_meetings,
    visible_summonses,
)
from bihuan.capabilities.dispatch.meetings.lookup import annual_meeting, meeting_numbered
from bihuan.capabilities.dispatch.meetings.loop import MEETING
from bihuan.capabilities.dispatch.meetings.models import Decision, Deployment, Meeting
from bihuan.capabilities.dispatch.meetings.states import MeetingState
from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import store_text
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.loops.grid import grid
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.people.models import Post
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.territory.models import Agency, AgencyAlias
from tests.dispatch import meeting_steps as steps
from tests.web.api_calls import Api
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def two_decisions() -> str:
    due = steps.in_days(20).isoformat()
    return (
        f"1. 完成燃气用户入户安检｜区住房和城乡建设局｜{due}｜各镇街\n"
        f"2、建立有限空间作业台账｜区应急管理局｜{due}｜东湖镇人民政府、西岭街道办事处"
    )


def test_a_meeting_goes_from_plan_to_minutes(world: World) -> None:
    meeting = steps.planned(world)
    assert (meeting.state, meeting.took_place, meeting.deadline) == ("planned", False, meeting.held_on)
    with clock.frozen(clock.now() + timedelta(days=3)):
        held = inputs.Holding(
            held_on=meeting.held_on,
            absent="东湖镇人民政府",
            substitutes="区住房和城乡建设局",
            decisions=two_decisions(),
        )
        meeting = steps.done(world, meeting, "hold", held)
        assert (meeting.state, meeting.took_place) == ("held", True)
        assert (meeting.absent, meeting.substitutes) == ([world.east_government.pk], [world.builders.pk])
        minutes = inputs.Minutes(minuted_on=clock.today(), minutes="会议议定以下事项。")
        meeting = steps.done(world, meeting, "issue_minutes", minutes)
    assert (meeting.state, meeting.deadline) == ("minuted", None)
    assert [entry.verb for entry in entries_of(meeting.uid)] == ["plan", "hold", "issue_minutes"]


def test_decisions_become_tasks_in_the_same_deed(world: World) -> None:
    meeting = steps.recorded(world, decisions=two_decisions())
    first, second = Task.objects.order_by("no")
    assert (first.title, first.agency, sorted(first.supporting)) == (
        "完成燃气用户入户安检", world.builders, sorted([world.east_government.pk, world.west_government.pk]),
    )  # fmt: skip
    assert (second.agency, second.origin, second.source_title, second.source_on) == (
        world.bureau, meeting.no, meeting.title, meeting.held_on,
    )  # fmt: skip
    assert list(meeting.decisions.order_by("order").values_list("task__no", flat=True)) == [
        first.no,
        second.no,
    ]
    assert entries_of(second.uid)[0].payload["origin"] == meeting.no


def test_units_are_known_by_their_short_names(world: World) -> None:
    AgencyAlias.objects.create(agency=world.builders, name_key="住建局")
    steps.recorded(world, decisions=f"排查在建工地｜住建局｜{steps.in_days(5)}")
    assert Task.objects.get().agency == world.builders


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (
            "整治厂房违规住人｜｜{due}",
            "meeting.decision_without_lead",
            "第 2 条决定“整治厂房违规住人”没有牵头单位",
        ),
        (
            "整治厂房违规住人｜区应急管理局、区住房和城乡建设局｜{due}",
            "meeting.decision_two_leads",
            "有 2 个牵头单位",
        ),
        ("整治厂房违规住人｜区气象局｜{due}", "meeting.decision_unit_unknown", "“区气象局”不在单位名册中"),
        (
            "整治厂房违规住人｜区应急管理局｜{due}｜区气象局",
            "meeting.decision_unit_unknown",
            "配合单位“区气象局”",
        ),
        ("整治厂房违规住人｜区应急管理局", "meeting.decision_without_due", "没有完成期限"),
        ("整治厂房违规住人｜区应急管理局｜尽快", "meeting.decision_due_unreadable", "看不出是哪一天"),
        ("整治厂房违规住人｜区应急管理局｜2020-01-01", "meeting.decision_due_past", "已经过去"),
        ("｜区应急管理局｜{due}", "meeting.decision_without_words", "没有写决定事项"),
    ],
)
def test_one_decision_that_cannot_stand_refuses_all_by_name(
    world: World, line: str, code: str, says: str
) -> None:
    due = steps.in_days(9).isoformat()
    good = f"建立有限空间作业台账｜区应急管理局｜{due}"
    with pytest.raises(Refused) as refused:
        steps.recorded(world, decisions=f"{good}\n{line.format(due=due)}")
    assert codes(refused) == {code}
    assert says in str(refused.value)
    assert not any(model.objects.exists() for model in (Meeting, Task, Decision))


def test_days_in_words_count_from_the_day_of_the_meeting(world: World) -> None:
    with clock.frozen(clock.now().replace(month=11, day=20)):
        meeting = steps.recorded(world, decisions="完成年底前检查｜区应急管理局｜12月15日前")
        assert Task.objects.get().due_on == date(meeting.held_on.year, 12, 15)


def test_what_the_task_loop_refuses_undoes_the_meeting(world: World) -> None:
    """The lead unit was there on the day of the meeting and has been dissolved since: nothing of the meeting stays."""
    Agency.objects.filter(pk=world.bureau.pk).update(until=clock.today() - timedelta(days=5))
    day = clock.today() - timedelta(days=30)
    with pytest.raises(Refused, match="第 2 条决定：牵头单位不存在") as refused:
        steps.recorded(world, held_on=day, invited=(world.builders.pk,), decisions=two_decisions())
    assert codes(refused) == {"task.lead_unknown"}
    assert not any(model.objects.exists() for model in (Meeting, Task))


def test_more_decisions_and_difficulties_follow_on(world: World) -> None:
    meeting = steps.minuted(world, decisions=two_decisions())
    more = inputs.Decisions(decisions=f"开展消防演练｜东湖镇人民政府｜{steps.in_days(30)}")
    meeting = steps.done(world, meeting, "record_decisions", more)
    difficulty = inputs.Difficulty(
        words="检测设备不足",
        raised_by=world.east_government.pk,
        lead=world.bureau.pk,
        due_on=steps.in_days(15),
    )
    meeting = steps.done(world, meeting, "raise_difficulty", difficulty)
    rows = list(meeting.decisions.order_by("order").values_list("order", "difficulty", "raised_by"))
    assert rows == [(1, False, None), (2, False, None), (3, False, None), (4, True, world.east_government.pk)]
    assert Task.objects.get(title="检测设备不足").origin == meeting.no


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"absent": "西岭街道办事处"}, "meeting.not_invited"),
        ({"absent": "区气象局"}, "meeting.unit_unknown"),
        ({"absent": "区应急管理局", "substitutes": "区应急管理局"}, "meeting.absent_and_substituted"),
        ({"held_on": date(2090, 1, 1)}, "meeting.held_in_future"),
        ({"chair_post": None, "chair": ""}, "meeting.without_chair"),
        ({"chair_post": 999_999}, "meeting.chair_unknown"),
        ({"invited": (999_999,)}, "meeting.invited_unknown"),
        ({"summoned": "没有这家企业"}, "meeting.object_unknown"),
        ({"summoned_absent": "东湖纺织有限公司"}, "meeting.not_summoned"),
        ({"task_no": "370403-T2026-000001"}, "meeting.task_of_site_only"),
        ({"kind": "site", "task_no": "370403-T2026-999999"}, "meeting.task_unknown"),
    ],
)
def test_what_cannot_have_been_is_refused(world: World, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        steps.recorded(world, **changes)
    assert code in codes(refused)


def test_minutes_have_a_text_or_a_paper(world: World) -> None:
    meeting = steps.recorded(world)
    with pytest.raises(Refused) as refused:
        steps.done(world, meeting, "issue_minutes", inputs.Minutes(minuted_on=clock.today()))
    assert codes(refused) == {"meeting.without_minutes"}


def test_each_invited_unit_owes_its_deployment_and_the_missing_are_known(world: World) -> None:
    meeting = steps.recorded(world)
    call = inputs.DeploymentCall(due_on=steps.in_days(5))
    meeting = steps.done(world, meeting, "call_deployments", call)
    owed = Expectation.objects.filter(kind="meeting_deployment", object=meeting.uid)
    assert set(owed.values_list("holder", flat=True)) == set(meeting.invited)
    filing = inputs.DeploymentFiling(deployed_on=clock.today(), words="召开局务会传达，分三组检查在建工地")
    meeting = steps.done(world, meeting, "file_deployment", filing, by="builder")
    assert Deployment.objects.get().agency == world.builders
    late = clock.today() + timedelta(days=6)
    standing = {row.holder_id: row.standing(late) for row in owed}
    assert standing[world.builders.pk] is Standing.FILED
    assert standing[world.bureau.pk] is standing[world.east_government.pk] is Standing.MISSING
    with pytest.raises(Refused) as refused:
        steps.done(world, meeting, "file_deployment", filing, by="builder")
    assert codes(refused) == {"meeting.deployed_already"}


def test_what_one_unit_filed_is_no_other_units_to_read(world: World, sign_in: SignIn) -> None:
    """Page, file and interface alike: that it was filed shows, what it says does not."""
    meeting = steps.recorded(world)
    meeting = steps.done(world, meeting, "call_deployments", inputs.DeploymentCall(due_on=steps.in_days(5)))
    file = store_text(
        meeting.uid, "files", ContentFile("分组检查".encode(), "部署.txt"), world.actor("builder")
    )
    filing = inputs.DeploymentFiling(
        deployed_on=clock.today(), words="局务会传达，检查塔吊", files=(file.uid,)
    )
    steps.done(world, meeting, "file_deployment", filing, by="builder")
    for name, reads in (("builder", True), ("office", True), ("regulator", False), ("clerk_east", False)):
        client = sign_in(name)
        page = client.get(f"/meetings/{meeting.no}/").content.decode()
        assert "报送会后部署" in page
        assert ("检查塔吊" in page) is reads, name
        assert ("部署.txt" in page) is reads, name
        sent = client.get(f"/meetings/{meeting.no}/files/{file.uid}")
        assert sent.status_code == (200 if reads else 404), name
        program = Api(world, name)
        told = program.get(f"/meetings/{meeting.no}").body["timeline"][-1]
        assert (told["payload"] != {}) is reads, name
        fetched = program.get(f"/meetings/{meeting.no}/files/{file.uid}")
        assert fetched.status == (200 if reads else 404), name


def test_a_leader_of_a_town_that_was_asked_to_come_reads_its_own_towns_filing_only(world: World) -> None:
    """A leader of a town leads the town; what others made of a meeting of the district is the district's to read."""
    meeting = steps.recorded(world)
    meeting = steps.done(world, meeting, "call_deployments", inputs.DeploymentCall(due_on=steps.in_days(5)))
    filing = inputs.DeploymentFiling(deployed_on=clock.today(), words="局务会传达，检查塔吊")
    meeting = steps.done(world, meeting, "file_deployment", filing, by="builder")
    Post.objects.filter(pk=world.actor("clerk_east").scopes[0].post_id).update(role="leader")
    mayor = world.actor("clerk_east")
    told = [entry for entry in entries_of(meeting.uid) if entry.verb == "file_deployment"]
    assert [told_of(world.actor(name), told[0]) for name in ("leader", "office", "builder")] == [True] * 3
    assert not told_of(mayor, told[0])
    assert not visible_deployments(mayor, meeting).exists()
    assert visible_deployments(world.actor("leader"), meeting).exists()


def test_what_one_unit_filed_too_late_is_no_other_units_to_read_either(world: World, sign_in: SignIn) -> None:
    """A late claim carries the words and the files of the deed it would have been."""
    meeting = steps.recorded(world)
    meeting = steps.done(world, meeting, "call_deployments", inputs.DeploymentCall(due_on=steps.in_days(5)))
    file = store_text(
        meeting.uid, "files", ContentFile("分组检查".encode(), "部署.txt"), world.actor("builder")
    )
    body = {
        "version": meeting.version - 1, "happened_at": clock.now().isoformat(),
        "deployed_on": clock.today().isoformat(), "words": "检查塔吊", "files": [str(file.uid)],
    }  # fmt: skip
    answer = Api(world, "builder").post(f"/meetings/{meeting.no}/file-deployment", body)
    assert (answer.status, entries_of(meeting.uid)[-1].verb) == (409, "late_claim")
    for name, reads in (("builder", True), ("office", True), ("regulator", False)):
        program = Api(world, name)
        told = program.get(f"/meetings/{meeting.no}").body["timeline"][-1]
        assert (told["payload"] != {}) is reads, name
        fetched = program.get(f"/meetings/{meeting.no}/files/{file.uid}")
        assert fetched.status == (200 if reads else 404), name
        sent = sign_in(name).get(f"/meetings/{meeting.no}/files/{file.uid}")
        assert sent.status_code == (200 if reads else 404), name


def test_who_has_not_filed_is_urged_once_a_day(world: World, sign_in: SignIn) -> None:
    meeting = steps.recorded(world)
    meeting = steps.done(world, meeting, "call_deployments", inputs.DeploymentCall(due_on=steps.in_days(5)))
    filing = inputs.DeploymentFiling(deployed_on=clock.today(), words="召开局务会传达")
    meeting = steps.done(world, meeting, "file_deployment", filing, by="builder")
    before = Notice.objects.count()
    for _ in range(2):
        meeting = steps.done(world, meeting, "urge_deployments", Nothing())
    told = set(
        Notice.objects.order_by("-id").values_list("post", flat=True)[: Notice.objects.count() - before]
    )
    assert world.actor("regulator").scopes[0].post_id in told
    assert world.actor("builder").scopes[0].post_id not in told
    assert Notice.objects.count() == before + len(told)
    page = sign_in("office").get("/filings/?kind=meeting_deployment").content.decode()
    assert "待报" in page


def test_two_conferences_of_one_month_are_two_things_owed(world: World) -> None:
    for title in ("全区安全生产电视电话会", "汛期部署会"):
        meeting = steps.recorded(world, title=title, kind="video")
        steps.done(world, meeting, "call_deployments", inputs.DeploymentCall(due_on=steps.in_days(5)))
    assert Expectation.objects.filter(kind="meeting_deployment", holder=world.bureau).count() == 2


def test_an_enterprise_knows_that_its_head_was_called_and_no_more(world: World, sign_in: SignIn) -> None:
    meeting = steps.planned(world, summoned=world.factory.name)
    principal = world.actor("principal")
    assert list(visible_summonses(principal)) == [meeting]
    assert not visible_summonses(world.actor("site_safety")).exists()
    assert not visible_meetings(principal).exists()
    told = Notice.objects.get(post=principal.scopes[0].post_id)
    assert meeting.title in told.text
    assert (told.matter, told.matter_no) == (None, "")
    client = sign_in("principal")
    page = client.get("/meetings/summoned/").content.decode()
    assert meeting.title in page
    assert "请到会" in page
    assert "通报上半年情况" not in page
    assert client.get(f"/meetings/{meeting.no}/").status_code == 404
    with clock.frozen(clock.now() + timedelta(days=3)):
        held = inputs.Holding(held_on=meeting.held_on, summoned_absent=world.factory.name)
        meeting = steps.done(world, meeting, "hold", held)
    assert meeting.summoned_absent == [str(world.factory.pk)]


def test_units_see_what_they_were_asked_to(world: World) -> None:
    meeting = steps.recorded(world, decisions=f"检查渡口｜西岭街道办事处｜{steps.in_days(9)}")
    for name in ("office", "office_two", "leader", "regulator", "officer", "builder", "clerk_east"):
        assert access_meeting(world.actor(name), meeting.no).pk == meeting.pk, name
    for name in ("clerk_west", "grid", "expert", "principal", "safety", "auditor", "system_admin"):
        with pytest.raises(Absent):
            access_meeting(world.actor(name), meeting.no)


def test_invited_posts_are_told_once(world: World) -> None:
    meeting = steps.planned(world)
    told = set(Notice.objects.filter(matter=meeting.uid).values_list("post", flat=True))
    assert world.actor("builder").scopes[0].post_id in told
    assert world.actor("clerk_west").scopes[0].post_id not in told
    before = Notice.objects.count()
    steps.recorded(world, held_on=clock.today() - timedelta(days=1))
    assert Notice.objects.count() == before


def test_a_plan_may_move_grow_and_be_given_up(world: World) -> None:
    meeting = steps.planned(world)
    moved = inputs.Postponing(held_on=steps.in_days(8), reason="与全市会议冲突")
    meeting = steps.done(world, meeting, "postpone", moved)
    assert meeting.deadline == meeting.held_on == steps.in_days(8)
    invitation = inputs.Invitation(invited=(world.west_government.pk,))
    meeting = steps.done(world, meeting, "invite", invitation)
    assert world.west_government.pk in meeting.invited
    assert meeting.deadline == steps.in_days(8)
    meeting = steps.done(world, meeting, "cancel", inputs.Reason(reason="合并召开"))
    assert (meeting.state, meeting.took_place) == ("cancelled", False)


MAKERS: dict[MeetingState, Any] = {
    MeetingState.PLANNED: steps.planned, MeetingState.HELD: steps.recorded, MeetingState.MINUTED: steps.minuted,
}  # fmt: skip
PEOPLE = {"keeper": "office", "invited": "builder"}


@pytest.mark.parametrize("state", list(MeetingState), ids=lambda state: state.value)
def test_each_hand_may_do_what_is_declared_and_nothing_else(world: World, state: MeetingState) -> None:
    meeting = MAKERS.get(state, steps.planned)(world)
    meeting.state = state.value
    for cell in (cell for cell in grid(MEETING) if cell.state is state):
        actor, deed = world.actor(PEOPLE[cell.hand]), MEETING.deed(cell.deed)
        found = {failure.code for failure in standing_failures(MEETING, deed, meeting, actor)}
        assert bool(found & {"loop.wrong_state", "loop.not_your_step"}) != cell.allowed, cell


@pytest.mark.parametrize("name", ["leader", "regulator", "clerk_east", "principal", "expert", "auditor"])
def test_only_the_office_keeps_the_ledger(world: World, name: str) -> None:
    with pytest.raises(Refused) as refused:
        steps.recorded(world, by=name)
    assert "loop.not_your_step" in codes(refused)


def test_the_database_knows_that_what_was_held_took_place(world: World) -> None:
    meeting = steps.recorded(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET took_place = FALSE WHERE uid = %s", [meeting.uid])


def test_the_years_first_conference_is_found_by_year_and_number(world: World) -> None:
    assert annual_meeting(clock.today().year) is None
    meeting = steps.recorded(world, kind="annual", body="government", title="全区安全生产工作会议")
    assert annual_meeting(clock.today().year) == meeting_numbered(meeting.no) == meeting
    assert meeting_numbered(steps.planned(world).no) is None


def test_lists_and_pages_cost_the_same_however_many(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    counts = []
    for number in (1, 8):
        for _ in range(number):
            meeting = steps.recorded(world, decisions=two_decisions(), summoned=world.factory.name)
        client.get("/meetings/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/meetings/?tab=all").status_code == 200
            page = client.get(f"/meetings/{meeting.no}/")
        counts.append(len(asked))
        text = page.content.decode()
        assert "完成燃气用户入户安检" in text
        assert "区住房和城乡建设局牵头" in text
    assert counts[0] == counts[1]


def test_pages_for_the_year(world: World, sign_in: SignIn) -> None:
    steps.recorded(world, absent="区应急管理局")
    page = sign_in("office").get("/meetings/due/").content.decode()
    assert "区应急管理局" in page
    assert sign_in("clerk_east").get("/meetings/due/").status_code == 200
    annual = steps.recorded(world, kind="annual", title="全区安全生产工作会议")
    client = sign_in("office")
    assert "上年度情况通报" in client.get(f"/meetings/{annual.no}/").content.decode()
    assert client.get(f"/meetings/{annual.no}/last-year/").status_code == 200
    workbook = client.get(f"/meetings/{annual.no}/last-year/export.xlsx")
    assert b"".join(workbook.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert sign_in("clerk_west").get(f"/meetings/{annual.no}/last-year/").status_code == 404


def test_the_page_records_a_meeting_and_says_what_is_wrong(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    form = client.get("/meetings/new/record/")
    assert "每行一条：决定事项｜牵头单位" in form.content.decode()
    given = {
        "title": "燃气安全专题会", "body": "committee_office", "kind": "special_meeting", "held_on": clock.today().isoformat(),
        "chair": "主任", "invited": [str(world.bureau.pk)], "decisions": "排查燃气用户｜｜2090-01-01",
        "sign_password": "x",
    }  # fmt: skip
    answer = client.post("/meetings/new/record/", given)
    assert answer.status_code == 422
