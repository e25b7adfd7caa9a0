"""From the first telephone call to the closed file, and every refusal on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bihuan.capabilities.accidents import inputs
from bihuan.capabilities.accidents.access import access_accident, visible_accidents, visible_versions
from bihuan.capabilities.accidents.models import Accident, AccidentVersion
from bihuan.capabilities.accidents.states import AccidentState
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from tests.accidents.steps import (
    NIGHT,
    at,
    authorisation,
    do,
    evaluated,
    executed,
    executing,
    fresh,
    further,
    investigating,
    numbers,
    paper,
    proven,
    receiving,
    report,
    reported,
    verified,
)
from tests.world import World

ALL_FOUR = ("cause", "liable", "measures", "taught")


def codes(refusal: Any) -> list[str]:
    return [failure.code for failure in refusal.value.failures]


def test_from_the_call_to_the_closed_file(world: World) -> None:
    accident = executed(world, proven(world, evaluated(world), *ALL_FOUR))
    given = inputs.Closing(closed_on=clock.today(), opinion="同意结案")
    accident = do(world, accident, "close", given, "office")
    assert accident.state == AccidentState.CLOSED
    assert accident.no.split("-")[1].startswith("A2026")
    verbs = [entry.verb for entry in entries_of(accident.uid)]
    assert verbs[0] == "receive"
    assert verbs[-1] == "close"


@pytest.mark.parametrize(
    ("knew", "told", "late"),
    [
        ("02:15", "03:20", 5), ("02:25", "03:20", 0), ("02:20", "03:20", 0), ("02:19", "03:20", 1), ("02:21", "03:20", 0),
        ("02:10", "03:11", 1),
    ],
)  # fmt: skip
def test_the_hour_runs_from_the_principals_knowledge(world: World, knew: str, told: str, late: int) -> None:
    accident = reported(world, knew_at=at(f"2026-11-10 {knew}"), reported_at=at(f"2026-11-10 {told}"))
    assert accident.late_minutes == late
    assert [one["kind"] for one in accident.offences] == (["late"] if late else [])


def test_who_knew_when_is_in_the_proposal_and_new_times_withdraw_it(world: World) -> None:
    accident = reported(world, reported_at=at("2026-11-10 03:20"))
    (proposal,) = accident.offences
    assert (proposal["who"], proposal["knew_at"], proposal["minutes"]) == (
        "总经理冯某", at("2026-11-10 02:15").isoformat(), 5,
    )  # fmt: skip
    times = inputs.Times(
        knew_at=at("2026-11-10 02:25"),
        knew_who="总经理冯某",
        reported_at=at("2026-11-10 03:20"),
        evidence="通话清单",
    )
    accident = do(world, accident, "settle_times", times)
    assert accident.late_minutes == 0
    assert [one["stands"] for one in accident.offences] == [False]


def test_unknown_is_not_in_time(world: World) -> None:
    accident = reported(world, knew_at=None, knew_who="")
    assert accident.late_minutes is None
    assert accident.offences == []


def test_nobody_is_charged_late_whom_the_clock_does_not_show_late(world: World) -> None:
    accident = reported(world)
    charge = {"who": "总经理冯某", "evidence": "询问笔录"}
    with pytest.raises(Refused) as refusal:
        given = inputs.Charge(kind="concealed", knew_at=at("2026-11-10 02:15"), **charge)
        do(world, accident, "find_offence", given)
    assert codes(refusal) == ["accident.not_late"]
    accident = do(
        world, accident, "find_offence", inputs.Charge(kind="false", knew_at=at("2026-11-10 02:15"), **charge)
    )
    assert accident.offences[0]["kind"] == "false"
    with pytest.raises(Refused) as refusal:
        again = inputs.Charge(kind="false", knew_at=at("2026-11-10 02:15"), **charge)
        do(world, accident, "find_offence", again)
    assert codes(refusal) == ["accident.charged_already"]


def test_times_stand_in_order(world: World) -> None:
    given = receiving(world, occurred_at=at("2026-11-10 04:00"))
    with pytest.raises(Refused) as refusal:
        engine.open_matter("accident", "receive", given, actor=world.actor("regulator"))
    assert sorted(codes(refusal)) == ["accident.knew_before", "accident.reported_before"]
    given = receiving(
        world, occurred_at=at("2026-11-21 04:00"), knew_at=None, reported_at=at("2026-11-21 05:00")
    )
    with pytest.raises(Refused) as refusal:
        engine.open_matter("accident", "receive", given, actor=world.actor("regulator"))
    assert set(codes(refusal)) == {"accident.in_future"}


def test_versions_are_appended_and_the_former_numbers_stay(world: World) -> None:
    accident = verified(world, deaths=2, missing=1)
    assert (accident.grade, accident.told) == ("general", 2)
    accident = do(world, accident, "further_report", further(accident, deaths=3, missing=0))
    assert (accident.grade, accident.told) == ("significant", 3)
    told = list(accident.versions.order_by("number").values_list("deaths", "missing", "grade"))
    assert told == [(2, 1, "general"), (2, 1, "general"), (3, 0, "significant")]
    assert accident.confirmed["deaths"]["version"] == 3
    assert accident.confirmed["serious"]["version"] == 2
    assert accident.confirmed["deaths"]["evidence"] == "区人民医院诊断证明"
    with pytest.raises(Refused) as refusal:
        do(world, accident, "further_report", further(accident))
    assert codes(refusal) == ["accident.nothing_new"]
    with pytest.raises(Refused) as refusal:
        do(world, accident, "further_report", further(accident, deaths=4, known_at=at("2026-11-12 08:00")))
    assert codes(refusal) == ["accident.version_before"]


def test_the_database_keeps_the_versions(world: World) -> None:
    accident = reported(world)
    for sql in ("UPDATE accidents_accidentversion SET deaths = 0", "DELETE FROM accidents_accidentversion"):
        with (
            pytest.raises(IntegrityError, match="appended, never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert AccidentVersion.objects.get(accident=accident).deaths == 1


@pytest.mark.parametrize(
    ("sector", "on", "counted"),
    [
        ("工贸", "2026-12-10 23:59", 3), ("工贸", "2026-12-11 00:01", 2), ("道路交通", "2026-11-17 23:59", 3),
        ("道路交通", "2026-11-18 00:01", 2), ("消防", "2026-11-17 12:00", 3), ("消防", "2026-11-18 12:00", 2),
    ],
)  # fmt: skip
def test_thirty_days_and_seven_of_road_and_fire(world: World, sector: str, on: str, counted: int) -> None:
    from tests.world import _sector

    with clock.frozen(at("2026-11-11 08:00")):
        accident = reported(world, by="office", deaths=2, sector=_sector(sector).pk)
    with clock.frozen(at(on)):
        accident = do(world, accident, "further_report", further(accident, "supplement", deaths=3), "office")
        assert (accident.deaths, accident.counted_deaths) == (3, counted)
        assert accident.grade == ("significant" if counted == 3 else "general")


def test_what_the_investigation_finds_counts_whenever_it_is_found(world: World) -> None:
    accident = reported(world, deaths=2, missing=1)
    with clock.frozen(at("2027-02-01 09:00")):
        accident = do(
            world, accident, "further_report", further(accident, "investigated", deaths=3, missing=0)
        )
    assert (accident.counted_deaths, accident.grade) == (3, "significant")


def test_missing_are_never_counted_dead(world: World) -> None:
    accident = reported(world, deaths=0, missing=9)
    assert (accident.grade, accident.counted_deaths) == ("general", 0)


def test_the_level_that_investigates_follows_the_grade(world: World) -> None:
    accident = verified(world, deaths=3)
    with pytest.raises(Refused) as refusal:
        do(world, accident, "authorise", authorisation(), "leader")
    assert codes(refusal) == ["accident.level_too_low"]
    accident = do(world, accident, "authorise", authorisation(level="province"), "leader")
    assert accident.team is not None
    nobody_hurt = verified(world, deaths=0, loss=50_000_00)
    do(world, nobody_hurt, "authorise", authorisation(level="enterprise"), "leader")
    hurt = verified(world, deaths=0, slight=1)
    with pytest.raises(Refused) as refusal:
        do(world, hurt, "authorise", authorisation(level="enterprise"), "leader")
    assert codes(refusal) == ["accident.level_too_low"]


def test_a_grade_that_rose_asks_for_another_level_before_the_report(world: World) -> None:
    accident = investigating(world, deaths=2)
    accident = do(world, accident, "further_report", further(accident, deaths=3))
    with pytest.raises(Refused) as refusal:
        do(world, accident, "submit_report", report())
    assert codes(refusal) == ["accident.level_outgrown"]
    accident = do(world, accident, "reauthorise", authorisation(level="city"), "leader")
    do(world, accident, "submit_report", report())


def test_sixty_days_run_from_the_accident(world: World) -> None:
    accident = investigating(world)
    assert accident.deadline == date(2027, 1, 11)  # 60 days end on Saturday 9 January: the next working day
    accident = do(
        world, accident, "extend", inputs.Extension(days=30, document="批", reason="案情复杂"), "leader"
    )
    assert accident.deadline == date(2027, 2, 9)  # 8 February 2027 is 初三, a festival by law
    with pytest.raises(Refused) as refusal:
        do(world, accident, "extend", inputs.Extension(days=31, document="批", reason="再延"), "leader")
    assert codes(refusal) == ["accident.extension_too_long"]


def test_days_of_appraisal_do_not_count(world: World) -> None:
    accident = investigating(world)
    given = inputs.Appraisal(what="联锁装置失效鉴定", by="省检验院", started_on=clock.today())
    accident = do(world, accident, "appraise", given)
    assert accident.deadline is None
    with pytest.raises(Refused) as refusal:
        do(world, accident, "submit_report", report())
    assert codes(refusal) == ["accident.appraisal_open"]
    with clock.frozen(at("2026-12-05 09:00")):
        done = inputs.AppraisalDone(finished_on=date(2026, 12, 5), conclusion="装置失效")
        accident = do(world, accident, "appraised", done)
    assert accident.deadline == date(
        2027, 1, 25
    )  # 9 January and the fifteen days of the appraisal: Sunday the 24th


def test_the_reply_is_due_in_fifteen_days_and_the_evaluation_in_a_year(world: World) -> None:
    from tests.accidents.steps import awaiting

    accident = awaiting(world)
    assert accident.deadline == date(2026, 12, 7)  # 5 December is a Saturday
    accident = executing(world)
    assert accident.deadline == date(2027, 11, 20)


def test_who_submitted_does_not_reply_and_sent_back_counts_on(world: World) -> None:
    from tests.accidents.steps import awaiting

    accident = do(world, investigating(world), "submit_report", report(), "office")
    with pytest.raises(Refused) as refusal:
        reply = inputs.Reply(replied_on=clock.today(), document="批", opinion="同意")
        do(world, accident, "reply", reply, "office")
    assert codes(refusal) == ["loop.same_person"]
    accident = do(world, awaiting(world), "send_back", inputs.Reason(reason="原因不清"), "leader")
    assert accident.deadline == date(2027, 1, 11)


def test_closing_names_every_condition_that_is_open(world: World) -> None:
    accident = proven(world, evaluated(world), "cause")
    given = inputs.Closing(closed_on=clock.today(), opinion="同意结案")
    with pytest.raises(Refused) as refusal:
        do(world, accident, "close", given, "office")
    assert codes(refusal) == [
        "accident.open_liable", "accident.open_measures", "accident.open_taught", "accident.recommendations_open",
        "accident.sanctions_open",
    ]  # fmt: skip
    accident = executed(world, proven(world, accident, "liable", "measures"))
    with pytest.raises(Refused) as refusal:
        do(world, accident, "close", given, "office")
    assert codes(refusal) == ["accident.open_taught"]


def test_one_paper_does_not_prove_two_conditions(world: World) -> None:
    accident = investigating(world)
    one = paper(world, accident, "原因分析")
    accident = do(world, accident, "prove", inputs.Proof(condition="cause", words="已查清", papers=(one,)))
    with pytest.raises(Refused) as refusal:
        do(world, accident, "prove", inputs.Proof(condition="taught", words="已教育", papers=(one,)))
    assert codes(refusal) == ["accident.evidence_used"]
    with pytest.raises(Refused) as refusal:
        do(world, accident, "prove", inputs.Proof(condition="taught", words="已教育"))
    assert codes(refusal) == ["accident.no_evidence"]


def test_lines_of_a_report_are_read_or_named(world: World) -> None:
    accident = investigating(world)
    with pytest.raises(Refused) as refusal:
        do(world, accident, "submit_report", report(recommendations="加装联锁", sanctions=""))
    assert codes(refusal) == ["accident.line_unreadable", "accident.nobody_liable"]


def test_documents_have_a_day_and_answers(world: World) -> None:
    accident = investigating(world)
    asked = inputs.Requests(
        documents="东湖纺织有限公司；培训档案；2026-11-25\n区住建局；施工许可；2026-11-30"
    )
    accident = do(world, accident, "request_documents", asked)
    assert [one["due_on"] for one in accident.documents] == ["2026-11-25", "2026-11-30"]
    answer = inputs.Answer(number=1, answered_on=clock.today(), words="已提供")
    accident = do(world, accident, "documents_answered", answer)
    with pytest.raises(Refused) as refusal:
        do(world, accident, "documents_answered", answer)
    assert codes(refusal) == ["accident.line_done"]
    with pytest.raises(Refused) as refusal:
        do(
            world,
            accident,
            "documents_answered",
            inputs.Answer(number=3, answered_on=clock.today(), words="无"),
        )
    assert codes(refusal) == ["accident.no_such_line"]


def test_the_type_belongs_to_the_edition_of_the_day(world: World) -> None:
    accident = reported(world)
    with pytest.raises(Refused) as refusal:
        do(world, accident, "verify", inputs.Verification(type="03", **numbers(accident)))
    assert codes(refusal) == ["accident.type_not_in_force"]


def test_without_an_object_place_and_field_are_asked_for(world: World) -> None:
    given = receiving(world, object=None, unit="路过货车")
    with pytest.raises(Refused) as refusal:
        engine.open_matter("accident", "receive", given, actor=world.actor("regulator"))
    assert codes(refusal) == ["accident.no_region"]
    from tests.world import _sector

    given = receiving(world, object=None, unit="路过货车", sector=_sector("道路交通").pk)
    outcome = engine.open_matter("accident", "receive", given, actor=world.actor("clerk_east"))
    accident = Accident.objects.get(uid=outcome.uid)
    assert (accident.branch, accident.region_path, accident.object) == ("road", world.east.path, None)


def test_towns_and_enterprises_see_their_own(world: World) -> None:
    accident = reported(world)
    seen = {
        name for name in ("clerk_east", "clerk_west", "safety", "site_safety", "leader", "office", "builder", "auditor")
        if visible_accidents(world.actor(name)).exists()
    }  # fmt: skip
    assert seen == {"clerk_east", "safety", "leader", "office"}
    with pytest.raises(Absent):
        access_accident(world.actor("clerk_west"), accident.no)
    assert not visible_versions(world.actor("clerk_west")).exists()


def test_the_unit_reports_its_own_accident_and_no_others(world: World) -> None:
    reported(world, by="safety")
    with pytest.raises(Refused):
        reported(world, by="site_safety")


def test_dismissed_stays_known_until_its_day(world: World) -> None:
    accident = reported(world)
    accident = do(world, accident, "dismiss", inputs.Reason(reason="自然疾病死亡"), "office")
    assert accident.dismissed
    version = accident.versions.get()
    assert (version.valid_from, version.valid_until) == (date(2026, 11, 10), date(2026, 11, 20))


def test_victims_are_sealed_and_each_reading_is_an_entry(world: World) -> None:
    from bihuan.kernel.loops.sealed import read_sealed

    accident = reported(world, reporter="王某 13800000000")
    accident = do(
        world, accident, "record_victims", inputs.Victims(victims="李某 370403199001010000 死亡", people=1)
    )
    assert "李某" not in str([entry.payload for entry in entries_of(accident.uid)])
    with pytest.raises(Refused) as refusal:
        read_sealed("accident", accident.no, "victims", "联系家属", actor=world.actor("safety"))
    assert codes(refusal) == ["sealed.not_yours"]
    with pytest.raises(Refused) as refusal:
        read_sealed("accident", accident.no, "victims", "", actor=world.actor("regulator"))
    assert codes(refusal) == ["sealed.no_reason"]
    said = read_sealed("accident", accident.no, "victims", "联系家属办理善后", actor=world.actor("regulator"))
    assert said.startswith("李某")
    assert entries_of(accident.uid)[-1].verb == "read_sealed"
    assert fresh(accident).told == 1


def test_reports_onward_have_two_hours_a_level(world: World) -> None:
    from bihuan.capabilities.accidents.clocks import onward, words

    accident = reported(world, deaths=3)
    rows: Any = {line.to.value: line for line in onward(accident)}
    assert [words(rows[to].due)[11:] for to in ("government_office", "committee_office", "city", "province")] == [
        "05:00", "05:00", "05:00", "07:00",
    ]  # fmt: skip
    assert "ministry" not in rows
    sent = inputs.Sending(
        to="city",
        sent_at=at("2026-11-10 05:01"),
        means="电话",
        receiver="市局值班员",
        received_at=at("2026-11-10 05:02"),
    )
    accident = do(world, accident, "send_onward", sent)
    rows = {line.to.value: line for line in onward(accident)}
    assert rows["city"].late(clock.now()) == 1
    assert words(rows["province"].due)[11:] == "07:02"
    assert rows["committee_office"].late(at("2026-11-10 05:00")) == 0
    assert rows["committee_office"].late(at("2026-11-10 05:01")) == 1
    assert rows["public_security"].due is None


def test_two_at_once_append_one_after_the_other(world: World) -> None:
    from bihuan.kernel.errors import Stale

    accident = reported(world)
    stale = accident.version
    do(world, accident, "further_report", further(accident, serious=1))
    with pytest.raises(Stale):
        engine.perform(
            "accident", "further_report", accident.no, further(accident, serious=2), actor=world.actor("regulator"),
            version=stale,
        )  # fmt: skip
    assert NIGHT + timedelta(0) == fresh(accident).occurred_at


def test_a_version_changed_behind_the_record_is_found(world: World) -> None:
    from bihuan.capabilities.accidents.checking import verify_versions

    accident = verified(world, deaths=2)
    accident = do(world, accident, "further_report", further(accident, deaths=3))
    assert list(verify_versions()) == []
    AccidentVersion.objects.filter(number=3).update(region_path=world.west.path)
    (found,) = verify_versions()
    assert (found.matter_no, "region_path" in found.detail) == (accident.no, True)


def test_accidents_go_where_their_unit_goes(world: World) -> None:
    from bihuan.capabilities.accidents.following import follow_object

    accident = reported(world)
    follow_object(world.factory, world.site, world.actor("office"), None)
    accident = fresh(accident)
    version = accident.versions.get()
    assert accident.object == world.site == version.object
    assert accident.region_path == world.west.path == version.region_path
    assert visible_accidents(world.actor("clerk_west")).exists()
    assert entries_of(accident.uid)[-1].verb == "follow_object"
