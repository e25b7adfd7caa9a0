"""The pages by which a district writes lists and versions of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers.checklists import keeping
from bihuan.registers.checklists.catalogue import Line
from bihuan.registers.checklists.models import ChecklistVersion
from bihuan.registers.checklists.places import HERE
from bihuan.registers.checklists.reading import checklist_coded
from bihuan.registers.criteria import MARKS

HOME = parts.Link("检查表", HERE)


class ItemForm(forms.Form):
    """One item."""

    group = forms.CharField(label="类别", max_length=40, required=False)
    content = forms.CharField(label="检查内容", max_length=200, help_text="查什么，例如：疏散通道和安全出口")
    method = forms.CharField(
        label="检查方法", max_length=400, widget=forms.Textarea({"rows": 3}), help_text="到哪里看、看什么、怎么试"
    )  # fmt: skip
    violation = forms.CharField(
        label="违法情形", max_length=600, widget=forms.Textarea({"rows": 3}), help_text="看到什么算不符合"
    )  # fmt: skip
    basis = forms.CharField(label="检查依据", max_length=200, required=False, help_text="写到条款")
    penalty = forms.CharField(label="处罚依据", max_length=120, required=False)
    mark = forms.ChoiceField(label="依据核对情况", choices=[("K", MARKS["K"]), ("V2", MARKS["V2"]), ("V1", MARKS["V1"])])  # fmt: skip


class VersionForm(forms.Form):
    """When a version begins and what it rests on."""

    since = forms.DateField(
        label="启用日期", widget=forms.DateInput({"type": "date"}), help_text="明天或以后；启用前可以逐项增、改、删"
    )  # fmt: skip
    source = forms.CharField(label="来源文件", max_length=400, help_text="依据的文件、标准的名称和文号")

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day <= clock.today():
            raise forms.ValidationError("启用日期请选明天或以后，留出逐项编制的时间")
        return day


class ListForm(VersionForm, ItemForm):
    """A new list begins with its first item."""

    field_order = ("title", "sector", "says", "since", "source")
    title = forms.CharField(label="名称", max_length=80)
    says = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Sector.objects.filter(in_force(clock.today())).order_by("path")
        known = [(str(one.pk), f"{'　' if one.parent_id else ''}{one.name}") for one in rows]
        self.fields["sector"] = forms.ChoiceField(label="行业领域", choices=[("", "各行业通用"), *known], required=False)  # fmt: skip
        self.order_fields(self.field_order)


def _line(key: str, given: Mapping[str, Any], kept: Line | None = None) -> Line:
    names = ("group", "content", "method", "violation", "basis", "penalty", "mark")
    said = {name: given[name].strip() for name in names}
    return Line(key=key, **said, criterion=kept.criterion if kept else "", scope=kept.scope if kept else "")


@only_for(keeping.KEEPERS)
def new_list(request: HttpRequest) -> HttpResponse:
    """Begin a list of the district's own."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        sector = Sector.objects.filter(pk=given["sector"]).first() if given["sector"] else None
        lines = [_line("L-001", given)]
        version = keeping.begin_list(
            given["title"], sector, given["says"], given["since"], given["source"], lines, actor_for(request)
        )
        messages.success(request, "检查表已建立，启用前可以继续逐项编制。")
        return HttpResponseRedirect(f"{HERE}{version.checklist.code}/?version={version.number}")

    tomorrow = clock.today() + timedelta(days=1)
    form = ListForm(request.POST or None, initial={"since": tomorrow})
    says = "先写名称和第一项；项目多的，可以下载工作簿填好后导入。"
    return ask(request, Question("编制检查表", HERE, says, crumbs=(HOME,)), form, deed)


@only_for(keeping.KEEPERS)
def new_version(request: HttpRequest, code: str) -> HttpResponse:
    """Begin another version, with the items of the newest one to write on."""
    checklist = checklist_coded(code)
    base = f"{HERE}{code}/"

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        newest = checklist.versions.order_by("shipped", "-number").first()
        assert newest is not None
        lines = keeping.lines_of(newest)
        made = keeping.begin_version(
            checklist, given["since"], given["source"], newest.mark, lines, actor_for(request)
        )
        messages.success(
            request, f"第 {made.number} 版已建立，{made.effective_from} 启用；启用前可以逐项增、改、删。"
        )
        return HttpResponseRedirect(f"{base}?version={made.number}")

    tomorrow = clock.today() + timedelta(days=1)
    says = "照最新一版的各项建立本区的新版，启用前可以逐项改；启用后本区用这一版，以前的检查不变。"
    question = Question(
        "编制新版", base, says, crumbs=(HOME, parts.Link(checklist.title, base))
    )  # fmt: skip
    return ask(request, question, VersionForm(request.POST or None, initial={"since": tomorrow}), deed)


def _version(code: str, number: int) -> ChecklistVersion:
    found = ChecklistVersion.objects.select_related("checklist__sector").filter(
        checklist__code=code, number=number
    )
    version = found.first()
    if version is None:
        raise Absent("这张检查表没有这个版本")
    return version


def _question(label: str, version: ChecklistVersion, says: str = "") -> Question:
    back = f"{HERE}{version.checklist.code}/?version={version.number}"
    return Question(label, back, says, crumbs=(HOME, parts.Link(version.checklist.title, back)))


@only_for(keeping.KEEPERS)
def new_item(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Add an item to a version that is not in effect yet."""
    version = _version(code, number)
    question = _question("增加一项", version)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.put_item(version, "", _line(keeping.next_key(version), given), actor_for(request))
        return HttpResponseRedirect(question.back)

    return ask(request, question, ItemForm(request.POST or None), deed)


@only_for(keeping.KEEPERS)
def change_item(request: HttpRequest, code: str, number: int, key: str) -> HttpResponse:
    """Change an item of a version that is not in effect yet."""
    version = _version(code, number)
    kept = next((one for one in keeping.lines_of(version) if one.key == key), None)
    if kept is None:
        raise Absent("这一版没有这一项")
    question = _question("修改一项", version)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.put_item(version, key, _line(key, given, kept), actor_for(request))
        return HttpResponseRedirect(question.back)

    initial = {name: getattr(kept, name) for name in ItemForm.base_fields}
    return ask(request, question, ItemForm(request.POST or None, initial=initial), deed)


@only_for(keeping.KEEPERS)
def drop_item(request: HttpRequest, code: str, number: int, key: str) -> HttpResponse:
    """Leave an item out of a version that is not in effect yet."""
    version = _version(code, number)
    question = _question("删去一项", version, "这一版启用后不再查这一项；以前的版本不变。")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.drop_item(version, key, actor_for(request))
        return HttpResponseRedirect(question.back)

    return ask(request, question, forms.Form(request.POST if request.method == "POST" else None), deed)


class EndForm(forms.Form):
    """From when on a version is no longer used, and why."""

    last = forms.DateField(label="最后使用日期", widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(label="停用原因", max_length=400, widget=forms.Textarea({"rows": 3}))


@only_for(keeping.KEEPERS)
def end_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Stop using a version of the district's own."""
    version = _version(code, number)
    question = _question("停用这一版", version, "停用后恢复使用随系统发布的版本（有的话）；以前的检查不变。")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        keeping.end_version(version, given["last"], given["reason"], actor_for(request))
        return HttpResponseRedirect(question.back)

    return ask(request, question, EndForm(request.POST or None, initial={"last": clock.today()}), deed)
