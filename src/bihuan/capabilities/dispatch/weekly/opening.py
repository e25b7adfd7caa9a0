"""Opening the forms of a week: for every unit that files, once, by the system, whoever looks first or the nightly job."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from bihuan.capabilities.dispatch.weekly import inputs
from bihuan.capabilities.dispatch.weekly.filing import KIND
from bihuan.capabilities.dispatch.weekly.models import FormTemplate, WeeklyForm
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor


def template_on(day: date) -> FormTemplate | None:
    """The form the district uses on ``day``."""
    return FormTemplate.objects.filter(since__lte=day).order_by("-since").first()


def open_week(week: Period) -> int:
    """Open what is missing of a week; how many were new. Safe to repeat, also by two at once."""
    template = template_on(week.last)
    if template is None:
        return 0
    ensure(week, KIND)
    there = WeeklyForm.objects.filter(period=week.label).values("agency")
    missing = list(
        Expectation.objects.filter(kind=KIND, period=week.label, waived_at=None)
        .exclude(holder__in=there)
        .order_by("holder__order", "holder_id")
    )
    if not missing:
        return 0
    given = [inputs.Opening(unit=each.holder_id, week=week.label) for each in missing]
    columns = [
        {"period": week.label, "week_from": week.first, "due_on": each.due_on, "template": template}
        for each in missing
    ]
    try:
        with transaction.atomic():
            engine.open_many("weekly", "open", given, actor=Actor.system("周调度"), columns=columns)
    except IntegrityError:
        return 0  # another worker was faster
    return len(missing)


def open_around(day: date) -> int:
    """The week of ``day`` and the one before."""
    week = Period.week_of(day)
    before = Period.week_of(date.fromordinal(week.first.toordinal() - 1))
    return open_week(before) + open_week(week)
