"""The forms by which somebody is named, and by which that ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from bihuan.capabilities.responsibility.naming.kinds import FREQUENCIES, Sort
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.inputs import Field, Kind
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Tenure
from bihuan.kernel.territory.models import Agency, Region, Sector, Standing
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web.forms import resolve

Choices = list[tuple[str, str]]
_OBJECT = Field("object", "企业", Kind.OBJECT, required=True)


def posts(sort: Sort) -> Choices:
    """The posts that may be named, with who holds each today."""
    held = dict(Tenure.objects.filter(in_force(clock.today())).values_list("post_id", "person__name"))
    rows = Post.objects.filter(role__in=sort.roles, object=None).select_related("agency")
    return [
        (
            str(post.pk),
            f"{post.agency.name if post.agency else ''} {post.title} {held.get(post.pk, '（空缺）')}".strip(),
        )
        for post in rows.order_by("agency__order", "agency_id", "-heads", "id")
    ]


def units(kinds: frozenset[str]) -> Choices:
    rows = Agency.objects.filter(in_force(clock.today()), kind__in=kinds).order_by("kind", "order", "id")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def regions(sort: Sort) -> Choices:
    rows = Region.objects.filter(in_force(clock.today()), level__in=sort.levels, standing=Standing.CONFIRMED)
    named = rows.select_related("parent").order_by("path")
    return [
        (str(one.pk), f"{one.parent.name} {one.name}" if one.parent and one.path.count(".") > 2 else one.name)
        for one in named
    ]


def sectors() -> Choices:
    rows = Sector.objects.filter(in_force(clock.today())).order_by("path")
    return [(str(one.pk), f"{'　' if one.parent_id else ''}{one.name}") for one in rows]


def choice(label: str, choices: Choices, *, required: bool = True, help: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", "请选择"), *choices], coerce=int, required=required, empty_value=None, help_text=help,
    )  # fmt: skip


class NamingForm(forms.Form):
    """What a kind of naming asks for, and nothing else."""

    def __init__(self, sort: Sort, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        asked: dict[str, forms.Field] = {}
        if sort.takes("object"):
            suggest = {
                "list": "object-suggestions",
                "autocomplete": "off",
                "data-suggest": "/objects/suggest/",
            }
            asked["object"] = forms.CharField(label="企业", widget=forms.TextInput(suggest))
        if sort.takes("sector"):
            asked["sector"] = choice("行业领域", sectors(), required="sector" in sort.about)
        if sort.takes("region"):
            needed = "region" in sort.about
            asked["region"] = choice(
                "片区" if sort.whom == "post" else "范围", regions(sort), required=needed
            )
        if sort.takes("agency"):
            asked["agency"] = choice("联系的部门", units(frozenset({"department"})))
        either = sort.whom == "either"
        if sort.whom in ("post", "either"):
            asked["post"] = choice(
                sort.called, posts(sort), required=not either, help="岗位后面是今天在岗的人"
            )
        if sort.whom in ("agency", "either"):
            label = "或者包联的部门" if either else sort.called
            asked["unit"] = choice(label, units(sort.agencies), required=not either)
        if sort.words:
            asked["words"] = forms.CharField(label=sort.words, max_length=200, required=sort.words_needed)
        if sort.kind == "pairing":
            asked["frequency"] = forms.ChoiceField(label="走访频次", choices=[("", "请选择"), *FREQUENCIES])
        asked["since"] = forms.DateField(label="起", initial=clock.today)
        asked["until"] = forms.DateField(label="止", required=False, help_text="不定期限的不填")
        asked["document"] = forms.CharField(
            label="依据文件", max_length=120, required=False, help_text="例如：区委办〔2026〕12 号"
        )
        asked["reason"] = forms.CharField(label="说明", max_length=400, required=False)
        self.fields.update(asked)

    def given(self) -> dict[str, Any]:
        """The answers, the enterprise resolved through the actor's own door."""
        values = dict(self.cleaned_data)
        if "object" in values:
            values["object"] = object_meant(values["object"], self.actor)
        return values


def object_meant(text: str, actor: Actor) -> UUID:
    """The object somebody typed.

    Raises:
        Refused: nothing fits, or several do.
    """
    found = resolve(_OBJECT, text, actor)
    if isinstance(found, UUID):
        return found
    raise Refused.because("input.object_unknown", "请填写企业名称或统一社会信用代码", "object")


class EndForm(forms.Form):
    until = forms.DateField(label="从哪天起不再负责", initial=clock.today)
    reason = forms.CharField(label="原因", max_length=400, help_text="例如“分工调整”“人员调离”“机构改革”")


class RegulatorForm(forms.Form):
    agency = forms.TypedChoiceField(label="部门", coerce=int)
    lead = forms.ChoiceField(label="职责", choices=[("lead", "牵头监管"), ("assist", "配合监管")])
    since = forms.DateField(label="起", initial=clock.today)
    document = forms.CharField(label="依据文件", max_length=120, required=False)
    reason = forms.CharField(label="说明", max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", "请选择"), *units(frozenset({"department"}))]
        self.fields["agency"].choices = named  # type: ignore[attr-defined]


class ApprovalForm(forms.Form):
    """Who approved and who signed."""

    what = forms.ChoiceField(
        label="事项类别",
        choices=[
            ("licence", "行政许可"),
            ("acceptance", "验收"),
            ("write_off", "销号"),
            ("other", "其他审批"),
        ],
    )
    title = forms.CharField(label="事项", max_length=120, help_text="例如：危险化学品经营许可证换证")
    number = forms.CharField(label="文号、证号", max_length=60, required=False)
    approver = forms.CharField(label="审批人", max_length=60)
    approver_post = forms.CharField(label="审批人职务", max_length=120)
    signer = forms.CharField(label="签字人", max_length=60)
    signer_post = forms.CharField(label="签字人职务", max_length=120)
    on = forms.DateField(label="日期")
