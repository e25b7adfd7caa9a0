"""One person: account, posts held, and what the system administrator may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.people import accounts
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ApiToken, Person, Role, User
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.people.lists import KEEPERS, account_state
from bihuan.kernel.web.people.signing_keys import key_actions, key_in_words
from bihuan.kernel.web.session import actor_for

SYSTEM = frozenset({Role.SYSTEM_ADMIN})
HOME = parts.Link("人员与岗位", "/people/")


class NewAccountForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=60)
    username = forms.CharField(
        label="账号",
        max_length=60,
        help_text="登录用，字母和数字，例如姓名拼音；一人一个，不要几个人共用",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    phone = forms.CharField(label="电话", max_length=30, required=False)
    certificate_no = forms.CharField(
        label="执法证号", max_length=40, required=False, help_text="执法人员填写"
    )
    certificate_until = forms.DateField(label="执法证有效期至", required=False, widget=forms.DateInput())


class AccountForm(forms.Form):
    username = forms.CharField(label="账号", max_length=60, help_text="登录用，字母和数字，例如姓名拼音")


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200, help_text="例如“调离”“退休”“任命有误”")


def find_person(pk: int) -> Person:
    """One person; 404 when there is none."""
    found = Person.objects.select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _user_of(person: Person) -> User:
    user: User | None = getattr(person, "user", None)
    if user is None:
        raise Http404
    return user


@require_GET
@only_for(KEEPERS)
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's account and all posts ever held."""
    actor = actor_for(request)
    person = find_person(pk)
    user: User | None = getattr(person, "user", None)
    context = {
        "crumbs": [HOME, parts.Link("人员与账号", "/people/?tab=persons"), parts.Link(person.name, "")],
        "heading": person.name,
        "facts": [
            parts.Fact("账号", user.username if user else None),
            parts.Fact("账号状态", account_state(person)),
            parts.Fact("最近登录", user.last_login if user else None),
            parts.Fact("电话", person.phone or None),
            parts.Fact("执法证号", person.certificate_no or None),
            parts.Fact("执法证有效期至", person.certificate_until),
            parts.Fact("签名密钥", key_in_words(person)),
        ],
        "tenures": tenures_of(person),
        "tenures_empty": parts.Empty("还没有任职。", "任职由安全管理员在岗位页上登记。", icon="id-badge-2"),
        "actions": [*_actions(actor, person, user), *key_actions(actor, person)],
        "not_mine": "",
    }
    return render(request, "people/person.html", context)


def tenures_of(person: Person) -> parts.Ledger:
    """Every post the person has held, the newest first."""
    columns = (
        parts.Column("岗位", "title"),
        parts.Column("单位"),
        parts.Column("职权"),
        parts.Column("起", "day"),
        parts.Column("止", "day"),
    )
    held = person.tenures.select_related("post", "post__agency").order_by("-since", "-id")
    rows = [
        parts.Row(
            (
                tenure.post.title,
                tenure.post.agency.name if tenure.post.agency else None,
                Role(tenure.post.role).label,
                tenure.since,
                tenure.until or "在任",
            ),
            href=f"/people/posts/{tenure.post_id}/",
        )
        for tenure in held
    ]
    return parts.Ledger(columns, rows, "任职")


def _actions(actor: Actor, person: Person, user: User | None) -> Sequence[parts.Action]:
    mine = actor.holds(Role.SYSTEM_ADMIN)
    base = f"/people/persons/{person.pk}/"
    theirs = [] if mine else ["账号由系统管理员开立和停用"]
    if user is None:
        return [parts.Action("开立账号", f"{base}account/", mine, theirs, primary=True, icon="plus")]
    own = ["不能处理自己的账号"] if mine and user.pk == actor.id else theirs
    if not user.is_active:
        return [parts.Action("恢复账号", f"{base}reopen/", mine, theirs, primary=True, icon="refresh")]
    return [
        parts.Action("重设密码", f"{base}reset-password/", not own, own, icon="key"),
        parts.Action("停用账号", f"{base}close/", not own, own, icon="ban"),
    ]


def _crumbs(person: Person) -> Sequence[parts.Link]:
    return [HOME, parts.Link(person.name, f"/people/persons/{person.pk}/")]


def _secret(request: HttpRequest, heading: str, user: User, secret: str) -> HttpResponse:
    context = {
        "crumbs": [HOME, parts.Link(heading, "")],
        "heading": heading,
        "says": f"请当面把账号 {user.username} 的一次性口令交给{user.person.name}本人，首次登录必须修改。",
        "secret": secret,
        "back": parts.Link("回到人员与岗位", f"/people/persons/{user.person_id}/"),
    }
    return render(request, "once_secret.html", context)


@never_cache
@only_for(SYSTEM)
def open_new(request: HttpRequest) -> HttpResponse:
    """A new person with an account."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        user, secret = accounts.open_account(actor_for(request), **given)
        return _secret(request, "账号已开立", user, secret)

    question = Question(
        "开立账号",
        back="/people/?tab=persons",
        says="账号本身没有任何职权；职权由安全管理员登记任职后才有。",
        crumbs=[HOME],
        again=True,
    )
    return ask(request, question, NewAccountForm(request.POST or None), deed)


@never_cache
@only_for(SYSTEM)
def open_for(request: HttpRequest, pk: int) -> HttpResponse:
    """An account for a person who is known already."""
    person = find_person(pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        user, secret = accounts.open_account(actor_for(request), given["username"], person=person)
        return _secret(request, "账号已开立", user, secret)

    question = Question(
        f"为{person.name}开立账号", back=f"/people/persons/{pk}/", crumbs=_crumbs(person), again=True
    )
    return ask(request, question, AccountForm(request.POST or None), deed)


@only_for(SYSTEM)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut an account."""
    person = find_person(pk)
    user = _user_of(person)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        accounts.close_account(user, actor_for(request), given["reason"])
        messages.success(request, f"账号 {user.username} 已停用，立即不能再登录。")
        return HttpResponseRedirect(f"/people/persons/{pk}/")

    question = Question(
        "停用账号",
        back=f"/people/persons/{pk}/",
        says=f"停用后{person.name}不能登录，接口令牌也失效；已签的名不变。任职请安全管理员另行办理离任。",
        crumbs=_crumbs(person),
        again=True,
    )
    return ask(request, question, ReasonForm(request.POST or None), deed)


@never_cache
@only_for(SYSTEM)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    person = find_person(pk)
    user = _user_of(person)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        return _secret(request, "账号已恢复", user, accounts.reopen_account(user, actor_for(request)))

    says = f"恢复账号 {user.username}，并给出新的一次性口令。"
    question = Question(
        "恢复账号", back=f"/people/persons/{pk}/", says=says, crumbs=_crumbs(person), again=True
    )
    return ask(request, question, forms.Form(request.POST if request.method == "POST" else None), deed)


@never_cache
@only_for(SYSTEM)
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time secret; the owner is told, so that nobody's name is borrowed unnoticed."""
    person = find_person(pk)
    user = _user_of(person)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        actor = actor_for(request)
        with transaction.atomic():
            secret = accounts.reset_password(user, actor)
            words = f"您的登录密码于 {clock.minute_of(clock.now())} 由{actor.post} {actor.name}重设"
            notify(
                [NewNotice(f"{words}；不是您要求的，请立即告诉审计管理员", person_id=person.pk, urgent=True)]
            )
        return _secret(request, "密码已重设", user, secret)

    says = f"为 {user.username} 换成一次性口令；原密码和已登录的会话立即失效，并通知本人。"
    question = Question(
        "重设密码", back=f"/people/persons/{pk}/", says=says, crumbs=_crumbs(person), again=True
    )
    return ask(request, question, forms.Form(request.POST if request.method == "POST" else None), deed)


@only_for(SYSTEM)
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one API token."""
    token = ApiToken.objects.select_related("user__person").filter(pk=pk).first()
    if token is None:
        raise Http404
    held = token

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        accounts.revoke_token(held, actor_for(request))
        messages.success(request, f"{held.user.username} 的接口令牌已撤销，立即失效。")
        return HttpResponseRedirect("/people/?tab=tokens")

    question = Question(
        "撤销接口令牌",
        back="/people/?tab=tokens",
        says=f"撤销后，用这个令牌的程序立即不能再以{held.user.person.name}的身份读写。",
        facts=[parts.Fact("账号", held.user.username), parts.Fact("发放", held.created_at)],
        crumbs=[HOME],
        again=True,
    )
    return ask(request, question, forms.Form(request.POST if request.method == "POST" else None), deed)
