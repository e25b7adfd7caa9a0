"""等级 (M208): dead, severely injured and direct loss, each held against the bands of the day; the gravest one counts.

Who is missing is never counted as dead: only the page says how the grade would stand if all were.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.accidents import law
from bihuan.capabilities.accidents.states import Grade
from bihuan.kernel.documents.numerals import exact_wan_yuan
from bihuan.kernel.errors import Failure, Refused

WAN_FEN = 1_000_000
"""One 万元 in fen."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grade and why: which of the three it was reached by."""

    grade: Grade
    reached_by: tuple[str, ...]
    rules: law.Rules

    @property
    def basis(self) -> str:
        """``死亡 3 人（3 人以上）；《…》第三条``."""
        return f"{'，'.join(self.reached_by)}；依据{self.rules.source}"


def grade_of(deaths: int, serious: int, loss_fen: int, on: date) -> Verdict:
    """The grade of an accident of ``on``. ``serious`` includes acute industrial poisoning; money in fen.

    Raises:
        Refused: a negative number, or a day before the rules.
    """
    failures = [
        Failure("accident.negative", f"「{label}」不能小于 0", field)
        for label, field, number in (
            ("死亡人数", "deaths", deaths), ("重伤人数", "serious", serious), ("直接经济损失", "loss", loss_fen),
        )
        if number < 0
    ]  # fmt: skip
    Refused.unless(failures)
    rules = law.rules_on(on)
    for band in rules.bands[:-1]:
        reached = _reached(band, deaths, serious, loss_fen)
        if reached:
            return Verdict(Grade(band.grade), reached, rules)
    second = rules.bands[-2]
    short = f"死亡 {deaths} 人、重伤 {serious} 人、直接经济损失 {exact_wan_yuan(loss_fen)} 万元，均未达到{Grade(second.grade).label}事故"
    return Verdict(Grade(rules.bands[-1].grade), (short,), rules)


def _reached(band: law.Band, deaths: int, serious: int, loss_fen: int) -> tuple[str, ...]:
    found = []
    if deaths >= band.deaths:
        found.append(f"死亡 {deaths} 人（{band.deaths} 人以上）")
    if serious >= band.serious:
        found.append(f"重伤（含急性工业中毒） {serious} 人（{band.serious} 人以上）")
    if loss_fen >= band.loss_wan * WAN_FEN:
        found.append(f"直接经济损失 {exact_wan_yuan(loss_fen)} 万元（{band.loss_wan} 万元以上）")
    return tuple(found)
