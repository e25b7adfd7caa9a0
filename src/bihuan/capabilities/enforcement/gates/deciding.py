"""Review, notice, hearing, decision: what must have been done, by whom, and for how long the party could speak."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import completeness, rounds, terms, weighing
from bihuan.capabilities.enforcement.reading import measures_of
from bihuan.capabilities.enforcement.states import CaseState, MeasureKind
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.errors import Failure


def violations_assessed(case: Any, given: Any, actor: Any) -> Failure | None:
    if case.violations:
        return None
    return Failure("case.no_violation", "还没有认定违法行为，请先填写违法行为和裁量")


def proposed(case: Any, given: Any, actor: Any) -> Failure | None:
    """A proposal, and of the violations as they stand now: what was assessed anew since is proposed anew."""
    if not case.proposal.get("on"):
        return Failure("case.no_proposal", "请先由执法人员提出拟处理意见")
    if case.proposal["fine"] != weighing.total(case):
        return Failure("case.proposal_stale", "提出拟处理意见后违法行为和裁量有改动，请重新提出拟处理意见")
    return None


def reviewable(case: Any, given: Any, actor: Any) -> Failure | None:
    """What is reviewed is a proposal; where no violation was found, that nothing is proposed; or a daily penalty."""
    if rounds.daily_open(case):
        return None
    return proposed(case, given, actor) if case.violations else None


def proposal_reviewed(case: Any, given: Any, actor: Any) -> Failure | None:
    """Somebody who does not investigate looked at the proposal and agreed: the form's 审核意见 is that person's."""
    looked = case.proposal.get("review") or {}
    if not looked:
        return Failure(
            "case.proposal_not_reviewed", "拟处理意见还没有审核，请先由审核人员办理“审核拟处理意见”"
        )
    if not looked["agreed"]:
        return Failure("case.proposal_not_agreed", "审核不同意拟处理意见，请执法人员重新提出")
    return None


def proposal_approved(case: Any, given: Any, actor: Any) -> Failure | None:
    if case.proposal.get("approved_on"):
        return None
    return Failure("case.not_approved", "拟处理意见还没有经机关负责人审批（《行政处罚案件审批表》）")


def something_proposed(case: Any, given: Any, actor: Any) -> Failure | None:
    if weighing.total(case) or measures_of(given):
        return None
    return Failure("case.nothing_proposed", "没有拟给予的处罚；不予处罚的请办理“不予处罚”", "warning")


def situation_true(case: Any, given: Any, actor: Any) -> Failure | None:
    if given.situation == "hearing" and not rounds.hearing(case).get("ended_on"):
        return Failure("case.no_hearing_yet", "还没有举行听证；经过听证的，听证结束后再送审", "situation")
    return None


def discussion_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """At least three present, the head among those who speak: a talk of two is no collective discussion."""
    if len([line for line in given.attendees.splitlines() if line.strip()]) < 3:
        yield Failure("case.too_few_present", "集体讨论的出席人员不少于三人，请逐人填写", "attendees")


def served_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Not before it was issued and not ahead of today; what each way of serving needs, the register of documents asks."""
    decided = case.state == CaseState.DECIDED
    return in_order(given, case.decided_on if decided else date.fromisoformat(rounds.notice(case)["on"]))


def in_order(given: Any, since: date) -> Iterable[Failure]:
    """The same for a document made out on ``since``."""
    if given.served_on < since:
        yield Failure("case.served_before_issue", f"送达日期早于文书制发日期 {since}，请核对", "served_on")
    if given.served_on > clock.today():
        yield Failure("case.served_in_future", "送达日期晚于今天，请核对", "served_on")


def notice_unserved(case: Any, given: Any, actor: Any) -> Failure | None:
    """A notice is made out and waits to be served."""
    notice = rounds.notice(case)
    if not notice.get("on"):
        return Failure("case.no_notice", "没有待送达的告知书")
    return Failure("case.notice_served", "告知书已经送达") if notice.get("served_on") else None


def party_may_speak(case: Any, given: Any, actor: Any) -> Failure | None:
    """The party was told of a penalty that is not yet decided."""
    if case.state == CaseState.EXECUTING and not rounds.daily_open(case):
        return Failure("case.nothing_announced", "没有告知当事人、尚待决定的处罚")
    return None


def notice_served(case: Any, given: Any, actor: Any) -> Failure | None:
    if rounds.notice(case).get("served_on"):
        return None
    return Failure("case.notice_not_served", "告知书还没有送达，请先办理送达（《文书送达回执》）")


def waived_by_now(case: Any, given: Any, actor: Any) -> Failure | None:
    """Said after the notice was served, and not ahead of today."""
    served = date.fromisoformat(rounds.notice(case)["served_on"])
    if served <= given.told_on <= clock.today():
        return None
    return Failure("case.waiver_day", f"放弃的日期应在告知书送达（{served}）之后、今天以前", "told_on")


def party_has_spoken(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Notice served; the time to speak and to ask for a hearing over, used or given up (第四十四条、第四十五条、第六十四条)."""
    notice, hearing = rounds.notice(case), rounds.hearing(case)
    if not notice.get("served_on"):
        yield Failure(
            "case.notice_not_served", "告知书还没有送达，不能作出处罚决定（《行政处罚法》第四十四条）"
        )
        return
    today = clock.today()
    if hearing.get("requested_on") and not hearing.get("ended_on"):
        yield Failure(
            "case.hearing_owed", "当事人要求听证，听证结束前不能作出处罚决定（《行政处罚法》第六十五条）"
        )
        return
    if hearing.get("ended_on") and not hearing.get("reported_on"):
        yield Failure("case.hearing_not_reported", "听证报告还没有经机关负责人审核，请先办理“审核听证报告”")
    if notice.get("waived_on") or hearing.get("ended_on"):
        return
    statement_by = date.fromisoformat(notice["statement_by"])
    if today <= statement_by and not notice.get("statement"):
        yield Failure(
            "case.statement_running", f"陈述申辩期限到 {statement_by}，当事人还没有陈述也没有书面放弃"
        )
    if notice.get("right") and today <= date.fromisoformat(notice["hearing_by"]):
        yield Failure(
            "case.hearing_running",
            f"听证申请期限到 {notice['hearing_by']}，当事人没有书面放弃，期满后再作决定",
        )


def reviewed(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Legal review and collective discussion where they are needed, after the hearing where there was one."""
    ended, review = rounds.hearing(case).get("ended_on", ""), rounds.review(case)
    why = completeness.legal_review_needed(case)
    legal = review.get("legal") or {}
    if why and not legal:
        yield Failure("case.not_reviewed", f"{why}，作出决定前须经法制审核（《行政处罚法》第五十八条）")
    elif why and legal["on"] < ended:
        yield Failure("case.reviewed_before_hearing", "法制审核应在听证结束后进行，请重新审核")
    if legal and not legal["passed"]:
        yield Failure("case.review_failed", "法制审核未通过，不能作出决定（《行政处罚法》第五十八条）")
    why = completeness.discussion_needed(case)
    discussed = review.get("discussion") or {}
    if why and not discussed:
        yield Failure("case.not_discussed", f"{why}，须由机关负责人集体讨论决定（《行政处罚法》第五十七条）")
    elif why and discussed["on"] < ended:
        yield Failure("case.discussed_before_hearing", "集体讨论应在听证结束后进行，请重新讨论")


def looked_at(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """No penalty is decided without the review and the discussion that the case's template or what is proposed asks for."""
    why = completeness.legal_review_needed(case)
    if why and not case.review.get("legal"):
        yield Failure("case.not_reviewed", f"{why}，作出决定前须经法制审核（《行政处罚法》第五十八条）")
    why = completeness.discussion_needed(case)
    if why and not case.review.get("discussion"):
        yield Failure("case.not_discussed", f"{why}，须由机关负责人集体讨论决定（《行政处罚法》第五十七条）")


def within_the_notice(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Not more than was announced, not less than the range allows, and nothing that was never announced."""
    fine = given.fine or 0
    announced = case.ceiling_fen or 0
    if fine > announced:
        yield Failure(
            "case.more_than_announced",
            f"罚款{yuan(fine)}元超过告知的{yuan(announced)}元；不得因陈述申辩加重，确有新事实的退回调查后重新告知",
            "fine",
        )
    least = sum(row["amount_fen"] if row["mitigated"] else row["minimum_fen"] for row in case.violations)
    if fine < least:
        yield Failure("case.under_range", f"罚款低于法定下限合计{yuan(least)}元，请核对", "fine")
    known = set(case.proposal.get("measures", ()))
    new = [MeasureKind(one).label for one in measures_of(given) if one not in known]
    if new:
        yield Failure("case.measure_not_announced", f"{'、'.join(new)}没有告知过当事人，请退回后重新告知")
    if (given.confiscation or 0) > int(case.proposal.get("confiscation", 0)):
        yield Failure("case.confiscation_not_announced", "没收数额超过告知的数额，请核对", "confiscation")
    if not fine and not measures_of(given):
        yield Failure("case.nothing_decided", "处罚决定没有内容；不予处罚的请办理“不予处罚”", "fine")


HARSH = (MeasureKind.SUSPENSION, MeasureKind.CLOSURE, MeasureKind.RESTRICTION, MeasureKind.REVOCATION)


def absolutes_kept(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """四个一律 (M135): a listed kind ends in 停产整顿, 关闭取缔, 上限处罚 or 严厉追责; below the maximum only with a reason."""
    if not case.absolute:
        return
    fine, most = given.fine or 0, weighing.total(case, "maximum_fen")
    pursued = bool(case.referral) or given.restriction
    harsh = any(getattr(given, one.value) for one in HARSH)
    if not (harsh or pursued or (most and fine == most)):
        yield Failure(
            "case.absolute_not_kept",
            "属于四个一律情形，决定须为停产整顿、关闭取缔、上限处罚或者严厉追责之一",
            "fine",
        )
    if fine < most and not given.below_maximum:
        yield Failure("case.below_maximum", f"罚款低于上限{yuan(most)}元，请写明理由", "below_maximum")


GIVEN_BACK = ("refused", "returned")


def given_back(case: Any, given: Any, actor: Any) -> Failure | None:
    """While the organ it was handed to deals with it, the agency does not (行政处罚法第二十七条)."""
    if case.referral.get("result") in GIVEN_BACK:
        return None
    return Failure(
        "case.not_given_back", "受移送机关没有不予立案或者退回，不能继续行政处罚程序；请先登记移送结果"
    )


def crime_referred(case: Any, given: Any, actor: Any) -> Failure | None:
    """行刑衔接 (M136): over the threshold with no transfer demands a reason."""
    if case.proposal.get("crime") and not case.referral and not given.no_referral:
        return Failure(
            "case.not_referred",
            f"案件达到移送标准（{case.proposal['crime']}，待核对）而没有移送司法机关，请写明理由",
            "no_referral",
        )
    return None


def in_time(case: Any, given: Any, actor: Any) -> Failure | None:
    """A decision after the limit says why."""
    if case.decide_by and clock.today() > case.decide_by and not given.late:
        return Failure("case.decided_late", f"办案期限已于 {case.decide_by} 届满，请写明理由", "late")
    return None


def punishable(case: Any, given: Any, actor: Any) -> Failure | None:
    """Judged by the day it was found, which is the day the case was proposed at the latest."""
    if terms.lapses_on(case) < case.proposed_on:
        return Failure("case.lapsed", "已超过追究时效（《行政处罚法》第三十六条），不能给予行政处罚")
    return None
