"""Templates of the demo: the office made the speech its own and drafts one with it; a version of the half-year waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from bihuan.demo.casting import Casting
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.territory.trees import the_district
from bihuan.reporting import drafting
from bihuan.reporting.models import Kind
from bihuan.reporting.pages.forms import recent_periods
from bihuan.reporting.templating import shelf
from bihuan.reporting.templating.built_in import built_in

SPEECH, HALF = Kind.SPEECH.value, Kind.HALF_YEAR.value
OWN = (
    "五、把基础打牢，关键岗位有人懂\n"
    "一是企业先自查。企业对照行业判定标准自查自报，查出的隐患与检查查出的一样登记、一样销号。"
    "二是部门会检查。｛对重点检查对象的覆盖率为【重点对象覆盖率】。｝检查内容按检查表逐项过，不漏项、不凭印象。\n"
)


def report_templates(stage: Stage, casting: Casting) -> Iterator[Story]:
    """One story: saved, looked at, put in use the next day, and used."""
    yield _written(stage, casting)


def _written(stage: Stage, casting: Casting) -> Story:
    day = casting.today - timedelta(days=12)
    yield datetime.combine(day, time(15, 10), clock.SHANGHAI)
    office = stage.staff.office[0].actor()
    speech, half = built_in(SPEECH), built_in(HALF)
    closing = "在看到工作进展的同时"
    first = shelf.save(
        replace(speech, body=speech.body.replace(closing, OWN + closing)), "补充基础工作一节", office, seen=0
    )
    shelf.save(
        replace(half, body=half.body.replace("【其余栏目】", "【栏目：隐患排查治理】\n【其余栏目】")),
        "把隐患排查治理提到最前面，待主任审定", office, seen=0,
    )  # fmt: skip
    yield datetime.combine(day + timedelta(days=1), time(9, 20), clock.SHANGHAI)
    office = stage.staff.office[0].actor()
    shelf.put_in_use(SPEECH, first.ordinal, office)
    district = the_district()
    assert district is not None
    period = next(each for each in recent_periods(SPEECH) if each.last < clock.today())
    report = drafting.begin(SPEECH, period, min(period.last, clock.today()), district.region, office)
    texts = {
        "after": {
            "opening": "这次会议是在总结经验、部署下一步工作的关键时候召开的，我们一定认真学习、抓好落实。"
        }
    }
    drafting.write(report, texts, report.as_of, report.digits, office, report.version)
