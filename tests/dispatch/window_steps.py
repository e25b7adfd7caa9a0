"""Key periods and milestone projects, through the engine by a person who may."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.windows import inputs
from bihuan.capabilities.dispatch.windows.milestones import inputs as project_inputs
from bihuan.capabilities.dispatch.windows.models import KeyWindow, Project
from bihuan.kernel.loops import engine
from tests.world import World

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 8)


def planned(world: World, by: str = "office", **changes: Any) -> KeyWindow:
    values: dict[str, Any] = {
        "kind": "national_day",
        "name": "2026年国庆",
        "first_day": FIRST,
        "last_day": LAST,
        "ahead": 2,
        "reporting": "towns",
    }
    given = inputs.Planning(**{**values, **changes})
    outcome = engine.open_matter("window", "plan", given, actor=world.actor(by))
    return KeyWindow.objects.get(uid=outcome.uid)


def taken(world: World, window: KeyWindow, step: str, given: Any, by: str = "office") -> KeyWindow:
    engine.perform("window", step, window.no, given, actor=world.actor(by), version=window.version)
    return KeyWindow.objects.get(uid=window.uid)


def project(world: World, by: str = "office", **changes: Any) -> Project:
    values: dict[str, Any] = {
        "name": "城东消防站建设",
        "lead": world.builders.pk,
        "urged_by": world.bureau.pk,
        "milestones": "2026-10-15 主体封顶\n2026-12-15 竣工验收",
    }
    given = project_inputs.Planning(**{**values, **changes})
    outcome = engine.open_matter("project", "plan", given, actor=world.actor(by))
    return Project.objects.get(uid=outcome.uid)


def moved(world: World, one: Project, step: str, given: Any, by: str) -> Project:
    engine.perform("project", step, one.no, given, actor=world.actor(by), version=one.version)
    return Project.objects.get(uid=one.uid)
