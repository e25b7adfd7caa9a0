"""The hours of the law in plain sight (M206, M210): from when they run, until when, and by how many minutes they were missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bihuan.capabilities.accidents import law
from bihuan.capabilities.accidents.states import Addressee, Branch, Grade
from bihuan.kernel import clock
from bihuan.kernel.loops.deadlines import Deadline, counted

TWO_OFFICES = (Addressee.GOVERNMENT_OFFICE, Addressee.COMMITTEE_OFFICE)
MINUTE = timedelta(minutes=1)


def minutes_late(due: datetime, done: datetime) -> int:
    """By how many minutes ``done`` lies after ``due``, a minute begun counted whole; 0 in time."""
    return max(0, -((due - done) // MINUTE))


def lasting(minutes: int) -> str:
    """So many minutes as people say them: 5 分钟, 2 小时 36 分钟, 3 天 4 小时."""
    hours, rest = divmod(minutes, 60)
    if hours < 2:
        return f"{minutes} 分钟"
    if hours < 48:
        return f"{hours} 小时 {rest} 分钟" if rest else f"{hours} 小时"
    days, hours = divmod(hours, 24)
    return f"{days} 天 {hours} 小时" if hours else f"{days} 天"


def unit_due(knew_at: datetime) -> datetime:
    """Until when the unit had to report: one hour after its principal knew."""
    return knew_at + timedelta(minutes=int(law.terms("report")["unit_minutes"]))


def unit_late(knew_at: datetime | None, reported_at: datetime) -> int | None:
    """Minutes late of the unit's own report; None while nobody has established when its principal knew."""
    return None if knew_at is None else minutes_late(unit_due(knew_at), reported_at)


@dataclass(frozen=True, slots=True)
class Onward:
    """One report this district owes: to whom, by when (None: at once, no hour in the law), and what came of it."""

    to: Addressee
    due: datetime | None
    sent_at: datetime | None
    received_at: datetime | None
    receiver: str
    means: str

    def late(self, now: datetime) -> int:
        """Minutes late, sent or not."""
        return 0 if self.due is None else minutes_late(self.due, self.sent_at or now)


def onward(accident: Any) -> Sequence[Onward]:
    """Every report owed onward, in the order of the law, with the first note that was sent for each."""
    sent: dict[str, dict[str, Any]] = {}
    for line in accident.onward:
        sent.setdefault(line["to"], line)
    return [_line(to, due, sent.get(to.value)) for to, due in _owed(accident, sent)]


def _owed(accident: Any, sent: dict[str, dict[str, Any]]) -> list[tuple[Addressee, datetime | None]]:
    """Upward each level has two hours from when it was told itself; this district's begin with the report it got."""
    hours = timedelta(minutes=int(law.terms("report")["level_minutes"]))
    due = accident.reported_at + hours
    owed: list[tuple[Addressee, datetime | None]] = [(to, due) for to in TWO_OFFICES]
    owed.append((Addressee.GOVERNMENT, due))
    for to in levels_up(Grade(accident.grade)):
        owed.append((to, due))
        line = sent.get(to.value)
        due = _moment(line["received_at"] or line["sent_at"]) + hours if line else due + hours
    owed += [(Addressee(to), None) for to in law.terms("report")["also"]]
    return owed


def levels_up(grade: Grade) -> Sequence[Addressee]:
    """How far up an accident of this grade is reported, level by level."""
    ladder = (Addressee.CITY, Addressee.PROVINCE, Addressee.MINISTRY)
    top = Addressee(law.terms("report")["up_to"][grade.value])
    return ladder[: ladder.index(top) + 1]


def _line(to: Addressee, due: datetime | None, line: dict[str, Any] | None) -> Onward:
    if line is None:
        return Onward(to, due, None, None, "", "")
    received = _moment(line["received_at"]) if line["received_at"] else None
    return Onward(to, due, _moment(line["sent_at"]), received, line["receiver"], line["means"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def change_days(branch: str) -> int:
    """For how many days after the accident a change of casualties still counts."""
    quick = branch in (Branch.ROAD, Branch.FIRE)
    return int(law.terms("report")["change_days_road_fire" if quick else "change_days"])


def counts_until(occurred_on: date, branch: str) -> date:
    """The last day on which a change of casualties counts for grade and statistics."""
    return occurred_on + timedelta(days=change_days(branch))


def report_deadline(accident: Any) -> Deadline:
    """调查报告: sixty days from the accident, with what was granted and without the days of technical appraisal."""
    terms = law.terms("investigation")
    appraised = sum(days_of(one) for one in accident.appraisals if one["to"])
    days = int(terms["report_days"]) + accident.extension_days + appraised
    rule = f"自事故发生之日起 {terms['report_days']} 日内提交调查报告"
    if accident.extension_days:
        rule += f"，经批准延长 {accident.extension_days} 日"
    if appraised:
        rule += f"，技术鉴定 {appraised} 日不计入"
    return counted(accident.occurred_on, days, "calendar", f"{rule}（{law.source_words(terms)}）")


def days_of(appraisal: dict[str, Any]) -> int:
    """The days a finished appraisal took."""
    return (date.fromisoformat(appraisal["to"]) - date.fromisoformat(appraisal["from"])).days


def reply_deadline(grade: str, submitted: date) -> Deadline:
    """批复: fifteen days from the report, thirty where the accident is 特别重大."""
    terms = law.terms("investigation")
    days = int(terms["reply_days"][grade])
    rule = f"自收到事故调查报告之日起 {days} 日内批复（{law.source_words(terms)}）"
    return counted(submitted, days, "calendar", rule)


def evaluation_deadline(replied: date) -> Deadline:
    """评估: within a year of the reply."""
    terms = law.terms("evaluation")
    year = replied.year + int(terms["years"])
    try:
        due = replied.replace(year=year)
    except ValueError:
        due = date(year, 2, 28)
    rule = f"批复后一年内组织评估整改和防范措施落实情况并公开（{law.source_words(terms)}）"
    return Deadline(due, rule, replied)


def words(moment: datetime) -> str:
    """2026-11-22 02:10."""
    return clock.minute_of(moment)
