"""期限与规则: read by all they bind, set by the head of the committee office, on the record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.kernel.policies import trail
from bihuan.kernel.policies.declarations import declarations
from bihuan.kernel.policies.models import Policy
from bihuan.kernel.policies.values import value
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
DAYS = "hazard.rectify_days"


def day(ahead: int = 0) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


def asked(**changes: Any) -> dict[str, Any]:
    return {"value": "20", "effective_from": day(1), "basis": "区安委办〔2026〕3号", **changes}


@pytest.mark.parametrize("who", ["office", "clerk_east", "safety", "grid", "leader", "system_admin"])
def test_everybody_reads_all_rules_with_range_and_basis(sign_in: SignIn, who: str) -> None:
    page = sign_in(who).get("/policies/").content.decode()
    listed = declarations(clock.today())
    assert len(listed) > 20
    for declared in listed:
        assert f'href="/policies/{declared.key}/"' in page
        assert declared.label in page
    assert "1—90" in page
    assert "待核对" in page


def test_the_head_of_the_office_sets_a_rule_from_a_day_on(sign_in: SignIn) -> None:
    client = sign_in("office")
    assert "设定" in client.get(f"/policies/{DAYS}/").content.decode()
    answer = client.post(f"/policies/{DAYS}/set/", asked())
    assert (answer.status_code, answer["Location"]) == (302, f"/policies/{DAYS}/")
    today = clock.today()
    assert [value(DAYS, today + timedelta(days=ahead)).value for ahead in (0, 1)] == [15, 20]
    (entry,) = trail.history(DAYS)
    assert (entry.payload["value"], entry.payload["former"], entry.actor_post) == (
        20,
        15,
        "区安委办 安委办主任",
    )
    shown = client.get(f"/policies/{DAYS}/").content.decode()
    assert "20" in shown
    assert "区安委办〔2026〕3号" in shown
    assert "起改为" in client.get("/policies/").content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "91"}, "不得超过90日"),
        ({"value": "0"}, "不得少于1日"),
        ({"value": "很多"}, "请填写整数"),
        ({"effective_from": day(-1)}, "不能从过去的日期起算"),
        ({"basis": " "}, "请填写「理由」"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_changes(
    sign_in: SignIn, changes: dict[str, str], words: str
) -> None:
    answer = sign_in("office").post(f"/policies/{DAYS}/set/", asked(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Policy.objects.exists()


@pytest.mark.parametrize("who", ["office_two", "clerk_east", "leader", "system_admin", "safety"])
def test_nobody_else_sets_one(sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    assert client.get(f"/policies/{DAYS}/").status_code == 200
    assert client.get(f"/policies/{DAYS}/set/").status_code in (403, 422)
    assert client.post(f"/policies/{DAYS}/set/", asked()).status_code in (403, 422)
    assert not Policy.objects.exists()


def test_a_rule_nobody_declared_is_not_there(sign_in: SignIn) -> None:
    client = sign_in("office")
    assert [client.get(f"/policies/none.such/{end}").status_code for end in ("", "set/")] == [404, 404]


def test_a_ladder_is_set_as_a_table(sign_in: SignIn) -> None:
    client, key = sign_in("office"), "hazard.escalation"
    form = client.get(f"/policies/{key}/set/").content.decode()
    assert form.count('name="days_') == 8
    rungs = {
        "days_0": "2", "level_0": "enterprise", "action_0": "notify",
        "days_1": "5", "level_1": "office", "action_1": "reassign",
    }  # fmt: skip
    said = {"effective_from": day(), "basis": "第二次全会"}
    wrong = client.post(f"/policies/{key}/set/", {**rungs, **said, "days_0": "9"})
    assert wrong.status_code == 422
    assert "由少到多" in wrong.content.decode()
    moved = client.post(f"/policies/{key}/set/", {**rungs, **said, "level_1": "leader"})
    assert "只能移交给" in moved.content.decode()
    assert client.post(f"/policies/{key}/set/", {**rungs, **said}).status_code == 302
    assert value(key, clock.today()).value == [
        {"after_days": 2, "level": "enterprise", "action": "notify"},
        {"after_days": 5, "level": "office", "action": "reassign"},
    ]
    assert "移交办理" in client.get(f"/policies/{key}/").content.decode()


def test_the_auditor_reads_it_in_the_record(sign_in: SignIn) -> None:
    sign_in("office").post(f"/policies/{DAYS}/set/", asked())
    page = sign_in("auditor").get("/record/", {"q": f"policy/{DAYS}"}).content.decode()
    assert "设定期限和规则" in page
