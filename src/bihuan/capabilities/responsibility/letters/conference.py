"""Letters of a year rest on the year's conference (M032); who keeps the meetings vouches for it.

Meetings are another capability's: ``wiring`` hands in their register. Without one the conference is what the letter says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bihuan.kernel.errors import Failure


@dataclass(frozen=True, slots=True)
class Conference:
    """One conference that was held."""

    no: str
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Register:
    """Where conferences are looked up: the first of a year, and one by its number. Only those that were held."""

    of_year: Callable[[int], Conference | None]
    numbered: Callable[[str], Conference | None]


_registers: list[Register] = []


def vouch(register: Register) -> None:
    """Let a register of meetings vouch for conferences; called once, by ``wiring``."""
    _registers[:] = [register]


def of_year(year: int) -> Conference | None:
    """The year's conference as the register knows it, to be offered in forms."""
    return _registers[0].of_year(year) if _registers else None


def found(number: str, on: date) -> Conference | None:
    """The conference meant by a number, or that of the year when there is none."""
    if not _registers:
        return None
    return _registers[0].numbered(number.strip().upper()) if number else _registers[0].of_year(on.year)


def unvouched(number: str, on: date) -> Failure | None:
    """What stands against a conference that is said to have been held on ``on``; None without a register."""
    if not _registers:
        return None
    known = found(number, on)
    if known is None:
        asked = f"编号 {number} 的会议" if number else f"{on.year} 年年初安全生产工作会议"
        says = f"会议台账中没有已召开的{asked}，请先在“会议与督导”中登记这次会议"
        return Failure("letter.conference_unknown", says, "conference_no" if number else "conference_title")
    if known.on != on:
        says = f"会议日期 {on} 与会议台账不符：{known.title}（{known.no}）于 {known.on} 召开，请核对"
        return Failure("letter.conference_of_another_day", says, "conference_on")
    return None
