"""Towns a ledger named are confirmed, or merged with everything that was filed under them."""

from __future__ import annotations

from uuid import UUID

import pytest

from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Region, RegionLevel, Standing
from bihuan.kernel.territory.trees import find_region, plant
from bihuan.registers import towns
from bihuan.registers.enterprises.ledger_names import region_or_pending
from bihuan.registers.models import StandingDecision
from tests.registers.conftest import Place, holder


def test_only_the_committee_office_sees_and_decides(place: Place) -> None:
    waiting = region_or_pending("南湖街道")
    office, town = holder(Role.OFFICE, place.district), holder(Role.TOWN, place.east)
    assert list(towns.pending_towns(office)) == [waiting]
    assert not towns.pending_towns(town).exists()
    with pytest.raises(Refused, match="安委办"):
        towns.confirm_town(waiting, town)
    towns.confirm_town(waiting, office, "新设街道")
    assert not towns.pending_towns(office).exists()
    assert StandingDecision.objects.get().region == waiting
    with pytest.raises(Refused, match="已核实过"):
        towns.merge_town(waiting, place.east, office, "写错")


def test_a_merged_town_takes_its_objects_and_posts_along(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = region_or_pending("东河头镇")
    filed, elsewhere = draft_object("东河石料厂", wrong), draft_object("西岭木业", place.west)
    filed.save()
    elsewhere.save()
    post = Post.objects.create(title="网格员", role=Role.GRID, region=wrong, region_path=wrong.path)
    moved: list[tuple[str, str]] = []

    def follower(old: Region, into: Region, actor: Actor, only: object) -> list[UUID]:
        moved.append((old.path, into.path))
        return []

    monkeypatch.setitem(towns._followers, "tests", follower)
    towns.merge_town(wrong, place.east, holder(Role.OFFICE, place.district), "同一个镇，台账写错")
    for row in (filed, elsewhere, post):
        row.refresh_from_db()
    assert (filed.region, filed.region_path) == (place.east, place.east.path)
    assert elsewhere.region_path == place.west.path
    assert post.region_path == place.east.path
    assert moved == [(wrong.path, place.east.path)]
    assert find_region("东河头镇") == place.east
    assert Region.objects.get(pk=wrong.pk).standing == Standing.MERGED


def test_a_town_is_not_merged_into_itself_nor_with_its_villages(place: Place) -> None:
    office = holder(Role.OFFICE, place.district)
    waiting = region_or_pending("南湖街道")
    with pytest.raises(Refused) as refused:
        towns.merge_town(waiting, waiting, office, "误")
    assert refused.value.failures[0].code == "town.bad_target"
    plant(Region, waiting, "湖口村", level=RegionLevel.VILLAGE)
    with pytest.raises(Refused) as refused:
        towns.merge_town(waiting, place.east, office, "误")
    assert refused.value.failures[0].code == "town.has_parts"
