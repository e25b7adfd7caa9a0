"""A weekly form from its opening to approval: what must be said, what is computed, what stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from bihuan.capabilities.dispatch.weekly import inputs
from bihuan.capabilities.dispatch.weekly.access import access_form, visible_forms
from bihuan.capabilities.dispatch.weekly.computing import of_form, reach_of
from bihuan.capabilities.dispatch.weekly.display import shown_edition, shown_form
from bihuan.capabilities.dispatch.weekly.filing import KIND
from bihuan.capabilities.dispatch.weekly.layouts import STANDARD
from bihuan.capabilities.dispatch.weekly.loop import WEEKLY
from bihuan.capabilities.dispatch.weekly.models import FormEdition, WeeklyForm
from bihuan.capabilities.dispatch.weekly.opening import open_around, open_week
from bihuan.capabilities.hazards.figures import HAZARDS
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.grid import grid
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from bihuan.kernel.territory.models import Regulation, Sector
from tests.dispatch import steps as tasks
from tests.dispatch import weekly_steps as steps
from tests.hazards import steps as hazards
from tests.world import World


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with clock.frozen(steps.FRIDAY):
        yield


@pytest.fixture
def filing(world: World) -> World:
    steps.adopted(world)
    return world


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def expected(form: WeeklyForm) -> Expectation:
    return Expectation.objects.get(kind=KIND, holder=form.agency, period=form.period)


def test_the_week_is_opened_once_for_each_unit_that_files(filing: World) -> None:
    assert open_week(steps.WEEK) == 2
    assert open_week(steps.WEEK) == 0
    units = set(WeeklyForm.objects.values_list("agency", flat=True))
    assert units == {filing.bureau.pk, filing.builders.pk}
    form = steps.opened(filing)
    assert (form.no[7], form.deadline, form.due_on) == ("F", date(2026, 11, 23), date(2026, 11, 23))
    assert open_around(clock.today()) == 2  # the week before


def test_a_form_goes_from_opening_to_approval_and_meets_what_was_due(filing: World) -> None:
    hazards.reported(filing)
    form = steps.filed(filing)
    assert (form.state, form.edition, form.late, form.unit_name) == ("filed", 1, False, "区应急管理局")
    assert expected(form).standing(clock.today()) is Standing.FILED
    form = steps.taken(filing, form, "approve", inputs.Approval(opinion="同意"), "office")
    assert (form.state, form.approved_by) == ("approved", filing.actor("office").name)
    assert FormEdition.objects.get(form=form).approved_by == form.approved_by
    assert [entry.verb for entry in entries_of(form.uid)] == ["open", "file", "approve"]
    seal()
    assert verify().ok


def test_most_cells_are_computed_and_each_counts_its_records(filing: World) -> None:
    hazards.reported(filing)
    hazards.rectifying(filing)
    tasks.dispatched(filing)
    form = steps.opened(filing)
    assert STANDARD.share_computed() >= 0.8
    told = shown_form(form)
    assert told.layout.share_computed() >= 0.8
    assert told.values["found", "week"].amount == 2
    assert told.values["tasks", "since"].amount == 1
    for value in told.values.values():
        count = value.denominator if value.kind == "ratio" else value.amount
        records = answers.records(value.figure, value.period, value.as_of, value.scope).count()
        assert value.kind == "sum" or records == count, value


def test_figures_are_frozen_at_filing(filing: World) -> None:
    hazards.reported(filing)
    form = steps.filed(filing)
    hazards.reported(filing, description="配电箱未接地")
    told = shown_form(steps.fresh(form))
    assert (told.live, told.values["found", "week"].amount) == (False, 1)
    assert set(told.values) == {
        (row.key, column) for _, row in told.layout.rows for column in ("week", "since")
    }
    assert form.figures is not None
    assert FrozenFigure.objects.filter(report=form.figures).count() >= 20
    assert len(form.digest) == 64


def test_a_zero_is_confirmed_never_inferred(filing: World) -> None:
    form = steps.opened(filing)
    with pytest.raises(Refused) as refused:
        steps.taken(filing, form, "file", steps.filing(form, zeros=""), "regulator")
    assert codes(refused) == {"weekly.zero_not_confirmed"}
    assert {failure.field for failure in refused.value.failures} == {
        "zero_hazards",
        "zero_major",
        "zero_tasks",
    }
    with pytest.raises(Refused) as refused:
        steps.taken(filing, form, "file", steps.filing(form, zeros="没有这一部分"), "regulator")
    assert "weekly.unknown_block" in codes(refused)
    assert steps.filed(filing, form=form).zeros == ["hazards", "major", "tasks"]


def test_words_and_stated_numbers_must_be_there(filing: World) -> None:
    form = steps.opened(filing)
    given = inputs.Filing(
        content="【存在的主要问题】无\n【本周出动检查人次】十二\n【乱写】x", zeros=steps.all_zeros(form)
    )
    with pytest.raises(Refused) as refused:
        steps.taken(filing, form, "file", given, "regulator")
    assert codes(refused) == {
        "weekly.judgement_missing", "weekly.stated_not_a_number", "weekly.unknown_cell", "weekly.suspicion_unanswered",
    }  # fmt: skip


def test_an_implausible_zero_is_pointed_out_answered_and_seen(filing: World) -> None:
    tasks.dispatched(filing)
    form = steps.opened(filing)
    with pytest.raises(Refused) as refused:
        steps.taken(filing, form, "file", steps.filing(form, zero_answer=""), "regulator")
    assert codes(refused) == {"weekly.suspicion_unanswered"}
    form = steps.filed(filing, form=form)
    found = {each["code"]: each for each in form.suspicions}
    assert set(found) == {"weekly.silent_weeks", "weekly.inspection_tasks_open"}
    assert ["在册监管对象", "1 家", ""] in found["weekly.silent_weeks"]["numbers"]
    assert "zero_answer" in form.words


def test_nothing_is_pointed_out_where_hazards_were_found(filing: World) -> None:
    hazards.reported(filing)
    assert steps.filed(filing, zero_answer="").suspicions == []


def test_a_nil_filing_says_why_and_only_where_there_is_nothing(filing: World) -> None:
    nil = inputs.NilFiling(reason="本周检查 4 家工地，未发现隐患")
    form = steps.opened(filing, unit=filing.builders)
    form = steps.taken(filing, form, "file_nil", nil, "builder")
    assert (form.nil, form.nil_reason, expected(form).nil) == (True, nil.reason, True)
    hazards.reported(filing)
    with pytest.raises(Refused) as refused:
        steps.taken(filing, steps.opened(filing), "file_nil", nil, "regulator")
    assert codes(refused) == {"weekly.not_nil"}


def test_filed_twice_is_refused_in_words(filing: World) -> None:
    form = steps.opened(filing)
    steps.filed(filing, form=form)
    with pytest.raises(Stale):
        steps.taken(filing, form, "file", steps.filing(form), "regulator_two")
    now = steps.fresh(form)
    with pytest.raises(Refused) as refused:
        steps.taken(filing, now, "file", steps.filing(form), "regulator")
    assert codes(refused) == {"loop.wrong_state"}
    assert "待审定" in refused.value.failures[0].message


def test_late_is_marked_late(filing: World) -> None:
    form = steps.opened(filing)
    with clock.frozen(steps.FRIDAY + timedelta(days=6)):
        form = steps.filed(filing, form=form)
        assert (form.late, form.as_of) == (True, steps.WEEK.last)
        assert expected(form).standing(clock.today()) is Standing.LATE


def test_a_week_that_has_hardly_begun_is_not_filed(filing: World) -> None:
    form = steps.opened(filing)
    with clock.frozen(steps.FRIDAY - timedelta(days=3)), pytest.raises(Refused) as refused:
        steps.taken(filing, form, "file", steps.filing(form), "regulator")
    assert codes(refused) == {"weekly.too_early"}


def test_an_approved_form_is_locked_and_says_by_whom(filing: World) -> None:
    form = steps.approved(filing)
    with pytest.raises(Refused) as refused:
        steps.taken(filing, form, "file", steps.filing(form), "regulator")
    assert codes(refused) == {"loop.wrong_state"}
    with pytest.raises(IntegrityError), transaction.atomic():
        FormEdition.objects.filter(form=form).update(words={"problems": "改过"})
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM weekly_formedition")


def test_a_correction_is_a_new_edition_with_the_difference(filing: World) -> None:
    form = steps.approved(filing)
    hazards.reported(filing)
    given = steps.filing(form, sorties="18")
    correction = inputs.Correction(reason="漏报一项", content=given.content, zeros=given.zeros)
    form = steps.taken(filing, form, "correct", correction, "regulator")
    assert (form.state, form.edition, form.correction, form.approved_by) == ("filed", 2, "漏报一项", "")
    first, second = form.editions.order_by("edition")
    assert (bool(first.approved_by), bool(second.approved_by)) == (True, False)
    changed = {change["label"]: (change["was"], change["now"]) for change in second.changes}
    assert changed["隐患排查整治：排查发现隐患（本周）"] == ("0", "1")
    assert changed["本周出动检查人次"] == ("16", "18")
    assert shown_edition(form, first).values["found", "week"].amount == 0
    assert shown_edition(form, second).values["found", "week"].amount == 1
    form = steps.taken(filing, form, "approve", inputs.Approval(opinion="同意"), "office")
    assert form.state == "approved"


def test_sent_back_with_a_reason_it_is_filed_again(filing: World) -> None:
    form = steps.filed(filing)
    form = steps.taken(filing, form, "send_back", inputs.SendingBack(reason="问题写得太笼统"), "office")
    assert (form.state, form.returned, form.sent_back) == ("open", "问题写得太笼统", 1)
    form = steps.filed(filing, form=form, problems="三家企业动火作业未审批")
    assert (form.state, form.edition) == ("filed", 2)


def test_the_filer_does_not_approve(filing: World) -> None:
    form = steps.filed(filing)
    with pytest.raises(Refused) as refused:
        steps.taken(filing, form, "approve", inputs.Approval(opinion="同意"), "leader")
    assert codes(refused) == {"loop.not_your_step"}


def test_who_may_see_and_do_what(filing: World) -> None:
    form = steps.opened(filing)
    for name in ("regulator", "regulator_two", "officer", "office", "leader"):
        assert access_form(filing.actor(name), form.no) == form
    for name in ("builder", "clerk_east", "grid", "principal", "safety", "expert", "system_admin", "auditor"):
        assert form not in visible_forms(filing.actor(name)), name
        with pytest.raises(Absent):
            access_form(filing.actor(name), form.no)
    with pytest.raises(Absent):
        steps.taken(filing, form, "file", steps.filing(form), "builder")
    with pytest.raises(Refused) as refused:
        steps.taken(filing, form, "file", steps.filing(form), "office")
    assert codes(refused) == {"loop.not_your_step"}


def test_each_hand_may_do_what_is_declared_and_nothing_else(filing: World) -> None:
    people = {"filer": "regulator", "approver": "office", "office": "office_two"}
    form = steps.opened(filing)
    for cell in grid(WEEKLY):
        actor = Actor.system("周调度") if cell.hand == "clock" else filing.actor(people[cell.hand])
        deed = WEEKLY.deed(cell.deed)
        form.state = cell.state.value
        found = {failure.code for failure in standing_failures(WEEKLY, deed, form, actor)}
        held = any(hand.holds(actor, form) for hand in deed.by)
        refused = bool(found & {"loop.wrong_state", "loop.not_your_step"})
        assert refused != (deed.leaves(cell.state) and held), cell


def test_a_waived_week_is_off(filing: World) -> None:
    form = steps.taken(
        filing, steps.opened(filing), "waive", inputs.Waiver(reason="机构调整，职责已并入"), "office"
    )
    assert form.state == "waived"
    assert expected(form).standing(clock.today()) is Standing.WAIVED


def test_a_renamed_unit_keeps_its_filings_under_the_name_of_their_day(filing: World) -> None:
    form = steps.filed(filing)
    filing.bureau.name = "区应急和安全生产局"
    filing.bureau.save()
    with clock.frozen(steps.a_week_later()):
        following = steps.opened(filing, week=steps.WEEK.week_of(clock.today()))
        assert following.agency_id == form.agency_id
        assert steps.filed(filing, form=following).unit_name == "区应急和安全生产局"
    assert access_form(filing.actor("regulator"), form.no).name == "区应急管理局"


def test_only_the_system_opens_forms(filing: World) -> None:
    given = inputs.Opening(unit=filing.bureau.pk, week="2026W40")
    with pytest.raises(Refused) as refused:
        engine.open_matter("weekly", "open", given, actor=filing.actor("office"))
    assert codes(refused) == {"loop.not_your_step"}


def test_the_cells_cost_few_statements(filing: World, django_assert_max_num_queries: object) -> None:
    form = steps.opened(filing)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        of_form(form, clock.today())


def test_a_branch_of_a_sector_that_another_unit_leads_is_counted_there_alone(filing: World) -> None:
    trade = Regulation.objects.get(agency=filing.bureau).sector
    branch = Sector.objects.filter(parent=trade).first()
    assert branch is not None
    Regulation.objects.create(agency=filing.builders, sector=branch)
    trade_reach, branch_reach = (reach_of(unit, clock.today()) for unit in (filing.bureau, filing.builders))
    assert trade_reach.exactly
    assert branch.path not in trade_reach.sectors
    ours, theirs = (reach.scope(HAZARDS) for reach in (trade_reach, branch_reach))
    assert not ours.meets(theirs)
    filing.factory.sector = branch
    filing.factory.sector_path = branch.path
    filing.factory.save()
    hazards.reported(filing)
    week, day = steps.WEEK, clock.today()
    assert [answers.value("hazards.found", week, day, scope).amount for scope in (ours, theirs)] == [0, 1]


def test_a_correction_after_the_day_is_not_late(filing: World) -> None:
    form = steps.approved(filing)
    given = steps.filing(form)
    with clock.frozen(steps.a_week_later()):
        correction = inputs.Correction(reason="漏报一项", content=given.content, zeros=steps.all_zeros(form))
        assert not steps.taken(filing, form, "correct", correction, "regulator").late
