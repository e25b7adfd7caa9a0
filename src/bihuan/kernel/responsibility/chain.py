"""The responsibility chain of an object, as of any day; of ten thousand objects by as many statements as of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Role
from bihuan.kernel.responsibility.chairs import chair_of_the_office
from bihuan.kernel.responsibility.ground import COORDINATES, HEADS, LEADS, Choice, Ground, Seat, seats
from bihuan.kernel.responsibility.holders import Telling, bound, titled
from bihuan.kernel.responsibility.rungs import Holder, Level
from bihuan.kernel.territory.models import Regulation
from bihuan.kernel.territory.trees import in_force

__all__ = [
    "COORDINATES", "GIVEN", "LEADS", "Beside", "Holder", "Level", "beside", "bound", "chain", "chain_of", "chains",
    "lead_agency", "titled", "unit_chain",
]  # fmt: skip

GIVEN = "交办的任务由牵头单位负总责"
ANSWERS = "由其责任企业的主要负责人负责（《安全生产法》第五条）"

_RUNGS = (Level.ENTERPRISE, Level.TERRITORIAL, Level.SECTOR, Level.OFFICE, Level.LEADER)


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody bound to an object beside its chain: 包保领导、责任区干部、网格员, by the rule that names them."""

    label: str
    holder: Holder


def lead_agency(sector_path: str, on: date) -> int | None:
    """The one agency that leads the regulation of a sector on a day (安全生产法 第三条: 管行业必须管安全).

    The regulator of the nearest node above wins over one further up the tree.
    """
    if not sector_path:
        return None
    leads = Regulation.objects.filter(in_force(on), lead=True).order_by("id")
    fitting = [
        (path, agency)
        for path, agency in leads.values_list("sector__path", "agency_id")
        if sector_path.startswith(path)
    ]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


def chain(supervised: SupervisedObject, on: date, *, agency: int | None = None) -> tuple[Holder, ...]:
    """Everybody who answers for ``supervised`` on the day ``on``, by name; five rungs, vacant ones included.

    ``agency`` is who supervises a matter about it where that is another than the object's own regulator.
    """
    return chains([supervised], on, agency=agency)[supervised.uid]


def chains(
    supervised: Sequence[SupervisedObject], on: date, *, agency: int | None = None
) -> dict[UUID, tuple[Holder, ...]]:
    """The chain of each of many objects, by a constant number of statements."""
    uids = {one.uid for one in supervised} | {one.responsible_id for one in supervised if one.responsible_id}
    ground = Ground(on, uids)
    chosen = {one.uid: _choices(ground, ground.principals, one, agency) for one in supervised}
    told = Telling(on, (choice for choices in chosen.values() for choice in choices))
    shared: dict[tuple[Level, int], Holder] = {}

    def holder(level: Level, choice: Choice) -> Holder:
        key = (level, id(choice))
        if key not in shared:
            shared[key] = told(level, choice)
        return shared[key]

    return {
        uid: tuple(holder(level, choice) for level, choice in zip(_RUNGS, choices, strict=True))
        for uid, choices in chosen.items()
    }


def beside(supervised: SupervisedObject, on: date) -> tuple[Beside, ...]:
    """Who is bound to an object beside those on its rungs, and whoever is named for it by area, zone, grid or pairing."""
    ground = Ground(on, {supervised.uid})
    agency = ground.regulator(supervised.sector_path, supervised.agency_id)[0]
    named = ground.beside(supervised.uid, supervised.region_path, supervised.sector_path, agency)
    pairs = []
    for one in named:
        seat = ground.seat(one.post_id) if one.post_id is not None else None
        if seat is None and one.agency_id is not None:
            seat = ground.head_of(one.agency_id)
        title = one.title if seat is None else ""
        choice = Choice(one.rule, seat, name=one.name, title=title, agency_id=one.agency_id)
        pairs.append((one, choice))
    told = Telling(on, (choice for _, choice in pairs))
    return tuple(Beside(one.label, told(one.level, choice)) for one, choice in pairs)


def unit_chain(agency: int | None, region_path: str, sector_path: str, on: date) -> tuple[Holder, ...]:
    """Everybody who answers for what a unit was told to do: its head, the committee office, the leader in charge.

    The leader is the one named for the unit or for the sectors it regulates, where the duty names no sector itself.
    """
    ground = Ground(on)
    sectors = [sector_path] if sector_path else _regulated(agency, on)
    leaders = [ground.leader(region_path, sector, agency) for sector in sectors or [""]]
    leader = max(leaders, key=_by_sector)
    posts = seats(Q(agency=agency, object=None) & Q(role__in=_UNIT)) if agency is not None else []
    lead = Choice(GIVEN, posts[0] if posts else None)
    told = Telling(on, (lead, ground.office, leader))
    return (
        told(Level.LEAD, lead),
        told(Level.OFFICE, ground.office),
        told(Level.LEADER, leader),
    )


_UNIT = (Role.REGULATOR, Role.OFFICER, Role.TOWN, Role.LEADER, Role.OFFICE)


def _by_sector(choice: Choice) -> tuple[bool, bool]:
    seat = choice.seat
    return (choice.rule != LEADS, bool(seat and seat.sector_paths))


def _regulated(agency: int | None, on: date) -> list[str]:
    led = Regulation.objects.filter(in_force(on), agency=agency, lead=True).order_by("id")
    return list(led.values_list("sector__path", flat=True))


def chain_of(matter: Any, on: date) -> tuple[Holder, ...]:
    """The chain of a matter: of its object, or of the unit it was given to when it is about none.

    What the committee office asks of a unit ends with the committee's chair.
    """
    if matter.object_id is None:
        asked = unit_chain(matter.agency_id, matter.region_path, matter.sector_path, on)
        return (*asked, chair_of_the_office(on))
    return chain(matter.object, on)


def _choices(
    ground: Ground, principals: Mapping[UUID, Seat], one: SupervisedObject, agency: int | None
) -> tuple[Choice, ...]:
    own = agency or one.agency_id
    regulator = ground.regulator(one.sector_path, own)[0]
    return (
        _principal(ground, principals, one),
        ground.claimed(one.uid) or ground.territorial(one.region_path),
        ground.sector(one.sector_path, own),
        ground.office,
        ground.own_leader(one.uid) or ground.leader(one.region_path, one.sector_path, regulator),
    )


def _principal(ground: Ground, principals: Mapping[UUID, Seat], one: SupervisedObject) -> Choice:
    """The head: by post, else as registered; of what belongs to an enterprise, the head of that."""
    for uid, rule in ((one.uid, HEADS), (one.responsible_id, ANSWERS)):
        if uid is None:
            continue
        seat, known = principals.get(uid), ground.registered(uid)
        if seat is not None or known is not None:
            return Choice(
                rule if known is None or seat is not None else known.rule,
                seat,
                name=known.name if known else "",
                title=known.title if known else "",
            )
    return Choice(HEADS)
