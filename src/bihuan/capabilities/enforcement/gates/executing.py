"""Execution, conclusion and archive: money, measures, remedies, and everything that must be over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import completeness, money, terms
from bihuan.capabilities.enforcement.reading import instalments, owes
from bihuan.capabilities.enforcement.states import MeasureKind, Outcome
from bihuan.kernel import clock
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
        yield Failure("case.paid_too_much", f"这项款项还应缴{money.yuan(left)}元，请核对金额", "amount")
    if given.paid_on > clock.today():
        yield Failure("case.paid_in_future", "缴款日期晚于今天，请核对", "paid_on")
    if case.decided_on and given.paid_on < case.decided_on:
        yield Failure(
            "case.paid_before_decision", f"缴款日期早于决定日期 {case.decided_on}，请核对", "paid_on"
        )


def is_late(case: Any, given: Any, actor: Any) -> Failure | None:
    last = max((one.due for one in terms.schedule_of(case)), default=None)
    if last is None or case.paid_fen >= case.fine_fen:
        return Failure("case.nothing_late", "没有逾期未缴的罚款")
    first = min(one.due for one in terms.schedule_of(case))
    if clock.today() <= first:
        return Failure("case.not_late_yet", f"缴款期限到 {first}，还没有逾期")
    return None


def additional_runs(case: Any, given: Any, actor: Any) -> Failure | None:
    """More has run up than was decided: a decision made before the fine was paid is taken again to the day of payment."""
    if terms.additional(case).fen > case.additional_fen:
        return None
    return Failure("case.no_additional", "没有应加处的罚款，或者已经作出加处罚款决定")


def additional_by_now(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    if given.until > clock.today():
        yield Failure("case.counted_ahead", "计算截止日不能晚于今天", "until")
    elif terms.additional(case, given.until).fen <= case.additional_fen:
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
            f"逾期已产生加处罚款{money.yuan(run_up)}元，请先作出加处罚款决定，或者写明不加处、减免的理由",
        )
    left = case.fine_fen - case.paid_fen
    if sum(one.fen for one in rows) != left:
        yield Failure("case.instalments_differ", f"各期合计应等于未缴罚款{money.yuan(left)}元", "instalments")
    days = [one.due for one in rows]
    if days != sorted(set(days)) or any(day <= clock.today() for day in days):
        yield Failure("case.instalments_order", "各期日期应在今天以后，由早到晚，不重复", "instalments")


DAILY_LAW = "WSL"
"""The law whose article 112 lets a fine repeat by the day."""


def daily_allowed(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Ordered to correct, fined, and found on recheck to have refused (安全生产法第一百一十二条)."""
    if not case.fine_fen:
        yield Failure("case.no_fine_to_repeat", "按日连续处罚以受到罚款处罚为前提")
    if not case.entity:
        yield Failure("case.daily_of_a_person", "按日连续处罚针对生产经营单位，不适用于个人")
    if not any(row["law"] == DAILY_LAW for row in case.violations):
        yield Failure("case.daily_other_law", "按日连续处罚以违反《安全生产法》受到罚款处罚为前提")
    if given.rechecked_on <= given.ordered_on:
        yield Failure("case.rechecked_too_soon", "复查日期应晚于责令改正日期", "rechecked_on")
    if given.rechecked_on > clock.today():
        yield Failure("case.rechecked_in_future", "复查日期晚于今天，请核对", "rechecked_on")
    if case.daily_fen:
        yield Failure("case.daily_before", "本案已作出按日连续处罚决定")


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


def remedy_open(case: Any, given: Any, actor: Any) -> Failure | None:
    return None if _open_remedy(case) else Failure("case.no_remedy", "没有正在进行的复议、诉讼")


def no_remedy_open(case: Any, given: Any, actor: Any) -> Failure | None:
    return Failure("case.remedy_open", "复议、诉讼正在进行") if _open_remedy(case) else None


def _open_remedy(case: Any) -> Any:
    return next((row for row in case.remedies if not row.get("ended_on")), None)


def remedy_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    row = _open_remedy(case)
    if row and given.ended_on < date.fromisoformat(row["begun_on"]):
        yield Failure("case.remedy_ends_before", "终结日期早于受理日期，请核对", "ended_on")
    if given.ended_on > clock.today():
        yield Failure("case.remedy_in_future", "终结日期晚于今天，请核对", "ended_on")
    least = max(case.paid_fen, case.additional_paid_fen)
    if given.result == "changed" and (given.fine is None or not least <= given.fine <= case.fine_fen):
        says = f"请填写变更后的罚款，不高于原罚款、不低于已缴数额{money.yuan(least)}元"
        yield Failure("case.changed_fine", says, "fine")


def begun_by_now(case: Any, given: Any, actor: Any) -> Failure | None:
    if given.begun_on > clock.today() or (case.served_on and given.begun_on < case.served_on):
        return Failure("case.remedy_day", "受理日期应在送达之后、今天以前", "begun_on")
    return None


def unpaid_and_over(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A demand presupposes a fine unpaid past its day, and no remedy under way."""
    late = is_late(case, given, actor)
    if late:
        yield late


def demand_by_now(case: Any, given: Any, actor: Any) -> Failure | None:
    """The paper is made with this deed: it was served neither before it nor ahead of today."""
    if given.served_on > clock.today():
        return Failure("case.served_in_future", "送达日期晚于今天，请核对", "served_on")
    if given.served_on < clock.today():
        says = "催告书今天制发，送达日期不能早于今天，请核对"
        return Failure("case.served_before_issue", says, "served_on")
    return None


def not_demanded(case: Any, given: Any, actor: Any) -> Failure | None:
    return Failure("case.demanded", "催告书已经送达") if case.enforcement.get("demanded_on") else None


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
    if case.outcome == Outcome.PENALTY and (not case.published_on or case.unpublished_on):
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
    if _open_remedy(case):
        yield Failure("case.remedy_open", "复议、诉讼正在进行，不能结案")
    for row in case.parts:
        if not row.get("result"):
            yield Failure("case.part_open", f"联合办案单位“{row['name']}”的工作还没有完成")
    if case.referral and not (case.referral.get("result") and case.referral.get("received_on")):
        lacking = "处理结果" if case.referral.get("received_on") else "回执"
        yield Failure("case.referral_open", f"案件移送还没有登记{lacking}")
    for name in completeness.missing_documents(case):
        yield Failure("case.document_missing", f"案卷缺少{name}")
    loop = running("case").loop
    for step in completeness.missing_steps(case):
        named = "或".join(loop.label_of(one) for one in step.split("|"))
        yield Failure("case.step_missing", f"程序模板要求的“{named}”没有办理")


def _money(case: Any) -> Iterable[Failure]:
    if case.enforcement.get("result") in ("done", "ended"):
        return
    left = owes(case)
    for what, label in (("fine", "罚款"), ("additional", "加处罚款"), ("daily", "按日连续处罚的罚款")):
        if left[what]:
            yield Failure("case.unpaid", f"{label}还有{money.yuan(left[what])}元未缴")
    run_up = terms.additional(case).fen
    if run_up > case.additional_fen:
        yield Failure(
            "case.additional_undecided",
            f"逾期缴款产生加处罚款{money.yuan(run_up)}元，请作出加处罚款决定，或者写明不加处、减免的理由",
        )


def file_complete(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """归档: every required document lies in the file (M125)."""
    for name in completeness.missing_documents(case, archiving=True):
        yield Failure("case.document_missing", f"案卷缺少{name}，不能归档")


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
