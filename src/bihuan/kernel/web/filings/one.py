"""One filing: what was due, what came, and 零报告 or 免报 with a reason and a signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent
from bihuan.kernel.expectations.filings import file_nil, waive
from bihuan.kernel.expectations.kinds import is_stated_there, place_of
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.models import Signature
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.filings.matrix import visible_expectations
from bihuan.kernel.web.session import actor_for

VERBS = {"file": "报送", "file_nil": "零报告", "waive": "免报", "undo": "撤销", "drop": "不再要求"}


def access_expectation(actor: Actor, uid: UUID) -> Expectation:
    """One filing through the door.

    Raises:
        Absent: it does not exist or is due from a unit that is not the actor's.
    """
    found = visible_expectations(actor).filter(uid=uid).first()
    if found is None:
        raise Absent("没有查到这项应报事项")
    return found


class ReasonForm(forms.Form):
    reason = forms.CharField(label="说明", max_length=500, widget=forms.Textarea({"rows": "3"}))


@require_GET
@only_for(BUSINESS)
def filing_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is known of one filing, and what I may do about it."""
    actor = actor_for(request)
    row = access_expectation(actor, uid)
    standing = row.standing(clock.today())
    heading = f"{row.holder.name} {Period.parse(row.period).chinese()}"
    context = {
        "crumbs": [parts.Link("应报未报", "/filings/"), parts.Link(heading, "")],
        "heading": heading,
        "facts": _facts(row, standing),
        "actions": _actions(actor, row),
        "not_mine": "报送台账请在“台账”中导入；这里可以作零报告。"
        if _files_for(actor, row) and not row.to_be_done
        else "",
        "entries": _entries(row),
    }
    return render(request, "filings/one.html", context)


def _files_for(actor: Actor, row: Expectation) -> bool:
    return any(scope.agency_id == row.holder_id for scope in actor.scopes)


def _facts(row: Expectation, standing: Standing) -> Sequence[parts.Fact]:
    facts = [
        parts.Fact("事项", row.title),
        parts.Fact("单位", row.holder.name),
        parts.Fact("时段", Period.parse(row.period).chinese()),
        parts.Fact("情况", parts.State(standing.label, _looks(standing))),
        parts.Fact(
            "期限",
            row.due_on,
            hint=row.due_rule + ("（暂定，放假安排公布后重算）" if row.provisional else ""),
        ),
    ]
    if row.met_at is not None:
        facts += [parts.Fact("报送时间", row.met_at), parts.Fact("报送人", row.met_by_name)]
    if row.nil:
        facts.append(parts.Fact("零报告说明", row.nil_reason, wide=True))
    if row.waived_at is not None:
        facts += [
            parts.Fact("免报批准", row.waived_by_name),
            parts.Fact("免报理由", row.waiver_reason, wide=True),
        ]
    return facts


def _looks(standing: Standing) -> Any:
    if standing in (Standing.FILED, Standing.NIL):
        return "done"
    return "off" if standing == Standing.WAIVED else "open"


def _actions(actor: Actor, row: Expectation) -> Sequence[parts.Action]:
    settled = "已经报送" if row.met_at is not None else "已经免报" if row.waived_at is not None else ""
    mine = _files_for(actor, row)
    work = "" if not row.to_be_done else "这是要办的事，办完后自动记为完成，不能作零报告"
    nil = [settled] if settled else [work] if work else [] if mine else [f"零报告由{row.holder.name}自己作"]
    let_off = [settled] if settled else [] if actor.holds(Role.OFFICE) else ["免报须由安委办批准"]
    base = f"/filings/{row.uid}/"
    office = actor.holds(Role.OFFICE)
    there = is_stated_there(row.kind)
    if there and not settled:
        nil, let_off = ["零报告请在“去办理”的页面作"], ["免报请在“去办理”的页面批准"]
    place = place_of(row) if (mine or (there and office)) and not settled else ""
    return [
        *([parts.Action("去办理", place, primary=True, icon="arrow-right")] if place else []),
        parts.Action("零报告", f"{base}nil/", not nil, nil, primary=True, signed=True, icon="circle-check"),
        parts.Action("免报", f"{base}waive/", not let_off, let_off, signed=True, icon="ban"),
    ]


def _entries(row: Expectation) -> Sequence[parts.Entry]:
    signed = {signature.seq: signature for signature in Signature.objects.filter(matter=row.uid)}
    return [
        parts.Entry(
            seq=entry.seq,
            verb=VERBS.get(entry.verb, entry.verb),
            who=entry.actor_name,
            post=entry.actor_post,
            happened_at=entry.happened_at,
            recorded_at=entry.recorded_at,
            what=str(entry.payload.get("reason", "")),
            mark=_mark(signed.get(entry.seq)),
            system=not entry.actor_id,
            digest=bytes(entry.digest).hex(),
        )
        for entry in reversed(entries_of(row.uid))
    ]


def _mark(signature: Signature | None) -> parts.Mark | None:
    return parts.Mark(str(signature.get_kind_display())) if signature else None


@only_for(BUSINESS)
def nil_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """零报告: an empty month is a statement of the unit, signed by whoever makes it."""
    actor = actor_for(request)
    row = access_expectation(actor, uid)
    if not _files_for(actor, row) or is_stated_there(row.kind):
        raise Absent("没有需要您报送的这项台账")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        period = Period.parse(row.period)
        file_nil(row.kind, row.holder, period, actor_for(request), given["reason"], object=row.object)
        return _done(request, row, "已作零报告")

    says = f"声明{row.holder.name}{Period.parse(row.period).chinese()}没有应报的内容。之后补报台账的，以台账为准。"
    return _ask(request, row, "零报告", says, "例如“本月检查 12 家，未发现隐患”", deed)


@only_for(frozenset({Role.OFFICE}))
def waive_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """免报: the committee office lets a unit off this once."""
    row = access_expectation(actor_for(request), uid)
    if is_stated_there(row.kind):
        raise Absent("这项免报在它自己的页面上批准")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        period = Period.parse(row.period)
        waive(row.kind, row.holder, period, actor_for(request), given["reason"], object=row.object)
        return _done(request, row, "已批准免报")

    says = f"批准{row.holder.name}{Period.parse(row.period).chinese()}免报，并写明理由。"
    return _ask(request, row, "免报", says, "例如“机构调整，职责已并入”", deed)


def _ask(request: HttpRequest, row: Expectation, label: str, says: str, hint: str, deed: Any) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = hint
    question = Question(
        label=label,
        back=f"/filings/{row.uid}/",
        says=says,
        about=parts.Link(f"{row.title} {row.period}", f"/filings/{row.uid}/"),
        crumbs=[
            parts.Link("应报未报", "/filings/"),
            parts.Link(f"{row.holder.name} {row.period}", f"/filings/{row.uid}/"),
        ],
        signed=True,
    )
    return ask(request, question, form, deed)


def _done(request: HttpRequest, row: Expectation, words: str) -> HttpResponse:
    messages.success(request, f"{row.holder.name} {Period.parse(row.period).chinese()}：{words}。")
    return HttpResponseRedirect(f"/filings/{row.uid}/")
