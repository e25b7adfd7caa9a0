"""Rates of a figure by a published base: deaths per 100 million yuan of GDP and the like (M259).

The base is what an office published for exactly the days and the place of the figure; nothing is scaled to fit. A rate
keeps the figure, the base with its document, and the number another office published of the same rate beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bihuan.kernel.figures.comparing import Movement, movement, rounded, trimmed
from bihuan.kernel.figures.values import NOTHING, FigureValue

DIGITS = 3


@dataclass(frozen=True, slots=True)
class Base:
    """A published number: its size in the unit ``per`` counts in, and where it stands written.

    ``told`` is the number as a sentence prints it (56.82亿元), ``stage`` how far its office stands by it.
    """

    label: str
    amount: Decimal
    told: str
    stage: str
    source: str
    published_on: date
    href: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Which figure is divided by which base, and per how much: 1 per 10,000 万元 is deaths per 100 million yuan.

    ``scope`` names what is counted (工矿商贸, or all fields); ``mark`` how far the formula was verified.
    """

    code: str
    label: str
    unit: str
    figure: str
    base: str
    per: int
    scope: str
    mark: str = "K"


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of one period; ``blank`` says what is missing and where to enter it."""

    ratio: Ratio
    figure: FigureValue
    base: Base | None
    blank: str = ""

    @property
    def exact(self) -> Fraction | None:
        """The rate before rounding, None where there is nothing to divide by."""
        if self.base is None or not self.base.amount or self.figure.amount is None:
            return None
        return Fraction(self.figure.amount * self.ratio.per) / Fraction(self.base.amount)

    def text(self, digits: int = DIGITS) -> str:
        """0.088; — without a base."""
        return NOTHING if self.exact is None else rounded(self.exact, digits)

    def words(self, digits: int = DIGITS) -> str:
        """亿元国内生产总值生产安全事故死亡率0.088人/亿元（工矿商贸死亡5人，地区生产总值56.82亿元，初步核算数）."""
        if self.base is None:
            return self.blank
        counted = f"{self.ratio.scope}{self.figure.amount}{self.figure.unit}"
        used = f"{self.base.label}{self.base.told}，{self.base.stage}"
        return f"{self.ratio.label}{self.text(digits)}{self.ratio.unit}（{counted}，{used}）"


@dataclass(frozen=True, slots=True)
class Beside:
    """A rate beside the one another office published (the city's); read in both ways, each with its label."""

    rate: Rate
    other: Base
    moved: Movement

    def multiple_words(self, digits: int = 1) -> str:
        """是全市的4.6倍."""
        if self.moved.multiple is None:
            return ""
        return f"是{self.other.label}的{trimmed(rounded(self.moved.multiple, digits))}倍"

    def rise_words(self, digits: int = 1) -> str:
        """比全市高3.6倍; below twice as much in percent: 比全市高54.4%, 比全市低12.3%."""
        if self.moved.fold is None or self.moved.percent is None:
            return f"{self.other.label}为0，不计算倍数"
        if not self.moved.fold:
            return f"与{self.other.label}持平"
        if self.moved.fold >= 1:
            return f"比{self.other.label}高{trimmed(rounded(self.moved.fold, digits))}倍"
        size = trimmed(rounded(abs(self.moved.percent), digits))
        return f"比{self.other.label}{'高' if self.moved.fold > 0 else '低'}{size}%"


def beside(rate: Rate, other: Base | None) -> Beside | None:
    """The rate beside another office's; None where either is missing."""
    if rate.exact is None or other is None:
        return None
    return Beside(rate, other, movement(rate.exact, other.amount))
