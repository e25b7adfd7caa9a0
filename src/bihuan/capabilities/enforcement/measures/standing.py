"""A unit that must stop altogether stands so in the register: told there and ended there, by the order's own number."""

from __future__ import annotations

from bihuan.capabilities.enforcement.measures.kinds import KINDS
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import MeasureKind
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.registers.enterprises import operating


def stopped(measure: Measure, actor: Actor) -> None:
    """停产: from the day the measure is in force, as an entry of the object's own chain."""
    if KINDS[measure.kind].stops_all and measure.since is not None:
        label = MeasureKind(measure.kind).label
        operating.stop(measure.object, measure.no, label, measure.since, actor)


def resumed(measure: Measure, actor: Actor) -> None:
    """The order ended: what it told is true no more; other orders keep the unit where it is."""
    if KINDS[measure.kind].stops_all:
        operating.resume(measure.object, measure.no, measure.lifted_on or clock.today(), actor)
