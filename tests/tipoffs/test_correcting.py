"""What was decided or entered wrongly is taken back: by another person, with a reason, and no number keeps the mistake."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import QuerySet

from bihuan.capabilities.tipoffs import days, inputs, receipts, receiving
from bihuan.capabilities.tipoffs.loop import ITEM
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.progress import ItemProgress, progress_of
from bihuan.capabilities.tipoffs.reconciling import reconcile, verify_levels
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.checking import check
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.record.verification import verify
from tests.tipoffs import steps
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]

MARCH = datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)
WRONG = inputs.Correction(reason="来信附有地址，当时没有看到")
MISTAKE = inputs.Revocation(mistake="twice", reason="同一次来电，已登记在另一批次")
COUNTED = (
    "tipoffs.batches_received", "tipoffs.batches_closed", "tipoffs.items_received", "tipoffs.items_closed",
    "tipoffs.items_not_admitted", "tipoffs.items_passed_on", "tipoffs.unreplied",
)  # fmt: skip


def refused(world: World, item: Item, verb: str, given: object, by: str = "office") -> set[str]:
    with pytest.raises(Refused) as found:
        steps.do(world, item, verb, given, by)
    return {failure.code for failure in found.value.failures}


def counted(*names: str) -> tuple[int, ...]:
    asked = names or COUNTED
    year = Period.parse(str(clock.today().year))
    found = answers.values(list(asked), year, clock.today())
    assert check().ok
    assert not list(verify_levels())
    reconcile(year, clock.today())
    return tuple(found[name].amount or 0 for name in asked)


def told(number: str) -> ItemProgress:
    found = progress_of(number)
    assert found is not None
    return found.items[0]


def passed_on(world: World, item: Item) -> Item:
    given = inputs.Transfer(to="区人社局", reason="拖欠工资由人社部门处理")
    return steps.do(world, item, "transfer_out", given)


def test_a_refusal_is_taken_back_by_another_and_the_reporter_reads_why(world: World) -> None:
    with clock.frozen(MARCH):
        number = steps.told()
        item = steps.rejected(world, Item.objects.get())
        assert counted() == (1, 1, 1, 1, 1, 0, 0)
        assert refused(world, item, "readmit", WRONG, "office") == {"loop.same_person"}
    with clock.frozen(MARCH + timedelta(days=40)):
        item = steps.do(world, item, "readmit", WRONG, "office_two")
        assert (item.state, item.rejection, item.closed_on) == ("admitted", "", None)
        assert (item.due_on, item.batch.state) == (clock.today() + timedelta(days=60), "open")
        assert counted() == (1, 0, 1, 0, 0, 0, 1)
        shown = told(number)
        assert "重新受理。来信附有地址" in shown.correction
        assert (shown.state, shown.reply, shown.corrected_on) == ("待转办", "", clock.today())
        steps.settled_again(world, item)
        assert counted() == (1, 1, 1, 1, 0, 0, 0)
    assert verify().ok


def test_what_was_passed_on_wrongly_comes_back_and_is_referred_anew(world: World) -> None:
    item = passed_on(world, steps.handling(world))
    assert counted("tipoffs.items_passed_on", "tipoffs.items_closed") == (1, 1)
    item = steps.do(world, item, "readmit", inputs.Correction(reason="人社局退回，属本区职责"), "office_two")
    assert (item.state, item.transferred_to, item.agency_id, item.handle_by) == ("admitted", "", None, None)
    assert counted("tipoffs.items_passed_on", "tipoffs.items_closed") == (0, 0)


def test_what_ended_with_its_lead_comes_back_with_it(world: World) -> None:
    lead, other = steps.received(world), steps.received(world)
    steps.merged(world, other, lead)
    lead = steps.rejected(world, lead)
    assert refused(world, other, "readmit", WRONG, "office_two") == {"tipoff.merged"}
    steps.do(world, lead, "readmit", WRONG, "office_two")
    other = steps.fresh(other)
    assert (other.state, other.closed_on, other.batch.state) == ("merged", None, "open")
    assert counted("tipoffs.batches_closed", "tipoffs.items_not_admitted") == (0, 0)


@pytest.mark.parametrize("way", ["settled", "rejected"])
def test_a_merger_found_wrong_after_the_end_is_taken_apart(world: World, way: str) -> None:
    lead, other = steps.received(world), steps.received(world)
    other = steps.merged(world, other, lead)
    (steps.settled if way == "settled" else steps.rejected)(world, lead)
    assert steps.fresh(other).state == way
    assert refused(world, other, "split_closed", WRONG, "office") == {"loop.same_person"}
    other = steps.do(world, other, "split_closed", WRONG, "office_two")
    assert (other.state, other.merged_into, other.closed_on, other.batch.state) == (
        "admitted",
        None,
        None,
        "open",
    )
    assert steps.fresh(lead).state == way
    assert counted("tipoffs.items_received", "tipoffs.items_closed") == (2, 1)


def test_what_never_was_merged_is_not_taken_apart(world: World) -> None:
    assert refused(world, steps.settled(world), "split_closed", WRONG, "office_two") == {"tipoff.not_merged"}


def test_what_was_entered_by_mistake_counts_nowhere_and_stays_listed(world: World) -> None:
    steps.rejected(world)
    before = counted()
    batch = steps.registered(world)
    second = steps.another(world, batch)
    assert counted() != before
    item = batch.items.get(ordinal=1)
    assert refused(world, item, "revoke", MISTAKE, "office") == {"loop.same_person"}
    item = steps.do(world, item, "revoke", MISTAKE, "office_two")
    assert (item.state, item.correction[:4], item.deadline) == ("revoked", "重复登记", None)
    assert steps.fresh(second).batch.state == "open"
    steps.do(world, second, "revoke", MISTAKE, "office_two")
    assert Batch.objects.get(pk=batch.pk).state == "revoked"
    assert counted() == before
    assert Item.objects.count() == 3
    assert verify().ok


def test_a_closed_item_is_voided_and_its_batch_closes_with_what_is_left(world: World) -> None:
    first = steps.rejected(world)
    second = steps.another(world, steps.registered(world))
    steps.rejected(world, second.batch.items.get(ordinal=1))
    steps.do(world, second, "revoke", MISTAKE, "office_two")
    assert set(Batch.objects.values_list("state", flat=True)) == {"closed"}
    steps.do(world, first, "revoke", MISTAKE, "office_two")
    assert steps.fresh(first).batch.state == "revoked"
    assert counted("tipoffs.batches_closed", "tipoffs.items_not_admitted") == (1, 1)


def test_a_batch_goes_with_all_its_items_and_its_number_is_free_again(world: World) -> None:
    given = {"channel": "city", "origin": "市住建局", "origin_no": "市建投〔2026〕17号"}
    batch = steps.registered(world, **given)
    steps.merged(world, steps.another(world, batch), batch.items.get(ordinal=1))
    with pytest.raises(Refused):
        engine.perform("tipoff_batch", "revoke", batch.no, MISTAKE, actor=world.actor("office"))
    engine.perform("tipoff_batch", "revoke", batch.no, MISTAKE, actor=world.actor("office_two"))
    assert set(Item.objects.values_list("state", "merged_into")) == {("revoked", None)}
    assert counted("tipoffs.batches_received", "tipoffs.items_received") == (0, 0)
    assert steps.registered(world, **given).state == "open"
    assert verify().ok


def test_a_batch_others_were_merged_into_stands(world: World) -> None:
    lead, other = steps.received(world), steps.received(world)
    steps.merged(world, other, lead)
    with pytest.raises(Refused, match=other.no):
        engine.perform("tipoff_batch", "revoke", lead.batch.no, MISTAKE, actor=world.actor("office_two"))
    assert refused(world, lead, "revoke", MISTAKE, "office_two") == {"tipoff.leads_others"}


def test_what_a_citizen_sent_and_what_became_of_something_stands(world: World) -> None:
    steps.told()
    sent = Item.objects.get()
    assert refused(world, sent, "revoke", MISTAKE, "office_two") == {"tipoff.revoke_web"}
    item = steps.handling(world, steps.received(world, subject=world.factory.uid))
    hazard = inputs.HazardGiven(subject=world.factory.uid, description="出口堵塞", found_on=clock.today())
    item = steps.do(world, item, "make_hazard", hazard, "regulator")
    assert refused(world, item, "revoke", MISTAKE, "office_two") == {"tipoff.revoke_linked"}
    with pytest.raises(Refused, match=item.no):
        engine.perform("tipoff_batch", "revoke", item.batch.no, MISTAKE, actor=world.actor("office_two"))


def test_whoever_was_given_a_number_reads_that_it_was_a_wrong_entry(world: World) -> None:
    batch = steps.registered(world)
    number = receiving.hand_out(batch, world.actor("office"))
    steps.do(world, batch.items.get(), "revoke", MISTAKE, "office_two")
    shown = told(number)
    assert (shown.state, shown.closed) == ("已撤销登记", True)
    assert "已登记在另一批次" in shown.correction
    whole = progress_of(number)
    assert whole is not None
    assert whole.revoked
    assert receipts.read(number)


def test_what_reporters_think_and_ask_is_counted_by_itself(world: World) -> None:
    names = (
        "tipoffs.items_satisfied", "tipoffs.items_unsatisfied", "tipoffs.items_unrated", "tipoffs.questions_open",
    )  # fmt: skip
    good, bad, silent = (steps.settled(world) for _ in range(3))
    steps.received(world)
    steps.as_system(good, "rate", steps.rating("satisfied"))
    steps.as_system(bad, "rate", steps.rating("unsatisfied"))
    steps.as_system(bad, "ask_again", steps.question())
    assert counted(*names) == (1, 1, 1, 1)
    assert counted("tipoffs.items_received", "tipoffs.items_closed") == (4, 3)
    bad = steps.do(world, bad, "answer_question", steps.answer())
    assert counted(*names) == (1, 1, 1, 0), "an answer wipes out no judgement"
    assert refused(world, bad, "answer_question", steps.answer()) == {"tipoff.no_question"}
    again = inputs.SendingBack(reason="又堵上了", handle_by=clock.today() + timedelta(days=9))
    steps.do(world, bad, "reopen", again)
    assert counted(*names) == (1, 0, 1, 0), "the answer that was judged stands no more"
    assert steps.fresh(silent).verdict == ""


WHO = ("office", "office_two", "regulator", "leader", "clerk_east", "safety", "auditor")
TAKEN_BACK = ("readmit", "split_closed", "revoke")
TRUTH = {
    "received": {"revoke": {"office_two"}}, "admitted": {"revoke": {"office_two"}}, "handling": {"revoke": {"office_two"}},
    "reported": {"revoke": {"office_two"}}, "replied": {"revoke": {"office_two"}}, "settled": {"revoke": {"office_two"}},
    "rejected": {"readmit": {"office_two"}, "revoke": {"office_two"}}, "merged": {"revoke": {"office_two"}},
    "transferred": {"readmit": {"office_two"}, "revoke": {"office_two"}}, "revoked": {},
    "settled with its lead": {"split_closed": {"office_two"}, "revoke": {"office_two"}},
}  # fmt: skip
"""For an item that ``office`` registered, refused, passed on or merged: who may take back what."""


@pytest.mark.parametrize("state", TRUTH)
def test_only_another_person_of_the_office_takes_back(world: World, state: str) -> None:
    item = _at(world, state)
    found: dict[str, set[str]] = {}
    for person in WHO:
        for verb in TAKEN_BACK:
            if not standing_failures(ITEM, ITEM.deed(verb), item, world.actor(person)):
                found.setdefault(verb, set()).add(person)
    assert found == TRUTH[state]


def _at(world: World, state: str) -> Item:
    if state in ("merged", "settled with its lead"):
        lead, item = steps.received(world), steps.received(world)
        steps.merged(world, item, lead)
        if state != "merged":
            steps.settled(world, lead)
        return steps.fresh(item)
    if state == "transferred":
        return passed_on(world, steps.received(world))
    if state == "revoked":
        return steps.do(world, steps.received(world), "revoke", MISTAKE, "office_two")
    made: Item = getattr(steps, state)(world)
    return made


def test_a_question_is_answered_by_whatever_answers_the_whole_anew(world: World) -> None:
    """By the reply to the item it was merged into, and by a later refusal or passing on; a question asked after it waits."""
    lead, other = steps.received(world), steps.received(world)
    other = steps.merged(world, other, lead)
    lead = steps.settled(world, lead)
    steps.as_system(other, "ask_again", steps.question())
    again = inputs.SendingBack(reason="又堵上了", handle_by=clock.today() + timedelta(days=9))
    lead = steps.do(world, lead, "reopen", again)
    assert counted("tipoffs.questions_open") == (1,)
    lead = steps.do(world, lead, "report_result", steps.result(), "regulator")
    lead = steps.do(world, lead, "reply", inputs.Reply(reply="已经清空。", replied_on=clock.today()))
    steps.do(world, lead, "settle", inputs.Settling())
    assert counted("tipoffs.questions_open") == (0,)
    turned = steps.rejected(world)
    steps.as_system(turned, "ask_again", steps.question())
    turned = steps.do(world, turned, "readmit", WRONG, "office_two")
    assert counted("tipoffs.questions_open") == (1,)
    passed_on(world, turned)
    assert counted("tipoffs.questions_open") == (0,)


def test_nobody_is_asked_to_answer_a_question_of_a_wrong_entry(world: World, sign_in: SignIn) -> None:
    item = steps.rejected(world)
    steps.as_system(item, "ask_again", steps.question())
    office = sign_in("office")
    assert item.no in office.get("/tipoffs/?tab=asked").content.decode()
    steps.do(world, item, "revoke", MISTAKE, "office_two")
    assert item.no not in office.get("/tipoffs/?tab=asked").content.decode()
    assert "待答复" not in office.get(f"/tipoffs/{item.no}/").content.decode()


def test_what_became_a_hazard_while_its_batch_was_voided_keeps_the_batch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The unit was faster by a moment: between the first look and the hold."""
    item = steps.handling(world, steps.received(world, subject=world.factory.uid))
    hazard = inputs.HazardGiven(subject=world.factory.uid, description="出口堵塞", found_on=clock.today())
    held = days.held

    def after_the_unit(rows: QuerySet[Item]) -> list[Item] | None:
        engine.perform("tipoff", "make_hazard", item.no, hazard, actor=world.actor("regulator"))
        return held(rows)

    monkeypatch.setattr(days, "held", after_the_unit)
    with pytest.raises(Refused, match="已转为"):
        engine.perform("tipoff_batch", "revoke", item.batch.no, MISTAKE, actor=world.actor("office_two"))
    assert steps.fresh(item).state == "handling"


def test_a_reporter_reads_of_no_refusal_that_was_anothers(world: World) -> None:
    """Who was refused together reads why it fell; who told the same afterwards reads nothing of it."""
    lead, along, later = steps.registered(world), steps.registered(world), steps.registered(world)
    numbers = [receiving.hand_out(batch, world.actor("office")) for batch in (lead, along, later)]
    first = lead.items.get()
    steps.merged(world, along.items.get(), first)
    steps.rejected(world, first)
    steps.do(world, first, "readmit", WRONG, "office_two")
    steps.merged(world, later.items.get(), first)
    told_each = [told(number).correction for number in numbers]
    assert told_each[0] == told_each[1]
    assert WRONG.reason in told_each[0]
    assert told_each[2] == ""


def test_a_batch_was_closed_when_the_last_item_that_stands_was(world: World) -> None:
    """June is reconciled in July: the item closed in July is voided, so both levels were through in June."""
    with clock.frozen(MARCH):
        batch = steps.registered(world)
        second = steps.another(world, batch)
        steps.rejected(world, batch.items.get(ordinal=1))
    with clock.frozen(MARCH + timedelta(days=9)):
        steps.rejected(world, second)
        assert Batch.objects.get().closed_on == (MARCH + timedelta(days=9)).date()
        steps.do(world, second, "revoke", MISTAKE, "office_two")
        assert Batch.objects.get().closed_on == MARCH.date()
        found = reconcile(Period.parse("2026"), MARCH.date())
    assert (found.batches.closed, found.items.closed) == (1, 1)
    assert verify().ok
