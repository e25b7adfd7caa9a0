"""The most urgent matters of each state, for the desk: one statement for all loops, the conditions of each put into SQL
once.

Every page asks this of every loop, so what Django spends on building a query counts more than what the database does;
matters are fetched only of loops that have some.
"""
# ruff: noqa: S608 - the names are our own, values stay parameters

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from bihuan.kernel.facets import Facets
from bihuan.kernel.web.matters.conditions import Sql, compiled, marked, together
from bihuan.kernel.web.matters.foremost import first_keys
from bihuan.kernel.web.matters.pages import Order

GLANCED_AT = 600
"""The nearest rows of a large table among which those looked for may lie; else their facets find them."""
BY_DEADLINE = Order("deadline", "deadline", descending=False)


def soonest(
    rows: QuerySet[Any], states: Sequence[Sequence[str]], count: int, facets: Facets | None
) -> Sql | None:
    """The keys of at least the ``count`` most urgent of ``rows`` in each set of ``states``, perhaps of some more; None
    where there can be none."""
    if sum(map(bool, rows.query.alias_refcount.values())) > 1:
        rows = rows.model._default_manager.filter(pk__in=rows.values("pk"))
    try:
        where = compiled(rows, rows.query.where)
    except FullResultSet:
        where = Sql("TRUE")
    except EmptyResultSet:
        return None
    parts = [_keys(rows, where, listed, count, facets) for listed in states]
    text = " UNION ALL ".join(f"({part.text})" for part in parts)
    return Sql(text, tuple(value for part in parts for value in part.values))


def found(asked: Mapping[str, Sql]) -> dict[str, list[UUID]]:
    """The keys of each of many questions, by one statement; those without an answer are left out."""
    if not asked:
        return {}
    names = list(asked)
    parts = [
        f"SELECT {place} AS place, keys.* FROM ({asked[name].text}) AS keys"
        for place, name in enumerate(names)
    ]
    told: dict[str, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [value for name in names for value in asked[name].values])
        for place, key in cursor.fetchall():
            told.setdefault(names[place], []).append(key)
    return told


def _keys(rows: QuerySet[Any], where: Sql, states: Sequence[str], count: int, facets: Facets | None) -> Sql:
    quote = connection.ops.quote_name
    table, key = quote(rows.model._meta.db_table), quote(rows.model._meta.pk.column)
    within = Sql(f"{table}.state IN ({', '.join(['%s'] * len(states))})", tuple(states))
    whole = together([where, within])
    if facets is not None and marked(rows, facets):
        marks = marked(rows.filter(Q(state__in=states)), facets)
        return first_keys(rows, BY_DEADLINE, whole, [within], marks, count, nearest=GLANCED_AT)
    return Sql(
        f"SELECT {key} FROM {table} WHERE {whole.text} ORDER BY deadline, {key} LIMIT {count}", whole.values
    )
