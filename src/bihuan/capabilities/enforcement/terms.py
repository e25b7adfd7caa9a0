"""The limits of a case: which day each ends on, by which rule, and what has moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.enforcement import money
from bihuan.capabilities.enforcement.states import GRAVE, Outcome
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.policies import values as policies
from bihuan.registers.law import limits

NOT_COUNTED = {"none": frozenset[str](), "appraisal": frozenset({"appraisal"}),
               "appraisal_hearing": frozenset({"appraisal", "hearing"})}  # fmt: skip


def policy(key: str, on: date) -> Any:
    """The district's choice on a day."""
    return policies.recent(key, on=on).value


def decision_limit(case: Any) -> Deadline:
    """Ninety days from opening (行政处罚法第六十条), with what was extended and, where the district has a rule, left out."""
    redone = case.limit.get("again") or {}
    since = date.fromisoformat(redone["since"]) if redone else case.filed_on
    found = limits.rule("decision_limit", since)
    extended = int(case.limit.get("extended", 0))
    out = left_out(case)
    words = f"{found.label}：{'重新办理之日（待核对）' if redone else found.start}起{found.words}（{found.source}）"
    days = found.value
    if redone.get("by"):
        by = date.fromisoformat(redone["by"])
        words, days = "复议决定书、裁判文书确定的重新作出决定的期限", (by - since).days
    words += f"；经批准延长{extended}日" if extended else ""
    words += f"；不计入{out}日" if out else ""
    return counted(since, days + extended + out, "calendar", words)


def left_out(case: Any) -> int:
    """Days that do not count towards the limit: none, unless the district has set a rule (case.not_counted)."""
    kinds = NOT_COUNTED[policy("case.not_counted", case.filed_on)]
    spans = [
        (date.fromisoformat(one["since"]), date.fromisoformat(one["until"]))
        for one in case.limit.get("pauses", ())
        if one["kind"] in kinds and one.get("until")
    ]
    return len(
        {date.fromordinal(day) for first, last in spans for day in range(first.toordinal(), last.toordinal())}
    )


def lapses_on(case: Any) -> date:
    """The last day on which the act may still be found (追究时效, 行政处罚法第三十六条)."""
    years = limits.rule("limitation_life" if case.harmful else "limitation", case.acted_on).value
    return limits.after_months(case.acted_on, 12 * years)


@dataclass(frozen=True, slots=True)
class Right:
    """Whether the party may ask for a hearing, and why."""

    given: bool
    why: str


def hearing_right(case: Any, fine: int, confiscation: int, measures: Sequence[str], on: date) -> Right:
    """The situations of 行政处罚法第六十三条; the threshold of large fines is the district's where no law settles it."""
    found = limits.rule("hearing_large_fine_entity" if case.entity else "hearing_large_fine_person", on)
    edge = found.value * 100
    grave = [one.label for one in GRAVE if one.value in measures]
    if grave:
        return Right(True, f"拟{'、'.join(grave)}（《行政处罚法》第六十三条）")
    if fine >= edge:
        return Right(True, f"拟罚款{yuan(fine)}元，达到较大数额{found.words}（{found.source}）")
    if confiscation >= edge:
        return Right(True, f"拟没收{yuan(confiscation)}元，达到较大数额{found.words}（{found.source}）")
    return Right(False, f"未达到听证条件：较大数额为{found.words}（{found.source}）")


def schedule_of(case: Any) -> list[money.Instalment]:
    """When the fine falls due, as decided or as deferred."""
    return [
        money.Instalment(date.fromisoformat(row["due"]), row["fen"])
        for row in case.account.get("schedule", ())
    ]


def payments_of(case: Any, what: str = "fine") -> list[money.Payment]:
    return [
        money.Payment(date.fromisoformat(row["on"]), row["fen"])
        for row in case.account.get("payments", ())
        if row["what"] == what
    ]


def stands_still(case: Any) -> list[money.Span]:
    """Days of reconsideration and litigation, on which no additional fine runs (行政处罚法第七十三条)."""
    return [
        money.Span(
            date.fromisoformat(row["begun_on"]),
            date.fromisoformat(row["ended_on"]) if row.get("ended_on") else None,
        )
        for row in case.remedies
    ]


def additional(case: Any, upto: date | None = None, of: str = "fine") -> money.Additional:
    """The additional fine that has run up on the fine, or ``of`` the daily penalty, by the rate of the day of its decision."""
    day = upto or clock.today()
    kept, decided_on, schedule = case.account, case.decided_on, schedule_of(case)
    if of == "daily":
        kept, decided_on, schedule = case.daily, None, _daily_schedule(case)
    if not schedule or kept.get("waived") or case.outcome == Outcome.REVOKED:
        return money.Additional(None, 0, 0, False)
    if of == "daily":
        decided_on = date.fromisoformat(case.daily["decided_on"])
    percent = limits.rule("late_fee_daily_percent", decided_on or day).value
    return money.additional(schedule, payments_of(case, of), stands_still(case), day, percent)


def _daily_schedule(case: Any) -> list[money.Instalment]:
    """A daily penalty falls due at once, fifteen days after it was served."""
    due = case.daily.get("due")
    return [money.Instalment(date.fromisoformat(due), case.daily_fen)] if due and case.daily_fen else []


def added(case: Any, of: str = "fine") -> int:
    """The additional fine that was decided, on the fine or on the daily penalty."""
    return int(case.additional_fen if of == "fine" else case.daily.get("more", {}).get("fen", 0))


def run_up(case: Any, upto: date | None = None) -> dict[str, int]:
    """What has run up and is not decided: by which of the two decisions is paid late, the whole sum."""
    found = {of: additional(case, upto, of).fen for of in ("fine", "daily")}
    return {of: fen for of, fen in found.items() if fen > added(case, of)}


def service_limit(on: date) -> Deadline:
    """Until when a paper that starts a term of the party is served; the law names days for the decision alone."""
    words = "告知书、催告书制发后及时送达（比照《行政处罚法》第六十一条，天数待核对）"
    return counted(on, int(policy("case.service_days", on)), "working", words)


def hearing_notice_limit(day: date, on: date) -> Deadline:
    """The last day on which a notice made out on ``on`` leaves seven working days before a hearing (第六十四条)."""
    last = day - timedelta(days=1)
    while last > on and limits.due("hearing_notice_before", last).due >= day:
        last -= timedelta(days=1)
    return Deadline(last, "听证会通知书应在听证的7个工作日前送达（《行政处罚法》第六十四条）", on)


def court_limit(case: Any) -> Deadline:
    """Three months from the end of the time for reconsideration and litigation, or of what was deferred."""
    deferred = case.account.get("deferred")
    start = limits.due("litigation", case.served_on).due
    ended = [date.fromisoformat(row["ended_on"]) for row in case.remedies if row.get("ended_on")]
    start = max([start, *ended, *([date.fromisoformat(deferred)] if deferred else [])])
    return limits.due("apply_court_enforcement", start)
