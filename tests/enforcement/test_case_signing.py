"""No case ends while a paper waits for a hand, each place is named; what lies in the archive takes no more hands (M125)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from bihuan.capabilities.enforcement import papers
from bihuan.capabilities.enforcement.inputs import executing
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.policies import values as policies
from bihuan.registers.instruments import dossiers, issuing, kinds, serving, shelf, signing_places
from tests.enforcement import steps
from tests.enforcement.test_case_limits import codes
from tests.registers.instrument_steps import facts_for
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db
DONE = executing.Conclusion(execution="罚款已缴清")


@pytest.fixture
def cast(world: World) -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(world)


def test_conclusion_names_every_place_that_waits(cast: steps.Cast) -> None:
    case = steps.paid(cast, steps.executing(cast))
    with pytest.raises(Refused) as refused:
        steps.do(cast, case, "conclude", DONE, "regulator")
    assert {failure.code for failure in refused.value.failures} == {"case.unsigned"}
    words = "".join(failure.message for failure in refused.value.failures)
    for place in (
        "询问笔录",
        "被询问人",
        "记录人",
        "调查报告",
        f"承办人（{cast.actor('officer').name}）",
        "送达回执",
        "收件人",
        "出席人员",
    ):
        assert place in words
    steps.signed(cast, case, ("interview_record",))
    with pytest.raises(Refused) as refused:
        steps.do(cast, case, "conclude", DONE, "regulator")
    assert len(refused.value.failures) == 1
    record = shelf.instruments_of([case.uid]).get(kind="interview_record")
    steps.sign(cast, record, ("officer_1", "officer_2", "recorder"))
    by = cast.actor("officer")
    signing_places.refuse(record, "person", by, reason="拒绝签名", witness="孙某", name="钱厂长")
    assert steps.do(cast, case, "conclude", DONE, "regulator").state == "concluded"


def test_archiving_asks_for_the_hands_of_what_was_written_since(cast: steps.Cast) -> None:
    case = steps.concluded(cast)
    by = cast.actor("officer")
    facts = {**papers.common(case), **facts_for(kinds.kind("sampling_receipt"))}
    facts["officers"] = papers.common(case)["officers"]
    with transaction.atomic():
        made = issuing.issue("sampling_receipt", case, facts, on=clock.today(), actor=by, organ=case.agency)
    assert codes(lambda: steps.do(cast, case, "archive", executing.Archiving())) == {"case.unsigned"}
    steps.sign(cast, made)
    assert steps.do(cast, case, "archive", executing.Archiving()).state == "archived"


def test_nobody_signs_or_serves_what_lies_in_the_archive(cast: steps.Cast, sign_in: SignIn) -> None:
    case = steps.archived(cast)
    decision = shelf.latest(case.uid, "penalty_decision_entity")
    receipt = shelf.latest(case.uid, "service_receipt")
    assert decision is not None
    assert receipt is not None
    by = cast.actor("officer")
    deeds = (
        lambda: signing_places.draw(decision, "party", steps.HAND, "钱厂长", by),
        lambda: signing_places.refuse(receipt, "witness", by, reason="拒签", witness="孙某"),
        lambda: signing_places.sign(receipt, "witness", by),
    )
    for deed in deeds:
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.failures[0].code == "instrument.bound"
        assert "归档后不能再签名" in refused.value.failures[0].message
    notice = shelf.latest(case.uid, "case_opening_approval")
    assert notice is not None
    with pytest.raises(Refused) as refused:
        serving.serve(
            notice,
            serving.Delivery("direct", clock.today(), place="厂内", receiver="钱厂长"),
            officers=[],
            actor=by,
        )
    assert "instrument.bound" in {failure.code for failure in refused.value.failures}
    assert signing_places.hands_for(receipt, by) == ()
    page = sign_in("officer").get(f"/instruments/{receipt.uid}/").content.decode()
    assert "已归档，不再签名、送达" in page
    assert not [deed for deed in ("/sign/", "/draw/", "/refuse/", "/serve/", "/void/") if deed in page]
    assert dossiers.verify(dossiers.dossiers_of(case.uid).get()) == []


def test_a_receipt_of_the_post_waits_for_no_receiver(cast: steps.Cast) -> None:
    case = steps.notified(cast)
    given = steps.service(how="post", receiver="", reference="1234567890123")
    steps.do(cast, case, "serve_notice", given)
    receipt = shelf.latest(case.uid, "service_receipt")
    assert receipt is not None
    assert [place.key for place in signing_places.open_places(receipt)] == ["officer_1", "officer_2"]
