"""The first rows of an order, quickly, whether nearly all rows fit or hardly any.

Where many fit, walking the index of the order finds a page at once; where few fit, their facets find them all and they
are sorted. Which of the two it is cannot be known beforehand: estimates err by a thousand times as soon as conditions
hang together. So one statement does both: it looks through the nearest rows of the order, and asks the facets only when
these did not fill the page. All parts ask the very same conditions; the page is exact whichever part finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import Col, RawSQL
from django.db.models.lookups import Lookup
from django.db.models.sql.where import AND, WhereNode

from bihuan.kernel.facets import Facets, narrow, usable
from bihuan.kernel.web.matters.pages import Order

NEAR = 6000
"""Rows looked through in their order at first. Of a million rows, those that fit so rarely that fifty of them are not
among so many are about as many again: the far half then costs no more than the near one."""
FAR = 20_000
"""Rows that are sorted at most. More of them than this, and none near: they begin further back, where the order leads."""

_BOUNDS = frozenset({"exact", "gt", "gte", "lt", "lte"})


def foremost(rows: QuerySet[Any], order: Order, facets: Facets, limit: int) -> QuerySet[Any]:
    """At least the first ``limit`` of ``rows`` in ``order``, perhaps some more, as a query that stays quick."""
    query = rows.query
    alias = query.get_initial_alias()
    clauses = facets.clauses(query.where, alias)
    if sum(map(bool, query.alias_refcount.values())) > 1 or narrow(clauses):
        return rows
    try:
        where = _compiled(rows, query.where)
    except FullResultSet:
        return rows
    except EmptyResultSet:
        return rows.none()
    bounds = [_compiled(rows, leaf) for leaf in _bounds(query.where, order.column)]
    everything = rows.model._default_manager.all()
    within = [_compiled(rows, leaf) for leaf in _leaves(everything.filter(order.within()).query.where)]
    if {*bounds, *within}.issuperset(_compiled(rows, leaf) for leaf in _leaves(query.where)):
        return rows
    marks = [_Sql(f"{facets.sql()} && %s::text[]", (clause,)) for clause in usable(clauses)]
    found: QuerySet[Any] = everything.filter(
        pk__in=_statement(rows, order, where, [*within, *bounds], marks, limit)
    )
    return found


@dataclass(frozen=True, slots=True)
class _Sql:
    text: str
    values: tuple[Any, ...] = ()


def _statement(
    rows: QuerySet[Any], order: Order, where: _Sql, bounds: list[_Sql], marks: list[_Sql], limit: int
) -> RawSQL:
    quote = connection.ops.quote_name
    table, key, column = (
        quote(rows.model._meta.db_table),
        quote(rows.model._meta.pk.column),
        quote(order.column),
    )
    turn = " DESC" if order.descending else ""
    sort = f"ORDER BY {column}{turn}, {key}{turn}"
    near, far, rest = _and(bounds), _and([where, *marks]), _and([where, *bounds])
    text = f"""WITH near AS MATERIALIZED (
  SELECT {key} FROM (SELECT * FROM {table} WHERE {near.text} {sort} LIMIT {NEAR}) AS {table}
   WHERE {where.text} {sort} LIMIT {limit}
), far AS MATERIALIZED (
  SELECT {key}, {column} FROM {table} WHERE {far.text} AND (SELECT COUNT(*) FROM near) < {limit} LIMIT {FAR + 1}
)
SELECT {key} FROM near UNION ALL
SELECT {key} FROM (SELECT {key} FROM far WHERE (SELECT COUNT(*) FROM far) <= {FAR} {sort} LIMIT {limit}) AS few UNION ALL
SELECT {key} FROM (
  SELECT {key} FROM {table} WHERE {rest.text} AND (SELECT COUNT(*) FROM far) > {FAR} {sort} LIMIT {limit}
) AS many"""  # noqa: S608 - our own names; values stay parameters
    return RawSQL(text, (*near.values, *where.values, *far.values, *rest.values))  # noqa: S611


def _and(parts: list[_Sql]) -> _Sql:
    if not parts:
        return _Sql("TRUE")
    return _Sql(
        " AND ".join(f"({part.text})" for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def _compiled(rows: QuerySet[Any], node: Any) -> _Sql:
    text, values = rows.query.get_compiler(rows.db).compile(node)
    return _Sql(text, tuple(values))


def _leaves(node: Any) -> Iterator[Any]:
    """What must all hold: the children of conjunctions, an alternative as one."""
    if isinstance(node, WhereNode) and node.connector == AND and not node.negated:
        for child in node.children:
            yield from _leaves(child)
    else:
        yield node


def _bounds(where: Any, column: str) -> Iterator[Lookup[Any]]:
    """The conditions that cut a piece out of the order itself."""
    for leaf in _leaves(where):
        told = isinstance(leaf, Lookup) and leaf.lookup_name in _BOUNDS and isinstance(leaf.lhs, Col)
        if told and leaf.lhs.target.column == column:
            yield leaf
