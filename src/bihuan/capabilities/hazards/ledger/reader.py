"""Ledger lines into ``LedgerRow``: cell by cell, every fault named with its column, nothing guessed.

Pure and quick, for it runs a hundred thousand times in the parsing process: one method a group of columns, all
words and dates cached.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from bihuan.capabilities.hazards.ledger import identity
from bihuan.capabilities.hazards.ledger.days import Days
from bihuan.capabilities.hazards.ledger.progress import NOTHING, Claimed, Progress, Word, read_claim
from bihuan.capabilities.hazards.ledger.row import LedgerRow
from bihuan.capabilities.hazards.ledger.words import (
    GENERAL,
    MAJOR,
    is_blank_mark,
    read_grade,
    read_source,
    read_tick,
)
from bihuan.kernel.calendar import counting
from bihuan.kernel.calendar.statutory import packaged
from bihuan.kernel.workbooks.dates import short_of_a_zero, written
from bihuan.kernel.workbooks.money import ASSUMED, read_money
from bihuan.kernel.workbooks.reading import Row, Sheet
from bihuan.kernel.workbooks.reasons import CellFailure, Unreadable
from bihuan.kernel.workbooks.text import as_text
from bihuan.registers import credit_code

SectorFinder = Callable[[str], str | None]
_NO_CODE = frozenset(
    {
        "无",
        "暂无",
        "没有",
        "办理中",
        "个人",
        "个体",
        "自然人",
        "无证",
        "未办理",
        "不详",
        "无照",
        "未提供",
        "未办",
    }
)
_MAY_NAME = re.compile(r"单位|企业|公司|场所|用户|商户|对象|主体|名称|门店|项目")
_DAYS = ("found_on", "rectify_by", "rectified_on", "rectified_state", "accepted_on")
_SUSPICIOUS_FEN = 1_000 * 1_000_000
_TEXTS = (
    "object_name", "town", "village", "sector_text", "description", "place", "address", "category", "found_by",
    "rectifier", "rectifying_unit", "supervisor", "measures", "acceptor", "campaign", "note",
)  # fmt: skip


def _no_sector(_: str) -> str | None:
    return None


def _working_days(start: date, days: int) -> date:
    return counting.due(start, days, "working", packaged()).due


@dataclass(frozen=True, slots=True)
class Rules:
    """What the reading depends on besides the sheet. ``defaults`` fill columns the sheet does not have (source, town)."""

    today: date
    find_sector: SectorFinder = _no_sector
    defaults: Mapping[str, str] = field(default_factory=dict)
    working: Callable[[date, int], date] = _working_days


@lru_cache(maxsize=65536)
def _words(cell: object) -> str:
    """A cell's text, with nothing for ``/`` and its like."""
    text = as_text(cell)
    return "" if is_blank_mark(text) else text


@lru_cache(maxsize=16384)
def _code(text: str) -> tuple[str, str | None]:
    code = credit_code.normalise(text)
    if not code or is_blank_mark(text) or code in _NO_CODE:
        return "", None
    reason = credit_code.check(code)
    return code, f"不对：{reason}" if reason else None


def rows(sheet: Sheet, rules: Rules) -> Iterator[LedgerRow]:
    """All rows of a sheet, read and ranked; wrong ones carry their failures."""
    return (LedgerRow(**values) for values in values_of(sheet, rules))


def values_of(sheet: Sheet, rules: Rules) -> Iterator[dict[str, Any]]:
    """The same as fields by name, for whoever only passes them on."""
    reader = _Reader(sheet, rules)
    seen: dict[tuple[str, str, str], int] = {}
    for row in sheet.rows():
        values = reader.read(row)
        if not values["failures"]:
            key = (
                values.get("credit_code") or identity.plain(values["object_name"]),
                values["found_on"].isoformat(),
                identity.plain(values.get("place", "") + values["description"]),
            )
            values["rank"] = rank = seen.get(key, 0)
            seen[key] = rank + 1
        yield values


class _Reader:
    def __init__(self, sheet: Sheet, rules: Rules) -> None:
        self._sheet = sheet
        self._rules = rules
        self._days = Days(sheet.hint, rules.today, sheet.epoch_1904, rules.working)
        self._sectors: dict[str, str | None] = {}
        self._by_sheet_name = self._sector(sheet.name) or ""
        self._use_heading()

    def _use_heading(self) -> None:
        heading = self._sheet.heading
        self._heading = heading
        self._at = heading.at
        self._dated = [(name, heading.at[name]) for name in _DAYS if name in heading.at]
        self._texts = [(name, heading.at[name]) for name in _TEXTS if name in heading.at]
        self._unit = heading.units.get("funds") or self._sheet.unit or ASSUMED
        self._unit_assumed = "funds" not in heading.units and self._sheet.unit is None

    def read(self, row: Row) -> dict[str, Any]:
        """The fields of a ``LedgerRow``."""
        if self._sheet.heading is not self._heading:
            self._use_heading()
        self._cells = cells = row.cells
        cells.append("")
        self._failures: list[CellFailure] = []
        self._notes: list[str] = []
        values: dict[str, Any] = {"sheet": self._sheet.name, "line": row.line, "no": row.no}
        for name, place in self._texts:
            cell = cells[place]
            if cell != "":
                values[name] = as_text(cell) if type(cell) is not str or len(cell) > 6 else _words(cell)
        self._who(values, row.section)
        self._what(values)
        self._when(values)
        for name, place in self._dated:
            if type(cell := cells[place]) is float and short_of_a_zero(cell):
                self._sheet.short_days.setdefault(name, []).append((row.line, cell))
        self._plan(values)
        values["notes"] = tuple(self._notes)
        values["failures"] = tuple(self._failures)
        return values

    def _value(self, name: str) -> object:
        return self._cells[self._at.get(name, -1)]

    def _fail(self, code: str, name: str, reason: str) -> None:
        column = self._heading.written.get(name, "")
        self._failures.append(CellFailure(f"hazard.{code}", reason, name, column, as_text(self._value(name))))

    def _earlier(self, name: str, day: date, than: str) -> str:
        """早于…, with the day as understood where the cell writes it another way."""
        understood = "" if as_text(self._value(name)) == day.isoformat() else f"（{day}）"
        return f"{understood}早于{than}，请核对"

    def _who(self, values: dict[str, Any], section: str) -> None:
        """Enterprise, code, town and sector."""
        if not values.get("object_name"):
            values["object_name"] = self._stand_in(values)
        raw = self._value("credit_code")
        if isinstance(raw, float) and raw >= 1e14:
            self._fail(
                "bad_credit_code",
                "credit_code",
                "被 Excel 变成了数字，后几位已丢失，请把这一列设为文本后重新填写",
            )
        elif raw != "":
            code, reason = _code(as_text(raw))
            values["credit_code"] = code
            if reason:
                self._fail("bad_credit_code", "credit_code", reason)
        if not values.get("town"):
            values["town"] = self._rules.defaults.get("town", "")
        self._which_sector(values, section)

    def _stand_in(self, values: Mapping[str, Any]) -> str:
        """Where the enterprise is not named: the unit that rectifies, or the place in a ledger of places."""
        if name := values.get("rectifying_unit", ""):
            if "object_name" in self._at:
                self._notes.append(f"没有填写企业名称，按整改责任单位“{name}”计")
            return str(name)
        if "object_name" in self._at:
            self._fail("no_object", "object_name", "没有填写，请写明隐患在哪个企业或场所")
            return ""
        strange = next((one for one in self._heading.unknown if _MAY_NAME.search(one)), "")
        if strange:
            self._fail(
                "no_object", "object_name",
                f"没有认出企业名称在哪一列；『{strange}』如果就是，请在“表头叫法”里添上，再重新读取",
            )  # fmt: skip
            return ""
        if not values.get("place"):
            self._fail("no_object", "object_name", "没有填写，请写明隐患在哪个企业或场所")
        return str(values.get("place", ""))

    def _which_sector(self, values: dict[str, Any], section: str) -> None:
        text = values.get("sector_text", "")
        if text:
            values["sector"] = self._sector(text) or ""
            if not values["sector"]:
                self._fail(
                    "unknown_sector", "sector_text", "不是已知的行业领域，请写规范名称，或由管理员添加别名"
                )
        elif "sector_text" not in self._at:
            told = (section and self._sector(section)) or self._by_sheet_name
            values["sector"] = told or self._sector(self._rules.defaults.get("sector", "")) or ""

    def _sector(self, text: str) -> str | None:
        found = self._sectors.get(text, "")
        if found == "":
            found = self._sectors[text] = self._rules.find_sector(text)
        return found

    def _what(self, values: dict[str, Any]) -> None:
        """Description, grade and source."""
        if not values.get("description"):
            self._fail("no_description", "description", "没有填写，请写清隐患的内容")
        values["grade"] = self._grade()
        text = _words(self._value("source"))
        if not text:
            text = "" if "source" in self._at else self._rules.defaults.get("source", "")
            if not text:
                self._no_source()
                return
        try:
            values["source"] = read_source(text)
        except Unreadable as error:
            self._fail("unknown_source", "source", str(error))

    def _no_source(self) -> None:
        if "source" in self._at:
            self._fail("no_source", "source", "没有填写，请写明隐患来源（自查、日常、专项……）")
        else:
            self._fail("no_source", "source", "表中没有『排查来源』一列，请添上这一列，或在导入时选定来源")

    def _grade(self) -> str:
        text = _words(self._value("grade"))
        if text:
            try:
                return read_grade(text)
            except Unreadable as error:
                tick = read_tick(text)
                if tick is None:
                    self._fail("unknown_grade", "grade", str(error))
                return MAJOR if tick else GENERAL
        if read_tick(as_text(self._value("grade_major"))) or as_text(self._value("grade_major")) == MAJOR:
            return MAJOR
        if not read_tick(as_text(self._value("grade_general"))) and "grade_major" not in self._at:
            self._notes.append("没有填写隐患等级，按一般隐患计")
        return GENERAL

    def _when(self, values: dict[str, Any]) -> None:
        """Found, due, rectified, accepted, and their order."""
        found = self._found()
        values["found_on"] = found
        due = self._due(found)
        values["rectify_by"] = due
        rectified, accepted, word, on_the_spot = self._claims(found)
        if on_the_spot and rectified is None and found is not None:
            rectified = found
            self._notes.append("写的是当场整改，整改完成日期按发现日期计")
        values["rectified_on"], values["accepted_on"] = rectified, accepted
        values["state_text"] = self._state_text()
        values["claimed_progress"] = self._progress(values, word)

    def _found(self) -> date | None:
        try:
            found = self._days.found(self._value("found_on"))
        except Unreadable as error:
            self._fail("bad_found_date", "found_on", str(error))
            return None
        if found is None:
            self._fail("no_found_date", "found_on", "没有填写，请写明发现日期，如 2023-03-01")
        elif found > self._rules.today:
            self._fail("found_in_future", "found_on", f"（{found}）在今天之后，请核对")
        elif self._sheet.hint and self._sheet.hint.filed and found > self._sheet.hint.filed:
            self._notes.append(f"发现日期 {found} 晚于填报时间 {self._sheet.hint.filed}，请核对")
        return found

    def _due(self, found: date | None) -> date | None:
        try:
            due = self._days.due(self._value("rectify_by"), found)
        except Unreadable as error:
            self._fail("bad_due_date", "rectify_by", str(error))
            return None
        if due is None and found is not None and (text := _words(self._value("rectify_by"))):
            self._notes.append(f"整改期限“{text}”不是日期，按没有期限计")
        if due is not None and found is not None and due < found:
            self._fail(
                "due_before_found", "rectify_by", self._earlier("rectify_by", due, f"发现日期 {found}")
            )
        return due

    def _claims(self, found: date | None) -> tuple[date | None, date | None, Word, bool]:
        """Rectified and accepted days from whichever column tells them, with the strongest word beside them."""
        done, done_claim = self._claim("rectified_on", found, "bad_rectified_date")
        state = self._state_claim()
        rectified, source = done, "rectified_on"
        if rectified is None and state.rectified is not None:
            rectified, source = self._placed(state.rectified, found, "rectified_state"), "rectified_state"
        self._in_order(rectified, found, source, "rectified", "发现日期")
        anchor = rectified if rectified and (found is None or rectified >= found) else found
        accepted, accepted_claim = self._claim("accepted_on", anchor, "bad_accepted_date")
        accepted_from = "accepted_on"
        side = self._side("accepted_state") if "accepted_state" in self._at else NOTHING
        for name, claim in (("rectified_state", state), ("accepted_state", side)):
            if accepted is None and claim.accepted is not None:
                accepted, accepted_from = self._placed(claim.accepted, anchor, name), name
        self._accepted_in_order(accepted, rectified, found, accepted_from)
        self._no_contradiction(state, done, accepted)
        words = (done_claim.word, state.word, accepted_claim.word, side.word)
        spot = done_claim.on_the_spot or state.on_the_spot
        return rectified, accepted, _strongest(words), spot

    def _claim(self, name: str, anchor: date | None, code: str) -> tuple[date | None, Claimed]:
        """The day in a date column, or what its words claim instead."""
        value = self._value(name)
        if value == "":
            return None, NOTHING
        try:
            day, partial, text = self._days.claimed(value)
            if day is not None:
                return day, NOTHING
            claim = Claimed(Word.DONE, partial) if partial else _claim_in_date_column(text)
            partial = (claim.accepted or claim.rectified) if name == "accepted_on" else claim.rectified
            return (self._days.later(partial, anchor) if partial else None), claim
        except Unreadable as error:
            self._fail(code, name, str(error))
            return None, NOTHING

    def _state_claim(self) -> Claimed:
        value = self._value("rectified_state")
        if value == "" or isinstance(value, bool):
            return Claimed(Word.DONE if value else Word.NOTHING) if value != "" else NOTHING
        try:
            if not isinstance(value, str):
                day, partial, _ = self._days.claimed(value)
                return Claimed(Word.DONE, _as_partial(day) if day else partial)
            return read_claim(value)
        except Unreadable as error:
            self._fail("bad_rectified_date", "rectified_state", str(error))
            return NOTHING

    def _side(self, name: str) -> Claimed:
        value = self._value(name)
        if not isinstance(value, str) or value == "":
            return NOTHING
        try:
            claim = read_claim(value)
        except Unreadable as error:
            self._fail("bad_accepted_date", name, str(error))
            return NOTHING
        return (
            claim if claim.accepted or claim.word is Word.OPEN else Claimed(claim.word, None, claim.rectified)
        )

    def _placed(self, partial: Any, anchor: date | None, name: str) -> date | None:
        try:
            return self._days.later(partial, anchor)
        except Unreadable as error:
            self._fail("bad_rectified_date", name, str(error))
            return None

    def _in_order(self, day: date | None, earlier: date | None, name: str, what: str, label: str) -> None:
        if day is None:
            return
        if earlier is not None and day < earlier:
            self._fail(f"{what}_before_found", name, self._earlier(name, day, f"{label} {earlier}"))
        elif day > self._rules.today:
            self._fail(f"{what}_in_future", name, f"（{day}）在今天之后，请核对")

    def _accepted_in_order(
        self, accepted: date | None, rectified: date | None, found: date | None, name: str
    ) -> None:
        if accepted is not None and rectified is not None and accepted < rectified:
            reason = self._earlier(name, accepted, f"整改完成日期 {rectified}")
            self._fail("accepted_before_rectified", name, reason)
        elif rectified is None or found is None or rectified >= found:
            self._in_order(accepted, None if rectified else found, name, "accepted", "发现日期")

    def _no_contradiction(self, state: Claimed, done: date | None, accepted: date | None) -> None:
        if state.word is Word.OPEN and (done or accepted):
            other = "整改完成日期" if done else "验收日期"
            self._fail("state_contradicts", "rectified_state", f"，却又填了{other}，请核对")

    def _state_text(self) -> str:
        for name in ("rectified_state", "rectified_on"):
            value = self._value(name)
            if value != "" and isinstance(value, str) and (text := _words(value)):
                return text
        return ""

    def _progress(self, values: dict[str, Any], word: Word) -> Progress:
        if values["accepted_on"] is not None:
            return Progress.ACCEPTED
        if word is Word.ACCEPTED:
            self._notes.append("写了已验收或已销号，却没有验收日期，按已整改、待验收计")
        if values["rectified_on"] is not None or word in (Word.DONE, Word.ACCEPTED):
            return Progress.RECTIFIED
        if values["rectify_by"] is not None or word is Word.OPEN:
            return Progress.ASSIGNED
        return Progress.REPORTED

    def _plan(self, values: dict[str, Any]) -> None:
        """Funds and contingency plan."""
        raw = self._value("funds")
        if raw != "":
            try:
                values["funds_fen"] = fen = read_money(raw, self._unit)
            except Unreadable as error:
                self._fail("bad_funds", "funds", str(error))
            else:
                if self._unit_assumed and fen is not None and fen >= _SUSPICIOUS_FEN:
                    self._notes.append(f"资金 {as_text(raw)} 按万元计，数额很大，请核对单位")
        plan = _words(self._value("contingency_plan"))
        if plan:
            tick = read_tick(plan)
            values["contingency_plan"] = "已制定" if tick else ("" if tick is False else plan)


def _strongest(words: tuple[Word, ...]) -> Word:
    for word in (Word.OPEN, Word.ACCEPTED, Word.DONE):
        if word in words:
            return word
    return Word.NOTHING


@lru_cache(maxsize=32768)
def _claim_in_date_column(text: str) -> Claimed:
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


def _as_partial(day: date) -> Any:
    named = written(day.isoformat())
    return named.last if named else None
