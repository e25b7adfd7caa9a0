"""A report beside last year's of the same half, as it was issued: what its numbers were, and by how much they moved (M256).

Last year's numbers are those that went out over a signature, not what the records would say of that time today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.comparing import a_year_before, movement
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import NOTHING, FigureValue
from bihuan.reporting.citing import Citations, Roll, printed
from bihuan.reporting.differences import shown
from bihuan.reporting.models import Issue, Report


@dataclass(frozen=True, slots=True)
class Movement:
    """One number of both reports; ``moved`` is 上升36%, 持平 or empty where there is no base to divide by."""

    label: str
    then: str
    now: str
    moved: str
    href: str = ""

    def json(self) -> dict[str, Any]:
        return asdict(self)


def issue_before(report: Report) -> Issue | None:
    """The last issue of the same kind of report on the same place or agency, a year before."""
    try:
        period = Period.parse(report.period).a_year_before()
    except Refused:
        return None
    former = Report.objects.filter(
        kind=report.kind, period=period.label, region=report.region_id, agency=report.agency_id
    ).first()
    return former.issues.order_by("-ordinal").defer("page").first() if former is not None else None


def comparable(report: Report, issue: Issue) -> bool:
    """Whether both were cut off on the same day of their years; else part of the movement is only the calendar's."""
    return a_year_before(Period.parse(report.period), report.as_of)[1] == issue.as_of


def movements(issue: Issue, citations: Citations, period: Period) -> list[Movement]:
    """Every number that both reports print about their own period, in the order of this one."""
    rows = FrozenFigure.objects.filter(report=issue.uid, period=period.a_year_before().label)
    before = {(row.name, _scope(Scope.of(row.scope))): row for row in rows.order_by("-id")}
    rolls = {kept["name"]: kept for kept in issue.rolls}
    told = []
    for cited in citations.all():
        source = cited.source
        if isinstance(source, Roll):
            if source.name in rolls and not source.told:
                told.append(_of_roll(source, rolls[source.name]["count"]))
            continue
        row = before.get((source.figure, _scope(source.scope)))
        if row is not None and source.period.label == period.label:
            told.append(_of_figure(source, cited.line, row, citations))
    return told


def _scope(scope: Scope) -> str:
    return repr(sorted(scope.json().items()))


def _of_figure(value: FigureValue, line: str, row: FrozenFigure, citations: Citations) -> Movement:
    label = registry.figure(value.figure).label + (f"（{line}）" if line else "")
    digits = len(row.value.partition(".")[2]) if row.denominator else None
    moved = "" if value.kind == "ratio" else movement(value.amount, row.amount).rate_words()
    ref = citations.figure(value, line)
    return Movement(
        label, _with_unit(shown(row), value), _with_unit(printed(value, digits), value), moved, ref.uri
    )


def _with_unit(text: str, value: FigureValue) -> str:
    return text if text == NOTHING or value.kind in ("ratio", "sum") else text + value.unit


def _of_roll(roll: Roll, count: int) -> Movement:
    moved = movement(roll.count, count).rate_words()
    return Movement(roll.label, f"{count}{roll.unit}", f"{roll.count}{roll.unit}", moved, roll.href)


def told(report: Report, citations: Citations) -> tuple[str, Sequence[Movement]]:
    """What the report is set against, in words, and the movements; empty words where last year none was issued."""
    issue = issue_before(report)
    if issue is None:
        return "", ()
    words = f"{issue}，截至 {issue.as_of}"
    if not comparable(report, issue):
        words += f"；本报告截至 {report.as_of}，两个截止日不是同一天，增减只供参考"
    return words, movements(issue, citations, Period.parse(report.period))
