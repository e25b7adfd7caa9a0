"""Rounds: no section left out, what is found is a hazard at once; packs: who was not looked at before a period is named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from bihuan.capabilities.dispatch.windows.inputs import Planning
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections.planning.models import Round, RoundTemplate
from bihuan.capabilities.inspections.planning.rounds import inputs, packs, templates
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.access import visible_objects
from tests.world import World


@pytest.fixture
def sheets(world: World) -> World:
    templates.load_templates()
    return world


def set_out(world: World, by: str = "grid", template: str = "plant_areas") -> Round:
    given = inputs.SettingOut(template=template, object=world.factory.uid, walkers="网格员")
    outcome = engine.open_matter("round", "set_out", given, actor=world.actor(by))
    return Round.objects.get(uid=outcome.uid)


def look(world: World, one: Round, section: str, by: str = "grid", **said: Any) -> Round:
    given = inputs.Looking(**{"section": section, "outcome": "clear", **said})
    engine.perform("round", "look", one.no, given, actor=world.actor(by))
    return Round.objects.get(pk=one.pk)


def finish(world: World, one: Round, by: str = "grid") -> Round:
    given = inputs.Finishing(finished_on=clock.today())
    engine.perform("round", "finish", one.no, given, actor=world.actor(by))
    return Round.objects.get(pk=one.pk)


def walked(world: World, by: str = "grid", template: str = "plant_areas") -> Round:
    one = set_out(world, by, template)
    for section in one.sections:
        one = look(world, one, section["key"], by)
    return finish(world, one, by)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refusal.value.failures}


def test_the_templates_of_the_release_are_loaded_once(sheets: World) -> None:
    assert templates.load_templates() == 0
    assert {"gas_users", "rural_roads", "bridges", "plant_areas", "pre_holiday"} <= set(
        RoundTemplate.objects.values_list("code", flat=True)
    )


def test_a_round_is_not_finished_without_a_result_for_every_section(sheets: World) -> None:
    one = set_out(sheets)
    for section in one.sections[:-1]:
        one = look(sheets, one, section["key"])
    with pytest.raises(Refused) as refusal:
        finish(sheets, one)
    assert codes(refusal) == {"round.section_left_out"}
    assert one.sections[-1]["title"] in str(refusal.value)
    one = look(sheets, one, one.sections[-1]["key"], outcome="absent", note="没有宿舍")
    assert finish(sheets, one).state == "finished"


def test_what_is_found_is_a_hazard_at_once(sheets: World) -> None:
    one = set_out(sheets)
    one = look(sheets, one, "fire", outcome="hazard", note="二楼疏散门上锁", place="二楼")
    [hazard] = Hazard.objects.filter(origin=one.no)
    assert one.hazards == [hazard.no]
    assert (hazard.description, hazard.place, hazard.source) == ("二楼疏散门上锁", "二楼", "grid")
    with pytest.raises(Refused) as refusal:
        look(sheets, one, "fire", outcome="clear")
    assert codes(refusal) == {"round.hazard_registered"}


def test_a_hazard_the_ledger_refuses_leaves_no_result(sheets: World) -> None:
    one = set_out(sheets)
    with pytest.raises(Refused):
        look(sheets, one, "fire", outcome="hazard", note="", place="二楼")
    assert Round.objects.get(pk=one.pk).results == {}
    assert not Hazard.objects.exists()


def test_an_enterprise_walks_its_own_ground_and_sees_no_other(sheets: World) -> None:
    one = walked(sheets, "safety")
    assert one.state == "finished"
    with pytest.raises(Refused):
        set_out(sheets, "site_safety")
    theirs = set_out(sheets, "safety")
    with pytest.raises(Refused):
        look(sheets, theirs, "fire", "grid")
    assert look(sheets, theirs, "消防和疏散", "principal").results["fire"]["outcome"] == "clear"
    from bihuan.capabilities.inspections.planning.access import visible_rounds

    assert one not in visible_rounds(sheets.actor("site_safety"))
    assert one in visible_rounds(sheets.actor("principal"))


def test_a_template_changed_meanwhile_does_not_change_a_round_under_way(sheets: World) -> None:
    one = set_out(sheets)
    templates.end("plant_areas", "改版", sheets.actor("office"))
    RoundTemplate.objects.filter(code="plant_areas").update(sections=[])
    assert len(Round.objects.get(pk=one.pk).sections) == 7
    with clock.frozen(clock.now() + timedelta(days=1)), pytest.raises(Refused) as refusal:
        set_out(sheets)
    assert codes(refusal) == {"round.template_unknown"}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def before_spring(sheets: World) -> World:
    """The Spring Festival of 2027 is planned; the factory lies in the pack's register."""
    sector = sheets.factory.sector
    assert sector is not None
    RoundTemplate.objects.filter(code="pre_holiday").update(sectors=[sector.path])
    given = Planning(
        kind="spring_festival", name="2027年春节", first_day=date(2027, 2, 5), last_day=date(2027, 2, 12),
        reporting="nobody",
    )  # fmt: skip
    with clock.frozen(at(date(2027, 1, 4))):
        engine.open_matter("window", "plan", given, actor=sheets.actor("office"))
    return sheets


def test_an_unfinished_object_is_named_with_the_period_and_owed_by_its_unit(before_spring: World) -> None:
    world = before_spring
    with clock.frozen(at(date(2027, 1, 10))):
        assert packs.expect_packs() == 1
        assert packs.expect_packs() == 0
        [due] = packs.dues(clock.today())
        assert packs.unfinished(due, visible_objects(world.actor("office"))) == [world.factory]
        row = Expectation.objects.get(kind=due.kind)
        assert (row.holder, row.due_on) == (world.bureau, date(2027, 2, 4))
        assert "2027年春节" in row.title
    assert row.standing(date(2027, 2, 5)) == Standing.MISSING


def test_a_finished_round_meets_the_pack_and_one_before_its_days_does_not(before_spring: World) -> None:
    world = before_spring
    with clock.frozen(at(date(2027, 1, 4))):
        walked(world, "grid", "pre_holiday")
    with clock.frozen(at(date(2027, 1, 10))):
        packs.expect_packs()
        assert Expectation.objects.get(kind__startswith="pack.").met_at is None
        done = walked(world, "grid", "pre_holiday")
        row = Expectation.objects.get(kind__startswith="pack.")
        assert row.met_by == done.uid
        [due] = packs.dues(clock.today())
        assert packs.unfinished(due, visible_objects(world.actor("office"))) == []


def test_pages_of_rounds_and_packs(before_spring: World, client: Client) -> None:
    world = before_spring
    with clock.frozen(at(date(2027, 1, 10))):
        client.force_login(world.user("office"))
        listed = client.get("/packs/").content.decode()
        assert "2027年春节前" in listed
        [due] = packs.dues(clock.today())
        page = client.get(f"/packs/{due.template.pk}/{due.window.no}/").content.decode()
        assert world.factory.name in page
        paper = client.get(f"/packs/{due.template.pk}/{due.window.no}/unfinished.docx")
        assert paper.content[:2] == b"PK"
        for address in ("/rounds/", "/rounds/templates/", "/rounds/templates/gas_users/", "/coverage/", "/programmes/",
                        "/plans/", "/draws/", "/inspections/fire/"):  # fmt: skip
            assert client.get(address).status_code == 200, address
        made = client.post(
            "/rounds/templates/new/",
            {"title": "学校巡查", "sections": "食堂用气｜连接管\n宿舍用电", "ahead": "30"},
        )
        assert made.headers["Location"] == "/rounds/templates/local-1/"
