"""Service: each way proves what the law asks of it, writes a receipt, and fixes the day terms count from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.registers.instruments import consents, issuing, kinds, serving, shelf
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.instruments.serving import Delivery
from tests.hazards import steps
from tests.registers.instrument_steps import OFFICERS, facts_for, profile
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def decision(world: World) -> Instrument:
    profile(world.bureau)
    return issued(world, clock.today() - timedelta(days=40))


def issued(world: World, on: date, slug: str = "penalty_decision_entity", **more: Any) -> Instrument:
    facts = {**facts_for(kinds.kind(slug)), "party": "东湖纺织有限公司"}
    matter = more.pop("matter", None) or steps.reported(world)
    with transaction.atomic():
        return issuing.issue(slug, matter, facts, on=on, actor=world.actor("officer"), organ=world.bureau)


def served(world: World, row: Instrument, how: str, on: date | None = None, **told: Any) -> Instrument:
    delivery = Delivery(how, on or row.issued_on + timedelta(days=3), **told)
    return serving.serve(row, delivery, officers=OFFICERS, actor=world.actor("officer"))


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_direct_service_writes_a_receipt_and_the_day(world: World, decision: Instrument) -> None:
    receipt = served(world, decision, "direct", receiver="钱国强", place="东湖镇工业路12号")
    decision.refresh_from_db()
    assert decision.served_on == decision.issued_on + timedelta(days=3)
    assert decision.service["receipt"] == str(receipt.uid)
    assert receipt.kind == "service_receipt"
    assert receipt.facts["documents"] == [{"name": "行政处罚决定书（单位）", "number": decision.number}]
    assert receipt in shelf.instruments_of([decision.matter])


def test_twice_is_refused(world: World, decision: Instrument) -> None:
    served(world, decision, "direct", receiver="钱国强", place="厂内")
    with pytest.raises(Refused) as refused:
        served(world, decision, "post", reference="EMS1")
    assert codes(refused) == {"service.already"}


@pytest.mark.parametrize(
    ("how", "told", "wanted"),
    [
        ("direct", {}, {"service.no_receiver", "service.no_place"}),
        ("left", {}, {"service.no_reason", "service.no_witness"}),
        ("left", {"refusal": "负责人拒收"}, {"service.no_witness"}),
        ("post", {}, {"service.no_reference"}),
        ("public_notice", {}, {"service.no_reference"}),
        ("entrusted", {}, {"service.no_agent"}),
        ("electronic", {}, {"service.no_consent"}),
        ("pigeon", {}, {"service.unknown_way"}),
    ],
)
def test_each_way_asks_for_its_proof(
    world: World, decision: Instrument, how: str, told: dict[str, Any], wanted: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        served(world, decision, how, **told)
    assert codes(refused) == wanted
    assert Instrument.objects.filter(kind="service_receipt").count() == 0


def test_left_before_a_witness_or_on_video(world: World, decision: Instrument) -> None:
    video = steps.photo(decision.matter, world.actor("officer"))
    served(world, decision, "left", refusal="负责人拒收", proof=(video,))
    decision.refresh_from_db()
    assert decision.service["proof"] == [str(video)]


def test_a_public_notice_serves_when_its_period_is_over(world: World, decision: Instrument) -> None:
    published = clock.today() - timedelta(days=5)
    served(world, decision, "public_notice", published, reference="薛河日报")
    decision.refresh_from_db()
    assert decision.served_on is not None
    assert decision.served_on >= published + timedelta(days=30)
    assert not serving.is_served(decision)
    assert serving.is_served(decision, decision.served_on)


def test_electronic_only_after_the_confirmation_and_until_it_is_withdrawn(
    world: World, decision: Instrument
) -> None:
    actor = world.actor("officer")
    held = consents.consent(
        decision, channel="电子邮件", address="safety@example.cn", given_on=decision.issued_on, actor=actor
    )
    receipt = served(world, decision, "electronic")
    assert receipt.facts["served_place"] == "电子邮件：safety@example.cn"
    other = issued(world, clock.today())
    consents.withdraw(held.uid, actor)
    with pytest.raises(Refused) as refused:
        served(world, other, "electronic", clock.today())
    assert codes(refused) == {"service.no_consent"}


def test_not_before_it_was_issued_and_not_tomorrow(world: World, decision: Instrument) -> None:
    for on, code in (
        (decision.issued_on - timedelta(days=1), "service.before_issue"),
        (clock.today() + timedelta(days=1), "service.day_to_come"),
    ):
        with pytest.raises(Refused) as refused:
            served(world, decision, "post", on, reference="EMS1")
        assert codes(refused) == {code}


def test_a_decision_is_to_be_served_within_seven_working_days(world: World, decision: Instrument) -> None:
    due = serving.due_of(decision)
    assert due is not None
    assert due.due > decision.issued_on + timedelta(days=7)
    assert serving.due_of(issued(world, clock.today(), "rectification_order")) is None


def test_several_papers_on_one_receipt(world: World) -> None:
    profile(world.bureau)
    matter = steps.reported(world)
    both = [
        issued(world, clock.today(), slug, matter=matter)
        for slug in ("penalty_notice", "hearing_right_notice")
    ]
    receipt = serving.serve(
        both, Delivery("direct", clock.today(), place="厂内", receiver="钱国强"), officers=OFFICERS,
        actor=world.actor("officer"),
    )  # fmt: skip
    assert len(receipt.facts["documents"]) == 2
    assert all(serving.is_served(Instrument.objects.get(pk=each.pk)) for each in both)
