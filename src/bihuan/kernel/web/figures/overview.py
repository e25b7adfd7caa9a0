"""``GET /figures/``: the figures of a period at a cut-off, and their breakdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from bihuan.kernel.figures import registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.figures.wording import scope_words
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.figures.asked import Asked, asked_of, chips, filters, word_of
from bihuan.kernel.web.figures.cards import card, colour_of, counted, linked
from bihuan.kernel.web.figures.reach import Reach, reach_to_count
from bihuan.kernel.web.paging import address
from bihuan.kernel.web.session import actor_for

BASE = "/figures/"


@require_GET
@only_for(BUSINESS)
def figures_page(request: HttpRequest) -> HttpResponse:
    """The page; every number opens what it counts."""
    actor, reach, asked = _asked(request)
    values = _values(actor, reach, asked)
    place = "我单位" if reach.by_record else "，".join(scope_words(asked.scope))
    context = {
        "crumbs": [parts.Link("数据", "")],
        "heading": "数据",
        "period_words": f"{place}，{asked.period.chinese()}",
        "as_of": asked.as_of,
        "filters": filters(asked, reach),
        "chips": [
            parts.Chip(name, value, address(BASE, _without(asked.kept, name))) for name, value in chips(asked)
        ],
        "clear_href": address(BASE, {"period": asked.period.label, "as_of": asked.as_of.isoformat()}),
        "cards": [card(value, colour=colour_of(value)) for value in values.values()],
        "chart": _chart(values, asked),
        "breakdown_heading": f"按{word_of(asked.by, asked.kind)}",
        "breakdown": _breakdown(values, asked),
        "note": "一条记录只计入一行，各行之和等于合计；口径有重叠的数不相加。",
        "export_href": address(f"{BASE}export.xlsx", asked.kept),
    }
    return render(request, "figures.html", context)


@require_GET
@only_for(BUSINESS)
def figures_export(request: HttpRequest) -> FileResponse:
    """The breakdown as a workbook."""
    actor, reach, asked = _asked(request)
    values = _values(actor, reach, asked)
    names = list(values)
    lines = _lines(values)
    columns: list[tuple[str, Any]] = [(word_of(asked.by, asked.kind), lambda line: line[0])]
    columns += [(_heading(values[name]), lambda line, name=name: _plain(line[1].get(name))) for name in names]
    title = f"数据 {asked.period.chinese()} 截至 {asked.as_of}"
    told = [parts.Chip(name, value, "") for name, value in chips(asked)]
    rows = [*lines, ("合计", values)]
    return workbook_response(title, f"{title}.xlsx", columns, rows, actor, told)


def _asked(request: HttpRequest) -> tuple[Actor, Reach, Asked]:
    actor = actor_for(request)
    reach = reach_to_count(actor)
    return actor, reach, asked_of(request.GET, reach)


def _values(actor: Actor, reach: Reach, asked: Asked) -> dict[str, FigureValue]:
    names = registry.names(asked.kind.name)
    return counted(actor, reach, names, asked.period, asked.as_of, asked.scope, asked.by) if names else {}


def _without(kept: Mapping[str, str], word: str) -> dict[str, str]:
    dropped = {"镇街": "region", "行业领域": "sector"}[word]
    return {name: value for name, value in kept.items() if name != dropped}


def _heading(value: FigureValue) -> str:
    return f"{value.label}（{'元' if value.kind == 'sum' else value.unit}）"


def _plain(value: FigureValue | None) -> Any:
    if value is None or value.value is None:
        return None
    return value.value if isinstance(value.value, int) else float(value.value)


def _lines(values: Mapping[str, FigureValue]) -> list[tuple[str, dict[str, FigureValue]]]:
    """The lines of the breakdown in order, each with every figure's value."""
    lines: dict[str, dict[str, FigureValue]] = {}
    for name, value in values.items():
        for line, part in value.by.items():
            lines.setdefault(line, {})[name] = part
    return list(lines.items())


def _breakdown(values: Mapping[str, FigureValue], asked: Asked) -> parts.Ledger | None:
    lines = _lines(values)
    if not lines:
        return None
    columns = [parts.Column(word_of(asked.by, asked.kind), "title")]
    columns += [
        parts.Column(
            value.label,
            "money" if value.kind == "sum" else "number",
            "万元" if value.kind == "sum" else value.unit,
        )
        for value in values.values()
    ]
    rows = [parts.Row([line, *(_cell(found.get(name)) for name in values)]) for line, found in lines]
    foot = ["合计", *(_cell(value) for value in values.values())]
    return parts.Ledger(columns, rows, f"按{word_of(asked.by, asked.kind)}", foot)


def _cell(value: FigureValue | None) -> Any:
    if value is None or value.value is None:
        return None
    return linked(value)


def _chart(values: Mapping[str, FigureValue], asked: Asked) -> SafeString | None:
    """Found and rectified side by side; nothing when there is nothing to compare."""
    from bihuan.kernel.web.figures.chart import side_by_side

    found: Sequence[tuple[str, dict[str, FigureValue]]] = _lines(values)
    return side_by_side(found, f"按{word_of(asked.by, asked.kind)}") if len(found) > 1 else None
