"""Ways around the rules that somebody may try: each of them is closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.capabilities.tipoffs import inputs, receiving
from bihuan.capabilities.tipoffs.ledger import _ages
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.pages import prefill
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.figures import answers
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.record.verification import verify
from tests.tipoffs import steps
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]

SOON = clock.today() + timedelta(days=10)


def codes(found: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in found.value.failures}


@pytest.mark.parametrize(
    "written", ["１３８０６３２８８１７", "138.0632.8817", "138 0632 8817", "+86-138-0632-8817"]
)
def test_a_number_is_recognised_however_it_is_written(world: World, written: str) -> None:
    with pytest.raises(Refused) as found:
        steps.registered(world, words=f"厂里安全出口堵了，找我打 {written}")
    assert codes(found) == {"tipoff.names_somebody"}


def test_the_sealed_name_stands_in_no_further_item_either(world: World) -> None:
    pieces = (steps.piece(), steps.piece(words=f"叉车没有证，{steps.NAME}亲眼看见"))
    with pytest.raises(Refused) as found:
        receiving.receive(receiving.TipoffGiven(items=pieces, reporter_name=steps.NAME))
    assert [(one.code, one.field) for one in found.value.failures] == [
        ("tipoff.names_reporter", "items.1.words")
    ]
    assert not Batch.objects.exists()


def test_neither_result_nor_reply_carries_a_persons_number(world: World) -> None:
    item = steps.handling(world)
    with pytest.raises(Refused) as found:
        steps.do(world, item, "report_result", steps.result(result="已约谈 13806328817"), "regulator")
    assert codes(found) == {"tipoff.names_somebody"}
    item = steps.do(world, item, "report_result", steps.result(), "regulator")
    given = inputs.Reply(reply="当事人电话 13806328817，已约谈。", replied_on=clock.today())
    with pytest.raises(Refused) as found:
        steps.do(world, item, "reply", given)
    assert codes(found) == {"tipoff.names_somebody"}
    assert Item.objects.get().reply == ""


def test_what_was_admitted_is_not_turned_away_by_way_of_another_item(world: World) -> None:
    worked_on, junk = steps.handling(world), steps.received(world)
    merged = steps.merged(world, worked_on, junk)
    with pytest.raises(Refused) as found:
        steps.rejected(world, junk)
    assert codes(found) == {"tipoff.leads_admitted"}
    steps.do(world, merged, "split", inputs.Reason(reason="不是同一件事"))
    assert steps.rejected(world, junk).state == "rejected"
    assert steps.fresh(merged).state == "admitted"


def test_an_answer_that_was_sent_back_is_no_answer(world: World) -> None:
    item = steps.replied(world)
    again = inputs.SendingBack(reason="现场又堵上了", handle_by=SOON)
    item = steps.do(world, item, "send_back", again, "office_two")
    assert (item.replied_on, item.reported_on) == (None, None)
    unreplied = answers.value("tipoffs.unreplied", Period.parse(str(clock.today().year)), clock.today())
    assert unreplied.value == 1


def test_an_objection_ends_with_the_result(world: World) -> None:
    item = steps.handling(world)
    item = steps.do(world, item, "decline", inputs.Reason(reason="不属本单位职责"), "regulator")
    item = steps.do(world, item, "report_result", steps.result(), "regulator")
    assert item.declined == ""


def test_whoever_told_of_a_merged_item_may_take_it_back(world: World) -> None:
    lead, other = steps.received(world), steps.received(world)
    item = steps.merged(world, other, lead)
    given = inputs.Withdrawal(withdrawn_on=clock.today())
    item = steps.do(world, item, "note_withdrawal", given)
    assert (item.state, item.withdrawn_on) == ("merged", clock.today())


@pytest.mark.parametrize("way", ["merge", "transfer_out"])
def test_the_unit_hears_that_an_item_is_taken_from_it(world: World, way: str) -> None:
    lead, item = steps.received(world), steps.handling(world)
    given = (
        inputs.Merging(lead=lead.no, reason="同一件事")
        if way == "merge"
        else inputs.Transfer(to="市公安局", reason="属公安机关职责")
    )
    steps.do(world, item, way, given)
    tell("tipoff", item.uid, way, steps.fresh(item).entry_count)
    label = "并件" if way == "merge" else "移送"
    told = Notice.objects.filter(matter=item.uid, text__contains=f"已{label}")
    assert world.bureau.pk in told.values_list("post__agency", flat=True)


def test_what_leads_keeps_the_day_another_organ_asked_for(world: World) -> None:
    by = clock.today() + timedelta(days=20)
    lead = steps.handling(world, handle_by=by + steps.DAY)
    city = {"channel": "city", "origin": "市住建局", "origin_no": "17号", "reply_by": by}
    steps.merged(world, steps.received(world, **city), lead)
    lead = steps.fresh(lead)
    assert (lead.due_on, lead.handle_by, lead.deadline) == (by, by, by)
    asked = inputs.ExtensionRequest(until=by + steps.DAY, reason="等检测报告")
    with pytest.raises(Refused) as found:
        steps.do(world, lead, "request_extension", asked, "regulator")
    assert codes(found) == {"tipoff.extension_beyond_origin"}


def test_an_extension_of_what_leads_is_one_of_what_was_merged_into_it(world: World) -> None:
    lead, other = steps.handling(world, handle_by=SOON), steps.received(world)
    steps.merged(world, other, lead)
    until = steps.fresh(lead).due_on + steps.DAY
    asked = inputs.ExtensionRequest(until=until, reason="等检测报告")
    steps.do(world, lead, "request_extension", asked, "regulator")
    steps.do(world, lead, "grant_extension", inputs.Opinion(opinion="同意"))
    assert (steps.fresh(lead).due_on, steps.fresh(other).due_on) == (until, until)


def test_an_extension_whose_day_went_by_is_not_granted(world: World) -> None:
    item = steps.handling(world, handle_by=SOON)
    asked = inputs.ExtensionRequest(until=SOON + steps.DAY, reason="等检测报告")
    item = steps.do(world, item, "request_extension", asked, "regulator")
    with clock.frozen(clock.now() + timedelta(days=12)), pytest.raises(Refused) as found:
        steps.do(world, item, "grant_extension", inputs.Opinion(opinion="同意"))
    assert codes(found) == {"tipoff.extension_gone_by"}


def test_no_stage_runs_past_the_day_for_closing(world: World) -> None:
    by = clock.today() + timedelta(days=2)
    city = {"channel": "city", "origin": "市住建局", "origin_no": "17号", "reply_by": by}
    item = steps.received(world, **city)
    assert item.deadline == by
    item = steps.handling(world, item)
    assert item.deadline == by
    item = steps.do(world, item, "report_result", steps.result(), "regulator")
    assert item.deadline == by


def test_admission_is_owed_from_the_day_it_was_received(world: World) -> None:
    late = steps.received(world, received_on=clock.today() - timedelta(days=30))
    assert late.deadline is not None
    assert late.deadline < clock.today()


def test_another_organ_moves_its_day_and_the_items_follow(world: World) -> None:
    city = {"channel": "city", "origin": "市住建局", "origin_no": "17号", "reply_by": SOON}
    first = steps.received(world, **city)
    second = steps.another(world, first.batch)
    lead = steps.received(world)
    steps.merged(world, second, lead)
    first = steps.handling(world, first)

    def moved(to: date, by: str = "office") -> Batch:
        given = inputs.ReplyDayMoved(reply_by=to, document="市建投〔2026〕18号", reason="等检测报告")
        batch = Batch.objects.get(pk=first.batch_id)
        engine.perform(
            "tipoff_batch", "move_reply_by", batch.no, given, actor=world.actor(by), version=batch.version
        )
        return Batch.objects.get(pk=batch.pk)

    later = SOON + timedelta(days=10)
    assert moved(later).reply_by == later
    assert (steps.fresh(first).due_on, steps.fresh(second).due_on, steps.fresh(lead).due_on) == (
        later,
        later,
        SOON,
    )
    sooner = SOON - timedelta(days=5)
    moved(sooner)
    first = steps.fresh(first)
    assert (first.due_on, first.handle_by, first.deadline) == (sooner, sooner, sooner)
    assert steps.fresh(lead).due_on == sooner
    for wrong in (sooner, clock.today() - steps.DAY):
        with pytest.raises(Refused):
            moved(wrong)
    with pytest.raises((Absent, Refused)):
        moved(SOON, "leader")
    assert verify().ok


@pytest.mark.parametrize("again", ["市建投[2026]17号", "市建投（2026） 17号", "市建投〔２０２６〕17号"])
def test_a_number_typed_otherwise_is_the_same_number(world: World, again: str) -> None:
    city = {"channel": "city", "origin": "市住建局", "origin_no": "市建投〔2026〕17号"}
    first = steps.registered(world, **city)
    with pytest.raises(Refused, match=first.no):
        steps.registered(world, by="office_two", **{**city, "origin_no": again})
    steps.registered(world, **{**city, "origin_no": "市建投〔2026〕18号"})


def test_an_organ_without_an_answer_waits_also_when_all_is_closed(world: World, sign_in: SignIn) -> None:
    by = clock.today() + timedelta(days=2)
    city = {"channel": "city", "origin": "市住建局", "origin_no": "17号", "reply_by": by}
    batch = steps.rejected(world, steps.received(world, **city)).batch
    with clock.frozen(clock.now() + timedelta(days=5)):
        assert batch.no in str(sign_in("office").get("/tipoff-batches/?tab=due").content.decode())
        given = inputs.ReportedBack(reported_back_on=clock.today(), document="张应急函〔2026〕3号")
        engine.perform("tipoff_batch", "report_back", batch.no, given, actor=world.actor("office"))
        assert batch.no not in str(sign_in("office").get("/tipoff-batches/?tab=due").content.decode())


def test_who_waited_then_is_counted_as_of_then(world: World) -> None:
    item = steps.received(world, received_on=clock.today() - timedelta(days=40))
    yesterday = clock.today() - steps.DAY
    steps.rejected(world, item)
    assert _ages(world.actor("office"), clock.today()) is None
    waited = _ages(world.actor("office"), yesterday)
    assert waited is not None
    assert [row.cells[1] for row in waited.rows] == ["0", "0", "0", "1", "0"]


def test_a_hazard_begins_with_no_word_of_the_reporter(world: World) -> None:
    item = steps.handling(world, steps.received(world, place="我家 3 号楼对面"))
    for deed in ("make_hazard", "make_lead"):
        assert "我家" not in repr(prefill(deed, item, world.actor("regulator")))


def test_a_leader_of_some_sectors_is_told_of_items_and_not_of_no_batches(
    world: World, sign_in: SignIn
) -> None:
    steps.received(world, subject=world.factory.uid)
    Post.objects.filter(role=Role.LEADER).update(sector_paths=[world.factory.sector_path])
    page = str(sign_in("leader").get("/tipoffs/ledger/").content.decode())
    assert "收到举报投诉（件）" in page
    assert "收到举报投诉（批次）" not in page
    assert "收到举报投诉（批次）" in str(sign_in("office").get("/tipoffs/ledger/").content.decode())


def test_nobody_registers_by_hand_what_the_page_alone_brings(world: World) -> None:
    with pytest.raises(Refused) as found:
        steps.registered(world, channel="web")
    assert codes(found) == {"tipoff.channel_web"}
    steps.told()
    assert Batch.objects.get().channel == "web"
