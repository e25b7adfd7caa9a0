"""The ways through a case: hearing, simple procedure, no penalty, withdrawal, referral, daily penalty, joint work, absolutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.capabilities.enforcement.completeness import missing_documents
from bihuan.capabilities.enforcement.inputs import deciding, executing, filing, investigation
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.policies import values as policies
from bihuan.kernel.record.verification import verify
from bihuan.registers.instruments import dossiers, issuing, shelf
from bihuan.registers.instruments.shelf import instruments_of
from bihuan.registers.law import penalties
from bihuan.registers.officers.recusals import keep_away
from tests.enforcement import steps
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(build_world())


def codes(deed: Callable[[], Any]) -> set[str]:
    try:
        deed()
    except Refused as refusal:
        return {failure.code for failure in refusal.failures}
    return set()


def kinds(case: Case) -> list[str]:
    return list(instruments_of([case.uid]).values_list("kind", flat=True))


def test_a_whole_case_leaves_its_documents_in_order_and_a_dossier(cast: steps.Cast) -> None:
    case = steps.archived(cast)
    assert case.state == "archived"
    assert case.fine_fen == case.paid_fen == 5_000_000
    assert kinds(case)[:12] == [
        "case_opening_approval", "interview_record", "investigation_report", "case_approval", "penalty_notice",
        "hearing_right_notice", "service_receipt", "collective_discussion_record", "case_disposal_approval",
        "penalty_decision_entity", "service_receipt", "conclusion_approval",
    ]  # fmt: skip
    dossier = dossiers.dossiers_of(case.uid).get()
    assert dossiers.verify(dossier) == []
    assert dossier.pages > 10
    outcome = verify()
    assert outcome.ok, outcome.as_json()


def test_what_is_changed_after_the_archive_is_found(cast: steps.Cast) -> None:
    case = steps.archived(cast)
    record = instruments_of([case.uid]).get(kind="interview_record")
    issuing.void(record, "笔录页码有误", cast.actor("officer"))
    assert any("作废" in words for words in dossiers.verify(dossiers.dossiers_of(case.uid).get()))


def test_a_case_is_not_archived_while_a_document_is_missing(cast: steps.Cast) -> None:
    case = steps.concluded(cast)
    record = instruments_of([case.uid]).get(kind="interview_record")
    issuing.void(record, "笔录页码有误", cast.actor("officer"))
    with pytest.raises(Refused) as refusal:
        steps.do(cast, case, "archive", executing.Archiving())
    assert any("询问笔录" in failure.message for failure in refusal.value.failures)
    assert steps.fresh(case).state == "concluded"


def test_a_hearing_runs_before_the_decision_and_review_and_discussion_after_it(cast: steps.Cast) -> None:
    case = steps.requested(cast, steps.told(cast))
    assert "case.hearing_owed" in codes(
        lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator")
    )
    day = steps.working(clock.today(), 9)
    steps.do(cast, case, "call_hearing", steps.hearing_call(cast, day), "lawyer")
    steps.do(cast, case, "serve_hearing_notice", steps.service())
    with clock.frozen(steps.at(day, 12)):
        held = steps.hearing_report(day)
        assert codes(lambda: steps.do(cast, case, "conclude_hearing", held, "regulator_two")) == {
            "loop.not_your_step"
        }
        too_many = steps.hearing_report(day, agents="甲、乙、丙")
        assert codes(lambda: steps.do(cast, case, "conclude_hearing", too_many, "lawyer")) == {
            "case.too_many_agents"
        }
        case = steps.do(cast, case, "conclude_hearing", held, "lawyer")
        refused = codes(lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator"))
        assert refused == {"case.hearing_not_reported", "case.not_reviewed", "case.not_discussed"}
        steps.do(
            cast, case, "review_hearing", deciding.HearingReview(opinion="同意主持人意见。"), "regulator"
        )
        assert codes(
            lambda: steps.do(cast, case, "legal_review", steps.review(situation="hearing"), "lawyer")
        ) == {"loop.same_person"}
        steps.do(cast, case, "legal_review", steps.review(situation="hearing", passed=False), "third")
        steps.do(cast, case, "discuss", steps.discussion(), "regulator")
        assert codes(lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator")) == {
            "case.review_failed"
        }
        steps.do(cast, case, "legal_review", steps.review(situation="hearing"), "third")
        case = steps.do(cast, case, "decide", steps.decision(case), "regulator")
    assert {"hearing_notice", "hearing_record", "hearing_report", "legal_review_opinion"} <= set(kinds(case))
    report = instruments_of([case.uid]).get(kind="hearing_report").facts
    assert report["course"] == held.course, "what the presider wrote, and no set phrase"
    assert report["host_opinion"] == {
        "text": "建议维持",
        "by": cast.actor("lawyer").name,
        "on": day.isoformat(),
    }
    assert report["review_opinion"]["by"] == cast.actor("regulator").name


def test_investigators_neither_approve_review_preside_nor_decide(cast: steps.Cast) -> None:
    case = steps.proposed(cast, by="regulator", second=cast.person("officer"))
    assert "case.investigator_judges" in codes(
        lambda: steps.do(cast, case, "approve_opening", filing.Approval(), "regulator")
    )
    other = steps.approved(cast)
    assert "case.investigator_judges" in codes(
        lambda: steps.do(cast, other, "legal_review", steps.review(), "partner")
    )
    told = steps.do(cast, steps.do(cast, other, "notify"), "serve_notice", steps.service())
    steps.do(cast, told, "request_hearing", deciding.HearingRequest(requested_on=clock.today(), words="要求"))
    call = steps.hearing_call(cast, date(2026, 3, 20), "partner")
    assert codes(lambda: steps.do(cast, told, "call_hearing", call, "lawyer")) == {
        "case.presider_investigates"
    }


def test_two_certified_officers_who_need_not_keep_away(cast: steps.Cast) -> None:
    assert codes(lambda: steps.proposed(cast, second=cast.person("officer"))) == {"case.two_officers"}
    assert codes(lambda: steps.proposed(cast, second=cast.person("regulator_two"))) == {
        "officers.fewer_than_two"
    }
    keep_away(
        cast.world.users["partner"].person,
        cast.world.factory,
        "持有该企业股份",
        clock.today(),
        cast.actor("office"),
    )
    assert codes(lambda: steps.proposed(cast)) == {"officers.recused"}
    assert codes(lambda: steps.proposed(cast, second=cast.person("third"))) == set()


def test_officers_are_changed_by_the_head_and_the_former_stay_on_record(cast: steps.Cast) -> None:
    case = steps.investigating(cast)
    given = filing.Officers(
        first=cast.person("officer"), second=cast.person("third"), reason="申请回避，有亲属关系"
    )
    assert "loop.not_your_step" in codes(lambda: steps.do(cast, case, "change_officers", given))
    case = steps.do(cast, case, "change_officers", given, "regulator")
    assert [one["id"] for one in case.officers] == [cast.person("officer"), cast.person("third")]
    assert codes(lambda: steps.do(cast, case, "record_interview", steps.interview(), "partner")) == {
        "loop.not_your_step"
    }


def test_no_stage_is_skipped(cast: steps.Cast) -> None:
    case = steps.proposed(cast)
    for deed, said, by in (
        ("conclude_investigation", steps.closing(), "officer"),
        ("notify", None, "officer"),
        ("serve", steps.service(), "officer"),
        ("conclude", executing.Conclusion(execution="无"), "regulator"),
        ("archive", executing.Archiving(), "officer"),
    ):
        assert codes(lambda deed=deed, said=said, by=by: steps.do(cast, case, deed, said, by)) == {
            "loop.wrong_state"
        }
    case = steps.investigating(cast)
    assert codes(lambda: steps.do(cast, case, "conclude_investigation", steps.closing())) == {
        "case.no_evidence"
    }


def test_a_defence_never_raises_the_penalty(cast: steps.Cast) -> None:
    case = steps.told(cast, steps.assessment(amount=3_500_000))
    said = deciding.Statement(
        started_at=clock.now(),
        place="会议室",
        person="钱厂长",
        recorder="周科员",
        statement="处罚过重",
        answer="不予采纳",
    )
    steps.do(cast, case, "hear_statement", said)
    assert codes(
        lambda: steps.do(cast, case, "decide", steps.decision(case, fine=3_500_001), "regulator")
    ) >= {"case.more_than_announced"}
    case = steps.do(cast, case, "return_for_investigation", filing.Reason(reason="补充"), "regulator")
    more = steps.assessment(amount=5_000_000)
    assert codes(lambda: steps.do(cast, case, "assess_violation", more)) == {"case.raised_after_notice"}
    proof = investigation.OtherEvidence(
        name="监控录像", kind="audiovisual", obtained_on=clock.today(), proves="新发现的事实"
    )
    steps.do(cast, case, "add_evidence", proof)
    assert codes(lambda: steps.do(cast, case, "assess_violation", more)) == set()


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"amount": 10_000_000, "reason": "情节严重"}, set()),
        ({"amount": 10_000_001, "reason": "情节严重"}, {"case.over_range"}),
        ({"amount": 8_000_000}, {"case.outside_band"}),
        ({"amount": 8_000_000, "reason": "影响恶劣"}, set()),
        ({"amount": 7_000_000}, set()),
        ({"amount": 3_000_000}, set()),
        ({"amount": 2_999_999}, {"case.outside_band"}),
        ({"clause": "wsl-94-p-first"}, {"case.clause_other_subject"}),
        ({"clause": "no-such"}, {"case.clause_unknown"}),
        (
            {"mitigate": True, "amount": 100},
            {"case.no_ground_to_mitigate", "case.nothing_mitigated", "case.mitigated_without_reason"},
        ),
    ],
)
def test_amounts_stay_in_the_range_and_differ_only_with_a_reason(
    cast: steps.Cast, changes: Any, refused: set[str]
) -> None:
    case = steps.investigating(cast)
    assert codes(lambda: steps.do(cast, case, "assess_violation", steps.assessment(**changes))) == refused


def test_below_the_range_only_by_a_statutory_ground(cast: steps.Cast) -> None:
    case = steps.investigating(cast)
    low = steps.assessment(clause="wsl-98-e-first", amount=5_000_000)
    assert codes(lambda: steps.do(cast, case, "assess_violation", low)) == {
        "case.under_range",
        "case.outside_band",
    }
    good = steps.assessment(
        clause="wsl-98-e-first", amount=5_000_000, mitigate=True, lighter="removed_harm", reason="主动消除"
    )
    case = steps.do(cast, case, "assess_violation", good)
    assert case.violations[0]["mitigated"]


def test_the_worksheet_keeps_clause_range_factors_branch_and_reasons(cast: steps.Cast) -> None:
    case = steps.investigating(cast)
    case = steps.do(cast, case, "assess_violation", steps.assessment(lighter="corrected"))
    row = case.violations[0]
    assert (row["basis"], row["range"]) == ("《安全生产法》第九十七条", "10万元以下")
    assert (row["band"], row["amount_fen"]) == ("lighter", 1_500_000)
    assert row["branch"] == "first"
    assert any("差异化执法" in line for line in row["reasons"])
    case = steps.do(cast, case, "assess_violation", steps.assessment(amount=4_000_000))
    assert len(case.violations) == 1


def test_a_repeat_raises_the_tier_and_prints_its_chain(cast: steps.Cast) -> None:
    first = steps.executing(cast)
    with clock.frozen(steps.MORNING + timedelta(days=60)):
        again = steps.investigating(cast)
        again = steps.do(cast, again, "assess_violation", steps.assessment())
    assert again.former == [first.no]
    assert again.recurrence == 1
    assert again.violations[0]["band"] == "heavier"
    with clock.frozen(steps.MORNING + timedelta(days=60)):
        other = steps.investigating(cast, object=None, party="西岭小作坊", town=cast.world.west.pk)
        other = steps.do(cast, other, "assess_violation", steps.assessment())
    assert other.recurrence == 0


@pytest.mark.parametrize(
    ("fine", "party", "refused"),
    [
        (300_000, "entity", set()),
        (300_001, "entity", {"case.too_much_on_the_spot"}),
        (20_000, "person", set()),
        (20_001, "person", {"case.too_much_on_the_spot"}),
    ],
)
def test_the_simple_procedure_knows_its_bounds(
    cast: steps.Cast, fine: int, party: str, refused: set[str]
) -> None:
    clause = "wsl-99-e-first" if party == "entity" else "wsl-104-p-first"
    given = spot(cast, clause=clause, fine=fine, party_kind=party, party="钱某" if party == "person" else "")
    assert (
        codes(lambda: engine.open_matter("case", "punish_on_the_spot", given, actor=cast.actor("officer")))
        == refused
    )


def spot(cast: steps.Cast, **changes: Any) -> filing.OnTheSpot:
    values: dict[str, Any] = {
        "object": cast.world.factory.uid, "clause": "wsl-99-e-first", "cause": "未设置安全警示标志", "facts": "配电箱无警示标志",
        "evidence": "照片2张", "violated": "《安全生产法》第三十五条", "fine": 200_000, "place": "一车间",
        "second": cast.person("partner"),
    }  # fmt: skip
    return filing.OnTheSpot(**{**values, **changes})


def test_a_simple_case_is_decided_paid_and_archived_with_its_one_document(cast: steps.Cast) -> None:
    outcome = engine.open_matter("case", "punish_on_the_spot", spot(cast), actor=cast.actor("officer"))
    case = Case.objects.get(uid=outcome.uid)
    assert (case.state, case.summary, case.fine_fen) == ("executing", True, 200_000)
    assert case.deadline == date(2026, 3, 17)
    assert kinds(case) == ["summary_penalty_entity"]
    case = steps.paid(cast, case)
    steps.signed(cast, case)
    case = steps.do(cast, case, "conclude", executing.Conclusion(execution="已缴清"), "regulator")
    assert steps.do(cast, case, "archive", executing.Archiving(retention="10年")).state == "archived"


def test_money_is_taken_on_the_spot_only_up_to_a_hundred_or_with_a_reason(cast: steps.Cast) -> None:
    def punish(**changes: Any) -> set[str]:
        given = spot(cast, collected=True, **changes)
        return codes(
            lambda: engine.open_matter("case", "punish_on_the_spot", given, actor=cast.actor("officer"))
        )

    assert punish(fine=10_000) == set()
    assert punish(fine=10_100) == {"case.collected_on_the_spot"}
    assert punish(fine=10_100, hard_to_collect="流动摊贩") == set()
    assert punish(fine=None) == {"case.nothing_decided"}


def test_no_penalty_is_decided_served_and_concluded_without_money(cast: steps.Cast) -> None:
    case = steps.reviewing(cast)
    given = deciding.NoPenalty(ground="first", reasons="已当场改正", education="教育经营者")
    case = steps.do(cast, case, "decide_no_penalty", given, "regulator")
    case = steps.do(cast, case, "serve", steps.service())
    steps.signed(cast, case)
    case = steps.do(cast, case, "conclude", executing.Conclusion(execution="已送达"), "regulator")
    assert steps.do(cast, case, "archive", executing.Archiving()).outcome == "no_penalty"


def test_a_case_is_withdrawn_with_its_record_and_counts_nowhere(cast: steps.Cast) -> None:
    case = steps.do(
        cast, steps.investigating(cast), "withdraw", filing.Reason(reason="违法事实不能成立"), "regulator"
    )
    assert (case.state, case.voided) == ("withdrawn", True)
    assert "case_withdrawal_record" in kinds(case)
    assert steps.do(cast, case, "archive", executing.Archiving()).state == "archived"


def test_a_crime_is_referred_or_a_reason_is_given(cast: steps.Cast) -> None:
    case = steps.waived(cast, closed=steps.closing(deaths=1))
    assert "死亡1人" in case.proposal["crime"]
    steps.do(cast, case, "discuss", steps.discussion(), "regulator")
    assert codes(lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator")) == {
        "case.not_referred"
    }
    letter = deciding.Transfer(
        kind="crime", receiver="薛河公安分局", reasons="涉嫌重大责任事故罪", materials="案卷复印件"
    )
    case = steps.do(cast, case, "transfer", letter, "regulator")
    assert {"transfer_approval", "transfer_letter"} <= set(kinds(case))
    done = executing.Conclusion(execution="已移送")
    assert codes(lambda: steps.do(cast, case, "conclude", done, "regulator")) >= {"case.referral_open"}
    steps.do(cast, case, "acknowledge", deciding.Receipt(received_on=clock.today(), receiver="李警官"))
    told = deciding.TransferOutcome(told_on=clock.today(), result="accepted", words="已立案侦查", detained=2)
    case = steps.do(cast, case, "note_outcome", told)
    assert case.detained == 2
    steps.signed(cast, case)
    assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_what_is_sent_back_goes_on_as_an_administrative_case(cast: steps.Cast) -> None:
    case = steps.reviewing(cast)
    letter = deciding.Transfer(
        kind="crime", receiver="薛河公安分局", reasons="涉嫌危险作业罪", materials="案卷"
    )
    case = steps.do(cast, case, "transfer", letter, "regulator")
    steps.do(
        cast,
        case,
        "note_outcome",
        deciding.TransferOutcome(told_on=clock.today(), result="refused", words="不予立案"),
    )
    case = steps.do(cast, case, "take_back", filing.Reason(reason="公安机关不予立案"), "regulator")
    assert (case.state, case.outcome) == ("investigating", "none")


def test_four_absolutes_end_as_they_must(cast: steps.Cast) -> None:
    low = steps.assessment(amount=5_000_000, reason="初次")
    case = steps.investigating(cast, absolute="illegal_unit")
    assert codes(lambda: steps.do(cast, case, "assess_violation", steps.assessment(amount=5_000_000))) == {
        "case.below_maximum"
    }
    case = steps.waived(cast, low, absolute="illegal_unit", proposing=steps.proposal(exposure=True))
    steps.do(cast, case, "discuss", steps.discussion(), "regulator")
    refused = codes(lambda: steps.do(cast, case, "decide", steps.decision(case), "regulator"))
    assert refused == {"case.absolute_not_kept", "case.below_maximum"}
    other = steps.waived(cast, low, absolute="illegal_unit", proposing=steps.proposal(suspension=True))
    steps.do(cast, other, "discuss", steps.discussion(), "regulator")
    given = steps.decision(other, below_maximum="已停产整顿，主动消除隐患")
    assert steps.do(cast, other, "decide", given, "regulator").state == "decided"
    most = steps.assessment()
    third = steps.waived(cast, most, absolute="illegal_unit")
    assert third.proposal["fine"] == 10_000_000


def test_every_measure_has_its_own_execution(cast: steps.Cast) -> None:
    case = steps.executing(cast, proposing=steps.proposal(warning=True, exposure=True, credit=True))
    assert {row["kind"]: row["state"] for row in case.measures} == {
        "warning": "done",
        "credit": "pending",
        "exposure": "pending",
    }
    case = steps.signed(cast, steps.paid(cast, case))
    done = executing.Conclusion(execution="罚款已缴")
    assert codes(lambda: steps.do(cast, case, "conclude", done, "regulator")) == {"case.measure_open"}
    for kind in ("exposure", "credit"):
        steps.do(cast, case, "carry_out", executing.Execution(kind=kind, done_on=clock.today(), words="已办"))
    assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_a_joint_case_ends_when_every_unit_is_done_and_is_seen_by_them(cast: steps.Cast) -> None:
    case = steps.executing(cast)
    with pytest.raises(Absent):
        engine.perform(
            "case", "settle_part", case.no, executing.PartResult(result="已查"), actor=cast.actor("builder")
        )
    given = executing.Part(agency=cast.world.builders.pk, work="核查施工许可", due_on=clock.today())
    case = steps.do(cast, case, "invite", given, "regulator")
    case = steps.signed(cast, steps.paid(cast, case))
    done = executing.Conclusion(execution="已缴")
    assert codes(lambda: steps.do(cast, case, "conclude", done, "regulator")) == {"case.part_open"}
    steps.do(cast, case, "settle_part", executing.PartResult(result="许可有效"), "builder")
    assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_a_case_lacking_a_step_of_its_template_does_not_end(cast: steps.Cast) -> None:
    low = steps.assessment(amount=3_500_000)
    case = steps.waived(cast, low, template="accountability")
    case = steps.do(cast, case, "decide", steps.decision(case), "regulator")
    case = steps.signed(cast, steps.paid(cast, steps.do(cast, case, "serve", steps.service())))
    case.hands.pop("record_interview")
    from bihuan.capabilities.enforcement.gates.executing import everything_over

    assert {failure.code for failure in everything_over(case, None, None)} == {"case.step_missing"}
    inspected = steps.executing(cast, low)
    inspected.template = "inspection"
    assert missing_documents(inspected) == ["《现场检查记录》"]
    permit = steps.waived(cast, low, template="permit")
    refused = codes(lambda: steps.do(cast, permit, "decide", steps.decision(permit), "regulator"))
    assert refused == {"case.not_reviewed", "case.not_discussed"}


@settings(max_examples=60)
@given(st.sampled_from(penalties.clauses()), st.integers(0, 3_000_000_00))
def test_the_range_of_every_clause_is_kept(clause: penalties.Clause, amount: int) -> None:
    from types import SimpleNamespace

    from bihuan.capabilities.enforcement.gates.filing import clause_fits

    case = SimpleNamespace(party_kind=clause.subject, acted_on=max(clause.effective_from, date(2026, 6, 1)))
    refused = {failure.code for failure in clause_fits(case, clause.id, amount)}
    assert refused == ({"case.over_range"} if amount > clause.maximum_fen else set())


def test_approvals_print_what_the_investigator_asked_for_and_once(cast: steps.Cast) -> None:
    case = steps.investigating(cast)
    early = filing.Asking(what="conclude", words="建议结案")
    assert codes(lambda: steps.do(cast, case, "ask", early)) == {"case.asked_out_of_stage"}
    steps.do(cast, case, "ask", filing.Asking(what="extend", words="等待鉴定，建议延长20日"))
    steps.do(cast, case, "extend", investigation.Extension(days=20, reason="案情复杂"), "regulator")
    paper = shelf.latest(case.uid, "case_extension_approval")
    assert paper is not None
    said = paper.facts["handler_opinion"]
    assert (said["text"], said["by"]) == ("等待鉴定，建议延长20日", cast.actor("officer").name)
    assert paper.facts["approval_opinion"]["by"] == cast.actor("regulator").name
    assert steps.fresh(case).review["asked"] == {}


def test_the_conclusion_prints_the_words_of_who_investigated(cast: steps.Cast) -> None:
    case = steps.settled(cast)
    case = steps.do(cast, case, "ask", filing.Asking(what="conclude", words="罚款已缴清，建议结案"))
    given = executing.Conclusion(execution="罚款已缴清。")
    case = steps.do(cast, case, "conclude", given, "regulator")
    paper = shelf.latest(case.uid, "conclusion_approval")
    assert paper is not None
    assert paper.facts["handler_opinion"]["by"] == cast.actor("officer").name
    assert paper.facts["handler_opinion"]["text"] == "罚款已缴清，建议结案"


def test_the_head_approves_nothing_that_no_investigator_asked_for(cast: steps.Cast) -> None:
    """承办人意见 on the forms of extension, keeping, referral, instalments and conclusion is the investigator's own."""
    case = steps.investigating(cast)
    more = investigation.Extension(days=20, reason="案情复杂")
    with pytest.raises(Refused) as refused:
        engine.perform("case", "extend", case.no, more, actor=cast.actor("regulator"))
    assert {one.code for one in refused.value.failures} == {"case.not_asked"}
    steps.do(cast, case, "ask", filing.Asking(what="extend", words="鉴定未回，建议延长"))
    case = steps.do(cast, case, "extend", more, "regulator")
    with pytest.raises(Refused):
        engine.perform("case", "extend", case.no, more, actor=cast.actor("regulator"))
    for deed, said in (
        (
            "transfer",
            deciding.Transfer(kind="crime", receiver="公安分局", reasons="涉嫌犯罪", materials="案卷"),
        ),
        ("preserve", investigation.Preservation(goods="台账｜1本", reasons="可能灭失", storage="就地")),
    ):
        with pytest.raises(Refused) as refused:
            engine.perform("case", deed, case.no, said, actor=cast.actor("regulator"))
        assert "case.not_asked" in {one.code for one in refused.value.failures}


def test_new_officers_take_over_what_is_being_executed(cast: steps.Cast) -> None:
    """An officer who left must not keep a case from its end."""
    case = steps.settled(cast)
    given = filing.Officers(first=cast.person("third"), second=cast.person("partner"), reason="工作调动")
    case = steps.do(cast, case, "change_officers", given, "regulator")
    steps.do(cast, case, "ask", filing.Asking(what="conclude", words="罚款已缴清，建议结案"), "third")
    done = executing.Conclusion(execution="已缴清")
    assert steps.do(cast, case, "conclude", done, "regulator").state == "concluded"


def test_what_a_replaced_officer_asked_for_is_approved_no_more(cast: steps.Cast) -> None:
    """回避: the form must not print the opinion of somebody who had to keep away."""
    case = steps.settled(cast)
    steps.do(cast, case, "ask", filing.Asking(what="conclude", words="建议结案"))
    given = filing.Officers(first=cast.person("third"), second=cast.person("partner"), reason="应当回避")
    case = steps.do(cast, case, "change_officers", given, "regulator")
    with pytest.raises(Refused) as refused:
        done = executing.Conclusion(execution="已缴清")
        engine.perform("case", "conclude", case.no, done, actor=cast.actor("regulator"))
    assert "case.not_asked" in {one.code for one in refused.value.failures}


def test_who_reviewed_the_proposal_takes_no_part_in_the_investigation_later(cast: steps.Cast) -> None:
    case = steps.settled(cast)
    reviewer = case.hands["review_proposal"]
    given = filing.Officers(first=reviewer, second=cast.person("partner"), reason="工作调动")
    with pytest.raises(Refused) as refused:
        engine.perform("case", "change_officers", case.no, given, actor=cast.actor("regulator"))
    assert "case.officer_reviewed" in {one.code for one in refused.value.failures}
