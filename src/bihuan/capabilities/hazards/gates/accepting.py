"""发现 → 整改 → 验收 → 抽查 in time order and by different hands (M088)."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told


def accepted_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """整改 → 验收 → 今天: three signatures in time order (M088)."""
    day: date = given.accepted_on
    if day < hazard.found_on:
        return Failure(
            "hazard.accepted_before_found", f"验收日期 {day} 早于发现日期 {hazard.found_on}", "accepted_on"
        )
    if hazard.rectified_on is not None and day < hazard.rectified_on:
        return Failure(
            "hazard.accepted_before_rectified",
            f"验收日期 {day} 早于整改完成日期 {hazard.rectified_on}",
            "accepted_on",
        )
    if day > clock.today():
        return Failure("hazard.accepted_in_future", f"验收日期 {day} 晚于今天", "accepted_on")
    return None


def checked_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """验收 → 抽查 → 今天: what was not closed yet cannot have been spot-checked, nor can tomorrow's check be today's."""
    told = Told(given.checked_on, "checked_on", "抽查日期", ahead="hazard.checked_in_future")
    return told.follows(hazard.accepted_on, "验收日期", "hazard.checked_before_accepted")


def accepter_not_claimed_rectifier(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Where only a ledger says who rectified, the name is all there is to compare hands by."""
    if hazard.hand("submit_rectification") is None and hazard.responsible_person == actor.name:
        return Failure(
            "loop.same_person", "验收人不能是整改人（谁治理谁签名、谁验收谁签名）：台账所载整改责任人与您同名"
        )
    return None


def visited_not_in_future(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A visit has taken place between the acceptance and today."""
    day: date = given.visited_on
    if day > clock.today():
        return Failure("hazard.visited_in_future", f"回访日期 {day} 晚于今天", "visited_on")
    if hazard.accepted_on is not None and day < hazard.accepted_on:
        return Failure(
            "hazard.visited_before_accepted",
            f"回访日期 {day} 早于验收日期 {hazard.accepted_on}",
            "visited_on",
        )
    return None


def failed_too_often(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """There is something to decide: a decision on repeated failures is open."""
    opened = (hazard.duties or {}).get("open") or {}
    if "decide_failures" in opened:
        return None
    return Failure("hazard.no_decision_due", "没有屡次不合格、等待研究处理的情况")


def was_self_check(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Spot checks are for what an enterprise accepted by itself."""
    if hazard.source != "self_check" or hazard.grade != Grade.GENERAL:
        return Failure("hazard.not_self_check", "抽查只针对企业自查自改的一般隐患")
    return None
