"""A requirement set loaded again as it is changes nothing: no second entry, no second items."""

from __future__ import annotations

from bihuan.capabilities.responsibility.duties import enterprise, trail
from bihuan.capabilities.responsibility.duties.models import RequirementSet
from bihuan.kernel.record.reading import entries_of
from tests.world import World

ITEMS = ["责任落实", "措施落实", "资金落实"]


def test_the_same_set_again_is_no_deed(world: World) -> None:
    office = world.actor("office")
    made, _ = enterprise.load_set("三落实", ITEMS, "区文件", office)
    chain = trail.chain_of(f"{trail.PREFIX}set/{made.pk}")
    before = [(place.pk, place.item_id) for place in made.places.order_by("order")]
    for _ in range(2):
        again, warning = enterprise.load_set(" 三落实 ", [*ITEMS, " "], "区文件", office)
        assert (again.pk, warning) == (made.pk, "")
    assert [(place.pk, place.item_id) for place in made.places.order_by("order")] == before
    assert len(entries_of(chain)) == 1
    enterprise.load_set("三落实", ITEMS[::-1], "区文件", office)
    assert RequirementSet.objects.filter(title="三落实").count() == 1
    assert [place.item.name for place in made.places.order_by("order")] == ITEMS[::-1]
    assert len(entries_of(chain)) == 2


def test_items_that_differ_beyond_their_length_are_one(world: World) -> None:
    long = "甲" * 60
    made, _ = enterprise.load_set("长清单", [long + "一"], "", world.actor("office"))
    enterprise.load_set("长清单", [long], "", world.actor("office"))
    assert made.places.count() == 1
