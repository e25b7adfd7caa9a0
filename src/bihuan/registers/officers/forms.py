"""What the register of officers, experts and engagements asks for."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Person, Role, Tenure
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force
from bihuan.registers.officers.certificates import KEEPERS
from bihuan.registers.officers.models import Advisor, AdvisorKind, CertificateKind

FIND = {"list": "object-suggestions", "autocomplete": "off", "data-suggest": "/objects/suggest/"}


def _own_agencies(actor: Actor) -> list[tuple[str, str]]:
    rows = Agency.objects.filter(in_force(clock.today())).order_by("kind", "order", "id")
    if not actor.holds(Role.OFFICE):
        rows = rows.filter(pk__in=[scope.agency_id for scope in actor.scopes if scope.role in KEEPERS])
    return [("", "请选择"), *((str(row.pk), row.name) for row in rows)]


def _people(actor: Actor) -> list[tuple[str, str]]:
    """Officials with a post; each with the unit, for namesakes."""
    rows = Tenure.objects.filter(in_force(clock.today())).exclude(
        post__role__in=ADMIN_ROLES | ENTERPRISE_ROLES
    )
    if not actor.holds(Role.OFFICE):
        rows = rows.filter(post__agency__in=[scope.agency_id for scope in actor.scopes])
    seen = {
        row.person_id: f"{row.person.name}（{row.post.agency.name if row.post.agency else row.post.title}）"
        for row in rows.select_related("person", "post__agency").order_by(
            "post__agency__order", "person__name"
        )
    }
    return [("", "请选择"), *((str(pk), label) for pk, label in seen.items())]


class CertificateForm(forms.Form):
    person = forms.ChoiceField(label="人员")
    agency = forms.ChoiceField(label="执法单位")
    kind = forms.ChoiceField(label="证件种类", choices=CertificateKind.choices)
    no = forms.CharField(label="证号", max_length=40)
    scope = forms.CharField(label="执法类别、区域", max_length=200, required=False)
    issuer = forms.CharField(label="发证机关", max_length=80, required=False)
    since = forms.DateField(label="有效期起", widget=forms.DateInput())
    until = forms.DateField(label="有效期至", widget=forms.DateInput(), help_text="含当日")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = _people(actor)  # type: ignore[attr-defined]
        self.fields["agency"].choices = _own_agencies(actor)  # type: ignore[attr-defined]


class RevokeForm(forms.Form):
    on = forms.DateField(label="停用日期", widget=forms.DateInput(), help_text="从这一天起不再有效")
    reason = forms.CharField(label="原因", max_length=200, help_text="例如“调离执法岗位”“证件被收回”")


class LiftForm(forms.Form):
    on = forms.DateField(label="解除日期", widget=forms.DateInput())
    reason = forms.CharField(label="理由", max_length=200)


class RecusalForm(forms.Form):
    person = forms.ChoiceField(label="人员")
    object = forms.CharField(label="企业", widget=forms.TextInput(FIND), help_text="名称或统一社会信用代码")
    reason = forms.CharField(label="回避事由", max_length=200, help_text="例如“近亲属任该单位负责人”")
    since = forms.DateField(label="起", widget=forms.DateInput())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = _people(actor)  # type: ignore[attr-defined]


class AdvisorForm(forms.Form):
    kind = forms.ChoiceField(label="种类", choices=[("", "请选择"), *AdvisorKind.choices])
    name = forms.CharField(label="名称", max_length=80, help_text="专家姓名或者机构全称")
    person = forms.ChoiceField(label="系统账号", required=False, help_text="专家有账号的选择，可随队检查")
    speciality = forms.CharField(label="专业、业务范围", max_length=200)
    qualification = forms.CharField(label="职称、资质证书编号", max_length=120, required=False)
    since = forms.DateField(label="有效期起", widget=forms.DateInput())
    until = forms.DateField(label="有效期至", widget=forms.DateInput(), help_text="含当日；过期后不能委托")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Person.objects.filter(tenures__post__role=Role.EXPERT).distinct().order_by("name")
        named = [(str(row.pk), row.name) for row in rows]
        self.fields["person"].choices = [("", "没有账号"), *named]  # type: ignore[attr-defined]
        self.fields["person"].kind = "select"  # type: ignore[attr-defined]


class EngagementForm(forms.Form):
    advisor = forms.ChoiceField(label="专家、机构")
    agency = forms.ChoiceField(label="委托单位")
    object = forms.CharField(
        label="服务企业", widget=forms.TextInput(FIND), required=False, help_text="为某一家企业的填写"
    )
    scope = forms.CharField(label="委托事项", max_length=500, widget=forms.Textarea({"rows": 3}))
    fee = forms.DecimalField(
        label="费用", max_digits=12, decimal_places=2, min_value=0, help_text="单位为元，不付费的填 0"
    )
    begun_on = forms.DateField(label="委托日期", widget=forms.DateInput())
    due_on = forms.DateField(label="应完成日期", widget=forms.DateInput())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Advisor.objects.order_by("kind", "name", "pk")
        today = clock.today()
        named = [(str(row.pk), row.name if row.valid(today) else f"{row.name}（已失效）") for row in rows]
        self.fields["advisor"].choices = [("", "请选择"), *named]  # type: ignore[attr-defined]
        self.fields["agency"].choices = _own_agencies(actor)  # type: ignore[attr-defined]


class FinishForm(forms.Form):
    ended_on = forms.DateField(label="完成日期", widget=forms.DateInput())
    result = forms.CharField(label="结果", max_length=2000, widget=forms.Textarea({"rows": 4}))
    findings = forms.CharField(
        label="发现的隐患", max_length=4000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="每行一条：具体部位｜隐患描述。登记后进入隐患台账，来源为“专家”",
    )  # fmt: skip
