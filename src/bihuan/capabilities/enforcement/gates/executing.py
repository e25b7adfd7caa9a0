"""Execution, conclusion and archive: money, measures, remedies, and everything that must be over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import completeness, linkage, signing, terms
from bihuan.capabilities.enforcement.gates.again import nothing_to_decide_again
from bihuan.capabilities.enforcement.gates.daily import nothing_daily_open
from bihuan.capabilities.enforcement.gates.deciding import GIVEN_BACK, in_order
from bihuan.capabilities.enforcement.gates.remedies import nothing_to_refund, open_remedy
from bihuan.capabilities.enforcement.reading import LABELS, instalments, owes, unpaid_days
from bihuan.capabilities.enforcement.states import MeasureKind, Outcome
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.registry import running
from bihuan.registers.law import limits
from bihuan.registers.officers.certificates import certified


def something_owed(case: Any, given: Any, actor: Any) -> Failure | None:
    return None if any(owes(case).values()) else Failure("case.nothing_owed", "没有未缴的款项")


def payment_fits(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Not more than is owed, not before service, not ahead of today."""
    left = owes(case)[given.what]
    if not 0 < given.amount <= left:
        yield Failure("case.paid_too_much", f"这项款项还应缴{yuan(left)}元，请核对金额", "amount")
    if given.paid_on > clock.today():
        yield Failure("case.paid_in_future", "缴款日期晚于今天，请核对", "paid_on")
    if case.decided_on and given.paid_on < case.decided_on:
        yield Failure(
            "case.paid_before_decision", f"缴款日期早于决定日期 {case.decided_on}，请核对", "paid_on"
        )
    if given.what == "daily" and not case.daily.get("served_on"):
        yield Failure("case.daily_unserved", "按日连续处罚决定书还没有送达，请先登记送达", "what")


def is_late(case: Any, given: Any, actor: Any) -> Failure | None:
    """A fine, an instalment of one, or a daily penalty is unpaid past its day; what was paid is not late."""
    days = list(unpaid_days(case).values())
    if not days:
        return Failure("case.nothing_late", "没有逾期未缴的罚款")
    if clock.today() <= min(days):
        return Failure("case.not_late_yet", f"缴款期限到 {min(days)}，还没有逾期")
    return None


def additional_runs(case: Any, given: Any, actor: Any) -> Failure | None:
    """More has run up than was decided: a decision made before the fine was paid is taken again to the day of payment."""
    if terms.run_up(case):
        return None
    return Failure("case.no_additional", "没有应加处的罚款，或者已经作出加处罚款决定")


def additional_by_now(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    if given.until > clock.today():
        yield Failure("case.counted_ahead", "计算截止日不能晚于今天", "until")
    elif given.of not in terms.run_up(case, given.until):
        yield Failure("case.nothing_run_up", "到这一天还没有产生（新的）加处罚款", "until")


def deferral_fits(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Each instalment a day ahead and an amount; together exactly what is still owed."""
    try:
        rows = instalments(given.instalments)
    except ValueError:
        yield Failure(
            "case.instalments_unreadable",
            "请一行写一期：日期｜金额（元），例如 2026-12-31｜20000",
            "instalments",
        )
        return
    run_up = terms.additional(case).fen
    if run_up > case.additional_fen:
        yield Failure(
            "case.additional_undecided",
            f"逾期已产生加处罚款{yuan(run_up)}元，请先作出加处罚款决定，或者写明不加处、减免的理由",
        )
    left = case.fine_fen - case.paid_fen
    if sum(one.fen for one in rows) != left:
        yield Failure("case.instalments_differ", f"各期合计应等于未缴罚款{yuan(left)}元", "instalments")
    days = [one.due for one in rows]
    if days != sorted(set(days)) or any(day <= clock.today() for day in days):
        yield Failure("case.instalments_order", "各期日期应在今天以后，由早到晚，不重复", "instalments")


def measure_pending(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    row = next((one for one in case.measures if one["kind"] == given.kind), None)
    if row is None:
        yield Failure("case.no_such_measure", f"决定中没有“{MeasureKind(given.kind).label}”", "kind")
    elif row["state"] == "done":
        yield Failure("case.measure_done", "这项措施已经执行完毕", "kind")
    if given.done_on > clock.today() or (case.served_on and given.done_on < case.served_on):
        yield Failure("case.measure_day", "执行日期应在送达之后、今天以前", "done_on")


def some_measure_pending(case: Any, given: Any, actor: Any) -> Failure | None:
    pending = any(one["state"] != "done" for one in case.measures)
    return None if pending else Failure("case.no_measure_pending", "没有待执行的措施")


def not_demanded(case: Any, given: Any, actor: Any) -> Failure | None:
    if case.enforcement.get("demanded_on"):
        return Failure("case.demanded", "催告书已经送达")
    return (
        Failure("case.demand_issued", "催告书已经制发，请登记送达")
        if case.enforcement.get("demand_on")
        else None
    )


def demand_waits(case: Any, given: Any, actor: Any) -> Failure | None:
    """A demand is made out and not served."""
    if case.enforcement.get("demand_on") and not case.enforcement.get("demanded_on"):
        return None
    return Failure("case.no_demand", "没有待送达的催告书")


def demand_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Served on the day it was made out or after it."""
    return in_order(given, date.fromisoformat(case.enforcement["demand_on"]))


def demanded(case: Any, given: Any, actor: Any) -> Failure | None:
    return (
        None
        if case.enforcement.get("demanded_on")
        else Failure("case.not_demanded", "申请强制执行前须先催告（《行政强制法》第五十四条）")
    )


def court_in_time(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Ten working days after the demand, after the time for remedies, within three months from then (行政强制法第五十三条、第五十四条)."""
    demand = limits.due("demand_before_court", date.fromisoformat(case.enforcement["demanded_on"]))
    if given.applied_on <= demand.due:
        yield Failure(
            "case.court_before_demand",
            f"催告书送达满10个工作日（{demand.due}）仍未履行的才能申请",
            "applied_on",
        )
    remedies = limits.due("litigation", case.served_on).due
    source = limits.rule("litigation", case.served_on).source
    if given.applied_on <= remedies and not any(row.get("ended_on") for row in case.remedies):
        yield Failure(
            "case.court_before_remedies",
            f"复议、诉讼期限到 {remedies} 届满后才能申请（{source}）",
            "applied_on",
        )
    last = terms.court_limit(case).due
    if given.applied_on > last:
        yield Failure(
            "case.court_too_late",
            f"申请强制执行的期限已于 {last} 届满（《行政强制法》第五十三条）",
            "applied_on",
        )
    if given.applied_on > clock.today():
        yield Failure("case.court_in_future", "申请日期晚于今天，请核对", "applied_on")


def applied(case: Any, given: Any, actor: Any) -> Failure | None:
    return None if case.enforcement.get("applied_on") else Failure("case.not_applied", "还没有申请强制执行")


def published_by_now(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    if given.published_on > clock.today() or (case.decided_on and given.published_on < case.decided_on):
        yield Failure("case.publication_day", "公示日期应在决定之后、今天以前", "published_on")


def publishable(case: Any, given: Any, actor: Any) -> Failure | None:
    added = case.daily.get("decided_on") and not case.daily.get("published_on")
    if case.outcome == Outcome.PENALTY and (not case.published_on or case.unpublished_on or added):
        return None
    return Failure("case.nothing_to_publish", "没有待公示的处罚决定")


def published(case: Any, given: Any, actor: Any) -> Failure | None:
    if case.published_on and not case.unpublished_on:
        return None
    return Failure("case.not_published", "处罚决定没有公示，或者已经撤回")


def everything_over(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Money, measures, remedies, parts and referral are settled, and nothing the case needs is missing: 结案 by name."""
    if case.outcome == Outcome.PENALTY:
        yield from _money(case)
    for row in case.measures:
        if row["state"] != "done" and case.outcome != Outcome.REVOKED:
            yield Failure("case.measure_open", f"“{MeasureKind(row['kind']).label}”还没有执行完毕")
    if open_remedy(case):
        yield Failure("case.remedy_open", "复议、诉讼正在进行，不能结案")
    yield from nothing_daily_open(case)
    yield from nothing_to_refund(case)
    yield from nothing_to_decide_again(case)
    for row in case.parts:
        if not row.get("result"):
            yield Failure("case.part_open", f"联合办案单位“{row['name']}”的工作还没有完成")
    if case.referral and not (case.referral.get("result") and case.referral.get("received_on")):
        lacking = "处理结果" if case.referral.get("received_on") else "回执"
        yield Failure("case.referral_open", f"案件移送还没有登记{lacking}")
    if case.outcome == Outcome.TRANSFERRED and case.referral.get("result") in GIVEN_BACK:
        says = "受移送机关不予立案或者退回，不能以移送结案；请办理“退回后继续办理”，作出处理决定（《行政处罚法》第二十七条）"
        yield Failure("case.given_back", says)
    for name in completeness.missing_documents(case):
        yield Failure("case.document_missing", f"案卷缺少{name}")
    yield from signing.unsigned_failures(signing.to_conclude(case))
    loop = running("case").loop
    for step in completeness.missing_steps(case):
        named = "或".join(loop.label_of(one) for one in step.split("|"))
        yield Failure("case.step_missing", f"程序模板要求的“{named}”没有办理")


def _money(case: Any) -> Iterable[Failure]:
    if case.enforcement.get("result") in ("done", "ended"):
        return
    left = owes(case)
    for what, label in LABELS.items():
        if left[what]:
            yield Failure("case.unpaid", f"{label}还有{yuan(left[what])}元未缴")
    for of, fen in terms.run_up(case).items():
        yield Failure(
            "case.additional_undecided",
            f"逾期缴纳{LABELS[of]}产生加处罚款{yuan(fen)}元，请作出加处罚款决定，或者写明不加处、减免的理由",
        )


def file_complete(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """归档: every required document lies in the file (M125)."""
    for name in completeness.missing_documents(case, archiving=True):
        yield Failure("case.document_missing", f"案卷缺少{name}，不能归档")
    yield from signing.unsigned_failures(signing.to_archive(case))


def linkage_owed(case: Any, given: Any, actor: Any) -> Failure | None:
    """There is something to decline."""
    return None if linkage.told(case) else Failure("case.no_linkage_owed", "没有待联合办理的事项")


def part_of_mine(case: Any, given: Any, actor: Any) -> Failure | None:
    mine = {scope.agency_id for scope in actor.scopes}
    if any(row["agency"] in mine and not row.get("result") for row in case.parts):
        return None
    return Failure("case.no_part", "您的单位没有待完成的联合办案工作")


def officers_certified(case: Any, given: Any, actor: Any) -> Failure | None:
    """Whoever signs a document of the case holds a certificate on that day."""
    if certified(list(actor.persons), clock.today()):
        return None
    return Failure("case.certificate_lapsed", "您今天没有有效的执法证件，不能办理")
