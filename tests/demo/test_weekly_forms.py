"""The weekly forms of the demo: each of every lead department is mostly computed, and every number opens its records."""

from __future__ import annotations

import pytest

from bihuan.capabilities.dispatch.access import visible_tasks
from bihuan.capabilities.dispatch.weekly.computing import of_form
from bihuan.capabilities.dispatch.weekly.display import of_live, shown_form
from bihuan.capabilities.dispatch.weekly.models import FormEdition, WeeklyForm
from bihuan.capabilities.dispatch.weekly.opening import open_around
from bihuan.capabilities.dispatch.weekly.setting import filers
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.capabilities.hazards.access import visible_hazards
from bihuan.demo.building import Size
from bihuan.demo.weekly import LEADS
from bihuan.kernel import clock
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import answers
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.models import Tenure, User
from bihuan.reporting import drafting, last_year, regular
from bihuan.reporting.models import Issue, Report

SHARE = 0.8


@pytest.mark.django_db
def test_every_lead_department_opens_a_form_that_is_mostly_computed(district: Size) -> None:
    open_around(clock.today())
    units = filers(clock.today())
    assert len(units) == len(LEADS)
    for unit in units:
        form = (
            WeeklyForm.objects.select_related("agency", "agency__region", "template")
            .filter(agency=unit)
            .order_by("-week_from")[0]
        )
        told = shown_form(form)
        assert told.layout.share_computed() >= SHARE, unit
        assert len(told.values) == 2 * len(told.layout.rows), unit


@pytest.mark.django_db
def test_every_computed_cell_opens_exactly_what_it_counts_for_its_own_unit(district: Size) -> None:
    doors = {"hazards": visible_hazards, "tasks": visible_tasks}
    looked = 0
    for form in _latest():
        actor = _member(form.agency_id)
        for value in of_live(of_form(form, clock.today())).values():
            count = value.denominator if value.kind == "ratio" else value.amount
            records = answers.records(value.figure, value.period, value.as_of, value.scope)
            door = doors[value.figure.split(".")[0]]
            seen = records.filter(pk__in=door(actor).values("pk")).count()
            if value.kind == "sum":
                assert bool(seen) == bool(count), (form, value)
            else:
                assert seen == count, (form, value)
            looked += bool(count)
    assert looked > len(LEADS)


def _latest() -> list[WeeklyForm]:
    forms = WeeklyForm.objects.select_related("agency", "agency__region", "template")
    return [
        forms.filter(agency=unit, state=FormState.APPROVED).order_by("-week_from")[0]
        for unit in filers(clock.today())
    ]


def _member(agency: int) -> Actor:
    person = Tenure.objects.filter(post__agency=agency, until=None).values("person")
    return actor_of(User.objects.filter(person__in=person)[0])


@pytest.mark.django_db
def test_what_goes_wrong_in_such_weeks_is_there(district: Size) -> None:
    forms = WeeklyForm.objects
    assert forms.filter(state=FormState.APPROVED).count() > 4 * len(LEADS)
    assert forms.filter(state=FormState.FILED).exists()
    assert forms.filter(late=True).exists()
    assert FormEdition.objects.filter(edition=2).exists()
    rows = list(Expectation.objects.filter(kind="weekly_form"))
    stands = {row.standing(clock.today()) for row in rows}
    assert {Standing.FILED, Standing.LATE, Standing.MISSING, Standing.NIL} <= stands


@pytest.mark.django_db
def test_last_months_pack_went_out_and_the_one_before_is_missing(district: Size) -> None:
    assert Issue.objects.filter(report__kind="monthly").count() == 1
    assert [len(periods) for _, periods in regular.missing(clock.today())] == [1]


@pytest.mark.django_db
def test_this_half_opens_beside_last_years(district: Size) -> None:
    """The page 与上年同期比较 has something to show: last year's report went out, and its accidents are in this one too."""
    draft = Report.objects.get(kind="half-year", issues=None)
    against, moved = last_year.told(draft, drafting.compose(draft).citations)
    assert against.startswith("云安办〔")
    assert "参考" not in against
    assert any(one.label.startswith("生产安全事故") for one in moved)
