"""Reports on screen: who gets in, what each sees, and the way from draft to issue."""

from __future__ import annotations

import io
import re
from datetime import date, datetime

import docx
import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.kernel.web.reconfirm import SESSION_KEY
from bihuan.reporting import drafting, issuing, printing
from bihuan.reporting.models import Issue, Printout, Report
from tests.reporting.ledgers import CUT, H1, expect_filings, found, hazard, keep
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(world: World, name: str, *, confirmed: bool = False) -> Client:
    client = Client()
    client.force_login(world.user(name), backend=BACKEND)
    if confirmed:
        session = client.session
        session[SESSION_KEY] = clock.now().isoformat()
        session.save()
    return client


def begun(world: World) -> Report:
    found(world, 8, 5, rectify_by=date(2023, 4, 1))
    return drafting.begin("half-year", H1, CUT, world.district, world.actor("office"))


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_the_office_drafts_writes_issues_and_fetches(world: World) -> None:
    found(world, 8, 5, rectify_by=date(2023, 4, 1))
    client = signed_in(world, "office", confirmed=True)
    assert "起草" in text_of(client.get("/reports/"))
    form = {"period": "2023H1", "as_of": "2023-06-30", "region": str(world.district.pk)}
    opened = client.post("/reports/new/", form)
    assert opened.status_code == 302
    report = Report.objects.get()
    assert opened["Location"] == f"/reports/{report.no}/"
    page = text_of(client.get(opened["Location"]))
    assert "共排查登记事故隐患" in page
    assert 'href="/figures/hazards.found/records/?period=2023H1&amp;as_of=2023-06-30"' in page
    assert page.count('<article class="paper"') == 1

    write = f"/reports/{report.no}/write/"
    first = text_of(client.get(write))
    assert "【逾期未整改】项隐患过了整改期限" in first
    kept = {
        "as_of": "2023-06-30", "digits": "0", "recipients": "区人民政府", "copies": "", "opening": "", "version": "1",
        "done": "", "problems": "力量不足，成效显著。", "next": "",
    }  # fmt: skip
    assert client.post(write, kept).status_code == 302
    stale = client.post(write, kept)
    assert stale.status_code == 409
    page = text_of(client.get(f"/reports/{report.no}/"))
    assert "「无数据支撑」" in page
    assert "存在的主要问题第1条第6字“成效显著”" in page
    assert "整改率<a" in page
    assert ">63%</a>" in page

    issue = f"/reports/{report.no}/issue/"
    assert "签名" in text_of(client.get(issue))
    sent = client.post(issue, {"mark": "薛安办", "version": "2"})
    assert sent.status_code == 302
    order = Printout.objects.get()
    waiting = text_of(client.get(sent["Location"]))
    assert "签发稿：等待排印" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    printing.carry_out(order.uid)
    assert client.get(sent["Location"], headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "查看签发稿" in text_of(client.get(sent["Location"]))
    made = Issue.objects.get()
    base = f"/reports/{report.no}/issues/1/"
    shown = text_of(client.get(base))
    assert "薛安办〔2023〕1号" in shown
    assert bytes(made.content_digest).hex() in shown
    paper = client.get(f"{base}paper.docx")
    content = b"".join(paper.streaming_content)
    assert any("薛安办〔2023〕1号" in each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
    assert paper["X-Digest-SM3"] == bytes(made.docx.digest).hex()
    assert b"".join(client.get(f"{base}paper.pdf").streaming_content).startswith(b"%PDF-")
    assert "没有变化" in text_of(client.get(f"{base}changes/"))
    assert "薛安办〔2023〕1号" in text_of(client.get("/reports/"))


def test_issuing_asks_for_the_password(world: World) -> None:
    report = begun(world)
    refused = signed_in(world, "office").post(
        f"/reports/{report.no}/issue/", {"mark": "薛安办", "version": "1"}
    )
    assert refused.status_code == 422
    assert "请输入登录密码以签名" in text_of(refused)
    assert not Printout.objects.exists()


def test_a_changed_report_shows_what_changed_since_the_issue(world: World) -> None:
    report = begun(world)
    issuing.issue(report.uid, world.actor("office"), version=1, mark="薛安办")
    keep([hazard(world, date(2023, 5, 1), no="370403-H2023-888888")])
    page = text_of(signed_in(world, "office").get(f"/reports/{report.no}/"))
    assert "与上次签发相比" in page
    assert "发现隐患：370403-H2023-888888（整改中）" in page
    assert "重新签发" in page
    changes = text_of(signed_in(world, "leader").get(f"/reports/{report.no}/issues/1/changes/"))
    assert re.search(r"发现隐患.*?8.*?9", changes, re.DOTALL)


@pytest.mark.parametrize("name", ["auditor", "system_admin", "security_admin", "safety", "grid", "expert"])
def test_who_supervises_nothing_sees_no_report(world: World, name: str) -> None:
    report = begun(world)
    client = signed_in(world, name)
    for path in (
        "/reports/",
        "/reports/preview/",
        "/reports/new/",
        f"/reports/{report.no}/",
        "/three-lists/",
    ):
        assert client.get(path).status_code == 403, path


@pytest.mark.parametrize("name", ["clerk_east", "regulator", "builder"])
def test_towns_and_agencies_preview_their_own_and_see_no_other(world: World, name: str) -> None:
    report = begun(world)
    client = signed_in(world, name)
    assert client.get(f"/reports/{report.no}/").status_code == 404
    assert client.get(f"/reports/{report.no}/issues/1/paper.pdf").status_code == 404
    assert client.get(f"/reports/{report.no}/issue/").status_code == 403
    assert report.no not in text_of(client.get("/reports/"))
    page = text_of(client.get("/reports/preview/?period=2023H1&as_of=2023-06-30"))
    assert "只供查看，不能签发" in page
    assert "签发</a>" not in page
    place = {
        "clerk_east": "东湖镇",
        "regulator": "区应急管理局监管领域",
        "builder": "区住房和城乡建设局监管领域",
    }[name]
    assert f"现将{place}2023年上半年" in page


def test_a_town_reads_the_report_about_itself(world: World) -> None:
    begun(world)
    own = drafting.begin("half-year", H1, CUT, world.east, world.actor("office"))
    client = signed_in(world, "clerk_east")
    page = text_of(client.get(f"/reports/{own.no}/"))
    assert "起草和签发由安委办办理" in page
    assert f"/reports/{own.no}/issue/" not in page
    assert signed_in(world, "clerk_west").get(f"/reports/{own.no}/").status_code == 404
    assert signed_in(world, "leader").get(f"/reports/{own.no}/").status_code == 200


def test_a_counted_list_opens_what_it_counts_and_only_within_reach(world: World) -> None:
    first = hazard(world, no="370403-H2023-111111")
    keep([first])
    keep([hazard(world, date(2023, 4, 1), no="370403-H2023-222222", recurs=first, recurrence=1)])
    expect_filings(on=datetime(2023, 1, 1, 9, tzinfo=clock.SHANGHAI))
    report = begun(world)
    office = signed_in(world, "office")
    page = text_of(office.get(f"/reports/{report.no}/"))
    links = {
        name: href.replace("&amp;", "&")
        for href, name in re.findall(r'"(/reports/counted/([a-z_.]+)/[^"]*)"', page)
    }
    assert set(links) >= {"hazards.repeats", "hazards.repeat_units", "filings.due", "filings.missing"}
    repeats = text_of(office.get(links["hazards.repeats"]))
    assert "反复发生隐患：1 项" in repeats
    assert "370403-H2023-222222" in repeats
    assert "370403-H2023-111111" not in repeats
    assert "东湖纺织有限公司" in text_of(office.get(links["hazards.repeat_units"]))
    assert text_of(office.get(links["filings.missing"])).count("未报</td>") == 20
    for name in ("clerk_east", "builder"):
        assert signed_in(world, name).get(links["hazards.repeats"]).status_code == 404
    assert signed_in(world, "auditor").get(links["filings.due"]).status_code == 403
    assert office.get("/reports/counted/hazards.guess/?period=2023H1").status_code == 404


def test_strangers_are_led_to_the_door(world: World) -> None:
    assert Client().get("/reports/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "path",
    [
        "/reports/preview/?kind=monthly&period=2023-05-03",
        "/reports/preview/?period=abc", "/reports/preview/?as_of=yesterday", "/reports/preview/?period=2023H1&as_of=2022-01-01",
        "/three-lists/?grade=x", "/three-lists/?as_of=x", "/three-lists/?period=x",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(world: World, path: str) -> None:
    refused = signed_in(world, "office").get(path)
    assert refused.status_code == 422
    assert re.search("[一-鿿]{4}", text_of(refused))


def test_a_cut_off_to_come_is_refused(world: World) -> None:
    form = {"period": "2023H2", "as_of": "2023-12-31", "region": str(world.district.pk)}
    refused = signed_in(world, "office").post("/reports/new/", form)
    assert refused.status_code == 422
    assert "截至日期还没有到" in text_of(refused)


def test_the_three_lists_page_shows_prints_and_exports(world: World) -> None:
    found(world, 8, 5)
    client = signed_in(world, "office")
    page = text_of(client.get("/three-lists/?period=2023H1&as_of=2023-06-30"))
    for title in ("问题清单", "责任清单", "整改清单"):
        assert f"<h2>{title}</h2>" in page
    assert "共 3 项，三个清单编号一致" in page
    book = client.get("/three-lists/export.xlsx?period=2023H1&as_of=2023-06-30")
    assert book["X-Rows"] == "3"
    assert b"".join(book.streaming_content).startswith(b"PK")
    ordered = client.post("/three-lists/print/?period=2023H1&as_of=2023-06-30")
    assert ordered.status_code == 302
    printing.carry_out(Printout.objects.get().uid)
    assert "下载 Word" in text_of(client.get(ordered["Location"]))
    assert signed_in(world, "office_two").get(ordered["Location"]).status_code == 404
