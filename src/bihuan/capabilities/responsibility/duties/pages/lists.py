"""``/responsibility/lists/``: power and duty lists of every unit, by version; drafts are the unit's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility.duties import lists, printing
from bihuan.capabilities.responsibility.duties.holders import UNIT_KEEPERS
from bihuan.capabilities.responsibility.duties.models import PublishedList
from bihuan.capabilities.responsibility.duties.models.lists import ListKind
from bihuan.capabilities.responsibility.duties.pages.duties import READERS
from bihuan.capabilities.responsibility.duties.pages.layout import Section, asked, page, paper
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force as standing
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.session import actor_for

BASE = "/responsibility/lists/"
HOME = parts.Link("权力和责任清单", BASE)
_UNITS = (AgencyKind.COMMITTEE_OFFICE, AgencyKind.DEPARTMENT, AgencyKind.TOWN_GOVERNMENT)


def visible_lists(actor: Actor) -> QuerySet[PublishedList]:
    """What is published, for everybody; a draft for those who keep it."""
    rows = PublishedList.objects.select_related("agency")
    if actor.all_seeing or actor.holds(Role.OFFICE):
        return rows
    own = [scope.agency_id for scope in actor.scopes if scope.role in UNIT_KEEPERS and scope.agency_id]
    return rows.filter(Q(published_at__isnull=False) | Q(agency__in=own))


def access_list(actor: Actor, pk: int) -> PublishedList:
    """One version.

    Raises:
        Absent: there is none, or it is somebody else's draft.
    """
    found = visible_lists(actor).filter(pk=pk).first()
    if found is None:
        raise Absent("没有这份清单")
    return found


@require_GET
@only_for(READERS)
def list_page(request: HttpRequest) -> HttpResponse:
    """Every unit with the versions in force."""
    actor = actor_for(request)
    given = asked(request, "q")
    today = clock.today()
    rows_of = Agency.objects.filter(standing(today), kind__in=_UNITS).order_by("kind", "order", "id")
    units = list(rows_of.filter(name__contains=given["q"]) if given["q"] else rows_of)
    known: dict[tuple[int, str], list[PublishedList]] = {}
    rows = visible_lists(actor).filter(agency__in=units).annotate(size=Count("items")).order_by("-version")
    for one in rows:
        known.setdefault((one.agency_id, one.kind), []).append(one)
    columns = (
        parts.Column("单位", "title"), parts.Column("权力清单"), parts.Column("责任清单"), parts.Column("草案"),
    )  # fmt: skip
    table = [_unit_row(unit, known) for unit in units]
    missing = sum(_lacks(unit, row) for unit, row in zip(units, table, strict=True))
    begin = []
    if actor.holds(*UNIT_KEEPERS):
        begin.append(parts.Action("起草清单", f"{BASE}new/", primary=True, icon="plus"))
    return page(
        request, actor, BASE, "权力和责任清单",
        [Section("各单位施行的清单", f"{len(table)} 个单位，{missing} 个还缺清单（部门两份，镇街、安委办只须责任清单）",
                 ledger=parts.Ledger(columns, table, "各单位施行的清单"), empty=parts.Empty("没有这样的单位。"))],
        begin=begin, filters=[parts.Filter("q", "单位名称", "text", given["q"])],
        lead="检查、处罚、问责须引用当日施行的清单事项（照单监管、照单追责）；公布后的清单不能改，只能出新的一版。",
    )  # fmt: skip


def _lacks(unit: Agency, row: parts.Row) -> bool:
    """A department needs both lists; towns and the committee office have no powers of enforcement to list."""
    return not row.cells[2] or (unit.kind == AgencyKind.DEPARTMENT and not row.cells[1])


def _unit_row(unit: Agency, known: Mapping[tuple[int, str], Sequence[Any]]) -> parts.Row:
    cells: list[Any] = [unit.name]
    drafts = []
    for kind in ListKind:
        versions = known.get((unit.pk, kind.value), ())
        now = [one for one in versions if one.published_at and one.effective_from <= clock.today()]
        cells.append(
            parts.Link(f"第{now[0].version}版，{now[0].size}项", f"{BASE}{now[0].pk}/") if now else None
        )
        drafts += [one for one in versions if not now or one.version > now[0].version]
    named = [
        parts.Link(
            f"{one.get_kind_display()}第{one.version}版"
            + (f"（{one.effective_from} 起）" if one.published_at else "（草案）"),
            f"{BASE}{one.pk}/",
        )
        for one in drafts
    ]
    return parts.Row((*cells, named or None))


@require_GET
@only_for(READERS)
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One version with its items."""
    actor = actor_for(request)
    one = access_list(actor, pk)
    may = lists.may_keep(actor, one.agency)
    items = list(one.items.order_by("order"))
    columns = (
        parts.Column("编号"), parts.Column("事项", "title"), parts.Column("内容"), parts.Column("依据", phone=False),
    )  # fmt: skip
    rows = [parts.Row((item.number, item.title, item.text or None, item.basis or None)) for item in items]
    earlier = lists.before(one)
    sections = [
        Section("清单", facts=_facts(one)),
        Section("事项", f"{len(items)} 项", ledger=parts.Ledger(columns, rows, "事项"), empty=parts.Empty("还没有事项。")),
    ]  # fmt: skip
    if earlier is not None:
        sections.insert(1, _changes(one, earlier))
    sections.append(_versions(actor, one))
    actions = [
        parts.Action("下载 Word，用于公布", f"{BASE}{pk}/paper.docx", icon="download"),
        parts.Action("下载表格", f"{BASE}{pk}/export.xlsx", icon="file-spreadsheet"),
    ]
    if one.published_at is None:
        theirs = [] if may else ["清单由本单位或安委办起草和公布"]
        actions += [
            parts.Action("公布", f"{BASE}{pk}/publish/", may, theirs, primary=True, icon="speakerphone"),
            parts.Action(
                "修改草案", f"{BASE}new/?unit={one.agency_id}&kind={one.kind}", may, theirs, icon="file-text"
            ),
        ]
    elif may:
        actions.append(
            parts.Action("起草新的一版", f"{BASE}new/?unit={one.agency_id}&kind={one.kind}", icon="plus")
        )
    return page(request, actor, BASE, str(one), sections, actions=actions, crumbs=[HOME])


def _facts(one: PublishedList) -> list[parts.Fact]:
    published = f"{one.published_by_post} {one.published_by}".strip()
    return [
        parts.Fact("单位", one.agency.name),
        parts.Fact("状态", _state(one)),
        parts.Fact("施行日期", one.effective_from),
        parts.Fact("公布", f"{published}" if one.published_at else None),
        parts.Fact("修订说明", one.note or None, wide=True),
    ]


def _state(one: PublishedList) -> parts.State:
    if one.published_at is None:
        return parts.State("草案", "waiting")
    now = lists.in_force(one.agency, ListKind(one.kind), clock.today())
    if now is not None and now.pk == one.pk:
        return parts.State("施行中", "done")
    ahead = one.effective_from is not None and one.effective_from > clock.today()
    return parts.State("已公布，未到施行日" if ahead else "已被新的一版代替", "off")


def _changes(one: PublishedList, earlier: PublishedList) -> Section:
    told = lists.differences(one, earlier)
    facts = [parts.Fact(label, "；".join(items) or "无", wide=True) for label, items in told.items()]
    return Section(f"与第{earlier.version}版相比", facts=facts)


def _versions(actor: Actor, one: PublishedList) -> Section:
    rows = visible_lists(actor).filter(agency=one.agency, kind=one.kind).order_by("-version")
    columns = (parts.Column("版次", "title"), parts.Column("施行日期", "day"), parts.Column("修订说明"))
    made = [
        parts.Row(
            (
                f"第{each.version}版" + ("" if each.published_at else "（草案）"),
                each.effective_from,
                each.note or None,
            ),
            href=f"{BASE}{each.pk}/",
        )
        for each in rows
    ]
    return Section("各个版次", ledger=parts.Ledger(columns, made, "各个版次"))


@require_GET
@only_for(READERS)
def print_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The version as a paper for publication."""
    one = access_list(actor_for(request), pk)
    return paper(printing.list_paper(one, list(one.items.order_by("order"))), str(one))


@require_GET
@only_for(READERS)
def export(request: HttpRequest, pk: int) -> FileResponse:
    """The version as a workbook."""
    actor = actor_for(request)
    one = access_list(actor, pk)
    columns: list[tuple[str, Any]] = [
        ("编号", lambda item: item.number),
        ("事项名称", lambda item: item.title),
        ("内容", lambda item: item.text),
        ("依据说明", lambda item: item.basis),
    ]
    return workbook_response(str(one), f"{one}.xlsx", columns, one.items.order_by("order"), actor)


class DraftForm(forms.Form):
    agency = forms.TypedChoiceField(label="单位", coerce=int)
    kind = forms.ChoiceField(label="清单", choices=ListKind.choices)
    items = forms.CharField(
        label="事项",
        max_length=200_000,
        widget=forms.Textarea({"rows": "16"}),
        help_text="每行一项：编号｜事项｜内容｜依据。可以从表格里直接粘贴",
    )
    note = forms.CharField(label="修订说明", max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Agency.objects.filter(standing(clock.today()), kind__in=_UNITS).order_by(
            "kind", "order", "id"
        )
        mine = [(unit.pk, unit.name) for unit in units if lists.may_keep(actor, unit)]
        self.fields["agency"].choices = mine  # type: ignore[attr-defined]


@only_for(UNIT_KEEPERS)
def new(request: HttpRequest) -> HttpResponse:
    """Draft a unit's next version; it begins with the draft there is, or with the version in force."""
    actor = actor_for(request)
    form = DraftForm(request.POST or None, actor=actor, initial=_beginning(actor, request))

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        unit = Agency.objects.get(pk=given["agency"])
        lines = lists.read_lines(given["items"])
        made = lists.draft(unit, ListKind(given["kind"]), lines, given["note"], actor_for(request))
        messages.success(request, f"{made}草案已保存，共 {len(lines)} 项；公布前还可以改。")
        return HttpResponseRedirect(f"{BASE}{made.pk}/")

    says = "先保存草案，核对后再公布；已公布的各版不受影响。"
    return ask(request, Question("起草清单", back=BASE, says=says, crumbs=[HOME]), form, deed)


def _beginning(actor: Actor, request: HttpRequest) -> dict[str, Any]:
    unit, kind = request.GET.get("unit", ""), request.GET.get("kind", "")
    if not unit.isdecimal() or len(unit) > 18 or kind not in ListKind.values:
        return {}
    newest = visible_lists(actor).filter(agency=int(unit), kind=kind).order_by("-version").first()
    items = newest.items.order_by("order") if newest else ()
    text = "\n".join("｜".join((i.number, i.title, i.text, i.basis)).rstrip("｜") for i in items)
    return {"agency": int(unit), "kind": kind, "items": text}


class PublishForm(forms.Form):
    effective_from = forms.DateField(label="施行日期", widget=forms.DateInput(), help_text="今天或以后")


@only_for(UNIT_KEEPERS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft."""
    one = access_list(actor_for(request), pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made = lists.publish(one, given["effective_from"], actor_for(request))
        messages.success(request, f"{made}已公布，自 {made.effective_from} 起施行。")
        return HttpResponseRedirect(f"{BASE}{pk}/")

    facts = [parts.Fact("清单", str(one)), parts.Fact("事项", f"{one.items.count()} 项")]
    says = "公布后这一版不能再改；从施行日期起，检查、处罚、问责引用这一版的事项。"
    question = Question("公布清单", back=f"{BASE}{pk}/", says=says, facts=facts, crumbs=[HOME], again=True)
    return ask(
        request, question, PublishForm(request.POST or None, initial={"effective_from": clock.today()}), deed
    )
