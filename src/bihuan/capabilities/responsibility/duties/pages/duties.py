"""``/responsibility/duties/``: every duty under the classification asked for, and who has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.duties import coverage, holders, keeping, printing
from bihuan.capabilities.responsibility.duties.access import in_force, visible_duties, visible_spells
from bihuan.capabilities.responsibility.duties.classifying import (
    Classification,
    classification,
    classifications,
)
from bihuan.capabilities.responsibility.duties.models import Duty, Spell
from bihuan.capabilities.responsibility.duties.pages.layout import asked, beside_of, figure_cards, kept, paper
from bihuan.capabilities.responsibility.duties.words import Level
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Role
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import AT_ONCE, workbook_response
from bihuan.kernel.web.figures.reach import reach_of
from bihuan.kernel.web.paging import Keyset, address, pager
from bihuan.kernel.web.session import actor_for

BASE = coverage.BASE
MISSING = f"{BASE}missing/"
READERS = frozenset(Role) - ADMIN_ROLES - {Role.EXPERT}
KEEPERS = holders.UNIT_KEEPERS | ENTERPRISE_ROLES
BY_HEADING = Keyset(("rank", "region_path", "id"))
_FIGURES = ("duties.posts_coverage", "duties.units_coverage")
PRINTED = 3000
"""More than this is no paper anybody reads, and the press holds all of it in memory."""


@require_GET
@only_for(READERS)
def list_page(request: HttpRequest) -> HttpResponse:
    """The duties in force today."""
    actor = actor_for(request)
    given = asked(request, "scheme", "level", "q", "cursor")
    scheme = classification(given["scheme"])
    rows = scheme.ranked(_found(actor, given))
    page = BY_HEADING.page(rows, given["cursor"])
    names = names_of(page.rows)
    total = rows.count()
    gaps = missing_of(actor).count()
    context = {
        **beside_of(actor, BASE),
        "heading": "安全生产职责",
        "lead": f"同一批职责可按{'、'.join(f'“{one.label}”' for one in classifications())}列出，不用重复登记。",
        "begin": _begin(gaps),
        "ways": _ways(actor, scheme, given),
        "filters": _filters(scheme, given),
        "hidden": (),
        "chips": (),
        "cards": figure_cards(actor, _FIGURES, None if actor.roles & places.UNITS else reach_of(actor)),
        "ledger": parts.Ledger(_COLUMNS, [_row(one, scheme, names) for one in page.rows], "安全生产职责"),
        "empty": parts.Empty("还没有登记职责。", "到“没有职责的”里按通用规定补齐，或逐个登记。", MISSING, "看看谁没有职责"),
        "count_words": f"共 {total:,} 条，按{scheme.label}排列",
        "export_href": address(f"{BASE}export.xlsx", kept({**given, "scheme": scheme.key, "cursor": ""})),
        "pager": pager(BASE, given, page, total),
    }  # fmt: skip
    return render(request, "duties/list.html", context)


@require_GET
@only_for(READERS)
def export(request: HttpRequest) -> FileResponse:
    """The same as a workbook."""
    actor = actor_for(request)
    given = asked(request, "scheme", "level", "q")
    scheme = classification(given["scheme"])
    rows = scheme.ranked(_found(actor, given)).order_by(*BY_HEADING.columns)
    columns: list[tuple[str, Any]] = [
        (scheme.label, lambda pair: scheme.heading_of(pair[0])),
        ("责任人（岗位或单位）名称", lambda pair: pair[1]),
        ("职责内容", lambda pair: pair[0].text),
        ("依据", lambda pair: keeping.basis_of(pair[0])),
        ("起", lambda pair: pair[0].since),
    ]
    return workbook_response(
        f"安全生产职责（{scheme.label}）", f"安全生产职责-{scheme.label}.xlsx", columns, _named(rows), actor
    )


def _named(rows: QuerySet[Duty]) -> Iterator[tuple[Duty, str]]:
    """Each duty with its holder, as they come: names are looked up set by set."""
    waiting: list[Duty] = []
    for one in rows.iterator(AT_ONCE):
        waiting.append(one)
        if len(waiting) == AT_ONCE:
            yield from _with_names(waiting)
            waiting = []
    yield from _with_names(waiting)


def _with_names(rows: list[Duty]) -> Iterator[tuple[Duty, str]]:
    names = names_of(rows)
    return ((one, names[one.pk]) for one in rows)


@require_GET
@only_for(READERS)
def print_out(request: HttpRequest) -> HttpResponse:
    """The same as a paper, heading by heading."""
    actor = actor_for(request)
    given = asked(request, "scheme", "level", "q")
    scheme = classification(given["scheme"])
    rows = list(scheme.ranked(_found(actor, given)).order_by(*BY_HEADING.columns)[: PRINTED + 1])
    if len(rows) > PRINTED:
        sentence = f"一次最多打印 {PRINTED:,} 条职责，请按层级或名称筛选后再打印；全部的请导出表格"
        raise Refused.because("duty.too_many_to_print", sentence)
    return paper(printing.duties_paper(scheme, rows, names_of(rows)), f"安全生产职责清单（{scheme.label}）")


def names_of(duties: list[Duty]) -> dict[int, str]:
    """The holder of each duty in words; three statements for any number."""
    uids = {one.object for one in duties if one.object}
    inside = dict(SupervisedObject.objects.filter(uid__in=uids).values_list("uid", "name"))
    found = {}
    for one in duties:
        if one.post is None:
            found[one.pk] = one.agency.name if one.agency else ""
        elif one.object:
            found[one.pk] = f"{inside.get(one.object, '')} {one.post.title}"
        else:
            found[one.pk] = titled(one.post)
    return found


def _found(actor: Actor, given: dict[str, str]) -> QuerySet[Duty]:
    rows = visible_duties(actor).filter(in_force(clock.today()))
    if given["level"] in Level.values:
        rows = rows.filter(level=given["level"])
    if given["q"]:
        words = given["q"]
        inside = SupervisedObject.objects.filter(name__contains=words).values("uid")
        rows = rows.filter(
            Q(post__title__contains=words)
            | Q(agency__name__contains=words)
            | Q(text__contains=words)
            | Q(object__in=inside)
        )
    return rows.select_related("post__agency", "agency", "clause__version__document")


def _filters(scheme: Classification, given: dict[str, str]) -> list[parts.Filter]:
    return [
        parts.Filter("q", "岗位、单位、企业或职责", "text", given["q"]),
        parts.Filter("scheme", "分类", value=scheme.key, choices=[(one.key, one.label) for one in classifications()]),
        parts.Filter("level", "层级", value=given["level"], choices=Level.choices),
    ]  # fmt: skip


def _begin(gaps: int) -> list[parts.Action]:
    label = f"没有职责的（{gaps}）" if gaps else "没有职责的"
    return [parts.Action(label, MISSING, primary=bool(gaps), icon="alert-circle")]


def _ways(actor: Actor, scheme: Classification, given: dict[str, str]) -> list[parts.Link]:
    """What hangs under this page, and the paper."""
    query = kept({**given, "scheme": scheme.key, "cursor": ""})
    found = [
        parts.Link("企业责任", f"{BASE}enterprises/", "building-factory-2"),
        parts.Link("规则与版本", f"{BASE}rules/", "books"),
    ]
    if not actor.roles <= ENTERPRISE_ROLES:
        found.append(parts.Link("监管力量", f"{BASE}staffing/", "users"))
    return [*found, parts.Link("打印清单", address(f"{BASE}print.docx", query), "printer")]


_COLUMNS = (
    parts.Column("责任人", "title"),
    parts.Column("类别"),
    parts.Column("职责"),
    parts.Column("依据", phone=False),
    parts.Column("起", "day", phone=False),
)


def _row(one: Any, scheme: Classification, names: dict[int, str]) -> parts.Row:
    about = f"post/{one.post_id}" if one.post_id else f"unit/{one.agency_id}"
    cells = (names[one.pk], scheme.heading_of(one), one.text, keeping.basis_of(one) or None, one.since)
    return parts.Row(cells, href=f"{BASE}{about}/", sub=Level(one.level).label)


def missing_of(actor: Actor) -> QuerySet[Spell]:
    """Who has no duty, as far as the actor sees."""
    wanted = (coverage.POSTS, coverage.UNITS)
    return visible_spells(actor).filter(check_name__in=wanted, until=None, passes=False)


MISSING_ORDER = Keyset(("level", "check_name", "label", "id"))


@require_GET
@only_for(READERS)
def missing(request: HttpRequest) -> HttpResponse:
    """Every department, town, named officer and enterprise manager without a duty."""
    actor = actor_for(request)
    given = asked(request, "level", "cursor")
    rows = missing_of(actor)
    if given["level"] in Level.values:
        rows = rows.filter(level=given["level"])
    page = MISSING_ORDER.page(rows, given["cursor"])
    total = rows.count()
    mine = _adoptable(actor)
    context = {
        **beside_of(actor, BASE, "没有职责的"),
        "heading": "没有安全职责的",
        "lead": "每个部门、镇街、监管人员和企业管理人员都应有安全生产职责；一个不缺时，这里是空的。",
        "begin": (),
        "adopt_href": f"{BASE}adopt/" if mine else "",
        "adopt_count": mine,
        "filters": [parts.Filter("level", "层级", value=given["level"], choices=Level.choices)],
        "hidden": (),
        "chips": (),
        "cards": (),
        "ledger": parts.Ledger(_GAP_COLUMNS, [_gap_row(one) for one in page.rows], "没有安全职责的"),
        "empty": parts.Empty("没有缺职责的岗位和单位。", "新设的岗位、新立的单位没有登记职责时，会列在这里。", icon="circle-check"),
        "count_words": f"共 {total:,} 个",
        "pager": pager(MISSING, given, page, total),
    }  # fmt: skip
    return render(request, "duties/list.html", context)


_GAP_COLUMNS = (
    parts.Column("岗位或单位", "title"),
    parts.Column("层级"),
    parts.Column("从哪天起", "day"),
    parts.Column("", "action"),
)


def _gap_row(one: Spell) -> parts.Row:
    return parts.Row(
        (one.label, Level(one.level).label, one.since, parts.Action("登记职责", f"{one.href}new/")),
        href=one.href,
    )


def _adoptable(actor: Actor) -> int:
    if not actor.holds(*KEEPERS):
        return 0
    return len(_keepable(actor))


def _keepable(actor: Actor) -> list[str]:
    rows = missing_of(actor)
    if not actor.holds(Role.OFFICE):
        units = [
            scope.agency_id
            for scope in actor.scopes
            if scope.role in holders.UNIT_KEEPERS and scope.agency_id
        ]
        own = [scope.object for scope in actor.scopes if scope.role in ENTERPRISE_ROLES and scope.object]
        rows = rows.filter(Q(agency__in=units, object=None) | Q(object__in=own))
    else:
        rows = rows.filter(object=None)
    return list(rows.order_by("id").values_list("subject", flat=True))


@require_POST
@only_for(KEEPERS)
def adopt(request: HttpRequest) -> HttpResponse:
    """Give everybody of mine without a duty what the rules give."""
    actor = actor_for(request)
    given = keeping.adopt_standards(holders.find_all(_keepable(actor)), actor)
    if given:
        messages.success(
            request, f"已按通用规定给 {given:,} 个岗位、单位登记职责，请逐个核对，不合适的改写。"
        )
    else:
        messages.info(request, "没有可以按通用规定登记的，请逐个登记。")
    return HttpResponseRedirect(MISSING)
