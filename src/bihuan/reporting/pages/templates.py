"""``/reports/templates/``: the template of each kind, its versions side by side, and putting one in use."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.reporting.access import ISSUERS, READERS
from bihuan.reporting.genres import GENRES, Genre, genre_of
from bihuan.reporting.models import TemplateShelf, TemplateVersion
from bihuan.reporting.templating import shelf, trail
from bihuan.reporting.templating.built_in import STYLES, Template, built_in

BASE = "/reports/templates/"
HOME = parts.Link("报告模板", BASE)
MAY_READ = READERS | trail.AUDITORS
COLUMNS = (
    parts.Column("报告", "title"), parts.Column("在用的模板"), parts.Column("启用或提供"), parts.Column("历次版本", "number"),
)  # fmt: skip
IN_USE = parts.State("在用", "done")


def tabs_of(actor: Actor, here: str) -> Sequence[parts.Tab]:
    """The pages under 报表; who only audits sees the templates alone."""
    found = [parts.Tab("报告", "/reports/", current=here == "reports")] if actor.roles & READERS else []
    if found:
        found.append(parts.Tab("人大汇报和档案", "/archives/", current=here == "archives"))
    return [*found, parts.Tab("报告模板", BASE, current=here == "templates")]


@require_GET
@only_for(MAY_READ)
def list_page(request: HttpRequest) -> HttpResponse:
    """Every kind of report with the template it begins with."""
    actor = actor_for(request)
    shelves = {
        each.kind: each
        for each in TemplateShelf.objects.select_related("in_use").prefetch_related("versions")
    }
    context = {
        "crumbs": [], "heading": "报告模板", "beside": tabs_of(actor, "templates"),
        "lead": "模板定下一种报告写什么、按什么顺序写；数字由系统在起草时填入。改动存为新版，启用后起草的报告才用新版。",
        "ledger": parts.Ledger(COLUMNS, [_row(genre, shelves.get(genre.kind)) for genre in GENRES.values()], "报告模板"),
        "empty": parts.Empty("没有报告模板。"),
    }  # fmt: skip
    return render(request, "list.html", context)


def _row(genre: Genre, held: TemplateShelf | None) -> parts.Row:
    used = held.in_use if held is not None else None
    count = len(held.versions.all()) if held is not None else 0
    words = f"本区第{used.ordinal}版" if used is not None else "系统自带"
    by = f"{used.saved_by_name} {_day(used)}" if used is not None else "随系统提供"
    return parts.Row((genre.label, words, by, count), href=f"{BASE}{genre.kind}/")


def _day(version: TemplateVersion) -> str:
    return clock.day_of(version.saved_at).isoformat()


@require_GET
@only_for(MAY_READ)
def template_page(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: what is in use, word for word, and every version there was."""
    actor, genre = actor_for(request), genre_of(kind)
    used = shelf.in_use(kind)
    held = shelf.versions(kind)
    context = {
        "crumbs": [HOME, parts.Link(genre.label, "")], "heading": f"{genre.label}模板",
        "template": shelf.template_of(used, kind), "style_words": STYLES[shelf.template_of(used, kind).style],
        "source": f"本区第{used.ordinal}版" if used is not None else "系统自带",
        "versions": _versions(kind, held, used), "versions_empty": parts.Empty("还没有保存过版本。", icon="history"),
        "history": _history(kind), "history_empty": parts.Empty("还没有人动过这份模板。", icon="history"),
        "actions": _actions(actor, kind, used), "not_mine": "模板由安委办修改，其他单位可以查看和预览。",
    }  # fmt: skip
    return render(request, "template_page.html", context)


def _actions(actor: Actor, kind: str, used: TemplateVersion | None) -> Sequence[parts.Action]:
    look = parts.Action("预览", f"{BASE}{kind}/preview/", icon="eye", hint="用选定时段的数据看一遍")
    if not shelf.may_edit(actor):
        return (look,) if actor.roles & READERS else ()
    edit = parts.Action(
        "修改模板", f"{BASE}{kind}/edit/", icon="writing-sign", primary=True, hint="存为新版，不改动已有版本"
    )
    if used is None:
        return edit, look
    back = parts.Action("恢复系统自带模板", f"{BASE}{kind}/release/", icon="history", hint="本区的各版都保留")
    return edit, look, back


def _versions(kind: str, held: Sequence[TemplateVersion], used: TemplateVersion | None) -> parts.Ledger:
    columns = (
        parts.Column("版本", "title"), parts.Column("状态", "state"), parts.Column("保存人"), parts.Column("保存时间"),
        parts.Column("说明", phone=False),
    )  # fmt: skip
    release = built_in(kind).digest
    kept = next((each.pk for each in held if each.built_in and bytes(each.digest) == release), None)
    now = used.pk if used is not None else kept
    rows = [
        parts.Row(
            (
                f"第{each.ordinal}版{'（系统自带）' if each.built_in else ''}",
                IN_USE if each.pk == now else "",
                each.saved_by_name, each.saved_at, each.note or "—",
            ),
            href=f"{BASE}{kind}/versions/{each.ordinal}/",
        )
        for each in held
    ]  # fmt: skip
    return parts.Ledger(columns, rows, "历次版本")


def _history(kind: str) -> parts.Ledger:
    columns = (parts.Column("办理", "title"), parts.Column("经办人"), parts.Column("时间"))
    rows = [
        parts.Row(
            (
                trail.VERBS.get(entry.verb, entry.verb)
                + (f"（第{entry.payload['ordinal']}版）" if "ordinal" in entry.payload else ""),
                f"{entry.actor_name} {entry.actor_post}".strip(), entry.recorded_at,
            )
        )
        for entry in trail.history(kind)
    ]  # fmt: skip
    return parts.Ledger(columns, rows, "办理记录")


@require_GET
@only_for(MAY_READ)
def version_page(request: HttpRequest, kind: str, ordinal: int) -> HttpResponse:
    """One version beside the one before it: what was added and what was taken away."""
    actor, genre = actor_for(request), genre_of(kind)
    version = shelf.version_of(kind, ordinal)
    held = {each.ordinal: each for each in shelf.versions(kind)}
    against = request.GET.get("against", "")
    older = held.get(int(against)) if against.isdecimal() and len(against) < 9 else None
    older = older or next((held[n] for n in sorted(held, reverse=True) if n < ordinal), None)
    base = shelf.template_of(older, kind)
    used = shelf.in_use(kind)
    current = used is not None and used.pk == version.pk
    choices = [(str(n), str(held[n]).split(" ")[-1]) for n in sorted(held) if n != ordinal]
    context = {
        "crumbs": [HOME, parts.Link(genre.label, f"{BASE}{kind}/"), parts.Link(f"第{ordinal}版", "")],
        "heading": f"{genre.label}模板第{ordinal}版",
        "facts": [
            parts.Fact("保存人", f"{version.saved_by_name} {version.saved_by_post}".strip()),
            parts.Fact("保存时间", version.saved_at), parts.Fact("状态", "在用" if current else "未启用"),
            parts.Fact("说明", version.note or None, wide=True),
            parts.Fact("内容摘要（SM3）", bytes(version.digest).hex(), wide=True),
        ],
        "lines": compared(base, shelf.template_of(version, kind)),
        "older": f"第{older.ordinal}版" if older is not None else "系统自带模板",
        "filters": [parts.Filter("against", "与哪一版比较", value=str(older.ordinal) if older else "", choices=choices)]
        if len(choices) > 1 else [],
        "actions": _version_actions(actor, kind, ordinal, current),
        "not_mine": "模板由安委办修改和启用。",
    }  # fmt: skip
    return render(request, "template_version.html", context)


def _version_actions(actor: Actor, kind: str, ordinal: int, current: bool) -> Sequence[parts.Action]:
    base = f"{BASE}{kind}"
    look = parts.Action("预览", f"{base}/preview/?version={ordinal}", icon="eye", primary=not current)
    if not shelf.may_edit(actor):
        return (look,) if actor.roles & READERS else ()
    reasons = ("这一版已经在用",) if current else ()
    use = parts.Action(
        "启用这一版", f"{base}/versions/{ordinal}/use/", not current, reasons, icon="circle-check",
        hint="先预览，再启用；已起草的报告不变",
    )  # fmt: skip
    edit = parts.Action("在这一版上修改", f"{base}/edit/?from={ordinal}", icon="writing-sign")
    return look, use, edit


def compared(older: Template, newer: Template) -> list[tuple[str, str]]:
    """Both as lines: ``same``, ``gone`` or ``new`` with the text; long runs of the same are kept, a template is short."""
    before, after = _lines(older), _lines(newer)
    told: list[tuple[str, str]] = []
    for tag, first, last, begin, end in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            told += [("same", line) for line in before[first:last]]
            continue
        told += [("gone", line) for line in before[first:last]] + [("new", line) for line in after[begin:end]]
    return told


def _lines(template: Template) -> list[str]:
    style = STYLES[template.style].split("：")[0]
    head = [f"标题：{template.title.replace(chr(10), ' ')}", f"文体：{style}"]
    head += [f"主送：{template.recipients}"] if template.recipients else []
    head += [f"抄送：{template.copies}"] if template.copies else []
    return head + template.body.splitlines()


@only_for(ISSUERS)
def use_page(request: HttpRequest, kind: str, ordinal: int) -> HttpResponse:
    """Put a version in use."""
    actor, genre = actor_for(request), genre_of(kind)
    back = f"{BASE}{kind}/"

    def deed(_: Mapping[str, Any]) -> HttpResponse:
        shelf.put_in_use(kind, ordinal, actor)
        messages.success(request, f"已启用{genre.label}模板第{ordinal}版。")
        return HttpResponseRedirect(back)

    says = f"以后起草的{genre.label}按第{ordinal}版写；已经起草的仍按原来的模板，可以在报告页改用新版。"
    return _confirm(request, "启用这一版", f"{back}versions/{ordinal}/", says, genre, deed)


@only_for(ISSUERS)
def release_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Go back to the template of the release."""
    actor, genre = actor_for(request), genre_of(kind)
    back = f"{BASE}{kind}/"

    def deed(_: Mapping[str, Any]) -> HttpResponse:
        shelf.return_to_release(kind, actor)
        messages.success(request, f"已恢复系统自带的{genre.label}模板。")
        return HttpResponseRedirect(back)

    says = f"以后起草的{genre.label}按系统自带的模板写，本区保存的各版都保留，随时可以再启用。"
    return _confirm(request, "恢复系统自带模板", back, says, genre, deed)


def _confirm(request: HttpRequest, label: str, back: str, says: str, genre: Genre, deed: Any) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    crumbs = (HOME, parts.Link(genre.label, f"{BASE}{genre.kind}/"))
    return ask(request, Question(label, back, says, crumbs=crumbs), form, deed)
