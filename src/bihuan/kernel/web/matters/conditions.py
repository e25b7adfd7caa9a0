"""Conditions of a query as the SQL they come to, so that one statement can ask them in more than one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup
from django.db.models.sql.where import AND, WhereNode

from bihuan.kernel.facets import Facets, narrow, usable

_BOUNDS = frozenset({"exact", "gt", "gte", "lt", "lte"})


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL in the names of its table, and its values."""

    text: str
    values: tuple[Any, ...] = ()


def compiled(rows: QuerySet[Any], node: Any) -> Sql:
    """One condition of ``rows``.

    Raises:
        EmptyResultSet, FullResultSet: it can never, or must always, be true.
    """
    text, values = rows.query.get_compiler(rows.db).compile(node)
    return Sql(text, tuple(values))


def together(parts: Iterable[Sql]) -> Sql:
    """All of them at once."""
    listed = list(parts)
    if not listed:
        return Sql("TRUE")
    return Sql(
        " AND ".join(f"({part.text})" for part in listed),
        tuple(value for part in listed for value in part.values),
    )


def one_by_one(rows: QuerySet[Any], condition: Q) -> list[Sql]:
    """The parts of ``condition`` that must all hold, as they stand in a query of the same table."""
    where = rows.model._default_manager.filter(condition).query.where
    return [compiled(rows, leaf) for leaf in leaves(where)]


def marked(rows: QuerySet[Any], facets: Facets) -> list[Sql]:
    """What the conditions of ``rows`` say in facets: nothing new, but something that an index answers."""
    clauses = facets.clauses(rows.query.where, rows.query.get_initial_alias())
    if narrow(clauses):
        return []
    return [Sql(f"{facets.sql()} && %s::text[]", (clause,)) for clause in usable(clauses)]


def leaves(node: Any) -> Iterator[Any]:
    """What must all hold: the children of conjunctions, an alternative as one."""
    if isinstance(node, WhereNode) and node.connector == AND and not node.negated:
        for child in node.children:
            yield from leaves(child)
    else:
        yield node


def bounds(where: Any, column: str) -> Iterator[Lookup[Any]]:
    """The conditions that cut one piece out of an order by ``column``."""
    for leaf in leaves(where):
        told = isinstance(leaf, Lookup) and leaf.lookup_name in _BOUNDS and isinstance(leaf.lhs, Col)
        if told and leaf.lhs.target.column == column:
            yield leaf


def columns(node: Any) -> set[str]:
    """The columns that a condition compares."""
    if isinstance(node, WhereNode):
        return {name for child in node.children for name in columns(child)}
    compared = node.lhs
    while not isinstance(compared, Col):
        compared = compared.lhs
    return {str(compared.target.column)}
