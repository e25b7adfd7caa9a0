"""All units' forms of a week in one table, with totals only where scopes cannot overlap (M265)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Any

from bihuan.capabilities.dispatch.weekly.computing import cut_off, fitting, scope_for
from bihuan.capabilities.dispatch.weekly.editions import Values, frozen_of, of_frozen
from bihuan.capabilities.dispatch.weekly.layouts import COLUMNS, SINCE, WEEK, Layout
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue, add

FILED = (FormState.FILED.value, FormState.APPROVED.value)
OVERLAP = "※"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's form as it was filed; without values where nothing was filed."""

    form: WeeklyForm
    values: Values

    @property
    def filed(self) -> bool:
        return self.form.state in FILED


@dataclass(frozen=True, slots=True)
class Summary:
    """The week. ``overlapping`` names the totals that are the district's own figure and not a sum."""

    week: Period
    layout: Layout
    lines: Sequence[Line]
    totals: Mapping[Key, FigureValue]
    overlapping: frozenset[Key]

    @property
    def came(self) -> int:
        return sum(line.filed for line in self.lines)

    def notes(self) -> list[str]:
        """What a reader must know of the totals."""
        told = [f"应报 {len(self.lines)} 家，已报 {self.came} 家；合计只含已报单位，未报的不按零计。"]
        if self.overlapping:
            told.append(f"带{OVERLAP}的一栏，各单位口径有重叠，相加会重复计数，所列为全区数。")
        days = {line.form.as_of for line in self.lines if line.filed}
        if len(days) > 1:
            told.append("各单位数据截至其报送当日，见各单位调度表。")
        return told


def summary_of(week: Period, forms: Sequence[WeeklyForm]) -> Summary:
    """Put a week together from forms read with unit and template; few statements however many units."""
    template = forms[0].template if forms else None
    layout = fitting(template.asks, template.campaign) if template else Layout((), (), ())
    frozen = frozen_of([form.figures for form in forms if form.state in FILED])
    lines = [
        Line(
            form,
            of_frozen(layout, template.campaign, week.label, frozen[form.figures].values())
            if template and form.state in FILED and form.figures in frozen
            else {},
        )
        for form in forms
    ]
    totals, overlapping = _totals(week, layout, template, lines)
    return Summary(week, layout, lines, totals, frozenset(overlapping))


def _totals(
    week: Period, layout: Layout, template: Any, lines: Sequence[Line]
) -> tuple[dict[Key, FigureValue], set[Key]]:
    totals: dict[Key, FigureValue] = {}
    wanted: dict[tuple[str, Scope], list[tuple[Key, str]]] = defaultdict(list)
    for _, row in layout.rows:
        for column in COLUMNS:
            said = [line.values[row.key, column] for line in lines if (row.key, column) in line.values]
            if not said:
                continue
            if _apart(said):
                totals[row.key, column] = reduce(add, said)
            else:
                scope = scope_for(row, template.campaign, Scope())
                wanted[column, scope].append(((row.key, column), row.figure))
    as_of = cut_off(week, clock.today())
    periods = {WEEK: week, SINCE: Period.since(template.counts_from) if template else week}
    for (column, scope), asked in wanted.items():
        found = answers.values(list({name for _, name in asked}), periods[column], as_of, scope)
        totals |= {key: found[name] for key, name in asked}
    return totals, {key for asked in wanted.values() for key, _ in asked}


def _apart(values: Sequence[FigureValue]) -> bool:
    """Whether no record can be counted in two of them; asked beforehand, a refusal would name every scope in words."""
    covers = [value.coverage[0] for value in values]
    return not any(one.meets(other) for one, other in combinations(covers, 2))
