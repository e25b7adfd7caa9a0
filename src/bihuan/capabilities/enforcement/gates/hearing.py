"""The hearing: asked for in time, presided by somebody fit, its notice served early enough, reported to the head."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.enforcement import rounds
from bihuan.capabilities.enforcement.gates.deciding import in_order
from bihuan.capabilities.enforcement.staff import at_work
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.registers.law import limits
from bihuan.registers.officers.recusals import recusal_failures

SOURCE = "《行政处罚法》第六十四条"


def hearing_open(case: Any, given: Any, actor: Any) -> Failure | None:
    """A party may ask where the law gives the right."""
    if not rounds.notice(case).get("right"):
        return Failure("case.no_hearing_right", "本案未达到听证条件")
    if rounds.hearing(case).get("requested_on"):
        return Failure("case.hearing_requested", "当事人已经提出听证申请")
    return None


def hearing_in_time(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Five working days from the notice (行政处罚法第六十四条第一项)."""
    notice = rounds.notice(case)
    served, last = date.fromisoformat(notice["served_on"]), date.fromisoformat(notice["hearing_by"])
    if given.requested_on > clock.today():
        yield Failure("case.request_in_future", "提出日期晚于今天，请核对", "requested_on")
    if given.requested_on < served:
        yield Failure(
            "case.request_before_notice", f"提出日期早于告知书送达日期 {served}，请核对", "requested_on"
        )
    if given.requested_on > last:
        yield Failure(
            "case.hearing_late",
            f"听证申请期限已于 {last} 届满（送达之日 {served} 的次日起5个工作日，{SOURCE}），视为放弃",
            "requested_on",
        )


def hearing_requested(case: Any, given: Any, actor: Any) -> Failure | None:
    hearing = rounds.hearing(case)
    if not hearing.get("requested_on"):
        return Failure("case.hearing_not_requested", "当事人没有要求听证")
    if hearing.get("called_on"):
        return Failure(
            "case.hearing_called", "听证会通知书已经制发；要改时间或者主持人的，请办理“变更听证安排”"
        )
    return None


def hearing_called(case: Any, given: Any, actor: Any) -> Failure | None:
    """A hearing is arranged and not yet held."""
    hearing = rounds.hearing(case)
    if hearing.get("called_on") and not hearing.get("ended_on"):
        return None
    return Failure("case.hearing_not_called", "没有已经安排、尚未举行的听证会")


def arranged_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A day that still leaves seven working days after service, and a presider who may and can preside."""
    told = _told_already(case, given)
    last = limits.due("hearing_notice_before", told or clock.today()).due
    if given.hearing_at.date() <= last:
        yield too_soon(last)
    yield from _presider(case, given.presider)


def _told_already(case: Any, given: Any) -> date | None:
    """The day the party learnt of this very time and place, where only something else changes."""
    hearing = rounds.hearing(case)
    same = hearing.get("at") == given.hearing_at.astimezone(clock.SHANGHAI).isoformat()
    kept = same and hearing.get("place") == given.place
    return rounds.day_of(hearing, "told_on") if kept else None


def too_soon(last: date) -> Failure:
    """The refusal of a hearing that leaves the party less than its seven working days."""
    says = f"听证应在通知书送达满7个工作日后举行（{last} 届满，{SOURCE}），请改在此后"
    return Failure("case.hearing_too_soon", says, "hearing_at")


def _presider(case: Any, person: int) -> Iterable[Failure]:
    if person in case.investigators:
        yield Failure("case.presider_investigates", "听证主持人不能是本案执法人员", "presider")
    elif not at_work(case, person, clock.today()):
        says = "听证主持人应是本机关在岗、账号在用的人员，请从列表中另选一人"
        yield Failure("case.presider_not_here", says, "presider")
    yield from recusal_failures([person], case.object_id, clock.today())


def hearing_notice_waits(case: Any, given: Any, actor: Any) -> Failure | None:
    """A notice is made out and not served."""
    hearing = rounds.hearing(case)
    if hearing.get("called_on") and not hearing.get("notice_served_on") and not hearing.get("ended_on"):
        return None
    return Failure("case.no_hearing_notice", "没有待送达的听证会通知书")


def hearing_notice_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Served on the day it was made out or after it."""
    made = rounds.day_of(rounds.hearing(case), "noticed_on")
    assert made is not None
    return in_order(given, made)


def notice_was_served(case: Any, given: Any, actor: Any) -> Failure | None:
    """The party was told of the hearing as it is to be held."""
    if rounds.hearing(case).get("notice_served_on"):
        return None
    return Failure("case.hearing_notice_unserved", "听证会通知书还没有送达，请先登记送达")


def hearing_held(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """On the day announced or after it, seven working days after service, with two agents at most."""
    hearing = rounds.hearing(case)
    announced = date.fromisoformat(hearing["at"][:10])
    day = given.started_at.date()
    if day < announced:
        yield Failure("case.hearing_before_its_day", f"听证日期早于通知的 {announced}，请核对", "started_at")
    told = rounds.day_of(hearing, "told_on")
    last = limits.due("hearing_notice_before", told).due if told else None
    if last is not None and day <= last:
        says = f"通知书 {told} 送达，满7个工作日（{last}）后才能举行听证（{SOURCE}），请变更听证安排"
        yield Failure("case.hearing_too_soon", says, "started_at")
    agents = [one for one in given.agents.replace("，", "、").split("、") if one.strip()]
    if len(agents) > limits.rule("hearing_agents_max", clock.today()).value:
        yield Failure("case.too_many_agents", "委托代理人不得超过两人", "agents")


def report_waits(case: Any, given: Any, actor: Any) -> Failure | None:
    """A hearing was held and its report was not yet read by the head."""
    hearing = rounds.hearing(case)
    if hearing.get("ended_on") and not hearing.get("reported_on"):
        return None
    return Failure("case.no_hearing_report", "没有待审核的听证报告")


def earliest(told_on: date) -> date:
    """The first day on which a hearing may be held when its notice was served on a day."""
    return limits.due("hearing_notice_before", told_on).due + timedelta(days=1)
