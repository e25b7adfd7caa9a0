"""What a ledger claims of a hazard, taken over as its claim; a later ledger may claim more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.capabilities.hazards import owing, recurrence
from bihuan.capabilities.hazards.categories import category_of
from bihuan.capabilities.hazards.effects.reporting import index
from bihuan.capabilities.hazards.enlisting import enlist
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.kernel.loops.deadlines import Deadline, working_days
from bihuan.kernel.loops.writing import plain_facts


def claim_from_ledger(hazard: Hazard, given: Any, context: Any) -> None:
    """Take over what a ledger says, as its claim."""
    context.state = given.state
    hazard.claimed = True
    hazard.description = given.description
    hazard.place = given.place
    hazard.campaign = given.campaign
    hazard.category = category_of(given.description)
    hazard.found_by = given.found_by[:60]
    hazard.responsible_person = given.responsible_person[:60]
    hazard.measures = given.measures
    hazard.contingency_plan = given.contingency_plan
    hazard.funds_planned_fen = given.funds
    # Done without a day, or accepted with no other: the money is spent all the same, and dated by the finding.
    done = given.state in (HazardState.AWAITING_ACCEPTANCE, HazardState.CLOSED)
    hazard.funds_spent_fen = given.funds if given.rectified_on or done else None
    hazard.rectify_by = given.rectify_by
    hazard.rectified_on = given.rectified_on
    hazard.accepted_on = given.accepted_on
    hazard.accepted_by = given.accepted_by[:60]
    hazard.accepted_claimed = given.accepted_on is not None
    hazard.batch = given.batch
    hazard.row_key = given.row_key or None
    hazard.row_facts = given.row_facts
    context.facts |= {"line": given.line, "batch": given.batch}
    if hazard.grade == Grade.MAJOR and given.state != HazardState.CLOSED:
        owing.major_found(hazard, context)
    index(hazard)


def claimed_together(changes: Sequence[Any], context: Any) -> None:
    """What the rows of a ledger mean together: which repeat one another, and which come under listed supervision."""
    recurrence.remember(changes, context)
    for change, listing in enlist(changes, context):
        context.facts = {}
        owing.listed(change.matter, listing, context)
        owed = {**change.payload.get("owed", {}), **plain_facts(context.facts).get("owed", {})}
        change.payload["owed"] = {name: day for name, day in owed.items() if name != "propose_listing"}


_ACCEPTANCE = working_days("hazard.acceptance_days", "台账载明已整改，载入后应在规定的工作日内验收")


def claimed_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline | None:
    """What is still to be done has a deadline, what a ledger claims as closed has none.

    The ledger's own day binds the rectification; where that is claimed as done, the acceptance is due, counted from
    the day on which the ledger told us.
    """
    if given.state == HazardState.AWAITING_ACCEPTANCE:
        return _ACCEPTANCE(hazard, given, context)
    if given.state == HazardState.CLOSED or given.rectify_by is None:
        return None
    return Deadline(given.rectify_by, "台账所载整改期限", context.day)


def claim_progress(hazard: Hazard, given: Any, context: Any) -> None:
    """A later ledger claims more; the claim moves what nobody has touched here."""
    hazard.rectified_on = given.rectified_on or hazard.rectified_on
    if given.funds is not None:
        hazard.funds_spent_fen = given.funds
    elif hazard.funds_spent_fen is None:
        hazard.funds_spent_fen = hazard.funds_planned_fen  # a cell left blank takes nothing back
    if given.accepted_on is not None:
        hazard.accepted_on = given.accepted_on
        hazard.accepted_by = given.accepted_by[:60]
        hazard.accepted_claimed = True
    note_claim(hazard, given, context)


def note_claim(hazard: Hazard, given: Any, context: Any) -> None:
    """What the row says now, for the next ledger to be compared with. It is the importer's memory and no state here."""
    if given.row_facts is not None:
        hazard.row_facts = given.row_facts
    context.facts["batch"] = given.batch
