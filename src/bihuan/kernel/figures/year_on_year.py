"""Figures beside those of a year before, where there is a year before: days nobody kept count of are no zeros (M257, M260).

A district that began this spring has no base for this year, though its table says nought. What was taken in from an older
ledger is one: its years count as kept from the first of January of the oldest record on. That is judged for whoever is
asked about: a town whose own ledger begins this year has no last year, however far back its neighbours' reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.comparing import NO_BASE, Comparison, a_year_before, compare
from bihuan.kernel.figures.declarations import Tally
from bihuan.kernel.figures.reading import cells_within
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.tally import delta_table, folded_table
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.territory.trees import the_district

DISTRICT = Scope()


def year_on_year(
    names: Sequence[str], period: Period, as_of: date, scope: Scope = DISTRICT, *, digits: int = 1
) -> dict[str, Comparison]:
    """Each figure beside the same of the same days a year before; two statements a tally, one for its beginning."""
    now = answers.values(names, period, as_of, scope, digits=digits)
    then = answers.values(names, *a_year_before(period, as_of), scope, digits=digits)
    return beside(now, then)


def beside(now: Mapping[str, FigureValue], then: Mapping[str, FigureValue]) -> dict[str, Comparison]:
    """Two answers of the same figures set beside each other; a base of days nobody kept is left out, with the reason."""
    missing = missing_bases(then)
    return {
        name: compare(value, None if name in missing else then[name], missing=missing.get(name, NO_BASE))
        for name, value in now.items()
    }


def missing_bases(then: Mapping[str, FigureValue]) -> dict[str, str]:
    """Those of ``then`` whose days lie before records of their kind were kept here, each with the reason to print."""
    scope = next((value.scope for value in then.values()), DISTRICT)
    began = kept_since(then, scope)
    return {
        name: f"{value.period.chinese()}没有完整登记（自{since.year}年{since.month}月{since.day}日起登记），不作比较"
        for name, value in then.items()
        if value.period.first < (since := began[name])
    }


def kept_since(names: Iterable[str], scope: Scope = DISTRICT) -> dict[str, date]:
    """From when on records of each figure's kind were kept: the district's first day here, or the first of January of
    the oldest record of the place, trades and unit of ``scope``, if that is earlier.

    A narrower question (one kind, one source) changes nothing: who keeps a ledger keeps it of every kind.
    """
    district = the_district()
    began = clock.day_of(district.founded_at) if district else clock.today()
    found: dict[str, date] = {}
    for tally, kept in registry.by_kind(names).items():
        oldest = _oldest(
            tally, Scope(scope.regions, scope.sectors, agency=scope.agency, exactly=scope.exactly)
        )
        since = began if oldest is None else min(began, oldest.replace(month=1, day=1))
        found |= dict.fromkeys(kept, since)
    return found


def _oldest(tally: Tally, scope: Scope) -> date | None:
    """The month of the oldest record; a look at the first entry of an index, however many there are."""
    within, values = cells_within(tally, scope)
    where = " AND ".join(["n > 0", "born < 'infinity'", *within])
    arms = " UNION ALL ".join(
        f"(SELECT born FROM {table} WHERE {where} ORDER BY born LIMIT 1)"  # noqa: S608 - declared
        for table in (folded_table(tally), delta_table(tally))
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MIN(born) FROM ({arms}) AS oldest", [*values, *values])  # noqa: S608 - declared
        found: date | None = cursor.fetchone()[0]
    return found
