"""Plans: proposed by risk, approved by another person, turned into inspections, counted when these are done (M110, M111)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning import coverage, programmes
from bihuan.capabilities.inspections.planning.models import KeyQuarter, Plan, PlanLine
from bihuan.capabilities.inspections.planning.plans import inputs
from bihuan.capabilities.inspections.planning.plans.places import places_in
from bihuan.capabilities.inspections.planning.plans.proposing import due_days
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.access import draft_object
from bihuan.registers.models import DatedDetail
from tests.inspections.steps import arrangement, arrival, do, ending, names, tick_all
from tests.world import World


def this_year() -> str:
    return str(clock.today().year)


def drafted(world: World, by: str = "regulator", **changes: Any) -> Plan:
    values = {
        "period": this_year(),
        "title": "年度监督检查计划",
        "basis": "《安全生产法》第六十二条",
        **changes,
    }
    outcome = engine.open_matter("plan", "draft", inputs.Drafting(**values), actor=world.actor(by))
    return Plan.objects.get(uid=outcome.uid)


def act(world: World, plan: Plan, step: str, given: Any, by: str) -> Plan:
    engine.perform("plan", step, plan.no, given, actor=world.actor(by))
    return Plan.objects.get(pk=plan.pk)


def running(world: World, **changes: Any) -> Plan:
    plan = act(world, drafted(world, **changes), "submit", inputs.Sending(), "regulator")
    return act(world, plan, "approve", inputs.Approving(), "regulator_two")


def dusty(world: World) -> None:
    DatedDetail.objects.create(object=world.factory, kind="process", code="dust", at=clock.now())


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refusal.value.failures}


def arranging(world: World, **changes: Any) -> inputs.Arranging:
    values: dict[str, Any] = {
        "places": "1", "planned_on": clock.today(), "mode": "open", "content": "粉尘涉爆", "nature": "enforcement",
        "officers": names(world, "officer", "regulator"), **changes,
    }  # fmt: skip
    return inputs.Arranging(**values)


def inspected(world: World, no: str) -> Inspection:
    one = Inspection.objects.get(no=no)
    from bihuan.capabilities.inspections import inputs as site

    one = do(world, one, "approve_scheme", site.Approval(), "regulator_two")
    one = do(world, one, "arrive", arrival())
    tick_all(world, one)
    return do(world, one, "finish", ending())


def test_objects_are_proposed_by_weight_and_say_why(world: World) -> None:
    quiet = draft_object("东湖平稳有限公司", world.east, sector=world.factory.sector)
    quiet.agency = world.bureau
    quiet.save()
    dusty(world)
    plan = drafted(world)
    first, second = plan.lines.order_by("place")
    assert (first.object, second.object) == (world.factory, quiet)
    assert "重点环节：粉尘涉爆" in first.reasons
    assert second.reasons == ["没有检查记录"]
    assert world.site.pk not in set(plan.lines.values_list("object", flat=True)), "another department's"


def test_a_plan_is_approved_by_somebody_else(world: World) -> None:
    plan = act(world, drafted(world), "submit", inputs.Sending(), "regulator_two")
    for maker in ("regulator", "regulator_two"):
        with pytest.raises(Refused) as refusal:
            act(world, plan, "approve", inputs.Approving(), maker)
        assert any("编制、增减对象、报审以外" in one.message for one in refusal.value.failures)
    assert act(world, plan, "approve", inputs.Approving(), "office").state == "running"


def test_who_added_a_target_does_not_approve_the_plan_whoever_added_another_since(world: World) -> None:
    plan = drafted(world, by="officer")
    for number, who in enumerate(("regulator", "officer")):
        one = draft_object(f"东湖补列{number}厂", world.east, sector=world.factory.sector)
        one.agency = world.bureau
        one.save()
        given = inputs.Adding(object=one.uid, due_on=clock.today(), reason="群众反映")
        plan = act(world, plan, "add_object", given, who)
    plan = act(world, plan, "submit", inputs.Sending(), "officer")
    with pytest.raises(Refused) as refusal:
        act(world, plan, "approve", inputs.Approving(), "regulator")
    assert [one.code for one in refusal.value.failures] == ["loop.same_person"]
    assert act(world, plan, "approve", inputs.Approving(), "office").state == "running"


def test_nothing_counts_before_approval(world: World) -> None:
    plan = drafted(world)
    year = Period.parse(this_year())
    end = year.last
    assert answers.value("plans.planned", year, end).amount == 0
    act(
        world,
        act(world, plan, "submit", inputs.Sending(), "regulator"),
        "approve",
        inputs.Approving(),
        "office",
    )
    assert answers.value("plans.planned", year, end).amount == plan.lines_count


def test_lines_become_inspections_and_are_done_when_these_are(world: World) -> None:
    plan = running(world)
    with pytest.raises(Refused) as refusal:
        act(world, plan, "arrange", arranging(world, places="1-9"), "regulator")
    assert codes(refusal) == {"plan.no_such_line"}
    with pytest.raises(Refused) as refusal:
        act(world, plan, "arrange", arranging(world, officers=names(world, "officer")), "regulator")
    assert codes(refusal) == {"officers.fewer_than_two"}
    assert not Inspection.objects.exists()
    act(world, plan, "arrange", arranging(world), "regulator")
    line = plan.lines.get(place=1)
    assert Inspection.objects.get(no=line.inspection).origin == plan.no
    inspected(world, line.inspection)
    line.refresh_from_db()
    assert line.done_on == clock.today()
    year = Period.parse(this_year())
    assert answers.value("plans.done", year, year.last).amount == 1
    assert checking.check(seed=1).ok


def test_a_cancelled_inspection_gives_its_line_back(world: World) -> None:
    plan = running(world)
    act(world, plan, "arrange", arranging(world), "regulator")
    from bihuan.capabilities.inspections import inputs as site

    one = Inspection.objects.get()
    do(world, one, "cancel", site.Reason(reason="企业停电"), "regulator")
    assert plan.lines.get(place=1).inspection == ""


def test_an_inspection_nobody_arranged_from_the_plan_fulfils_it_too(world: World) -> None:
    plan = running(world)
    outcome = engine.open_matter("inspection", "arrange", arrangement(world), actor=world.actor("officer"))
    inspected(world, outcome.no)
    assert plan.lines.get(object=world.factory).done_on == clock.today()


def test_what_is_excused_counts_no_more_and_says_why(world: World) -> None:
    plan = running(world)
    with pytest.raises(Refused):
        act(world, plan, "excuse", inputs.Excusing(place=9, reason="注销"), "office")
    act(world, plan, "excuse", inputs.Excusing(place=1, reason="企业已注销"), "office")
    year = Period.parse(this_year())
    assert answers.value("plans.planned", year, year.last).amount == plan.lines_count - 1
    closed = (
        act(world, plan, "close", inputs.Closing(words="全部完成"), "regulator")
        if plan.lines_count == 1
        else plan
    )
    assert closed.lines.get(place=1).excused == "企业已注销"


def test_a_plan_with_work_left_does_not_end_before_its_period(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        act(world, running(world), "close", inputs.Closing(words="完"), "regulator")
    assert codes(refusal) == {"plan.still_running"}


@pytest.mark.parametrize(
    ("kind", "period", "code"),
    [("year", "2027Q1", "plan.period_unfit"), ("quarter", "2099年", "plan.period_unreadable"),
     ("month", "2020-01", "plan.period_over")],
)  # fmt: skip
def test_a_period_is_a_year_a_quarter_or_a_month_ahead(
    world: World, kind: str, period: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        drafted(world, kind=kind, period=period)
    assert codes(refusal) == {code}


def test_due_days_spread_over_what_is_left_of_the_period() -> None:
    year = Period.parse("2026")
    days = due_days(year, 4, year.first.replace(month=11, day=22))
    assert [str(day) for day in days] == ["2026-11-30", "2026-11-30", "2026-12-31", "2026-12-31"]
    assert due_days(year, 0, year.first) == []


def test_numbers_of_lines_as_people_write_them() -> None:
    assert places_in("1-3、8，3") == [1, 2, 3, 8]
    assert places_in("２至４") == [2, 3, 4]
    for wrong in ("甲", "5-2", "1-99"):
        with pytest.raises(ValueError, match=r"请|应"):
            places_in(wrong)


def test_key_objects_are_covered_by_the_first_inspection_of_the_quarter(world: World) -> None:
    dusty(world)
    assert coverage.write_down() == 1
    assert coverage.write_down() == 0
    quarter = coverage.quarter_of(clock.today())
    assert answers.value("coverage.key_rate", quarter, clock.today()).numerator == 0
    outcome = engine.open_matter("inspection", "arrange", arrangement(world), actor=world.actor("officer"))
    inspected(world, outcome.no)
    assert KeyQuarter.objects.get().inspection == outcome.no
    rate = answers.value("coverage.key_rate", quarter, clock.today())
    assert (rate.numerator, rate.denominator) == (1, 1)


def test_a_department_without_a_check_in_a_quarter_is_flagged(world: World) -> None:
    office, today = world.actor("office"), clock.today()
    for unit in (world.bureau, world.builders):
        programmes.set_programme(unit, "本行业检查", "", today, office)
    outcome = engine.open_matter("inspection", "arrange", arrangement(world), actor=world.actor("officer"))
    inspected(world, outcome.no)
    quarter = coverage.quarter_of(today)
    after = quarter.last + timedelta(days=1)
    due = {
        row.holder_id: row
        for row in Expectation.objects.filter(kind__startswith="programme.", period=quarter.label)
    }
    assert due[world.bureau.pk].standing(after) == Standing.FILED
    assert due[world.builders.pk].standing(after) == Standing.MISSING
    with pytest.raises(Refused) as refusal:
        programmes.set_programme(world.builders, "x", "", today, world.actor("regulator"))
    assert codes(refusal) == {"programme.not_yours"}


def test_who_is_inspected_never_sees_the_plan(world: World) -> None:
    from bihuan.capabilities.inspections.planning.access import visible_lines, visible_plans

    plan = running(world)
    for name in ("principal", "safety", "clerk_east", "grid", "expert", "builder", "auditor"):
        assert plan not in visible_plans(world.actor(name)), name
        assert not visible_lines(world.actor(name)).exists(), name
    assert plan in visible_plans(world.actor("leader"))
    assert PlanLine.objects.count() == visible_lines(world.actor("office")).count()
