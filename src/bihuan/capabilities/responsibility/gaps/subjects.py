"""What a gap is about, by name, and where it lies; and what was done since that settles it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from bihuan.capabilities.responsibility.gaps import causes
from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.survey import survey
from bihuan.capabilities.responsibility.naming.models import Naming
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.territory.models import Agency, Region, Regulation, Sector
from bihuan.kernel.territory.trees import the_district

COMPARISON = Actor.system("盲区比对")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with its name and the place and sector its matter lies in."""

    name: str
    region_path: str
    sector_path: str = ""
    object: SupervisedObject | None = None


def subject_of(cause: Cause, subject: str) -> Subject | None:
    """The subject by its path, key or uid; None when there is none such."""
    district = the_district()
    assert district is not None
    here = district.region.path
    if cause.about == causes.SECTOR:
        sector = Sector.objects.filter(path=subject).first() if subject else None
        name = sector.name if sector else "未登记行业领域的对象"
        return Subject(name, here, subject) if sector or not subject else None
    if cause.about == causes.REGION:
        region = Region.objects.filter(path=subject or here).first()
        return Subject(region.name, region.path) if region else None
    if cause.about == causes.UNIT:
        unit = (
            Agency.objects.filter(pk=int(subject)).first()
            if subject.isdecimal() and len(subject) < 18
            else None
        )
        return Subject(unit.name, here) if unit else None
    if cause.about == causes.OBJECT:
        one = SupervisedObject.objects.filter(pk=UUID(subject)).first()
        return Subject(one.name, one.region_path, one.sector_path, one) if one else None
    return Subject("" if cause is Cause.OTHER else district.region.name, here)


def part_of(cause: Cause, subject: str) -> Q:
    """The part of the register that a subject's objects lie in."""
    if cause.about == causes.SECTOR:
        return Q(sector_path=subject)
    if cause.about == causes.REGION:
        return Q(region_path__startswith=subject)
    return Q(pk=UUID(subject)) if cause.about == causes.OBJECT else Q()


def remaining(cause: Cause, subject: str, on: date | None = None) -> int:
    """How many objects still stand there for the cause."""
    found = survey(on or clock.today(), COMPARISON, part_of(cause, subject))
    return found.count(cause, subject)


_KINDS = {
    Cause.NO_LEADER: ("sector", "area", "portfolio", "pairing"),
    Cause.TWO_LEADERS: ("sector", "area", "portfolio", "pairing"),
    Cause.NO_ZONE: ("zone",),
    Cause.TWO_CLAIMS: ("claim",),
    Cause.NO_TERRITORY: ("claim",),
    Cause.NO_LEAD: ("comprehensive",),
}


def settled_since(gap: Any) -> Sequence[str]:
    """The facts set down since the gap was found that answer it, in words."""
    cause = Cause(gap.cause)
    return [*_named(cause, gap), *_regulated(cause, gap), *_seated(cause, gap)][:8]


def _named(cause: Cause, gap: Any) -> Iterator[str]:
    since: datetime = gap.opened_at
    changed = Q(named_at__gte=since) | Q(until__gte=gap.found_on) & ~Q(ended_by="")
    rows = Naming.objects.filter(changed, kind__in=_KINDS.get(cause, ()))
    if gap.object_id is not None:
        rows = rows.filter(object=gap.object_id)
    for row in rows.select_related("post__agency", "unit", "region", "sector", "agency", "object").order_by(
        "-id"
    ):
        if gap.sector_path and row.sector_path and not gap.sector_path.startswith(row.sector_path):
            continue
        end = f"，{row.until} 止（{row.ended_reason}）" if row.ended_by else ""
        yield f"{row.sort.label}：{row.about()} → {row.whom()}，{row.since} 起{end}"


def _regulated(cause: Cause, gap: Any) -> Iterator[str]:
    if cause not in (Cause.NO_LEAD, Cause.TWO_LEADS):
        return
    rows = Regulation.objects.filter(Q(since__gte=gap.found_on) | Q(until__gte=gap.found_on))
    for row in rows.select_related("agency", "sector").order_by("-id"):
        if gap.sector_path.startswith(row.sector.path):
            role = "牵头" if row.lead else "配合"
            span = f"{row.until} 止" if row.until else f"{row.since} 起"
            yield f"监管部门：{row.sector.name} → {row.agency.name}（{role}），{span}"


def _seated(cause: Cause, gap: Any) -> Iterator[str]:
    if cause not in (Cause.LEAD_VACANT, Cause.NO_TERRITORY, Cause.NO_OFFICE, Cause.NO_LEADER):
        return
    rows = Tenure.objects.filter(since__gte=gap.found_on, post__object=None, until=None)
    if cause is Cause.LEAD_VACANT:
        rows = rows.filter(post__agency=int(gap.subject))
    if cause is Cause.NO_TERRITORY:
        rows = rows.filter(post__region_path=gap.region_path)
    for row in rows.select_related("post", "person").order_by("-id"):
        yield f"任职：{row.post.title} {row.person.name}，{row.since} 起"
