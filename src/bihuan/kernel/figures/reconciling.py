"""Numbers that must agree before they are printed: parts make the whole, closed and open make what was received.

A report in which they do not is wrong somewhere, and nobody can tell from the paper where; so it is refused with the
difference named, not printed (M244, M258, N27, N39). Shares of a whole are printed so that they make 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bihuan.kernel.errors import Refused
from bihuan.kernel.figures.comparing import rounded
from bihuan.kernel.figures.values import NOTHING, FigureValue


def balanced(whole: FigureValue, *parts: FigureValue) -> FigureValue:
    """``whole``, once ``parts`` (办结 and 未办结 of what was received) are seen to make it, in the same period and scope.

    Raises:
        Refused: ``figure.not_same_coverage`` they are about different days or places; ``figure.parts_differ`` they make
            another number.
    """
    for part in parts:
        if (part.period, part.as_of, part.scope) != (whole.period, whole.as_of, whole.scope):
            text = f"“{part.label}”（{part.caption()}）与“{whole.label}”（{whole.caption()}）口径不同，无法核对。"
            raise Refused.because("figure.not_same_coverage", text)
    made_of(whole, {part.label: part for part in parts})
    return whole


def whole(value: FigureValue) -> FigureValue:
    """``value``, once the lines of its breakdown are seen to make it.

    Raises:
        Refused: ``figure.parts_differ`` something lies in no line, or in two.
    """
    made_of(value, value.by)
    return value


def made_of(whole: FigureValue, parts: Mapping[str, FigureValue]) -> None:
    """See that ``parts``, each under the name it is printed by, make ``whole``: years their five years.

    Raises:
        Refused: ``figure.parts_differ`` they make another number.
    """
    made = sum(part.amount or 0 for part in parts.values())
    if made == (whole.amount or 0):
        return
    told = " + ".join(f"{name} {_size(part)}" for name, part in parts.items()) or "没有任何分项"
    raise Refused.because(
        "figure.parts_differ",
        f"“{whole.label}”为 {_size(whole)}，而分项（{told}）合计 {_money_or_count(whole, made)}，"
        f"相差 {_money_or_count(whole, abs(made - (whole.amount or 0)))}，不能印出；"
        "请打开记录核对，或请管理员运行 bihuan figures check。",
    )


def _size(value: FigureValue) -> str:
    return _money_or_count(value, value.amount or 0)


def _money_or_count(value: FigureValue, amount: int) -> str:
    """An amount in the unit of ``value``: fen are printed in yuan."""
    return f"{rounded(Fraction(amount, 100), 2)}元" if value.kind == "sum" else f"{amount}{value.unit}"


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole; ``told`` without the sign %, ``plain`` as rounding alone would print it."""

    name: str
    amount: int
    told: str
    plain: str

    @property
    def adjusted(self) -> bool:
        return self.told != self.plain


def shares(parts: Mapping[str, int], digits: int = 1) -> tuple[Share, ...]:
    """Percentages of the sum that make exactly 100: where plain rounding does not, the part whose rounding lost most
    gains a last digit (largest remainder). Without a sum there are none to tell: —.
    """
    total = sum(parts.values())
    if not total:
        return tuple(Share(name, 0, NOTHING, NOTHING) for name in parts)
    unit = 10**digits
    exact = {name: Fraction(amount * 100 * unit, total) for name, amount in parts.items()}
    steps = {name: int(part) for name, part in exact.items()}
    short = 100 * unit - sum(steps.values())
    for name in sorted(exact, key=lambda name: steps[name] - exact[name])[:short]:
        steps[name] += 1
    return tuple(
        Share(name, amount, rounded(Fraction(steps[name], unit), digits), rounded(exact[name] / unit, digits))
        for name, amount in parts.items()
    )


def share_note(found: Sequence[Share]) -> str:
    """What is said under a table whose shares were fitted to 100; empty where plain rounding does it."""
    moved = [f"{share.name} {share.plain}% 记为 {share.told}%" for share in found if share.adjusted]
    return f"为使占比合计为100%，按最大余数法进位：{'、'.join(moved)}。" if moved else ""
