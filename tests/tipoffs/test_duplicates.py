"""Which items are hinted to tell of the same thing."""

from __future__ import annotations

from datetime import timedelta

from bihuan.capabilities.tipoffs import positions
from bihuan.capabilities.tipoffs.duplicates import hints
from bihuan.capabilities.tipoffs.models import Item
from bihuan.kernel import clock
from bihuan.kernel.territory.models import Region, RegionLevel
from tests.tipoffs import steps
from tests.world import World

GATE = "117.264300,34.796100"
NEAR = "117.265300,34.796100"
FAR = "117.284300,34.796100"


def reasons(item: Item) -> dict[str, str]:
    return {hint.item.no: "，".join(hint.reasons) for hint in hints(Item.objects.get(pk=item.pk))}


def test_the_same_object_the_same_place_and_the_same_story_are_hinted(world: World) -> None:
    story = "厂门口的配电箱开着门，线头露在外面"
    first = steps.received(world, words=story, subject=world.factory.uid)
    same = steps.received(world, words="夜里加班不让走安全门", subject=world.factory.uid, place="")
    alike = steps.received(
        world, words="厂门口配电箱开着门，线头都露在外面了", region=world.east.pk, place=""
    )
    other = steps.received(world, words="河滩上有人放烟花", region=world.east.pk, place="河滩公园")
    told = reasons(first)
    assert told[same.no] == "反映同一单位"
    assert "内容相近" in told[alike.no]
    assert other.no not in told


def test_what_lies_within_the_metres_set_is_hinted_and_nothing_beyond(world: World) -> None:
    first = steps.received(world, words="调压箱被车撞歪了", position=GATE)
    near = steps.received(world, words="这里气味很大", position=NEAR, place="")
    far = steps.received(world, words="路灯杆漏电", position=FAR, place="")
    told = reasons(first)
    place, other = positions.read(GATE), positions.read(NEAR)
    assert place is not None
    assert other is not None
    assert 80 < positions.metres(place, other) < 110
    assert "相距" in told[near.no]
    assert far.no not in told


def test_what_was_told_long_before_or_was_merged_is_not_hinted(world: World) -> None:
    long_ago = clock.today() - timedelta(days=200)
    first = steps.received(world)
    old = steps.received(world, received_on=long_ago)
    gone = steps.received(world)
    steps.merged(world, gone, first)
    assert old.no not in reasons(first)
    assert gone.no not in reasons(first)


def test_the_same_story_is_hinted_whether_town_village_or_nothing_was_said(world: World) -> None:
    story = "村口的配电箱开着门，线头露在外面"
    village = Region.objects.create(
        parent=world.east, name="张庄村", level=RegionLevel.VILLAGE, path=f"{world.east.path}9001.", order=1,
        since=world.east.since,
    )  # fmt: skip
    first = steps.received(world, words=story, region=village.pk, place="")
    town = steps.received(world, words=story, region=world.east.pk, place="")
    nowhere = steps.received(world, words=story, place="")
    elsewhere = steps.received(world, words=story, region=world.west.pk, place="")
    assert set(reasons(first)) == {town.no, nowhere.no}
    assert set(reasons(nowhere)) == {first.no, town.no, elsewhere.no}
