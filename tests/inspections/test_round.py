"""One inspection from end to end: arranged, approved, arrived, ticked, finished, ordered, rechecked."""

from __future__ import annotations

from datetime import timedelta

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.registers.instruments import shelf
from tests.inspections.steps import clean, do, fresh, ordered, recheck
from tests.world import World


def kinds(one: object) -> list[str]:
    return [paper.kind for paper in shelf.instruments_of([one.uid])]  # type: ignore[attr-defined]


def test_what_was_found_becomes_hazards_documents_and_a_deadline(world: World) -> None:
    one = ordered(world)
    assert (one.state, one.found_count, one.deadline) == ("rectifying", 1, clock.today() + timedelta(days=10))
    assert kinds(one) == ["inspection_scheme", "inspection_record", "rectification_order"]
    hazard = Hazard.objects.get(origin=one.no)
    assert (hazard.source, hazard.description, hazard.object_id) == (
        "routine",
        "疏散通道堆放原料",
        world.factory.uid,
    )
    assert one.findings.get().hazard_no == hazard.no
    order = shelf.latest(one.uid, "rectification_order")
    assert order is not None
    assert order.facts["problems"][0]["due_on"] == one.deadline.isoformat()
    assert {"《安全生产法》第四十二条"} <= set(order.facts["basis"])


def test_all_put_right_closes_it(world: World) -> None:
    one = ordered(world)
    one = do(world, one, "recheck", recheck(one))
    assert (one.state, one.deadline) == ("closed", None)
    assert kinds(one)[-1] == "recheck_opinion"
    assert not one.proposals.exists()


def test_nothing_found_is_over_when_it_ends(world: World) -> None:
    one = fresh(clean(world))
    assert (one.state, one.found_count, one.deadline) == ("closed", 0, None)
    assert kinds(one) == ["inspection_scheme", "inspection_record"]
