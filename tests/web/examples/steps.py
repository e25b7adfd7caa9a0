"""Step forms and what comes back instead of a deed."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.kernel.errors import Failure
from bihuan.kernel.web.parts import Fact, Link
from tests.web.examples.hazard import ENTRIES, FACTS
from tests.web.examples.people import CRUMBS, FRAME, NO, Pages


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class AssignForm(forms.Form):
    """One field of each kind, as a step's input becomes a form."""

    grade = forms.ChoiceField(label="等级", choices=(("general", "一般"), ("major", "重大")))
    responsible = forms.CharField(label="整改责任人", max_length=60)
    agency = forms.ChoiceField(
        label="督促单位",
        choices=[
            ("", "请选择"),
            *(
                (str(i), w)
                for i, w in enumerate(("区应急管理局", "区消防救援大队", "区住建局", "区交通局", "临溪街道"))
            ),
        ],
    )
    measures = forms.CharField(label="整改措施", widget=forms.Textarea, help_text="写清改什么、改成什么样。")
    funds = forms.DecimalField(label="资金", help_text="没有花钱就填 0。")
    rectify_by = forms.DateField(label="整改期限", widget=forms.DateInput)
    plan = forms.CharField(label="应急预案", widget=forms.Textarea, required=False)
    cautions = forms.MultipleChoiceField(
        label="同时采取",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=(("stop", "整改期间停用该部位"), ("guard", "安排专人值守"), ("post", "现场公示")),
    )
    reporter = forms.CharField(label="举报人", required=False)
    photos = forms.FileField(label="现场照片", widget=Files, required=False)
    paper = forms.FileField(label="附件", required=False)
    told = forms.BooleanField(label="已当面告知企业主要负责人", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks: dict[str, dict[str, Any]] = {
            "responsible": {"basis": "《中华人民共和国安全生产法》第四十一条"},
            "funds": {"kind": "money"},
            "photos": {"kind": "photo"},
            "reporter": {"sealed": True},
        }
        for name, added in marks.items():
            for key, value in added.items():
                setattr(self.fields[name], key, value)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="退回原因", widget=forms.Textarea, help_text="写清哪里没改到位、要改成什么样。"
    )


class AfterForm(forms.Form):
    done = forms.CharField(label="怎么改的", widget=forms.Textarea({"rows": 3}))
    spent = forms.DecimalField(label="实际支出")
    photos = forms.FileField(label="整改后照片", widget=Files)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spent"].kind = "money"  # type: ignore[attr-defined]
        self.fields["photos"].kind = "photo"  # type: ignore[attr-defined]


def bound(form: type[forms.Form], data: dict[str, Any]) -> forms.Form:
    filled = form(data)
    filled.is_valid()
    return filled


PAGES: Pages = {
    "step": (
        "step.html",
        {
            "frame": FRAME,
            "crumbs": (*CRUMBS, Link("交办", "")),
            "label": "交办",
            "says": "把五件事说清楚，交给能改的人。",
            "basis": "《中华人民共和国安全生产法》第四十一条",
            "matter": Link(f"{NO} 二层疏散通道堆放货物，安全出口上锁", "#"),
            "facts": (),
            "form": AssignForm(initial={"grade": "general"}),
            "failures": (),
            "multipart": True,
            "signed": True,
            "confirmed": False,
            "one_click_sign": False,
            "password_error": "",
            "version": 3,
            "key": "k",
            "cancel_href": "../",
        },
    ),
    "step_refused": (
        "step.html",
        {
            "frame": FRAME,
            "crumbs": (*CRUMBS, Link("交办", "")),
            "label": "交办",
            "says": "把五件事说清楚，交给能改的人。",
            "basis": "",
            "matter": Link(f"{NO} 二层疏散通道堆放货物，安全出口上锁", "#"),
            "facts": FACTS[:2],
            "form": bound(
                AssignForm,
                {
                    "grade": "general",
                    "responsible": "何志强",
                    "measures": "清空通道",
                    "funds": "很多",
                    "rectify_by": "2023-13-01",
                },
            ),
            "failures": (
                Failure("hazard.due_before_found", "整改期限不能早于发现日期 2023-06-05", "rectify_by"),
                Failure("hazard.elements_incomplete", "五落实还缺应急预案，请补齐后再交办", "plan"),
            ),
            "multipart": True,
            "signed": True,
            "confirmed": False,
            "one_click_sign": False,
            "password_error": "密码不对，请重输",
            "version": 3,
            "key": "k",
            "cancel_href": "../",
        },
    ),
    "step_phone": (
        "step.html",
        {
            "frame": FRAME,
            "crumbs": CRUMBS,
            "label": "提交整改",
            "says": "拍下改好的样子，写一句怎么改的。",
            "basis": "",
            "matter": None,
            "facts": (),
            "form": AfterForm(),
            "failures": (),
            "multipart": True,
            "signed": True,
            "confirmed": True,
            "one_click_sign": False,
            "password_error": "",
            "version": 4,
            "key": "k",
            "cancel_href": "../",
        },
    ),
    "stale": (
        "stale.html",
        {
            "frame": FRAME,
            "crumbs": CRUMBS,
            "matter": Link(NO, "#"),
            "label": "验收",
            "since": ENTRIES[3:4],
            "typed": (Fact("验收意见", "通道畅通，同意销号"),),
            "again_href": "#",
        },
    ),
    "refused": (
        "refused.html",
        {
            "frame": FRAME,
            "crumbs": CRUMBS,
            "label": "验收",
            "failures": (
                Failure("hazard.accepter_is_rectifier", "验收人不能是整改人（谁治理谁签名、谁验收谁签名）"),
                Failure("hazard.no_after_photo", "还没有整改后照片，请整改责任人补传"),
            ),
            "back": Link("回到这条隐患", "#"),
        },
    ),
}
