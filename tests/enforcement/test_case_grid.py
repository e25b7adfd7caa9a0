"""Deed × state and deed × person, written by hand beside the declaration; figures; pages; two at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.enforcement.access import access_case, visible_cases
from bihuan.capabilities.enforcement.inputs import executing, filing
from bihuan.capabilities.enforcement.loop import CASE
from bihuan.capabilities.enforcement.states import CaseState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.figures import answers
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.loops.permits import hand_failures
from bihuan.kernel.policies import values as policies
from bihuan.kernel.web.workbench.held import wanted_of
from bihuan.registers.instruments.shelf import instruments_of
from tests.enforcement import steps
from tests.hazards.steps import reported
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db
BEFORE = ("investigating", "reviewing", "notified", "hearing", "heard")
AFTER = ("decided", "executing", "concluded", "archived")
CONTESTED = ("executing", "concluded", "archived")
SPEAKING = ("notified", "executing")
BUREAU = {"officer", "partner", "third", "regulator", "regulator_two", "lawyer"}
TWO = {"officer", "partner"}
HEAD = {"regulator"}
EVERYBODY = (
    "officer", "partner", "third", "regulator", "regulator_two", "lawyer", "office", "leader", "builder", "clerk_east",
    "grid", "expert", "principal", "safety", "auditor", "system_admin",
)  # fmt: skip

TRUTH: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "approve_opening": (("proposed",), HEAD),
    "refuse_opening": (("proposed",), HEAD),
    "record_interview": (("investigating",), TWO),
    "examine_scene": (("investigating",), TWO),
    "appraise": (("investigating",), TWO),
    "preserve": (("investigating",), HEAD),
    "dispose_preserved": (BEFORE, HEAD),
    "add_evidence": (BEFORE, TWO),
    "assess_violation": (("investigating", "reviewing"), TWO),
    "drop_violation": (("investigating", "reviewing"), TWO),
    "change_officers": ((*BEFORE, "executing", "transferred"), HEAD),
    "extend": (BEFORE, HEAD),
    "suspend": (BEFORE, HEAD),
    "resume": (BEFORE, TWO | HEAD),
    "conclude_investigation": (("investigating",), TWO),
    "propose": (("reviewing",), TWO),
    "review_proposal": (("reviewing",), BUREAU),
    "approve_proposal": (("reviewing",), HEAD),
    "legal_review": (("reviewing", "notified", "heard", "executing"), BUREAU),
    "discuss": (("reviewing", "notified", "heard", "executing"), HEAD),
    "notify": (("reviewing",), TWO),
    "serve_notice": (SPEAKING, TWO),
    "hear_statement": (SPEAKING, TWO),
    "waive": (SPEAKING, TWO),
    "request_hearing": (SPEAKING, BUREAU),
    "call_daily_hearing": (("executing",), BUREAU),
    "serve_hearing_notice": (("hearing", "executing"), BUREAU),
    "change_hearing": (("hearing", "executing"), HEAD),
    "conclude_daily_hearing": (("executing",), {"lawyer"}),
    "review_hearing": (("heard", "executing"), HEAD),
    "call_hearing": (("notified",), BUREAU),
    "conclude_hearing": (("hearing",), {"lawyer"}),
    "decide": (("notified", "heard"), HEAD),
    "decide_no_penalty": (("reviewing", "notified", "heard"), HEAD),
    "return_for_investigation": (("reviewing", "notified", "heard"), HEAD),
    "serve": (("decided",), TWO),
    "transfer": (("investigating", "reviewing", "notified", "heard"), HEAD),
    "acknowledge": (("transferred",), BUREAU),
    "note_outcome": (("transferred",), BUREAU),
    "take_back": (("transferred",), HEAD),
    "ask": ((*BEFORE, "executing", "transferred"), TWO),
    "withdraw": (("investigating", "reviewing"), HEAD),
    "pay": (("executing",), BUREAU),
    "carry_out": (("executing",), BUREAU),
    "defer": (("executing",), HEAD),
    "press": (("executing",), TWO),
    "add_fine": (("executing",), HEAD),
    "waive_additional": (("executing",), HEAD),
    "announce_daily": (("executing",), TWO),
    "punish_daily": (("executing",), HEAD),
    "drop_daily": (("executing",), HEAD),
    "serve_daily": (("executing",), TWO),
    "demand": (("executing",), TWO),
    "serve_demand": (("executing",), TWO),
    "apply_court": (("executing",), HEAD),
    "note_court": (("executing",), BUREAU),
    "begin_remedy": (CONTESTED, BUREAU),
    "end_remedy": (CONTESTED, BUREAU),
    "take_back_decision": (CONTESTED, HEAD),
    "begin_again": (CONTESTED, HEAD),
    "approve_refund": (CONTESTED, HEAD),
    "pay_back": (CONTESTED, BUREAU),
    "supplement": (("archived",), BUREAU),
    "publish": (AFTER, BUREAU),
    "unpublish": (AFTER, BUREAU),
    "invite": ((*BEFORE, "executing"), HEAD),
    "note_overdue": ((*BEFORE, "executing"), set()),
    "decline_linkage": ((*BEFORE, "executing"), HEAD),
    "settle_part": ((*BEFORE, "executing"), {"builder"}),
    "conclude": (("executing", "transferred"), HEAD),
    "archive": (("concluded", "withdrawn"), BUREAU),
}


@pytest.fixture
def cast(world: World) -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(world)


def test_every_deed_is_in_the_grid() -> None:
    assert {deed.name for deed in CASE.deeds} == set(TRUTH)


@pytest.mark.parametrize("deed", sorted(TRUTH))
def test_each_deed_leaves_the_states_as_written(deed: str) -> None:
    wanted = set(TRUTH[deed][0])
    assert {state.value for state in CaseState if CASE.deed(deed).leaves(state)} == wanted


def test_each_deed_belongs_to_the_persons_as_written(cast: steps.Cast) -> None:
    case = steps.investigating(cast)
    case.hearing = {"presider": cast.person("lawyer")}
    case.partners = [cast.world.builders.pk]
    for name, (_, wanted) in TRUTH.items():
        deed = CASE.deed(name)
        allowed = {who for who in EVERYBODY if not hand_failures(deed, case, cast.actor(who))}
        assert allowed == wanted, name


def test_who_sees_a_case(cast: steps.Cast) -> None:
    case = steps.investigating(cast)
    for who in ("officer", "regulator", "lawyer", "office", "leader"):
        assert access_case(cast.actor(who), case.no).no == case.no
    for who in (
        "principal", "safety", "grid", "expert", "builder", "clerk_east", "clerk_west", "auditor", "system_admin",
    ):  # fmt: skip
        with pytest.raises(Absent):
            access_case(cast.actor(who), case.no)
    assert visible_cases(cast.actor("principal")).count() == 0


def test_a_town_reads_that_there_is_a_case_and_nothing_of_the_file(cast: steps.Cast, sign_in: SignIn) -> None:
    case = steps.executing(cast, proposing=steps.proposal(suspension=True))
    person = steps.executing(
        cast,
        steps.assessment(clause="wsl-94-p-first"),
        party_kind="person",
        party="欧阳小明",
        cause="未履行职责",
    )
    client = sign_in("clerk_east")
    page = client.get("/cases/nearby/").content.decode()
    for words in (case.no, "东湖纺织有限公司", "责令停产停业整顿（请督促执行）", "执行中", person.no):
        assert words in page
    file = (case.brief, case.violations[0]["facts"], "欧阳小明", case.officers[0]["name"], "50,000")
    assert not [words for words in file if words in page]
    papers = instruments_of([case.uid])
    closed = [
        f"/cases/{case.no}/",
        f"/api/v1/cases/{case.no}",
        *(f"/instruments/{one.uid}/" for one in papers),
    ]
    assert {client.get(address).status_code for address in closed} <= {401, 404}
    assert case.no not in client.get("/cases/?tab=all").content.decode()
    shown = client.get(f"/enterprises/{cast.world.factory.uid}/").content.decode()
    assert case.no in shown
    assert f"/cases/{case.no}/" not in shown
    type(case).objects.filter(pk=case.pk).update(source="tip_off", origin="370403-Q2026-000007")
    assert "370403-Q2026-000007" not in client.get("/cases/nearby/").content.decode()
    assert case.no not in sign_in("clerk_west").get("/cases/nearby/").content.decode()
    assert sign_in("officer").get("/cases/nearby/").status_code == 403


def test_an_archive_lies_on_the_desk_of_who_investigated_and_a_hearing_on_nobodys_unasked(
    cast: steps.Cast,
) -> None:
    def desk(who: str) -> set[tuple[str, str]]:
        return {(one.matter.no, one.label) for one in wanted_of(cast.actor(who))}

    over, told = steps.concluded(cast), steps.told(cast, object=cast.world.factory.uid)
    assert (over.no, "归档") in desk("officer") & desk("partner")
    for who in ("third", "lawyer"):
        assert desk(who) == set(), "nobody else's desk is filled with what the two have in hand"
    steps.requested(cast, told)
    assert (told.no, "组织听证") in desk("lawyer")


@pytest.mark.parametrize("who", ["regulator", "officer"])
def test_the_desk_asks_the_database_the_same_however_many_cases_wait(cast: steps.Cast, who: str) -> None:
    def asked() -> int:
        actor = cast.actor(who)
        with CaptureQueriesContext(connection) as statements:
            assert wanted_of(actor)
        return len(statements)

    def more() -> None:
        steps.proposed(cast)
        steps.requested(cast, steps.told(cast))
        steps.decided(cast)

    more()
    few = asked()
    more()
    more()
    assert asked() == few


def test_the_second_of_two_is_told_that_somebody_was_faster(cast: steps.Cast) -> None:
    case = steps.proposed(cast)
    engine.perform(
        "case",
        "approve_opening",
        case.no,
        filing.Approval(),
        actor=cast.actor("regulator"),
        version=case.version,
    )
    with pytest.raises((Stale, Refused)):
        engine.perform(
            "case",
            "refuse_opening",
            case.no,
            filing.Reason(reason="不成立"),
            actor=cast.actor("regulator"),
            version=case.version,
        )
    assert steps.fresh(case).state == "investigating"


def test_the_same_key_pays_once(cast: steps.Cast) -> None:
    case = steps.executing(cast)
    given = executing.Payment(paid_on=clock.today(), amount=1_000_000, what="fine", receipt="票1")
    for _ in range(2):
        engine.perform("case", "pay", case.no, given, actor=cast.actor("officer"), key="once")
    assert steps.fresh(case).paid_fen == 1_000_000
    assert len(steps.fresh(case).account["payments"]) == 1


def test_figures_count_each_event_by_its_own_day_and_equal_the_plain_count(cast: steps.Cast) -> None:
    steps.concluded(cast)
    steps.executing(cast, object=cast.world.factory.uid)
    steps.do(cast, steps.investigating(cast), "withdraw", filing.Reason(reason="不成立"), "regulator")
    period = Period.parse("2026H1")
    names = [
        "cases.opened", "cases.concluded", "cases.pending", "cases.punished", "cases.fines_decided", "cases.fines_collected",
    ]  # fmt: skip
    day = clock.today()
    told = {name: value.amount for name, value in answers.values(names, period, day).items()}
    again = {name: value.amount for name, value in answers.recounted(names, period, day).items()}
    assert told == again
    assert (told["cases.opened"], told["cases.concluded"], told["cases.pending"]) == (2, 1, 1)
    assert told["cases.fines_collected"] < told["cases.fines_decided"]
    before = answers.values(names, period, day - timedelta(days=1))
    assert {value.amount for value in before.values()} == {0}


def test_list_page_forms_and_rules_are_there(cast: steps.Cast, sign_in: SignIn) -> None:
    case = steps.told(cast)
    client: Client = sign_in("officer")
    for address in (
        "/cases/", "/cases/?tab=all&q=培训", f"/cases/{case.no}/", "/cases/new/file/", "/cases/new/punish-on-the-spot/",
        "/cases/rules/", f"/cases/{case.no}/hear-statement/", "/figures/?of=cases", "/figures/?of=case_decisions",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
    page = client.get(f"/cases/{case.no}/").content.decode()
    for words in ("办案期限", "违法行为1", "听证申请期限", "行政处罚告知书", "待核对"):
        assert words in page
    rules = client.get("/cases/rules/").content.decode()
    assert "待核对" in rules
    assert "《危险化学品安全法》" in rules


def test_the_list_costs_the_same_however_many_there_are(cast: steps.Cast, sign_in: SignIn) -> None:
    client = sign_in("officer")

    def statements() -> int:
        """The fewer of two: what a page keeps for some seconds may be asked anew in one of them."""
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                assert client.get("/cases/?tab=all").status_code == 200
            counts.append(len(asked))
        return min(counts)

    steps.proposed(cast)
    statements()
    few = statements()
    for _ in range(3):
        steps.proposed(cast)
    assert statements() == few


def test_a_case_knows_what_it_came_out_of_and_that_shows_the_case(cast: steps.Cast, sign_in: SignIn) -> None:
    hazard = reported(cast.world)
    client = sign_in("officer")
    assert (
        f"/cases/new/file/?origin={hazard.no}&amp;source=hazard"
        in client.get(f"/hazards/{hazard.no}/").content.decode()
    )
    case = steps.proposed(cast, source="hazard", origin=hazard.no)
    assert case.linked == [hazard.uid]
    for address in (f"/hazards/{hazard.no}/", f"/enterprises/{cast.world.factory.uid}/"):
        assert case.no in client.get(address).content.decode()
    assert case.no not in sign_in("principal").get(f"/hazards/{hazard.no}/").content.decode()
    with pytest.raises(Refused) as refusal:
        steps.proposed(cast, source="hazard", origin="370403-H2026-999999")
    assert refusal.value.failures[0].code == "case.origin_unknown"


def test_minor_documents_are_written_by_form_from_the_cases_own_rows(
    cast: steps.Cast, sign_in: SignIn
) -> None:
    case = steps.investigating(cast)
    client = sign_in("officer")
    form = client.get(f"/instruments/new/cases/{case.no}/sampling_receipt/")
    assert form.status_code == 200
    page = form.content.decode()
    assert case.party in page
    assert "云执00001" in page
    assert client.get(f"/instruments/new/cases/{case.no}/penalty_decision_entity/").status_code == 404


def test_a_form_sent_twice_writes_one_document(cast: steps.Cast, sign_in: SignIn) -> None:
    case = steps.investigating(cast)
    client, address = sign_in("officer"), f"/instruments/new/cases/{case.no}/sampling_receipt/"
    found = client.get(address).context["form"].initial
    key = client.get(address).context["key"]
    typed = {name: value for name, value in found.items() if value is not None} | {
        "key": key, "issued_on": "2026-03-02", "sampled_at": "2026-03-02T09:00", "place": "一车间", "samples": "液压油",
        "method": "随机抽取",
    }  # fmt: skip
    answers = [client.post(address, typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302], answers[0].content.decode()[-2000:]
    assert answers[0]["Location"] == answers[1]["Location"] == f"/instruments/{key}/"
    assert instruments_of([case.uid]).filter(kind="sampling_receipt").count() == 1
    taken = client.post(address, typed | {"key": str(case.uid)})
    assert taken.status_code == 422
    assert "标识已被使用" in taken.content.decode()


def test_a_case_against_an_unregistered_party_climbs_any_ladder(cast: steps.Cast) -> None:
    ladder = [
        {"after_days": 1, "level": level, "action": "notify"} for level in ("territorial", "sector", "office")
    ]
    policies.set_policy(
        "case.escalation", ladder, effective_from=clock.today(), actor=cast.actor("office"), basis="工作制度"
    )
    case = steps.proposed(cast, object=None, party="无名作坊", town=cast.world.west.pk)
    with clock.frozen(steps.MORNING + timedelta(days=20)):
        policies.forget_recent()
        climb_all()
    told = Escalation.objects.filter(matter=case.uid).order_by("level").values_list("holder", flat=True)
    assert list(told) == ["lead", "lead", "office"]
