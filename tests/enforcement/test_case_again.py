"""A decision that was revoked is made anew in the same case: ordered by court or reconsideration, or taken back by the agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Sum

from bihuan.capabilities.enforcement import completeness
from bihuan.capabilities.enforcement.disclosure.models import Violation
from bihuan.capabilities.enforcement.inputs import deciding, executing, filing
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.loops import engine
from bihuan.kernel.policies import values as policies
from bihuan.kernel.record.verification import verify
from bihuan.registers.instruments import dossiers, shelf
from tests.enforcement import steps
from tests.enforcement.test_case_limits import codes, owed
from tests.enforcement.test_case_ways import spot
from tests.world import build_world

pytestmark = pytest.mark.django_db
AGAIN = filing.Reason(reason="按判决重新调查处理")


@pytest.fixture
def cast() -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(build_world())


def spared(cast: steps.Cast) -> Case:
    """不予处罚, served."""
    case = steps.reviewing(cast)
    none = deciding.NoPenalty(ground="first", reasons="已当场改正", education="教育经营者")
    case = steps.do(cast, case, "decide_no_penalty", none, "regulator")
    return steps.do(cast, case, "serve", steps.service())


def contested(cast: steps.Cast, case: Case, **said: Any) -> Case:
    begun = executing.Remedy(kind="litigation", begun_on=clock.today(), organ="薛河区人民法院")
    steps.do(cast, case, "begin_remedy", begun)
    values = {"result": "revoked", "ground": "facts", "again": True, "words": "撤销并责令重新作出", **said}
    return steps.do(cast, case, "end_remedy", executing.RemedyResult(ended_on=clock.today(), **values))


def judged_again(cast: steps.Cast, case: Case) -> Case:
    """Investigated, assessed and told anew, up to the decision."""
    steps.do(cast, case, "record_interview", steps.interview())
    steps.do(cast, case, "conclude_investigation", steps.closing())
    steps.do(cast, case, "propose", steps.proposal())
    steps.do(cast, case, "review_proposal", steps.proposal_review(), "third")
    steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator")
    steps.do(cast, case, "notify")
    steps.do(cast, case, "serve_notice", steps.service())
    steps.do(cast, case, "waive", deciding.Waiver(told_on=clock.today()))
    return steps.do(cast, case, "discuss", steps.discussion(), "regulator")


def test_what_was_spared_is_judged_again_in_the_same_case(cast: steps.Cast) -> None:
    by = clock.today() + timedelta(days=30)
    case = contested(cast, spared(cast), again_by=by)
    assert (case.outcome, owed(case)["decide_again"]) == ("revoked", by)
    end = executing.Conclusion(execution="完毕")
    assert "case.to_be_redone" in codes(lambda: steps.do(cast, case, "conclude", end, "regulator"))
    case = steps.do(cast, case, "begin_again", AGAIN, "regulator")
    assert (case.state, case.outcome, case.decided_on, case.decide_by) == ("investigating", "none", None, by)
    assert case.remedies[0]["former"]["outcome"] == "no_penalty"
    case = judged_again(cast, case)
    case = steps.do(cast, case, "decide", steps.decision(case), "regulator")
    assert (case.outcome, case.fine_fen > 0, "decide_again" in owed(case)) == ("penalty", True, False)
    case = steps.do(cast, case, "serve", steps.service())
    case = steps.signed(cast, steps.paid(cast, case))
    case = steps.do(cast, case, "conclude", end, "regulator")
    case = steps.do(cast, case, "archive", executing.Archiving())
    kinds = [one.kind for one in shelf.instruments_of([case.uid])]
    assert {"no_penalty_decision", "penalty_decision_entity"} <= set(kinds), (
        "the former papers stay in the file"
    )
    assert verify().ok


def test_the_same_is_not_decided_twice_on_the_same_facts(cast: steps.Cast) -> None:
    case = contested(cast, spared(cast))
    case = steps.do(cast, case, "begin_again", AGAIN, "regulator")
    steps.do(cast, case, "conclude_investigation", steps.closing())
    none = deciding.NoPenalty(ground="first", reasons="已当场改正")
    assert codes(lambda: steps.do(cast, case, "decide_no_penalty", none, "regulator")) == {"case.same_again"}
    steps.do(cast, case, "return_for_investigation", AGAIN, "regulator")
    steps.do(cast, case, "record_interview", steps.interview())
    steps.do(cast, case, "conclude_investigation", steps.closing())
    assert steps.do(cast, case, "decide_no_penalty", none, "regulator").outcome == "no_penalty"


def test_where_only_procedure_was_broken_the_same_may_be_decided(cast: steps.Cast) -> None:
    case = contested(cast, spared(cast), ground="procedure")
    case = steps.do(cast, case, "begin_again", AGAIN, "regulator")
    steps.do(cast, case, "conclude_investigation", steps.closing())
    none = deciding.NoPenalty(ground="first", reasons="已当场改正")
    assert steps.do(cast, case, "decide_no_penalty", none, "regulator").outcome == "no_penalty"


def test_a_revocation_that_orders_nothing_ends_the_case(cast: steps.Cast) -> None:
    case = contested(cast, spared(cast), again=False)
    assert codes(lambda: steps.do(cast, case, "begin_again", AGAIN, "regulator")) == {"case.not_to_be_redone"}
    case = steps.signed(cast, case)
    assert (
        steps.do(cast, case, "conclude", executing.Conclusion(execution="无"), "regulator").state
        == "concluded"
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"result": "upheld"}, "case.again_unrevoked"),
        ({"ground": ""}, "case.ground_unsaid"),
        ({"again_by": steps.MORNING.date()}, "case.again_by_past"),
    ],
)
def test_an_order_to_decide_anew_says_why_and_until_when(
    cast: steps.Cast, said: dict[str, Any], code: str
) -> None:
    case = spared(cast)
    assert codes(lambda: contested(cast, case, **said)) == {code}


def test_the_agency_takes_back_its_own_and_pays_back_first(cast: steps.Cast) -> None:
    case = steps.archived(cast)
    fine, volumes = case.fine_fen, len(dossiers.dossiers_of(case.uid))
    own = executing.OwnRevocation(ground="law", reason="适用条款有误")
    assert "loop.not_your_step" in codes(lambda: steps.do(cast, case, "take_back_decision", own, "partner"))
    case = steps.do(cast, case, "take_back_decision", own, "regulator")
    assert (case.outcome, case.refunds[0]["rows"]) == ("revoked", {"fine": fine})
    assert codes(lambda: steps.do(cast, case, "begin_again", AGAIN, "regulator")) == {"case.refund_owed"}
    assert codes(lambda: steps.do(cast, case, "take_back_decision", own, "regulator")) == {
        "case.nothing_to_contest"
    }
    steps.do(cast, case, "approve_refund", executing.RefundApproval(), "regulator")
    back = executing.Refund(paid_on=clock.today(), amount=fine, receipt="退0001")
    steps.do(cast, case, "pay_back", back)
    case = steps.do(cast, case, "begin_again", AGAIN, "regulator")
    assert (case.state, case.fine_fen, case.archived_on) == ("investigating", 0, None)
    case = judged_again(cast, case)
    case = steps.do(cast, case, "decide", steps.decision(case), "regulator")
    case = steps.do(cast, case, "serve", steps.service())
    case = steps.signed(cast, steps.paid(cast, case))
    case = steps.do(cast, case, "conclude", executing.Conclusion(execution="完毕"), "regulator")
    case = steps.do(cast, case, "archive", executing.Archiving())
    found = dossiers.dossiers_of(case.uid)
    assert len(found) == volumes + 1
    assert [dossiers.verify(one) for one in found] == [[]] * len(found), (
        "the first volume stands as it was bound"
    )
    assert verify().ok


def test_what_was_punished_on_the_spot_is_made_anew_with_the_papers_of_an_ordinary_case(
    cast: steps.Cast,
) -> None:
    outcome = engine.open_matter("case", "punish_on_the_spot", spot(cast), actor=cast.actor("officer"))
    case = Case.objects.get(uid=outcome.uid)
    case = steps.do(cast, contested(cast, case), "begin_again", AGAIN, "regulator")
    assert (case.summary, case.remedies[0]["former"]["summary"]) == (False, True)
    assert len(completeness.missing_documents(case)) > 3, "the one paper of the spot is not enough"
    assert (case.violations, len(case.remedies[0]["former"]["violations"])) == ([], 1), "weighed anew as well"
    steps.do(cast, case, "assess_violation", steps.assessment())
    case = judged_again(cast, case)
    case = steps.do(cast, case, "decide", steps.decision(case), "regulator")
    case = steps.do(cast, case, "serve", steps.service())
    case = steps.signed(cast, steps.paid(cast, case))
    case = steps.do(cast, case, "conclude", executing.Conclusion(execution="完毕"), "regulator")
    case = steps.do(cast, case, "archive", executing.Archiving())
    assert (case.state, completeness.missing_documents(case, archiving=True)) == ("archived", [])
    assert verify().ok


def test_violations_go_with_the_decision_they_rest_on(cast: steps.Cast) -> None:
    case = steps.executing(cast)
    rows = Violation.objects.filter(case=case)
    assert rows.aggregate(fines=Sum("amount_fen"))["fines"] == case.fine_fen
    own = executing.OwnRevocation(ground="law", reason="适用条款有误")
    case = steps.do(cast, case, "take_back_decision", own, "regulator")
    assert set(rows.values_list("result", "amount_fen")) == {("revoked", 0)}
    steps.do(cast, case, "begin_again", AGAIN, "regulator")
    assert not rows.exists(), "nothing is decided while it is made anew"


def test_what_fell_once_stays_told_after_it_was_made_anew(cast: steps.Cast) -> None:
    case = contested(cast, spared(cast))
    period = Period.parse("2026")

    def held() -> list[int | None]:
        names = ["supervision.judged", "supervision.held"]
        told, plain = (one(names, period, clock.today()) for one in (answers.values, answers.recounted))
        assert [told[name].value for name in names] == [plain[name].value for name in names]
        return [told[name].value for name in names]

    assert held() == [1, 0]
    case = steps.do(cast, case, "begin_again", AGAIN, "regulator")
    assert held() == [0, 0], "nothing is decided while it is made anew"
    case = judged_again(cast, case)
    steps.do(cast, case, "decide", steps.decision(case), "regulator")
    assert held() == [1, 0]
    assert checking.check(1, 1).ok
