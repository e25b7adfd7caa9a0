"""One set of duties under every published classification: by a table, never by entering them again (M002)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from bihuan.capabilities.responsibility.duties.catalogues.reading import catalogue
from bihuan.capabilities.responsibility.duties.models import Duty
from bihuan.capabilities.responsibility.duties.words import DutyClass, Oversight


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading and the kept classes that stand under it, ``regulatory`` told apart by how a unit supervises."""

    label: str
    takes: tuple[str, ...]

    def condition(self) -> Q:
        """The duties under it."""
        found = Q(pk__in=[])
        for name in self.takes:
            duty_class, _, oversight = name.partition(".")
            found |= Q(duty_class=duty_class, oversight=oversight)
        return found


@dataclass(frozen=True, slots=True)
class Classification:
    """One published classification."""

    key: str
    label: str
    headings: tuple[Heading, ...]

    def heading_of(self, duty: Duty) -> str:
        """Under which heading a duty stands."""
        name = f"{duty.duty_class}.{duty.oversight}" if duty.oversight else str(duty.duty_class)
        return next(heading.label for heading in self.headings if name in heading.takes)

    def ranked(self, duties: QuerySet[Duty]) -> QuerySet[Duty]:
        """The duties with ``rank``, the place of their heading, so that a list runs in the order of the classification."""
        arms = [When(heading.condition(), then=Value(place)) for place, heading in enumerate(self.headings)]
        return duties.annotate(rank=Case(*arms, default=Value(99), output_field=IntegerField()))


@cache
def classifications() -> tuple[Classification, ...]:
    """Every classification of the release.

    Raises:
        ValueError: a class stands under no heading of one, or under two: its duties would be lost or printed twice.
    """
    made = tuple(
        Classification(
            row["key"],
            row["label"],
            tuple(Heading(heading["label"], tuple(heading["takes"])) for heading in row["headings"]),
        )
        for row in catalogue("classifications")["classification"]
    )
    for one in made:
        taken = [name for heading in one.headings for name in heading.takes]
        if sorted(taken) != sorted(_kept()):
            raise ValueError(f"classification {one.key} does not take every class once: {taken}")
    return made


def _kept() -> list[str]:
    plain = [each.value for each in DutyClass if each != DutyClass.REGULATORY]
    return [*plain, *(f"{DutyClass.REGULATORY.value}.{each.value}" for each in Oversight)]


def classification(key: str) -> Classification:
    """The classification called ``key``; the one that duties are kept by where there is none of that name."""
    return next((one for one in classifications() if one.key == key), classifications()[0])
