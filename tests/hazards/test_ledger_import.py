"""Ledgers into the system: previewed, all or nothing, twice, a month later, with a user's rights, and back as errors."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bihuan.capabilities.hazards.ledger import identity, known
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.figures import checking
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.record import entries_of
from bihuan.kernel.territory.models import Region, Standing
from bihuan.kernel.workbooks import batches, importers, importing, storing
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch
from bihuan.registers.credit_code import make
from tests.hazards.ledgers import HEAD, book, line
from tests.world import World, build_world

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
SYSTEM = Actor.system("import")
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.frozen(datetime(2023, 7, 10, 9, tzinfo=clock.SHANGHAI)):
        yield


def _import(path: Path, actor: Actor = SYSTEM, **how: Any) -> dict[str, Any]:
    return importing.run("hazards", path, actor, **how)[1]


def _ledger(path: Path, *rows: list[Any]) -> Path:
    return book(path, ["2023年1-6月隐患台账"], HEAD, *rows)


def _counts(answer: dict[str, Any]) -> tuple[int, int, int, int, int]:
    return (
        answer["accepted"],
        len(answer["rejected"]),
        answer["already_there"],
        answer["advanced"],
        len(answer["conflicts"]),
    )


def test_a_ledger_becomes_hazards_with_what_it_claims(world: World, tmp_path: Path) -> None:
    rows = [
        line(序号=1, 完成日期="2023-03-10", 验收日期="2023-03-12", 验收人="王五"),
        line(序号=2, 隐患描述="二", 完成日期="2023-03-10"),
        line(序号=3, 隐患描述="三", 等级="重大"),
        line(序号=4, 隐患描述="四", 整改期限=None),
    ]
    answer = _import(_ledger(tmp_path / "a.xlsx", *rows))
    assert _counts(answer) == (4, 0, 0, 0, 0)
    assert answer["new_enterprises"] == 1
    states = dict(Hazard.objects.values_list("description", "state"))
    assert states == {
        "安全出口堵塞": "closed",
        "二": "awaiting_acceptance",
        "三": "rectifying",
        "四": "reported",
    }
    closed = Hazard.objects.get(description="安全出口堵塞")
    assert (closed.accepted_on, closed.accepted_by, closed.accepted_claimed) == (
        date(2023, 3, 12),
        "王五",
        True,
    )
    assert (closed.claimed, closed.funds_planned_fen, closed.source) == (True, 500_000, "routine")
    (entry,) = entries_of(closed.uid)
    assert (entry.verb, entry.actor_name) == ("claim_from_ledger", "系统（导入）")
    enterprise = SupervisedObject.objects.get(name="东湖纺织有限公司", standing=Standing.PENDING)
    assert closed.object_id == enterprise.uid
    assert closed.region_path == world.east.path


def test_one_wrong_row_keeps_all_out_unless_partial(world: World, tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx", line(序号=1), line(序号=2, 行业="航天发射", 隐患描述="二"))
    answer = _import(path)
    assert (_counts(answer), answer["written"], Hazard.objects.count()) == ((1, 1, 0, 0, 0), False, 0)
    (rejected,) = answer["rejected"]
    assert {name: rejected[name] for name in ("row", "no", "column", "value", "code")} == {
        "row": 4,
        "no": "2",
        "column": "行业",
        "value": "航天发射",
        "code": "hazard.unknown_sector",
    }
    partial = _import(path, partial=True)
    assert (_counts(partial), partial["written"], Hazard.objects.count()) == ((1, 1, 0, 0, 0), True, 1)


def test_a_preview_writes_nothing(world: World, tmp_path: Path) -> None:
    before = (Region.objects.count(), SupervisedObject.objects.count())
    answer = _import(_ledger(tmp_path / "a.xlsx", line(镇街="新设镇")), dry_run=True)
    assert (_counts(answer), answer["new_enterprises"], answer["written"]) == ((1, 0, 0, 0, 0), 1, False)
    assert (Region.objects.count(), SupervisedObject.objects.count(), Hazard.objects.count()) == (*before, 0)


def test_progress_in_words_is_taken_beside_a_fact_that_differs_and_the_fact_is_shown_again(
    world: World, tmp_path: Path
) -> None:
    _import(_ledger(tmp_path / "a.xlsx", line()))
    path = _ledger(tmp_path / "b.xlsx", line(完成日期="已完成", 检查人="李雷"))
    answer = _import(path)
    assert _counts(answer) == (0, 0, 0, 1, 1)
    assert Hazard.objects.get().state == "awaiting_acceptance"
    again = _import(path)
    assert _counts(again) == (0, 0, 0, 0, 1)
    assert (again["conflicts"][0]["here"], again["conflicts"][0]["sheet"]) == ("张三", "李雷")


def test_a_difference_ends_when_the_system_says_the_same(world: World, tmp_path: Path) -> None:
    """An extension that was granted meanwhile is what the sheet is compared with, and what the page shows of it."""
    _import(_ledger(tmp_path / "a.xlsx", line()))
    row = Hazard.objects.get()
    (here,) = known.find([[bytes(row.row_key or b"")]]).values()
    assert here.live == {
        "found_by": "张三", "rectifier": "李四", "measures": "清理", "funds": "500000", "rectify_by": "2023-03-15",
    }  # fmt: skip
    sheet, live = {**here.facts, "rectify_by": "2023-04-15"}, {**here.live, "rectify_by": "2023-04-15"}
    assert identity.compare(here.facts, sheet, live).outcome is identity.Outcome.SAME
    (shown,) = identity.compare(here.facts, {**sheet, "rectify_by": "2023-04-10"}, live).differences
    assert (shown.here, shown.sheet) == ("2023-04-15", "2023-04-10")


def test_a_number_that_may_have_lost_its_nought_is_said_in_the_preview(world: World, tmp_path: Path) -> None:
    rows = [line(序号=n, 隐患描述=f"隐患{n}", 发现日期=5.2, 整改期限=6.4) for n in (1, 2)]
    path = _ledger(tmp_path / "a.xlsx", *rows, line(序号=3, 发现日期="5.2", 整改期限=None))
    assert _import(path, dry_run=True)["accepted"] == 3
    (sheet,) = ImportBatch.objects.get().summary["sheets"]
    (said,) = [one for one in sheet["said"] if "数字" in one]
    assert said.startswith("『发现日期』有 2 处是数字（第 3、4 行），按月和日读：5.2 按5月2日计。")
    assert "要是5月20日，请写成日期再报" in said


def test_characters_that_the_database_cannot_hold_are_left_out(world: World, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", ["2023年1-6月_x0000_隐患台账"], [*HEAD, "说_x0000_明"],
        [*line(隐患描述="安全_x0000_出口_x0008_堵塞", 检查人="_x0000_"), "_x0000_"],
        ["合计_x0000_"],
    )  # fmt: skip
    assert _import(path, dry_run=True)["accepted"] == 1
    assert _import(path)["written"]
    hazard = Hazard.objects.get()
    assert (hazard.description, hazard.found_by) == ("安全 出口 堵塞", "")


def test_money_stays_planned_and_spent_though_a_later_ledger_leaves_it_blank(
    world: World, tmp_path: Path
) -> None:
    _import(_ledger(tmp_path / "a.xlsx", line()))
    later = line(完成日期="已完成")
    later[HEAD.index("资金（万元）")] = None
    assert _import(_ledger(tmp_path / "b.xlsx", later))["advanced"] == 1
    hazard = Hazard.objects.get()
    assert (hazard.funds_planned_fen, hazard.funds_spent_fen) == (500_000, 500_000)
    assert checking.check().ok


def test_the_same_ledger_twice_adds_nothing(world: World, tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx", line(序号=1), line(序号=2))
    assert _counts(_import(path)) == (2, 0, 0, 0, 0)
    assert _counts(_import(path)) == (0, 0, 2, 0, 0)
    assert Hazard.objects.count() == 2


def test_a_month_later_only_the_news_are_taken(world: World, tmp_path: Path) -> None:
    rows = [line(序号=number, 隐患描述=f"隐患{number}") for number in range(1, 5)]
    _import(_ledger(tmp_path / "a.xlsx", *rows))
    later = [
        line(序号=1, 隐患描述="隐患1", 完成日期="2023-03-10", 验收日期="2023-03-12", 验收人="王五"),
        line(序号=2, 隐患描述="隐患2", 完成日期="2023-03-10"),
        line(序号=3, 隐患描述="隐患3", 等级="重大"),
        line(序号=4, 隐患描述="隐患4"),
        line(序号=5, 隐患描述="隐患5"),
    ]
    path = _ledger(tmp_path / "b.xlsx", *later)
    answer = _import(path)
    assert _counts(answer) == (1, 0, 1, 2, 1)
    (conflict,) = answer["conflicts"]
    assert (conflict["row"], conflict["column"], conflict["here"], conflict["sheet"]) == (
        5,
        "等级",
        "一般",
        "重大",
    )
    states = dict(Hazard.objects.values_list("description", "state"))
    assert (states["隐患1"], states["隐患2"]) == ("closed", "awaiting_acceptance")
    assert Hazard.objects.get(description="隐患3").grade == "general"
    again = _import(path)
    assert _counts(again) == (0, 0, 4, 0, 1)
    verbs = [entry.verb for entry in entries_of(Hazard.objects.get(description="隐患1").uid)]
    assert verbs == ["claim_from_ledger", "claim_accepted"]


def test_a_claim_never_overrides_a_step_taken_here(world: World, tmp_path: Path) -> None:
    _import(_ledger(tmp_path / "a.xlsx", line()))
    hazard = Hazard.objects.get()
    Hazard.objects.filter(pk=hazard.pk).update(hands={"assign": 1})
    answer = _import(_ledger(tmp_path / "b.xlsx", line(完成日期="2023-03-10", 验收日期="2023-03-12")))
    hazard.refresh_from_db()
    assert (_counts(answer), hazard.state, hazard.accepted_on) == (
        (0, 0, 0, 1, 0),
        HazardState.RECTIFYING,
        None,
    )
    assert [entry.verb for entry in entries_of(hazard.uid)][-1] == "note_claim"


def test_a_code_added_later_does_not_make_a_new_hazard(world: World, tmp_path: Path) -> None:
    _import(_ledger(tmp_path / "a.xlsx", line(企业名称=world.factory.name, 信用代码=None)))
    answer = _import(
        _ledger(tmp_path / "b.xlsx", line(企业名称=world.factory.name, 信用代码=world.factory.credit_code))
    )
    assert _counts(answer) == (0, 0, 1, 0, 0)


def test_rights_are_asked_row_by_row(world: World, tmp_path: Path) -> None:
    path = _ledger(
        tmp_path / "a.xlsx", line(序号=1), line(序号=2, 镇街="西岭街道", 企业名称="西岭商场", 信用代码=None)
    )
    east = actor_of(world.user("clerk_east"), origin="import")
    answer = _import(path, east)
    assert [(one["no"], one["code"]) for one in answer["rejected"]] == [("2", "hazard.out_of_reach")]
    assert _counts(_import(path, east, partial=True)) == (1, 1, 0, 0, 0)
    assert Hazard.objects.get().region_path == world.east.path


def test_a_town_clerk_need_not_write_the_town(world: World, tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx", line(镇街=None))
    answer = _import(path, actor_of(world.user("clerk_west"), origin="import"))
    assert _counts(answer) == (1, 0, 0, 0, 0)
    assert Hazard.objects.get().region_path == world.west.path
    nobodys = _import(
        _ledger(tmp_path / "b.xlsx", line(镇街=None, 隐患描述="二", 企业名称="某店", 信用代码=None))
    )
    assert [one["code"] for one in nobodys["rejected"]] == ["hazard.no_town"]
    assert "只凭名称会认错同名企业" in nobodys["rejected"][0]["reason"]


def test_a_person_importing_leaves_a_claim_that_later_ledgers_advance(world: World, tmp_path: Path) -> None:
    clerk = actor_of(world.user("clerk_east"), origin="import")
    _import(_ledger(tmp_path / "a.xlsx", line()), clerk)
    answer = _import(_ledger(tmp_path / "b.xlsx", line(完成日期="2023-03-10", 验收日期="2023-03-12")), clerk)
    assert _counts(answer) == (0, 0, 0, 1, 0)
    assert Hazard.objects.get().state == HazardState.CLOSED


def test_page_and_worker_go_the_same_way(world: World, tmp_path: Path) -> None:
    clerk = actor_of(world.user("clerk_east"), origin="import")
    content = _ledger(tmp_path / "a.xlsx", line()).read_bytes()
    batch = batches.receive("hazards", "六月 台账.xlsx", [content], clerk)
    with pytest.raises(Refused, match="待确认"):
        importing.confirm(batch, partial=False)
    importing.read(batch, batches.actor_behind(batch))
    assert (batch.status, batch.result["accepted"]) == (BatchStatus.PREVIEW, 1)
    assert batch.summary["sheets"][0]["heading_row"] == 2
    importing.apply(importing.confirm(batch, partial=False), batches.actor_behind(batch))
    done = ImportBatch.objects.get(pk=batch.pk)
    assert (done.status, done.uploaded_by, Hazard.objects.get().batch) == (
        BatchStatus.DONE,
        clerk.name,
        batch.pk,
    )
    again = importing.apply(done, clerk)
    assert (again.status, Hazard.objects.count()) == (BatchStatus.DONE, 1)
    assert storing.progress(batch.pk)["phase"] == ""
    assert storing.book_path(batch.pk).read_bytes() == content
    with pytest.raises(Absent):
        batches.access_batch(actor_of(world.user("clerk_west")), batch.pk)


def test_a_workbook_that_cannot_be_read_says_why(world: World, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("企业,隐患")
    with pytest.raises(Refused, match="另存为"):
        _import(tmp_path / "a.xlsx")
    assert ImportBatch.objects.get().status == BatchStatus.FAILED


def test_the_sheet_comes_back_with_its_errors(world: World, tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx", line(序号=1), line(序号=2, 发现日期="2023-13-41"))
    batch, _ = importing.run("hazards", path, SYSTEM)
    sheet = openpyxl.load_workbook(io.BytesIO(batches.errors_book(batch))).active
    assert sheet.cell(2, len(HEAD) + 1).value == "错误"
    assert sheet.cell(3, len(HEAD) + 1).value is None
    assert "『发现日期』2023-13-41 不是日期" in sheet.cell(4, len(HEAD) + 1).value


def test_the_template_can_be_filled_in_and_imported(world: World, tmp_path: Path) -> None:
    importers.write_template("hazards", tmp_path / "a.xlsx")
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = made["隐患台账"]
    headings = [cell.value for cell in sheet[1]]
    values = {
        "序号": 1,
        "企业名称": "东湖造纸厂",
        "统一社会信用代码": make("91370403MA3TE5T02"),
        "属地镇街": "东湖镇",
        "行业领域": "工贸",
        "隐患描述": "电线老化",
        "隐患等级": "一般",
        "排查来源": "企业自查",
        "发现日期": date(2023, 5, 1),
        "整改资金（万元）": 1.5,
    }
    for place, heading in enumerate(headings, 1):
        sheet.cell(3, place).value = values.get(heading)
    made.save(tmp_path / "a.xlsx")
    assert _counts(_import(tmp_path / "a.xlsx")) == (1, 0, 0, 0, 0)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample ledgers are not beside this checkout")
def test_the_samples_import_twice_and_a_month_later(world: World) -> None:
    with clock.frozen(datetime(2024, 1, 5, 9, tzinfo=clock.SHANGHAI)):
        for name in ("clean", "fire", "street", "gongmao"):
            path = SAMPLES / f"hazards-{name}.xlsx"
            truth = json.loads(path.with_suffix(".json").read_text())
            first = _import(path, partial=True)
            assert (first["accepted"], len(first["rejected"])) == (
                len(truth["accepted"]),
                len(truth["rejected"]),
            )
            again = _import(path, partial=True)
            assert _counts(again) == (0, len(truth["rejected"]), len(truth["accepted"]), 0, 0)
        path = SAMPLES / "hazards-gongmao-later.xlsx"
        truth = json.loads(path.with_suffix(".json").read_text())
        later = _import(path, partial=True)
        expected = truth["again"]
        assert (later["accepted"], later["advanced"], later["already_there"]) == (
            expected["accepted"],
            expected["advanced"],
            expected["already_there"],
        )
        assert [conflict["no"] for conflict in later["conflicts"]] == [str(expected["conflict_no"])]


def test_a_unit_whose_only_row_is_turned_away_is_not_counted_and_not_entered(
    world: World, tmp_path: Path
) -> None:
    ledger = _ledger(
        tmp_path / "a.xlsx",
        line(序号=1, 企业名称="新光木器厂", 信用代码=None, 隐患描述="长" * 2001),
        line(序号=2, 企业名称="永丰粮油店", 信用代码=None),
    )
    assert _import(ledger, dry_run=True)["new_enterprises"] == 1
    taken = _import(ledger, partial=True)
    assert (taken["accepted"], taken["new_enterprises"], len(taken["rejected"])) == (1, 1, 1)
    assert not SupervisedObject.objects.filter(name="新光木器厂").exists()
    assert SupervisedObject.objects.get(name="永丰粮油店").standing == Standing.PENDING


def test_what_a_row_says_now_is_remembered_by_the_deed_that_takes_it(world: World, tmp_path: Path) -> None:
    _import(_ledger(tmp_path / "a.xlsx", line(措施=None)))
    assert _import(_ledger(tmp_path / "b.xlsx", line(措施="加装围栏")))["advanced"] == 1
    hazard = Hazard.objects.get()
    assert hazard.row_facts is not None
    assert hazard.row_facts["measures"] == "加装围栏"
    assert [entry.verb for entry in entries_of(hazard.uid)] == ["claim_from_ledger", "note_claim"]
    assert _import(_ledger(tmp_path / "c.xlsx", line(措施="加装围栏")))["already_there"] == 1
