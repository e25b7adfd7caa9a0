"""A major hazard is reported to the regulator and to the workers, each once (《安全生产法》第四十一条)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told


def reported_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """发现 → 报告 → 今天 (安全生产法 第四十一条): nobody reports what was not found, nor tomorrow."""
    told = Told(given.reported_on, "reported_on", "报告日期", ahead="hazard.reported_in_future")
    return told.follows(hazard.found_on, "发现日期", "hazard.reported_before_found")


def reported_twice(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A major hazard is reported to the regulator and to the workers' congress (《安全生产法》第四十一条第二款)."""
    if hazard.grade != Grade.MAJOR:
        return
    if hazard.reported_to_regulator_on is None:
        yield Failure(
            "hazard.not_reported_to_regulator",
            "重大隐患尚未向负有监管职责的部门报告（《安全生产法》第四十一条）",
        )
    if hazard.reported_to_workers_on is None:
        yield Failure(
            "hazard.not_reported_to_workers",
            "重大隐患尚未向职工大会或职工代表大会报告（《安全生产法》第四十一条）",
        )


def is_major(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """挂牌督办 and the double report are for major hazards."""
    return (
        None if hazard.grade == Grade.MAJOR else Failure("hazard.not_major", "该隐患不是重大隐患，无需此项")
    )


def regulator_not_told(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """The report to the regulator is asked for once."""
    return _told("向监管部门报告", "regulator", hazard.reported_to_regulator_on)


def workers_not_told(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """The report to the workers is asked for once."""
    return _told("向职工大会报告", "workers", hazard.reported_to_workers_on)


def _told(what: str, whom: str, on: date | None) -> Failure | None:
    if on is None:
        return None
    return Failure(
        f"hazard.reported_to_{whom}", f"已登记{what}（{on}），不用重复登记；日期写错的，请在“更正”中改正"
    )


def corrects_reports_made(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Only the day of a report that stands here can be corrected; one not yet made is registered by its own act."""
    for name in ("reported_to_regulator_on", "reported_to_workers_on"):
        day = getattr(given, name)
        if day is not None and getattr(hazard, name) is None:
            yield Failure("hazard.not_reported_yet", "这项报告还没有登记，请先登记", name)
        if day is not None and day > clock.today():
            yield Failure("hazard.reported_in_future", f"报告日期 {day} 晚于今天，请核对", name)
