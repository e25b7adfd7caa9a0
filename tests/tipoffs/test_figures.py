"""Both levels of the ledger (N04), and what refuses to be printed."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from bihuan.capabilities.tipoffs.models import Batch
from bihuan.capabilities.tipoffs.reconciling import reconcile, verify_levels
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.checking import check
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.loops import engine
from tests.tipoffs import steps
from tests.world import World


def year() -> Period:
    return Period.parse(str(clock.today().year))


def seven_and_nineteen(world: World) -> None:
    """7批次19件: 5批次10件 closed, 2批次9件 open."""
    for count in (2, 2, 2, 2, 2):
        items = _batch(world, count)
        for item in items:
            steps.rejected(world, item)
    for count in (4, 5):
        _batch(world, count)


def _batch(world: World, count: int) -> list[object]:
    batch = steps.registered(world)
    return [batch.items.get(), *(steps.another(world, batch) for _ in range(count - 1))]


def test_seven_batches_of_nineteen_items_print_at_both_levels(world: World) -> None:
    seven_and_nineteen(world)
    found = reconcile(year(), clock.today())
    assert (found.batches.received, found.batches.closed, found.batches.open) == (7, 5, 2)
    assert (found.items.received, found.items.closed, found.items.open) == (19, 10, 9)
    names = [
        "tipoffs.batches_closing_rate",
        "tipoffs.items_closing_rate",
        "tipoffs.unreplied",
        "tipoffs.items_on_time",
    ]
    values = answers.values(names, year(), clock.today())
    assert str(values["tipoffs.batches_closing_rate"].value) == "71.4"
    assert str(values["tipoffs.items_closing_rate"].value) == "52.6"
    assert (values["tipoffs.unreplied"].value, values["tipoffs.items_on_time"].value) == (9, 10)
    assert check().ok


def test_a_batch_closed_behind_its_items_back_refuses_to_print_and_is_found(
    owner_connection: psycopg.Connection, world: World
) -> None:
    item = steps.received(world)
    owner_connection.execute("ALTER TABLE tipoffs_batch DISABLE TRIGGER tipoffs_batch_guard")
    owner_connection.execute(
        "UPDATE tipoffs_batch SET state = 'closed', closed_on = %s WHERE uid = %s",
        [clock.today(), item.batch.uid],
    )
    owner_connection.execute("ALTER TABLE tipoffs_batch ENABLE TRIGGER tipoffs_batch_guard")
    with pytest.raises(Refused) as refused:
        reconcile(year(), clock.today())
    assert any(item.batch.no in failure.message for failure in refused.value.failures)
    assert [finding.matter_no for finding in verify_levels()] == [item.batch.no]


def test_on_time_is_told_by_origin_and_by_company(world: World) -> None:
    today = clock.today()
    city = {"channel": "city", "origin": "市住建局", "topic": "gas", "received_on": today - timedelta(days=5)}
    late = steps.received(world, **city, origin_no="1号", reply_by=today - timedelta(days=1))
    timely = steps.received(world, **city, origin_no="2号", reply_by=today)
    for item, company in ((late, "城区燃气公司"), (timely, "液化气公司")):
        item = steps.handling(world, item, company=company)
        item = steps.do(world, item, "report_result", steps.result(), "regulator")
        item = steps.do(world, item, "reply", steps.inputs.Reply(reply="已换管。", replied_on=today))
        steps.do(world, item, "settle", steps.inputs.Settling())
    name = "tipoffs.items_on_time_rate"
    rates = answers.values([name], year(), today, by="company")[name].by
    assert {company: str(value.value) for company, value in rates.items()} == {
        "城区燃气公司": "0.0",
        "液化气公司": "100.0",
    }
    whole = answers.value(name, year(), today, Scope(origin="市住建局"))
    assert str(whole.value) == "50.0"


def test_reconciling_an_earlier_day_judges_by_that_day(world: World) -> None:
    before = clock.today() - timedelta(days=1)
    item = steps.received(world, received_on=before)
    steps.rejected(world, item)
    assert reconcile(year(), before).items.open == 1
    assert reconcile(year(), clock.today()).items.closed == 1
    assert Batch.objects.get().closed_on == clock.today()


def test_both_levels_add_up_after_merging_splitting_closing_and_working_anew(world: World) -> None:
    lead, other, third = (steps.received(world) for _ in range(3))
    beside = steps.another(world, other.batch)

    def stands(batches: tuple[int, int], items: tuple[int, int]) -> None:
        found = reconcile(year(), clock.today())
        assert ((found.batches.closed, found.batches.open), (found.items.closed, found.items.open)) == (
            batches,
            items,
        )
        assert check().ok
        assert not list(verify_levels())

    steps.merged(world, other, lead)
    steps.merged(world, third, lead)
    stands((0, 3), (0, 4))
    steps.do(world, third, "split", steps.inputs.Reason(reason="不是同一件事"))
    lead = steps.settled(world, lead)
    stands((1, 2), (2, 2))
    steps.rejected(world, beside)
    stands((2, 1), (3, 1))
    again = steps.inputs.SendingBack(reason="又堵上了", handle_by=clock.today() + timedelta(days=9))
    steps.do(world, lead, "reopen", again)
    stands((0, 3), (1, 3))


def test_a_day_that_is_moved_is_counted_as_moved(world: World) -> None:
    today = clock.today()
    city = {"channel": "city", "origin": "市住建局", "origin_no": "17号", "reply_by": today}
    item = steps.received(world, **city, received_on=today - timedelta(days=9))
    given = steps.inputs.ReplyDayMoved(
        reply_by=today + timedelta(days=5), document="电话记录", reason="等检测"
    )
    with clock.frozen(clock.now() + timedelta(days=2)):
        now = clock.today()
        assert answers.value("tipoffs.items_overdue", year(), now).value == 1
        engine.perform("tipoff_batch", "move_reply_by", item.batch.no, given, actor=world.actor("office"))
        assert answers.value("tipoffs.items_overdue", year(), now).value == 0
        assert check().ok
