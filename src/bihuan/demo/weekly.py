"""The weekly dispatch forms of the demo: eight lead departments, six weeks, and what goes wrong in such weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.capabilities.dispatch.weekly import inputs, setting
from bihuan.capabilities.dispatch.weekly.computing import of_form, zero_blocks
from bihuan.capabilities.dispatch.weekly.layouts import ANSWER, TITLE, WEEK
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.capabilities.dispatch.weekly.notation import written
from bihuan.capabilities.dispatch.weekly.opening import open_week
from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import Casting
from bihuan.demo.hours import next_working
from bihuan.demo.people import Seat
from bihuan.demo.stage import TOLD, Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.territory.models import Agency

LEADS = (
    "应急管理局",
    "住房和城乡建设局",
    "交通运输局",
    "消防救援大队",
    "教育和体育局",
    "卫生健康局",
    "文化和旅游局",
    "商务和投资促进局",
)
WEEKS = 6
CAMPAIGN = "特殊作业安全专项整治"
PROBLEMS = (
    "部分企业动火、有限空间作业审批后补签，现场监护人离岗；小微企业隐患自查走过场。",
    "疏散通道和安全出口堆物反复出现，夜间值守人员不熟悉应急处置流程。",
    "外包队伍入场培训记录不全，班前提示流于形式，临时用电不规范。",
    "隐患整改资金落实慢，个别单位临近期限才动手。",
)
NEXT_STEPS = (
    "对反复出现问题的单位逐家约谈，下周五前完成回头看；组织一次夜间抽查。",
    "结合双随机再查十家，重点看上周交办问题的整改现场，分管领导带队。",
    "下周三前开一次外包管理现场会，督促企业补齐培训和交底资料。",
)
ANSWERS = (
    "本周检查九家，均为上月已查单位，问题已在上月交办，逐家复核确无新增。",
    "本周以培训和资料核查为主，未安排现场排查，下周恢复现场检查。",
)
NIL = "本周检查六家单位，现场未发现隐患，没有交办任务。"


@dataclass(slots=True)
class _Unit:
    """A department that files, and who of it does."""

    agency: Agency
    seats: Sequence[Seat]
    number: int


def weekly(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The decisions of the office first, then every unit's weeks."""
    this = Period.week_of(casting.today)
    weeks = [Period.week_of(this.first - timedelta(days=7 * back)) for back in range(WEEKS, -1, -1)]
    units = [
        _Unit(bureau.agency, stage.staff.bureau[bureau.agency.pk], number)
        for number, name in enumerate(LEADS)
        for bureau in agencies.bureaus
        if bureau.agency.name == f"区{name}"
    ]
    yield _begin(stage, units, weeks[0].first)
    for place, week in enumerate(weeks):
        for unit in units:
            yield _week(stage, unit, week, place)


def _begin(stage: Stage, units: Sequence[_Unit], first: date) -> Story:
    yield datetime.combine(next_working(first), time(8, 40), clock.SHANGHAI)
    office = stage.staff.office[0].actor()
    setting.adopt(office, since=first, title=TITLE, counts_from=first - timedelta(days=40), campaign=CAMPAIGN)
    for unit in units:
        setting.name_filer(unit.agency, first, office)


def _week(stage: Stage, unit: _Unit, week: Period, place: int) -> Story:
    """One form: filed on Friday, approved on Monday; some otherwise."""
    fate = (place, unit.number)
    if fate in ((4, 7), (WEEKS, 0)):
        return  # missing; and the present week, for whoever tries the demo
    day = week.first + timedelta(days=9 if fate == (3, 2) else 4)
    at = datetime.combine(next_working(day), time(9 + unit.number, 7 * unit.number), clock.SHANGHAI)
    yield at
    open_week(week)
    form = WeeklyForm.objects.get(agency=unit.agency, period=week.label)
    by = unit.seats[unit.number % 2]
    _file(stage, form, by, place + unit.number)
    if fate == (WEEKS - 1, 3):
        return  # waits for approval
    yield stage.at(clock.now(), 3)
    _do(stage, form, "approve", stage.staff.office[place % 2], inputs.Approval())
    if fate == (2, 0):
        yield stage.at(clock.now(), 2)
        given = _filing(form, place + unit.number)
        reason = "核对台账，周五晚补录的隐患未计入，数据更正。"
        corrected = inputs.Correction(reason=reason, content=given.content, zeros=given.zeros)
        _do(stage, form, "correct", by, corrected)
        yield stage.at(clock.now(), 1)
        _do(stage, form, "approve", stage.staff.office[0], inputs.Approval(opinion="更正理由属实，同意。"))


def _file(stage: Stage, form: WeeklyForm, by: Seat, turn: int) -> None:
    found = of_form(_fresh(form), clock.today())
    if all(cell.amount in (None, 0) for cell in found if cell.column == WEEK) and turn % 3 == 0:
        _do(stage, form, "file_nil", by, inputs.NilFiling(reason=NIL))
        return
    _do(stage, form, "file", by, _filing(form, turn))


def _filing(form: WeeklyForm, turn: int) -> inputs.Filing:
    asked = _fresh(form)
    zero = zero_blocks(of_form(asked, clock.today()))
    said = {
        "sorties": str(6 + turn * 5 % 17),
        "problems": PROBLEMS[turn % len(PROBLEMS)],
        "next_steps": NEXT_STEPS[turn % len(NEXT_STEPS)],
        ANSWER: ANSWERS[turn % len(ANSWERS)] if "hazards" in zero else "",
    }
    titles = "、".join(cells[0].block.title for cells in zero.values())
    return inputs.Filing(content=written(asked.template.asks, said), zeros=titles)


def _fresh(form: WeeklyForm) -> WeeklyForm:
    return WeeklyForm.objects.select_related("agency", "agency__region", "template").get(pk=form.pk)


def _do(stage: Stage, form: WeeklyForm, deed: str, by: Seat, given: Any) -> None:
    (done,) = engine.perform("weekly", deed, form.uid, given, actor=by.actor())
    if clock.now() > stage.now - TOLD:
        tell("weekly", done.uid, deed, done.seq)
