"""The four days of a ledger row, each read in the light of the earlier one: found, due, rectified, accepted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from bihuan.capabilities.hazards.ledger.spans import AT_ONCE, WORKING, in_words, spelled_out
from bihuan.capabilities.hazards.ledger.words import is_blank_mark
from bihuan.kernel.workbooks.dates import EXAMPLE, Partial, from_cell, number_text, on_year, written
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.text import narrow
from bihuan.kernel.workbooks.years import YearHint, following

_STANDING = re.compile(
    r"长期|持续|常态|坚持|日常|未定|待定|未确定|尽快|逾期|已整改|已完成|到期|停产|完成前|消除前|复工前|开工前|同上|无|不限|年度|视情|另行"
)


class Days:
    """Reads the days of one sheet. ``today`` bounds what can have happened; ``working`` adds working days."""

    def __init__(
        self, hint: YearHint | None, today: date, epoch_1904: bool, working: Callable[[date, int], date]
    ) -> None:
        self._hint = hint
        self._today = today
        self._epoch_1904 = epoch_1904
        self._working = working
        self.found = lru_cache(maxsize=8192)(self._found)
        self.due = lru_cache(maxsize=65536)(self._due)
        self.later = lru_cache(maxsize=65536)(self._later)

    def _found(self, value: object) -> date | None:
        """The day a hazard was found (the first one named), ``None`` for a blank.

        Raises:
            Unreadable: no date, or one whose year cannot be known.
        """
        day, partial = self._read(value, last=False)
        if partial is None:
            return day
        return self._exact(partial, self._by_hint(partial))

    def _due(self, value: object, found: date | None) -> date | None:
        """The day by which it must be rectified; ``None`` for a blank and for words that set no day (长期坚持).

        Raises:
            Unreadable: text that is neither date nor known wording.
        """
        text = narrow(value) if isinstance(value, str) else ""
        if text and found and (named := in_words(text)):
            return self._after(found, *named)
        if text and found:
            value = spelled_out(str(value), found)
        try:
            day, partial = self._read(value, last=True)
        except Unreadable:
            if (
                text
                and not any(c.isdigit() for c in text)
                and (_STANDING.search(text) or AT_ONCE.search(text))
            ):
                return None
            raise
        if partial is None:
            return day
        if partial.year is None and found is not None:
            return self._in_range(partial, following(partial, found, not_after=None))
        return self._in_range(partial, self._by_hint(partial, last_of_month=True, future=True))

    def _later(self, partial: Partial, anchor: date | None) -> date:
        """The day of a claimed act on or after ``anchor``.

        Raises:
            Unreadable: only a month is named, or the year cannot be known.
        """
        if partial.year is None and anchor is not None:
            return self._exact(partial, following(partial, anchor, not_after=self._today))
        return self._exact(partial, self._by_hint(partial))

    def claimed(self, value: object) -> tuple[date | None, Partial | None, str]:
        """A claimed day as a cell holds it: a whole day, a partial one, or its text for closer reading."""
        day = from_cell(value, epoch_1904=self._epoch_1904)
        if day is not None:
            return day, None, ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            named = written(number_text(value))
            return None, named.last if named else None, ""
        return None, None, str(value)

    def _read(self, value: object, *, last: bool) -> tuple[date | None, Partial | None]:
        day = from_cell(value, epoch_1904=self._epoch_1904)
        if day is not None:
            return day, None
        if isinstance(value, bool):
            raise Unreadable(f"不是日期，{EXAMPLE}")
        text = number_text(value) if isinstance(value, (int, float)) else str(value)
        if is_blank_mark(text):
            return None, None
        named = written(text)
        if named is None:
            raise Unreadable(f"不是日期，{EXAMPLE}")
        return None, named.last if last else named.first

    def _by_hint(self, partial: Partial, *, last_of_month: bool = False, future: bool = False) -> date | None:
        if partial.year is not None:
            return on_year(partial, partial.year, last_of_month=last_of_month)
        if self._hint is None:
            raise Unreadable(f"没有年份，标题和填报时间里也没有，{EXAMPLE}")
        not_after = None if future else self._today
        return self._hint.nearest(partial, not_after=not_after, last_of_month=last_of_month)

    @staticmethod
    def _exact(partial: Partial, day: date | None) -> date:
        if partial.day is None:
            raise Unreadable(f"只写了月份，没有写到日，{EXAMPLE}")
        if day is None:
            raise Unreadable(f"那一年没有这一天，{EXAMPLE}")
        return day

    @staticmethod
    def _in_range(partial: Partial, day: date | None) -> date:
        if day is None:
            raise Unreadable(f"那一年没有 {partial.month} 月 {partial.day} 日，{EXAMPLE}")
        return day

    def _after(self, found: date, number: int, unit: str) -> date:
        if unit == "月":
            months = found.month - 1 + number
            year, month = found.year + months // 12, months % 12 + 1
            return (
                on_year(Partial(year, month, found.day), year, last_of_month=True)
                or on_year(Partial(year, month, None, "底"), year, last_of_month=True)
                or found
            )
        if unit == WORKING:
            return self._working(found, number)
        return found + timedelta(days=number)
