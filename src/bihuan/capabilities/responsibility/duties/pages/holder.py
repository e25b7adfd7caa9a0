"""``/responsibility/duties/post/12/``: the duties of one post or unit, now and before, and what may be done about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility.duties import holders, keeping, trail
from bihuan.capabilities.responsibility.duties.access import access_holder, visible_duties
from bihuan.capabilities.responsibility.duties.holders import Holder
from bihuan.capabilities.responsibility.duties.keeping import Said
from bihuan.capabilities.responsibility.duties.models import Clause, Duty
from bihuan.capabilities.responsibility.duties.pages.duties import BASE, KEEPERS, READERS
from bihuan.capabilities.responsibility.duties.pages.layout import Section, page
from bihuan.capabilities.responsibility.duties.words import DutyClass, Level, Oversight
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role, Tenure
from bihuan.kernel.record import Entry
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for


def address_of(holder: Holder) -> str:
    """The holder's page."""
    return f"{BASE}{holder.about}/"


@require_GET
@only_for(READERS)
def holder_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One holder."""
    actor = actor_for(request)
    holder = access_holder(actor, f"{kind}/{pk}")
    now = list(keeping.duties_of(holder, clock.today()))
    may = holders.may_keep(actor, holder)
    sections = [
        Section("责任人", facts=_facts(holder)),
        Section("现在的职责", ledger=_now(now, may), empty=_none(holder, may)),
    ]
    former = _former(holder)
    if former:
        sections.append(Section("以前的职责", ledger=_past(former)))
    sections.append(Section("经办记录", ledger=_history(trail.history(holder.about))))
    return page(
        request, actor, BASE, holder.name, sections, actions=_actions(holder, may, bool(now)),
        crumbs=[parts.Link("安全生产职责", BASE)],
    )  # fmt: skip


def _facts(holder: Holder) -> list[parts.Fact]:
    facts = [parts.Fact("层级", Level(holder.level).label)]
    if holder.post is None:
        assert holder.agency is not None
        return [*facts, parts.Fact("单位类别", holder.agency.get_kind_display())]
    running = (
        Tenure.objects.filter(in_force(clock.today()), post=holder.post).select_related("person").first()
    )
    facts.append(parts.Fact("职权", Role(holder.post.role).label))
    facts.append(parts.Fact("现任", running.person.name if running else "（空缺）"))
    if holder.object is not None:
        facts.append(parts.Fact("企业", holder.object.name, href=f"/enterprises/{holder.object.uid}/"))
    return facts


def _none(holder: Holder, may: bool) -> parts.Empty:
    how = "请登记它的安全生产职责。" if may else keeping.NOT_YOURS + "。"
    return parts.Empty("还没有登记职责。", how, f"{address_of(holder)}new/" if may else "", "登记职责")


def _now(duties: Sequence[Duty], may: bool) -> parts.Ledger:
    columns = [
        parts.Column("职责", "title"), parts.Column("依据"), parts.Column("起", "day"),
    ]  # fmt: skip
    if may:
        columns.append(parts.Column("", "action"))
    rows = []
    for one in duties:
        cells: list[Any] = [one.text, keeping.basis_of(one) or None, one.since]
        if may:
            ways = (("改写", "reword"), ("终止", "end"))
            cells.append(
                parts.Deeds([parts.Action(label, f"{BASE}{one.pk}/{slug}/") for label, slug in ways])
            )
        rows.append(parts.Row(cells, sub=_class_words(one)))
    return parts.Ledger(columns, rows, "现在的职责")


def _class_words(duty: Duty) -> str:
    words = str(duty.get_duty_class_display())
    return f"{words}（{duty.get_oversight_display()}）" if duty.oversight else words


def _former(holder: Holder) -> list[Duty]:
    rows = (
        Duty.objects.filter(post=holder.post)
        if holder.post
        else Duty.objects.filter(post=None, agency=holder.agency)
    )
    past = rows.filter(until__lte=clock.today()).select_related("clause__version__document")
    return list(past.order_by("-until", "-id")[:50])


def _past(duties: Sequence[Duty]) -> parts.Ledger:
    columns = (
        parts.Column("职责", "title"), parts.Column("依据"), parts.Column("起", "day"), parts.Column("止", "day"),
    )  # fmt: skip
    rows = [parts.Row((one.text, keeping.basis_of(one) or None, one.since, one.until)) for one in duties]
    return parts.Ledger(columns, rows, "以前的职责")


def _history(entries: Sequence[Entry]) -> parts.Ledger:
    columns = (
        parts.Column("办了什么", "title"),
        parts.Column("谁"),
        parts.Column("什么时候"),
        parts.Column("理由"),
    )
    rows = [
        parts.Row(
            (
                trail.VERBS.get(one.verb, one.verb),
                f"{one.actor_post} {one.actor_name}".strip(),
                one.recorded_at,
                one.payload.get("reason") or None,
            )
        )
        for one in entries[:50]
    ]
    return parts.Ledger(columns, rows, "经办记录")


def _actions(holder: Holder, may: bool, has: bool) -> list[parts.Action]:
    theirs = [] if may else [keeping.NOT_YOURS]
    return [
        parts.Action("登记职责", f"{address_of(holder)}new/", may, theirs, primary=not has, icon="plus"),
    ]


class DutyForm(forms.Form):
    """A duty as somebody tells it."""

    text = forms.CharField(
        label="安全生产职责",
        max_length=keeping.TEXT_LENGTH,
        widget=forms.Textarea({"rows": "5"}),
        help_text="写明对什么负责、要做什么",
    )
    duty_class = forms.ChoiceField(label="类别", choices=DutyClass.choices)
    oversight = forms.ChoiceField(
        label="监管方式",
        choices=[("", "不适用"), *Oversight.choices],
        required=False,
        help_text="部门监管责任才选",
    )
    clause = forms.TypedChoiceField(label="依据的条款", coerce=int, required=False, empty_value=None)
    basis = forms.CharField(
        label="其他依据",
        max_length=200,
        required=False,
        help_text="不在条款中的，写文件和条目，例如“区委办〔2026〕5号 第三条”",
    )

    def __init__(self, *args: Any, holder: Holder, reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = holder.level == Level.ENTERPRISE
        fitting = [c for c in DutyClass.choices if (c[0] == DutyClass.ENTERPRISE.value) == inside]
        self.fields["duty_class"].choices = fitting  # type: ignore[attr-defined]
        self.fields["clause"].choices = clause_choices()  # type: ignore[attr-defined]
        if reason:
            self.fields["reason"] = forms.CharField(
                label="理由", max_length=200, help_text="作出调整的文件或会议"
            )

    def said(self, given: Mapping[str, Any]) -> Said:
        """What was told."""
        clause = Clause.objects.filter(pk=given["clause"]).first() if given["clause"] else None
        return Said(
            given["text"], DutyClass(given["duty_class"]), given["oversight"], clause, given["basis"]
        )  # fmt: skip


def clause_choices() -> list[tuple[Any, str]]:
    """The clauses of the versions in force today."""
    rows = Clause.objects.filter(version__effective_from__lte=clock.today()).select_related(
        "version__document"
    )
    newest: dict[int, int] = {}
    listed = list(rows.order_by("version__document_id", "-version__effective_from", "order"))
    for one in listed:
        newest.setdefault(one.version.document_id, one.version_id)
    return [
        ("", "没有条款"),
        *((one.pk, str(one)) for one in listed if newest[one.version.document_id] == one.version_id),
    ]


@only_for(KEEPERS)
def new(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Tell a duty; the form begins with what the rules give."""
    actor = actor_for(request)
    holder = access_holder(actor, f"{kind}/{pk}")
    standard = keeping.standard_of(holder)
    duty_class, oversight = keeping.class_of(holder)
    first: dict[str, Any] = {"duty_class": duty_class, "oversight": oversight}
    if standard is not None:
        said = Said.standard(standard)
        first |= {"text": said.text, "clause": said.clause.pk if said.clause else None, "basis": said.basis}
    form = DutyForm(request.POST or None, holder=holder, initial=first)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.assign(holder, form.said(given), actor_for(request))
        messages.success(request, f"已登记“{holder.name}”的安全生产职责。")
        return HttpResponseRedirect(address_of(holder))

    says = "已按通用规定填好，请按实际职责修改后保存。" if standard else "写明这个岗位或单位的安全生产职责。"
    return ask(request, _question("登记职责", holder, says), form, deed)


def _question(label: str, holder: Holder, says: str, facts: Sequence[parts.Fact] = ()) -> Question:
    about = parts.Link(holder.name, address_of(holder))
    crumbs = [parts.Link("安全生产职责", BASE), about]
    return Question(label, back=address_of(holder), says=says, about=about, crumbs=crumbs, facts=facts)


def access_duty(actor: Actor, pk: int) -> Duty:
    """One duty.

    Raises:
        Absent: there is none, or it is not the actor's to see.
    """
    found = visible_duties(actor).select_related("clause__version__document").filter(pk=pk).first()
    if found is None:
        raise Absent("没有这条职责")
    return found


@only_for(KEEPERS)
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell it otherwise from today on."""
    duty = access_duty(actor_for(request), pk)
    holder = keeping.holder_of(duty)
    first = {
        "text": duty.text, "duty_class": duty.duty_class, "oversight": duty.oversight, "clause": duty.clause_id,
        "basis": duty.basis,
    }  # fmt: skip
    form = DutyForm(request.POST or None, holder=holder, reason=True, initial=first)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.reword(duty, form.said(given), given["reason"], actor_for(request))
        messages.success(request, "已改写，原来的写法留在“以前的职责”里。")
        return HttpResponseRedirect(address_of(holder))

    return ask(request, _question("改写职责", holder, "从今天起换成新的写法，原来的留存备查。"), form, deed)


class EndForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200, help_text="作出调整的文件或会议")


@only_for(KEEPERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it end today."""
    duty = access_duty(actor_for(request), pk)
    holder = keeping.holder_of(duty)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.end(duty, given["reason"], actor_for(request))
        messages.success(request, "这一条职责已终止。")
        return HttpResponseRedirect(address_of(holder))

    facts = [parts.Fact("职责", duty.text, wide=True), parts.Fact("依据", keeping.basis_of(duty) or None)]
    question = _question("终止职责", holder, "从今天起不再由它负责；不能再终止回来，只能重新登记。", facts)
    return ask(request, question, EndForm(request.POST or None), deed)
