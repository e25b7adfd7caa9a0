"""The main journey, as its people take it: found on a phone, assigned, rectified, accepted, counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.signatures.models import Signature
from tests.browser.conftest import PASSWORD, SignedIn
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    made = tmp_path / "after.jpg"
    Image.new("RGB", (640, 480), "seagreen").save(made)
    return made


def submit(page: Any, *, password: bool = False) -> None:
    """Press the form's button; sign with the password when the page asks for it."""
    if password and page.locator("[name=sign_password]").count():
        page.fill("[name=sign_password]", PASSWORD)
    page.locator("form.form button[type=submit]").click()
    page.wait_for_load_state()


def test_a_hazard_from_the_phone_to_the_figure(world: World, signed_in: SignedIn, picture: Path) -> None:
    grid = signed_in("grid", phone=True)
    grid.goto("/hazards/new/report/")
    grid.set_input_files("[name=before_photos]", str(picture))
    grid.fill("[name=object]", "东湖纺织有限公司")
    grid.fill("[name=place]", "二车间东门")
    grid.fill("[name=description]", "安全出口被货箱堵住")
    grid.select_option("[name=source]", "grid")
    submit(grid, password=True)
    hazard = Hazard.objects.get()
    assert grid.url.endswith(f"/hazards/{hazard.no}/")
    assert grid.evaluate("document.documentElement.scrollWidth") <= 360

    clerk = signed_in("clerk_east")
    clerk.goto(f"/hazards/{hazard.no}/assign/")
    submit(clerk, password=True)
    assert clerk.locator(".q-error").count() == 4  # the day is proposed by policy
    clerk.fill("[name=responsible_person]", "钱厂长")
    clerk.fill("[name=measures]", "清走货箱，划线管理")
    clerk.fill("[name=funds_planned]", "300.50")
    clerk.fill("[name=rectify_by]", (clock.today() + timedelta(days=9)).isoformat())
    clerk.fill("[name=contingency_plan]", "专人看守")
    submit(clerk, password=True)
    assert clerk.locator(".badge, .state").filter(has_text="整改中").count()

    safety = signed_in("safety", phone=True)
    safety.goto("/")
    safety.get_by_text("安全出口被货箱堵住").first.click()
    safety.get_by_role("link", name="上报整改完成").click()
    safety.fill("[name=result]", "货箱已清走")
    safety.fill("[name=funds_spent]", "280")
    submit(safety, password=True)
    assert safety.locator(".q-error").filter(has_text="请上传整改后照片").count() == 1
    assert safety.input_value("[name=result]") == "货箱已清走"
    after = picture.with_name("mended.jpg")
    Image.new("RGB", (60, 40), "green").save(after, "JPEG")
    safety.set_input_files("[name=after_photos]", str(picture))
    submit(safety, password=True)
    assert safety.locator(".q-error").filter(has_text="与整改前照片是同一张").count() == 1
    safety.goto(f"/hazards/{hazard.no}/submit-rectification/")
    safety.fill("[name=result]", "货箱已清走")
    safety.fill("[name=funds_spent]", "280")
    safety.set_input_files("[name=after_photos]", str(after))
    submit(safety, password=True)
    safety.goto(f"/hazards/{hazard.no}/accept/")
    assert safety.locator("main").filter(has_text="应由").count() == 1

    regulator = signed_in("regulator")
    regulator.goto(f"/hazards/{hazard.no}/accept/")
    submit(regulator, password=True)
    assert regulator.locator("main").filter(has_text="已闭环").count() == 1
    hazard.refresh_from_db()
    assert hazard.state == "closed"
    assert Signature.objects.filter(matter=hazard.uid).count() == 4
    assert Attachment.objects.filter(matter=hazard.uid, named_seq__isnull=False).count() == 2

    office = signed_in("office")
    office.goto("/figures/")
    office.get_by_role("link", name="打开这 1 条").first.click()
    office.get_by_text("安全出口被货箱堵住").first.click()
    assert office.url.endswith(f"/hazards/{hazard.no}/")


def test_two_people_at_once_and_the_slower_loses_nothing(world: World, signed_in: SignedIn) -> None:
    from tests.hazards.steps import reported

    hazard = reported(world)
    first, second = signed_in("clerk_east"), signed_in("regulator")
    for page in (first, second):
        page.goto(f"/hazards/{hazard.no}/assign/")
        page.fill("[name=responsible_person]", "钱厂长")
        page.fill("[name=measures]", "清运")
        page.fill("[name=funds_planned]", "0")
        page.fill("[name=rectify_by]", (clock.today() + timedelta(days=9)).isoformat())
        page.fill("[name=contingency_plan]", "看守")
    submit(first, password=True)
    second.fill("[name=sign_password]", PASSWORD)
    with second.expect_response(lambda answer: answer.request.method == "POST") as answered:
        second.locator("form.form button[type=submit]").click()
    assert answered.value.status == 409
    second.wait_for_load_state()
    assert "已被他人处理" in second.locator("h1").inner_text()
    assert "清运" in second.locator("main").inner_text()
    hazard.refresh_from_db()
    assert hazard.hand("assign") == world.actor("clerk_east").person_id


def test_who_is_not_concerned_sees_nothing(world: World, signed_in: SignedIn) -> None:
    from tests.hazards.steps import reported

    hazard = reported(world)
    page = signed_in("clerk_west")
    assert page.goto(f"/hazards/{hazard.no}/").status == 404
    page.goto("/hazards/?tab=all")
    assert hazard.no not in page.content()
