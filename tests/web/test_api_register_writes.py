"""The register over the API: the pages' rules and codes, versions, and one answer for one key."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Tenure
from bihuan.registers.credit_code import make
from tests.hazards.steps import reported
from tests.web.api_calls import Api
from tests.web.test_enterprise_pages import pending
from tests.world import World

CODE = make("91370403MA3C0DE0C")
FOUNDRY = {
    "name": "东湖铸造有限公司", "credit_code": CODE, "region": "东湖镇", "sector": "工贸", "staff_count": 86,
    "processes": "粉尘涉爆", "permit_name": "安全生产许可证", "permit_no": "A-1", "permit_until": "2024-02-29",
}  # fmt: skip


def test_an_enterprise_is_entered_read_and_corrected(world: World) -> None:
    clerk = Api(world, "clerk_east")
    made = clerk.post("/enterprises", FOUNDRY)
    assert (made.status, made.body["standing"]) == (201, "confirmed")
    one = clerk.get(f"/enterprises/{CODE}").body
    assert (one["facts"]["staff_count"], one["version"]) == ("86", made.body["version"])
    assert [(row["code"], row["lapsed"]) for row in one["details"] if row["kind"] in ("process", "permit")] == [
        ("work_safety", True), ("dust", False),
    ]  # fmt: skip
    change = {"principal_name": "程远", "reason": "年度核对", "version": one["version"]}
    changed = clerk.post(f"/enterprises/{CODE}/amend", change)
    assert (changed.status, changed.body["version"]) == (200, one["version"] + 1)
    after = clerk.get(f"/enterprises/{CODE}").body
    assert (after["facts"]["principal_name"], after["facts"]["staff_count"]) == ("程远", "86")
    assert clerk.post(f"/enterprises/{CODE}/amend", change).status == 409
    assert clerk.post(f"/enterprises/{CODE}/amend", {"reason": "无版本"}).codes == ["api.no_version"]


def test_refusals_carry_the_pages_codes(world: World) -> None:
    clerk = Api(world, "clerk_east")
    wrong = {
        **FOUNDRY,
        "credit_code": CODE[:-1] + ("0" if CODE[-1] != "0" else "1"),
        "sector": "航天",
        "staff_count": "多",
    }
    answer = clerk.post("/enterprises", wrong)
    assert answer.status == 422
    assert set(answer.codes) == {
        "enterprise.wrong_code",
        "enterprise.unknown_sector",
        "enterprise.wrong_staff",
    }
    assert clerk.post("/enterprises", {**FOUNDRY, "colour": "红"}).codes == ["api.unknown_field"]
    assert clerk.post("/enterprises", {**FOUNDRY, "name": ["甲"]}).codes == ["api.not_text"]
    assert clerk.post("/enterprises", {"kind": "spaceship"}).codes == ["object.unknown_kind"]
    assert Api(world, "clerk_west").post("/enterprises", FOUNDRY).codes == ["enterprise.not_yours"]
    assert Api(world, "safety").post("/enterprises", FOUNDRY).codes == ["enterprise.not_yours"]
    assert Api(world, "clerk_east", "read").post("/enterprises", FOUNDRY).codes == ["api.read_only"]
    assert not SupervisedObject.objects.filter(credit_code=CODE).exists()


def test_the_same_key_is_answered_once(world: World) -> None:
    clerk = Api(world, "clerk_east")
    first = clerk.post("/enterprises", FOUNDRY, key="k-1")
    again = clerk.post("/enterprises", FOUNDRY, key="k-1")
    assert (first.status, again.status, first.body) == (201, 200, again.body)
    other = clerk.post("/enterprises", {**FOUNDRY, "name": "别的"}, key="k-1")
    assert other.codes == ["loop.key_reused"]
    change = {"address": "工业路 1 号", "reason": "核对", "version": first.body["version"]}
    assert clerk.post(f"/enterprises/{CODE}/amend", change, key="k-2").status == 200
    assert clerk.post(f"/enterprises/{CODE}/amend", change, key="k-2").status == 200


def test_a_project_is_entered_and_corrected(world: World) -> None:
    office = Api(world, "office")
    said: dict[str, Any] = {
        "kind": "project", "name": "柳溪安置房", "region": "西岭街道", "sector": "建筑施工", "stage": "building",
        "floor_area": 12000, "responsible": world.factory.credit_code,
    }  # fmt: skip
    made = office.post("/enterprises", said)
    assert made.status == 201
    one = office.get(f"/enterprises/{made.body['uid']}").body
    assert (one["kind"], one["facts"]["stage"], one["facts"]["floor_area"]) == ("project", "在建", "12000")
    change = {"stage": "停工", "reason": "现场停工", "version": one["version"]}
    assert office.post(f"/enterprises/{made.body['uid']}/amend", change).status == 200
    assert office.get(f"/enterprises/{made.body['uid']}").body["facts"]["stage"] == "停工"
    assert office.post("/enterprises", {**said, "stage": "半拉子"}).codes == ["object.wrong_choice"]


def test_a_name_is_merged_and_the_merger_taken_back(world: World) -> None:
    one, clerk = pending(world), Api(world, "clerk_east")
    hazard = reported(world, object=one.uid)
    base = f"/enterprises/{one.uid}"
    merged = clerk.post(f"{base}/merge", {"into": world.factory.credit_code, "reason": "简称", "version": 0})
    assert (merged.status, merged.body["standing"]) == (200, "merged")
    assert Hazard.objects.get(pk=hazard.pk).object_id == world.factory.uid
    assert clerk.get(base).status == 404
    assert clerk.post(f"{base}/undo", {"reason": "两家", "version": 0}).status == 409
    assert Api(world, "clerk_west").post(f"{base}/undo", {"reason": "两家", "version": 1}).status == 404
    undone = clerk.post(f"{base}/undo", {"reason": "两家", "version": 1})
    assert (undone.status, undone.body["standing"]) == (200, "pending")
    assert Hazard.objects.get(pk=hazard.pk).object_id == one.uid
    assert clerk.post(f"{base}/reject", {"reason": "没有", "version": 2}).codes == ["standing.not_empty"]
    assert clerk.post(f"{base}/confirm", {"version": 2}).body["standing"] == "confirmed"
    assert clerk.post(f"{base}/dissolve", {"version": 3}).status == 404


def test_details_are_told_and_ended(world: World) -> None:
    clerk, base = Api(world, "clerk_east"), f"/enterprises/{world.factory.uid}"
    until = str(clock.today() + timedelta(days=30))
    said = {
        "kind": "insurance",
        "code": "liability",
        "name": "人保财险",
        "number": "P-9",
        "count": 86,
        "until": until,
    }
    assert clerk.post(f"{base}/details/new", said).status == 201
    assert clerk.post(f"{base}/details/new", said).codes == ["detail.already_there"]
    (row,) = clerk.get(base).body["details"]
    assert (row["label"], row["until"], row["lapsed"]) == ("安全生产责任保险", until, False)
    assert clerk.post(f"{base}/details/{row['id']}/end", {"reason": ""}).codes == ["detail.no_reason"]
    assert clerk.post(f"{base}/details/{row['id']}/end", {"reason": "退保"}).status == 200
    assert clerk.get(base).body["details"] == []


def test_the_chain_of_another_day(world: World) -> None:
    office, base = Api(world, "office"), f"/enterprises/{world.factory.uid}"
    Tenure.objects.filter(post__object=world.factory.uid, post__role="principal").update(
        until=date(2024, 1, 1)
    )
    then = office.get(base, on="2023-12-31").body
    assert (then["on"], then["responsibility"][0]["name"] is not None) == ("2023-12-31", True)
    assert office.get(base).body["responsibility"][0]["name"] is None


@pytest.mark.parametrize("operation", ["register_enterprise", "amend_enterprise", "decide_enterprise"])
def test_the_document_names_them(world: World, operation: str) -> None:
    paths = Api(world, "office").get("/openapi.json").body["paths"]
    assert operation in {deed.get("operationId") for item in paths.values() for deed in item.values()}
