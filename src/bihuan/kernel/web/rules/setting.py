"""``/policies/{key}/set/``: a number, a choice or a small table of rungs, from a day on and with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Role
from bihuan.kernel.policies import values as policies
from bihuan.kernel.policies.declarations import Declaration
from bihuan.kernel.policies.values import REASON_LENGTH, set_policy
from bihuan.kernel.responsibility.chain import Level
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.rules.listing import BASE, HOME, declared_or_404, facts_of
from bihuan.kernel.web.rules.words import ACTIONS, range_words, value_words
from bihuan.kernel.web.session import actor_for

SPARE_RUNGS = 3


class RuleForm(forms.Form):
    """From when and why; what is set comes first, by the kind of the policy."""

    effective_from = forms.DateField(
        label="施行日期", widget=forms.DateInput(), help_text="今天或以后；已经在办的事项仍按原规定"
    )
    basis = forms.CharField(
        label="理由",
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": "3"}),
        help_text="作出这项规定的文件或会议，例如“区安委办〔2026〕3号”",
    )

    def __init__(self, declared: Declaration, now: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared, self.count = declared, 0
        if declared.kind == "ladder":
            self._ask_rungs(now)
        elif declared.kind == "choice":
            self.fields["value"] = forms.ChoiceField(
                label=declared.label, choices=list(declared.choices.items()), initial=now
            )
        else:
            number = forms.IntegerField(label=declared.label, initial=now, help_text=range_words(declared))
            number.unit = declared.unit  # type: ignore[attr-defined]
            number.error_messages["invalid"] = "请填写整数"
            self.fields["value"] = number
        self.order_fields([name for name in self.fields if name not in ("effective_from", "basis")])

    def _ask_rungs(self, now: Any) -> None:
        self.count = len(now) + SPARE_RUNGS
        for place in range(self.count):
            rung = now[place] if place < len(now) else {}
            days = forms.IntegerField(
                label=f"第{place + 1}级逾期天数", required=False, initial=rung.get("after_days")
            )
            days.error_messages["invalid"] = "请填写整数"
            self.fields[f"days_{place}"] = days
            levels = [(level.value, level.label) for level in Level]
            self.fields[f"level_{place}"] = forms.ChoiceField(
                label=f"第{place + 1}级升级到", choices=levels, required=False, initial=rung.get("level")
            )
            self.fields[f"action_{place}"] = forms.ChoiceField(
                label=f"第{place + 1}级方式", choices=list(ACTIONS.items()), required=False,
                initial=rung.get("action"),
            )  # fmt: skip
        for name, asked in self.fields.items():
            if name not in ("effective_from", "basis"):
                look = "form-select" if isinstance(asked, forms.ChoiceField) else "form-control"
                asked.widget.attrs |= {"class": look, "aria-label": str(asked.label)}

    def rungs(self) -> list[tuple[int, Any, Any, Any]]:
        """The rows of the table, for the template."""
        return [
            (place + 1, self[f"days_{place}"], self[f"level_{place}"], self[f"action_{place}"])
            for place in range(self.count)
        ]

    def closing(self) -> list[Any]:
        """The fields below the table."""
        return [self["effective_from"], self["basis"]]

    def chosen(self, given: Mapping[str, Any]) -> Any:
        """The value as the policy keeps it; rungs without a day are left out."""
        if not self.count:
            return given["value"]
        return [
            {
                "after_days": given[f"days_{place}"],
                "level": given[f"level_{place}"],
                "action": given[f"action_{place}"],
            }
            for place in range(self.count)
            if given[f"days_{place}"] is not None
        ]


@only_for(frozenset({Role.OFFICE}))
def set_page(request: HttpRequest, key: str) -> HttpResponse:
    """Set one policy; whose right it is, is the policies' room's to say."""
    declared = declared_or_404(key)
    now = policies.value(key, clock.today())
    form = RuleForm(declared, now.value, request.POST or None, initial={"effective_from": clock.today()})

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        row = set_policy(
            key,
            form.chosen(given),
            effective_from=given["effective_from"],
            actor=actor_for(request),
            basis=given["basis"],
        )
        words = value_words(declared, row.value)
        messages.success(request, f"“{declared.label}”自 {row.effective_from} 起为 {words}。")
        return HttpResponseRedirect(f"{BASE}{key}/")

    if not policies.may_set(actor_for(request)):
        raise Refused.because("policy.not_yours", "期限和规则由安委办负责人设定")
    question = Question(
        f"设定{declared.label}",
        back=f"{BASE}{key}/",
        says="新规定从施行日期起对新发生的事项有效，已经在办的事项仍按原规定；设定记入留痕。",
        facts=facts_of(declared, now),
        about=parts.Link(declared.label, f"{BASE}{key}/"),
        crumbs=[HOME, parts.Link(declared.label, f"{BASE}{key}/")],
        again=True,
        template="rules/ladder.html" if declared.kind == "ladder" else "step.html",
    )
    return ask(request, question, form, deed)
