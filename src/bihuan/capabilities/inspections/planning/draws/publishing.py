"""What the public reads of a draw (一公开): the lot as it was cast and, target by target, what became of the inspection.

A target whose inspection is unannounced stays sealed until the team has arrived; who was called off stays sealed for good.
The lists themselves are for those inside: names of everybody who might have been drawn are nobody's business outside.
So is the seed while a target is sealed: whoever knows the own identity reckons the own lot from it, and with it whether a
visit is to be expected. Once nobody is waited for, the secret and the words called out stand beside it, for everybody to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bihuan.capabilities.inspections import modes
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning.draws.states import DrawState
from bihuan.capabilities.inspections.planning.models import Draw
from bihuan.capabilities.inspections.states import InspectionState
from bihuan.kernel import clock

SEALED = "到场检查后公开"
SEED_SEALED = "暗访暗查的对象全部到场检查后公开"


@dataclass(frozen=True, slots=True)
class Told:
    """One target of a draw: its name or that it is sealed, the mode, the day and the outcome."""

    place: int
    target: str
    mode: str
    visited_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One draw as the public reads it."""

    no: str
    title: str
    organ: str
    basis: str
    drawn_on: date | None
    targets: int
    officers: int
    team: int
    digests: tuple[tuple[str, str], ...]
    results: tuple[Told, ...]


def public_draws() -> QuerySet[Draw]:
    """Draws that were cast and sent out."""
    return Draw.objects.filter(state=DrawState.ARRANGED.value, drawn_at__isnull=False)


def shown(draws: Iterable[Draw]) -> Sequence[Shown]:
    """What is told of each; one statement more for the inspections of them all."""
    listed = list(draws)
    numbers = [no for draw in listed for no in draw.inspections]
    visits = {one.no: one for one in Inspection.objects.filter(no__in=numbers)}
    return [_one(draw, visits) for draw in listed]


def _one(draw: Draw, visits: dict[str, Inspection]) -> Shown:
    names = {one["id"]: one["name"] for one in draw.targets}
    results = tuple(
        _told(row, visits.get(no), names) for row, no in zip(draw.result, draw.inspections, strict=False)
    )
    digests = (
        ("对象名单摘要", draw.targets_digest), ("人员名单摘要", draw.officers_digest),
        ("抽取条件摘要", draw.conditions_digest), ("随机数承诺", draw.commitment), *_seed(draw, visits),
    )  # fmt: skip
    on = clock.day_of(draw.drawn_at) if draw.drawn_at else None
    return Shown(
        draw.no, draw.title, draw.agency.name if draw.agency else "", draw.basis, on, len(draw.targets),
        len(draw.officers), draw.team, tuple((label, value) for label, value in digests if value), results,
    )  # fmt: skip


def _seed(draw: Draw, visits: dict[str, Inspection]) -> Sequence[tuple[str, str]]:
    """What the seed was made of, as soon as it gives no visit away; one that was called off gives none away."""
    found = [visits.get(no) for no in draw.inspections]
    if any(one is None or (one.secret and one.state != InspectionState.CANCELLED) for one in found):
        return (("种子", SEED_SEALED),)
    return (("随机数", draw.secret), ("现场报数", draw.words), ("种子", draw.seed))


def _told(row: dict[str, Any], visit: Inspection | None, names: dict[str, str]) -> Told:
    if visit is None or visit.secret:
        return Told(row["place"], SEALED, "", None, "")
    return Told(
        row["place"], names[row["target"]], modes.label(visit.mode), visit.arrived_on, _outcome(visit)
    )


def _outcome(visit: Inspection) -> str:
    if visit.state == InspectionState.CANCELLED:
        return "检查已取消"
    if visit.finished_on is None:
        return "检查中" if visit.arrived_on else "待检查"
    return f"发现问题 {visit.found_count} 项，依法处理" if visit.found_count else "未发现问题"
