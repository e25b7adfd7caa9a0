"""The daily consecutive penalty (安全生产法第一百一十二条): told beforehand, the party heard, decided, served, paid, published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.enforcement import terms
from bihuan.capabilities.enforcement.disclosure.published import decisions, public_cases
from bihuan.capabilities.enforcement.inputs import deciding, executing, filing
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.policies import values as policies
from bihuan.registers.instruments import shelf
from tests.enforcement import steps
from tests.enforcement.test_case_limits import codes, on, owed
from tests.world import build_world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LOW = 1_000_000
"""Ten thousand yuan: five days of it stand at the threshold of a hearing, four below it."""


@pytest.fixture
def cast() -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(build_world())


def ground(days: int = 9, **changes: Any) -> executing.DailyPenalty:
    today = clock.today()
    values: dict[str, Any] = {
        "order_number": "（薛河）应急责改〔2026〕1号", "ordered_on": today - days * DAY, "rechecked_on": today,
        "refusal": "复查时仍未改正",
    }  # fmt: skip
    return executing.DailyPenalty(**{**values, **changes})


def punished(cast: steps.Cast, day: date = date(2026, 3, 2)) -> Case:
    given = steps.assessment(amount=LOW, reason="情节较轻")
    with on(day):
        case = steps.executing(cast, given)
        return steps.do(
            cast, case, "publish", executing.Publication(published_on=clock.today(), where="政府网站")
        )


def decide(cast: steps.Cast, case: Case) -> set[str]:
    return codes(lambda: steps.do(cast, case, "punish_daily", executing.DailyDecision(), "regulator"))


def test_nothing_is_decided_of_which_the_party_was_not_told(cast: steps.Cast) -> None:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        assert "case.daily_not_announced" in decide(cast, case)
        case = steps.do(cast, case, "announce_daily", ground(4))
        assert case.daily["fen"] == 4 * LOW
        assert case.daily_fen == 0
        assert not case.daily["notice"]["right"]
        assert decide(cast, case) == {"case.notice_not_served"}
        notices = shelf.instruments_of([case.uid]).filter(kind="penalty_notice")
        assert "按日连续处罚" in notices.last().facts["penalty"][0]
        case = steps.do(cast, case, "serve_notice", steps.service())
        assert decide(cast, case) == {"case.statement_running"}


@pytest.mark.parametrize(("days", "right"), [(4, False), (5, True), (6, True)])
def test_the_right_to_a_hearing_begins_at_the_threshold(cast: steps.Cast, days: int, right: bool) -> None:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        case = steps.do(cast, case, "announce_daily", ground(days))
        kinds = set(shelf.instruments_of([case.uid]).values_list("kind", flat=True))
        assert (case.daily["notice"]["right"], "hearing_right_notice" in kinds) == (right, right)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 3, 18), {"case.statement_running", "case.hearing_running"}),
        (date(2026, 3, 19), {"case.statement_running", "case.hearing_running"}),
        (date(2026, 3, 20), set()),
    ],
)
def test_the_party_has_its_five_working_days(cast: steps.Cast, day: date, found: set[str]) -> None:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        steps.do(cast, case, "announce_daily", ground(6))
        case = steps.do(cast, case, "serve_notice", steps.service())
        assert case.daily["notice"]["hearing_by"] == "2026-03-19"
        assert case.notice["hearing_by"] == "2026-03-09", "what was told before the decision stays as it was"
        steps.do(cast, case, "discuss", steps.discussion(), "regulator")
    with on(day):
        assert decide(cast, case) == found


def test_a_hearing_of_its_own_with_review_and_discussion_after_it(cast: steps.Cast) -> None:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        steps.do(cast, case, "announce_daily", ground(6))
        steps.do(cast, case, "serve_notice", steps.service())
        case = steps.requested(cast, case)
        day = steps.working(clock.today(), 9)
        assert decide(cast, case) >= {"case.hearing_owed"}
        steps.do(cast, case, "call_daily_hearing", steps.hearing_call(cast, day), "lawyer")
        steps.do(cast, case, "serve_hearing_notice", steps.service())
    with clock.frozen(steps.at(day, 12)):
        case = steps.do(cast, case, "conclude_daily_hearing", steps.hearing_report(day), "lawyer")
        found = decide(cast, case)
        assert found == {"case.hearing_not_reported", "case.not_reviewed", "case.not_discussed"}
        steps.do(cast, case, "review_hearing", deciding.HearingReview(opinion="同意。"), "regulator")
        assert codes(
            lambda: steps.do(cast, case, "legal_review", steps.review(situation="hearing"), "lawyer")
        ) == {"loop.same_person"}
        steps.do(cast, case, "legal_review", steps.review(situation="hearing"), "third")
        steps.do(cast, case, "discuss", steps.discussion(), "regulator")
        assert decide(cast, case) == set()
    case = steps.fresh(case)
    assert (case.daily_fen, case.hearing, case.review.get("legal")) == (6 * LOW, {}, None)
    kinds = list(shelf.instruments_of([case.uid]).values_list("kind", flat=True))
    assert {"hearing_notice", "hearing_record", "hearing_report", "daily_penalty_decision"} <= set(kinds)
    paper = shelf.latest(case.uid, "daily_penalty_decision")
    assert paper is not None
    assert "举行听证" in paper.facts["procedure"]


def decided(cast: steps.Cast, days: int = 4) -> Case:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        steps.do(cast, case, "announce_daily", ground(days))
        steps.do(cast, case, "serve_notice", steps.service())
        case = steps.do(cast, case, "waive", deciding.Waiver(told_on=clock.today()))
        assert decide(cast, case) == set()
        return steps.fresh(case)


def test_its_decision_is_served_paid_and_published_in_time(cast: steps.Cast) -> None:
    case = decided(cast)
    assert owed(case) == {"serve_daily": date(2026, 3, 23), "publish": date(2026, 3, 23)}
    with on(date(2026, 3, 13)):
        early = steps.executing_input(clock.today(), 4 * LOW, "daily")
        assert codes(lambda: steps.do(cast, case, "pay", early)) == {"case.daily_unserved"}
        case = steps.paid(cast, case)
        done = executing.Conclusion(execution="已缴")
        steps.signed(cast, case)
        found = codes(lambda: steps.do(cast, case, "conclude", done, "regulator"))
        assert found == {"case.daily_unserved", "case.unpaid"}
        case = steps.do(cast, case, "serve_daily", steps.service())
        assert (case.daily["due"], case.deadline) == ("2026-03-30", date(2026, 3, 30))
        given = executing.Publication(published_on=clock.today(), where="政府网站")
        assert decisions(public_cases())[0].amount_yuan == "10000"
        case = steps.do(cast, case, "publish", given)
        assert decisions(public_cases())[0].amount_yuan == "50000"
        assert owed(case) == {}
    with on(date(2026, 3, 30)):
        assert codes(lambda: steps.do(cast, case, "press", executing.Press())) == {"case.not_late_yet"}
    with on(date(2026, 3, 31)):
        assert codes(lambda: steps.do(cast, case, "press", executing.Press())) == set()
        case = steps.paid(cast, case, amount=4 * LOW, what="daily")
        steps.signed(cast, case)
        found = codes(lambda: steps.do(cast, case, "conclude", done, "regulator"))
        assert found == {"case.additional_undecided"}
        steps.do(cast, case, "waive_additional", filing.Reason(reason="迟缴一日，免予加处"), "regulator")
        assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_what_was_announced_may_be_given_up_with_a_reason_and_announced_anew(cast: steps.Cast) -> None:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        steps.do(cast, case, "announce_daily", ground(4))
        assert codes(lambda: steps.do(cast, case, "announce_daily", ground(5))) == {"case.daily_announced"}
        case = steps.paid(cast, case)
        steps.signed(cast, case)
        done = executing.Conclusion(execution="已缴")
        assert codes(lambda: steps.do(cast, case, "conclude", done, "regulator")) == {"case.daily_open"}
        case = steps.do(cast, case, "drop_daily", filing.Reason(reason="当事人已改正，陈述成立"), "regulator")
        assert [row["reason"] for row in case.daily["dropped"]] == ["当事人已改正，陈述成立"]
        case = steps.do(cast, case, "announce_daily", ground(5))
        assert (case.daily["days"], len(case.daily["dropped"])) == (5, 1)


def test_who_announced_does_not_decide(cast: steps.Cast) -> None:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        case = steps.do(cast, case, "announce_daily", ground(4))
        found = codes(lambda: steps.do(cast, case, "punish_daily", executing.DailyDecision(), "officer"))
        assert found >= {"loop.not_your_step", "loop.same_person", "case.investigator_judges"}


def test_the_recheck_follows_the_fine(cast: steps.Cast) -> None:
    case = punished(cast, date(2026, 3, 5))
    with on(date(2026, 3, 12)):
        early = ground(9, rechecked_on=date(2026, 3, 4))
        assert codes(lambda: steps.do(cast, case, "announce_daily", early)) == {"case.rechecked_before_fine"}
        same = ground(9, rechecked_on=date(2026, 3, 5))
        assert steps.do(cast, case, "announce_daily", same).daily["days"] == 2


def remedied(cast: steps.Cast, case: Case, result: str, fine: int | None = None) -> Case:
    begun = executing.Remedy(kind="reconsideration", begun_on=clock.today(), organ="薛河区人民政府")
    steps.do(cast, case, "begin_remedy", begun)
    ended = executing.RemedyResult(ended_on=clock.today(), result=result, fine=fine, words="适用依据错误")
    return steps.do(cast, case, "end_remedy", ended)


def test_a_fine_made_smaller_repeats_at_what_is_left_of_it(cast: steps.Cast) -> None:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        steps.do(cast, case, "announce_daily", ground(4))
        steps.do(cast, case, "serve_notice", steps.service())
        steps.do(cast, case, "waive", deciding.Waiver(told_on=clock.today()))
        case = remedied(cast, case, "changed", 400_000)
        assert decide(cast, case) == set()
        case = steps.fresh(case)
        assert (case.daily_fen, case.daily["fen"]) == (1_600_000, 1_600_000)
        paper = shelf.latest(case.uid, "daily_penalty_decision")
        assert paper is not None
        assert (paper.facts["daily_amount"], paper.facts["total"]) == (400_000, 1_600_000)


def test_a_daily_decision_that_fell_with_its_fine_need_not_be_served(cast: steps.Cast) -> None:
    case = decided(cast)
    with on(date(2026, 3, 13)):
        case = remedied(cast, case, "revoked")
        done = executing.Conclusion(execution="处罚决定被撤销")
        assert codes(lambda: steps.do(cast, case, "serve_daily", steps.service())) == {
            "case.no_daily_decision"
        }
        steps.signed(cast, case)
        assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_a_demand_for_a_daily_penalty_names_its_own_decision(cast: steps.Cast) -> None:
    case = decided(cast)
    with on(date(2026, 3, 13)):
        steps.do(cast, case, "serve_daily", steps.service())
        case = steps.paid(cast, case)
    with on(date(2026, 3, 31)):
        steps.do(cast, case, "press", executing.Press())
        paper, decision = (
            shelf.latest(case.uid, "payment_demand"),
            shelf.latest(case.uid, "daily_penalty_decision"),
        )
        assert paper is not None
        assert decision is not None
        assert (paper.facts["decision_number"], paper.facts["fine"]) == (decision.number, 4 * LOW)
        assert paper.facts["due_on"] == "2026-03-30"


def test_what_is_paid_by_instalments_in_time_is_not_late(cast: steps.Cast) -> None:
    case = punished(cast)
    with on(date(2026, 3, 12)):
        steps.paid(cast, case, amount=400_000)
        plan = executing.Deferral(instalments="2026-04-30｜6000", reasons="经营困难")
        case = steps.do(cast, case, "defer", plan, "regulator")
    with on(date(2026, 4, 30)):
        assert codes(lambda: steps.do(cast, case, "press", executing.Press())) == {"case.not_late_yet"}
    with on(date(2026, 5, 6)):
        assert codes(lambda: steps.do(cast, case, "press", executing.Press())) == set()
        paper = shelf.latest(case.uid, "payment_demand")
        assert paper is not None
        assert paper.facts["due_on"] == "2026-04-30"


@pytest.mark.parametrize(
    ("day", "fen"), [(date(2026, 3, 31), 120_000), (date(2026, 4, 1), 240_000), (date(2026, 6, 30), 4 * LOW)]
)
def test_an_additional_fine_on_a_daily_penalty_is_a_decision_of_its_own(
    cast: steps.Cast, day: date, fen: int
) -> None:
    case = decided(cast)
    with on(date(2026, 3, 13)):
        steps.do(cast, case, "serve_daily", steps.service())
        case = steps.paid(cast, case)
    with on(date(2026, 3, 30)):
        given = executing.AdditionalFine(of="daily", until=clock.today())
        assert codes(lambda: steps.do(cast, case, "add_fine", given, "regulator")) == {"case.no_additional"}
    with on(day):
        wrong = executing.AdditionalFine(until=clock.today())
        found = codes(lambda: steps.do(cast, case, "add_fine", wrong, "regulator"))
        assert found == {"case.nothing_run_up"}
        given = executing.AdditionalFine(of="daily", until=clock.today())
        case = steps.do(cast, case, "add_fine", given, "regulator")
        assert terms.added(case, "daily") == fen
        paper = shelf.latest(case.uid, "additional_fine_decision")
        assert paper is not None
        assert (paper.facts["surcharge"], paper.facts["fine"]) == (fen, 4 * LOW)
        steps.paid(cast, case, amount=4 * LOW, what="daily")
        over = steps.executing_input(clock.today(), fen + 100, "daily_additional")
        assert codes(lambda: steps.do(cast, case, "pay", over)) == {"case.paid_too_much"}
        case = steps.paid(cast, case, amount=fen, what="daily_additional")
        case = steps.signed(cast, case)
        done = executing.Conclusion(execution="已缴")
        assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_both_additional_fines_stand_beside_each_other_and_a_revoked_decision_gives_both_back(
    cast: steps.Cast,
) -> None:
    case = decided(cast)
    with on(date(2026, 3, 13)):
        steps.do(cast, case, "serve_daily", steps.service())
    with on(date(2026, 4, 1)):
        for of in ("fine", "daily"):
            given = executing.AdditionalFine(of=of, until=clock.today())
            case = steps.do(cast, case, "add_fine", given, "regulator")
        kinds = shelf.instruments_of([case.uid]).filter(kind="additional_fine_decision")
        assert kinds.count() == 2
        case = steps.paid(cast, case, amount=240_000, what="daily_additional")
        case = remedied(cast, case, "revoked")
        assert case.refunds[0]["rows"] == {"daily_additional": 240_000}


def test_daily_penalties_are_a_figure_of_their_own_day_and_part_of_the_total_once(cast: steps.Cast) -> None:
    """M112, M261: the fine, the daily penalty and their total are three figures, each equal to the records."""
    names = ["cases.fines_decided", "cases.daily_penalties", "cases.fines_total"]
    period = Period.parse("2026H1")

    def told(as_of: date) -> list[int | None]:
        found = answers.values(names, period, as_of)
        again = answers.recounted(names, period, as_of)
        assert [found[name].amount for name in names] == [again[name].amount for name in names]
        return [found[name].amount for name in names]

    case = decided(cast)
    day = date.fromisoformat(case.daily["decided_on"])
    assert case.decided_on is not None
    assert told(day) == [LOW, 4 * LOW, 5 * LOW]
    assert told(day - DAY) == [LOW, 0, LOW], "the daily penalty counts from the day it was decided"
    opened = answers.records("cases.fines_total", period, day)
    assert [one.pk for one in opened] == [case.pk], "one case, listed once"
    assert checking.check(1, 1).ok
    with on(date(2026, 3, 20)):
        case = steps.do(cast, case, "serve_daily", steps.service())
        begun = executing.Remedy(kind="litigation", begun_on=clock.today(), organ="薛河区人民法院")
        steps.do(cast, case, "begin_remedy", begun)
        ended = executing.RemedyResult(ended_on=clock.today(), result="revoked", ground="law", words="撤销")
        steps.do(cast, case, "end_remedy", ended)
        assert told(clock.today()) == [0, 0, 0]


def test_a_daily_penalty_paid_in_full_is_collected_on_its_last_day(cast: steps.Cast) -> None:
    """What was collected of the fine and of the daily penalty are two figures and their total, each equal to the records."""
    names = ["cases.fines_collected", "cases.daily_collected", "cases.total_collected"]
    period = Period.parse("2026H1")

    def told(as_of: date) -> list[int | None]:
        found = answers.values(names, period, as_of)
        again = answers.recounted(names, period, as_of)
        assert [found[name].amount for name in names] == [again[name].amount for name in names]
        assert checking.check(1, 1).ok
        return [found[name].amount for name in names]

    case = decided(cast)
    with on(date(2026, 3, 13)):
        case = steps.do(cast, case, "serve_daily", steps.service())
    with on(date(2026, 3, 16)):
        case = steps.paid(cast, case, amount=LOW, what="daily")
        assert told(clock.today()) == [0, 0, 0], "a part is not all of it"
    with on(date(2026, 3, 17)):
        case = steps.paid(cast, case)
        assert told(clock.today()) == [LOW, 0, LOW]
    with on(date(2026, 3, 18)):
        case = steps.paid(cast, case, amount=3 * LOW, what="daily")
    assert told(date(2026, 3, 18)) == [LOW, 4 * LOW, 5 * LOW]
    assert told(date(2026, 3, 17)) == [LOW, 0, LOW], "the day of the last payment counts"
    opened = answers.records("cases.total_collected", period, date(2026, 3, 18))
    assert [one.pk for one in opened] == [case.pk], "one case, listed once"
    with on(date(2026, 3, 20)):
        remedied(cast, case, "revoked")
        assert told(clock.today()) == [0, 0, 0], "what was revoked is no fine"


def test_a_daily_penalty_made_smaller_is_collected_by_what_was_paid(cast: steps.Cast) -> None:
    case = decided(cast)
    period = Period.parse("2026H1")
    with on(date(2026, 3, 13)):
        steps.do(cast, case, "serve_daily", steps.service())
        case = steps.paid(cast, case)
        case = steps.paid(cast, case, amount=4 * LOW, what="daily")
    with on(date(2026, 3, 20)):
        case = remedied(cast, case, "changed", LOW // 2)
        found = answers.values(["cases.daily_collected"], period, clock.today())
        assert found["cases.daily_collected"].amount == case.daily_fen == case.daily_paid_fen == 2 * LOW
        assert checking.check(1, 1).ok
