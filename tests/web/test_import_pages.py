"""A ledger through the pages: dropped, understood, previewed, confirmed, and the same ledger once more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from lxml import html

from bihuan.capabilities.hazards.filing import LEDGER
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import declare, ensure
from bihuan.kernel.expectations.models import Expectation, Frequency, Standing
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.workbooks import annotating
from bihuan.kernel.workbooks.models import BatchStatus, HeadingSynonym, ImportBatch
from tests.hazards.ledgers import HEAD, line
from tests.web.conftest import SignIn
from tests.web.imports import cells, ledger, messy, taken, upload, work
from tests.world import World


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(datetime(2023, 7, 10, 9, tzinfo=clock.SHANGHAI)):
        yield


def words(page: object) -> str:
    """What a reader sees of the page's middle."""
    tree = html.document_fromstring(page.content.decode())  # type: ignore[attr-defined]
    texts = (re.sub(r"\s+", " ", text.strip()) for text in tree.xpath("//main//text()"))
    return " ".join(text for text in texts if text)


def confirm(client: object, batch: ImportBatch, mode: str = "all") -> None:
    assert client.post(f"/imports/{batch.pk}/confirm/", {"mode": mode}).status_code == 302  # type: ignore[attr-defined]
    work()
    batch.refresh_from_db()


def test_a_messy_ledger_is_previewed_and_its_good_rows_become_hazards(
    world: World, sign_in: SignIn, tmp_path: Path
) -> None:
    client = sign_in("clerk_east")
    answer = upload(client, messy(tmp_path))
    waiting = client.get(answer["Location"])
    assert "等待读取" in words(waiting)
    assert 'hx-get="/imports/' in waiting.content.decode()
    work()
    batch = ImportBatch.objects.get()
    preview = words(client.get(f"/imports/{batch.pk}/"))
    assert "新增 2" in preview
    assert "退回 2" in preview
    assert "『发现日期』2023-13-41" not in preview
    assert "航天发射 不是已知的行业领域" in preview
    assert "hazard.unknown_sector" in preview
    assert "跳过的行：空行 1" in preview
    assert "合计行 1" in preview
    assert "有 2 行退回，不能整份导入" in preview
    confirm(client, batch)
    assert (batch.status, Hazard.objects.count()) == (BatchStatus.PREVIEW, 0)
    confirm(client, batch, "partial")
    assert (batch.status, Hazard.objects.filter(batch=batch.pk).count()) == (BatchStatus.DONE, 2)
    done = client.get(f"/imports/{batch.pk}/")
    assert "打开这 2 条" in words(done)
    assert "核实 1 家新单位" in words(done)
    listed = words(client.get(f"/hazards/?tab=all&batch={batch.pk}"))
    assert "配电箱无盖板" in listed
    assert "上传" in listed
    assert client.get("/hazards/?batch=6ba7b810-9dad-41d1-80b4-00c04fd430c8").status_code == 422


def test_the_same_ledger_once_more_brings_nothing_new(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in("clerk_east")
    content = ledger(tmp_path, line(序号=1), line(序号=2, 隐患描述="二"))
    confirm(client, taken(client, content))
    again = taken(client, content)
    page = words(client.get(f"/imports/{again.pk}/"))
    assert "已有，不重复 2" in page
    assert "没有新增和变化，确认后只记下这次报送" in page
    confirm(client, again)
    assert (again.status, Hazard.objects.count(), again.result["accepted"]) == (BatchStatus.DONE, 2, 0)


def test_confirming_twice_does_it_once(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in("clerk_east")
    batch = taken(client, ledger(tmp_path, line()))
    for _ in range(2):
        client.post(f"/imports/{batch.pk}/confirm/", {"mode": "all"})
    assert work() == 1
    confirm(client, batch)
    assert (Hazard.objects.count(), ImportBatch.objects.get().status) == (1, BatchStatus.DONE)


def test_the_sheet_comes_back_with_its_errors(
    world: World, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("clerk_east")
    batch = taken(client, messy(tmp_path))
    answer = client.get(f"/imports/{batch.pk}/errors.xlsx")
    assert "%E9%94%99%E8%AF%AF" in answer["Content-Disposition"]
    sheet = cells(answer.content)
    assert sheet.cell(2, len(HEAD) + 1).value == "错误"
    assert "『行业』航天发射" in sheet.cell(6, len(HEAD) + 1).value
    monkeypatch.setattr(annotating, "MOST_KEPT_BYTES", 100)
    plain = cells(client.get(f"/imports/{batch.pk}/errors.xlsx").content)
    assert "『行业』航天发射" in plain.cell(6, len(HEAD) + 1).value
    clean = taken(client, ledger(tmp_path, line()))
    assert client.get(f"/imports/{clean.pk}/errors.xlsx").status_code == 404


def test_many_wrong_rows_are_turned_over_page_by_page(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in("clerk_east")
    rows = [line(序号=no, 隐患描述=f"第{no}条", 行业="航天发射") for no in range(1, 71)]
    batch = taken(client, ledger(tmp_path, *rows))
    address = f"/imports/{batch.pk}/"
    seen: list[str] = []
    while address:
        page = html.document_fromstring(client.get(address).content.decode())
        seen += [row.findtext("td[2]") for row in page.xpath("//*[@id='errors']//tbody/tr")]
        address = next(iter(page.xpath("//*[@id='errors']//a[@rel='next']/@href")), "").partition("#")[0]
    assert seen == [str(no) for no in range(1, 71)]
    assert "没有可以导入的新内容" in words(client.get(f"/imports/{batch.pk}/"))


def test_differing_facts_are_shown_for_decision_and_change_nothing(
    world: World, sign_in: SignIn, tmp_path: Path
) -> None:
    client = sign_in("clerk_east")
    confirm(client, taken(client, ledger(tmp_path, line())))
    hazard = Hazard.objects.get()
    batch = taken(client, ledger(tmp_path, line(等级="重大")))
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert f'href="/hazards/{hazard.no}/regrade/?grade=major"' in page
    form = client.get(f"/hazards/{hazard.no}/regrade/?grade=major").content.decode()
    assert re.search(r'value="major"[^>]*(checked|selected)', form)
    assert "一般" in page
    assert "重大" in page
    confirm(client, batch)
    hazard.refresh_from_db()
    assert hazard.grade == "general"


def test_an_unknown_heading_is_taught_once_and_the_sheet_read_again(
    world: World, sign_in: SignIn, tmp_path: Path
) -> None:
    head = ["存在处所" if name == "备注" else name for name in HEAD]
    content = ledger(tmp_path, [*line()[:-1], "二车间"], head=head)
    clerk = sign_in("clerk_east")
    mine = taken(clerk, content)
    assert "请安委办在“表头叫法”里添上" in words(clerk.get(f"/imports/{mine.pk}/"))
    assert clerk.post(f"/imports/{mine.pk}/headings/", {"heading_0": "place"}).status_code == 403
    office = sign_in("office")
    batch = taken(office, content)
    assert "『存在处所』" in words(office.get(f"/imports/{batch.pk}/"))
    refused = office.post(f"/imports/{batch.pk}/headings/", {"heading_0": "nonsense"})
    assert (refused.status_code, HeadingSynonym.objects.count()) == (422, 0)
    office.post(f"/imports/{batch.pk}/headings/", {"heading_0": "place"})
    assert work() == 1
    page = words(office.get(f"/imports/{batch.pk}/"))
    assert "认不出的表头" not in page
    confirm(office, ImportBatch.objects.get(pk=batch.pk))
    assert Hazard.objects.get().place == "二车间"
    clerk.post(f"/imports/{mine.pk}/again/")
    work()
    assert "已有，不重复 1" in words(clerk.get(f"/imports/{mine.pk}/"))


def test_headings_are_kept_by_the_office(world: World, sign_in: SignIn) -> None:
    office, clerk = sign_in("office"), sign_in("clerk_east")
    base = "/imports/headings/"
    given = {"heading": "毛病", "field": "description"}
    assert clerk.post(f"{base}new/?kind=hazards", given).status_code == 403
    assert office.post(f"{base}new/?kind=hazards", {**given, "heading": "长" * 30}).status_code == 422
    assert office.post(f"{base}new/?kind=hazards", given).status_code == 302
    taught = HeadingSynonym.objects.get()
    assert "毛病" in words(clerk.get(f"{base}?kind=hazards"))
    assert clerk.post(f"{base}{taught.pk}/forget/").status_code == 403
    assert "不再当作" in words(office.get(f"{base}{taught.pk}/forget/"))
    assert office.post(f"{base}{taught.pk}/forget/").status_code == 302
    assert not HeadingSynonym.objects.exists()


@pytest.fixture
def june(world: World) -> Period:
    period = Period.parse("2023-06")
    declare(LEDGER, "隐患排查治理台账", Frequency.MONTH, since=period.first)
    ensure(period)
    return period


def standing(unit: str, period: Period) -> Standing:
    found = Expectation.objects.get(holder__name=unit, period=period.label)
    return found.standing(clock.today())


def test_a_unit_that_sends_its_ledger_has_filed(
    world: World, june: Period, sign_in: SignIn, tmp_path: Path
) -> None:
    client = sign_in("clerk_east")
    batch = taken(client, ledger(tmp_path, line()))
    assert "确认后记为东湖镇人民政府报送了2023年6月的隐患台账" in words(client.get(f"/imports/{batch.pk}/"))
    assert not Expectation.objects.filter(met_at__isnull=False).exists()
    confirm(client, batch)
    assert "已记为东湖镇人民政府报送了2023年6月" in words(client.get(f"/imports/{batch.pk}/"))
    assert Expectation.objects.get(met_by=batch.pk).holder == world.east_government


def test_the_office_hands_in_for_a_unit_and_only_the_office(
    world: World, june: Period, sign_in: SignIn, tmp_path: Path
) -> None:
    unit = str(world.west_government.pk)
    row = line(镇街="西岭街道", 企业名称="西岭商场", 信用代码=None)
    office = sign_in("office")
    unnamed = taken(office, ledger(tmp_path, row))
    assert "没有选报送单位" in words(office.get(f"/imports/{unnamed.pk}/"))
    batch = taken(office, ledger(tmp_path, row), unit=unit, period="2023-06")
    confirm(office, batch)
    assert Expectation.objects.get(met_by=batch.pk).holder == world.west_government
    clerk = sign_in("clerk_east")
    other = taken(clerk, ledger(tmp_path, line()), unit=unit)
    assert "unit" not in other.choices
    refused = upload(office, ledger(tmp_path, row), period="2099-01")
    assert refused.status_code == 422
    assert "请从“报送月份”的列表中选择" in words(refused)


def test_the_source_of_a_sheet_without_one_is_chosen_beside_it(
    world: World, sign_in: SignIn, tmp_path: Path
) -> None:
    head = [name for name in HEAD if name != "来源"]
    client = sign_in("clerk_east")
    content = ledger(tmp_path, line(head), head=head)
    assert taken(client, content).result["rejected_rows"] == 1
    batch = taken(client, content, source="联合")
    assert batch.result["rejected_rows"] == 0
    assert "按您选的“联合”" in words(client.get(f"/imports/{batch.pk}/"))


def test_new_units_are_named_before_they_are_registered(
    world: World, sign_in: SignIn, tmp_path: Path
) -> None:
    client = sign_in("clerk_east")
    batch = taken(client, ledger(tmp_path, line(企业名称="新开的小店", 信用代码=None)))
    assert "新开的小店" in words(client.get(f"/imports/{batch.pk}/"))
    assert not SupervisedObject.objects.filter(name="新开的小店").exists()
