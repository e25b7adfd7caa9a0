"""``/weekly/``: one week — who filed, who did not, what waits for approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.dispatch.hands import DISTRICT, UNIT_ROLES
from bihuan.capabilities.dispatch.weekly.access import visible_forms
from bihuan.capabilities.dispatch.weekly.filing import KIND
from bihuan.capabilities.dispatch.weekly.gates import opens_on
from bihuan.capabilities.dispatch.weekly.loop import WEEKLY
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.capabilities.dispatch.weekly.opening import open_week, template_on
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.matters import lists
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.session import actor_for

COLUMNS = (
    parts.Column("填报单位", "title"),
    parts.Column("报送情况", "mark"),
    parts.Column("状态", "state"),
    parts.Column("填报人"),
    parts.Column("报送时间", phone=False),
    parts.Column("零数据提示", "number", "处"),
    parts.Column("期限", "day"),
    parts.Column("办理", "action"),
)
LISTED = {"tab", "cursor", "unit", "state", "overdue"}
"""What in an address asks for the list of forms and not for one week."""
MARKS = {
    Standing.DUE: parts.Level("未到期"),
    Standing.FILED: parts.Level("已报"),
    Standing.NIL: parts.Level("零报告"),
    Standing.LATE: parts.Level("迟报", "orange"),
    Standing.MISSING: parts.Level("未报", "red"),
    Standing.WAIVED: parts.Level("免报"),
}


def asked_week(text: str) -> Period:
    """The week of the address; the week before this one until Wednesday, when that is what people still work on."""
    if text:
        return Period.parse(text)
    today = clock.today()
    return Period.week_of(today if today.isoweekday() >= 4 else today - timedelta(days=7))


@require_GET
@only_for(UNIT_ROLES)
def week_page(request: HttpRequest) -> HttpResponse:
    """The forms of a week I may see, each with what it waits for; with a filter, the list of all forms."""
    if request.GET.keys() & LISTED:
        return lists.list_page(request, "weekly")  # type: ignore[return-value]
    actor, week = actor_for(request), asked_week(request.GET.get("week", ""))
    if week.first <= clock.today() and week.label[4:5] == "W":
        open_week(week)
    forms = list(
        visible_forms(actor)
        .filter(period=week.label)
        .select_related("agency")
        .order_by("agency__order", "agency_id")
    )
    stands = _standings(forms, week)
    office = bool(actor.roles & DISTRICT)
    context = {
        "week": week,
        "week_words": week.chinese(),
        "office": actor.holds(Role.OFFICE),
        "whole": office,
        "template": template_on(week.last),
        "before_href": _before(week),
        "after_href": _after(week),
        "tally": _tally(forms, stands, week),
        "ledger": parts.Ledger(COLUMNS, [_row(form, stands[form.pk], actor) for form in forms], "周调度表"),
        "empty": _empty(actor, week),
        "crumbs": [parts.Link("周调度", "")],
    }
    return render(request, "weekly/week.html", context)


def _before(week: Period) -> str:
    """None before the first week there is a date for."""
    if week.first.toordinal() <= 7:
        return ""
    return f"/weekly/?week={Period.week_of(week.first - timedelta(days=7)).label}"


def _after(week: Period) -> str:
    if week.last >= clock.today():
        return ""
    return f"/weekly/?week={Period.week_of(week.last + timedelta(days=1)).label}"


def _standings(forms: Sequence[WeeklyForm], week: Period) -> dict[Any, Standing]:
    """Where each filing stands by its expectation; one statement."""
    rows = Expectation.objects.filter(kind=KIND, period=week.label)
    today = clock.today()
    stands = {row.holder_id: row.standing(today) for row in rows}
    return {form.pk: stands.get(form.agency_id, Standing.DUE) for form in forms}


def _tally(forms: Sequence[WeeklyForm], stands: dict[Any, Standing], week: Period) -> Sequence[parts.Tally]:
    if not forms:
        return ()
    found = list(stands.values())
    waiting = sum(form.state == FormState.FILED for form in forms)
    return [
        parts.Tally("应报", len(forms)),
        parts.Tally("已报", found.count(Standing.FILED)),
        parts.Tally("零报告", found.count(Standing.NIL)),
        parts.Tally("迟报", found.count(Standing.LATE), bad=True),
        parts.Tally("未报", found.count(Standing.MISSING), late=True),
        parts.Tally("待审定", waiting, href="/weekly/?tab=filed"),
    ]


def _row(form: WeeklyForm, standing: Standing, actor: Actor) -> parts.Row:
    missing = standing is Standing.MISSING
    return parts.Row(
        (
            form.name, MARKS[standing], state_part(WEEKLY, form.state), form.filed_by or None, form.filed_at,
            len(form.suspicions) or None if form.filed_at else None,
            parts.Deadline.of(form.due_on) if form.state == FormState.OPEN else form.due_on,
            _deed(form, actor),
        ),
        href=f"/weekly/{form.no}/",
        late=missing,
        sub=f"第 {form.edition} 稿（更正）" if form.edition > 1 and form.correction else "",
    )  # fmt: skip


def _deed(form: WeeklyForm, actor: Actor) -> Any:
    mine = any(scope.agency_id == form.agency_id and scope.role in UNIT_ROLES for scope in actor.scopes)
    if form.state == FormState.OPEN and mine:
        early = clock.today() < opens_on(form)
        return parts.Action("填报", f"/weekly/{form.no}/file/", not early, [f"{opens_on(form)} 起可填"])
    if form.state == FormState.FILED and actor.holds(Role.OFFICE):
        return parts.Action("审定", f"/weekly/{form.no}/approve/")
    return None


def _empty(actor: Actor, week: Period) -> parts.Empty:
    if template_on(week.last) is None:
        if actor.holds(Role.OFFICE):
            return parts.Empty(
                "还没有启用周调度表。", "先选定栏目和填报单位。", "/weekly/setting/", "去设定", "calendar"
            )
        return parts.Empty(
            "还没有启用周调度表。", "由安委办设定栏目和填报单位后，每周自动开出。", icon="calendar"
        )
    return parts.Empty("这一周没有要您单位填报的调度表。", "填报单位名单由安委办设定。", icon="calendar")
