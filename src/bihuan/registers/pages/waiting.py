"""``GET /enterprises/waiting/``: the names that wait for somebody to say what they are, the longest waiting first.

And ``/enterprises/decisions/``: what was said of them, each of which can be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.paging import Keyset, pager
from bihuan.kernel.web.session import actor_for
from bihuan.registers import sector_words, towns
from bihuan.registers.enterprises import standing
from bihuan.registers.held import Held, held_by_objects, in_words
from bihuan.registers.keepers import KEEPERS
from bihuan.registers.models import DecisionKind, StandingDecision
from bihuan.registers.pages.listing import BASE, WAITING, named, town_choices

DECISIONS = f"{BASE}decisions/"
TOWNS = f"{BASE}towns/"
WORDS = f"{BASE}sectors/waiting/"
BY_AGE = Keyset(("created_at", "uid"))
NEWEST_FIRST = Keyset(("at", "id"), descending=True)
LONG = 30
"""Days after which a name that nobody has looked at is marked."""
_UNDOABLE = (DecisionKind.CONFIRMED, DecisionKind.MERGED, DecisionKind.REJECTED)


def tabs(actor: Actor, here: str) -> list[parts.Tab]:
    """The kinds of names that wait for the actor, each with how many, and what was decided."""
    listed = [("监管对象", WAITING, standing.pending_objects(actor).count())]
    if actor.holds(Role.OFFICE):
        listed.append(("镇街", TOWNS, towns.pending_towns(actor).count()))
    if actor.holds(Role.OFFICE, Role.REGULATOR):
        listed.append(("行业写法", WORDS, sector_words.waiting_words(actor).count()))
    made = [parts.Tab(label, href, count, href == here) for label, href, count in listed]
    return [*made, parts.Tab("已决定", DECISIONS, None, here == DECISIONS)]


def age(since: datetime) -> int:
    """Whole days since a moment, by the calendar of the law."""
    return (clock.today() - clock.day_of(since)).days


@require_GET
@only_for(KEEPERS)
def waiting(request: HttpRequest) -> HttpResponse:
    """Supervised objects that only a ledger has named."""
    actor = actor_for(request)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "region")}
    cursor = request.GET.get("cursor", "")
    rows = _asked(standing.pending_objects(actor), asked)
    page = BY_AGE.page(rows, cursor)
    held = held_by_objects([one.uid for one in page.rows])
    total = rows.count()
    context = {
        "crumbs": [parts.Link("企业", BASE), parts.Link("待核实", "")],
        "heading": "待核实清单",
        "lead": "台账里写了、名录里没有的名称。逐个由人认定：是真的就核实，是已登记的就并入，误写的不予登记；都可以撤销。",
        "begin": (),
        "tabs": tabs(actor, WAITING),
        "filters": (
            parts.Filter("q", "名称或统一社会信用代码", "text", asked["q"]),
            parts.Filter("region", "镇街", value=asked["region"], choices=town_choices()),
        ),
        "chips": (),
        "ledger": parts.Ledger(
            COLUMNS, [_row(one, held.get(one.uid, ())) for one in page.rows], "待核实的监管对象"
        ),
        "empty": parts.Empty(
            "没有待核实的。", "台账里出现名录没有的名称时，会列在这里等人认定。", icon="circle-check"
        ),
        "count_words": f"共 {total:,} 家，等得最久的在前",
        "pager": pager(WAITING, {**asked, "cursor": cursor}, page, total),
    }
    return render(request, "list.html", context)


COLUMNS = (
    parts.Column("名称", "title"),
    parts.Column("属地"),
    parts.Column("来源台账"),
    parts.Column("已等", "number", "天"),
    parts.Column("名下记录"),
    parts.Column("", "action"),
)


def _row(one: SupervisedObject, held: Sequence[Held]) -> parts.Row:
    base = f"{BASE}{one.uid}/"
    days = age(one.created_at)
    return parts.Row(
        (
            one.name,
            one.region.name,
            one.named_by or "手工或接口",
            days,
            in_words(held),
            parts.Deeds(
                (
                    parts.Action("核实", f"{base}confirm/"),
                    parts.Action("并入", f"{base}merge/"),
                    parts.Action("不予登记", f"{base}reject/"),
                )
            ),
        ),
        href=base,
        late=days > LONG,
        sub=one.credit_code or (one.sector.name if one.sector else ""),
    )


def _asked(rows: QuerySet[SupervisedObject], asked: Mapping[str, str]) -> QuerySet[SupervisedObject]:
    if asked["region"]:
        rows = rows.filter(region_path__startswith=asked["region"])
    return named(rows, asked["q"]) if asked["q"] else rows


def decisions_of(actor: Actor) -> QuerySet[StandingDecision]:
    """The decisions the actor may read: about objects of the own jurisdiction, about towns the committee office."""
    mine = Q(object__isnull=False) & jurisdiction(actor, "object__", "uid")
    if actor.holds(Role.OFFICE):
        mine |= Q(region__isnull=False)
    made = StandingDecision.objects.filter(mine, kind__in=_UNDOABLE)
    return made.select_related("object", "into", "region", "into_region", "undone_by")


@require_GET
@only_for(KEEPERS)
def decisions(request: HttpRequest) -> HttpResponse:
    """What was decided, the newest first; the present ones can be taken back."""
    actor = actor_for(request)
    cursor = request.GET.get("cursor", "")
    page = NEWEST_FIRST.page(decisions_of(actor), cursor)
    context = {
        "crumbs": [parts.Link("企业", BASE), parts.Link("待核实", WAITING), parts.Link("已作出的决定", "")],
        "heading": "已作出的决定",
        "lead": "谁在什么时候把哪个名称认定成了什么。认定错了的可以撤销，归过去的记录原样归还。",
        "begin": (),
        "tabs": tabs(actor, DECISIONS),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(DECIDED, [_decided_row(one) for one in page.rows], "已作出的决定"),
        "empty": parts.Empty("还没有作出过决定。", icon="history"),
        "pager": pager(DECISIONS, {"cursor": cursor}, page),
    }
    return render(request, "list.html", context)


DECIDED = (
    parts.Column("名称", "title"),
    parts.Column("决定"),
    parts.Column("决定人"),
    parts.Column("时间", "day"),
    parts.Column("理由", phone=False),
    parts.Column("", "action"),
)


def _decided_row(one: StandingDecision) -> parts.Row:
    subject, into = one.object or one.region, one.into or one.into_region
    undone = getattr(one, "undone_by", None)
    words = str(one.get_kind_display()) + (f"“{into.name}”" if into else "")
    action: Any = parts.Action("撤销", f"{DECISIONS}{one.pk}/undo/")
    if undone is not None:
        action = parts.State("已撤销", "off")
    return parts.Row(
        (
            subject.name if subject else "",
            words,
            f"{one.decided_by_post} {one.decided_by}".strip(),
            one.at,
            one.reason or None,
            action,
        ),
        sub="镇街" if one.region_id else "",
    )


class UndoForm(forms.Form):
    reason = forms.CharField(label="撤销的理由", max_length=200, help_text="例如“核对执照后发现是两家”")


@only_for(KEEPERS)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one decision back."""
    actor = actor_for(request)
    one = decisions_of(actor).filter(pk=pk).first()
    if one is None:
        raise Absent("没有这个决定")
    subject = one.object or one.region
    if subject is None or getattr(one, "undone_by", None) is not None:
        raise Refused.because("standing.nothing_to_undo", "这个决定已撤销过，请刷新后查看")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        if one.object is not None:
            standing.undo(one.object, actor_for(request), given["reason"])
        elif one.region is not None:
            towns.undo_town(one.region, actor_for(request), given["reason"])
        messages.success(request, f"已撤销，“{subject.name}”重新列为待核实。")
        return HttpResponseRedirect(WAITING if one.object_id else TOWNS)

    question = Question(
        f"撤销“{one.get_kind_display()}”",
        back=DECISIONS,
        says=f"“{subject.name}”重新列为待核实，等人再认定。",
        facts=_undo_facts(one),
        crumbs=[parts.Link("已作出的决定", DECISIONS)],
    )
    return ask(request, question, UndoForm(request.POST or None), deed)


def _undo_facts(one: StandingDecision) -> Sequence[parts.Fact]:
    into = one.into or one.into_region
    labels = {
        "hazards": "隐患",
        "posts": "岗位",
        "objects": "监管对象",
        "aliases": "曾用名",
        "dated": "证照档案",
    }
    moved = [f"{label} {len(one.moved[name])} 条" for name, label in labels.items() if one.moved.get(name)]
    facts = [
        parts.Fact("决定", str(one.get_kind_display())),
        parts.Fact("决定人", f"{one.decided_by_post} {one.decided_by}".strip()),
        parts.Fact("时间", one.at),
        parts.Fact("理由", one.reason or None, wide=True),
    ]
    if into is not None:
        facts.append(parts.Fact("并入了", into.name))
        facts.append(
            parts.Fact(
                "撤销之后",
                f"当时归过去的{'、'.join(moved)}，现仍在那里的都归还；之后新增的不动。"
                if moved
                else "没有要归还的记录。",
                wide=True,
            )
        )
    return facts
