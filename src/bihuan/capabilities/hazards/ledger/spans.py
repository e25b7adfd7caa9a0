"""Deadlines that a clerk counts from the finding: at once, 三日内, 24小时内, 本月底, 次月10日, 二季度末, 明年3月底."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bihuan.kernel.numerals import read_number

AT_ONCE = re.compile(
    r"立即|当场|即时|立行立改|马上|即知即改|即查即改|现场整改|边查边改|当日|当天|随时|随查随改|立整立改|即日|即刻|即行"
)
WORKING = "个工作日"
_WITHIN = re.compile(
    r"(?<![月下每周\d一二两三四五六七八九十])(\d{1,3}|[一二两三四五六七八九十半]{1,3})"
    r"(个工作日|工作日|个?小时|天|日|个?星期|周|个?月|年)(?:之?内|以内|整改|完成|前|后|$)"
)
_SPAN = {"天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7}
_RELATIVE = re.compile(r"[今本明次来下当这内底末半季]")
_YEAR = re.compile(r"(?<!\d)(今年|本年|明年|次年|来年)度?")
_MONTH = re.compile(
    r"(?<![\d个])(本月|当月|这个月|下个?月|次月|(?<!\d)月(?=[底末]))份?(?=\d|[底末初内前]|上旬|中旬|下旬|$)"
)
_QUARTER = re.compile(r"(?:第?([一二三四1-4])|本)季度(?:之?内|底|末)?")
_HALF = re.compile(r"(上|下)半年(?:之?内|底|末)?")
_WITHIN_YEAR = re.compile(r"(?:(?<=\d)年|年)(?:之?内)")
_QUARTERS = {
    word: 3 * number for number, words in enumerate(("", "一1", "二2", "三3", "四4")) for word in words
}


@lru_cache(maxsize=8192)
def in_words(text: str) -> tuple[int, str] | None:
    """A number of days, months or working days after the finding: at once is none, 三日内 three, half a month fifteen."""
    if any(mark in text for mark in "年.-/") or re.search(r"\d月|[号]", text):
        return None
    if match := _WITHIN.search(text):
        number = read_number(match[1]) or 0
        unit = match[2]
        if unit.endswith("工作日"):
            return number, WORKING
        if unit.endswith("小时"):
            return -(-number // 24), "日"
        if unit.endswith("月"):
            return (15, "日") if match[1] == "半" else (number, "月")
        if unit == "年":
            return (6, "月") if match[1] == "半" else (number * 12, "月")
        return number * _SPAN[unit], "日"
    return (0, "日") if AT_ONCE.search(text) and not any(c.isdigit() for c in text) else None


@lru_cache(maxsize=8192)
def spelled_out(text: str, found: date) -> str:
    """``text`` with what only the finding's day explains put as a date is: 本月底 as 2026年3月底, 二季度末 as 6月底."""
    if not _RELATIVE.search(text):
        return text
    told = _YEAR.sub(lambda match: f"{found.year + (match[1] not in ('今年', '本年'))}年", text)
    told = _MONTH.sub(lambda match: _month(found, later=match[1][0] in "下次"), told)
    told = _QUARTER.sub(lambda match: f"{_QUARTERS.get(match[1]) or -(-found.month // 3) * 3}月底", told)
    told = _HALF.sub(lambda match: "6月底" if match[1] == "上" else "12月底", told)
    told = _WITHIN_YEAR.sub("年12月底" if re.search(r"\d年之?内", told) else "12月底", told)
    return told.replace("月内", "月底")


def _month(found: date, *, later: bool) -> str:
    months = found.year * 12 + found.month - 1 + later
    return f"{months // 12}年{months % 12 + 1}月"
