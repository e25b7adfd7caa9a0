"""The one door to warnings: whoever issued one, and whoever answers for or over an entity it lists."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.capabilities.accidents.lessons.models import Lesson, LessonCheck
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import Role


def visible_checks(actor: Actor) -> QuerySet[LessonCheck]:
    """The lines of the lists that lie in the actor's jurisdiction."""
    return LessonCheck.objects.filter(jurisdiction(actor))


def visible_lessons(actor: Actor) -> QuerySet[Lesson]:
    """The warnings an actor may see; drafts only where they are written."""
    if actor.all_seeing:
        return Lesson.objects.all()
    own = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.agency_id is not None:
            own |= Q(agency=scope.agency_id)
        if scope.role in (Role.OFFICE, Role.LEADER) and scope.region_path:
            own |= Q(region_path__startswith=scope.region_path)
    listed = visible_checks(actor).filter(lesson=OuterRef("pk"))
    return Lesson.objects.filter(own | Exists(listed))
