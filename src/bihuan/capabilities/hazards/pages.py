"""How hazards show themselves: the parts put together."""

from __future__ import annotations

from bihuan.capabilities.hazards.asking import asks, criterion_choices, describe, prefill
from bihuan.capabilities.hazards.giving import EXPORT, resource
from bihuan.capabilities.hazards.lists import COLUMNS, FILTERS, TABS, listed, row
from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import FACETS
from bihuan.capabilities.hazards.naming import GENERAL, MAJOR
from bihuan.capabilities.hazards.showing import facts, more_facts, tags, what, where
from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.pages import MatterPages, show

PAGES = MatterPages(
    loop=HAZARD,
    lead="每条隐患从上报到销号，谁在办、到哪天、差哪一步。",
    what=what,
    where=where,
    level=lambda hazard: MAJOR if hazard.grade == Grade.MAJOR else GENERAL,
    tags=tags,
    facts=facts,
    more_facts=more_facts,
    facets=FACETS,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    asks=asks,
    criteria=criterion_choices,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "这里没有符合条件的隐患。",
        "换一个筛选条件，或者上报新发现的隐患。",
        "/hazards/new/report/",
        "上报隐患",
    ),
    opening="report",
)


def install() -> None:
    """Give the hazard loop its pages."""
    show(PAGES)
