"""``/cases/nearby/``: what the staff of a town read of cases in their place (M137).

A town reports what it finds and sees to it that what was ordered is kept; for that it needs to know that there is a case,
against whom, how far it is and what of its decision concerns the place. The file with its evidence, witnesses and internal
opinions is the enforcing agency's; a town that has a part in a joint case reads it as every partner does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement.access import NEIGHBOURS, nearby_cases
from bihuan.capabilities.enforcement.loop import CASE
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import GRAVE, CaseSource, CaseState, MeasureKind, Outcome
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.paging import Keyset
from bihuan.kernel.web.session import actor_for

HERE = "/cases/nearby/"
NEWEST = Keyset(("filed_on", "uid"), descending=True)
COLUMNS = (
    parts.Column("当事人", "title"), parts.Column("办案机关", phone=False), parts.Column("立案日期", "day", phone=False),
    parts.Column("与属地有关的要求"), parts.Column("状态", "state"),
)  # fmt: skip
TOLD = (
    "uid",
    "no",
    "state",
    "party",
    "party_kind",
    "object_id",
    "filed_on",
    "outcome",
    "measures",
    "origin",
    "source",
    "decided_on",
)
"""The columns that are read at all: nothing of the file comes near the page."""
WATCHED = frozenset({*GRAVE, MeasureKind.EXPOSURE})
"""Measures that a town sees to or is asked about."""
_OF: dict[str, Any] = {"agency_name": F("agency__name")}
_DONE = {CaseState.CONCLUDED.value, CaseState.ARCHIVED.value}


def listed(rows: QuerySet[Case]) -> QuerySet[Any]:
    """Rows with what is told and no more."""
    return rows.annotate(**_OF).values_list(*TOLD, *_OF, named=True)


def row_of(case: Any) -> parts.Row:
    """One case as a town reads it; a person as party is not named, nor that somebody told of it (举报)."""
    person = case.party_kind != "entity"
    told_by_somebody = case.source == CaseSource.TIP_OFF
    found = f"由 {case.origin} 移来" if case.origin and not told_by_somebody else ""
    return parts.Row(
        (
            "个人（不公开）" if person else case.party, case.agency_name, case.filed_on, concern_of(case),
            state_part(CASE, case.state),
        ),
        href=f"/enterprises/{case.object_id}/" if case.object_id else "",
        sub="　".join(filter(None, (case.no, found))),
    )  # fmt: skip


def concern_of(case: Any) -> str:
    """What of the case concerns the place: what was ordered and whether it was carried out."""
    if case.outcome == Outcome.REVOKED:
        return "处罚决定已被撤销"
    told = [
        f"{MeasureKind(row['kind']).label}（{'已执行' if row['state'] == 'done' else '请督促执行'}）"
        for row in case.measures
        if row["kind"] in WATCHED
    ]
    if told:
        return "；".join(told)
    return "已办结" if case.state in _DONE else "—"


def rows_of(rows: QuerySet[Case], most: int) -> Sequence[parts.Row]:
    """The latest of them, for a section of another page."""
    return [row_of(case) for case in listed(rows.order_by("-filed_on", "-uid"))[:most]]


@require_GET
@only_for(NEIGHBOURS)
def page(request: HttpRequest) -> HttpResponse:
    """The cases of the place, the newest first."""
    rows = nearby_cases(actor_for(request))
    found = NEWEST.page(listed(rows), request.GET.get("cursor", ""))
    context = {
        "crumbs": [parts.Link("辖区案件", "")],
        "heading": "辖区案件",
        "lead": "本辖区单位被立案查处的情况：谁、到哪一步、哪些要求需要属地督促；案卷由办案机关保管。",
        "begin": (),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(COLUMNS, [row_of(case) for case in found.rows], "辖区案件"),
        "empty": parts.Empty("本辖区没有立案的案件。", "立案以后列在这里。", icon="gavel"),
        "count_words": f"共 {rows.count():,} 件",
        "pager": parts.Pager(
            shown=len(found.rows), first_href=HERE if request.GET.get("cursor") else "",
            next_href=f"{HERE}?cursor={found.next_cursor}" if found.next_cursor else "",
        ),
    }  # fmt: skip
    return render(request, "list.html", context)
