"""The hands of the weekly form, as seen from one form."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.dispatch.hands import coordinates, leads
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role


def _office(actor: Actor, form: Any) -> bool:
    """The committee office of the place."""
    return actor.holds(Role.OFFICE) and coordinates(actor, form)


def _by_itself(actor: Actor, form: Any) -> bool:
    return actor.is_system


FILER = Hand("filer", "填报单位", leads)
APPROVER = Hand("approver", "安委办（不能是填报的同一人）", _office)
OFFICE = Hand("office", "安委办", _office)
CLOCK = Hand("clock", "系统", _by_itself)
