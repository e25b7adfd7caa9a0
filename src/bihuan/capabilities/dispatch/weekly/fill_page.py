"""``/weekly/<no>/file/`` and ``…/correct/``: the prefilled form, one question under the other, fit for a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bihuan.capabilities.dispatch.weekly import inputs, suspicions
from bihuan.capabilities.dispatch.weekly.access import access_form
from bihuan.capabilities.dispatch.weekly.computing import cut_off, fitting, of_form, zero_blocks
from bihuan.capabilities.dispatch.weekly.display import Shown, of_live, tables
from bihuan.capabilities.dispatch.weekly.layouts import ANSWER
from bihuan.capabilities.dispatch.weekly.loop import WEEKLY
from bihuan.capabilities.dispatch.weekly.notation import written
from bihuan.kernel import clock
from bihuan.kernel.errors import Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.inputs import build
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.session import actor_for, signed_in

LONG = 2000


class FillForm(forms.Form):
    """The cells a person fills in, in the order of the template; what the system answers stands above them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, form: Any, correcting: bool) -> None:
        super().__init__(data, initial=_initial(form))
        self.form = form
        day = clock.today()
        found = of_form(form, day)
        asks = form.template.asks
        told = Shown(fitting(asks, form.template.campaign), of_live(found), live=True)
        self.tables = tables(told, form)
        self.as_of = cut_off(form.week, day)
        self.suspicions = suspicions.of_form(form, found)
        self.computed = round(100 * told.layout.share_computed())
        if correcting:
            self.fields["reason"] = forms.CharField(
                label="更正理由", max_length=500, widget=forms.Textarea({"rows": "2"})
            )
        for key, zero in zero_blocks(found).items():
            rows = "、".join(cell.row.label.removeprefix("其中：") for cell in zero)
            self.fields[f"zero_{key}"] = forms.BooleanField(
                label=f"{zero[0].block.title}：本周为零的数经核实确为零", required=False, help_text=rows
            )
        for number in asks.stated:
            asked = forms.IntegerField(
                label=number.label, min_value=0, help_text="系统中没有记录可查，由本单位自报，表上会注明"
            )
            asked.unit = number.unit  # type: ignore[attr-defined]
            asked.kind = "number"  # type: ignore[attr-defined]
            self.fields[number.key] = asked
        for one in asks.judgements:
            if one.key == ANSWER and not self.suspicions:
                continue
            self.fields[one.key] = forms.CharField(
                label=one.label, max_length=LONG, required=one.required or bool(self.suspicions),
                help_text=one.help, widget=forms.Textarea({"rows": "3"}),
            )  # fmt: skip

    def given(self, data: Mapping[str, Any], correcting: bool) -> Any:
        """The deed's input as the record keeps it."""
        asks = self.form.template.asks
        said = {one.key: str(data.get(one.key) or "") for one in asks.judgements}
        said |= {one.key: str(data[one.key]) for one in asks.stated}
        zeros = [block.title for block in asks.blocks if data.get(f"zero_{block.key}")]
        raw = {"content": written(asks, said), "zeros": "、".join(zeros), "reason": data.get("reason", "")}
        return build(inputs.Correction if correcting else inputs.Filing, raw)


def _initial(form: Any) -> dict[str, Any]:
    return {"version": form.version, **form.words, **form.stated}


def _page(request: HttpRequest, no: str, deed: str) -> HttpResponse:
    actor = actor_for(request)
    form = access_form(actor, no)
    step, back = WEEKLY.deed(deed), f"/weekly/{no}/"
    refused = tuple(standing_failures(WEEKLY, step, form, actor))
    if refused:
        context = {"label": step.label, "failures": refused, "back": parts.Link(f"回到 {no}", back)}
        return render(request, "refused.html", context, status=422)
    asked = FillForm(request.POST or None, form=form, correcting=deed == "correct")

    def fill(data: Mapping[str, Any]) -> HttpResponse:
        given = asked.given(data, deed == "correct")
        try:
            engine.perform("weekly", deed, no, given, actor=actor_for(request), version=data["version"])
        except Stale:
            return _stale(request, no, step.label)
        messages.success(request, f"{form.about()}：已{step.label}，等待安委办审定。")
        return HttpResponseRedirect(back)

    question = Question(
        step.label, back, step.hint, about=parts.Link(form.about(), back),
        facts=[
            parts.Fact("填报单位", form.agency.name), parts.Fact("时段", form.week.chinese()),
            parts.Fact("报送期限", form.due_on), parts.Fact("数据截至", asked.as_of),
        ],
        crumbs=[parts.Link("周调度", f"/weekly/?week={form.period}"), parts.Link(no, back)],
        signed=True, template="weekly/fill.html",
    )  # fmt: skip
    return ask(request, question, asked, fill)


def _stale(request: HttpRequest, no: str, label: str) -> HttpResponse:
    link = parts.Link(no, f"/weekly/{no}/")
    context = {"matter": link, "label": label, "since": (), "typed": (), "again_href": request.path}
    return render(request, "stale.html", context, status=409)


@signed_in
def file_page(request: HttpRequest, no: str) -> HttpResponse:
    """签名上报."""
    return _page(request, no, "file")


@signed_in
def correct_page(request: HttpRequest, no: str) -> HttpResponse:
    """更正."""
    return _page(request, no, "correct")
