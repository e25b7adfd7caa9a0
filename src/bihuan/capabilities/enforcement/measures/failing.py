"""Supply inside a stop period: a failure of the department that answers for the supplier, naming who handled it."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.measures.closure_inputs import FailureFound
from bihuan.capabilities.enforcement.measures.gates import names_in
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor


def open_failure(measure: Measure, given: Any, actor: Actor) -> str:
    """Raise it in the same transaction; its handlers are those found and those who had acknowledged the decision."""
    named = dict.fromkeys([*names_in(given.handlers), *names_in(measure.handlers)])
    said = FailureFound(
        measure=measure.no, supplied_at=given.supplied_at, seen=given.seen, handlers="、".join(named)[:400]
    )
    return engine.open_matter("supply_failure", "raise", said, actor=actor).no
