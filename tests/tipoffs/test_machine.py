"""Random people of the office do random things to a few tip-offs: both levels always add up, and the record verifies."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bihuan.capabilities.tipoffs import inputs
from bihuan.capabilities.tipoffs.loop import ITEM
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.reconciling import reconcile, verify_levels
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.figures.checking import check
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.permits import possibilities
from bihuan.kernel.record.verification import verify
from tests.tipoffs import steps
from tests.world import World

PEOPLE = ("office", "office_two", "regulator")
WORK = (
    "admit", "refer", "report_result", "reply", "settle", "send_back", "reassign", "merge", "split", "reopen", "reject",
    "transfer_out", "readmit", "split_closed", "revoke",
)  # fmt: skip


def _said(world: World, verb: str, other: str) -> Any:
    today, soon = clock.today(), clock.today() + timedelta(days=5)
    return {
        "admit": inputs.Admission(), "refer": steps.referral(world), "report_result": steps.result(),
        "reply": inputs.Reply(reply="已核查。", replied_on=today), "settle": inputs.Settling(),
        "send_back": inputs.SendingBack(reason="没有到位", handle_by=soon),
        "reassign": inputs.Reassignment(agency=world.builders.pk, reason="改派"),
        "merge": inputs.Merging(lead=other, reason="同一件事"), "split": inputs.Reason(reason="不是同一件事"),
        "reopen": inputs.SendingBack(reason="又堵上了", handle_by=soon),
        "reject": inputs.Refusal(rejection="no_clue", reason="没有地点"),
        "transfer_out": inputs.Transfer(to="区人社局", reason="不属本单位"),
        "readmit": inputs.Correction(reason="有误"), "split_closed": inputs.Correction(reason="并错"),
        "revoke": inputs.Revocation(mistake="twice", reason="重复"),
    }[verb]  # fmt: skip


class Desk(RuleBasedStateMachine):
    """Three batches of five items; a batch may be voided whole as well."""

    world: World
    done: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.alone = transaction.atomic()
        self.alone.__enter__()

    def teardown(self) -> None:
        assert verify().ok
        assert check().ok
        transaction.set_rollback(True)
        self.alone.__exit__(None, None, None)

    @initialize()
    def five(self) -> None:
        first, second, _ = (steps.registered(self.world) for _ in range(3))
        for batch in (first, second):
            steps.another(self.world, batch)

    @rule(data=st.data())
    def work(self, data: st.DataObject) -> None:
        items = list(Item.objects.order_by("no"))
        item = data.draw(st.sampled_from(items))
        ready = [
            (who, possible.deed.name)
            for who in PEOPLE
            for possible in possibilities(ITEM, item, self.world.actor(who))
            if possible.allowed and possible.deed.name in WORK
        ]
        if not ready:
            return
        who, verb = data.draw(st.sampled_from(ready))
        other = data.draw(st.sampled_from(items)).no
        try:
            engine.perform(
                "tipoff", verb, item.no, _said(self.world, verb, other), actor=self.world.actor(who)
            )
        except (Refused, Absent):
            return
        self.done[verb] += 1

    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def void(self, data: st.DataObject, who: str) -> None:
        batch = data.draw(st.sampled_from(list(Batch.objects.order_by("no"))))
        if data.draw(st.integers(0, 5)):
            return
        given = inputs.Revocation(mistake="no_tipoff", reason="误登")
        try:
            engine.perform("tipoff_batch", "revoke", batch.no, given, actor=self.world.actor(who))
        except (Refused, Absent):
            return
        self.done["void"] += 1

    @invariant()
    def both_levels_add_up(self) -> None:
        found = reconcile(Period.parse(str(clock.today().year)), clock.today())
        assert found.items.received == Item.objects.exclude(state="revoked").count()
        assert found.batches.received == Batch.objects.exclude(state="revoked").count()
        assert not list(verify_levels())
        assert not Item.objects.filter(state="merged", merged_into=None).exists()


def test_random_work_never_leaves_the_levels_apart(world: World) -> None:
    class Machine(Desk):
        pass

    Machine.world = world
    Machine.done.clear()
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert len(Machine.done) >= 9, f"too little happened to prove anything: {Machine.done}"
