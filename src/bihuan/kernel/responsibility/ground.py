"""Everything that decides who answers on one day, read once: for one object or for a million the same few statements.

Who answers depends on a place, a sector and a regulator; few of their combinations exist, so each is resolved once.
What names one single object (包联, 辖区认领, who heads the enterprise) goes before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from bihuan.kernel import lookups  # noqa: F401 - any_of
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.responsibility.rungs import Level
from bihuan.kernel.responsibility.sources import Named, namings
from bihuan.kernel.territory.models import AgencyKind, Regulation
from bihuan.kernel.territory.trees import in_force

REGULATORS = (Role.REGULATOR, Role.OFFICER)
HEADS = "生产经营单位的主要负责人是本单位安全生产第一责任人（《安全生产法》第五条）"
TERRITORY = "镇街对辖区安全生产负属地管理责任（《安全生产法》第九条）"
TRADE = "管行业必须管安全（《安全生产法》第三条）"
REGISTERED = f"登记的监管部门，{TRADE}"
COORDINATES = "安委办综合协调"
LEADS = "党政领导按分工对分管领域安全生产负责"


class Seat(NamedTuple):
    """A post as far as the chain looks at it."""

    pk: int
    role: str
    title: str
    heads: bool
    agency_id: int | None
    agency: str
    agency_kind: str
    region_path: str
    sector_paths: Sequence[str]
    object: UUID | None


_COLUMNS = (
    "pk", "role", "title", "heads", "agency_id", "agency__name", "agency__kind", "region_path", "sector_paths", "object",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Who stands on a rung by which rule: a seat, or a name the register knows, or neither. ``rivals``: as many again
    whom a rule of the same weight names; that is a conflict, and the first of them stands until it is settled."""

    rule: str
    seat: Seat | None = None
    name: str = ""
    title: str = ""
    rivals: tuple[int, ...] = ()
    agency_id: int | None = None


def seats(wanted: Q) -> list[Seat]:
    """The posts that fit, heads before others."""
    rows = Post.objects.filter(wanted).order_by("-heads", "id").values_list(*_COLUMNS)
    return [
        Seat(pk, role, title, heads, agency, name or "", kind or "", region, sectors, uid)
        for pk, role, title, heads, agency, name, kind, region, sectors, uid in rows
    ]


def _first_of_object(found: Iterable[Seat]) -> dict[UUID, Seat]:
    """The post of the head of each enterprise; whoever heads it before others."""
    heads: dict[UUID, Seat] = {}
    for seat in found:
        if seat.object is not None:
            heads.setdefault(seat.object, seat)
    return heads


class Ground:
    """What decides on the day ``on``; ``objects`` are those whose own namings are read as well."""

    def __init__(self, on: date, objects: Collection[UUID] = ()) -> None:
        self.on = on
        self.named = list(namings(on, objects or None))
        wanted = Q(object=None, role__in=[Role.TOWN, Role.LEADER, *REGULATORS])
        wanted |= Q(object=None, role=Role.OFFICE, agency__kind=AgencyKind.COMMITTEE_OFFICE)
        if objects:
            wanted |= Q(object__any_of=list(objects), role=Role.PRINCIPAL)
        found = seats(wanted)
        self.posts = [seat for seat in found if seat.object is None]
        self.principals = _first_of_object(found)
        self._by_pk = {seat.pk: seat for seat in self.posts}
        self._regulations = list(
            Regulation.objects.filter(in_force(on), lead=True)
            .order_by("id")
            .values_list("sector__path", "sector__name", "agency_id")
        )
        self._paired: dict[UUID, Named] = {}
        self._claims: dict[UUID, list[tuple[str, int]]] = {}
        self._known: dict[UUID, Named] = {}
        self._sort_own()
        self._general = [one for one in self.named if one.object is None and one.rung]
        self._leaders = self._leading()
        self._regulators = _first_of_agency(seat for seat in self.posts if seat.role in REGULATORS)
        self._clerks = _first_of_agency(seat for seat in self.posts if seat.role == Role.TOWN)
        self._leads: dict[str, tuple[str, tuple[int, ...]]] = {}
        self._territories: dict[str, Choice] = {}
        self._regulating: dict[str, tuple[int | None, str, tuple[int, ...]]] = {}
        self._sectors: dict[tuple[str, int | None], Choice] = {}
        self._led: dict[tuple[str, str, int | None], Choice] = {}
        self.office = Choice(COORDINATES, next((one for one in self.posts if one.role == Role.OFFICE), None))

    def seat(self, pk: int) -> Seat | None:
        """A post by its key; those that no rung asks for by role are read when they are named."""
        if pk not in self._by_pk:
            self._read_named()
        return self._by_pk.get(pk)

    def _read_named(self) -> None:
        missing = {one.post_id for one in self.named if one.post_id is not None} - set(self._by_pk)
        self._by_pk |= {seat.pk: seat for seat in seats(Q(pk__in=missing))}

    def head_of(self, agency: int) -> Seat | None:
        """Who answers for a unit: its first regulator, or a town's head."""
        return self._regulators.get(agency) or self._clerks.get(agency)

    def leads(self, sector_path: str) -> tuple[str, tuple[int, ...]]:
        """The name of the nearest sector at or above that is led by anybody, and who leads it; several are a conflict."""
        if sector_path not in self._leads:
            fitting = [row for row in self._regulations if sector_path and sector_path.startswith(row[0])]
            length = max((len(row[0]) for row in fitting), default=0)
            nearest = [row for row in fitting if len(row[0]) == length]
            name = nearest[0][1] if nearest else ""
            self._leads[sector_path] = (name, tuple(dict.fromkeys(row[2] for row in nearest)))
        return self._leads[sector_path]

    def regulator(self, sector_path: str, own: int | None) -> tuple[int | None, str, tuple[int, ...]]:
        """The unit that regulates, the rule, and its rivals: the register's, the sector's lead, else the comprehensive one."""
        if own is not None:
            return own, REGISTERED, ()
        if sector_path not in self._regulating:
            self._regulating[sector_path] = self._regulating_by(sector_path)
        return self._regulating[sector_path]

    def _regulating_by(self, sector_path: str) -> tuple[int | None, str, tuple[int, ...]]:
        name, agencies = self.leads(sector_path)
        if agencies:
            return agencies[0], f"{name}的牵头监管部门，{TRADE}", agencies[1:]
        backing = [one for one in self._general if one.level is Level.SECTOR and one.agency_id is not None]
        fitting = [one for one in backing if sector_path.startswith(one.sector_path)]
        best = max(fitting, key=lambda one: len(one.sector_path), default=None)
        return (best.agency_id, best.rule, ()) if best else (None, TRADE, ())

    def sector(self, sector_path: str, own: int | None) -> Choice:
        """Who answers for the unit that regulates."""
        key = (sector_path, own)
        if key not in self._sectors:
            agency, rule, rivals = self.regulator(sector_path, own)
            seat = None if agency is None else self._regulators.get(agency)
            self._sectors[key] = Choice(rule, seat, rivals=rivals, agency_id=agency)
        return self._sectors[key]

    def territorial(self, region_path: str) -> Choice:
        """The head of the town an object lies in."""
        if region_path not in self._territories:
            fitting = [
                seat
                for seat in self.posts
                if seat.role == Role.TOWN and seat.region_path and region_path.startswith(seat.region_path)
            ]
            best = max(fitting, key=lambda seat: (seat.heads, len(seat.region_path)), default=None)
            self._territories[region_path] = Choice(TERRITORY, best)
        return self._territories[region_path]

    def leader(self, region_path: str, sector_path: str, agency_id: int | None) -> Choice:
        """The leader in charge: the most special naming wins; one of the same weight is a rival."""
        key = (region_path, sector_path, agency_id)
        if key not in self._led:
            fitting = [pair for pair in self._leaders if pair[1].fits(*key)]
            self._led[key] = self._best(fitting)
        return self._led[key]

    def _leading(self) -> list[tuple[tuple[int, ...], Named]]:
        """Every naming of a leader with its weight. A leader with dated sectors is named by these alone: the reach of
        the post then only says what may be seen."""
        given = [one for one in self._general if one.level is Level.LEADER and one.post_id is not None]
        dated = {one.post_id for one in given if one.sector_path}
        found = [((one.rank, 1, len(one.sector_path), len(one.region_path), 0), one) for one in given]
        for seat in self.posts:
            if seat.role != Role.LEADER or seat.pk in dated:
                continue
            for sector in seat.sector_paths or [""]:
                naming = Named(Level.LEADER, LEADS, seat.pk, region_path=seat.region_path, sector_path=sector)
                weight = (3 if sector else 0, 0, len(sector), len(seat.region_path), int(seat.heads))
                found.append((weight, naming))
        return sorted(found, key=lambda pair: pair[0], reverse=True)

    def _best(self, fitting: Sequence[tuple[tuple[int, ...], Named]]) -> Choice:
        if not fitting:
            return Choice(LEADS)
        weight, first = fitting[0]
        alike = {one.post_id for other, one in fitting if other == weight and weight[0]} - {first.post_id}
        assert first.post_id is not None
        rivals = tuple(sorted(pk for pk in alike if pk is not None))
        return Choice(first.rule, self.seat(first.post_id), rivals=rivals)

    def own_leader(self, uid: UUID) -> Choice | None:
        """The leader paired with the object itself."""
        one = self._paired.get(uid)
        return None if one is None or one.post_id is None else Choice(one.rule, self.seat(one.post_id))

    def claimed(self, uid: UUID) -> Choice | None:
        """The unit that claims the object as its own; a second claim is a rival."""
        claims = self._claims.get(uid)
        if claims is None:
            return None
        rule, first = claims[0]
        rivals = tuple(agency for _, agency in claims[1:])
        return Choice(rule, self._clerks.get(first), rivals=rivals, agency_id=first)

    def registered(self, uid: UUID) -> Choice | None:
        """Whom the register names as head of the enterprise."""
        one = self._known.get(uid)
        return None if one is None else Choice(one.rule, name=one.name, title=one.title)

    def _sort_own(self) -> None:
        """What names single objects, by what it means: looked up for each of thousands of objects."""
        for one in self.named:
            if one.object is None or not one.rung:
                continue
            if one.level is Level.LEADER and one.post_id is not None:
                self._paired.setdefault(one.object, one)
            elif one.level is Level.TERRITORIAL and one.agency_id is not None:
                self._claims.setdefault(one.object, []).append((one.rule, one.agency_id))
            elif one.level is Level.ENTERPRISE and one.name:
                self._known.setdefault(one.object, one)

    def beside(self, uid: UUID, region_path: str, sector_path: str, agency_id: int | None) -> list[Named]:
        """Everybody bound to the object by a naming with a label, the most special first."""
        mine = [one for one in self.named if one.label and one.object == uid]
        there = [one for one in self.named if one.label and one.fits(region_path, sector_path, agency_id)]
        return sorted([*mine, *there], key=lambda one: -one.rank)


def _first_of_agency(posts: Iterable[Seat]) -> dict[int, Seat]:
    found: dict[int, Seat] = {}
    for seat in posts:
        if seat.agency_id is not None:
            found.setdefault(seat.agency_id, seat)
    return found
