"""Two officers with certificates on the day, or no enforcement document comes to be (M141; 行政处罚法 第四十二条)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.capabilities.inspections import inputs
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.registers.instruments import shelf, signing_places
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.officers import advisors, certificates, recusals
from bihuan.registers.officers.models import Certificate
from tests.inspections.steps import (
    approved,
    arranged,
    arrival,
    certify,
    do,
    ending,
    found,
    fresh,
    names,
    on_site,
    ordered,
    recheck,
    tick_all,
    town_on_site,
)
from tests.web.conftest import SignIn
from tests.world import World


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.failures]


def only_valid(world: World, name: str, since: date, until: date) -> None:
    Certificate.objects.filter(person=world.users[name].person).delete()
    certify(world, name, since, until)


@pytest.mark.parametrize(
    ("since", "until", "fits"), [(-5, -1, False), (-5, 0, True), (0, 5, True), (1, 5, False)]
)  # fmt: skip
def test_a_certificate_counts_on_its_days_alone(world: World, since: int, until: int, fits: bool) -> None:
    today = clock.today()
    only_valid(world, "regulator", today + timedelta(days=since), today + timedelta(days=until))
    if fits:
        assert arranged(world).enforcing
        return
    with pytest.raises(Refused) as refused:
        arranged(world)
    assert codes(refused) == ["officers.fewer_than_two"]
    assert world.users["regulator"].person.name in refused.value.failures[0].message


def test_one_that_lapses_between_the_plan_and_the_day_keeps_the_team_from_arriving(world: World) -> None:
    only_valid(world, "regulator", date(2020, 1, 1), clock.today())
    one = approved(world)
    with clock.frozen(clock.now() + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            do(world, one, "arrive", arrival())
        assert codes(refused) == ["officers.fewer_than_two"]
        certify(world, "regulator_two")
        team = inputs.Team(officers=names(world, "officer", "regulator_two"), reason="原检查人员证件过期")
        one = do(world, one, "change_team", team)
        assert do(world, one, "arrive", arrival()).state == "on_site"


def test_with_one_certificate_it_goes_on_without_documents(world: World) -> None:
    one = on_site(world)
    certificates.revoke(
        Certificate.objects.get(person=world.users["regulator"].person).pk,
        clock.today(),
        "调离",
        world.actor("office"),
    )
    one = tick_all(world, one)
    with pytest.raises(Refused) as refused:
        do(world, one, "finish", ending())
    assert codes(refused) == ["officers.fewer_than_two"]
    one = do(world, one, "only_supervise", inputs.Downgrade(reason="只有一名持证人员"))
    one = do(world, one, "finish", ending())
    assert one.state == "closed"
    assert not Instrument.objects.filter(matter=one.uid, kind="inspection_record").exists()


def test_whoever_has_no_certificate_signs_no_document(world: World) -> None:
    officers = names(world, "officer", "regulator", "regulator_two")
    one = tick_all(world, on_site(world, officers=officers))
    with pytest.raises(Refused) as refused:
        do(world, one, "finish", ending(), "regulator_two")
    assert codes(refused) == ["officers.not_certified"]


def test_whoever_came_along_signs_in_no_officers_place(world: World) -> None:
    """Three went, two hold certificates: the second officer's place is for one of these, not for the third."""
    officers = names(world, "officer", "regulator", "regulator_two")
    one = do(world, tick_all(world, on_site(world, officers=officers)), "finish", ending())
    record = shelf.latest(one.uid, "inspection_record")
    assert record is not None
    with pytest.raises(Refused) as refused:
        signing_places.sign(record, "officer_2", world.actor("regulator_two"))
    assert codes(refused) == ["officers.not_certified"]
    record = signing_places.sign(record, "officer_2", world.actor("regulator"))
    assert [each["name"] for each in record.signings] == [
        world.users[name].person.name for name in ("officer", "regulator")
    ]


def test_an_order_one_officer_signed_is_not_served(world: World, sign_in: SignIn) -> None:
    one = ordered(world)
    order = shelf.latest(one.uid, "rectification_order")
    assert order is not None
    client, here = sign_in("officer"), f"/instruments/{order.uid}/serve/"
    said = {
        "how": "direct", "on": clock.today().isoformat(), "place": "二车间", "receiver": "钱厂长",
        "officers": "\n".join(f"{each['name']} {each['certificate']}" for each in order.facts["officers"]),
    }  # fmt: skip
    answer = client.post(here, said)
    assert answer.status_code == 422
    assert "还没有签名" in answer.content.decode()
    signing_places.sign(order, "officer_2", world.actor("regulator"))
    assert client.post(here, said).status_code == 302
    order.refresh_from_db()
    assert order.served_on == clock.today()


def test_a_town_inspects_and_does_not_enforce(world: World) -> None:
    with pytest.raises(Refused) as refused:
        arranged(world, "clerk_east", officers=names(world, "clerk_east"))
    assert "inspection.unit_cannot_enforce" in codes(refused)
    one = found(world, tick_all(world, town_on_site(world), by="clerk_east"), "clerk_east")
    one = do(world, one, "finish", ending(), "clerk_east")
    assert (one.state, one.findings.get().hazard_no != "") == ("closed", True)
    assert not Instrument.objects.filter(matter=one.uid).exists()


def test_whoever_keeps_away_does_not_inspect(world: World) -> None:
    person = world.users["officer"].person
    recusals.keep_away(person, world.factory, "配偶在该公司任职", clock.today(), world.actor("office"))
    with pytest.raises(Refused) as refused:
        arranged(world)
    assert codes(refused) == ["officers.recused"]
    assert arranged(
        world, "builder", object=world.site.uid, nature="supervision", officers=names(world, "builder")
    )


def test_the_scheme_is_approved_by_another_before_anybody_goes(world: World) -> None:
    one = arranged(world)
    with pytest.raises(Refused) as refused:
        do(world, one, "arrive", arrival())
    assert codes(refused) == ["inspection.scheme_unapproved"]
    own = arranged(world, "regulator_two")
    with pytest.raises(Refused) as refused:
        do(world, own, "approve_scheme", inputs.Approval(), "regulator_two")
    assert codes(refused) == ["loop.same_person"]


def test_a_recheck_needs_two_as_well(world: World) -> None:
    one = ordered(world, days=3)
    with clock.frozen(clock.now() + timedelta(days=4)), pytest.raises(Refused) as refused:
        do(world, one, "recheck", recheck(one, officers=names(world, "officer")))
    assert codes(refused) == ["officers.fewer_than_two"]
    assert fresh(one).state == "rectifying"


def test_an_arrival_told_later_is_judged_by_its_own_day(world: World) -> None:
    """Offline yesterday, certified since today: yesterday nobody could enforce."""
    with clock.frozen(clock.now() - timedelta(days=2)):
        one = approved(world, planned_on=clock.today() + timedelta(days=1))
    for name in ("officer", "regulator"):
        only_valid(world, name, clock.today(), date(2035, 12, 31))
    with pytest.raises(Refused) as refused:
        do(world, one, "arrive", arrival(), happened_at=clock.now() - timedelta(days=1))
    assert codes(refused) == ["officers.fewer_than_two"]
    assert do(world, one, "arrive", arrival()).arrived_on == clock.today()


def test_an_expert_who_lapsed_since_does_not_come_along(world: World) -> None:
    """M072: valid when it was arranged, not on the day itself; another takes the place."""
    today = clock.today()
    for name, until in (("方工", today), ("苗工", today + timedelta(days=90))):
        told = advisors.Told("expert", name, "化工工艺", date(2020, 1, 1), until, "高级工程师")
        advisors.register(told, world.actor("office"))
    one = approved(world, experts="方工")
    with clock.frozen(clock.now() + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            do(world, one, "arrive", arrival())
        assert codes(refused) == ["officers.advisor_expired"]
        team = inputs.Team(officers=names(world, "officer", "regulator"), experts="苗工", reason="专家证过期")
        one = do(world, one, "change_team", team)
        assert do(world, one, "arrive", arrival()).state == "on_site"


def test_what_was_stopped_on_the_spot_is_not_turned_into_mere_supervision(world: World) -> None:
    one = found(world, on_site(world), handling="measure", measure="责令暂时停止使用 3 号行车")
    with pytest.raises(Refused) as refused:
        do(world, one, "only_supervise", inputs.Downgrade(reason="只有一名持证人员"))
    assert codes(refused) == ["inspection.measure_decided"]
    one = do(world, one, "drop_finding", inputs.Dropped(order=1, reason="改由监管部门决定"))
    assert not do(world, one, "only_supervise", inputs.Downgrade(reason="只有一名持证人员")).enforcing


def test_a_number_means_whoever_holds_it_on_the_day(world: World) -> None:
    """A number given up by one and issued to another names the second."""
    former = Certificate.objects.get(person=world.users["regulator"].person)
    certificates.revoke(former.pk, clock.today(), "调离", world.actor("office"))
    told = certificates.Told(
        world.users["regulator_two"].person, world.bureau, former.no, clock.today(), date(2035, 12, 31)
    )
    certificates.register(told, world.actor("office"))
    one = arranged(world, officers=f"{names(world, 'officer')}\n{former.no}")
    assert one.officers == [world.users[name].person.pk for name in ("officer", "regulator_two")]


DAYS = st.integers(-3, 3)
MOVES = st.sampled_from(["approve", "arrive", "find", "finish", "recheck"])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spans=st.tuples(*[st.tuples(DAYS, DAYS)] * 3),
    start=st.integers(-2, 2),
    moves=st.lists(MOVES, min_size=3, max_size=6),
)
def test_no_document_ever_without_two_certified_officers(
    world: World, spans: tuple[tuple[int, int], ...], start: int, moves: list[str]
) -> None:
    """Whatever the certificates and the order of deeds: every document names two who were certified on its day."""
    Certificate.objects.all().delete()
    today = clock.today()
    for name, (since, length) in zip(("officer", "regulator", "regulator_two"), spans, strict=True):
        first = today + timedelta(days=since)
        certify(world, name, first, max(first, first + timedelta(days=length + 3)))
    team = names(world, "officer", "regulator", "regulator_two")
    with clock.frozen(clock.now() + timedelta(days=start)):
        one = _tried(lambda: arranged(world, officers=team))
    for ahead, move in enumerate(moves):
        if one is None:
            break
        with clock.frozen(clock.now() + timedelta(days=start + ahead // 2)):
            one = _tried(lambda move=move, one=one: _move(world, one, move)) or fresh(one)  # type: ignore[misc]
    for paper in Instrument.objects.filter(matter=one.uid) if one is not None else ():
        told = {each["certificate"] for each in paper.facts.get("officers", ()) if each["certificate"]}
        held = Certificate.objects.filter(
            certificates.in_force(paper.issued_on),
            person__in=Inspection.objects.get(pk=paper.matter).officers,
        )
        assert held.count() >= 2, paper.kind
        assert not told or len(told) >= 2


def _move(world: World, one: Inspection, move: str) -> Inspection:
    steps: dict[str, Any] = {
        "approve": lambda: do(world, one, "approve_scheme", inputs.Approval(), "office"),
        "arrive": lambda: do(world, one, "arrive", arrival()),
        "find": lambda: found(world, tick_all(world, one)),
        "finish": lambda: do(world, one, "finish", ending()),
        "recheck": lambda: do(world, one, "recheck", recheck(one)),
    }
    done: Inspection = steps[move]()
    return done


def _tried(deed: Any) -> Any:
    try:
        return deed()
    except Refused:
        return None


def test_a_problem_of_others_is_handed_over_by_those_who_are_there_that_day(world: World) -> None:
    """One of the two who inspected has left since: the paper names who hands it over, not who inspected once."""
    one = ordered(world)
    left = next(name for name in ("officer", "regulator") if world.users[name].person.pk in one.officers[1:])
    Certificate.objects.filter(person=world.users[left].person).delete()
    by = "regulator" if left == "officer" else "officer"
    given = {"receiver": world.builders.pk, "problem": "燃气管线占压", "place": "厂区北侧"}
    with pytest.raises(Refused) as refused:
        do(world, one, "transfer_out", inputs.Transfer(**given), by)
    assert codes(refused) == ["officers.fewer_than_two"]
    certify(world, "regulator_two")
    do(world, one, "transfer_out", inputs.Transfer(**given, officers=names(world, by, "regulator_two")), by)
    paper = shelf.latest(one.uid, "out_of_scope_transfer")
    assert paper is not None
    assert [each["name"] for each in paper.facts["officers"]] == names(
        world, by, "regulator_two"
    ).splitlines()
