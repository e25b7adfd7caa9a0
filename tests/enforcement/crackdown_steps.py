"""Items of the crackdown left in each state, every one through the engine by a person who may."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.enforcement.crackdown import inputs
from bihuan.capabilities.enforcement.crackdown.models import Item
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import plant
from tests.world import World


def village(world: World, name: str = "张庄村", town: Region | None = None) -> Region:
    return plant(Region, town or world.east, name, level=RegionLevel.VILLAGE)


def site(**changes: Any) -> inputs.SiteFound:
    values: dict[str, Any] = {
        "code": "den.processing", "place_type": "brickyard", "place": "东湖镇", "address": "村东废弃砖厂院内",
        "description": "夜间生产，有两台搅拌机，工人五名", "found_on": clock.today(), "source": "patrol",
    }  # fmt: skip
    return inputs.SiteFound(**{**values, **changes})


def found(world: World, by: str = "clerk_east", **changes: Any) -> Item:
    given = site(lead=world.bureau.pk, **changes) if "lead" not in changes else site(**changes)
    return Item.objects.get(uid=engine.open_matter("crackdown", "report", given, actor=world.actor(by)).uid)


def taken(world: World, item: Item, deed: str, given: Any, by: str) -> Item:
    engine.perform("crackdown", deed, item.no, given, actor=world.actor(by), version=item.version)
    return Item.objects.get(uid=item.uid)


def strike(**changes: Any) -> inputs.Strike:
    values: dict[str, Any] = {"struck_on": clock.today(), "measures": "查封设备两台，遣散五人"}
    return inputs.Strike(**{**values, **changes})


def struck(world: World, item: Item | None = None, by: str = "officer", **changes: Any) -> Item:
    return taken(world, item or found(world), "strike", strike(**changes), by)


def awaiting(world: World, item: Item | None = None, by: str = "officer") -> Item:
    given = inputs.BanRequest(how="断电，拆除设备，清理原料")
    return taken(world, item or struck(world), "request_ban", given, by)


def banned(world: World, item: Item | None = None, by: str = "office", on: date | None = None) -> Item:
    given = inputs.BanApproval(banned_on=on or clock.today())
    return taken(world, item or awaiting(world), "approve_ban", given, by)


def rechecked(world: World, item: Item, by: str = "clerk_east", on: date | None = None) -> Item:
    return taken(world, item, "recheck", inputs.Recheck(checked_on=on or clock.today()), by)


def reemerged(world: World, item: Item, by: str = "grid") -> Item:
    given = inputs.Reemergence(found_on=clock.today(), description="夜间又恢复生产")
    return taken(world, item, "reemerge", given, by)


def consolidated(world: World, item: Item | None = None) -> Item:
    item = item or banned(world)
    for _ in range(3):
        item = rechecked(world, item)
    return taken(world, item, "conclude", inputs.Conclusion(), "office")


def vehicle(world: World, by: str = "clerk_east", **changes: Any) -> Item:
    values: dict[str, Any] = {
        "code": "vehicle.overload", "plate": "鲁D12345", "place": "东湖镇", "description": "核载五人实载九人",
        "found_on": clock.today(), "lead": world.bureau.pk,
    }  # fmt: skip
    given = inputs.VehicleFound(**{**values, **changes})
    outcome = engine.open_matter("crackdown", "report_vehicle", given, actor=world.actor(by))
    return Item.objects.get(uid=outcome.uid)


def person(world: World, by: str = "clerk_east", **changes: Any) -> Item:
    values: dict[str, Any] = {
        "code": "person.operation", "object": world.factory.uid, "party": "张某，织机挡车工",
        "description": "未停机清理飞花", "found_on": clock.today(),
    }  # fmt: skip
    given = inputs.PersonFound(**{**values, **changes})
    outcome = engine.open_matter("crackdown", "report_person", given, actor=world.actor(by))
    return Item.objects.get(uid=outcome.uid)


def settled(world: World, item: Item, by: str = "officer", **changes: Any) -> Item:
    values: dict[str, Any] = {
        "settled_on": clock.today(),
        "way": "detained",
        "result": "扣留车辆，移交客运办",
    }
    return taken(world, item, "settle", inputs.Settling(**{**values, **changes}), by)
