"""Hazard figures: as the ledgers' truth has them, equal to the plain count, open to whoever may see the records."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.capabilities.hazards.access import hazard_jurisdiction
from bihuan.capabilities.hazards.figures import HAZARDS
from bihuan.capabilities.hazards.models import Hazard
from bihuan.commands import figures as command
from bihuan.kernel import clock, record
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, checking, freezing, jobs, registry, tally
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.loops.writing import copy_rows
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import find_sector, plant
from tests.world import World

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
H1 = Period.parse("2023H1")
CUT = date(2023, 6, 30)
NOON = datetime(2023, 6, 1, 12, tzinfo=clock.SHANGHAI)
ROUTINE: dict[str, Any] = {"source": "routine", "grade": "general"}

_numbers = count(1)


def hazard(world: World, found_on: date, **columns: Any) -> Hazard:
    """An unsaved hazard at the factory, closed if accepted."""
    state = "closed" if columns.get("accepted_on") else "rectifying"
    place = {"region_path": world.east.path, "sector_path": world.factory.sector_path}
    about = {"description": "配电箱未上锁", "found_by": "周岚", "no": f"370403-H2023-{next(_numbers):06d}"}
    columns = {
        **ROUTINE,
        **place,
        **about,
        "state": state,
        "object": world.factory,
        "opened_at": NOON,
        **columns,
    }
    return Hazard(found_on=found_on, **columns)


def keep(hazards: Sequence[Hazard]) -> None:
    """Save them as an import does: each with its entry, more than a few by COPY."""
    entries = [
        record.NewEntry(
            each.uid,
            1,
            record.genesis(each.uid),
            "hazard",
            each.no,
            "claim",
            "",
            each.state,
            "",
            "",
            "",
            NOON,
            NOON,
            {},
        )
        for each in hazards
    ]
    for each, head in zip(hazards, record.append(entries), strict=True):
        each.head, each.entry_count = head, 1
    if len(hazards) > 3:
        copy_rows(hazards)
    else:
        Hazard.objects.bulk_create(hazards)


def ask(name: str, as_of: date = CUT, period: Period = H1, **scope: Any) -> Any:
    return answers.value(f"hazards.{name}", period, as_of, Scope(**scope)).value


def truths() -> list[Path]:
    return sorted(SAMPLES.glob("hazards-*.json"))


@pytest.mark.skipif(not SAMPLES.exists(), reason="没有样本台账，跳过与样本真值的比对")
@pytest.mark.parametrize("truth", truths(), ids=lambda path: path.stem)
def test_figures_of_the_sample_ledgers_are_their_truth(world: World, truth: Path) -> None:
    kept = json.loads(truth.read_text(encoding="utf-8"))
    towns: dict[str, str] = {}
    rows = []
    for row in kept["accepted"]:
        town, sector = row["town"], find_sector(row["sector"])
        assert sector is not None
        if town not in towns:
            towns[town] = plant(Region, world.district, town, level=RegionLevel.TOWN).path
        closed = row["closed"] and date.fromisoformat(row["closed"])
        rows.append(
            hazard(
                world,
                date.fromisoformat(row["found"]),
                rectify_by=row["due"] and date.fromisoformat(row["due"]),
                accepted_on=closed,
                accepted_claimed=bool(closed),
                region_path=towns[town],
                sector_path=sector.path,
                grade="major" if row["grade"] == "重大" else "general",
            )
        )
    keep(rows)
    expect, period = kept["expect"], Period.parse(kept["period"])
    found = answers.values(registry.names("hazards"), period, date.fromisoformat(kept["as_of"]), by="sector")
    assert found["hazards.found"].value == expect["found"]
    assert found["hazards.rectified"].value == expect["rectified_as_of"]
    assert found["hazards.rectified"].claimed == expect["rectified_as_of"]
    assert found["hazards.open"].value == expect["open_as_of"]
    assert found["hazards.overdue"].value == expect["overdue_as_of"]
    assert found["hazards.major_found"].value == expect["major_found"]
    assert found["hazards.rectification_rate"].value == str(expect["rate_percent_1dp"])
    lines = found["hazards.rectification_rate"].by
    assert {name: [line.denominator, line.numerator] for name, line in lines.items()} == expect["by_sector"]
    by_town = answers.value("hazards.found", period, CUT, by="town").by
    assert {name: line.value for name, line in by_town.items()} == {
        town: sum(row["town"] == town for row in kept["accepted"]) for town in towns
    }


def test_518_of_526_and_35_of_38(world: World) -> None:
    day = date(2023, 3, 1)
    keep([hazard(world, day, accepted_on=day if i < 518 else None) for i in range(526)])
    keep([hazard(world, day, source="expert", accepted_on=day if i < 35 else None) for i in range(38)])
    routine, expert = Scope(source="routine"), Scope(source="expert")
    assert answers.value("hazards.rectification_rate", H1, CUT, routine).json() == {
        "value": "98.5",
        "numerator": 518,
        "denominator": 526,
        "unit": "%",
        "claimed": 0,
    }
    rate = answers.value("hazards.rectification_rate", H1, CUT, expert, digits=0)
    assert (rate.value, rate.percent(1)) == ("92", "92.1")


def test_rectified_without_acceptance_is_still_open(world: World) -> None:
    keep([hazard(world, date(2023, 2, 1), rectified_on=date(2023, 2, 9))])
    assert (ask("found"), ask("rectified"), ask("open")) == (1, 0, 1)


def test_accepted_on_the_cut_off_counts_and_a_day_later_does_not(world: World) -> None:
    keep([hazard(world, date(2023, 2, 1), rectify_by=date(2023, 3, 1), accepted_on=date(2023, 4, 20))])
    assert [ask("rectified", date(2023, 4, day)) for day in (19, 20, 21)] == [0, 1, 1]
    assert [ask("open", date(2023, 4, day)) for day in (19, 20, 21)] == [1, 0, 0]
    assert [ask("overdue", day) for day in (date(2023, 3, 1), date(2023, 3, 2), date(2023, 4, 20))] == [
        0,
        1,
        0,
    ]


def test_found_after_the_cut_off_or_outside_the_period_is_not_counted(world: World) -> None:
    keep(
        [hazard(world, date(2022, 12, 31)), hazard(world, date(2023, 5, 20)), hazard(world, date(2023, 7, 1))]
    )
    assert [ask("found", day) for day in (date(2023, 5, 19), date(2023, 5, 20), date(2023, 12, 31))] == [
        0,
        1,
        1,
    ]


def test_a_voided_hazard_is_no_hazard(world: World) -> None:
    one = hazard(world, date(2023, 5, 20), accepted_on=date(2023, 5, 30))
    keep([one])
    Hazard.objects.filter(pk=one.pk).update(voided=True)
    assert (ask("found"), ask("rectified")) == (0, 0)
    assert not answers.records("hazards.found", H1, CUT).exists()


def test_money_is_summed_to_the_fen_by_the_day_it_was_spent(world: World) -> None:
    day = date(2023, 2, 1)
    keep([hazard(world, day, funds_spent_fen=1_050, rectified_on=date(2023, 3, 15))])
    keep([hazard(world, day, funds_spent_fen=1), hazard(world, day, funds_planned_fen=500)])
    assert ask("funds_spent", date(2023, 3, 14)) == "0.01"
    assert ask("funds_spent", date(2023, 3, 15)) == "10.51"


def test_nothing_found_has_no_rate(world: World) -> None:
    rate = answers.value("hazards.rectification_rate", H1, CUT)
    assert (rate.value, rate.text(), rate.json()["value"]) == (None, "—", None)


def test_on_time_is_accepted_by_the_day_set(world: World) -> None:
    found, due = date(2023, 3, 1), date(2023, 3, 10)
    keep(
        [
            hazard(world, found, rectify_by=due, accepted_on=due),
            hazard(world, found, rectify_by=due, accepted_on=date(2023, 3, 11)),
            hazard(world, found, accepted_on=due),
            hazard(world, found, rectify_by=due),
        ]
    )
    assert (ask("rectified"), ask("rectified_on_time")) == (3, 1)
    assert ask("rectified_on_time", date(2023, 3, 9)) == 0
    assert ask("rectified_on_time", due) == 1
    assert checking.check(seed=2).ok


DAYS = st.dates(date(2022, 12, 1), date(2023, 9, 30))
FACTS = st.fixed_dictionaries(
    {
        "found_on": DAYS,
        "rectify_by": st.none() | DAYS,
        "accepted_on": st.none() | DAYS,
        "accepted_claimed": st.booleans(),
        "funds_spent_fen": st.none() | st.integers(0, 10**9),
        "source": st.sampled_from(["routine", "expert"]),
        "grade": st.sampled_from(["general", "major"]),
        "campaign": st.sampled_from(["", "百日攻坚"]),
        "voided": st.booleans(),
        "place": st.integers(0, 3),
    }
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_figure_equals_the_plain_count(world: World, data: st.DataObject) -> None:
    places = [world.district.path, world.east.path, world.west.path, world.east.path + "9."]
    for facts in data.draw(st.lists(st.lists(FACTS, min_size=1, max_size=8), min_size=1, max_size=3)):
        rows = []
        for fact in facts:
            fact = dict(fact)
            found_on, place = fact.pop("found_on"), places[fact.pop("place")]
            rows.append(hazard(world, found_on, region_path=place, **fact))
        keep(rows)
        if data.draw(st.booleans()):
            tally.compact(HAZARDS)
        changed = Hazard.objects.filter(
            accepted_on=None, source=data.draw(st.sampled_from(["routine", "expert"]))
        )
        changed.update(accepted_on=data.draw(DAYS), voided=data.draw(st.booleans()))
    as_of = data.draw(DAYS)
    period = Period.parse(data.draw(st.sampled_from(["2023H1", "2023", "2023Q2", "2023-04", "2023W17"])))
    scope = data.draw(
        st.sampled_from(
            [
                Scope(),
                Scope(regions=(places[1],)),
                Scope(source="expert", grade="major"),
                Scope(campaign="百日攻坚"),
            ]
        )
    )
    for by in ("", "town", "sector", "source", "grade", "campaign"):
        fast = answers.values(registry.names("hazards"), period, as_of, scope, by=by)
        slow = answers.recounted(registry.names("hazards"), period, as_of, scope, by=by)
        assert {name: value.json() for name, value in fast.items()} == {
            name: value.json() for name, value in slow.items()
        }
    for name in (
        "hazards.found",
        "hazards.rectified",
        "hazards.rectified_on_time",
        "hazards.open",
        "hazards.overdue",
        "hazards.major_found",
    ):
        total = answers.value(name, period, as_of, scope, by="town")
        assert total.value == answers.records(name, period, as_of, scope).count()
        for line in total.by.values():
            assert line.value == answers.records(name, period, as_of, line.scope).count()


def some(world: World, count: int = 60) -> None:
    first = date(2023, 1, 3)
    keep(
        [
            hazard(
                world,
                first + timedelta(days=3 * i),
                rectify_by=first + timedelta(days=3 * i + 20),
                accepted_on=first + timedelta(days=3 * i + 5 + i % 40) if i % 3 else None,
                region_path=(world.east if i % 2 else world.west).path,
                source="expert" if i % 5 == 0 else "grid",
                object=world.factory if i % 4 else world.site,
            )
            for i in range(count)
        ]
    )


def test_check_finds_tallies_and_records_at_one(world: World) -> None:
    some(world)
    found = checking.check(seed=3)
    assert found.ok
    assert found.compared > 300


def test_check_finds_a_tally_that_was_tampered_with(world: World) -> None:
    some(world)
    tally.compact(HAZARDS)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE figures_tally_hazards SET n = n + 1 WHERE born = '2023-03-01' AND source = 'grid'"
        )
    found = checking.check(seed=3)
    assert not found.ok
    assert found.cells > 0
    assert {wrong.figure for wrong in found.mismatches} >= {"hazards.found"}
    tally.rebuild(HAZARDS)
    assert checking.check(seed=3).ok


@pytest.mark.parametrize("by,statements", [("", 1), ("source", 1), ("grade", 1), ("town", 2), ("sector", 2)])
def test_statements_do_not_grow_with_the_question(world: World, by: str, statements: int) -> None:
    some(world)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answers.values(registry.names("hazards"), H1, date(2023, 6, 11), by=by)
    assert len(asked) == statements


def test_a_figure_opens_only_what_the_asker_may_see(world: World) -> None:
    some(world)
    east = hazard_jurisdiction(world.actor("clerk_east"))
    seen = answers.records("hazards.found", H1, CUT, visible=east)
    assert 0 < seen.count() < answers.records("hazards.found", H1, CUT).count()
    assert set(seen.values_list("region_path", flat=True)) == {world.east.path}
    site = hazard_jurisdiction(world.actor("site_safety"))
    counted = answers.recounted(["hazards.found"], H1, CUT, visible=site)["hazards.found"]
    assert counted.value == Hazard.objects.filter(object=world.site, found_on__lte=CUT).count()


def test_breakdowns_sum_to_their_total(world: World) -> None:
    some(world)
    keep([hazard(world, date(2023, 2, 2), region_path=world.district.path)])
    for by in ("town", "sector", "source", "grade"):
        total = answers.value("hazards.found", H1, CUT, by=by)
        assert sum(int(line.value or 0) for line in total.by.values()) == total.value
    names = list(answers.value("hazards.found", H1, CUT, by="town").by)
    assert names == ["东湖镇", "西岭街道", "薛河区（本级）"]
    assert set(answers.value("hazards.found", H1, CUT, by="source").by) == {"专家", "网格", "日常"}
    assert set(answers.value("hazards.found", H1, CUT, by="grade").by) == {"一般"}


def test_an_agency_scope_reaches_its_hazards_and_nothing_else(world: World) -> None:
    day = date(2023, 2, 2)
    keep(
        [
            hazard(world, day, agency=world.bureau),
            hazard(world, day, agency=world.builders),
            hazard(world, day),
        ]
    )
    assert ask("found", agency=world.bureau.pk) == 1
    assert ask("found", agency=0) == 0
    nobody = Scope(agency=0)
    assert answers.recounted(["hazards.found"], H1, CUT, nobody)["hazards.found"].value == 0
    assert "区应急管理局" in answers.value("hazards.found", H1, CUT, Scope(agency=world.bureau.pk)).caption()


def test_what_belongs_to_no_campaign_has_no_line(world: World) -> None:
    day = date(2023, 2, 2)
    keep([hazard(world, day), hazard(world, day, campaign="百日攻坚")])
    total = answers.value("hazards.found", H1, CUT, by="campaign")
    assert total.value == 2
    assert {name: line.value for name, line in total.by.items()} == {"百日攻坚": 1}
    assert total.by["百日攻坚"].caption() == "2023年上半年，截至2023年6月30日，全区，百日攻坚"


def test_the_jobs_fold_and_tidy_without_changing_a_figure(world: World) -> None:
    some(world)
    jobs.compact(0)
    Hazard.objects.update(voided=True)
    jobs.compact(0)
    jobs.tidy(0)
    with connection.cursor() as cursor:
        for table in (tally.folded_table(HAZARDS), tally.delta_table(HAZARDS)):
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            assert cursor.fetchone() == (0,)
    assert ask("found") == 0


def test_an_issued_figure_shows_what_changed_since(world: World) -> None:
    some(world)
    issued = answers.values(["hazards.found", "hazards.rectification_rate"], H1, CUT, by="town")
    frozen = freezing.freeze(uuid4(), issued.values())
    assert len(frozen) == 6
    assert frozen[0].caption == "2023年上半年，截至2023年6月30日，全区"
    assert freezing.difference(frozen) == []
    late = hazard(world, date(2023, 6, 1))
    keep([late])
    east = {(each.name, each.line): each for each in freezing.difference(frozen)}
    assert set(east) == {(name, line) for name in issued for line in ("", "东湖镇")}
    assert int(east["hazards.found", ""].now) == int(east["hazards.found", ""].issued) + 1
    Hazard.objects.filter(
        pk=Hazard.objects.filter(region_path=world.east.path).exclude(pk=late.pk)[0].pk
    ).update(voided=True)
    swapped = {(each.name, each.line): each for each in freezing.difference(frozen)}["hazards.found", ""]
    assert (swapped.issued, swapped.records_changed) == (swapped.now, True)


def shown(capsys: pytest.CaptureFixture[str], **set_to: Any) -> Any:
    given_words = {"names": [], "period": "2023H1", "as_of": "2023-06-30", "json": True}
    unset = dict.fromkeys(("region", "sector", "by")) | {"digits": 1}
    status = command.show(Namespace(**{**unset, **given_words, **set_to}))
    return status, json.loads(capsys.readouterr().out)


def test_the_command_line_answers_as_agreed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    some(world)
    status, found = shown(capsys)
    assert status == 0
    assert (found["period"], found["as_of"]) == ("2023H1", "2023-06-30")
    assert list(found["figures"]) == list(registry.names())
    assert found["figures"]["hazards.found"] == {"value": 60}
    _, east = shown(capsys, names=["hazards.found"], region="东湖镇", sector="工贸", by="town")
    assert east["figures"] == {"hazards.found": {"value": 30, "by": {"东湖镇": {"value": 30}}}}
    _, coded = shown(capsys, names=["hazards.found"], region="370403")
    assert coded["figures"]["hazards.found"]["value"] == 60
    status, checked = shown(capsys, names=["check"])
    assert (status, checked["ok"]) == (0, True)


def test_a_breakdown_without_lines_is_still_a_breakdown(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = shown(capsys, names=["hazards.found"], by="sector")
    assert found["figures"] == {"hazards.found": {"value": 0, "by": {}}}


@pytest.mark.parametrize(
    "name,meant",
    [
        ("found", "hazards.found（发现隐患）"),
        ("hazard.opened", "hazards.open（未完成整改）"),
        ("HAZARDS.OVERDUE", "hazards.overdue（逾期未整改）"),
        ("nothing", "不写名称则全部列出"),
    ],
)
def test_an_unknown_figure_is_answered_with_those_that_may_be_meant(
    world: World, capsys: pytest.CaptureFixture[str], name: str, meant: str
) -> None:
    with pytest.raises(Refused) as refusal:
        shown(capsys, names=[name])
    told = refusal.value.failures[0].message
    assert name in told
    assert meant in told
    assert told.count("、") < 40


@pytest.mark.parametrize(
    "words,code",
    [
        ({"names": ["hazards.guess"]}, "figure.unknown"),
        ({"period": None}, "cli.wrong_usage"),
        ({"as_of": "30.6.2023"}, "figure.bad_day"),
        ({"region": "北平"}, "figure.unknown_region"),
        ({"sector": "纺纱"}, "figure.unknown_sector"),
    ],
)
def test_the_command_line_refuses_in_words(
    world: World, capsys: pytest.CaptureFixture[str], words: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        shown(capsys, **words)
    assert refusal.value.failures[0].code == code
