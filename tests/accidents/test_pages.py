"""Pages and interface: who is shown what, what is owed by unit, the year before, and the record a figure opens."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.accidents import inputs
from bihuan.kernel import clock
from bihuan.kernel.people.tokens import issue_token
from tests.accidents.steps import at, do, executing, investigating, reported, verified
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]


def test_the_clock_and_the_grade_stand_on_the_page(world: World, sign_in: SignIn) -> None:
    accident = reported(world, missing=3, reported_at=at("2026-11-10 03:20"))
    page = sign_in("clerk_east").get(f"/accidents/{accident.no}/").content.decode()
    for words in (
        "迟报 5 分钟",
        "2026-11-10 03:15",
        "失踪 3 人未计为死亡；如全部确认死亡，等级为较大",
        "均未达到较大事故",
        "报区政府办",
    ):
        assert words in page
    assert "建议立案：迟报" in page


def test_the_enterprise_reads_its_accident_and_not_the_investigation(world: World, sign_in: SignIn) -> None:
    accident = executing(world, reported_at=at("2026-11-10 03:20"))
    inside = sign_in("regulator").get(f"/accidents/{accident.no}/").content.decode()
    outside = sign_in("principal").get(f"/accidents/{accident.no}/").content.decode()
    for words in ("未停机清理", "罚款五十万元", "建议立案", "副区长赵某"):
        assert words in inside
        assert words not in outside
    assert "检修梳棉机时手臂被卷入" in outside
    token = issue_token(world.user("principal"))
    told = sign_in("principal").get(
        f"/api/v1/accidents/{accident.no}", headers={"Authorization": f"Bearer {token}"}
    )
    assert told.status_code == 200
    assert "未停机清理" not in json.dumps(told.json(), ensure_ascii=False)
    assert sign_in("principal").get("/accidents/statistics/").status_code == 403


def test_what_is_owed_stands_by_unit_the_late_first(world: World, sign_in: SignIn) -> None:
    accident = investigating(world)
    asked = "区住建局；施工许可；2026-11-30\n东湖纺织有限公司；培训档案；2026-11-18"
    do(world, accident, "request_documents", inputs.Requests(documents=asked))
    executing(world)
    page = sign_in("office").get("/accidents/outstanding/").content.decode()
    assert (
        page.index("培训档案")
        < page.index("施工许可")
        < page.index("加装联锁装置")
        < page.index("罚款五十万元")
    )
    assert "逾期 2 天" in page
    answer = sign_in("office").get("/accidents/outstanding/export.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = [row for row in book.active.iter_rows(values_only=True) if row[0] == "未提供的资料"]  # type: ignore[union-attr]
    assert [row[4] for row in rows] == [None, "逾期"] or [row[4] for row in rows] == ["", "逾期"]
    assert "培训档案" not in sign_in("clerk_west").get("/accidents/outstanding/").content.decode()


def test_the_statistics_open_what_they_count(world: World, sign_in: SignIn) -> None:
    accident = verified(world)
    client = sign_in("office")
    page = client.get("/accidents/statistics/?period=2026&as_of=2026-11-20").content.decode()
    assert "工矿商贸（含建筑施工）事故" in page
    href = "/figures/accidents.count/records/?period=2026&amp;as_of=2026-11-20"
    assert href in page
    opened = client.get(href.replace("&amp;", "&")).content.decode()
    assert accident.no in opened
    assert "核实" in opened
    assert accident.no not in sign_in("clerk_west").get(href.replace("&amp;", "&")).content.decode()
    assert client.get("/accidents/statistics/?branch=moon").status_code == 422
    own = sign_in("clerk_west").get("/accidents/statistics/?period=2026").content.decode()
    assert "尚无事故登记" not in own
    assert "/figures/accidents.count/records/" not in own


def test_a_list_costs_as_many_statements_for_ten_as_for_one(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")

    def statements() -> int:
        client.get("/accidents/")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get("/accidents/").status_code == 200
        return len(caught)

    reported(world)
    one = statements()
    for _ in range(5):
        reported(world)
    assert statements() == one


@pytest.mark.parametrize("by", ["clerk_east", "office", "leader"])
def test_taken_down_through_the_form_in_a_few_answers(world: World, sign_in: SignIn, by: str) -> None:
    client = sign_in(by)
    given = {
        "object": str(world.factory.uid), "occurred_at": "2026-11-20T07:10", "summary": "机械伤害，一人手臂受伤",
        "reported_at": "2026-11-20T07:55", "serious": "1", "key": f"k-{by}",
    }  # fmt: skip
    answer = client.post("/accidents/new/receive/", given)
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"]).content.decode()
    assert "尚未查明" in page
    assert clock.today().isoformat() in page
