"""Facets: the few values by which matters are sifted, kept together in one small inverted index.

A list shows the first fifty rows of an order. When hardly any row fits the filters, walking that order would read the
whole table; an index for each filter, and for each pair of them, would weigh more than the matters. The facets of a row
are short marks (town, trade, agency, source …) whose postings cross within milliseconds, and take ten bytes a row.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.expressions import Col, Value
from django.db.models.lookups import Lookup
from django.db.models.sql.where import AND, OR, WhereNode

Clause = frozenset[str]
"""Marks of which a row must carry one."""

MOST_CLAUSES = 8
OWN = "="


@dataclass(frozen=True, slots=True)
class Facet:
    """One column as a mark: ``letter`` and its value.

    ``part`` takes that piece of a path (counted from one) instead of all of it; ``common`` is a value so frequent that
    it is left out and helps nobody; ``several`` tells that the column is an array of whole numbers, each of them a mark.
    """

    letter: str
    column: str
    part: int = 0
    common: str | None = None
    several: bool = False

    def sql(self) -> str:
        """The mark of a row, null when it has none; the array of its marks where it may have several."""
        if self.several:
            return f"facet_marks('{self.letter}', {self.column})"
        if self.part:
            return f"'{self.letter}' || split_part({self.column}, '.', {self.part})"
        mark = f"'{self.letter}' || {self.column}::text"
        return (
            f"CASE WHEN {self.column} <> '{self.common}' THEN {mark} END" if self.common is not None else mark
        )

    def mark(self, value: Any) -> str | None:
        """The mark of rows whose column is, or for a path begins with, ``value``; None when that says nothing."""
        if self.part:
            pieces = str(value).split(".")[:-1]
            return f"{self.letter}{pieces[self.part - 1]}" if len(pieces) >= self.part else None
        return None if value is None or str(value) == self.common else f"{self.letter}{value}"


@dataclass(frozen=True)
class Facets:
    """The facets of one table; ``own`` names columns that have a narrow index of their own."""

    table: str
    listed: Sequence[Facet]
    own: Sequence[str] = ()
    _by_column: dict[str, Facet] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_column", {facet.column: facet for facet in self.listed})

    def sql(self) -> str:
        """The array of a row's marks, as the index of the table's migration holds it; a query must say the very same."""
        single = ", ".join(facet.sql() for facet in self.listed if not facet.several)
        several = "".join(f" || {facet.sql()}" for facet in self.listed if facet.several)
        whole = f"array_remove(ARRAY[{single}], NULL)"
        return f"({whole}{several})" if several else whole

    def clauses(self, where: Any, alias: str) -> tuple[Clause, ...]:
        """What every row that ``where`` lets through carries. It follows from the conditions and never adds to them."""
        if isinstance(where, WhereNode):
            return self._of_node(where, alias)
        mark = self._of_lookup(where, alias) if isinstance(where, Lookup) else None
        return () if mark is None else (mark,)

    def _of_node(self, node: WhereNode, alias: str) -> tuple[Clause, ...]:
        if node.negated:
            return ()
        parts = [self.clauses(child, alias) for child in node.children]
        if node.connector == AND:
            return tuple(dict.fromkeys(clause for part in parts for clause in part))[:MOST_CLAUSES]
        if node.connector == OR and all(parts):
            crossed = itertools.islice(itertools.product(*parts), MOST_CLAUSES)
            return tuple(dict.fromkeys(frozenset().union(*choice) for choice in crossed))
        return ()

    def _of_lookup(self, lookup: Lookup[Any], alias: str) -> Clause | None:
        if not isinstance(lookup.lhs, Col) or lookup.lhs.alias != alias:
            return None
        column, value = str(lookup.lhs.target.column), lookup.rhs
        facet = self._by_column.get(column)
        if facet is not None and facet.several:
            values = _overlapping(lookup)
        elif hasattr(value, "as_sql"):
            return None
        elif lookup.lookup_name == "exact":
            values = [value]
        elif lookup.lookup_name == "in":
            values = list(value)
        elif lookup.lookup_name == "startswith" and facet is not None and facet.part:
            values = [value]
        else:
            return None
        if column in self.own and values:
            return frozenset({OWN + column})
        marks = [facet.mark(item) if facet is not None else None for item in values]
        return None if None in marks else frozenset(mark for mark in marks if mark is not None)


def _overlapping(lookup: Lookup[Any]) -> list[Any]:
    """The values of which an array must hold one; that nothing is known is told by a None among them."""
    if lookup.lookup_name != "overlap":
        return [None]
    given = lookup.rhs.get_source_expressions() if hasattr(lookup.rhs, "as_sql") else lookup.rhs
    return [one.value if isinstance(one, Value) else None if hasattr(one, "as_sql") else one for one in given]


def narrow(clauses: Sequence[Clause]) -> bool:
    """Whether every row lies in a narrow index anyhow."""
    return any(clause and all(mark.startswith(OWN) for mark in clause) for clause in clauses)


def usable(clauses: Sequence[Clause]) -> list[list[str]]:
    """The clauses that the index of marks can answer."""
    return [sorted(clause) for clause in clauses if not any(mark.startswith(OWN) for mark in clause)]
