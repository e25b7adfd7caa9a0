"""From a speech to a closed task: pasted, corrected, dispatched; the town reports, is sent back, and is accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.kernel import clock
from tests.browser.conftest import SignedIn
from tests.browser.test_journey import submit
from tests.browser.test_tasks import look
from tests.dispatch.paper_steps import far, speech
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pasted(office: Any) -> Paper:
    """The office pastes a speech; a form that lacks its words says so and keeps the rest."""
    office.goto("/papers/")
    look(office, "papers-empty")
    office.get_by_role("link", name="登记讲话或文件").first.click()
    office.fill("[name=title]", "在全区安全生产工作会议上的讲话")
    office.fill("[name=issuer]", "区委书记")
    office.fill("[name=issued_on]", clock.today().isoformat())
    submit(office)
    assert "请粘贴正文" in office.inner_text(".refused")
    assert office.input_value("[name=title]") == "在全区安全生产工作会议上的讲话"
    office.fill("[name=text]", speech())
    look(office, "papers-receive")
    submit(office)
    return Paper.objects.get()


def corrected(office: Any, paper: Paper) -> None:
    """One lead and a day for every item: split among the towns, dropped, added by selecting, and one day for the rest."""
    look(office, "papers-split")
    towns = office.locator(".item", has_text="网格员巡查")
    towns.get_by_text("拆分", exact=True).click()
    towns.get_by_role("button", name="按单位拆分").click()
    ban = office.locator(".item", has_text="严禁在厂房仓库违规住人")
    ban.get_by_text("去掉", exact=True).click()
    ban.locator("[name=reason]").fill("属法定禁止事项，日常监管已覆盖")
    look(office, "papers-drop")
    ban.get_by_role("button", name="去掉这一条").click()
    office.evaluate(
        """() => { const run = [...document.querySelectorAll('[data-at]')].find(one => one.textContent.includes('基础还不牢固'));
            const at = run.textContent.indexOf('基础还不牢固'); const range = document.createRange();
            range.setStart(run.firstChild, at); range.setEnd(run.firstChild, at + 6);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            document.dispatchEvent(new MouseEvent('mouseup')); }"""
    )
    assert office.input_value("[name=quote]") == "基础还不牢固"
    office.get_by_role("button", name="补充").click()
    added = Proposal.objects.get(paper=paper, origin="clerk")
    assert paper.text[added.start : added.end] == "基础还不牢固"
    office.fill("[name=summary]", "提出夯实基础的具体措施")
    office.select_option("[name=lead]", label="区应急管理局")
    look(office, "papers-edit")
    office.get_by_role("button", name="保存", exact=True).click()
    office.fill("form.desk-day [name=due_on]", far().isoformat())
    office.get_by_role("button", name="确定").click()
    while office.get_by_role("link", name="去补第").count():
        office.get_by_role("link", name="去补第").click()
        if not office.input_value("[name=lead]"):
            office.select_option("[name=lead]", label="区应急管理局")
        office.get_by_role("button", name="保存，看下一条待补的").click()
    look(office, "papers-ready")


def test_a_speech_becomes_tasks_and_a_town_closes_one(world: World, signed_in: SignedIn) -> None:
    office = signed_in("office")
    paper = pasted(office)
    assert office.url.endswith(f"/papers/{paper.no}/split/")
    corrected(office, paper)
    office.get_by_role("link", name="全部核对完").click()
    look(office, "papers-decompose")
    submit(office, password=True)
    look(office, "papers-dispatched")
    task = Task.objects.get(origin=paper.no, agency=world.east_government, title__contains="电气线路")

    town = signed_in("clerk_east", phone=True)
    assert town.goto(f"/papers/{paper.no}/").status == 404
    town.goto(f"/tasks/{task.no}/receive/")
    town.fill("[name=responsible_person]", "站长")
    town.fill("[name=measures]", "逐户排查，统一施工")
    submit(town, password=True)
    _complete(town, task, "改造 31 户")
    office.goto(f"/tasks/{task.no}/send-back/")
    office.fill("[name=reason]", "请附商铺名单")
    office.fill("[name=due_on]", (clock.today() + timedelta(days=5)).isoformat())
    submit(office, password=True)
    _complete(town, task, "改造 31 户，名单已随报送")
    office.goto(f"/tasks/{task.no}/accept/")
    submit(office, password=True)
    task.refresh_from_db()
    assert (task.state, task.sent_back) == ("closed", 1)
    office.get_by_role("link", name="在全区安全生产工作会议上的讲话").first.click()
    assert office.url.endswith(f"/papers/{paper.no}/")
    look(office, "papers-under-way")

    leader = signed_in("leader", phone=True)
    leader.goto(f"/papers/{paper.no}/")
    look(leader, "papers-leader-phone")
    assert leader.evaluate("document.documentElement.scrollWidth") <= 360
    office.goto("/papers/?tab=all")
    look(office, "papers-list")
    office.goto("/figures/?of=extraction")
    look(office, "papers-figures")


def _complete(town: Any, task: Task, result: str) -> None:
    town.goto(f"/tasks/{task.no}/complete/")
    town.fill("[name=result]", result)
    submit(town, password=True)
