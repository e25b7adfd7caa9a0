"""``/letters/control/``: every cap of the year with what is used of it, the broken ones first, and the three goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.letters.access import WHOLE, visible_letters
from bihuan.capabilities.responsibility.letters.goals import Goal, goals
from bihuan.capabilities.responsibility.letters.measuring import Reading, Standing, readings
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.showing import standing_part
from bihuan.capabilities.responsibility.letters.states import LetterLevel, LetterState
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

HERE = "/letters/control/"
COUNTED = (LetterLevel.SUPERIOR.value, LetterLevel.TOWN.value, LetterLevel.DEPARTMENT.value)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = (
    parts.Column("指标", "title"),
    parts.Column("单位"),
    parts.Column("下达单位", phone=False),
    parts.Column("目标值"),
    parts.Column("已发生"),
    parts.Column("剩余", "number"),
    parts.Column("已用", "number", "%"),
    parts.Column("情况", "mark"),
)


@require_GET
@only_for(places.UNITS)
def control_page(request: HttpRequest) -> HttpResponse:
    """The caps of this year's signed letters the actor may see."""
    actor = actor_for(request)
    today = clock.today()
    found = rows_of(actor, today.year)
    goal_rows = [_goal_row(goal) for goal in goals(today)] if actor.roles & WHOLE else []
    context = {
        "crumbs": [parts.Link("责任", places.HUB), parts.Link("控制指标", "")],
        "places": places.tabs(actor, HERE),
        "heading": f"{today.year} 年控制指标",
        "lead": f"截至 {today}。突破的在前；尚不能计算的指标写明原因，不作零处理。",
        "doings": _doings(actor),
        "ledger": parts.Ledger(COLUMNS, [_row(letter, one) for letter, one in found], "控制指标"),
        "goals": parts.Ledger(GOAL_COLUMNS, goal_rows, "年度三项目标"),
        "count_words": f"共 {len(found)} 项",
        "export_href": "/letters/control.xlsx",
        "empty": parts.Empty(
            "今年还没有签订的责任书。", "责任书签订后，其中的控制数在这里逐项扣减。", "/letters/", "责任书"
        ),
    }
    return render(request, "letters/control.html", context)


def rows_of(actor: Actor, year: int) -> list[tuple[Letter, Reading]]:
    """Letter and reading for each numbered target, the gravest first; the statements do not grow with the letters."""
    signed = visible_letters(actor).filter(year=year, state=LetterState.IN_FORCE.value, level__in=COUNTED)
    letters = list(signed.select_related("agency").order_by("level", "agency__order", "receiver_name"))
    read = readings(letters, clock.today())
    rows = [
        (letter, one) for letter in letters for one in read[letter.uid] if one.standing is not Standing.MANUAL
    ]
    return sorted(rows, key=lambda pair: (-pair[1].standing, -(pair[1].share or 0)))


def _doings(actor: Actor) -> Sequence[parts.Action]:
    """What this actor may do about letters beside the made pages."""
    offered = []
    if actor.holds(Role.OFFICE):
        offered.append(parts.Action("批量起草", "/letters/bulk/", icon="plus"))
        offered.append(parts.Action("登记上级责任书", "/letters/new/register-superior/", icon="file-text"))
    if actor.holds(Role.TOWN):
        offered.append(parts.Action("起草企业责任书", "/letters/new/draft-enterprise/", icon="plus"))
        offered.append(parts.Action("起草村（社区）责任书", "/letters/new/draft-village/", icon="plus"))
    if actor.holds(Role.LEADER, Role.TOWN):
        offered.append(parts.Action("集中签订", "/letters/signing/", icon="signature"))
    year = clock.today().year
    offered.append(parts.Action("未签订名单（表格）", f"/letters/unsigned.xlsx?year={year}", icon="download"))
    offered.append(parts.Action("未签订名单（Word）", f"/letters/unsigned.docx?year={year}", icon="download"))
    return offered


def _row(letter: Letter, one: Reading) -> parts.Row:
    return parts.Row(
        cells=(
            one.target.label,
            letter.receiver_name,
            letter.issuer_name,
            one.target.amount,
            one.used_words() if one.standing is not Standing.UNKNOWN else "—",
            one.remaining,
            one.share,
            standing_part(one.standing),
        ),
        href=one.href or f"/letters/{letter.no}/",
        late=one.standing is Standing.BREACHED,
        sub=one.note or letter.no,
    )


GOAL_COLUMNS = (
    parts.Column("目标", "title"),
    parts.Column("今年"),
    parts.Column("上年同期"),
    parts.Column("结论", "mark"),
)


def _goal_row(goal: Goal) -> parts.Row:
    said: Any = "暂不能判断"
    if goal.met is not None:
        said = "达到" if goal.met else parts.Level("未达到", "red")
    against = f"不符合的记录：{'、'.join(goal.failing)}" if goal.failing else goal.note
    return parts.Row(
        cells=(goal.label, _number(goal.now, goal.unit), _number(goal.before, goal.unit), said),
        href=goal.href,
        sub=against,
    )


def _number(amount: int | None, unit: str) -> str:
    return "—" if amount is None else f"{amount} {unit}"
