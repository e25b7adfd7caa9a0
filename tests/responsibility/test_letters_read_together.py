"""Letters of enterprises and villages are read together, and say what reading each by itself says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.responsibility.letters import alarms, inputs, measuring
from bihuan.capabilities.responsibility.letters.alarms import watch
from bihuan.capabilities.responsibility.letters.measuring import Reading, readings
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.loops import engine
from bihuan.kernel.people.models import Person, Post, Tenure
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import plant
from tests.hazards import steps
from tests.responsibility.letter_steps import enterprise, fresh, signed, superior, this_year
from tests.world import World

DAY = timedelta(days=1)
TARGETS = "重大事故隐患数 ≤ 2 项\n隐患整改率 ≥ 95%\n逾期未整改隐患 ≤ 3 项\n任务办结率 ≥ 90%"


def village(world: World, name: str, **changes: Any) -> Letter:
    place = plant(Region, world.east, name, level=RegionLevel.VILLAGE)
    post = Post.objects.create(
        title="村委会主任", role="grid", region=place, region_path=place.path, heads=True
    )
    Tenure.objects.create(post=post, person=Person.objects.create(name="孔村"), since=clock.today())
    given = inputs.DraftingVillage(village=name, year=this_year(), **{"targets": TARGETS, **changes})
    return fresh(engine.open_matter("letter", "draft_village", given, actor=world.actor("clerk_east")).uid)


@pytest.fixture
def letters(world: World) -> list[Letter]:
    superior(world)
    found = [enterprise(world, targets=TARGETS), village(world, "前湖村"), village(world, "后湖村")]
    front = Region.objects.get(name="前湖村")
    type(world.site).objects.filter(pk=world.site.pk).update(region=front, region_path=front.path)
    steps.reported(world)
    steps.closed(world)
    steps.reported(world, object=world.site.uid, place="二层")
    return found


def _alone(letter: Letter, name: str) -> Any:
    """What the figure says of the unit by itself, asked of the records."""
    scope = Scope(regions=(letter.region_path,)) if letter.object_id is None else Scope()
    seen = {"visible": measuring.Q(object=letter.object_id)} if letter.object_id is not None else {}
    year = Period.parse(str(this_year()))
    return answers.recounted([name], year, clock.today(), scope, digits=2, **seen)[name]


def test_read_together_they_say_what_each_says_alone(letters: list[Letter]) -> None:
    read = readings(letters, clock.today())
    told = 0
    for letter in letters:
        for one in read[letter.uid]:
            if not one.target.figure or one.used is None:
                continue
            alone = _alone(letter, one.target.figure)
            said = alone.amount if alone.denominator is None else int(alone.percent(2).replace(".", ""))
            assert one.used == said, (letter.receiver_name, one.target.label)
            told += 1
    assert told >= 3
    by_name = {letter.receiver_name: read[letter.uid] for letter in letters}
    assert [one.used for one in by_name["前湖村"]] != [one.used for one in by_name["后湖村"]]


def test_many_are_read_by_the_same_few_statements(
    world: World, letters: list[Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    readings(letters, clock.today())
    with CaptureQueriesContext(connection) as few:
        readings(letters, clock.today())
    more = [*letters, *(village(world, f"{place}村") for place in "东西南北")]
    with CaptureQueriesContext(connection) as many:
        readings(more, clock.today())
    assert len(few) == len(many)
    monkeypatch.setattr(measuring, "FEW", 2)

    def by_letter(read: dict[Any, list[Reading]]) -> Any:
        return {uid: [(one.used, one.standing) for one in listed] for uid, listed in read.items()}

    assert by_letter(readings(more, clock.today())) == {
        uid: found for letter in more for uid, found in by_letter(readings([letter], clock.today())).items()
    }


def test_the_watch_takes_them_set_by_set(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def spied(some: Any, day: Any) -> Any:
        seen.append(len(some))
        return readings(some, day)

    superior(world)
    signed(world)
    last = signed(world, world.west_government, by="clerk_west", targets="逾期未整改隐患 ≤ 0 项")
    late = steps.rectifying(world)
    Hazard.objects.filter(pk=late.pk).update(region_path=world.west.path, rectify_by=clock.today() - DAY)
    monkeypatch.setattr(alarms, "AT_ONCE", 2)
    monkeypatch.setattr(alarms, "readings", spied)
    assert (watch(), watch()) == (1, 0)
    assert fresh(last.uid).alarm
    assert seen == [2, 1, 2, 1]
