"""The registers on pages: what waits with its age, what a decision will do, other objects, dated papers, any day."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.territory.models import Region, RegionLevel, Sector, Standing
from bihuan.kernel.territory.trees import find_sector, plant
from bihuan.registers.enterprises.amending import amend_enterprise, stated
from bihuan.registers.enterprises.dated import Told, tell
from bihuan.registers.models import DatedDetail, Project, SectorWord, StandingDecision
from tests.hazards.steps import reported
from tests.web.conftest import SignIn
from tests.web.test_enterprise_pages import pending
from tests.world import World

PROJECT = {
    "name": "柳溪安置房二期", "region": "西岭街道", "sector": "建筑施工", "stage": "在建", "builder": "鲁南建工",
    "ends_on": "2025-06-30",
}  # fmt: skip


def told(answer: Any) -> str:
    """The words of a page, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode())).split())


def test_the_list_tells_age_source_and_what_hangs_on_it(world: World, sign_in: SignIn) -> None:
    one = pending(world)
    SupervisedObject.objects.filter(pk=one.pk).update(created_at=clock.now() - timedelta(days=40))
    reported(world, object=one.uid)
    page = told(sign_in("clerk_east").get("/enterprises/waiting/"))
    assert "东湖镇 6 月台账40隐患 1 条（未办结 1 条）" in page
    assert "东湖纺织" not in sign_in("clerk_west").get("/enterprises/waiting/").content.decode()
    assert sign_in("safety").get("/enterprises/waiting/").status_code == 403


def test_the_list_asks_as_often_for_many_as_for_one(world: World, sign_in: SignIn) -> None:
    client, asked = sign_in("office"), []
    client.get("/enterprises/waiting/")
    for count in (1, 40):
        for number in range(count):
            pending(world, f"待核{count}-{number}")
        with CaptureQueriesContext(connection) as seen:
            client.get("/enterprises/waiting/")
        asked.append(len(seen))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("deed", ["confirm", "merge", "reject"])
def test_before_the_decision_stands_what_it_will_do(world: World, sign_in: SignIn, deed: str) -> None:
    one = pending(world)
    reported(world, object=one.uid)
    page = told(sign_in("clerk_east").get(f"/enterprises/{one.uid}/{deed}/"))
    assert "办理之后" in page
    assert "隐患 1 条" in page


def test_a_merger_is_taken_back_on_its_page(world: World, sign_in: SignIn) -> None:
    one, client = pending(world), sign_in("clerk_east")
    hazard = reported(world, object=one.uid)
    given = {"into": str(world.factory.uid), "other": "", "reason": "简称"}
    client.post(f"/enterprises/{one.uid}/merge/", given)
    assert Hazard.objects.get(pk=hazard.pk).object_id == world.factory.uid
    made = StandingDecision.objects.get(kind="merged")
    page = told(client.get(f"/enterprises/decisions/{made.pk}/undo/"))
    assert "隐患 1 条" in page
    assert client.post(f"/enterprises/decisions/{made.pk}/undo/", {"reason": "两家"}).status_code == 302
    assert Hazard.objects.get(pk=hazard.pk).object_id == one.uid
    assert client.get(f"/enterprises/decisions/{made.pk}/undo/").status_code == 422
    assert sign_in("clerk_west").get(f"/enterprises/decisions/{made.pk}/undo/").status_code == 404


def test_what_has_hazards_is_not_turned_away_and_says_why(world: World, sign_in: SignIn) -> None:
    one, client = pending(world), sign_in("clerk_east")
    reported(world, object=one.uid)
    answer = client.post(f"/enterprises/{one.uid}/reject/", {"reason": "没有这家"})
    assert (answer.status_code, "不能不予登记" in answer.content.decode()) == (422, True)
    empty = pending(world, "示例企业")
    assert client.post(f"/enterprises/{empty.uid}/reject/", {"reason": "示例"}).status_code == 302
    assert client.get(f"/enterprises/{empty.uid}/").status_code == 404


def test_a_town_is_turned_away_only_when_empty(world: World, sign_in: SignIn) -> None:
    town = plant(Region, world.district, "示例镇", level=RegionLevel.TOWN, standing=Standing.PENDING)
    filed = draft_object("某厂", town, sector=find_sector("工贸"), named_by="9 月台账")
    filed.save()
    client = sign_in("office")
    assert "9 月台账" in told(client.get("/enterprises/towns/"))
    assert client.post(f"/enterprises/towns/{town.pk}/reject/", {"reason": "示例"}).status_code == 422
    filed.delete()
    assert client.post(f"/enterprises/towns/{town.pk}/reject/", {"reason": "示例"}).status_code == 302


def test_a_project_is_entered_found_corrected_and_taken_away(world: World, sign_in: SignIn) -> None:
    client = sign_in("clerk_west")
    wrong = client.post("/enterprises/objects/projects/new/", {**PROJECT, "floor_area": "很大"})
    assert (wrong.status_code, "应为数字" in wrong.content.decode()) == (422, True)
    made = client.post("/enterprises/objects/projects/new/", PROJECT)
    page = client.get(made["Location"]).content.decode()
    assert "鲁南建工" in page
    assert "2025-06-30 已过" in page
    for query in ({"q": "柳溪"}, {"sort": "building"}, {"late": "1"}, {"region": world.west.path}):
        assert "柳溪安置房二期" in client.get("/enterprises/objects/projects/", query).content.decode(), query
    assert (
        "柳溪安置房二期"
        not in client.get("/enterprises/objects/projects/", {"sort": "stopped"}).content.decode()
    )
    assert (
        "柳溪安置房二期" not in sign_in("clerk_east").get("/enterprises/objects/projects/").content.decode()
    )
    form = client.get(f"{made['Location']}amend/").content.decode()
    version = form.split('name="version"')[1].split('value="')[1].split('"')[0]
    change = {**PROJECT, "stage": "停工", "reason": "现场停工", "version": version}
    assert client.post(f"{made['Location']}amend/", change).status_code == 302
    assert Project.objects.get().stage == "stopped"
    assert "在建 → 停工" in told(client.get(made["Location"]))
    late = client.post(f"{made['Location']}amend/", {**change, "stage": "竣工"})
    assert (late.status_code, "已被他人处理" in late.content.decode()) == (409, True)
    assert Project.objects.get().stage == "stopped"
    sheet = client.get("/enterprises/objects/projects/export.xlsx")
    assert (sheet.status_code, sheet["X-Rows"], b"".join(sheet)[:2]) == (200, "1", b"PK")
    sheet.close()


def test_objects_are_entered_by_who_keeps_them(world: World, sign_in: SignIn) -> None:
    assert sign_in("safety").get("/enterprises/objects/projects/new/").status_code == 403
    answer = sign_in("clerk_east").post("/enterprises/objects/projects/new/", PROJECT)
    assert (answer.status_code, "不在您的登记权限内" in answer.content.decode()) == (422, True)
    assert sign_in("office").get("/enterprises/objects/spaceships/").status_code == 404
    for plural in ("projects", "buildings", "places", "facilities"):
        assert sign_in("office").get(f"/enterprises/objects/{plural}/new/").status_code == 200
        assert sign_in("office").get(f"/imports/templates/{plural}.xlsx").status_code == 200


def test_papers_are_told_marked_when_lapsed_and_ended(world: World, sign_in: SignIn) -> None:
    client, base = sign_in("clerk_east"), f"/enterprises/{world.factory.uid}/"
    given = {"code": "work_safety", "name": "省厅", "number": "A-1", "until": "2024-02-29"}
    assert client.post(f"{base}details/permit/", given).status_code == 302
    assert "已过期" in client.get(base).content.decode()
    assert "已过期" not in client.get(base, {"on": "2024-02-29"}).content.decode()
    row = DatedDetail.objects.get()
    assert client.post(f"{base}details/{row.pk}/end/", {"reason": "换证"}).status_code == 302
    assert "A-1" not in client.get(base).content.decode().split('id="dossier"')[1].split("留痕")[0]
    assert client.get(f"{base}details/{row.pk}/end/").status_code == 404
    assert client.get(f"{base}details/staff/").status_code == 404
    assert sign_in("safety").get(f"{base}details/permit/").status_code == 422
    assert sign_in("clerk_west").get(f"{base}details/permit/").status_code == 404


def test_the_chain_and_the_people_are_those_of_the_day(world: World, sign_in: SignIn) -> None:
    client, base = sign_in("office"), f"/enterprises/{world.factory.uid}/"
    held = Tenure.objects.get(post__object=world.factory.uid, post__role="principal")
    name = held.person.name
    assert name in client.get(base).content.decode()
    Tenure.objects.filter(pk=held.pk).update(until=date(2024, 1, 1))
    assert name in client.get(base, {"on": "2023-12-31"}).content.decode()
    assert name not in client.get(base, {"on": "2024-01-01"}).content.decode()
    assert client.get(base, {"on": "昨天"}).status_code == 422


def test_the_page_tells_what_is_open_and_late_and_who_changed_what(world: World, sign_in: SignIn) -> None:
    reported(world)
    said = replace(stated(world.factory), principal_name="程远")
    amend_enterprise(world.factory.uid, said, world.actor("clerk_east"), "年度核对")
    for who in ("office", "clerk_east", "safety"):
        page = sign_in(who).get(f"/enterprises/{world.factory.uid}/").content.decode()
        assert "未销号隐患" in page
        assert f"object={world.factory.uid}&amp;tab=open" in page
        assert "空 → 程远" in told(sign_in(who).get(f"/enterprises/{world.factory.uid}/"))
        assert "年度核对" in page


def test_the_tree_of_another_day(world: World, sign_in: SignIn) -> None:
    tobacco = Sector.objects.get(name="烟草")
    Sector.objects.filter(pk=tobacco.pk).update(until=date(2024, 1, 1))
    client = sign_in("clerk_east")
    assert "烟草" not in client.get("/enterprises/sectors/").content.decode()
    then = client.get("/enterprises/sectors/", {"on": "2023-12-31"}).content.decode()
    assert "今天已停用：烟草" in then
    assert client.get(f"/enterprises/sectors/{tobacco.code}/").status_code == 200
    assert client.get("/enterprises/sectors/nothing/").status_code == 404


def test_a_word_is_decided_on_its_page(world: World, sign_in: SignIn) -> None:
    moment = clock.now()
    word = SectorWord.objects.create(word="预制菜", name_key="预制菜", first_seen=moment, last_seen=moment)
    word.uses.create(batch=world.factory.uid, filename="十月台账.xlsx", uploaded_by="王C", rows=3, at=moment)
    client, trade = sign_in("office"), Sector.objects.get(name="工贸")
    page = client.get("/enterprises/sectors/waiting/").content.decode()
    assert "十月台账.xlsx（3 行，王C）" in page
    assert "预制菜" not in sign_in("regulator").get("/enterprises/sectors/waiting/").content.decode()
    base = f"/enterprises/sectors/waiting/{word.pk}/"
    assert client.post(f"{base}hand-over/", {"agency": world.bureau.pk}).status_code == 302
    regulator = sign_in("regulator")
    assert "预制菜" in regulator.get("/enterprises/sectors/waiting/").content.decode()
    assert regulator.post(f"{base}decide/", {"sector": trade.pk}).status_code == 302
    assert "预制菜" in client.get(f"/enterprises/sectors/{trade.code}/").content.decode()
    assert client.get(f"{base}decide/").status_code == 404
    drop = f"/enterprises/sectors/{trade.code}/words/{word.pk}/drop/"
    assert client.post(drop, {"reason": "误"}).status_code == 302
    assert sign_in("clerk_east").get("/enterprises/sectors/waiting/").status_code == 403


def test_enterprises_with_a_process_or_a_lapsed_paper_are_listed(world: World, sign_in: SignIn) -> None:
    tell(world.factory.uid, Told("process", "粉尘涉爆"), world.actor("office"))
    tell(world.factory.uid, Told("permit", "安全生产许可证", until="2024-02-29"), world.actor("office"))
    client = sign_in("office")
    for query in ({"process": "dust"}, {"lapsed": "1"}):
        page = client.get("/enterprises/", query).content.decode()
        assert "东湖纺织有限公司" in page
        assert "西岭安置房项目部" not in page
    assert "东湖纺织有限公司" not in client.get("/enterprises/", {"process": "ammonia"}).content.decode()
