"""What the public sees of penalty decisions: in time, in force, and nothing beyond what is published (M137)."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.enforcement.disclosure import terms
from bihuan.capabilities.enforcement.disclosure.masking import mask_name, scrub
from bihuan.capabilities.enforcement.disclosure.published import publishable, waiting
from bihuan.capabilities.enforcement.disclosure.views import public
from bihuan.capabilities.enforcement.inputs import executing
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.policies.values import forget_recent
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.web.open_doors import REMEMBERED, Ceiling
from tests.enforcement import steps
from tests.enforcement.steps import Cast
from tests.web.conftest import SignIn
from tests.world import World

YEAR = Period.parse("2026")


@pytest.fixture
def cast(world: World) -> Cast:
    return steps.cast(world)


@pytest.fixture(autouse=True)
def fresh_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    public.CEILING._seen.clear()


def publish(cast: Cast, case: Case, on: date | None = None) -> Case:
    given = executing.Publication(published_on=on or clock.today(), where="区政府网站")
    return steps.do(cast, case, "publish", given)


def withdraw(cast: Cast, case: Case) -> Case:
    given = executing.Withdrawal(withdrawn_on=clock.today(), reason="复议决定撤销")
    return steps.do(cast, case, "unpublish", given)


def revoke(cast: Cast, case: Case, result: str = "revoked", **more: Any) -> Case:
    today = clock.today()
    steps.do(
        cast, case, "begin_remedy", executing.Remedy(kind="review", begun_on=today, organ="薛河区人民政府")
    )
    return steps.do(
        cast,
        case,
        "end_remedy",
        executing.RemedyResult(ended_on=today, result=result, words="事实不清", **more),
    )


def shown(**query: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(Client().get("/disclosure/decisions.json", query).content)
    return told


def of_person(cast: Cast, **changes: Any) -> Case:
    """A case against a natural person, with everything about him that the public must not see."""
    given = {
        "object": None, "party_kind": "person", "party": "欧阳小明", "party_code": "370403198001011234",
        "phone": "13906321234", "party_address": "薛河区东湖镇张庄村12号", "town": cast.world.east.pk,
        "cause": "欧阳小明违章指挥（电话13906321234）", **changes,
    }  # fmt: skip
    from tests.enforcement.steps import assessment

    return steps.executing(cast, assessment(clause=_personal_clause(), amount=None), **given)


def _personal_clause() -> str:
    """A clause whose subject is a person in charge, whichever the catalogue carries."""
    from bihuan.registers.law import penalties

    found = [one for one in penalties.clauses() if one.subject != "entity" and one.maximum_fen <= 5_000_000]
    return found[0].id


def test_the_public_sees_a_decision_once_it_is_published(cast: Cast) -> None:
    case = steps.executing(cast)
    assert shown() == {"demo": False, "total": 0, "decisions": [], "next": ""}
    case = publish(cast, case)
    told = shown()
    assert told["total"] == 1
    [one] = told["decisions"]
    assert set(one) == {
        "number", "organ", "party", "violation", "basis", "penalties", "amount_yuan", "decided_on", "published_on",
    }  # fmt: skip
    assert one["party"] == "东湖纺织有限公司"
    assert one["organ"] == "薛河区应急管理局"
    assert "应急罚〔" in one["number"]
    assert one["basis"] == [case.violations[0]["basis"]]
    assert (one["penalties"], one["amount_yuan"]) == (["罚款"], f"{case.fine_fen // 100}")
    page = Client().get("/disclosure/").content.decode()
    assert one["number"] in page
    assert "东湖纺织有限公司" in page
    assert entries_of(case.uid)[-1].verb == "publish"


def test_nothing_of_a_person_leaves_the_house(cast: Cast) -> None:
    case = publish(cast, of_person(cast))
    for address in (
        "/disclosure/",
        "/disclosure/decisions.json",
        "/disclosure/?q=小明",
        "/disclosure/?q=370403198001011234",
    ):
        text = Client().get(address).content.decode()
        for secret in (
            "欧阳小明", "小明违章", "370403198001011234", "13906321234", "张庄村12号", case.no, str(case.uid),
            *(str(one["name"]) for one in case.officers), *(str(one["certificate"]) for one in case.officers),
            case.brief, str(case.violations[0]["facts"]),
        ):  # fmt: skip
            found = secret in text.replace('value="小明"', "").replace('value="370403198001011234"', "").replace(
                "符合“370403198001011234”", ""
            )  # fmt: skip
            assert not found, (address, secret)
    assert shown()["decisions"][0]["party"] == "欧阳某某"
    assert shown(q="欧阳")["total"] == 0, "a search must not tell whether a person is among them"
    assert shown(q="违章指挥")["total"] == 0


def test_a_search_finds_what_the_page_shows_and_not_what_it_masks(cast: Cast) -> None:
    """Or whoever guesses reads a number digit by digit, and learns which unit a name belongs to."""
    told = {"cause": "主要负责人王小明（电话13906321234）未履行教育和培训职责", "principal": "王小明"}
    publish(cast, steps.executing(cast, **told))
    assert shown()["decisions"][0]["violation"] == "主要负责人王某某（电话＊＊＊）未履行教育和培训职责"
    for masked in ("小明", "王小明", "1390", "13906321234", "3"):
        assert shown(q=masked)["total"] == 0, masked
    for printed in ("教育和培训", "东湖纺织"):
        assert shown(q=printed)["total"] == 1, printed


def test_names_and_numbers_are_masked() -> None:
    assert [mask_name(name) for name in ("张三", "王小明", "欧阳修", "欧阳", "买买提·阿里", "John", "")] == [
        "张某", "王某某", "欧阳某", "欧某", "买买提·某", "J**", "",
    ]  # fmt: skip
    text = "张三（身份证号37040319800101123X，电话0632-5112233）违章"
    assert scrub(text, ["张三"]) == "张某（身份证号＊＊＊，电话＊＊＊）违章"
    assert scrub("鲁应急罚〔2026〕3号，2026年9月", []) == "鲁应急罚〔2026〕3号，2026年9月"


def test_seven_working_days_over_a_holiday(cast: Cast) -> None:
    decided = date(2026, 9, 28)
    with clock.frozen(steps.at(decided)):
        case = steps.decided(cast)
    due = terms.publish_by(case).due
    assert due == date(2026, 10, 13), "two days, the holiday, Thursday, Friday, a Saturday worked, two days"


def test_seven_working_days_hold_on_the_day_and_not_after(cast: Cast) -> None:
    decided = date(2026, 3, 2)
    with clock.frozen(steps.at(decided)):
        first, second = steps.executing(cast), steps.executing(cast, acted_on=decided - timedelta(days=20))
    due = date(2026, 3, 11)
    assert terms.publish_by(first).due == due
    office = cast.actor("office")
    with clock.frozen(steps.at(due)):
        assert not any(one.late(clock.today()) for one in terms.unpublished(office))
        first = publish(cast, first)
    with clock.frozen(steps.at(due + timedelta(days=1))):
        [left] = terms.unpublished(office)
        assert (left.case.pk, left.late(clock.today())) == (second.pk, True)
        second = publish(cast, second)
    assert (terms.in_time(first), terms.in_time(second)) == (True, False)


def test_what_was_revoked_is_gone_at_once_and_to_be_withdrawn_in_three_days(cast: Cast) -> None:
    day = date(2026, 3, 2)
    with clock.frozen(steps.at(day)):
        case = publish(cast, steps.executing(cast))
        assert shown()["total"] == 1
        case = revoke(cast, case)
        assert shown()["total"] == 0
        [owed] = terms.to_withdraw(cast.actor("office"))
        assert owed.deadline.due == date(2026, 3, 5)
        case = withdraw(cast, case)
        assert terms.to_withdraw(cast.actor("office")) == []
    assert [entry.verb for entry in entries_of(case.uid)][-1] == "unpublish"


def test_what_was_changed_is_withdrawn_and_published_anew(cast: Cast) -> None:
    day = date(2026, 3, 2)
    with clock.frozen(steps.at(day)):
        case = publish(cast, steps.executing(cast))
        case = revoke(cast, case, "changed", fine=100_000)
        [owed] = terms.to_withdraw(cast.actor("office"))
        case = withdraw(cast, owed.case)
        assert shown()["total"] == 0
        [left] = terms.unpublished(cast.actor("office"))
        assert left.deadline.due == date(2026, 3, 11)
        case = publish(cast, case)
        assert shown()["decisions"][0]["amount_yuan"] == "1000"
        assert terms.to_withdraw(cast.actor("office")) == []
        assert terms.unpublished(cast.actor("office")) == []
        assert terms.in_time(case)


def test_the_public_count_is_the_internal_count(cast: Cast) -> None:
    made = [steps.executing(cast) for _ in range(3)]
    for case in made[:2]:
        publish(cast, case)
    gone = publish(cast, steps.executing(cast))
    withdraw(cast, revoke(cast, gone))
    office, today = cast.actor("office"), clock.today()
    due = Case.objects.filter(publishable()).count()
    left = Case.objects.filter(waiting()).count()
    assert (due, left) == (3, 1)
    assert shown()["total"] == terms.published_count(office) == due - left == 2
    period = Period.parse(str(today.year))
    told = answers.values(["disclosure.due", "disclosure.published"], period, today)
    assert {name: one.value for name, one in told.items()} == {"disclosure.due": 3, "disclosure.published": 2}
    plain = answers.recounted(["disclosure.due", "disclosure.published"], period, today)
    assert {name: one.value for name, one in plain.items()} == {
        "disclosure.due": 3,
        "disclosure.published": 2,
    }


def test_pages_turn_and_search_finds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        publish(cast, steps.executing(cast))
    monkeypatch.setattr("bihuan.kernel.web.paging.SIZE", 2)
    monkeypatch.setattr(type(public.NEWEST).page, "__defaults__", (2,))
    first = shown()
    assert (len(first["decisions"]), first["total"]) == (2, 3)
    assert len(shown(cursor=first["next"])["decisions"]) == 1
    assert shown(q="东湖纺织")["total"] == 3
    assert shown(q="教育和培训")["total"] == 3
    assert shown(q="不存在的企业")["total"] == 0
    assert shown(year=str(clock.today().year))["total"] == 3
    assert Client().get("/disclosure/?year=abc").status_code == 422
    assert Client().get("/disclosure/?cursor=zzz").status_code == 422


def test_the_page_is_safe_for_everybody(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.get("/disclosure/?q=<script>alert(1)</script>")
    assert "<script>alert" not in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "Set-Cookie" not in answer
    assert client.post("/disclosure/").status_code in (403, 405)
    assert not re.search(r"\d{17}[\dX]", answer.content.decode())


def test_search_engines_are_let_in_when_the_district_says_so(cast: Cast) -> None:
    from bihuan.kernel.policies.values import set_policy

    set_policy(
        "disclosure.indexed", "yes", effective_from=clock.today(), actor=cast.actor("office"), basis="区府办通知"
    )  # fmt: skip
    assert "X-Robots-Tag" not in Client().get("/disclosure/").headers


def test_so_many_requests_a_minute_and_no_more() -> None:
    now = [0.0]
    ceiling = Ceiling(3, lambda: now[0])
    assert [ceiling.wait("a") for _ in range(4)] == [0, 0, 0, 61]
    assert ceiling.wait("b") == 0
    now[0] = 60.5
    assert ceiling.wait("a") == 0
    for place in range(REMEMBERED + 10):
        ceiling.wait(str(place))
    assert len(ceiling._seen) == REMEMBERED


def test_the_ceiling_answers_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public.CEILING, "per_minute", 2)
    answers_given = [Client().get("/disclosure/") for _ in range(3)]
    assert [one.status_code for one in answers_given] == [200, 200, 429]
    assert int(answers_given[-1]["Retry-After"]) > 0


def test_as_many_statements_for_many(cast: Cast) -> None:
    def statements() -> int:
        forget_recent()
        with CaptureQueriesContext(connection) as caught:
            assert Client().get("/disclosure/").status_code == 200
        return len(caught)

    publish(cast, steps.executing(cast))
    statements()
    one = statements()
    publish(cast, steps.executing(cast))
    publish(cast, steps.executing(cast))
    assert statements() == one


def test_the_inside_page_lists_what_is_owed(cast: Cast, sign_in: SignIn) -> None:
    waits = steps.executing(cast)
    publish(cast, steps.executing(cast))
    client = sign_in("officer")
    page = client.get("/cases/disclosure/").content.decode()
    assert f"/cases/{waits.no}/publish/" in page
    assert sign_in("principal").get("/cases/disclosure/").status_code == 403
