"""The first-run page of an empty, real district."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from lxml import html
from openpyxl import load_workbook

from bihuan.kernel.people.models import Person, Post, Role, Tenure, User
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import found_district, plant
from bihuan.kernel.web.first_run import incomplete
from tests.web.conftest import SignIn
from tests.world import SINCE, World


@pytest.fixture
def admin(db: None) -> Client:
    person = Person.objects.create(name="林岚")
    user = User.objects.create(username="linlan", person=person, must_change_password=False)
    Tenure.objects.create(
        post=Post.objects.create(title="系统管理员", role=Role.SYSTEM_ADMIN), person=person, since=SINCE
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_it_says_what_comes_next_and_what_waits(admin: Client) -> None:
    found_district("370403", "薛河区")
    page = admin.get("/setup/").content.decode()
    assert "薛河区（370403）" in page
    assert (
        page.index("镇街、村社区与网格")
        < page.index("部门与单位")
        < page.index("人员、岗位与任职")
        < page.index("企业")
    )
    assert incomplete()
    assert admin.get("/")["Location"] == "/setup/"
    assert 'href="/setup/"' in admin.get("/people/").content.decode()


def test_it_survives_a_database_without_a_district(admin: Client) -> None:
    page = html.document_fromstring(admin.get("/setup/").content.decode())
    words = page.xpath("string(//main)")
    assert "还没有设定" in words
    assert "把本区县装进来" in words
    assert "bihuan" not in words


def test_each_workbook_has_a_page_that_takes_it(admin: Client) -> None:
    found_district("370403", "薛河区")
    page = admin.get("/setup/").content.decode()
    assert 'href="/imports/?kind=regions"' in page
    assert "由安委办工作人员、部门监管人员、镇街工作人员导入" in page
    assert "/imports/?kind=enterprises" not in page


def test_a_stage_is_done_when_something_is_there(admin: Client) -> None:
    district = found_district("370403", "薛河区").region
    plant(Region, district, "东湖镇", level=RegionLevel.TOWN)
    assert "1 个镇街" in admin.get("/setup/").content.decode()


def test_a_district_at_work_is_not_led_any_more(world: World, sign_in: SignIn) -> None:
    assert not incomplete()
    assert 'href="/setup/"' not in sign_in("security_admin").get("/people/").content.decode()


@pytest.mark.parametrize("kind", ["regions", "agencies", "people", "enterprises"])
def test_every_stage_has_its_empty_workbook(admin: Client, kind: str) -> None:
    found_district("370403", "薛河区")
    assert f"/setup/{kind}.xlsx" in admin.get("/setup/").content.decode() or kind != "regions"
    answer = admin.get(f"/setup/{kind}.xlsx")
    assert load_workbook(io.BytesIO(answer.content)).worksheets[0].cell(1, 1).value == "序号"
    assert admin.get("/setup/nothing.xlsx").status_code == 404
