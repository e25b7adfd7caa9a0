"""``/economy/``: the numbers that rates are divided by, what each says now, and every version with its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers.economy import places, reading
from bihuan.registers.economy.forms import PublishedForm
from bihuan.registers.economy.indicators import indicator, indicators, span_words
from bihuan.registers.economy.keeping import KEEPERS, READERS, tell
from bihuan.registers.economy.meaning import told_by
from bihuan.registers.economy.models import PublishedValue, Stage

HERE = places.HERE
SHOWN = 500
HOME = parts.Link(places.LABEL, HERE)


@require_GET
@only_for(READERS)
def list_page(request: HttpRequest) -> HttpResponse:
    """What each number says now, the newest years first."""
    actor, asked = actor_for(request), request.GET.get("indicator", "")
    rows = reading.newest().order_by("-last", "place", "region", "indicator", "-first")
    if asked in indicators():
        rows = rows.filter(indicator=asked)
    found = list(rows[:SHOWN])
    begin = []
    if actor.roles & KEEPERS:
        begin = [
            parts.Action("登记公布数", f"{HERE}new/", primary=True, icon="plus"),
            parts.Action("按工作簿导入", "/imports/?kind=economy", icon="upload"),
        ]
    columns = (
        parts.Column("指标", "title"), parts.Column("范围"), parts.Column("时段"), parts.Column("数值", "number"),
        parts.Column("口径", phone=False), parts.Column("公布日期", "day", phone=False),
    )  # fmt: skip
    context = {
        "crumbs": [parts.Link("事故", "/accidents/"), parts.Link(places.LABEL, "")],
        "heading": places.LABEL,
        "lead": "相对指标所除的地区生产总值、就业人员等，以及上级公布的同名指标。照公布文件登记，每一版都保留；没有公布的不推算。",
        "begin": begin,
        **places.strips(actor),
        "filters": (
            parts.Filter("indicator", "指标", value=asked, choices=[("", "全部"), *_named()]),
        ),
        "chips": (),
        "ledger": parts.Ledger(columns, [_row(row) for row in found], places.LABEL),
        "empty": parts.Empty(
            "还没有登记统计基数。", "登记地区生产总值后，统计页自动计算亿元GDP死亡率。", icon="report-analytics"
        ),
        "count_words": f"共 {len(found)} 项",
    }  # fmt: skip
    return render(request, "economy.html", context)


def _named() -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in indicators().values()]


def _row(row: PublishedValue) -> parts.Row:
    return parts.Row(
        (
            indicator(row.indicator).label, reading.place_name(row), span_words(_period(row)), reading.amount_words(row),
            reading.stage_words(row), row.published_on,
        ),
        href=f"{HERE}{row.pk}/", sub=row.source,
    )  # fmt: skip


def _period(row: PublishedValue) -> Period:
    return Period(row.period, row.first, row.last)


@require_GET
@only_for(READERS)
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One number with all its versions, the one in force first."""
    row = PublishedValue.objects.select_related("region").filter(pk=pk).first()
    if row is None:
        raise Absent("没有这个数")
    actor = actor_for(request)
    versions = list(reading.versions_of(row))
    kind, latest = indicator(row.indicator), versions[0]
    columns = (
        parts.Column("版本", "title"), parts.Column("数值", "number"), parts.Column("来源文件"), parts.Column("公布日期", "day"),
        parts.Column("登记", phone=False),
    )  # fmt: skip
    label = f"{reading.place_name(row)}{span_words(_period(row))}{kind.label}"
    again = f"{HERE}new/?like={latest.pk}"
    begin = [parts.Action("登记新版本", again, primary=True, icon="stack-2")] if actor.roles & KEEPERS else []
    context = {
        "crumbs": [parts.Link("事故", "/accidents/"), HOME, parts.Link(label, "")],
        "heading": label,
        "lead": f"现用{reading.amount_words(latest)}，{reading.stage_words(latest)}。",
        "begin": begin,
        **places.strips(actor),
        "chips": (),
        "ledger": parts.Ledger(columns, _versions(versions), "历次版本"),
        "count_words": f"共 {len(versions)} 版",
    }
    return render(request, "economy.html", context)


def _versions(rows: Sequence[PublishedValue]) -> list[parts.Row]:
    return [
        parts.Row(
            (
                f"第 {row.number} 版 {Stage(row.stage).label}", reading.amount_words(row), row.source, row.published_on,
                f"{row.said_by} {clock.day_of(row.at)}",
            ),
            sub=f"更正原因：{row.reason}" if row.reason else "",
        )
        for row in rows
    ]  # fmt: skip


@only_for(KEEPERS)
def new_value(request: HttpRequest) -> HttpResponse:
    """Enter a number, or a further version of one."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        said = {name: str(value) for name, value in given.items()}
        row, new = tell(told_by(said), actor_for(request))
        words = f"{indicator(row.indicator).label} {reading.amount_words(row)}"
        messages.success(request, f"{words} 已登记。" if new else f"{words} 与已登记的相同，没有改动。")
        return HttpResponseRedirect(f"{HERE}{row.pk}/")

    question = Question(
        "登记公布数", back=HERE, crumbs=[HOME],
        says="照统计部门公布的文件登记。登记后不能改动；有新的核实数或登记有误的，登记新版本，原来的保留。",
    )  # fmt: skip
    return ask(request, question, PublishedForm(request.POST or None, initial=_proposed(request)), deed)


def _proposed(request: HttpRequest) -> dict[str, Any]:
    today = clock.today()
    asked = request.GET.get("like", "")
    like = (
        PublishedValue.objects.filter(pk=int(asked)).first()
        if asked.isdecimal() and len(asked) < 18
        else None
    )
    wanted = request.GET.get("indicator", "")
    if like is None:
        code = wanted if wanted in indicators() else "gdp"
        return {"indicator": code, "year": str(today.year - 1), "published_on": today, "place": request.GET.get("place", "")}  # fmt: skip
    place = (
        ""
        if like.region and like.region.parent_id is None
        else (like.region.name if like.region else like.place)
    )
    span = span_words(_period(like)).removeprefix(f"{like.first.year}年").removeprefix("第") or "全年"
    return {
        "indicator": like.indicator, "place": place, "year": str(like.first.year), "span": span, "published_on": today,
        "stage": Stage.FINAL.value if indicator(like.indicator).staged else like.stage,
    }  # fmt: skip
