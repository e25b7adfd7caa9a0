"""Letters of a year rest on the year's conference (M032); who keeps the meetings may vouch for it.

Meetings are another capability's. Until ``wiring`` hands in a register, the conference is what the letter says of it:
title, day and number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bihuan.kernel.errors import Failure

Register = Callable[[str, str, date], Failure | None]
"""Number (may be empty), title and day of a conference: None when it is known, else what is wrong in words."""

_registers: list[Register] = []


def vouch(register: Register) -> None:
    """Let a register of meetings judge conferences; called once, by ``wiring``."""
    _registers.append(register)


def unvouched(number: str, title: str, on: date) -> Failure | None:
    """What the registers have against a conference; None where none of them objects."""
    return next((failure for register in _registers if (failure := register(number, title, on))), None)
