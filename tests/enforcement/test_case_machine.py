"""Random people try random things on cases: no state without what the law demands, no end without its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bihuan.capabilities.enforcement import completeness, signing
from bihuan.capabilities.enforcement.inputs import deciding, executing, filing, investigation
from bihuan.capabilities.enforcement.loop import CASE
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.loops.permits import possibilities
from bihuan.kernel.policies import values as policies
from bihuan.kernel.record.verification import verify
from bihuan.registers.instruments.dossiers import dossiers_of
from bihuan.registers.instruments.shelf import instruments_of
from tests.enforcement import steps
from tests.world import build_world

PEOPLE = (
    "officer",
    "partner",
    "third",
    "regulator",
    "lawyer",
    "regulator_two",
    "office",
    "builder",
    "clerk_east",
)
DEEDS = tuple(deed.name for deed in CASE.deeds)
FORWARD = (
    ("approve_opening", "regulator"), ("record_interview", "officer"), ("assess_violation", "partner"),
    ("conclude_investigation", "officer"), ("propose", "officer"), ("review_proposal", "lawyer"),
    ("approve_proposal", "regulator"), ("notify", "partner"),
    ("serve_notice", "officer"), ("waive", "officer"), ("request_hearing", "third"), ("call_hearing", "lawyer"),
    ("serve_hearing_notice", "officer"), ("conclude_hearing", "lawyer"), ("review_hearing", "regulator"),
    ("legal_review", "third"), ("discuss", "regulator"), ("decide", "regulator"),
    ("serve", "officer"), ("pay", "third"), ("add_fine", "regulator"), ("carry_out", "third"), ("publish", "third"),
    ("ask", "officer"), ("conclude", "regulator"), ("archive", "officer"),
)  # fmt: skip
"""What leads a case on, and who does it; tried out of order as well."""
ASIDE = {"withdraw", "refuse_opening", "transfer", "suspend", "return_for_investigation", "decide_no_penalty"}
OPENED = {"case_opening_approval"}
PENALTY = ("decided", "executing", "concluded", "archived")


def _said(cast: steps.Cast, case: Case, deed: str, number: int, yes: bool) -> Any:
    """Something sayable for a deed; not always something allowed."""
    today = clock.today()
    near = today + timedelta(days=number)
    proposed = case.proposal.get("fine")
    made: dict[str, Callable[[], Any]] = {
        "approve_opening": filing.Approval,
        "conclude_investigation": lambda: steps.closing(deaths=int(yes)),
        "record_interview": steps.interview,
        "assess_violation": lambda: steps.assessment(amount=number * 700_000 or None, reason="情节" if yes else ""),
        "propose": lambda: steps.proposal(warning=yes, complex=number == 3),
        "review_proposal": lambda: steps.proposal_review(agreed=yes),
        "approve_proposal": filing.Approval,
        "serve_hearing_notice": steps.service,
        "review_hearing": lambda: deciding.HearingReview(opinion="同意主持人意见。"),
        "legal_review": lambda: steps.review(passed=yes),
        "discuss": steps.discussion,
        "serve_notice": steps.service,
        "serve": steps.service,
        "waive": lambda: deciding.Waiver(told_on=today),
        "request_hearing": lambda: deciding.HearingRequest(requested_on=today, words="要求听证"),
        "call_hearing": lambda: steps.hearing_call(
            cast, near + timedelta(days=9), "lawyer" if yes else "partner"
        ),
        "conclude_hearing": lambda: steps.hearing_report(today),
        "decide": lambda: deciding.Decision(
            fine=(proposed or 0) + (0 if yes else 1) or None, discretion="裁量", warning="warning" in case.proposal.get("measures", ()),
            no_referral="情节不符合" if number % 2 else "", late="案情复杂",
        ),
        "decide_no_penalty": lambda: deciding.NoPenalty(ground="minor", reasons="轻微", no_referral="不符合" if yes else ""),
        "pay": lambda: executing.Payment(paid_on=today, amount=case.fine_fen if yes else 100 * (number + 1), what="fine", receipt="票"),
        "add_fine": lambda: executing.AdditionalFine(until=today),
        "waive_additional": lambda: filing.Reason(reason="确有困难"),
        "carry_out": lambda: executing.Execution(kind="warning", done_on=today, words="已执行"),
        "conclude": lambda: executing.Conclusion(execution="完毕"),
        "archive": executing.Archiving,
        "transfer": lambda: deciding.Transfer(kind="crime", receiver="公安分局", reasons="涉嫌犯罪", materials="案卷"),
        "note_outcome": lambda: deciding.TransferOutcome(told_on=today, result="refused", words="不予立案"),
        "ask": lambda: filing.Asking(what="conclude" if yes else "transfer", words="建议办理"),
        "extend": lambda: investigation.Extension(days=number + 1, reason="复杂"),
        "suspend": lambda: investigation.Suspension(kind="other", reason="中止"),
        "press": executing.Press,
        "publish": lambda: executing.Publication(published_on=today, where="网站"),
        "take_back_decision": lambda: executing.OwnRevocation(ground="law", reason="适用条款有误", again=yes),
        "begin_remedy": lambda: executing.Remedy(kind="litigation", begun_on=today, organ="人民法院"),
        "end_remedy": lambda: executing.RemedyResult(
            ended_on=today, result="revoked" if yes else "upheld", ground="facts", again=yes, words="判决"
        ),
        "notify": Nothing,
    }  # fmt: skip
    return made.get(deed, lambda: filing.Reason(reason="理由充分"))()


class Cases(RuleBasedStateMachine):
    """What is held to after every deed is written in the invariants."""

    cast: steps.Cast
    done: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.now = steps.MORNING
        self.alone = transaction.atomic()
        self.alone.__enter__()

    def teardown(self) -> None:
        with clock.frozen(self.now):
            outcome = verify()
        assert outcome.ok, outcome.as_json()
        transaction.set_rollback(True)
        self.alone.__exit__(None, None, None)

    @initialize(far=st.integers(0, 4))
    def begin(self, far: int) -> None:
        makers = (steps.proposed, steps.investigating, steps.reviewing, steps.told, steps.executing)
        with clock.frozen(self.now):
            self.uid = makers[far](self.cast).uid

    @property
    def case(self) -> Case:
        return Case.objects.get(uid=self.uid)

    @rule(days=st.integers(1, 20))
    def time_goes_by(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(
        who=st.sampled_from(PEOPLE), deed=st.sampled_from(DEEDS), number=st.integers(0, 8), yes=st.booleans()
    )
    def anybody_tries_anything(self, who: str, deed: str, number: int, yes: bool) -> None:
        self._try(who, deed, number, yes)

    @rule(who=st.sampled_from(PEOPLE[:5]), pick=st.integers(0, 50), number=st.integers(0, 8))
    def somebody_does_what_the_page_offers(self, who: str, pick: int, number: int) -> None:
        with clock.frozen(self.now):
            found = possibilities(CASE, self.case, self.cast.actor(who))
        open_ones = [
            one.deed.name for one in found if one.allowed and (pick > 40 or one.deed.name not in ASIDE)
        ]
        if open_ones:
            self._try(who, open_ones[pick % len(open_ones)], number, True)

    @rule(begin=st.integers(0, len(FORWARD) - 1), number=st.sampled_from((0, 3, 5)))
    def it_goes_on(self, begin: int, number: int) -> None:
        """Three deeds of the way in their order, whether their turn has come or not."""
        for deed, who in FORWARD[begin : begin + 3]:
            self._try(who, deed, number, True)

    @rule(kind=st.sampled_from((0, 1, 1, 1)))
    def hands_are_set(self, kind: int) -> None:
        """Everybody signs what waits for a hand, or only the records of interviews stay without."""
        with clock.frozen(self.now):
            steps.signed(self.cast, self.case, ("interview_record",) if kind == 0 else ())

    def _try(self, who: str, deed: str, number: int, yes: bool) -> None:
        with clock.frozen(self.now):
            case = self.case
            try:
                given = _said(self.cast, case, deed, number, yes)
                engine.perform("case", deed, case.no, given, actor=self.cast.actor(who), version=case.version)
            except (Refused, Absent, AttributeError) as refused:
                assert not isinstance(refused, AttributeError) or "Reason" in str(refused)
                assert self.case.version == case.version
                return
            self.done[deed] += 1

    @invariant()
    def the_law_is_kept(self) -> None:
        if not hasattr(self, "uid"):
            return
        case = self.case
        kinds = set(instruments_of([case.uid]).values_list("kind", flat=True))
        if case.state not in ("proposed", "not_opened"):
            assert case.filed_on is not None
            assert kinds >= OPENED
            assert "approve_opening" in case.hands
        if case.notice.get("on"):
            assert {"case_approval", "penalty_notice"} <= kinds
        if case.outcome == "penalty":
            self._punished(case, kinds)
        if case.state in ("executing", "concluded", "archived") and case.outcome in ("penalty", "no_penalty"):
            assert case.served_on is not None
            assert "service_receipt" in kinds
        if case.state in ("concluded", "archived"):
            self._ended(case, kinds)

    def _punished(self, case: Case, kinds: set[str]) -> None:
        assert case.state in PENALTY
        assert case.decided_on is not None
        assert case.hands["decide"] not in case.investigators
        assert case.fine_fen <= (case.ceiling_fen or 0)
        notice = case.notice
        heard = notice.get("waived_on") or case.hearing.get("ended_on")
        if not heard:
            assert notice.get("statement") or case.decided_on > date.fromisoformat(notice["statement_by"])
            assert not notice["right"] or case.decided_on > date.fromisoformat(notice["hearing_by"])
        assert not case.hearing.get("requested_on") or case.hearing.get("ended_on")
        if completeness.discussion_needed(case):
            assert "collective_discussion_record" in kinds
        if completeness.legal_review_needed(case):
            assert case.review["legal"]["passed"]
        assert {"case_disposal_approval", "penalty_decision_entity"} <= kinds

    def _ended(self, case: Case, kinds: set[str]) -> None:
        archived = case.state == "archived"
        assert completeness.missing_documents(case, archiving=archived) == []
        assert signing.lacking(signing.to_archive(case) if archived else signing.to_conclude(case)) == []
        if case.outcome == "penalty":
            assert case.paid_fen == case.fine_fen
            assert all(row["state"] == "done" for row in case.measures)
        if archived:
            assert dossiers_of(case.uid).exists()


@pytest.mark.django_db
def test_no_path_ends_a_case_without_what_it_needs() -> None:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        Cases.cast = steps.cast(build_world())
    Cases.done.clear()
    run_state_machine_as_test(
        Cases,
        settings=settings(
            max_examples=14,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(Cases.done) >= 12, Cases.done
