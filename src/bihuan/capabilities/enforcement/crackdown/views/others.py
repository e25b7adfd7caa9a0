"""Leads with the police by age (M148), and the 7 + 7 targets and other names the district sets (M149, M151)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement.crackdown import catalogue, naming
from bihuan.capabilities.enforcement.crackdown.access import visible_items
from bihuan.capabilities.enforcement.crackdown.catalogue import FAMILIES
from bihuan.capabilities.enforcement.crackdown.hands import REPORTING, UNITS
from bihuan.capabilities.enforcement.crackdown.pages import POLICE_ACTS
from bihuan.capabilities.enforcement.crackdown.strip import HERE
from bihuan.capabilities.enforcement.crackdown.views.layout import (
    HOME,
    Section,
    Sheet,
    document,
    month_of,
    page,
    paper,
    period_filter,
)
from bihuan.capabilities.enforcement.crackdown.views.statistics import STATISTICS, Count, ledger
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

EXPLOSIVES, POLICE, SEVEN, NAMES = (
    "/crackdown/explosives/",
    "/crackdown/police/",
    "/crackdown/seven/",
    "/crackdown/names/",
)
SHOWN = 100
AGES = ((7, "7 天以内"), (30, "8 至 30 天"), (90, "31 至 90 天"), (100_000, "90 天以上"))
OFFICE = frozenset({Role.OFFICE})


@require_GET
@only_for(UNITS)
def police_page(request: HttpRequest) -> HttpResponse:
    """Leads the police have not answered, the oldest first (M148)."""
    actor = actor_for(request)
    rows = _waiting(actor)
    ages = [(label, sum(_age(row) <= top and (place == 0 or _age(row) > AGES[place - 1][0]) for row in rows))
            for place, (top, label) in enumerate(AGES)]  # fmt: skip
    columns = (
        parts.Column("线索", "title"), parts.Column("涉嫌环节"), parts.Column("移交", "day"), parts.Column("回执"),
        parts.Column("等待", "number", "天"),
    )  # fmt: skip
    listed = [
        parts.Row(
            [row.address or row.party or row.plate, POLICE_ACTS.get(row.police_act, "—"), row.police_on,
             row.police_receipt or "未签收", _age(row)],
            href=f"{HERE}{row.no}/", late=_age(row) > 30, sub=row.no,
        )
        for row in rows[:SHOWN]
    ]  # fmt: skip
    empty = parts.Empty(
        "没有等待反馈的线索。", "移交公安以后没有反馈的，按等待天数列在这里。", icon="circle-check"
    )
    return page(
        request, actor, POLICE, "公安侦查线索",
        [Section("等待天数", facts=[parts.Fact(label, f"{count} 条") for label, count in ages]),
         Section("未反馈的线索", f"{len(rows)} 条", ledger=parts.Ledger(columns, listed, "未反馈的线索"), empty=empty)],
        begin=[parts.Action("打印", f"{POLICE}paper.docx", icon="printer")],
        lead="移交公安机关的线索要有回执、有结果；没有结果的按等待天数排列。",
    )  # fmt: skip


def _waiting(actor: Actor) -> list[Any]:
    rows = visible_items(actor).filter(police_on__isnull=False, police_feedback_on=None, dismissed=False)
    return list(rows.order_by("police_on", "no"))


def _age(row: Any) -> int:
    return int((clock.today() - row.police_on).days)


@require_GET
@only_for(UNITS)
def police_paper(request: HttpRequest, ending: str) -> HttpResponse:
    """The same as a paper."""
    rows = [
        (str(place), row.no, row.address or row.party or row.plate, POLICE_ACTS.get(row.police_act, ""),
         row.police_on.isoformat(), row.police_receipt or "未签收", str(_age(row)))
        for place, row in enumerate(_waiting(actor_for(request)), 1)
    ]  # fmt: skip
    columns = (("序号", "center"), ("编号", "center"), ("线索", "left"), ("涉嫌环节", "center"), ("移交日期", "center"),
               ("回执", "left"), ("等待天数", "right"))  # fmt: skip
    title = "移交公安机关未反馈线索"
    return paper(lambda: document(title, clock.today(), [Sheet(title, columns, rows)]), title, ending)  # type: ignore[arg-type]


@require_GET
@only_for(REPORTING)
def seven_page(request: HttpRequest) -> HttpResponse:
    """七打七治: fourteen targets, counts for each (M151)."""
    actor, period = actor_for(request), month_of(request)
    count = Count(actor, period)
    values = count.values(
        ("crackdown.found", "crackdown.struck", "crackdown.banned", "crackdown.settled"), "target"
    )
    sections = []
    for family in (catalogue.CRACK, catalogue.FIX):
        named = naming.all_named(family, count.as_of).values()
        rows = [(one.code, one.words, one.hint) for one in named]
        links = (
            [parts.Link("设定名称", f"{NAMES}{family.key}/", "settings")] if actor.holds(Role.OFFICE) else []
        )
        sections.append(
            Section(family.label, ledger=ledger(family.label, "目标", values, "target", rows), links=links)
        )
    return page(
        request, actor, SEVEN, "七打七治", sections, filters=[period_filter(period)],
        lead="登记打非事项时选定目标，各目标的数从台账来；目标的名称由安委办按文件设定。",
    )  # fmt: skip


@only_for(OFFICE)
def names_page(request: HttpRequest, family: str) -> HttpResponse:
    """Set what a number is called from a day on."""
    kept = FAMILIES.get(family)
    if kept is None:
        raise Absent("没有这类名称")
    actor = actor_for(request)
    named = naming.all_named(kept, clock.today())

    class NameForm(forms.Form):
        code = forms.ChoiceField(label="编号", choices=[(one.code, one.words) for one in named.values()])
        label = forms.CharField(label="名称", max_length=200)
        basis = forms.CharField(label="依据", max_length=200, help_text="文件名称和文号")
        since = forms.DateField(label="施行日期")

    back = SEVEN if family != "rule" else STATISTICS

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        naming.set_name(given["code"], given["label"], given["basis"], given["since"], actor)
        messages.success(request, "名称已设定。")
        return HttpResponseRedirect(f"{NAMES}{family}/")

    facts = [parts.Fact(one.number, one.label or "—", hint=one.hint, wide=True) for one in named.values()]
    question = Question(
        f"设定{kept.label}名称", back, says="没有查到法定名称的编号，由安委办按文件设定；改名后以前的事项仍按当时的名称",
        facts=facts, crumbs=[HOME],
    )  # fmt: skip
    return ask(request, question, NameForm(request.POST or None, initial={"since": clock.today()}), deed)
