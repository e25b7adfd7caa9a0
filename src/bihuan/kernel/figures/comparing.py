"""Year on year (同比, M260): how much more, by how many percent, by how many times, and how many times as much.

A rise *by* 1.5 times (增长1.5倍) and a number *as large as* 2.5 times (是…的2.5倍) are the same movement and two different
numbers, so each has a field of its own and words of its own. Without a base, or with a base of zero, nobody can divide:
those fields are blank and say why. Everything is exact until it is printed, halves away from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from bihuan.kernel.calendar.periods import Period, day_a_year_before
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures.values import NOTHING, FigureValue

NO_BASE = "没有上年同期数，不作比较"
ZERO_BASE = "上年同期为0，不计算增减幅度"
NO_NUMBER = "本期没有可比较的数"
POINTS_ONLY = "比率只比较相差的百分点"
FEN_PER_WAN = 1_000_000
MOVED_DIGITS = 0
"""Decimals of a movement in a sentence: 上升36%, halves away from zero. Times always keep one: 增长1.5倍."""
MOST_DIGITS = 6
Number = int | Decimal | Fraction


def rounded(number: Fraction, digits: int) -> str:
    """``number`` to ``digits`` decimals, halves away from zero, without a detour over a binary fraction."""
    scaled = abs(number) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if number < 0 and whole else ""
    text = str(whole).rjust(digits + 1, "0")
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def trimmed(text: str) -> str:
    """A printed number without zeros at the end of its decimals: 25.0 is 25."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _never_less(number: Fraction, digits: int, unless: str = "") -> str:
    """``number`` with ``digits`` decimals, and more where it would print as 0, or as ``unless``, and is neither."""
    told = trimmed(rounded(number, digits))
    while number and told in ("0", unless) and digits < MOST_DIGITS:
        digits += 1
        told = trimmed(rounded(number, digits))
    return told


@dataclass(frozen=True, slots=True)
class Movement:
    """From one number to another, each measure of it exact or None; ``blank`` says why some are None.

    ``percent`` and ``fold`` are of the increase (4 on 11 is 36.36 and 0.3636), ``multiple`` is of the whole (15 of 11 is
    1.3636). All but ``multiple`` fall below zero where the number fell.
    """

    change: Fraction | None
    percent: Fraction | None
    fold: Fraction | None
    multiple: Fraction | None
    blank: str = ""

    def percent_text(self, digits: int = 1) -> str:
        """-37.5%; — without a base."""
        return NOTHING if self.percent is None else f"{rounded(self.percent, digits)}%"

    def fold_text(self, digits: int = 1) -> str:
        """By how many times more: 1.5倍."""
        return NOTHING if self.fold is None else f"{rounded(self.fold, digits)}倍"

    def multiple_text(self, digits: int = 1) -> str:
        """How many times as much: 2.5倍."""
        return NOTHING if self.multiple is None else f"{rounded(self.multiple, digits)}倍"

    def rate_words(self, digits: int = MOVED_DIGITS) -> str:
        """上升36%、下降37.5%、增长1.5倍 (from twice as much on), 持平; empty where it cannot be said.

        Times keep a decimal even where percents have none: 增长2倍 for 1.5 would claim half as much again. So does a
        percent that would round to 0% though something moved, or a fall to 100% though something is left.
        """
        if self.change == 0:
            return "持平"
        if self.percent is None or self.fold is None:
            return ""
        if self.fold >= 1:
            return f"增长{trimmed(rounded(self.fold, max(digits, 1)))}倍"
        told = _never_less(abs(self.percent), digits, unless="100" if self.percent != -100 else "")
        return f"{'上升' if self.percent > 0 else '下降'}{told}%"


def movement(now: Number | None, base: Number | None, *, missing: str = NO_BASE) -> Movement:
    """The measures between two numbers of one kind; ``missing`` is the reason printed where ``base`` is None."""
    if now is None or base is None:
        return Movement(None, None, None, None, NO_NUMBER if now is None else missing)
    change = Fraction(now) - Fraction(base)
    if not base:
        return Movement(change, None, None, None, ZERO_BASE)
    fold = change / Fraction(base)
    return Movement(change, fold * 100, fold, fold + 1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure beside the same figure of the same days a year before.

    ``change`` counts in the figure's own whole units (fen for money) or, for a ratio, in percentage points.
    """

    now: FigureValue
    before: FigureValue | None
    moved: Movement

    @property
    def change(self) -> Fraction | None:
        return self.moved.change

    @property
    def percent(self) -> Fraction | None:
        return self.moved.percent

    @property
    def fold(self) -> Fraction | None:
        return self.moved.fold

    @property
    def multiple(self) -> Fraction | None:
        return self.moved.multiple

    @property
    def blank(self) -> str:
        """Why a measure is blank; empty where none is."""
        return self.moved.blank

    @property
    def unit(self) -> str:
        """What ``change`` is printed in: 起, 人, 万元, 个百分点."""
        return {"sum": "万元", "ratio": "个百分点"}.get(self.now.kind, self.now.unit)

    def change_text(self, digits: int | None = None) -> str:
        """+4, -3, +492, +1.2 without the unit; 0 where nothing moved and — without a base."""
        if self.change is None:
            return NOTHING
        told = self._size(abs(self.change), digits)
        return told if not float(told) else f"{'+' if self.change > 0 else '-'}{told}"

    def percent_text(self, digits: int = 1) -> str:
        return self.moved.percent_text(digits)

    def fold_text(self, digits: int = 1) -> str:
        return self.moved.fold_text(digits)

    def multiple_text(self, digits: int = 1) -> str:
        return self.moved.multiple_text(digits)

    def words(self, digits: int = MOVED_DIGITS) -> str:
        """同比增加4起，上升36%; 同比增加492万元，增长1.5倍; 同比持平; or why not, for a sentence."""
        if self.change is None:
            return self.blank
        if not self.change:
            return "同比持平"
        verb = ("提高" if self.change > 0 else "降低") if self.now.kind == "ratio" else ""
        verb = verb or ("增加" if self.change > 0 else "减少")
        told = f"同比{verb}{self._size(abs(self.change), None)}{self.unit}"
        if self.now.kind == "ratio":
            return told
        return (
            f"{told}，{self.moved.rate_words(digits)}"
            if self.percent is not None
            else f"{told}（{self.blank}）"
        )

    def multiple_words(self, digits: int = 1) -> str:
        """是上年同期的2.5倍; empty without a base."""
        return "" if self.multiple is None else f"是上年同期的{_never_less(self.multiple, digits)}倍"

    def _size(self, change: Fraction, digits: int | None) -> str:
        if self.now.kind == "sum":
            return _never_less(change / FEN_PER_WAN, 2 if digits is None else digits)
        if self.now.kind == "ratio":
            return _never_less(change, self.now.digits if digits is None else digits)
        return rounded(change, 0)

    def json(self, digits: int = 1) -> dict[str, object]:
        """The form of the API: each measure by its own name, rounded to ``digits``, null with the reason where blank."""
        measures = {
            name: None if exact is None else rounded(exact, digits)
            for name, exact in (("percent", self.percent), ("fold", self.fold), ("multiple", self.multiple))
        }
        return {
            "figure": self.now.figure, "label": self.now.label, "now": self.now.json(),
            "before": None if self.before is None else self.before.json(),
            "change": None if self.change is None else self.change_text().removeprefix("+"),
            "change_unit": self.unit, **measures, "blank": self.blank, "words": self.words(),
        }  # fmt: skip


def a_year_before(period: Period, as_of: date) -> tuple[Period, date]:
    """The period and cut-off that a year-on-year comparison reads: the same days, as far as they had come.

    A period that is over is set against the whole one a year before (February 2025 against all 29 days of 2024); a week
    is compared day by day of the week.

    Raises:
        Refused: a week 53 whose year before had none.
    """
    before = period.a_year_before()
    if period.label[4:5] == "W":
        return before, before.first + timedelta(days=(as_of - period.first).days)
    day = day_a_year_before(as_of)
    return before, max(day, before.last) if as_of >= period.last else day


def compare(now: FigureValue, before: FigureValue | None, *, missing: str = NO_BASE) -> Comparison:
    """Set a figure beside the same of a year before; ``before`` None is a base nobody has, ``missing`` says why.

    Raises:
        Refused: ``figure.not_alike`` another figure; ``figure.scopes_differ`` another scope or a sum of scopes;
            ``figure.periods_differ`` other days than the same ones a year before.
    """
    if before is None:
        return Comparison(now, None, movement(_exact(now), None, missing=missing))
    _alike(now, before)
    moved = movement(_exact(now), _exact(before), missing=missing)
    if now.kind == "ratio":
        moved = Movement(moved.change, None, None, None, moved.blank if moved.change is None else POINTS_ONLY)
    return Comparison(now, before, moved)


def _exact(value: FigureValue) -> Fraction | None:
    if value.kind != "ratio":
        return None if value.amount is None else Fraction(value.amount)
    if value.numerator is None or not value.denominator:
        return None
    return Fraction(value.numerator * 100, value.denominator)


def _alike(now: FigureValue, before: FigureValue) -> None:
    if (now.figure, now.kind, now.unit) != (before.figure, before.kind, before.unit):
        text = f"“{now.label}”与“{before.label}”不是同一指标，不能比较。"
        raise Refused.because("figure.not_alike", text)
    if len(now.coverage) != 1 or len(before.coverage) != 1 or now.scope != before.scope:
        text = f"“{now.label}”两个数的范围不同（{now.caption()}；{before.caption()}），不能比较；请用同一范围重新统计。"
        raise Refused.because("figure.scopes_differ", text)
    period, as_of = a_year_before(now.period, now.as_of)
    if (before.period.first, before.period.last, before.as_of) != (period.first, period.last, as_of):
        text = (
            f"“{now.label}”两个数的时段不可比（{now.caption()}；{before.caption()}）；"
            f"应与{period.chinese()}、截至 {as_of} 的数比较。"
        )
        raise Refused.because("figure.periods_differ", text)
