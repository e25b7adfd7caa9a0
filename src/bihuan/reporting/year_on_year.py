"""同比 in a report's sentences: only where a year before was counted at all, each number of it cited like any other (M260)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bihuan.kernel.documents import FigureRef, Run, Text
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.comparing import Comparison, a_year_before, compare
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.figures.year_on_year import kept_since
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sentences import joined, say

LAST_YEAR = "上年同期"
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?")


def before(desk: Briefing, names: Sequence[str], by: str = "") -> Mapping[str, FigureValue]:
    """The same figures of the same days a year before; empty where the records do not reach back into that year.

    A zero from a time of which nothing was kept would be taken for a good year.
    """
    asked = desk.question
    try:
        period, as_of = a_year_before(asked.period, asked.as_of)
    except Refused:
        return {}
    if not _reaches_back(desk, names[0], period.first, asked.scope):
        return {}
    found = answers.values(names, period, as_of, asked.scope, by=by, digits=asked.digits)
    return {name: _named(value) for name, value in found.items()}


def reaches_back(desk: Briefing, value: FigureValue) -> bool:
    """Whether records of its kind were kept where ``value`` was counted, in the days a year before."""
    period, _ = a_year_before(value.period, value.as_of)
    return _reaches_back(desk, value.figure, period.first, value.scope)


def _reaches_back(desk: Briefing, name: str, first: date, scope: Scope) -> bool:
    """Whether records of this kind were kept there since before ``first``; asked once a report and place."""
    key = f"{LAST_YEAR} {registry.figure(name).tally.name} {sorted(scope.json().items())}"
    if key not in desk.memo:
        desk.memo[key] = kept_since([name], scope)[name]
    return bool(desk.memo[key] <= first)


def _named(value: FigureValue) -> FigureValue:
    """Its name says in every place that it is last year's."""
    label = f"{value.label}（{LAST_YEAR}）"
    return replace(value, label=label, by={name: replace(one, label=label) for name, one in value.by.items()})


def compared(desk: Briefing, now: FigureValue, then: Mapping[str, FigureValue]) -> Comparison:
    """A figure beside its own of the year before."""
    return compare(now, then.get(now.figure))


def moved(desk: Briefing, now: FigureValue, then: Mapping[str, FigureValue]) -> tuple[Run, ...]:
    """上年同期3起，同比增加1起，上升33.3%; empty without a base. Every number opens the records of last year."""
    found = compared(desk, now, then)
    if found.before is None:
        return ()
    base = desk.cite.figure(found.before)
    unit = "" if found.before.kind in ("sum", "ratio") else found.before.unit
    return joined((*say("上年同期{base}{unit}，", base=base, unit=unit), *_cited(found.words(), base)))


def _cited(words: str, base: FigureRef) -> tuple[Run, ...]:
    """The words of a comparison; what was reckoned from last year's number leads to it."""
    told: list[Run] = []
    end = 0
    for number in _NUMBER.finditer(words):
        told += [Text(words[end : number.start()]), replace(base, text=number.group())]
        end = number.end()
    told.append(Text(words[end:]))
    return tuple(run for run in told if run.text)
