"""Lines with a day of their own: document requests, recommendations, sanctions, and how people write them.

A line is a dict on the accident's own row, so that every entry of the record binds it:

- document: ``{"unit", "what", "asked_on", "due_on", "answered_on", "words"}``
- recommendation: ``{"unit", "what", "due_on", "executed_on", "words"}``
- sanction: ``{"who", "kind", "decision", "due_on", "executed_on", "words"}``
- appraisal: ``{"what", "by", "from", "to"}``
- leader: ``{"leader", "called_at", "replied_at", "arrived_at"}``
- onward: ``{"to", "sent_at", "receiver", "received_at", "means"}``
- offence: ``{"kind", "who", "knew_at", "reported_at", "minutes", "evidence", "on", "by", "stands"}``
- review: ``{"kind", "no", "on", "words", "persons", "decision", "opinion", "by", "decided_on"}``
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.inputs import Kind, entry, fields_of
from bihuan.kernel.loops.inputs import build as read

MOST = 60
_APART = re.compile(r"[；;｜|\t]")

Line = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Day:
    day: date = entry("日期", Kind.DATE)


assert fields_of(_Day)


def split(text: str, parts: int, sample: str, field: str) -> list[list[str]]:
    """The lines of a text as so many parts each.

    Raises:
        Refused: ``accident.line_unreadable`` naming each line that has not; ``accident.too_many_lines``.
    """
    found: list[list[str]] = []
    wrong: list[str] = []
    told = [line.strip() for line in text.splitlines() if line.strip()]
    if len(told) > MOST:
        raise Refused.because("accident.too_many_lines", f"一次至多 {MOST} 行，请分次登记", field)
    for number, line in enumerate(told, 1):
        pieces = [piece.strip() for piece in _APART.split(line)]
        if len(pieces) != parts or not all(pieces):
            wrong.append(f"第 {number} 行“{line[:30]}”")
        else:
            found.append(pieces)
    if wrong:
        says = f"{'、'.join(wrong)}读不懂，请写成“{sample}”，各项用分号隔开"
        raise Refused.because("accident.line_unreadable", says, field)
    return found


def day_of(text: str, field: str) -> date:
    """A day inside a line.

    Raises:
        Refused: ``accident.line_day``.
    """
    try:
        return read(_Day, {"day": text}).day
    except Refused:
        raise Refused.because(
            "accident.line_day", f"“{text}”不是日期，请写成 2026-12-31 这样的形式", field
        ) from None


def recommendations(text: str, field: str = "recommendations") -> list[dict[str, Any]]:
    """``单位；整改和防范措施；完成期限`` line by line."""
    return [
        {"unit": unit[:120], "what": what[:500], "due_on": day_of(day, field).isoformat(), "executed_on": None, "words": ""}
        for unit, what, day in split(text, 3, "单位；整改和防范措施；2026-12-31", field)
    ]  # fmt: skip


def sanctions(text: str, field: str = "sanctions") -> list[dict[str, Any]]:
    """``责任人或单位；处理种类；处理建议或决定；执行期限`` line by line."""
    return [
        {
            "who": who[:120], "kind": kind[:40], "decision": decision[:300], "due_on": day_of(day, field).isoformat(),
            "executed_on": None, "words": "",
        }
        for who, kind, decision, day in split(text, 4, "责任人；党纪政务处分；建议给予政务记过；2026-12-31", field)
    ]  # fmt: skip


def requests(text: str, field: str = "documents") -> list[dict[str, Any]]:
    """``单位；调取的资料；提供期限`` line by line."""
    return [
        {"unit": unit[:120], "what": what[:300], "due_on": day_of(day, field).isoformat(), "answered_on": None, "words": ""}
        for unit, what, day in split(text, 3, "单位；调取的资料；2026-12-31", field)
    ]  # fmt: skip


def changed(lines: Sequence[Line], number: int, **changes: Any) -> list[dict[str, Any]]:
    """The lines anew with one of them changed; assigned, never changed in place."""
    return [{**line, **changes} if place == number else {**line} for place, line in enumerate(lines, 1)]


def late(line: Line, done: str, on: date) -> bool:
    """Whether a line is past its day and not done; on the day itself nobody is late."""
    return not line[done] and date.fromisoformat(line["due_on"]) < on
