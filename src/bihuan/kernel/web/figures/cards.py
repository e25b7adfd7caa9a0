"""A figure's value as a card that opens its records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.declarations import Tally
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import NOTHING, FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.kinds import kind_counted
from bihuan.kernel.web.figures.reach import Reach, coordinates, reach_of


def current_half(day: date) -> Period:
    """The half-year that ``day`` lies in."""
    return Period.parse(f"{day.year}H{1 if day.month <= 6 else 2}")


def about_objects(tally: Tally) -> bool:
    """Whether each record of a kind names the supervised object it is about."""
    return any(field.name == "object" for field in apps.get_model(tally.model)._meta.fields)


def seen_by(actor: Actor, name: str) -> Any:
    """The records of a figure's kind that the actor may see."""
    kind = kind_counted(name)
    assert kind is not None, "a counted kind has a list"
    return kind.visible(actor)


def counted(
    actor: Actor, reach: Reach, names: Sequence[str], period: Period, as_of: date, scope: Scope, by: str = ""
) -> dict[str, FigureValue]:
    """The figures of ``scope``, which lies in ``reach``; of records with a narrow door, those the actor may open.

    Raises:
        Refused: an unknown figure or breakdown.
    """
    found: dict[str, FigureValue] = {}
    for tally, kept in registry.by_kind(names).items():
        lacking = reach.scope.dims() - tally.dims.keys()
        told = not tally.narrow or coordinates(actor, reach.scope)
        if told and not reach.by_record and not lacking:
            found |= answers.values(kept, period, as_of, scope, by=by)
            continue
        own, within = seen_by(actor, kept[0]).values("pk"), scope.without(lacking)
        found |= answers.recounted(kept, period, as_of, within, by=by, visible=Q(pk__in=own))
    return found


def card(
    value: FigureValue, *, colour: parts.Warning4 | None = None, about: UUID | None = None
) -> parts.Card:
    """One figure with unit, period, cut-off and the way to its records; ``about`` one object when it is that one's."""
    records = value.denominator if value.kind == "ratio" else value.amount if value.kind == "count" else None
    return parts.Card(
        label=value.label,
        value=shown(value),
        unit="万元" if value.kind == "sum" else value.unit if value.value is not None else "",
        period=value.period.chinese(),
        as_of=value.as_of,
        records=records,
        href=records_href(value, about) if _opens(value) else "",
        numerator=value.numerator,
        denominator=value.denominator,
        claimed=value.claimed or 0,
        colour=colour if value.value not in (0, None) else None,
    )


def _opens(value: FigureValue) -> bool:
    """Whether there is a record behind the number."""
    return bool(value.denominator if value.kind == "ratio" else value.amount)


def shown(value: FigureValue) -> str:
    """The number as a page prints it; money in 万元."""
    if value.kind == "sum":
        return f"{float(value.wan()):,.2f}"
    if value.value is None:
        return NOTHING
    return f"{value.value:,}" if isinstance(value.value, int) else str(value.value)


def linked(value: FigureValue) -> parts.Link | str:
    """The number as a cell of a table prints it, and the way to the records it counts where there are any."""
    return parts.Link(shown(value), records_href(value)) if _opens(value) else shown(value)


def records_href(value: FigureValue, about: UUID | None = None) -> str:
    """The address that opens exactly what ``value`` counts."""
    coverage = value.coverage[0]
    query: list[tuple[str, str]] = [("period", coverage.period.label), ("as_of", coverage.as_of.isoformat())]
    for name, kept in coverage.scope.json().items():
        query += [(name, str(item)) for item in kept] if isinstance(kept, list) else [(name, str(kept))]
    if about is not None:
        query.append(("object", str(about)))
    return f"/figures/{value.figure}/records/?{urlencode(query)}"


def desk_cards(actor: Actor) -> list[parts.Card]:
    """The figures of the present half-year for the workbench."""
    reach = reach_of(actor)
    fitting = registry.fitting(
        ("sector", "region")
    )  # what lies in enterprises; tasks stand in the list of duties
    names = [name for name in fitting if _on_desk(actor, registry.figure(name).tally)]
    if reach is None or not names:
        return []
    today = clock.today()
    found = counted(actor, reach, names, current_half(today), today, reach.scope)
    return [card(value, colour=colour_of(value)) for value in found.values()]


def _on_desk(actor: Actor, tally: Tally) -> bool:
    """Whether a kind of figure stands on the actor's workbench: everybody's, or that of the roles whose work it is."""
    return tally.desk and (not tally.desk_for or not tally.desk_for.isdisjoint(actor.roles))


def colour_of(value: FigureValue) -> parts.Warning4 | None:
    """Red for what is late or major and not zero; every other figure is just a number."""
    return "red" if value.figure.endswith((".overdue", ".major_found")) and value.amount else None
