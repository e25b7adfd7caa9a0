"""Reading a tally at any cut-off day: whole months from the tally, part of a month from the rows.

A measure asks for the latest of a record's days to lie at or before the cut-off. So its value at a day is its
value at the nearest end of a month, more or less the records whose latest day lies between the two: half a
month at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from bihuan.kernel import campaigns
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import tally as keeping
from bihuan.kernel.figures.declarations import DateOf, Measure, Tally
from bihuan.kernel.figures.scope import PREFIXES, Scope

Rows = dict[str, dict[Measure, int]]


def read(
    tally: Tally, measures: Sequence[Measure], period: Period, as_of: date, scope: Scope, dim: str = ""
) -> Rows:
    """The measures by value of ``dim`` (``""`` the only key without one), in one SQL statement."""
    ask = _Ask(tally, tuple(dict.fromkeys(measures)), period, scope, dim)
    parts = [ask.rows(None, as_of)] if not _whole_months(period) else ask.around(as_of)
    sql = " UNION ALL ".join(part for part, _ in parts)
    rows: Rows = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, values in parts for value in values])
        for key, *numbers in cursor.fetchall():
            sums = rows.setdefault("" if key is None else str(key), dict.fromkeys(ask.measures, 0))
            for measure, number in zip(ask.measures, numbers, strict=True):
                sums[measure] += int(number)
    return rows


def cells_within(tally: Tally, scope: Scope) -> tuple[list[str], list[Any]]:
    """The scope as conditions on the cells of a tally, with their values; what the tally cannot tell apart is left out."""
    known = scope.without(scope.dims() - tally.dims.keys())
    ask = _Ask(tally, (), Period("", date.min, date.max), known, "")
    return ask._scope(column=False)


def _whole_months(period: Period) -> bool:
    return period.first.day == 1 and (period.last + timedelta(days=1)).day == 1


def month_end_before(day: date) -> date:
    """The last day of a month that lies at or before ``day``."""
    following = day + timedelta(days=1)
    return day if following.day == 1 else day.replace(day=1) - timedelta(days=1)


def month_end_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True)
class _Ask:
    tally: Tally
    measures: tuple[Measure, ...]
    period: Period
    scope: Scope
    dim: str

    def around(self, as_of: date) -> list[tuple[str, list[Any]]]:
        before, after = month_end_before(as_of), month_end_after(as_of)
        if before == as_of:
            return [self.cells(as_of)]
        if as_of - before <= after - as_of:
            return [self.cells(before), self.rows(before, as_of)]
        return [self.cells(after), self.rows(as_of, after, sign="-")]

    def cells(self, end: date) -> tuple[str, list[Any]]:
        """Whole months up to ``end``, from the tally."""
        numbers, values = [], []
        for measure in self.measures:
            conditions = [f"{name} <= %s" for name in measure.dates]
            values += [end for _ in measure.dates]
            only, more = self._only(measure, column=False)
            numbers.append(_sum(measure.amount or "n", conditions + only))
            values += more
        scope, scope_values = self._scope(column=False)
        last = min(self.period.last, end)
        where = " AND ".join(["born BETWEEN %s AND %s", *scope])
        columns = f"{keeping.key_columns(self.tally)}, {', '.join(keeping.count_columns(self.tally))}"
        arms = [
            f"SELECT {columns} FROM {table} WHERE {where}"  # noqa: S608 - declared, not from a client
            for table in (keeping.folded_table(self.tally), keeping.delta_table(self.tally))
        ]
        values += 2 * [self.period.first, last, *scope_values]
        return self._select(f"({' UNION ALL '.join(arms)}) AS cells", self.dim, numbers, "TRUE"), values

    def rows(self, low: date | None, high: date, sign: str = "") -> tuple[str, list[Any]]:
        """Records whose latest day lies after ``low`` and at or before ``high``, from the table."""
        numbers, values = [], []
        for measure in self.measures:
            days = [self.tally.born.day(), *(self.tally.dates[name].day() for name in measure.dates)]
            conditions = [f"{day} <= %s" for day in days]
            values += [high] * len(days)
            if low is not None:
                conditions.append("(" + " OR ".join(f"{day} > %s" for day in days) + ")")
                values += [low] * len(days)
            only, more = self._only(measure, column=True)
            amount = self.tally.sums[measure.amount] if measure.amount else "1"
            numbers.append(sign + _sum(amount, conditions + only))
            values += more
        born = self.tally.born
        within = [f"{born.column} BETWEEN %s AND %s"]
        last = min(self.period.last, high)
        bounds: list[Any] = [_shifted(self.period.first, born), _shifted(last, born)]
        if low is not None:
            arms, more = self._window(low, high)
            within.append(arms)
            bounds += more
        scope, scope_values = self._scope(column=True)
        where = " AND ".join([self.tally.where, *within, *scope])
        dim = self.tally.dims[self.dim].column if self.dim else ""
        return self._select(self.tally.table, dim, numbers, where), [*values, *bounds, *scope_values]

    def _window(self, low: date, high: date) -> tuple[str, list[Any]]:
        """Rows with some day in the window, each arm in a form its index can answer."""
        names = dict.fromkeys(name for measure in self.measures for name in measure.dates)
        arms, values = [], []
        for day in (self.tally.born, *(self.tally.dates[name] for name in names)):
            arms.append(day.between())
            values += [_shifted(low, day), _shifted(high, day)]
        return "(" + " OR ".join(arms) + ")", values

    def _scope(self, *, column: bool) -> tuple[list[str], list[Any]]:
        conditions, values = [], []
        for name, dim in PREFIXES.items():
            paths = getattr(self.scope, name)
            if not paths:
                continue
            exact = name in self.scope.exactly
            conditions.append(f"{self._name(dim, column)} {'= ANY(%s)' if exact else 'LIKE ANY(%s)'}")
            values.append([path if exact else f"{path}%" for path in paths])
        for dim, value in self.scope.singles().items():
            also = campaigns.names_of(value) if dim == "campaign" else ()
            conditions.append(f"{self._name(dim, column)} {'= ANY(%s)' if len(also) > 1 else '= %s'}")
            values.append(list(also) if len(also) > 1 else value)
        return conditions, values

    def _only(self, measure: Measure, *, column: bool) -> tuple[list[str], list[Any]]:
        return [f"{self._name(dim, column)} = %s" for dim, _ in measure.only], [
            value for _, value in measure.only
        ]

    def _name(self, dim: str, column: bool) -> str:
        if dim not in self.tally.dims:
            raise Refused.because(
                "figure.unknown_scope", f"该指标不能按“{dim}”限定范围，请去掉这项条件。", dim
            )
        return self.tally.dims[dim].column if column else dim

    def _select(self, source: str, dim: str, numbers: list[str], where: str) -> str:
        key, group = (f"{dim}::text", f" GROUP BY {dim}") if dim else ("''", "")
        return f"(SELECT {key}, {', '.join(numbers)} FROM {source} WHERE {where}{group})"  # noqa: S608 - declared


def _sum(amount: str, conditions: list[str]) -> str:
    kept = f" FILTER (WHERE {' AND '.join(conditions)})" if conditions else ""
    return f"COALESCE(SUM({amount}){kept}, 0)"


def _shifted(day: date, of: DateOf) -> date:
    return day - timedelta(days=of.plus)
