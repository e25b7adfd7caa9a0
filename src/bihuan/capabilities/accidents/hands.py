"""The hands of the accident loop, as seen from one accident."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

SUPERVISING = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN})
INVESTIGATING = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER})
GOVERNING = frozenset({Role.OFFICE, Role.LEADER})
INSIDE = SUPERVISING | {Role.LEADER}
"""Who may read what the investigation found; the enterprise may not."""


def _covers(roles: frozenset[Role], actor: Actor, accident: Any) -> bool:
    return actor.covers(
        roles, accident.region_path, accident.sector_path, accident.agency_id, accident.object_id
    )


def _hand(name: str, label: str, roles: frozenset[Role]) -> Hand:
    return Hand(name, label, lambda actor, accident: _covers(roles, actor, accident))


def answers_for_unit(actor: Actor, accident: Any) -> bool:
    """The unit the accident happened in."""
    return accident.object_id is not None and _covers(ENTERPRISE_ROLES, actor, accident)


SYSTEM = Hand("system", "系统", lambda actor, accident: actor.is_system)
WATCH = _hand("watch", "值班人员（监管部门、镇街、安委办或区领导）", INSIDE)
UNIT = Hand("unit", "事故发生单位", answers_for_unit)
SUPERVISOR = _hand("supervisor", "监管部门、镇街或安委办", SUPERVISING)
INVESTIGATOR = _hand("investigator", "负责调查的部门或安委办", INVESTIGATING)
GOVERNMENT = _hand("government", "安委办或区领导（代表本级政府）", GOVERNING)
