"""From a speech to a closed task, and on to the weekly form and the half-year report that count it.

Pasted, corrected, dispatched; the town reports, is sent back and accepted; it files its week, the office approves it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.kernel import clock
from tests.browser.conftest import SignedIn
from tests.browser.test_journey import submit
from tests.browser.test_tasks import look
from tests.dispatch.paper_steps import far, speech
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("friday"),
]
JUDGEMENT = "部分沿街商铺私拉乱接电线，已逐户整改"


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


def weekly_form_adopted(office: Any) -> None:
    """The office chooses the standard form and makes the town one of those that file it."""
    office.goto("/weekly/")
    office.get_by_role("link", name="去设定").click()
    office.get_by_role("link", name="启用新表").click()
    office.fill("[name=since]", clock.today().isoformat())
    office.fill("[name=counts_from]", "2026-10-01")
    submit(office)
    office.get_by_text("起启用。").wait_for()
    office.get_by_role("link", name="添加单位").first.click()
    office.get_by_label("东湖镇人民政府").check()
    submit(office)
    office.get_by_text("起填报周调度表。").wait_for()
    look(office, "weekly-setting")


def opens_only(page: Any, number: Any, heading: str, task: Task) -> None:
    """A number 1 opens a list that holds this task and no other; the page goes back to where the number stands."""
    assert number.inner_text() == "1"
    number.click()
    page.get_by_role("heading", name=f"{heading}：1 条").wait_for()
    rows = page.locator("table.ledger tbody tr")
    assert rows.count() == 1
    assert task.title in rows.inner_text()
    assert rows.get_attribute("data-href") == f"/tasks/{task.no}/"
    page.go_back()


def week_filed(town: Any, task: Task) -> WeeklyForm:
    """On the phone: the numbers stand there; an unconfirmed zero is refused and keeps what was written."""
    town.goto("/weekly/")
    town.get_by_role("link", name="填报", exact=True).click()
    closed = town.locator("tr", has_text="其中：已办结").get_by_role("link").first
    closed.wait_for()
    look(town, "weekly-fill-phone")
    assert town.evaluate("document.documentElement.scrollWidth") <= 360
    opens_only(town, closed, "办结任务", task)
    town.locator("[name=sorties]").wait_for()
    town.fill("[name=sorties]", "16")
    town.fill("[name=problems]", JUDGEMENT)
    town.fill("[name=next_steps]", "下周对沿街商铺逐户回头看")
    town.fill("[name=zero_answer]", "本周检查沿街商铺，逐户核对，确未发现隐患")
    for block in ("hazards", "major"):
        town.check(f"[name=zero_{block}]")
    submit(town, password=True)
    town.get_by_text("请核实后勾选确认为零").first.wait_for()
    assert town.input_value("[name=problems]") == JUDGEMENT
    town.check("[name=zero_tasks]")
    submit(town, password=True)
    town.get_by_text("等待安委办审定").first.wait_for()
    look(town, "weekly-filed-phone")
    return WeeklyForm.objects.get()


def week_approved(office: Any, form: WeeklyForm, task: Task) -> None:
    """Another hand approves; the form is locked and its frozen number still opens the task."""
    office.goto("/weekly/")
    look(office, "weekly-week")
    office.get_by_role("link", name="审定", exact=True).click()
    submit(office, password=True)
    office.get_by_text("审定后锁定").first.wait_for()
    assert office.url.endswith(f"/weekly/{form.no}/")
    office.get_by_text(JUDGEMENT).first.wait_for()
    look(office, "weekly-approved")
    for column in (1, 2):  # the week, and since the form's first day
        cell = office.locator("tr", has_text="其中：已办结").locator("td").nth(column)
        opens_only(office, cell.get_by_role("link"), "办结任务", task)
        office.get_by_text("审定后锁定").first.wait_for()


def report_tells(office: Any, task: Task) -> None:
    """The half-year report counts the task among all that were dispatched, and the week among those filed."""
    office.goto("/reports/")
    office.get_by_role("link", name="预览").first.click()
    office.get_by_role("heading", name="调度任务落实").wait_for()
    told = office.locator("p", has_text="共交办任务")
    given = Task.objects.count()
    assert f"2026年下半年，薛河区共交办任务{given}项" in told.inner_text()
    assert f"已办结1项，其中按期办结1项，办结率{100 / given:.1f}%；未办结{given - 1}项" in told.inner_text()
    look(office, "report-preview")
    for number, heading in ((1, "办结任务"), (2, "按期办结任务")):
        opens_only(office, told.get_by_role("link").nth(number), heading, task)
        told.wait_for()
    weeks = office.locator("p", has_text="实行每周调度").inner_text()
    assert "由1个单位分别填报。应报周调度表1期次，已报1期次" in weeks


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

    weekly_form_adopted(office)
    week_approved(office, week_filed(town, task), task)
    report_tells(office, task)


def _complete(town: Any, task: Task, result: str) -> None:
    town.goto(f"/tasks/{task.no}/complete/")
    town.fill("[name=result]", result)
    submit(town, password=True)
