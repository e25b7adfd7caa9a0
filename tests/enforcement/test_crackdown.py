"""The crackdown: who may do what, what comes back is the same item, re-checks open by themselves (M144, M145, T33)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.enforcement.crackdown import inputs
from bihuan.capabilities.enforcement.crackdown.access import visible_items
from bihuan.capabilities.enforcement.crackdown.leads import open_lead
from bihuan.capabilities.enforcement.crackdown.loop import CRACKDOWN
from bihuan.capabilities.enforcement.crackdown.models import Item
from bihuan.capabilities.enforcement.crackdown.states import ItemState
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.duties import owed_of
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.record.reading import entries_of
from tests.enforcement import crackdown_steps as steps
from tests.web.conftest import SignIn
from tests.world import World

STRIKERS = {"officer", "regulator", "regulator_two"}
WATCHERS = STRIKERS | {"clerk_east", "grid"}
APPROVERS = {"office", "office_two", "leader"}
REPORTERS = APPROVERS | {"clerk_east", "grid"} | STRIKERS | {"builder"}
OPEN = ("found", "struck", "awaiting_ban", "banned")
ALL = (*OPEN, "consolidated", "settled", "dismissed")

TRUTH: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "strike": (("found",), STRIKERS),
    "request_ban": (("struck",), STRIKERS),
    "approve_ban": (("awaiting_ban",), APPROVERS),
    "return_ban": (("awaiting_ban",), APPROVERS),
    "conclude": (("banned",), APPROVERS),
    "reemerge": (("banned", "consolidated"), REPORTERS),
    "settle": (("found", "struck"), STRIKERS),
    "recheck": (("banned",), WATCHERS),
    "pass_to_police": (OPEN, STRIKERS),
    "receive_by_police": (ALL, STRIKERS),
    "answer_by_police": (ALL, STRIKERS),
    "link_case": (tuple(state for state in ALL if state != "dismissed"), STRIKERS),
    "note_case": (tuple(state for state in ALL if state != "dismissed"), set()),
    "remind": (OPEN, APPROVERS),
    "dismiss": (("found",), STRIKERS | APPROVERS),
}
"""For each deed: in which states, and by whom, on a den in the eastern town that the bureau leads."""

SITE_MAKERS: dict[str, Callable[[World], Item]] = {
    "found": steps.found,
    "struck": steps.struck,
    "awaiting_ban": steps.awaiting,
    "banned": steps.banned,
    "consolidated": steps.consolidated,
    "settled": lambda world: steps.settled(world, steps.vehicle(world)),
    "dismissed": lambda world: steps.taken(
        world, steps.found(world), "dismiss", inputs.Reason(reason="已办照"), "officer"
    ),
}
HANDS = ("loop.not_your_step", "loop.wrong_state")


@contextmanager
def at(day: date, hour: int = 9) -> Iterator[None]:
    with clock.frozen(datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI)):
        yield


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_the_truth_covers_every_deed() -> None:
    assert set(TRUTH) == {deed.name for deed in CRACKDOWN.deeds}


@pytest.mark.parametrize("state", ALL)
def test_state_by_deed_by_person(world: World, state: str) -> None:
    item = SITE_MAKERS[state](world)
    assert item.state == state
    for name in world.users:
        actor = world.actor(name)
        for deed in CRACKDOWN.deeds:
            states, who = TRUTH[deed.name]
            failures = standing_failures(CRACKDOWN, deed, item, actor)
            by_hand = {failure.code for failure in failures} & set(HANDS)
            assert (not by_hand) == (state in states and name in who), (state, deed.name, name, failures)


def test_a_whole_round_and_its_days(world: World) -> None:
    day = date(2026, 9, 7)
    with at(day):
        item = steps.banned(world)
    assert (item.state, item.struck_on, item.banned_on, item.kind) == ("banned", day, day, "den")
    [owed] = owed_of(CRACKDOWN, item)
    assert (owed.duty.name, owed.due) == ("recheck", date(2026, 10, 8)), (
        "30 days end on a holiday: the day after"
    )
    for place in range(1, 4):
        day = owed.due
        with at(day):
            item = steps.rechecked(world, item)
        assert item.quiet == place
        open_now = owed_of(CRACKDOWN, item)
        if place < 3:
            [owed] = open_now
            assert owed.due >= day + timedelta(days=30)
    assert open_now == []
    with at(day):
        item = steps.taken(world, item, "conclude", inputs.Conclusion(), "office")
    assert (item.state, item.consolidated_on) == ("consolidated", day)
    assert [entry.verb for entry in entries_of(item.uid)] == [
        "report", "strike", "request_ban", "approve_ban", "recheck", "recheck", "recheck", "conclude",
    ]  # fmt: skip


def test_what_comes_back_is_the_same_item_and_counts(world: World) -> None:
    item = steps.consolidated(world)
    item = steps.reemerged(world, item)
    assert (item.state, item.reemergences, item.consolidated_on, item.quiet) == ("found", 1, None, 0)
    item = steps.banned(world, steps.awaiting(world, steps.struck(world, item)))
    item = steps.reemerged(world, item)
    assert (item.reemergences, owed_of(CRACKDOWN, item)) == (2, [])
    assert Item.objects.count() == 1
    assert item.banned_on is not None, "that it was banned once stays true"


def test_a_round_after_it_came_back_is_held_to_its_own_days(world: World) -> None:
    first, back = date(2026, 9, 7), date(2026, 10, 20)
    with at(first):
        item = steps.banned(world)
    with at(back):
        item = steps.reemerged(world, item)
        with pytest.raises(Refused) as refused:
            steps.struck(world, item, struck_on=first)
        assert codes(refused) == {"crackdown.struck_before_found"}
        item = steps.awaiting(world, steps.struck(world, item, struck_on=back))
        item = steps.banned(world, item)
        with pytest.raises(Refused) as refused:
            steps.rechecked(world, item, on=first + timedelta(days=30))
    assert codes(refused) == {"crackdown.recheck_out_of_order"}


def test_nobody_consolidates_before_the_rechecks(world: World) -> None:
    item = steps.rechecked(world, steps.rechecked(world, steps.banned(world)))
    with pytest.raises(Refused) as refused:
        steps.taken(world, item, "conclude", inputs.Conclusion(), "office")
    assert codes(refused) == {"crackdown.too_few_rechecks"}
    assert "连续回查 3 次" in str(refused.value.failures[0].message)


def test_bans_are_approved_by_another(world: World) -> None:
    item = steps.awaiting(world)
    item.hands["strike"] = world.user("office").person_id
    Item.objects.filter(pk=item.pk).update(hands=item.hands)
    with pytest.raises(Refused) as refused:
        steps.banned(world, Item.objects.get(pk=item.pk))
    assert codes(refused) == {"loop.same_person"}


def test_a_late_recheck_shows_and_climbs(world: World) -> None:
    from bihuan.kernel.loops.escalation import climb_all
    from bihuan.kernel.loops.models import Escalation

    with at(date(2026, 9, 7)):
        item = steps.banned(world)
    with at(date(2026, 10, 12)):
        climb_all()
        [rung] = Escalation.objects.filter(matter=item.uid, duty="recheck", level=1)
        assert rung.deadline == date(2026, 10, 8)


def test_a_person_or_a_vehicle_is_dealt_with_once(world: World) -> None:
    car = steps.vehicle(world, detained=True)
    with pytest.raises(Refused) as refused:
        steps.struck(world, car)
    assert codes(refused) == {"crackdown.nothing_to_ban"}
    car = steps.settled(world, car, detained_persons=1)
    assert (car.state, car.detained_vehicles, car.detained_persons) == ("settled", 1, 1)
    with pytest.raises(Refused) as refused:
        steps.settled(world, steps.found(world))
    assert codes(refused) == {"crackdown.must_be_banned"}
    worker = steps.person(world)
    assert (worker.kind, worker.region_path, worker.object_id) == (
        "person", world.east.path, world.factory.uid,
    )  # fmt: skip


def test_it_lies_on_the_territory_tree(world: World) -> None:
    village = steps.village(world)
    steps.village(world, town=world.west)
    item = steps.found(world, place="东湖镇张庄村")
    assert (item.place, item.region_path, item.object) == (village, village.path, None)
    for text in ("张庄村", "没有的村"):
        with pytest.raises(Refused) as refused:
            steps.found(world, place=text)
        assert codes(refused) == {"crackdown.place_unknown"}, text
    with pytest.raises(Refused) as refused:
        steps.found(world, place="西岭街道")
    assert codes(refused) == {"loop.not_your_step"}


def test_codes_carry_what_belongs_to_them(world: World) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"code": "chemical.transport"}, "crackdown.no_transport_kind"),
        ({"code": "den.other", "transport_kind": "moving"}, "crackdown.transport_kind_elsewhere"),
        ({"code": "den.other", "rule": "rule.3"}, "crackdown.rule_elsewhere"),
        ({"found_on": clock.today() + timedelta(days=1)}, "crackdown.found_in_future"),
    ]
    for changes, code in cases:
        with pytest.raises(Refused) as refused:
            steps.found(world, **changes)
        assert codes(refused) == {code}
    moved = steps.found(world, code="chemical.transport", transport_kind="filling")
    assert moved.transport_kind == "filling"
    works = steps.found(world, code="fireworks.making")
    with pytest.raises(Refused) as refused:
        steps.struck(world, works)
    assert codes(refused) == {"crackdown.no_rule"}
    assert steps.struck(world, works, rule="rule.2").rule == "rule.2"


def test_the_unit_that_leads_is_worked_out(world: World) -> None:
    assert steps.found(world, lead=None).agency == world.bureau
    assert steps.found(world, lead=world.builders.pk).agency == world.builders


def test_a_police_lead_waits_for_receipt_and_answer(world: World) -> None:
    day = date(2026, 9, 7)
    with at(day):
        item = steps.struck(world)
        given = inputs.Passing(act="making", passed_on=day, lead="涉嫌危险作业")
        item = steps.taken(world, item, "pass_to_police", given, "officer")
        assert [owed.duty.name for owed in owed_of(CRACKDOWN, item)] == ["police_answer"]
        with pytest.raises(Refused) as refused:
            steps.taken(world, item, "pass_to_police", given, "officer")
        assert codes(refused) == {"crackdown.police_not_answered"}
    with at(day + timedelta(days=2)):
        receipt = inputs.Receipt(received_on=day + timedelta(days=1), receipt="东湖派出所 第12号")
        item = steps.taken(world, item, "receive_by_police", receipt, "officer")
        answer = inputs.Feedback(feedback_on=day, feedback="已立案")
        with pytest.raises(Refused) as refused:
            steps.taken(world, item, "answer_by_police", answer, "officer")
        assert codes(refused) == {"crackdown.feedback_out_of_order"}
        answer = inputs.Feedback(feedback_on=day + timedelta(days=2), feedback="已立案")
        item = steps.taken(world, item, "answer_by_police", answer, "officer")
    assert owed_of(CRACKDOWN, item) == []


def test_a_lead_from_elsewhere_names_where_it_came_from(world: World) -> None:
    no = open_lead(
        "370403-Q2026-000007", steps.site(lead=world.bureau.pk, source="tip_off"), world.actor("clerk_east")
    )
    item = Item.objects.get(no=no)
    assert (item.origin, item.source) == ("370403-Q2026-000007", "tip_off")
    assert entries_of(item.uid)[0].payload["origin"] == "370403-Q2026-000007"


def test_who_sees_it(world: World) -> None:
    item = steps.found(world)
    seen = {name for name in world.users if visible_items(world.actor(name)).filter(pk=item.pk).exists()}
    assert seen == {
        "leader", "office", "office_two", "regulator", "regulator_two", "officer", "clerk_east", "grid",
    }  # fmt: skip
    with pytest.raises(Absent):
        engine.perform(
            "crackdown", "strike", item.no, steps.strike(), actor=world.actor("clerk_west"), version=1
        )


def test_a_stale_version_is_told(world: World) -> None:
    item = steps.found(world)
    steps.struck(world, item)
    with pytest.raises(Stale):
        steps.struck(world, item)


def test_the_database_is_the_last_guard(world: World) -> None:
    item = steps.found(world)
    for change in ({"state": "banned"}, {"state": "settled"}, {"kind": "unknown"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        item.delete()


def test_the_pages_open_and_say_what_stands(world: World, sign_in: SignIn) -> None:
    item = steps.reemerged(world, steps.banned(world))
    client = sign_in("clerk_east")
    page = client.get(f"/crackdown/{item.no}/").content.decode()
    assert "反弹 1 次" in page
    listed = client.get("/crackdown/?tab=back").content.decode()
    assert item.no in listed
    form = client.get("/crackdown/new/report/").content.decode()
    assert "东湖镇" in form
    workbook = client.get("/crackdown/export.xlsx?tab=all")
    assert b"".join(workbook.streaming_content).startswith(b"PK")
    assert sign_in("principal").get(f"/crackdown/{item.no}/").status_code == 404


def test_the_list_takes_as_many_statements_for_many(world: World, sign_in: SignIn) -> None:
    client = sign_in("clerk_east")

    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/crackdown/?tab=all").status_code == 200
        return len(caught)

    steps.found(world)
    statements()
    one = statements()
    for _ in range(6):
        steps.found(world)
    assert statements() == one


def test_every_state_is_tried() -> None:
    assert set(ALL) == {state.value for state in ItemState}
