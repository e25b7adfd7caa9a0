"""The recheck of what was ordered, more time asked for it, and the case proposed when it was not met (M095, M127)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from bihuan.capabilities.inspections import documents, finding, hooks, team
from bihuan.capabilities.inspections.models import CaseProposal, ExtensionRequest, Finding, Inspection
from bihuan.capabilities.inspections.states import InspectionState, Met, Reply
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.policies import values as policies
from bihuan.registers.instruments import shelf, signing_places

MET_WORDS = {
    "已整改": Met.MET,
    "整改到位": Met.MET,
    "是": Met.MET,
    "未整改": Met.UNMET,
    "未整改到位": Met.UNMET,
    "否": Met.UNMET,
}


def read_results(text: str) -> tuple[dict[int, tuple[Met, str]], list[Failure]]:
    """``序号｜已整改｜说明`` a line; what cannot be read is told by its line."""
    said: dict[int, tuple[Met, str]] = {}
    failures = []
    for number, line in enumerate((line.strip() for line in text.splitlines() if line.strip()), 1):
        parts = [part.strip() for part in line.replace("|", "｜").split("｜")]
        met = MET_WORDS.get(parts[1]) if len(parts) > 1 else None
        if met is None or not parts[0].isdecimal() or len(parts[0]) > 4:
            says = f"第 {number} 行应写成“序号｜已整改｜说明”或“序号｜未整改｜说明”"
            failures.append(Failure("inspection.result_unread", says, "results"))
        else:
            said[int(parts[0])] = (met, "｜".join(parts[2:])[:300])
    return said, failures


def results_whole(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Every thing whose day had passed has a result, nothing else is named; what still has time is not called unmet."""
    said, failures = read_results(given.results)
    yield from failures
    waiting = {one.order: one for one in finding.standing(inspection) if one.to_be_rectified}
    strange = [order for order in said if order not in waiting]
    if strange:
        says = f"第 {'、'.join(map(str, strange))} 条不在待复查之列，请核对序号"
        yield Failure("inspection.result_of_other", says, "results")
    missing = [
        order
        for order, one in waiting.items()
        if order not in said and one.due_on and one.due_on < given.rechecked_on
    ]
    early = [
        one
        for order, one in waiting.items()
        if order in said and said[order][0] is Met.UNMET and one.due_on and one.due_on >= given.rechecked_on
    ]
    for one in early:
        says = f"第 {one.order} 条的整改期限到 {one.due_on}，{given.rechecked_on} 还没有逾期，不能认定未整改到位；请先不写这一条"
        yield Failure("inspection.unmet_before_its_day", says, "results")
    if missing and not failures:
        yield Failure(
            "inspection.result_missing", f"第 {'、'.join(map(str, missing))} 条还没有复查结果", "results"
        )
    if not said and not failures and not missing:
        yield Failure("inspection.result_missing", "请逐条写明复查结果", "results")


def recheck_dated(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """After the inspection, not in the future; a new day is set for what was not put right, and lies ahead."""
    if given.rechecked_on > clock.today():
        yield Failure(
            "inspection.recheck_in_future", f"复查日期 {given.rechecked_on} 还没有到", "rechecked_on"
        )
    if inspection.finished_on and given.rechecked_on < inspection.finished_on:
        says = f"复查日期 {given.rechecked_on} 早于检查完成日期 {inspection.finished_on}"
        yield Failure("inspection.recheck_before_end", says, "rechecked_on")
    unmet = any(met is Met.UNMET for met, _ in read_results(given.results)[0].values())
    if unmet and given.next_due is None:
        yield Failure("inspection.new_day_missing", "有未整改到位的，请重新确定整改期限", "next_due")
    if given.next_due is not None and given.next_due <= given.rechecked_on:
        yield Failure("inspection.new_day_past", f"新的期限 {given.next_due} 应晚于复查日期", "next_due")


def rechecked_by_two(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A recheck is enforcement as well: two officers, nobody who keeps away, the one who signs certified."""
    from bihuan.registers.officers import certificates

    read = officers_of(inspection, given)
    yield from read.failures
    if not read.failures:
        yield from team.objections(inspection, read.ids, given.rechecked_on)
    own = certificates.signing_failure(actor.person_id, clock.today())
    if own is not None:
        yield own


def officers_of(inspection: Any, given: Any) -> team.Read:
    """Who rechecks: those named, else the former team."""
    if not given.officers.strip():
        return team.Read(list(inspection.officers))
    return team.read_officers(given.officers, inspection.all_units, given.rechecked_on)


def recheck(inspection: Inspection, given: Any, context: Any) -> None:
    """复查: met things are done; unmet ones count, get a new day, and a case is proposed by itself."""
    said, _ = read_results(given.results)
    looked = [one for one in finding.standing(inspection) if one.order in said]
    for one in looked:
        one.met, one.remark = said[one.order][0].value, said[one.order][1]
        one.met_on = given.rechecked_on if one.met == Met.MET else None
        one.due_on = given.next_due if one.met == Met.UNMET and given.next_due else one.due_on
        one.save(update_fields=["met", "remark", "met_on", "due_on"])
    unmet = [one for one in looked if one.met == Met.UNMET]
    inspection.rechecked_on = given.rechecked_on
    officers = officers_of(inspection, given).ids
    context.facts |= {"met": len(looked) - len(unmet), "unmet": len(unmet), "officer_ids": officers}
    context.afterwards.append(partial(_opinion, inspection, given, context, officers, looked))
    if not any(one.to_be_rectified for one in finding.standing(inspection)):
        context.state = InspectionState.CLOSED
        return
    context.state = InspectionState.RECTIFYING
    if unmet:
        inspection.failed_rechecks += 1
        context.afterwards.append(partial(_propose_unmet, inspection, unmet, context))


def _opinion(
    inspection: Inspection, given: Any, context: Any, officers: Sequence[int], looked: Sequence[Finding]
) -> None:
    """The opinion goes out; who rechecked and signs the deed signs it as well.

    Who only enters what colleagues saw accepts nothing by it: 谁验收谁签名.
    """
    paper = documents.opinion(inspection, given, context, officers, looked)
    was_there = context.actor.person_id in officers
    if was_there:
        signing_places.sign(paper, "officer_1", context.actor)
    seen = [one for one in looked if was_there or one.met == Met.UNMET]
    hooks.tell_rechecked(inspection, seen, str(paper), context.actor)


def next_deadline(inspection: Inspection, given: Any, context: Any) -> Deadline | None:
    """The next day of what is still to be put right."""
    if context.state == InspectionState.CLOSED:
        return None
    days = [one.due_on for one in finding.standing(inspection) if one.to_be_rectified and one.due_on]
    return Deadline(min(days), "复查后重新确定的整改期限", context.day) if days else None


def recheck_due(inspection: Any, given: Any, context: Any) -> Deadline:
    """Once the order's day has passed: the recheck is to be made within the district's days, counted from that day."""
    days = int(policies.recent("inspection.recheck_days", on=inspection.deadline).value)
    return counted(inspection.deadline, days, "calendar", "整改期限届满后应在规定的日数内复查")


def _propose_unmet(inspection: Inspection, unmet: Sequence[Finding], context: Any) -> None:
    reason = f"复查发现 {len(unmet)} 项未按责令限期整改指令书整改到位，逾期未整改"
    propose(inspection, reason, unmet, context.actor, context.day, automatic=True)


def propose(
    inspection: Inspection, reason: str, found: Sequence[Finding], actor: Any, on: date, *, automatic: bool
) -> CaseProposal:
    """Propose a case; the room of cases hears of it in the same transaction."""
    row = CaseProposal.objects.create(
        inspection=inspection, seq=inspection.proposals.count() + 1, automatic=automatic, reason=reason[:500],
        findings=[one.order for one in found], proposed_by=actor.name[:60], proposed_on=on,
    )  # fmt: skip
    hooks.tell_proposed(row, actor)
    return row


def propose_case(inspection: Inspection, given: Any, context: Any) -> None:
    """提请立案 by a person, for whatever was found."""
    found = list(finding.standing(inspection))
    context.afterwards.append(
        lambda: propose(inspection, given.reason, found, context.actor, context.day, automatic=False)
    )


def taken_up(proposal: int, case_no: str) -> None:
    """The case that took up a proposal; called by whoever joins the rooms, in the case's own transaction."""
    CaseProposal.objects.filter(pk=proposal, case_no="").update(case_no=case_no)


def _asked(inspection: Any) -> ExtensionRequest | None:
    return ExtensionRequest.objects.filter(inspection=inspection, reply=Reply.ASKED.value).first()


def none_asked(inspection: Any, given: Any, actor: Any) -> Failure | None:
    if _asked(inspection) is None:
        return None
    return Failure("inspection.extension_pending", "已有延期申请等待答复，答复之后才能再申请")


def none_waiting(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """Who asked for more time is answered before anybody says that it has run out."""
    asked = _asked(inspection)
    if asked is None:
        return None
    says = f"{asked.asked_by} {asked.asked_on} 申请延至 {asked.until}，还没有答复；请先同意或者不同意延期，再复查"
    return Failure("inspection.extension_unanswered", says)


def one_asked(inspection: Any, given: Any, actor: Any) -> Failure | None:
    if _asked(inspection) is not None:
        return None
    return Failure("inspection.no_extension_asked", "没有等待答复的延期申请")


def asked_in_time(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """整改期满前申请."""
    if inspection.deadline is None or clock.today() <= inspection.deadline:
        return None
    return Failure(
        "inspection.extension_too_late", f"整改期限 {inspection.deadline} 已过，延期应在期满前申请"
    )


def answered_by_two(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """The answer is a document: two officers with certificates on its day, those of the inspection or others (M141)."""
    read = _answering(inspection, given)
    yield from read.failures
    if not read.failures:
        yield from team.objections(inspection, read.ids, clock.today())


def _answering(inspection: Any, given: Any) -> team.Read:
    if not given.officers.strip():
        return team.Read(list(inspection.officers))
    return team.read_officers(given.officers, inspection.all_units, clock.today())


def extension_later(inspection: Any, given: Any, actor: Any) -> Failure | None:
    if inspection.deadline is None or given.until > inspection.deadline:
        return None
    says = f"拟延至 {given.until} 不晚于现在的期限 {inspection.deadline}"
    return Failure("inspection.extension_not_later", says, "until")


def ask_extension(inspection: Inspection, given: Any, context: Any) -> None:
    """申请延期."""
    assert inspection.deadline is not None
    ExtensionRequest.objects.create(
        inspection=inspection, former=inspection.deadline, until=given.until, reasons=given.reasons,
        safeguards=given.safeguards, asked_by=context.actor.name[:60], asked_on=context.day,
    )  # fmt: skip
    days = int(policies.recent("inspection.extension_reply_days", on=context.day).value)
    context.owe(
        inspection, "reply_extension", counted(context.day, days, "working", "延期申请应在规定的工作日内答复")
    )


def grant_extension(inspection: Inspection, given: Any, context: Any) -> None:
    """同意: what was due by the former day is due by the new one."""
    _reply(inspection, given, context, granted=True)


def refuse_extension(inspection: Inspection, given: Any, context: Any) -> None:
    """不同意: the day stays."""
    _reply(inspection, given, context, granted=False)


def _reply(inspection: Inspection, given: Any, context: Any, *, granted: bool) -> None:
    asked = _asked(inspection)
    assert asked is not None, "one_asked asks for it"
    asked.reply, asked.replied_on = (Reply.GRANTED if granted else Reply.REFUSED).value, context.day
    asked.save(update_fields=["reply", "replied_on"])
    context.facts |= {"from": asked.former, "until": asked.until}
    moved: list[Finding] = []
    if granted:
        standing = finding.standing(inspection)
        moved = [one for one in standing if one.to_be_rectified and one.due_on == asked.former]
        for one in moved:
            one.due_on = asked.until
        Finding.objects.bulk_update(moved, ["due_on"])
        context.settled(inspection, "recheck")
    context.afterwards.append(
        partial(
            documents.extension,
            inspection,
            asked,
            given,
            context,
            _answering(inspection, given).ids,
            granted=granted,
        )
    )
    context.afterwards.append(partial(_tell_extended, inspection, moved, context.actor))


def _tell_extended(inspection: Inspection, moved: Sequence[Finding], actor: Any) -> None:
    if moved:
        hooks.tell_extended(inspection, moved, str(shelf.latest(inspection.uid, documents.REPLY)), actor)


def extended_deadline(inspection: Inspection, given: Any, context: Any) -> Deadline | None:
    """The day the extension was granted to, or an earlier one of another item."""
    days = [one.due_on for one in finding.standing(inspection) if one.to_be_rectified and one.due_on]
    return Deadline(min(days), "经批准延期", context.day) if days else None
