"""``/tipoffs/ledger/``: the ledger at two levels, closed and open proved to be what was received (M242–M245, N04).

What cannot be reconciled is not printed: the reason stands there instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.tipoffs import places
from bihuan.capabilities.tipoffs.access import visible_items
from bihuan.capabilities.tipoffs.hands import WHOLE
from bihuan.capabilities.tipoffs.reconciling import reconcile
from bihuan.capabilities.tipoffs.states import ItemState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.declarations import Tally
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import NOTHING, FigureValue
from bihuan.kernel.figures.wording import scope_words
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.figures.asked import day_of
from bihuan.kernel.web.figures.cards import card, counted, linked, shown
from bihuan.kernel.web.figures.reach import reach_of
from bihuan.kernel.web.session import actor_for

CARDS = (
    "tipoffs.batches_received", "tipoffs.batches_closed", "tipoffs.batches_open", "tipoffs.batches_closing_rate",
    "tipoffs.items_received", "tipoffs.items_closed", "tipoffs.items_open", "tipoffs.items_closing_rate",
)  # fmt: skip
BESIDE = (
    "tipoffs.items_not_admitted", "tipoffs.items_passed_on", "tipoffs.items_satisfied", "tipoffs.items_unsatisfied",
    "tipoffs.items_unrated", "tipoffs.questions_open",
)  # fmt: skip
LINES = (
    "tipoffs.items_received", "tipoffs.items_closed", "tipoffs.items_not_admitted", "tipoffs.items_open", "tipoffs.items_overdue",
    "tipoffs.items_on_time", "tipoffs.items_on_time_rate", "tipoffs.unreplied",
)  # fmt: skip
HEADINGS = ("收到", "办结", "其中不予受理", "在办", "逾期在办", "按时办结", "按时办结率", "未回复")
PARTS = (
    ("source", "按来源"), ("topic", "按主题"), ("unit", "按承办单位"), ("origin", "按来文单位"),
    ("company", "按办理企业"), ("town", "按镇街"),
)  # fmt: skip
AGES = ((0, 7), (8, 15), (16, 30), (31, 60), (61, None))
"""How many days an item waits for its answer, both counted."""


@dataclass(frozen=True, slots=True)
class Table:
    """One breakdown of the items, with their total."""

    by: str
    heading: str
    lines: tuple[tuple[str, tuple[FigureValue | None, ...]], ...]
    total: tuple[FigureValue, ...]


@require_GET
@only_for(WHOLE)
def ledger_page(request: HttpRequest) -> HttpResponse:
    """Totals at both levels, their parts, and who still waits for an answer."""
    actor = actor_for(request)
    period, as_of, scope = _asked(request, actor)
    failures = _unreconciled(period, as_of)
    context = {
        "crumbs": [parts.Link(places.LABEL, places.ITEMS), parts.Link("统计台账", "")],
        "beside": places.tabs(places.LEDGER)(actor),
        "words": f"{'，'.join(scope_words(scope))}，{period.chinese()}，截至 {as_of}",
        "filters": _filters(period, as_of),
        "failures": failures,
        "nothing": answers.never_kept(["tipoffs.items_received"]),
        "cards": [] if failures else _cards(actor, period, as_of, scope, CARDS),
        "beside_cards": [] if failures else _cards(actor, period, as_of, scope, BESIDE),
        "tables": [] if failures else [_ledger(one) for one in tables(actor, period, as_of, scope)],
        "ages": None if failures else _ages(actor, as_of),
        "export_href": f"{places.LEDGER}export.xlsx?{urlencode({'period': period.label, 'as_of': as_of.isoformat()})}",
    }
    return render(request, "tipoffs/ledger.html", context)


@require_GET
@only_for(WHOLE)
def ledger_export(request: HttpRequest) -> HttpResponseBase:
    """The parts as a workbook; refused where closed and open are not what was received."""
    actor = actor_for(request)
    period, as_of, scope = _asked(request, actor)
    Refused.unless(_unreconciled(period, as_of))
    rows = [
        (table.heading, name, *(_text(value) for value in values))
        for table in tables(actor, period, as_of, scope)
        for name, values in (*table.lines, ("合计", table.total))
    ]
    columns: list[tuple[str, Any]] = [
        (heading, lambda line, place=place: line[place])
        for place, heading in enumerate(("分组", "项目", *(f"{name}（件）" if "率" not in name else name for name in HEADINGS)))
    ]  # fmt: skip
    chip = parts.Chip("口径", f"{'，'.join(scope_words(scope))}，{period.chinese()}，截至 {as_of}", "")
    return workbook_response(
        "举报投诉统计台账", f"举报投诉统计台账-{as_of}.xlsx", columns, rows, actor, [chip]
    )


def _asked(request: HttpRequest, actor: Actor) -> tuple[Period, date, Scope]:
    query, today = request.GET, clock.today()
    period = Period.parse(query.get("period") or f"{today.year:04d}")
    as_of = day_of(query["as_of"]) if query.get("as_of") else min(period.last, today)
    reach = reach_of(actor)
    assert reach is not None, "the door lets in holders of a post"
    return period, as_of, reach.scope


def _unreconciled(period: Period, as_of: date) -> Sequence[Failure]:
    try:
        reconcile(period, as_of)
    except Refused as refusal:
        return refusal.failures
    return ()


def _cards(actor: Actor, period: Period, as_of: date, scope: Scope, names: Sequence[str]) -> list[parts.Card]:
    reach = reach_of(actor)
    assert reach is not None
    told = [name for name in names if not scope.dims() - _tally(name).dims.keys()]
    found = counted(actor, reach, told, period, as_of, scope)
    return [card(found[name]) for name in told]


def _tally(name: str) -> Tally:
    """A batch lies in no sector: who looks at some sectors alone is told of items, not of no batches."""
    return registry.figure(name).tally


def tables(actor: Actor, period: Period, as_of: date, scope: Scope) -> list[Table]:
    """The items by each of :data:`PARTS`; each item counts in one line, so that the lines are the total."""
    reach = reach_of(actor)
    assert reach is not None
    found = []
    for by, heading in PARTS:
        values = counted(actor, reach, LINES, period, as_of, scope, by)
        lines: dict[str, dict[str, FigureValue]] = {}
        for name, value in values.items():
            for line, part in value.by.items():
                lines.setdefault(line, {})[name] = part
        told = tuple((line, tuple(parted.get(name) for name in LINES)) for line, parted in lines.items())
        found.append(Table(by, heading, told, tuple(values[name] for name in LINES)))
    return found


def _ledger(table: Table) -> tuple[str, parts.Ledger | None]:
    if not table.lines:
        return table.heading, None
    columns = [parts.Column(table.heading.removeprefix("按"), "title")]
    columns += [parts.Column(name, "number", "%" if "率" in name else "件") for name in HEADINGS]
    rows = [parts.Row([name, *(_cell(value, table.by) for value in values)]) for name, values in table.lines]
    return table.heading, parts.Ledger(
        columns, rows, table.heading, ["合计", *(_cell(one) for one in table.total)]
    )


def _cell(value: FigureValue | None, by: str = "") -> Any:
    """A number that opens its items; a line of those without an origin or a company has no address of its own."""
    if value is None:
        return "0"
    unnamed = by in ("origin", "company") and not getattr(value.coverage[0].scope, by)
    return shown(value) if value.kind == "ratio" or unnamed else linked(value)


def _text(value: FigureValue | None) -> Any:
    if value is None:
        return 0
    return NOTHING if value.value is None else value.value


def _ages(actor: Actor, as_of: date) -> parts.Ledger | None:
    """Who waits for an answer, by how long (M245); each line opens its items."""
    unanswered = Q(replied_on=None) | Q(replied_on__gt=as_of)
    waiting = visible_items(actor).exclude(state=ItemState.REVOKED.value)
    waiting = waiting.filter(unanswered, received_on__lte=as_of)
    spans = [_span(as_of, least, most) for least, most in AGES]
    counts = waiting.aggregate(
        **{
            f"n{place}": Count("pk", filter=Q(received_on__range=(first or date.min, last)))
            for place, (first, last) in enumerate(spans)
        }
    )
    rows = []
    for place, ((least, most), (first, last)) in enumerate(zip(AGES, spans, strict=True)):
        count = counts[f"n{place}"]
        asked = {
            "tab": "all",
            "noreply": "1",
            "to": last.isoformat(),
            **({"from": first.isoformat()} if first else {}),
        }
        label = f"{least}—{most} 天" if most is not None else f"{least - 1} 天以上"
        opens = count and as_of == clock.today()  # the list knows who waits now, not who waited then
        link = parts.Link(f"{count:,}", f"{places.ITEMS}?{urlencode(asked)}") if opens else f"{count:,}"
        rows.append(parts.Row([label, link], late=bool(count) and most is None))
    columns = [parts.Column("收到以来", "title"), parts.Column("未回复", "number", "件")]
    total = sum(counts.values())
    return parts.Ledger(columns, rows, "未回复的举报件", ["合计", f"{total:,}"]) if total else None


def _span(as_of: date, least: int, most: int | None) -> tuple[date | None, date]:
    first = None if most is None else as_of - timedelta(days=most)
    return first, as_of - timedelta(days=least)


def _filters(period: Period, as_of: date) -> Sequence[parts.Filter]:
    year = clock.today().year
    periods = [(str(one), f"{one} 年") for one in (year, year - 1, year - 2)]
    periods += [(f"{year}H1", f"{year} 年上半年"), (f"{year}H2", f"{year} 年下半年")]
    if period.label not in dict(periods):
        periods.insert(0, (period.label, period.chinese()))
    return (
        parts.Filter("period", "时段", value=period.label, choices=periods),
        parts.Filter("as_of", "截至", "date", as_of.isoformat()),
    )
