"""Answering: the value of a figure from its tally, the same from the records, and the records themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Count, Model, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from bihuan.kernel import campaigns
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import reading, registry
from bihuan.kernel.figures.declarations import Figure, Tally
from bihuan.kernel.figures.scope import PREFIXES, Scope
from bihuan.kernel.figures.values import Coverage, FigureValue
from bihuan.kernel.figures.wording import Line, label, leader_of, sector_of, town_of, unit_of

BY = {
    "sector": "sector", "town": "region", "unit": "agency", "source": "source", "grade": "grade", "kind": "kind",
    "type": "type", "campaign": "campaign", "body": "body", "leader": "leader",
    "code": "code", "site": "site", "rule": "rule", "target": "target", "result": "result",
    "topic": "topic", "origin": "origin", "company": "company",
}  # fmt: skip
DISTRICT = Scope()


@dataclass(frozen=True, slots=True)
class Number:
    """One count or sum as it comes from the database."""

    amount: int = 0
    claimed: int | None = None

    def plus(self, other: Number) -> Number:
        claimed = None if self.claimed is None or other.claimed is None else self.claimed + other.claimed
        return Number(self.amount + other.amount, claimed)


Numbers = dict[str, dict[str, Number]]


def value(
    name: str, period: Period, as_of: date, scope: Scope = DISTRICT, *, by: str = "", digits: int = 1
) -> FigureValue:
    """One figure of a period at a cut-off; see :func:`values`."""
    return values([name], period, as_of, scope, by=by, digits=digits)[name]


def values(
    names: Sequence[str],
    period: Period,
    as_of: date,
    scope: Scope = DISTRICT,
    *,
    by: str = "",
    digits: int = 1,
) -> dict[str, FigureValue]:
    """Figures of one period, cut-off and scope, read from their tallies; exact at any day.

    One SQL statement a tally, one more to name the lines of ``by`` (``sector``, ``town``, ``unit``, ``source``,
    ``grade``, ``kind``, ``campaign``, ``body``, ``leader``, ``code``, ``site``, ``rule``, ``target``). ``digits`` is the
    precision of percentages.

    Raises:
        Refused: an unknown figure, or a breakdown there is not.
    """
    return _answer(names, period, as_of, scope, by, digits, _tallied)


def recounted(
    names: Sequence[str],
    period: Period,
    as_of: date,
    scope: Scope = DISTRICT,
    *,
    by: str = "",
    digits: int = 1,
    visible: Q | None = None,
) -> dict[str, FigureValue]:
    """The same from the records one by one: the authority, and the way for whoever sees only some of them."""

    def counting(figures: list[Figure], period: Period, as_of: date, scope: Scope, dim: str) -> Numbers:
        return _counted(figures, period, as_of, scope, dim, visible or Q())

    return _answer(names, period, as_of, scope, by, digits, counting)


def recounted_each(
    names: Sequence[str], period: Period, as_of: date, column: str, *, within: Q, digits: int = 1
) -> dict[str, dict[str, FigureValue]]:
    """Figures of each value of a column of the records themselves, out of those ``within``; one statement a tally.

    The twin of :func:`recounted` for ten thousand objects at once. A value without a record has no line.
    """
    asked = [registry.figure(name) for name in names]
    needed = sorted(registry.base(names), key=lambda figure: figure.tally.name)
    numbers: Numbers = {}
    for _, group in groupby(needed, key=lambda figure: figure.tally.name):
        alike = list(group)
        for key, line in _grouped(alike, *alike[0].tally.asked(period, as_of), within, column).items():
            numbers.setdefault(key, {}).update(line)
    coverage = Coverage(period, as_of, DISTRICT)
    return {
        key: {figure.name: _value(figure, line, coverage, digits) for figure in asked}
        for key, line in numbers.items()
    }


def records(
    name: str, period: Period, as_of: date, scope: Scope = DISTRICT, *, visible: Q | None = None
) -> QuerySet[Model]:
    """The records a figure counts, out of those the asker may see. A ratio opens its denominator, a sum of two both."""
    figure = registry.figure(name)
    if figure.divides:
        figure = registry.figure(figure.divides[1])
    meant = Q()
    for part in map(registry.figure, figure.adds or (figure.name,)):
        meant |= part.counted(*part.tally.asked(period, as_of))
    return _model(figure.tally).filter(visible or Q(), in_scope(figure.tally, scope), meant)


def ever_kept(name: str) -> bool:
    """Whether a figure is counted here at all: it is declared, and some record of its kind was ever kept.

    Where a district has never kept any, a zero would claim what nobody looked at.
    """
    return name in registry.names() and not never_kept([name])


def never_kept(names: Iterable[str]) -> frozenset[str]:
    """Those of ``names`` of whose kind no record was ever kept; one statement a kind."""
    return frozenset(
        name for tally, kept in registry.by_kind(names).items() if not _model(tally).exists() for name in kept
    )


def in_scope(tally: Tally, scope: Scope) -> Q:
    """The scope as a predicate over the records."""
    wanted = Q()
    for dim in sorted(scope.dims() - tally.dims.keys()):
        raise Refused.because("figure.unknown_scope", f"该指标不能按“{dim}”限定范围，请去掉这项条件。", dim)
    for name, dim in PREFIXES.items():
        column = tally.dims[dim].column if getattr(scope, name) else ""
        lookup = "" if name in scope.exactly else "__startswith"
        any_of = Q()
        for path in getattr(scope, name):
            any_of |= Q(**{column + lookup: path})
        wanted &= any_of
    for dim, kept in scope.singles().items():
        column = tally.dims[dim].column
        wanted &= campaigns.tagged(kept, column) if dim == "campaign" else Q(**{column: kept})
    return wanted


def _model(tally: Tally) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(tally.model)._default_manager.all()
    return rows


def _tallied(figures: list[Figure], period: Period, as_of: date, scope: Scope, dim: str) -> Numbers:
    if any(figure.distinct for figure in figures):
        return _counted(figures, period, as_of, scope, dim, Q())
    measures = [measure for figure in figures for measure in figure.measures()]
    rows = reading.read(figures[0].tally, measures, period, as_of, scope, dim)
    return {
        key: {
            figure.name: Number(
                sum(found[m] for m in [figure.plus] if m) - sum(found[m] for m in [figure.minus] if m),
                found[figure.claimed] if figure.claimed else None,
            )
            for figure in figures
        }
        for key, found in rows.items()
    }


def _counted(
    figures: list[Figure], period: Period, as_of: date, scope: Scope, dim: str, visible: Q
) -> Numbers:
    tally = figures[0].tally
    return _grouped(
        figures, period, as_of, visible & in_scope(tally, scope), tally.dims[dim].column if dim else ""
    )


def _grouped(figures: list[Figure], period: Period, as_of: date, within: Q, column: str) -> Numbers:
    """Amounts by the values of a column, or all under the empty name."""
    aggregates: dict[str, Any] = {}
    anything = Q()
    for place, figure in enumerate(figures):
        when = figure.counted(period, as_of)
        anything |= when
        aggregates[f"amount_{place}"] = _total(figure, when)
        if figure.claimed_when is not None:
            aggregates[f"claimed_{place}"] = Count("pk", filter=when & figure.claimed_when)
    rows = _model(figures[0].tally).filter(within, anything).order_by()
    found = rows.values(column).annotate(**aggregates) if column else [rows.aggregate(**aggregates)]
    return {
        str(row[column] or "") if column else "": {
            figure.name: Number(row[f"amount_{place}"], row.get(f"claimed_{place}"))
            for place, figure in enumerate(figures)
        }
        for row in found
    }


def _total(figure: Figure, when: Q) -> Any:
    if figure.distinct:
        return Count(figure.distinct, filter=when, distinct=True)
    return Coalesce(Sum(figure.amount, filter=when), 0) if figure.amount else Count("pk", filter=when)


def _answer(
    names: Iterable[str], period: Period, as_of: date, scope: Scope, by: str, digits: int, count: Any
) -> dict[str, FigureValue]:
    if by and by not in BY:
        raise Refused.because("figure.unknown_by", f"不能按“{by}”分组，可用：{'、'.join(BY)}。", "by")
    asked = [registry.figure(name) for name in names]
    if scope.campaign:
        scope = replace(scope, campaign=campaigns.present_name(scope.campaign))
    for figure in asked:
        _can_be_told_apart(figure, by)
    numbers: Numbers = {}
    needed = sorted(registry.base(figure.name for figure in asked), key=lambda figure: figure.tally.name)
    for _, group in groupby(needed, key=lambda figure: figure.tally.name):
        alike = list(group)
        when = alike[0].tally.asked(period, as_of)
        for key, line in count(alike, *when, scope, BY.get(by, "")).items():
            numbers.setdefault(key, {}).update(line)
    total = _added(numbers.values(), needed)
    answers = {figure.name: _value(figure, total, Coverage(period, as_of, scope), digits) for figure in asked}
    if by:
        lines = _lines(by, numbers, scope, needed)
        for figure in asked:
            broken = {
                line.name: _value(figure, found, Coverage(period, as_of, line.scope), digits)
                for line, found in lines
            }
            answers[figure.name] = replace(answers[figure.name], by=broken)
    return answers


def _can_be_told_apart(figure: Figure, by: str) -> None:
    if by and BY[by] not in figure.tally.dims:
        fitting = "、".join(name for name, dim in BY.items() if dim in figure.tally.dims)
        raise Refused.because(
            "figure.unknown_by", f"“{figure.label}”不能按“{by}”分组，可用：{fitting}。", "by"
        )


def _added(lines: Iterable[dict[str, Number]], figures: list[Figure]) -> dict[str, Number]:
    total = {figure.name: Number(0, None if figure.claimed is None else 0) for figure in figures}
    for line in lines:
        for name, number in line.items():
            total[name] = total[name].plus(number)
    return total


def _lines(
    by: str, numbers: Numbers, scope: Scope, figures: list[Figure]
) -> list[tuple[Line, dict[str, Number]]]:
    keys = sorted(key for key, line in numbers.items() if any(number.amount for number in line.values()))
    if by == "town":
        named = town_of(keys, scope)
    elif by == "sector":
        named = sector_of(keys, scope)
    elif by == "unit":
        named = unit_of(keys, scope)
    elif by == "leader":
        named = leader_of(keys, scope)
    elif by == "campaign":
        present = campaigns.present_names()
        called = {key: present.get(key, key) for key in keys if key}
        named = {key: Line(name, scope.at(by, name)) for key, name in called.items()}
    else:
        named = {key: Line(label(by, key), scope.at(by, key)) for key in keys}
    gathered: dict[Line, list[dict[str, Number]]] = {}
    for key, line in named.items():
        gathered.setdefault(line, []).append(numbers[key])
    return [(line, _added(parts, figures)) for line, parts in gathered.items()]


def _value(figure: Figure, numbers: dict[str, Number], coverage: Coverage, digits: int) -> FigureValue:
    shared: dict[str, Any] = {
        "figure": figure.name,
        "label": figure.label,
        "unit": figure.unit,
        "kind": figure.kind,
        "coverage": (coverage,),
        "digits": digits,
    }
    if figure.adds:
        return FigureValue(**shared, amount=sum(numbers.get(part, Number()).amount for part in figure.adds))
    if figure.divides:
        above, below = (numbers.get(part, Number()) for part in figure.divides)
        return FigureValue(**shared, numerator=above.amount, denominator=below.amount, claimed=above.claimed)
    number = numbers.get(figure.name, Number())
    return FigureValue(**shared, amount=number.amount, claimed=number.claimed)
