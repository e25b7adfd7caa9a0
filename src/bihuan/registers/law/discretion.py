"""From a violation to a proposed fine: clause, range, factors, band, amount, each with its reason (M096, M128, M139).

Money is integer fen. The band moves one step for each net factor; a recurrence moves it one step by itself. The proposed
amount is the middle of the band, the end of the range where the rule is 上限. Nothing here decides: a person does, inside
the range, and gives a reason where it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bihuan.kernel.documents.numerals import exact_wan_yuan
from bihuan.registers.catalogue_files import entries
from bihuan.registers.law.penalties import Clause

BANDS = ("lighter", "ordinary", "heavier")
STEP_FEN = 10_000
"""Proposals are whole hundreds of yuan."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A circumstance that makes a penalty lighter or heavier; ``mitigates`` allows going below the range."""

    key: str
    label: str
    shift: int
    basis: str
    mark: str
    mitigates: bool

    @property
    def source(self) -> str:
        """The basis, with 待核对 where nobody has compared it with the text."""
        return f"{self.basis}，待核对" if self.mark == "K" else self.basis


@dataclass(frozen=True, slots=True)
class Branch:
    """One row of differentiated enforcement: its condition, what it means for band, inspection and other measures."""

    key: str
    label: str
    when: tuple[str, ...]
    shift: int
    inspection: str
    measures: str
    effective_from: date
    mark: str

    @property
    def words(self) -> str:
        """The branch as it is printed in the file."""
        told = f"差异化执法：{self.label}；检查频次：{self.inspection}"
        told = f"{told}；综合手段：{self.measures}" if self.measures else told
        return f"{told}（待核对）" if self.mark == "K" else told


@dataclass(frozen=True, slots=True)
class Absolute:
    """One of the four absolutes (四个一律)."""

    key: str
    label: str
    demands: str
    mark: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules propose. ``low_fen`` to ``high_fen`` is the band inside the statutory range."""

    clause: Clause
    band: str
    low_fen: int
    high_fen: int
    amount_fen: int
    reasons: tuple[str, ...]
    branch: Branch

    @property
    def band_label(self) -> str:
        return band_label(self.band)


@cache
def _data() -> dict[str, Any]:
    return dict(entries("law_discretion.json"))


@cache
def factors() -> dict[str, Factor]:
    """All factors, by key."""
    return {row["key"]: Factor(**row) for row in _data()["factors"]}


@cache
def absolutes() -> dict[str, Absolute]:
    return {row["key"]: Absolute(**row) for row in _data()["absolutes"]}


@cache
def branches() -> tuple[Branch, ...]:
    """The rule table, the first row that fits counts."""
    return tuple(
        Branch(
            **{**row, "when": tuple(row["when"]), "effective_from": date.fromisoformat(row["effective_from"])}
        )
        for row in _data()["branches"]
    )


def bands() -> dict[str, Any]:
    """The bands of the range, with their basis and mark."""
    return {"rows": _data()["bands"], "basis": _data()["bands_basis"], "mark": _data()["bands_mark"]}


def band_label(band: str) -> str:
    return str(_data()["bands"][band]["label"])


def branch_of(present: Iterable[str], on: date) -> Branch:
    """The branch of differentiated enforcement for the facts present (factor keys and ``first_time``) on a day."""
    known = set(present)
    return next(row for row in branches() if row.effective_from <= on and set(row.when) <= known)


def limits_of(clause: Clause, band: str) -> tuple[int, int]:
    """The band of the range in fen, both ends included."""
    row = _data()["bands"][band]
    width = clause.maximum_fen - clause.minimum_fen
    return (
        clause.minimum_fen + width * row["from_percent"] // 100,
        clause.minimum_fen + width * row["to_percent"] // 100,
    )


def propose(
    clause: Clause,
    present: Sequence[str],
    on: date,
    *,
    recurrence: int = 0,
    at_maximum: bool = False,
    first_time: bool = False,
) -> Proposal:
    """The proposed fine with its reasoning, line by line.

    Args:
        present: keys of the factors found.
        recurrence: how often the same violation was punished before within the window; any raises the band by one.
        at_maximum: the rule is 上限 (四个一律).
        first_time: no case before within the window.
    """
    known = [factors()[key] for key in present]
    keys = [*present, *(["first_time"] if first_time else []), *(["repeated"] if recurrence else [])]
    branch = branch_of(keys, on)
    shift = _shift(known, recurrence, branch)
    band = BANDS[min(max(1 + shift, 0), 2)]
    low, high = limits_of(clause, band)
    amount = clause.maximum_fen if at_maximum else _whole((low + high) // 2, clause)
    reasons = [
        f"依据：{clause.basis}，{clause.tier}，法定幅度 {clause.range_words}（{clause.mark_label}）",
        *(f"{'从轻' if one.shift < 0 else '从重'}情节：{one.label}（{one.source}）" for one in known),
    ]
    if recurrence:
        reasons.append(f"屡整屡犯：此前 {recurrence} 次，裁量档次上调一档")
    reasons.append(branch.words)
    reasons.append(
        f"裁量档次：{band_label(band)}，{exact_wan_yuan(low)}—{exact_wan_yuan(high)}万元（本区裁量基准待核对）"
    )
    if at_maximum:
        reasons.append("四个一律：按规定上限处罚")
    reasons.append(f"建议罚款：{exact_wan_yuan(amount)}万元")
    return Proposal(clause, band, low, high, amount, tuple(reasons), branch)


def _shift(known: Sequence[Factor], recurrence: int, branch: Branch) -> int:
    """Net of the factors, at most one step each way; then recurrence and branch. A fact counts once."""
    named = {one.key for one in known}
    net = sum(one.shift for one in known)
    shift = max(-1, min(1, net)) + (1 if recurrence and "repeated" not in named else 0)
    counted = named | ({"repeated"} if recurrence else set())
    return shift if set(branch.when) & counted else shift + branch.shift


def _whole(fen: int, clause: Clause) -> int:
    rounded = fen // STEP_FEN * STEP_FEN
    return rounded if clause.minimum_fen <= rounded <= clause.maximum_fen and rounded else fen
