"""``/letters/bulk/``: one template for many units, drafted in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.capabilities.responsibility.letters import parties, targets
from bihuan.capabilities.responsibility.letters.inputs import TARGETS as HOW
from bihuan.capabilities.responsibility.letters.inputs import Drafting
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.pages import conference_of
from bihuan.capabilities.responsibility.letters.wording import MEASURES, REWARDS, TARGETS
from bihuan.capabilities.responsibility.places import HUB
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import find_agency, in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

LIST = parts.Link("责任书", "/letters/")
EACH = "可选。一行一个单位：“东湖镇人民政府：生产安全事故起数 ≤ 2 起；生产安全事故死亡人数 ≤ 1 人”，只写与模板不同的指标"


class BulkForm(forms.Form):
    """The template, the units, and what differs for some of them."""

    year = forms.IntegerField(label="年度")
    units = forms.MultipleChoiceField(label="责任单位", widget=forms.CheckboxSelectMultiple)
    targets = forms.CharField(
        label="目标模板", widget=forms.Textarea({"rows": 8}), max_length=3000, help_text=HOW
    )
    each = forms.CharField(
        label="逐单位指标",
        widget=forms.Textarea({"rows": 6}),
        required=False,
        max_length=6000,
        help_text=EACH,
    )
    measures = forms.CharField(
        label="保障措施", widget=forms.Textarea({"rows": 6}), required=False, max_length=4000
    )
    rewards = forms.CharField(
        label="考核与奖惩", widget=forms.Textarea({"rows": 4}), required=False, max_length=2000
    )
    conference_title = forms.CharField(
        label="年度安全生产工作会议", max_length=120, help_text="例如：全区安全生产工作会议"
    )
    conference_on = forms.DateField(label="会议日期", widget=forms.DateInput())
    conference_no = forms.CharField(
        label="会议编号", max_length=24, required=False, help_text="会议已在系统中登记的，填写会议编号"
    )
    issuer_post = forms.ChoiceField(
        label="下达方签订人", required=False, help_text="不选的，由政府主要负责人签订"
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, data: Any, **more: Any) -> None:
        super().__init__(data, **more)
        units = Agency.objects.filter(in_force(clock.today()), kind__in=parties.RECEIVING).order_by(
            "-kind", "order", "id"
        )
        self.fields["units"].choices = [(str(unit.pk), unit.name) for unit in units]  # type: ignore[attr-defined]
        leaders = Post.objects.filter(role=Role.LEADER).order_by("-heads", "id")
        self.fields["issuer_post"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"), *((str(post.pk), post.title) for post in leaders)
        ]  # fmt: skip


@only_for(frozenset({Role.OFFICE}))
def bulk_page(request: HttpRequest) -> HttpResponse:
    """``/letters/bulk/``: draw up the year's letters of all towns and departments that have none yet."""
    actor = actor_for(request)
    year = clock.today().year
    missing = _without(year)
    form = BulkForm(
        request.POST if request.method == "POST" else None,
        initial={
            "year": year, "units": missing, "targets": TARGETS, "measures": MEASURES, "rewards": REWARDS,
            "key": str(uuid4()), **conference_of(year),
        },
    )  # fmt: skip

    def deed(data: Mapping[str, Any]) -> HttpResponse:
        made = draft_all(data, actor.confirmed_now())
        messages.success(request, f"已起草 {len(made)} 份责任书，等待下达方签订。")
        return HttpResponseRedirect(f"/letters/?tab=unsigned&year={data['year']}")

    says = "按同一模板为所选单位各起草一份；任何一份不符合要求，全部不起草，并说明是哪一份、为什么。"
    facts = [parts.Fact(f"{year} 年尚无责任书的单位", f"{len(missing)} 个", hint="已预先勾选")]
    question = Question(
        "批量起草",
        "/letters/",
        says,
        "《安全生产法》第九条",
        facts=facts,
        crumbs=(parts.Link("责任", HUB), LIST),
        signed=True,
    )
    return ask(request, question, form, deed)


def _without(year: int) -> list[str]:
    there = set(Letter.objects.filter(year=year, ended=False).values_list("receiver_key", flat=True))
    units = Agency.objects.filter(in_force(clock.today()), kind__in=parties.RECEIVING).values_list(
        "pk", flat=True
    )
    return [str(pk) for pk in units if parties.agency_key(pk) not in there]


def draft_all(data: Mapping[str, Any], actor: Actor) -> list[engine.Outcome]:
    """Draft one letter a unit, all of them or none.

    Raises:
        Refused: with everything that stands against any of them.
    """
    differing = differences(data.get("each", ""))
    chosen = [int(pk) for pk in data["units"]]
    strangers = [name for pk, (name, _) in differing.items() if pk not in chosen]
    if strangers:
        raise Refused.because(
            "letter.each_not_chosen", f"逐单位指标中的{'、'.join(strangers)}没有勾选为责任单位", "each"
        )
    template, failures = targets.read(data["targets"])
    Refused.unless(failures)
    made = [_drafting(data, pk, _merged(template, differing.get(pk, ("", ()))[1])) for pk in chosen]
    return engine.open_many("letter", "draft", made, actor=actor, key=data.get("key", ""))


def _drafting(data: Mapping[str, Any], unit: int, own: Sequence[targets.Target]) -> Drafting:
    held: date | None = data.get("conference_on")
    return Drafting(
        unit=unit, year=data["year"], targets=targets.text_of(own), measures=data.get("measures", ""),
        rewards=data.get("rewards", ""), conference_title=data.get("conference_title", ""), conference_on=held,
        conference_no=data.get("conference_no", ""), issuer_post=int(data["issuer_post"]) if data.get("issuer_post") else None,
    )  # fmt: skip


def _merged(template: Sequence[targets.Target], own: Sequence[targets.Target]) -> list[targets.Target]:
    """The template with a unit's own limits put in the place of those of the same indicator."""
    differing = {target.label: target for target in own}
    return [*(differing.pop(target.label, target) for target in template), *differing.values()]


def differences(text: str) -> dict[int, tuple[str, list[targets.Target]]]:
    """Unit → its name and own targets, from lines ``单位：指标；指标``.

    Raises:
        Refused: with every line that cannot be read.
    """
    found: dict[int, tuple[str, list[targets.Target]]] = {}
    failures: list[Failure] = []
    for place, line in enumerate((one.strip() for one in text.splitlines()), 1):
        if not line:
            continue
        name, _, said = line.replace(":", "：", 1).partition("：")
        unit = find_agency(name.strip())
        if unit is None:
            failures.append(Failure("letter.each_unit_unknown", f"第 {place} 行没有查到单位“{name}”", "each"))
            continue
        own, wrong = targets.read(said.replace("；", "\n").replace(";", "\n"), "each")
        failures += [Failure(one.code, f"第 {place} 行：{one.message}", "each") for one in wrong]
        found[unit.pk] = (unit.name, own)
    Refused.unless(failures)
    return found
