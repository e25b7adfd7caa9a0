"""An unknown sector refuses its rows and waits, with an age and an owner, until somebody says what it means."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.territory.models import Regulation, Sector
from bihuan.kernel.territory.trees import find_sector
from bihuan.kernel.workbooks import importing
from bihuan.registers import sector_words, trail
from bihuan.registers.models import SectorWord
from tests.hazards.ledgers import HEAD, book, line
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def ledger(folder: Path, *rows: list[Any], name: str = "十月台账.xlsx") -> Path:
    return book(folder / name, ["2023年1-6月隐患台账"], HEAD, *rows)


def told(world: World, folder: Path, word: str = "预制菜加工", rows: int = 2) -> SectorWord:
    """A ledger of the eastern clerk that speaks of an unknown sector."""
    lines = [line(序号=n, 隐患描述=f"第{n}处", 镇街="东湖镇", 行业=word) for n in range(1, rows + 1)]
    importing.run("hazards", ledger(folder, *lines), world.actor("clerk_east"), dry_run=True)
    return SectorWord.objects.get(word=word)


def sector(text: str) -> Sector:
    found = find_sector(text)
    assert found is not None
    return found


def test_the_word_waits_with_its_rows_and_the_next_reading_knows_it(world: World, tmp_path: Path) -> None:
    word, office = told(world, tmp_path), world.actor("office")
    (waiting,) = sector_words.waiting_words(office)
    assert (waiting.waiting, waiting.books, sector_words.owner_of(waiting)) == (2, 1, "安委办")
    path = tmp_path / "十月台账.xlsx"
    _, before = importing.run("hazards", path, world.actor("clerk_east"))
    assert {one["code"] for one in before["rejected"]} == {"hazard.unknown_sector"}
    sector_words.decide(word, sector("工贸"), office, "区安委会分工")
    assert not sector_words.waiting_words(office).exists()
    _, after = importing.run("hazards", path, world.actor("clerk_east"), dry_run=True)
    assert (after["rejected"], after["accepted"]) == ([], 2)
    assert trail.entries_about(sector("工贸"))[-1].payload["word"] == "预制菜加工"
    person = world.user("clerk_east").person_id
    assert "重新读取" in Notice.objects.filter(person=person).latest("id").text


def test_reading_again_counts_anew_and_never_twice(world: World, tmp_path: Path) -> None:
    word = told(world, tmp_path, rows=3)
    batch = importing.ImportBatch.objects.latest("created_at")
    importing.read(importing.read_again(batch), world.actor("clerk_east"))
    (waiting,) = sector_words.waiting_words(world.actor("office"))
    assert (waiting.pk, waiting.waiting, waiting.books) == (word.pk, 3, 1)


def test_the_age_counts_from_the_first_time(world: World, tmp_path: Path) -> None:
    with clock.frozen(clock.now() - timedelta(days=12)):
        first = told(world, tmp_path).first_seen
    assert told(world, tmp_path).first_seen == first


def test_the_office_hands_it_to_a_regulator_who_decides_within_his_own(world: World, tmp_path: Path) -> None:
    word, regulator, office = told(world, tmp_path), world.actor("regulator"), world.actor("office")
    assert not sector_words.waiting_words(regulator).exists()
    with pytest.raises(Refused) as refused:
        sector_words.hand_over(word, world.bureau, regulator)
    assert refused.value.failures[0].code == "sector_word.not_yours"
    sector_words.hand_over(word, world.bureau, office)
    (waiting,) = sector_words.waiting_words(regulator)
    assert sector_words.owner_of(waiting) == "区应急管理局"
    with pytest.raises(Absent):
        sector_words.access_word(world.actor("builder"), word.pk)
    with pytest.raises(Refused) as refused:
        sector_words.decide(word, sector("建筑施工"), regulator)
    assert refused.value.failures[0].code == "sector_word.not_yours"
    sector_words.decide(word, sector("工贸"), regulator)
    with pytest.raises(Refused) as refused:
        sector_words.dismiss(word, office, "不是")
    assert refused.value.failures[0].code == "sector_word.decided"


@pytest.mark.parametrize("who", ["clerk_east", "safety", "auditor", "leader"])
def test_nobody_else_says_what_a_word_means(world: World, tmp_path: Path, who: str) -> None:
    word, actor = told(world, tmp_path), world.actor(who)
    assert not sector_words.waiting_words(actor).exists()
    for deed in (
        lambda: sector_words.decide(word, sector("工贸"), actor),
        lambda: sector_words.dismiss(word, actor, "不是"),
        lambda: sector_words.add_word(sector("工贸"), "别的叫法", actor),
    ):
        with pytest.raises(Refused):
            deed()
    assert SectorWord.objects.get().decided_at is None


def test_a_word_that_is_none_is_turned_away_with_a_reason(world: World, tmp_path: Path) -> None:
    word, office = told(world, tmp_path), world.actor("office")
    with pytest.raises(Refused):
        sector_words.dismiss(word, office, " ")
    sector_words.dismiss(word, office, "这是单位名称")
    assert not sector_words.waiting_words(office).exists()
    assert "这是单位名称" in Notice.objects.latest("id").text
    _, answer = importing.run("hazards", tmp_path / "十月台账.xlsx", world.actor("clerk_east"), dry_run=True)
    assert len(answer["rejected"]) == 2


def test_a_districts_own_word_is_taught_and_taken_back(world: World) -> None:
    office = world.actor("office")
    word = sector_words.add_word(sector("工贸"), "家具厂", office, "分工")
    assert find_sector("家具 厂") == sector("工贸")
    with pytest.raises(Refused) as refused:
        sector_words.add_word(sector("建筑施工"), "家具厂", office)
    assert refused.value.failures[0].code == "sector_word.taken"
    sector_words.drop_word(sector("工贸"), word.pk, office, "误加")
    assert find_sector("家具厂") is None
    with pytest.raises(Absent):
        sector_words.drop_word(sector("工贸"), word.pk, office, "误加")


def test_a_sector_that_is_no_more_takes_no_words(world: World) -> None:
    old = sector("烟草")
    Sector.objects.filter(pk=old.pk).update(until=clock.today())
    with pytest.raises(Refused) as refused:
        sector_words.add_word(old, "卷烟厂房", world.actor("office"))
    assert refused.value.failures[0].code == "sector_word.gone"
    assert Regulation.objects.filter(sector=sector("工贸")).exists()
