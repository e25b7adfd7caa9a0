"""How weekly forms show themselves on the made pages, in lists and in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.dispatch.weekly.editions import frozen_of
from bihuan.capabilities.dispatch.weekly.loop import WEEKLY
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.capabilities.dispatch.weekly.notation import written
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

_DUE = [FormState.OPEN.value, FormState.FILED.value]
BY_WEEK = Order("week", "week_from", descending=True)
LATE, NIL, SUSPECT = parts.Level("迟报", "orange"), parts.Level("零报告"), parts.Level("零数据待核", "yellow")


def level(form: WeeklyForm) -> parts.Level | None:
    if form.suspicions and form.state == FormState.FILED:
        return SUSPECT
    return LATE if form.late else NIL if form.nil else None


def tags(form: WeeklyForm) -> Sequence[str]:
    shown = [f"第 {form.edition} 稿"] if form.edition > 1 else []
    if form.late:
        shown.append("迟报")
    if form.nil:
        shown.append("零报告")
    if form.correction:
        shown.append("更正稿")
    if form.sent_back:
        shown.append(f"退回 {form.sent_back} 次")
    return shown


def facts(form: WeeklyForm) -> Sequence[parts.Fact]:
    week = form.week
    listed = [
        parts.Fact("填报单位", form.name, hint=_renamed(form)),
        parts.Fact("时段", week.chinese()),
        parts.Fact("报送期限", form.due_on),
        parts.Fact("表名", form.template.title),
    ]
    if form.filed_at is not None:
        listed += [
            parts.Fact("填报人", f"{form.filed_post} {form.filed_by}".strip()),
            parts.Fact("报送时间", form.filed_at, hint="迟报" if form.late else "按期"),
            parts.Fact("数据截至", form.as_of),
            parts.Fact("内容摘要（SM3）", form.digest),
        ]
    if form.approved_at is not None:
        locked = f"{form.approved_post} {form.approved_by} 于 {_moment(form.approved_at)} 审定后锁定：{form.opinion}"
        listed.append(parts.Fact("锁定", locked, hint="更正另成一稿，原稿保留", wide=True))
    if form.correction:
        listed.append(parts.Fact("更正理由", form.correction, wide=True))
    if form.returned and form.state == FormState.OPEN:
        listed.append(parts.Fact("退回理由", form.returned, wide=True))
    return listed


def _moment(at: Any) -> str:
    return clock.minute_of(at)


def _renamed(form: WeeklyForm) -> str:
    """A unit keeps its filings when it is renamed; they bear the name of their day (M029)."""
    return f"现名{form.agency.name}" if form.unit_name and form.unit_name != form.agency.name else ""


def more_facts(form: WeeklyForm, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    return ()


COLUMNS = (
    parts.Column("填报单位", "title"),
    parts.Column("周"),
    parts.Column("报送时间", phone=False),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(form: Any) -> parts.Row:
    waiting = form.state in _DUE
    deadline = parts.Deadline.of(form.deadline) if waiting and form.deadline else None
    return parts.Row(
        (
            form.unit_name or form.agency_name,
            Period.parse(form.period).chinese(),
            form.filed_at,
            deadline or form.due_on,
            state_part(WEEKLY, form.state),
        ),
        href=f"/weekly/{form.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=form.no,
    )


_LISTED = (
    "uid", "no", "state", "version", "deadline", "period", "week_from", "due_on", "unit_name", "filed_at", "filed_by",
    "late", "nil", "edition", "approved_by", "approved_at", "words", "stated", "zeros", "suspicions", "digest",
    "nil_reason", "correction", "as_of", "figures", "sent_back", "opened_at",
)  # fmt: skip


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    named: QuerySet[Any] = rows.annotate(agency_name=F("agency__name")).only(*_LISTED)
    return named


TABS = (
    TabOf("open", "待填报", lambda: Q(state=FormState.OPEN.value), BY_WEEK),
    TabOf("filed", "待审定", lambda: Q(state=FormState.FILED.value), BY_WEEK),
    TabOf("approved", "已审定", lambda: Q(state=FormState.APPROVED.value), BY_WEEK),
    TabOf("late", "过期未报", lambda: Q(state=FormState.OPEN.value, due_on__lt=clock.today()), BY_WEEK, warn=True),
    TabOf("all", "全部", Q, BY_WEEK),
)  # fmt: skip


def _units() -> Sequence[tuple[str, str]]:
    rows = Agency.objects.filter(pk__in=WeeklyForm.objects.values("agency")).order_by("order", "id")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


FILTERS = (
    ListFilter("unit", "填报单位", lambda value: Q(agency=int(value)), choices=_units),
    ListFilter("week", "周", lambda value: Q(period=Period.parse(value).label), "text"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=FormState.choices(), shown=False),
    ListFilter("overdue", "过期未报", lambda value: Q(state=FormState.OPEN.value, due_on__lt=clock.today()), "flag", shown=False),
)  # fmt: skip


def resource(form: Any) -> dict[str, Any]:
    """The form as the API gives it; one that was read whole carries its figures as they were frozen."""
    if hasattr(form, "agency_name"):  # a row of a list: the figures of each would be a statement of their own
        return {"unit": form.unit_name or form.agency_name, **_said(form)}
    frozen = frozen_of([form.figures]).get(form.figures, {}) if form.figures else {}
    return {
        "unit": form.name,
        **_said(form),
        "figures": [
            {
                "name": value.figure,
                "period": value.period.label,
                "scope": value.scope.json(),
                "value": value.value,
            }
            for value in frozen.values()
        ],
    }


def _said(form: Any) -> dict[str, Any]:
    return {
        "period": form.period,
        "due_on": form.due_on.isoformat(),
        "edition": form.edition,
        "filed_at": form.filed_at.isoformat() if form.filed_at else None,
        "filed_by": form.filed_by,
        "late": form.late,
        "nil": form.nil,
        "nil_reason": form.nil_reason,
        "approved_by": form.approved_by,
        "correction": form.correction,
        "digest": form.digest,
        "words": form.words,
        "stated": form.stated,
        "zeros": form.zeros,
        "suspicions": form.suspicions,
    }


def prefill(deed: str, form: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand: the words of the edition before."""
    if form is None or deed not in ("file", "correct"):
        return {}
    layout = form.template.asks
    said = {**form.words, **{key: str(value) for key, value in form.stated.items()}}
    titles = {block.key: block.title for block in layout.blocks}
    return {
        "content": written(layout, said),
        "zeros": "、".join(titles[key] for key in form.zeros if key in titles),
    }


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names."""
    if name == "unit" and isinstance(value, int):
        return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return Period.parse(value).chinese() if name == "week" else value


EXPORT = (
    ("编号", lambda form: form.no),
    ("填报单位", lambda form: form.unit_name or form.agency_name),
    ("周", lambda form: Period.parse(form.period).chinese()),
    ("报送期限", lambda form: form.due_on),
    ("报送时间", lambda form: form.filed_at),
    ("填报人", lambda form: form.filed_by),
    ("迟报", lambda form: form.late),
    ("零报告", lambda form: form.nil),
    ("稿次", lambda form: form.edition),
    ("审定人", lambda form: form.approved_by),
    ("状态", lambda form: FormState(form.state).label),
    ("内容摘要（SM3）", lambda form: form.digest),
)

PAGES = MatterPages(
    loop=WEEKLY,
    lead="牵头单位每周的调度表：数据由系统按记录统计，单位补充研判、签名上报，安委办审定后锁定。",
    what=lambda form: form.about(),
    where=lambda form: form.name,
    level=level,
    tags=tags,
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "这里没有符合条件的周调度表。", "每周一由系统按填报单位名单开出。", "/weekly/", "看本周"
    ),
    icon="custom",
)


def install() -> None:
    """Give the weekly loop its pages."""
    show(PAGES)
