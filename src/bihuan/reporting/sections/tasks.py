"""调度任务落实: every task dispatched in the period, how many are closed, in time and late, whatever it came from (M044)."""

from __future__ import annotations

from bihuan.kernel.documents import Heading, Paragraph, Run
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.themes import coordination
from bihuan.reporting.sentences import say

DISPATCHED, CLOSED, ON_TIME, OPEN, OVERDUE, RATE = (
    f"tasks.{name}" for name in ("dispatched", "closed", "closed_on_time", "open", "overdue", "closing_rate")
)
DECISIONS_OVERDUE = "decisions.overdue"
TOLD = "tasks told"
"""Under this word the desk knows that all tasks of the period were told here, so that no other section sums them again."""
PROBLEM = coordination(
    "部分任务没有按期办结。有【逾期未办结任务】项交办任务过了期限仍未办结，须由牵头单位说明原因、重定措施。"
)
STEP = "对逾期任务逐项督办。由安委办列出清单，牵头单位限期报送进展，仍不办结的挂牌督办。"


def compose(desk: Briefing) -> Part:
    """The section; silent without tasks, and in an agency's report: tasks are led by units, not by sectors."""
    asked = desk.question
    if asked.agency is not None or asked.scope.dims() - registry.figure(DISPATCHED).tally.dims.keys():
        return Part()
    names = (DISPATCHED, CLOSED, ON_TIME, OPEN, OVERDUE, RATE)
    found = answers.values(names, asked.period, asked.as_of, asked.scope, digits=asked.digits)
    if not found[DISPATCHED].amount:
        return Part()
    desk.memo[TOLD] = True
    blocks = (Heading(2, "调度任务落实"), Paragraph(_given(desk, found) + _done(desk, found)))
    if not _late_beyond_meetings(desk, found):
        return Part(blocks)
    return Part(blocks, (PROBLEM,), (STEP,))


SECTION = Section("tasks", 6, compose)


def _given(desk: Briefing, found: dict[str, FigureValue]) -> tuple[Run, ...]:
    asked = desk.question
    return say(
        "{period}，{place}共交办任务{all}项，每项明确一个牵头单位和办结期限，会议议定、领导讲话和上级文件分解的任务"
        "均在其内。",
        period=asked.period.chinese(), place=asked.place, all=desk.tell(found[DISPATCHED]),
    )  # fmt: skip


def _done(desk: Briefing, found: dict[str, FigureValue]) -> tuple[Run, ...]:
    """How far they got by the cut-off."""
    told = say("{until}，已办结{closed}项", until=desk.question.until, closed=desk.tell(found[CLOSED]))
    if found[CLOSED].amount:
        told += say(
            "，其中按期办结{timely}项，办结率{rate}",
            timely=desk.tell(found[ON_TIME]), rate=desk.tell(found[RATE]),
        )  # fmt: skip
    if not found[OPEN].amount:
        return told + say("，没有未办结的任务。")
    told += say("；未办结{open}项", open=desk.tell(found[OPEN]))
    if not found[OVERDUE].amount:
        return told + say("，没有逾期。")
    return told + say("，其中逾期{overdue}项。", overdue=desk.tell(found[OVERDUE]))


def _late_beyond_meetings(desk: Briefing, found: dict[str, FigureValue]) -> bool:
    """Whether more is late than what the section on meetings already names as late."""
    late = found[OVERDUE].amount or 0
    if not late:
        return False
    asked = desk.question
    decided = answers.value(DECISIONS_OVERDUE, asked.period, asked.as_of, asked.scope)
    return late > (decided.amount or 0)
