"""What each deed means for the round's own columns."""

from __future__ import annotations

from functools import partial
from typing import Any

from bihuan.capabilities.inspections.planning.models import Round
from bihuan.capabilities.inspections.planning.rounds import hooks, packs
from bihuan.capabilities.inspections.planning.rounds.states import SectionOutcome
from bihuan.capabilities.inspections.planning.rounds.templates import key_of, template_of
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.models import ENTERPRISE_ROLES


def place(round: Round, given: Any, actor: Any) -> None:
    """Before setting out: which object, through the actor's own door."""
    try:
        round.object = access_object(actor, given.object)
    except Absent as absent:
        raise Refused.because(
            "round.object_unknown", "没有查到该对象，或不在您的辖区，请重新选择", "object"
        ) from absent
    round.region_path, round.sector_path = round.object.region_path, round.object.sector_path
    round.own = bool(actor.roles & ENTERPRISE_ROLES)
    own = next((scope.agency_id for scope in actor.scopes if scope.agency_id is not None), None)
    round.agency_id = own or round.object.agency_id
    template = template_of(given.template)
    if template is None:
        raise Refused.because("round.template_unknown", "没有这张巡查表，或已停用，请重新选择", "template")
    round.template = template


def set_out(round: Round, given: Any, context: Any) -> None:
    """开始巡查: the sections are those of the template today; a later template does not change a round under way."""
    round.title = f"{round.object.name}：{round.template.title}"[:120]
    round.walkers, round.companions = given.walkers.strip(), given.companions.strip()
    round.began_on = context.day
    round.sections = [dict(one) for one in round.template.sections]


def look(round: Round, given: Any, context: Any) -> None:
    """登记环节: what is found becomes a hazard in the same transaction, or neither is kept (M113)."""
    hazards: list[str] = []
    if given.outcome == SectionOutcome.HAZARD:
        hazards = [hooks.report(round, given, context.actor)]
        round.hazards = [*round.hazards, *hazards]
    result = {
        "outcome": given.outcome, "note": given.note, "place": given.place, "by": context.actor.name,
        "at": context.at.isoformat(timespec="seconds"), "hazards": hazards,
    }  # fmt: skip
    round.results = {**round.results, key_of(round.sections, given.section): result}
    context.facts["hazards"] = hazards


def finish(round: Round, given: Any, context: Any) -> None:
    """完成巡查: a pack due for this object is met by it."""
    round.finished_on = given.finished_on
    context.facts["found"] = len(round.hazards)
    context.afterwards.append(partial(packs.met, round, context.actor))
