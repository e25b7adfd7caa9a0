"""What an inspection causes: hazards of what it found, a case of an order that was not met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.capabilities.enforcement.inputs.filing import Filing
from bihuan.capabilities.enforcement.states import CaseSource
from bihuan.capabilities.hazards.inputs import Finding
from bihuan.capabilities.hazards.states import Source
from bihuan.capabilities.inspections import hooks, modes
from bihuan.capabilities.inspections.models import CaseProposal, Inspection
from bihuan.capabilities.inspections.models import Finding as InspectionFinding
from bihuan.capabilities.inspections.rechecking import taken_up
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.registry import after
from bihuan.kernel.people.actors import Actor
from bihuan.registers.officers.certificates import certified


def connect() -> None:
    """Findings become hazards, a proposal becomes a case, and a case filed by hand takes the proposal up."""
    hooks.findings_become(hazards_of_inspection)
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
