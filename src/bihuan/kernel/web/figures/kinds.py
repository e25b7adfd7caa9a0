"""What a figure's records are called and how they show: matters of a loop, or rows that a room keeps without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from bihuan.kernel.figures import registry
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.pages import pages_of
from bihuan.kernel.web.paging import Keyset


@dataclass(frozen=True)
class Kind:
    """One kind of counted record: its name, its door, and its list and workbook.

    ``order`` is the order of the list; ``visible`` is the only way to the rows.
    """

    label: str
    visible: Callable[[Actor], QuerySet[Any]]
    columns: Sequence[parts.Column]
    row: Callable[[Any], parts.Row]
    export: Sequence[tuple[str, Callable[[Any], Any]]]
    order: Keyset
    listed: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    unique: str = "pk"


_kept: dict[str, Kind] = {}


def show_kept(model: str, kind: Kind) -> None:
    """Let figures over ``model`` (``app.Model``), which no loop runs on, open their records. Called when an app is ready."""
    _kept[model] = kind


def kind_counted(name: str) -> Kind | None:
    """The kind of record a figure counts; None for a loop whose pages are not made.

    Raises:
        Refused: no such figure.
    """
    figure = registry.figure(name)
    if figure.tally.model in _kept:
        return _kept[figure.tally.model]
    model = apps.get_model(figure.tally.model)
    service = next(service for service in all_running() if service.model is model)
    pages = pages_of(service.loop.plural)
    if pages is None:
        return None
    found = any(column.name == "found_on" for column in model._meta.get_fields())
    return Kind(
        label=service.loop.label,
        visible=service.visible,
        columns=pages.columns,
        row=pages.row,
        export=pages.export,
        order=Keyset(("found_on" if found else "opened_at", "uid"), descending=True),
        listed=pages.listed,
        unique="uid",
    )
