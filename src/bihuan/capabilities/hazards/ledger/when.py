"""When it was found and by when it must be rectified; what is said of the rest is ``claims``' to read."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.hazards.ledger.claims import Claims, progress
from bihuan.capabilities.hazards.ledger.days import Days
from bihuan.capabilities.hazards.ledger.line import Line, words_of
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.years import YearHint


class When:
    """Reads a sheet's days in their order. ``today`` bounds what can have happened, ``hint`` is when it was filed."""

    def __init__(self, days: Days, today: date, hint: YearHint | None) -> None:
        self._days = days
        self._today = today
        self._filed = hint.filed if hint else None
        self._claims = Claims(days, today)

    def read(self, line: Line, values: dict[str, Any]) -> None:
        """Found, due, rectified, accepted, and how far it is by all of them."""
        values["found_on"] = found = self._found(line)
        values["rectify_by"] = self._due(line, found)
        rectified, accepted, word, on_the_spot = self._claims.read(line, found)
        if on_the_spot and rectified is None and found is not None:
            rectified = found
            line.notes.append("写的是当场整改，整改完成日期按发现日期计")
        values["rectified_on"], values["accepted_on"] = rectified, accepted
        values["state_text"] = _state_text(line)
        values["claimed_progress"] = progress(line, values, word)

    def _found(self, line: Line) -> date | None:
        try:
            found = self._days.found(line.value("found_on"))
        except Unreadable as error:
            line.fail("bad_found_date", "found_on", str(error))
            return None
        if found is None:
            line.fail("no_found_date", "found_on", "没有填写，请写明发现日期，如 2023-03-01")
        elif found > self._today:
            line.fail("found_in_future", "found_on", f"（{found}）在今天之后，请核对")
        elif self._filed and found > self._filed:
            line.notes.append(f"发现日期 {found} 晚于填报时间 {self._filed}，请核对")
        return found

    def _due(self, line: Line, found: date | None) -> date | None:
        cell = line.value("rectify_by")
        try:
            due = self._days.due(cell, found)
        except Unreadable as error:
            line.fail("bad_due_date", "rectify_by", str(error))
            return None
        if due is None and found is not None and (text := words_of(cell)):
            line.notes.append(f"整改期限“{text}”不是日期，按没有期限计")
        if due is not None and found is not None and due < found:
            line.fail_earlier("due_before_found", "rectify_by", due, f"发现日期 {found}")
        return due


def _state_text(line: Line) -> str:
    """How the ledger itself puts its progress."""
    for name in ("rectified_state", "rectified_on"):
        value = line.value(name)
        if value != "" and isinstance(value, str) and (text := words_of(value)):
            return text
    return ""
