"""What each deed means for a gap's own columns."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.responsibility.gaps import causes
from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.subjects import Subject, remaining, settled_since, subject_of
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.meant import region_meant, sector_meant
from bihuan.kernel.territory.models import Agency, AgencyKind


def place_detected(gap: Any, given: Any, actor: Any) -> None:
    """What the comparison found."""
    cause = Cause(given.cause)
    found = subject_of(cause, given.subject)
    if found is None:
        raise Refused.because("gap.unknown_subject", "比对到的对象已不存在，请重新比对", "subject")
    _place(gap, cause, given.subject, found)
    gap.concerned, gap.detected = given.count, True


def place_raised(gap: Any, given: Any, actor: Any) -> None:
    """What somebody saw: the sector, the town or the enterprise as its cause asks for it."""
    cause = Cause(given.cause)
    subject = _subject(cause, given, actor)
    found = subject_of(cause, subject)
    if found is None:
        raise Refused.because("gap.unknown_subject", "没有查到所写的行业或镇街，请写全称", "about")
    if cause is Cause.OTHER and given.object is not None:
        one = access_object(actor, given.object)
        found = Subject(one.name, one.region_path, one.sector_path, one)
    _place(gap, cause, subject, found)
    gap.concerned = 0 if cause is Cause.OTHER else remaining(cause, subject)


def _subject(cause: Cause, given: Any, actor: Any) -> str:
    text = given.about.strip()
    if cause.about == causes.OBJECT:
        if given.object is None:
            raise Refused.because("gap.no_object", "请选择企业", "object")
        return str(access_object(actor, given.object).uid)
    if cause.about == causes.SECTOR:
        sector = sector_meant(text)
        if sector is None:
            raise Refused.because("gap.unknown_subject", f"没有查到行业领域“{text}”，请写全称", "about")
        return sector.path
    if cause.about == causes.REGION:
        region = region_meant(text)
        if region is None:
            raise Refused.because("gap.unknown_subject", f"没有查到镇街“{text}”，请写全称", "about")
        return region.path
    if cause.about == causes.UNIT:
        unit = Agency.objects.filter(name=text).first()
        if unit is None:
            raise Refused.because("gap.unknown_subject", f"没有查到单位“{text}”，请写全称", "about")
        return str(unit.pk)
    return ""


def _place(gap: Any, cause: Cause, subject: str, found: Subject) -> None:
    office = (
        Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE, until=None).order_by("order", "id").first()
    )
    if office is None:
        raise Refused.because("gap.no_office", "还没有登记安委办，请先登记单位")
    gap.agency = office
    gap.cause, gap.subject, gap.subject_name = cause.value, subject, found.name[:120]
    gap.region_path, gap.sector_path, gap.object = found.region_path, found.sector_path, found.object


def found(gap: Any, given: Any, context: Any) -> None:
    """比对发现、登记."""
    gap.found_on = context.day
    gap.description = getattr(given, "description", "")
    gap.search = pairs_literal(gap.subject_name, Cause(gap.cause).label, gap.description)
    context.facts |= {"about": gap.subject_name, "concerned": gap.concerned}


def assign(gap: Any, given: Any, context: Any) -> None:
    """交办."""
    context.facts["former_unit"] = gap.agency.name
    gap.agency = Agency.objects.get(pk=given.lead)
    gap.demand, gap.due_on = given.demand, given.due_on


def settle(gap: Any, given: Any, context: Any) -> None:
    """报告解决: with the facts that settled it."""
    gap.how = given.how
    gap.settled_on = context.day
    gap.settled_by = "；".join(settled_since(gap))[:1000]
    context.facts["settled_by"] = gap.settled_by


def accept(gap: Any, given: Any, context: Any) -> None:
    """核销."""
    gap.closed_on, gap.closed_by = context.day, context.actor.name


def send_back(gap: Any, given: Any, context: Any) -> None:
    """退回."""
    gap.due_on, gap.settled_on = given.due_on, None


def void(gap: Any, given: Any, context: Any) -> None:
    """不成立."""
    gap.voided = True


def due_as_set(gap: Any, given: Any, context: Any) -> Deadline:
    return Deadline(gap.due_on or clock.today(), "交办时确定的解决期限", context.day)
