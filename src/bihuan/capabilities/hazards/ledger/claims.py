"""What a row claims of rectification and acceptance, from whichever column tells it: days, states, words in both.

Clerks write the day into the column of the state and the state into the column of the day; both are read the same
way, the strongest word counts, and days out of their order or against the words are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from bihuan.capabilities.hazards.ledger.days import Days
from bihuan.capabilities.hazards.ledger.line import Line
from bihuan.capabilities.hazards.ledger.progress import NOTHING, Claimed, Progress, Word, read_claim
from bihuan.kernel.workbooks.dates import Partial, written
from bihuan.kernel.workbooks.reasons import Unreadable


class Claims:
    """Reads what a sheet claims was done. ``today`` bounds what can have happened."""

    def __init__(self, days: Days, today: date) -> None:
        self._days = days
        self._today = today

    def read(self, line: Line, found: date | None) -> tuple[date | None, date | None, Word, bool]:
        """The days rectified and accepted, the strongest word beside them, and whether it was done on the spot."""
        done, done_claim = self._in_date_column(line, "rectified_on", found, "bad_rectified_date")
        state = self._in_state_column(line)
        rectified, source = done, "rectified_on"
        if rectified is None and state.rectified is not None:
            source = "rectified_state"
            rectified = self._placed(line, state.rectified, found, source)
        self._in_order(line, rectified, found, source, "rectified")
        anchor = rectified if rectified and (found is None or rectified >= found) else found
        accepted, accepted_claim = self._in_date_column(line, "accepted_on", anchor, "bad_accepted_date")
        accepted_from = "accepted_on"
        side = _beside(line, "accepted_state") if "accepted_state" in line.at else NOTHING
        for name, claim in (("rectified_state", state), ("accepted_state", side)):
            if accepted is None and claim.accepted is not None:
                accepted, accepted_from = self._placed(line, claim.accepted, anchor, name), name
        self._accepted_in_order(line, accepted, rectified, found, accepted_from)
        _no_contradiction(line, state, done, accepted)
        word = _strongest((done_claim.word, state.word, accepted_claim.word, side.word))
        return rectified, accepted, word, done_claim.on_the_spot or state.on_the_spot

    def _in_date_column(
        self, line: Line, name: str, anchor: date | None, code: str
    ) -> tuple[date | None, Claimed]:
        """The day in a date column, or what its words claim instead."""
        value = line.value(name)
        if value == "":
            return None, NOTHING
        try:
            day, partial, text = self._days.claimed(value)
            if day is not None:
                return day, NOTHING
            claim = Claimed(Word.DONE, partial) if partial else _date_or_known_words(text)
            partial = (claim.accepted or claim.rectified) if name == "accepted_on" else claim.rectified
            return (self._days.later(partial, anchor) if partial else None), claim
        except Unreadable as error:
            line.fail(code, name, str(error))
            return None, NOTHING

    def _in_state_column(self, line: Line) -> Claimed:
        value = line.value("rectified_state")
        if value == "" or isinstance(value, bool):
            return Claimed(Word.DONE if value else Word.NOTHING) if value != "" else NOTHING
        try:
            if not isinstance(value, str):
                day, partial, _ = self._days.claimed(value)
                return Claimed(Word.DONE, _as_partial(day) if day else partial)
            return read_claim(value)
        except Unreadable as error:
            line.fail("bad_rectified_date", "rectified_state", str(error))
            return NOTHING

    def _placed(self, line: Line, partial: Partial, anchor: date | None, name: str) -> date | None:
        try:
            return self._days.later(partial, anchor)
        except Unreadable as error:
            line.fail("bad_rectified_date", name, str(error))
            return None

    def _in_order(self, line: Line, day: date | None, found: date | None, name: str, what: str) -> None:
        if day is None:
            return
        if found is not None and day < found:
            line.fail_earlier(f"{what}_before_found", name, day, f"发现日期 {found}")
        elif day > self._today:
            line.fail(f"{what}_in_future", name, f"（{day}）在今天之后，请核对")

    def _accepted_in_order(
        self, line: Line, accepted: date | None, rectified: date | None, found: date | None, name: str
    ) -> None:
        if accepted is not None and rectified is not None and accepted < rectified:
            line.fail_earlier("accepted_before_rectified", name, accepted, f"整改完成日期 {rectified}")
        elif rectified is None or found is None or rectified >= found:
            self._in_order(line, accepted, None if rectified else found, name, "accepted")


def progress(line: Line, values: Mapping[str, Any], word: Word) -> Progress:
    """How far the row claims to be, by its days first and its words after them."""
    if values["accepted_on"] is not None:
        return Progress.ACCEPTED
    if word is Word.ACCEPTED:
        line.notes.append("写了已验收或已销号，却没有验收日期，按已整改、待验收计")
    if values["rectified_on"] is not None or word in (Word.DONE, Word.ACCEPTED):
        return Progress.RECTIFIED
    if values["rectify_by"] is not None or word is Word.OPEN:
        return Progress.ASSIGNED
    return Progress.REPORTED


def _beside(line: Line, name: str) -> Claimed:
    """A column of its own about acceptance: a word that only says done says so of the rectification."""
    value = line.value(name)
    if not isinstance(value, str) or value == "":
        return NOTHING
    try:
        claim = read_claim(value)
    except Unreadable as error:
        line.fail("bad_accepted_date", name, str(error))
        return NOTHING
    if claim.accepted or claim.word is Word.OPEN:
        return claim
    return Claimed(claim.word, None, claim.rectified)


def _no_contradiction(line: Line, state: Claimed, done: date | None, accepted: date | None) -> None:
    if state.word is Word.OPEN and (done or accepted):
        other = "整改完成日期" if done else "验收日期"
        line.fail("state_contradicts", "rectified_state", f"，却又填了{other}，请核对")


def _strongest(words: tuple[Word, ...]) -> Word:
    for word in (Word.OPEN, Word.ACCEPTED, Word.DONE):
        if word in words:
            return word
    return Word.NOTHING


@lru_cache(maxsize=32768)
def _date_or_known_words(text: str) -> Claimed:
    """Where a date is asked for, text must be a date or a known word about progress."""
    claim = read_claim(text)
    if claim.word is Word.NOTHING or claim.word is Word.OPEN:
        return claim
    if claim.rectified is None and claim.accepted is None and (claim.word is Word.OTHER or _figures(text)):
        named = written(text)
        if named is None:
            raise Unreadable("看不出是否已完成，请写日期，或写 整改中、未完成")
        return Claimed(Word.DONE, named.last)
    return claim


def _figures(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _as_partial(day: date) -> Partial | None:
    named = written(day.isoformat())
    return named.last if named else None
