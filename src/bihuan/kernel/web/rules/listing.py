"""``GET /policies/`` and ``GET /policies/{key}/``: readable by everybody they bind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import trail
from bihuan.kernel.policies import values as policies
from bihuan.kernel.policies.declarations import Declaration, Undeclared, declaration, declarations
from bihuan.kernel.policies.models import Policy
from bihuan.kernel.policies.values import PolicyValue, may_set
from bihuan.kernel.web import parts
from bihuan.kernel.web.rules.words import basis_words, range_words, rungs, value_words
from bihuan.kernel.web.session import actor_for, signed_in

BASE = "/policies/"
HOME = parts.Link("期限与规则", BASE)
COLUMNS = (
    parts.Column("规则", "title"),
    parts.Column("现行规定"),
    parts.Column("可选范围"),
    parts.Column("范围依据", phone=False),
    parts.Column("施行日期", "day"),
)


@require_GET
@signed_in
def policies_page(request: HttpRequest) -> HttpResponse:
    """Every rule with what holds today, the legal range, its basis, and what is planned."""
    today = clock.today()
    listed = declarations(today)
    found = policies.values([declared.key for declared in listed], today)
    planned = _planned(today)
    rows = [_row(declared, found[declared.key], planned.get(declared.key)) for declared in listed]
    context = {
        "crumbs": [parts.Link("期限与规则", "")],
        "mine": may_set(actor_for(request)),
        "ledger": parts.Ledger(COLUMNS, rows, "期限与规则"),
        "empty": parts.Empty("没有可设定的规则。", icon="settings"),
    }
    return render(request, "rules/list.html", context)


def _planned(today: date) -> dict[str, Policy]:
    rows = Policy.objects.filter(region=None, effective_from__gt=today).select_related("key")
    return {row.key.key: row for row in rows.order_by("-effective_from")}


def _row(declared: Declaration, now: PolicyValue, planned: Policy | None) -> parts.Row:
    later = ""
    if planned is not None:
        later = f"自 {planned.effective_from} 起改为 {value_words(declared, planned.value)}"
    return parts.Row(
        (
            declared.label,
            value_words(declared, now.value),
            range_words(declared),
            basis_words(declared),
            now.effective_from or "未另行设定",
        ),
        href=f"{BASE}{declared.key}/",
        sub=later,
    )


def declared_or_404(key: str) -> Declaration:
    """The declaration of ``key`` that judges today; 404 for a key no release declares."""
    try:
        return declaration(key, clock.today())
    except Undeclared:
        raise Http404 from None


@require_GET
@signed_in
def policy_page(request: HttpRequest, key: str) -> HttpResponse:
    """One rule: what holds, what may be chosen, and every choice there was."""
    declared = declared_or_404(key)
    now = policies.value(key, clock.today())
    actor = actor_for(request)
    context = {
        "crumbs": [HOME, parts.Link(declared.label, "")],
        "heading": declared.label,
        "facts": facts_of(declared, now),
        "ladder": _ladder(now.value) if declared.kind == "ladder" else None,
        "history": _history(declared, trail.history(key)),
        "history_empty": parts.Empty("还没有另行设定过，按系统预设办理。", icon="history"),
        "actions": _actions(declared, actor),
        "not_mine": "",
    }
    return render(request, "rules/one.html", context)


def facts_of(declared: Declaration, now: PolicyValue) -> Sequence[parts.Fact]:
    """What holds and what may be chosen, as a reminder above forms too."""
    return [
        parts.Fact("现行规定", value_words(declared, now.value)),
        parts.Fact("施行日期", now.effective_from or "未另行设定，按系统预设"),
        parts.Fact("可选范围", range_words(declared), hint=basis_words(declared), wide=True),
        parts.Fact("理由", now.basis if now.effective_from else None, wide=True),
    ]


def _ladder(value: Any) -> parts.Ledger:
    columns = (
        parts.Column("级", "number"),
        parts.Column("逾期", "number", "日"),
        parts.Column("升级到", "title"),
        parts.Column("方式"),
    )
    return parts.Ledger(columns, [parts.Row(cells) for cells in rungs(value)], "逐级升级")


def _history(declared: Declaration, entries: Sequence[record.Entry]) -> parts.Ledger:
    columns = (
        parts.Column("规定", "title"), parts.Column("施行日期", "day"), parts.Column("设定人"),
        parts.Column("设定时间", phone=False), parts.Column("理由"),
    )  # fmt: skip
    rows = [
        parts.Row(
            (
                value_words(declared, entry.payload["value"]) + _where(entry),
                date.fromisoformat(entry.payload["from"]),
                entry.actor_name,
                entry.recorded_at,
                entry.payload["reason"],
            ),
            sub=f"原为 {value_words(declared, entry.payload['former'])}",
        )
        for entry in entries
    ]
    return parts.Ledger(columns, rows, "历次设定")


def _where(entry: record.Entry) -> str:
    region = entry.payload.get("region")
    return f"（{region}）" if region else ""


def _actions(declared: Declaration, actor: Actor) -> Sequence[parts.Action]:
    theirs = () if may_set(actor) else ("期限和规则由安委办负责人设定",)
    return [
        parts.Action(
            "设定",
            f"{BASE}{declared.key}/set/",
            not theirs,
            theirs,
            primary=True,
            icon="adjustments-horizontal",
        )
    ]
