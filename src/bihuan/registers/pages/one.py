"""``GET /enterprises/<uid>/``: one object with its people, who answers for it, and what was found there, on any day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.loops.inputs import fields_of
from bihuan.kernel.loops.registry import by_plural
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.responsibility.chain import chain
from bihuan.kernel.territory.models import RegionLevel, Standing
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.figures.cards import about_objects, card, colour_of, current_half, seen_by
from bihuan.kernel.web.matters.lists import _begin as openings
from bihuan.kernel.web.matters.pages import MatterPages, all_pages
from bihuan.kernel.web.paging import address
from bihuan.kernel.web.sections import chain_links, sections_of
from bihuan.kernel.web.session import actor_for
from bihuan.registers import industries
from bihuan.registers.enterprises import dated
from bihuan.registers.enterprises.dated_kinds import PRINCIPAL, SAFETY_MANAGER, SINGLE, STAFF
from bihuan.registers.models import Enterprise
from bihuan.registers.objects.keeping import details_row
from bihuan.registers.objects.stating import shown
from bihuan.registers.objects.traits import kind_of
from bihuan.registers.pages import dossier
from bihuan.registers.pages.days import asked_day
from bihuan.registers.pages.history import history
from bihuan.registers.pages.listing import BASE, OBJECTS, keeps, standing_state

NEWEST = 20


@require_GET
@only_for(BUSINESS)
def object_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page."""
    actor, on = actor_for(request), asked_day(request)
    one = access_object(actor, uid)
    kept = keeps(actor, one)
    details = Enterprise.objects.filter(object=one).first()
    where = " · ".join(part for part in (place_of(one), one.sector.name if one.sector else "") if part)
    context = {
        "crumbs": [*_above(one), parts.Link(one.name, "")],
        "name": one.name,
        "where": where,
        "state": standing_state(one),
        "level": None,
        "cards": _cards(actor, one),
        "now": _now(actor, one),
        "facts": [*_facts(one, details, on), *_traits(one)],
        "more_facts": [pair for pair in (_people(one, details, on),) if pair[1]],
        "chain": _chain(one, on),
        "chain_links": chain_links(actor, one.uid, on),
        "sections": sections_of(actor, one, on),
        "day": (parts.Filter("on", "看哪一天的责任链、人员和证照", "date", on.isoformat()),),
        "on": None if on == clock.today() else on,
        "dossier": dossier.ledger(one, on, may_keep=kept),
        "dossier_empty": parts.Empty("还没有登记证照、保险和危险工艺。"),
        "dossier_begin": dossier.begin(one) if kept else (),
        "history": history(one)[:NEWEST],
        "actions": _actions(actor, one),
        "not_mine": "",
        **_matters(actor, one),
    }
    return render(request, "enterprise.html", context)


def _above(one: SupervisedObject) -> Sequence[parts.Link]:
    kind = kind_of(one.kind)
    above = [parts.Link("企业", BASE)]
    return [*above, parts.Link(kind.label, f"{OBJECTS}{kind.plural}/")] if kind else above


def place_of(one: SupervisedObject) -> str:
    """The village with its town, or the town itself."""
    region = one.region
    below_town = region.level in (RegionLevel.VILLAGE, RegionLevel.GRID_CELL)
    return f"{region.parent.name} {region.name}" if below_town and region.parent else region.name


def _cards(actor: Actor, one: SupervisedObject) -> Sequence[parts.Card]:
    names = registry.fitting(("sector",))  # what is counted by trade is about objects
    today = clock.today()
    found: dict[str, FigureValue] = {}
    for tally, alike in registry.by_kind(names).items():
        if not about_objects(tally):
            continue
        here = Q(object=one.uid, pk__in=seen_by(actor, alike[0]).filter(object=one.uid).values("pk"))
        counted = answers.recounted(alike, current_half(today), today, visible=here)
        found |= counted if any(value.amount for value in counted.values()) else {}
    return [card(value, colour=colour_of(value), about=one.uid) for value in found.values()]


def _facts(one: SupervisedObject, details: Enterprise | None, on: date) -> Sequence[parts.Fact]:
    facts = [
        parts.Fact("类别", ObjectKind(one.kind).label),
        parts.Fact("属地", place_of(one)),
        parts.Fact("行业领域", one.sector.name if one.sector else None),
        parts.Fact("监管部门", one.agency.name if one.agency else None),
        parts.Fact("地址", one.address or None),
    ]
    if one.credit_code or one.kind == ObjectKind.ENTERPRISE:
        facts.insert(1, parts.Fact("统一社会信用代码", one.credit_code or None))
    if details is not None:
        found = industries.industry(details.industry_code) if details.industry_code else None
        industry = f"{found.name}（{details.industry_code}）" if found else details.industry_code
        facts += [
            parts.Fact("国民经济行业", industry or None),
            parts.Fact("经济类型", details.get_ownership_display() or None),
            parts.Fact("规模", details.get_scale_display() or None),
            *((parts.Fact("从业人数", details.staff_count),) if on == clock.today() else ()),
            parts.Fact("主要产品或经营范围", details.business or None, wide=True),
        ]
    if one.responsible_id is not None and one.responsible is not None:
        facts.append(parts.Fact("责任企业", one.responsible.name, href=f"{BASE}{one.responsible_id}/"))
    if one.named_by:
        facts.append(parts.Fact("最早来自", one.named_by))
    former = list(one.aliases.values_list("name_key", flat=True))
    if former:
        facts.append(parts.Fact("曾用名、台账写法", "、".join(former), wide=True))
    return facts


def _people(one: SupervisedObject, details: Enterprise | None, on: date) -> tuple[str, Sequence[parts.Fact]]:
    """Who is in charge there on a day: as the register tells it, and who holds which post."""
    facts = []
    rows = {row.kind: row for row in dated.details_of(one, on).filter(kind__in=SINGLE)}
    for kind in (PRINCIPAL, SAFETY_MANAGER):
        row = rows.get(kind.kind)
        if row is not None:
            since = f"{row.since} 起登记" if row.since else ""
            facts.append(parts.Fact(kind.label, row.name, hint=" ".join(filter(None, (row.number, since)))))
        elif details is not None and on == clock.today() and getattr(details, f"{kind.kind}_name"):
            phone = getattr(details, f"{kind.kind}_phone")
            facts.append(parts.Fact(kind.label, getattr(details, f"{kind.kind}_name"), hint=phone))
    if (staff := rows.get(STAFF.kind)) is not None and on != clock.today():
        facts.append(parts.Fact(STAFF.label, staff.count))
    held = Tenure.objects.filter(in_force(on), post__object=one.uid).select_related("post", "person")
    facts += [
        parts.Fact(tenure.post.title, tenure.person.name, hint=f"{tenure.since} 起任职")
        for tenure in held.order_by("post__role", "id")
    ]
    return ("人员", facts)


def _traits(one: SupervisedObject) -> Sequence[parts.Fact]:
    """What the register of its kind tells of an object that is no enterprise."""
    kind, row = kind_of(one.kind), details_row(one)
    if kind is None:
        return ()
    facts = []
    for trait in kind.traits:
        value = getattr(row, trait.name, None)
        if value in (None, ""):
            facts.append(parts.Fact(trait.label, None))
        elif trait.due and isinstance(value, date) and value < clock.today():
            facts.append(parts.Fact(trait.label, parts.Level(f"{value} 已过", "red")))
        else:
            unit = f" {trait.unit}" if trait.unit else ""
            facts.append(
                parts.Fact(trait.label, value if trait.form == "date" else f"{shown(trait, value)}{unit}")
            )
    return facts


def _now(actor: Actor, one: SupervisedObject) -> Sequence[parts.Fact]:
    """What is open and late there today, and when something was found last, by the lists themselves."""
    facts = []
    for pages in all_pages():
        service = by_plural(pages.loop.plural)
        if service is None:
            continue
        mine = service.visible(actor).filter(object=one.uid)
        last = mine.aggregate(last=Max("opened_at"))["last"]
        if last is None and service.model._meta.get_field("object").null:
            continue  # such matters need not be about objects, and none is about this one
        for tab in pages.tabs:
            if tab.name in ("open", "overdue"):
                count = mine.filter(tab.condition()).count()
                href = address(f"/{pages.loop.plural}/", {"object": str(one.uid), "tab": tab.name})
                shown_as = parts.Level(f"{count} 条", "red") if tab.warn and count else f"{count} 条"
                facts.append(
                    parts.Fact(f"{tab.label}{pages.loop.label}", shown_as, href=href if count else "")
                )
        facts.append(parts.Fact(f"最近登记{pages.loop.label}", clock.day_of(last) if last else None))
    return facts


def _chain(one: SupervisedObject, on: date) -> Sequence[parts.Holder]:
    return [
        parts.Holder(holder.level.label, holder.name, holder.title, holder.rule, vacant=holder.vacant)
        for holder in chain(one, on)
    ]


def _actions(actor: Actor, one: SupervisedObject) -> Sequence[parts.Action]:
    actions = []
    for pages in all_pages():
        if not _asks_for_object(pages):
            continue
        for begun in openings(pages, actor):
            ref = one.credit_code or str(one.uid)
            href = address(begun.href, {"object": f"{one.name}｜{ref}"})
            actions.append(
                parts.Action(begun.label, href, icon=begun.icon, primary=one.standing != Standing.PENDING)
            )
    theirs = [] if keeps(actor, one) else ["登记信息由安委办、行业部门和属地镇街核实"]
    base = f"{BASE}{one.uid}/"
    if one.standing == Standing.PENDING:
        actions.insert(
            0, parts.Action("核实登记", f"{base}confirm/", not theirs, theirs, primary=True, icon="check")
        )
        actions.insert(1, parts.Action("并入已有的", f"{base}merge/", not theirs, theirs, icon="link"))
        actions.insert(2, parts.Action("不予登记", f"{base}reject/", not theirs, theirs, icon="ban"))
    actions.append(parts.Action("更正登记信息", f"{base}amend/", not theirs, theirs, icon="writing-sign"))
    return actions


def _asks_for_object(pages: MatterPages) -> bool:
    """Whether a matter of this kind can be begun about an object."""
    if not pages.opening:
        return False
    return any(item.name == "object" for item in fields_of(pages.loop.opening(pages.opening).input))


def _matters(actor: Actor, one: SupervisedObject) -> dict[str, Any]:
    """The newest matters of the first loop that shows itself; the whole list is one link away."""
    for pages in all_pages():
        service = by_plural(pages.loop.plural)
        if service is None:
            continue
        rows = pages.listed(service.visible(actor).filter(object=one.uid)).order_by("-opened_at", "-uid")
        shown = list(rows[: NEWEST + 1])
        return {
            "matters": parts.Ledger(
                pages.columns, [pages.row(matter) for matter in shown[:NEWEST]], pages.loop.label
            ),
            "matters_empty": parts.Empty(f"这里还没有{pages.loop.label}记录。", icon="circle-check"),
            "matters_more": parts.Link("看全部", address(f"/{pages.loop.plural}/", {"object": str(one.uid)}))
            if len(shown) > NEWEST
            else None,
        }
    return {"matters": parts.Ledger((), ()), "matters_empty": parts.Empty("还没有记录。")}
