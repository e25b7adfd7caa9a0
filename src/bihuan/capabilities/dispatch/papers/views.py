"""The pages of papers that are made by hand: taking one in, splitting it, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from bihuan.capabilities.dispatch.models import OPEN_STATES
from bihuan.capabilities.dispatch.papers import inputs
from bihuan.capabilities.dispatch.papers.desk import COLUMNS, Card, Desk, desk_of, line
from bihuan.capabilities.dispatch.papers.hands import READERS, of_office
from bihuan.capabilities.dispatch.papers.kinds import usual_days
from bihuan.capabilities.dispatch.papers.loop import AT_THE_DESK, PAPER
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.papers.receiving import receive_page
from bihuan.capabilities.dispatch.papers.states import PaperState
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.inputs import build
from bihuan.kernel.uid import uuid7
from bihuan.kernel.web import parts, places
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.forms import DeedForm, form_for
from bihuan.kernel.web.matters.finding import find, service_of
from bihuan.kernel.web.matters.lists import list_page
from bihuan.kernel.web.matters.matter import matter_context
from bihuan.kernel.web.session import actor_for, signed_in

AT_ITEMS = ("edit_item", "merge_item", "split_item", "drop_item", "restore_item", "add_item", "set_day")
_SAYS = {
    "edit_item": "已保存", "merge_item": "已并入前一条，请核对合并后的文字和单位", "split_item": "已拆分，请核对各条",
    "drop_item": "已去掉，可在页面下方恢复", "restore_item": "已恢复", "add_item": "已补充，请定牵头单位和期限",
    "set_day": "没有期限的条目已统一确定",
}  # fmt: skip


def _paper(request: HttpRequest, no: str) -> Paper:
    service, _ = service_of(PAPER.plural)
    found: Paper = find(service, actor_for(request), no, ("agency", "superior"))
    return found


@only_for(READERS)
def papers_page(request: HttpRequest) -> Any:
    """``GET /papers/``: the made list; whoever has no papers is told that it is not theirs."""
    return list_page(request, PAPER.plural)


@require_GET
@signed_in
def paper_page(request: HttpRequest, no: str) -> HttpResponse:
    """``GET /papers/{no}/``: where it stands, its tasks with their states, what the reading was worth."""
    paper, actor = _paper(request, no), actor_for(request)
    context = matter_context(PAPER.plural, paper, actor)
    hidden = {f"/papers/{no}/{name.replace('_', '-')}/" for name in AT_ITEMS}
    actions = [action for action in context["actions"] if action.href not in hidden]
    desk = desk_of(paper)
    if paper.state in AT_THE_DESK and of_office(actor, paper):
        actions = [
            _to_the_desk(no),
            *(replace(action, primary=not desk.lacking and action.primary) for action in actions),
        ]
    if paper.state == PaperState.DECOMPOSED:
        context["track"] = replace(context["track"], holder="各牵头单位")
    context |= {
        "actions": actions,
        "items": parts.Ledger(COLUMNS, [line(card) for card in desk.cards], "条目"),
        "away": desk.away,
        "runs": desk.runs,
        "none": parts.Empty("没有提取出要办的事。", "正文中确有要办的事的，在核改时照抄原文补充。"),
        "settled": paper.decomposed_on,
        "tally": _tally(paper),
    }
    return render(request, "papers/paper.html", context)


def _to_the_desk(no: str) -> parts.Action:
    return parts.Action(
        "核改条目", f"/papers/{no}/split/", primary=True, hint="正文和条目并排，逐条核对后交办"
    )


def _tally(paper: Paper) -> list[parts.Tally]:
    """How far the tasks of a dispatched paper are."""
    if paper.decomposed_on is None:
        return []
    states = list(
        Proposal.objects.filter(paper=paper, task__isnull=False).values_list("task__state", flat=True)
    )
    open_states = {state.value for state in OPEN_STATES}
    return [
        parts.Tally("任务", len(states)),
        parts.Tally("未办结", sum(state in open_states for state in states)),
        parts.Tally("已办结", sum(state == "closed" for state in states)),
        parts.Tally("已撤回", sum(state == "withdrawn" for state in states)),
    ]


@require_GET
@signed_in
def split_page(request: HttpRequest, no: str) -> HttpResponse:
    """``GET /papers/{no}/split/``: the text and its items side by side; ``item`` opens the form of one."""
    paper = _paper(request, no)
    return _at_the_desk(request, paper, _number(request.GET.get("item", "")), str(request.GET.get("do", "")))


@require_POST
@signed_in
def item_deed(request: HttpRequest, no: str, slug: str) -> HttpResponse:
    """``POST /papers/{no}/split/{deed}/``: one change at the desk, held against the version the clerk saw."""
    paper, name = _paper(request, no), slug.replace("-", "_")
    if name not in AT_ITEMS:
        raise Http404
    deed = PAPER.deed(name)
    number = _number(request.POST.get("item", ""))
    try:
        given: Any = build(deed.input, form_for(deed.input, data=request.POST).raw())
        engine.perform(
            PAPER.name, name, paper.no, given, actor=actor_for(request), version=_number(request.POST.get("version", "")) or 0,
            key=request.POST.get("key", "").replace("\x00", "")[:80],
        )  # fmt: skip
    except Refused as refusal:
        return _at_the_desk(request, paper, number, name, refusal.failures, 422)
    except Stale:
        fresh = _paper(request, no)
        told = Failure("stale", "别人刚改过这份文件，页面已换成最新的。您填的内容还在，请核对后再保存一次")
        return _at_the_desk(request, fresh, number, name, (told,), 409)
    messages.success(request, f"第 {number} 条：{_SAYS[name]}。" if number else f"{_SAYS[name]}。")
    return HttpResponseRedirect(f"/papers/{no}/split/{_onward(request, paper, number, name)}")


def _onward(request: HttpRequest, paper: Paper, number: int | None, name: str) -> str:
    """Back to the item, or on to the next that lacks something."""
    if request.POST.get("then") == "next":
        following = desk_of(paper).next_lacking
        return f"?item={following}#item-{following}" if following else "#ready"
    if name == "add_item":
        added = (
            Proposal.objects.filter(paper=paper.pk)
            .order_by("-number")
            .values_list("number", flat=True)
            .first()
        )
        return f"?item={added}#item-{added}"
    return f"#item-{number}" if number else ""


def _at_the_desk(
    request: HttpRequest,
    paper: Paper,
    opened: int | None,
    doing: str,
    failures: tuple[Failure, ...] = (),
    status: int = 200,
) -> HttpResponse:
    actor = actor_for(request)
    if paper.state not in AT_THE_DESK or not of_office(actor, paper):
        return HttpResponseRedirect(f"/papers/{paper.no}/")
    desk = desk_of(paper)
    typed = request.POST if request.method == "POST" else None
    context = {
        "crumbs": [
            parts.Link("讲话与文件", "/papers/"),
            parts.Link(paper.no, f"/papers/{paper.no}/"),
            parts.Link("核改条目", ""),
        ],
        "paper": paper,
        "desk": desk,
        "opened": opened,
        "doing": doing.replace("-", "_"),
        "edit_form": _edit_form(paper, opened, desk, typed if doing == "edit_item" else None, failures),
        "typed": typed or {},
        "failures": failures,
        "days": usual_days(clock.today()),
        "version": paper.version,
        "key": str(uuid7()),
    }
    return render(request, "papers/split.html", context, status=status)


def _edit_form(
    paper: Paper, opened: int | None, desk: Desk, typed: Any, failures: tuple[Failure, ...]
) -> DeedForm | None:
    """The form of the one item that is open."""
    card = next((card for card in desk.cards if card.number == opened), None)
    if card is None:
        return None
    form = form_for(inputs.Editing, data=typed, initial=None if typed is not None else _initial(paper, card))
    del form.fields["item"]
    form.fields["due_on"].widget.attrs["list"] = "usual-days"
    if failures:
        form.show(failures)
    return form


def _initial(paper: Paper, card: Card) -> dict[str, Any]:
    item = Proposal.objects.get(paper=paper, number=card.number)
    return {
        "summary": item.summary, "requirement": item.requirement, "kind": item.kind, "lead": item.lead,
        "supporting": item.supporting, "due_on": item.due_on, "leader_post": item.leader_post,
    }  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None


def items_json(paper: Paper) -> list[dict[str, Any]]:
    """The items as the API gives them, with what was read beside what was made of it."""
    rows = Proposal.objects.filter(paper=paper).select_related("task").order_by("start", "number")
    return [
        {
            "number": item.number,
            "state": item.state,
            "kept": item.kept,
            "anchor": item.anchor,
            "start": item.start,
            "end": item.end,
            "summary": item.summary,
            "requirement": item.requirement,
            "kind": item.kind,
            "leads": item.leads,
            "supporting": item.supporting,
            "due_on": item.due_on.isoformat() if item.due_on else None,
            "reason": item.reason,
            "read": item.read,
            "task": item.task.no if item.task else None,
        }
        for item in rows
    ]


def install() -> None:
    """Serve the pages before the made ones."""
    places.add_urls(
        [
            path("papers/", papers_page, name="papers"),
            path("papers/new/take-in/", receive_page, name="take_in_paper"),
            path("papers/<str:no>/", paper_page, name="paper"),
            path("papers/<str:no>/split/", split_page, name="split_paper"),
            path("papers/<str:no>/split/<slug:slug>/", item_deed, name="split_deed"),
        ]
    )
