"""Where a project stands, what kind it is, and where each of its milestones stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.kernel.loops.declaration import State


class ProjectState(State):
    UNDER_WAY = "under_way", "推进中"
    AWAITING_ACCEPTANCE = "awaiting_acceptance", "待竣工验收"
    CLOSED = "closed", "已完成"
    CANCELLED = "cancelled", "已终止"


class ProjectKind(State):
    CONSTRUCTION = "construction", "工程建设"
    RELOCATION = "relocation", "搬迁改线"
    CLOSURE = "closure", "关停收尾"
    PILOT = "pilot", "试点"
    PLAN = "plan", "规划任务"
    OTHER = "other", "其他"


class Stop(State):
    """A milestone's own standing, always derived from its days."""

    AHEAD = "ahead", "未到期"
    LATE = "late", "逾期"
    REPORTED = "reported", "待验收"
    ACCEPTED = "accepted", "已验收"


def stop_of(milestone: dict[str, Any], on: date) -> Stop:
    """Where one milestone stands on a day; on its own day nobody is late."""
    if milestone["accepted_on"]:
        return Stop.ACCEPTED
    if milestone["reported_on"]:
        return Stop.REPORTED
    return Stop.LATE if date.fromisoformat(milestone["due"]) < on else Stop.AHEAD


def waiting(milestones: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the lead has not reported yet, the nearest first."""
    return sorted((one for one in milestones if not one["reported_on"]), key=lambda one: str(one["due"]))
