"""How many people each unit supervises with, and over how much (M028)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Count

from bihuan.capabilities.responsibility.duties import spelling, trail
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.holders import level_of
from bihuan.capabilities.responsibility.duties.lists import may_keep
from bihuan.capabilities.responsibility.duties.models import Staffing
from bihuan.capabilities.responsibility.duties.spelling import Check, Judged
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.models import Standing as Vouched
from bihuan.kernel.territory.trees import in_force as standing

BODY = "safety_body"
BASE = "/responsibility/duties/staffing/"
UNITS = (AgencyKind.DEPARTMENT, AgencyKind.TOWN_GOVERNMENT)


def state(
    agency: Agency,
    by: Actor,
    *,
    body: str,
    establishment: int,
    on_post: int,
    certified: int,
    speciality: str = "",
) -> Staffing:
    """Say with whom a unit supervises from today on; the same again changes nothing.

    Raises:
        Refused: not the actor's unit, or numbers that cannot be (more certificates than people).
    """
    if not may_keep(by, agency):
        raise Refused.because("staffing.not_yours", "监管力量由本单位或安委办登记")
    Refused.unless(_faults(establishment, on_post, certified))
    told = (body.strip()[:80], establishment, on_post, certified, speciality.strip()[:200])
    with transaction.atomic():
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        known = Staffing.objects.filter(agency=agency, until=None).first()
        if known is not None:
            now = (known.body, known.establishment, known.on_post, known.certified, known.speciality)
            if now == told:
                return known
            known.until = max(clock.today(), known.since)
            known.save(update_fields=["until"])
        made = Staffing.objects.create(
            agency=agency, body=told[0], establishment=establishment, on_post=on_post, certified=certified,
            speciality=told[4], since=clock.today(), made_by=by.name[:60], at=clock.now(),
        )  # fmt: skip
        said = {
            "body": made.body, "establishment": establishment, "on_post": on_post, "certified": certified,
        }  # fmt: skip
        trail.note([trail.Noted(f"unit/{agency.pk}", "staffed", said)], by)
        spelling.refresh(BODY, only=[f"unit/{agency.pk}"])
    return made


def entities() -> dict[int, int]:
    """How many confirmed objects each unit regulates; one statement."""
    rows = SupervisedObject.objects.filter(standing=Vouched.CONFIRMED, until=None, agency__isnull=False)
    return dict(rows.values_list("agency").annotate(held=Count("pk")).values_list("agency", "held"))


def in_towns() -> dict[str, int]:
    """How many confirmed objects lie under each region path; one statement."""
    rows = SupervisedObject.objects.filter(standing=Vouched.CONFIRMED, until=None)
    return dict(rows.values_list("region_path").annotate(held=Count("pk")).values_list("region_path", "held"))


def judge_bodies(on: date, only: Collection[str] | None) -> Iterator[Judged]:
    """Every department and town: has it a body that supervises?"""
    units = Agency.objects.filter(standing(on), kind__in=UNITS).select_related("region")
    if only is not None:
        units = units.filter(pk__in=[int(subject.partition("/")[2]) for subject in only])
    told = {one.agency_id: one for one in Staffing.objects.filter(in_force(on))}
    for unit in units.order_by("order", "id"):
        known = told.get(unit.pk)
        why = "" if known and known.body else "没有设立安全监管机构" if known else "还没有登记监管力量"
        yield Judged(
            subject=f"unit/{unit.pk}",
            label=unit.name,
            passes=not why,
            why=why,
            level=level_of("", unit).value,
            region_path=unit.region.path,
            agency=unit.pk,
            href=BASE,
        )


def _faults(establishment: int, on_post: int, certified: int) -> Iterator[Failure]:
    if min(establishment, on_post, certified) < 0 or max(establishment, on_post, certified) > 10_000:
        yield Failure("staffing.number", "人数应在 0 到 10000 之间", "on_post")
    if certified > on_post:
        yield Failure(
            "staffing.certified", f"持证人数 {certified} 多于在岗人数 {on_post}，请核对", "certified"
        )


CHECKS = (Check(BODY, "安全监管机构", "没有安全监管机构的单位", judge_bodies),)
