"""What hangs under 事故: the accidents, their statistics, what others still owe, the lessons, the monthly forms and the warnings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bihuan.capabilities.accidents.access import sees_inside
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES
from bihuan.kernel.web import parts

ACCIDENTS, STATISTICS, OUTSTANDING = "/accidents/", "/accidents/statistics/", "/accidents/outstanding/"
LESSONS, WARNINGS = "/lessons/", "/warnings/"
RETURNS, FORECASTS = "/returns/compiled/", "/forecasts/compiled/"
LABEL = "事故"
_TABS = (
    (ACCIDENTS, "事故", False),
    (STATISTICS, "统计", True),
    (OUTSTANDING, "未落实事项", True),
    (LESSONS, "警示排查", False),
    (RETURNS, "事故月报", True),
    (FORECASTS, "预警预测", True),
    (WARNINGS, "预警", True),
)


def tabs(here: str) -> Callable[[Actor], Sequence[parts.Tab]]:
    """The strip, with the page at ``here`` marked; an enterprise sees its accidents only."""
    return lambda actor: [
        parts.Tab(label, href, current=href == here)
        for href, label, inside in _TABS
        if not inside or sees_inside(actor)
    ]


def entry(actor: Actor) -> parts.Link | None:
    """The place in the navigation."""
    return (
        parts.Link(
            LABEL, ACCIDENTS, "urgent", also=(LESSONS, "/economy/", "/returns/", "/forecasts/", WARNINGS)
        )
        if actor.roles - ADMIN_ROLES
        else None
    )
