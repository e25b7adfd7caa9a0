"""From 交办 to 整改完成上报: the five elements, the day and its extension, and the look after the day has passed."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.hazards import owing, terms
from bihuan.capabilities.hazards.effects.listings import put_on_list
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel.loops.deadlines import Deadline


def assign(hazard: Hazard, given: Any, context: Any) -> None:
    """交办."""
    hazard.responsible_person = given.responsible_person
    hazard.measures = given.measures
    hazard.funds_planned_fen = given.funds_planned
    hazard.rectify_by = given.rectify_by
    hazard.contingency_plan = given.contingency_plan
    if hazard.grade == Grade.MAJOR:
        put_on_list(hazard, context)


def complete_elements(hazard: Hazard, given: Any, context: Any) -> None:
    """补充五落实: what is given takes the place of what was blank or said otherwise."""
    hazard.responsible_person = given.responsible_person or hazard.responsible_person
    hazard.measures = given.measures or hazard.measures
    if given.funds_planned is not None:
        hazard.funds_planned_fen = given.funds_planned
    hazard.rectify_by = given.rectify_by or hazard.rectify_by
    hazard.contingency_plan = given.contingency_plan or hazard.contingency_plan


def completed_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline:
    """The day set now; where none was given, the one the ledger said stays."""
    assert hazard.rectify_by is not None, "lacking_elements_given asks for it"
    return Deadline(hazard.rectify_by, "补充五落实时确定的整改期限", context.day)


def submit_rectification(hazard: Hazard, given: Any, context: Any) -> None:
    """整改完成上报."""
    hazard.rectified_on = given.rectified_on
    hazard.rectification = given.result
    hazard.funds_spent_fen = given.funds_spent
    hazard.extension = None
    owing.to_delist(hazard, context)


def recheck(hazard: Hazard, given: Any, context: Any) -> None:
    """复查 after the day has passed: what is still there counts as a failure and gets a new day (M095)."""
    if given.removed:
        return
    hazard.rectify_by = given.rectify_by
    hazard.extension = None
    context.settled(hazard, "decide_extension")
    owing.failed_once_more(hazard, context)


def rechecked_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline:
    """The new day; where the danger is gone already, the day by which the enterprise still has to report how."""
    if given.removed:
        rule = "现场复查隐患已消除，应在规定的日数内补报整改情况"
        return terms.until(hazard, "reissue_days", rule, context.day)
    return Deadline(given.rectify_by, "复查仍未消除，重新确定的整改期限", context.day)


def request_extension(hazard: Hazard, given: Any, context: Any) -> None:
    """申请延期."""
    hazard.extension = {"until": given.until.isoformat(), "reason": given.reason, "by": context.actor.name}
    rule = "延期申请应在规定的工作日内答复"
    due = terms.until(hazard, "extension_decision_days", rule, context.day)
    context.owe(hazard, "decide_extension", due)


def grant_extension(hazard: Hazard, given: Any, context: Any) -> None:
    """同意延期: the day asked for becomes the deadline."""
    assert hazard.extension is not None
    until = date.fromisoformat(hazard.extension["until"])
    context.facts |= {"from": hazard.rectify_by, "until": until}
    hazard.rectify_by = until
    hazard.extension = None
    context.settled(hazard, "recheck")


def extended_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline:
    """The day the extension was granted to."""
    assert hazard.rectify_by is not None
    return Deadline(hazard.rectify_by, "经批准延期", context.day)


def refuse_extension(hazard: Hazard, given: Any, context: Any) -> None:
    """不同意延期."""
    assert hazard.extension is not None
    context.facts["until"] = hazard.extension["until"]
    hazard.extension = None
