"""The gates and effects of an early warning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bihuan.capabilities.accidents.warnings.hands import own_units
from bihuan.capabilities.accidents.warnings.models import EarlyWarning
from bihuan.capabilities.accidents.warnings.states import graver
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.checks import Told, gone_by
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, Region


def place(warning: EarlyWarning, given: Any, actor: Any) -> None:
    """A warning lies with the unit of whoever issues it."""
    for scope in actor.scopes:
        if scope.agency_id is not None and scope.role in (Role.OFFICE, Role.REGULATOR, Role.LEADER):
            unit = Agency.objects.select_related("region").get(pk=scope.agency_id)
            warning.agency, warning.region_path = unit, unit.region.path
            return
    raise Refused.because("warning.not_yours", "发布预警由安委办、区领导或部门办理")


def days_fit(warning: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Period and day of acknowledgement lie ahead and in order."""
    first = getattr(given, "first_day", None) or warning.first_day
    if given.last_day < first:
        yield Failure("warning.days", "预警结束日期早于开始日期，请核对", "last_day")
    for day, field, label in (
        (given.last_day, "last_day", "预警结束日期"), (given.acknowledge_by, "acknowledge_by", "签收期限"),
    ):  # fmt: skip
        gone = gone_by(day, field, label, "warning.day_gone")
        if gone:
            yield gone
    if given.acknowledge_by > given.last_day:
        yield Failure("warning.acknowledge_late", "签收期限晚于预警结束日期，请提前", "acknowledge_by")


def units_known(warning: Any, given: Any, actor: Any) -> Failure | None:
    found = Agency.objects.filter(pk__in=given.units, until=None).count()
    if not given.units or found != len(set(given.units)):
        return Failure("warning.units", "请选择应签收的单位；有单位不存在或已撤并的，请重新选择", "units")
    return None


def something_adjusted(warning: Any, given: Any, actor: Any) -> Failure | None:
    if (given.level, given.last_day) == (warning.level, warning.last_day):
        return Failure("warning.nothing_adjusted", "级别和期限都没有变，没有可调整的内容", "level")
    return None


def not_acknowledged(warning: Any, given: Any, actor: Any) -> Failure | None:
    waiting = set(own_units(actor, warning)) & set(warning.waiting)
    return None if waiting else Failure("warning.acknowledged", "本单位已经签收")


def lifted_in_order(warning: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.lifted_on, "lifted_on", "解除日期", "warning.in_future")
    issued = clock.day_of(warning.issued_at)
    return told.follows(issued, "预警发布日期", "warning.before_issue")


def issue(warning: EarlyWarning, given: Any, context: Any) -> None:
    """发布."""
    for name in (
        "title", "level", "source", "source_words", "risk", "requirement", "first_day", "last_day", "acknowledge_by",
        "channel", "audience",
    ):  # fmt: skip
        setattr(warning, name, getattr(given, name))
    warning.towns = list(Region.objects.filter(pk__in=given.towns).values_list("path", flat=True))
    warning.units = sorted(set(given.units))
    warning.issued_at = context.at


def acknowledge(warning: EarlyWarning, given: Any, context: Any) -> None:
    """签收 of whoever belongs to a warned unit, for that unit."""
    told = {"at": context.at.isoformat(), "by": context.actor.name[:60], "post": context.actor.post[:160]}
    fresh = [unit for unit in own_units(context.actor, warning) if unit in warning.waiting]
    warning.acknowledged = {**warning.acknowledged, **{str(unit): told for unit in fresh}}
    context.facts["units"] = fresh


def act(warning: EarlyWarning, given: Any, context: Any) -> None:
    """登记防范措施."""
    unit = own_units(context.actor, warning)[0]
    line = {"unit": unit, "on": context.day.isoformat(), "words": given.words, "by": context.actor.name[:60]}
    warning.actions = [*warning.actions, line]


def adjust(warning: EarlyWarning, given: Any, context: Any) -> None:
    """升级、降级、延长: graver or longer, it is acknowledged anew."""
    context.facts["former"] = {"level": warning.level, "last_day": warning.last_day}
    if graver(given.level, warning.level) or given.last_day > warning.last_day:
        warning.acknowledged = {}
    warning.level, warning.last_day = given.level, given.last_day
    warning.acknowledge_by = given.acknowledge_by


def lift(warning: EarlyWarning, given: Any, context: Any) -> None:
    """解除."""
    warning.lifted_on = given.lifted_on


def due(warning: Any, given: Any, context: Any) -> Deadline:
    """Until all have acknowledged, the day to do so; then the last day, on which it is lifted or prolonged."""
    if warning.waiting:
        return Deadline(warning.acknowledge_by, "发布预警时确定的签收期限", context.day)
    return Deadline(warning.last_day, "预警期满应解除或延长", context.day)
