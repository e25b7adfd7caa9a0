"""The invented district: who looks at the pages, and the small things every example shares."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bihuan.kernel.calendar.statutory import packaged
from bihuan.kernel.clock import SHANGHAI
from bihuan.kernel.web.parts import Deadline, Frame, Level, Link, State

Pages = dict[str, tuple[str, dict[str, Any]]]

TODAY = date(2023, 6, 30)


NO = "370491-H2023-000412"


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=SHANGHAI)


def due(month: int, day: int, **more: Any) -> Deadline:
    return Deadline.of(date(2023, month, day), today=TODAY, working=_works, **more)


def _works(day: date) -> bool:
    """By the packaged calendar: examples read no database."""
    return packaged().why_not_working(day) is None


NAVIGATION = (
    Link("工作台", "/", "layout-dashboard", 7),
    Link("任务", "/tasks/", "checklist"),
    Link("隐患", "/hazards/", "alert-triangle", current=True),
    Link("检查执法", "/inspections/", "gavel"),
    Link("台账", "/ledgers/", "table"),
    Link("报表", "/reports/", "report-analytics"),
    Link("企业", "/enterprises/", "building-factory-2"),
)


FRAME = Frame(
    district="云栖区",
    demo=True,
    user_name="周文静",
    post="区安委办 综合科科长",
    open_count=7,
    open_href="/",
    overdue_count=2,
    notice_count=3,
    navigation=NAVIGATION,
    account=(Link("我的岗位", "/me/", "id-badge-2"),),
)


REAL = Frame(district="云栖区", user_name="李建国", post="区应急管理局 信息中心", navigation=NAVIGATION[:3])


BARE = Frame(district="云栖区")


BARE_DEMO = Frame(district="云栖区", demo=True)


GENERAL, MAJOR = Level("一般"), Level("重大", "red")


RECTIFYING, ACCEPTING = State("整改中"), State("待验收", "waiting")


CLOSED, VOID, REPORTED = State("已销号", "done"), State("已作废", "off"), State("待交办", "waiting")


CRUMBS = (Link("隐患", "/hazards/"), Link(NO, ""))
