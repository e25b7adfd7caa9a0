"""The one door to papers: what is still being split is nobody's task yet, so units see tasks, never drafts."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.papers.hands import READERS
from bihuan.capabilities.dispatch.papers.models import Paper
from bihuan.kernel.people.actors import Actor


def visible_papers(actor: Actor) -> QuerySet[Paper]:
    """The papers of the places where the actor holds a post of the committee office or leads."""
    if actor.all_seeing:
        return Paper.objects.all()
    places = {scope.region_path for scope in actor.scopes if scope.role in READERS and scope.region_path}
    reach = Q(pk__in=[])
    for place in sorted(places):
        reach |= Q(region_path__startswith=place)
    return Paper.objects.filter(reach)
