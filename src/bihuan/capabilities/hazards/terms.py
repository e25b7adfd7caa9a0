"""The days and counts a district chose, as they bind one hazard: gates that hold to them, days that follow from them.

A hazard keeps the policy of the day it was opened (从旧); only what is not about it but about the reader, such as how early
to remind, goes by today's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel import calendar, clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.policies import values as policies
from bihuan.kernel.policies.declarations import declaration
from bihuan.kernel.record.reading import entries_of


def began(hazard: Any) -> date:
    """The day whose policies the hazard keeps."""
    day = clock.day_of(hazard.opened_at)
    return day


def chosen(hazard: Any, name: str) -> int:
    """The number the district chose for ``hazard.<name>`` on the hazard's own day."""
    return int(policies.recent(f"hazard.{name}", on=began(hazard)).value)


def proposed(hazard: Any, name: str) -> date:
    """The day a form proposes: so many calendar days from today, never a rest day."""
    return calendar.due(clock.today(), chosen(hazard, name), "calendar").due


def until(hazard: Any, name: str, rule: str, start: date) -> Deadline:
    """So many days or working days from ``start``, as the policy is declared."""
    key = f"hazard.{name}"
    unit = "working" if "工作日" in declaration(key, began(hazard)).unit else "calendar"
    return counted(start, chosen(hazard, name), unit, rule)


def within_longest_term(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """No rectification is put off for longer than the district allows, at the first assignment and at every new one."""
    day: date | None = given.rectify_by
    if day is None:
        return None
    major = hazard.grade == Grade.MAJOR
    days = chosen(hazard, "major_rectify_max_days" if major else "rectify_max_days")
    last = clock.today() + timedelta(days=days)
    if day <= last:
        return None
    grade = "重大事故隐患" if major else "一般隐患"
    return Failure(
        "hazard.rectify_by_too_far",
        f"{grade}整改期限至多 {days} 日，可定在 {clock.today()} 至 {last} 之间，填写的是 {day}，请改早一些",
        "rectify_by",
    )


def extension_within_policy(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """How often and how far a day may be moved is the district's policy of the day the hazard was opened."""
    yield from _moved_within_policy(hazard, given.until, "until")


def order_within_policy(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """More time on an order is no way around how often and how far the district lets a day be moved."""
    yield from _moved_within_policy(hazard, given.rectify_by, "rectify_by")


MOVING = ("grant_extension", "follow_order")


def _moved_within_policy(hazard: Any, until: date, field: str) -> Iterable[Failure]:
    days, times = chosen(hazard, "extension_max_days"), chosen(hazard, "extension_max_times")
    if hazard.rectify_by is not None and until > hazard.rectify_by + timedelta(days=days):
        sentence = f"每次延期至多 {days} 日，现整改期限为 {hazard.rectify_by}，请改早一些"
        yield Failure("hazard.extension_too_long", sentence, field)
    if times and all(hazard.hand(verb) is None for verb in MOVING):
        return
    granted = sum(entry.verb in MOVING for entry in entries_of(hazard.uid)) if times else 0
    if granted >= times:
        yield Failure("hazard.extension_too_often", f"整改期限至多延期 {times} 次，该隐患已延期 {granted} 次")


def asked_in_time(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """An extension is asked for before the day is upon us, not after."""
    if hazard.rectify_by is None:
        return None
    days = chosen(hazard, "extension_request_days")
    if (
        calendar.due(clock.today(), days, "working").due <= hazard.rectify_by
        if days
        else (clock.today() <= hazard.rectify_by)
    ):
        return None
    when = f"到期前至少 {days} 个工作日" if days else "到期当日或以前"
    return Failure(
        "hazard.extension_too_late",
        f"延期须在{when}提出，现整改期限为 {hazard.rectify_by}，已来不及；请按期整改，逾期将开展复查",
    )


def failed_too_often(hazard: Any) -> bool:
    """Whether acceptances and rechecks failed as often as calls for a decision (M095)."""
    return bool(hazard.failed_acceptances) and hazard.failed_acceptances >= chosen(
        hazard, "failed_acceptance_limit"
    )
