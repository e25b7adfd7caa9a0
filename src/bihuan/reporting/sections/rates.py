"""事故相对指标: deaths per 100 million yuan of GDP and the like, the base with its document, the city's in both readings (M259).

Counted (工矿商贸) and actual (all fields) stand side by side, each with its scope. Without a published base nothing is
divided, and the section says what to enter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bihuan.capabilities.accidents.rates import reading
from bihuan.kernel.documents import Block, FigureRef, Heading, Paragraph, Run, Text
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.rates import Base, Beside, Rate
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sentences import say

HEADING = Heading(2, "事故相对指标")
COUNT = "accidents.count"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_UNVERIFIED = "注：标“待核对”的指标，计算公式尚未与原文件核对。"


def compose(desk: Briefing) -> Part:
    """The section; nothing for a report of one field or unit, whose share of the GDP nobody publishes."""
    asked = desk.question
    region = reading.region_of(asked.scope)
    if region is None or not desk.ever_kept(COUNT):
        return Part()

    def count(names: Sequence[str], scope: Scope) -> Mapping[str, FigureValue]:
        return answers.values(names, asked.period, asked.as_of, scope)

    lines = reading.rates_of(count, region, asked.scope, asked.period, asked.as_of)
    told = [_told(desk, line) for line in lines if line.rate.base is not None]
    blank = dict.fromkeys(line.rate.blank for line in lines if line.rate.base is None)
    blocks: list[Block] = [Paragraph(runs) for runs in told]
    blocks += [Paragraph(say("{why}。", why=why)) for why in blank]
    if any(line.rate.base is not None and line.rate.ratio.mark == "K" for line in lines):
        blocks.append(Paragraph.of(_UNVERIFIED))
    return Part((HEADING, *blocks)) if blocks else Part()


SECTION = Section("rates", 4, compose, frozenset())


def _told(desk: Briefing, line: reading.Line) -> tuple[Run, ...]:
    """One rate: what was counted, the base with stage and document, the rate, and the city's."""
    rate, base = line.rate, line.rate.base
    assert base is not None, "only rates with a base are told"
    mark = "（待核对）" if rate.ratio.mark == "K" else ""
    told = say(
        "{label}{mark}为{rate}{unit}：{scope}{dead}{each}，{name}{base}（{stage}，见《{source}》）",
        label=rate.ratio.label, mark=mark, rate=_rate(desk, rate), unit=rate.ratio.unit, scope=rate.ratio.scope,
        dead=desk.cite.figure(rate.figure), each=rate.figure.unit, name=base.label, base=_published(desk, base),
        stage=base.stage, source=base.source.strip("《》"),
    )  # fmt: skip
    return told + (_above(desk, rate, line.above) if line.above else ()) + (Text("。"),)


def _above(desk: Briefing, rate: Rate, above: Beside) -> tuple[Run, ...]:
    """；全市公布0.057人/亿元，是全市的4.6倍，即比全市高3.6倍."""
    other = _published(desk, above.other, f"{above.other.label}{rate.ratio.label}（公布值）")
    told = say("；{who}公布{other}", who=above.other.label, other=other)
    ref = _rate(desk, rate)
    words = [word for word in (above.multiple_words(), above.rise_words()) if word]
    for lead, word in zip(("，", "，即"), words, strict=False):
        told += (Text(lead), *_numbered(word, ref))
    return told


def _numbered(words: str, ref: FigureRef) -> tuple[Run, ...]:
    """Words of a comparison whose number leads to the rate it was reckoned from."""
    told: list[Run] = []
    end = 0
    for number in _NUMBER.finditer(words):
        told += [Text(words[end : number.start()]), replace(ref, text=number.group())]
        end = number.end()
    return tuple(run for run in (*told, Text(words[end:])) if run.text)


def _rate(desk: Briefing, rate: Rate) -> FigureRef:
    """The rate as a number of its own in the appendix: its proof are the dead it counts and the version it divides by."""
    base, value = rate.base, rate.figure
    assert base is not None, "only rates with a base are told"
    asked = desk.question
    keys = (f"{value.figure}/{value.period.label}/{value.as_of}={value.amount}", base.key)
    href = f"/accidents/statistics/rates/?period={asked.period.label}&as_of={asked.as_of.isoformat()}"
    roll = Roll(
        f"rates.{rate.ratio.code}", rate.ratio.label, rate.ratio.unit, f"{value.caption()}；{base.told}，{base.stage}", keys,
        href, told=rate.text(),
    )  # fmt: skip
    return _offered(desk, roll)


def _published(desk: Briefing, base: Base, label: str = "") -> FigureRef:
    """A published number: its proof is the version it was read from."""
    roll = Roll(
        f"economy.{base.key.partition('=')[0]}", label or base.label, "", f"{base.source}，{base.published_on}，{base.stage}",
        (base.key,), base.href, told=base.told,
    )  # fmt: skip
    return _offered(desk, roll)


def _offered(desk: Briefing, roll: Roll) -> FigureRef:
    """Let the clerk's own words cite it as well; it opens where it is kept, not on a list of records."""
    desk.rolls[roll.label] = roll
    return desk.cite.roll(roll)
