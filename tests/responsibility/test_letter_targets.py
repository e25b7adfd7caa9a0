"""Targets handed down level by level: no excess however it comes about, not even by two who sign at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction

from bihuan.capabilities.responsibility.letters import inputs
from bihuan.capabilities.responsibility.letters.bulk import draft_all
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.models import Person, Post, Tenure
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import plant
from tests.responsibility.letter_steps import (
    asked,
    drafted,
    enterprise,
    fresh,
    held,
    issued,
    superior,
    taken,
    this_year,
)
from tests.world import World, build_world

DEATHS = "生产安全事故死亡人数 ≤ {} 人"


def _refusal(refused: pytest.ExceptionInfo[Refused]) -> str:
    (failure,) = refused.value.failures
    assert failure.code == "letter.cap_exceeded"
    return failure.message


def test_children_that_exceed_are_refused_naming_the_excess_and_the_children(world: World) -> None:
    superior(world, targets=DEATHS.format(2))
    drafted(world, world.east_government, targets=DEATHS.format(1))
    with pytest.raises(Refused) as refused:
        drafted(world, world.west_government, targets=DEATHS.format(3))
    says = _refusal(refused)
    assert "合计 4 人" in says
    assert "市人民政府下达的 2 人" in says
    assert "超出 2 人" in says
    assert "西岭街道办事处 3、东湖镇人民政府 1" in says
    assert drafted(world, world.west_government, targets=DEATHS.format(1)).state == "drafted"


def test_a_change_of_a_draft_or_a_revision_is_judged_as_well(world: World) -> None:
    superior(world, targets=DEATHS.format(2))
    letter = drafted(world, targets=DEATHS.format(2))
    more = inputs.Rewriting(
        targets=DEATHS.format(3), conference_title=letter.conference_title, conference_on=letter.conference_on
    )
    with pytest.raises(Refused) as refused:
        taken(world, letter, "rewrite", more, "office")
    assert "超出 1 人" in _refusal(refused)
    letter = taken(world, letter, "issue", Nothing(), "leader")
    letter = taken(world, letter, "sign", Nothing(), "clerk_east")
    with pytest.raises(Refused) as refused:
        taken(world, letter, "revise", inputs.Revising(reason="增加", targets=DEATHS.format(3)), "office")
    assert "超出 1 人" in _refusal(refused)


def test_what_was_handed_down_is_not_taken_away_from_above(world: World) -> None:
    """The upper letter cannot shrink below what its children already have, nor come in later below it."""
    drafted(world, world.east_government, targets=DEATHS.format(2))
    with pytest.raises(Refused) as refused:
        superior(world, targets=DEATHS.format(1))
    assert "东湖镇人民政府 2" in _refusal(refused)
    upper = superior(world, targets=DEATHS.format(2))
    with pytest.raises(Refused) as refused:
        taken(world, upper, "restate", inputs.Restating(targets=DEATHS.format(1), reason="文件"), "office")
    assert "超出 1 人" in _refusal(refused)


def test_place_and_sector_are_two_cuts_of_the_same_cap(world: World) -> None:
    """The same accident counts for its town and for its department: each level is added up by itself."""
    superior(world, targets=DEATHS.format(2))
    drafted(world, world.east_government, targets=DEATHS.format(2))
    assert drafted(world, world.bureau, targets=DEATHS.format(2)).level == "department"
    with pytest.raises(Refused):
        drafted(world, world.builders, targets=DEATHS.format(1))


def test_the_cascade_reaches_the_enterprise_and_the_village(world: World) -> None:
    superior(world, targets=DEATHS.format(2))
    drafted(world, world.east_government, targets=DEATHS.format(1))
    with pytest.raises(Refused) as refused:
        enterprise(world, targets=DEATHS.format(2))
    assert "东湖镇人民政府" not in _refusal(refused).split("超过")[0]
    enterprise(world, targets=DEATHS.format(1))
    village = plant(Region, world.east, "前湖村", level=RegionLevel.VILLAGE)
    post = Post.objects.create(
        title="村委会主任", role="grid", region=village, region_path=village.path, heads=True
    )
    Tenure.objects.create(post=post, person=Person.objects.create(name="孔村"), since=clock.today())
    given = inputs.DraftingVillage(village="前湖村", year=this_year(), targets=DEATHS.format(1))
    made = engine.open_matter("letter", "draft_village", given, actor=world.actor("clerk_east"))
    letter = fresh(made.uid)
    assert (letter.level, letter.receiver_post, letter.issuer_name) == ("village", post.pk, "东湖镇人民政府")


def test_a_floor_is_never_lowered_on_the_way_down(world: World) -> None:
    superior(world, targets="隐患整改率 ≥ 98%")
    with pytest.raises(Refused) as refused:
        drafted(world, targets="隐患整改率 ≥ 95%")
    assert [failure.code for failure in refused.value.failures] == ["letter.floor_lowered"]
    assert "东湖镇人民政府 95%" in str(refused.value)
    assert drafted(world, targets="隐患整改率 ≥ 99%").listed_targets[0].limit == 9900


def _bulk(world: World, **changes: Any) -> dict[str, Any]:
    held(world)
    units = (world.east_government, world.west_government, world.bureau, world.builders)
    return {
        "year": this_year(), "units": [str(unit.pk) for unit in units], "targets": DEATHS.format(0) + "\n隐患整改率 ≥ 95%",
        "each": "东湖镇人民政府：死亡人数 ≤ 1 人\n西岭街道办事处: 死亡人数 ≤ 1 人；事故起数 ≤ 4", "measures": "", "rewards": "",
        "conference_title": "全区安全生产工作会议", "conference_on": clock.today(), "key": "one-go", **changes,
    }  # fmt: skip


def test_one_template_for_all_units_in_one_call_once(world: World) -> None:
    superior(world, targets=DEATHS.format(2))
    made = draft_all(_bulk(world), world.actor("office"))
    again = draft_all(_bulk(world), world.actor("office"))
    assert len(made) == 4
    assert [one.no for one in again] == [one.no for one in made]
    west = Letter.objects.get(agency=world.west_government)
    assert [(one.label, one.limit) for one in west.listed_targets] == [
        ("生产安全事故死亡人数", 1), ("隐患整改率", 9500), ("生产安全事故起数", 4),
    ]  # fmt: skip
    numbers = list(Letter.objects.filter(state="drafted").values_list("no", flat=True))
    done = engine.perform("letter", "issue", numbers, Nothing(), actor=world.actor("leader"))
    assert {one.state for one in done} == {"awaiting"}
    assert len(done) == 4


def test_a_batch_that_breaks_the_cap_leaves_nothing_behind(world: World) -> None:
    superior(world, targets=DEATHS.format(1))
    with pytest.raises(Refused) as refused:
        draft_all(_bulk(world), world.actor("office"))
    assert "合计 2 人" in _refusal(refused)
    assert Letter.objects.filter(state="drafted").count() == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"each": "不存在的镇：死亡人数 ≤ 1 人"}, "letter.each_unit_unknown"),
        ({"each": "东湖镇人民政府：死亡人数 ≥ 1 人"}, "letter.target_unreadable"),
        ({"units": []}, "letter.each_not_chosen"),
    ],
)
def test_what_cannot_be_read_in_a_batch_is_told(world: World, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        draft_all(_bulk(world, **changes), world.actor("office"))
    assert code in [failure.code for failure in refused.value.failures]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_together_break_the_cap() -> None:
    """Two drafts that fit each alone are written at the same moment: one of them is refused."""
    world = build_world()
    superior(world, targets=DEATHS.format(2))
    held(world)
    units = (world.east_government, world.west_government)
    told = _at_once([lambda unit=unit: _draft(world, unit) for unit in units])  # type: ignore[misc]
    assert sorted(told) == ["letter.cap_exceeded", "made"]
    assert (
        sum(one.limit or 0 for letter in Letter.objects.filter(level="town") for one in letter.listed_targets)
        == 2
    )


def _draft(world: World, unit: Any) -> None:
    given = asked(unit, targets=DEATHS.format(2))
    engine.open_matter("letter", "draft", given, actor=world.actor("office"))


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_cannot_together_break_the_cap() -> None:
    """Both drafts are raised at the same moment from one to two deaths, under a cap of three."""
    world = build_world()
    superior(world, targets=DEATHS.format(3))
    letters = [
        drafted(world, unit, targets=DEATHS.format(1))
        for unit in (world.east_government, world.west_government)
    ]
    more = inputs.Rewriting(
        targets=DEATHS.format(2), conference_title="全区安全生产工作会议", conference_on=clock.today()
    )

    def raise_(letter: Letter, by: str) -> None:
        engine.perform("letter", "rewrite", letter.no, more, actor=world.actor(by))

    told = _at_once([lambda: raise_(letters[0], "office"), lambda: raise_(letters[1], "office_two")])
    assert sorted(told) == ["letter.cap_exceeded", "made"]


@pytest.mark.django_db(transaction=True)
def test_two_who_draft_the_same_letter_at_once_make_one() -> None:
    world = build_world()
    held(world)
    given = asked(world.east_government)

    def draft(by: str) -> None:
        engine.open_matter("letter", "draft", given, actor=world.actor(by))

    told = _at_once([lambda: draft("office"), lambda: draft("office_two")])
    assert sorted(told) == ["letter.exists", "made"]
    assert Letter.objects.count() == 1


def _at_once(deeds: list[Any]) -> list[str]:
    """Run the deeds together; what each came to."""
    told: list[str] = []
    ready = threading.Barrier(len(deeds))

    def run(deed: Any) -> None:
        close_old_connections()
        ready.wait()
        try:
            deed()
            told.append("made")
        except Refused as refusal:
            told.append(refusal.failures[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_the_database_itself_holds_the_caps(world: World) -> None:
    """Neither the cap is lowered below its parts behind the program's back, nor a part raised above it."""
    letter = issued(world, targets=DEATHS.format(2))
    upper = superior(world, targets=DEATHS.format(2), signed_on=clock.today() - timedelta(days=2))
    for pk, limit in ((upper.pk, 1), (letter.pk, 3)):
        changed = [{**one, "limit": limit} for one in Letter.objects.get(pk=pk).targets]
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=pk).update(targets=changed)
    assert taken(world, letter, "sign", Nothing(), "clerk_east").state == "in_force"
