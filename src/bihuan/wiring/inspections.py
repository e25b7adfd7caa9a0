"""What an inspection causes: hazards of what it found, a case of an order that was not met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement.inputs.filing import Filing
from bihuan.capabilities.enforcement.states import CaseSource
from bihuan.capabilities.hazards import orders
from bihuan.capabilities.hazards.hands import supervises
from bihuan.capabilities.hazards.inputs import (
    Acceptance,
    Finding,
    OrderMoved,
    OrderTerms,
    Recheck,
    SendingBack,
)
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState, Source
from bihuan.capabilities.inspections import hooks, modes
from bihuan.capabilities.inspections.models import CaseProposal, Inspection
from bihuan.capabilities.inspections.models import Finding as InspectionFinding
from bihuan.capabilities.inspections.rechecking import taken_up
from bihuan.capabilities.inspections.states import InspectionState, Met
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.registry import after
from bihuan.kernel.people.actors import Actor
from bihuan.registers.officers.certificates import certified


def connect() -> None:
    """Findings become hazards, a proposal becomes a case, and a case filed by hand takes the proposal up."""
    hooks.findings_become(hazards_of_inspection)
    hooks.when_ordered(hazards_handed_over)
    hooks.when_extended(hazards_given_time)
    hooks.when_rechecked(hazards_rechecked)
    orders.waited_for_by(order_of_hazard)
    hooks.when_proposed(case_of_proposal)
    after("case", "file", proposal_taken_up)


def hazards_of_inspection(
    inspection: Inspection, found: Sequence[InspectionFinding], actor: Actor
) -> Sequence[str]:
    """What an inspection found is reported as hazards that carry its number, all of them or none (M107, M111).

    Its source among hazards follows from how it was made: joint before covert before a campaign's before routine.
    """
    if inspection.units:
        source = Source.JOINT
    elif modes.is_secret(inspection.mode):
        source = Source.UNDERCOVER
    else:
        source = Source.SPECIAL if inspection.campaign else Source.ROUTINE
    assert inspection.arrived_on is not None
    given = [
        Finding(
            object=inspection.object_id, place=one.place, description=one.words, source=source.value, grade=one.grade,
            criterion=one.criterion, found_on=inspection.arrived_on, campaign=inspection.campaign,
        )
        for one in found
    ]  # fmt: skip
    columns = [{"origin": inspection.no}] * len(given)
    return [one.no for one in engine.open_many("hazard", "report", given, actor=actor, columns=columns)]


def hazards_handed_over(inspection: Inspection, ordered: Sequence[hooks.Ordered], actor: Actor) -> None:
    """The papers of the inspection hand its hazards over to the unit, by the officer's own deed (M087, M127).

    Where the officer does not answer for a hazard (one of another trade in a joint inspection), it waits for who does.
    """
    hazards = _hazards_of([one.finding for one in ordered])
    for one in ordered:
        hazard = hazards.get(one.finding.hazard_no)
        if hazard is None or not supervises(actor, hazard):
            continue
        said = OrderTerms(
            paper=one.paper, responsible_person=one.responsible_person, measures=one.measures, rectify_by=one.rectify_by,
            funds_planned=one.funds, contingency_plan=one.interim, at_once=one.at_once,
        )  # fmt: skip
        try:
            engine.perform("hazard", "assign_by_order", hazard.uid, said, actor=actor)
        except Refused as refused:
            raise _of_item(one.finding, refused) from refused


def _of_item(one: InspectionFinding, refused: Refused) -> Refused:
    """What a hazard's own rules say, by the number under which the order names it."""
    return Refused(*(Failure(each.code, f"第 {one.order} 条：{each.message}") for each in refused.failures))


def order_of_hazard(hazard: Any) -> str:
    """The inspection whose order still waits for this hazard to be put right."""
    found = InspectionFinding.objects.select_related("inspection").filter(
        inspection__no=hazard.origin or "-", hazard_no=hazard.no, inspection__state=InspectionState.RECTIFYING
    )
    return next((one.inspection.no for one in found if one.to_be_rectified), "")


def hazards_given_time(
    inspection: Inspection, moved: Sequence[InspectionFinding], paper: str, actor: Actor
) -> None:
    """More time on an order is more time for what it orders: two days for one thing would be one too many."""
    hazards = _hazards_of(moved)
    for one in moved:
        hazard = hazards.get(one.hazard_no)
        if hazard is None or one.due_on is None or not supervises(actor, hazard):
            continue
        if hazard.state == HazardState.RECTIFYING and (hazard.rectify_by or one.due_on) < one.due_on:
            said = OrderMoved(paper=paper, rectify_by=one.due_on)
            try:
                engine.perform("hazard", "follow_order", hazard.uid, said, actor=actor)
            except Refused as refused:
                raise _of_item(one, refused) from refused


def hazards_rechecked(
    inspection: Inspection, looked: Sequence[InspectionFinding], paper: str, actor: Actor
) -> None:
    """What the officers saw at the recheck is said of the hazard as well, once, under the same signature (M088, M095).

    A unit that reported in time is accepted or sent back by it; one that did not report is rechecked. What the hazard's own
    rules refuse (another hand has to accept, a listing stands) waits on the hazard's page; a new day they refuse is refused
    here as well, or the opinion would name one day and the hazard another.
    """
    hazards = _hazards_of(looked)
    for one in looked:
        hazard = hazards.get(one.hazard_no)
        on = inspection.rechecked_on or clock.today()
        deed = None if hazard is None or not supervises(actor, hazard) else _seen(one, hazard, paper, on)
        if hazard is not None and deed is not None:
            try:
                engine.perform("hazard", deed[0], hazard.uid, deed[1], actor=actor)
            except Refused as refused:
                if any(each.field == "rectify_by" for each in refused.failures):
                    raise _of_item(one, refused) from refused


def _seen(one: InspectionFinding, hazard: Hazard, paper: str, on: date) -> tuple[str, Any] | None:
    """The deed on a hazard that says what the recheck saw; none where it has gone on or still has time."""
    said, met = f"{paper}：{one.remark or Met(one.met).label}", one.met == Met.MET
    if hazard.state == HazardState.AWAITING_ACCEPTANCE:
        if met:
            return "accept", Acceptance(
                accepted_on=one.met_on or on, opinion=f"{said}。经现场复查，隐患已消除，同意销号。"
            )
        return ("send_back", SendingBack(reason=said, rectify_by=one.due_on)) if one.due_on else None
    if hazard.state != HazardState.RECTIFYING:
        return None
    return "recheck", Recheck(
        checked_on=on, removed=met, finding=said, rectify_by=None if met else one.due_on
    )


def _hazards_of(found: Sequence[InspectionFinding]) -> dict[str, Hazard]:
    return {row.no: row for row in Hazard.objects.filter(no__in=[one.hazard_no for one in found])}


def case_of_proposal(proposal: CaseProposal, actor: Actor) -> None:
    """An order that was not met is filed as a case at once, with a certified colleague of the team (M122, M127).

    Where the one who found it cannot file, the proposal waits on the inspection's page until somebody does.
    """
    inspection, person = proposal.inspection, actor.person_id
    able = certified(inspection.officers, proposal.proposed_on)
    second = next((one for one in inspection.officers if one in able and one != person), None)
    if person not in able or second is None:
        return
    words = [row.words for row in inspection.findings.filter(order__in=proposal.findings).order_by("order")]
    said = Filing(
        object=inspection.object_id, source=CaseSource.INSPECTION.value, origin=inspection.no,
        cause="逾期未按责令限期整改指令书整改" if proposal.automatic else proposal.reason[:100],
        brief=f"{inspection.no}：{proposal.reason}。{'；'.join(words)}"[:1900], acted_on=proposal.proposed_on, second=second,
    )  # fmt: skip
    engine.open_matter("case", "file", said, actor=actor)


def proposal_taken_up(case: Any, given: Any, context: Any) -> None:
    """A case filed with the number of an inspection takes up what that inspection proposed."""
    waiting = CaseProposal.objects.filter(inspection__no=case.origin or "-", case_no="").order_by("seq")
    for pk in waiting.values_list("pk", flat=True):
        taken_up(pk, case.no)
