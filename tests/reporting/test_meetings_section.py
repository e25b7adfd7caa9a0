"""The half-year report's first section: meetings, decisions, leaders' visits, and the hazards they found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest

from bihuan.capabilities.dispatch import inputs as task_inputs
from bihuan.capabilities.dispatch.meetings import visit_inputs
from bihuan.capabilities.dispatch.meetings.cadence import MONTHLY_DISPATCH, expect_meetings
from bihuan.capabilities.dispatch.meetings.models import Visit
from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.hazards import inputs as hazard_inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.documents import Heading, Table
from bihuan.kernel.documents.outline import plain as cell_text
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.expectations.filings import file_nil
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import answers, checking, registry
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.loops import engine
from bihuan.kernel.web.figures.kinds import kind_counted
from tests.dispatch import meeting_steps as steps
from tests.hazards.steps import elements, photo
from tests.reporting.ledgers import CUT, H1, composed, prose
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.frozen(datetime(day.year, day.month, day.day, 10, tzinfo=clock.SHANGHAI)):
        yield


def golden(world: World) -> None:
    """What half a year's report says of meetings and leaders (N08): 2 plenaries, 8 special, 24 and 8 visits, 16 hazards."""
    other = steps.another_leader(world)
    for number in range(2):
        with on(date(2023, 1 + number * 3, 12)):
            decisions = f"建立有限空间台账｜区应急管理局｜{steps.in_days(30)}\n检查在建工地｜区住房和城乡建设局｜{steps.in_days(40)}"
            steps.recorded(world, title="区安委会全体会议", decisions=decisions)
    for number in range(8):
        with on(date(2023, 1 + number % 6, 18)):
            steps.recorded(
                world,
                kind="special_meeting",
                body="government" if number % 2 else "committee",
                title=f"专题会之{'甲乙丙丁戊己庚辛'[number]}",
            )
    for number in range(24):
        with on(date(2023, 1 + number % 6, 5 + number // 6)):
            leader = other if number % 3 == 0 else steps.leader_post(world)
            steps.visited(world, kind="supervision", leader_post=leader)
    found = "东湖纺织有限公司｜二车间｜疏散通道堆放原料\n西岭安置房项目部｜基坑｜临边防护缺失"
    for number in range(8):
        with on(date(2023, 1 + number % 6, 20)):
            steps.visited(world, by="leader", findings=found)


def amount(name: str, scope: Scope | None = None, by: str = "") -> dict[str, int | None]:
    value = answers.value(name, H1, CUT, scope or Scope(), by=by)
    return {line: each.amount for line, each in value.by.items()} if by else {"": value.amount}


def test_the_numbers_of_a_half_year_come_out(world: World) -> None:
    golden(world)
    assert amount("meetings.held", by="kind") == {"全体会议": 2, "专题会": 8}
    assert amount("meetings.held", Scope(kind="plenary", body="committee")) == {"": 2}
    assert amount("meetings.held", by="body") == {"区安委会": 6, "区委、区政府": 4}
    assert amount("visits.supervision") == {"": 24}
    assert amount("visits.led_inspections") == {"": 8}
    assert amount("visits.supervision", by="leader") == {"区长": 8, "副区长": 16}
    assert amount("visits.led_inspections", by="leader") == {"副区长": 8}
    assert amount("visits.supervision_confirmed") == {"": 0}
    assert amount("visits.led_confirmed") == {"": 8}
    assert amount("hazards.found", Scope(source="leader_led")) == {"": 16}
    assert amount("decisions.made") == {"": 4}
    assert amount("decisions.made", by="unit") == {"区应急管理局": 2, "区住房和城乡建设局": 2}
    assert checking.check().ok


def test_the_cut_off_day_decides(world: World) -> None:
    golden(world)
    early = date(2023, 1, 31)
    held = answers.value("meetings.held", H1, early).amount
    assert (held, answers.value("visits.supervision", H1, early).amount) == (3, 4)


def test_every_figure_opens_exactly_its_records(world: World, sign_in: SignIn) -> None:
    golden(world)
    client = sign_in("office")
    for name in (*registry.names("meetings"), *registry.names("visits"), *registry.names("decisions")):
        value = answers.value(name, H1, CUT)
        kind = kind_counted(name)
        assert kind is not None
        page = client.get(f"/figures/{name}/records/?period=2023H1&as_of=2023-06-30").content.decode()
        assert f"{value.label}：{value.amount} 条" in page, name
    line = answers.value("visits.supervision", H1, CUT, by="leader").by["区长"]
    only = client.get(f"/figures/visits.supervision/records/?period=2023H1&leader={line.scope.leader}")
    assert "：8 条" in only.content.decode()


def test_the_section_says_it_in_sentences_whose_numbers_are_figures(world: World) -> None:
    golden(world)
    composition = composed(world)
    text = prose(composition)
    headings = [block.text for block in composition.blocks if isinstance(block, Heading) and block.level == 2]
    assert headings[:4] == ["生产安全事故情况", "会议部署和领导督导", "调度任务落实", "隐患排查治理"]
    assert "2023年上半年，薛河区共召开研究部署安全生产的会议10次。" in text
    assert "按会议层级分，区安委会6次，区委、区政府4次；按会议类型分，专题会8次，全体会议2次。" in text
    assert (
        "会议议定事项4项，均分解为有牵头单位和期限的任务。截至2023年6月30日，已办结0项，正在办理4项，其中逾期4项。"
        in text
    )
    assert "先后召开专题会之甲、" in text
    assert "区领导开展督导检查24次、带队排查8次，其中经领导本人确认的督导检查0次、带队排查8次" in text
    assert "领导带队检查发现隐患16项，已验收销号0项" in text
    assert text.count("领导带队检查发现隐患") == 1
    [table] = [
        block for block in composition.blocks if isinstance(block, Table) and "领导督导" in block.caption
    ]
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    assert sorted(rows) == sorted([["副区长", "16", "8"], ["区长", "8", "0"], ["合计", "24", "8"]])
    for cited in composition.citations.to_freeze():
        fresh = answers.value(cited.figure, cited.period, cited.as_of, cited.scope)
        assert (fresh.amount, fresh.numerator) == (cited.amount, cited.numerator)


def test_closing_and_confirming_show(world: World) -> None:
    golden(world)
    with on(date(2023, 6, 28)):
        hazard = Hazard.objects.filter(object=world.factory).order_by("no").first()
        assert hazard is not None
        engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("clerk_east"))
        mended = hazard_inputs.Rectification(
            rectified_on=clock.today(),
            result="已清理",
            funds_spent=0,
            after_photos=(photo(hazard.uid, world.actor("safety")),),
        )
        engine.perform("hazard", "submit_rectification", hazard.no, mended, actor=world.actor("safety"))
        accepted = hazard_inputs.Acceptance(accepted_on=clock.today(), opinion="已消除")
        engine.perform("hazard", "accept", hazard.no, accepted, actor=world.actor("regulator"))
        visit = Visit.objects.filter(kind="supervision", leader_post=steps.leader_post(world)).first()
        assert visit is not None
        engine.perform("visit", "confirm", visit.no, visit_inputs.Confirmation(), actor=world.actor("leader"))
        _close(world)
    text = prose(composed(world))
    assert "领导带队检查发现隐患16项，已验收销号1项" in text
    assert "经领导本人确认的督导检查1次、带队排查8次" in text
    assert "已办结1项，正在办理3项" in text


def _close(world: World) -> None:
    task = Task.objects.filter(agency=world.bureau).order_by("no").first()
    assert task is not None
    receipt = task_inputs.Receipt(responsible_person="李科长", measures="分组")
    engine.perform("task", "receive", task.no, receipt, actor=world.actor("regulator"))
    done = task_inputs.Completion(finished_on=clock.today(), result="已建立")
    engine.perform("task", "complete", task.no, done, actor=world.actor("regulator"))
    accepted = task_inputs.Acceptance(accepted_on=clock.today())
    engine.perform("task", "accept", task.no, accepted, actor=world.actor("office"))


def test_nothing_registered_nothing_said(world: World) -> None:
    composition = composed(world)
    headings = [block.text for block in composition.blocks if isinstance(block, Heading) and block.level == 2]
    assert "会议部署和领导督导" not in headings


def test_the_clerk_may_cite_what_the_section_says(world: World) -> None:
    golden(world)
    composition = composed(world, {"done": "全区召开会议【召开会议】次，其中专题会【召开会议：专题会】次。"})
    assert "全区召开会议10次，其中专题会8次。" in prose(composition)
    assert not [flag for flag in composition.flags if flag.code == "report.unknown_figure"]


def test_a_month_without_its_dispatch_meeting_shows(world: World) -> None:
    expect_meetings(date(2023, 1, 1))
    for month in H1.months():
        ensure(month)
    for number in (1, 2, 4):
        with on(date(2023, number, 15)):
            steps.recorded(world, kind="dispatch_meeting", body="committee_office", title="月调度会")
    rows = Expectation.objects.filter(kind=MONTHLY_DISPATCH).order_by("period")
    standing = {row.period[5:]: row.standing(CUT) for row in rows}
    missing = [month for month, each in standing.items() if each is Standing.MISSING]
    assert missing == ["03", "05"]
    assert standing["01"] is Standing.FILED
    text = prose(composed(world))
    assert "有2次应开的月调度会或成员单位会议没有登记" in text
    with pytest.raises(Refused) as refused:
        file_nil(MONTHLY_DISPATCH, world.office, H1.months()[2], world.actor("office"), "本月没有开")
    assert {failure.code for failure in refused.value.failures} == {"expectation.nothing_to_report"}


def test_another_rhythm_of_member_meetings_holds_from_the_next_quarter(world: World) -> None:
    from bihuan.capabilities.dispatch.meetings.cadence import CHOICE, MEMBERS
    from bihuan.kernel.calendar.periods import Period
    from bihuan.kernel.policies import values as policies

    expect_meetings(date(2023, 1, 1))
    day = date(2023, 8, 1)
    policies.set_policy(
        CHOICE, "month", effective_from=day, actor=world.actor("office"), basis="区安委会工作规则"
    )
    for label in ("2023Q3", "2023-09", "2023Q4", "2023-10"):
        ensure(Period.parse(label), MEMBERS)
    owed = set(Expectation.objects.filter(kind=MEMBERS).values_list("period", flat=True))
    assert owed == {"2023Q3", "2023-10"}


def test_a_towns_report_tells_only_the_visits_to_it(world: World) -> None:
    from bihuan.reporting import drafting, half_year
    from bihuan.reporting.imprint import holder_of

    golden(world)
    question = drafting.ask(H1, CUT, holder_of(world.east))
    text = prose(half_year.compose(question, {}))
    assert "区领导到东湖镇开展督导检查24次、带队排查8次" in text
    assert "研究部署安全生产的会议" not in text
