"""An inspection with a phone: the network drops, work goes on, nothing is lost and nothing is done twice (M124)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections import sheets
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.record import entries_of
from bihuan.registers.instruments import shelf
from tests.browser.conftest import SignedIn
from tests.browser.test_journey import submit
from tests.browser.test_tasks import look
from tests.inspections.steps import approved, arranged, equip
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "现场.jpg"
    Image.new("RGB", (640, 480), "grey").save(path, "JPEG")
    return path


def verbs(one: Inspection) -> list[str]:
    return [entry.verb for entry in entries_of(one.uid)]


def card(page: Any, item: int) -> Any:
    return page.locator(f"[data-item='{item}']")


def tap(page: Any, item: int, word: str) -> None:
    card(page, item).get_by_role("button", name=word, exact=True).click()


def net(page: Any) -> Any:
    return page.locator("[data-net]")


def sent(page: Any) -> None:
    expect(net(page)).to_have_text("已提交", timeout=30_000)


def fail(page: Any, item: int, note: str, picture: Path) -> None:
    tap(page, item, "不符合")
    form = card(page, item).locator(".site-form")
    form.locator("[name=note]").fill(note)
    form.locator("[name=place]").fill("二车间")
    form.locator("[name=photos]").set_input_files(str(picture))
    form.locator("button.go").click()


def test_a_visit_through_a_bad_network(world: World, signed_in: SignedIn, picture: Path) -> None:
    equip(world)
    one = approved(world, mode="four_no_two_straight")
    factory = signed_in("safety")
    factory.goto("/inspections/?tab=all")
    assert one.no not in factory.content()

    page = signed_in("officer", phone=True)
    page.goto(f"/inspections/{one.no}/site/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    look(page, "site-arrive")
    page.fill("[name=place]", "二车间")
    page.check("[name=shown]")
    page.get_by_role("button", name="登记到场").click()
    page.wait_for_selector("[data-item]")
    sent(page)
    one.refresh_from_db()
    assert (one.state, one.secret, one.device_at is not None) == ("on_site", False, True)
    factory.goto("/inspections/?tab=all")
    assert one.no in factory.content()

    items = [item.pk for item in sheets.items_of(one)]
    assert len(items) > 5
    tap(page, items[0], "符合")
    expect(card(page, items[0]).locator(".site-mark")).to_have_text("已提交")

    page.context.set_offline(True)
    tap(page, items[1], "符合")
    fail(page, items[2], "压力表超过检定有效期", picture)
    expect(net(page)).to_have_text(re.compile("已保存在手机 2 条，没有网络"))
    look(page, "site-offline")
    page.context.set_offline(False)
    sent(page)
    assert Attachment.objects.filter(matter=one.uid, kind="photos", named_seq__isnull=False).count() == 1
    assert one.answers.count() == 3
    finding = one.findings.get()
    assert (finding.words, finding.place, finding.due_on) == (
        "压力表超过检定有效期", "二车间", clock.today() + timedelta(days=15),
    )  # fmt: skip
    assert one.answers.get(item=items[2]).device_at is not None

    # The answer is lost on the way back: the same key is sent again and changes nothing.
    lost = []
    before = len(verbs(one))

    def lose(route: Any) -> None:
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    page.route("**/site/sync/", lose, times=1)
    tap(page, items[3], "不适用")
    expect(net(page)).to_have_text(re.compile("没有网络，联网后自动提交"))
    assert lost
    sent(page)
    assert len(verbs(one)) == before + 1
    assert one.answers.count() == 4

    # What waits in the phone survives the page.
    page.context.set_offline(True)
    tap(page, items[4], "符合")
    expect(net(page)).to_have_text(re.compile("已保存在手机 1 条"))
    page.route("**/site/sync/", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    expect(net(page)).to_have_text(re.compile("已保存在手机 1 条"))
    page.unroute("**/site/sync/")
    sent(page)
    assert one.answers.count() == 5

    free = page.locator("[data-free]")
    free.locator("[name=place]").fill("配电室")
    free.locator("[name=words]").fill("配电箱门敞开，无警示标志")
    free.get_by_role("button", name="登记这个问题").click()
    expect(page.locator("[data-findings]")).to_have_text(re.compile("配电箱门敞开.*已提交"))
    page.on("dialog", lambda dialog: dialog.accept())
    for button in page.locator("[data-rest]").all():
        button.click()
    sent(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    look(page, "site-whole")
    page.locator("[data-finish]").click()
    page.wait_for_url(re.compile("/finish/"))
    page.fill("[name=party_name]", "钱厂长")
    page.fill("[name=responsible_person]", "钱厂长")
    look(page, "site-finish")
    submit(page, password=True)
    one.refresh_from_db()
    assert (one.state, one.found_count) == ("rectifying", 2)
    assert Hazard.objects.filter(origin=one.no).count() == 2
    assert [paper.kind for paper in shelf.instruments_of([one.uid])] == [
        "inspection_scheme", "inspection_record", "rectification_order",
    ]  # fmt: skip
    look(page, "site-finished")


def test_an_arrival_that_is_refused_says_why_and_nothing_follows(world: World, signed_in: SignedIn) -> None:
    equip(world)
    one = arranged(world)
    page = signed_in("officer", phone=True)
    page.goto(f"/inspections/{one.no}/site/")
    page.fill("[name=place]", "二车间")
    page.check("[name=shown]")
    page.get_by_role("button", name="登记到场").click()
    expect(page.locator("[data-warn]")).to_have_text(re.compile("检查方案还没有审批"))
    one.refresh_from_db()
    assert one.state == "prepared"
