"""Execution, remedies, enforcement by the court, conclusion and archive."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import completeness, linkage, papers, terms
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.reading import LABELS, instalments, owes, unpaid_days
from bihuan.capabilities.enforcement.serving import serve_documents, served_day
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.registers.instruments import dossiers
from bihuan.registers.law import limits


def next_due(case: Case, given: Any, context: Any) -> Deadline | None:
    """The next day on which something is to be paid; none when everything is paid."""
    if case.outcome == Outcome.REVOKED:
        return None
    found = _fine_due(case, context)
    if found is None and case.daily.get("due") and case.daily_paid_fen < case.daily_fen:
        rule = limits.due("payment", date.fromisoformat(case.daily["served_on"]))
        return Deadline(rule.due, rule.rule, context.day)
    return found


def _fine_due(case: Case, context: Any) -> Deadline | None:
    schedule = terms.schedule_of(case)
    paid = sum(one.fen for one in terms.payments_of(case))
    for one in sorted(schedule, key=lambda row: row.due):
        paid -= one.fen
        if paid < 0:
            words = (
                "批准延期、分期缴纳的期限（《行政处罚法》第六十六条）"
                if case.account.get("deferred")
                else None
            )
            return Deadline(
                one.due, words or limits.due("payment", case.served_on or context.day).rule, context.day
            )
    return None


def pay(case: Case, given: Any, context: Any) -> None:
    """缴款."""
    row = {"on": given.paid_on.isoformat(), "fen": given.amount, "what": given.what, "receipt": given.receipt}
    case.account = {**case.account, "payments": [*case.account.get("payments", []), row]}
    if given.what == "fine":
        case.paid_fen += given.amount
        if case.paid_fen == case.fine_fen:
            case.collected_on = max(one.on for one in terms.payments_of(case))
    elif given.what == "additional":
        case.additional_paid_fen += given.amount
    elif given.what == "daily_additional":
        more = case.daily["more"]
        case.daily = {**case.daily, "more": {**more, "paid": more["paid"] + given.amount}}
    else:
        case.daily_paid_fen += given.amount
    if not any(owes(case).values()) and not terms.run_up(case):
        context.settled(case, "serve_demand", "court")


def defer(case: Case, given: Any, context: Any) -> None:
    """延期、分期: what was due moves; nothing runs for days before the new ones."""
    rows = instalments(given.instalments)
    paid = [{"due": one.on.isoformat(), "fen": one.fen} for one in terms.payments_of(case)]
    schedule = [{"due": one.due.isoformat(), "fen": one.fen} for one in rows]
    case.account = {**case.account, "schedule": [*paid, *schedule], "deferred": rows[-1].due.isoformat()}
    plan: dict[str, Any] = (
        {"deferred_to": rows[0].due}
        if len(rows) == 1
        else {"installments": [{"due_on": one.due, "amount": one.fen} for one in rows]}
    )
    facts = {**papers.decision_facts(case), **plan, "fine": sum(one.fen for one in rows)}
    papers.issue(
        case, "deferral_approval", context, **{**facts, "reasons": given.reasons},
        handler_opinion=papers.handlers(case, "defer"),
        approval_opinion=papers.mine(given.opinion, context),
    )  # fmt: skip
    papers.issue(case, "deferral_permit", context, **facts)


def press(case: Case, given: Any, context: Any) -> None:
    """罚款催缴通知书, a paper for each decision that is overdue: the fine's, and that of a daily penalty."""
    late = {what: due for what, due in unpaid_days(case).items() if due < context.day}
    if "fine" in late:
        run_up = terms.additional(case, context.day).fen
        papers.issue(
            case, "payment_demand", context,
            **{**papers.decision_facts(case), "fine": case.fine_fen - case.paid_fen},
            due_on=late["fine"], surcharge=run_up or None,
        )  # fmt: skip
    if "daily" in late:
        told = {**papers.daily_facts(case), "fine": case.daily_fen - case.daily_paid_fen}
        papers.issue(
            case, "payment_demand", context, **{**papers.decision_facts(case), **told}, due_on=late["daily"],
            surcharge=terms.additional(case, context.day, "daily").fen or None,
        )  # fmt: skip


def add_fine(case: Case, given: Any, context: Any) -> None:
    """加处罚款决定, counted to the day named and not above the fine; a later one takes the place of the former."""
    found = terms.additional(case, given.until, given.of)
    told = {"upto": given.until.isoformat(), "days": found.days, "capped": found.capped}
    if given.of == "fine":
        case.additional_fen = found.fen
        case.account = {**case.account, "additional": told}
    else:
        paid = case.daily.get("more", {}).get("paid", 0)
        case.daily = {**case.daily, "more": {**told, "fen": found.fen, "paid": paid}}
    context.facts |= {"additional_fen": found.fen, "days": found.days, "capped": found.capped}
    decision = papers.decision_facts(case) if given.of == "fine" else papers.daily_facts(case)
    papers.issue_anew(
        case, "additional_fine_decision", context, of="decision_number", **decision, overdue_from=found.first,
        until_on=given.until, days=found.days, surcharge=found.fen,
    )  # fmt: skip


def waive_additional(case: Case, given: Any, context: Any) -> None:
    """不加处、减免加处罚款: with its reason, for 加处 is a means and no must."""
    found = terms.run_up(case, context.day)
    context.facts["run_up_fen"] = sum(found.values())
    if "fine" in found:
        case.account = {**case.account, "waived": given.reason}
    if "daily" in found:
        case.daily = {**case.daily, "waived": given.reason}


def carry_out(case: Case, given: Any, context: Any) -> None:
    """One measure is executed."""
    done = {"state": "done", "done_on": given.done_on.isoformat(), "words": given.words}
    case.measures = [{**row, **done} if row["kind"] == given.kind else row for row in case.measures]


def demand(case: Case, given: Any, context: Any) -> None:
    """催告书; it is served by a deed of its own, in whatever way."""
    case.enforcement = {**case.enforcement, "demand_on": context.day.isoformat()}
    context.owe(case, "serve_demand", terms.service_limit(context.day))
    left, more = owes(case)["fine"], owes(case)["additional"] + owes(case)["daily_additional"]
    papers.issue(
        case, "enforcement_demand", context, **{**papers.decision_facts(case), "fine": left or None},
        unmet=_unmet(case), surcharge=more or None,
    )  # fmt: skip


def _unmet(case: Case) -> str:
    """What is not paid, item by item."""
    return "；".join(f"未缴纳{label}人民币{yuan(fen)}元" for label, fen in _left(case))


def _left(case: Case) -> list[tuple[str, int]]:
    return [(LABELS[what], fen) for what, fen in owes(case).items() if fen]


def serve_demand(case: Case, given: Any, context: Any) -> None:
    """催告书送达: ten working days count from the day it counts as served; then the court may be asked."""
    day = served_day(given)
    case.enforcement = {**case.enforcement, "demanded_on": day.isoformat()}
    context.facts["court_from"] = limits.due("demand_before_court", day).due
    serve_documents(case, ["enforcement_demand"], given, context)
    context.owe(case, "court", terms.court_limit(case))


def apply_court(case: Case, given: Any, context: Any) -> None:
    """申请人民法院强制执行."""
    case.enforcement = {**case.enforcement, "applied_on": given.applied_on.isoformat(), "court": given.court}
    papers.issue(
        case, "court_application", context, **papers.decision_facts(case), court=given.court,
        claims=[f"强制执行{label}人民币{yuan(fen)}元" for label, fen in _left(case)],
        demand_number=papers.number_of(case, "enforcement_demand"), demand_on=case.enforcement["demanded_on"],
        materials=["行政处罚决定书及作出决定的事实、理由和依据", "当事人的意见及催告情况", "申请强制执行标的情况"],
    )  # fmt: skip


def note_court(case: Case, given: Any, context: Any) -> None:
    case.enforcement = {
        **case.enforcement,
        "result": given.result,
        "told_on": given.told_on.isoformat(),
        "words": given.words,
    }


def publish(case: Case, given: Any, context: Any) -> None:
    """公示; a changed decision is published anew."""
    case.published_on, case.unpublished_on = given.published_on, None
    if case.daily.get("decided_on"):
        case.daily = {**case.daily, "published_on": given.published_on.isoformat()}


def unpublish(case: Case, given: Any, context: Any) -> None:
    """撤回公示; a decision that was changed and not revoked is a decision all the same, to be published as it now is."""
    case.unpublished_on = given.withdrawn_on
    if case.outcome == Outcome.PENALTY:
        context.owe(case, "publish", limits.due("publish_penalty", given.withdrawn_on))


def result_words(case: Case) -> str:
    """How the case ended, in one sentence for the conclusion."""
    if case.outcome == Outcome.NO_PENALTY:
        return "不予行政处罚"
    if case.outcome == Outcome.TRANSFERRED:
        return f"移送{case.referral.get('to', '')}"
    if case.outcome == Outcome.REVOKED:
        return "行政处罚决定被撤销"
    if case.outcome == Outcome.WITHDRAWN:
        return "撤销案件"
    kinds = [row["kind"] for row in case.measures]
    return "；".join(papers.penalty_of(case.fine_fen, case.confiscation_fen, kinds))


def conclude(case: Case, given: Any, context: Any) -> None:
    """结案审批."""
    case.concluded_on = context.day
    papers.issue(
        case, "conclusion_approval", context, outcome=result_words(case), execution=given.execution,
        handler_opinion=papers.handlers(case, "conclude"),
        approval_opinion=papers.mine(given.opinion, context),
        concluded_on=context.day,
    )  # fmt: skip


def archive_due(case: Case, given: Any, context: Any) -> Deadline:
    days = int(terms.policy("case.archive_days", context.day))
    return counted(context.day, days, "calendar", "结案后应在规定的期限内归档")


def archive(case: Case, given: Any, context: Any) -> None:
    """归档: the file is bound in order, numbered and digested; what is changed afterwards is found (M125)."""
    case.archived_on = context.day
    bound_anew(case, given, context, list(dict.fromkeys(completeness.required(case))))


def bound_anew(case: Case, given: Any, context: Any, wanted: list[str]) -> None:
    """Bind everything there is into a volume at the end of the deed."""

    def last() -> None:
        cover = dossiers.Cover(
            case_name=case.name, outcome=result_words(case), opened_on=case.filed_on or case.proposed_on, retention=given.retention,
            cause=case.cause, concluded_on=case.concluded_on, officers=papers.common(case)["officers"],
        )  # fmt: skip
        dossiers.bind(case, cover, actor=context.actor, on=context.day, also=case.linked, required=wanted)

    context.afterwards.append(last)


def invite(case: Case, given: Any, context: Any) -> None:
    """联合办案: another unit gets its part and sees the case (M143)."""
    unit = Agency.objects.get(pk=given.agency)
    row = {
        "agency": unit.pk,
        "name": unit.name,
        "town": unit.kind == AgencyKind.TOWN_GOVERNMENT,
        "work": given.work,
        "due_on": given.due_on.isoformat(),
        "result": "",
    }
    case.parts = [*case.parts, row]
    case.partners = sorted({*case.partners, unit.pk})


def note_overdue(case: Case, given: Any, context: Any) -> None:
    """来源事项两次逾期: the head owes the sharing-out."""
    linkage.owe(case, given.words, context)


def decline_linkage(case: Case, given: Any, context: Any) -> None:
    """不需联合办理: the reason stands in the record, under the head's signature."""


def settle_part(case: Case, given: Any, context: Any) -> None:
    """A unit reports its part done."""
    mine = {scope.agency_id for scope in context.actor.scopes}
    done = {"result": given.result, "done_on": context.day.isoformat(), "by": context.actor.name}
    case.parts = [
        {**row, **done} if row["agency"] in mine and not row.get("result") else row for row in case.parts
    ]
