"""How inspections show themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.inspections import finding, modes, places, sheets, showing, team
from bihuan.capabilities.inspections.loop import INSPECTION
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.states import InspectionState, Nature
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import frame, parts
from bihuan.kernel.web.matters.narrowing import in_state, of_campaign, of_object, on_day
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.registers import criteria
from bihuan.registers.checklists import reading
from bihuan.registers.instruments.known import facts_about

BY_DAY = Order("planned", "planned_on", descending=True)
URGENT = Order("deadline", "deadline", descending=False, few=True)

COLUMNS = (
    parts.Column("检查对象", "title"),
    parts.Column("检查方式"),
    parts.Column("检查单位"),
    parts.Column("检查日期", "day"),
    parts.Column("发现问题", "number", "项"),
    parts.Column("整改期限", "day"),
    parts.Column("状态", "state"),
)


def row(inspection: Any) -> parts.Row:
    return parts.Row(
        cells=(
            inspection.object_name,
            modes.label(inspection.mode),
            inspection.unit_name or "—",
            inspection.arrived_on or inspection.planned_on,
            inspection.found_count,
            inspection.deadline if inspection.state == InspectionState.RECTIFYING else None,
            state_part(INSPECTION, inspection.state),
        ),
        href=f"/inspections/{inspection.no}/",
        late=showing.is_late(inspection),
        sub=f"{inspection.no} {Nature(inspection.nature).label.split('（')[0]}",
    )


_LISTED = (
    "uid", "no", "state", "version", "deadline", "opened_at", "mode", "nature", "planned_on", "arrived_on", "finished_on",
    "found_count", "failed_rechecks", "content", "campaign", "secret", "place", "party_name", "party_refused",
)  # fmt: skip


def listed(rows: QuerySet[Inspection]) -> QuerySet[Any]:
    """Rows with what lists and exports show."""
    more: dict[str, Any] = {"object_name": F("object__name"), "unit_name": F("agency__name")}
    return rows.annotate(**more).values_list(*_LISTED, *more, named=True)


def _overdue() -> Q:
    open_ = [InspectionState.PREPARED.value, InspectionState.RECTIFYING.value]
    return Q(state__in=open_, deadline__lt=clock.today())


TABS = (
    TabOf(
        "open",
        "在办",
        in_state(InspectionState.PREPARED, InspectionState.ON_SITE, InspectionState.RECTIFYING),
        URGENT,
    ),
    TabOf("prepared", "待检查", in_state(InspectionState.PREPARED), URGENT),
    TabOf("on_site", "检查中", in_state(InspectionState.ON_SITE), BY_DAY),
    TabOf("rectifying", "责令整改中", in_state(InspectionState.RECTIFYING), URGENT),
    TabOf("late", "逾期", _overdue, URGENT, warn=True),
    TabOf("closed", "已办结", in_state(InspectionState.CLOSED), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)


def _units() -> Sequence[tuple[str, str]]:
    rows = Agency.objects.filter(in_force(clock.today())).order_by("kind", "order", "id")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("inspections_inspection.search", text), "text"),
    ListFilter(
        "mode", "检查方式", lambda value: Q(mode=value), choices=[(m.mode, m.label) for m in modes.modes().values()]
    ),
    ListFilter("nature", "性质", lambda value: Q(nature=value), choices=Nature.choices()),
    ListFilter("unit", "检查单位", lambda value: Q(agency=int(value)) | Q(units__contains=[int(value)]), choices=_units),
    ListFilter("from", "日期自", on_day("planned_on__gte"), "date"),
    ListFilter("to", "至", on_day("planned_on__lte"), "date"),
    ListFilter("campaign", "专项行动", of_campaign, shown=False, judges=True),
    ListFilter("object", "检查对象", of_object, "object"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=InspectionState.choices(), shown=False),
)  # fmt: skip


def resource(inspection: Any) -> dict[str, Any]:
    """The inspection as the API gives it."""
    return {
        "mode": inspection.mode,
        "nature": inspection.nature,
        "planned_on": inspection.planned_on.isoformat(),
        "content": inspection.content,
        "arrived_on": inspection.arrived_on.isoformat() if inspection.arrived_on else None,
        "finished_on": inspection.finished_on.isoformat() if inspection.finished_on else None,
        "place": inspection.place,
        "found": inspection.found_count,
        "failed_rechecks": inspection.failed_rechecks,
        "campaign": inspection.campaign,
        "secret": inspection.secret,
    }


def prefill(deed: str, inspection: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    if deed == "arrange":
        return {"planned_on": clock.today(), "officers": actor.name}
    if inspection is None:
        return {}
    if deed == "change_team":
        return {
            "officers": "\n".join(team.names_of(inspection.officers)),
            "experts": "\n".join(team.expert_names(inspection.experts)),
        }
    if deed == "recheck":
        return {
            "rechecked_on": clock.today(),
            "officers": "\n".join(team.names_of(inspection.officers)),
        }
    if deed == "finish":
        return {"responsible_person": facts_about(inspection).get("principal", "")}
    return {"place": inspection.object.address} if deed == "transfer_out" else {}


def offers(deed: str, inspection: Any, actor: Actor) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Checklists in force, items not yet answered, units that inspect: picked, not typed."""
    if deed == "arrange":
        rows = reading.versions_on(clock.today())
        return {"checklist": [(one.checklist.code, one.checklist.title) for one in rows]}
    if inspection is None:
        return {}
    if deed == "use_checklist":
        on = inspection.arrived_on or inspection.planned_on
        return {
            "checklist": [
                (one.checklist.code, f"{one.checklist.title} {one.label}")
                for one in sheets.fitting(inspection, on)
            ]
        }
    units = [
        (str(pk), name)
        for pk, name in Agency.objects.filter(pk__in=inspection.all_units).values_list("pk", "name")
    ]
    if deed == "tick":
        answered = sheets.answers_of(inspection)
        items = [item for item in sheets.items_of(inspection) if item.pk not in answered] or sheets.items_of(
            inspection
        )
        return {"item": [(str(item.pk), f"{item.no}. {item.content}") for item in items], "owner": units}
    if deed == "pass_rest":
        answered = sheets.answers_of(inspection)
        groups = dict.fromkeys(item.group for item in sheets.items_of(inspection) if item.pk not in answered)
        return {"group": [(group, group) for group in groups]}
    if deed == "find":
        return {"owner": units}
    if deed == "recheck":
        waiting = [one for one in finding.standing(inspection) if one.to_be_rectified]
        return {"results": [(str(one.order), _told(one)) for one in waiting]}
    if deed == "drop_finding":
        free = finding.standing(inspection).filter(item=None)
        return {"order": [(str(one.order), f"第 {one.order} 条 {one.words[:30]}") for one in free]}
    return {}


def _told(one: Any) -> str:
    """A thing ordered to be put right, as its line of the recheck tells it."""
    at = f"{one.place} " if one.place else ""
    return f"{one.order}. {at}{one.words}" + (f"（期限 {one.due_on}）" if one.due_on else "")


def criterion_choices(inspection: Any) -> Sequence[tuple[str, Any]]:
    """The major-hazard criteria of the object's trade on the day, and those of every trade."""
    if inspection is None or inspection.object.sector is None:
        return ()
    on, sector = inspection.arrived_on or clock.today(), inspection.object.sector
    found = [item for item in criteria.choices(sector.code or sector.name, on) if item.decides]
    return [(sector.name, [(item.id, f"{item.article} {item.text[:60]}") for item in found])] if found else ()


def describe(name: str, value: Any) -> Any:
    """Codes of a payload as words."""
    if name == "mode":
        return modes.label(str(value))
    if name in ("units", "owner", "receiver"):
        keys = value if isinstance(value, list) else [value]
        return "、".join(Agency.objects.filter(pk__in=keys).values_list("name", flat=True))
    if name == "checklist":
        return reading.title_of(str(value))
    if name == "item":
        from bihuan.registers.checklists.models import ChecklistItem

        found = ChecklistItem.objects.filter(pk=value).first()
        return found.content if found else value
    if isinstance(value, str) and "\n" in value:
        return "；".join(line.strip() for line in value.splitlines() if line.strip())
    return value


EXPORT = (
    ("编号", lambda one: one.no),
    ("检查对象", lambda one: one.object_name),
    ("检查方式", lambda one: modes.label(one.mode)),
    ("检查性质", lambda one: Nature(one.nature).label),
    ("检查单位", lambda one: one.unit_name or ""),
    ("安排日期", lambda one: one.planned_on),
    ("到场日期", lambda one: one.arrived_on),
    ("完成日期", lambda one: one.finished_on),
    ("检查内容", lambda one: one.content),
    ("发现问题数", lambda one: one.found_count),
    ("整改期限", lambda one: one.deadline if one.state == InspectionState.RECTIFYING else None),
    ("复查不合格次数", lambda one: one.failed_rechecks),
    ("专项行动", lambda one: one.campaign),
    ("状态", lambda one: InspectionState(one.state).label),
)

PAGES = MatterPages(
    loop=INSPECTION,
    lead="到哪里检查、谁去、怎么查、查出什么、责令改什么、复查结果怎样。暗访和四不两直在到场登记之前对被检查单位和属地保密。",
    what=lambda inspection: f"{inspection.object.name} {modes.label(inspection.mode)}",
    where=lambda inspection: inspection.place or inspection.object.address,
    level=lambda inspection: None,
    tags=lambda inspection: [
        modes.label(inspection.mode), *(["联合检查"] if inspection.units else []),
        *(["到场前保密"] if inspection.secret else []),
    ],
    facts=showing.facts,
    more_facts=showing.more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    offers=offers,
    criteria=criterion_choices,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "这里没有符合条件的检查。", "换一个筛选条件，或者安排一次检查。", "/inspections/new/arrange/", "安排检查", "clipboard-check"
    ),
    opening="arrange",
    pictured=False,
    icon="custom",
    beside=places.tabs(places.BASE),
)  # fmt: skip


def install() -> None:
    """Give the inspection loop its pages and its place in the navigation."""
    show(PAGES)
    frame.offer(20, places.entry)
