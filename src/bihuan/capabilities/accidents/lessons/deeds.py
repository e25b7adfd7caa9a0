"""The gates and effects of a warning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.accidents.lessons.access import visible_checks
from bihuan.capabilities.accidents.lessons.hands import own_objects
from bihuan.capabilities.accidents.lessons.models import Lesson, LessonCheck
from bihuan.capabilities.accidents.lessons.states import Origin
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.checks import Told, gone_by
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, AgencyKind, Region, Sector, Standing
from bihuan.kernel.territory.trees import the_district

MOST = 3000
"""So many entities one warning may list; what is meant for more is a campaign."""


def place(lesson: Lesson, given: Any, actor: Any) -> None:
    """A warning lies with the unit of whoever issues it."""
    for scope in actor.scopes:
        if scope.agency_id is not None and scope.role in (Role.OFFICE, Role.REGULATOR, Role.LEADER):
            unit = Agency.objects.select_related("region").get(pk=scope.agency_id)
            lesson.agency, lesson.region_path = unit, unit.region.path
            return
    raise Refused.because("lesson.not_yours", "发布警示由安委办、区领导或部门办理")


def place_draft(lesson: Lesson, given: Any, actor: Any) -> None:
    """What an accident here brings lies with the committee office."""
    office = Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE).order_by("id").first()
    district = the_district()
    lesson.agency = office
    lesson.region_path = district.region.path if district else ""


def happened_by_now(lesson: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.occurred_on, "occurred_on", "事故日期", "lesson.in_future")
    return told.follows(None, "", "")


def numbers_possible(lesson: Any, given: Any, actor: Any) -> Iterator[Failure]:
    for name, label in (("deaths", "死亡"), ("missing", "失踪")):
        if getattr(given, name) < 0:
            yield Failure("lesson.bad_number", f"「{label}」应为 0 或正整数，请核对", name)


def day_ahead(lesson: Any, given: Any, actor: Any) -> Failure | None:
    return gone_by(given.check_by, "check_by", "排查期限", "lesson.day_gone")


def somebody_listed(lesson: Any, given: Any, actor: Any) -> Failure | None:
    """There is somebody of the kind, and not the whole district."""
    found = similar(given)[: MOST + 1].count()
    if not found:
        return Failure("lesson.nobody", "所选范围内没有登记的企业、项目，请放宽行业或镇街", "sectors")
    if found > MOST:
        return Failure(
            "lesson.too_many", f"所选范围超过 {MOST} 家，请缩小行业或镇街，或改为专项行动", "sectors"
        )
    return None


def similar(given: Any) -> QuerySet[SupervisedObject]:
    """The entities of the chosen fields and towns that the register vouches for."""
    fields = Q(pk__in=[])
    for path in Sector.objects.filter(pk__in=given.sectors).values_list("path", flat=True):
        fields |= Q(sector_path__startswith=path)
    places = Q()
    for path in Region.objects.filter(pk__in=given.towns).values_list("path", flat=True):
        places |= Q(region_path__startswith=path)
    return SupervisedObject.objects.filter(fields, places, standing=Standing.CONFIRMED, until=None)


def all_checked(lesson: Any, given: Any, actor: Any) -> Failure | None:
    left = lesson.listed - lesson.checked
    return Failure("lesson.unchecked", f"还有 {left} 家没有登记排查结果") if left else None


def not_received(lesson: Any, given: Any, actor: Any) -> Failure | None:
    own = own_objects(actor, lesson)
    waiting = LessonCheck.objects.filter(lesson=lesson.pk, object__in=own, received_at=None).exists()
    return None if waiting or not own else Failure("lesson.received", "本单位已经签收")


def is_listed(lesson: Any, given: Any, actor: Any) -> Failure | None:
    if not visible_checks(actor).filter(lesson=lesson.pk, object=given.object).exists():
        return Failure("lesson.not_listed", "该单位不在这次排查的名单里，或不在您的辖区", "object")
    return None


def checked_in_order(lesson: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.checked_on, "checked_on", "排查日期", "lesson.in_future")
    return told.follows(lesson.issued_on, "警示发布日期", "lesson.before_issue")


def draft(lesson: Lesson, given: Any, context: Any) -> None:
    """起草: the accident's own words; the office adds to whom and until when."""
    lesson.origin, lesson.accident = Origin.OWN.value, given.accident
    _describe(lesson, given)
    lesson.lesson = given.lesson


def _describe(lesson: Lesson, given: Any) -> None:
    lesson.title, lesson.occurred_on, lesson.place = given.title, given.occurred_on, given.place
    lesson.kind, lesson.deaths, lesson.missing = given.kind, given.deaths, given.missing


def issue(lesson: Lesson, given: Any, context: Any) -> None:
    """发布外地事故警示."""
    lesson.origin = Origin.OUTSIDE.value
    _describe(lesson, given)
    publish(lesson, given, context)


def publish(lesson: Lesson, given: Any, context: Any) -> None:
    """发布: everybody similar stands on the list from this moment."""
    lesson.lesson, lesson.requirement, lesson.channel = given.lesson, given.requirement, given.channel
    lesson.sectors = list(Sector.objects.filter(pk__in=given.sectors).values_list("path", flat=True))
    lesson.towns = list(Region.objects.filter(pk__in=given.towns).values_list("path", flat=True))
    lesson.issued_on, lesson.check_by = context.day, given.check_by
    found = list(similar(given).order_by("uid"))
    lesson.listed = len(found)
    context.facts["listed"] = len(found)
    context.afterwards.append(lambda: _list(lesson, found))


def _list(lesson: Lesson, found: list[SupervisedObject]) -> None:
    LessonCheck.objects.bulk_create(
        [
            LessonCheck(
                lesson=lesson, object=one, region_path=one.region_path, sector_path=one.sector_path, agency_id=one.agency_id
            )
            for one in found
        ]
    )  # fmt: skip


def confirm_receipt(lesson: Lesson, given: Any, context: Any) -> None:
    """签收 of whoever answers for the entity."""
    rows = LessonCheck.objects.filter(
        lesson=lesson.pk, object__in=own_objects(context.actor, lesson), received_at=None
    )
    context.facts["objects"] = [str(one) for one in rows.values_list("object_id", flat=True)]
    lesson.received += rows.update(received_at=context.at, received_by=context.actor.name[:60])


def record_check(lesson: Lesson, given: Any, context: Any) -> None:
    """登记排查结果; looked at again, the later result stands and the former is in its entry."""
    row = LessonCheck.objects.select_for_update().get(lesson=lesson.pk, object=given.object)
    lesson.checked += row.checked_on is None
    row.checked_on, row.checked_by = given.checked_on, context.actor.name[:60]
    row.problem, row.finding = given.problem, given.finding
    row.save(update_fields=["checked_on", "checked_by", "problem", "finding"])
