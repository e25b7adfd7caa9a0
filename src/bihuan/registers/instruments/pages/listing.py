"""The database of documents (M126): every document the actor may see, by kind, article, party and day; and the kinds."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.forms import as_days
from bihuan.kernel.web.paging import Keyset, pager
from bihuan.kernel.web.session import actor_for
from bihuan.registers.instruments import kinds, serving, shelf, stages
from bihuan.registers.instruments.models import Instrument, Standing
from bihuan.registers.instruments.pages.layout import BASE, href_of
from bihuan.registers.instruments.pages.organs import PLACE as ORGANS
from bihuan.registers.instruments.pages.organs import READERS

ORDER = Keyset(("issued_at", "uid"), descending=True)
COLUMNS = (
    parts.Column("文书", "title"), parts.Column("文号"), parts.Column("送达对象", phone=False), parts.Column("制发日期", "day"),
    parts.Column("送达", phone=False), parts.Column("状态", "state"),
)  # fmt: skip
KIND_COLUMNS = (
    parts.Column("序号", "number", phone=False), parts.Column("文书名称", "title"), parts.Column("阶段"),
    parts.Column("文号代字", phone=False), parts.Column("印章", phone=False), parts.Column("依据", phone=False),
    parts.Column("期限和要求", phone=False), parts.Column("核对情况"),
)  # fmt: skip
EXPORT = (
    ("文书", lambda row: kinds.label_of(row.kind)), ("文号", lambda row: row.number), ("送达对象", lambda row: row.addressee),
    ("制发日期", lambda row: row.issued_on), ("事项编号", lambda row: row.matter_no),
    ("引用条款", lambda row: "；".join(row.articles)), ("送达", serving.words_of),
    ("状态", lambda row: Standing(row.state).label),
)  # fmt: skip


@require_GET
@only_for(BUSINESS)
def page(request: HttpRequest) -> HttpResponse:
    """``/instruments/``."""
    actor = actor_for(request)
    asked = {
        name: request.GET.get(name, "").replace("\x00", "").strip()
        for name in ("q", "kind", "since", "until", "cursor")
    }
    found = ORDER.page(_asked(actor, asked), asked["cursor"])
    query = {name: value for name, value in asked.items() if value}
    export = "&".join(f"{name}={value}" for name, value in query.items() if name != "cursor")
    begin = [parts.Action("文书种类", f"{BASE}kinds/", icon="list-check")]
    if actor.roles & READERS:
        begin.append(parts.Action("机关信息", ORGANS, icon="building"))
    context = {
        "crumbs": [parts.Link("执法文书", "")],
        "heading": "执法文书",
        "lead": "您能看到的事项制发的全部文书；按种类、条款、当事人查找。",
        "begin": begin,
        "filters": _filters(asked),
        "ledger": parts.Ledger(COLUMNS, [row_of(each) for each in found.rows], "执法文书"),
        "empty": parts.Empty(
            "没有符合条件的文书。", "文书由监督检查、执法案件等事项的步骤制发。", icon="file-text"
        ),
        "pager": pager(BASE, query, found),
        "count_words": f"本页 {len(found.rows)} 份",
        "export_href": f"{BASE}export.xlsx?{export}",
    }
    return render(request, "list.html", context)


@require_GET
@only_for(BUSINESS)
def export(request: HttpRequest) -> HttpResponseBase:
    """``/instruments/export.xlsx``: the same, as a workbook."""
    actor = actor_for(request)
    asked = {
        name: request.GET.get(name, "").replace("\x00", "").strip()
        for name in ("q", "kind", "since", "until")
    }
    return workbook_response(
        title="执法文书", filename=f"执法文书-{clock.today()}.xlsx", columns=EXPORT,
        rows=_asked(actor, asked).order_by("issued_at", "uid").iterator(chunk_size=500), actor=actor,
    )  # fmt: skip


@require_GET
@only_for(BUSINESS)
def kinds_page(request: HttpRequest) -> HttpResponse:
    """``/instruments/kinds/``: which kinds there are, on what law they rest, and what of them is still to be checked."""
    context = {
        "crumbs": [parts.Link("执法文书", BASE), parts.Link("文书种类", "")],
        "heading": "文书种类",
        "lead": "名称、代字和栏目标明核对情况：待核对的，尚未与官方式样比对，使用前请核实。",
        "ledger": parts.Ledger(KIND_COLUMNS, [_kind(each) for each in kinds.all_kinds()], "文书种类"),
        "empty": parts.Empty("没有文书种类。"),
    }
    return render(request, "list.html", context)


def _kind(each: kinds.Kind) -> parts.Row:
    unchecked = f"{'、'.join(each.unchecked)}待核对" if each.unchecked else "已核对"
    return parts.Row(
        (each.no, each.name, stages.stage_of(each.slug).label, each.series or "无文号", kinds.SEALS[each.seal],
         "；".join(each.basis), each.rule or "—", unchecked)
    )  # fmt: skip


def row_of(each: Instrument) -> parts.Row:
    """A document as a line of a list."""
    state = parts.State(Standing(each.state).label, "off" if each.voided else "done")
    cells = (
        kinds.label_of(each.kind),
        each.number or "无文号",
        each.addressee or "—",
        each.issued_on,
        _served(each),
        state,
    )
    return parts.Row(cells, href_of(each), sub=each.matter_no)


def _served(each: Instrument) -> Any:
    if kinds.kind(each.kind).internal or each.kind == serving.RECEIPT:
        return "—"
    return serving.words_of(each)


def _asked(actor: Actor, asked: dict[str, str]) -> QuerySet[Instrument]:
    rows = shelf.visible_instruments(actor)
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if since := as_days(asked.get("since")):
        rows = rows.filter(issued_on__gte=since)
    if until := as_days(asked.get("until")):
        rows = rows.filter(issued_on__lte=until)
    if words := asked.get("q"):
        found = Q(number__contains=words) | Q(addressee__contains=words) | Q(matter_no=words.upper())
        rows = rows.filter(found | Q(articles__contains=[words]))
    return rows


def _filters(asked: dict[str, str]) -> list[parts.Filter]:
    choices = [(each.slug, each.name) for each in kinds.all_kinds()]
    return [
        parts.Filter("q", "文号、当事人、事项编号或者条款", "text", asked["q"]),
        parts.Filter("kind", "种类", "choice", asked["kind"], choices),
        parts.Filter("since", "制发日期起", "date", asked["since"]),
        parts.Filter("until", "制发日期止", "date", asked["until"]),
    ]
