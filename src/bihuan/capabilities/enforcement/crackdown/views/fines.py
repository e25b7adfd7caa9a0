"""Fines of the crackdown, counted from the cases its items became and from nowhere else (M155)."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.enforcement.access import READERS
from bihuan.capabilities.enforcement.states import CaseSource
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.cards import card, counted
from bihuan.kernel.web.figures.reach import Reach

FIGURE = "cases.fines_decided"


def card_of(actor: Actor, reach: Reach, period: Period, as_of: date) -> parts.Card | None:
    """The card of the fines, for whoever may see cases."""
    if not actor.roles & READERS:
        return None
    scope = reach.scope.at("source", CaseSource.CRACKDOWN.value)
    found = counted(actor, Reach(scope, reach.by_record), (FIGURE,), period, as_of, scope)
    return card(found[FIGURE])
