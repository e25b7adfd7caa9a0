"""``/letters/signing/``: what waits for the giving side's own signature, signed by its head in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bihuan.capabilities.responsibility.letters.access import visible_letters
from bihuan.capabilities.responsibility.letters.bulk import LIST
from bihuan.capabilities.responsibility.letters.hands import issues
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.states import LetterState
from bihuan.capabilities.responsibility.places import HUB
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for


@only_for(frozenset({Role.LEADER, Role.TOWN}))
def signing_page(request: HttpRequest) -> HttpResponse:
    """``/letters/signing/``: what waits for the giving side's own signature, signed in one call."""
    actor = actor_for(request)
    waiting = [letter for letter in _drafted(actor) if issues(actor, letter)]
    if not waiting:
        return render(request, "list.html", _nothing())
    form = _SigningForm(request.POST or None, letters=waiting)

    def deed(data: Mapping[str, Any]) -> HttpResponse:
        chosen = [letter.no for letter in waiting if letter.no in data["letters"]]
        done = engine.perform(
            "letter", "issue", chosen, Nothing(), actor=actor.confirmed_now(), key=data["key"]
        )
        messages.success(request, f"已签订 {len(done)} 份责任书，等待责任单位签订。")
        return HttpResponseRedirect("/letters/?tab=awaiting")

    says = "勾选的责任书由您本人签订，一次办理；其中任何一份不能签订的，全部不签，并说明原因。"
    facts = [
        parts.Fact(one.receiver_name, _said(one), href=f"/letters/{one.no}/", wide=True) for one in waiting
    ]
    crumbs = (parts.Link("责任", HUB), LIST)
    return ask(
        request, Question("集中签订", "/letters/", says, facts=facts, crumbs=crumbs, signed=True), form, deed
    )


class _SigningForm(forms.Form):
    letters = forms.MultipleChoiceField(label="待您签订的责任书", widget=forms.CheckboxSelectMultiple)
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, data: Any, *, letters: Sequence[Letter]) -> None:
        super().__init__(data, initial={"letters": [one.no for one in letters], "key": str(uuid4())})
        choices = [(one.no, f"{one.receiver_name}（{one.year} 年）") for one in letters]
        self.fields["letters"].choices = choices  # type: ignore[attr-defined]


def _said(letter: Letter) -> str:
    caps = [target.sentence() for target in letter.listed_targets if target.limit is not None]
    return "；".join(caps) or "没有数量指标"


def _drafted(actor: Actor) -> list[Letter]:
    posts = [scope.post_id for scope in actor.scopes]
    rows = visible_letters(actor).filter(state=LetterState.DRAFTED.value, issuer_post__in=posts)
    return list(rows.order_by("year", "level", "receiver_name")[:200])


def _nothing() -> dict[str, Any]:
    return {
        "crumbs": [parts.Link("责任", HUB), LIST, parts.Link("集中签订", "")],
        "heading": "集中签订",
        "lead": "",
        "ledger": parts.Ledger((), ()),
        "empty": parts.Empty("没有等待您签订的责任书。", "", "/letters/", "回到责任书"),
    }
