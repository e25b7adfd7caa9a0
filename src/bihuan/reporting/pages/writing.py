"""``/reports/<no>/write/``: fixed sentences with their figures, and the clerk's words around them.

What is fixed cannot be typed over; what is typed is kept as it goes, and of two clerks at once the second gets both texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from bihuan.kernel import clock
from bihuan.kernel.documents import Block, Document, Heading
from bihuan.kernel.documents.outline import marked
from bihuan.kernel.errors import Failure, Refused, Stale
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.reporting import drafting, laying
from bihuan.reporting.access import ISSUERS, access_report, may_issue
from bihuan.reporting.half_year import Composition
from bihuan.reporting.models import Report
from bihuan.reporting.pages.forms import NOTATION, TextsForm
from bihuan.reporting.pages.reports import HOME, body_of, stale
from bihuan.reporting.templating import shelf
from bihuan.reporting.templating.notation import NEXT, OPENING, PROBLEMS, Piece, Sort, arranged
from bihuan.reporting.templating.words import filled, words_of

NAMES = {OPENING: "开头补充", laying.DONE: "工作推进情况补充", PROBLEMS: "存在的主要问题", NEXT: "下一步工作"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for the clerk's words."""

    name: str
    label: str
    text: str
    hint: str = ""
    rows: int = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece on the draft page; ``fixed`` is the paper as it will be printed."""

    key: str
    title: str
    fixed: SafeString
    before: Slot | None
    after: Sequence[Slot]
    out: bool
    leads: bool
    silent: bool


@only_for(ISSUERS)
def write_page(request: HttpRequest, no: str) -> HttpResponse:
    """Show the draft piece by piece; on POST keep it, also when the page saves by itself."""
    actor = actor_for(request)
    report = access_report(actor, no)
    composition = drafting.compose(report)
    form = TextsForm(request.POST or None, initial=TextsForm.initial_of(report, composition))
    if request.method != "POST":
        return _show(request, report, composition, form)
    if not form.is_valid():
        return _invalid(request, report, composition, form)
    texts, data = _texts(request, form, report, composition), form.cleaned_data
    try:
        kept = drafting.write(report, texts, data["as_of"], data["digits"], actor, data["version"])
    except Refused as refusal:
        for failure in refusal.failures:
            if failure.field in form.fields:
                form.add_error(failure.field, failure.message)
        return _invalid(request, report, composition, form, refusal.failures)
    except Stale:
        return _overtaken(request, access_report(actor, no), form, texts)
    if request.headers.get("X-Autosave"):
        at = f"{kept.changed_at.astimezone(clock.SHANGHAI):%H:%M}"
        return JsonResponse({"version": kept.version, "says": f"已自动保存（{at}）"})
    if "move" in request.POST:
        return HttpResponseRedirect(f"/reports/{no}/write/")
    messages.success(request, "已保存。")
    return HttpResponseRedirect(f"/reports/{no}/")


def _invalid(
    request: HttpRequest,
    report: Report,
    composition: Composition,
    form: TextsForm,
    failures: Sequence[Failure] = (),
) -> HttpResponse:
    if request.headers.get("X-Autosave"):
        return JsonResponse({"says": "有内容还不能保存，请核对后点“保存”"}, status=422)
    typed = replace(composition, texts=_typed(request, composition.texts))
    return _show(request, report, typed, form, failures=failures, status=422)


def _overtaken(request: HttpRequest, now: Report, form: TextsForm, mine: Mapping[str, Any]) -> HttpResponse:
    """Somebody else saved first: the page comes back with my words in place and theirs beside, ready to be kept. 409."""
    if request.headers.get("X-Autosave"):
        says = "别人先保存了这份报告；您的文字还在本页，请点“保存”对照两份文字。"
        return JsonResponse({"says": says}, status=409)
    composition = drafting.compose(now)
    theirs = composition.texts
    conflicts = [
        (_name_of(key), _flat(mine, composition).get(key, ""), text)
        for key, text in _flat(theirs, composition).items()
        if text != _flat(mine, composition).get(key, "")
    ]
    data = request.POST.copy()
    data["version"] = str(now.version)
    again = TextsForm(data)
    again.is_valid()
    typed = replace(composition, texts=_typed(request, mine))
    return _show(request, now, typed, again, conflicts=conflicts, status=409)


def _flat(texts: Mapping[str, Any], composition: Composition) -> dict[str, str]:
    """Every text of a draft by a name of its own."""
    found = {name: str(texts.get(name, "")) for name in ("recipients", "copies", OPENING, laying.DONE)}
    for name, proposed in ((PROBLEMS, composition.problems), (NEXT, composition.next_steps)):
        found[name] = "\n".join(texts.get(name, proposed))
    for where in ("before", "after"):
        found |= {f"{where}:{key}": str(text) for key, text in texts.get(where, {}).items()}
    return found


def _name_of(name: str) -> str:
    where, _, key = name.partition(":")
    if key:
        return f"{key}{'之前' if where == 'before' else '之后'}"
    return NAMES.get(name, {"recipients": "主送机关", "copies": "抄送"}.get(name, name))


def _texts(request: HttpRequest, form: TextsForm, report: Report, composition: Composition) -> dict[str, Any]:
    """What to keep: the form's texts, those beside the pieces, and the order where it is not the template's."""
    kept = form.texts(composition)
    for name in (OPENING, laying.DONE, PROBLEMS, NEXT):
        if name not in request.POST:  # not on this page: as it was
            kept.pop(name, None)
            kept |= {name: report.texts[name]} if name in report.texts else {}
    typed = _typed(request, report.texts)
    for name in ("before", "after"):
        beside = {key: text.strip() for key, text in typed.get(name, {}).items() if text.strip()}
        if beside:
            kept[name] = beside
    usual = [piece.key for piece in composition.pieces]
    order, out = list(typed.get("order", ())), list(typed.get("out", ()))
    if "move" in request.POST:
        order = moved(composition.pieces, order or usual, request.POST["move"])
    if order and order != usual:
        kept["order"] = order
    if out:
        kept["out"] = out
    return kept


def _typed(request: HttpRequest, texts: Mapping[str, Any]) -> dict[str, Any]:
    """The texts with what the page sent in place of what was kept; what the page does not show stays."""
    typed = dict(texts)
    for where in ("before", "after"):
        sent = {
            name.partition(":")[2]: text
            for name, text in request.POST.items()
            if isinstance(text, str) and name.startswith(f"{where}:")
        }
        typed[where] = {**texts.get(where, {}), **sent}
    if "order" in request.POST:
        typed["order"], typed["out"] = request.POST.getlist("order"), request.POST.getlist("out")
    for name in (OPENING, laying.DONE):
        if name in request.POST:
            typed[name] = request.POST[name]
    return typed


def moved(pieces: Sequence[Piece], order: Sequence[str], wish: str) -> list[str]:
    """The order after one piece changed places with its neighbour in the chapter, or one chapter with the next."""
    key, _, way = wish.rpartition(":")
    shown = arranged(pieces, order, ())
    piece = next((each for each in shown if each.key == key), None)
    keys = [each.key for each in shown]
    if piece is None or way not in ("up", "down"):
        return keys
    alike = [
        each.key
        for each in shown
        if (each.leads if piece.leads else each.chapter == piece.chapter and not each.leads)
    ]
    at = alike.index(key) + (1 if way == "down" else -1)
    if not 0 <= at < len(alike):
        return keys
    first, second = keys.index(key), keys.index(alike[at])
    keys[first], keys[second] = keys[second], keys[first]
    return [each.key for each in arranged(pieces, keys, ())]


def _show(
    request: HttpRequest,
    report: Report,
    composition: Composition,
    form: TextsForm,
    *,
    conflicts: Sequence[tuple[str, str, str]] = (),
    failures: Sequence[Failure] = (),
    status: int = 200,
) -> HttpResponse:
    back = f"/reports/{report.no}/"
    newer = shelf.in_use(report.kind)
    context = {
        "crumbs": [HOME, parts.Link(report.no, back), parts.Link("修改文字", "")], "label": "修改文字",
        "head": [form[name] for name in ("as_of", "digits", "recipients", "copies", "version")],
        "form": form, "failures": failures, "shown": _pieces(composition, form), "conflicts": conflicts,
        "cancel_href": back, "notation": NOTATION, "no": report.no,
        "newer": newer is not None and newer.pk != report.template_id,
        "newer_href": f"/reports/{report.no}/template/",
    }  # fmt: skip
    return render(request, "report_write.html", context, status=status)


def _pieces(composition: Composition, form: TextsForm) -> list[Shown]:
    """All pieces of the template in this report's order; those left out stand there grey."""
    texts = composition.texts
    laid = {each.piece.key: each for each in composition.laid}
    marks = _numbered(composition)
    done = laying.last_of_work([each.piece for each in composition.laid])
    found = []
    for piece in arranged(composition.pieces, texts.get("order", ()), ()):
        each = laid.get(piece.key)
        title = each.title if each is not None else _title(piece, composition)
        after = [] if piece.key == OPENING else [_slot("after", piece, f"{title}之后", texts)]
        after += _own(piece, form, piece.key == done)
        fixed = body_of(Document("report", "", marks[piece.key])) if marks.get(piece.key) else SafeString("")
        before = None if piece.leads else _slot("before", piece, f"{title}之前", texts)
        silent = each is not None and piece.sort is Sort.SECTION and not each.fixed
        found.append(Shown(piece.key, title, fixed, before, after, each is None, piece.leads, silent))
    return found


def _title(piece: Piece, composition: Composition) -> str:
    return filled(piece.lines[0].text, words_of(composition.question)) or piece.key


def _numbered(composition: Composition) -> dict[str, tuple[Block, ...]]:
    """The fixed blocks of each piece, headings with the numbers they will have; lists the clerk writes are not fixed."""
    numbered = iter(marked(Document("report", "", composition.blocks))[0])
    found = {}
    for each in composition.laid:
        blocks = [next(numbered) for _ in each.blocks]
        own = blocks[len(each.before) : len(each.before) + len(each.fixed)]
        found[each.piece.key] = tuple(
            Heading(item.block.level, item.mark + item.block.text, numbered=False)
            if isinstance(item.block, Heading)
            else item.block
            for item in own
        )
        if each.piece.sort in (Sort.PROBLEMS, Sort.NEXT):
            found[each.piece.key] = ()
    return found


def _slot(where: str, piece: Piece, label: str, texts: Mapping[str, Any]) -> Slot:
    return Slot(f"{where}:{piece.key}", label, str(texts.get(where, {}).get(piece.key, "")))


def _own(piece: Piece, form: TextsForm, last_of_work: bool) -> list[Slot]:
    """The fields of the form that belong to a piece."""
    names = [OPENING] if piece.key == OPENING else []
    names += [piece.sort.value] if piece.sort in (Sort.PROBLEMS, Sort.NEXT) else []
    names += [laying.DONE] if last_of_work else []
    return [
        Slot(name, str(form.fields[name].label), str(form[name].value() or ""), str(form.fields[name].help_text),
             8 if name in (PROBLEMS, NEXT) else 3)
        for name in names
    ]  # fmt: skip


@only_for(ISSUERS)
def newer_page(request: HttpRequest, no: str) -> HttpResponse:
    """``/reports/<no>/template/``: let a report follow the template now in use."""
    actor = actor_for(request)
    report = access_report(actor, no)
    back = f"/reports/{no}/"

    def deed(data: Mapping[str, Any]) -> HttpResponse:
        try:
            drafting.take_newer(report, actor, data["version"])
        except Stale:
            return stale(request, report, "改用新模板")
        messages.success(request, "已改用在用的模板，您写的文字都在。")
        return HttpResponseRedirect(back)

    class Version(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput())

    if not may_issue(actor, report.region_path, report.agency_id):
        raise Refused.because("report.not_yours", "起草和签发由安委办办理。")
    says = "这份报告起草之后，模板换了新版。改用以后按新版排列和写出固定的句子；您补充的文字保留，所在部分已经没有的，等有了再显示。"
    question = Question("改用新模板", back, says, crumbs=(HOME, parts.Link(no, back)))
    return ask(request, question, Version(request.POST or None, initial={"version": report.version}), deed)
