"""``/responsibility/duties/enterprises/``: what each enterprise keeps of its own responsibility, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility.duties import enterprise, trail
from bihuan.capabilities.responsibility.duties.access import in_force, visible_spells
from bihuan.capabilities.responsibility.duties.enterprise import BASE, JUDGES
from bihuan.capabilities.responsibility.duties.models import InnerPost, RequirementSet, SafetyRole, Spell
from bihuan.capabilities.responsibility.duties.pages.duties import BASE as DUTIES
from bihuan.capabilities.responsibility.duties.pages.duties import READERS
from bihuan.capabilities.responsibility.duties.pages.layout import (
    Section,
    asked,
    beside_of,
    figure_cards,
    page,
)
from bihuan.capabilities.responsibility.duties.pages.spells import state_of
from bihuan.kernel import clock
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.reach import reach_of
from bihuan.kernel.web.paging import Keyset, pager
from bihuan.kernel.web.session import actor_for

ORDER = Keyset(("passes", "label", "id"))
HOME = parts.Link("企业责任", BASE)
_FIGURES = ("enterprises.inner_posts_coverage", "enterprises.organised_coverage")


@require_GET
@only_for(READERS)
def list_page(request: HttpRequest) -> HttpResponse:
    """Enterprises of the own jurisdiction, those with gaps first."""
    actor = actor_for(request)
    given = asked(request, "q", "cursor")
    rows = visible_spells(actor).filter(check_name=enterprise.ORGANISATION, until=None)
    if given["q"]:
        rows = rows.filter(label__contains=given["q"])
    found = ORDER.page(rows, given["cursor"])
    counts = _inner_counts([one.object for one in found.rows])
    columns = (
        parts.Column("企业", "title"), parts.Column("安全组织", "state"), parts.Column("缺什么"), parts.Column("有清单的岗位/岗位"),
    )  # fmt: skip
    made = []
    for one in found.rows:
        with_list, posts = counts.get(one.object, (0, 0))
        told = f"{with_list} / {posts}" if posts else "还没有登记岗位"
        made.append(parts.Row((one.label, state_of(one), one.why or None, told), href=f"{BASE}{one.object}/"))
    total = rows.count()
    context = {
        **beside_of(actor, DUTIES, "企业责任"),
        "heading": "企业责任",
        "lead": "企业的安全组织、岗位责任清单和“五落实五到位”，由企业登记，由管辖它的部门、镇街核查。",
        "begin": [parts.Action("要求清单", f"{BASE}sets/", icon="checklist")]
        if actor.holds(Role.OFFICE)
        else (),
        "filters": [parts.Filter("q", "企业名称", "text", given["q"])],
        "hidden": (),
        "chips": (),
        "cards": figure_cards(actor, _FIGURES, reach_of(actor)),
        "ledger": parts.Ledger(columns, made, "企业责任"),
        "empty": parts.Empty("没有这样的企业。", "已核实登记的企业每天夜里列入这里。"),
        "count_words": f"共 {total:,} 家，有缺的在前",
        "pager": pager(BASE, given, found, total),
    }
    return render(request, "duties/list.html", context)


def _inner_counts(uids: Sequence[Any]) -> dict[Any, tuple[int, int]]:
    rows = Spell.objects.filter(check_name=enterprise.INNER, until=None, object__in=uids)
    found: dict[Any, tuple[int, int]] = {}
    for uid, passes in rows.values_list("object", "passes"):
        with_list, posts = found.get(uid, (0, 0))
        found[uid] = (with_list + passes, posts + 1)
    return found


@require_GET
@only_for(READERS)
def one_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One enterprise."""
    actor = actor_for(request)
    supervised = access_object(actor, str(uid))
    own = enterprise.own(actor, supervised)
    judges = actor.covers(
        JUDGES, supervised.region_path, supervised.sector_path, supervised.agency_id, supervised.uid
    )
    base = f"{BASE}{uid}/"
    sections = [
        _organisation(supervised, own),
        _inner_posts(supervised, own),
        *_sets(supervised, judges),
        Section("经办记录", ledger=_history(supervised)),
    ]
    theirs = [] if own else [enterprise.NOT_YOURS]
    actions = [
        parts.Action("登记岗位和清单", f"{base}posts/new/", own, theirs, primary=True, icon="plus"),
        parts.Action("登记安全组织人员", f"{base}roles/new/", own, theirs, icon="users"),
    ]
    return page(
        request, actor, DUTIES, supervised.name, sections, actions=actions,
        crumbs=[parts.Link("安全生产职责", DUTIES), HOME],
    )  # fmt: skip


def _organisation(supervised: SupervisedObject, own: bool) -> Section:
    held = SafetyRole.objects.filter(in_force(clock.today()), object=supervised).order_by("role", "id")
    columns = [
        parts.Column("职位", "title"),
        parts.Column("人员或机构"),
        parts.Column("负责区域"),
        parts.Column("起", "day"),
    ]
    if own:
        columns.append(parts.Column("", "action"))
    rows = []
    for one in held:
        cells: list[Any] = [one.role, one.holder, one.part or None, one.since]
        if own:
            cells.append(parts.Action("离任", f"{BASE}roles/{one.pk}/end/"))
        rows.append(parts.Row(cells))
    spell = Spell.objects.filter(
        check_name=enterprise.ORGANISATION, subject=str(supervised.uid), until=None
    ).first()
    bases = {one.name: one.basis for one in enterprise.roles()}
    note = ""
    if spell is not None and not spell.passes:
        missing = spell.why.removeprefix("缺").split("、")
        note = "；".join(f"缺{name}：{bases[name]}" for name in missing if bases.get(name))
    known = getattr(supervised, "enterprise", None)
    facts = [
        parts.Fact("结果", state_of(spell) if spell else "还没有核对"),
        parts.Fact("缺什么", spell.why or None if spell else None),
        parts.Fact("名录中的主要负责人", known.principal_name or None if known else None),
        parts.Fact("名录中的安全管理人员", known.safety_manager_name or None if known else None),
    ]
    return Section(
        "安全组织", facts=facts, ledger=parts.Ledger(columns, rows, "安全组织"),
        empty=parts.Empty("没有登记工作小组、安全机构、区域责任人等。"), note=note,
    )  # fmt: skip


def _inner_posts(supervised: SupervisedObject, own: bool) -> Section:
    posts = list(InnerPost.objects.filter(in_force(clock.today()), object=supervised).order_by("id"))
    columns = [
        parts.Column("岗位", "title"),
        parts.Column("在岗", "number", "人"),
        parts.Column("岗位安全生产责任清单"),
    ]
    if own:
        columns.append(parts.Column("", "action"))
    rows = []
    for one in posts:
        cells: list[Any] = [one.name, one.people, one.duties or None]
        if own:
            ways = [
                parts.Action("修改", f"{BASE}{supervised.uid}/posts/new/?post={one.pk}"),
                parts.Action("撤销", f"{BASE}posts/{one.pk}/end/"),
            ]
            cells.append(parts.Deeds(ways))
        rows.append(parts.Row(cells, late=not one.duties))
    with_list = sum(bool(one.duties) for one in posts)
    return Section(
        "岗位责任清单", f"{with_list} 个岗位有清单，共 {len(posts)} 个岗位" if posts else "",
        ledger=parts.Ledger(columns, rows, "岗位责任清单"),
        empty=parts.Empty("还没有登记岗位。", "从主要负责人到一线，每个岗位都应有安全生产责任清单（《安全生产法》第二十二条）。"),
    )  # fmt: skip


def _sets(supervised: SupervisedObject, judges: bool) -> list[Section]:
    latest = enterprise.findings(supervised)
    columns = [
        parts.Column("要求", "title"),
        parts.Column("结果", "state"),
        parts.Column("依据的事实"),
        parts.Column("核查", "day"),
    ]
    if judges:
        columns.append(parts.Column("", "action"))
    made = []
    for one in RequirementSet.objects.prefetch_related("places__item").order_by("id"):
        rows = []
        passed = 0
        for place in sorted(one.places.all(), key=lambda each: each.order):
            found = latest.get(place.item_id)
            passed += bool(found and found.passed)
            state = None
            if found is not None:
                state = parts.State("符合", "done") if found.passed else parts.State("不符合", "waiting")
            cells: list[Any] = [
                place.item.name, state, found.evidence if found else None, found.found_on if found else None,
            ]  # fmt: skip
            if judges:
                cells.append(parts.Action("核查", f"{BASE}{supervised.uid}/items/{place.item_id}/"))
            rows.append(parts.Row(cells, late=bool(found and not found.passed)))
        made.append(
            Section(one.title, f"{passed} 项符合，共 {len(rows)} 项", ledger=parts.Ledger(columns, rows, one.title), note=one.warning)
        )  # fmt: skip
    return made


def _history(supervised: SupervisedObject) -> parts.Ledger:
    columns = (
        parts.Column("办了什么", "title"),
        parts.Column("内容"),
        parts.Column("谁"),
        parts.Column("什么时候"),
    )
    rows = []
    for one in trail.history(f"object/{supervised.uid}")[:30]:
        what = one.payload.get("post") or one.payload.get("role") or one.payload.get("item")
        who = f"{one.actor_post} {one.actor_name}".strip()
        rows.append(parts.Row((trail.VERBS.get(one.verb, one.verb), str(what or "—"), who, one.recorded_at)))
    return parts.Ledger(columns, rows, "经办记录")


def question_about(label: str, supervised: SupervisedObject, **more: Any) -> Question:
    about = parts.Link(supervised.name, f"{BASE}{supervised.uid}/")
    return Question(label, back=about.href, about=about, crumbs=[HOME, about], **more)
