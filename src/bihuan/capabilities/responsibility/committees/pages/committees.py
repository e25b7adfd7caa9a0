"""``/responsibility/committees/``: every place's committee with what is wrong about it, and the specialist ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role, Tenure
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.models import Agency, Region
from bihuan.kernel.territory.trees import in_force as held
from bihuan.kernel.territory.trees import the_district, towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
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


class CommitteeForm(forms.Form):
    name = forms.CharField(label="名称", max_length=80, help_text="例如“东湖镇安全生产委员会”")
    region = forms.TypedChoiceField(label="所在区、镇街", coerce=int)
    lead = forms.TypedChoiceField(
        label="牵头单位", coerce=int, required=False, empty_value=None, help_text="专业委员会才填"
    )
    duty = forms.CharField(
        label="职责",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": "3"}),
        help_text="专业委员会填写",
    )
    basis = forms.CharField(label="成立文件", max_length=120, required=False)
    since = forms.DateField(label="成立日期", widget=forms.DateInput())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = the_district()
        regions = [one for one in [*([here.region] if here else []), *towns()] if may_keep_place(actor, one)]
        self.fields["region"].choices = [(one.pk, one.name) for one in regions]  # type: ignore[attr-defined]
        units = Agency.objects.filter(held(clock.today())).order_by("kind", "order", "id")
        self.fields["lead"].choices = [("", "不是专业委员会"), *units.values_list("pk", "name")]  # type: ignore[attr-defined]
        if not actor.holds(Role.OFFICE):
            del self.fields["lead"], self.fields["duty"]


@only_for(KEEPERS)
def new(request: HttpRequest) -> HttpResponse:
    """Set one up."""
    form = CommitteeForm(request.POST or None, actor=actor_for(request), initial={"since": clock.today()})

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        lead = Agency.objects.filter(pk=given["lead"]).first() if given.get("lead") else None
        made = keeping.set_up(
            given["name"],
            Region.objects.get(pk=given["region"]),
            actor_for(request),
            lead=lead,
            duty=given.get("duty", ""),
            basis=given["basis"],
            since=given["since"],
        )
        messages.success(request, f"“{made.name}”已登记，请登记组成人员。")
        return HttpResponseRedirect(f"{BASE}{made.pk}/")

    return ask(request, Question("成立安委会", back=BASE, crumbs=[HOME]), form, deed)


def posts_of(region: Region) -> list[tuple[Any, str]]:
    """The posts that can sit on the committee of a place: leaders and those of its own units."""
    rows = Post.objects.filter(
        role__in=[Role.LEADER, Role.OFFICE, Role.REGULATOR, Role.TOWN], region_path=region.path
    )
    named = [
        (post.pk, titled(post)) for post in rows.select_related("agency").order_by("role", "-heads", "id")
    ]
    return [("", "请选择"), *named]


class SeatForm(forms.Form):
    role = forms.ChoiceField(label="职务", choices=SeatRole.choices)
    post = forms.TypedChoiceField(label="岗位", coerce=int, required=False, empty_value=None)
    agency = forms.TypedChoiceField(
        label="或成员单位", coerce=int, required=False, empty_value=None, help_text="以单位为成员的，只选单位"
    )
    since = forms.DateField(label="任职日期", widget=forms.DateInput())

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts_of(committee.region)  # type: ignore[attr-defined]
        units = Agency.objects.filter(held(clock.today())).order_by("kind", "order", "id")
        self.fields["agency"].choices = [("", "不以单位为成员"), *units.values_list("pk", "name")]  # type: ignore[attr-defined]


@only_for(KEEPERS | {Role.REGULATOR})
def new_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a seat."""
    committee = access_committee(actor_for(request), pk)
    form = SeatForm(request.POST or None, committee=committee, initial={"since": clock.today()})

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.seat(
            committee, SeatRole(given["role"]), actor_for(request),
            post=Post.objects.select_related("agency").filter(pk=given["post"]).first(),
            agency=Agency.objects.filter(pk=given["agency"]).first(), since=given["since"],
        )  # fmt: skip
        messages.success(request, "已登记。")
        return HttpResponseRedirect(f"{BASE}{pk}/")

    says = "同一个委员会同时只有一位主任；换人的，先办原主任离任。"
    return ask(request, _question("登记任职", committee, says), form, deed)


def _question(label: str, committee: Committee, says: str = "", facts: Sequence[parts.Fact] = ()) -> Question:
    about = parts.Link(committee.name, f"{BASE}{committee.pk}/")
    return Question(label, back=about.href, says=says, about=about, crumbs=[HOME, about], facts=facts)


class EndForm(forms.Form):
    until = forms.DateField(label="离任日期", widget=forms.DateInput(), help_text="从这一天起不再任职")


@only_for(KEEPERS | {Role.REGULATOR})
def end_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a seat end."""
    one = Seat.objects.select_related("committee__region", "post__agency", "agency").filter(pk=pk).first()
    if one is None or not visible_committees(actor_for(request)).filter(pk=one.committee_id).exists():
        raise Absent("没有这个席位")
    found: Seat = one

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.unseat(found, given["until"], actor_for(request))
        messages.success(request, "已登记离任。")
        return HttpResponseRedirect(f"{BASE}{found.committee_id}/")

    who = titled(found.post) if found.post else found.agency.name if found.agency else ""
    facts = [
        parts.Fact("岗位或单位", who),
        parts.Fact("职务", found.get_role_display()),
        parts.Fact("起", found.since),
    ]
    form = EndForm(request.POST or None, initial={"until": clock.today()})
    return ask(request, _question("离任", found.committee, facts=facts), form, deed)


class StandingForm(forms.Form):
    standing = forms.ChoiceField(label="身份", choices=Standing.choices)
    post = forms.TypedChoiceField(label="岗位", coerce=int)
    since = forms.DateField(label="任职日期", widget=forms.DateInput())

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts_of(region)  # type: ignore[attr-defined]


@only_for(KEEPERS)
def new_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who leads the government of the committee's place."""
    committee = access_committee(actor_for(request), pk)
    form = StandingForm(request.POST or None, region=committee.region, initial={"since": clock.today()})

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        post = Post.objects.select_related("agency").get(pk=given["post"])
        keeping.tell_standing(
            committee.region, post, Standing(given["standing"]), actor_for(request), since=given["since"]
        )  # fmt: skip
        messages.success(request, "已登记。")
        return HttpResponseRedirect(f"{BASE}{pk}/")

    says = f"{committee.region.name}政府的主要负责人和每一位副职；安委会主任、副主任按它核对。"
    return ask(request, _question("登记政府班子成员", committee, says), form, deed)


@only_for(KEEPERS)
def end_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it end."""
    one = Leadership.objects.select_related("region", "post__agency").filter(pk=pk).first()
    if one is None:
        raise Absent("没有这条登记")
    found: Leadership = one
    committee = Committee.objects.filter(region=found.region, kind=CommitteeKind.PLENARY, until=None).first()
    back = f"{BASE}{committee.pk}/" if committee else BASE

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.end_standing(found, given["until"], actor_for(request))
        messages.success(request, "已登记离任。")
        return HttpResponseRedirect(back)

    facts = [parts.Fact("岗位", titled(found.post)), parts.Fact("身份", found.get_standing_display())]
    question = Question("班子成员离任", back=back, facts=facts, crumbs=[HOME])
    return ask(request, question, EndForm(request.POST or None, initial={"until": clock.today()}), deed)
