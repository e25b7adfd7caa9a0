"""Reconsideration and litigation, also of a case that is concluded or put away; and what goes back to the party."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement.refunds import open_refund
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.errors import Failure
from bihuan.registers.instruments import dossiers, shelf


def decision_stands(case: Any, given: Any, actor: Any) -> Failure | None:
    """There is a decision that was served and still holds."""
    if case.served_on and case.outcome in (Outcome.PENALTY, Outcome.NO_PENALTY):
        return None
    return Failure("case.nothing_to_contest", "没有已经送达、仍然有效的处理决定")


def remedy_open(case: Any, given: Any, actor: Any) -> Failure | None:
    return None if open_remedy(case) else Failure("case.no_remedy", "没有正在进行的复议、诉讼")


def no_remedy_open(case: Any, given: Any, actor: Any) -> Failure | None:
    return Failure("case.remedy_open", "复议、诉讼正在进行") if open_remedy(case) else None


def open_remedy(case: Any) -> Any:
    """The reconsideration or litigation under way."""
    return next((row for row in case.remedies if not row.get("ended_on")), None)


def begun_by_now(case: Any, given: Any, actor: Any) -> Failure | None:
    if given.begun_on > clock.today() or (case.served_on and given.begun_on < case.served_on):
        return Failure("case.remedy_day", "受理日期应在送达之后、今天以前", "begun_on")
    return None


def remedy_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Ended after it began and by today; a changed fine is never higher than the one decided."""
    row = open_remedy(case)
    if row and given.ended_on < date.fromisoformat(row["begun_on"]):
        yield Failure("case.remedy_ends_before", "终结日期早于受理日期，请核对", "ended_on")
    if given.ended_on > clock.today():
        yield Failure("case.remedy_in_future", "终结日期晚于今天，请核对", "ended_on")
    if given.result == "changed" and (given.fine is None or not 0 <= given.fine <= case.fine_fen):
        says = f"请填写变更后的罚款，不高于原罚款{yuan(case.fine_fen)}元；已多缴的部分另行退还"
        yield Failure("case.changed_fine", says, "fine")


def refund_waits(case: Any, given: Any, actor: Any) -> Failure | None:
    """Something is to go back and nobody approved it yet."""
    row = open_refund(case)
    if row is not None and not row.get("approved_on"):
        return None
    return Failure("case.no_refund", "没有待审批的退还款项")


def something_back(case: Any, given: Any, actor: Any) -> Failure | None:
    """Something is to go back."""
    return None if open_refund(case) else Failure("case.no_refund", "没有待退还的款项")


def refund_approved(case: Any, given: Any, actor: Any) -> Failure | None:
    """Something is to go back, with the head's approval."""
    row = open_refund(case)
    if row is None:
        return Failure("case.no_refund", "没有待退还的款项")
    return (
        None
        if row.get("approved_on")
        else Failure("case.refund_unapproved", "退还款项还没有经机关负责人审批")
    )


def refund_fits(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Exactly what is owed back, between the approval and today."""
    row = open_refund(case)
    assert row is not None
    if given.amount != row["fen"]:
        yield Failure("case.refund_amount", f"应退还{yuan(row['fen'])}元，请核对金额", "amount")
    if not date.fromisoformat(row["on"]) <= given.paid_on <= clock.today():
        yield Failure("case.refund_day", f"退还日期应在 {row['on']} 之后、今天以前", "paid_on")


def nothing_to_refund(case: Any) -> Iterable[Failure]:
    """What is owed back keeps a case from its end."""
    row = open_refund(case)
    if row is not None:
        yield Failure("case.refund_owed", f"应退还当事人{yuan(row['fen'])}元，退还后才能结案")


def later_papers(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Something was issued since the last volume, and nothing of it is still under way."""
    last = dossiers.dossiers_of(case.uid).last()
    newer = shelf.instruments_of([case.uid]).exclude(kind__in=(dossiers.COVER, dossiers.CATALOGUE))
    if last is None or not newer.filter(issued_at__gt=last.bound_at).exists():
        yield Failure("case.nothing_to_add", "上次归档以后没有新的文书")
    if open_remedy(case) or open_refund(case):
        yield Failure("case.remedy_unsettled", "复议、诉讼或者退还款项还没有办完，办完后再补充归档")
