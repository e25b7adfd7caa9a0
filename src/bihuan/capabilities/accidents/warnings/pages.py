"""How early warnings show themselves: who has not acknowledged stands first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.accidents import clocks, places
from bihuan.capabilities.accidents.warnings.loop import EARLY_WARNING
from bihuan.capabilities.accidents.warnings.models import EarlyWarning
from bihuan.capabilities.accidents.warnings.states import Colour, Source, WarningState
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.territory.models import Agency, Region
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

BY_DAY = Order("first", "first_day", descending=True)
BY_DEADLINE = Order("deadline", "deadline", descending=False)
WEEK = 7
COLOURS: Mapping[Colour, parts.Warning4] = {
    Colour.BLUE: "blue", Colour.YELLOW: "yellow", Colour.ORANGE: "orange", Colour.RED: "red",
}  # fmt: skip


def level_of(warning: Any) -> parts.Level:
    colour = Colour(warning.level)
    return parts.Level(colour.label, COLOURS[colour])


def days(warning: Any) -> str:
    return f"{warning.first_day} 至 {warning.last_day}"


def area(warning: Any) -> str:
    names = (
        Region.objects.filter(path__in=warning.towns).order_by("order", "id").values_list("name", flat=True)
    )
    return "、".join(names) or "全区"


def facts(warning: EarlyWarning) -> Sequence[parts.Fact]:
    source = Source(warning.source).label
    told = [
        parts.Fact("级别", level_of(warning)),
        parts.Fact("来源", source, hint=warning.source_words),
        parts.Fact("预警时段", days(warning)),
        parts.Fact("预警区域", area(warning)),
        parts.Fact("发布时间", warning.issued_at),
        parts.Fact("发布渠道", warning.channel, hint=f"发布对象：{warning.audience}"),
        parts.Fact("签收期限", warning.acknowledge_by),
        parts.Fact("已签收", f"{len(warning.units) - len(warning.waiting)} / {len(warning.units)} 个单位"),
        parts.Fact("风险和影响", warning.risk, wide=True),
        parts.Fact("防范要求", warning.requirement, wide=True),
    ]
    if warning.lifted_on:
        told.append(parts.Fact("解除日期", warning.lifted_on))
    return told


def more_facts(warning: EarlyWarning, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    names = dict(Agency.objects.filter(pk__in=warning.units).values_list("pk", "name"))
    late = warning.state == WarningState.ACTIVE and warning.acknowledge_by < clock.today()
    waiting = parts.Level("逾期未签收", "red") if late else parts.Level("未签收", "yellow")
    sections = [
        ("未签收的单位", [parts.Fact(names.get(unit, str(unit)), waiting) for unit in warning.waiting]),
        ("已签收的单位", [_acknowledged(names, unit, told) for unit, told in warning.acknowledged.items()]),
        ("防范措施落实", [_action(names, one) for one in reversed(warning.actions)]),
    ]
    return [(heading, told) for heading, told in sections if told]


def _acknowledged(names: dict[int, str], unit: str, told: dict[str, str]) -> parts.Fact:
    at = clocks.words(datetime.fromisoformat(told["at"]))
    return parts.Fact(names.get(int(unit), unit), f"{at} 签收", hint=f"{told['post']} {told['by']}".strip())


def _action(names: dict[int, str], one: dict[str, Any]) -> parts.Fact:
    return parts.Fact(
        names.get(one["unit"], ""), one["words"], hint=f"{one['on']} {one['by']}登记", wide=True
    )


COLUMNS = (
    parts.Column("预警", "title"),
    parts.Column("级别", "mark"),
    parts.Column("时段"),
    parts.Column("来源", phone=False),
    parts.Column("签收", "number"),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(warning: Any) -> parts.Row:
    active = warning.state == WarningState.ACTIVE
    deadline = parts.Deadline.of(warning.deadline) if active and warning.deadline else None
    return parts.Row(
        cells=(
            warning.title, level_of(warning), days(warning), Source(warning.source).label,
            f"{len(warning.acknowledged)}/{len(warning.units)}", deadline, state_part(EARLY_WARNING, warning.state),
        ),
        href=f"/warnings/{warning.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=warning.no,
    )  # fmt: skip


_LISTED = (
    "uid", "no", "state", "version", "deadline", "opened_at", "title", "level", "source", "source_words", "risk", "requirement",
    "towns", "units", "first_day", "last_day", "acknowledge_by", "channel", "audience", "acknowledged", "issued_at", "lifted_on",
)  # fmt: skip


def listed(rows: QuerySet[EarlyWarning]) -> QuerySet[Any]:
    return rows.annotate(issuer=F("agency__name")).values_list(*_LISTED, "issuer", named=True)


def _active() -> Q:
    return Q(state=WarningState.ACTIVE.value)


def _late() -> Q:
    """Somebody has not acknowledged in time, or it is over and was neither lifted nor prolonged."""
    return _active() & Q(deadline__lt=clock.today())


TABS = (
    TabOf("active", "生效中", _active, BY_DAY),
    TabOf("late", "逾期未签收、未解除", _late, BY_DEADLINE, warn=True),
    TabOf("lifted", "已解除", lambda: Q(state=WarningState.LIFTED.value), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)
FILTERS = (
    ListFilter("level", "级别", lambda value: Q(level=value), choices=[(c.value, c.label) for c in Colour]),
    ListFilter("source", "来源", lambda value: Q(source=value), choices=[(s.value, s.label) for s in Source]),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=[(s.value, s.label) for s in WarningState], shown=False),
)  # fmt: skip


def resource(warning: Any) -> dict[str, Any]:
    """The warning as the API gives it."""
    return {
        "title": warning.title, "level": warning.level, "source": warning.source, "source_words": warning.source_words,
        "risk": warning.risk, "requirement": warning.requirement, "towns": list(warning.towns),
        "first_day": warning.first_day.isoformat(), "last_day": warning.last_day.isoformat(),
        "acknowledge_by": warning.acknowledge_by.isoformat(), "channel": warning.channel, "audience": warning.audience,
        "units": len(warning.units), "acknowledged": len(warning.acknowledged),
        "issued_at": warning.issued_at.isoformat(),
        "lifted_on": warning.lifted_on.isoformat() if warning.lifted_on else None,
    }  # fmt: skip


def prefill(deed: str, warning: Any, actor: Actor) -> dict[str, Any]:
    """The days by the district's rule; of a warning in force, its own."""
    today = clock.today()
    soon = today + timedelta(days=int(policies.recent("warning.acknowledge_days", on=today).value))
    if warning is None:
        return {"first_day": today, "last_day": today + timedelta(days=WEEK), "acknowledge_by": soon}
    if deed == "adjust":
        return {"level": warning.level, "last_day": warning.last_day, "acknowledge_by": soon}
    return {"lifted_on": today}


def describe(name: str, value: Any) -> Any:
    """Keys of units and towns as their names."""
    if name == "units" and isinstance(value, list):
        return "、".join(
            Agency.objects.filter(pk__in=value).order_by("order", "id").values_list("name", flat=True)
        )
    if name == "towns" and isinstance(value, list):
        return "、".join(Region.objects.filter(pk__in=value).values_list("name", flat=True))
    return value


EXPORT = (
    ("编号", lambda one: one.no),
    ("预警事项", lambda one: one.title),
    ("级别", lambda one: Colour(one.level).label),
    ("来源", lambda one: Source(one.source).label),
    ("来源说明", lambda one: one.source_words),
    ("预警自", lambda one: one.first_day),
    ("至", lambda one: one.last_day),
    ("发布单位", lambda one: one.issuer),
    ("发布时间", lambda one: clocks.words(one.issued_at)),
    ("发布渠道", lambda one: one.channel),
    ("发布对象", lambda one: one.audience),
    ("签收期限", lambda one: one.acknowledge_by),
    ("应签收单位", lambda one: len(one.units)),
    ("已签收", lambda one: len(one.acknowledged)),
    ("解除日期", lambda one: one.lifted_on),
    ("状态", lambda one: WarningState(one.state).label),
)

PAGES = MatterPages(
    loop=EARLY_WARNING,
    lead="预警发给谁、管多久、谁还没有签收、做了什么，到期未签收的逐级提醒。",
    what=lambda warning: warning.title,
    where=area,
    level=level_of,
    tags=lambda warning: [Source(warning.source).label],
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
        "这里没有预警。",
        "有灾害性天气、突出风险需要提醒单位防范的，发布预警。",
        "/warnings/new/issue/",
        "发布预警",
    ),
    opening="issue",
    chained=False,
    pictured=False,
    beside=places.tabs(places.WARNINGS),
)


def install() -> None:
    """Give the loop of early warnings its pages."""
    show(PAGES)
