"""Forms by which a committee is set up and made up: itself, its seats, and the government its seats are checked against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.capabilities.responsibility.committees import keeping
from bihuan.capabilities.responsibility.committees.access import (
    KEEPERS,
    access_committee,
    may_keep_place,
    visible_committees,
)
from bihuan.capabilities.responsibility.committees.models import Committee, Leadership, Seat
from bihuan.capabilities.responsibility.committees.models.committees import CommitteeKind, SeatRole, Standing
from bihuan.capabilities.responsibility.committees.pages.committees import BASE, HOME
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.models import Agency, Region
from bihuan.kernel.territory.trees import in_force as held
from bihuan.kernel.territory.trees import the_district, towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for


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
