"""The objects behind a count of the survey: what a reader sees who opens it, and what a matter says is still there."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.survey import Key, Survey, headless, standing
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor


def concerned(
    found: Survey, cause: Cause, actor: Actor, *, subject: str | None = None, town: str = ""
) -> QuerySet[SupervisedObject]:
    """The objects of a cause the actor may see, of one subject and in one town if asked."""
    objects = visible_objects(actor).filter(standing(found.on)).order_by("name_pinyin", "uid")
    if town:
        objects = objects.filter(region_path__startswith=town)
    if cause is Cause.NO_PRINCIPAL:
        if subject:
            objects = objects.filter(region_path__startswith=subject)
        alone, theirs = headless(objects, found.on)
        return objects.filter(
            Q(pk__in=alone.order_by().values("pk")) | Q(pk__in=theirs.order_by().values("pk"))
        )
    if cause is Cause.TWO_CLAIMS:
        uids = [
            UUID(one.subject) for one in found.lines if one.cause is cause and subject in (None, one.subject)
        ]
        return objects.filter(pk__in=uids)
    keys = {
        key
        for (one, about, where), some in found.keys.items()
        if one is cause and subject in (None, about) and town in ("", where)
        for key in some
    }
    return objects.filter(_any_of(keys)).exclude(pk__in=found.spared[cause])


def _any_of(keys: set[Key]) -> Q:
    """Objects with one of these combinations, regions of one sector and regulator together."""
    together: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for region, sector, agency in keys:
        together[sector, agency].append(region)
    wanted = Q(pk__in=[])
    for (sector, agency), regions in together.items():
        wanted |= Q(sector_path=sector, agency=agency, region_path__in=regions)
    return wanted
