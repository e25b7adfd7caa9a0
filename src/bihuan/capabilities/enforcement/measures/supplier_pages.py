"""``/measures/suppliers/``: who supplies power and explosives, with whom to speak there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement.measures import pages, suppliers
from bihuan.capabilities.enforcement.measures.hands import UNIT_ROLES
from bihuan.capabilities.enforcement.measures.models import Supplier
from bihuan.capabilities.enforcement.measures.states import Supply
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

BASE = "/measures/suppliers/"
CRUMB = parts.Link("供应单位", BASE)
SEEING = frozenset(UNIT_ROLES - {Role.GRID})


class SupplierForm(forms.Form):
    supply = forms.ChoiceField(label="供应什么", choices=Supply.choices())
    name = forms.CharField(label="名称", max_length=120, help_text="例如：国网薛河区供电公司")
    answerable = forms.ChoiceField(label="主管部门", help_text="停供期内仍供应的，由它核查说明")
    contact = forms.CharField(label="联系人", max_length=60)
    phone = forms.CharField(label="电话", max_length=30)
    credit_code = forms.CharField(
        label="统一社会信用代码",
        max_length=18,
        required=False,
        help_text="已登记为企业、有账号的填写，由其在页面上答复",
    )
    agency = forms.ChoiceField(
        label="本系统中的单位",
        required=False,
        help_text="供应由公安机关等单位管理的选择，由该单位在页面上答复",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [
            (str(pk), name)
            for pk, name in Agency.objects.filter(in_force(clock.today())).order_by("kind", "order", "id").values_list("pk", "name")
        ]  # fmt: skip
        self.fields["answerable"].choices = [("", "请选择"), *units]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [("", "没有"), *units]  # type: ignore[attr-defined]


@require_GET
@only_for(SEEING)
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody who supplies, those in force first."""
    actor = actor_for(request)
    may = bool(actor.roles & suppliers.KEEPERS)
    columns = (
        parts.Column("供应单位", "title"), parts.Column("供应"), parts.Column("主管部门", phone=False), parts.Column("联系人"),
        parts.Column("答复方式", phone=False), parts.Column("自", "day", phone=False), parts.Column("", "action"),
    )  # fmt: skip
    found = Supplier.objects.select_related("object", "agency", "answerable").order_by(
        "-until", "supply", "name"
    )
    rows = [
        parts.Row(
            (
                one.name, one.get_supply_display(), one.answerable.name, f"{one.contact} {one.phone}", _how(one), one.since,
                _deed(one) if may else "",
            ),
            sub=f"已于 {one.until} 停用" if one.until else "",
        )
        for one in found
    ]  # fmt: skip
    begin = [parts.Action("登记供应单位", f"{BASE}new/", primary=True, icon="plus")] if may else []
    context = {
        "crumbs": [parts.Link("停产与强制措施", "/measures/"), parts.Link("供应单位", "")],
        "heading": "供应单位",
        "lead": "停止供电、停止供应民用爆炸物品的决定送给谁、找谁、谁来核查。",
        "begin": begin,
        "beside": pages.tabs(actor, BASE),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "供应单位"),
        "empty": parts.Empty("还没有登记供应单位。", "登记供电公司和民爆物品供应单位后，才能报请停止供应。"),
        "count_words": f"共 {len(rows)} 家",
    }
    return render(request, "list.html", context)


def _how(one: Supplier) -> str:
    return "页面答复" if one.object_id or one.agency_id else "凭回执登记"


def _deed(one: Supplier) -> Any:
    return "" if one.until else parts.Action("停用", f"{BASE}{one.pk}/end/")


@only_for(suppliers.KEEPERS)
def new(request: HttpRequest) -> HttpResponse:
    """Register one."""
    actor = actor_for(request)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        code = given["credit_code"].strip()
        try:
            company = access_object(actor, code) if code else None
        except Absent as absent:
            raise Refused.because(
                "supplier.object_unknown", "没有查到这家企业，或不在您的辖区", "credit_code"
            ) from absent
        told = suppliers.Told(
            given["supply"], given["name"], Agency.objects.get(pk=given["answerable"]), given["contact"], given["phone"],
            company, Agency.objects.get(pk=given["agency"]) if given["agency"] else None,
        )  # fmt: skip
        row = suppliers.register(told, actor)
        messages.success(request, f"已登记供应单位{row.name}。")
        return HttpResponseRedirect(BASE)

    question = Question("登记供应单位", back=BASE, crumbs=[CRUMB])
    return ask(request, question, SupplierForm(request.POST or None), deed)


@only_for(suppliers.KEEPERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one be asked no more."""
    row = Supplier.objects.filter(pk=pk, until=None).first()
    if row is None:
        raise Absent("没有这个供应单位，或已停用")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        suppliers.end(pk, actor_for(request))
        messages.success(request, f"{row.name}已停用。")
        return HttpResponseRedirect(BASE)

    question = Question(
        "停用供应单位", back=BASE, crumbs=[CRUMB], says="今后不再向它送达停供决定；以前的措施仍可查到。",
        facts=[parts.Fact("供应单位", row.name), parts.Fact("供应", row.get_supply_display())],
    )  # fmt: skip
    return ask(request, question, forms.Form(request.POST if request.method == "POST" else None), deed)


urlpatterns: list[URLPattern | URLResolver] = [
    path("measures/suppliers/", listing, name="suppliers"),
    path("measures/suppliers/new/", new, name="supplier_new"),
    path("measures/suppliers/<int:pk>/end/", end, name="supplier_end"),
]
