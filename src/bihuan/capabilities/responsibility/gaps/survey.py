"""Which objects nobody answers for, or two do, on a day: over a million of them by grouping what decides.

Who answers depends on place, sector and regulator. The database counts how many objects share each combination, every
combination is resolved once by the ground of the responsibility chain, and what names one object is set right afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.naming.keeping import on_day
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role, Tenure
from bihuan.kernel.responsibility.ground import Choice, Ground
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import in_force
from bihuan.registers.enterprises.dated import in_force as told_by
from bihuan.registers.enterprises.dated_kinds import PRINCIPAL
from bihuan.registers.models import DatedDetail

Key = tuple[str, str, int | None]
"""Region path, sector path and regulator of an object."""


@dataclass(frozen=True, slots=True)
class Line:
    """So many objects of one town stand there for one cause and one subject."""

    cause: Cause
    subject: str
    town: str
    count: int


@dataclass(slots=True)
class Survey:
    """What was found on a day; ``keys`` are the combinations behind each line, ``spared`` the objects that are named
    themselves and so fall out of a cause."""

    on: date
    lines: list[Line] = field(default_factory=list)
    keys: dict[tuple[Cause, str, str], set[Key]] = field(default_factory=lambda: defaultdict(set))
    spared: dict[Cause, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    def count(self, cause: Cause, subject: str | None = None) -> int:
        """How many objects stand there for a cause, and for one subject of it."""
        fitting = (one for one in self.lines if one.cause is cause and subject in (None, one.subject))
        return sum(one.count for one in fitting)

    def subjects(self) -> Mapping[tuple[Cause, str], int]:
        """Every cause with its subject, and how many objects it concerns."""
        found: dict[tuple[Cause, str], int] = defaultdict(int)
        for one in self.lines:
            found[one.cause, one.subject] += one.count
        return found


def standing(on: date) -> Q:
    """What is supervised on a day: registered by then and not yet gone."""
    return (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gt=on))


def survey(on: date, actor: Actor, within: Q | None = None) -> Survey:
    """Everything the actor may see, ``within`` a part of it; a constant number of statements."""
    objects = visible_objects(actor).filter(standing(on), within or Q()).order_by()
    found, own = Survey(on), _named_objects(on, objects)
    ground = Ground(on, {row["uid"] for row in own})
    held = set(Tenure.objects.filter(in_force(on), post__object=None).values_list("post_id", flat=True))
    tally: dict[tuple[Cause, str, str], int] = defaultdict(int)
    towns = Towns()
    zones = Zones(on, towns)
    counted = objects.values_list("region_path", "sector_path", "agency_id").annotate(number=Count("*"))
    for region, sector, agency, number in counted:
        key: Key = (region, sector, agency)
        town = towns.of(region)
        for cause, subject in _causes(ground, held, zones, key, town):
            tally[cause, subject, town] += number
            found.keys[cause, subject, town].add(key)
    _spare(found, tally, ground, held, towns, own)
    for region, number in _headless(objects, on):
        tally[Cause.NO_PRINCIPAL, towns.of(region), towns.of(region)] += number
    found.lines = [Line(*key, number) for key, number in sorted(tally.items()) if number > 0]
    return found


def _vacant(choice: Choice, held: set[int]) -> bool:
    return (choice.seat is None or choice.seat.pk not in held) and not choice.name


def _causes(ground: Ground, held: set[int], zones: Zones, key: Key, town: str) -> Iterator[tuple[Cause, str]]:
    region, sector, own = key
    leads = ground.leads(sector)[1]
    if len(leads) > 1 and (own is None or own in leads):
        yield Cause.TWO_LEADS, sector
    agency = ground.regulator(sector, own)[
        0
    ]  # what no sector leads falls to the comprehensive one, where one is named
    if agency is None:
        yield Cause.NO_LEAD, sector
    elif _vacant(ground.sector(sector, own), held):
        yield Cause.LEAD_VACANT, str(agency)
    if _vacant(ground.territorial(region), held):
        yield Cause.NO_TERRITORY, town or region
    leader = ground.leader(region, sector, agency)
    if _vacant(leader, held):
        yield Cause.NO_LEADER, sector
    elif leader.rivals:
        yield Cause.TWO_LEADERS, sector
    if _vacant(ground.office, held):
        yield Cause.NO_OFFICE, ""
    if zones.missed(region, town):
        yield Cause.NO_ZONE, town


def _named_objects(on: date, objects: QuerySet[SupervisedObject]) -> list[dict[str, Any]]:
    """The objects that some naming is about, with what decides for them."""
    named = on_day(on).filter(kind__in=("pairing", "claim")).values("object")
    rows = objects.filter(pk__in=named).values("uid", "region_path", "sector_path", "agency_id")
    return [dict(row) for row in rows]


def _spare(
    found: Survey,
    tally: dict[tuple[Cause, str, str], int],
    ground: Ground,
    held: set[int],
    towns: Towns,
    own: Iterable[dict[str, Any]],
) -> None:
    """Set right what a pairing or a claim changes for one object."""
    for row in own:
        key: Key = (row["region_path"], row["sector_path"], row["agency_id"])
        town, paired, claimed = towns.of(key[0]), ground.own_leader(row["uid"]), ground.claimed(row["uid"])
        named = {
            Cause.NO_LEADER: paired is not None and not _vacant(paired, held),
            Cause.TWO_LEADERS: paired is not None,
            Cause.NO_TERRITORY: claimed is not None and not _vacant(claimed, held),
        }
        for (cause, subject, where), keys in found.keys.items():
            if named.get(cause) and key in keys:
                tally[cause, subject, where] -= 1
                found.spared[cause].add(row["uid"])
        if claimed is not None and claimed.rivals:
            tally[Cause.TWO_CLAIMS, str(row["uid"]), town] += 1


def headless(objects: QuerySet[SupervisedObject], on: date) -> list[QuerySet[SupervisedObject]]:
    """The objects for whose enterprise nobody is named as head on a day; the same question as the chain's first rung.

    In two parts: what answers for itself, and what an enterprise answers for.
    """

    def headed(uid: str) -> tuple[Exists, Exists]:
        seats = Tenure.objects.filter(in_force(on), post__role=Role.PRINCIPAL, post__object=OuterRef(uid))
        told = DatedDetail.objects.filter(told_by(on), kind=PRINCIPAL.kind, object=OuterRef(uid))
        return Exists(seats), Exists(told.exclude(name=""))

    alone = objects.filter(*(~one for one in headed("uid")))
    theirs = alone.filter(responsible__isnull=False).filter(*(~one for one in headed("responsible")))
    return [alone.filter(responsible=None), theirs]


def _headless(objects: QuerySet[SupervisedObject], on: date) -> Iterator[tuple[str, int]]:
    for part in headless(objects, on):
        yield from part.values_list("region_path").annotate(number=Count("*"))


class Towns:
    """Which town or zone a region path lies in; empty for what lies in none."""

    def __init__(self) -> None:
        rows = Region.objects.filter(level__in=[RegionLevel.TOWN, RegionLevel.ZONE])
        self.names = dict(rows.values_list("path", "name"))
        self._known: dict[str, str] = {}

    def of(self, region_path: str) -> str:
        if region_path not in self._known:
            steps = region_path.split(".")[:-1]
            prefixes = (".".join(steps[: end + 1]) + "." for end in range(len(steps)))
            self._known[region_path] = next((path for path in prefixes if path in self.names), "")
        return self._known[region_path]


class Zones:
    """Where zones exist, and what they cover: where a town has drawn zones, everything in it should lie in one."""

    def __init__(self, on: date, towns: Towns) -> None:
        self._paths = list(on_day(on).filter(kind="zone").values_list("region_path", flat=True))
        self._towns = {towns.of(path) for path in self._paths}
        self._known: dict[str, bool] = {}

    def missed(self, region_path: str, town: str) -> bool:
        if town not in self._towns:
            return False
        if region_path not in self._known:
            self._known[region_path] = not any(region_path.startswith(path) for path in self._paths)
        return self._known[region_path]
