"""Every limit of a case one day before, on, and after its day, across rest days and holidays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bihuan.capabilities.enforcement import terms
from bihuan.capabilities.enforcement.inputs import deciding, executing, filing, investigation
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.duties import owed_of
from bihuan.kernel.loops.registry import running
from bihuan.kernel.policies import values as policies
from bihuan.registers.law import limits
from tests.enforcement import steps
from tests.world import build_world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> steps.Cast:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        return steps.cast(build_world())


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    with clock.frozen(datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI)):
        yield


def codes(deed: Callable[[], Any]) -> set[str]:
    """The codes with which a deed is refused; empty when it is done."""
    try:
        deed()
    except Refused as refusal:
        return {failure.code for failure in refusal.failures}
    return set()


def owed(case: Case) -> dict[str, date]:
    return {one.duty.name: one.due for one in owed_of(running("case").loop, case)}


SERVED = date(2026, 2, 12)
"""A Thursday before 春节 (2.15–2.23, with 2.14 and 2.28 worked): five working days end on 2.26."""


def told_on(cast: steps.Cast, day: date) -> Case:
    with on(day):
        return steps.told(cast)


@pytest.mark.parametrize(
    ("day", "refused"),
    [(date(2026, 2, 25), set()), (date(2026, 2, 26), set()), (date(2026, 2, 27), {"case.hearing_late"})],
)
def test_a_hearing_is_asked_for_within_five_working_days(
    cast: steps.Cast, day: date, refused: set[str]
) -> None:
    case = told_on(cast, SERVED)
    assert case.notice["hearing_by"] == "2026-02-26"
    given = deciding.HearingRequest(requested_on=day, words="要求听证")
    with on(date(2026, 3, 3)):
        assert codes(lambda: steps.do(cast, case, "request_hearing", given)) == refused


@pytest.mark.parametrize(("day", "done"), [(date(2026, 2, 26), False), (date(2026, 2, 27), True)])
def test_a_decision_waits_until_the_party_could_speak(cast: steps.Cast, day: date, done: bool) -> None:
    case = told_on(cast, SERVED)
    with on(day):
        steps.do(cast, case, "discuss", steps.discussion(), "regulator")
        found = codes(lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator"))
    assert found == (set() if done else {"case.statement_running", "case.hearing_running"})


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (date(2026, 3, 10), {"case.hearing_too_soon"}),
        (date(2026, 3, 11), {"case.hearing_too_soon"}),
        (date(2026, 3, 12), set()),
    ],
)
def test_a_hearing_is_held_seven_working_days_after_its_notice(
    cast: steps.Cast, day: date, refused: set[str]
) -> None:
    with on(date(2026, 3, 2)):
        case = steps.requested(cast, steps.told(cast))
        given = steps.hearing_call(cast, day)
        assert codes(lambda: steps.do(cast, case, "call_hearing", given, "lawyer")) == refused


def test_ninety_days_run_from_the_opening_and_end_on_a_working_day(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.investigating(cast)
    assert case.decide_by == case.deadline == date(2026, 6, 1)
    assert "九十日" in case.deadline_note["rule"] or "90日" in case.deadline_note["rule"]
    assert "行政处罚法" in case.deadline_note["rule"]


@pytest.mark.parametrize(
    ("day", "refused"),
    [(date(2026, 5, 29), set()), (date(2026, 6, 1), set()), (date(2026, 6, 2), {"case.decided_late"})],
)
def test_a_decision_after_the_limit_says_why(cast: steps.Cast, day: date, refused: set[str]) -> None:
    with on(date(2026, 3, 2)):
        case = steps.waived(cast)
        steps.do(cast, case, "discuss", steps.discussion(), "regulator")
    with on(day):
        assert codes(lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator")) == refused
        if refused:
            steps.do(cast, case, "decide", steps.decision(case, late="鉴定周期长"), "regulator")


def extension(days: int) -> investigation.Extension:
    return investigation.Extension(days=days, reason="案情复杂，需补充取证")


def test_an_extension_moves_the_limit_with_its_document(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.investigating(cast)
    with on(date(2026, 5, 20)):
        assert codes(lambda: steps.do(cast, case, "extend", extension(91), "regulator")) == {
            "case.extended_too_long"
        }
        case = steps.do(cast, case, "extend", extension(30), "regulator")
    assert case.decide_by == case.deadline == date(2026, 6, 30)
    with on(date(2026, 7, 1)):
        assert "case.extended_too_late" in codes(
            lambda: steps.do(cast, case, "extend", extension(5), "regulator")
        )


def test_nothing_is_left_out_of_the_ninety_days_unless_the_district_says_so(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.investigating(cast)
        steps.do(
            cast, case, "suspend", investigation.Suspension(kind="appraisal", reason="送检"), "regulator"
        )
    with on(date(2026, 3, 22)):
        case = steps.do(cast, case, "resume", filing.Reason(reason="检验报告已收到"))
    assert case.decide_by == date(2026, 6, 1)
    with on(date(2026, 2, 20)):
        policies.set_policy(
            "case.not_counted",
            "appraisal",
            effective_from=date(2026, 3, 1),
            actor=cast.actor("office"),
            basis="省办法",
        )
    assert terms.decision_limit(case).due == date(2026, 6, 22)  # 6.20 周六，端午 6.19-6.21
    assert "不计入20日" in terms.decision_limit(case).rule


def test_what_is_suspended_is_not_investigated(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.investigating(cast)
        steps.do(
            cast, case, "suspend", investigation.Suspension(kind="other", reason="当事人重病"), "regulator"
        )
        assert codes(lambda: steps.do(cast, case, "record_interview", steps.interview())) == {
            "case.suspended"
        }
        assert codes(lambda: steps.do(cast, case, "conclude_investigation", steps.closing())) >= {
            "case.suspended"
        }


def test_what_is_preserved_is_decided_about_within_seven_working_days(cast: steps.Cast) -> None:
    given = investigation.Preservation(
        goods="培训记录｜2026年｜6｜份", reasons="记录可能被销毁", storage="原地封存"
    )
    with on(date(2026, 4, 28)):
        case = steps.investigating(cast)
        case = steps.do(cast, case, "preserve", given, "regulator")
        assert owed(case) == {"preserve": date(2026, 5, 11)}
        steps.do(cast, case, "record_interview", steps.interview())
        assert "case.preservation_open" in codes(
            lambda: steps.do(cast, case, "conclude_investigation", steps.closing())
        )
        letter = deciding.Transfer(
            kind="crime", receiver="薛河公安分局", reasons="涉嫌犯罪", materials="案卷"
        )
        for deed, said in (("withdraw", filing.Reason(reason="事实不成立")), ("transfer", letter)):
            found = codes(lambda d=deed, g=said: steps.do(cast, case, d, g, "regulator"))  # type: ignore[misc]
            assert found == {"case.preservation_open"}
        case = steps.do(
            cast, case, "dispose_preserved", investigation.PreservationDisposal(disposal="返还"), "regulator"
        )
    assert owed(case) == {}


def test_service_publication_and_payment_have_their_days(cast: steps.Cast) -> None:
    with on(date(2026, 4, 2)):
        case = steps.decided(cast)
    assert case.deadline == date(2026, 4, 14)
    assert owed(case) == {"publish": date(2026, 4, 14)}
    with on(date(2026, 4, 17)):
        case = steps.do(cast, case, "serve", steps.service())
    assert case.deadline == date(2026, 5, 6)
    with on(date(2026, 4, 17)):
        case = steps.do(
            cast, case, "publish", executing.Publication(published_on=clock.today(), where="区政府网站")
        )
    assert owed(case) == {}


@pytest.mark.parametrize(
    ("day", "fen"), [(date(2026, 5, 5), 0), (date(2026, 5, 6), 0), (date(2026, 5, 7), 150_000)]
)
def test_a_fine_is_late_from_the_day_after_it_fell_due(cast: steps.Cast, day: date, fen: int) -> None:
    with on(date(2026, 4, 17)):
        case = steps.executing(cast)
    with on(day):
        assert terms.additional(steps.fresh(case)).fen == fen
        assert bool(codes(lambda: steps.do(cast, case, "press", executing.Press()))) == (fen == 0)


def test_a_late_payment_with_its_additional_fine_ends_the_case(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast)
    with on(date(2026, 3, 27)):
        steps.do(cast, case, "press", executing.Press())
        case = steps.paid(cast, case)
        conclusion = executing.Conclusion(execution="罚款已缴")
        steps.signed(cast, case)
        assert codes(lambda: steps.do(cast, case, "conclude", conclusion, "regulator")) == {
            "case.additional_undecided"
        }
        case = steps.do(cast, case, "add_fine", executing.AdditionalFine(until=clock.today()), "regulator")
        assert case.additional_fen == 10 * 150_000
        assert codes(lambda: steps.do(cast, case, "conclude", conclusion, "regulator")) == {"case.unpaid"}
        case = steps.signed(cast, steps.paid(cast, case, amount=case.additional_fen, what="additional"))
        case = steps.do(cast, case, "conclude", conclusion, "regulator")
    assert case.state == "concluded"


def test_no_additional_fine_runs_while_a_remedy_is_under_way(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast)
    with on(date(2026, 3, 19)):
        remedy = executing.Remedy(kind="reconsideration", begun_on=clock.today(), organ="薛河区人民政府")
        case = steps.do(cast, case, "begin_remedy", remedy)
    with on(date(2026, 4, 29)):
        assert terms.additional(steps.fresh(case)).days == 1
        result = executing.RemedyResult(ended_on=date(2026, 4, 28), result="upheld", words="维持")
        case = steps.do(cast, case, "end_remedy", result)
        assert terms.additional(case).days == 2


def test_a_court_is_asked_after_the_demand_and_the_remedies_within_three_months(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast)
    with on(date(2026, 8, 18)):
        steps.do(cast, case, "demand")
        case = steps.do(cast, case, "serve_demand", steps.service())
    assert owed(case)["court"] == date(2026, 12, 2)

    def applying(day: date) -> set[str]:
        given = executing.CourtApplication(court="薛河区人民法院", applied_on=day)
        return codes(lambda: steps.do(cast, case, "apply_court", given, "regulator"))

    with on(date(2026, 8, 31)):
        assert applying(date(2026, 8, 31)) == {"case.court_before_demand", "case.court_before_remedies"}
    with on(date(2026, 9, 2)):
        assert applying(date(2026, 9, 2)) == {"case.court_before_demand", "case.court_before_remedies"} - {
            "case.court_before_demand"
        }
    with on(date(2026, 12, 3)):
        assert applying(date(2026, 12, 3)) == {"case.court_too_late"}
        assert applying(date(2026, 12, 2)) == set()


def test_a_deferral_moves_what_is_due_and_nothing_runs_before(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast)
        wrong = executing.Deferral(instalments="2026-04-30｜20000\n2026-05-29｜20000", reasons="经营困难")
        assert codes(lambda: steps.do(cast, case, "defer", wrong, "regulator")) == {"case.instalments_differ"}
        plan = executing.Deferral(instalments="2026-04-30｜20000\n2026-05-29｜30000", reasons="经营困难")
        case = steps.do(cast, case, "defer", plan, "regulator")
    assert case.deadline == date(2026, 4, 30)
    with on(date(2026, 4, 30)):
        assert terms.additional(steps.fresh(case)).fen == 0
        case = steps.paid(cast, case, amount=2_000_000)
    assert case.deadline == date(2026, 5, 29)
    with on(date(2026, 5, 30)):
        assert terms.additional(steps.fresh(case)).fen == 90_000


def test_what_was_revoked_is_taken_down_within_three_working_days(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast)
        case = steps.do(
            cast, case, "publish", executing.Publication(published_on=clock.today(), where="区政府网站")
        )
        case = steps.do(
            cast,
            case,
            "begin_remedy",
            executing.Remedy(kind="litigation", begun_on=clock.today(), organ="区法院"),
        )
    with on(date(2026, 3, 6)):
        gone = executing.RemedyResult(ended_on=clock.today(), result="revoked", words="程序违法")
        case = steps.do(cast, case, "end_remedy", gone)
        assert owed(case) == {"unpublish": date(2026, 3, 11)}
        assert case.outcome == "revoked"
        case = steps.do(
            cast, case, "unpublish", executing.Withdrawal(withdrawn_on=clock.today(), reason="判决撤销")
        )
        assert owed(case) == {}
        done = executing.Conclusion(execution="撤销")
        assert steps.do(cast, steps.signed(cast, case), "conclude", done, "regulator").state == "concluded"


def test_an_act_that_lapsed_opens_no_case(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        assert codes(lambda: steps.proposed(cast, acted_on=date(2024, 3, 2))) == set()
        assert codes(lambda: steps.proposed(cast, acted_on=date(2024, 3, 1))) == {"case.lapsed"}
        assert codes(lambda: steps.proposed(cast, acted_on=date(2024, 3, 1), harmful=True)) == set()
        assert codes(lambda: steps.proposed(cast, acted_on=clock.today() + DAY)) == {"case.act_in_future"}


def test_papers_that_start_a_term_are_owed_on_the_desk_until_they_are_served(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.notified(cast)
        assert owed(case) == {"serve_notice": date(2026, 3, 11)}
        case = steps.do(cast, case, "serve_notice", steps.service())
        assert owed(case) == {}


@pytest.mark.parametrize(
    ("day", "last"), [(date(2026, 3, 18), date(2026, 3, 8)), (date(2026, 3, 23), date(2026, 3, 11))]
)
def test_a_hearing_notice_is_owed_until_seven_working_days_before(
    cast: steps.Cast, day: date, last: date
) -> None:
    assert terms.hearing_notice_limit(day, date(2026, 3, 2)).due == last
    assert limits.due("hearing_notice_before", last).due < day
    assert limits.due("hearing_notice_before", last + timedelta(days=1)).due >= day
