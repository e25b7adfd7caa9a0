"""The hands of the crackdown, as seen from one item."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

REPORTING = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN, Role.GRID, Role.LEADER})
UNITS = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN, Role.LEADER})
STRIKING = frozenset({Role.OFFICER, Role.REGULATOR})
WATCHING = frozenset({Role.TOWN, Role.GRID, Role.OFFICER, Role.REGULATOR})
DISTRICT = frozenset({Role.OFFICE, Role.LEADER})


def _near(roles: frozenset[Role], actor: Actor, item: Any) -> bool:
    return actor.covers(roles, item.region_path, item.sector_path, item.agency_id, item.object_id)


def reports(actor: Actor, item: Any) -> bool:
    """Whoever supervises the place, in any sector: what is illegal has no regulator yet."""
    return any(
        scope.role in REPORTING and bool(scope.region_path) and item.region_path.startswith(scope.region_path)
        for scope in actor.scopes
    )


def strikes(actor: Actor, item: Any) -> bool:
    """Officers and regulators of the unit that leads, or whose sector it is: towns hold no enforcement power."""
    return _near(STRIKING, actor, item)


def watches(actor: Actor, item: Any) -> bool:
    """Who looks again whether it has come back: the town and its grid workers first."""
    return _near(WATCHING, actor, item)


def bans(actor: Actor, item: Any) -> bool:
    """The committee office or a leader of the district, for the government that bans."""
    return actor.holds_over(item.region_path, *DISTRICT)


REPORTER = Hand("reporter", "镇街、网格、部门、执法人员或安委办", reports)
STRIKER = Hand("striker", "牵头打击的部门（执法或监管人员）", strikes)
WATCHER = Hand("watcher", "属地镇街、网格或牵头部门", watches)
APPROVER = Hand("approver", "安委办或区领导", bans)
COMPARISON = Hand("comparison", "系统比对", lambda actor, item: actor.is_system and not actor.operator)
