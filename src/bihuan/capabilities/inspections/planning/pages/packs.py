"""``/packs/``: what must be looked at before a key period opens, and who has not been (M121); prints with the period's name."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.inspections import places
from bihuan.capabilities.inspections.planning.rounds import packs
from bihuan.capabilities.inspections.planning.rounds.packs import Due
from bihuan.kernel import clock
from bihuan.kernel.documents import Column, Document, Paragraph, Table, to_docx
from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

HERE = "/packs/"
HOME = parts.Link("节前检查包", HERE)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@only_for(places.OFFICIALS)
def list_page(request: HttpRequest) -> HttpResponse:
    """The packs of the key periods ahead and of those opened lately."""
    actor, today = actor_for(request), clock.today()
    rows = []
    for due in packs.dues(today):
        mine = visible_objects(actor)
        total = packs.register_of(due.template).filter(pk__in=mine.values("pk")).count()
        left = len(packs.unfinished(due, mine))
        over = due.window.first_day <= today
        rows.append(
            parts.Row(
                (
                    f"{due.window.name}前：{due.template.title}", due.window.first_day, total, total - left, left,
_standing(left, over=over),
                ),
                href=f"{HERE}{due.template.pk}/{due.window.no}/",
                late=over and left > 0,
            )
        )  # fmt: skip
    columns = (
        parts.Column("检查包", "title"), parts.Column("时段开始", "day"), parts.Column("名册", "number", "家"),
        parts.Column("已完成", "number", "家"), parts.Column("未完成", "number", "家"), parts.Column("情况", "state"),
    )  # fmt: skip
    context = {
        "crumbs": [parts.Link("节前检查包", "")],
        "heading": "节前检查包",
        "lead": "重点时段开始前，名册内每一家都要按巡查表查完；没有查完的，带着时段名称列在这里，也列入各单位的应办事项。",
        "begin": (parts.Action("巡查表和检查包", "/rounds/templates/", icon="list-check"),),
        "beside": places.tabs(HERE)(actor),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "节前检查包"),
        "empty": parts.Empty(
            "最近没有需要节前检查的重点时段。", "在重点时段中列入春节、两会等，到提前的天数就出现在这里。", "/windows/", "重点时段"
        ),
        "count_words": f"共 {len(rows)} 个",
    }  # fmt: skip
    return render(request, "list.html", context)


def _standing(left: int, *, over: bool) -> parts.Level | parts.State:
    if not left:
        return parts.State("全部完成", "done")
    return parts.Level("时段已开始", "red") if over else parts.State("进行中", "waiting")


def _due(template: int, window: str) -> Due:
    found = [
        due for due in packs.dues(clock.today()) if (due.template.pk, due.window.no) == (template, window)
    ]
    if not found:
        raise Absent("没有这个检查包，或时段已过去很久")
    return found[0]


@require_GET
@only_for(places.OFFICIALS)
def one_page(request: HttpRequest, template: int, window: str) -> HttpResponse:
    """The objects not looked at yet."""
    actor = actor_for(request)
    due = _due(template, window)
    left = packs.unfinished(due, visible_objects(actor))
    columns = (
        parts.Column("对象", "title"), parts.Column("所在地"), parts.Column("监管部门", phone=False), parts.Column("应于", "day"),
    )  # fmt: skip
    rows = [
        parts.Row(
            (one.name, one.region.name, one.agency.name if one.agency else None, due.last),
            href=f"/enterprises/{one.pk}/",
            late=due.window.first_day <= clock.today(),
        )
        for one in left
    ]
    context = {
        "crumbs": [HOME, parts.Link(due.window.name, "")],
        "heading": f"{due.window.name}前未完成检查的对象",
        "lead": f"{due.template.title}，{due.window.first_day} 开始，应于 {due.last} 前查完。",
        "begin": (
            parts.Action("开始巡查", "/rounds/new/set-out/", primary=True, icon="plus"),
            parts.Action("打印名单", f"{HERE}{template}/{window}/unfinished.docx", icon="printer"),
        ),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "未完成"),
        "empty": parts.Empty(f"{due.window.name}前，名册内的对象已全部查完。", icon="circle-check"),
        "count_words": f"还有 {len(rows)} 家",
    }
    return render(request, "list.html", context)


@require_GET
@only_for(places.OFFICIALS)
def paper(request: HttpRequest, template: int, window: str) -> HttpResponse:
    """The same list to print and hand out."""
    actor: Actor = actor_for(request)
    due = _due(template, window)
    document = paper_of(due, packs.unfinished(due, visible_objects(actor)))
    response = HttpResponse(to_docx(document), content_type=WORD)
    name = quote(f"{due.window.name}前未完成检查名单.docx")
    response["Content-Disposition"] = f"attachment; filename=\"unfinished.docx\"; filename*=UTF-8''{name}"
    response["Cache-Control"] = "private, no-store"
    return response


def paper_of(due: Due, left: Sequence[SupervisedObject]) -> Document:
    """The list of those not looked at, under the key period's name."""
    district = the_district()
    columns = (
        Column("序号", 3),
        Column("对象", 16, "left"),
        Column("所在地", 7),
        Column("监管部门", 10, "left"),
    )
    rows = tuple(
        (str(place), one.name, one.region.name, one.agency.name if one.agency else "—")
        for place, one in enumerate(left, start=1)
    )
    words = (
        f"{due.window.name}（{due.window.first_day} 开始）前，按《{due.template.title}》应查完名册内全部对象。"
        f"截至 {clock.today()}，还有 {len(left)} 家没有完成："
    )
    blocks: list[Paragraph | Table] = [Paragraph.of(words)]
    if rows:
        blocks.append(Table(columns, rows, numbered=False, size=11.0))
    return Document(
        kind="名单", title=f"{due.window.name}前未完成检查的对象名单", blocks=tuple(blocks),
        issuer=district.region.name if district else "", demo=bool(district and district.demo),
    )  # fmt: skip
