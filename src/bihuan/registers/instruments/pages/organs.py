"""What papers say of each enforcing organ, kept by itself: without it no document can be issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers.instruments import organs
from bihuan.registers.instruments.models import OrganProfile
from bihuan.registers.instruments.pages.layout import BASE

PLACE = f"{BASE}organs/"
READERS = frozenset({Role.OFFICE, Role.LEADER, Role.REGULATOR, Role.OFFICER, Role.TOWN})
ENFORCING = (AgencyKind.DEPARTMENT, AgencyKind.TOWN_GOVERNMENT, AgencyKind.COMMITTEE_OFFICE)
COLUMNS = (
    parts.Column("机关", "title"), parts.Column("简称"), parts.Column("文号代字", phone=False), parts.Column("行政复议机关", phone=False),
    parts.Column("管辖法院", phone=False), parts.Column("代收银行", phone=False), parts.Column("更新", "day"),
)  # fmt: skip
_HELP = {
    "full_name": "文书落款的全称", "short_name": "文号括号里的简称，例如“薛”", "mark": "例如“应急”，文号写作“应急责改”",
    "bank": "不填写的，罚款类文书不载明银行", "reconsideration": "当事人可以申请行政复议的机关全称",
    "court": "当事人可以提起行政诉讼的法院全称",
}  # fmt: skip
_OPTIONAL = frozenset({"contact", "bank", "account_name", "account"})


@require_GET
@only_for(READERS)
def listing(request: HttpRequest) -> HttpResponse:
    """``/instruments/organs/``."""
    actor = actor_for(request)
    known = {row.agency_id: row for row in OrganProfile.objects.all()}
    agencies = Agency.objects.filter(until=None, kind__in=ENFORCING).order_by("kind", "order", "id")
    context = {
        "crumbs": [parts.Link("机关信息", "")],
        "heading": "文书上的机关信息",
        "lead": "文书落款、文号、复议机关和法院从这里取；没有填写的机关不能制发文书。已经制发的文书不受以后更改的影响。",
        "ledger": parts.Ledger(
            COLUMNS, [_row(each, known.get(each.pk), actor) for each in agencies], "机关信息"
        ),
        "empty": parts.Empty("还没有登记单位。", icon="building"),
    }
    return render(request, "list.html", context)


def _row(agency: Agency, row: OrganProfile | None, actor: Actor) -> parts.Row:
    href = f"{PLACE}{agency.pk}/" if organs.may_keep(actor, agency) else ""
    if row is None:
        return parts.Row((agency.name, "未填写", None, None, None, None, None), href)
    cells = (
        row.full_name,
        row.short_name,
        row.mark,
        row.reconsideration,
        row.court,
        row.bank or "—",
        clock.day_of(row.changed_at),
    )
    return parts.Row(cells, href, sub=agency.name if agency.name != row.full_name else "")


@only_for(organs.KEEPERS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """``/instruments/organs/<agency>/``."""
    actor = actor_for(request)
    agency = get_object_or_404(Agency, pk=pk, kind__in=ENFORCING)
    if not organs.may_keep(actor, agency):
        raise PermissionDenied
    row = OrganProfile.objects.filter(agency=agency).first()
    known = asdict(organs.told(row)) if row else {"full_name": agency.name, "mark": "应急"}
    form = forms.Form(request.POST or None, initial=known)
    for name in OrganProfileFields:
        held: Any = OrganProfile._meta.get_field(name)
        form.fields[name] = forms.CharField(
            label=held.verbose_name, max_length=held.max_length, required=name not in _OPTIONAL,
            help_text=_HELP.get(name, ""),
        )  # fmt: skip

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        organs.keep(agency, organs.Organ(**{name: given[name] for name in OrganProfileFields}), actor)
        messages.success(request, f"“{agency.name}”的机关信息已保存。")
        return HttpResponseRedirect(PLACE)

    says = "更改只用于以后制发的文书，并且留痕。"
    question = Question("填写机关信息", PLACE, says=says, crumbs=[parts.Link("机关信息", PLACE)],
                        facts=[parts.Fact("单位", agency.name)])  # fmt: skip
    return ask(request, question, form, deed)


OrganProfileFields = (
    "full_name", "short_name", "mark", "address", "phone", "contact", "bank", "account_name", "account",
    "reconsideration", "court",
)  # fmt: skip
