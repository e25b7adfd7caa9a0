"""表头叫法: what units call their columns, taught once by the committee office, for every later workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.importing.intakes import offered_to
from bihuan.kernel.web.paging import Keyset, address, pager
from bihuan.kernel.web.places import Intake
from bihuan.kernel.web.session import actor_for, signed_in
from bihuan.kernel.workbooks import synonyms
from bihuan.kernel.workbooks.importers import importer_of
from bihuan.kernel.workbooks.models import HeadingSynonym

BASE = "/imports/headings/"
NEWEST_FIRST = Keyset(("id",), descending=True)
NO = ("no", "序号")


def may_teach(actor: Actor) -> bool:
    """Whether the actor may add to the table of headings."""
    return bool(actor.roles & synonyms.TEACHERS)


def columns_of(kind: str) -> list[tuple[str, str]]:
    """Every column a heading can mean."""
    return [NO, *((one.name, one.label) for one in importer_of(kind).columns.columns)]


class TeachForm(forms.Form):
    """One choice for each heading that was not known; what is left open stays unknown."""

    def __init__(self, kind: str, unknown: Sequence[str], data: Any = None) -> None:
        super().__init__(data)
        self.unknown = unknown
        for place, heading in enumerate(unknown):
            self.fields[f"heading_{place}"] = forms.ChoiceField(
                label=f"『{heading}』",
                required=False,
                choices=[("", "不用这一列"), *columns_of(kind)],
                error_messages={"invalid_choice": "没有这一列，请从列表中选择"},
            )

    def taught(self) -> list[tuple[str, str]]:
        """(heading, column) for each that was answered."""
        answers = ((word, self.cleaned_data[f"heading_{at}"]) for at, word in enumerate(self.unknown))
        return [(word, column) for word, column in answers if column]


def teach(kind: str, heading: str, column: str, actor: Actor) -> None:
    """Teach a heading as the preview shows it; one that stands under a group heading is known by both words."""
    for wording in dict.fromkeys((heading, heading.replace("·", ""))):
        synonyms.teach(importer_of(kind).columns, column, wording, actor)


def _kind(request: HttpRequest) -> tuple[Actor, Sequence[Intake], Intake]:
    actor = actor_for(request)
    mine = offered_to(actor)
    if not mine:
        raise PermissionDenied
    wanted = request.GET.get("kind", "")
    intake = next((one for one in mine if one.kind == wanted), None if wanted else mine[0])
    if intake is None:
        raise Absent("没有这种台账，或不由您导入")
    return actor, mine, intake


@require_GET
@signed_in
def headings_page(request: HttpRequest) -> HttpResponse:
    """The headings taught so far."""
    actor, mine, intake = _kind(request)
    labels = dict(columns_of(intake.kind))
    rows = HeadingSynonym.objects.filter(kind=intake.kind)
    cursor = request.GET.get("cursor", "")
    page = NEWEST_FIRST.page(rows, cursor)
    teaching = may_teach(actor)
    query = {"kind": intake.kind, "cursor": cursor}
    context = {
        "crumbs": [parts.Link("台账", intake.href), parts.Link("表头叫法", "")],
        "heading": "表头叫法",
        "lead": "系统本来就认得常见的叫法；认不出的在这里添一次，以后的工作簿都认得。"
        + ("" if teaching else "叫法由安委办工作人员添加。"),
        "begin": [parts.Action("添一个叫法", f"{BASE}new/?kind={intake.kind}", icon="plus", primary=True)]
        if teaching
        else (),
        "tabs": [parts.Tab(one.label, address(BASE, {"kind": one.kind}), None, one is intake) for one in mine]
        if len(mine) > 1
        else (),
        "ledger": parts.Ledger(_COLUMNS, [_row(one, labels, teaching) for one in page.rows], "表头叫法"),
        "empty": parts.Empty(
            "还没有添过叫法。", "预览里认不出的表头，选一下它是哪一列，就会记到这里。", icon="table"
        ),
        "pager": pager(BASE, query, page, rows.count()),
    }
    return render(request, "list.html", context)


_COLUMNS = (
    parts.Column("表头", "title"),
    parts.Column("当作"),
    parts.Column("谁添的"),
    parts.Column("时间", "day"),
    parts.Column("", "action"),
)


def _row(one: HeadingSynonym, labels: Mapping[str, str], teaching: bool) -> parts.Row:
    forget = parts.Action("不再这样认", f"{BASE}{one.pk}/forget/") if teaching else ""
    return parts.Row((one.heading, labels.get(one.field, one.field), one.added_by, one.added_at, forget))


class NewForm(forms.Form):
    heading = forms.CharField(label="表头的文字", max_length=60, help_text="照表里的写，例如“存在问题及隐患”")
    field = forms.ChoiceField(label="是哪一列")

    def __init__(self, kind: str, data: Any = None) -> None:
        super().__init__(data)
        self.fields["field"].choices = [("", "请选择"), *columns_of(kind)]  # type: ignore[attr-defined]


@signed_in
def new_heading(request: HttpRequest) -> HttpResponse:
    """Teach one heading."""
    actor, _, intake = _kind(request)
    if not may_teach(actor):
        raise PermissionDenied
    back = f"{BASE}?kind={intake.kind}"

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        teach(intake.kind, given["heading"], given["field"], actor)
        messages.success(
            request,
            f"已记住：{intake.label}里的『{given['heading']}』就是“{_label(intake, given['field'])}”。",
        )
        return HttpResponseRedirect(back)

    question = Question(
        "添一个叫法",
        back=back,
        says=f"以后{intake.label}里遇到这个表头，都当作选定的这一列。",
        crumbs=[parts.Link("台账", intake.href), parts.Link("表头叫法", back)],
    )
    return ask(request, question, NewForm(intake.kind, request.POST or None), deed)


def _label(intake: Intake, column: str) -> str:
    return dict(columns_of(intake.kind)).get(column, column)


@signed_in
def forget_heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a taught heading back."""
    actor = actor_for(request)
    if not may_teach(actor):
        raise PermissionDenied
    one = HeadingSynonym.objects.filter(pk=pk).first()
    if one is None:
        raise Absent("没有这个叫法，可能已经取消")
    back = f"{BASE}?kind={one.kind}"

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        synonyms.forget(one.kind, one.heading, actor)
        messages.success(request, f"『{one.heading}』不再特别认，按系统本来的叫法读。")
        return HttpResponseRedirect(back)

    question = Question(
        "不再这样认",
        back=back,
        says=f"『{one.heading}』不再当作“{dict(columns_of(one.kind)).get(one.field, one.field)}”。已导入的不受影响。",
        crumbs=[parts.Link("台账", "/imports/"), parts.Link("表头叫法", back)],
    )
    given = request.POST if request.method == "POST" else None
    return ask(request, question, forms.Form(given), deed)
