"""A document written by form for a matter: what is known stands there already, the rest is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.matters.finding import find, service_of
from bihuan.kernel.web.session import actor_for, signed_in
from bihuan.registers.instruments import issuing, kinds, known, offering, once
from bihuan.registers.instruments.filling import facts_from, form_for
from bihuan.registers.instruments.pages.layout import BASE, loop_link


@signed_in
def page(request: HttpRequest, plural: str, no: str, kind: str) -> HttpResponse:
    """``/instruments/new/<plural>/<no>/<kind>/``: only kinds that the loop leaves to be written by form."""
    actor = actor_for(request)
    service, _ = service_of(plural)
    matter = find(service, actor, no)
    offer = offering.of(service.loop.name)
    if kind not in offer.fill or not offer.may(actor, matter):
        raise Absent("这件事项不能直接制发这种文书")
    declared = kinds.kind(kind)
    form = form_for(declared, {**known.facts_about(matter), **offer.facts(matter)}, request.POST or None)
    form.fields["issued_on"] = forms.DateField(label="文书日期", initial=clock.today())

    key = once.key_of(request.POST.get("key", ""))

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        opened = clock.day_of(matter.opened_at)
        if given["issued_on"] < opened:
            words = f"文书日期早于事项的登记日期 {opened}，请核对"
            raise Refused.because("instrument.before_its_matter", words, "issued_on")
        made = once.written(
            key, matter.uid, kind,
            lambda: issuing.issue(
                kind, matter, facts_from(declared, given), on=given["issued_on"], actor=actor, uid=key
            ),
        )  # fmt: skip
        messages.success(request, f"已制发{declared.name}{made.number}。")
        return HttpResponseRedirect(f"{BASE}{made.uid}/")

    unchecked = f"{'、'.join(declared.unchecked)}待核对。" if declared.unchecked else ""
    question = Question(
        f"制发{declared.name}", loop_link(service.loop.name, no).href, says=f"{declared.rule} {unchecked}".strip(),
        basis="；".join(declared.basis), crumbs=[loop_link(service.loop.name, no)],
        about=parts.Link(no, f"/{plural}/{no}/"), facts=[parts.Fact("事项", matter.about())], key=str(key),
    )  # fmt: skip
    return ask(request, question, form, deed)
