"""Naming somebody, looking at one naming with its record, and ending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.naming import keeping, trail
from bihuan.capabilities.responsibility.naming.models import Naming
from bihuan.capabilities.responsibility.naming.pages.forms import EndForm, NamingForm
from bihuan.capabilities.responsibility.naming.pages.lists import HERE, known_sort
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent
from bihuan.kernel.figures import registry
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record import chained, genesis
from bihuan.kernel.record.reading import sealed_upto
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import counted, records_href
from bihuan.kernel.web.figures.reach import narrowed, reach_of
from bihuan.kernel.web.session import actor_for

_LABELS = {
    "whom": "负责人", "about": "对象", "since": "起", "until": "止", "document": "依据文件", "reason": "说明",
}  # fmt: skip


@only_for(places.UNITS)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind."""
    sort, actor = known_sort(kind), actor_for(request)
    asked = {
        name: request.GET[name] for name in ("region", "sector", "agency", "object") if name in request.GET
    }
    form = NamingForm(sort, actor, request.POST or None, initial=asked)

    def deed(_: Mapping[str, Any]) -> HttpResponse:
        row = keeping.name(keeping.Given(kind=kind, **form.given()), actor_for(request))
        messages.success(request, f"已确定：{row.about()} → {row.whom()}，{row.since} 起。")
        return HttpResponseRedirect(f"{HERE}{kind}/")

    question = Question(
        f"确定{sort.called}", back=f"{HERE}{kind}/", says=sort.says, basis=sort.basis,
        crumbs=[parts.Link("责任", places.HUB), parts.Link(sort.label, f"{HERE}{kind}/")],
    )  # fmt: skip
    return ask(request, question, form, deed)


def _row(actor: Actor, kind: str, pk: int) -> Naming:
    row = keeping.access_naming(actor, pk)
    if row.kind != kind:
        raise Absent("没有这条责任分工")
    if row.object_id is not None:
        access_object(actor, row.object_id, joined=False)
    return row


@require_GET
@only_for(places.UNITS)
def one(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One naming with its record, and what was found and mended where a grid is."""
    actor, sort = actor_for(request), known_sort(kind)
    row = _row(actor, kind, pk)
    may = keeping.may_keep(actor, sort, row.region_path, row.unit_id) and not row.ended_by
    facts = [
        parts.Fact(sort.called, row.whom()),
        parts.Fact("对象", row.about(), href=f"/enterprises/{row.object_id}/" if row.object_id else ""),
        parts.Fact("起", row.since),
        parts.Fact("止", row.until),
        parts.Fact("走访频次", row.get_frequency_display()) if row.frequency else parts.Fact("依据文件", row.document or None),
        parts.Fact("确定人", f"{row.named_by_post} {row.named_by}".strip(), hint=str(clock.day_of(row.named_at))),
        parts.Fact("说明", row.reason or None, wide=True),
    ]  # fmt: skip
    if row.ended_by:
        facts.append(parts.Fact("结束原因", f"{row.ended_reason}（{row.ended_by}）", wide=True))
    context = {
        **places.beside(actor, HERE, row.about()),
        "heading": f"{sort.label}：{row.about()}",
        "facts": facts,
        "figures": _performance(actor, row),
        "history": _history(row),
        "begin": (parts.Action("结束", f"{HERE}{kind}/{pk}/end/", icon="circle-x"),) if may else (),
    }
    return render(request, "responsibility/one_naming.html", context)


def _performance(actor: Actor, row: Naming) -> Sequence[parts.Fact]:
    """What was found, mended and looked at in the grid's or zone's place this year, by figures that exist (M025).

    Only of what lies in the actor's own reach: who is named where is for all to read, hazards are not.
    """
    reach = reach_of(actor)
    scope = narrowed(reach.scope, row.region_path) if reach is not None else None
    if row.kind not in ("grid", "zone") or reach is None or scope is None:
        return ()
    today = clock.today()
    period = Period.parse(str(today.year))
    wanted = ("hazards.found", "hazards.closed", "hazards.overdue")
    known = set(registry.names())
    names = [name for name in wanted if name in known]
    if not names:
        return ()
    values = counted(actor, reach, names, period, today, scope)
    return [
        parts.Fact(
            value.label, f"{value.amount} {value.unit}", href=records_href(value),
        )
        for value in values.values()
    ]  # fmt: skip


def _history(row: Naming) -> Sequence[parts.Entry]:
    entries = list(reversed(trail.history(row)))
    if not entries:
        return ()
    sealed, previous, lines = sealed_upto(entries[0].matter), genesis(entries[0].matter), []
    for entry in entries:
        fits = chained(entry, previous) == bytes(entry.digest)
        previous = bytes(entry.digest)
        lines.append(
            parts.Entry(
                seq=entry.seq, verb=trail.VERBS.get(entry.verb, entry.verb), who=entry.actor_name,
                post=entry.actor_post, happened_at=entry.happened_at, recorded_at=entry.recorded_at,
                facts=[parts.Fact(label, entry.payload[name]) for name, label in _LABELS.items() if entry.payload.get(name)],
                system=not entry.actor_id,
                verified="bad" if not fits else "ok" if entry.seq <= sealed else "unsealed",
                digest=bytes(entry.digest).hex()[:16],
            )
        )  # fmt: skip
    return list(reversed(lines))


@only_for(places.UNITS)
def end(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """From a day on it holds no more."""
    actor, sort = actor_for(request), known_sort(kind)
    row = _row(actor, kind, pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.end(pk, given["until"], given["reason"], actor_for(request))
        messages.success(request, f"{row.about()} → {row.whom()}：{given['until']} 起不再负责。")
        return HttpResponseRedirect(f"{HERE}{kind}/")

    question = Question(
        f"结束{sort.label}", back=f"{HERE}{kind}/{pk}/",
        says="原来的记录保留，以前的日子仍查得到是谁负责。从起期当天结束的，视为从未生效。",
        facts=[parts.Fact(sort.called, row.whom()), parts.Fact("对象", row.about()), parts.Fact("起", row.since)],
        crumbs=[parts.Link("责任", places.HUB), parts.Link(sort.label, f"{HERE}{kind}/")],
    )  # fmt: skip
    return ask(request, question, EndForm(request.POST or None), deed)
