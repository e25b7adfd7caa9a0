"""Which filings a report rests on: a zero without filings is silence, not safety (N12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.kernel.documents import FigureRef, Run
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.reporting.briefing import Briefing, Question
from bihuan.reporting.citing import Roll
from bihuan.reporting.sentences import Part, say

LEDGER = "hazard_ledger"
CAME = (Standing.FILED, Standing.NIL, Standing.LATE)


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing that was due by the cut-off, and where it stands on that day."""

    key: str
    holder: str
    month: str
    standing: Standing


def filings_of(desk: Briefing) -> Sequence[Filing]:
    """Every filing of the period due by the cut-off or already in, in the official order of agencies."""
    asked = desk.question
    if "filings" not in desk.memo:
        desk.memo["filings"] = [
            Filing(str(row.uid), row.holder.name, row.period, standing)
            for row in _expected(asked)
            if (standing := row.standing(asked.as_of)) is not Standing.DUE
        ]
    found: Sequence[Filing] = desk.memo["filings"]
    return found


def _expected(asked: Question) -> Sequence[Expectation]:
    months = [month.label for month in asked.period.months()]
    rows = Expectation.objects.filter(kind=LEDGER, period__in=months)
    if asked.agency is not None:
        rows = rows.filter(holder=asked.agency)
    elif not asked.whole:
        rows = rows.filter(holder__region__path__startswith=asked.scope.regions[0])
    return list(rows.select_related("holder").order_by("holder__order", "holder_id", "period"))


def roll_of(desk: Briefing, name: str, label: str, standings: Sequence[Standing]) -> Roll:
    """The filings that stand in one of ``standings``, as a counted list."""
    asked = desk.question
    keys = tuple(filing.key for filing in filings_of(desk) if filing.standing in standings)
    caption = f"{asked.period.chinese()}，{asked.until}，{asked.place}"
    return desk.offer(Roll(f"filings.{name}", label, "期次", caption, keys))


def due(desk: Briefing) -> Roll:
    return roll_of(desk, "due", "应报送台账", tuple(Standing))


def came(desk: Briefing) -> Roll:
    return roll_of(desk, "came", "已报送台账", CAME)


def nil(desk: Briefing) -> Roll:
    return roll_of(desk, "nil", "零报告", (Standing.NIL,))


def late(desk: Briefing) -> Roll:
    return roll_of(desk, "late", "迟报台账", (Standing.LATE,))


def waived(desk: Briefing) -> Roll:
    return roll_of(desk, "waived", "免报台账", (Standing.WAIVED,))


def missing(desk: Briefing) -> Roll:
    return roll_of(desk, "missing", "未报送台账", (Standing.MISSING,))


def silent(desk: Briefing) -> list[tuple[str, list[str]]]:
    """Who did not file, each with the months that are missing."""
    found: dict[str, list[str]] = defaultdict(list)
    for filing in filings_of(desk):
        if filing.standing is Standing.MISSING:
            found[filing.holder].append(filing.month)
    return list(found.items())


def basis_of_zero(desk: Briefing, zero: FigureRef) -> tuple[Run, ...]:
    """No major hazard: said only as far as filings carry it."""
    asked = desk.question
    opening: dict[str, Part] = {
        "period": asked.period.chinese(),
        "place": asked.place,
        "until": asked.until,
        "zero": zero,
    }
    if not due(desk).count:
        return say(
            "{until}，系统中{place}{period}登记的重大事故隐患为{zero}项。系统内没有本期台账报送的记录可查，"
            "对是否存在重大事故隐患不作结论。",
            **opening,
        )
    if missing(desk).count or not came(desk).count:
        return say(
            "{until}，系统中{place}{period}登记的重大事故隐患为{zero}项。已报送的{came}期次台账中没有重大事故隐患，"
            "但还有{missing}期次台账未报送，现有报送情况不足以得出没有重大事故隐患的结论。",
            came=desk.count(came(desk)), missing=desk.count(missing(desk)), **opening,
        )  # fmt: skip
    return say(
        "{period}，{place}未发现重大事故隐患（登记数为{zero}项）。这一结论以各单位报送的{came}期次隐患台账为据，"
        "其中零报告{nil}期次，{until}没有欠报。",
        came=desk.count(came(desk)), nil=desk.count(nil(desk)), **opening,
    )  # fmt: skip
