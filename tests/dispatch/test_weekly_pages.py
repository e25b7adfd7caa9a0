"""The weekly pages: the week, the form on the page, approval, correction, the district's table, the files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx.enum.section import WD_ORIENT

from bihuan.capabilities.dispatch.weekly import inputs, setting
from bihuan.capabilities.dispatch.weekly.layouts import STANDARD
from bihuan.capabilities.dispatch.weekly.models import FormTemplate, WeeklyForm
from bihuan.capabilities.dispatch.weekly.summary import summary_of
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Cadence, Expectation
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.territory.models import Regulation
from tests.dispatch import steps as tasks
from tests.dispatch import weekly_steps as steps
from tests.hazards import steps as hazards
from tests.web.conftest import SignIn
from tests.world import World

WEEK_HREF = "/weekly/?week=2026W47"


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with clock.frozen(steps.FRIDAY):
        yield


@pytest.fixture
def filing(world: World) -> World:
    steps.adopted(world)
    return world


def filled(form: WeeklyForm, **changes: Any) -> dict[str, Any]:
    zeros = {f"zero_{block.key}": "on" for block in STANDARD.blocks}
    return {"version": form.version, **zeros, **steps.WORDS, **changes}


def test_a_unit_sees_its_own_form_the_office_all(filing: World, sign_in: SignIn) -> None:
    page = sign_in("office").get(WEEK_HREF).content.decode()
    assert "区应急管理局" in page
    assert "区住房和城乡建设局" in page
    page = sign_in("regulator").get(WEEK_HREF).content.decode()
    assert "区应急管理局" in page
    assert "区住房和城乡建设局" not in page
    assert sign_in("principal").get(WEEK_HREF).status_code == 403
    assert sign_in("system_admin").get(WEEK_HREF).status_code == 403


def test_the_form_is_filled_and_filed_on_the_page(filing: World, sign_in: SignIn) -> None:
    hazards.reported(filing)
    form = steps.opened(filing)
    client = sign_in("regulator")
    page = client.get(f"/weekly/{form.no}/file/").content.decode()
    assert "本周出动检查人次" in page
    assert "/figures/hazards.found/records/?period=2026W47" in page
    refused = client.post(f"/weekly/{form.no}/file/", filled(form, zero_major=""))
    assert refused.status_code == 422
    assert "请核实后勾选确认为零" in refused.content.decode()
    assert steps.WORDS["problems"] in refused.content.decode()
    done = client.post(f"/weekly/{form.no}/file/", filled(form))
    assert (done.status_code, done.headers["Location"]) == (302, f"/weekly/{form.no}/")
    assert steps.fresh(form).stated == {"sorties": 16}
    again = client.post(f"/weekly/{form.no}/file/", filled(form))
    assert again.status_code == 422
    assert "不能上报" in again.content.decode()


def test_somebody_faster_gives_409(filing: World, sign_in: SignIn) -> None:
    form = steps.filed(filing)
    form = steps.taken(filing, form, "send_back", inputs.SendingBack(reason="补充问题"), "office")
    stale = sign_in("regulator").post(f"/weekly/{form.no}/file/", filled(form, version=1))
    assert stale.status_code == 409


def test_every_number_of_the_page_opens_as_many_records(filing: World, sign_in: SignIn) -> None:
    hazards.reported(filing)
    hazards.rectifying(filing)
    tasks.dispatched(filing)
    form = steps.filed(filing)
    client = sign_in("regulator")
    page = client.get(f"/weekly/{form.no}/").content.decode()
    links = re.findall(r'<a href="(/figures/[a-z_.]+/records/[^"]+)">([\d.,]+)</a>', page)
    assert len(links) >= 6
    for href, number in links:
        opened = client.get(href.replace("&amp;", "&")).content.decode()
        count = int(
            re.findall(r"共 ([\d,]+) 条，与所示的数一致", opened)[0].replace(",", "")
            if "共 " in opened
            else 0
        )
        assert "rate" in href or "funds" in href or count == int(number), href


def test_approval_locks_and_a_correction_shows_the_difference(filing: World, sign_in: SignIn) -> None:
    form = steps.approved(filing)
    client = sign_in("regulator")
    page = client.get(f"/weekly/{form.no}/").content.decode()
    assert "审定后锁定" in page
    assert client.get(f"/weekly/{form.no}/file/").status_code == 422
    hazards.reported(filing)
    given = filled(form, sorties="20", reason="漏报一项隐患")
    assert client.post(f"/weekly/{form.no}/correct/", given).status_code == 302
    page = client.get(f"/weekly/{form.no}/").content.decode()
    assert "排查发现隐患（本周）" in page
    assert "漏报一项隐患" in page
    first = client.get(f"/weekly/{form.no}/editions/1/").content.decode()
    second = client.get(f"/weekly/{form.no}/editions/2/").content.decode()
    assert "16人次" in first
    assert "20人次" in second
    assert client.get(f"/weekly/{form.no}/editions/3/").status_code == 404


def test_what_was_recorded_after_filing_shows_as_a_change(filing: World, sign_in: SignIn) -> None:
    form = steps.filed(filing)
    client = sign_in("regulator")
    assert "没有变化" in client.get(f"/weekly/{form.no}/changes/").content.decode()
    hazards.reported(filing)
    page = client.get(f"/weekly/{form.no}/changes/").content.decode()
    assert "发现隐患（2026年第47周" in page


def test_the_approver_sees_what_was_pointed_out(filing: World, sign_in: SignIn) -> None:
    form = steps.filed(filing)
    page = sign_in("office").get(f"/weekly/{form.no}/").content.decode()
    assert "零数据提示" in page
    assert steps.WORDS["zero_answer"] in page
    assert "零数据待核" in page


def test_another_units_form_is_absent(filing: World, sign_in: SignIn) -> None:
    form = steps.opened(filing)
    for name in ("builder", "clerk_east", "principal"):
        for ending in ("", "file/", "correct/", "approve/", "form.xlsx", "editions/1/"):
            assert sign_in(name).get(f"/weekly/{form.no}/{ending}").status_code == 404, (name, ending)
    assert sign_in("auditor").get(f"/weekly/{form.no}/form.xlsx").status_code == 404


def test_nil_and_waiver_of_a_week_are_made_on_its_form(filing: World, sign_in: SignIn) -> None:
    form = steps.opened(filing)
    due = Expectation.objects.get(kind="weekly_form", holder=form.agency, period=form.period)
    assert sign_in("regulator").get(f"/filings/{due.uid}/nil/").status_code == 404
    assert sign_in("office").get(f"/filings/{due.uid}/waive/").status_code == 404
    for name in ("regulator", "office"):
        assert WEEK_HREF in sign_in(name).get(f"/filings/{due.uid}/").content.decode()


def test_the_summary_adds_only_what_cannot_overlap(filing: World) -> None:
    hazards.reported(filing)
    steps.filed(filing)
    steps.filed(filing, by="builder", form=steps.opened(filing, unit=filing.builders))
    forms = list(WeeklyForm.objects.select_related("agency", "template").order_by("agency_id"))
    told = summary_of(steps.WEEK, forms)
    assert (told.totals["found", "week"].amount, len(told.overlapping), told.came) == (1, 0, 2)


def test_overlapping_scopes_give_the_districts_own_figure(filing: World) -> None:
    sector = Regulation.objects.get(agency=filing.bureau).sector
    Regulation.objects.create(agency=filing.builders, sector=sector)
    hazards.reported(filing)
    steps.filed(filing)
    steps.filed(filing, by="builder", form=steps.opened(filing, unit=filing.builders))
    forms = list(WeeklyForm.objects.select_related("agency", "template").order_by("agency_id"))
    told = summary_of(steps.WEEK, forms)
    assert told.totals["found", "week"].amount == 1  # one hazard, counted by both units
    assert ("found", "week") in told.overlapping
    assert ("tasks", "week") not in told.overlapping
    assert any("口径有重叠" in note for note in told.notes())


def test_a_unit_that_did_not_file_is_no_zero(filing: World, sign_in: SignIn) -> None:
    steps.filed(filing)
    page = sign_in("leader").get("/weekly/summary/?week=2026W47").content.decode()
    assert "合计（已报1家）" in page
    assert "未报的不按零计" in page
    assert sign_in("regulator").get("/weekly/summary/").status_code == 403


def test_the_files_have_the_usual_layout(filing: World, sign_in: SignIn) -> None:
    hazards.reported(filing)
    form = steps.approved(filing)
    client = sign_in("regulator")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/weekly/{form.no}/form.xlsx").content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert sheet.page_setup.orientation == "landscape"
    assert cells[0] == form.template.title
    told = "\n".join(map(str, cells))
    for words in (
        "填报单位：区应急管理局",
        "2026年第47周",
        "填报人：",
        "审定人：",
        "报送日期：2026-11-20",
        "存在的主要问题",
    ):
        assert words in told, words
    assert 1 in cells
    paper = docx.Document(io.BytesIO(client.get(f"/weekly/{form.no}/form.docx").content))
    assert paper.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert paper.paragraphs[0].text == form.template.title
    assert any("审定人：" in paragraph.text for paragraph in paper.paragraphs)
    summary = sign_in("office").get("/weekly/summary/paper.xlsx?week=2026W47")
    book = openpyxl.load_workbook(io.BytesIO(summary.content))
    assert len(book.worksheets) == 2
    assert sign_in("office").get("/weekly/summary/paper.docx?week=2026W47").status_code == 200


def test_the_api_gives_and_takes_the_same(filing: World, client: Client) -> None:
    form = steps.opened(filing)
    bearer = {"Authorization": f"Bearer {issue_token(filing.user('regulator'), scope='sign')}"}
    given = steps.filing(form)
    body = {"version": form.version, "content": given.content, "zeros": given.zeros}
    answer = client.post(
        f"/api/v1/weekly/{form.no}/file", body, content_type="application/json", headers=bearer
    )
    assert answer.status_code == 200, answer.content
    told = client.get(f"/api/v1/weekly/{form.no}", headers=bearer).json()
    assert told["state"] == "filed"
    again = client.post(
        f"/api/v1/weekly/{form.no}/file", body, content_type="application/json", headers=bearer
    )
    assert again.status_code == 409


def test_the_office_chooses_rows_and_units_on_the_record(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    assert "还没有启用周调度表" in client.get(WEEK_HREF).content.decode()
    given = {
        "title": "周调度表",
        "since": "2026-11-02",
        "counts_from": "2026-09-01",
        "rows": ["found", "tasks"],
    }
    assert client.post("/weekly/setting/template/", given).status_code == 302
    assert [row.key for _, row in FormTemplate.objects.get().asks.rows] == ["found", "tasks"]
    assert client.post("/weekly/setting/template/", given).status_code == 422
    unit = {"unit": world.bureau.pk, "since": "2026-11-02"}
    assert client.post("/weekly/setting/units/", unit).status_code == 302
    assert client.post("/weekly/setting/units/", unit).status_code == 302  # nothing new
    assert "区应急管理局" in client.get(WEEK_HREF).content.decode()
    ended = {"last": "2026-11-18", "reason": "职责调整"}
    assert client.post(f"/weekly/setting/units/{world.bureau.pk}/release/", ended).status_code == 302
    assert Cadence.objects.get(holder=world.bureau).effective_to == date(2026, 11, 22)
    assert [entry.verb for entry in entries_of(setting.CHAIN)] == ["adopt", "name_filer", "release_filer"]
    for name in ("leader", "regulator"):
        assert sign_in(name).get("/weekly/setting/").status_code == 403
    with pytest.raises(Refused):
        setting.name_filer(world.bureau, clock.today(), world.actor("leader"))


@pytest.mark.parametrize(
    "address", ["/weekly/?week=2026W47", "/weekly/summary/?week=2026W47", "/weekly/?tab=all"]
)
def test_more_units_cost_no_more_statements(filing: World, sign_in: SignIn, address: str) -> None:
    office = filing.actor("office")
    steps.filed(filing)
    client = sign_in("office")
    client.get(address)
    few = _statements(client, address) + 6  # the district's own figures, where towns and sectors overlap
    for unit in (filing.east_government, filing.west_government):
        setting.name_filer(unit, date(2026, 10, 1), office)
    form = steps.opened(filing, unit=filing.east_government)
    steps.filed(filing, by="clerk_east", form=form)
    client.get(address)
    assert _statements(client, address) <= few


def _statements(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_list_of_the_api_leaves_the_figures_to_each_form(filing: World, client: Client) -> None:
    form = steps.filed(filing)
    bearer = {"Authorization": f"Bearer {issue_token(filing.user('regulator'), scope='sign')}"}
    with CaptureQueriesContext(connection) as asked:
        listed = client.get("/api/v1/weekly?tab=all", headers=bearer)
    assert listed.status_code == 200, listed.content
    assert form.no in listed.content.decode()
    assert not any("frozenfigure" in query["sql"].lower() for query in asked.captured_queries)
    assert client.get(f"/api/v1/weekly/{form.no}", headers=bearer).json()["figures"]
