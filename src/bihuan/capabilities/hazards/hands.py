"""The hands of the hazard loop, as seen from one hazard."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

SUPERVISING = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN})
FINDING = SUPERVISING | ENTERPRISE_ROLES | {Role.LEADER, Role.GRID, Role.EXPERT}
DISTRICT = frozenset({Role.OFFICE, Role.LEADER})


def _covers(roles: frozenset[Role], actor: Actor, hazard: Any) -> bool:
    return actor.covers(roles, hazard.region_path, hazard.sector_path, hazard.agency_id, hazard.object_id)


def supervises(actor: Actor, hazard: Any) -> bool:
    """The agency, town or office that answers for the hazard's supervision."""
    return _covers(SUPERVISING, actor, hazard)


def answers_for_object(actor: Actor, hazard: Any) -> bool:
    """The enterprise in which the hazard lies (企业主体责任)."""
    return _covers(ENTERPRISE_ROLES, actor, hazard)


def accepts(actor: Actor, hazard: Any) -> bool:
    """Who may accept: inside the enterprise for general hazards of its own self-check, the regulator for all others."""
    own = hazard.source == "self_check" and hazard.grade == "general"
    return supervises(actor, hazard) or (own and answers_for_object(actor, hazard))


FINDER = Hand("finder", "发现隐患的单位或人员", lambda actor, hazard: _covers(FINDING, actor, hazard))
SUPERVISOR = Hand("supervisor", "监管部门、镇街或安委办", supervises)
RECTIFIER = Hand("rectifier", "隐患所在单位", answers_for_object)
ACCEPTOR = Hand("acceptor", "验收人（企业自查的一般隐患由企业第二人，其余由监管部门）", accepts)
DISTRICT_LEVEL = Hand(
    "district_level", "安委办或区领导", lambda actor, hazard: _covers(DISTRICT, actor, hazard)
)
OFFICE = Hand("office", "安委办", lambda actor, hazard: _covers(frozenset({Role.OFFICE}), actor, hazard))
IMPORTER = Hand(
    "importer",
    "台账导入",
    lambda actor, hazard: actor.origin == "import" and (actor.is_system or supervises(actor, hazard)),
)
