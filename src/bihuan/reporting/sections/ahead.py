"""What lies ahead: key periods that begin before the next report, the flood season among them (M048, M256)."""

from __future__ import annotations

from datetime import date, timedelta

from bihuan.capabilities.dispatch.windows.lookup import windows_between
from bihuan.capabilities.dispatch.windows.states import WindowKind
from bihuan.kernel.documents.numerals import chinese_span
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.genres import following
from bihuan.reporting.sections import Part, Section

NAMED = 6
FLOOD = (
    "抓好防汛安全。汛期严格落实全天值班和领导带班，排查整治尾矿库、在建工程、地下空间和危旧房屋等度汛隐患，及时发布预警信息，"
    "备足抢险队伍和物资。"
)


def compose(desk: Briefing) -> Part:
    """Next steps alone; an agency's report has none, for key periods are the district's."""
    asked = desk.question
    if asked.agency is not None:
        return Part()
    coming = windows_between(asked.as_of + timedelta(days=1), _until(desk))
    if not coming:
        return Part()
    named = "、".join(f"{one.name}（{chinese_span(one.first_day, one.last_day)}）" for one in coming[:NAMED])
    more = "等" if len(coming) > NAMED else ""
    steps = [
        f"做好重点时段安全防范。提前部署{named}{more}重点时段的安全防范，落实任务清单、日报告和应急值守，时段结束后及时总结。"
    ]
    if any(one.kind == WindowKind.FLOOD_SEASON for one in coming):
        steps.append(FLOOD)
    return Part(next_steps=tuple(steps))


SECTION = Section("windows-ahead", 95, compose)


def _until(desk: Briefing) -> date:
    """The end of the next period of the same length."""
    return following(desk.question.period).last
