"""What kind of task a proposal looks like and by when it should be done: defaults a clerk may change."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bihuan.capabilities.dispatch.speeches.proposals import Kind
from bihuan.capabilities.dispatch.states import TaskKind

_WORDS: tuple[tuple[TaskKind, str], ...] = (
    (TaskKind.DRILL, "演练"),
    (TaskKind.TRAIN, "培训|宣传|宣讲|教育|警示片|科普"),
    (TaskKind.ENFORCE, "执法|打击|查处|严惩|处罚|取缔|打非"),
    (TaskKind.RECTIFY, "整改|整治|治理|清理|拆除|改造|消除|销号"),
    (TaskKind.INSPECT, "检查|排查|巡查|督查|核查|摸排|体检|抽查|督导|暗访"),
    (TaskKind.MEETING, "会议|例会|调度|会商|约谈"),
    (TaskKind.REPORT, "报送|上报|报告|报区|报市|汇总|台账"),
)
RECURRENCES = {
    "daily": "每日",
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
    "periodic": "定期",
}


def task_kind(summary: str, kind: Kind) -> TaskKind:
    """By the first word that tells; what forbids is prevention; everything else is to be implemented."""
    if kind is Kind.PROHIBITION:
        return TaskKind.PREVENT
    return next((found for found, words in _WORDS if re.search(words, summary)), TaskKind.IMPLEMENT)


def due_day(stated: date | None, kind: Kind, recurring: bool, issued: date, today: date) -> date | None:
    """The day said, while it lies ahead; the end of the year for what has no end of its own; else nothing.

    A day that has gone by is no default: the clerk settles another, or drops the item.
    """
    if stated is not None:
        return stated if stated >= today else None
    if kind is Kind.ONE_OFF and not recurring:
        return None
    return date(max(issued.year, today.year), 12, 31)


def how_often(recurrence: str | None) -> str:
    """每月, for a recurrence of the rules."""
    return RECURRENCES.get(recurrence or "", recurrence or "")


def usual_days(today: date) -> list[tuple[date, str]]:
    """The days offices usually set, for the clerk to pick from: the ends of this and the next month, quarter and year."""
    ends = {
        "本月底": _month_end(today.year, today.month),
        "下月底": _month_end(today.year, today.month + 1),
        "本季度末": _month_end(today.year, (today.month + 2) // 3 * 3),
        "年底": date(today.year, 12, 31),
    }
    by_day: dict[date, str] = {}
    for label, day in ends.items():
        if day > today:
            by_day.setdefault(day, label)
    return sorted(by_day.items())


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
