"""Who acts in the golden district: the small district's people, a fire brigade, and three more units that file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bihuan.kernel import clock
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Person, Post, Role, Tenure, User
from bihuan.kernel.territory.models import Agency, AgencyKind, Region, Regulation, Sector
from bihuan.kernel.territory.trees import find_sector, plant
from tests.world import World, build_world

LONG_AGO = date(2014, 1, 1)
FURTHER = {"交通运输": "区交通运输局", "工业": "区工业和信息化局", "文旅": "区文化和旅游局"}


@dataclass
class Golden:
    """The district; ``fire`` is the same world as the fire brigade's people see it."""

    world: World
    fire: World
    units: tuple[Agency, ...]
    """The six units that file weekly forms, each with a post named like the unit in ``world.users``."""


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI)


def sector(text: str) -> Sector:
    found = find_sector(text)
    assert found is not None, text
    return found


def founded() -> Golden:
    """People who were in office all these years, so that each year's records are signed by somebody who was."""
    world = build_world()
    more = [department(world, name) for name in FURTHER.values()]
    brigade = department(world, "区消防救援大队")
    Regulation.objects.create(agency=brigade, sector=sector("消防"))
    fire = replace(world, bureau=brigade, users=dict(world.users))
    for key, role, title in (
        ("regulator", Role.REGULATOR, "大队长"),
        ("regulator_two", Role.REGULATOR, "监督科科员"),
        ("officer", Role.OFFICER, "监督员"),
    ):
        fire.users[key] = hired(f"fire_{key}", role, title, brigade, world.district, heads=key == "regulator")
    for unit in more:
        world.users[unit.name] = hired(
            f"unit_{unit.pk}", Role.REGULATOR, "业务科科长", unit, world.district, heads=True
        )
    world.users[brigade.name] = fire.users["regulator"]
    world.users[world.bureau.name] = world.users["regulator"]
    world.users[world.builders.name] = world.users["builder"]
    Tenure.objects.update(since=LONG_AGO)
    return Golden(world, fire, (world.bureau, world.builders, brigade, *more))


def department(world: World, name: str) -> Agency:
    return plant(Agency, None, name, kind=AgencyKind.DEPARTMENT, region=world.district)


def hired(
    username: str, role: Role, title: str, agency: Agency, region: Region, *, heads: bool = False
) -> User:
    person = Person.objects.create(name=f"{title[:2]}{username[-3:]}")
    user = User(username=username, person=person, must_change_password=False)
    user.set_unusable_password()
    user.save()
    post = Post.objects.create(
        title=title, role=role, agency=agency, region=region, region_path=region.path, heads=heads
    )
    Tenure.objects.create(post=post, person=person, since=LONG_AGO)
    return user


def objects(world: World, names: list[str], trade: str, agency: Agency | None) -> list[SupervisedObject]:
    """Objects of one trade, in the two towns by turns."""
    made = []
    for number, name in enumerate(names):
        one = draft_object(name, (world.east, world.west)[number % 2], sector=sector(trade))
        one.agency = agency
        made.append(one)
    return list(SupervisedObject.objects.bulk_create(made))
