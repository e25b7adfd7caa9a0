"""``/rounds/templates/``: the sheets of rounds, their sections, and a district's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.inspections import places
from bihuan.capabilities.inspections.planning.models import RoundTemplate
from bihuan.capabilities.inspections.planning.rounds import hooks, templates
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.forms import row_attributes
from bihuan.kernel.web.session import actor_for

HERE = "/rounds/templates/"
ROUNDS = parts.Link("巡查", "/rounds/")
READERS = places.OFFICIALS | ENTERPRISE_ROLES | {Role.GRID}


@require_GET
@only_for(READERS)
def list_page(request: HttpRequest) -> HttpResponse:
    """The sheets in use."""
    actor = actor_for(request)
    kinds = dict(hooks.window_kinds())
    columns = (
        parts.Column("巡查表", "title"), parts.Column("环节", "number", "个"), parts.Column("重点时段前必须完成"),
        parts.Column("编制", phone=False),
    )  # fmt: skip
    rows = [
        parts.Row(
            (
                one.title, len(one.sections),
                f"{kinds.get(one.window, one.window)}前 {one.ahead} 天内" if one.window else None,
                one.owner.name if one.owner else one.made_by,
            ),
            href=f"{HERE}{one.code}/",
            sub=one.says,
        )
        for one in templates.templates().select_related("owner")
    ]  # fmt: skip
    begin = [parts.Action("编制巡查表", f"{HERE}new/", icon="plus")] if templates.may_keep(actor) else []
    context = {
        "crumbs": [ROUNDS, parts.Link("巡查表", "")],
        "heading": "巡查表",
        "lead": "每张巡查表列明环节；巡查时逐个登记，不能漏。",
        "begin": begin,
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "巡查表"),
        "empty": parts.Empty("还没有巡查表。"),
        "count_words": f"共 {len(rows)} 张",
    }
    return render(request, "list.html", context)


def _template(code: str) -> RoundTemplate:
    found = RoundTemplate.objects.select_related("owner").filter(code=code).first()
    if found is None:
        raise Absent("没有这张巡查表")
    return found


@require_GET
@only_for(READERS)
def one_page(request: HttpRequest, code: str) -> HttpResponse:
    """The sections of a sheet, in order."""
    actor, one = actor_for(request), _template(code)
    columns = (parts.Column("序号", "number"), parts.Column("环节", "title"), parts.Column("查什么"))
    rows = [
        parts.Row((place, section["title"], section["what"] or None))
        for place, section in enumerate(one.sections, start=1)
    ]
    begin = []
    if one.until is None and templates.may_keep(actor):
        begin.append(parts.Action("停用", f"{HERE}{code}/end/", icon="ban"))
    context = {
        "crumbs": [ROUNDS, parts.Link("巡查表", HERE), parts.Link(one.title, "")],
        "heading": one.title,
        "lead": one.says if one.until is None else f"已停用（{one.until} 起）",
        "begin": begin,
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, one.title),
        "empty": parts.Empty("没有环节。"),
        "count_words": f"共 {len(rows)} 个环节",
    }
    return render(request, "list.html", context)


class TemplateForm(forms.Form):
    """A sheet of the district's own."""

    title = forms.CharField(label="名称", max_length=80)
    says = forms.CharField(label="说明", max_length=200, required=False, help_text="什么时候、由谁去查")
    sections = forms.CharField(
        label="环节", widget=forms.Textarea({"rows": 8} | row_attributes(("环节", "查什么:wide"), "｜")),
        help_text="一行一个，名称和查什么用｜隔开，例如：食堂用气｜连接管、报警切断、瓶装气存放",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Sector.objects.filter(in_force(clock.today())).order_by("path")
        self.fields["window"] = forms.ChoiceField(
            label="重点时段前必须查完", choices=[("", "不要求"), *hooks.window_kinds()], required=False,
        )  # fmt: skip
        self.fields["ahead"] = forms.IntegerField(
            label="提前多少天开始", initial=30, required=False, help_text="从这时起到时段开始前查的才算"
        )
        self.fields["sectors"] = forms.MultipleChoiceField(
            label="名册包括的行业", choices=[(str(one.pk), one.name) for one in rows], required=False,
            widget=forms.CheckboxSelectMultiple, help_text="要求重点时段前查完的，这些行业的对象都在名册内",
        )  # fmt: skip


@only_for(templates.KEEPERS)
def new_page(request: HttpRequest) -> HttpResponse:
    """Write a sheet."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        row = templates.write(given, actor_for(request))
        messages.success(request, f"巡查表“{row.title}”已可使用。")
        return HttpResponseRedirect(f"{HERE}{row.code}/")

    question = Question("编制巡查表", HERE, crumbs=(ROUNDS, parts.Link("巡查表", HERE)))
    return ask(request, question, TemplateForm(request.POST or None), deed)


class EndForm(forms.Form):
    reason = forms.CharField(label="停用原因", max_length=400, widget=forms.Textarea({"rows": 3}))


@only_for(templates.KEEPERS)
def end_page(request: HttpRequest, code: str) -> HttpResponse:
    """Use a sheet no more."""
    one = _template(code)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        templates.end(code, given["reason"], actor_for(request))
        messages.success(request, f"“{one.title}”明天起停用；正在进行的巡查照常完成。")
        return HttpResponseRedirect(HERE)

    back = f"{HERE}{code}/"
    question = Question(
        "停用巡查表", back, crumbs=(ROUNDS, parts.Link("巡查表", HERE), parts.Link(one.title, back))
    )
    return ask(request, question, EndForm(request.POST or None), deed)
