"""How many stand under each tab, counted no further than is worth a reader's time.

Work in hand is counted, for it is never very much. All that ever was is another thing: nobody compares 138,112 with
138,113 on a tab, and the figures page answers that from tallies. Of a large table such a tab tells its number only when
few rows fit the filters; else it tells none, rather than make the list wait.
"""
# ruff: noqa: S608 - the names are our own, values stay parameters

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from bihuan.kernel.facets import Facets
from bihuan.kernel.web.matters.conditions import Sql, columns, compiled, marked, together
from bihuan.kernel.web.matters.pages import Order, TabOf

COUNT_LIMIT = 5_000
"""Up to this many are counted; one more stands for any number beyond."""
SMALL_TABLE = 100_000
"""Of a table of up to so many rows everything is counted."""
NEAR, SEVERAL = 3_000, 50
"""More than so many among the nearest rows of the order: those that fit are not few."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows to be counted in one piece, and the tabs they are shared among."""

    where: Sql
    tabs: Sequence[TabOf]

    @property
    def few(self) -> bool:
        return self.tabs[0].order.few


def counted(
    rows: QuerySet[Any], tabs: Sequence[TabOf], facets: Facets | None, *, sifted: bool
) -> dict[str, int]:
    """The count of each tab of ``rows``, by two statements at most; a tab whose count is not known is left out.

    The last tab is the widest. ``sifted`` tells that filters are in force.
    """
    try:
        where = compiled(rows, rows.query.where)
    except EmptyResultSet:
        return {tab.name: 0 for tab in tabs}
    except FullResultSet:
        where = Sql("TRUE")
    parts = _Parts(rows, tabs, facets, where)
    (size, near), (whole, *found) = _asked(
        rows, [parts.whole, *parts.close, *parts.common], _near(rows, tabs[-1].order, where)
    )
    few = near <= SEVERAL
    if few and whole[""] <= COUNT_LIMIT:
        return {tab.name: whole[tab.name] for tab in tabs}
    if few:
        told = _settled(zip(parts.close, found, strict=False))
    else:
        common = zip(parts.common, found[len(parts.close) :], strict=True)
        told = _settled(pair for pair in common if pair[0].few or size <= SMALL_TABLE)
    if sifted and size > SMALL_TABLE:
        return told
    again = [tab for tab in tabs if tab.name not in told and (tab.order.few or size <= SMALL_TABLE)]
    _, more = _asked(rows, [parts.of(tab, marked=few) for tab in again])
    return told | {tab.name: counts[""] for tab, counts in zip(again, more, strict=True)}


class _Parts:
    """The pieces in which the rows of a list may be counted."""

    def __init__(self, rows: QuerySet[Any], tabs: Sequence[TabOf], facets: Facets | None, where: Sql) -> None:
        self._rows, self._facets, self._where = rows, facets, where
        several, few = (Sql(f"(SELECT COUNT(*) FROM near) {sign} {SEVERAL}") for sign in (">", "<="))
        beyond = Sql(f"(SELECT whole FROM part_0) > {COUNT_LIMIT}")
        small = Sql(f"{_size(rows)} <= {SMALL_TABLE}")
        orders = _by_order(tabs)
        self.whole = _Part(together([where, *self._marks(Q()), few]), tabs)
        """Everything, where it is few."""
        self.close = [
            _Part(self._within(order, [*self._marks(order.within()), few, beyond]), listed)
            for order, listed in orders
            if order.few
        ]
        """Work in hand, where it is few among the nearest rows though everything is more than is counted."""
        self.common = [
            _Part(self._within(order, [several] if order.few else [several, small]), listed)
            for order, listed in orders
        ]
        """Each order, where many fit."""

    def of(self, tab: TabOf, *, marked: bool) -> _Part:
        """One tab by itself."""
        condition = tab.condition()
        marks = self._marks(tab.order.within() & condition) if marked else []
        return _Part(self._within(tab.order, [_condition(self._rows, condition), *marks]), [tab])

    def _within(self, order: Order, conditions: Sequence[Sql]) -> Sql:
        return together([self._where, *conditions, _condition(self._rows, order.within())])

    def _marks(self, also: Q) -> list[Sql]:
        return marked(self._rows.filter(also), self._facets) if self._facets is not None else []


def _settled(counted_parts: Iterable[tuple[_Part, dict[str, int]]]) -> dict[str, int]:
    """The counts of parts that were counted to their end, and of tabs that are the whole of one that was not."""
    return {
        tab.name: counts[tab.name]
        for part, counts in counted_parts
        for tab in part.tabs
        if counts[""] <= COUNT_LIMIT or counts[tab.name] == counts[""]
    }


def _by_order(tabs: Sequence[TabOf]) -> list[tuple[Order, list[TabOf]]]:
    """Tabs of one order lie in one index and are counted together."""
    groups: dict[Order, list[TabOf]] = {}
    for tab in tabs:
        groups.setdefault(tab.order, []).append(tab)
    return list(groups.items())


def _near(rows: QuerySet[Any], order: Order, where: Sql) -> Sql:
    """A glance at the nearest rows: are those that fit few or several?"""
    table, turn = _table(rows), " DESC" if order.descending else ""
    nearest = f"SELECT * FROM {table} ORDER BY {order.column}{turn} LIMIT {NEAR}"
    glance = f"SELECT 1 FROM ({nearest}) AS {table} WHERE {where.text} LIMIT {SEVERAL + 1}"
    return Sql(f"near AS MATERIALIZED ({glance})", where.values)


def _asked(
    rows: QuerySet[Any], parts: Sequence[_Part], near: Sql | None = None
) -> tuple[tuple[int, int], list[dict[str, int]]]:
    """The size of the table, how many lie near, and for each part its counts by tab, its whole under the empty name."""
    if not parts:
        return (0, 0), []
    table = _table(rows)
    near = near or Sql("near AS (SELECT 1 WHERE FALSE)")
    named = ", ".join(f"part_{place}" for place in range(len(parts)))
    pieces, values = list[str](), list(near.values)
    for place, part in enumerate(parts):
        conditions = [_condition(rows, tab.condition()) for tab in part.tabs]
        counts = ", ".join(
            ["COUNT(*) AS whole", *(f"COUNT(*) FILTER (WHERE {condition.text})" for condition in conditions)]
        )
        bounded = (
            f"SELECT {_needed(rows, part.tabs)} FROM {table} WHERE {part.where.text} LIMIT {COUNT_LIMIT + 1}"
        )
        pieces.append(f"part_{place} AS MATERIALIZED (SELECT {counts} FROM ({bounded}) AS {table})")
        values += [*(value for condition in conditions for value in condition.values), *part.where.values]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {', '.join([near.text, *pieces])} SELECT {_size(rows)}, (SELECT COUNT(*) FROM near), * FROM {named}",
            values,
        )
        row = iter(cursor.fetchone() or ())
    measured = next(row), next(row)
    return measured, [{"": next(row), **{tab.name: next(row) for tab in part.tabs}} for part in parts]


def _condition(rows: QuerySet[Any], condition: Q) -> Sql:
    try:
        return compiled(rows, rows.model._default_manager.filter(condition).query.where)
    except FullResultSet:
        return Sql("TRUE")
    except EmptyResultSet:
        return Sql("FALSE")


def _table(rows: QuerySet[Any]) -> str:
    return connection.ops.quote_name(rows.model._meta.db_table)


def _size(rows: QuerySet[Any]) -> str:
    """How many rows the table has, as the server last looked; it does not count them for us."""
    return f"(SELECT reltuples::bigint FROM pg_class WHERE oid = '{_table(rows)}'::regclass)"


def _needed(rows: QuerySet[Any], tabs: Sequence[TabOf]) -> str:
    everything = rows.model._default_manager
    wanted = {name for tab in tabs for name in columns(everything.filter(tab.condition()).query.where)}
    return ", ".join(connection.ops.quote_name(name) for name in sorted(wanted)) or "1"
