"""A figure's value and what it means: without period, cut-off and scope no two can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures.declarations import Kind
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.wording import scope_words

NOTHING = "—"
WHOLE: Mapping[str, FigureValue] = MappingProxyType({})
"""No breakdown was asked for; one that was may still have no lines."""


def half_up(numerator: int | Decimal, denominator: int, digits: int) -> str:
    """``numerator / denominator`` to ``digits`` decimals, halves up: 518 of 526 in percent is 98.5."""
    step = Decimal(1).scaleb(-digits)
    return str((Decimal(numerator) / Decimal(denominator)).quantize(step, ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one number is about."""

    period: Period
    as_of: date
    scope: Scope

    def meets(self, other: Coverage) -> bool:
        """Whether one record could be counted in both."""
        same_days = self.period.first <= other.period.last and other.period.first <= self.period.last
        return same_days and self.scope.meets(other.scope)

    def words(self) -> str:
        """2023年上半年，截至2023年6月30日，全区，工贸."""
        cut = f"截至{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日"
        return "，".join([self.period.chinese(), cut, *scope_words(self.scope)])


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One answered figure. Money is whole fen inside and yuan outside; a ratio keeps its two counts.

    ``claimed`` says how many of a count only a ledger vouches for. ``coverage`` has several parts after an
    addition.
    """

    figure: str
    label: str
    unit: str
    kind: Kind
    coverage: tuple[Coverage, ...]
    amount: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    claimed: int | None = None
    digits: int = 1
    overlap: str = ""
    by: Mapping[str, FigureValue] = field(default_factory=lambda: WHOLE)

    @property
    def period(self) -> Period:
        return self.coverage[0].period

    @property
    def as_of(self) -> date:
        return self.coverage[0].as_of

    @property
    def scope(self) -> Scope:
        return self.coverage[0].scope

    @property
    def value(self) -> int | str | None:
        """Count as a whole number; yuan and percent as text; None where there is nothing to divide by."""
        if self.kind in ("count", "total"):
            return self.amount
        if self.kind == "sum":
            return half_up(self.amount or 0, 100, 2)
        return self.percent(self.digits)

    def percent(self, digits: int) -> str | None:
        """The ratio to the digits a sentence asks for, half up; None without a denominator."""
        if self.numerator is None or not self.denominator:
            return None
        return half_up(self.numerator * 100, self.denominator, digits)

    def wan(self, digits: int = 2) -> str:
        """Money in 万元, half up."""
        return half_up(self.amount or 0, 1_000_000, digits)

    def text(self, digits: int | None = None) -> str:
        """As a sentence prints it, with its unit: 526项、98.5%、27100.00元; — where there is nothing."""
        if self.kind == "ratio":
            percent = self.percent(self.digits if digits is None else digits)
            return NOTHING if percent is None else f"{percent}%"
        return f"{self.value}{self.unit}"

    def caption(self) -> str:
        """Period, cut-off and scope in words; every printed figure can say them (M265)."""
        words = "；".join(part.words() for part in self.coverage)
        return f"{words}（口径有重叠：{self.overlap}）" if self.overlap else words

    def json(self) -> dict[str, Any]:
        """The form of the command line and the API."""
        shown: dict[str, Any] = {"value": self.value}
        if self.kind == "ratio":
            shown |= {"numerator": self.numerator, "denominator": self.denominator}
        if self.kind != "count":
            shown["unit"] = self.unit
        if self.claimed is not None:
            shown["claimed"] = self.claimed
        if self.by is not WHOLE:
            shown["by"] = {name: line.json() for name, line in self.by.items()}
        return shown


def add(a: FigureValue, b: FigureValue, *, overlap: str = "") -> FigureValue:
    """The two together. Records in both would count twice, so overlapping scopes are refused (M265).

    ``overlap`` says why the sum is wanted all the same; it stays with the result and is printed. Ratios are
    pooled.

    Raises:
        Refused: different figures, or scopes that are not provably apart.
    """
    if a.figure != b.figure:
        raise Refused.because("figure.not_alike", f"“{a.label}”与“{b.label}”不是同一指标，不能相加。")
    meeting = [(p, q) for p in a.coverage for q in b.coverage if p.meets(q)]
    if meeting and not overlap:
        p, q = meeting[0]
        raise Refused.because(
            "figure.overlap",
            f"“{a.label}”的两个口径有重叠（{p.words()}；{q.words()}），相加会重复计数。"
            "请改用互不交叉的范围，或注明理由后再加。",
        )
    return replace(
        a,
        coverage=a.coverage + b.coverage,
        amount=_plus(a.amount, b.amount),
        numerator=_plus(a.numerator, b.numerator),
        denominator=_plus(a.denominator, b.denominator),
        claimed=_plus(a.claimed, b.claimed),
        overlap="；".join(
            dict.fromkeys(part for part in (a.overlap, b.overlap, overlap if meeting else "") if part)
        ),
        by=WHOLE,
    )


def _plus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b
