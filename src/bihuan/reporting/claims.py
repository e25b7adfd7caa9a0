"""Claims about everything at once that a clerk types: 双降, 全面上升, 全面下降 stand only where the records bear them out (M257, N28).

Whoever cites 【双降】 has it judged where it is printed. Typed in plain words, such a claim is held against the same figures and
flagged with what stands against it: a single indicator that is flat, or has no base, takes 全面 away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bihuan.capabilities.accidents.rates import reading
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.comparing import Comparison, a_year_before, movement
from bihuan.kernel.figures.judging import Moved, Verdict, all_rose, both_fell
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.figures.year_on_year import year_on_year
from bihuan.reporting import looking
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.clauses import TOKEN

BOTH = ("双降", "双下降")
RISE, FALL = ("全面上升", "普遍上升", "全线上升"), ("全面下降", "普遍下降", "全线下降")
CLAIM = re.compile("|".join((*reversed(BOTH), *RISE, *FALL)))
INDICATORS = ("accidents.count", "accidents.deaths", "accidents.loss", "accidents.major")
NO_BASE = "没有可比的上年同期数"


def unsupported(text: str, desk: Briefing) -> Iterator[tuple[int, str, str]]:
    """Where a claim is typed that the records do not bear out: position, the words, and what stands against them."""
    for hit in CLAIM.finditer(TOKEN.sub(lambda token: "　" * len(token.group()), text)):
        verdict = _judged(hit.group(), desk)
        if not verdict.met:
            yield hit.start(), hit.group(), verdict.words


def _judged(claim: str, desk: Briefing) -> Verdict:
    kept = desk.memo.setdefault("claims", {})
    kind = "双降" if claim in BOTH else "上升" if claim in RISE else "下降"
    if kind not in kept:
        kept[kind] = _verdict(kind, desk)
    verdict: Verdict = kept[kind]
    return verdict


def _verdict(kind: str, desk: Briefing) -> Verdict:
    if kind == "双降":
        return looking.both_fell(desk)[0]
    asked = desk.question
    try:
        found = year_on_year(INDICATORS, asked.period, asked.as_of, asked.scope)
    except Refused:
        return Verdict(None, NO_BASE)
    told: list[Comparison | Moved] = [*found.values(), *_rate(desk)]
    return all_rose(*told) if kind == "上升" else both_fell(*told)


def _rate(desk: Briefing) -> Sequence[Moved]:
    """亿元GDP死亡率 beside the year before, where such a rate is kept at all; without last year's it has no base."""
    asked = desk.question
    region = reading.region_of(asked.scope)
    if region is None or not reading.spans_known(region):
        return ()
    before = a_year_before(asked.period, asked.as_of)
    now, then = (
        reading.rates_of(_count(*days), region, asked.scope, *days)[0].rate
        for days in ((asked.period, asked.as_of), before)
    )
    return (Moved(now.ratio.label, movement(now.exact, then.exact)),)


def _count(period: Period, as_of: date) -> reading.Count:
    def count(names: Sequence[str], scope: Scope) -> Mapping[str, FigureValue]:
        return answers.values(names, period, as_of, scope)

    return count
