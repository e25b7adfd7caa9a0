"""What a hazard owes beside its next step: reports, decisions and visits, each until a day of its own."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.hazards import gates, terms
from bihuan.capabilities.hazards.hands import DISTRICT_LEVEL, RECTIFIER, SUPERVISOR
from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.loops.declaration import Duty

OPEN = frozenset({HazardState.REPORTED, HazardState.RECTIFYING, HazardState.AWAITING_ACCEPTANCE})
RECTIFYING = frozenset({HazardState.RECTIFYING})
AWAITING = frozenset({HazardState.AWAITING_ACCEPTANCE})
CLOSED = frozenset({HazardState.CLOSED})
LADDER = "hazard.escalation"
OF_MAJORS = ("report_to_regulator", "report_to_workers", "propose_listing", "listing", "delist")


def _recheck_by(hazard: Any, given: Any, context: Any) -> Deadline:
    rule = "整改期限届满未报整改，应在规定的期限内到现场复查"
    return terms.until(hazard, "recheck_days", rule, context.day)


def _bound_leader(hazard: Any) -> int | None:
    listing = gates.open_listing(hazard)
    return None if listing is None else listing.leader_post


DUTIES = (
    Duty(
        name="report_to_regulator", label="向监管部门报告重大隐患", by=(RECTIFIER, SUPERVISOR),
        met_by=("report_to_regulator",), states=OPEN, ladder=LADDER, basis="《安全生产法》第四十一条第二款",
    ),
    Duty(
        name="report_to_workers", label="向职工大会报告重大隐患", by=(RECTIFIER, SUPERVISOR),
        met_by=("report_to_workers",), states=OPEN, ladder=LADDER, basis="《安全生产法》第四十一条第二款",
    ),
    Duty(
        name="propose_listing", label="挂牌督办", by=(DISTRICT_LEVEL,), met_by=("assign", "assign_by_order", "list_supervision"),
        states=OPEN, ladder=LADDER, basis="《安全生产法》第四十一条第三款", district=True,
    ),
    Duty(
        name="listing", label="挂牌督办期限内完成治理", by=(RECTIFIER, SUPERVISOR), met_by=("delist",),
        states=OPEN, ladder=LADDER, bound=_bound_leader, desk=False,
    ),
    Duty(
        name="delist", label="摘牌", by=(DISTRICT_LEVEL,), met_by=("delist",), states=AWAITING, ladder=LADDER,
        district=True,
    ),
    Duty(
        name="decide_extension", label="答复延期申请", by=(SUPERVISOR,),
        met_by=("grant_extension", "refuse_extension"), states=RECTIFYING, ladder=LADDER,
    ),
    Duty(
        name="recheck", label="复查", by=(SUPERVISOR,), met_by=("recheck",), states=RECTIFYING, ladder=LADDER,
        when_late=_recheck_by, basis="整改不到位不放过",
    ),
    Duty(
        name="decide_failures", label="屡次不合格研究处理", by=(SUPERVISOR,), met_by=("decide_failures",),
        states=OPEN, ladder=LADDER, at_once="sector", basis="问题没有真正解决不放过",
    ),
    Duty(
        name="follow_up", label="回访", by=(SUPERVISOR,), met_by=("follow_up",), states=CLOSED, ladder=LADDER,
    ),
    Duty(
        name="spot_check", label="抽查", by=(SUPERVISOR,), met_by=("spot_check",), states=CLOSED, ladder=LADDER,
    ),
)  # fmt: skip


def major_found(hazard: Any, context: Any) -> None:
    """A hazard is major from today: it is reported twice and put on the list, each in time (M089, M090)."""
    rule = "重大事故隐患应及时双报告，本区规定的报告期限"
    if hazard.reported_to_regulator_on is None:
        due = terms.until(hazard, "major_report_days", rule, context.day)
        context.owe(hazard, "report_to_regulator", due)
    if hazard.reported_to_workers_on is None:
        context.owe(hazard, "report_to_workers", terms.until(hazard, "major_report_days", rule, context.day))
    rule = "重大事故隐患应在规定的工作日内提请挂牌督办"
    due = terms.until(hazard, "listing_proposal_days", rule, context.day)
    context.owe(hazard, "propose_listing", due)


def major_no_more(hazard: Any, context: Any) -> None:
    """A lower grade owes neither the reports nor the list."""
    context.settled(hazard, *OF_MAJORS)


def listed(hazard: Any, listing: Any, context: Any) -> None:
    """On the list: the listing has its own day, along the chain and to the leader bound to it."""
    context.settled(hazard, "propose_listing")
    context.owe(hazard, "listing", Deadline(listing.due_on, "挂牌督办期限", context.day))
    if hazard.state == HazardState.AWAITING_ACCEPTANCE:
        to_delist(hazard, context)


def to_delist(hazard: Any, context: Any) -> None:
    """The rectification is reported: the level that listed it decides in time whether to take it off."""
    if gates.open_listing(hazard) is not None:
        rule = "挂牌督办的隐患报告整改完成后，应在规定的工作日内核实摘牌并公布"
        context.owe(hazard, "delist", terms.until(hazard, "delisting_days", rule, context.day))


def failed_once_more(hazard: Any, context: Any) -> None:
    """A failed acceptance or recheck counts; at the limit the regulator's leader is told and must decide (M095)."""
    hazard.failed_acceptances += 1
    context.facts["failed_acceptances"] = hazard.failed_acceptances
    if terms.failed_too_often(hazard):
        rule = f"验收、复查不合格已 {hazard.failed_acceptances} 次，应在规定的工作日内研究处理"
        context.owe(hazard, "decide_failures", terms.until(hazard, "failed_decision_days", rule, context.day))


def closed(hazard: Any, context: Any) -> None:
    """What was grave, failed before or came back is visited again after closing (回访)."""
    if hazard.grade == Grade.MAJOR or hazard.failed_acceptances or hazard.recurrence:
        rule = "重大、屡次不合格或反复发生的隐患，销号后应在规定的日数内回访"
        context.owe(hazard, "follow_up", terms.until(hazard, "follow_up_days", rule, context.day))
