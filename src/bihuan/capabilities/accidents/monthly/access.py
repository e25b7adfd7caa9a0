"""The one door to monthly forms: a unit sees its own, the committee office and the leaders see all."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.capabilities.accidents.monthly.hands import FILING, WHOLE
from bihuan.capabilities.accidents.monthly.models import AccidentReturn, RiskForecast
from bihuan.kernel.people.actors import Actor


def _reach(actor: Actor) -> Q:
    if actor.all_seeing:
        return Q()
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in WHOLE and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
        elif scope.role in FILING and scope.agency_id is not None:
            reach |= Q(agency=scope.agency_id)
    return reach


def visible_returns(actor: Actor) -> QuerySet[AccidentReturn]:
    """The accident returns an actor may see; an enterprise, an expert or a grid worker sees none."""
    return AccidentReturn.objects.filter(_reach(actor))


def visible_forecasts(actor: Actor) -> QuerySet[RiskForecast]:
    """The early-warning forms an actor may see."""
    return RiskForecast.objects.filter(_reach(actor))
