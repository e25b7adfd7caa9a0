"""A district's own checklists: written before they take effect, never after; the workbook and the paper alike."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.kernel.documents import to_html
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.workbooks.importing import run
from bihuan.registers.checklists import keeping, trail
from bihuan.registers.checklists.catalogue import Line
from bihuan.registers.checklists.loading import load_checklists
from bihuan.registers.checklists.models import Checklist, ChecklistVersion
from bihuan.registers.checklists.papers import paper_of
from bihuan.registers.checklists.reading import current, items_of
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
LINE = Line(
    "L-001",
    "用气",
    "可燃气体报警装置",
    "看位置，按测试键",
    "没有安装或者不能正常使用",
    "《安全生产法》第三十六条",
)


@pytest.fixture
def world() -> World:
    made = build_world()
    load_checklists()
    return made


def _codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refusal.value.failures]


def test_the_districts_own_version_goes_first_on_its_days_and_the_former_stays(world: World) -> None:
    today = clock.today()
    shipped = current("fire", today)
    made = keeping.begin_version(
        shipped.checklist, today + timedelta(days=10), "区消防专项方案", "K", [LINE], world.actor("office")
    )
    assert current("fire", today + timedelta(days=9)) == shipped
    assert current("fire", today + timedelta(days=10)) == made
    assert len(items_of(shipped)) == 24
    assert [entry.verb for entry in trail.history(shipped.checklist)] == ["version_begun"]


def test_a_version_is_written_on_only_before_it_takes_effect(world: World) -> None:
    actor, today = world.actor("office"), clock.today()
    list_ = Checklist.objects.get(code="fire")
    made = keeping.begin_version(list_, today + timedelta(days=1), "区方案", "K", [LINE], actor)
    before = made.digest
    keeping.put_item(made, "", Line(keeping.next_key(made), "疏散", "出口", "推门", "上锁"), actor)
    made.refresh_from_db()
    assert [item.key for item in items_of(made)] == ["L-001", "L-002"]
    assert made.digest != before
    ChecklistVersion.objects.filter(pk=made.pk).update(effective_from=today)
    with pytest.raises(Refused) as refusal:
        keeping.drop_item(made, "L-002", actor)
    assert _codes(refusal) == ["checklist.in_use"]
    with pytest.raises(Refused) as refusal:
        keeping.put_item(current("gongmao", today), "GM-03-01", LINE, actor)
    assert _codes(refusal) == ["checklist.shipped"]


def test_who_may_keep_a_list(world: World) -> None:
    fire, building = Checklist.objects.get(code="fire"), Checklist.objects.get(code="construction")
    assert keeping.may_keep(world.actor("office"), fire.sector)
    assert keeping.may_keep(world.actor("builder"), building.sector)
    for name in ("builder", "clerk_east", "principal", "officer"):
        with pytest.raises(Refused) as refusal:
            keeping.begin_version(fire, clock.today(), "x", "K", [LINE], world.actor(name))
        assert _codes(refusal) == ["checklist.not_yours"]


def test_what_a_version_lacks_is_told_at_once(world: World) -> None:
    fire = Checklist.objects.get(code="fire")
    past = clock.today() - timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        keeping.begin_version(fire, past, "x", "K", [Line("a", "", "", "", "")], world.actor("office"))
    assert _codes(refusal) == ["checklist.item_incomplete", "checklist.in_past"]


def test_ending_the_districts_version_brings_the_shipped_one_back(world: World) -> None:
    actor, today = world.actor("office"), clock.today()
    made = keeping.begin_version(Checklist.objects.get(code="fire"), today, "区方案", "K", [LINE], actor)
    keeping.end_version(made, today, "方案废止", actor)
    assert current("fire", today) == made
    assert current("fire", today + timedelta(days=1)).shipped


def _book(folder: Path, *rows: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        [
            "序号",
            "检查表名称",
            "行业领域",
            "启用日期",
            "来源文件",
            "类别",
            "检查内容",
            "检查方法",
            "违法情形",
            "检查依据",
        ]
    )
    for place, row in enumerate(rows, 1):
        sheet.append([place, *row])
    target = folder / "检查表.xlsx"
    book.save(target)
    return target


def test_a_workbook_is_one_version_a_list_and_the_same_again_is_none(world: World, tmp_path: Path) -> None:
    row = ("餐饮燃气检查表", "城镇燃气", "", "区方案", "用气", "报警装置", "按测试键", "不响", "")
    book = _book(tmp_path, row, ("餐饮燃气检查表", "", "", "", "用气", "连接管", "看", "老化", ""))
    _, answer = run("checklists", book, world.actor("office"))
    assert (answer["accepted"], answer["rejected"]) == (2, [])
    made = Checklist.objects.get(title="餐饮燃气检查表")
    assert [item.content for item in items_of(current(made.code, clock.today()))] == ["报警装置", "连接管"]
    _, again = run("checklists", book, world.actor("office"))
    assert (again["accepted"], again["already_there"]) == (0, 2)


def test_a_wrong_row_leaves_the_whole_list_out(world: World, tmp_path: Path) -> None:
    book = _book(tmp_path, ("甲表", "没有这个行业", "", "方案", "", "看门", "看", "锁", ""))
    _, answer = run("checklists", book, world.actor("office"))
    assert [one["code"] for one in answer["rejected"]] == ["checklist.unknown_sector"]
    assert not Checklist.objects.filter(title="甲表").exists()


def test_the_paper_is_the_same_for_everybody_and_carries_every_item_and_its_digest(world: World) -> None:
    version = current("confined_space", clock.today())
    paper = paper_of(version)
    assert paper == paper_of(ChecklistVersion.objects.get(pk=version.pk))
    text = to_html(paper)
    assert paper.digest == version.digest
    for item in items_of(version):
        assert item.content in text
        assert item.violation in text
    assert "（待核对）" in text


@pytest.mark.parametrize("name", ["principal", "officer", "clerk_west", "office"])
def test_pages_and_papers_are_open_to_whoever_has_business(world: World, client: Client, name: str) -> None:
    client.force_login(world.user(name))
    assert client.get("/checklists/").status_code == 200
    page = client.get("/checklists/gongmao/").content.decode()
    assert "★ 重大事故隐患判定项" in page
    assert "据二手材料" in page
    word = client.get("/checklists/belt_conveyor/1.docx")
    assert word.content[:2] == b"PK"
    assert client.get("/checklists/nothing/").status_code == 404
    assert client.get("/checklists/fire/9.pdf").status_code == 404


def test_pages_write_a_list_a_version_and_its_items(world: World, client: Client) -> None:
    client.force_login(world.user("office"))
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    item = {"content": "出口", "method": "推门", "violation": "锁闭", "mark": "K"}
    said = {"title": "网吧检查表", "sector": "", "since": tomorrow, "source": "区方案", **item}
    assert client.post("/checklists/new/", {**said, "since": "2020-01-01"}).status_code == 422
    made = client.post("/checklists/new/", said)
    assert made.headers["Location"] == "/checklists/local-1/?version=1"
    assert client.post("/checklists/local-1/1/items/new/", {**item, "content": "通道"}).status_code == 302
    assert client.post("/checklists/local-1/1/L-001/", {**item, "content": "安全出口"}).status_code == 302
    assert client.post("/checklists/local-1/1/L-002/drop/").status_code == 302
    page = client.get("/checklists/local-1/").content.decode()
    assert "安全出口" in page
    assert (
        client.post("/checklists/fire/versions/new/", {"since": tomorrow, "source": "区方案"}).status_code
        == 302
    )
    client.force_login(world.user("officer"))
    assert client.get("/checklists/new/").status_code == 403


def test_the_interface_tells_lists_and_items_of_a_day(world: World, client: Client) -> None:
    token = issue_token(world.user("officer"))
    bearer = {"Authorization": f"Bearer {token}"}
    listed = client.get("/api/v1/checklists?on=2026-11-20", headers=bearer).json()["items"]
    assert {one["code"] for one in listed} >= {"gongmao", "fire", "construction"}
    one = client.get("/api/v1/checklists/gongmao?on=2026-11-20", headers=bearer).json()
    assert (len(one["items"]), one["items"][0]["criterion"], one["mark"]) == (64, "GM-03-01", "V2")
    assert client.get("/api/v1/checklists/gongmao?on=2020-01-01", headers=bearer).status_code == 422
    assert client.get("/api/v1/checklists/none", headers=bearer).status_code == 404
