"""Fines of the crackdown, counted from the cases its items became and from nowhere else (M155)."""

from __future__ import annotations

from datetime import date

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.reach import Reach


def card_of(actor: Actor, reach: Reach, period: Period, as_of: date) -> parts.Card | None:
    """The card of the fines, once cases are kept here."""
    return None
