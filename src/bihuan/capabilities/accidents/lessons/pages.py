"""How warnings show themselves; the list of who has not confirmed and who has not looked is the point of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from bihuan.capabilities.accidents import places
from bihuan.capabilities.accidents.lessons.access import visible_checks, visible_lessons
from bihuan.capabilities.accidents.lessons.loop import LESSON
from bihuan.capabilities.accidents.lessons.models import Lesson, LessonCheck
from bihuan.capabilities.accidents.lessons.states import LessonState, Origin
from bihuan.capabilities.accidents.models import Accident
from bihuan.kernel import clock
from bihuan.kernel.calendar import due
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.territory.models import Region, Sector
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.matters.narrowing import in_state
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.session import actor_for

BY_DAY = Order("occurred", "occurred_on", descending=True)
SHOWN = 60


def hurt(lesson: Any) -> str:
    """死亡 13 人，失踪 2 人; the two are never added."""
    told = [
        f"{label} {number} 人"
        for label, number in (("死亡", lesson.deaths), ("失踪", lesson.missing))
        if number
    ]
    return "，".join(told) or "无人员伤亡"


def facts(lesson: Lesson) -> Sequence[parts.Fact]:
    told = [
        parts.Fact("来源", Origin(lesson.origin).label, hint=lesson.accident, href=_accident_href(lesson)),
        parts.Fact("事故日期", lesson.occurred_on),
        parts.Fact("事故地点", lesson.place),
        parts.Fact("事故类型", lesson.kind or "—"),
        parts.Fact("伤亡", hurt(lesson)),
        parts.Fact("事故教训", lesson.lesson, wide=True),
    ]  # fmt: skip
    if lesson.issued_on:
        told += [
            parts.Fact("排查要求", lesson.requirement, wide=True),
            parts.Fact("发布", lesson.issued_on, hint=lesson.channel),
            parts.Fact("排查范围", _scope(lesson)),
            parts.Fact("已签收", f"{lesson.received} / {lesson.listed} 家"),
            parts.Fact("已排查", f"{lesson.checked} / {lesson.listed} 家"),
        ]
    return told


def _accident_href(lesson: Lesson) -> str:
    return f"/accidents/{lesson.accident}/" if lesson.accident else ""


def _scope(lesson: Lesson) -> str:
    fields = Sector.objects.filter(path__in=lesson.sectors).values_list("name", flat=True)
    towns = list(Region.objects.filter(path__in=lesson.towns).values_list("name", flat=True))
    return f"{'、'.join(fields)}；{'、'.join(towns) or '全区'}"


def more_facts(lesson: Lesson, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    """Who has not confirmed and who has not looked first, within the reader's jurisdiction."""
    rows = visible_checks(actor).filter(lesson=lesson.pk).select_related("object", "agency")
    waiting = rows.filter(received_at=None).order_by("region_path", "object__name_pinyin")
    unchecked = rows.filter(checked_on=None, received_at__isnull=False).order_by(
        "region_path", "object__name_pinyin"
    )
    done = rows.filter(checked_on__isnull=False).order_by("-checked_on", "object__name_pinyin")
    sections = [
        ("未签收的单位", _lines(waiting)), ("已签收、未登记排查结果的", _lines(unchecked)), ("已排查", _lines(done)),
    ]  # fmt: skip
    return [(heading, told) for heading, told in sections if told]


def _lines(rows: QuerySet[LessonCheck]) -> list[parts.Fact]:
    told = [_line(one) for one in rows[: SHOWN + 1]]
    if len(told) > SHOWN:
        told[SHOWN:] = [parts.Fact("其余", "见导出的名单", wide=True)]
    return told


def _line(one: LessonCheck) -> parts.Fact:
    owner = one.agency.name if one.agency else "属地镇街"
    if one.checked_on:
        value: Any = f"{one.checked_on} {one.checked_by}：{one.finding}"
        if one.problem:
            value = parts.Level(f"发现问题。{value}", "orange")
    else:
        value = f"责任单位 {owner}"
    received = f"{clock.minute_of(one.received_at)} {one.received_by}签收" if one.received_at else "尚未签收"
    return parts.Fact(one.object.name, value, hint=received, wide=True)


COLUMNS = (
    parts.Column("警示", "title"),
    parts.Column("来源", phone=False),
    parts.Column("事故日期", "day"),
    parts.Column("伤亡"),
    parts.Column("签收", "number", phone=False),
    parts.Column("排查", "number"),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(lesson: Any) -> parts.Row:
    open_now = LessonState(lesson.state) in LESSON.open_states
    deadline = parts.Deadline.of(lesson.deadline) if open_now and lesson.deadline else None
    return parts.Row(
        cells=(
            lesson.title, Origin(lesson.origin).label, lesson.occurred_on, hurt(lesson),
            f"{lesson.received}/{lesson.listed}", f"{lesson.checked}/{lesson.listed}", deadline,
            state_part(LESSON, lesson.state),
        ),
        href=f"/lessons/{lesson.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=lesson.no,
    )  # fmt: skip


_LISTED = (
    "uid", "no", "state", "version", "deadline", "opened_at", "title", "origin", "accident", "occurred_on", "place", "kind",
    "deaths", "missing", "lesson", "requirement", "issued_on", "check_by", "listed", "received", "checked",
)  # fmt: skip


def listed(rows: QuerySet[Lesson]) -> QuerySet[Any]:
    return rows.annotate(unit=F("agency__name")).values_list(*_LISTED, "unit", named=True)


TABS = (
    TabOf("open", "在办", in_state(LessonState.DRAFT, LessonState.CHECKING), BY_DAY),
    TabOf("draft", "待发布", in_state(LessonState.DRAFT), BY_DAY, warn=True),
    TabOf("closed", "已办结", in_state(LessonState.CLOSED), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)
FILTERS = (
    ListFilter("origin", "来源", lambda value: Q(origin=value), choices=Origin.choices()),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=LessonState.choices(), shown=False),
)  # fmt: skip


def resource(lesson: Any) -> dict[str, Any]:
    """The warning as the API gives it."""
    return {
        "title": lesson.title, "origin": lesson.origin, "accident": lesson.accident or None,
        "occurred_on": lesson.occurred_on.isoformat(), "place": lesson.place, "kind": lesson.kind, "deaths": lesson.deaths,
        "missing": lesson.missing, "lesson": lesson.lesson, "requirement": lesson.requirement,
        "issued_on": lesson.issued_on.isoformat() if lesson.issued_on else None,
        "check_by": lesson.check_by.isoformat() if lesson.check_by else None,
        "listed": lesson.listed, "received": lesson.received, "checked": lesson.checked,
    }  # fmt: skip


def prefill(deed: str, lesson: Any, actor: Actor) -> dict[str, Any]:
    """Until when they look by the rule, and the fields of the accident."""
    if deed in ("issue", "publish"):
        days = int(policies.recent("lesson.check_days", on=clock.today()).value)
        told: dict[str, Any] = {"check_by": due(clock.today(), days, "working").due}
        if lesson is not None:
            told |= {"lesson": lesson.lesson, "sectors": _fields_of(lesson)}
        return told
    return {"checked_on": clock.today()}


def _fields_of(lesson: Lesson) -> list[int]:
    path = Accident.objects.filter(no=lesson.accident).values_list("sector_path", flat=True).first() or ""
    root = f"{path.split('.')[0]}." if path else ""
    return list(Sector.objects.filter(path=root, until=None).values_list("pk", flat=True))


def offers(deed: str, lesson: Any, actor: Actor) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Who is still to be looked at, for whoever looks."""
    if deed != "record_check":
        return {}
    rows = visible_checks(actor).filter(lesson=lesson.pk, checked_on=None).select_related("object")
    waiting = rows.order_by("region_path", "object__name_pinyin")[:500]
    return {"object": [(str(one.object_id), one.object.name) for one in waiting]}


def describe(name: str, value: Any) -> Any:
    """Numbers of fields and towns as their names."""
    if name == "sectors" and isinstance(value, list):
        return "、".join(Sector.objects.filter(pk__in=value).values_list("name", flat=True))
    if name == "towns" and isinstance(value, list):
        return "、".join(Region.objects.filter(pk__in=value).values_list("name", flat=True))
    return value


EXPORT = (
    ("编号", lambda one: one.no),
    ("警示", lambda one: one.title),
    ("来源", lambda one: Origin(one.origin).label),
    ("事故日期", lambda one: one.occurred_on),
    ("事故地点", lambda one: one.place),
    ("死亡", lambda one: one.deaths),
    ("失踪", lambda one: one.missing),
    ("发布单位", lambda one: one.unit),
    ("发布日期", lambda one: one.issued_on),
    ("排查期限", lambda one: one.check_by),
    ("排查对象", lambda one: one.listed),
    ("已签收", lambda one: one.received),
    ("已排查", lambda one: one.checked),
    ("状态", lambda one: LessonState(one.state).label),
)
CHECKS = (
    ("单位", lambda one: one.object.name),
    ("统一社会信用代码", lambda one: one.object.credit_code),
    ("所在镇街", lambda one: one.object.region.name),
    ("责任单位", lambda one: one.agency.name if one.agency else "属地镇街"),
    ("签收时间", lambda one: clock.minute_of(one.received_at) if one.received_at else "未签收"),
    ("签收人", lambda one: one.received_by),
    ("排查日期", lambda one: one.checked_on),
    ("排查人", lambda one: one.checked_by),
    ("发现问题", lambda one: "是" if one.problem else ""),
    ("排查情况", lambda one: one.finding if one.checked_on else "未登记"),
)  # fmt: skip


@require_GET
@only_for(BUSINESS)
def checks_export(request: HttpRequest, no: str) -> HttpResponseBase:
    """The list of one warning as a workbook, those who have not confirmed first."""
    actor = actor_for(request)
    lesson = visible_lessons(actor).filter(no=no).first()
    if lesson is None:
        raise Absent(f"没有查到警示 {no}")
    rows = visible_checks(actor).filter(lesson=lesson.pk).select_related("object", "object__region", "agency")
    ordered = rows.order_by(F("received_at").asc(nulls_first=True), "region_path", "object__name_pinyin")
    return workbook_response(f"{lesson.title} 排查名单", f"排查名单-{no}.xlsx", CHECKS, ordered, actor)


PAGES = MatterPages(
    loop=LESSON,
    lead="事故教训发到同类单位：谁没有签收、谁没有排查，一目了然。本区事故核实后自动起草，外地事故由安委办发布。",
    what=lambda lesson: lesson.title,
    where=lambda lesson: lesson.place,
    level=lambda lesson: None,
    tags=lambda lesson: [Origin(lesson.origin).label],
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    offers=offers,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "这里没有事故警示。", "外地发生的事故值得本区警惕的，发布警示并列出要排查的单位。", "/lessons/new/issue/",
        "发布外地事故警示",
    ),
    opening="issue",
    chained=False,
    pictured=False,
    beside=places.tabs(places.LESSONS),
)  # fmt: skip


def install() -> None:
    """Give the loop of warnings its pages."""
    show(PAGES)
