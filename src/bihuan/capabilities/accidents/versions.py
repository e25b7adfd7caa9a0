"""Appending versions of the facts (M206, M209): grade and counted numbers are worked out here and nowhere else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.capabilities.accidents import clocks
from bihuan.capabilities.accidents.grading import grade_of
from bihuan.capabilities.accidents.models import COUNTS, Accident, AccidentVersion
from bihuan.capabilities.accidents.states import Told
from bihuan.kernel import clock

NUMBERS = (*COUNTS, "loss_fen")
KEPT = (
    "occurred_on", "branch", "type", "grade", *COUNTS, "loss_fen", "counted_deaths", "counted_serious", "region_path",
    "sector_path", "agency_id", "object_id", "unit", "no",
)  # fmt: skip
"""Columns that a version takes over from the accident as it stands after the deed."""
DECIDED = frozenset({Told.INVESTIGATED})
"""What counts whenever it is found: how it was all along, not how it went on."""


def apply(
    accident: Accident, given: Any, context: Any, *, cause: Told, known_at: datetime, evidence: str
) -> None:
    """Take over the numbers, grade anew and leave a version behind."""
    former = {name: getattr(accident, name) for name in NUMBERS}
    for name in COUNTS:
        setattr(accident, name, getattr(given, name))
    accident.loss_fen = given.loss
    changed = [
        name for name in NUMBERS if cause in (Told.FIRST, Told.VERIFIED) or getattr(accident, name) != former[name]
    ]  # fmt: skip
    told = {"at": known_at.isoformat(), "evidence": evidence, "version": accident.told + 1}
    accident.confirmed = {**accident.confirmed, **dict.fromkeys(changed, told)}
    if cause in DECIDED or _in_time(accident, known_at):
        _count(accident)
    else:
        context.facts["not_counted"] = True
    append(accident, context, cause=cause, known_at=known_at, evidence=evidence)
    if cause is not Told.FIRST:
        context.facts["former"] = {
            name: former[name] for name in changed if former[name] != getattr(accident, name)
        }


def _count(accident: Accident) -> None:
    accident.counted_deaths = accident.deaths
    accident.counted_serious = accident.serious + accident.poisoned


def _in_time(accident: Accident, known_at: datetime) -> bool:
    known_on = clock.day_of(known_at)
    return known_on <= clocks.counts_until(accident.occurred_on, accident.branch)


def append(accident: Accident, context: Any, *, cause: Told, known_at: datetime, evidence: str) -> None:
    """Grade what stands now and append it as a version once the entry is written."""
    verdict = grade_of(
        accident.counted_deaths, accident.counted_serious, accident.loss_fen, accident.occurred_on
    )
    if accident.grade and accident.grade != verdict.grade:
        context.facts["former_grade"] = accident.grade
    accident.grade = verdict.grade.value
    accident.told += 1
    context.facts |= {"grade": accident.grade, "grade_basis": verdict.basis, "version": accident.told}
    number, recorded_at, name = accident.told, context.at, context.actor.name
    context.afterwards.append(lambda: _write(accident, number, cause, known_at, evidence, name, recorded_at))


def _write(
    accident: Accident, number: int, cause: Told, known_at: datetime, evidence: str, name: str, at: datetime
) -> None:
    day = clock.day_of(known_at)
    last = accident.versions.filter(valid_until=None).first()
    since = max(day, last.valid_from) if last is not None else day
    if last is not None:
        last.valid_until = since
        last.save(update_fields=["valid_until"])
    AccidentVersion.objects.create(
        accident=accident, number=number, cause=cause.value, known_at=known_at, valid_from=since, evidence=evidence[:500],
        told_by=name[:60], recorded_at=at, late=bool(accident.late_minutes),
        **{column: getattr(accident, column) for column in KEPT},
    )  # fmt: skip


def end(accident: Accident, context: Any) -> None:
    """What was no accident counts from this day on no more; reports of days before keep what was known then."""

    def close() -> None:
        last = accident.versions.filter(valid_until=None).first()
        if last is not None:
            last.valid_until = max(context.day, last.valid_from)
            last.save(update_fields=["valid_until"])

    context.afterwards.append(close)
