"""A form of our own on the same page as the made ones: what was typed is kept, every refusal stands beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.web import parts
from bihuan.kernel.web.reconfirm import confirm, one_click, recently_confirmed

Deed = Callable[[Mapping[str, Any]], HttpResponse]


@dataclass(frozen=True)
class Question:
    """What a form page says around its fields.

    ``signed`` and ``again`` ask for the password again before the deed: the one because a signature is given, the other
    because somebody's rights change. ``key`` names what the form makes, so that sending it twice makes it once.
    """

    label: str
    back: str
    says: str = ""
    basis: str = ""
    facts: Sequence[parts.Fact] = ()
    about: parts.Link | None = None
    crumbs: Sequence[parts.Link] = field(default_factory=tuple)
    signed: bool = False
    again: bool = False
    template: str = "step.html"
    key: str = ""


def ask(request: HttpRequest, question: Question, form: forms.Form, deed: Deed) -> HttpResponse:
    """Show the form; on POST with good answers do ``deed``. Whatever stands in the way comes back as 422."""
    _speak_plainly(form)
    if request.method != "POST":
        return _show(request, question, form)
    if not form.is_valid():
        return _show(request, question, form, status=422)
    if (question.signed or question.again) and not recently_confirmed(request):
        typed = request.POST.get("sign_password", "")
        if not confirm(request, typed):
            needed = "请输入登录密码以签名" if question.signed else "请输入登录密码，确认是本人"
            wrong = "密码不对，请重新输入" if typed else needed
            return _show(request, question, form, status=422, wrong=wrong)
    try:
        return deed(form.cleaned_data)
    except Refused as refusal:
        for failure in refusal.failures:
            if failure.field in form.fields:
                form.add_error(failure.field, failure.message)
        return _show(request, question, form, refusal.failures, status=422)


def _speak_plainly(form: forms.Form) -> None:
    """Say what is missing and how to write it, not that a field is wrong."""
    for asked in form.fields.values():
        asked.error_messages["required"] = f"请填写「{asked.label}」"
        if isinstance(asked, forms.DateField):
            asked.error_messages["invalid"] = "不是日期，请写成 2023-03-01 这样的形式"
        if isinstance(asked, forms.ChoiceField):
            asked.error_messages["required"] = f"请选择「{asked.label}」"
            asked.error_messages["invalid_choice"] = "请从列出的选项中选择"


def _show(
    request: HttpRequest,
    question: Question,
    form: forms.Form,
    failures: Sequence[Failure] = (),
    status: int = 200,
    wrong: str = "",
) -> HttpResponse:
    context = {
        "crumbs": [*question.crumbs, parts.Link(question.label, "")],
        "label": question.label,
        "says": question.says,
        "basis": question.basis,
        "matter": question.about,
        "facts": question.facts,
        "form": form,
        "failures": failures,
        "multipart": form.is_multipart(),
        "signed": question.signed,
        "confirm_again": question.again,
        "confirmed": recently_confirmed(request),
        "one_click_sign": one_click(request),
        "password_error": wrong,
        "version": None,
        "key": question.key,
        "cancel_href": question.back,
    }
    return render(request, question.template, context, status=status)
