"""周调度: how many weeks, who filed, who was late or silent, and how far a zero is carried by filings (M038, N12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from bihuan.capabilities.dispatch.weekly.filing import KIND as WEEKLY_FORM
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Block, Heading, Paragraph, Run
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.filings import CAME, Filing
from bihuan.reporting.genres import PACKS
from bihuan.reporting.models import Kind
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.themes import coordination
from bihuan.reporting.sentences import Part as Words
from bihuan.reporting.sentences import say

NAMED = 12
MAJOR = "hazards.major_found"
MAJORS_TOLD = "majors told"
"""Under this word the desk knows that the number of major hazards was told before."""


def compose(desk: Briefing) -> Part:
    """The section; where no weekly form was ever due it says nothing."""
    found = _filings(desk)
    if not found:
        return Part()
    heading = Heading(2, "周调度填报")
    blocks: list[Block] = [heading, Paragraph(_counts(desk, found))]
    if not desk.amount(MAJOR) or MAJORS_TOLD not in desk.memo:
        blocks.append(Paragraph(_major(desk, found)))
    missing = _of(found, (Standing.MISSING,))
    if not missing:
        return Part(tuple(blocks))
    blocks.append(Paragraph(say("没有报送的单位和周次：{units}。", units=_units(missing))))
    problem = coordination(
        "周调度填报不够及时。有【未报周调度表】期次周调度表到期没有报送，有关单位情况不明。"
    )
    step = "严格周调度制度。对没有报送的单位限期补报，连续两次不报的约谈。"
    return Part(tuple(blocks), (problem,), (step,))


SECTION = Section("weekly", 22, compose, PACKS | {Kind.HALF_YEAR.value})


def _filings(desk: Briefing) -> Sequence[Filing]:
    """Every form of a week that ends in the period, due by the cut-off or already in."""
    if "weekly" not in desk.memo:
        asked = desk.question
        rows = Expectation.objects.filter(kind=WEEKLY_FORM, opens_on__lte=min(asked.period.last, asked.as_of))
        rows = rows.filter(period__gte=_label(asked.period.first), period__lte=_label(asked.period.last))
        if asked.agency is not None:
            rows = rows.filter(holder=asked.agency)
        elif not asked.whole:
            rows = rows.filter(holder__region__path__startswith=asked.scope.regions[0])
        desk.memo["weekly"] = [
            Filing(str(row.uid), row.holder.name, row.period, standing)
            for row in rows.select_related("holder").order_by("holder__order", "holder_id", "period")
            if Period.parse(row.period).last in asked.period
            and (standing := row.standing(asked.as_of)) is not Standing.DUE
        ]
    found: Sequence[Filing] = desk.memo["weekly"]
    return found


def _label(day: date) -> str:
    return Period.week_of(day).label


def _of(found: Sequence[Filing], standings: Sequence[Standing]) -> list[Filing]:
    return [filing for filing in found if filing.standing in standings]


def _roll(desk: Briefing, name: str, label: str, filings: Sequence[Filing]) -> Roll:
    asked = desk.question
    caption = f"{asked.period.chinese()}，{asked.until}，{asked.place}"
    return Roll(f"filings.weekly_{name}", label, "期次", caption, tuple(filing.key for filing in filings))


def _counts(desk: Briefing, found: Sequence[Filing]) -> tuple[Run, ...]:
    came, nil = _of(found, CAME), _of(found, (Standing.NIL,))
    late, missing = _of(found, (Standing.LATE,)), _of(found, (Standing.MISSING,))
    weeks, units = {filing.month for filing in found}, {filing.holder for filing in found}
    parts: dict[str, Words] = {
        "weeks": desk.count(_named(desk, "weeks", "周调度周次", "周", sorted(weeks))),
        "units": desk.count(_named(desk, "units", "周调度填报单位", "个", sorted(units))),
        "due": desk.count(_roll(desk, "due", "应报周调度表", found)),
        "came": desk.count(_roll(desk, "came", "已报周调度表", came)),
        "nil": desk.count(_roll(desk, "nil", "周调度零报告", nil)),
        "late": desk.count(_roll(desk, "late", "迟报周调度表", late)),
        "missing": desk.count(_roll(desk, "missing", "未报周调度表", missing)),
    }
    return say(
        "实行每周调度，本期共调度{weeks}周，由{units}个单位分别填报。应报周调度表{due}期次，已报{came}期次，"
        "其中零报告{nil}期次、迟报{late}期次，未报{missing}期次。",
        **parts,
    )


def _named(desk: Briefing, name: str, label: str, unit: str, keys: Sequence[str]) -> Roll:
    """A list whose rows are weeks or units; it opens the forms that were due of them."""
    asked = desk.question
    caption = f"{asked.period.chinese()}，{asked.until}，{asked.place}"
    return Roll(f"weekly.{name}", label, unit, caption, tuple(keys))


def _major(desk: Briefing, found: Sequence[Filing]) -> tuple[Run, ...]:
    """Whether major hazards were found, said only as far as filings carry it."""
    zero = desk.total(MAJOR)
    missing, came = _of(found, (Standing.MISSING,)), _of(found, CAME)
    if zero.amount:
        return say("各单位周调度期间登记重大事故隐患{major}项。", major=desk.cite.figure(zero))
    if missing or not came:
        return say(
            "系统中登记的重大事故隐患为{major}项，但还有{missing}期次周调度表未报，现有报送情况不足以得出"
            "没有重大事故隐患的结论。",
            major=desk.cite.figure(zero),
            missing=desk.count(_roll(desk, "missing", "未报周调度表", missing)),
        )
    return say(
        "{until}，未排查出重大事故隐患（登记数为{major}项），以各单位报送的{came}期次周调度表为据，没有欠报。",
        until=desk.question.until, major=desk.cite.figure(zero),
        came=desk.count(_roll(desk, "came", "已报周调度表", came)),
    )  # fmt: skip


def _units(missing: Sequence[Filing]) -> str:
    weeks: dict[str, list[str]] = defaultdict(list)
    for filing in missing:
        weeks[filing.holder].append(f"第{int(filing.month[5:])}周")
    told = [f"{holder}（{'、'.join(each)}）" for holder, each in weeks.items()]
    return "；".join(told[:NAMED]) + ("等" if len(told) > NAMED else "")
