"""The map is drawn here, from what the register knows, and shows no single object."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.tipoffs.public import ground
from bihuan.kernel.objects.models import SupervisedObject
from tests.tipoffs.public.conftest import told
from tests.world import World


def put(thing: SupervisedObject, latitude: float, longitude: float) -> None:
    thing.latitude, thing.longitude = latitude, longitude
    thing.save()


def test_without_coordinates_there_is_no_map_and_the_form_stands(world: World, citizen: Client) -> None:
    assert ground.draw() is None
    page = told(citizen.get("/report/"))
    assert '<svg viewBox="0 0 0' not in page
    assert "data-map " not in page
    assert 'name="region"' in page


def test_towns_lie_where_their_objects_lie_north_above_south(world: World, citizen: Client) -> None:
    put(world.factory, 34.80, 117.30)
    put(world.site, 34.70, 117.20)
    drawn = ground.draw()
    assert drawn is not None
    east, west = (
        next(name for name in drawn.towns if name.text == town.name) for town in (world.east, world.west)
    )
    assert east.y < west.y
    assert east.x > west.x
    assert 9_000 < west.y - east.y - 10 < 13_000
    assert len({area.tint for area in drawn.areas}) == 2
    page = told(citizen.get("/report/"))
    assert f'data-region="{world.east.pk}"' in page
    for outside in re.findall(r'(?:src|href|url)="(?:https?:)?//[^"]*', page):
        raise AssertionError(outside)


def test_no_single_object_can_be_read_off_it(world: World) -> None:
    put(world.factory, 34.801234, 117.304321)
    put(world.site, 34.70, 117.20)
    drawn = ground.draw()
    assert drawn is not None
    assert not drawn.dots
    assert world.factory.name not in repr(drawn)
    assert "34.8012" not in repr(drawn)


def test_a_slip_of_the_pen_does_not_stretch_the_district(world: World) -> None:
    put(world.factory, 34.80, 117.30)
    put(world.site, 34.79, 117.29)
    third = SupervisedObject.objects.create(
        name="写错的", name_key="写错的", region=world.east, region_path=world.east.path
    )
    put(third, 0.5, 3.0)
    drawn = ground.draw()
    assert drawn is not None
    assert drawn.width < 20_000
    assert drawn.height < 20_000


def test_the_page_costs_the_same_with_many_objects(world: World, citizen: Client) -> None:
    put(world.factory, 34.80, 117.30)
    citizen.get("/report/")
    with CaptureQueriesContext(connection) as few:
        citizen.get("/report/")
    SupervisedObject.objects.bulk_create(
        SupervisedObject(
            name=f"厂{place}", name_key=f"厂{place}", region=world.east, region_path=world.east.path,
            latitude=34.7 + place / 1000, longitude=117.3,
        )
        for place in range(60)
    )  # fmt: skip
    ground.forget()
    citizen.get("/report/")
    with CaptureQueriesContext(connection) as many:
        citizen.get("/report/")
    assert len(few) == len(many) <= 8
