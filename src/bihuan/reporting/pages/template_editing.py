"""``/reports/templates/<kind>/edit/`` and ``…/preview/``: the clerk's words, read back against a period before they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Failure, Refused, Stale
from bihuan.kernel.figures import registry
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.trees import require_district
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.reporting import drafting, half_year, proofs
from bihuan.reporting.access import ISSUERS, READERS
from bihuan.reporting.genres import genre_of
from bihuan.reporting.imprint import Holder, holder_of
from bihuan.reporting.looking import BOTH_FELL, FORMS
from bihuan.reporting.pages.forms import recent_periods
from bihuan.reporting.pages.reports import body_of
from bihuan.reporting.pages.templates import BASE, HOME
from bihuan.reporting.templating import shelf
from bihuan.reporting.templating.built_in import STYLES, Template
from bihuan.reporting.templating.checking import ROLLS, faults_of
from bihuan.reporting.templating.notation import WORDS
from bihuan.reporting.templating.sections import label_of, offered
from bihuan.reporting.templating.words import MEANINGS
from bihuan.reporting.wording import Flag

GROUPS = {
    "accidents": "事故", "hazards": "隐患", "tasks": "任务", "meetings": "会议和领导督导", "visits": "会议和领导督导",
    "decisions": "会议和领导督导", "inspections": "执法检查", "cases": "执法检查", "measures": "执法检查",
    "crackdown": "打非治违", "violations": "执法检查", "letters": "责任书", "tipoffs": "举报投诉", "campaigns": "专项行动",
}  # fmt: skip
CLAUSE = "｛，其中【】项｜，没有的｝"


class TemplateForm(forms.Form):
    """One template as a clerk writes it."""

    title = forms.CharField(
        label="标题",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text="太长时分两行，断在词与词之间",
    )
    body = forms.CharField(label="正文", widget=forms.Textarea({"rows": 24, "data-template-body": "1"}))
    note = forms.CharField(
        label="修改说明", max_length=200, required=False, help_text="这一版改了什么，供以后查"
    )
    style = forms.ChoiceField(label="文体", choices=list(STYLES.items()), widget=forms.RadioSelect())
    recipients = forms.CharField(
        label="主送机关", max_length=200, required=False,
        help_text="几个单位之间用顿号隔开；可以写〔各镇街〕〔各部门〕；不填时按报告的范围定",
    )  # fmt: skip
    copies = forms.CharField(label="抄送", max_length=400, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def template(self, kind: str) -> Template:
        data = self.cleaned_data
        return Template(
            kind, data["title"].replace("\r\n", "\n").strip(), data["body"].replace("\r\n", "\n").strip(),
            data["recipients"].strip(), data["copies"].strip(), data["style"],
        )  # fmt: skip


@only_for(ISSUERS)
def edit_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Write, look at it with the figures of a period, keep it as a new version."""
    actor, genre = actor_for(request), genre_of(kind)
    form = TemplateForm(request.POST or None, initial=_initial(request, kind))
    form.fields["body"].error_messages["required"] = "请填写「正文」"
    failures: Sequence[Failure] = ()
    paper, status = SafeString(""), 200
    flags: tuple[Flag, ...] = ()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if "preview" in request.POST:
                    template = form.template(kind)
                    Refused.unless(faults_of(template))
                    paper, flags = _paper(template, _period(request, kind), actor)
                    status = 200
                else:
                    kept = shelf.save(
                        form.template(kind),
                        form.cleaned_data["note"],
                        actor,
                        seen=form.cleaned_data["seen"] or 0,
                    )
                    messages.success(request, f"已存为第{kept.ordinal}版，还没有启用。请预览后启用。")
                    return HttpResponseRedirect(f"{BASE}{kind}/versions/{kept.ordinal}/")
            except Refused as refusal:
                failures = refusal.failures
                for failure in failures:
                    if failure.field in form.fields:
                        form.add_error(failure.field, failure.message)
            except Stale:
                return _overtaken(request, kind, form)
    context = {
        "crumbs": [HOME, parts.Link(genre.label, f"{BASE}{kind}/"), parts.Link("修改", "")],
        "heading": f"修改{genre.label}模板", "form": form, "failures": failures, "groups": picker(kind),
        "cancel_href": f"{BASE}{kind}/", "periods": _choices(kind), "period": _period(request, kind).label,
        "body": paper, "flags": flags,
    }  # fmt: skip
    return render(request, "template_edit.html", context, status=status)


def _initial(request: HttpRequest, kind: str) -> dict[str, Any]:
    held = shelf.versions(kind)
    given = request.GET.get("from", "")
    chosen = next((each for each in held if given == str(each.ordinal)), None) or shelf.in_use(kind)
    template = shelf.template_of(chosen, kind)
    return {**template.json(), "seen": held[0].ordinal if held else 0, "note": ""}


def _overtaken(request: HttpRequest, kind: str, form: TemplateForm) -> HttpResponse:
    """Somebody else saved a version meanwhile: both texts are shown, neither is lost. 409."""
    newest = shelf.versions(kind)[0]
    facts = [
        parts.Fact("正文", form.cleaned_data["body"], wide=True),
        parts.Fact("标题", form.cleaned_data["title"], wide=True),
    ]
    link = parts.Link(str(newest), f"{BASE}{kind}/versions/{newest.ordinal}/")
    again = f"{BASE}{kind}/edit/?from={newest.ordinal}"
    context = {"matter": link, "label": "修改模板", "since": (), "typed": facts, "again_href": again}
    return render(request, "stale.html", context, status=409)


@require_GET
@only_for(READERS)
def preview_page(request: HttpRequest, kind: str) -> HttpResponse:
    """A version, or the one in use, with the figures of a period; kept nowhere."""
    actor, genre = actor_for(request), genre_of(kind)
    chosen = request.GET.get("version", "")
    version = (
        shelf.version_of(kind, int(chosen)) if chosen.isdecimal() and len(chosen) < 9 else shelf.in_use(kind)
    )
    period = _period(request, kind)
    paper, flags = _paper(shelf.template_of(version, kind), period, actor)
    held = [
        ("", "在用的模板"),
        *((str(each.ordinal), f"第{each.ordinal}版") for each in shelf.versions(kind)),
    ]
    words = f"第{version.ordinal}版" if version is not None else "系统自带模板"
    context = {
        "crumbs": [HOME, parts.Link(genre.label, f"{BASE}{kind}/"), parts.Link("预览", "")],
        "kind_words": f"{genre.label}模板预览", "lead": f"{words}，数据为{period.chinese()}，只供查看。",
        "filters": [
            parts.Filter("version", "版本", value=chosen, choices=held),
            parts.Filter("period", "时段", value=period.label, choices=_choices(kind)),
        ],
        "body": paper, "flags": flags,
    }  # fmt: skip
    return render(request, "report_preview.html", context)


def _choices(kind: str) -> list[tuple[str, str]]:
    return [(each.label, each.chinese()) for each in recent_periods(kind)]


def _period(request: HttpRequest, kind: str) -> Period:
    given = request.POST.get("period", "") or request.GET.get("period", "")
    period = Period.parse(given) if given else recent_periods(kind)[0]
    genre_of(kind).about(period)
    return period


def _paper(template: Template, period: Period, actor: Actor) -> tuple[SafeString, tuple[Flag, ...]]:
    """The paper of the actor's own place, as a page."""
    holder: Holder = drafting.own_holder(actor) or holder_of(require_district().region)
    as_of: date = min(period.last, clock.today())
    drafting.checked_days(period, as_of)
    question = drafting.ask(period, as_of, holder, kind=template.kind)
    texts = drafting.with_recipient({}, holder, template)
    composition = half_year.compose(question, texts, template)
    return body_of(proofs.document(composition, holder)), composition.flags


def picker(kind: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What can be inserted: groups of (name, hint, [(what is inserted, what it says)])."""
    figures: dict[str, list[tuple[str, str]]] = {}
    for name in registry.names():
        figure = registry.figure(name)
        group = GROUPS.get(name.partition(".")[0], "其他数据")
        figures.setdefault(group, []).append(
            (f"【{figure.label}】", f"{figure.label}（{_unit(figure.unit)}）")
        )
    order = [*dict.fromkeys(GROUPS.values()), "其他数据"]
    groups = [(f"数据：{name}", "插入后印出本期的数", figures[name]) for name in order if name in figures]
    groups.append(("数据：清单", "有相应栏目时才有数", [(f"【{each}】", each) for each in sorted(ROLLS)]))
    forms_ = [(f"｜{form}", f"｜{form}　{says}") for form, says in FORMS.items()]
    groups.append(
        (
            "同比",
            "写在【】里面、数据名称后面",
            [*forms_, (f"【{BOTH_FELL}】", "双降（两项都下降才印，附较大及以上起数）")],
        )
    )
    places = [(f"\n【栏目：{label_of(each)}】\n", label_of(each)) for each in offered(kind)]
    lists = [(f"\n【{word}】\n", word) for word in WORDS.values()]
    groups.append(("栏目", "独占一行，由系统写出整段", [*lists, *places]))
    groups.append(
        (
            "词语",
            "随报告的时段、范围变化",
            [(f"〔{word}〕", f"〔{word}〕　{says}") for word, says in MEANINGS.items()],
        )
    )
    hint = "第一个数是零或者没有数时，印｜后面的话；没有｜就整句不印"
    groups.append(("有数才印的句子", hint, [(CLAUSE, "｛有数时印｜没有时印｝")]))
    return groups


def _unit(unit: str) -> str:
    return unit or "个"
