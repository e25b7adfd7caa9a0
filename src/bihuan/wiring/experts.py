"""What an engaged expert or agency found becomes hazards."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.hazards.inputs import Finding
from bihuan.capabilities.hazards.states import Source
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.registers.officers import advisors
from bihuan.registers.officers.advisors import Found as AdvisedFinding
from bihuan.registers.officers.models import Engagement


def connect() -> None:
    """Findings of an engagement become hazards."""
    advisors.findings_become(hazards_of_engagement)


def hazards_of_engagement(work: Engagement, found: Sequence[AdvisedFinding], actor: Actor) -> Sequence[str]:
    """What an engaged expert or agency found enters the ledger with 专家 as its source (M072)."""
    assert work.object_id is not None
    assert work.ended_on is not None
    given = [
        Finding(
            object=work.object_id, place=one.place, description=one.description, source=Source.EXPERT.value,
            found_on=work.ended_on,
        )
        for one in found
    ]  # fmt: skip
    columns = [{"origin": f"委托 {work.pk}"}] * len(given)
    return [one.no for one in engine.open_many("hazard", "report", given, actor=actor, columns=columns)]
