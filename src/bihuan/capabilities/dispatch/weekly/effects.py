"""What each deed means for the form's own columns. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.weekly import suspicions
from bihuan.capabilities.dispatch.weekly.computing import cut_off, of_form, values_once
from bihuan.capabilities.dispatch.weekly.editions import digest_of, keep_edition, mark_approved
from bihuan.capabilities.dispatch.weekly.filing import KIND
from bihuan.capabilities.dispatch.weekly.notation import blocks_named, read
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations import filings
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.figures import freezing
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7


def place(form: Any, given: Any, actor: Any) -> None:
    """Whose form it is; the caller has set week, template and day."""
    unit = Agency.objects.select_related("region").filter(pk=given.unit).first()
    if unit is None:
        raise Refused.because("weekly.unit_unknown", "填报单位不存在或已撤并", "unit")
    form.agency = unit
    form.region_path = unit.region.path


def due_as_expected(form: Any, given: Any, context: Any) -> Deadline:
    """The day the expectation names."""
    day: date = form.due_on
    return Deadline(day, "周调度表报送期限", form.week_from)


def file(form: Any, given: Any, context: Any) -> None:
    """签名上报."""
    _judge(form, given)
    form.nil, form.nil_reason, form.correction = False, "", ""
    _compose(form, context)
    context.afterwards.append(lambda: _met(form, context))


def correct(form: Any, given: Any, context: Any) -> None:
    """更正: the words and figures of today under the same cut-off rule, as a new edition."""
    file(form, given, context)
    form.correction = given.reason


def file_nil(form: Any, given: Any, context: Any) -> None:
    """零报告."""
    form.words, form.stated, form.zeros = {}, {}, []
    form.nil, form.nil_reason, form.correction = True, given.reason, ""
    _compose(form, context)
    context.afterwards.append(lambda: _met(form, context))


def approve(form: Any, given: Any, context: Any) -> None:
    """审定: from now on the form is locked; a correction is a new edition."""
    form.approved_at, form.opinion = context.at, given.opinion
    form.approved_by, form.approved_post = context.actor.name, context.actor.post[:160]
    form.returned = ""
    context.facts |= {"edition": form.edition, "digest": form.digest}
    context.afterwards.append(lambda: mark_approved(form))


def send_back(form: Any, given: Any, context: Any) -> None:
    """退回: the edition stays, a new one is asked for."""
    form.returned = given.reason
    form.sent_back += 1


def waive(form: Any, given: Any, context: Any) -> None:
    """免报: the office lets the unit off this week."""
    reason = given.reason

    def waived() -> None:
        filings.waive(KIND, form.agency, form.week, context.actor, reason)

    context.afterwards.append(waived)


def _judge(form: Any, given: Any) -> None:
    layout = form.template.asks
    form.words, stated, _ = read(layout, given.content)
    form.stated = {key: int(text) for key, text in stated.items()}
    form.zeros, _ = blocks_named(layout, given.zeros)


def _compose(form: Any, context: Any) -> None:
    """Freeze what the system answers and bind it together with what was said."""
    day = context.day
    found = of_form(form, day)
    frozen = freezing.freeze(uuid7(), values_once(found))
    form.edition += 1
    form.figures = frozen[0].report if frozen else None
    form.unit_name, form.as_of = form.agency.name, cut_off(form.week, day)
    form.suspicions = [each.json() for each in suspicions.of_form(form, found)]
    form.filed_at, form.filed_by = context.at, context.actor.name
    form.filed_post = context.actor.post[:160]
    if form.edition == 1:
        form.late = (
            day > form.due_on
        )  # the first filing counts; what is corrected or sent back is not late again
    form.approved_at, form.approved_by, form.approved_post, form.opinion = None, "", "", ""
    form.digest = digest_of(form, frozen)
    context.facts |= {
        "edition": form.edition, "digest": form.digest, "as_of": form.as_of, "late": form.late or None,
        "figures": len(frozen), "suspicions": [each["code"] for each in form.suspicions] or None,
    }  # fmt: skip
    context.afterwards.append(lambda: keep_edition(form))


def _met(form: Any, context: Any) -> None:
    """The filing meets what was due; the first one counts, a nil is one only where nothing came before."""
    if form.nil:
        met = Expectation.objects.filter(
            kind=KIND, holder=form.agency, period=form.period, met_at__isnull=False
        )
        if not met.exists():
            filings.file_nil(KIND, form.agency, form.week, context.actor, form.nil_reason)
        return
    filings.meet(KIND, form.agency, form.week, context.actor, met_by=form.uid)
