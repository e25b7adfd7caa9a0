"""The ledger of a specialist committee, its reports, and the drawing of one for assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.capabilities.responsibility.committees import ledgers
from bihuan.capabilities.responsibility.committees.access import REPORTERS, access_committee, may_report
from bihuan.capabilities.responsibility.committees.models import Committee, LedgerLine, Sampling
from bihuan.capabilities.responsibility.committees.pages import committees
from bihuan.capabilities.responsibility.committees.pages.committees import BASE, HOME, OFFICE
from bihuan.capabilities.responsibility.duties.pages.layout import Section, page
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force as held
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for


def section(actor: Actor, committee: Committee, may: bool) -> Section:
    """The lines of a committee."""
    lines = (
        LedgerLine.objects.filter(committee=committee)
        .select_related("agency", "committee")
        .order_by("number")
    )
    columns = (
        parts.Column("责任事项", "title"), parts.Column("责任单位"), parts.Column("期限", "day"), parts.Column("进展"),
        parts.Column("佐证"), parts.Column("状态", "state"), parts.Column("", "action"),
    )  # fmt: skip
    rows = []
    for line in lines:
        state = parts.State("已办结", "done") if line.closed_on else parts.State("办理中", "open")
        late = line.closed_on is None and line.due_on is not None and line.due_on < clock.today()
        due: Any = parts.Deadline.of(line.due_on) if line.due_on and line.closed_on is None else line.due_on
        mine = line.closed_on is None and (may or may_report(actor, line))
        ways = parts.Action("填报进展", f"{BASE}lines/{line.pk}/report/") if mine else None
        cells = (line.duty, line.agency.name, due, line.progress or None, line.evidence or None, state, ways)
        rows.append(parts.Row(cells, late=late, sub=f"第 {line.number} 项"))
    return Section(
        "落实安全监管责任台账", ledger=parts.Ledger(columns, rows, "责任台账"),
        empty=parts.Empty("台账还没有事项。", "由牵头单位把本专业委员会的职责逐项列入。"),
    )  # fmt: skip


class LineForm(forms.Form):
    duty = forms.CharField(label="责任事项", max_length=500, widget=forms.Textarea({"rows": "3"}))
    agency = forms.TypedChoiceField(label="责任单位", coerce=int)
    due_on = forms.DateField(
        label="完成期限", required=False, widget=forms.DateInput(), help_text="长期的不填"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Agency.objects.filter(held(clock.today())).order_by("kind", "order", "id")
        self.fields["agency"].choices = [("", "请选择"), *units.values_list("pk", "name")]  # type: ignore[attr-defined]


def _question(label: str, committee: Committee, **more: Any) -> Question:
    about = parts.Link(committee.name, f"{BASE}{committee.pk}/")
    return Question(label, back=about.href, about=about, crumbs=[HOME, about], **more)


@only_for(REPORTERS)
def new_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a duty on the ledger."""
    committee = access_committee(actor_for(request), pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        unit = Agency.objects.get(pk=given["agency"])
        ledgers.open_line(committee, given["duty"], unit, actor_for(request), due_on=given["due_on"])
        messages.success(request, "已列入台账。")
        return HttpResponseRedirect(f"{BASE}{pk}/")

    return ask(request, _question("列入台账", committee), LineForm(request.POST or None), deed)


class ReportForm(forms.Form):
    progress = forms.CharField(label="进展", max_length=1000, widget=forms.Textarea({"rows": "4"}))
    evidence = forms.CharField(
        label="佐证材料", max_length=500, required=False, help_text="文件、照片、会议纪要的名称和日期"
    )
    done = forms.BooleanField(label="已办结", required=False)


@only_for(REPORTERS)
def report_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell how far a line is."""
    actor = actor_for(request)
    one = (
        LedgerLine.objects.select_related("committee__region", "committee__lead", "agency")
        .filter(pk=pk)
        .first()
    )
    if one is None:
        raise Absent("没有这一项")
    line: LedgerLine = one
    access_committee(actor, line.committee_id)
    form = ReportForm(request.POST or None, initial={"progress": line.progress, "evidence": line.evidence})

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        ledgers.report(line, given["progress"], given["evidence"], actor_for(request), done=given["done"])
        messages.success(request, "已填报。")
        return HttpResponseRedirect(f"{BASE}{line.committee_id}/")

    facts = [parts.Fact("责任事项", line.duty, wide=True), parts.Fact("责任单位", line.agency.name)]
    return ask(request, _question("填报进展", line.committee, facts=facts), form, deed)


class DrawForm(forms.Form):
    round = forms.CharField(label="考核轮次", max_length=40, help_text="例如“2026年上半年”")


@only_for(OFFICE)
def samplings(request: HttpRequest) -> HttpResponse:
    """What was drawn, and how it was scored."""
    rows = []
    for one in Sampling.objects.select_related("committee").order_by("-drawn_on", "-id")[:50]:
        told = (
            f"{one.score} 分"
            if one.score is not None
            else parts.Action("评分", f"{BASE}samplings/{one.pk}/score/")
        )
        rows.append(
            parts.Row(
                (
                    one.round,
                    one.committee.name,
                    one.drawn_on,
                    f"{one.complete} / {one.lines}",
                    one.remark or None,
                    told,
                ),
                href=f"{BASE}{one.committee_id}/",
                sub=f"种子“{one.seed}”，在 {len(one.among)} 个中抽取",
            )
        )
    columns = (
        parts.Column("考核轮次", "title"), parts.Column("抽中的专业委员会"), parts.Column("抽取", "day"),
        parts.Column("有进展有佐证/事项"), parts.Column("评语"), parts.Column("得分", "action"),
    )  # fmt: skip
    listed = Section(
        "抽取记录", ledger=parts.Ledger(columns, rows, "抽取记录"),
        empty=parts.Empty("还没有抽取过。", "每个考核轮次随机抽取一个专业委员会，核查它的责任台账。"),
    )  # fmt: skip
    begin = [parts.Action("抽取一个", f"{BASE}samplings/draw/", primary=True, icon="plus")]
    return page(request, actor_for(request), BASE, "抽取考核", [listed], begin=begin, crumbs=[HOME])


@only_for(OFFICE)
def draw(request: HttpRequest) -> HttpResponse:
    """Draw one."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made = ledgers.draw(given["round"], actor_for(request))
        messages.success(request, f"“{made.round}”抽中{made.committee.name}。")
        return HttpResponseRedirect(f"{BASE}samplings/")

    says = "由轮次名称和当天日期定出抽中的一个，谁来重算都一样；同一轮次只抽一次。"
    question = Question("抽取考核", back=f"{BASE}samplings/", says=says, crumbs=[HOME])
    return ask(request, question, DrawForm(request.POST or None), deed)


class ScoreForm(forms.Form):
    score = forms.IntegerField(label="得分", min_value=0, max_value=100)
    remark = forms.CharField(label="评语", max_length=500, widget=forms.Textarea({"rows": "3"}))


@only_for(OFFICE)
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Score what was drawn."""
    one = Sampling.objects.select_related("committee").filter(pk=pk).first()
    if one is None:
        raise Absent("没有这次抽取")
    found: Sampling = one

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        ledgers.score(found, given["score"], given["remark"], actor_for(request))
        messages.success(request, "已评分。")
        return HttpResponseRedirect(f"{BASE}samplings/")

    facts = [
        parts.Fact("专业委员会", found.committee.name, href=f"{BASE}{found.committee_id}/"),
        parts.Fact("台账事项", f"{found.lines} 项，其中有进展有佐证的 {found.complete} 项"),
    ]
    question = Question("评分", back=f"{BASE}samplings/", facts=facts, crumbs=[HOME, committees.HOME][:1])
    return ask(request, question, ScoreForm(request.POST or None), deed)
