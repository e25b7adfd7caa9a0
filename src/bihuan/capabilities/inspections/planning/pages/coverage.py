"""``/coverage/``: key objects of a quarter, which were inspected, which were not; plan and done beside it (M110)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.inspections import places
from bihuan.capabilities.inspections.planning import coverage
from bihuan.capabilities.inspections.planning.access import visible_quarters
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import card, counted
from bihuan.kernel.web.figures.kinds import Kind
from bihuan.kernel.web.figures.reach import reach_of
from bihuan.kernel.web.paging import Keyset
from bihuan.kernel.web.session import actor_for

HERE = "/coverage/"
NAMES = (
    "plans.planned", "plans.done", "plans.completion_rate", "coverage.key_objects", "coverage.key_inspected",
    "coverage.key_rate",
)  # fmt: skip
SHOWN = 500
COLUMNS = (
    parts.Column("重点对象", "title"), parts.Column("所在地", phone=False), parts.Column("重点理由"),
    parts.Column("本季度检查", "day"), parts.Column("情况", "state"),
)  # fmt: skip


def _quarter(text: str) -> Period:
    now = coverage.quarter_of(clock.today())
    if not text:
        return now
    period = Period.parse(text)
    if "Q" not in period.label:
        raise Refused.because("coverage.no_quarter", "请选择季度，例如 2026Q4", "period")
    return period


@require_GET
@only_for(places.OFFICIALS)
def page(request: HttpRequest) -> HttpResponse:
    """Plan, done and key coverage of a quarter, by figures; beneath, the objects, those not inspected first."""
    actor, today = actor_for(request), clock.today()
    period = _quarter(request.GET.get("period", "").strip()[:10])
    if period.first <= today <= period.last:
        coverage.write_down(today)
    rows = visible_quarters(actor).filter(quarter=period.first).select_related("object__region")
    waiting, done = rows.filter(inspected_on=None), rows.exclude(inspected_on=None)
    tab = request.GET.get("tab", "waiting")
    shown = list((done if tab == "done" else waiting).order_by("region_path", "object__name_pinyin")[:SHOWN])
    over = period.last < today
    reach = reach_of(actor)
    found = counted(actor, reach, NAMES, period, today, reach.scope) if reach else {}
    years = [f"{year}Q{quarter}" for year in (today.year, today.year - 1) for quarter in (4, 3, 2, 1)]
    quarters = [one for one in map(Period.parse, years) if one.first <= today]
    context = {
        "crumbs": [parts.Link("覆盖", "")],
        "heading": f"{period.chinese()}检查覆盖",
        "lead": "计划和完成由检查计划自动计算；重点对象指有重大风险环节或未销号重大隐患的，每季度至少检查一次。",
        "begin": (),
        "beside": places.tabs(HERE)(actor),
        "filters": (
            parts.Filter("period", "季度", "choice", period.label, [(one.label, one.chinese()) for one in quarters]),
        ),
        "chips": (),
        "cards": [card(found[name]) for name in NAMES if name in found],
        "tabs": [
            parts.Tab("还没有检查", f"{HERE}?period={period.label}", waiting.count(), tab != "done", over),
            parts.Tab("已检查", f"{HERE}?period={period.label}&tab=done", done.count(), tab == "done"),
        ],
        "ledger": parts.Ledger(COLUMNS, [KIND.row(one) for one in shown], "重点对象"),
        "empty": parts.Empty("没有这样的重点对象。", "企业档案中登记了危险工艺与重点环节的，自动成为重点对象。"),
        "count_words": f"共 {len(shown)} 家",
    }  # fmt: skip
    return render(request, "planning/coverage.html", context)


KIND = Kind(
    label="重点检查对象",
    visible=visible_quarters,
    columns=COLUMNS,
    row=lambda one: parts.Row(
        (
            one.object.name, one.object.region.name, one.why, one.inspected_on,
            parts.State("已检查", "done") if one.inspected_on else parts.State("还没有检查", "waiting"),
        ),
        href=f"/inspections/{one.inspection}/" if one.inspection else f"/enterprises/{one.object_id}/",
    ),
    export=(
        ("重点对象", lambda one: one.object.name),
        ("所在地", lambda one: one.object.region.name),
        ("季度", lambda one: one.quarter),
        ("重点理由", lambda one: one.why),
        ("检查日期", lambda one: one.inspected_on),
        ("检查编号", lambda one: one.inspection),
    ),
    order=Keyset(("quarter", "pk"), descending=True),
    listed=lambda rows: rows.select_related("object__region"),
)  # fmt: skip
