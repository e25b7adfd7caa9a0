"""What was found: whose it is, how grave, and what is corrected of it later."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.hazards import inputs, owing, recurrence
from bihuan.capabilities.hazards.categories import category_of
from bihuan.capabilities.hazards.effects.listings import put_on_list
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.responsibility.chain import lead_agency
from bihuan.kernel.search import pairs_literal


def about_object(hazard: Hazard, given: Any, actor: Any) -> None:
    """Before a hazard is opened: whose it is, found through the actor's own door."""
    if hazard.object_id is None:
        try:
            hazard.object = access_object(actor, given.object, joined=False)
        except Absent as absent:
            raise Refused.because(
                "hazard.object_unknown", "没有查到该单位，或不在您的辖区，请重新选择", "object"
            ) from absent
    place_in_jurisdiction(hazard)
    hazard.source = given.source
    hazard.grade = given.grade
    hazard.found_on = given.found_on


def place_in_jurisdiction(hazard: Hazard) -> None:
    """The four columns jurisdiction compares, taken from the object of this day."""
    hazard.region_path = hazard.object.region_path
    hazard.sector_path = hazard.sector_path or hazard.object.sector_path
    hazard.agency_id = hazard.object.agency_id


def report(hazard: Hazard, given: Any, context: Any) -> None:
    """上报."""
    hazard.description = given.description
    hazard.place = given.place
    hazard.criterion = given.criterion if given.grade == Grade.MAJOR else ""
    hazard.category = given.category or category_of(given.description)
    hazard.campaign = given.campaign
    hazard.voluntary = given.voluntary
    hazard.found_by = context.actor.name
    hazard.finder = context.actor.person_id
    context.facts["origin"] = hazard.origin or None
    if hazard.agency_id is None:
        hazard.agency_id = lead_agency(hazard.sector_path, context.day)
    if given.grade == Grade.MAJOR:
        owing.major_found(hazard, context)
    index(hazard)


def index(hazard: Hazard) -> None:
    """The words by which the hazard is found again, and the spot by which the next one there is known to recur."""
    hazard.search = pairs_literal(hazard.object.name, hazard.place, hazard.description)
    hazard.spot = recurrence.spot_of(hazard)


def regrade(hazard: Hazard, given: Any, context: Any) -> None:
    """调整等级; the former grade stays in the record."""
    context.facts["from"] = hazard.grade
    hazard.grade = given.grade
    hazard.criterion = given.criterion if given.grade == Grade.MAJOR else ""
    if given.grade != Grade.MAJOR:
        owing.major_no_more(hazard, context)
        return
    owing.major_found(hazard, context)
    if hazard.state != HazardState.REPORTED:
        put_on_list(hazard, context)


def correct(hazard: Hazard, given: Any, context: Any) -> None:
    """更正: only what is given changes; what stood before goes into the record."""
    former = {}
    for field in inputs.CORRECTED:
        value = getattr(given, field)
        if value not in (None, "") and value != getattr(hazard, field):
            former[field] = getattr(hazard, field)
            setattr(hazard, field, value)
    if not former:
        raise Refused.because("hazard.nothing_corrected", "没有任何一项与原记录不同，无需更正")
    context.facts["former"] = former
    left = hazard.spot
    index(hazard)
    context.afterwards.append(lambda: recurrence.recount([left, hazard.spot], context.day))
