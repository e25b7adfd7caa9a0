"""The places of the web room itself, in the order of the work; capabilities and registers offer theirs."""

from __future__ import annotations

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.policies import trail
from bihuan.kernel.web.frame import for_roles, offer
from bihuan.kernel.web.parts import Link

KEEPERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
DECIDING = frozenset({Role.OFFICE, Role.LEADER})
"""Who sees the rules among the places; everybody else finds them under the own name."""


def _setup(actor: Actor) -> Link | None:
    from bihuan.kernel.web.first_run import incomplete

    return Link("初次设置", "/setup/", "settings") if actor.holds(*KEEPERS) and incomplete() else None


def install() -> None:
    """Put the room's own places into the navigation, and name what they write for the auditor."""
    from bihuan.kernel.web.auditing.called import policies_called
    from bihuan.kernel.web.auditing.words import Trail, name_trail

    offer(80, for_roles("应报未报", "/filings/", "calendar-due"))
    offer(90, for_roles("数据", "/figures/", "table"))
    offer(100, for_roles("留痕核验", "/record/", "shield-check", frozenset({Role.AUDITOR})))
    offer(110, for_roles("人员与岗位", "/people/", "users", KEEPERS))
    offer(115, for_roles("期限与规则", "/policies/", "adjustments-horizontal", DECIDING))
    offer(120, _setup)
    name_trail(trail.KIND, Trail("期限与规则", trail.VERBS, (trail.PREFIX,), trail.chain_of, policies_called))
