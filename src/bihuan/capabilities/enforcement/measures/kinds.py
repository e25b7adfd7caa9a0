"""What law each kind of measure and each ground rests on; the room's own table, so that no page argues another law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bihuan.capabilities.enforcement.measures.states import Family, Ground, MeasureKind, Supply

Mark = Literal["V1", "V2", "K"]
TO_CHECK = "待核对"


@dataclass(frozen=True, slots=True)
class KindOf:
    """One kind: its family, the law it stands on with the mark of that text, and whether it stops the whole object."""

    kind: MeasureKind
    family: Family
    basis: str
    mark: Mark
    stops_all: bool = False


@dataclass(frozen=True, slots=True)
class GroundOf:
    """One ground: the law, its mark, and the families it may carry."""

    ground: Ground
    basis: str
    mark: Mark
    families: frozenset[Family]


_STOP, _SEIZURE, _CLOSURE = (frozenset({one}) for one in (Family.STOP, Family.SEIZURE, Family.CLOSURE))
_65 = "《安全生产法》第六十五条第一款第三项"

KINDS: dict[str, KindOf] = {
    one.kind.value: one
    for one in (
        KindOf(MeasureKind.STOP_PRODUCTION, Family.STOP, _65, "V1"),
        KindOf(MeasureKind.STOP_WORK, Family.STOP, _65, "V1"),
        KindOf(MeasureKind.STOP_USE, Family.STOP, _65, "V1"),
        KindOf(MeasureKind.SUSPENSION, Family.STOP, "《安全生产法》第一百零二条", "V1", stops_all=True),
        KindOf(MeasureKind.IMMEDIATE_CLOSURE, Family.STOP, _65, "V1", stops_all=True),
        KindOf(MeasureKind.SEALING, Family.SEIZURE, "《安全生产法》第六十五条第一款第四项", "V1"),
        KindOf(MeasureKind.SEIZING, Family.SEIZURE, "《安全生产法》第六十五条第一款第四项", "V1"),
        KindOf(MeasureKind.CLOSURE, Family.CLOSURE, "《安全生产法》第一百一十三条", "V1", stops_all=True),
        KindOf(MeasureKind.BAN, Family.CLOSURE, "《安全生产法》第六十三条", "V1", stops_all=True),
        KindOf(MeasureKind.CUT_POWER, Family.CUTOFF, "《安全生产法》第七十条", "V1"),
        KindOf(MeasureKind.CUT_EXPLOSIVES, Family.CUTOFF, "《安全生产法》第七十条", "V1"),
    )
}

GROUNDS: dict[str, GroundOf] = {
    one.ground.value: one
    for one in (
        GroundOf(Ground.MAJOR_HAZARD, _65, "V1", _STOP),
        GroundOf(Ground.OVERDUE, "《安全生产法》第九十七条、第九十八条、第一百零一条、第一百零二条", "V1", _STOP),
        GroundOf(Ground.THREE_SIMULTANEOUS, "《安全生产法》第九十八条", "V1", _STOP),
        GroundOf(Ground.WAGES, "本区规定：拖欠工资满两个月的停产整顿", "K", _STOP),
        GroundOf(Ground.NO_LICENCE, "《安全生产许可证条例》第十九条；本区规定的办证期限", "K", _STOP | _CLOSURE),
        GroundOf(Ground.NO_CONDITIONS, "《安全生产法》第二十条、第六十三条", "V1", _STOP | _CLOSURE),
        GroundOf(Ground.WEATHER, "本区规定：恶劣天气停止户外作业", "K", _STOP),
        GroundOf(Ground.REPEATED_PENALTIES, "《安全生产法》第一百一十三条第一项", "V1", _CLOSURE),
        GroundOf(Ground.STILL_UNFIT, "《安全生产法》第一百一十三条第二项", "V1", _CLOSURE),
        GroundOf(Ground.DISOBEYED, "《安全生产法》第一百一十三条第四项", "V1", _CLOSURE),
        GroundOf(Ground.ILLEGAL, "《安全生产法》第六十三条", "V1", _STOP | _CLOSURE),
        GroundOf(Ground.SUBSTANDARD, "《安全生产法》第六十五条第一款第四项", "V1", _SEIZURE),
    )
}  # fmt: skip

SUPPLY: dict[str, Supply] = {
    MeasureKind.CUT_POWER.value: Supply.POWER,
    MeasureKind.CUT_EXPLOSIVES.value: Supply.EXPLOSIVES,
}
"""What is cut off by which kind."""

MONTHS_UNPAID = 2
"""Wages owed for so many months and more stop production (local rule, K)."""


def family_of(kind: str) -> Family:
    return KINDS[kind].family


def kinds_of(family: Family) -> tuple[tuple[str, str], ...]:
    """The kinds of a family as choices of a form."""
    return tuple((one.kind.value, one.kind.label) for one in KINDS.values() if one.family is family)


def grounds_of(family: Family) -> tuple[tuple[str, str], ...]:
    """The grounds of a family as choices of a form; what is not checked against the law says so."""
    return tuple(
        (one.ground.value, one.ground.label + (f"（{TO_CHECK}）" if one.mark == "K" else ""))
        for one in GROUNDS.values()
        if family in one.families
    )


def basis_of(kind: str, ground: str) -> str:
    """The law of the measure and of its ground, each with its mark where it is not yet checked."""
    told: list[KindOf | GroundOf] = [KINDS[kind]]
    if ground in GROUNDS:
        told.append(GROUNDS[ground])
    words = dict.fromkeys(one.basis + (f"（{TO_CHECK}）" if one.mark == "K" else "") for one in told)
    return "；".join(words)
