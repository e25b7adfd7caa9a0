"""The recheck opens by itself, unmet things propose a case by themselves, more time is asked for and answered (M095, M127)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bihuan.capabilities.inspections import hooks, inputs
from bihuan.capabilities.inspections.models import CaseProposal, Inspection
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.duties import owed_of
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.registry import running
from bihuan.registers.instruments import shelf
from bihuan.registers.officers import certificates
from bihuan.registers.officers.models import Certificate
from tests.inspections.steps import (
    approved,
    arrival,
    certify,
    do,
    ending,
    found,
    fresh,
    names,
    ordered,
    recheck,
    tick_all,
)
from tests.world import World


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


def owed(one: Inspection) -> dict[str, date]:
    return {each.duty.name: each.due for each in owed_of(running("inspection").loop, fresh(one))}


def test_the_recheck_opens_the_day_after_the_order_ran_out_and_once(world: World) -> None:
    one = ordered(world, days=5)
    assert one.deadline is not None
    with clock.frozen(at(one.deadline)):
        climb_all()
        assert owed(one) == {}
    with clock.frozen(at(one.deadline + timedelta(days=1))):
        climb_all()
        first = owed(one)
        climb_all()
        assert owed(one) == first
    assert first == {"recheck": one.deadline + timedelta(days=10)} or "recheck" in first


def test_the_days_for_the_recheck_run_over_a_holiday_and_say_which(world: World) -> None:
    """An order to 28 September 2026: ten days later is 8 October; the week of the National Day lies between."""
    with clock.frozen(at(date(2026, 9, 20))):
        one = ordered(world, days=8)
    assert one.deadline == date(2026, 9, 28)
    with clock.frozen(at(date(2026, 9, 29))):
        climb_all()
        assert owed(one) == {"recheck": date(2026, 10, 8)}
    with clock.frozen(at(date(2026, 9, 22))):
        other = ordered(world, days=3)
    with clock.frozen(at(date(2026, 9, 26))):
        climb_all()
    assert owed(other)["recheck"] == date(2026, 10, 8), (
        "the last day fell on a holiday and moves to the first working day"
    )


def test_unmet_things_get_a_new_day_and_propose_a_case_by_themselves(world: World) -> None:
    heard: list[CaseProposal] = []
    hooks.when_proposed(lambda proposal, actor: heard.append(proposal))
    try:
        one = ordered(world, days=3)
        with clock.frozen(clock.now() + timedelta(days=4)):
            climb_all()
            again = clock.today() + timedelta(days=7)
            one = do(world, one, "recheck", recheck(one, "未整改", next_due=again))
    finally:
        hooks._proposed.pop()
    assert (one.state, one.deadline, one.failed_rechecks) == ("rectifying", again, 1)
    proposal = one.proposals.get()
    assert (proposal.automatic, proposal.findings) == (True, [1])
    assert heard == [proposal]
    assert "recheck" not in owed(one)
    opinion = shelf.latest(one.uid, "recheck_opinion")
    assert opinion is not None
    assert opinion.facts["results"][0]["result"] == "未整改到位"


def test_a_recheck_says_something_of_everything_that_ran_out(world: World) -> None:
    one = tick_all(world, do(world, approved(world), "arrive", arrival()))
    one = found(world, one, due_on=clock.today() + timedelta(days=2))
    one = found(world, one, words="配电箱敞开", due_on=clock.today() + timedelta(days=9))
    one = do(world, one, "finish", ending())
    assert one.deadline == clock.today() + timedelta(days=2)
    with clock.frozen(clock.now() + timedelta(days=3)):
        for text, code in (
            ("", "input"),
            ("2｜已整改", "inspection.result_missing"),
            ("1｜好了", "inspection.result_unread"),
        ):
            with pytest.raises(Refused) as refused:
                do(world, one, "recheck", recheck(one, results=text))
            assert any(each.code.startswith(code) or not text for each in refused.value.failures)
        one = do(world, one, "recheck", recheck(one, results="1｜已整改｜已清理"))
    assert (one.state, one.found_count) == ("rectifying", 2)
    assert one.deadline == one.arrived_on + timedelta(days=9)


@pytest.mark.parametrize(("after", "late"), [(-1, False), (0, False), (1, True)])
def test_nobody_is_late_before_the_day_has_passed(world: World, after: int, late: bool) -> None:
    """What still has its time is not unmet: no opinion says so, and no case is proposed for it (责令限期整改)."""
    one = ordered(world, days=5)
    assert one.deadline is not None
    with clock.frozen(at(one.deadline + timedelta(days=after), 23)):
        again = recheck(one, "未整改", next_due=clock.today() + timedelta(days=9))
        if late:
            assert do(world, one, "recheck", again).proposals.get().automatic
            return
        with pytest.raises(Refused) as refused:
            do(world, one, "recheck", again)
        assert [each.code for each in refused.value.failures] == ["inspection.unmet_before_its_day"]
        assert not one.proposals.exists()
        assert do(world, one, "recheck", recheck(one)).state == "closed", (
            "what is met early may be said early"
        )


def test_every_new_day_opens_its_own_recheck_and_its_own_proposal(world: World) -> None:
    one = ordered(world, days=3)
    for turn in (1, 2):
        assert one.deadline is not None
        with clock.frozen(at(one.deadline + timedelta(days=1), 23)):
            climb_all()
            assert "recheck" in owed(one)
            next_due = clock.today() + timedelta(days=4)
            one = do(world, one, "recheck", recheck(one, "未整改", next_due=next_due))
        assert (one.failed_rechecks, one.proposals.count()) == (turn, turn)
        assert "recheck" not in owed(one)


def test_unmet_without_a_new_day_is_refused(world: World) -> None:
    one = ordered(world, days=1)
    with clock.frozen(clock.now() + timedelta(days=2)), pytest.raises(Refused) as refused:
        do(world, one, "recheck", recheck(one, "未整改"))
    assert [each.code for each in refused.value.failures] == ["inspection.new_day_missing"]


def test_more_time_is_asked_for_before_the_day_and_moves_it_when_granted(world: World) -> None:
    one = ordered(world, days=5)
    until = clock.today() + timedelta(days=12)
    asked = inputs.ExtensionAsked(until=until, reasons="配件到货需要时间", safeguards="停用设备，专人看守")
    one = do(world, one, "ask_extension", asked, "safety")
    assert "reply_extension" in owed(one)
    one = do(world, one, "grant_extension", inputs.ExtensionReply(opinion="理由充分"), "regulator")
    assert one.deadline == until
    assert [paper.kind for paper in shelf.instruments_of([one.uid])][-2:] == [
        "recheck_extension_approval", "recheck_extension_reply",
    ]  # fmt: skip
    assert owed(one) == {}
    with clock.frozen(clock.now() + timedelta(days=13)), pytest.raises(Refused) as refused:
        do(
            world,
            one,
            "ask_extension",
            inputs.ExtensionAsked(until=until + timedelta(days=20), reasons="再延", safeguards="停用"),
            "safety",
        )
    assert refused.value.failures[0].code == "inspection.extension_too_late"


def test_more_time_is_answered_though_a_certificate_of_the_team_ran_out(world: World) -> None:
    """Two others answer for it; nobody is left without an answer because somebody changed posts."""
    one = ordered(world, days=5)
    asked = inputs.ExtensionAsked(
        until=clock.today() + timedelta(days=12), reasons="配件到货需要时间", safeguards="停用设备"
    )
    one = do(world, one, "ask_extension", asked, "safety")
    held = Certificate.objects.get(person=world.users["officer"].person)
    certificates.revoke(held.pk, clock.today(), "调离", world.actor("office"))
    with pytest.raises(Refused) as refused:
        do(world, one, "grant_extension", inputs.ExtensionReply(opinion="理由充分"), "regulator")
    assert [(each.code, each.field) for each in refused.value.failures] == [
        ("officers.fewer_than_two", "officers")
    ]
    certify(world, "regulator_two")
    answer = inputs.ExtensionReply(opinion="理由充分", officers=names(world, "regulator", "regulator_two"))
    assert do(world, one, "grant_extension", answer, "regulator").deadline == asked.until


def test_whoever_asked_for_more_time_is_answered_before_the_recheck(world: World) -> None:
    """Else a request is granted afterwards on paper and moves nothing."""
    one = ordered(world, days=5)
    asked = inputs.ExtensionAsked(until=clock.today() + timedelta(days=12), reasons="资金", safeguards="停用")
    one = do(world, one, "ask_extension", asked, "safety")
    with pytest.raises(Refused) as refused:
        do(world, one, "recheck", recheck(one))
    assert [each.code for each in refused.value.failures] == ["inspection.extension_unanswered"]
    one = do(
        world, one, "refuse_extension", inputs.ExtensionReply(opinion="已整改，不用延期"), "regulator_two"
    )
    assert do(world, one, "recheck", recheck(one)).state == "closed"


def test_no_order_goes_out_whose_day_has_gone_by(world: World) -> None:
    one = found(world, tick_all(world, do(world, approved(world), "arrive", arrival())), due_on=clock.today())
    with clock.frozen(clock.now() + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            do(world, one, "finish", ending())
        assert [each.code for each in refused.value.failures] == ["inspection.due_gone_by"]
        one = do(world, one, "drop_finding", inputs.Dropped(order=1, reason="重新确定期限"))
        one = do(world, found(world, one, due_on=clock.today()), "finish", ending())
    assert one.deadline == one.finished_on


def test_refused_more_time_leaves_the_day(world: World) -> None:
    one = ordered(world, days=5)
    before = one.deadline
    asked = inputs.ExtensionAsked(until=clock.today() + timedelta(days=30), reasons="资金", safeguards="停用")
    one = do(world, one, "ask_extension", asked, "safety")
    one = do(
        world,
        one,
        "refuse_extension",
        inputs.ExtensionReply(opinion="隐患简单，可以按期整改"),
        "regulator_two",
    )
    assert one.deadline == before
