"""``/enterprises/objects/``: projects, buildings, places and facilities, each kind with its own register, form and workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.objects.access import access_object, visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Standing
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.paging import address, pager
from bihuan.kernel.web.session import actor_for
from bihuan.registers import trail
from bihuan.registers.keepers import KEEPERS
from bihuan.registers.objects.keeping import amend_object, register_object, stated
from bihuan.registers.objects.stating import COMMON, Stated, shown
from bihuan.registers.objects.traits import KINDS, KindOf, Trait, by_plural, kind_of
from bihuan.registers.pages.choices import regions, sectors
from bihuan.registers.pages.history import history
from bihuan.registers.pages.listing import BASE, BY_NAME, OBJECTS, keeps, named, standing_state, town_choices

_FILTERS = ("q", "region", "sort", "late")


def _kind(plural: str) -> KindOf:
    kind = by_plural(plural)
    if kind is None:
        raise Absent("没有这一类监管对象")
    return kind


@require_GET
@only_for(BUSINESS)
def index(request: HttpRequest) -> HttpResponse:
    """The registers with how many each holds for me."""
    actor = actor_for(request)
    here = visible_objects(actor).filter(kind__in=[kind.kind for kind in KINDS]).order_by().values("kind")
    waiting = Count("pk", filter=Q(standing=Standing.PENDING))
    counts = {row["kind"]: row for row in here.annotate(total=Count("pk"), waiting=waiting)}
    may = actor.holds(*KEEPERS)
    rows = []
    for kind in KINDS:
        found = counts.get(kind.kind, {"total": 0, "waiting": 0})
        acts = (
            parts.Action("登记", f"{OBJECTS}{kind.plural}/new/"),
            parts.Action("导入", f"/imports/?kind={kind.plural}"),
        )
        cells = (kind.label, found["total"], found["waiting"], parts.Deeds(acts) if may else "")
        rows.append(parts.Row(cells, href=f"{OBJECTS}{kind.plural}/", sub=kind.says))
    columns = (
        parts.Column("类别", "title"), parts.Column("已有", "number"), parts.Column("待核实", "number"), parts.Column("", "action"),
    )  # fmt: skip
    context = {
        "crumbs": [parts.Link("企业", BASE), parts.Link("工程、建筑、场所和设施", "")],
        "heading": "工程、建筑、场所和设施",
        "lead": "不是企业的监管对象，各有各的登记项；查到的隐患记在它们名下，责任企业另外注明。",
        "begin": (),
        "tabs": (),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "监管对象的类别"),
        "empty": parts.Empty("没有。"),
    }
    return render(request, "list.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:80] for name in _FILTERS}


def _main(kind: KindOf) -> Trait:
    """The trait that tells the objects of a kind apart: the first with choices."""
    return next(one for one in kind.traits if one.choices)


def _due(kind: KindOf) -> Trait | None:
    return next((one for one in kind.traits if one.due), None)


def _selected(actor: Actor, kind: KindOf, asked: Mapping[str, str]) -> QuerySet[SupervisedObject]:
    rows = visible_objects(actor).filter(kind=kind.kind)
    if asked["q"]:
        rows = named(rows, asked["q"])
    if asked["region"]:
        rows = rows.filter(region_path__startswith=asked["region"])
    if asked["sort"] in dict(_main(kind).choices):
        rows = rows.filter(**{f"{kind.kind}__{_main(kind).name}": asked["sort"]})
    due = _due(kind)
    if asked["late"] and due is not None:
        rows = rows.filter(**{f"{kind.kind}__{due.name}__lt": clock.today()})
    return rows


@require_GET
@only_for(BUSINESS)
def list_page(request: HttpRequest, plural: str) -> HttpResponse:
    """One register."""
    kind, actor, asked = _kind(plural), actor_for(request), _asked(request)
    cursor, base = request.GET.get("cursor", ""), f"{OBJECTS}{plural}/"
    rows = _selected(actor, kind, asked)
    page = BY_NAME.page(rows.select_related("region", "responsible", kind.kind), cursor)
    total = rows.count()
    context = {
        "crumbs": [
            parts.Link("企业", BASE),
            parts.Link("工程、建筑、场所和设施", OBJECTS),
            parts.Link(kind.label, ""),
        ],
        "heading": kind.label,
        "lead": kind.says,
        "begin": _begin(actor, kind),
        "tabs": (),
        "filters": _filters(kind, asked),
        "chips": _chips(kind, asked, base),
        "clear_href": base,
        "ledger": parts.Ledger(_columns(kind), [_row(kind, one) for one in page.rows], kind.label),
        "empty": parts.Empty(
            f"没有符合条件的{kind.label}。", "可以逐个登记，也可以用工作簿批量导入。", icon="building"
        ),
        "count_words": f"共 {total:,} {kind.unit}",
        "pager": pager(base, {**asked, "cursor": cursor}, page, total),
        "export_href": address(f"{base}export.xlsx", asked),
    }
    return render(request, "list.html", context)


def _begin(actor: Actor, kind: KindOf) -> Sequence[parts.Action]:
    if not actor.holds(*KEEPERS):
        return ()
    return (
        parts.Action("导入工作簿", f"/imports/?kind={kind.plural}", icon="file-import"),
        parts.Action(f"登记{kind.label}", f"{OBJECTS}{kind.plural}/new/", primary=True, icon="plus"),
    )


def _filters(kind: KindOf, asked: Mapping[str, str]) -> Sequence[parts.Filter]:
    main, due = _main(kind), _due(kind)
    filters = [
        parts.Filter("q", "名称、曾用名或拼音", "text", asked["q"]),
        parts.Filter("sort", main.label, value=asked["sort"], choices=main.choices),
        parts.Filter("region", "镇街", value=asked["region"], choices=town_choices()),
    ]
    if due is not None:
        filters.append(parts.Filter("late", f"{due.label}已过", "flag", asked["late"]))
    return filters


def _chips(kind: KindOf, asked: Mapping[str, str], base: str) -> list[parts.Chip]:
    main, due = _main(kind), _due(kind)
    words = {"region": dict(town_choices()), "sort": dict(main.choices), "late": {asked["late"]: "是"}}
    labels = {"q": "查找", "region": "镇街", "sort": main.label, "late": f"{due.label}已过" if due else ""}
    return [
        parts.Chip(
            labels[name],
            words.get(name, {}).get(value, value),
            address(base, {key: other for key, other in asked.items() if key != name}),
        )
        for name, value in asked.items()
        if value
    ]


def _columns(kind: KindOf) -> Sequence[parts.Column]:
    listed = [
        parts.Column(one.label, "day" if one.form == "date" else "text", phone=one.required or one.due)
        for one in kind.traits
        if one.listed
    ]
    return (
        parts.Column("名称", "title"), parts.Column("属地"), *listed, parts.Column("核实", "state"),
    )  # fmt: skip


def _row(kind: KindOf, one: SupervisedObject) -> parts.Row:
    details = getattr(one, kind.kind, None)
    cells = [_cell(trait, details) for trait in kind.traits if trait.listed]
    due = _due(kind)
    day = getattr(details, due.name, None) if due is not None and due.listed else None
    return parts.Row(
        (one.name, one.region.name, *cells, standing_state(one)),
        href=f"{BASE}{one.uid}/",
        late=day is not None and day < clock.today(),
        sub=one.responsible.name if one.responsible else one.address,
    )


def _cell(trait: Trait, details: Any) -> Any:
    value = getattr(details, trait.name, None)
    if value in (None, ""):
        return None
    return value if trait.form == "date" else shown(trait, value)


@require_GET
@only_for(BUSINESS)
def export(request: HttpRequest, plural: str) -> FileResponse:
    """What the filters show, whole, under the headings that the import knows."""
    kind, actor, asked = _kind(plural), actor_for(request), _asked(request)
    rows = _selected(actor, kind, asked).select_related("region", "sector", "responsible", kind.kind)
    columns: list[tuple[str, Any]] = [
        (f"{kind.label}名称", lambda one: one.name),
        ("属地镇街", lambda one: one.region.name),
        ("行业领域", lambda one: one.sector.name if one.sector else ""),
        ("地址", lambda one: one.address),
        (
            "责任企业",
            lambda one: (one.responsible.credit_code or one.responsible.name) if one.responsible else "",
        ),
        *((trait.label, _reader(kind, trait)) for trait in kind.traits),
        ("核实情况", lambda one: Standing(one.standing).label),
    ]
    stamp = clock.now().astimezone(clock.SHANGHAI).strftime("%Y%m%d-%H%M")
    return workbook_response(
        title=kind.label,
        filename=f"{kind.label}台账-{stamp}.xlsx",
        columns=columns,
        rows=rows.order_by("name_pinyin", "uid"),
        actor=actor,
        filters=_chips(kind, asked, OBJECTS),
    )


def _reader(kind: KindOf, trait: Trait) -> Any:
    def read(one: SupervisedObject) -> Any:
        value = getattr(getattr(one, kind.kind, None), trait.name, None)
        return value if trait.form in ("date", "count") else shown(trait, value)

    return read


class ObjectForm(forms.Form):
    """The fields of one kind, made from its traits; what they hold is judged by the register itself."""

    def __init__(self, kind: KindOf, *args: Any, amending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=f"{kind.label}名称", max_length=120)
        self.fields["region"] = forms.ChoiceField(label=COMMON["region"], choices=regions())
        self.fields["sector"] = forms.ChoiceField(
            label=COMMON["sector"], choices=sectors(), initial=kind.sector
        )
        self.fields["address"] = forms.CharField(label=COMMON["address"], max_length=200, required=False)
        self.fields["responsible"] = forms.CharField(
            label=COMMON["responsible"], required=False, max_length=160,
            help_text="已登记企业的名称或统一社会信用代码；没有的留空",
            widget=forms.TextInput(
                {"list": "object-suggestions", "autocomplete": "off", "data-suggest": "/objects/suggest/"}
            ),
        )  # fmt: skip
        for trait in kind.traits:
            self.fields[trait.name] = _field(trait)
        if amending:
            self.fields["reason"] = forms.CharField(
                label="更正的原因或依据", max_length=200, help_text="例如“现场核对”"
            )
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)


def _field(trait: Trait) -> forms.Field:
    if trait.choices:
        choices = [("", "请选择"), *((label, label) for label in trait.labels)]
        return forms.ChoiceField(label=trait.label, required=trait.required, choices=choices)
    if trait.form == "date":
        return forms.DateField(
            label=trait.label, required=trait.required, help_text=trait.help, widget=forms.DateInput
        )
    made = forms.CharField(
        label=trait.label, required=trait.required, help_text=trait.help, max_length=max(trait.limit, 20)
    )
    made.unit = trait.unit  # type: ignore[attr-defined]
    return made


def _said(given: Mapping[str, Any]) -> Stated:
    cells = {name: "" if value is None else str(value) for name, value in given.items()}
    return Stated.of({name: text for name, text in cells.items() if name not in ("reason", "version")})


@only_for(KEEPERS)
def register(request: HttpRequest, plural: str) -> HttpResponse:
    """Enter one object."""
    kind = _kind(plural)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made, new = register_object(kind, _said(given), actor_for(request))
        messages.success(request, f"“{made.name}”已登记。" if new else f"“{made.name}”已在名录中，内容相同。")
        return HttpResponseRedirect(f"{BASE}{made.uid}/")

    question = Question(
        f"登记{kind.label}", back=f"{OBJECTS}{plural}/", says=kind.says, crumbs=[parts.Link(kind.label, f"{OBJECTS}{plural}/")]
    )  # fmt: skip
    return ask(request, question, ObjectForm(kind, request.POST or None), deed)


def amend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct one object; called for what is no enterprise, by the page that amends."""
    actor = actor_for(request)
    one = access_object(actor, uid)
    kind = kind_of(one.kind)
    if kind is None:
        raise Absent("没有查到这个监管对象")
    if not keeps(actor, one):
        raise Refused.because("object.not_yours", f"“{one.name}”的登记信息不在您的职责范围内")
    said = stated(one)
    initial = {**{name: said.text(name) for name in COMMON}, **said.traits, "version": trail.version_of(one)}
    form = ObjectForm(kind, request.POST or None, amending=True, initial=initial)
    for name, here in (("region", said.region), ("sector", said.sector)):
        choices = form.fields[name].choices  # type: ignore[attr-defined]
        if here and here not in dict(choices):
            form.fields[name].choices = [*choices, (here, here)]  # type: ignore[attr-defined]

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        amend_object(uid, _said(given), actor_for(request), given["reason"], given["version"])
        messages.success(request, f"“{given['name']}”的登记信息已更正。")
        return HttpResponseRedirect(f"{BASE}{uid}/")

    question = Question(
        "更正登记信息", back=f"{BASE}{uid}/", says="改了什么、谁改的、为什么改，都会留下；原名称仍可查到。",
        crumbs=[parts.Link(kind.label, f"{OBJECTS}{kind.plural}/"), parts.Link(one.name, f"{BASE}{uid}/")],
    )  # fmt: skip
    try:
        return ask(request, question, form, deed)
    except Stale:
        return stale(request, one, form)


def stale(request: HttpRequest, one: SupervisedObject, form: forms.Form) -> HttpResponse:
    """Somebody changed it meanwhile: what they did, and what I had typed."""
    typed = [
        parts.Fact(str(form.fields[name].label), value)
        for name, value in form.cleaned_data.items()
        if name != "version" and value not in ("", None)
    ]
    context = {
        "matter": parts.Link(one.name, f"{BASE}{one.uid}/"),
        "label": "更正登记信息",
        "since": history(one, form.cleaned_data.get("version") or 0),
        "typed": typed,
        "again_href": f"{BASE}{one.uid}/amend/",
    }
    return render(request, "stale.html", context, status=409)
