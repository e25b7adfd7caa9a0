"""A real district begins with workbooks: regions, agencies, people, enterprises; the templates lead the way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bihuan.capabilities.hazards.filing import LEDGER, expect_ledgers
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.models import Person, Post, Tenure, User
from bihuan.kernel.people.trail import number_of, trail_of
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.territory.models import Agency, Region, RegionLevel, Regulation, Sector
from bihuan.kernel.territory.trees import find_agency, find_region
from bihuan.kernel.workbooks import importers, importing
from bihuan.kernel.workbooks.models import HeadingSynonym
from bihuan.kernel.workbooks.synonyms import extra_synonyms, forget, teach
from bihuan.registers.credit_code import make
from tests.world import World, build_world

SYSTEM = Actor.system("import")
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def _filled(kind: str, path: Path, *rows: Mapping[str, Any]) -> Path:
    """The template of ``kind`` with rows below its example."""
    importers.write_template(kind, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for line, row in enumerate(rows, 3):
        assert set(row) <= set(headings)
        for column, heading in enumerate(headings, 1):
            sheet.cell(line, column).value = row.get(str(heading))
    book.save(path)
    return path


def _import(kind: str, path: Path, actor: Actor = SYSTEM, **how: Any) -> dict[str, Any]:
    return importing.run(kind, path, actor, **how)[1]


def _reasons(answer: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["code"]) for one in answer["rejected"]]


REGIONS: Sequence[dict[str, Any]] = (
    {"区划名称": "南岗镇", "级别": "镇街", "行政区划代码": "370403101", "别名": "南岗、南岗镇政府"},
    {"区划名称": "南岗一村", "级别": "村社区", "上级区划": "南岗镇"},
)


def test_regions_are_planted_under_their_parents(world: World, tmp_path: Path) -> None:
    path = _filled("regions", tmp_path / "a.xlsx", *REGIONS)
    answer = _import("regions", path)
    assert (answer["accepted"], answer["rejected"]) == (2, [])
    town = Region.objects.get(name="南岗镇")
    assert (town.level, town.parent) == (RegionLevel.TOWN, world.district)
    assert Region.objects.get(name="南岗一村").path.startswith(town.path)
    assert find_region("南岗镇政府") == town
    assert _import("regions", path)["already_there"] == 2


def test_a_wrong_region_keeps_all_out(world: World, tmp_path: Path) -> None:
    wrong = {"区划名称": "北岗村", "级别": "村", "上级区划": "没有的镇"}
    before = Region.objects.count()
    path = _filled("regions", tmp_path / "a.xlsx", *REGIONS, wrong, {"区划名称": "某地", "级别": "省"})
    answer = _import("regions", path)
    assert _reasons(answer) == [(5, "上级区划", "region.unknown_parent"), (6, "级别", "region.unknown_level")]
    assert Region.objects.count() == before
    assert _import("regions", path, partial=True)["accepted"] == 2


def test_agencies_come_with_the_sectors_they_answer_for(world: World, tmp_path: Path) -> None:
    rows = (
        {"单位名称": "区交通运输局", "类别": "部门", "主管行业领域": "道路交通", "简称": "区交通局"},
        {"单位名称": "区委办公室", "类别": "区委区政府"},
    )
    answer = _import("agencies", _filled("agencies", tmp_path / "a.xlsx", *rows))
    assert (answer["accepted"], answer["rejected"]) == (2, [])
    agency = find_agency("区交通局")
    assert agency is not None
    assert (agency.name, agency.files_ledger, agency.region) == ("区交通运输局", True, world.district)
    assert Regulation.objects.get(agency=agency).sector.name == "道路交通"
    assert not Agency.objects.get(name="区委办公室").files_ledger


def test_what_a_new_agency_owes_this_month_stands_there_at_once(world: World, tmp_path: Path) -> None:
    expect_ledgers(clock.today().replace(day=1))
    rows = (
        {"单位名称": "区水务局", "类别": "部门", "主管行业领域": "水利"},
        {"单位名称": "区档案馆", "类别": "部门", "按月报送台账": "否"},
    )
    path = _filled("agencies", tmp_path / "a.xlsx", *rows)
    asked = Expectation.objects.filter(kind=LEDGER, holder__name__in=("区水务局", "区档案馆"))
    _import("agencies", path, dry_run=True)
    assert not asked.exists()
    _import("agencies", path)
    assert [one.holder.name for one in asked.filter(opens_on=clock.today().replace(day=1))] == ["区水务局"]
    _import("agencies", path)
    assert asked.count() == 1


def test_people_get_their_posts_and_accounts_but_no_password(world: World, tmp_path: Path) -> None:
    rows = (
        {
            "姓名": "孙某",
            "电话": "13800000001",
            "账号": "sunmou",
            "岗位": "安监站副站长",
            "角色": "镇街工作人员",
            "单位": "东湖镇人民政府",
            "任职日期": date(2023, 1, 1),
        },
        {
            "姓名": "钱某",
            "电话": "13800000002",
            "岗位": "安全总监",
            "角色": "企业安全管理员",
            "所在企业": world.factory.credit_code,
        },
    )
    path = _filled("people", tmp_path / "a.xlsx", *rows)
    answer = _import("people", path)
    assert (answer["accepted"], answer["rejected"]) == (2, [])
    user = User.objects.get(username="sunmou")
    tenure = Tenure.objects.select_related("post").get(person=user.person)
    assert (tenure.post.region, tenure.since, user.must_change_password) == (
        world.east,
        date(2023, 1, 1),
        True,
    )
    assert Tenure.objects.get(person__name="钱某").post.object == world.factory.uid
    assert "secret" not in str(answer)
    assert _import("people", path)["already_there"] == 2
    assert Person.objects.filter(name="孙某").count() == 1


def test_people_with_unknown_words_are_named(world: World, tmp_path: Path) -> None:
    rows = (
        {"姓名": "甲", "岗位": "站长", "角色": "皇帝"},
        {"姓名": "乙", "岗位": "站长", "角色": "镇街工作人员", "单位": "没有的单位"},
        {"姓名": "丙", "岗位": "安全员", "角色": "企业安全管理员", "所在企业": "没有的企业"},
        {
            "姓名": "丁",
            "岗位": "站长",
            "角色": "镇街工作人员",
            "单位": "东湖镇人民政府",
            "任职日期": "2023-13-01",
        },
    )
    assert _reasons(_import("people", _filled("people", tmp_path / "a.xlsx", *rows))) == [
        (3, "角色", "people.unknown_role"),
        (4, "单位", "people.unknown_agency"),
        (5, "所在企业", "people.unknown_object"),
        (6, "任职日期", "people.bad_since"),
    ]


def test_the_people_of_an_enterprise_wait_for_it_and_say_so(world: World, tmp_path: Path) -> None:
    row = {"姓名": "丙", "岗位": "安全员", "角色": "企业安全管理员", "所在企业": "东湖新厂"}
    missing = _import("people", _filled("people", tmp_path / "a.xlsx", row))["rejected"][0]
    assert "请先导入企业" in missing["reason"]
    for town in (world.east, world.west):
        draft_object("东湖新厂", town).save()
    twice = _import("people", _filled("people", tmp_path / "b.xlsx", row))["rejected"][0]
    assert twice["code"] == "people.ambiguous_object"
    assert "统一社会信用代码" in twice["reason"]


@pytest.mark.parametrize(
    ("written", "reaches"),
    [("", ["工贸"]), ("危化", ["危险化学品"]), ("全部", [])],
    ids=["blank", "said", "all"],
)
def test_a_regulator_reaches_no_further_than_his_bureau_unless_it_is_said(
    world: World, tmp_path: Path, written: str, reaches: list[str]
) -> None:
    row = {"姓名": "吴某", "岗位": "监管员", "角色": "部门监管人员", "单位": "区应急管理局"}
    answer = _import("people", _filled("people", tmp_path / "a.xlsx", {**row, "分管行业领域": written}))
    post = Post.objects.get(tenures__person__name="吴某")
    assert [Sector.objects.get(path=path).name for path in post.sector_paths] == reaches
    told = [says for says in answer.get("notes", ()) if "按单位主管的行业领域" in says]
    assert bool(told) is (written == "")


def test_a_vacant_post_of_another_sector_is_nobodys(world: World, tmp_path: Path) -> None:
    row = {
        "姓名": "吴某",
        "岗位": "监管员",
        "角色": "部门监管人员",
        "单位": "区应急管理局",
        "分管行业领域": "危化",
    }
    _import("people", _filled("people", tmp_path / "a.xlsx", row))
    Tenure.objects.filter(person__name="吴某").update(since=date(2022, 1, 1), until=date(2023, 1, 1))
    _import("people", _filled("people", tmp_path / "b.xlsx", {**row, "姓名": "郑某", "分管行业领域": "工贸"}))
    post = Post.objects.get(tenures__person__name="郑某")
    assert [Sector.objects.get(path=path).name for path in post.sector_paths] == ["工贸"]


_ROW = {"姓名": "吴某", "岗位": "监管员", "角色": "部门监管人员", "单位": "区应急管理局"}


def _people(path: Path, *rows: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return _import("people", _filled("people", path, *rows), **more)


def test_the_same_name_in_the_same_agency_is_the_same_person(world: World, tmp_path: Path) -> None:
    assert _people(tmp_path / "a.xlsx", _ROW)["accepted"] == 1
    again = _people(tmp_path / "b.xlsx", _ROW, {**_ROW, "岗位": "值班员"})
    assert (again["already_there"], again["accepted"], again["rejected"]) == (1, 1, [])
    assert Person.objects.filter(name="吴某").count() == 1


def test_a_namesake_elsewhere_waits_for_a_decision_and_is_never_doubled(world: World, tmp_path: Path) -> None:
    _people(tmp_path / "a.xlsx", _ROW)
    elsewhere = {**_ROW, "单位": "区住房和城乡建设局"}
    answer = _people(tmp_path / "b.xlsx", elsewhere)
    assert [one["code"] for one in answer["rejected"]] == ["people.namesake"]
    assert "区应急管理局 监管员" in answer["rejected"][0]["reason"]
    assert [(one["row"], one["name"]) for one in answer["namesakes"]] == [(3, "吴某")]
    assert Person.objects.filter(name="吴某").count() == 1
    another = _people(tmp_path / "c.xlsx", {**elsewhere, "同名认定": "另一人"})
    assert another["accepted"] == 1
    assert Person.objects.filter(name="吴某").count() == 2
    assert _people(tmp_path / "d.xlsx", {**elsewhere, "同名认定": "另一人"})["already_there"] == 1
    assert Person.objects.filter(name="吴某").count() == 2


def test_one_person_may_serve_in_two_agencies(world: World, tmp_path: Path) -> None:
    _people(tmp_path / "a.xlsx", _ROW)
    row = {**_ROW, "单位": "区住房和城乡建设局", "同名认定": "同一人"}
    assert _people(tmp_path / "b.xlsx", row)["accepted"] == 1
    assert Tenure.objects.filter(person=Person.objects.get(name="吴某")).count() == 2


def test_another_telephone_in_the_same_agency_is_asked_about(world: World, tmp_path: Path) -> None:
    _people(tmp_path / "a.xlsx", {**_ROW, "电话": "13800000001"})
    other = {**_ROW, "岗位": "值班员", "电话": "13800000002"}
    assert [one["code"] for one in _people(tmp_path / "b.xlsx", other)["rejected"]] == ["people.namesake"]
    assert _people(tmp_path / "c.xlsx", {**other, "电话": "13800000001"})["accepted"] == 1
    assert Person.objects.filter(name="吴某").count() == 1


def test_a_second_account_for_one_person_is_refused(world: World, tmp_path: Path) -> None:
    _people(tmp_path / "a.xlsx", {**_ROW, "账号": "wumou"})
    answer = _people(tmp_path / "b.xlsx", {**_ROW, "账号": "wumou2"})
    assert [one["code"] for one in answer["rejected"]] == ["people.has_account"]


def test_whoever_is_registered_stands_on_the_record(world: World, tmp_path: Path) -> None:
    _people(tmp_path / "a.xlsx", _ROW)
    chain = trail_of(number_of(Person.objects.get(name="吴某")))
    assert [entry.verb for entry in entries_of(chain)] == ["person_registered", "tenure_begun"]


def test_the_trees_are_the_system_administrators(world: World, tmp_path: Path) -> None:
    path = _filled("regions", tmp_path / "a.xlsx", *REGIONS)
    with pytest.raises(Refused, match="系统管理员"):
        _import("regions", path, actor_of(world.user("office"), origin="import"))
    assert _import("regions", path, actor_of(world.user("system_admin"), origin="import"))["accepted"] == 2


def test_enterprises_are_registered_from_a_workbook(world: World, tmp_path: Path) -> None:
    good = {
        "企业名称": "南岗陶瓷厂",
        "统一社会信用代码": make("91370403MA3TE5T03"),
        "属地镇街": "东湖镇",
        "行业领域": "工贸",
        "从业人数": 12,
    }
    wrong = {"企业名称": "某厂", "统一社会信用代码": "9137", "属地镇街": "东湖镇", "行业领域": "工贸"}
    path = _filled("enterprises", tmp_path / "a.xlsx", good, wrong)
    answer = _import("enterprises", path)
    assert [one["column"] for one in answer["rejected"]] == ["统一社会信用代码"]
    assert answer["rejected"][0]["row"] == 4
    assert not SupervisedObject.objects.filter(name="南岗陶瓷厂").exists()
    assert _import("enterprises", path, partial=True)["accepted"] == 1
    assert SupervisedObject.objects.get(name="南岗陶瓷厂").region == world.east


def test_all_kinds_are_known_whichever_was_imported_first() -> None:
    """A process of its own: here everything has long been imported."""
    said = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'bihuan.conf.settings'; django.setup();"
        "import bihuan.capabilities.hazards.imports;"
        "from bihuan.kernel.workbooks.importers import importers; print(*sorted(importers()))"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert {"hazards", "regions", "agencies", "people", "enterprises"} <= set(done.stdout.split())


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(
        Refused,
        match="accidents、agencies、buildings、checklists、economy、enterprises、facilities、hazards、people、places、projects、regions、tipoffs",
    ):
        importers.importer_of("cats")


def test_a_clerk_teaches_the_system_a_heading(world: World) -> None:
    columns = importers.importer_of("hazards").columns
    office = actor_of(world.user("office"))
    teach(columns, "description", " 毛 病\n（万元）", office)
    teach(columns, "found_on", "毛病", office)
    assert extra_synonyms("hazards") == [("found_on", "毛病")]
    assert HeadingSynonym.objects.get().added_by == office.name
    with pytest.raises(Refused, match="安委办"):
        teach(columns, "description", "毛病", actor_of(world.user("clerk_east")))
    with pytest.raises(Refused, match="没有这一列"):
        teach(columns, "colour", "颜色", office)
    forget("hazards", "毛病", office)
    assert extra_synonyms("hazards") == []
