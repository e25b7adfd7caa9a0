"""Checklists by day: shipped once, never rewritten, the district's own first, and sheets judged whole."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel.errors import Refused
from bihuan.kernel.territory.trees import find_sector
from bihuan.registers.checklists.catalogue import digest_of, shipped
from bihuan.registers.checklists.loading import load_checklists
from bihuan.registers.checklists.models import Checklist, ChecklistItem, ChecklistVersion
from bihuan.registers.checklists.reading import current, items_of, versions_on
from bihuan.registers.checklists.results import Answer, objections, tally
from bihuan.registers.criteria import criteria
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def lists() -> World:
    world = build_world()
    load_checklists()
    return world


def test_loading_twice_adds_nothing_and_rewrites_nothing(lists: World) -> None:
    before = list(ChecklistItem.objects.values_list("pk", "content"))
    assert load_checklists() == 0
    assert list(ChecklistItem.objects.values_list("pk", "content")) == before
    assert Checklist.objects.count() == len(shipped()) == 7


@pytest.mark.parametrize(
    ("code", "sector", "count"), [("gongmao", "工贸", 64), ("hazchem", "危险化学品", 20), ("fireworks", "烟花爆竹", 20)]
)  # fmt: skip
def test_major_lists_carry_every_criterion_of_their_standard_once(
    lists: World, code: str, sector: str, count: int
) -> None:
    items = items_of(current(code, TODAY))
    on = date(2024, 1, 1)
    wanted = [one.id for one in criteria(sector, on) if one.kind == "item" and one.standard.sector != "fire"]
    assert sorted(item.criterion for item in items) == sorted(wanted)
    assert len(items) == count
    assert all(item.is_major and item.mark == "V2" for item in items)


def test_every_item_says_what_to_look_at_how_and_on_what_ground(lists: World) -> None:
    for item in ChecklistItem.objects.all():
        assert all((item.content, item.method, item.violation, item.basis, item.penalty, item.group)), (
            item.key
        )
        assert item.mark in ("V1", "V2", "K")


def test_a_list_is_not_there_before_its_standard(lists: World) -> None:
    assert current("gongmao", date(2023, 5, 15)).number == 1
    with pytest.raises(Refused) as refusal:
        current("gongmao", date(2023, 5, 14))
    assert [one.code for one in refusal.value.failures] == ["checklist.none_in_force"]


def test_a_trade_is_asked_what_holds_for_all_for_itself_and_for_special_risks(lists: World) -> None:
    version = current("gongmao", TODAY)
    textiles, all_trades = find_sector("纺织"), find_sector("工贸")
    groups = {item.group for item in items_of(version, textiles)}
    assert "行业类·纺织" in groups
    assert "行业类·冶金" not in groups
    assert len(items_of(version, textiles)) == 3 + 2 + 14
    assert len(items_of(version, all_trades)) == 64
    assert [one.checklist.code for one in versions_on(TODAY, textiles)][:3] == [
        "gongmao", "confined_space", "belt_conveyor",
    ]  # fmt: skip


def test_two_versions_of_one_origin_cannot_run_on_one_day(lists: World) -> None:
    there = current("fire", TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChecklistVersion.objects.create(
            checklist=there.checklist, number=9, shipped=True, effective_from=TODAY, source="x", mark="K",
            digest="", made_by="x", made_at="2026-11-20T00:00:00Z",
        )  # fmt: skip


def test_a_sheet_is_whole_when_each_item_has_an_answer_and_each_failure_a_note(lists: World) -> None:
    items = items_of(current("hazchem", TODAY))
    answers = [Answer(item.pk, "pass") for item in items[:-2]]
    answers.append(Answer(items[-2].pk, "fail"))
    codes = [one.code for one in objections(items, answers)]
    assert codes == ["checklist.no_note", "checklist.unanswered"]
    answers[-1] = Answer(items[-2].pk, "fail", "3 号罐安全阀根部阀关闭")
    answers.append(Answer(items[-1].pk, "na"))
    assert not list(objections(items, answers))
    assert (
        tally(items, answers).words == "符合 18 项、不符合 1 项（其中重大事故隐患判定项 1 项）、不适用 1 项"
    )


def test_an_item_of_another_list_is_refused(lists: World) -> None:
    items = items_of(current("hazchem", TODAY))
    other = items_of(current("fire", TODAY))[0]
    answers = [Answer(item.pk, "pass") for item in items] + [Answer(other.pk, "pass")]
    assert [one.code for one in objections(items, answers)] == ["checklist.foreign_item"]


PINNED = {
    "gongmao 2023-05-15": "5cf08225a9d14070",
    "confined_space 2024-01-01": "ae162c1923462746",
    "belt_conveyor 2021-09-01": "aab1e3222d119667",
    "hazchem 2017-11-13": "e2b81f4f3ec8fff6",
    "fireworks 2017-11-13": "4602c1386baded40",
    "fire 2021-04-29": "e9dd156d146ba936",
    "construction 2021-09-01": "b86441c401ebc05c",
}
"""What each shipped version says, by the first half of its digest."""


def test_a_shipped_version_never_changes_its_words() -> None:
    """Districts hold what was shipped: other words are a new version with a day of its own, never an edit of the file."""
    told = {
        f"{one.code} {version.effective_from}": digest_of(version.lines)[:16]
        for one in shipped()
        for version in one.versions
    }
    assert PINNED.items() <= told.items()
