"""What a finished or cancelled inspection means for plans, key objects and departments' programmes."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning import coverage, programmes
from bihuan.capabilities.inspections.planning.plans import effects
from bihuan.kernel.people.actors import Actor


def finished(inspection: Inspection, actor: Actor) -> None:
    """Part of the transaction that finished it: planned lines, the quarter, the department's own check."""
    effects.inspected(inspection, actor)
    coverage.inspected(inspection)
    programmes.inspected(inspection, actor)


def cancelled(inspection: Inspection, given: Any, context: Any) -> None:
    """What it was opened for waits again."""
    effects.let_go(inspection, given, context)
