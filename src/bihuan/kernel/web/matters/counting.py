"""How many stand under each tab, counted no further than is worth a reader's time.

Nobody compares 38,112 with 38,113 on a tab; the figures page answers that from tallies. What a list needs is whether it
is three, three hundred or more than can be worked through, and that must not cost more than the list itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from bihuan.kernel.facets import Facets
from bihuan.kernel.web.matters.conditions import Sql, columns, compiled, marked, together
from bihuan.kernel.web.matters.pages import TabOf

COUNT_LIMIT = 5_000
"""Up to this many are counted; one more stands for any number beyond."""
SEARCH_LIMIT = 1_000
"""The same for words, each of which has to be looked up in the row itself; beyond it no number is given."""


def counted(
    rows: QuerySet[Any], tabs: Sequence[TabOf], facets: Facets | None, *, sifted: bool, searched: bool
) -> dict[str, int]:
    """The count of each tab of ``rows``; a tab whose count is not known is left out.

    ``sifted`` tells that filters are in force, ``searched`` that words are among them.
    """
    limit = SEARCH_LIMIT if searched else COUNT_LIMIT
    try:
        where = together([compiled(rows, rows.query.where), *(marked(rows, facets) if facets else [])])
    except EmptyResultSet:
        return {tab.name: 0 for tab in tabs}
    except FullResultSet:
        where = Sql("TRUE")
    if sifted:
        (found,) = _asked(rows, [(where, tabs)], limit)
        if found.pop("") <= limit:
            return found
        if searched:
            return {}
    return _by_order(rows, where, tabs, limit)


def _by_order(rows: QuerySet[Any], where: Sql, tabs: Sequence[TabOf], limit: int) -> dict[str, int]:
    """Tabs of one order lie in one index: counted together while they are few, each by itself when they are many."""
    groups: dict[Any, list[TabOf]] = {}
    for tab in tabs:
        groups.setdefault(tab.order, []).append(tab)
    parts = [
        (together([where, _condition(rows, order.within())]), listed) for order, listed in groups.items()
    ]
    told: dict[str, int] = {}
    many: list[tuple[Sql, Sequence[TabOf]]] = []
    for found, (_, listed) in zip(_asked(rows, parts, limit), parts, strict=True):
        total = found.pop("")
        whole = total <= limit
        told |= {name: count for name, count in found.items() if whole or count == total}
        many += [
            (
                together([where, _condition(rows, tab.order.within()), _condition(rows, tab.condition())]),
                [tab],
            )
            for tab in listed
            if not whole and found[tab.name] != total
        ]
    for found, (_, (tab,)) in zip(_asked(rows, many, limit), many, strict=True):
        told[tab.name] = found[tab.name]
    return told


def _asked(
    rows: QuerySet[Any], parts: Sequence[tuple[Sql, Sequence[TabOf]]], limit: int
) -> list[dict[str, int]]:
    """For each part the counts of its tabs and, under the empty name, of its rows; one statement for all."""
    if not parts:
        return []
    pieces, values = [], list[Any]()
    for place, (where, tabs) in enumerate(parts):
        counts = [together([_condition(rows, tab.condition())]) for tab in tabs]
        filters = ", ".join(["COUNT(*)", *(f"COUNT(*) FILTER (WHERE {count.text})" for count in counts)])
        table, needed = _table(rows), ", ".join(_needed(rows, tabs))
        pieces.append(
            f"(SELECT {filters} FROM (SELECT {needed} FROM {table} WHERE {where.text} LIMIT {limit + 1}) AS {table})"
            f" AS part_{place}"
        )
        values += [value for count in counts for value in count.values] + list(where.values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {', '.join(pieces)}", values)  # noqa: S608 - our own names only
        row = iter(cursor.fetchone() or ())
    return [{"": next(row), **{tab.name: next(row) for tab in tabs}} for _, tabs in parts]


def _condition(rows: QuerySet[Any], condition: Q) -> Sql:
    try:
        return compiled(rows, rows.model._default_manager.filter(condition).query.where)
    except FullResultSet:
        return Sql("TRUE")
    except EmptyResultSet:
        return Sql("FALSE")


def _table(rows: QuerySet[Any]) -> str:
    return connection.ops.quote_name(rows.model._meta.db_table)


def _needed(rows: QuerySet[Any], tabs: Sequence[TabOf]) -> list[str]:
    wanted = {
        name
        for tab in tabs
        for name in columns(rows.model._default_manager.filter(tab.condition()).query.where)
    }
    return [connection.ops.quote_name(name) for name in sorted(wanted)] or ["1"]
