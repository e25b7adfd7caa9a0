"""拉网摸排: a village is swept when every kind of place in it was looked into, and not before (M146)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from bihuan.capabilities.enforcement.crackdown import trail
from bihuan.capabilities.enforcement.crackdown.hands import REPORTING
from bihuan.capabilities.enforcement.crackdown.models import Sweep, SweepMark
from bihuan.capabilities.enforcement.crackdown.states import PlaceType
from bihuan.kernel import campaigns, clock
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import GONE, Region, RegionLevel

MARKING = (Role.TOWN, Role.GRID, Role.OFFICE)
LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Line:
    """One village of a sweep: its marks by place type, and whether none is missing."""

    village: Region
    town: str
    marks: Mapping[str, SweepMark]
    missing: tuple[PlaceType, ...]

    @property
    def swept(self) -> bool:
        return not self.missing


def visible_sweeps(actor: Actor) -> QuerySet[Sweep]:
    """Sweeps over a place the actor's posts reach, or around it."""
    reached = [scope.region_path for scope in actor.scopes if scope.role in REPORTING and scope.region_path]
    rows = Sweep.objects.select_related("region").order_by("-first_day", "-uid")
    if actor.all_seeing:
        return rows
    above = {path[: end + 1] for path in reached for end, char in enumerate(path) if char == "."}
    keys = [
        sweep.pk
        for sweep in rows
        if sweep.region_path in above or sweep.region_path.startswith(tuple(reached))
    ]
    return rows.filter(pk__in=keys if reached else [])


def access_sweep(actor: Actor, uid: UUID) -> Sweep:
    """One sweep.

    Raises:
        Absent: it does not exist or is not for the actor to see; both answer alike.
    """
    found = visible_sweeps(actor).filter(pk=uid).first()
    if found is None:
        raise Absent("没有查到这次拉网摸排")
    return found


def villages(sweep: Sweep, actor: Actor) -> list[Region]:
    """The villages of the sweep that the actor's posts reach, in official order; a town without villages is one itself."""
    return _villages(_ground(), sweep, actor)


def _ground() -> list[Region]:
    """Every town and village there is or was, in official order."""
    rows = Region.objects.filter(level__in=(RegionLevel.TOWN, RegionLevel.ZONE, RegionLevel.VILLAGE))
    return list(rows.exclude(standing__in=GONE).order_by("order", "id"))


def _villages(ground: Sequence[Region], sweep: Sweep, actor: Actor) -> list[Region]:
    reached = tuple(
        scope.region_path for scope in actor.scopes if scope.role in REPORTING and scope.region_path
    )
    day = sweep.last_day
    known = [
        one
        for one in ground
        if one.path.startswith(sweep.region_path)
        and (one.since is None or one.since <= day)
        and (one.until is None or one.until > day)
    ]
    peopled = {_town_path(one) for one in known if one.level == RegionLevel.VILLAGE}
    listed = [one for one in known if one.level == RegionLevel.VILLAGE or one.path not in peopled]
    place = {one.path: number for number, one in enumerate(known)}
    listed.sort(key=lambda one: (place.get(_town_path(one), 0), place[one.path]))
    return [one for one in listed if actor.all_seeing or (reached and one.path.startswith(reached))]


def summaries(sweeps: Sequence[Sweep], actor: Actor) -> Sequence[tuple[Sweep, int, int]]:
    """Each dragnet with how many villages are swept and how many are not; two statements however many there are."""
    ground = _ground()
    done: dict[tuple[UUID, int], set[str]] = {}
    told = SweepMark.objects.filter(sweep__in=sweeps).values_list("sweep_id", "village_id", "place_type")
    for sweep_id, village_id, kind in told:
        done.setdefault((sweep_id, village_id), set()).add(kind)
    found = []
    for sweep in sweeps:
        listed = _villages(ground, sweep, actor)
        swept = sum(set(sweep.places) <= done.get((sweep.pk, one.pk), set()) for one in listed)
        found.append((sweep, swept, len(listed) - swept))
    return found


def _town_path(region: Region) -> str:
    if region.level != RegionLevel.VILLAGE:
        return region.path
    return ".".join(region.path.rstrip(".").split(".")[:-1]) + "."


def matrix(sweep: Sweep, actor: Actor) -> Sequence[Line]:
    """Every village with what was looked into; four statements however many there are."""
    listed = villages(sweep, actor)
    marks: dict[int, dict[str, SweepMark]] = {}
    for mark in SweepMark.objects.filter(sweep=sweep, village__in=[one.pk for one in listed]):
        marks.setdefault(mark.village_id, {})[mark.place_type] = mark
    towns = dict(
        Region.objects.filter(path__in={_town_path(one) for one in listed}).values_list("path", "name")
    )
    return [
        Line(
            village, towns.get(_town_path(village), ""), marks.get(village.pk, {}),
            tuple(PlaceType(kind) for kind in sweep.places if kind not in marks.get(village.pk, {})),
        )
        for village in listed
    ]  # fmt: skip


def may_plan(actor: Actor, region: Region) -> bool:
    """The committee office for the district, a town for itself."""
    return actor.is_system or actor.holds_over(region.path, Role.OFFICE, Role.TOWN)


def plan(
    name: str, region: Region, first: date, last: date, places: Sequence[str], by: Actor, campaign: str = ""
) -> Sweep:
    """Set up a dragnet over a place.

    Raises:
        Refused: not the actor's, no kind of place, days out of order or gone by.
    """
    if not may_plan(by, region):
        raise Refused.because("sweep.not_yours", "全区摸排由安委办布置，镇街摸排由本镇街布置", "region")
    kinds = [kind.value for kind in PlaceType if kind.value in set(places)]
    Refused.unless(_faults(name, first, last, kinds, campaign))
    with transaction.atomic():
        made = Sweep.objects.create(
            name=name.strip()[:60], region=region, region_path=region.path, first_day=first, last_day=last,
            places=kinds, campaign=campaign, made_by=by.name, made_at=clock.now(),
        )  # fmt: skip
        said = {
            "name": made.name, "region": region.name, "first": first.isoformat(), "last": last.isoformat(),
            "places": kinds,
        }  # fmt: skip
        trail.note(f"sweeps/{made.pk}", "swept_planned", said, by)
    return made


def _faults(name: str, first: date, last: date, kinds: Sequence[str], campaign: str) -> list[Failure]:
    found = []
    if not name.strip():
        found.append(Failure("sweep.no_name", "请填写名称", "name"))
    if last < first:
        found.append(Failure("sweep.days", "截止日期早于开始日期，请核对", "last"))
    elif last < clock.today():
        found.append(Failure("sweep.over", f"截止日期 {last} 已经过去，请重新确定", "last"))
    if not kinds:
        found.append(Failure("sweep.no_places", "请至少选择一类场所", "places"))
    if campaign:
        found += [one for one in [campaigns.objection(campaign, first)] if one]
    return found


def mark(
    sweep: Sweep,
    village: Region,
    place_type: str,
    by: Actor,
    *,
    done_on: date,
    looked_at: int,
    found: int = 0,
    note: str = "",
) -> SweepMark:
    """Tell that one kind of place in one village was looked into; told again, the later word holds.

    Raises:
        Refused: not the actor's village, not of this sweep, a day outside it, or numbers that cannot be.
    """  # fmt: skip
    if not (by.is_system or by.holds_over(village.path, *MARKING)):
        raise Refused.because("sweep.not_your_village", "摸排情况由本村社区的网格员或所在镇街登记")
    Refused.unless(_mark_faults(sweep, village, place_type, done_on, looked_at, found))
    with transaction.atomic():
        Sweep.objects.select_for_update().get(pk=sweep.pk)
        made, _ = SweepMark.objects.update_or_create(
            sweep=sweep, village=village, place_type=place_type,
            defaults={
                "done_on": done_on, "looked_at": looked_at, "found": found, "note": note.strip()[:200],
                "marked_by": by.name, "marked_at": clock.now(),
            },
        )  # fmt: skip
        said = {
            "village": village.name, "place": place_type, "on": done_on.isoformat(), "looked_at": looked_at,
            "found": found,
        }  # fmt: skip
        trail.note(f"sweeps/{sweep.pk}", "marked", said, by)
    return made


def _mark_faults(
    sweep: Sweep, village: Region, place_type: str, done_on: date, looked_at: int, found: int
) -> list[Failure]:
    faults = []
    if place_type not in sweep.places:
        faults.append(Failure("sweep.place_not_asked", "这次摸排没有这类场所，请从表中选择", "place_type"))
    if not village.path.startswith(sweep.region_path):
        faults.append(Failure("sweep.not_here", f"{village.name}不在这次摸排的范围内"))
    if not sweep.first_day <= done_on <= min(sweep.last_day, clock.today()):
        says = f"摸排日期应在 {sweep.first_day} 至 {min(sweep.last_day, clock.today())} 之间"
        faults.append(Failure("sweep.day_outside", says, "done_on"))
    if not 0 <= looked_at <= LARGEST:
        faults.append(
            Failure("sweep.bad_count", "摸排处数应为不小于 0 的整数；没有这类场所的填 0", "looked_at")
        )
    if not 0 <= found <= looked_at:
        faults.append(Failure("sweep.found_too_many", "发现疑点处数不能多于摸排处数", "found"))
    return faults
