"""Factories named by the state they leave; every one goes through the engine as a person who may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.inspections import finding, inputs, sheets
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.registers.checklists.loading import load_checklists
from bihuan.registers.officers import certificates
from tests.registers.instrument_steps import profile
from tests.world import World

LISTED = "gongmao"


def equip(world: World) -> World:
    """Checklists, organ, and certificates of the bureau's officers for the year."""
    load_checklists()
    profile(world.bureau)
    for name in ("officer", "regulator"):
        certify(world, name)
    return world


def certify(world: World, name: str, since: date | None = None, until: date | None = None) -> None:
    person = world.users[name].person
    told = certificates.Told(
        person, world.bureau, f"云执{name}", since or date(2020, 1, 1), until or date(2035, 12, 31)
    )
    certificates.register(told, world.actor("office"))


def names(world: World, *keys: str) -> str:
    return "\n".join(world.users[key].person.name for key in keys)


def arrangement(world: World, **changes: Any) -> inputs.Arrangement:
    values: dict[str, Any] = {
        "object": world.factory.uid, "mode": "open", "planned_on": clock.today(), "content": "消防设施和疏散通道",
        "officers": names(world, "officer", "regulator"),
    }  # fmt: skip
    return inputs.Arrangement(**{**values, **changes})


def arranged(world: World, by: str = "officer", **changes: Any) -> Inspection:
    outcome = engine.open_matter(
        "inspection", "arrange", arrangement(world, **changes), actor=world.actor(by)
    )
    return Inspection.objects.get(uid=outcome.uid)


def do(world: World, one: Inspection, step: str, given: Any, by: str = "officer", **more: Any) -> Inspection:
    engine.perform("inspection", step, one.no, given, actor=world.actor(by), **more)
    return fresh(one)


def approved(world: World, **changes: Any) -> Inspection:
    return do(world, arranged(world, **changes), "approve_scheme", inputs.Approval(), "regulator_two")


def arrival(**changes: Any) -> inputs.Arrival:
    return inputs.Arrival(**{"place": "二车间", "shown": True, **changes})


def on_site(world: World, **changes: Any) -> Inspection:
    return do(world, approved(world, **changes), "arrive", arrival())


def town_on_site(world: World, **changes: Any) -> Inspection:
    """A town inspects without enforcing."""
    one = arranged(world, "clerk_east", nature="supervision", officers=names(world, "clerk_east"), **changes)
    return do(world, one, "arrive", arrival(shown=False), "clerk_east")


def tick_all(
    world: World, one: Inspection, failing: int = 0, by: str = "officer", **changes: Any
) -> Inspection:
    """Every item answered; the first ``failing`` ones fail."""
    for item in sheets.items_of(fresh(one))[:failing]:
        do(world, one, "tick", inputs.Tick(item=item.pk, outcome="fail", note="未见记录", **changes), by)
    return do(world, one, "pass_rest", inputs.RestPassed(said=True), by)


def found(world: World, one: Inspection, by: str = "officer", **changes: Any) -> Inspection:
    values: dict[str, Any] = {
        "place": "二车间北侧",
        "words": "疏散通道堆放原料",
        "violated": "《安全生产法》第四十二条",
    }
    return do(world, one, "find", inputs.Found(**{**values, **changes}), by)


def ending(**changes: Any) -> inputs.Ending:
    return inputs.Ending(
        **{"party_name": "钱厂长", "party_post": "厂长", "responsible_person": "钱厂长", **changes}
    )


def ordered(world: World, days: int = 10, **changes: Any) -> Inspection:
    """Finished with one thing to be put right in so many days."""
    one = tick_all(world, on_site(world, **changes))
    one = found(world, one, due_on=clock.today() + timedelta(days=days))
    return do(world, one, "finish", ending())


def clean(world: World, **changes: Any) -> Inspection:
    """Finished with nothing found."""
    return do(world, tick_all(world, on_site(world, **changes)), "finish", ending())


def recheck(one: Inspection, word: str = "已整改", **changes: Any) -> inputs.Rechecked:
    waiting = [row for row in finding.standing(one) if row.to_be_rectified]
    values: dict[str, Any] = {
        "rechecked_on": clock.today(), "results": "\n".join(f"{row.order}｜{word}｜现场查看" for row in waiting),
    }  # fmt: skip
    return inputs.Rechecked(**{**values, **changes})


def fresh(one: Inspection) -> Inspection:
    return Inspection.objects.get(pk=one.pk)
