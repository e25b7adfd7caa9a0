"""The hearing: a presider who leaves, a notice that comes by post or public notice, the reviewer's own words (M122)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bihuan.capabilities.enforcement.inputs import executing, filing
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.policies import values as policies
from bihuan.registers.instruments import shelf
from tests.enforcement import steps
from tests.enforcement.test_case_limits import codes, on, owed
from tests.world import build_world

pytestmark = pytest.mark.django_db
HEARING = date(2026, 4, 20)


@pytest.fixture
def cast() -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(build_world())


def called(cast: steps.Cast) -> Case:
    case = steps.requested(cast, steps.told(cast))
    return steps.do(cast, case, "call_hearing", steps.hearing_call(cast, HEARING), "lawyer")


def hold(cast: steps.Cast, case: Case, day: date, by: str = "lawyer") -> set[str]:
    with clock.frozen(steps.at(day, 12)):
        return codes(lambda: steps.do(cast, case, "conclude_hearing", steps.hearing_report(day), by))


def test_another_presides_when_the_first_left_and_nothing_is_lost(cast: steps.Cast) -> None:
    case = called(cast)
    case = steps.do(cast, case, "serve_hearing_notice", steps.service())
    user = cast.world.users["lawyer"]
    user.is_active = False
    user.save()
    Tenure.objects.filter(person=user.person).update(until=date(2026, 4, 17))
    with on(date(2026, 4, 18)):
        gone = steps.hearing_change(cast, HEARING)
        assert codes(lambda: steps.do(cast, case, "change_hearing", gone, "regulator")) == {
            "case.presider_not_here"
        }
        own = steps.hearing_change(cast, HEARING, "partner")
        assert codes(lambda: steps.do(cast, case, "change_hearing", own, "regulator")) == {
            "case.presider_investigates"
        }
        case = steps.do(
            cast, case, "change_hearing", steps.hearing_change(cast, HEARING, "third"), "regulator"
        )
        assert case.state == "hearing"
        assert case.hearing["host"] == cast.actor("third").name
        assert [row["reason"] for row in case.hearing["former"]] == ["主持人已离任"]
        assert case.hearing["requested_on"]
        notice = shelf.latest(case.uid, "hearing_notice")
        assert notice is not None
        assert (notice.facts["host"], notice.replaces is not None) == (cast.actor("third").name, True)
        assert hold(cast, case, HEARING, "third") == {"case.hearing_notice_unserved"}
        case = steps.do(cast, case, "serve_hearing_notice", steps.service())
    assert hold(cast, case, HEARING, "third") == set()


def test_another_day_gives_the_party_its_seven_working_days_anew(cast: steps.Cast) -> None:
    case = called(cast)
    case = steps.do(cast, case, "serve_hearing_notice", steps.service())
    with on(date(2026, 4, 17)):
        soon = steps.hearing_change(cast, date(2026, 4, 21))
        found = codes(lambda: steps.do(cast, case, "change_hearing", soon, "regulator"))
        assert found == {"case.hearing_too_soon"}
        later = steps.hearing_change(cast, date(2026, 4, 29), reason="当事人申请延期")
        assert steps.do(cast, case, "change_hearing", later, "regulator").hearing["told_on"] == ""


@pytest.mark.parametrize(
    ("served", "found"),
    [
        (date(2026, 4, 8), set()),
        (date(2026, 4, 9), {"case.hearing_too_soon"}),
        (date(2026, 4, 10), {"case.hearing_too_soon"}),
    ],
)
def test_a_notice_by_post_counts_from_the_day_it_was_received(
    cast: steps.Cast, served: date, found: set[str]
) -> None:
    case = called(cast)
    with on(date(2026, 4, 13)):
        given = steps.service(how="post", served_on=served, receiver="", reference="1234567890123")
        case = steps.do(cast, case, "serve_hearing_notice", given)
        assert case.hearing["told_on"] == served.isoformat()
        paper = shelf.latest(case.uid, "hearing_notice")
        assert paper is not None
        assert paper.served_on == served
    assert hold(cast, case, HEARING) == found


def test_a_public_notice_serves_when_its_period_is_over(cast: steps.Cast) -> None:
    case = called(cast)
    given = steps.service(how="public_notice", receiver="", reference="薛河日报")
    case = steps.do(cast, case, "serve_hearing_notice", given)
    assert case.hearing["told_on"] == "2026-04-01"
    assert hold(cast, case, HEARING) == set()


def test_a_demand_by_post_moves_the_way_to_the_court(cast: steps.Cast) -> None:
    with on(date(2026, 3, 2)):
        case = steps.executing(cast, steps.assessment(amount=3_500_000))
    with on(date(2026, 9, 7)):
        case = steps.do(cast, case, "demand")
        assert "court" not in owed(case)
        assert codes(lambda: steps.do(cast, case, "demand")) == {"case.demand_issued"}
        paper = shelf.latest(case.uid, "enforcement_demand")
        assert paper is not None
        assert "自收到本催告书之日起十个工作日内履行" in str(paper.paper)
    with on(date(2026, 9, 11)):
        given = steps.service(how="post", served_on=date(2026, 9, 10), receiver="", reference="1234567890123")
        case = steps.do(cast, case, "serve_demand", given)
        assert case.enforcement["demanded_on"] == "2026-09-10"
    asked = [
        executing.CourtApplication(court="薛河区人民法院", applied_on=day)
        for day in (date(2026, 9, 23), date(2026, 9, 24))
    ]
    with on(date(2026, 9, 24)):
        assert codes(lambda: steps.do(cast, case, "apply_court", asked[0], "regulator")) == {
            "case.court_before_demand"
        }
        assert codes(lambda: steps.do(cast, case, "apply_court", asked[1], "regulator")) == set()


def test_the_form_for_approval_prints_the_reviewers_own_words(cast: steps.Cast) -> None:
    case = steps.reviewing(cast)
    steps.do(cast, case, "propose", steps.proposal())
    refused = codes(lambda: steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator"))
    assert refused == {"case.proposal_not_reviewed"}
    by_one = steps.proposal_review()
    assert codes(lambda: steps.do(cast, case, "review_proposal", by_one, "officer")) >= {
        "case.investigator_judges"
    }
    steps.do(cast, case, "review_proposal", steps.proposal_review(agreed=False, opinion="裁量过重"), "lawyer")
    refused = codes(lambda: steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator"))
    assert refused == {"case.proposal_not_agreed"}
    steps.do(cast, case, "propose", steps.proposal())
    steps.do(cast, case, "review_proposal", steps.proposal_review(opinion="证据确凿，同意。"), "lawyer")
    steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator")
    paper = shelf.latest(case.uid, "case_approval")
    assert paper is not None
    said = paper.facts["review_opinion"]
    assert (said["text"], said["by"]) == ("证据确凿，同意。", cast.actor("lawyer").name)


def test_who_reviewed_the_proposal_does_not_approve_it(cast: steps.Cast) -> None:
    case = steps.reviewing(cast)
    steps.do(cast, case, "propose", steps.proposal())
    steps.do(cast, case, "review_proposal", steps.proposal_review(), "regulator")
    refused = codes(lambda: steps.do(cast, case, "approve_proposal", filing.Approval(), "regulator"))
    assert refused == {"loop.same_person"}


def test_nobody_serves_with_a_certificate_that_lapsed(cast: steps.Cast) -> None:
    from bihuan.registers.officers.models import Certificate

    case = steps.notified(cast)
    Certificate.objects.filter(person_id=cast.person("officer")).update(until=date(2026, 3, 1))
    found = codes(lambda: steps.do(cast, case, "serve_notice", steps.service()))
    assert found == {"case.certificate_lapsed"}
    assert steps.do(cast, case, "serve_notice", steps.service(), "partner").notice["served_on"]
