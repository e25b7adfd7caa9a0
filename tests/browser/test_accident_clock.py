"""An accident as it is told by night: the hour runs from the principal's knowledge, and its file closes under 四不放过."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.accidents.models import Accident
from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from tests.browser.conftest import SignedIn
from tests.browser.test_journey import submit
from tests.browser.test_tasks import look
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONDITIONS = ("cause", "liable", "measures", "taught")


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Five different small papers."""
    made = []
    for number in range(5):
        path = tmp_path / f"材料{number}.pdf"
        path.write_bytes(f"%PDF-1.4\n证据 {number}\n%%EOF\n".encode())
        made.append(path)
    return made


def night(hour: str) -> str:
    """A minute of last night as a form asks for it."""
    return f"{clock.today() - timedelta(days=1)}T{hour}"


def told(page: Any, place: str, knew: str) -> str:
    """Take an accident down; the address of its page."""
    page.goto("/accidents/new/receive/")
    page.fill("[name=object]", "东湖纺织有限公司")
    page.fill("[name=occurred_at]", night("02:10"))
    page.fill("[name=place]", place)
    page.fill("[name=summary]", "检修梳棉机时手臂被卷入")
    page.fill("[name=deaths]", "1")
    page.fill("[name=knew_at]", night(knew))
    page.fill("[name=knew_who]", "总经理冯某")
    page.fill("[name=reported_at]", night("03:20"))
    page.fill("[name=time_evidence]", "值班电话录音、总经理通话清单")
    submit(page, password=True)
    page.wait_for_url("**/accidents/*-A*/")
    return str(page.url)


def test_told_at_0215_it_is_five_minutes_late_and_told_at_0225_it_is_not(
    world: World, signed_in: SignedIn
) -> None:
    clerk = signed_in("clerk_east", phone=True)
    told(clerk, "二车间西侧", "02:15")
    assert clerk.get_by_text("迟报 5 分钟").count()
    assert clerk.get_by_text("值班电话录音、总经理通话清单").count()
    assert clerk.get_by_text("建议立案：迟报").count()
    assert clerk.evaluate("document.documentElement.scrollWidth") <= 360
    look(clerk, "accident-late-phone")

    told(clerk, "三车间东侧", "02:25")
    assert not clerk.get_by_text("迟报 5 分钟").count()
    assert not clerk.get_by_text("建议立案").count()
    assert clerk.get_by_text("按时", exact=True).count()
    late, in_time = Accident.objects.order_by("no")
    assert (late.late_minutes, in_time.late_minutes) == (5, 0)
    assert (late.knew_at, in_time.knew_at) != (None, None)
    clerk.goto("/accidents/?tab=late")
    assert late.no in clerk.content()
    assert in_time.no not in clerk.content()


def choose(page: Any, name: str, value: str) -> None:
    """Pick a value, whether the form offers a list or, with few choices, buttons."""
    button = page.locator(f"[name={name}][value='{value}']")
    if button.count():
        button.check()
    else:
        page.select_option(f"[name={name}]", value)


def _row(page: Any, name: str, *values: str) -> None:
    """Fill in the first row of a field that is asked for line by line."""
    for place, value in enumerate(values):
        page.fill(f"[name={name}] + .rows li:first-child [data-place='{place}']", value)


def _line(page: Any, number: str, deed: str, words: str) -> None:
    page.goto(f"/accidents/{number}/{deed}/")
    choose(page, "number", "1")
    page.fill("[name=words]", words)
    submit(page, password=True)


def test_from_the_call_to_the_closed_file(world: World, signed_in: SignedIn, papers: list[Path]) -> None:
    regulator = signed_in("regulator")
    told(regulator, "二车间西侧", "02:15")
    number = Accident.objects.get().no
    page = f"/accidents/{number}/"

    regulator.goto(f"{page}verify/")
    look(regulator, "accident-verify")
    regulator.select_option("[name=type]", index=4)
    regulator.fill("[name=serious]", "1")
    regulator.fill("[name=evidence]", "区人民医院诊断证明")
    submit(regulator, password=True)
    regulator.goto(f"{page}further-report/")
    choose(regulator, "cause", "supplement")
    regulator.fill("[name=deaths]", "3")
    regulator.fill("[name=serious]", "0")
    regulator.fill("[name=evidence]", "死亡医学证明")
    submit(regulator, password=True)
    assert regulator.locator(".badge, .level").filter(has_text="较大事故").count()

    leader = signed_in("leader")
    leader.goto(f"{page}call-leader/")
    leader.fill("[name=leader]", "副区长赵某")
    leader.fill("[name=called_at]", night("03:25"))
    submit(leader, password=True)
    leader.goto(f"{page}leader-came/")
    choose(leader, "number", "1")
    leader.fill("[name=replied_at]", night("03:27"))
    leader.fill("[name=arrived_at]", night("04:05"))
    submit(leader, password=True)
    assert leader.get_by_text("04:05 到场（40 分钟）").count()

    leader.goto(f"{page}authorise/")
    choose(leader, "level", "city")
    leader.fill("[name=document]", "市政函〔2026〕9号")
    leader.fill("[name=leader]", "副市长")
    leader.fill("[name=members]", "市应急局、公安局、总工会")
    submit(leader, password=True)

    regulator.goto(f"{page}submit-report/")
    choose(regulator, "nature", "liable")
    due = clock.today() + timedelta(days=20)
    for name, text in (
        ("direct_cause", "未停机清理"), ("indirect_cause", "培训不到位"), ("liability", "单位负责人未履职"),
    ):  # fmt: skip
        regulator.fill(f"[name={name}]", text)
    _row(regulator, "sanctions", "东湖纺织有限公司", "行政处罚", "罚款", str(due))
    _row(regulator, "recommendations", "东湖纺织有限公司", "加装联锁", str(due))
    regulator.set_input_files("[name=papers]", str(papers[4]))
    submit(regulator, password=True)

    leader.goto(f"{page}reply/")
    leader.fill("[name=document]", "市政复〔2026〕3号")
    leader.fill("[name=opinion]", "同意")
    submit(leader, password=True)
    _line(regulator, number, "execute-recommendation", "联锁已装")
    _line(regulator, number, "execute-sanction", "罚款已缴")
    regulator.goto(f"{page}evaluate/")
    regulator.fill("[name=conclusion]", "措施已落实")
    submit(regulator, password=True)

    leader.goto(f"{page}close/")
    said = leader.content()
    assert "事故原因未查清不放过" in said
    assert "有关人员未受到教育不放过" in said
    look(leader, "accident-close-refused")
    for condition, paper in zip(CONDITIONS, papers, strict=False):
        regulator.goto(f"{page}prove/")
        choose(regulator, "condition", condition)
        regulator.fill("[name=words]", "已落实，材料附卷")
        regulator.set_input_files("[name=papers]", str(paper))
        submit(regulator, password=True)
    leader.goto(f"{page}close/")
    leader.fill("[name=opinion]", "同意结案")
    submit(leader, password=True)
    look(leader, "accident-closed")
    accident = Accident.objects.get()
    assert (accident.state, accident.grade, accident.late_minutes) == ("closed", "significant", 5)
    assert Attachment.objects.filter(matter=accident.uid).count() == 5
    assert accident.versions.count() == 3
