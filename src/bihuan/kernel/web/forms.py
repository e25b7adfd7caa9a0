"""Forms made from a step's input: the declaration is the only place that says what is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.datastructures import MultiValueDict

from bihuan.kernel import campaigns, clock
from bihuan.kernel.documents.numerals import exact_wan_yuan, exact_yuan
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.loops.inputs import TICKED, WAN_YUAN, Field, Kind, fields_of
from bihuan.kernel.objects.access import access_object, visible_objects
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.web.matters.narrowing import unit_choices

CriterionChoices = Sequence[tuple[str, Any]]


class MultipleFiles(forms.ClearableFileInput):
    """Several files under one name."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A field whose value is the list of files received; their content is judged by the attachments room."""

    widget = MultipleFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data or []


class DeedForm(forms.Form):
    """The form of one opening, step or act. It only carries values; the declaration's own reading judges them."""

    described: tuple[Field, ...]

    def raw(self) -> dict[str, Any]:
        """What was typed, by field name, files left out."""
        return {
            item.name: self._several(item.name) if item.kind in TICKED else self.data.get(item.name)
            for item in self.described
            if item.kind not in (Kind.PHOTOS, Kind.FILES)
        }

    def _several(self, name: str) -> list[Any]:
        """All that was ticked; a query string or form carries one name many times."""
        if isinstance(self.data, MultiValueDict):
            return list(self.data.getlist(name))
        given = self.data.get(name)
        return list(given) if isinstance(given, list | tuple) else [] if given in (None, "") else [given]

    def show(self, failures: Sequence[Failure]) -> None:
        """Put each failure beside its field; those of no field stand in the summary."""
        self.errors.clear()
        for failure in failures:
            if failure.field in self.fields:
                self.add_error(failure.field, failure.message)

    def full_clean(self) -> None:
        """Judging is the declaration's; Django's own messages would be a second voice."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}


def form_for(
    input_type: type,
    *,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    criteria: CriterionChoices = (),
    kept: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    offers: Mapping[str, CriterionChoices] | None = None,
    asks: Mapping[str, bool] | None = None,
) -> DeedForm:
    """The form for ``input_type``. ``kept`` are files already received in an earlier try, offered again by name.

    ``offers`` lets single fields be picked from what a matter offers instead of being typed; gates judge what comes. For
    a text of rows it names the lines that are waited for: the first part of each, and what it is about in words. ``asks``
    names fields that are required here (True) or not asked for at all (False).
    """
    described = fields_of(input_type)
    form = DeedForm(data=data, initial=_initial(described, initial or {}))
    form.described = described
    asked = [item for item in described if asks is None or asks.get(item.name) is not False]
    for item in asked:
        made = _asked(item, (offers or {}).get(item.name), criteria)
        made.label, made.required, made.help_text = (
            item.label,
            item.must or bool(asks and asks.get(item.name)),
            item.help,
        )
        made.basis, made.unit, made.sealed = item.basis, item.unit, item.kind is Kind.SEALED  # type: ignore[attr-defined]
        form.fields[item.name] = made
        received = (kept or {}).get(item.name, ())
        if received:
            held = forms.MultipleChoiceField(
                choices=received, widget=forms.CheckboxSelectMultiple, required=False, label="已收到的文件"
            )
            held.initial = [value for value, _ in received]
            form.fields[f"{item.name}_kept"] = held
    return form


def _initial(described: Sequence[Field], given: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for item in described:
        value = given.get(item.name, item.default)
        if item.kind is Kind.DATE and value is None and item.name in _TODAY:
            value = clock.today()
        if item.kind is Kind.MONEY and isinstance(value, int):
            value = exact_wan_yuan(value) if item.unit == WAN_YUAN else exact_yuan(value).removesuffix(".00")
        values[item.name] = value
    return values


_TODAY = frozenset({"found_on", "rectified_on", "accepted_on", "checked_on", "reported_on"})


def _asked(item: Field, offered: CriterionChoices | None, criteria: CriterionChoices) -> forms.Field:
    if offered is None:
        return _field(item, criteria)
    return _lines(_field(item, criteria), offered) if item.rows else _offered(offered)


def _lines(made: forms.Field, offered: CriterionChoices) -> forms.Field:
    """A text of rows whose lines are known beforehand: each is shown with its words, and only the rest is asked."""
    made.widget.attrs["data-lines"] = json.dumps([list(line) for line in offered], ensure_ascii=False)
    made.lines = [words for _, words in offered]  # type: ignore[attr-defined]
    return made


def _field(item: Field, criteria: CriterionChoices) -> forms.Field:
    match item.kind:
        case Kind.LONG_TEXT:
            attributes: dict[str, Any] = {"maxlength": item.max_length}
            if item.rows:
                attributes |= row_attributes(item.rows, item.mark)
            return forms.CharField(widget=forms.Textarea(attributes))
        case Kind.DATE:
            return forms.DateField(widget=forms.DateInput())
        case Kind.MOMENT:
            return forms.DateTimeField(widget=forms.DateTimeInput())
        case Kind.REGION:
            return forms.ChoiceField(choices=lambda: [("", "请选择"), *_towns()])
        case Kind.SECTOR:
            return forms.ChoiceField(choices=lambda: [("", "请选择"), *_sectors()])
        case Kind.YES_NO:
            return forms.BooleanField()
        case Kind.CHOICE:
            return forms.ChoiceField(choices=[("", "请选择"), *item.choices])
        case Kind.AGENCY:
            return forms.ChoiceField(choices=_agencies)
        case Kind.AGENCIES:
            return forms.MultipleChoiceField(choices=unit_choices, widget=forms.CheckboxSelectMultiple)
        case Kind.SECTORS:
            return forms.MultipleChoiceField(choices=_sectors, widget=forms.CheckboxSelectMultiple)
        case Kind.TOWNS:
            return forms.MultipleChoiceField(choices=_towns, widget=forms.CheckboxSelectMultiple)
        case Kind.CAMPAIGN:
            named = forms.ChoiceField(choices=_campaigns)
            named.kind = "select"  # type: ignore[attr-defined]
            return named
        case Kind.POST:
            return forms.ChoiceField(choices=_leaders)
        case Kind.CRITERION:
            return forms.ChoiceField(choices=[("", "不适用"), *criteria])
        case Kind.PHOTOS | Kind.FILES:
            made = ManyFilesField()
            made.kind = "photo" if item.kind is Kind.PHOTOS else "file"  # type: ignore[attr-defined]
            return made
        case Kind.MONEY | Kind.INTEGER:
            amount = forms.CharField()
            amount.kind = "money" if item.kind is Kind.MONEY else "number"  # type: ignore[attr-defined]
            return amount
        case Kind.OBJECT:
            return forms.CharField(
                widget=forms.TextInput(
                    {"list": "object-suggestions", "autocomplete": "off", "data-suggest": "/objects/suggest/"}
                )
            )
        case _:
            return forms.CharField(max_length=item.max_length)


def row_attributes(rows: Sequence[str], mark: str) -> dict[str, str]:
    """What makes a text area one of rows to fill in: its parts as ``entry(rows=…)`` names them, and what stands between."""
    return {"data-rows": json.dumps([_part(told) for told in rows], ensure_ascii=False), "data-mark": mark}


def _part(told: str) -> dict[str, Any]:
    """One part of a line as the page's rows show it: 死亡人数:number, 风险等级:重大/较大/一般/低."""
    label, _, kind = told.partition(":")
    if "/" in kind:
        return {"label": label, "choices": kind.split("/")}
    return {"label": label, "wide": True} if kind == "wide" else {"label": label, "kind": kind or "text"}


def _offered(choices: CriterionChoices) -> forms.Field:
    made = forms.ChoiceField(choices=[("", "请选择"), *choices])
    made.kind = "select"  # type: ignore[attr-defined]
    return made


def _agencies() -> list[tuple[str, str]]:
    return [("", "请选择"), *unit_choices()]


def _sectors() -> list[tuple[str, str]]:
    listed = Sector.objects.filter(parent=None, until=None).order_by("order", "id")
    return [(str(sector.pk), sector.name) for sector in listed]


def _towns() -> list[tuple[str, str]]:
    return [(str(town.pk), town.name) for town in towns()]


def _campaigns() -> list[tuple[str, str]]:
    return [("", "不属于专项行动"), *((name, name) for name in campaigns.offered())]


def _leaders() -> list[tuple[str, str]]:
    listed = Post.objects.filter(role=Role.LEADER).select_related("agency").order_by("-heads", "id")
    return [("", "请选择"), *((str(post.pk), post.title) for post in listed)]


def resolve(item: Field, typed: Any, actor: Actor) -> Any:
    """Turn what a person typed for an object into its uid, through the actor's own door.

    Raises:
        Refused: nothing fits (``input.object_unknown``) or several do (``input.object_ambiguous``).
    """
    text = str(typed or "").replace("\x00", "").strip()
    if item.kind is not Kind.OBJECT or not text:
        return typed
    try:
        return UUID(text)
    except ValueError:
        pass
    text = text.split("｜")[-1].strip() if "｜" in text else text
    try:
        return access_object(actor, text).uid
    except Absent:
        pass
    fitting = list(visible_objects(actor).filter(Q(name_key=name_key(text)))[:2])
    if len(fitting) == 1:
        return fitting[0].uid
    if fitting:
        raise Refused.because(
            "input.object_ambiguous",
            f"「{item.label}」有多个单位叫“{text}”，请从列表中选择或填写统一社会信用代码",
            item.name,
        )
    raise Refused.because(
        "input.object_unknown", f"「{item.label}」没有查到“{text}”，或不在您的辖区，请从列表中选择", item.name
    )


def as_days(value: Any) -> date | None:
    """A date field's text, for filters."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
