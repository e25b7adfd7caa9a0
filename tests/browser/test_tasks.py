"""A task as its people take it: dispatched by the office, received and done by the unit, sent back once, accepted."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest

from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel import clock
from bihuan.kernel.signatures.models import Signature
from tests.browser.conftest import SignedIn
from tests.browser.test_journey import submit
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(page: Any, name: str) -> None:
    """Keep a picture where somebody wants to see them."""
    folder = os.environ.get("BIHUAN_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_task_from_the_office_to_its_acceptance(world: World, signed_in: SignedIn) -> None:
    office = signed_in("office")
    office.goto("/tasks/")
    look(office, "tasks-empty")
    office.get_by_role("link", name="交办任务").first.click()
    office.fill("[name=title]", "完成有限空间企业全覆盖检查")
    submit(office, password=True)
    assert office.locator(".q-error").count() == 2
    office.fill("[name=requirement]", "逐家核对台账，发现的隐患当场交办")
    office.select_option("[name=kind]", "inspect")
    office.select_option("[name=lead]", label="区应急管理局")
    office.check(f"[name=supporting][value='{world.east_government.pk}']")
    office.fill("[name=due_on]", (clock.today() + timedelta(days=20)).isoformat())
    office.fill("[name=source_title]", "全区安全生产工作会议")
    look(office, "tasks-dispatch")
    submit(office, password=True)
    task = Task.objects.get()
    assert task.supporting == [world.east_government.pk]
    assert office.url.endswith(f"/tasks/{task.no}/")
    look(office, "tasks-dispatched")

    unit = signed_in("regulator", phone=True)
    unit.goto("/")
    look(unit, "desk-phone")
    unit.get_by_text("完成有限空间企业全覆盖检查").first.click()
    look(unit, "task-phone")
    unit.get_by_role("link", name="签收").first.click()
    unit.fill("[name=responsible_person]", "李科长")
    unit.fill("[name=measures]", "分三组，每周八家")
    submit(unit, password=True)
    assert unit.evaluate("document.documentElement.scrollWidth") <= 360

    town = signed_in("clerk_east")
    town.goto(f"/tasks/{task.no}/report-progress/")
    town.fill("[name=progress]", "已通知 9 家")
    submit(town, password=True)
    look(town, "task-town")

    unit.goto(f"/tasks/{task.no}/complete/")
    unit.fill("[name=result]", "检查 23 家，发现隐患 11 处，均已交办")
    submit(unit, password=True)

    office.goto(f"/tasks/{task.no}/send-back/")
    office.fill("[name=reason]", "请附企业名单")
    office.fill("[name=due_on]", (clock.today() + timedelta(days=5)).isoformat())
    submit(office, password=True)
    unit.goto(f"/tasks/{task.no}/complete/")
    unit.fill("[name=result]", "检查 23 家，名单已随报送")
    submit(unit, password=True)
    office.goto(f"/tasks/{task.no}/accept/")
    look(office, "task-accept")
    submit(office, password=True)
    look(office, "task-closed")
    task.refresh_from_db()
    assert (task.state, task.sent_back) == ("closed", 1)
    assert Signature.objects.filter(matter=task.uid).count() == 7

    office.goto("/figures/?of=tasks&by=unit")
    look(office, "figures-tasks")
    office.get_by_role("link", name="打开这 1 条").first.click()
    office.get_by_text("完成有限空间企业全覆盖检查").first.click()
    assert office.url.endswith(f"/tasks/{task.no}/")
    office.goto("/tasks/?tab=all")
    look(office, "tasks-list")
    office.goto("/hazards/")
    look(office, "hazards-empty")


def test_another_town_sees_nothing_of_it(world: World, signed_in: SignedIn) -> None:
    from tests.dispatch.steps import dispatched

    task = dispatched(world)
    page = signed_in("clerk_west")
    assert page.goto(f"/tasks/{task.no}/").status == 404
    page.goto("/tasks/?tab=all")
    assert task.no not in page.content()
