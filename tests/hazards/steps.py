"""Factories named by the state they leave; every one goes through the engine as a person who may."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PIL import Image

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import store_image
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from tests.world import World


def finding(world: World, **changes: Any) -> inputs.Finding:
    values: dict[str, Any] = {
        "object": world.factory.uid,
        "place": "二车间北侧",
        "description": "疏散通道堆放原料，宽度不足一米",
        "source": "routine",
        "found_on": clock.today(),
        "grade": "general",
    }
    return inputs.Finding(**{**values, **changes})


def elements(**changes: Any) -> inputs.FiveElements:
    values: dict[str, Any] = {
        "responsible_person": "钱厂长",
        "measures": "清运原料，划线管理",
        "funds_planned": 120_000,
        "rectify_by": clock.today() + timedelta(days=10),
        "contingency_plan": "清理期间专人看守",
    }
    return inputs.FiveElements(**{**values, **changes})


def photo(matter: UUID, actor: Actor, kind: str = "after_photos", colour: str = "white") -> UUID:
    """A small real picture, kept for the matter."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(picture, "JPEG")
    return store_image(matter, kind, picture.getvalue(), actor).uid


def reported(world: World, by: str = "", **changes: Any) -> Hazard:
    by = by or ("safety" if changes.get("source") == "self_check" else "clerk_east")
    outcome = engine.open_matter("hazard", "report", finding(world, **changes), actor=world.actor(by))
    return Hazard.objects.get(uid=outcome.uid)


def rectifying(world: World, by: str = "clerk_east", **changes: Any) -> Hazard:
    hazard = reported(world, **changes)
    engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor(by), version=hazard.version)
    return fresh(hazard)


def rectification(world: World, hazard: Hazard, by: str = "safety", **changes: Any) -> inputs.Rectification:
    values: dict[str, Any] = {
        "rectified_on": clock.today(),
        "result": "通道已清空，宽度一米四",
        "funds_spent": 110_000,
        "after_photos": (photo(hazard.uid, world.actor(by)),),
    }
    return inputs.Rectification(**{**values, **changes})


def awaiting(world: World, by: str = "safety", **changes: Any) -> Hazard:
    hazard = rectifying(world, **changes)
    engine.perform(
        "hazard", "submit_rectification", hazard.no, rectification(world, hazard, by),
        actor=world.actor(by), version=hazard.version,
    )  # fmt: skip
    return fresh(hazard)


def acceptance(**changes: Any) -> inputs.Acceptance:
    values: dict[str, Any] = {"accepted_on": clock.today(), "opinion": "现场核查，已消除"}
    return inputs.Acceptance(**{**values, **changes})


def closed(world: World, by: str = "regulator", **changes: Any) -> Hazard:
    hazard = awaiting(world, **changes)
    engine.perform("hazard", "accept", hazard.no, acceptance(), actor=world.actor(by), version=hazard.version)
    return fresh(hazard)


def overdue(world: World, days: int = 3, **changes: Any) -> Hazard:
    """In rectification, with its day so many days past."""
    with clock.frozen(clock.now() - timedelta(days=10 + days)):
        return rectifying(world, **changes)


def failed(world: World, times: int, **changes: Any) -> Hazard:
    """Accepted in vain so many times, and in rectification again."""
    hazard = rectifying(world, **changes)
    for _ in range(times):
        engine.perform(
            "hazard",
            "submit_rectification",
            hazard.no,
            rectification(world, hazard),
            actor=world.actor("safety"),
        )
        again = inputs.SendingBack(reason="仍有杂物", rectify_by=clock.today() + timedelta(days=5))
        engine.perform("hazard", "send_back", hazard.no, again, actor=world.actor("regulator"))
    return fresh(hazard)


def fresh(hazard: Hazard) -> Hazard:
    return Hazard.objects.get(pk=hazard.pk)


def day(text: str) -> date:
    return date.fromisoformat(text)
