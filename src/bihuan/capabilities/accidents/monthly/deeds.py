"""Gates and effects that both monthly forms share. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.accidents.monthly.kinds import kind_called
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.expectations import filings
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.territory.models import Agency


def loop_of(form: Any) -> str:
    """The loop a form runs in, which is the kind of its expectation as well."""
    return "accident_return" if hasattr(form, "lines") else "risk_forecast"


def place(form: Any, given: Any, actor: Any) -> None:
    """Whose form it is; the caller has set month and day."""
    unit = Agency.objects.select_related("region").filter(pk=given.unit).first()
    if unit is None:
        raise Refused.because("monthly.unit_unknown", "填报单位不存在或已撤并", "unit")
    form.agency = unit
    form.region_path = unit.region.path


def due_as_expected(form: Any, given: Any, context: Any) -> Deadline:
    """The day the expectation names."""
    day: date = form.due_on
    return Deadline(day, "月报报送期限", form.month_from)


def month_is_there(form: Any, given: Any, actor: Any) -> Failure | None:
    """What has hardly begun cannot be reported on."""
    first = kind_called(loop_of(form)).opens_on(form.month)
    if clock.today() < first:
        return Failure("monthly.too_early", f"{form.month.chinese()}的表从 {first} 起可以填报")
    return None


def filed(form: Any, context: Any) -> None:
    """签名上报: by whom, when, and whether in time."""
    form.unit_name = form.agency.name[:100]
    form.edition += 1
    form.filed_at, form.filed_by = context.at, context.actor.name[:60]
    form.filed_post = context.actor.post[:160]
    if form.edition == 1:
        form.late = context.day > form.due_on
    form.accepted_at, form.accepted_by, form.accepted_post, form.opinion = None, "", "", ""
    context.facts |= {"edition": form.edition, "late": form.late or None}
    context.afterwards.append(lambda: _met(form, context))


def says_something(form: Any, given: Any) -> None:
    """What a filing that is no nil leaves of one that was, and why it was corrected."""
    form.nil, form.nil_reason = False, ""
    form.correction = getattr(given, "reason", "")


def says_nil(form: Any, given: Any) -> None:
    """零报告."""
    form.nil, form.nil_reason, form.correction = True, given.reason, ""


def accept(form: Any, given: Any, context: Any) -> None:
    """备案."""
    form.accepted_at, form.opinion = context.at, given.opinion
    form.accepted_by, form.accepted_post = context.actor.name[:60], context.actor.post[:160]
    form.returned = ""
    context.facts["edition"] = form.edition


def send_back(form: Any, given: Any, context: Any) -> None:
    """退回: a new edition is asked for."""
    form.returned = given.reason


def waive(form: Any, given: Any, context: Any) -> None:
    """免报: the office lets the unit off this month."""
    kind, reason = loop_of(form), given.reason
    context.afterwards.append(lambda: filings.waive(kind, form.agency, form.month, context.actor, reason))


def _met(form: Any, context: Any) -> None:
    """The filing meets what was due; the first one counts, a nil is one only where nothing came before."""
    kind = loop_of(form)
    if not form.nil:
        filings.meet(kind, form.agency, form.month, context.actor, met_by=form.uid)
        return
    came = Expectation.objects.filter(kind=kind, holder=form.agency, period=form.period, met_at__isnull=False)
    if not came.exists():
        filings.file_nil(kind, form.agency, form.month, context.actor, form.nil_reason)
