"""What a campaign's page counts: figures of its tag alone, each opening its records (M041, M042, M265)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.cards import counted, records_href, shown
from bihuan.kernel.web.figures.reach import reach_of

TOLD = (
    "hazards.found", "hazards.rectified", "hazards.open", "hazards.overdue", "hazards.rectification_rate",
    "hazards.acted_on_rate", "tasks.dispatched", "tasks.closed", "tasks.open", "tasks.overdue", "campaigns.targets",
    "campaigns.checked", "campaigns.coverage",
)  # fmt: skip
"""In the order of the page; what no capability registers is left out."""


def figures_of(campaign: Campaign, actor: Actor) -> Mapping[str, FigureValue]:
    """Everything counted under the campaign's tag since its first day, in the actor's reach; one statement a tally."""
    reach = reach_of(actor)
    if reach is None or campaign.first_day is None:
        return {}
    names = [name for name in TOLD if name in registry.names()]
    scope = replace(reach.scope, campaign=campaign.name)
    today = clock.today()
    return counted(actor, reach, names, Period.since(campaign.first_day), today, scope)


def facts(values: Mapping[str, FigureValue]) -> Sequence[parts.Fact]:
    return [
        parts.Fact(value.label, words(value), href=_opens(value), hint=_parts(value))
        for value in values.values()
    ]


def words(value: FigureValue) -> str:
    """526 项, 98.5%."""
    told = shown(value)
    return (
        f"{told}{value.unit}"
        if value.unit == "%" and value.value is not None
        else f"{told} {value.unit}".strip(" %")
    )


def _opens(value: FigureValue) -> str:
    some = value.denominator if value.kind == "ratio" else value.amount
    return records_href(value) if some else ""


def _parts(value: FigureValue) -> str:
    return f"{value.numerator:,}÷{value.denominator:,}" if value.kind == "ratio" and value.denominator else ""


def by_tag(
    names: Sequence[str], campaigns: Sequence[Campaign], actor: Actor
) -> Mapping[str, Mapping[str, FigureValue]]:
    """Figures of several campaigns at once, by present name: figure → name → value; one statement a tally."""
    reach = reach_of(actor)
    days = [each.first_day for each in campaigns if each.first_day is not None]
    if reach is None or not days:
        return {name: {} for name in names}
    period = Period.since(min(days))
    values = counted(
        actor,
        reach,
        list(names),
        period,
        clock.today(),
        Scope() if reach.by_record else reach.scope,
        "campaign",
    )
    return {name: value.by for name, value in values.items()}
