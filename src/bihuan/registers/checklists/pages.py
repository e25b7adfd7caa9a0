"""``/checklists/``: every list with the version in use, one list with its items and marks, its versions, its paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.documents import to_docx, to_pdf
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers.checklists import keeping, places
from bihuan.registers.checklists.models import Checklist, ChecklistVersion
from bihuan.registers.checklists.papers import paper_of
from bihuan.registers.checklists.reading import checklist_coded, versions_on
from bihuan.registers.criteria import MARKS
from bihuan.registers.pages.days import asked_day

HERE = places.HERE
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def mark_of(mark: str) -> Any:
    """The mark in words; what nobody compared stands out."""
    return parts.Level(MARKS[mark], "yellow") if mark == "K" else MARKS[mark]


@require_GET
@only_for(BUSINESS)
def list_page(request: HttpRequest) -> HttpResponse:
    """The lists of a day, by sector."""
    actor, on = actor_for(request), asked_day(request)
    used = {one.checklist_id: one for one in versions_on(on)}
    rows = []
    counts = _counts([one.pk for one in used.values()])
    for one in Checklist.objects.select_related("sector", "owner").order_by("pk"):
        version = used.get(one.pk)
        total, majors, unverified = counts.get(version.pk, (0, 0, 0)) if version else (0, 0, 0)
        rows.append(
            parts.Row(
                (
                    one.title, one.sector.name if one.sector else "各行业通用",
                    version.label if version else parts.State("当天没有可用版本", "off"),
                    total, majors or None, unverified or None,
                    (one.owner.name if one.owner else "本区") if version and not version.shipped else "随系统发布",
                ),
                href=f"{HERE}{one.code}/",
                sub=one.says,
            )
        )  # fmt: skip
    columns = (
        parts.Column("检查表", "title"), parts.Column("行业领域"), parts.Column("使用的版本", phone=False),
        parts.Column("项数", "number", "项"), parts.Column("重大隐患判定项", "number", "项", phone=False),
        parts.Column("待核对", "number", "项", phone=False), parts.Column("编制", phone=False),
    )  # fmt: skip
    begin = []
    if actor.roles & keeping.KEEPERS:
        begin = [
            parts.Action("编制检查表", f"{HERE}new/", icon="plus"),
            parts.Action("按工作簿导入", "/imports/?kind=checklists", icon="upload"),
        ]
    context = {
        "crumbs": [parts.Link("检查表", "")],
        "heading": "检查表",
        "lead": "每次检查按当天使用的版本逐项查，人人同一张表；以后换了新版，以前的检查仍按当时的版本。",
        "begin": begin,
        "beside": places.tabs(actor, HERE),
        "filters": (parts.Filter("on", "看哪一天的", "date", on.isoformat()),),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "检查表"),
        "empty": parts.Empty("还没有检查表。", "随系统发布的检查表在建区时装入。", icon="list-check"),
        "count_words": f"共 {len(rows)} 张",
    }
    return render(request, "list.html", context)


def _counts(versions: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    from django.db.models import Count, Q

    from bihuan.registers.checklists.models import ChecklistItem

    rows = (
        ChecklistItem.objects.filter(version__in=versions)
        .order_by()
        .values("version")
        .annotate(
            total=Count("pk"), majors=Count("pk", filter=~Q(criterion="")), unverified=Count("pk", filter=Q(mark="K"))
        )
    )  # fmt: skip
    return {row["version"]: (row["total"], row["majors"], row["unverified"]) for row in rows}


@require_GET
@only_for(BUSINESS)
def one_page(request: HttpRequest, code: str) -> HttpResponse:
    """One list: the items of the version in use, or of the one asked for."""
    actor, checklist = actor_for(request), checklist_coded(code)
    versions = list(checklist.versions.order_by("-effective_from", "shipped"))
    version = chosen(versions, request.GET.get("version", ""))
    editable = keeping.editable(version) and keeping.may_keep(actor, checklist.sector)
    context = {
        "crumbs": [parts.Link("检查表", HERE), parts.Link(checklist.title, "")],
        "heading": checklist.title,
        "lead": checklist.says,
        "begin": _begin(actor, checklist, version, editable=editable),
        "beside": places.tabs(actor, HERE),
        "tabs": [
            parts.Tab(one.label, f"{HERE}{code}/?version={one.number}", None, one.pk == version.pk) for one in versions
        ],
        "facts": _facts(version),
        "groups": _groups(version, f"{HERE}{code}/{version.number}/" if editable else ""),
        "papers": [
            parts.Link(f"打印 {word}", f"{HERE}{code}/{version.number}.{ending}", "printer")
            for ending, word in (("docx", "Word"), ("pdf", "PDF"))
        ],
        "history": _history(checklist),
    }  # fmt: skip
    return render(request, "checklists/one.html", context)


def chosen(versions: Sequence[ChecklistVersion], asked: str) -> ChecklistVersion:
    """The version asked for by number; else the one in use today, else the newest.

    Raises:
        Absent: no such version.
    """
    if asked:
        found = next((one for one in versions if str(one.number) == asked), None)
    else:
        today = clock.today()
        used = [one for one in versions if holds(one, today)]
        found = next((one for one in used if not one.shipped), next(iter(used), next(iter(versions), None)))
    if found is None:
        raise Absent("这张检查表没有这个版本")
    return found


def holds(version: ChecklistVersion, on: date) -> bool:
    """Whether a version runs on a day; the twin of :func:`~.reading.in_force`."""
    return version.effective_from <= on <= (version.effective_to or on)


def _facts(version: ChecklistVersion) -> Sequence[parts.Fact]:
    items = list(version.items.all())
    majors, unverified = sum(one.is_major for one in items), sum(one.mark == "K" for one in items)
    until = f"至 {version.effective_to}" if version.effective_to else "起，现行"
    marks = f"{len(items)} 项，其中重大事故隐患判定项 {majors} 项，待核对 {unverified} 项"
    return [
        parts.Fact("使用期间", f"{version.effective_from} {until}"),
        parts.Fact("编制", f"{version.made_by}，第 {version.number} 版"),
        parts.Fact("项数", marks),
        parts.Fact("核对情况", mark_of(version.mark)),
        parts.Fact("来源", version.source, wide=True),
        parts.Fact("内容摘要（SM3）", version.digest[:16], "两张表摘要相同，内容就完全相同"),
    ]


def _groups(version: ChecklistVersion, base: str) -> Sequence[tuple[str, parts.Ledger]]:
    columns = [
        parts.Column("项", "number"), parts.Column("检查内容", "title"), parts.Column("违法情形"),
        parts.Column("检查依据", phone=False), parts.Column("处罚依据", phone=False), parts.Column("核对", phone=False),
    ]  # fmt: skip
    if base:
        columns.append(parts.Column("", "action"))
    groups: dict[str, list[parts.Row]] = {}
    for item in version.items.all():
        violation: Any = item.violation
        cells = [
            item.no,
            item.content,
            violation,
            item.basis or None,
            item.penalty or None,
            mark_of(item.mark),
        ]
        if base:
            deeds = (
                parts.Action("修改", f"{base}{item.key}/"),
                parts.Action("删去", f"{base}{item.key}/drop/"),
            )
            cells.append(parts.Deeds(deeds))
        star = "★ 重大事故隐患判定项。" if item.is_major else ""
        groups.setdefault(item.group or "检查项目", []).append(
            parts.Row(cells, sub=f"{star}查法：{item.method}")
        )
    return [(name, parts.Ledger(columns, rows, name)) for name, rows in groups.items()]


def _begin(
    actor: Actor, checklist: Checklist, version: ChecklistVersion, *, editable: bool
) -> list[parts.Action]:
    if not keeping.may_keep(actor, checklist.sector) or not actor.roles & keeping.KEEPERS:
        return []
    base = f"{HERE}{checklist.code}/"
    actions = []
    if editable:
        actions.append(
            parts.Action("增加一项", f"{base}{version.number}/items/new/", primary=True, icon="plus")
        )
    actions.append(parts.Action("编制新版", f"{base}versions/new/", icon="stack-2"))
    if not version.shipped and (version.effective_to or clock.today()) >= clock.today():
        actions.append(parts.Action("停用这一版", f"{base}{version.number}/end/", icon="ban"))
    return actions


def _history(checklist: Checklist) -> parts.Ledger:
    from bihuan.registers.checklists import trail

    columns = (parts.Column("时间", "day"), parts.Column("经办", "title"), parts.Column("事项"))
    rows = [
        parts.Row(
            (
                clock.day_of(entry.recorded_at),
                f"{entry.actor_name}（{entry.actor_post}）" if entry.actor_post else entry.actor_name,
                trail.VERBS.get(entry.verb, entry.verb) + _what(entry.payload),
            )
        )
        for entry in trail.history(checklist)[:50]
    ]
    return parts.Ledger(columns, rows, "编制记录")


def _what(payload: Any) -> str:
    said = f"：第 {payload['version']} 版" if "version" in payload else ""
    return (
        said
        + (f"，{payload['content']}" if "content" in payload else "")
        + (f"，{payload['reason']}" if "reason" in payload else "")
    )


@require_GET
@only_for(BUSINESS)
def paper(request: HttpRequest, code: str, number: int, ending: str) -> HttpResponse:
    """The sheet of a version as Word or PDF: the same for everybody."""
    version = (
        ChecklistVersion.objects.select_related("checklist")
        .filter(checklist__code=code, number=number)
        .first()
    )
    if version is None or ending not in _TYPES:
        raise Absent("这张检查表没有这个版本")
    document = paper_of(version)
    content = to_docx(document) if ending == "docx" else to_pdf(document)
    response = HttpResponse(content, content_type=_TYPES[ending])
    name = quote(f"{version.checklist.title}（第{version.number}版）.{ending}")
    response["Content-Disposition"] = f"attachment; filename=\"checklist.{ending}\"; filename*=UTF-8''{name}"
    response["Cache-Control"] = "private, no-store"
    return response
