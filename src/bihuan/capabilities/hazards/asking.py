"""What the forms of a hazard know beforehand, offer, and call by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.hazards import gates, inputs, orders, terms
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.naming import sector_name
from bihuan.capabilities.hazards.showing import criterion_words
from bihuan.capabilities.hazards.states import Grade, Source
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.responsibility.chain import lead_agency
from bihuan.kernel.responsibility.leaders import leaders_of
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.registers import criteria


def prefill(deed: str, hazard: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    if hazard is None:
        return _own_object(actor)
    if deed == "assign":
        general = hazard.grade != Grade.MAJOR
        return {
            "responsible_person": hazard.responsible_person,
            "measures": hazard.measures,
            "funds_planned": hazard.funds_planned_fen,
            "rectify_by": hazard.rectify_by or (terms.proposed(hazard, "rectify_days") if general else None),
            "contingency_plan": hazard.contingency_plan,
        }
    if deed in ("send_back", "recheck", "reopen"):
        return {"rectify_by": terms.proposed(hazard, "reissue_days")}
    if deed == "submit_rectification":
        return {"funds_spent": hazard.funds_planned_fen}
    if deed == "correct":
        return {name: getattr(hazard, name) for name in inputs.CORRECTED}
    if deed == "regrade":
        return {"grade": hazard.grade}
    if deed == "list_supervision":
        return _listing_terms(hazard)
    return {}


def asks(deed: str, hazard: Any, actor: Actor) -> Mapping[str, bool]:
    """Which of the five this hazard still lacks is required; what it has, or its order says, is not asked for again."""
    if hazard is None or deed not in ("tell_means", "complete_elements"):
        return {}
    lacking = frozenset(gates.lacking_elements(hazard))
    if deed == "tell_means":
        return {field: field in lacking for field in orders.OWN}
    said = orders.said_by_order(hazard)
    return dict.fromkeys(lacking, True) | dict.fromkeys(said - lacking, False)


def _listing_terms(hazard: Hazard) -> dict[str, Any]:
    """What is known of a listing, so that it need only be signed: lead, bound leader, and a day that lies ahead."""
    today = clock.today()
    place = hazard.object.region_path, hazard.object.sector_path
    due = hazard.rectify_by if hazard.rectify_by and hazard.rectify_by >= today else None
    return {
        "lead": hazard.agency_id or lead_agency(hazard.sector_path, today),
        "leader_post": leaders_of([place], today)[place].post_id,
        "due_on": due,
        "level": "district",
    }


def _own_object(actor: Actor) -> dict[str, Any]:
    """Who answers for one object reports on that one, and finds things there by self-check."""
    own = {scope.object for scope in actor.scopes if scope.object is not None}
    if len(own) != 1:
        return {}
    name = SupervisedObject.objects.filter(uid=own.pop()).values_list("name", "credit_code").first()
    return {"object": "｜".join(part for part in name if part), "source": Source.SELF_CHECK} if name else {}


def criterion_choices(hazard: Any) -> Sequence[tuple[str, Any]]:
    """The criteria a person may cite: of the hazard's sector and day, or of all sectors when nothing is known yet."""
    day = hazard.found_on if hazard is not None else clock.today()
    names = [sector_name(hazard.sector_path)] if hazard is not None and hazard.sector_path else _top_sectors()
    groups = []
    for name in names:
        fitting = criteria.choices(name, day) if hazard is not None else _deciding(name, day)
        if fitting:
            groups.append((name, [(item.id, f"{item.article} {item.text[:60]}") for item in fitting]))
    return groups


def _deciding(sector: str, day: date) -> list[criteria.Criterion]:
    return [item for item in criteria.criteria(sector, day) if item.decides]


def _top_sectors() -> list[str]:
    return list(
        Sector.objects.filter(parent=None, until=None)
        .order_by("order", "path")
        .values_list("name", flat=True)
    )


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names; a criterion as its sentence with its basis, for an article's number tells nobody."""
    if name == "criterion" and value:
        return criterion_words(str(value))
    if name in ("lead", "to") and isinstance(value, int):
        agency = Agency.objects.filter(pk=value).first()
        return agency.name if agency else value
    if name == "leader_post":
        from bihuan.kernel.people.models import Post

        post = Post.objects.filter(pk=value).first()
        return post.title if post else value
    return value
