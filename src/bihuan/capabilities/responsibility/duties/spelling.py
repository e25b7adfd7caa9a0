"""Checks that are made of everything of a kind, and how long each has come out one way: the ground of coverage figures.

A check is a function that judges all its subjects on a day (every post: has it a duty?). What came out is kept as spells, so
that a ratio of any day opens the very posts it counts, and a gap is a row with an owner before somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from bihuan.capabilities.responsibility.duties.models.spells import Spell
from bihuan.kernel import clock


@dataclass(frozen=True, slots=True)
class Judged:
    """How one subject came out. ``subject`` names it within the check, ``href`` is where it is mended."""

    subject: str
    label: str
    passes: bool
    level: str
    why: str = ""
    region_path: str = ""
    sector_path: str = ""
    agency: int = 0
    object: UUID | None = None
    href: str = ""


Judge = Callable[[date, "Collection[str] | None"], Iterable[Judged]]


@dataclass(frozen=True, slots=True)
class Check:
    """``judge`` gives every subject of the day, or only those named. ``nightly`` ones look at every enterprise.

    ``often`` names the subjects of another check that are looked at by day as well; the rest, by far the most, by night
    and after every deed that concerns them.
    """

    name: str
    label: str
    missing: str
    judge: Judge
    nightly: bool = False
    often: Callable[[], Collection[str]] | None = None


_checks: dict[str, Check] = {}
_WEIGHTY = ("passes", "level", "region_path", "sector_path", "agency", "object")
_WORDS = ("label", "why", "href")


def declare(check: Check) -> Check:
    """Make a check known; called once, when its room is ready."""
    _checks[check.name] = check
    return check


def checks() -> tuple[Check, ...]:
    """All checks, in the order they were declared."""
    return tuple(_checks.values())


def refresh(*names: str, only: Collection[str] | None = None) -> int:
    """Judge anew and write down what changed today; how many subjects changed. Safe to repeat, also by two at once.

    ``only`` limits it to some subjects, after a deed that concerned them alone.
    """
    return sum(_refresh(check, only) for check in checks() if not names or check.name in names)


def refresh_often() -> int:
    """Judge anew what is few; how many subjects changed."""
    return sum(
        _refresh(check, check.often() if check.often is not None else None)
        for check in checks()
        if not check.nightly
    )


def _refresh(check: Check, only: Collection[str] | None) -> int:
    today = clock.today()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"spells {check.name}"])
        standing = Spell.objects.filter(check_name=check.name, until=None)
        if only is not None:
            standing = standing.filter(subject__in=only)
        before = {spell.subject: spell for spell in standing}
        found = {one.subject: one for one in check.judge(today, only)}
        ended = [spell for subject, spell in before.items() if _differs(spell, found.get(subject))]
        for spell in ended:
            spell.until = max(today, spell.since)
        Spell.objects.bulk_update(ended, ["until"], batch_size=1000)
        over = {spell.subject for spell in ended}
        begun = [one for subject, one in found.items() if subject not in before or subject in over]
        Spell.objects.bulk_create([_spell(check, one, today) for one in begun], batch_size=1000)
        _reword([(before[s], one) for s, one in found.items() if s in before and s not in over])
        return len({*over, *(one.subject for one in begun)})


def _differs(spell: Spell, now: Judged | None) -> bool:
    return now is None or any(getattr(spell, name) != getattr(now, name) for name in _WEIGHTY)


def _reword(pairs: list[tuple[Spell, Judged]]) -> None:
    """Other words for what stands as it stood."""
    changed = []
    for spell, now in pairs:
        if any(getattr(spell, name) != getattr(now, name) for name in _WORDS):
            spell.label, spell.why, spell.href = now.label[:200], now.why[:300], now.href
            changed.append(spell)
    Spell.objects.bulk_update(changed, list(_WORDS), batch_size=1000)


def _spell(check: Check, one: Judged, since: date) -> Spell:
    return Spell(
        check_name=check.name, subject=one.subject, label=one.label[:200], passes=one.passes, why=one.why[:300],
        level=one.level, region_path=one.region_path, sector_path=one.sector_path, agency=one.agency,
        object=one.object, href=one.href, since=since,
    )  # fmt: skip
