"""``/responsibility/committees/``: every place's committee with what is wrong about it, and the specialist ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places as hub
from bihuan.capabilities.responsibility.committees import compliance, keeping, trail
from bihuan.capabilities.responsibility.committees.access import (
    KEEPERS,
    access_committee,
    may_keep,
    may_keep_place,
    visible_committees,
)
from bihuan.capabilities.responsibility.committees.figures import NAMES
from bihuan.capabilities.responsibility.committees.models import Committee, Leadership, LedgerLine, Seat
from bihuan.capabilities.responsibility.committees.models.committees import CommitteeKind, SeatRole, Standing
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.pages.layout import Section, figure_cards, page
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role, Tenure
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.models import Region
from bihuan.kernel.territory.trees import in_force as held
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

BASE = compliance.BASE
HOME = parts.Link("安委会", BASE)
READERS = hub.UNITS
OFFICE = frozenset({Role.OFFICE})


@require_GET
@only_for(READERS)
def list_page(request: HttpRequest) -> HttpResponse:
    """All committees and how they are made up."""
    actor = actor_for(request)
    known = compliance.places(clock.today())
    sections = [
        Section(
            "区、镇街安委会", "主任应是政府主要负责人，其他副职应是副主任",
            ledger=_places(known), empty=parts.Empty("还没有镇街。"),
        ),
        Section(
            "专业委员会", ledger=_specialists(actor), empty=parts.Empty("还没有专业委员会。", "由安委办按文件成立。"),
            links=[parts.Link("抽取考核", f"{BASE}samplings/", "clipboard-check")] if actor.holds(Role.OFFICE) else (),
        ),
    ]  # fmt: skip
    begin = [parts.Action("成立安委会", f"{BASE}new/", icon="plus")] if actor.holds(*KEEPERS) else []
    return page(
        request, actor, BASE, "安委会", sections, begin=begin,
        cards=figure_cards(actor, [f"{name}_coverage" for name in NAMES]),
        lead="各级安委会怎样组成、谁任主任；不符合“主要负责人任主任、副职任副主任”的，逐个列出原因。",
    )  # fmt: skip


def _places(known: Sequence[compliance.Place]) -> parts.Ledger:
    columns = (
        parts.Column("安委会", "title"), parts.Column("主任"), parts.Column("副主任", "number", "人", phone=False),
        parts.Column("结果", "state"), parts.Column("哪里不符合"),
    )  # fmt: skip
    rows = []
    for place in known:
        why = faults_of(place)
        committee = place.committee
        rows.append(
            parts.Row(
                (
                    committee.name if committee else f"{place.region.name}（没有成立）",
                    titled(place.chair) if place.chair else None,
                    len(place.vice),
                    parts.State("不符合", "waiting") if why else parts.State("符合", "done"),
                    "；".join(why) or None,
                ),
                href=f"{BASE}{committee.pk}/" if committee else "",
                late=bool(why),
            )
        )
    return parts.Ledger(columns, rows, "区、镇街安委会")


def faults_of(place: compliance.Place) -> list[str]:
    """What is wrong with a place's committee, each thing once."""
    found = (compliance.not_there, compliance.not_chaired, compliance.not_accompanied)
    return list(dict.fromkeys(why for judge in found if (why := judge(place))))


def _specialists(actor: Actor) -> parts.Ledger:
    today = clock.today()
    rows = visible_committees(actor).filter(in_force(today), kind=CommitteeKind.SPECIALIST).order_by("id")
    counts: dict[int, list[int]] = {}
    for committee, closed in LedgerLine.objects.filter(committee__in=rows).values_list(
        "committee", "closed_on"
    ):
        counted = counts.setdefault(committee, [0, 0])
        counted[0] += 1
        counted[1] += closed is not None
    columns = (
        parts.Column("专业委员会", "title"), parts.Column("牵头单位"), parts.Column("台账事项", "number", "项"),
        parts.Column("已办结", "number", "项"),
    )  # fmt: skip
    made = [
        parts.Row(
            (one.name, one.lead.name if one.lead else None, *counts.get(one.pk, (0, 0))),
            href=f"{BASE}{one.pk}/",
        )
        for one in rows
    ]
    return parts.Ledger(columns, made, "专业委员会")


@require_GET
@only_for(READERS)
def committee_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One committee: its seats, its ledger, and what may be done."""
    from bihuan.capabilities.responsibility.committees.pages import ledgers

    actor = actor_for(request)
    committee = access_committee(actor, pk)
    may = may_keep(actor, committee)
    sections = [Section("基本情况", facts=_facts(committee)), Section("组成人员", ledger=_seats(committee, may),
                empty=parts.Empty("还没有登记组成人员。"))]  # fmt: skip
    if committee.kind == CommitteeKind.PLENARY:
        sections.append(_leadership(committee.region, may_keep_place(actor, committee.region)))
    else:
        sections.append(ledgers.section(actor, committee, may))
    sections.append(Section("经办记录", ledger=history(trail.history(str(committee.pk)))))
    theirs = [] if may else [keeping.NOT_YOURS]
    base = f"{BASE}{committee.pk}/"
    actions = [parts.Action("登记任职", f"{base}seats/new/", may, theirs, primary=True, icon="plus")]
    if committee.kind == CommitteeKind.PLENARY:
        keeps = may_keep_place(actor, committee.region)
        actions.append(
            parts.Action(
                "登记政府班子成员",
                f"{base}leaders/new/",
                keeps,
                [] if keeps else [keeping.NOT_YOURS],
                icon="users",
            )
        )
    else:
        actions.append(parts.Action("列入台账", f"{base}lines/new/", may, theirs, icon="plus"))
    return page(request, actor, BASE, committee.name, sections, actions=actions, crumbs=[HOME])


def _facts(committee: Committee) -> list[parts.Fact]:
    facts = [
        parts.Fact("类别", committee.get_kind_display()),
        parts.Fact("所在", committee.region.name),
        parts.Fact("成立日期", committee.since),
        parts.Fact("成立文件", committee.basis or None),
    ]
    if committee.lead is not None:
        facts.append(parts.Fact("牵头单位", committee.lead.name))
        facts.append(parts.Fact("职责", committee.duty or None, wide=True))
        return facts
    place = next(iter(compliance.places(clock.today(), [f"place/{committee.region_id}"])), None)
    why = faults_of(place) if place else []
    facts.append(parts.Fact("核查结果", "；".join(why) if why else "符合要求", wide=True))
    return facts


def holders_of(posts: Sequence[int]) -> dict[int, str]:
    """Who holds each post today."""
    rows = Tenure.objects.filter(held(clock.today()), post__in=posts).select_related("person")
    return {one.post_id: one.person.name for one in rows}


def _seats(committee: Committee, may: bool) -> parts.Ledger:
    order = {role.value: place for place, role in enumerate(SeatRole)}
    rows = Seat.objects.filter(in_force(clock.today()), committee=committee).select_related(
        "post__agency", "agency"
    )
    seats = sorted(rows, key=lambda one: (order[one.role], one.since, one.pk))
    names = holders_of([one.post_id for one in seats if one.post_id])
    columns = [
        parts.Column("岗位或单位", "title"),
        parts.Column("职务"),
        parts.Column("现任"),
        parts.Column("起", "day"),
    ]
    if may:
        columns.append(parts.Column("", "action"))
    made = []
    for one in seats:
        who = titled(one.post) if one.post else one.agency.name if one.agency else ""
        held_by = names.get(one.post_id or 0, "（空缺）") if one.post else None
        cells: list[Any] = [who, one.get_role_display(), held_by, one.since]
        if may:
            cells.append(parts.Action("离任", f"{BASE}seats/{one.pk}/end/"))
        made.append(parts.Row(cells))
    return parts.Ledger(columns, made, "组成人员")


def _leadership(region: Region, may: bool) -> Section:
    rows = Leadership.objects.filter(in_force(clock.today()), region=region).select_related("post__agency")
    leaders = sorted(rows, key=lambda one: (one.standing != Standing.PRINCIPAL, one.pk))
    names = holders_of([one.post_id for one in leaders])
    columns = [
        parts.Column("岗位", "title"),
        parts.Column("身份"),
        parts.Column("现任"),
        parts.Column("起", "day"),
    ]
    if may:
        columns.append(parts.Column("", "action"))
    made = []
    for one in leaders:
        cells: list[Any] = [
            titled(one.post), one.get_standing_display(), names.get(one.post_id, "（空缺）"), one.since,
        ]  # fmt: skip
        if may:
            cells.append(parts.Action("离任", f"{BASE}leaders/{one.pk}/end/"))
        made.append(parts.Row(cells))
    return Section(
        "政府班子", "安委会的主任、副主任按它核对", ledger=parts.Ledger(columns, made, "政府班子"),
        empty=parts.Empty("还没有登记政府主要负责人和副职。"),
    )  # fmt: skip


def history(entries: Sequence[Any]) -> parts.Ledger:
    """What was done, the last first."""
    columns = (
        parts.Column("办了什么", "title"),
        parts.Column("内容"),
        parts.Column("谁"),
        parts.Column("什么时候"),
    )
    rows = [
        parts.Row((trail.VERBS.get(one.verb, one.verb), _told(one.payload), f"{one.actor_post} {one.actor_name}".strip(), one.recorded_at))
        for one in entries[:50]
    ]  # fmt: skip
    return parts.Ledger(columns, rows, "经办记录")


def _told(payload: Mapping[str, Any]) -> str:
    for name in ("who", "duty", "progress", "text", "round", "name"):
        if payload.get(name):
            return str(payload[name])
    return "—"
