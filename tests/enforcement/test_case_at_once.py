"""Two at the same moment, from two connections: a fine is paid once, and two cases never share a document's number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bihuan.capabilities.enforcement import papers
from bihuan.capabilities.enforcement.inputs import filing
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.uid import uuid7
from bihuan.registers.instruments import issuing, kinds, once
from bihuan.registers.instruments.shelf import instruments_of
from tests.enforcement import steps
from tests.faults.test_two_at_once import at_once
from tests.registers.instrument_steps import facts_for
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_morning(deed: Callable[[], Any]) -> Callable[[], Any]:
    """The frozen clock is each thread's own."""

    def done() -> Any:
        with clock.frozen(steps.MORNING):
            return deed()

    return done


@pytest.fixture
def cast(transactional_db: None) -> steps.Cast:
    with clock.frozen(steps.MORNING):
        return steps.cast(build_world())


def test_a_fine_is_paid_once_by_whoever_comes_first(cast: steps.Cast) -> None:
    with clock.frozen(steps.MORNING):
        case = steps.executing(cast)
        given = steps.executing_input(date(2026, 3, 2), case.fine_fen)
        people = [cast.actor(name) for name in ("officer", "partner", "third")]
    answers = at_once(
        *(
            at_morning(
                lambda actor=actor: engine.perform(
                    "case", "pay", case.no, given, actor=actor, version=case.version
                )
            )
            for actor in people
        )
    )
    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert all(isinstance(answer, list | Stale | Refused) for answer in answers)
    after = steps.fresh(case)
    assert after.paid_fen == after.fine_fen
    assert len(after.account["payments"]) == 1


def test_documents_issued_at_once_have_numbers_without_gap_or_double(cast: steps.Cast) -> None:
    with clock.frozen(steps.MORNING):
        cases = [steps.proposed(cast) for _ in range(3)]
        head = cast.actor("regulator")
    at_once(
        *(
            at_morning(
                lambda no=case.no: engine.perform(
                    "case", "approve_opening", no, filing.Approval(), actor=head
                )
            )
            for case in cases
        )
    )
    issued = instruments_of([case.uid for case in cases]).filter(kind="case_opening_approval")
    assert sorted(issued.values_list("ordinal", flat=True)) == [1, 2, 3]


def test_a_form_sent_by_several_at_once_makes_one_document_and_uses_one_number(cast: steps.Cast) -> None:
    with clock.frozen(steps.MORNING):
        case = steps.investigating(cast)
        by, key = cast.actor("officer"), uuid7()
        facts = {**papers.common(case), **facts_for(kinds.kind("sampling_receipt"))}

    def write() -> Any:
        return once.written(
            key, case.uid, "sampling_receipt",
            lambda: issuing.issue("sampling_receipt", case, facts, on=clock.today(), actor=by, uid=key),
        )  # fmt: skip

    answers = at_once(*(at_morning(write) for _ in range(6)))
    assert {answer.uid for answer in answers} == {key}
    [made] = instruments_of([case.uid]).filter(kind="sampling_receipt")
    with clock.frozen(steps.MORNING):
        key = uuid7()
        assert (made.ordinal, write().ordinal) == (1, 2), "who came second drew no number"
