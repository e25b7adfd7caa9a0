"""Hazards in lists: columns, tabs, orders, and the only filters that reach the query."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import OPEN_STATES, Hazard
from bihuan.capabilities.hazards.naming import GENERAL, MAJOR
from bihuan.capabilities.hazards.reminding import last_day_soon
from bihuan.capabilities.hazards.showing import what
from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel import clock
from bihuan.kernel.policies import values as policies
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import find_sector
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.matter import days_of_warning
from bihuan.kernel.web.matters.narrowing import (
    in_state,
    of_campaign,
    of_object,
    on_day,
    region_path,
    town_choices,
    within_region,
)
from bihuan.kernel.web.matters.pages import ListFilter, Order, TabOf
from bihuan.kernel.web.matters.timeline import state_part

_OPEN = [state.value for state in OPEN_STATES]
BY_DEADLINE = Order("deadline", "deadline", descending=False, within=lambda: Q(state__in=_OPEN), few=True)
BY_DUTY = Order("duty", "duty_on", descending=False, within=lambda: Q(duty_on__isnull=False), few=True)
BY_FOUND = Order("found", "found_on", descending=True)
BY_ACCEPTANCE = Order("accepted", "accepted_on", descending=True, within=lambda: Q(accepted_on__isnull=False))


COLUMNS = (
    parts.Column("隐患", "title"),
    parts.Column("所在单位"),
    parts.Column("等级", "mark"),
    parts.Column("来源", phone=False),
    parts.Column("发现日期", "day", phone=False),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(hazard: Hazard) -> parts.Row:
    open_now = HazardState(hazard.state) in OPEN_STATES
    soon = days_of_warning(HAZARD)
    deadline = parts.Deadline.of(hazard.deadline, soon=soon) if open_now and hazard.deadline else None
    return parts.Row(
        cells=(
            what(hazard),
            hazard.object_name,
            MAJOR if hazard.grade == Grade.MAJOR else GENERAL,
            Source(hazard.source).label,
            hazard.found_on,
            deadline or hazard.rectify_by,
            state_part(HAZARD, hazard.state),
        ),
        href=f"/hazards/{hazard.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=hazard.no + _marks(hazard),
    )


def _marks(hazard: Hazard) -> str:
    """What a reader of the list must not miss: that it failed again and again."""
    if not hazard.failed_acceptances:
        return ""
    limit = int(policies.recent("hazard.failed_acceptance_limit", on=clock.today()).value)
    failed = hazard.failed_acceptances
    return f" · 屡次不合格 {failed} 次" if failed >= limit else ""


def listed(rows: QuerySet[Hazard]) -> QuerySet[Any]:
    """Rows with what lists and exports show, as plain tuples under the model's names: they cost half of instances."""
    return rows.annotate(**_OF_OBJECT).values_list(*_LISTED, named=True)


_OF_OBJECT: dict[str, Any] = {"object_name": F("object__name"), "object_code": F("object__credit_code")}
_LISTED = (
    "uid", "object_id", *_OF_OBJECT,
    "no", "state", "version", "deadline", "grade", "source", "category", "campaign", "description", "place",
    "found_on", "found_by", "rectify_by", "rectified_on", "accepted_on", "claimed", "accepted_claimed",
    "funds_planned_fen", "funds_spent_fen", "sector_path", "responsible_person", "measures", "contingency_plan",
    "accepted_by", "duty_on", "failed_acceptances", "leniency", "voluntary",
)  # fmt: skip


def _owing(duty: str) -> Any:
    """Where a duty is open; ``duty_on`` leads to them by an index that holds nothing else."""
    return lambda: Q(duty_on__isnull=False, duties__open__has_key=duty)


TABS = (
    TabOf("open", "未销号", in_state(*OPEN_STATES), BY_DEADLINE),
    TabOf("overdue", "逾期", lambda: Q(state__in=_OPEN, deadline__lt=clock.today()), BY_DEADLINE, warn=True),
    TabOf(
        "soon",
        "即将到期",
        lambda: Q(state__in=_OPEN, deadline__range=(clock.today(), last_day_soon(clock.today()))),
        BY_DEADLINE,
    ),
    TabOf("reported", "已上报", in_state(HazardState.REPORTED), BY_DEADLINE),
    TabOf("rectifying", "整改中", in_state(HazardState.RECTIFYING), BY_DEADLINE),
    TabOf("awaiting", "待验收", in_state(HazardState.AWAITING_ACCEPTANCE), BY_DEADLINE),
    TabOf("recheck", "待复查", _owing("recheck"), BY_DUTY),
    TabOf("spot", "待抽查", _owing("spot_check"), BY_DUTY),
    TabOf("closed", "已销号", in_state(HazardState.CLOSED), BY_ACCEPTANCE),
    TabOf("all", "全部", Q, BY_FOUND),
)


def _sector(text: str) -> Q:
    known = Sector.objects.filter(name=text, until=None).values_list("path", flat=True)
    path = next(iter(known[:1]), None) or _path_by_alias(text)
    return Q(sector_path__startswith=path)


def _sector_names() -> QuerySet[Sector, str]:
    return Sector.objects.filter(until=None).order_by("order", "path").values_list("name", flat=True)


def _path_by_alias(text: str) -> str:
    found = find_sector(text)
    if found is None:
        raise ValueError(text)
    return found.path


_DAY = timedelta(days=1) // timedelta(milliseconds=1) << 80


def _of_batch(text: str) -> Q:
    """What one import brought; all of it is younger than the batch, so only that end of the table is read."""
    batch = UUID(text)
    if batch.version != 7 or batch.time_low >> 24 > 3:
        raise ValueError(text)
    return Q(batch=batch, uid__gte=UUID(int=max(0, batch.int - _DAY)))


def _moment_of(batch: str) -> str:
    """A batch is called by its hour, which its number carries: a file's name may be another's to know."""
    at = datetime.fromtimestamp((UUID(batch).int >> 80) / 1000, clock.SHANGHAI)
    return f"{at:%Y-%m-%d %H:%M} 上传"


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("hazards_hazard.search", text), "text"),
    ListFilter(
        "region", "镇街", within_region, judges=True, means=region_path, choices=town_choices,
    ),
    ListFilter(
        "sector", "行业领域", _sector, judges=True,
        choices=lambda: [(name, name) for name in _sector_names()],
    ),
    ListFilter("grade", "等级", lambda value: Q(grade=value), choices=Grade.choices()),
    ListFilter("source", "来源", lambda value: Q(source=value), choices=Source.choices()),
    ListFilter("found_from", "发现日期自", on_day("found_on__gte"), "date"),
    ListFilter("found_to", "至", on_day("found_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=HazardState.choices(), shown=False),
    ListFilter("overdue", "逾期", lambda value: Q(state__in=_OPEN, deadline__lt=clock.today()), "flag", shown=False),
    ListFilter("object", "单位", of_object, "object"),
    ListFilter("batch", "导入批次", _of_batch, "text", shown=False, named=_moment_of),
    ListFilter("campaign", "专项行动", of_campaign, "text", shown=False),
)  # fmt: skip
