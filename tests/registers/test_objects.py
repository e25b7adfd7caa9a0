"""Projects, buildings, places and facilities: entered by form, workbook or API, corrected with a trace, once a name and town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import ObjectAlias, ObjectKind, SupervisedObject
from bihuan.kernel.territory.models import Standing
from bihuan.kernel.territory.trees import find_sector
from bihuan.kernel.workbooks import importers, importing
from bihuan.registers import trail
from bihuan.registers.models import Place, Project, StandingDecision
from bihuan.registers.objects.keeping import amend_object, register_object, stated
from bihuan.registers.objects.stating import Stated
from bihuan.registers.objects.traits import BUILDINGS, KINDS, PLACES, PROJECTS, KindOf
from tests.world import World, build_world

SITE = Stated(
    "柳溪安置房二期", "西岭街道", "建筑施工", "柳溪路 8 号",
    traits={
        "stage": "在建", "client": "城投", "builder": "鲁南建工", "overseer": "诚信监理", "floor_area": "12,000.5",
        "ends_on": "2027年6月",
    },
)  # fmt: skip
MALL = Stated("万家福超市", "东湖镇", "消防", traits={"sort": "商场市场", "exits": "2个", "fire_risk": "高"})


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_a_project_is_entered_with_its_parties(world: World) -> None:
    made, new = register_object(PROJECTS, SITE, world.actor("builder"))
    row = Project.objects.get(object=made)
    assert (new, made.kind, made.region, row.stage) == (True, "project", world.west, "building")
    assert (row.builder, row.floor_area, row.ends_on) == ("鲁南建工", Decimal("12000.50"), date(2027, 6, 30))
    assert [entry.verb for entry in trail.entries_about(made)] == ["registered"]
    again, new = register_object(PROJECTS, stated(made), world.actor("builder"))
    assert (again.pk, new) == (made.pk, False)
    with pytest.raises(Refused) as refused:
        register_object(PROJECTS, replace(SITE, traits={"stage": "停工"}), world.actor("builder"))
    assert codes(refused) == {"object.already_named"}


def test_everything_wrong_is_told_at_once(world: World) -> None:
    wrong = Stated(
        "", "南极镇", "航天发射", responsible="没有的公司",
        traits={"sort": "太空站", "exits": "几个", "keeper_phone": "abc", "colour": "红"},
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        register_object(PLACES, wrong, world.actor("office"))
    assert codes(refused) == {
        "object.no_name", "object.unknown_region", "object.unknown_sector", "object.unknown_responsible",
        "object.wrong_choice", "object.wrong_count", "object.wrong_phone", "object.unknown_trait",
    }  # fmt: skip


@pytest.mark.parametrize("who", ["clerk_east", "regulator", "safety", "grid", "auditor"])
def test_only_who_keeps_that_register_there_enters(world: World, who: str) -> None:
    with pytest.raises(Refused) as refused:
        register_object(PROJECTS, SITE, world.actor(who))
    assert codes(refused) == {"object.not_yours"}


def test_a_correction_leaves_a_trace_and_a_stale_one_changes_nothing(world: World) -> None:
    office = world.actor("office")
    made, _ = register_object(PLACES, MALL, office)
    version = trail.version_of(made)
    said = replace(
        MALL, name="万家福购物广场", traits={**MALL.traits, "keeper_phone": "13900000000", "exits": "4"}
    )
    amend_object(made.uid, said, office, "现场核对", version)
    made.refresh_from_db()
    assert (made.name, Place.objects.get(object=made).exits) == ("万家福购物广场", 4)
    assert ObjectAlias.objects.get().object_id == made.pk
    entry = trail.entries_about(made)[-1]
    assert entry.payload["changes"]["安全出口"] == ["2", "4"]
    assert "13900000000" not in entry.payload_text + StandingDecision.objects.get(kind="amended").reason
    with pytest.raises(Stale):
        amend_object(made.uid, MALL, office, "晚了", version)
    with pytest.raises(Refused) as refused:
        amend_object(made.uid, MALL, office, " ", None)
    assert codes(refused) == {"object.no_reason"}
    with pytest.raises(Absent):
        amend_object(made.uid, MALL, world.actor("clerk_west"), "改")
    with pytest.raises(Absent):
        amend_object(world.factory.uid, MALL, office, "企业另有表")


def test_a_waiting_one_of_the_same_name_is_completed(world: World) -> None:
    waiting = draft_object(
        "万家福超市", world.east, kind=ObjectKind.PLACE, sector=find_sector("消防"), standing=Standing.PENDING
    )
    waiting.save()
    made, new = register_object(PLACES, MALL, world.actor("clerk_east"))
    assert (made.pk, new, made.standing) == (waiting.pk, True, Standing.CONFIRMED)
    assert [entry.verb for entry in trail.entries_about(made)] == ["confirmed"]


def test_the_enterprise_that_answers_is_found_by_code_or_name(world: World) -> None:
    office = world.actor("office")
    by_code, _ = register_object(PLACES, replace(MALL, responsible=world.factory.credit_code), office)
    by_name, _ = register_object(PLACES, replace(MALL, name="二店", responsible="东湖纺织 有限公司"), office)
    assert by_code.responsible_id == by_name.responsible_id == world.factory.pk


def _filled(kind: KindOf, path: Path, *rows: dict[str, Any]) -> Path:
    importers.write_template(kind.plural, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for line, row in enumerate(rows, 3):
        assert set(row) <= set(headings), set(row) - set(headings)
        for column, heading in enumerate(headings, 1):
            sheet.cell(line, column).value = row.get(str(heading))
    book.save(path)
    return path


BUILDING = {
    "建筑名称": "百货大楼", "属地镇街": "东湖镇", "行业领域": "消防", "建筑类别": "二类高层公共建筑",
    "层数": 18, "建筑高度": 62.4, "消防设施状况": "完好有效", "消防设施检测日期": date(2026, 5, 1),
}  # fmt: skip


def test_a_workbook_of_buildings(world: World, tmp_path: Path) -> None:
    wrong = {**BUILDING, "建筑名称": "鬼楼", "消防设施状况": "还行", "属地镇街": "南极镇"}
    path = _filled(BUILDINGS, tmp_path / "b.xlsx", BUILDING, wrong)
    clerk = world.actor("clerk_east")
    _, answer = importing.run("buildings", path, clerk)
    assert (answer["written"], answer["accepted"]) == (False, 1)
    assert {(one["row"], one["column"], one["code"]) for one in answer["rejected"]} == {
        (4, "消防设施状况", "object.wrong_choice"), (4, "属地镇街", "object.unknown_region"),
    }  # fmt: skip
    assert not SupervisedObject.objects.filter(kind="building").exists()
    _, answer = importing.run("buildings", path, clerk, partial=True)
    made = SupervisedObject.objects.select_related("building").get(kind="building")
    assert (made.building.floors, made.building.height, made.building.checked_on) == (
        18, Decimal("62.40"), date(2026, 5, 1),
    )  # fmt: skip
    _, again = importing.run("buildings", _filled(BUILDINGS, tmp_path / "c.xlsx", BUILDING), clerk)
    assert (again["accepted"], again["already_there"], again["rejected"]) == (0, 1, [])
    _, foreign = importing.run("buildings", tmp_path / "c.xlsx", world.actor("clerk_west"))
    assert [one["code"] for one in foreign["rejected"]] == ["object.not_yours"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
def test_every_template_is_read_by_its_own_import(world: World, tmp_path: Path, kind: KindOf) -> None:
    row: dict[str, Any] = {f"{kind.label}名称": kind.example, "属地镇街": "东湖镇", "行业领域": kind.sector}
    row |= {trait.label: trait.example for trait in kind.traits if trait.example}
    _, answer = importing.run(kind.plural, _filled(kind, tmp_path / "one.xlsx", row), world.actor("office"))
    assert (answer["rejected"], answer["accepted"]) == ([], 1)
