"""The dated part of an object's file: what is told there, a form for each kind, and ending what holds no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers.enterprises import dated
from bihuan.registers.enterprises.dated import Told
from bihuan.registers.enterprises.dated_kinds import NOT_BY_HAND, SINGLE, TOLD, DatedKind, dated_kind
from bihuan.registers.models import DatedDetail
from bihuan.registers.pages.listing import BASE, keeps

SOON = 60
"""Days before its last valid day from which a paper is marked."""


class TellForm(forms.Form):
    """The fields of one kind; what they hold is judged by the register itself."""

    def __init__(self, kind: DatedKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.ChoiceField(label="种类", choices=[("", "请选择"), *kind.codes])
        for name, label, limit in (
            ("name", kind.name, 120),
            ("number", kind.number, 60),
            ("count", kind.count, 9),
        ):
            if label:
                self.fields[name] = forms.CharField(label=label, max_length=limit, required=False)
        if kind.valid:
            self.fields["since"] = forms.DateField(label="有效期自", required=False, widget=forms.DateInput)
            self.fields["until"] = forms.DateField(
                label="有效期至", widget=forms.DateInput, help_text="最后有效的一天"
            )


class EndForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200, help_text="例如“换发新证”“设备已拆除”“退保”")


def _kept(actor: Actor, uid: UUID) -> SupervisedObject:
    one = access_object(actor, uid)
    if not keeps(actor, one):
        raise Refused.because("detail.not_yours", f"“{one.name}”的登记信息不在您的职责范围内")
    return one


def _crumbs(one: SupervisedObject) -> Sequence[parts.Link]:
    return [parts.Link("企业", BASE), parts.Link(one.name, f"{BASE}{one.uid}/")]


@only_for(BUSINESS)
def tell(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Add one detail."""
    one, known = _kept(actor_for(request), uid), dated_kind(kind)
    if known is None or known.kind in NOT_BY_HAND:
        raise Absent("没有这一类档案")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        said = {name: str(value or "") for name, value in given.items()}
        dated.tell(uid, Told(known.kind, **said), actor_for(request))
        messages.success(request, f"已补充{known.label}。")
        return HttpResponseRedirect(f"{BASE}{uid}/#dossier")

    question = Question(
        f"补充{known.label}", back=f"{BASE}{uid}/", says="写错了的，先注明不再有效，再重新补充；两条都留痕。",
        crumbs=_crumbs(one),
    )  # fmt: skip
    return ask(request, question, TellForm(known, request.POST or None), deed)


@only_for(BUSINESS)
def end(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Say that one holds no more."""
    one = _kept(actor_for(request), uid)
    row = DatedDetail.objects.filter(object=one, pk=pk, ended_on=None).exclude(kind__in=NOT_BY_HAND).first()
    if row is None:
        raise Absent("没有这一条档案，或已注明不再有效")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        dated.end(uid, pk, actor_for(request), given["reason"])
        messages.success(request, "已注明不再有效。")
        return HttpResponseRedirect(f"{BASE}{uid}/#dossier")

    question = Question(
        "注明不再有效",
        back=f"{BASE}{uid}/",
        says="从今天起不再算数；以前的日子里仍可查到。",
        facts=[parts.Fact(str(row.get_kind_display()), dated.in_words(row), wide=True)],
        crumbs=_crumbs(one),
    )
    return ask(request, question, EndForm(request.POST or None), deed)


COLUMNS = (
    parts.Column("档案", "title"),
    parts.Column("编号"),
    parts.Column("机构、说明"),
    parts.Column("有效期至", "day"),
    parts.Column("", "state"),
    parts.Column("", "action"),
)


def ledger(one: SupervisedObject, on: date, *, may_keep: bool) -> parts.Ledger:
    """What the file tells of an object on a day, papers that have lapsed marked."""
    rows = [row for row in dated.details_of(one, on) if row.kind not in SINGLE]
    return parts.Ledger(
        COLUMNS, [_row(one, row, on, may_keep=may_keep) for row in rows], "证照、保险和危险工艺"
    )


def _row(one: SupervisedObject, row: DatedDetail, on: date, *, may_keep: bool) -> parts.Row:
    kind = dated_kind(row.kind)
    late = row.until is not None and row.until < on
    action = parts.Action("不再有效", f"{BASE}{one.uid}/details/{row.pk}/end/")
    insured = f"{row.count} 人" if row.count is not None else ""
    return parts.Row(
        (
            kind.word(row.code) if kind else row.code,
            row.number or None,
            " ".join(part for part in (row.name, insured) if part) or None,
            row.until,
            _validity(row, on),
            action if may_keep and on == clock.today() else "",
        ),
        late=late,
        sub=str(row.get_kind_display()),
    )


def _validity(row: DatedDetail, on: date) -> Any:
    if row.until is None:
        return parts.State("在册", "open")
    left = (row.until - on).days
    if left < 0:
        return parts.Level(f"已过期 {-left} 天", "red")
    return parts.Level(f"还有 {left} 天", "yellow") if left <= SOON else parts.State("有效", "open")


def begin(one: SupervisedObject) -> list[parts.Link]:
    """The forms, one a kind."""
    return [parts.Link(f"补充{kind.label}", f"{BASE}{one.uid}/details/{kind.kind}/") for kind in TOLD]
