"""Caps counted down by figures, alarms once each, goals of the year, and the figures of letters themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.figures import HAZARDS, found
from bihuan.capabilities.responsibility.letters import inputs
from bihuan.capabilities.responsibility.letters.alarms import watch
from bihuan.capabilities.responsibility.letters.control import rows_of
from bihuan.capabilities.responsibility.letters.goals import goals
from bihuan.capabilities.responsibility.letters.measuring import NO_ACCIDENTS, Reading, Standing, readings
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period, day_a_year_before
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.declarations import Figure, Measure
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record import entries_of
from tests.hazards.steps import reported
from tests.responsibility.letter_steps import drafted, fresh, issued, signed, superior, taken, this_year
from tests.world import World

SYSTEM = Actor.system("test")


ACCIDENTS = ("accidents.count", "accidents.deaths", "accidents.major", "accidents.road_deaths")


@pytest.fixture
def uncounted() -> Iterator[None]:
    """A district in which nobody counts accidents."""
    kept = {name: registry._figures.pop(name) for name in ACCIDENTS}
    yield
    registry._figures.update(kept)


@pytest.fixture
def accidents(uncounted: None, world: World) -> None:
    """Accidents by the handful: here each hazard stands for one, and one of long ago shows that they are counted."""
    registry.register(
        *(Figure(name, name, "起", "count", HAZARDS, found, plus=Measure()) for name in ACCIDENTS)
    )
    with clock.frozen(datetime(2021, 5, 10, 9, tzinfo=clock.SHANGHAI)):
        reported(world)


def _first(letter: Letter, on: date | None = None) -> Reading:
    return readings([letter], on or clock.today())[letter.uid][0]


def test_what_nobody_counts_is_unknown_and_never_zero(world: World, uncounted: None) -> None:
    letter = signed(world, targets="生产安全事故死亡人数 ≤ 1 人\n全员培训完成")
    counted, done = readings([letter], clock.today())[letter.uid]
    assert (counted.standing, counted.used, counted.note) == (Standing.UNKNOWN, None, NO_ACCIDENTS)
    assert counted.used_words() == "—"
    assert done.standing is Standing.MANUAL
    assert [(goal.met, goal.now, goal.note) for goal in goals(clock.today())] == [
        (None, None, NO_ACCIDENTS)
    ] * 3


def test_a_cap_is_used_up_by_what_happens_in_the_unit_alone(world: World, accidents: None) -> None:
    letter = signed(world, targets="生产安全事故起数 ≤ 2 起")
    assert (_first(letter).used, _first(letter).remaining) == (0, 2)
    reported(world, object=world.site.uid, by="clerk_west")
    assert _first(letter).used == 0, "what happens elsewhere is not this town's"
    reported(world)
    one = _first(letter)
    assert (one.used, one.remaining, one.standing) == (1, 1, Standing.WITHIN)
    reported(world, place="三车间")
    assert (_first(letter).standing, _first(letter).share) == (Standing.NEAR, 100)
    reported(world, place="四车间")
    assert (_first(letter).standing, _first(letter).remaining) == (Standing.BREACHED, 0)


def test_each_kind_of_unit_is_counted_by_what_is_its_own(world: World, accidents: None) -> None:
    upper = superior(world, targets="生产安全事故起数 ≤ 9 起")
    bureau = drafted(world, world.bureau, targets="生产安全事故起数 ≤ 2 起")
    builders = drafted(world, world.builders, targets="生产安全事故起数 ≤ 2 起")
    for place in ("一", "二"):
        reported(world, place=place)
    read = readings([upper, bureau, builders], clock.today())
    assert [read[letter.uid][0].used for letter in (upper, bureau, builders)] == [2, 2, 0]
    href = read[bureau.uid][0].href
    assert f"agency={world.bureau.pk}" in href


def test_a_rate_is_compared_to_its_floor_by_hundredths(world: World) -> None:
    letter = signed(world, targets="隐患整改率 ≥ 95%")
    assert (_first(letter).standing, _first(letter).used) == (Standing.UNKNOWN, None)
    reported(world)
    one = _first(letter)
    assert (one.standing, one.used, one.used_words()) == (Standing.BELOW, 0, "0%")


def test_what_must_shrink_is_held_against_the_whole_of_last_year(world: World, accidents: None) -> None:
    letter = signed(world, targets="道路交通事故死亡人数 比上年下降")
    one = _first(letter)
    assert (one.limit, one.standing) == (0, Standing.WITHIN)
    for place in ("一", "二", "三"):
        reported(world, place=place, found_on=clock.today().replace(year=this_year() - 1, month=5, day=8))
    assert (_first(letter).limit, _first(letter).note) == (2, "上年全年 3 人")
    for place in ("四", "五", "六"):
        reported(world, place=place)
    assert _first(letter).standing is Standing.BREACHED


def test_an_alarm_is_told_once_at_the_share_and_once_at_breach(world: World, accidents: None) -> None:
    letter = signed(world, targets="生产安全事故起数 ≤ 2 起")
    assert watch() == 0
    reported(world)
    assert watch() == 0, "half is below the share of 80 %"
    reported(world, place="三车间")
    assert (watch(), watch()) == (1, 0)
    assert fresh(letter.uid).alarm == 1
    reported(world, place="四车间")
    assert (watch(), watch()) == (1, 0)
    letter = fresh(letter.uid)
    assert (letter.alarm, letter.alarms["生产安全事故起数"]["used"]) == (2, 3)
    verbs = [
        (entry.verb, entry.payload["level"]) for entry in entries_of(letter.uid) if entry.verb == "alarm"
    ]
    assert verbs == [("alarm", "near"), ("alarm", "breached")]
    told = Notice.objects.filter(matter=letter.uid, reminder__startswith="letter.alarm:")
    assert {letter.issuer_post, letter.receiver_post} <= set(told.values_list("post_id", flat=True))
    assert told.filter(post_id=letter.receiver_post).count() == 2
    assert "突破控制数" in str(told.filter(urgent=True).values_list("text", flat=True)[0])


def test_a_revision_forgets_the_alarms_of_changed_targets_only(world: World, accidents: None) -> None:
    letter = signed(world, targets="生产安全事故起数 ≤ 0 起\n生产安全事故死亡人数 ≤ 0 人")
    reported(world)
    assert watch() == 2
    given = inputs.Revising(reason="上级调整", targets="生产安全事故起数 ≤ 5 起\n生产安全事故死亡人数 ≤ 0 人")
    letter = taken(world, fresh(letter.uid), "revise", given, "office")
    assert list(letter.alarms) == ["生产安全事故死亡人数"]
    assert watch() == 0, "what is not in force is not watched"
    letter = taken(world, letter, "issue", Nothing(), "leader")
    taken(world, letter, "sign", Nothing(), "clerk_east")
    assert watch() == 0


def test_the_broken_ones_stand_first(world: World, accidents: None) -> None:
    signed(
        world,
        world.west_government,
        by="clerk_west",
        targets="生产安全事故起数 ≤ 9 起\n火灾事故死亡人数 ≤ 1 人",
    )
    signed(world, targets="生产安全事故起数 ≤ 0 起")
    issued(world, world.bureau, targets="生产安全事故起数 ≤ 0 起")
    reported(world)
    rows = rows_of(world.actor("office"), this_year())
    assert [(letter.receiver_name, one.standing) for letter, one in rows] == [
        ("东湖镇人民政府", Standing.BREACHED),
        ("西岭街道办事处", Standing.WITHIN),
        ("西岭街道办事处", Standing.UNKNOWN),
    ]
    assert [letter.receiver_name for letter, _ in rows_of(world.actor("clerk_east"), this_year())] == [
        "东湖镇人民政府"
    ]


def test_the_caps_of_many_units_are_read_by_the_same_few_statements(world: World, accidents: None) -> None:
    caps = "生产安全事故起数 ≤ 3 起\n隐患整改率 ≥ 95%\n任务办结率 ≥ 95%\n道路交通事故死亡人数 比上年下降"
    letters = [drafted(world, world.east_government, targets=caps)]
    readings(letters, clock.today())
    with CaptureQueriesContext(connection) as few:
        readings(letters, clock.today())
    letters += [
        drafted(world, unit, targets=caps) for unit in (world.west_government, world.bureau, world.builders)
    ]
    with CaptureQueriesContext(connection) as many:
        readings(letters, clock.today())
    assert len(few) == len(many)


def test_three_goals_on_any_day_with_what_stands_against_them(world: World, accidents: None) -> None:
    today = clock.today()
    assert [goal.met for goal in goals(today)] == [True, True, True], "none this year, none the year before"
    hazard = reported(world)
    said: list[Any] = list(goals(today))
    assert [goal.met for goal in said] == [False, False, False]
    assert said[0].failing == (hazard.no,)
    assert "/figures/accidents.count/records/" in said[0].href
    for place in ("一", "二"):
        reported(world, place=place, found_on=day_a_year_before(today))
    fewer, deaths, major = goals(today)
    assert (fewer.met, fewer.now, fewer.before) == (True, 1, 2)
    assert deaths.met
    assert (major.met, major.failing) == (False, (hazard.no,))
    assert goals(date(this_year(), 1, 1))[0].met or today == date(this_year(), 1, 1)


def test_the_figures_of_letters_count_what_is_given_and_what_is_signed(world: World) -> None:
    superior(world, targets="生产安全事故死亡人数 ≤ 9 人")
    first = signed(world)
    issued(world, world.west_government)
    gone = drafted(world, world.bureau)
    taken(world, gone, "withdraw", inputs.Reason(reason="误起草"), "office")
    taken(world, first, "revise", inputs.Revising(reason="调整", targets="生产安全事故起数 ≤ 3 起"), "office")
    year = Period.parse(str(this_year()))
    names = registry.names("letters")
    for answer in (answers.values, answers.recounted):
        said = answer(names, year, clock.today())
        assert [said[f"letters.{name}"].value for name in ("issued", "signed", "unsigned")] == [2, 1, 1]
        assert said["letters.signing_rate"].percent(0) == "50"
        assert said["letters.passed"].value == 0
    east = answers.value("letters.signed", year, clock.today(), Scope(agency=world.east_government.pk))
    assert east.value == 1
    by_level = answers.values(names, year, clock.today(), by="kind")["letters.issued"].by
    assert {name: line.value for name, line in by_level.items()} == {"区对镇街": 2}


def test_what_passed_its_appraisal_is_counted(world: World) -> None:
    good, bad = signed(world), signed(world, world.west_government, by="clerk_west")
    taken(world, good, "appraise", inputs.Appraisal(merit="passed", opinion="完成"), "office")
    taken(world, bad, "appraise", inputs.Appraisal(merit="failed", opinion="突破控制数"), "office")
    year = Period.parse(str(this_year()))
    for answer in (
        answers.value,
        lambda *asked: answers.recounted(["letters.passed"], *asked[1:])["letters.passed"],
    ):
        assert answer("letters.passed", year, clock.today()).value == 1
