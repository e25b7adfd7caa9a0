"""One post: its reach, its holders in order, and appointments by the security administrator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people import posts
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.companions import companions
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Person, Post, Role, Tenure
from bihuan.kernel.people.reach import sectors_unsaid
from bihuan.kernel.territory.models import GONE, Agency, Region, RegionLevel, Sector
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.people.lists import KEEPERS
from bihuan.kernel.web.session import actor_for

SECURITY = frozenset({Role.SECURITY_ADMIN})
HOME = parts.Link("人员与岗位", "/people/")


def _agencies() -> list[tuple[Any, str]]:
    rows = Agency.objects.filter(until=None).order_by("kind", "order", "id")
    return [("", "不在单位任职"), *((row.pk, row.name) for row in rows)]


def _regions() -> list[tuple[Any, str]]:
    """Down to villages and grid cells, each named with its town."""
    rows = Region.objects.exclude(standing__in=GONE).exclude(level=RegionLevel.CITY).select_related("parent")
    named = [
        (
            row.pk,
            row.name if row.level in _OWN_NAME or row.parent is None else f"{row.parent.name} {row.name}",
        )
        for row in rows.order_by("path")
    ]
    return [("", "请选择"), *named]


_OWN_NAME = (RegionLevel.DISTRICT, RegionLevel.TOWN, RegionLevel.ZONE)


def _sectors() -> list[tuple[Any, str]]:
    return list(
        Sector.objects.filter(parent=None, until=None).order_by("order", "id").values_list("pk", "name")
    )


class PostForm(forms.Form):
    title = forms.CharField(label="岗位名称", max_length=80, help_text="例如“安监站站长”“工贸科科员”")
    role = forms.ChoiceField(label="职权", choices=[("", "请选择"), *Role.choices])
    agency = forms.TypedChoiceField(label="所在单位", required=False, coerce=int, empty_value=None)
    region = forms.TypedChoiceField(label="辖区", required=False, coerce=int, empty_value=None)
    sectors = forms.TypedMultipleChoiceField(
        label="行业领域",
        required=False,
        coerce=int,
        help_text="监管、执法人员不勾选的，按所在单位主管的行业领域；其他职权不勾选的，为辖区内全部行业",
        widget=forms.CheckboxSelectMultiple,
    )
    whole = forms.BooleanField(label="全部行业都管（综合监管）", required=False)
    object = forms.CharField(
        label="企业（单位）",
        required=False,
        help_text="企业主要负责人、企业安全管理员填写统一社会信用代码或全称",
    )
    heads = forms.BooleanField(label="负责人（逾期升级时找这个岗位）", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = _agencies()  # type: ignore[attr-defined]
        self.fields["region"].choices = _regions()  # type: ignore[attr-defined]
        self.fields["sectors"].choices = _sectors()  # type: ignore[attr-defined]
        for one in companions():
            self.fields[one.name] = forms.CharField(
                label=one.label, required=False, max_length=2000, widget=forms.Textarea({"rows": "4"}),
                help_text=f"{one.help}填“{one.standard}”即采用该职权的通用规定。",
            )  # fmt: skip

    def said(self, given: Mapping[str, Any]) -> dict[str, str]:
        """What comes with the post."""
        return {one.name: given[one.name] for one in companions()}


class TenureForm(forms.Form):
    person = forms.CharField(
        label="人员",
        max_length=120,
        help_text="填写姓名，重名的填写账号",
        widget=forms.TextInput(
            {"list": "object-suggestions", "autocomplete": "off", "data-suggest": "/people/suggest/"}
        ),
    )
    since = forms.DateField(
        label="任职日期", widget=forms.DateInput(), help_text="从这一天起有职权，可以是以后的日子"
    )


class EndForm(forms.Form):
    until = forms.DateField(label="离任日期", widget=forms.DateInput(), help_text="从这一天起不再有职权")


def find_post(pk: int) -> Post:
    """One post; 404 when there is none."""
    found = Post.objects.select_related("agency", "region").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def person_meant(text: str) -> Person:
    """The one person with this name or account.

    Raises:
        Refused: nobody fits, or several do.
    """
    wanted = text.split("｜")[-1].strip() if "｜" in text else text.strip()
    fits = Q(user__username=wanted) if "｜" in text else Q(user__username=wanted) | Q(name=wanted)
    found = list(Person.objects.filter(fits)[:2])
    if not found:
        raise Refused.because("people.unknown", f"没有叫“{wanted}”的人员，请先请系统管理员开立账号", "person")
    if len(found) > 1:
        raise Refused.because("people.several", f"叫“{wanted}”的不止一人，请填写账号", "person")
    return found[0]


@require_GET
@only_for(KEEPERS)
def suggest_people(request: HttpRequest) -> HttpResponse:
    """Up to twelve people whose name or account fits what was typed."""
    typed = request.GET.get("q", "").strip()[:60]
    fits = Q(name__contains=typed) | Q(user__username__startswith=typed)
    found = Person.objects.filter(fits, user__isnull=False).select_related("user").order_by("name", "id")[:12]
    return render(request, "people/suggestions.html", {"persons": found if typed else ()})


@require_GET
@only_for(KEEPERS)
def post_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The post and everybody who ever held it."""
    actor = actor_for(request)
    post = find_post(pk)
    held = list(post.tenures.select_related("person").order_by("-since", "-id"))
    context = {
        "crumbs": [HOME, parts.Link("岗位", "/people/?tab=posts"), parts.Link(post.title, "")],
        "heading": f"{post.agency.name} {post.title}" if post.agency else post.title,
        "facts": _facts(post),
        "tenures": _tenures(held),
        "tenures_empty": parts.Empty("还没有人任过这个岗位。", icon="user"),
        "actions": _actions(actor, post, held),
        "not_mine": "",
    }
    return render(request, "post.html", context)


def _facts(post: Post) -> Sequence[parts.Fact]:
    sectors = Sector.objects.filter(path__in=post.sector_paths).order_by("order", "id")
    facts = [
        parts.Fact("职权", Role(post.role).label),
        parts.Fact("单位", post.agency.name if post.agency else None),
        parts.Fact("辖区", post.region.name if post.region else None),
        parts.Fact(
            "行业领域", "、".join(sector.name for sector in sectors) or ("全部" if post.region else None)
        ),
        parts.Fact("负责人", post.heads),
    ]
    if post.object:
        found = SupervisedObject.objects.filter(uid=post.object).first()
        facts.append(parts.Fact("企业（单位）", found.name if found else str(post.object)))
    return facts


def _tenures(held: Sequence[Tenure]) -> parts.Ledger:
    columns = (parts.Column("姓名", "title"), parts.Column("起", "day"), parts.Column("止", "day"))
    rows = [
        parts.Row(
            (tenure.person.name, tenure.since, tenure.until or "在任"),
            href=f"/people/persons/{tenure.person_id}/",
        )
        for tenure in held
    ]
    return parts.Ledger(columns, rows, "历任")


def _actions(actor: Actor, post: Post, held: Sequence[Tenure]) -> Sequence[parts.Action]:
    theirs = [] if actor.holds(Role.SECURITY_ADMIN) else ["任职由安全管理员办理"]
    running = next((one for one in held if one.until is None or one.until > clock.today()), None)
    taken = theirs
    if not theirs and running is not None and running.until is None:
        taken = [f"{running.person.name}在任，一个岗位同时只能一人；请先办理离任"]
    actions = [
        parts.Action(
            "登记任职", f"/people/posts/{post.pk}/begin/", not taken, taken, primary=True, icon="plus"
        )
    ]
    if running is not None:
        label = f"{running.person.name}离任"
        actions.append(
            parts.Action(label, f"/people/tenures/{running.pk}/end/", not theirs, theirs, icon="calendar")
        )
    return actions


def _sectors_meant(given: Mapping[str, Any]) -> Sequence[Sector]:
    """Those ticked; none of them where the post reaches every sector, and those of the unit where nothing is said."""
    if given["whole"]:
        return ()
    if not given["sectors"]:
        return sectors_unsaid(Role(given["role"]), Agency.objects.filter(pk=given["agency"]).first())
    return list(Sector.objects.filter(pk__in=given["sectors"]).order_by("order", "id"))


@only_for(SECURITY)
def new_post(request: HttpRequest) -> HttpResponse:
    """Set up a post."""
    form = PostForm(request.POST or None)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        post = posts.create_post(
            actor_for(request),
            given["title"],
            Role(given["role"]),
            agency=Agency.objects.filter(pk=given["agency"]).first(),
            region=Region.objects.filter(pk=given["region"]).first(),
            sectors=_sectors_meant(given),
            object_uid=_object_meant(Role(given["role"]), given["object"]),
            heads=given["heads"],
            said=form.said(given),
        )
        messages.success(request, f"岗位“{post.title}”已设立，请登记任职。")
        return HttpResponseRedirect(f"/people/posts/{post.pk}/")

    question = Question(
        "设立岗位",
        back="/people/",
        says="岗位决定能做什么、管到哪里；人来人往，岗位不变。",
        crumbs=[HOME],
        again=True,
    )
    return ask(request, question, form, deed)


def _object_meant(role: Role, text: str) -> Any:
    """The enterprise of an enterprise post. The security administrator has no door to enterprises and sees only this."""
    typed = text.strip()
    if role not in ENTERPRISE_ROLES or not typed:
        return None
    living = SupervisedObject.objects.exclude(standing__in=GONE)
    found = list(living.filter(Q(credit_code=typed.upper()) | Q(name_key=name_key(typed)))[:2])
    if not found:
        raise Refused.because(
            "people.object_unknown", f"没有登记过“{typed}”，请核对全称或统一社会信用代码", "object"
        )
    if len(found) > 1:
        raise Refused.because(
            "people.object_ambiguous", f"叫“{typed}”的不止一家，请填写统一社会信用代码", "object"
        )
    return found[0].uid


@only_for(SECURITY)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint somebody to a post."""
    post = find_post(pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        person = person_meant(given["person"])
        since: date = given["since"]
        posts.begin_tenure(post, person, since, actor_for(request))
        messages.success(request, f"{person.name}自 {since} 起任“{post.title}”。")
        return HttpResponseRedirect(f"/people/posts/{pk}/")

    question = Question(
        "登记任职",
        back=f"/people/posts/{pk}/",
        says="任职期间签的名由本人负责；任职起止都记入留痕。",
        facts=_facts(post),
        about=parts.Link(post.title, f"/people/posts/{pk}/"),
        crumbs=[HOME, parts.Link(post.title, f"/people/posts/{pk}/")],
        again=True,
    )
    return ask(request, question, TenureForm(request.POST or None, initial={"since": clock.today()}), deed)


@only_for(SECURITY)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a tenure end."""
    tenure = Tenure.objects.select_related("person", "post").filter(pk=pk).first()
    if tenure is None:
        raise Http404
    held, post = tenure, tenure.post

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        posts.end_tenure(held, given["until"], actor_for(request))
        messages.success(request, f"{held.person.name}自 {given['until']} 起不再任“{post.title}”。")
        return HttpResponseRedirect(f"/people/posts/{post.pk}/")

    question = Question(
        f"{held.person.name}离任",
        back=f"/people/posts/{post.pk}/",
        says="离任后，等这个岗位办的事由下一任接着办；空缺期间逾期会越级升级。",
        facts=[parts.Fact("岗位", post.title), parts.Fact("任职起", held.since)],
        crumbs=[HOME, parts.Link(post.title, f"/people/posts/{post.pk}/")],
        again=True,
    )
    return ask(request, question, EndForm(request.POST or None, initial={"until": clock.today()}), deed)
