"""Ways round the law that a suspicious reader would try on a case, each closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.enforcement.inputs import deciding, executing, filing, investigation
from bihuan.capabilities.enforcement.measures.cases import repeated
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.policies import values as policies
from bihuan.registers.instruments import shelf
from tests.enforcement import steps
from tests.enforcement.test_case_limits import codes, on
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LOW = 3_500_000


@pytest.fixture
def cast(world: World) -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(world)


def low(**changes: Any) -> Any:
    return steps.assessment(**{"amount": LOW, **changes})


def test_what_is_approved_and_reviewed_is_the_proposal_as_it_stands(cast: steps.Cast) -> None:
    case = steps.reviewing(cast, low())
    steps.do(cast, case, "propose", steps.proposal(situation="complex"))
    steps.do(cast, case, "legal_review", steps.review(), "lawyer")
    steps.do(cast, case, "assess_violation", low(amount=4_000_000))
    refused = codes(lambda: steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator"))
    assert refused == {"case.proposal_stale", "case.proposal_not_reviewed"}
    case = steps.do(cast, case, "propose", steps.proposal(situation="complex"))
    assert "legal" not in case.review
    assert codes(lambda: steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator")) == {
        "case.proposal_not_reviewed"
    }
    steps.do(cast, case, "review_proposal", steps.proposal_review(), "lawyer")
    steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator")
    assert steps.do(cast, case, "notify").ceiling_fen == 4_000_000


def test_a_suspected_crime_is_no_proposal(cast: steps.Cast) -> None:
    case = steps.reviewing(cast, low(), closed=steps.closing(deaths=1))
    for deed, given, by in (
        ("review_proposal", steps.proposal_review(), "lawyer"),
        ("legal_review", steps.review(), "lawyer"),
        ("discuss", steps.discussion(), "regulator"),
    ):
        assert codes(lambda d=deed, g=given, b=by: steps.do(cast, case, d, g, b)) == {"case.no_proposal"}


def handed_over(cast: steps.Cast, case: Case, result: str) -> Case:
    letter = deciding.Transfer(kind="crime", receiver="薛河公安分局", reasons="涉嫌犯罪", materials="案卷")
    steps.do(cast, case, "transfer", letter, "regulator")
    told = deciding.TransferOutcome(told_on=clock.today(), result=result, words="答复")
    return steps.do(cast, case, "note_outcome", told)


def test_what_comes_back_is_told_and_reviewed_anew(cast: steps.Cast) -> None:
    case = steps.waived(cast, low(), proposing=steps.proposal(situation="complex"))
    steps.do(cast, case, "legal_review", steps.review(), "lawyer")
    case = handed_over(cast, case, "returned")
    case = steps.do(cast, case, "take_back", filing.Reason(reason="公安机关退回"), "regulator")
    assert (case.review.get("legal"), case.hearing, case.notice.get("waived_on")) == (None, {}, None)
    assert case.ceiling_fen == LOW
    steps.do(cast, case, "conclude_investigation", steps.closing())
    steps.do(cast, case, "propose", steps.proposal())
    steps.do(cast, case, "review_proposal", steps.proposal_review(), "third")
    steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator")
    steps.do(cast, case, "notify")
    case = steps.do(cast, case, "serve_notice", steps.service())
    refused = codes(lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator"))
    assert refused == {"case.statement_running"}


def test_what_came_back_is_no_end_of_a_case(cast: steps.Cast) -> None:
    case = handed_over(cast, steps.reviewing(cast, low()), "refused")
    steps.do(cast, case, "acknowledge", deciding.Receipt(received_on=clock.today(), receiver="李警官"))
    done = executing.Conclusion(execution="已移送")
    case = steps.signed(cast, case)
    assert codes(lambda: steps.do(cast, case, "conclude", done, "regulator")) == {"case.given_back"}


def test_a_case_the_police_took_is_not_taken_back_nor_ended_without_a_receipt(cast: steps.Cast) -> None:
    case = handed_over(cast, steps.reviewing(cast, low()), "accepted")
    back = filing.Reason(reason="继续办理")
    assert codes(lambda: steps.do(cast, case, "take_back", back, "regulator")) == {"case.not_given_back"}
    done = executing.Conclusion(execution="已移送")
    steps.signed(cast, case)
    assert codes(lambda: steps.do(cast, case, "conclude", done, "regulator")) == {"case.referral_open"}
    case = steps.do(cast, case, "acknowledge", deciding.Receipt(received_on=clock.today(), receiver="李警官"))
    steps.signed(cast, case)
    assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_no_paper_was_served_before_it_was_made(cast: steps.Cast) -> None:
    case = steps.requested(cast, steps.told(cast))
    steps.do(cast, case, "call_hearing", steps.hearing_call(cast, clock.today() + 20 * DAY), "lawyer")
    early = steps.service(served_on=clock.today() - 20 * DAY)
    found = codes(lambda: steps.do(cast, case, "serve_hearing_notice", early))
    assert found == {"case.served_before_issue"}
    late = steps.executing(cast, low())
    with on(date(2026, 9, 10)):
        steps.do(cast, late, "demand")
        asked = steps.service(served_on=date(2026, 8, 10))
        assert codes(lambda: steps.do(cast, late, "serve_demand", asked)) == {"case.served_before_issue"}


@pytest.mark.parametrize("days", [-1, 1])
def test_a_waiver_is_said_after_the_notice_and_not_ahead(cast: steps.Cast, days: int) -> None:
    case = steps.told(cast, low())
    given = deciding.Waiver(told_on=clock.today() + days * DAY)
    assert codes(lambda: steps.do(cast, case, "waive", given)) == {"case.waiver_day"}


def test_no_case_runs_into_a_wall_it_cannot_get_over(cast: steps.Cast) -> None:
    """What only an earlier state can bring is asked for there."""
    case = steps.investigating(cast, template="inspection")
    steps.do(cast, case, "record_interview", steps.interview())
    steps.do(cast, case, "assess_violation", low())
    found = codes(lambda: steps.do(cast, case, "conclude_investigation", steps.closing()))
    assert found == {"case.document_missing"}
    permit = steps.reviewing(cast, low(), template="permit")
    none = deciding.NoPenalty(ground="first", reasons="已当场改正")
    found = codes(lambda: steps.do(cast, permit, "decide_no_penalty", none, "regulator"))
    assert found == {"case.not_reviewed", "case.not_discussed"}
    steps.do(cast, permit, "drop_violation", steps.investigation.Dropping(number=1, reason="事实不成立"))
    steps.do(cast, permit, "legal_review", steps.review(), "lawyer")
    steps.do(cast, permit, "discuss", steps.discussion(), "regulator")
    steps.do(cast, permit, "decide_no_penalty", none, "regulator")
    steps.do(cast, permit, "serve", steps.service())
    done = executing.Conclusion(execution="已送达")
    steps.signed(cast, permit)
    assert steps.do(cast, permit, "conclude", done, "regulator").state == "concluded"


def test_persons_of_one_enterprise_are_not_one_party(cast: steps.Cast) -> None:
    clause = "wsl-94-p-first"
    manager = {"party_kind": "person", "party": "钱某", "party_code": "370400197001010011"}
    first = steps.executing(cast, steps.assessment(clause=clause), **manager)
    with clock.frozen(steps.MORNING + 30 * DAY):
        other = {**manager, "party": "孙某", "party_code": "370400198001010022"}
        second = steps.investigating(cast, **other)
        second = steps.do(cast, second, "assess_violation", steps.assessment(clause=clause))
        again = steps.investigating(cast, **manager)
        again = steps.do(cast, again, "assess_violation", steps.assessment(clause=clause))
    assert second.former == []
    assert again.former == [first.no]
    for _ in range(3):
        steps.executing(cast, steps.assessment(clause=clause, reason="累次"), **manager)
    assert repeated(first.object_id, clock.today()) == ""


def test_the_additional_fine_runs_until_it_is_paid(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast, low())
    with on(date(2026, 3, 20)):
        given = executing.AdditionalFine(until=clock.today())
        case = steps.do(cast, case, "add_fine", given, "regulator")
        assert case.additional_fen == 3 * LOW * 3 // 100
    with on(date(2026, 3, 25)):
        case = steps.paid(cast, case)
        steps.paid(cast, case, amount=case.additional_fen, what="additional")
        steps.signed(cast, case)
        done = executing.Conclusion(execution="已缴")
        refused = codes(lambda: steps.do(cast, case, "conclude", done, "regulator"))
        assert refused == {"case.additional_undecided"}
        again = executing.AdditionalFine(until=clock.today())
        case = steps.do(cast, case, "add_fine", again, "regulator")
        assert case.additional_fen == 8 * LOW * 3 // 100
        papers = shelf.instruments_of([case.uid]).filter(kind="additional_fine_decision")
        assert [row.replaces is not None for row in papers] == [True]
        case = steps.paid(cast, case, amount=5 * LOW * 3 // 100, what="additional")
        assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_a_deferral_does_not_wipe_out_what_has_run_up(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast, low())
    with on(date(2026, 3, 25)):
        plan = executing.Deferral(instalments="2026-04-30｜35000", reasons="经营困难")
        refused = codes(lambda: steps.do(cast, case, "defer", plan, "regulator"))
        assert refused == {"case.additional_undecided"}
        steps.do(cast, case, "waive_additional", filing.Reason(reason="确有困难，免予加处"), "regulator")
        assert steps.do(cast, case, "defer", plan, "regulator").deadline == date(2026, 4, 30)


def test_a_fine_made_smaller_makes_its_additional_fine_smaller(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast)
    with on(date(2026, 3, 27)):
        case = steps.do(cast, case, "add_fine", executing.AdditionalFine(until=clock.today()), "regulator")
        assert case.additional_fen == 10 * case.fine_fen * 3 // 100
        steps.paid(cast, case, amount=1_000_000, what="additional")
        begun = executing.Remedy(kind="reconsideration", begun_on=clock.today(), organ="薛河区人民政府")
        steps.do(cast, case, "begin_remedy", begun)

        def ended(fine: int) -> executing.RemedyResult:
            return executing.RemedyResult(ended_on=clock.today(), result="changed", fine=fine, words="变更")

        refused = codes(lambda: steps.do(cast, case, "end_remedy", ended(5_000_001)))
        assert refused == {"case.changed_fine"}
        case = steps.do(cast, case, "end_remedy", ended(2_000_000))
        assert (case.fine_fen, case.additional_fen, case.additional_paid_fen) == (2_000_000, 540_000, 540_000)
        assert case.refunds[0]["rows"] == {"additional": 460_000}


def test_daily_penalties_are_for_units_under_the_safety_law(cast: steps.Cast) -> None:
    person = {"party_kind": "person", "party": "钱某"}
    case = steps.executing(cast, steps.assessment(clause="wsl-94-p-first"), **person)
    given = executing.DailyPenalty(
        order_number="（薛河）应急责改〔2026〕1号", ordered_on=clock.today() - 9 * DAY, rechecked_on=clock.today(), refusal="未改",
    )  # fmt: skip
    refused = codes(lambda: steps.do(cast, case, "announce_daily", given))
    assert refused == {"case.daily_of_a_person"}


def test_nobody_is_fined_below_the_range_on_the_spot(cast: steps.Cast) -> None:
    given = filing.OnTheSpot(
        object=cast.world.factory.uid, clause="wsl-94-p-first", party_kind="person", party="钱某", cause="未履行职责",
        facts="未组织检查", evidence="照片", violated="《安全生产法》第二十一条", fine=10_000, place="一车间",
        second=cast.person("partner"),
    )  # fmt: skip
    found = codes(
        lambda: engine.open_matter("case", "punish_on_the_spot", given, actor=cast.actor("officer"))
    )
    assert found == {"case.under_range"}


def test_nothing_is_decided_while_the_case_is_suspended(cast: steps.Cast) -> None:
    case = steps.waived(cast, low())
    paused = investigation.Suspension(kind="other", reason="等待上级对法律适用的答复")
    case = steps.do(cast, case, "suspend", paused, "regulator")
    refused = codes(lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator"))
    assert "case.suspended" in refused
    case = steps.do(cast, case, "resume", filing.Reason(reason="答复已到"), "regulator")
    assert steps.do(cast, case, "decide", steps.decision(case), "regulator").state == "decided"
