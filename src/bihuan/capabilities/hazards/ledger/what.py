"""What was found: that it is described, how grave it is, and from which kind of check it comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bihuan.capabilities.hazards.ledger.line import Line, words_of
from bihuan.capabilities.hazards.ledger.words import GENERAL, MAJOR, read_grade, read_source, read_tick
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.text import as_text


def read_what(line: Line, values: dict[str, Any], defaults: Mapping[str, str]) -> None:
    """Into ``values``; ``defaults`` give the source of a sheet that has no column for it."""
    if not values.get("description"):
        line.fail("no_description", "description", "没有填写，请写清隐患的内容")
    values["grade"] = _grade(line)
    text = words_of(line.value("source"))
    if not text:
        text = "" if "source" in line.at else defaults.get("source", "")
        if not text:
            _no_source(line)
            return
    try:
        values["source"] = read_source(text)
    except Unreadable as error:
        line.fail("unknown_source", "source", str(error))


def _no_source(line: Line) -> None:
    if "source" in line.at:
        line.fail("no_source", "source", "没有填写，请写明隐患来源（自查、日常、专项……）")
    else:
        reason = "表中没有『排查来源』一列，请添上这一列，或在导入时选定来源"
        line.fail("no_source", "source", reason)


def _grade(line: Line) -> str:
    """From the column of the grade, or from a tick under 重大 or 一般."""
    text = words_of(line.value("grade"))
    if text:
        try:
            return read_grade(text)
        except Unreadable as error:
            tick = read_tick(text)
            if tick is None:
                line.fail("unknown_grade", "grade", str(error))
            return MAJOR if tick else GENERAL
    major = as_text(line.value("grade_major"))
    if read_tick(major) or major == MAJOR:
        return MAJOR
    if not read_tick(as_text(line.value("grade_general"))) and "grade_major" not in line.at:
        line.notes.append("没有填写隐患等级，按一般隐患计")
    return GENERAL
