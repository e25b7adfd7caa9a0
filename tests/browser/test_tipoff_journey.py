"""A citizen with a phone tells of a danger, and sees by the number alone that it was mended and answered (M242, M245)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.public import ground
from bihuan.capabilities.tipoffs.public.models import HeldPhoto
from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents.outline import texts
from bihuan.kernel.figures import answers
from bihuan.kernel.record import entries_of
from bihuan.reporting import proofs
from tests.browser.conftest import DESKTOP, PHONE, SignedIn
from tests.browser.test_journey import submit
from tests.browser.test_tasks import look
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Citizen = Callable[..., Any]


@pytest.fixture
def citizen(browser: Any, world: World, live_server: LiveServer) -> Iterator[Citizen]:
    """Somebody nobody knows: ``citizen()`` with a phone, ``citizen(phone=False)`` at a desk, ``script=False`` without."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(*, phone: bool = True, script: bool = True) -> Any:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP, base_url=live_server.url, locale="zh-CN", has_touch=phone,
            java_script_enabled=script, accept_downloads=True, permissions=["geolocation"],
            geolocation={"latitude": 34.805, "longitude": 117.305, "accuracy": 20},
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None,
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def mapped(world: World) -> World:
    """The register knows where some things are."""
    for place, (thing, lat, lon) in enumerate(
        ((world.factory, 34.80, 117.30), (world.site, 34.78, 117.24)), start=1
    ):
        thing.latitude, thing.longitude = lat, lon
        thing.save()
        assert place
    ground.forget()
    return world


def photo(folder: Path, name: str, color: str, size: tuple[int, int] = (1200, 900)) -> str:
    made = folder / name
    Image.new("RGB", size, color).save(made, "JPEG")
    return str(made)


def fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def fill(page: Any) -> None:
    page.fill("[name=words]", "二车间的安全出口被货箱堵住，人出不来")
    page.get_by_text("有危险、有隐患").click()


def number_of(page: Any) -> str:
    page.wait_for_selector("[data-receipt]")
    return str(page.get_attribute("[data-receipt]", "data-receipt"))


def ask(page: Any, number: str) -> None:
    page.goto("/report/progress/")
    page.fill("[name=number]", number)
    page.get_by_role("button", name="查询").click()
    page.wait_for_load_state()


def test_from_a_phone_to_the_figure_and_back(
    mapped: World, signed_in: SignedIn, citizen: Citizen, tmp_path: Path
) -> None:
    page = citizen()
    page.goto("/report/")
    look(page, "tip-form-empty")
    fits(page)
    page.set_input_files("[data-camera]", photo(tmp_path, "IMG.jpg", "firebrick", (3000, 2000)))
    page.wait_for_selector("[data-shots] input[name=photo]", state="attached")
    held = HeldPhoto.objects.get()
    assert held.size < 1_000_000
    fill(page)
    page.get_by_role("button", name="在地图上点").click()
    page.locator(".map svg").click(position={"x": 150, "y": 120})
    expect(page.locator("[data-pin-says]")).to_contain_text("已标出位置")
    page.fill("[name=place]", "东湖纺织厂二车间东门")
    page.get_by_text("留下姓名和电话").click()
    page.fill("[name=name]", "周大娘")
    page.fill("[name=contact]", "13900001111")
    fits(page)
    look(page, "tip-form-filled")
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="发送举报").click()
    number = number_of(page)
    look(page, "tip-receipt")
    fits(page)
    item = Item.objects.get()
    assert item.lat_e6 is not None
    assert Attachment.objects.filter(matter=item.pk, named_seq__isnull=False).count() == 1
    assert not item.batch.anonymous

    page.reload()
    assert number_of(page) == number
    assert Batch.objects.count() == 1
    with page.expect_download() as saved:
        page.get_by_role("button", name="保存成图片").click()
    saved.value.save_as(tmp_path / "receipt.png")
    with Image.open(tmp_path / "receipt.png") as kept:
        assert kept.size == (900, 640)

    ask(page, number)
    expect(page.locator(".steps .now")).to_contain_text("受理")
    look(page, "tip-progress-new")
    fits(page)

    hazard = handled(item, signed_in)
    mended(hazard, signed_in, tmp_path)
    item.refresh_from_db()
    assert [line["done_on"] is not None for line in item.links] == [True]
    answered(item, signed_in)

    ask(page, number)
    expect(page.locator(".reply")).to_contain_text("货箱已经清走，通道恢复")
    assert page.locator(".steps .end").count() == 1
    look(page, "tip-progress-done")
    fits(page)
    for hidden in ("周大娘", "13900001111", item.no, hazard.no, "应急管理局"):
        assert hidden not in page.content()
    page.get_by_text("评价一下办理结果").click()
    page.get_by_text("满意", exact=True).click()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator(".flash")).to_contain_text("谢谢您的评价")
    look(page, "tip-progress-rated")
    assert entries_of(item.pk)[-1].verb == "rate"

    year = Period.parse(str(clock.today().year))
    counted = answers.values(
        ("tipoffs.items_closed", "tipoffs.batches_closed", "hazards.found"), year, clock.today()
    )
    assert [counted[name].amount for name in counted] == [1, 1, 1]
    half = Period.parse(f"{clock.today().year}H{1 if clock.today().month < 7 else 2}")
    told = texts(proofs.compose_district(half, clock.today()).document)
    paper = "".join(words for _, words in told)
    assert "收到群众投诉举报1批次1件" in paper
    assert "已办结1批次1件" in paper


def handled(item: Item, signed_in: SignedIn) -> Hazard:
    """The office admits and refers, the bureau looks and finds a hazard."""
    office = signed_in("office")
    office.goto(f"/tipoffs/{item.no}/admit/")
    submit(office, password=True)
    office.goto(f"/tipoffs/{item.no}/refer/")
    pick_agency(office)
    submit(office, password=True)
    office.goto(f"/tipoffs/{item.no}/")
    look(office, "tip-office-item")
    regulator = signed_in("regulator")
    regulator.goto(f"/tipoffs/{item.no}/make-hazard/")
    assert "周大娘" not in regulator.content()
    regulator.fill("[name=subject]", "东湖纺织有限公司")
    regulator.fill("[name=place]", "二车间东门")
    regulator.fill("[name=description]", "安全出口被货箱堵住")
    submit(regulator, password=True)
    return Hazard.objects.get()


def pick_agency(page: Any) -> None:
    agency = page.locator("[name=agency]")
    if agency.first.evaluate("field => field.tagName") == "SELECT":
        agency.select_option(label="区应急管理局")
    else:
        page.get_by_label("区应急管理局").check()


def mended(hazard: Hazard, signed_in: SignedIn, folder: Path) -> None:
    """The regulator assigns, the enterprise mends, the regulator accepts."""
    regulator = signed_in("regulator")
    regulator.goto(f"/hazards/{hazard.no}/assign/")
    regulator.fill("[name=responsible_person]", "钱厂长")
    regulator.fill("[name=measures]", "清走货箱，划线管理")
    regulator.fill("[name=funds_planned]", "300")
    regulator.fill("[name=rectify_by]", (clock.today() + timedelta(days=9)).isoformat())
    regulator.fill("[name=contingency_plan]", "专人看守")
    submit(regulator, password=True)
    safety = signed_in("safety", phone=True)
    safety.goto(f"/hazards/{hazard.no}/submit-rectification/")
    safety.fill("[name=result]", "货箱已清走")
    safety.fill("[name=funds_spent]", "280")
    safety.set_input_files("[name=after_photos]", photo(folder, "after.jpg", "green", (640, 480)))
    submit(safety, password=True)
    regulator.goto(f"/hazards/{hazard.no}/accept/")
    submit(regulator, password=True)
    hazard.refresh_from_db()
    assert hazard.state == "closed"


def answered(item: Item, signed_in: SignedIn) -> None:
    """The bureau reports, the office replies and settles."""
    regulator = signed_in("regulator")
    regulator.goto(f"/tipoffs/{item.no}/report-result/")
    regulator.get_by_label("属实", exact=True).check()
    regulator.fill("[name=result]", "现场核查属实，已督促清走货箱")
    submit(regulator, password=True)
    office = signed_in("office")
    office.goto(f"/tipoffs/{item.no}/reply/")
    office.fill("[name=reply]", "您反映的情况属实，货箱已经清走，通道恢复。")
    submit(office, password=True)
    office.goto(f"/tipoffs/{item.no}/settle/")
    submit(office, password=True)
    item.refresh_from_db()
    assert item.state == "settled"


def test_a_bad_network_doubles_nothing(mapped: World, citizen: Citizen, tmp_path: Path) -> None:
    page = citizen()
    page.goto("/report/")
    lost: list[str] = []

    def lose(route: Any) -> None:
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    page.route("**/report/photos/", lose, times=1)
    page.set_input_files("[data-album]", [photo(tmp_path, "a.jpg", "navy"), photo(tmp_path, "b.jpg", "teal")])
    expect(page.locator("[data-shots] input[name=photo]")).to_have_count(2)
    assert lost
    assert HeldPhoto.objects.count() == 2
    fill(page)
    page.fill("[name=place]", "东湖镇农贸市场南门")
    page.wait_for_timeout(2000)
    page.route(lambda url: url.endswith("/report/"), lose, times=1)
    page.get_by_role("button", name="发送举报").click()
    number_of(page)
    assert len(lost) == 2
    assert Batch.objects.count() == 1


def test_a_refusal_keeps_photos_words_and_the_pin(mapped: World, citizen: Citizen, tmp_path: Path) -> None:
    page = citizen()
    page.goto("/report/")
    page.set_input_files("[data-album]", photo(tmp_path, "a.jpg", "olive"))
    page.wait_for_selector("[data-shots] input[name=photo]", state="attached")
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("[data-pin-says]")).to_contain_text("误差约 20 米")
    page.fill("[name=words]", "危险")
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="发送举报").click()
    expect(page.locator(".mend li")).to_have_count(2)
    look(page, "tip-form-refused")
    fits(page)
    assert page.input_value("[name=words]") == "危险"
    assert page.input_value("[data-lat]").startswith("34.805")
    expect(page.locator("[data-shots] img")).to_have_count(1)
    fill(page)
    page.get_by_role("button", name="发送举报").click()
    number_of(page)
    assert Attachment.objects.filter(named_seq__isnull=False).count() == 1


def test_without_script_it_is_a_plain_form(mapped: World, citizen: Citizen, tmp_path: Path) -> None:
    page = citizen(script=False)
    page.goto("/report/")
    look(page, "tip-form-no-script")
    fits(page)
    assert not page.locator(".map").is_visible()
    page.set_input_files("[name=photos]", photo(tmp_path, "a.jpg", "olive"))
    page.fill("[name=words]", "危险")
    page.fill("[name=place]", "农贸市场南门")
    page.locator("input[value=hazard]").check()
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="发送举报").click()
    look(page, "tip-form-no-script-refused")
    page.fill("[name=words]", "电线垂到地上，下雨漏电")
    page.get_by_role("button", name="发送举报").click()
    number = page.get_attribute("[data-receipt]", "data-receipt")
    assert Attachment.objects.filter(named_seq__isnull=False).count() == 1
    ask(page, number)
    assert page.locator(".steps").is_visible()


def test_at_a_desk(mapped: World, citizen: Citizen, signed_in: SignedIn) -> None:
    page = citizen(phone=False)
    page.goto("/report/")
    page.get_by_role("button", name="在地图上点").click()
    look(page, "tip-form-desk")
    fits(page)
    ask(page, "1234 5678 1234 5678")
    look(page, "tip-ask-wrong")
    expect(page.locator(".wrong")).to_contain_text("没有查到")
    office = signed_in("office")
    office.goto("/tipoffs/poster/")
    look(office, "tip-poster")
