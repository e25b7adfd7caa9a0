"""By when each thing about a measure is to be done; the days are the district's, the limits the law's."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.measures import terms
from bihuan.capabilities.enforcement.measures.kinds import family_of
from bihuan.capabilities.enforcement.measures.states import Family
from bihuan.kernel import clock
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.policies import values as policies


def _days(measure: Any, name: str) -> int:
    day = clock.day_of(measure.opened_at)
    return int(policies.recent(f"measure.{name}", on=day).value)


def set_day(measure: Any, given: Any, context: Any) -> Deadline | None:
    """The day set in the order for putting things right, if one was."""
    if measure.until is None:
        return None
    return Deadline(measure.until, "责令决定确定的整改期限", context.day)


def held_until(measure: Any, given: Any, context: Any) -> Deadline | None:
    """The last day of a seizure, counted anew after every deed that moves it; none while a test runs."""
    pauses = terms.pauses_of(measure.tests)
    last = terms.last_day(measure.since, measure.extended_days, pauses)
    measure.until = last
    if last is None:
        return None
    return Deadline(last, terms.explained(measure.since, measure.extended_days, pauses), measure.since)


def decided_later(measure: Any, given: Any, context: Any) -> Deadline | None:
    """Not approved afterwards: to be given back today; else as before."""
    if given.agreed == "yes":
        return held_until(measure, given, context)
    return Deadline(context.day, "补办时认为不应采取，应当立即解除（《行政强制法》第十九条）", context.day)


def to_recheck(measure: Any, context: Any) -> None:
    """A closed place is looked at again, as often as the district chose: each look gives the duty its next day."""
    if measure.rechecked >= _days(measure, "recheck_times"):
        context.settled(measure, "recheck")
        return
    rule = "关闭取缔后应按本区规定的间隔复查，防止死灰复燃"
    context.owe(measure, "recheck", counted(context.day, _days(measure, "recheck_days"), "calendar", rule))


def owe_urgent(measure: Any, context: Any) -> None:
    """Twenty-four hours from the minute it was done: the duty shows the day in which they end."""
    ends = (measure.carried_out_at + terms.urgent_report(context.day)).astimezone(clock.SHANGHAI)
    rule = f"情况紧急当场实施的，应在 24 小时内（{ends:%Y-%m-%d %H:%M} 前）报告并补办批准手续"
    for duty in ("report_urgent", "decide_later"):
        context.owe(measure, duty, Deadline(ends.date(), rule, context.day))


def owe_reply(measure: Any, context: Any) -> None:
    rule = "供应单位应在规定的工作日内书面答复"
    context.owe(measure, "acknowledge", counted(context.day, _days(measure, "reply_days"), "working", rule))


def owe_verification(measure: Any, context: Any) -> None:
    rule = "关闭取缔后应在规定的工作日内由另一人现场核实"
    context.owe(measure, "verify", counted(context.day, _days(measure, "verify_days"), "working", rule))


def owe_case(measure: Any, context: Any) -> None:
    rule = "违反停产、关闭决定的，应在规定的工作日内提请立案"
    context.owe(measure, "file_case", counted(context.day, _days(measure, "case_days"), "working", rule))


def owe_restoration(measure: Any, context: Any) -> None:
    if family_of(measure.kind) is Family.CUTOFF:
        rule = "解除后应及时恢复供应（《安全生产法》第七十条）"
        context.owe(measure, "restore", counted(context.day, _days(measure, "reply_days"), "working", rule))
