"""Who may hand in what, whose batch it is, and what happens to files that are no workbooks."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.workbooks import guard
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch
from bihuan.registers.credit_code import make
from tests.hazards.ledgers import HEAD, book, line
from tests.web.conftest import SignIn
from tests.web.imports import cells, ledger, messy, taken, upload, work
from tests.web.test_import_pages import words
from tests.world import World

OFFERED = {
    "office": {"hazards", "enterprises"},
    "regulator": {"hazards", "enterprises"},
    "officer": {"hazards"},
    "clerk_east": {"hazards", "enterprises"},
    "system_admin": {"regions", "agencies", "people"},
    "security_admin": {"people"},
}
KINDS = ("hazards", "enterprises", "regions", "agencies", "people")


@pytest.mark.parametrize("name", OFFERED)
def test_each_post_is_offered_what_it_may_hand_in(world: World, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    assert client.get("/imports/").status_code == 200
    for kind in KINDS:
        expected = 200 if kind in OFFERED[name] else 404
        assert client.get(f"/imports/?kind={kind}").status_code == expected
        assert client.get(f"/imports/templates/{kind}.xlsx").status_code == expected
        assert upload(client, b"", kind=kind).status_code == (422 if kind in OFFERED[name] else 404)


@pytest.mark.parametrize("name", ["safety", "principal", "leader", "grid", "expert", "auditor"])
def test_others_are_offered_nothing(world: World, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    assert client.get("/imports/").status_code == 403
    assert upload(client, b"PK").status_code == 403
    assert "/imports/" not in client.get("/notices/").content.decode()


def test_a_stranger_is_led_to_the_door(world: World) -> None:
    answer = Client().get("/imports/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_the_token_is_asked_for_although_the_upload_is_weighed_first(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user("clerk_east"), backend="django.contrib.auth.backends.ModelBackend")
    assert upload(client, b"PK").status_code == 403
    token = client.get("/imports/").context["csrf_token"]
    assert upload(client, b"PK", csrfmiddlewaretoken=str(token)).status_code == 302


def test_somebody_elses_batch_does_not_exist(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    batch = taken(sign_in("clerk_east"), messy(tmp_path))
    for name in ("clerk_west", "office", "system_admin"):
        other = sign_in(name)
        for page in ("", "progress/", "errors.xlsx"):
            assert other.get(f"/imports/{batch.pk}/{page}").status_code == 404
        for deed in ("confirm/", "again/", "headings/"):
            assert other.post(f"/imports/{batch.pk}/{deed}", {"mode": "partial"}).status_code == 404
        assert batch.filename not in other.get("/imports/").content.decode()
    assert not Hazard.objects.exists()


def test_rows_out_of_reach_are_returned_one_by_one(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in("clerk_east")
    other = line(序号=2, 镇街="西岭街道", 企业名称="西岭商场", 信用代码=None)
    batch = taken(client, ledger(tmp_path, line(序号=1), other))
    assert "不在您的辖区或监管范围内" in words(client.get(f"/imports/{batch.pk}/"))
    client.post(f"/imports/{batch.pk}/confirm/", {"mode": "partial"})
    work()
    assert Hazard.objects.get().region_path == world.east.path


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (guard.RATIO_FROM + 1))
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said", "code"),
    [
        (bomb(), "像是压缩炸弹", "workbook.bomb"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页", "workbook.web_page"),
        ("企业,隐患".encode(), "这不是 Excel 工作簿", "workbook.not_a_workbook"),
        (b"PK\x03\x04" + b"\x00" * 200, "已损坏", "workbook.damaged"),
    ],
)
def test_a_hostile_file_is_refused_in_words(
    world: World, sign_in: SignIn, content: bytes, said: str, code: str
) -> None:
    client = sign_in("clerk_east")
    batch = taken(client, content)
    assert batch.status == BatchStatus.FAILED
    page = words(client.get(f"/imports/{batch.pk}/"))
    assert said in page
    assert code in page
    assert "系统里没有写入任何内容" in page
    assert "重新选择文件" in page


def test_a_file_over_the_limit_is_not_even_kept(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 200_000)
    client = sign_in("clerk_east")
    assert "不超过 50 MB" in words(client.get("/imports/"))
    answer = upload(client, b"PK\x03\x04" + bytes(300_000))
    assert answer.status_code == 422
    assert "文件超过 50 MB，没有收下" in words(answer)
    assert not ImportBatch.objects.exists()


def test_nothing_chosen_says_so(world: World, sign_in: SignIn) -> None:
    answer = sign_in("clerk_east").post("/imports/?kind=hazards", {})
    assert answer.status_code == 422
    assert "还没有选择文件" in words(answer)


def test_a_sheet_without_a_heading_can_be_taught_and_read_again(
    world: World, sign_in: SignIn, tmp_path: Path
) -> None:
    office = sign_in("office")
    head = ["毛病" if name == "隐患描述" else name for name in HEAD]
    row = line()
    batch = taken(office, ledger(tmp_path, row, head=head))
    page = words(office.get(f"/imports/{batch.pk}/"))
    assert "没有找到表头" in page
    assert "再读一次" in page
    office.post("/imports/headings/new/?kind=hazards", {"heading": "毛病", "field": "description"})
    office.post(f"/imports/{batch.pk}/again/")
    work()
    batch.refresh_from_db()
    assert (batch.status, batch.result["accepted"]) == (BatchStatus.PREVIEW, 1)


def test_work_that_broke_off_is_taken_up_again(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in("clerk_east")
    answer = upload(client, ledger(tmp_path, line()))
    address = answer["Location"]
    assert client.get(f"{address}progress/").headers.get("HX-Redirect") is None
    ProcrastinateJob.objects.filter(task_name="workbooks.read").update(status="failed")
    assert client.get(f"{address}progress/")["HX-Redirect"] == address
    assert Client().get(f"{address}progress/")["HX-Redirect"] == address
    assert "处理中断" in words(client.get(address))
    assert "再试一次" in words(client.get(address))
    client.post(f"{address}again/")
    assert work() == 1
    assert ImportBatch.objects.get().status == BatchStatus.PREVIEW
    assert client.get(f"{address}progress/")["HX-Redirect"] == address


def test_the_template_of_a_kind_is_a_workbook_to_fill_in(world: World, sign_in: SignIn) -> None:
    answer = sign_in("clerk_east").get("/imports/templates/hazards.xlsx")
    assert cells(answer.content).cell(1, 2).value == "企业名称"


def test_a_district_begins_with_its_regions(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    content = book(tmp_path / "r.xlsx", ["区划名称", "级别"], ["南山镇", "镇街"], ["北岭", "洲"]).read_bytes()
    client = sign_in("system_admin")
    batch = taken(client, content, kind="regions", name="区划.xlsx")
    page = words(client.get(f"/imports/{batch.pk}/"))
    assert "不是级别，请写" in page
    assert "与系统不一致" not in page
    client.post(f"/imports/{batch.pk}/confirm/", {"mode": "partial"})
    work()
    assert "接着导入单位" in words(client.get(f"/imports/{batch.pk}/"))


def test_enterprises_come_in_by_their_credit_code(world: World, sign_in: SignIn, tmp_path: Path) -> None:
    head = ["企业名称", "统一社会信用代码", "属地镇街", "行业领域"]
    good = ["东湖铸造厂", make("91370403MA3CARBT1"), "东湖镇", "工贸"]
    wrong = ["东湖铁厂", "91370403MA3CARBT1X", "东湖镇", "工贸"]
    content = book(tmp_path / "e.xlsx", head, good, wrong).read_bytes()
    client = sign_in("clerk_east")
    batch = taken(client, content, kind="enterprises", name="企业.xlsx")
    page = words(client.get(f"/imports/{batch.pk}/"))
    assert "将新增 1 家" in page
    assert "校验" in page
    assert "台账所载" not in page
    client.post(f"/imports/{batch.pk}/confirm/", {"mode": "partial"})
    work()
    assert SupervisedObject.objects.filter(name="东湖铸造厂", standing="confirmed").count() == 1


def test_a_large_upload_comes_through_a_real_file(world: World, sign_in: SignIn) -> None:
    client = sign_in("clerk_east")
    file = SimpleUploadedFile("大.xlsx", b"PK\x03\x04" + bytes(3 * 1024 * 1024))
    assert client.post("/imports/?kind=hazards", {"file": file}).status_code == 302
    assert ImportBatch.objects.get().size == 3 * 1024 * 1024 + 4
