"""Beside the loop: dragnets, pledges, explosives, the chemical chain, names and counters (M146–M155)."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.enforcement.crackdown import chain, explosives, naming, pledging, rising, sweeping
from bihuan.capabilities.enforcement.crackdown.catalogue import CRACK, FIX, RULES
from bihuan.capabilities.enforcement.crackdown.models import Item, Layer, Pledge, Sweep, SweepMark
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.figures import answers
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.territory.models import Region
from tests.enforcement import crackdown_steps as steps
from tests.enforcement.test_crackdown import at, codes
from tests.web.conftest import SignIn
from tests.world import World, build_world

TODAY = date(2026, 9, 7)


@pytest.fixture
def villages(world: World) -> list[Region]:
    return [
        steps.village(world, "张庄村"),
        steps.village(world, "李庄村"),
        steps.village(world, "岭上村", world.west),
    ]


def sweep_of(world: World, by: str = "office", **changes: Any) -> Sweep:
    today = clock.today()
    given: dict[str, Any] = {
        "name": "岁末年初拉网摸排", "region": world.district, "first": today, "last": today + timedelta(days=10),
        "places": ["brickyard", "greenhouse"],
    }  # fmt: skip
    given |= changes
    return sweeping.plan(
        given["name"], given["region"], given["first"], given["last"], given["places"], world.actor(by)
    )


def mark(world: World, sweep: Sweep, village: Region, kind: str, by: str = "grid", **more: Any) -> SweepMark:
    given = {"done_on": clock.today(), "looked_at": 3, **more}
    return sweeping.mark(sweep, village, kind, world.actor(by), **given)


def test_a_village_with_one_kind_unmarked_is_not_swept(world: World, villages: list[Region]) -> None:
    sweep = sweep_of(world)
    mark(world, sweep, villages[0], "brickyard")
    lines = {line.village.name: line for line in sweeping.matrix(sweep, world.actor("office"))}
    assert set(lines) == {"张庄村", "李庄村", "岭上村"}
    assert not lines["张庄村"].swept
    assert [kind.value for kind in lines["张庄村"].missing] == ["greenhouse"]
    mark(world, sweep, villages[0], "greenhouse", looked_at=0)
    lines = {line.village.name: line for line in sweeping.matrix(sweep, world.actor("office"))}
    assert [name for name, line in lines.items() if line.swept] == ["张庄村"]
    assert len(entries_of(_chain(f"sweeps/{sweep.pk}"))) == 3


def _chain(about: str) -> Any:
    from bihuan.capabilities.enforcement.crackdown import trail

    return trail.chain_of(trail.PREFIX + about)


def test_who_marks_what(world: World, villages: list[Region]) -> None:
    sweep = sweep_of(world)
    refused: list[tuple[dict[str, Any], str]] = [
        ({"village": villages[2]}, "sweep.not_your_village"),
        ({"by": "officer"}, "sweep.not_your_village"),
        ({"kind": "farm"}, "sweep.place_not_asked"),
        ({"done_on": clock.today() + timedelta(days=1)}, "sweep.day_outside"),
        ({"done_on": clock.today() - timedelta(days=1)}, "sweep.day_outside"),
        ({"looked_at": 1, "found": 2}, "sweep.found_too_many"),
    ]
    for changes, code in refused:
        given = {"village": villages[0], "kind": "brickyard", "by": "grid", **changes}
        place, kind, by = given.pop("village"), given.pop("kind"), given.pop("by")
        with pytest.raises(Refused) as caught:
            mark(world, sweep, place, kind, by, **given)
        assert codes(caught) == {code}
    assert {one.village.name for one in sweeping.matrix(sweep, world.actor("clerk_east"))} == {
        "张庄村",
        "李庄村",
    }
    town = sweep_of(world, "clerk_west", region=world.west)
    with pytest.raises(Absent):
        sweeping.access_sweep(world.actor("clerk_east"), town.pk)
    with pytest.raises(Refused):
        sweep_of(world, "clerk_east", region=world.west)


def test_a_mark_told_again_holds_and_two_at_once_are_one(world: World, villages: list[Region]) -> None:
    sweep = sweep_of(world)
    mark(world, sweep, villages[0], "brickyard")
    mark(world, sweep, villages[0], "brickyard", looked_at=5, found=1)
    kept = SweepMark.objects.get()
    assert (kept.looked_at, kept.found) == (5, 1)


@pytest.mark.django_db(transaction=True)
def test_two_mark_the_same_cell_at_once() -> None:
    world = build_world()
    village = steps.village(world)
    sweep = sweep_of(world)
    caught: list[BaseException] = []

    def tell() -> None:
        try:
            mark(world, sweep, village, "brickyard")
        except BaseException as fault:
            caught.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tell) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not caught
    assert SweepMark.objects.count() == 1


def test_the_matrix_page_and_its_paper(world: World, villages: list[Region], sign_in: SignIn) -> None:
    sweep = sweep_of(world)
    mark(world, sweep, villages[0], "brickyard", found=1)
    client = sign_in("clerk_east")
    page = client.get(f"/crackdown/sweeps/{sweep.pk}/").content.decode()
    assert "3 处/1" in page
    assert "李庄村" in page
    assert "岭上村" not in page
    assert client.get(f"/crackdown/sweeps/{sweep.pk}/unswept.docx").content[:2] == b"PK"
    sent = {"done_on": clock.today().isoformat(), "looked_at": "2", "found": "0"}
    answer = client.post(f"/crackdown/sweeps/{sweep.pk}/{villages[1].pk}/greenhouse/", sent)
    assert answer.status_code == 302
    assert SweepMark.objects.count() == 2
    assert client.get(f"/crackdown/sweeps/{sweep.pk}/{villages[2].pk}/greenhouse/").status_code == 404


def test_the_list_of_sweeps_counts_villages_by_as_many_statements_for_many(
    world: World, villages: list[Region], sign_in: SignIn
) -> None:
    first = sweep_of(world)
    for kind in ("brickyard", "greenhouse"):
        mark(world, first, villages[0], kind)
    office = world.actor("office")
    assert [(swept, left) for _, swept, left in sweeping.summaries([first], office)] == [(1, 2)]
    client = sign_in("office")

    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/crackdown/sweeps/").status_code == 200
        return len(caught)

    statements()
    one = statements()
    for number in range(4):
        sweep_of(world, name=f"第{number}次摸排")
    assert statements() == one


def test_the_pledge_chain_lists_who_has_not_signed(world: World, villages: list[Region]) -> None:
    office, east = world.actor("office"), world.actor("clerk_east")
    assert pledging.list_out(2026, office) == 5
    assert pledging.list_out(2026, office) == 0
    pledging.add_group(2026, villages[0], "一组", east)
    with pytest.raises(Refused) as caught:
        pledging.add_group(2026, villages[0], "一组", east)
    assert codes(caught) == {"pledge.group_there"}
    layers = {
        layer.value: [one.region.name + one.group for one in pledging.unsigned(2026, office, layer.value)]
        for layer in Layer
    }
    assert layers == {
        "town": ["东湖镇"], "street": ["西岭街道"], "village": ["张庄村", "李庄村", "岭上村"], "group": ["张庄村一组"],
    }  # fmt: skip
    first = Pledge.objects.get(region=villages[0], group="")
    pledging.sign(first, clock.today(), "张支书", east)
    with pytest.raises(Refused) as caught:
        pledging.sign(first, clock.today(), "张支书", east)
    assert codes(caught) == {"pledge.signed_already"}
    west = Pledge.objects.get(region=villages[2])
    with pytest.raises(Refused):
        pledging.sign(west, clock.today(), "岭支书", east)
    assert [one.region.name for one in pledging.unsigned(2026, east)] == ["东湖镇", "李庄村", "张庄村"]


def test_the_pledge_pages(world: World, villages: list[Region], sign_in: SignIn) -> None:
    office = sign_in("office")
    assert office.post("/crackdown/pledges/list/", {"year": "2026"}).status_code == 302
    page = office.get("/crackdown/pledges/?year=2026&layer=village").content.decode()
    assert "3 份" in page
    assert office.get("/crackdown/pledges/unsigned.pdf?year=2026").content[:4] == b"%PDF"
    pledge = Pledge.objects.get(region=villages[0])
    east = sign_in("clerk_east")
    sent = {"signed_on": clock.today().isoformat(), "signer": "张支书"}
    assert east.post(f"/crackdown/pledges/{pledge.pk}/sign/", sent).status_code == 302
    assert east.post("/crackdown/pledges/list/", {"year": "2026"}).status_code == 403


def test_over_the_limit_opens_an_item_by_code(world: World) -> None:
    regulator = world.actor("regulator")
    today = clock.today()
    with pytest.raises(Refused) as caught:
        explosives.record(world.factory, "explosives.output", today, Decimal(5), regulator)
    assert codes(caught) == {"explosives.no_limit"}
    explosives.set_limit(
        world.factory, "explosives.output", Decimal(1000), "吨", today - timedelta(days=30), "MB生许证字001号", regulator
    )  # fmt: skip
    fine = explosives.record(
        world.factory, "explosives.output", today - timedelta(days=1), Decimal(1000), regulator
    )
    assert fine.item_no == "", "on the limit is within it"
    over = explosives.record(world.factory, "explosives.output", today, Decimal("1000.001"), regulator)
    item = Item.objects.get(no=over.item_no)
    assert (item.code, item.kind, item.object_id, item.source) == (
        "explosives.output", "explosives", world.factory.uid, "recorded",
    )  # fmt: skip
    assert "1000.001吨" in item.description
    with pytest.raises(Refused) as caught:
        explosives.record(world.factory, "explosives.output", today, Decimal(5), regulator)
    assert codes(caught) == {"explosives.recorded_already"}
    with pytest.raises(Refused):
        explosives.record(world.factory, "explosives.output", today, Decimal(5), world.actor("builder"))
    again = explosives.record(
        world.factory, "explosives.output", today - timedelta(days=2), Decimal(2000), regulator
    )
    assert again.item_no == item.no, "an open item of the maker and code is joined"
    assert Item.objects.count() == 1


def test_a_link_nobody_checked_is_flagged(world: World) -> None:
    with at(TODAY):
        region = world.east
        chain.check("chemical.storage", region, TODAY, 4, "镇安监站", world.actor("clerk_east"))
        month = Period.parse("2026-09")
        links = {link.code.value: link for link in chain.survey(month, TODAY, world.actor("office"))}
        assert len(links) == 7
        assert [code for code, link in links.items() if not link.neglected] == ["chemical.storage"]
        assert (links["chemical.storage"].checks, links["chemical.storage"].units) == (1, 4)
        before = chain.survey(Period.parse("2026-08"), TODAY, world.actor("office"))
        assert all(link.neglected for link in before)
        assert all(link.neglected for link in chain.survey(month, TODAY, world.actor("clerk_west")))
        with pytest.raises(Refused):
            chain.check("chemical.storage", region, TODAY, 1, "站", world.actor("clerk_west"))


def test_names_are_the_districts_and_dated(world: World) -> None:
    office = world.actor("office")
    with at(TODAY):
        assert naming.named("rule.1", TODAY).label == ""
        assert "待核对" in naming.named("rule.1", TODAY).hint
        naming.set_name("rule.1", "一律停产整顿", "区安委〔2026〕1号", date(2026, 9, 1), office)
        naming.set_name("rule.1", "一律关闭取缔", "区安委〔2026〕9号", date(2026, 9, 5), office)
        assert naming.named("rule.1", date(2026, 8, 31)).label == ""
        assert naming.named("rule.1", date(2026, 9, 4)).label == "一律停产整顿"
        assert naming.named("rule.1", TODAY).words.endswith("一律关闭取缔")
        for since, who, code in (
            (date(2026, 9, 5), "office", "crackdown.name_out_of_order"), (TODAY, "clerk_east", "crackdown.not_yours"),
        ):  # fmt: skip
            with pytest.raises(Refused) as caught:
                naming.set_name("rule.1", "一", "二", since, world.actor(who))
            assert codes(caught) == {code}
    assert (len(RULES.codes()), len(CRACK.codes()), len(FIX.codes())) == (7, 7, 7)


def test_counters_equal_the_rows(world: World) -> None:
    banned = steps.banned(world)
    steps.reemerged(world, steps.banned(world))
    steps.struck(world, steps.found(world, code="mine.unlicensed"), detained_persons=2, detained_vehicles=1)
    steps.banned(
        world, steps.awaiting(world, steps.struck(world, steps.found(world, code="mine.unlicensed")))
    )
    steps.settled(world, steps.vehicle(world), detained_vehicles=1)
    steps.person(world)
    steps.taken(world, steps.found(world), "dismiss", _reason(), "officer")
    steps.struck(world, steps.found(world, code="fireworks.making"), rule="rule.3")
    names = (
        "found", "banned", "dens_banned", "mines_closed", "reemerged", "vehicles", "vehicles_detained",
        "persons_detained", "violations", "settled", "fireworks",
    )  # fmt: skip
    period, today = Period.parse(str(clock.today().year)), clock.today()
    found = answers.values([f"crackdown.{name}" for name in names], period, today)
    assert {name: found[f"crackdown.{name}"].value for name in names} == {
        "found": 7, "banned": 3, "dens_banned": 2, "mines_closed": 1, "reemerged": 1, "vehicles": 1,
        "vehicles_detained": 2, "persons_detained": 2, "violations": 1, "settled": 1, "fireworks": 1,
    }  # fmt: skip
    rules = answers.value("crackdown.fireworks", period, today, by="rule")
    assert {line.scope.rule: line.value for line in rules.by.values()} == {"rule.3": 1}
    sites = answers.value("crackdown.banned", period, today, by="site")
    assert {line.scope.site: line.value for line in sites.by.values()} == {"brickyard": 3}
    assert set(answers.records("crackdown.dens_banned", period, today).values_list("pk", flat=True)) >= {
        banned.pk
    }


def _reason() -> Any:
    from bihuan.capabilities.enforcement.crackdown.inputs import Reason

    return Reason(reason="核查后为合法经营")


def test_tallies_equal_the_plain_count(world: World) -> None:
    steps.consolidated(world)
    steps.settled(world, steps.vehicle(world), detained_persons=3)
    period, today = Period.parse(str(clock.today().year)), clock.today()
    names = [name for name in _all_figures() if name != "crackdown.ban_rate"]
    told = answers.values(names, period, today)
    counted = answers.recounted(names, period, today)
    assert {name: told[name].value for name in names} == {name: counted[name].value for name in names}


def _all_figures() -> tuple[str, ...]:
    from bihuan.kernel.figures import registry

    return registry.names("crackdown")


def test_a_rise_of_violations_is_told_once(world: World) -> None:
    with at(date(2026, 8, 20)):
        steps.person(world)
        steps.person(world, code="person.command")
    with at(TODAY):
        steps.person(world)
        steps.person(world, code="person.command")
        steps.person(world, code="person.command")
        rose = {trend.code.value for trend in rising.trends(Period.parse("2026-09"), TODAY) if trend.alert}
        assert rose == {"person.command"}, "two after one is a rise of 100 per cent, one after one is none"
        assert rising.tell_rises() == 2, "both holders of the committee office's posts"
        assert rising.tell_rises() == 0
    assert Notice.objects.filter(text__contains="违章指挥").count() == 2


def test_the_pages_of_the_crackdown_open(world: World, sign_in: SignIn) -> None:
    steps.found(world)
    steps.taken(
        world, steps.struck(world), "pass_to_police",
        _passing(), "officer",
    )  # fmt: skip
    for who in ("office", "clerk_east", "regulator"):
        client = sign_in(who)
        for address in ("statistics/", "sweeps/", "pledges/", "police/", "seven/", "explosives/"):
            assert client.get(f"/crackdown/{address}").status_code == 200, (who, address)
    office = sign_in("office")
    assert office.get("/crackdown/statistics/paper.docx").content[:2] == b"PK"
    assert office.get("/crackdown/police/paper.pdf").content[:4] == b"%PDF"
    assert office.get("/crackdown/names/crack/").status_code == 200
    sent = {
        "code": "crack.1",
        "label": "打击无证",
        "basis": "区安委〔2026〕3号",
        "since": clock.today().isoformat(),
    }
    assert office.post("/crackdown/names/crack/", sent).status_code == 302
    assert "打击无证" in office.get("/crackdown/seven/").content.decode()


def _passing() -> Any:
    from bihuan.capabilities.enforcement.crackdown.inputs import Passing

    return Passing(act="storing", passed_on=clock.today(), lead="涉嫌危险作业")
