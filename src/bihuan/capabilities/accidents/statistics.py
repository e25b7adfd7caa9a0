"""``/accidents/statistics/``: a period against the same days of the year before, by field, grade, place and type (M215, M216).

A rise is said as a rise (增长 16%) and never as a multiple; both are different numbers (N22, N24). Each number opens the
versions it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.accidents import places, statistic_places
from bihuan.capabilities.accidents.hands import INSIDE
from bihuan.capabilities.accidents.states import Branch
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.comparing import Comparison, a_year_before
from bihuan.kernel.figures.judging import all_rose, both_fell
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import NOTHING, FigureValue
from bihuan.kernel.figures.wording import scope_words
from bihuan.kernel.figures.year_on_year import beside
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.asked import day_of
from bihuan.kernel.web.figures.cards import counted, linked, shown
from bihuan.kernel.web.figures.reach import reach_to_count
from bihuan.kernel.web.session import actor_for

NAMES = (
    "accidents.count", "accidents.fatal", "accidents.deaths", "accidents.missing", "accidents.serious", "accidents.loss",
    "accidents.major", "accidents.major_deaths", "accidents.late",
)  # fmt: skip
SHOWN = ("accidents.count", "accidents.deaths", "accidents.serious", "accidents.loss")
PARTS = (("kind", "按统计行业"), ("grade", "按等级"), ("town", "按镇街"), ("type", "按事故类型"))
OF_FIELDS = (
    "accidents.industrial", "accidents.industrial_deaths", "accidents.construction", "accidents.construction_deaths",
    "accidents.road", "accidents.road_deaths", "accidents.fire", "accidents.fire_deaths",
)  # fmt: skip
COMPARED = (
    parts.Column("指标", "title"), parts.Column("本期", "number"), parts.Column("上年同期", "number"),
    parts.Column("增减", "number"), parts.Column("增长率", "number"), parts.Column("说明", phone=False),
)  # fmt: skip


@require_GET
@only_for(INSIDE)
def statistics_page(request: HttpRequest) -> HttpResponse:
    """The comparison, and the parts whose sum is the total."""
    actor = actor_for(request)
    reach = reach_to_count(actor)
    period, as_of, field = asked(request)
    scope = replace(reach.scope, kind=field)
    before, until = a_year_before(period, as_of)
    whole = not field
    names = (*NAMES, *(OF_FIELDS if whole else ()))
    now = counted(actor, reach, names, period, as_of, scope)
    found = beside(now, counted(actor, reach, names, before, until, scope))
    nothing = answers.never_kept(["accidents.count"])
    place = "，".join(scope_words(scope))
    context = {
        "crumbs": [parts.Link("事故", places.ACCIDENTS), parts.Link("统计", "")],
        "beside": places.tabs(places.STATISTICS)(actor),
        "tabs": statistic_places.tabs(actor, places.STATISTICS),
        "words": f"{place}，{period.chinese()}，截至 {as_of}；上年同期截至 {until}",
        "nothing": nothing,
        "filters": _filters(period, as_of, field),
        "claims": _claims(found),
        "compared": parts.Ledger(COMPARED, [_line(found[name]) for name in names], "本期与上年同期"),
        "parts": [
            (heading, _parts(actor, reach, by, heading, period, as_of, scope))
            for by, heading in PARTS
            if by != "kind" or whole
        ],
    }
    return render(request, "accidents/statistics.html", context)


def asked(request: HttpRequest) -> tuple[Period, date, str]:
    """Period, cut-off and field of the address.

    Raises:
        Refused: something unreadable.
    """
    query = request.GET
    today = clock.today()
    period = Period.parse(query.get("period") or f"{today.year:04d}")
    as_of = day_of(query["as_of"]) if query.get("as_of") else min(period.last, today)
    field = query.get("branch", "")
    if field and field not in {one.value for one in Branch}:
        raise Refused.because("accident.unknown_branch", "没有这个统计行业，请从列表中选择", "branch")
    return period, as_of, field


def _claims(found: Mapping[str, Comparison]) -> list[parts.Fact]:
    """What may be said of the whole: 双降 with the graver ones beside it, 全面上升 only where every single one rose."""
    count, deaths, loss, grave = (found[f"accidents.{name}"] for name in ("count", "deaths", "loss", "major"))
    fell, rose = both_fell(count, deaths), all_rose(count, deaths, loss, grave)
    beside = f"较大及以上事故 {shown(grave.now)} 起"
    words = {True: "实现双下降", False: "未实现双下降", None: "不能判断"}
    hint = fell.words.removeprefix("不能判断：")
    facts = [parts.Fact("双降", f"{words[fell.met]}；{beside}", hint, wide=True)]
    rising = sum((one.change or 0) > 0 for one in (count, deaths, loss, grave))
    if rose.met is not None and rising > 1:
        says = "各项均上升" if rose.met else "不能称全面上升"
        facts.append(parts.Fact("控制指标", says, rose.words, wide=True))
    return facts


def _line(found: Comparison) -> parts.Row:
    before = linked(found.before) if found.before else NOTHING
    label = f"{found.now.label}（{found.unit}）"
    return parts.Row(
        (label, linked(found.now), before, found.change_text(), found.percent_text(), _says(found))
    )


def _says(found: Comparison) -> str:
    """What the two columns before cannot: that it more than doubled, by how much and to how much, or why they are blank."""
    if found.fold is not None and found.fold >= 1:
        return f"{found.moved.rate_words()}，{found.multiple_words()}"
    return found.blank if found.change != 0 else ""


def _parts(
    actor: Actor, reach: Any, by: str, heading: str, period: Period, as_of: date, scope: Scope
) -> parts.Ledger | None:
    values = counted(actor, reach, SHOWN, period, as_of, scope, by)
    lines: dict[str, dict[str, FigureValue]] = {}
    for name, value in values.items():
        for line, part in value.by.items():
            lines.setdefault(line, {})[name] = part
    if not lines:
        return None
    columns = [parts.Column(heading.removeprefix("按"), "title")] + [
        parts.Column(value.label, "number", "万元" if value.kind == "sum" else value.unit) for value in values.values()
    ]  # fmt: skip
    rows = [
        parts.Row([line, *(linked(found[name]) if name in found else "0" for name in SHOWN)])
        for line, found in lines.items()
    ]
    return parts.Ledger(columns, rows, heading, ["合计", *(linked(values[name]) for name in SHOWN)])


def _filters(period: Period, as_of: date, field: str) -> Sequence[parts.Filter]:
    year = clock.today().year
    periods = [(str(one), f"{one} 年") for one in (year, year - 1, year - 2)]
    periods += [(f"{year}H1", f"{year} 年上半年"), (f"{year}H2", f"{year} 年下半年")]
    periods += [
        (f"{year}-{month:02d}", f"{year} 年 {month} 月") for month in range(clock.today().month, 0, -1)
    ]
    if period.label not in dict(periods):
        periods.insert(0, (period.label, period.chinese()))
    return (
        parts.Filter("period", "时段", value=period.label, choices=periods),
        parts.Filter("as_of", "截至", "date", as_of.isoformat()),
        parts.Filter("branch", "统计行业", value=field, choices=Branch.choices()),
    )
