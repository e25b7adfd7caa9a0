"""Two hand the same hazard over by an order, or move its day by it, at the same moment: one does, nothing happens twice."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bihuan.capabilities.hazards.inputs import OrderMoved, OrderTerms
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections import inputs
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from bihuan.registers.instruments import shelf
from tests.faults.test_two_at_once import at_once
from tests.hazards.steps import finding
from tests.inspections.steps import do, equip, ordered
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)
OFFICIALS = ("officer", "regulator", "regulator_two")


@pytest.fixture
def world(transactional_db: None) -> World:
    return equip(build_world())


def paper_of(one: Inspection, kind: str) -> str:
    paper = shelf.latest(one.uid, kind)
    assert paper is not None
    return str(paper)


def waiting(world: World, one: Inspection) -> Hazard:
    """A hazard of the inspection that nobody has handed over yet."""
    outcome = engine.open_many(
        "hazard", "report", [finding(world)], actor=world.actor("officer"), columns=[{"origin": one.no}]
    )[0]
    return Hazard.objects.get(no=outcome.no)


def terms(one: Inspection) -> OrderTerms:
    assert one.deadline is not None
    return OrderTerms(
        paper=paper_of(one, "rectification_order"), responsible_person="钱厂长", measures="逐条整改",
        rectify_by=one.deadline, at_once=False,
    )  # fmt: skip


def verbs(hazard: Hazard) -> list[str]:
    return [entry.verb for entry in entries_of(hazard.uid)]


def whole() -> None:
    seal()
    assert verify().ok


def test_a_hazard_is_handed_over_by_its_order_once(world: World) -> None:
    one = ordered(world)
    hazard, said = waiting(world, one), terms(one)
    hand_over = partial(engine.perform, "hazard", "assign_by_order", hazard.no, said, version=hazard.version)
    answers = at_once(*(partial(hand_over, actor=world.actor(name)) for name in OFFICIALS))
    assert sum(isinstance(answer, list) for answer in answers) == 1, answers
    assert sum(isinstance(answer, Stale) for answer in answers) == len(OFFICIALS) - 1
    assert verbs(hazard) == ["report", "assign_by_order"]
    whole()


def test_who_saw_no_version_is_refused_by_the_state_and_takes_nothing_over(world: World) -> None:
    one = ordered(world)
    hazard, said = waiting(world, one), terms(one)
    hand_over = partial(engine.perform, "hazard", "assign_by_order", hazard.no, said)
    answers = at_once(*(partial(hand_over, actor=world.actor(name)) for name in OFFICIALS))
    assert sum(isinstance(answer, list) for answer in answers) == 1, answers
    assert sum(isinstance(answer, Refused) for answer in answers) == len(OFFICIALS) - 1
    assert verbs(hazard) == ["report", "assign_by_order"]


def test_the_same_key_hands_it_over_once(world: World) -> None:
    one = ordered(world)
    hazard, said, actor = waiting(world, one), terms(one), world.actor("officer")

    def hand_over() -> Any:
        return engine.perform("hazard", "assign_by_order", hazard.no, said, actor=actor, key="order-7")[0]

    answers = at_once(*(hand_over for _ in range(4)))
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
    assert verbs(hazard) == ["report", "assign_by_order"]


@pytest.fixture
def extended(world: World) -> tuple[Inspection, Hazard]:
    """An order whose day was moved, and a hazard handed over by it that has not followed yet."""
    one = ordered(world)
    until = clock.today() + timedelta(days=15)
    asked = inputs.ExtensionAsked(until=until, reasons="配件未到", safeguards="停用")
    one = do(world, one, "ask_extension", asked, "safety")
    hazard, said = waiting(world, one), terms(one)
    engine.perform("hazard", "assign_by_order", hazard.no, said, actor=world.actor("officer"))
    one = do(world, one, "grant_extension", inputs.ExtensionReply(opinion="同意"), "regulator_two")
    hazard.refresh_from_db()
    assert hazard.rectify_by is not None
    assert hazard.rectify_by < until == one.deadline
    return one, hazard


def test_its_day_moves_with_the_order_once(world: World, extended: tuple[Inspection, Hazard]) -> None:
    one, hazard = extended
    assert one.deadline is not None
    said = OrderMoved(paper=paper_of(one, "recheck_extension_reply"), rectify_by=one.deadline)
    move = partial(engine.perform, "hazard", "follow_order", hazard.no, said)
    answers = at_once(*(partial(move, actor=world.actor(name), version=hazard.version) for name in OFFICIALS))
    assert sum(isinstance(answer, list) for answer in answers) == 1, answers
    assert sum(isinstance(answer, Stale) for answer in answers) == len(OFFICIALS) - 1
    hazard.refresh_from_db()
    assert (hazard.rectify_by, verbs(hazard).count("follow_order")) == (one.deadline, 1)
    whole()


def test_the_same_key_moves_it_once(world: World, extended: tuple[Inspection, Hazard]) -> None:
    one, hazard = extended
    assert one.deadline is not None
    actor = world.actor("officer")
    said = OrderMoved(paper=paper_of(one, "recheck_extension_reply"), rectify_by=one.deadline)

    def move() -> Any:
        return engine.perform("hazard", "follow_order", hazard.no, said, actor=actor, key="reply-7")[0]

    answers = at_once(*(move for _ in range(4)))
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
    assert verbs(hazard).count("follow_order") == 1


def test_two_who_answer_the_request_at_once_move_the_hazard_once(world: World) -> None:
    one = ordered(world)
    asked = inputs.ExtensionAsked(
        until=clock.today() + timedelta(days=15), reasons="配件未到", safeguards="停用"
    )
    one = do(world, one, "ask_extension", asked, "safety")
    grant = partial(
        engine.perform, "inspection", "grant_extension", one.no, inputs.ExtensionReply(opinion="同意"),
        version=one.version,
    )  # fmt: skip
    answers = at_once(*(partial(grant, actor=world.actor(name)) for name in ("regulator", "regulator_two")))
    assert sum(isinstance(answer, list) for answer in answers) == 1, answers
    assert sum(isinstance(answer, Stale) for answer in answers) == 1
    assert verbs(Hazard.objects.get(origin=one.no)).count("follow_order") == 1
