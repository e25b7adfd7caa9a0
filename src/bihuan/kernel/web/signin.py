"""The way in and out: a password with lock-out, or the demo's one click behind its code.

No account exists that nobody made, and a password somebody else has set only lets its owner change it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bihuan.kernel.people.models import User
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.web.demo_roles import demo_roles
from bihuan.kernel.web.lockout import lock_of
from bihuan.kernel.web.parts import Empty, Frame, Link
from bihuan.kernel.web.reconfirm import DEMO_KEY, confirm, one_click

BACKEND = "django.contrib.auth.backends.ModelBackend"
DEMO_ATTEMPTS = "demo-code"
WEAK = {
    "password_too_short": "新密码太短，请写至少 10 个字符",
    "password_too_common": "新密码太常见，请换一个别人猜不到的",
    "password_entirely_numeric": "新密码不能全是数字，请加上字母或符号",
    "password_too_similar": "新密码和您的账号或姓名太像，请换一个",
}


_public: list[Link] = []


def stand_at_the_door(link: Link) -> None:
    """Show a page for everybody beside the sign-in form. Called once, when an app is ready."""
    _public.append(link)


class SignInForm(forms.Form):
    username = forms.CharField(
        label="账号", max_length=60, widget=forms.TextInput({"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class DemoCodeForm(forms.Form):
    code = forms.CharField(
        label="演示码",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "autofocus": True}),
    )


class NewPasswordForm(PasswordChangeForm):
    """Django's own, in our words; the old password is no easier to guess here than at the door."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].label = "原密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password1"].help_text = "至少 10 个字符，不能全是数字，不要用姓名、生日或账号。"
        self.fields["new_password2"].label = "再输一遍新密码"
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self) -> str:
        """A wrong one counts towards the lock-out, as everywhere a password is asked for."""
        typed = str(self.cleaned_data["old_password"])
        if not confirm(self.request, typed):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return typed

    def validate_password_for_user(self, user: Any, password_field_name: str = "new_password2") -> None:  # noqa: S107
        """Every rule the new password breaks, beside the field where it was typed first."""
        typed = self.cleaned_data.get(password_field_name)
        if not typed:
            return
        try:
            validate_password(typed, user)
        except ValidationError as refusal:
            for reason in refusal.error_list:
                self.add_error("new_password1", WEAK.get(reason.code or "", "新密码太容易猜到，请换一个"))


def bare_frame() -> Frame:
    """What stands on a page before anyone has signed in."""
    district = the_district()
    return Frame(district=district.region.name if district else "", demo=bool(settings.BIHUAN_DEMO))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else settings.LOGIN_REDIRECT_URL


def _answer(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    beside = {
        "frame": bare_frame(),
        "next": _next(request),
        "public_links": () if request.user.is_authenticated else _public,
    }
    return render(request, template, {**beside, **context}, status=status)


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; a wrong name and a wrong password are answered alike."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    if settings.BIHUAN_DEMO:
        return _demo_sign_in(request)
    form = SignInForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _answer(request, "signin.html", 422 if form.is_bound else 200, form=form)
    user = authenticate(request, **form.cleaned_data)
    if user is None:
        form.add_error("password", "账号或密码不对，请核对后重输。连续输错 5 次会锁定 15 分钟")
        return _answer(request, "signin.html", 422, form=form)
    login(request, user)
    return HttpResponseRedirect(_next(request))


def locked_out(request: HttpRequest, response: HttpResponse, credentials: Any = None) -> HttpResponse:
    """Too many wrong passwords: say so, and until when. Called by django-axes in place of the page."""
    return _answer(request, "signin.html", 429, form=SignInForm(), lock=lock_of(request, credentials))


def _demo_sign_in(request: HttpRequest) -> HttpResponse:
    """First the code the terminal printed, then any role by one click."""
    if not request.session.get(DEMO_KEY):
        return _demo_code(request)
    roles = demo_roles()
    if request.method == "POST" and request.POST.get("role") in {role.value for role in roles}:
        user = User.objects.get(username=request.POST["role"])
        login(request, user, backend=BACKEND)
        request.session[DEMO_KEY] = True
        return HttpResponseRedirect(_next(request))
    return _answer(
        request,
        "demo_signin.html",
        opened=True,
        roles=roles,
        empty=Empty("演示数据还没有准备好", "请稍候再刷新。"),
    )


def _demo_code(request: HttpRequest) -> HttpResponse:
    form = DemoCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _answer(request, "demo_signin.html", 422 if form.is_bound else 200, form=form)
    attempt = {"username": DEMO_ATTEMPTS}
    if not AxesProxyHandler.is_allowed(request, attempt):
        return locked_out(request, HttpResponse(), attempt)
    code = settings.BIHUAN_DEMO_CODE
    if code and secrets.compare_digest(form.cleaned_data["code"].strip().encode(), code.encode()):
        request.session.cycle_key()
        request.session[DEMO_KEY] = True
        return redirect(request.get_full_path())
    user_login_failed.send(sender=__name__, credentials=attempt, request=request)
    form.add_error("code", "演示码不对。它印在启动演示的终端窗口里，每次启动都会换")
    return _answer(request, "demo_signin.html", 422, form=form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; in the demo the code stays given, so that changing roles is one click."""
    opened = one_click(request)
    logout(request)
    if opened:
        request.session[DEMO_KEY] = True
    return redirect("signin")


@sensitive_post_parameters()
@never_cache
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """The only page open to a user whose password somebody else has set."""
    assert isinstance(request.user, User)
    if one_click(request):
        messages.info(request, "演示身份没有密码，不用修改。")
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    form = NewPasswordForm(request, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        User.objects.filter(pk=request.user.pk).update(must_change_password=False)
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改。")
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    forced = request.user.must_change_password
    cancel = settings.LOGIN_REDIRECT_URL
    return _answer(
        request, "password.html", 422 if form.is_bound else 200, form=form, forced=forced, cancel_href=cancel
    )


class PasswordFirst:
    """Let a user with a password of somebody else's making nowhere but to the page that changes it."""

    OPEN = ("password", "signout", "signin")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        user = getattr(request, "user", None)
        if not isinstance(user, User) or not user.must_change_password or one_click(request):
            return None
        match = request.resolver_match
        return None if match and match.url_name in self.OPEN else redirect("password")


urlpatterns = [
    path("sign-in/", sign_in, name="signin"),
    path("sign-out/", sign_out, name="signout"),
    path("password/", change_password, name="password"),
]
