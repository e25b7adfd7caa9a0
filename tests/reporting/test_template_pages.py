"""Templates and drafts on screen: who may, what is said where, and that nothing typed is lost."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from bihuan.kernel.people.tokens import issue_token
from bihuan.reporting import drafting
from bihuan.reporting.models import Report, TemplateVersion
from bihuan.reporting.templating import shelf
from bihuan.reporting.templating.built_in import built_in
from tests.reporting.ledgers import CUT, H1, found
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
BACKEND = "django.contrib.auth.backends.ModelBackend"
BASE = "/reports/templates/half-year/"


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.user(name), backend=BACKEND)
    return client


def text_of(response: object) -> str:
    return html.unescape(response.content.decode())  # type: ignore[attr-defined]


def typed(body: str, **more: str) -> dict[str, str]:
    return {
        "title": "关于〔时段〕工作的报告", "style": "document", "recipients": "", "copies": "", "body": body, "note": "试写",
        "seen": "0", "period": "2023H1", **more,
    }  # fmt: skip


def test_from_the_list_to_a_version_in_use_and_back(world: World) -> None:
    found(world, 4, 3)
    client = signed_in(world, "office")
    listed = text_of(client.get("/reports/"))
    assert 'href="/reports/templates/"' in listed
    page = text_of(client.get("/reports/templates/"))
    assert all(
        label in page
        for label in ("半年推进落实报告", "年度工作总结", "会议发言材料", "形势通报", "系统自带")
    )
    edit = text_of(client.get(f"{BASE}edit/"))
    assert 'data-pick="【发现隐患】"' in edit
    assert "【栏目：隐患排查治理】" in edit
    looked = client.post(f"{BASE}edit/", typed("发现【发现隐患】项。", preview="1"))
    assert "发现<a" in looked.content.decode()
    assert not TemplateVersion.objects.exists()  # only looked at
    kept = client.post(f"{BASE}edit/", typed("发现【发现隐患】项。"))
    assert kept["Location"] == f"{BASE}versions/1/"
    version = text_of(client.get(kept["Location"]))
    assert "发现【发现隐患】项。" in version
    assert "【其余栏目】" in version  # what the release has and this one has not
    assert shelf.in_use("half-year") is None
    assert client.post(f"{BASE}versions/1/use/").status_code == 302
    assert "本区第1版" in text_of(client.get(BASE))
    assert "发现<a" in client.get(f"{BASE}preview/?period=2023H1").content.decode()
    assert client.post(f"{BASE}release/").status_code == 302
    assert shelf.current("half-year") == built_in("half-year")


def test_faults_come_back_with_their_line_and_the_text(world: World) -> None:
    client = signed_in(world, "office")
    answer = client.post(f"{BASE}edit/", typed("好。\n共【发现的隐患】项｛，其中"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "第2行：第10字“｛”没有写完" in page
    assert "共【发现的隐患】项｛，其中" in page
    assert not TemplateVersion.objects.exists()


def test_two_editors_at_once_lose_nothing(world: World) -> None:
    first, second = signed_in(world, "office"), signed_in(world, "office_two")
    assert first.post(f"{BASE}edit/", typed("甲【发现隐患】项。")).status_code == 302
    late = second.post(f"{BASE}edit/", typed("乙【发现隐患】项。"))
    assert late.status_code == 409
    assert "乙【发现隐患】项。" in text_of(late)
    assert TemplateVersion.objects.count() == 1


@pytest.mark.parametrize(
    "name,reads,edits",
    [
        ("leader", 200, 403),
        ("clerk_east", 200, 403),
        ("auditor", 200, 403),
        ("safety", 403, 403),
        ("system_admin", 403, 403),
    ],
)
def test_the_office_edits_and_auditors_read(world: World, name: str, reads: int, edits: int) -> None:
    shelf.save(built_in("half-year"), "", world.actor("office"), seen=0)
    client = signed_in(world, name)
    for path in ("/reports/templates/", BASE, f"{BASE}versions/1/"):
        assert client.get(path).status_code == reads, path
    for path in (f"{BASE}edit/", f"{BASE}versions/1/use/", f"{BASE}release/"):
        assert client.get(path).status_code == edits, path
        assert client.post(path, typed("甲")).status_code == edits, path


def begun(world: World) -> Report:
    found(world, 8, 5, rectify_by=date(2023, 4, 1))
    return drafting.begin("half-year", H1, CUT, world.district, world.actor("office"))


def page_form(client: Client, report: Report) -> dict[str, object]:
    """Every field of the draft page as a browser would send it."""
    page = client.get(f"/reports/{report.no}/write/").content.decode()
    fields: dict[str, object] = {"order": re.findall(r'name="order" value="([^"]+)"', page)}
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', page):
        fields[html.unescape(name)] = html.unescape(text)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    return {
        **fields,
        "as_of": "2023-06-30",
        "digits": "1",
        "recipients": "区人民政府",
        "copies": "",
        "version": version[1],
    }


def test_fixed_sentences_are_locked_and_open_their_records(world: World) -> None:
    report = begun(world)
    page = text_of(signed_in(world, "office").get(f"/reports/{report.no}/write/"))
    assert "系统写出，不能改" in page
    assert re.search(r'class="draft-fixed".*?href="/figures/hazards\.found/records/', page, re.DOTALL)
    assert "（一）" in page
    assert 'name="before:hazards"' in page


def test_text_order_and_what_is_left_out_are_kept(world: World) -> None:
    report, client = begun(world), signed_in(world, "office")
    form = page_form(client, report)
    sent = {**form, "before:hazards": "先说明排查的组织。", "out": ["filing-record"]}
    assert client.post(f"/reports/{report.no}/write/", sent).status_code == 302
    page = text_of(client.get(f"/reports/{report.no}/"))
    assert "先说明排查的组织。" in page
    assert "隐患台账报送</h3>" not in page
    again = page_form(client, report)
    assert again["before:hazards"] == "先说明排查的组织。"
    moved = client.post(
        f"/reports/{report.no}/write/", {**again, "out": ["filing-record"], "move": "hazards:down"}
    )
    assert moved.status_code == 302
    order = page_form(client, report)["order"]
    assert isinstance(order, list)
    assert list(again["order"]).index("hazards") + 1 == order.index("hazards")  # type: ignore[call-overload]
    fresh = Report.objects.get(pk=report.pk)
    assert "problems" not in fresh.texts  # proposals left as they are go on following the figures


def test_the_page_saves_by_itself_and_says_when_somebody_was_faster(world: World) -> None:
    report, client = begun(world), signed_in(world, "office")
    form = page_form(client, report)
    saved = client.post(
        f"/reports/{report.no}/write/", {**form, "done": "自动保存的话。"}, headers={"X-Autosave": "1"}
    )
    assert saved.json()["version"] == 2
    assert Report.objects.get(pk=report.pk).texts["done"] == "自动保存的话。"
    other = signed_in(world, "office_two")
    late = other.post(
        f"/reports/{report.no}/write/", {**form, "done": "另一人的话。"}, headers={"X-Autosave": "1"}
    )
    assert late.status_code == 409
    shown = other.post(f"/reports/{report.no}/write/", {**form, "done": "另一人的话。"})
    page = text_of(shown)
    assert shown.status_code == 409
    assert "自动保存的话。" in page
    assert re.search(r'name="done"[^>]*>另一人的话。</textarea>', page)
    assert re.search(r'name="version" value="2"', page)
    merged = {**form, "done": "自动保存的话。另一人的话。", "version": "2"}
    assert other.post(f"/reports/{report.no}/write/", merged).status_code == 302
    assert Report.objects.get(pk=report.pk).texts["done"] == "自动保存的话。另一人的话。"


def test_a_clerk_takes_the_newer_template_when_ready(world: World) -> None:
    report, client, office = begun(world), signed_in(world, "office"), world.actor("office")
    kept = shelf.save(shelf.Template("half-year", "新标题", "新开头【发现隐患】项。"), "", office, seen=1)
    shelf.put_in_use("half-year", kept.ordinal, office)
    assert "新开头" not in text_of(client.get(f"/reports/{report.no}/"))
    assert "已经启用了新的模板" in text_of(client.get(f"/reports/{report.no}/write/"))
    assert client.post(f"/reports/{report.no}/template/", {"version": "1"}).status_code == 302
    assert "新开头" in text_of(client.get(f"/reports/{report.no}/"))


def test_programs_read_the_same_report_and_its_template(world: World) -> None:
    found(world, 4, 3)

    def told(name: str, path: str) -> tuple[int, Any]:
        secret = issue_token(world.user(name))
        answer = Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}"})
        return answer.status_code, answer.json()

    _, report = told("office", "reports?kind=speech&period=2023H1&as_of=2023-06-30")
    assert any("登记事故隐患4项" in each["text"] for each in report["text"])
    assert {"name": "hazards.found", "label": "发现隐患", "line": None, "value": "4项"} in report["figures"]
    _, kept = told("leader", "report-templates/speech")
    assert kept["digest"] == report["template"]
    assert kept["body"] == built_in("speech").body
    _, listed = told("clerk_east", "report-templates")
    assert {each["kind"] for each in listed["items"]} >= {"annual", "speech"}
    assert told("office", "reports?kind=annual&period=2023H1")[0] == 422
    assert told("safety", "reports?kind=speech&period=2023H1")[0] == 404
