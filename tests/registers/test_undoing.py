"""A decision about a name can be taken back, with exactly what went over by it; what is empty can be turned away."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import draft_object, visible_objects
from bihuan.kernel.objects.models import ObjectAlias, SupervisedObject
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from bihuan.kernel.territory.models import Region, RegionLevel, Standing
from bihuan.kernel.territory.trees import find_region, find_sector, plant
from bihuan.registers import towns, trail
from bihuan.registers.credit_code import make
from bihuan.registers.enterprises import standing
from bihuan.registers.enterprises.dated import Told, tell
from bihuan.registers.enterprises.ledger_names import LedgerName, LedgerNames
from bihuan.registers.models import DatedDetail
from tests.hazards.steps import reported
from tests.world import World, build_world

CODE = make("91370403MA3FABRQ7")


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def pending(world: World, name: str = "东湖纺织", **more: object) -> SupervisedObject:
    made = draft_object(
        name,
        world.east,
        sector=find_sector("工贸"),
        standing=Standing.PENDING,
        named_by="东湖镇 6 月台账",
        **more,
    )
    made.save()
    return made


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_a_merger_taken_back_returns_what_it_moved_and_nothing_else(world: World) -> None:
    one, office = pending(world), world.actor("office")
    theirs, mine = reported(world), reported(world, object=one.uid, place="锅炉房")
    post = Post.objects.create(title="厂长", role=Role.PRINCIPAL, object=one.uid)
    shop = draft_object("东湖门市", world.east)
    shop.responsible = one
    shop.save()
    standing.merge(one, world.factory, office, "简称")
    assert {hazard.object_id for hazard in Hazard.objects.all()} == {world.factory.uid}
    later = reported(world, place="配电室")
    standing.undo(one, office, "经营地址不同，是两家")
    one.refresh_from_db()
    assert (one.standing, one.merged_into_id) == (Standing.PENDING, None)
    held = dict(Hazard.objects.values_list("no", "object"))
    assert held == {theirs.no: world.factory.uid, mine.no: one.uid, later.no: world.factory.uid}
    post.refresh_from_db()
    shop.refresh_from_db()
    assert (post.object, shop.responsible_id) == (one.uid, one.uid)
    assert not ObjectAlias.objects.filter(object=world.factory).exists()
    with pytest.raises(Refused) as refused:
        standing.undo(one, office, "再撤")
    assert codes(refused) == {"standing.nothing_to_undo"}
    standing.confirm(one, office, "核对执照")


def test_the_code_goes_over_and_comes_back(world: World) -> None:
    known = draft_object("新星木业有限公司", world.east, sector=find_sector("工贸"))
    known.save()
    one, office = pending(world, "新星木业", credit_code=CODE), world.actor("office")
    standing.merge(one, known, office, "简称")
    known.refresh_from_db()
    assert known.credit_code == CODE
    standing.undo(one, office, "不是一家")
    known.refresh_from_db()
    one.refresh_from_db()
    assert (known.credit_code, one.credit_code) == ("", CODE)


def test_papers_go_over_and_come_back(world: World) -> None:
    known = draft_object("新星木业有限公司", world.east, sector=find_sector("工贸"))
    known.save()
    one, office = pending(world, "新星木业"), world.actor("office")
    tell(one.uid, Told("process", "粉尘涉爆"), office)
    standing.merge(one, known, office, "简称")
    standing.undo(one, office, "不是一家")
    assert DatedDetail.objects.get().object_id == one.uid


def test_an_empty_name_is_turned_away_and_a_later_ledger_asks_again(world: World) -> None:
    one, clerk = pending(world, "测试企业", credit_code=CODE), world.actor("clerk_east")
    with pytest.raises(Refused) as refused:
        standing.reject(one, clerk, " ")
    assert codes(refused) == {"standing.no_reason"}
    standing.reject(one, clerk, "填表时写的示例")
    assert not visible_objects(clerk).filter(pk=one.pk).exists()
    assert not SupervisedObject.objects.exclude(pk=one.pk).filter(credit_code=CODE).exists()
    names = LedgerNames([LedgerName("测试企业", "", world.east, None)], "7 月台账")
    again = names.object_of(LedgerName("测试企业", "", world.east, None))
    assert (again.pk != one.pk, again.standing) == (True, Standing.PENDING)
    standing.undo(one, clerk, "确有其厂")
    one.refresh_from_db()
    assert (one.standing, one.credit_code) == (Standing.PENDING, CODE)


def test_a_rejected_code_given_to_another_since_stays_there(world: World) -> None:
    one, office = pending(world, "测试企业", credit_code=CODE), world.actor("office")
    standing.reject(one, office, "示例")
    draft_object("真企业", world.east, credit_code=CODE).save()
    with pytest.raises(Refused) as refused:
        standing.undo(one, office, "误退")
    assert codes(refused) == {"standing.code_taken"}


def test_what_has_hazards_is_not_turned_away(world: World) -> None:
    one = pending(world)
    reported(world, object=one.uid)
    with pytest.raises(Refused, match="隐患 1 条") as refused:
        standing.reject(one, world.actor("office"), "不存在")
    assert codes(refused) == {"standing.not_empty"}


def test_another_towns_clerk_takes_nothing_back(world: World) -> None:
    one = pending(world)
    standing.confirm(one, world.actor("clerk_east"))
    with pytest.raises(Refused) as refused:
        standing.undo(one, world.actor("clerk_west"), "不对")
    assert codes(refused) == {"standing.not_yours"}


def test_a_towns_merger_is_taken_back(world: World) -> None:
    office = world.actor("office")
    wrong = plant(Region, world.district, "东湖", level=RegionLevel.TOWN, standing=Standing.PENDING)
    filed = draft_object("东湖石料厂", wrong, sector=find_sector("工贸"))
    filed.save()
    hazard = reported(world, by="office", object=filed.uid)
    towns.merge_town(wrong, world.east, office, "简称")
    hazard.refresh_from_db()
    assert hazard.region_path == world.east.path
    assert find_region("东湖") == world.east
    towns.undo_town(wrong, office, "是新设的街道")
    for row in (filed, hazard):
        row.refresh_from_db()
    assert (filed.region, filed.region_path, hazard.region_path) == (wrong, wrong.path, wrong.path)
    assert find_region("东湖") == wrong
    world.factory.refresh_from_db()
    assert world.factory.region == world.east
    with pytest.raises(Refused) as refused:
        towns.reject_town(wrong, office, "没有")
    assert codes(refused) == {"town.not_empty"}


def test_a_town_that_is_none_is_turned_away(world: World) -> None:
    office = world.actor("office")
    wrong = plant(Region, world.district, "示例镇", level=RegionLevel.TOWN, standing=Standing.PENDING)
    towns.reject_town(wrong, office, "示例行")
    assert find_region("示例镇") is None
    towns.undo_town(wrong, office, "手误")
    wrong.refresh_from_db()
    assert wrong.standing == Standing.PENDING


def test_every_decision_is_on_the_record_of_both(world: World) -> None:
    one, office = pending(world), world.actor("office")
    standing.merge(one, world.factory, office, "简称")
    standing.undo(one, office, "两家")
    standing.confirm(one, office, "执照已核")
    own = trail.entries_about(one)
    assert [entry.verb for entry in own] == ["merged", "undone", "confirmed"]
    assert [entry.verb for entry in trail.entries_about(world.factory)] == ["absorbed", "undone"]
    assert (own[0].payload["into"], own[0].payload["reason"]) == ("东湖纺织有限公司", "简称")
    assert own[0].happened_at.date() >= date(2020, 1, 1)
    seal()
    assert verify().ok
