"""人大汇报材料与工作档案 (M263): a pack a department, an index whose every item opens, and what is missing in print."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Table, to_pdf
from bihuan.kernel.documents.outline import plain as cell_text
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import plant
from bihuan.reporting import drafting, issuing
from bihuan.reporting.archives import index, opening, papers, survey
from bihuan.reporting.models import ArchiveOpening, Report
from tests.dispatch import meeting_steps
from tests.dispatch import steps as tasks
from tests.hazards import steps as hazards
from tests.inspections.steps import clean, equip
from tests.reporting.ledgers import prose
from tests.web.conftest import SignIn, sign_in
from tests.world import World, build_world

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=clock.SHANGHAI)
YEAR = Period.parse("2026")


@pytest.fixture
def world(db: None) -> World:
    return equip(build_world())


@pytest.fixture(autouse=True)
def in_november() -> Iterator[datetime]:
    with clock.frozen(MORNING):
        yield MORNING


def worked(world: World) -> None:
    """A year of the bureau: tasks, a major hazard, an inspection, one task of last year, and one of the builders."""
    tasks.dispatched(world)
    tasks.closed(world)
    hazards.reported(world, grade="major", criterion="GM-03-01", description="除尘系统停用")
    hazards.reported(world, place="别处")
    clean(world)
    meeting_steps.recorded(world)
    tasks.dispatched(world, lead=world.builders.pk, supporting=())
    with clock.frozen(datetime(2025, 12, 30, 9, tzinfo=clock.SHANGHAI)):
        tasks.dispatched(world, title="去年的任务", due_on=date(2026, 1, 20))


def kept(world: World, name: str = "office", loop: str = "") -> list[index.Item]:
    return list(index.items(world.bureau, YEAR, world.actor(name), loop))


def test_the_index_holds_the_years_records_of_the_department(world: World) -> None:
    worked(world)
    found = kept(world)
    assert [item.label for item in found] == ["调度任务", "调度任务", "监督检查", "重大事故隐患"]
    assert all(item.on.year == 2026 for item in found)
    assert "去年的任务" not in {item.title for item in found}
    assert [item.no for item in kept(world, loop="task")] == [
        task.no for task in Task.objects.filter(agency=world.bureau, dispatched_on__year=2026).order_by("no")
    ]


def test_every_item_opens_and_is_noted_once(world: World, sign_in: SignIn) -> None:
    worked(world)
    client = sign_in("office")
    for item in kept(world):
        for _ in range(2):
            gone = client.get(f"/archives/2026/{world.bureau.pk}/{item.loop}/{item.no}/")
            assert (gone.status_code, gone["Location"]) == (302, item.href)
        assert client.get(item.href).status_code == 200, item
    assert ArchiveOpening.objects.count() == len(kept(world))
    assert {row.opened_by for row in ArchiveOpening.objects.all()} == {world.actor("office").name}
    page = client.get(f"/archives/2026/{world.bureau.pk}/?show=unopened").content.decode()
    assert "未调阅 0 件" in page


def test_what_is_no_item_of_the_archive_does_not_open(world: World, sign_in: SignIn) -> None:
    worked(world)
    other = Task.objects.get(agency=world.builders)
    for loop, no in (("task", other.no), ("task", "370403-T2026-999999"), ("nonsense", other.no)):
        with pytest.raises(Absent):
            opening.open_item(world.bureau, YEAR, loop, no, world.actor("office"))
    assert sign_in("safety").get(f"/archives/2026/{world.bureau.pk}/").status_code == 403
    assert sign_in("office").get("/archives/2026/999999/").status_code == 404
    assert not ArchiveOpening.objects.exists()


def test_who_sees_less_has_a_smaller_index(world: World) -> None:
    worked(world)
    assert len(kept(world, "clerk_west")) < len(kept(world))


def test_departments_without_a_pack_and_unopened_items_print(world: World, sign_in: SignIn) -> None:
    worked(world)
    office = world.actor("office")
    first = kept(world)[0]
    opening.open_item(world.bureau, YEAR, first.loop, first.no, office)
    drafting.begin("legislature", YEAR, clock.today(), world.district, office, world.bureau)
    lines = {line.agency.name: line for line in survey.survey(YEAR, office)}
    bureau, builders = lines["区应急管理局"], lines["区住房和城乡建设局"]
    assert (bureau.pack, bureau.kept, bureau.opened, bureau.unopened) == ("草稿", 4, 1, 3)
    assert (builders.pack, builders.kept, builders.unopened) == (survey.NO_PACK, 1, 1)
    page = sign_in("office").get("/archives/?year=2026").content.decode()
    assert "1 个部门还没有汇报材料，4 件档案没有调阅" in page
    assert page.index("区住房和城乡建设局") < page.index("区应急管理局")
    answer = sign_in("office").get("/archives/2026/list.docx")
    document = docx.Document(io.BytesIO(answer.content))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "没有汇报材料的部门1个：区住房和城乡建设局" in text
    printed = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {item.no for item in kept(world)[1:]} <= printed
    assert first.no not in printed
    assert to_pdf(papers.document_of(YEAR, office)).startswith(b"%PDF")


def test_the_pack_is_written_from_the_departments_records_with_its_index(
    world: World, sign_in: SignIn
) -> None:
    worked(world)
    client: Client = sign_in("office")
    opened = client.post(f"/archives/2026/{world.bureau.pk}/pack/")
    report = Report.objects.get(kind="legislature")
    assert opened["Location"] == f"/reports/{report.no}/"
    assert client.post(f"/archives/2026/{world.bureau.pk}/pack/")["Location"] == opened["Location"]
    assert (report.agency, report.sector_paths) == (world.bureau, [world.factory.sector_path])
    composition = drafting.compose(report)
    text = prose(composition)
    assert "共排查登记事故隐患2项" in text
    assert "本年度工作档案共4件，其中调度任务2件、监督检查1件、重大事故隐患1件" in text
    for roll in composition.citations.rolls():
        if roll.name.startswith("archive."):
            assert client.get(roll.href).status_code == 200, roll.label
    [table] = [b for b in composition.blocks if isinstance(b, Table) and b.caption == "工作档案目录"]
    assert [cell_text(row[2]) for row in table.rows] == [item.no for item in kept(world)]
    assert client.get(f"/reports/{report.no}/").status_code == 200
    issue = issuing.issue(report.uid, world.actor("office"), version=report.version, mark="区应急")
    assert survey.survey(YEAR, world.actor("office"))[-1].pack == str(issue)


def test_a_department_that_regulates_nothing_has_an_archive_and_no_pack(world: World) -> None:
    unit: Agency = plant(Agency, None, "区档案馆", kind=AgencyKind.DEPARTMENT, region=world.district)
    assert "区档案馆" in {line.agency.name for line in survey.survey(YEAR, world.actor("office"))}
    with pytest.raises(Refused) as refused:
        drafting.begin("legislature", YEAR, clock.today(), world.district, world.actor("office"), unit)
    assert refused.value.failures[0].code == "report.no_trades"
    with pytest.raises(Refused):
        drafting.begin(
            "legislature", YEAR, clock.today(), world.district, world.actor("regulator"), world.bureau
        )


def test_the_list_takes_as_many_statements_for_many_departments(world: World) -> None:
    worked(world)
    office = world.actor("office")
    with CaptureQueriesContext(connection) as few:
        survey.survey(YEAR, office)
    for number in range(12):
        plant(Agency, None, f"区第{number}局", kind=AgencyKind.DEPARTMENT, region=world.district)
    with CaptureQueriesContext(connection) as many:
        assert len(survey.survey(YEAR, office)) == 14
    assert len(few) == len(many)


def test_a_year_that_is_none_is_refused(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    for year in ("20261", "abcd", "2099", "１９９９"):
        assert client.get(f"/archives/?year={year}").status_code == 422
