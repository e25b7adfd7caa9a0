"""Forms by which an enterprise tells its posts with their lists, and who holds the roles of its safety organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.capabilities.responsibility.duties import enterprise, keeping
from bihuan.capabilities.responsibility.duties.enterprise import BASE
from bihuan.capabilities.responsibility.duties.models import InnerPost, SafetyRole
from bihuan.capabilities.responsibility.duties.pages.enterprises import question_about
from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.models import ENTERPRISE_ROLES
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for


class PostForm(forms.Form):
    name = forms.CharField(label="岗位", max_length=60, help_text="例如“焊工”“车间主任”")
    people = forms.IntegerField(label="在岗人数", min_value=1)
    duties = forms.CharField(
        label="岗位安全生产责任清单",
        max_length=keeping.TEXT_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": "6"}),
    )


@only_for(ENTERPRISE_ROLES)
def new_post(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List a post, or tell its list otherwise."""
    supervised = access_object(actor_for(request), str(uid))
    first: dict[str, Any] = {"people": 1}
    named = request.GET.get("post", "")
    if named.isdecimal() and len(named) < 18:
        known = InnerPost.objects.filter(pk=int(named), object=supervised).first()
        if known is not None:
            first = {"name": known.name, "people": known.people, "duties": known.duties}

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        enterprise.tell_post(supervised, given["name"], given["people"], given["duties"], actor_for(request))
        messages.success(request, f"岗位“{given['name']}”已登记。")
        return HttpResponseRedirect(f"{BASE}{uid}/")

    return ask(
        request,
        question_about("登记岗位和清单", supervised),
        PostForm(request.POST or None, initial=first),
        deed,
    )


class SureForm(forms.Form):
    """Nothing to say but yes."""


@only_for(ENTERPRISE_ROLES)
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The post is no more."""
    one = InnerPost.objects.select_related("object").filter(pk=pk).first()
    if one is None or not enterprise.own(actor_for(request), one.object):
        raise Absent("没有这个岗位")
    found: InnerPost = one

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        enterprise.end_post(found, actor_for(request))
        messages.success(request, f"岗位“{found.name}”已撤销。")
        return HttpResponseRedirect(f"{BASE}{found.object_id}/")

    facts = [parts.Fact("岗位", found.name)]
    return ask(
        request, question_about("撤销岗位", found.object, facts=facts), SureForm(request.POST or None), deed
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="职位")
    holder = forms.CharField(label="人员或机构", max_length=120)
    part = forms.CharField(label="负责区域或说明", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(one.name, one.name) for one in enterprise.roles()]  # type: ignore[attr-defined]


@only_for(ENTERPRISE_ROLES)
def new_role(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say who holds a role."""
    supervised = access_object(actor_for(request), str(uid))

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        enterprise.tell_role(supervised, given["role"], given["holder"], given["part"], actor_for(request))
        messages.success(request, "已登记。")
        return HttpResponseRedirect(f"{BASE}{uid}/")

    return ask(request, question_about("登记安全组织人员", supervised), RoleForm(request.POST or None), deed)


@only_for(ENTERPRISE_ROLES)
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """They hold it no more."""
    one = SafetyRole.objects.select_related("object").filter(pk=pk).first()
    if one is None or not enterprise.own(actor_for(request), one.object):
        raise Absent("没有这条登记")
    found: SafetyRole = one

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        enterprise.end_role(found, actor_for(request))
        messages.success(request, "已登记离任。")
        return HttpResponseRedirect(f"{BASE}{found.object_id}/")

    facts = [parts.Fact("职位", found.role), parts.Fact("人员或机构", found.holder)]
    return ask(
        request, question_about("离任", found.object, facts=facts), SureForm(request.POST or None), deed
    )
