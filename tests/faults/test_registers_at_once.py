"""Two people decide about one name at the same moment: one decision stands, and what hangs on it is in one place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from bihuan.kernel.territory.models import Region, RegionLevel, Standing
from bihuan.kernel.territory.trees import find_sector, plant
from bihuan.kernel.workbooks import importing
from bihuan.registers import towns, trail
from bihuan.registers.enterprises import standing
from bihuan.registers.enterprises.dated import Told, tell
from bihuan.registers.models import DatedDetail, StandingDecision
from bihuan.registers.objects.keeping import register_object
from bihuan.registers.objects.stating import Stated
from bihuan.registers.objects.traits import PLACES
from tests.faults.test_two_at_once import at_once
from tests.hazards.ledgers import HEAD, book, line
from tests.hazards.steps import reported
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def waiting(world: World, name: str = "东湖纺织") -> SupervisedObject:
    made = draft_object(name, world.east, sector=find_sector("工贸"), standing=Standing.PENDING)
    made.save()
    return made


def won(answers: list[object]) -> int:
    assert all(
        answer is None or isinstance(answer, Refused) or not isinstance(answer, Exception)
        for answer in answers
    ), answers
    return sum(not isinstance(answer, Exception) for answer in answers)


def test_confirming_merging_and_rejecting_at_once_is_one_decision(world: World) -> None:
    one = waiting(world)
    clerk, office, regulator = (world.actor(name) for name in ("clerk_east", "office", "regulator"))
    answers = at_once(
        lambda: standing.confirm(one, clerk, "真"),
        lambda: standing.merge(one, world.factory, office, "简称"),
        lambda: standing.reject(one, regulator, "假"),
    )
    assert won(answers) == 1
    assert StandingDecision.objects.count() == 1
    assert len(trail.entries_about(one)) == 1
    seal()
    assert verify().ok


def test_a_ledger_and_a_merger_at_once_leave_nothing_under_the_gone_name(
    world: World, tmp_path: Path
) -> None:
    """Whichever comes first: the hazards end under the object that stays."""
    office = world.actor("office")
    for turn in range(8):
        name = f"东湖第{turn}织布厂"
        one = waiting(world, name)
        rows = [line(序号=row, 企业名称=name, 信用代码=None, 隐患描述=f"第{row}处") for row in range(60)]
        path = book(tmp_path / f"{turn}.xlsx", ["2023年1-6月隐患台账"], HEAD, *rows)
        answers = at_once(
            lambda path=path: importing.run("hazards", path, Actor.system("import"))[1],
            lambda one=one, turn=turn: (
                time.sleep(0.25 * turn),
                standing.merge(one, world.factory, office, "简称"),
            ),
        )
        assert won(answers) == 2
        assert Hazard.objects.count() == 60 * (turn + 1)
        gone = Hazard.objects.filter(object__standing=Standing.MERGED)
        assert not gone.exists()
    seal()
    assert verify().ok


def test_a_merger_is_taken_back_once(world: World) -> None:
    one, office = waiting(world), world.actor("office")
    hazard = reported(world, object=one.uid)
    standing.merge(one, world.factory, office, "简称")
    answers = at_once(*(lambda: standing.undo(one, office, "两家") for _ in range(3)))
    assert won(answers) == 1
    assert Hazard.objects.get(pk=hazard.pk).object_id == one.uid
    assert StandingDecision.objects.filter(kind="undone").count() == 1


def test_two_names_merged_into_each_other_end_with_one(world: World) -> None:
    first, second = waiting(world), waiting(world, "东湖纺织厂")
    office = world.actor("office")
    answers = at_once(
        lambda: standing.merge(first, second, office, "同一家"),
        lambda: standing.merge(second, first, office, "同一家"),
    )
    assert won(answers) == 1
    assert SupervisedObject.objects.filter(standing=Standing.MERGED).count() == 1


def test_two_towns_merged_into_each_other_end_with_one(world: World) -> None:
    office = world.actor("office")
    first, second = (
        plant(Region, world.district, name, level=RegionLevel.TOWN, standing=Standing.PENDING)
        for name in ("南湖", "南湖街道")
    )
    answers = at_once(
        lambda: towns.merge_town(first, second, office, "同一个"),
        lambda: towns.merge_town(second, first, office, "同一个"),
    )
    assert won(answers) == 1
    assert Region.objects.filter(standing=Standing.MERGED).count() == 1


def test_the_same_place_and_the_same_paper_are_entered_once(world: World) -> None:
    office = world.actor("office")
    said = Stated("万家福超市", "东湖镇", "消防", traits={"sort": "商场市场"})
    answers = at_once(*(lambda: register_object(PLACES, said, office) for _ in range(4)))
    assert sorted(new for _, new in answers) == [False, False, False, True]
    assert SupervisedObject.objects.filter(kind="place").count() == 1
    paper = Told("permit", "安全生产许可证", number="A-1", until="2030-01-01")
    assert won(at_once(*(lambda: tell(world.factory.uid, paper, office) for _ in range(4)))) == 1
    assert DatedDetail.objects.count() == 1
    seal()
    assert verify().ok
