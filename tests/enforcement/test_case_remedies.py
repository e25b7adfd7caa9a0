"""A decision contested after the case is over: corrected, paid back, taken down, counted anew, bound in a further volume."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bihuan.capabilities.enforcement.disclosure.published import public_cases
from bihuan.capabilities.enforcement.inputs import executing
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.policies import values as policies
from bihuan.kernel.record.verification import verify
from bihuan.registers.instruments import dossiers, shelf
from bihuan.wiring.tipoffs import known_case
from tests.enforcement import steps
from tests.enforcement.test_case_limits import codes, on, owed
from tests.world import build_world

pytestmark = pytest.mark.django_db
FINE = 5_000_000
LATER = date(2026, 4, 20)
NAMES = ["cases.punished", "cases.fines_decided", "cases.fines_collected"]


@pytest.fixture
def cast() -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(build_world())


def over(cast: steps.Cast, *, archived: bool = True) -> Case:
    case = steps.archived(cast) if archived else steps.concluded(cast)
    given = executing.Publication(published_on=clock.today(), where="政府网站")
    return steps.do(cast, case, "publish", given)


def contest(cast: steps.Cast, case: Case, result: str, fine: int | None = None) -> Case:
    begun = executing.Remedy(kind="reconsideration", begun_on=clock.today(), organ="薛河区人民政府")
    steps.do(cast, case, "begin_remedy", begun)
    ended = executing.RemedyResult(
        ended_on=clock.today(), result=result, fine=fine, number="薛政复决〔2026〕3号", words="适用依据错误"
    )
    return steps.do(cast, case, "end_remedy", ended)


def told() -> list[int]:
    found = answers.values(NAMES, Period.parse("2026H1"), clock.today())
    again = answers.recounted(NAMES, Period.parse("2026H1"), clock.today())
    assert {name: value.amount for name, value in found.items()} == {
        name: value.amount for name, value in again.items()
    }
    return [int(found[name].amount or 0) for name in NAMES]


@pytest.mark.parametrize("archived", [False, True])
def test_a_decision_revoked_after_the_end_is_corrected_and_paid_back(
    cast: steps.Cast, archived: bool
) -> None:
    case = over(cast, archived=archived)
    state = case.state
    assert told()[:2] == [1, FINE]
    with on(LATER):
        assert public_cases().count() == 1
        case = contest(cast, case, "revoked")
        assert (case.state, case.outcome, case.paid_fen, case.collected_on) == (state, "revoked", 0, None)
        assert case.refunds[0]["rows"] == {"fine": FINE}
        assert owed(case).items() >= {"refund": date(2026, 5, 6), "unpublish": date(2026, 4, 23)}.items()
        assert public_cases().count() == 0
        assert told() == [0, 0, 0]
        back = executing.Refund(paid_on=clock.today(), amount=FINE, interest=1_234, receipt="退0001")
        assert codes(lambda: steps.do(cast, case, "pay_back", back)) == {"case.refund_unapproved"}
        case = steps.do(cast, case, "approve_refund", executing.RefundApproval(), "regulator")
        paper = shelf.latest(case.uid, "case_disposal_approval")
        assert paper is not None
        assert "应退还当事人罚款50,000元" in paper.facts["handler_opinion"]["text"]
        short = executing.Refund(paid_on=clock.today(), amount=FINE - 1, receipt="退0001")
        assert codes(lambda: steps.do(cast, case, "pay_back", short)) == {"case.refund_amount"}
        case = steps.do(cast, case, "pay_back", back)
        assert case.refunds[0]["interest_fen"] == 1_234
        assert "refund" not in owed(case)
        gone = executing.Withdrawal(withdrawn_on=clock.today(), reason="复议撤销")
        case = steps.do(cast, case, "unpublish", gone)
        assert set(owed(case)) == ({"supplement"} if archived else set())
        outcome = verify()
        assert outcome.ok, outcome.as_json()


def test_the_papers_that_came_later_get_a_volume_and_the_first_still_verifies(cast: steps.Cast) -> None:
    case = over(cast)
    with on(LATER):
        case = contest(cast, case, "changed", 2_000_000)
        assert (case.fine_fen, case.paid_fen, case.refunds[0]["fen"]) == (2_000_000, 2_000_000, 3_000_000)
        assert case.outcome == "penalty"
        assert told()[1:] == [2_000_000, 2_000_000]
        again = executing.Archiving(retention="30年")
        found = codes(lambda: steps.do(cast, case, "supplement", again))
        assert found >= {"case.remedy_unsettled"}
        steps.do(cast, case, "approve_refund", executing.RefundApproval(), "regulator")
        back = executing.Refund(paid_on=clock.today(), amount=3_000_000, receipt="退0002")
        case = steps.do(cast, case, "pay_back", back)
        case = steps.do(cast, case, "supplement", again)
        volumes = list(dossiers.dossiers_of(case.uid))
        assert [dossiers.verify(one) for one in volumes] == [[], []]
        assert [one.ordinal for one in volumes] == [1, 2]
        assert "supplement" not in owed(case)


def test_a_case_still_running_pays_back_before_it_ends(cast: steps.Cast) -> None:
    case = steps.settled(cast)
    with on(date(2026, 3, 10)):
        case = contest(cast, case, "changed", 1_000_000)
        done = executing.Conclusion(execution="已退还")
        assert codes(lambda: steps.do(cast, case, "conclude", done, "regulator")) == {"case.refund_owed"}
        steps.do(cast, case, "approve_refund", executing.RefundApproval(), "regulator")
        back = executing.Refund(paid_on=clock.today(), amount=4_000_000, receipt="退0003")
        case = steps.do(cast, case, "pay_back", back)
        assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_a_revoked_decision_owes_nothing_and_takes_no_more_remedy(cast: steps.Cast) -> None:
    case = steps.executing(cast)
    with on(date(2026, 3, 30)):
        case = contest(cast, case, "revoked")
        assert (case.refunds, case.deadline) == ([], None)
        assert codes(lambda: steps.do(cast, case, "press", executing.Press())) >= {"case.nothing_owed"}
        more = executing.Remedy(kind="litigation", begun_on=clock.today(), organ="区法院")
        assert codes(lambda: steps.do(cast, case, "begin_remedy", more)) == {"case.nothing_to_contest"}


def test_who_says_what_goes_back_does_not_approve_it(cast: steps.Cast) -> None:
    case = steps.settled(cast)
    with on(date(2026, 3, 10)):
        begun = executing.Remedy(kind="reconsideration", begun_on=clock.today(), organ="薛河区人民政府")
        steps.do(cast, case, "begin_remedy", begun)
        ended = executing.RemedyResult(ended_on=clock.today(), result="changed", fine=1_000_000, words="变更")
        steps.do(cast, case, "end_remedy", ended, "regulator")
        approve = executing.RefundApproval()
        found = codes(lambda: steps.do(cast, case, "approve_refund", approve, "regulator"))
        assert found == {"loop.same_person"}


def test_who_approves_a_refund_does_not_pay_it(cast: steps.Cast) -> None:
    case = steps.settled(cast)
    with on(date(2026, 3, 10)):
        contest(cast, case, "changed", 1_000_000)
        case = steps.do(cast, case, "approve_refund", executing.RefundApproval(), "regulator")
        back = executing.Refund(paid_on=clock.today(), amount=4_000_000, receipt="退0004")
        assert codes(lambda: steps.do(cast, case, "pay_back", back, "regulator")) == {"loop.same_person"}


def test_what_goes_back_twice_goes_back_in_one_sum_approved_anew(cast: steps.Cast) -> None:
    case = over(cast)
    with on(date(2026, 4, 20)):
        contest(cast, case, "changed", 3_000_000)
        steps.do(cast, case, "approve_refund", executing.RefundApproval(), "regulator")
    with on(date(2026, 4, 22)):
        case = contest(cast, case, "changed", 1_000_000)
        assert [(row["fen"], row["rows"]) for row in case.refunds] == [(4_000_000, {"fine": 4_000_000})]
        back = executing.Refund(paid_on=clock.today(), amount=4_000_000, receipt="退0005")
        assert codes(lambda: steps.do(cast, case, "pay_back", back)) == {"case.refund_unapproved"}
        steps.do(cast, case, "approve_refund", executing.RefundApproval(), "regulator")
        case = steps.do(cast, case, "pay_back", back)
        assert "refund" not in owed(case)


def test_a_reward_rests_on_no_decision_that_was_revoked(cast: steps.Cast) -> None:
    case = over(cast)
    before = known_case(case.no)
    assert before is not None
    assert before.fine_fen == FINE
    with on(LATER):
        contest(cast, case, "revoked")
    after = known_case(case.no)
    assert after is not None
    assert after.fine_fen is None
