"""``GET /enterprises/``: the supervised objects of my jurisdiction, and those that only a ledger has named so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Sector, Standing
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.paging import Keyset, address, pager
from bihuan.kernel.web.session import actor_for
from bihuan.registers.enterprises.dated import in_force, lapsed, words_of
from bihuan.registers.enterprises.dated_kinds import PROCESS, TOLD, DatedKind
from bihuan.registers.keepers import KEEPERS
from bihuan.registers.models import DatedDetail
from bihuan.registers.towns import pending_towns

BASE = "/enterprises/"
WAITING = f"{BASE}waiting/"
OBJECTS = f"{BASE}objects/"
BY_NAME = Keyset(("name_pinyin", "uid"))
TABS = (("", "全部"), (Standing.CONFIRMED.value, "已核实"), (Standing.PENDING.value, "待核实"))
FILTERS = ("q", "kind", "region", "sector", "process", "lapsed")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the address that may stand there, and the tab."""

    kept: Mapping[str, str]
    tab: str

    @property
    def query(self) -> dict[str, str]:
        return {**self.kept, "tab": self.tab}


def asked_of(query: Mapping[str, str]) -> Asked:
    """Read the address; what is not offered is left out."""
    kept = {name: query.get(name, "").strip()[:80] for name in FILTERS}
    if kept["kind"] not in ObjectKind.values:
        kept["kind"] = ""
    if kept["process"] not in dict(PROCESS.codes):
        kept["process"] = ""
    tab = query.get("tab", "")
    return Asked({name: value for name, value in kept.items() if value}, tab if tab in dict(TABS) else "")


def selected(actor: Actor, asked: Asked) -> QuerySet[SupervisedObject]:
    """What the filters leave of the actor's objects, whatever the tab."""
    rows = visible_objects(actor)
    kept = asked.kept
    if "q" in kept:
        rows = named(rows, kept["q"])
    if "kind" in kept:
        rows = rows.filter(kind=kept["kind"])
    if "region" in kept:
        rows = rows.filter(region_path__startswith=kept["region"])
    if "sector" in kept:
        rows = rows.filter(sector_path__startswith=kept["sector"])
    held = DatedDetail.objects.filter(object=OuterRef("pk"))
    if "process" in kept:
        rows = rows.filter(Exists(held.filter(kind=PROCESS.kind, code=kept["process"], ended_on=None)))
    if "lapsed" in kept:
        rows = rows.filter(Exists(held.filter(lapsed(clock.today()))))
    return rows


def named(rows: QuerySet[SupervisedObject], text: str) -> QuerySet[SupervisedObject]:
    """By any part of the name or a former name, the beginning of the code, or pinyin with or without spaces."""
    key = name_key(text)
    fits = Q(name_key__contains=key) | Q(credit_code__startswith=key)
    fits |= Q(uid__in=SupervisedObject.objects.filter(aliases__name_key__contains=key).values("uid"))
    spelt = text.lower().replace(" ", "")
    if spelt.isascii() and spelt.isalpha():
        rows = rows.annotate(spelt=Replace(F("name_pinyin"), Value(" "), Value("")))
        fits |= Q(spelt__startswith=spelt)
    return rows.filter(fits)


def _under(rows: QuerySet[SupervisedObject], tab: str) -> QuerySet[SupervisedObject]:
    return rows.filter(standing=tab) if tab else rows


@require_GET
@only_for(BUSINESS)
def list_page(request: HttpRequest) -> HttpResponse:
    """The list."""
    actor = actor_for(request)
    asked = asked_of(request.GET.dict())
    rows = selected(actor, asked)
    cursor = request.GET.get("cursor", "")
    page = BY_NAME.page(_shown(_under(rows, asked.tab)), cursor)
    counts = {name: _under(rows, name).count() for name, _ in TABS}
    context = {
        "crumbs": [],
        "heading": "企业和监管对象",
        "lead": "一企一档，统一社会信用代码为准；台账里新出现的名称先列为待核实，由人确认，不自动合并。",
        "begin": _begin(actor),
        "tabs": _tabs(actor, asked, counts, pending_towns(actor).count()),
        "filters": _filters(asked),
        "hidden": [("tab", asked.tab)],
        "chips": chips(asked),
        "clear_href": address(BASE, {"tab": asked.tab}),
        "ledger": parts.Ledger(COLUMNS, [row(one) for one in page.rows], "企业和监管对象"),
        "empty": _empty(asked),
        "count_words": f"共 {counts[asked.tab]:,} 家",
        "pager": pager(BASE, {**asked.query, "cursor": cursor}, page, counts[asked.tab]),
        "export_href": address(f"{BASE}export.xlsx", asked.query),
    }
    return render(request, "list.html", context)


def _shown(rows: QuerySet[SupervisedObject]) -> QuerySet[SupervisedObject]:
    return rows.select_related("region", "sector", "responsible")


COLUMNS = (
    parts.Column("名称", "title"),
    parts.Column("统一社会信用代码"),
    parts.Column("属地"),
    parts.Column("行业领域"),
    parts.Column("核实", "state"),
)


def row(one: SupervisedObject) -> parts.Row:
    """One object as a line."""
    kind = "" if one.kind == ObjectKind.ENTERPRISE else ObjectKind(one.kind).label
    named = f"来自 {one.named_by}" if one.standing == Standing.PENDING and one.named_by else ""
    return parts.Row(
        (
            one.name,
            one.credit_code or None,
            one.region.name,
            one.sector.name if one.sector else None,
            standing_state(one),
        ),
        href=f"{BASE}{one.uid}/",
        sub=" · ".join(part for part in (kind, named) if part),
    )


def standing_state(one: SupervisedObject) -> parts.State:
    """Whether the register vouches for it."""
    return parts.State(
        Standing(one.standing).label, "waiting" if one.standing == Standing.PENDING else "open"
    )


def _begin(actor: Actor) -> Sequence[parts.Action]:
    others = parts.Action("工程和场所", OBJECTS, icon="building")
    if not actor.holds(*KEEPERS):
        return (others,)
    return (others, parts.Action("登记企业", f"{BASE}new/", primary=True, icon="plus"))


def _tabs(actor: Actor, asked: Asked, counts: Mapping[str, int], towns_waiting: int) -> Sequence[parts.Tab]:
    """The tabs; what waits leads whoever may decide to the list where it is decided."""
    decides = actor.holds(*KEEPERS)
    tabs = [
        parts.Tab(
            label,
            WAITING if decides and name == Standing.PENDING else address(BASE, {**asked.kept, "tab": name}),
            counts[name],
            name == asked.tab,
        )
        for name, label in TABS
    ]
    if towns_waiting:
        tabs.append(parts.Tab("待核实的镇街", f"{BASE}towns/", towns_waiting))
    return tabs


def town_choices() -> list[tuple[str, str]]:
    """The towns as a filter offers them: by path."""
    return [(one.path, one.name) for one in towns()]


def _filters(asked: Asked) -> Sequence[parts.Filter]:
    kept = asked.kept
    sectors = (
        Sector.objects.filter(parent=None, until=None).order_by("order", "id").values_list("path", "name")
    )
    return (
        parts.Filter("q", "名称、曾用名、统一社会信用代码或拼音", "text", kept.get("q", "")),
        parts.Filter("kind", "类别", value=kept.get("kind", ""), choices=ObjectKind.choices),
        parts.Filter("region", "镇街", value=kept.get("region", ""), choices=town_choices()),
        parts.Filter("sector", "行业领域", value=kept.get("sector", ""), choices=list(sectors)),
        parts.Filter("process", PROCESS.label, value=kept.get("process", ""), choices=PROCESS.codes),
        parts.Filter("lapsed", "有证照过期", "flag", kept.get("lapsed", "")),
    )


def chips(asked: Asked) -> list[parts.Chip]:
    """The filters in force, each with the address without it."""
    words: dict[str, dict[str, str]] = {
        "kind": dict(ObjectKind.choices),
        "region": {one.path: one.name for one in towns()} if "region" in asked.kept else {},
        "process": dict(PROCESS.codes),
        "lapsed": {asked.kept.get("lapsed", ""): "是"},
        "sector": dict(Sector.objects.filter(path=asked.kept.get("sector", "-")).values_list("path", "name")),
    }
    labels = {
        "q": "查找", "kind": "类别", "region": "镇街", "sector": "行业领域", "process": PROCESS.label,
        "lapsed": "有证照过期",
    }  # fmt: skip
    return [
        parts.Chip(
            labels[name],
            words.get(name, {}).get(value, value),
            address(BASE, {key: other for key, other in asked.query.items() if key != name}),
        )
        for name, value in asked.kept.items()
    ]


def _empty(asked: Asked) -> parts.Empty:
    if asked.tab == Standing.PENDING:
        return parts.Empty(
            "没有待核实的。", "台账里出现系统没有的名称时，会列在这里等人确认。", icon="circle-check"
        )
    return parts.Empty("没有符合条件的。", "换一个名称、代码或拼音再查。", icon="building-factory-2")


def _papers(kind: DatedKind) -> Any:
    return lambda one: words_of(one.papers, kind)


EXPORT: Sequence[tuple[str, Any]] = (
    ("名称", lambda one: one.name),
    ("类别", lambda one: ObjectKind(one.kind).label),
    ("统一社会信用代码", lambda one: one.credit_code),
    ("属地", lambda one: one.region.name),
    ("行业领域", lambda one: one.sector.name if one.sector else ""),
    ("地址", lambda one: one.address),
    ("主要负责人", lambda one: _detail(one, "principal_name")),
    ("主要负责人电话", lambda one: _detail(one, "principal_phone")),
    ("安全管理人员", lambda one: _detail(one, "safety_manager_name")),
    ("安全管理人员电话", lambda one: _detail(one, "safety_manager_phone")),
    ("从业人数", lambda one: _detail(one, "staff_count")),
    ("国民经济行业代码", lambda one: _detail(one, "industry_code")),
    ("主要产品或经营范围", lambda one: _detail(one, "business")),
    *((kind.label, _papers(kind)) for kind in TOLD),
    ("核实情况", lambda one: Standing(one.standing).label),
)


def _detail(one: SupervisedObject, name: str) -> Any:
    details = getattr(one, "enterprise", None)
    return getattr(details, name) if details is not None else None


@require_GET
@only_for(BUSINESS)
def export(request: HttpRequest) -> FileResponse:
    """What the filters show, whole."""
    actor = actor_for(request)
    asked = asked_of(request.GET.dict())
    rows = _under(selected(actor, asked), asked.tab).select_related("region", "sector", "enterprise")
    papers = DatedDetail.objects.filter(in_force(clock.today())).order_by("code", "until", "id")
    rows = rows.prefetch_related(Prefetch("dated_details", papers, to_attr="papers"))
    stamp = clock.now().astimezone(clock.SHANGHAI).strftime("%Y%m%d-%H%M")
    return workbook_response(
        title="企业和监管对象",
        filename=f"企业台账-{stamp}.xlsx",
        columns=EXPORT,
        rows=rows.order_by("name_pinyin", "uid"),
        actor=actor,
        filters=[*chips(asked), *([parts.Chip("核实", dict(TABS)[asked.tab], "")] if asked.tab else [])],
    )


def keeps(actor: Actor, one: SupervisedObject) -> bool:
    """Whether the register entry lies within the actor's duty."""
    return actor.all_seeing or actor.covers(KEEPERS, one.region_path, one.sector_path, one.agency_id, one.uid)
