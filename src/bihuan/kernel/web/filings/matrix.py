"""``GET /filings/``: units down, months across."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.kinds import label_of
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.session import actor_for

SEERS = frozenset({Role.OFFICE, Role.LEADER})
"""Who sees every unit's filings; everybody else sees those of their own."""
STANDINGS: dict[Standing, str] = {
    Standing.DUE: "due",
    Standing.FILED: "met",
    Standing.NIL: "nil",
    Standing.LATE: "late",
    Standing.MISSING: "missing",
    Standing.WAIVED: "waived",
}


def visible_expectations(actor: Actor) -> QuerySet[Expectation]:
    """What is due from the actor's own agencies; from all of their place for the office and the leaders."""
    rows = Expectation.objects.select_related("holder")
    if actor.all_seeing:
        return rows
    reach = Q(holder__in={scope.agency_id for scope in actor.scopes if scope.agency_id is not None})
    for place in sorted({scope.region_path for scope in actor.scopes if scope.role in SEERS}):
        reach |= Q(holder__region__path__startswith=place) if place else Q(pk__in=[])
    return rows.filter(reach)


@require_GET
@only_for(BUSINESS)
def matrix_page(request: HttpRequest) -> HttpResponse:
    """One year of one kind of filing."""
    actor = actor_for(request)
    today = clock.today()
    visible = visible_expectations(actor)
    kinds = _kinds(visible)
    years = sorted(
        {text[:4] for text in visible.order_by().values_list("period", flat=True).distinct()}, reverse=True
    )
    year = request.GET.get("year", "")
    year = year if year in years else years[0] if years else str(today.year)
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(kinds) else kinds[0][0] if kinds else ""
    rows = list(
        visible.filter(kind=kind, period__startswith=year).order_by("holder__order", "holder_id", "period")
    )
    periods = sorted({row.period for row in rows})
    context = {
        "crumbs": [parts.Link("应报未报", "")],
        "heading": "应报未报",
        "lead": f"应报单位每期都要报送“{dict(kinds)[kind]}”；没有情况的作零报告，过了期限没有报的列为未报。"
        if kind
        else "",
        "filters": _filters(year, years, kind, kinds),
        "tally": _tally(rows, today),
        "months": [parts.Column(_short(period)) for period in periods],
        "rows": _matrix(rows, periods, today),
        "empty": parts.Empty(
            "还没有应报的台账。",
            "单位登记为“按月报送隐患台账”后，每月应报的会自动列在这里。",
            icon="file-text",
        ),
        "actions": (),
        "remind": _remind(actor, rows, today, kind, year),
    }
    return render(request, "filings/matrix.html", context)


def _kinds(visible: QuerySet[Expectation]) -> Sequence[tuple[str, str]]:
    """What is filed here and what it is called; what most is asked of stands first and is shown unasked."""
    counted = visible.order_by().values("kind").annotate(many=Count("pk"), title=Min("title"))
    return [(one["kind"], label_of(one["kind"], one["title"])) for one in counted.order_by("-many", "kind")]


def _filters(
    year: str, years: Sequence[str], kind: str, kinds: Sequence[tuple[str, str]]
) -> Sequence[parts.Filter]:
    shown = []
    if len(years) > 1:
        shown.append(
            parts.Filter("year", "年份", value=year, choices=[(each, f"{each}年") for each in years])
        )
    if len(kinds) > 1:
        shown.append(parts.Filter("kind", "事项", value=kind, choices=kinds))
    return shown


def _tally(rows: Sequence[Expectation], today: date) -> Sequence[parts.Tally]:
    if not rows:
        return ()
    stands = [row.standing(today) for row in rows]
    return [
        parts.Tally("应报", len(rows)),
        parts.Tally("已报", stands.count(Standing.FILED)),
        parts.Tally("零报告", stands.count(Standing.NIL)),
        parts.Tally("迟报", stands.count(Standing.LATE)),
        parts.Tally("免报", stands.count(Standing.WAIVED)),
        parts.Tally("未报", stands.count(Standing.MISSING), late=True),
        parts.Tally("未到期", stands.count(Standing.DUE)),
    ]


def _short(period: str) -> str:
    words = Period.parse(period).chinese()
    return words.split("年", 1)[1] or words


def _matrix(rows: Sequence[Expectation], periods: Sequence[str], today: date) -> Sequence[parts.MatrixRow]:
    by_unit: dict[int, dict[str, list[Expectation]]] = {}
    names: dict[int, str] = {}
    for row in rows:
        by_unit.setdefault(row.holder_id, {}).setdefault(row.period, []).append(row)
        names[row.holder_id] = row.holder.name
    return [
        parts.MatrixRow(names[unit], [_cell(filed.get(period, ()), today) for period in periods])
        for unit, filed in by_unit.items()
    ]


_WORST_FIRST = (
    Standing.MISSING, Standing.DUE, Standing.LATE, Standing.NIL, Standing.WAIVED, Standing.FILED,
)  # fmt: skip


def _cell(rows: Sequence[Expectation], today: date) -> parts.MatrixCell:
    """Where a unit's month stands; of several things due in one month (about several matters) the worst, with its count."""
    if not rows:
        return parts.MatrixCell("—", "none")
    standings = [row.standing(today) for row in rows]
    standing = min(standings, key=_WORST_FIRST.index)
    row = rows[standings.index(standing)]
    many = f" {standings.count(standing)}/{len(rows)}" if len(rows) > 1 else ""
    return parts.MatrixCell(
        standing.label + many,
        STANDINGS[standing],  # type: ignore[arg-type]
        href=f"/filings/{row.uid}/",
        hint=_hint(row, standing),
    )


def _hint(row: Expectation, standing: Standing) -> str:
    if standing == Standing.WAIVED:
        return row.waiver_reason
    if row.met_at is not None:
        return f"{clock.day_of(row.met_at)} 报送"
    return f"{row.due_on} 前报送"


def _remind(
    actor: Actor, rows: Sequence[Expectation], today: date, kind: str, year: str
) -> dict[str, object] | None:
    if not actor.holds(Role.OFFICE):
        return None
    late = {row.holder_id for row in rows if row.standing(today) == Standing.MISSING}
    return {"count": len(late), "kind": kind, "year": year} if late else None


@require_POST
@only_for(frozenset({Role.OFFICE}))
def remind(request: HttpRequest) -> HttpResponse:
    """Send a reminder to the posts of every unit that has not filed; once a day, however often it is pressed."""
    from django.contrib import messages

    from bihuan.kernel.web.filings.reminding import remind_all

    actor = actor_for(request)
    units, told = remind_all(actor, request.POST.get("kind", ""), request.POST.get("year", ""))
    if told:
        messages.success(request, f"已向 {units} 个单位发出催报通知；夜间和休息日的，次一工作日早上送到。")
    else:
        messages.info(request, "今天已经催报过了，没有重复发送。" if units else "没有未报的单位。")
    return HttpResponseRedirect("/filings/")
