"""Deciding anew after a revocation: only where it was ordered or owed, and not the same again on the same facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.enforcement import again
from bihuan.capabilities.enforcement.gates.remedies import nothing_to_refund
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure


def to_be_decided_again(case: Any, given: Any, actor: Any) -> Failure | None:
    """A decision was revoked and is to be made anew."""
    if case.outcome == Outcome.REVOKED and again.waiting(case):
        return None
    return Failure("case.not_to_be_redone", "没有被撤销、需要重新作出的处理决定")


def former_settled(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What the revoked decision brought is undone first: money back, publication down."""
    yield from nothing_to_refund(case)
    if case.published_on and not case.unpublished_on:
        yield Failure("case.still_published", "被撤销的处罚决定还在公示，请先撤回公示")


def nothing_to_decide_again(case: Any) -> Iterable[Failure]:
    """A case does not end while its decision is to be made anew."""
    if again.waiting(case):
        yield Failure(
            "case.to_be_redone", "原处理决定被撤销并须重新作出，请先“重新办理”，作出新的决定后再结案"
        )


def revocation_told(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Only a revocation orders a new decision, by a day that lies ahead, and it says why the former one fell."""
    if not given.again:
        return
    if given.result != "revoked":
        yield Failure("case.again_unrevoked", "只有撤销原决定的，才能责令重新作出", "again")
    if not given.ground:
        yield Failure("case.ground_unsaid", "请选择原决定被撤销的理由", "ground")
    if given.again_by is not None and given.again_by <= clock.today():
        yield Failure("case.again_by_past", f"重新作出的期限 {given.again_by} 应晚于今天", "again_by")


def not_the_same_again(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """On the same facts and for the same reason the same is not decided twice, unless only procedure was broken
    (《行政复议法》第六十四条第二款、《行政诉讼法》第七十一条)."""
    order = again.former(case)
    if order is None or order.get("ground") == "procedure" or order["kind"] == "self":
        return
    former = order["former"]
    fine = int(getattr(given, "fine", 0) or 0)
    outcome = Outcome.PENALTY if hasattr(given, "fine") else Outcome.NO_PENALTY
    same = former["outcome"] == outcome.value and int(former["fine_fen"]) == fine
    if same and len(case.evidence) <= int(former["evidence"]):
        says = (
            f"原决定因“{again.GROUNDS.get(order.get('ground', ''), '违法')}”被撤销，没有新的证据，"
            "不得以同一的事实和理由作出与原决定基本相同的决定（《行政复议法》第六十四条、《行政诉讼法》第七十一条）"
        )
        yield Failure("case.same_again", says)
