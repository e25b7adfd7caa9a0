"""What the paper of an inspection already says hands a hazard over: who, how, until when (M087, M127).

The officer's order is the 交办; nobody types it again. What the paper does not know (资金, 预案) is told by the unit itself
before it reports the hazard as rectified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from bihuan.capabilities.hazards import effects, gates, terms
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.registers.instruments.models import Instrument, Standing

ORDERING = ("rectification_order", "onsite_measure_decision", "inspection_record")
MOVING = ("recheck_extension_reply",)
_SAID = (
    ("responsible_person", "责任（整改责任人）"),
    ("measures", "措施（整改措施）"),
    ("rectify_by", "时限（整改期限）"),
)
Waiting = Callable[[Any], str]
_waiting: list[Waiting] = []
OWN = {"funds_planned": "资金（整改资金，不需要的填 0）", "contingency_plan": "预案（应急预案或防范措施）"}


def waited_for_by(callback: Waiting) -> None:
    """Let another room say the number of its matter whose order still waits for this hazard, or an empty text."""
    _waiting[:] = [callback]


def order_moves_it(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """The day of an order moves by the order's own extension, in writing: two days for one thing are one too many."""
    ordered = hazard.hand("assign_by_order") is not None
    no = next((said for ask in _waiting if ordered and (said := ask(hazard))), "")
    if not no:
        return None
    says = f"整改期限由检查 {no} 的责令限期整改指令书确定，延期请在该检查的页面办理“申请延期”，隐患随之延期"
    return Failure("hazard.order_moves_it", says)


def said_by_order(hazard: Any) -> frozenset[str]:
    """Which of the five stand on the order that handed this hazard over."""
    return (
        frozenset(field for field, _ in _SAID) if hazard.hand("assign_by_order") is not None else frozenset()
    )


def order_keeps_its_words(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Who, how and until when stand on the order; what is added to it changes none of them."""
    said = said_by_order(hazard)
    for field, label in _SAID:
        if field in said and getattr(given, field) not in (None, "", getattr(hazard, field)):
            says = f"“{label}”由指令书确定，这里不能改，请留空；期限要改的，在检查页面办理延期"
            yield Failure("hazard.order_says_otherwise", says, field)


def _issued(hazard: Any, paper: str, kinds: tuple[str, ...]) -> bool:
    named = Q(number=paper) | Q(no=paper)
    papers = Instrument.objects.filter(named, kind__in=kinds, matter_no=hazard.origin or "-")
    return bool(paper) and papers.exclude(state=Standing.VOIDED).exists()


def paper_here(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Only a paper that stands, of the very inspection that found the hazard, orders its rectification."""
    if _issued(hazard, given.paper, ORDERING):
        return None
    says = f"没有查到发现这条隐患的检查制发的、有效的文书“{given.paper}”，请在隐患页面办理“交办”"
    return Failure("hazard.no_order", says, "paper")


def reply_here(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Only a reply to a request for more time on that order moves its day."""
    if _issued(hazard, given.paper, MOVING):
        return None
    says = f"没有查到发现这条隐患的检查制发的、有效的延期答复“{given.paper}”"
    return Failure("hazard.no_order", says, "paper")


def order_says_what(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Who, how and until when are on the order, or it orders nothing."""
    for field, label in _SAID:
        if getattr(given, field) in (None, ""):
            yield Failure("hazard.elements_incomplete", f"五落实缺“{label}”，请补充", field)


def assign_by_order(hazard: Hazard, given: Any, context: Any) -> None:
    """责令整改: the order's own words; money and plan where the officer knew them."""
    hazard.responsible_person = given.responsible_person[:60]
    hazard.measures = given.measures[:2000]
    hazard.rectify_by = given.rectify_by
    hazard.funds_planned_fen = given.funds_planned
    hazard.contingency_plan = given.contingency_plan[:500]
    if hazard.grade == Grade.MAJOR:
        effects.put_on_list(hazard, context)


def ordered_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline:
    """The order's day; what was put right before the officers' eyes has only to be reported with its picture."""
    if given.at_once:
        return terms.until(
            hazard, "reissue_days", "当场改正的，应在规定的日数内报送整改情况和照片", context.day
        )
    return Deadline(given.rectify_by, f"{given.paper}确定的整改期限", context.day)


def follow_order(hazard: Hazard, given: Any, context: Any) -> None:
    """随指令书延期: the hazard has the day its order was given."""
    context.facts |= {"from": hazard.rectify_by}
    hazard.rectify_by = given.rectify_by
    hazard.extension = None
    context.settled(hazard, "recheck", "decide_extension")


def _own_lacking(hazard: Any) -> list[str]:
    return [field for field in gates.lacking_elements(hazard) if field in OWN]


def means_lacking(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """There is something only the unit itself knows."""
    if _own_lacking(hazard):
        return None
    return Failure("hazard.elements_here", "整改资金和预案已经填报，不必再填")


def means_told(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What lacked is told now."""
    for field in _own_lacking(hazard):
        if getattr(given, field) in (None, ""):
            yield Failure("hazard.elements_incomplete", f"五落实缺“{OWN[field]}”，请补充", field)


def tell_means(hazard: Hazard, given: Any, context: Any) -> None:
    """填报整改资金和预案: only what is still blank; what the authority wrote stays."""
    if hazard.funds_planned_fen is None:
        hazard.funds_planned_fen = given.funds_planned
    if not hazard.contingency_plan:
        hazard.contingency_plan = given.contingency_plan[:500]


def is_later(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """An extension moves the day forward."""
    former: date | None = hazard.rectify_by
    if former is None or given.rectify_by > former:
        return None
    return Failure("hazard.extension_not_later", f"延期日期应晚于现整改期限 {former}", "rectify_by")
