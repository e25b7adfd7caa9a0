"""The first rows of an order, quickly, whether nearly all rows fit or hardly any.

Where many fit, walking the index of the order finds a page at once; where few fit, their facets find them all and they
are sorted. Which of the two it is cannot be known beforehand: estimates err by a thousand times as soon as conditions
hang together. So one statement does both: it looks through the nearest rows of the order, and asks the facets only when
these did not fill the page. All parts ask the very same conditions; the page is exact whichever part finds it.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from bihuan.kernel.facets import Facets, narrow
from bihuan.kernel.web.matters.conditions import Sql, bounds, compiled, leaves, marked, one_by_one, together
from bihuan.kernel.web.matters.pages import Order

NEAR = 6000
"""Rows looked through in their order at first. Of a million rows, those that fit so rarely that fifty of them are not
among so many are about as many again: the far half then costs no more than the near one."""
FAR = 20_000
"""Rows that are sorted at most. More of them than this, and none near: they begin further back, where the order leads."""


def foremost(rows: QuerySet[Any], order: Order, facets: Facets, limit: int) -> QuerySet[Any]:
    """At least the first ``limit`` of ``rows`` in ``order``, perhaps some more, as a query that stays quick."""
    query = rows.query
    clauses = facets.clauses(query.where, query.get_initial_alias())
    if sum(map(bool, query.alias_refcount.values())) > 1 or narrow(clauses):
        return rows
    try:
        where = compiled(rows, query.where)
    except FullResultSet:
        return rows
    except EmptyResultSet:
        return rows.none()
    edges = one_by_one(rows, order.within()) + [
        compiled(rows, leaf) for leaf in bounds(query.where, order.column)
    ]
    if set(edges).issuperset(compiled(rows, leaf) for leaf in leaves(query.where)):
        return rows
    keys = first_keys(rows, order, where, edges, marked(rows, facets), limit)
    found: QuerySet[Any] = rows.model._default_manager.filter(pk__in=RawSQL(keys.text, keys.values))  # noqa: S611
    return found


def first_keys(
    rows: QuerySet[Any],
    order: Order,
    where: Sql,
    edges: list[Sql],
    marks: list[Sql],
    limit: int,
    *,
    nearest: int | None = None,
) -> Sql:
    """The keys of at least the first ``limit`` rows that fit ``where`` and ``edges``, perhaps of some more.

    ``edges`` are conditions that an index of the order answers, ``marks`` what the facets say of all conditions;
    ``nearest`` rows are looked through in their order at first (:data:`NEAR`).
    """
    quote = connection.ops.quote_name
    table, key, column = (
        quote(rows.model._meta.db_table),
        quote(rows.model._meta.pk.column),
        quote(order.column),
    )
    turn = " DESC" if order.descending else ""
    sort = f"ORDER BY {column}{turn}, {key}{turn}"
    near, far, rest = together(edges), together([where, *marks]), together([where, *edges])
    text = f"""WITH near AS MATERIALIZED (
  SELECT {key} FROM (SELECT * FROM {table} WHERE {near.text} {sort} LIMIT {nearest or NEAR}) AS {table}
   WHERE {where.text} {sort} LIMIT {limit}
), far AS MATERIALIZED (
  SELECT {key}, {column} FROM {table} WHERE {far.text} AND (SELECT COUNT(*) FROM near) < {limit} LIMIT {FAR + 1}
)
SELECT {key} FROM near UNION ALL
SELECT {key} FROM (SELECT {key} FROM far WHERE (SELECT COUNT(*) FROM far) <= {FAR} {sort} LIMIT {limit}) AS few UNION ALL
SELECT {key} FROM (
  SELECT {key} FROM {table} WHERE {rest.text} AND (SELECT COUNT(*) FROM far) > {FAR} {sort} LIMIT {limit}
) AS many"""  # noqa: S608 - our own names; values stay parameters
    return Sql(text, (*near.values, *where.values, *far.values, *rest.values))
