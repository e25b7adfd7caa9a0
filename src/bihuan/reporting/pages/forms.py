"""The forms around a report: which period, which words, which number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import towns
from bihuan.reporting.genres import GENRES, PACKS, genre_of
from bihuan.reporting.half_year import Composition
from bihuan.reporting.models import Kind, Report

NOTATION = (
    "数字只能引用：写【逾期未整改】印出总数，【整改率：工贸】印出该分组的数，【整改率：工贸：0】不留小数。"
)


class BeginForm(forms.Form):
    """Which report: period, cut-off, place."""

    period = forms.ChoiceField(label="时段")
    as_of = forms.DateField(
        label="截至日期", help_text="隐患是否验收、是否逾期，都以这一天为准", widget=forms.DateInput()
    )
    region = forms.ChoiceField(label="范围")

    def __init__(self, *args: Any, district: Region, kind: str = Kind.HALF_YEAR.value, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.given_kind = kind
        listed = [(each, GENRES[each].label) for each in GENRES if (each in PACKS) == (kind in PACKS)]
        chosen = forms.ChoiceField(label="种类", choices=listed, initial=kind, required=kind in PACKS)
        self.fields = {"kind": chosen, **self.fields}
        period: Any = self.fields["period"]
        region: Any = self.fields["region"]
        periods = pack_periods() if kind in PACKS else begin_periods(kind)
        period.choices = [(each.label, each.chinese()) for each in periods]
        region.choices = [
            (str(district.pk), f"全{district.name[-1]}"),
            *((str(town.pk), town.name) for town in towns()),
        ]
        if not self.is_bound:
            first = periods[0]
            self.initial["period"], self.initial["region"] = first.label, str(district.pk)
            self.initial["as_of"] = min(first.last, today)

    def kind(self) -> str:
        """The kind of report asked for."""
        return str(self.cleaned_data.get("kind") or self.given_kind)

    def chosen(self) -> tuple[Period, Any, Region]:
        data = self.cleaned_data
        levels = [RegionLevel.DISTRICT, RegionLevel.TOWN, RegionLevel.ZONE]
        region = Region.objects.filter(pk=data["region"], level__in=levels).first()
        if region is None:
            raise Refused.because("report.unknown_region", "没有这个镇街，请重新选择。", "region")
        return Period.parse(data["period"]), data["as_of"], region


def recent_periods(kind: str = Kind.HALF_YEAR.value) -> Sequence[Period]:
    """The periods a report of a kind is usually about, the one just over or running first."""
    today, marks = clock.today(), frozenset(genre_of(kind).marks)
    if kind in PACKS:
        return _months_and_quarters(marks, today)
    labels: list[str] = []
    for year in (today.year, today.year - 1, today.year - 2, today.year - 3):
        labels += [f"{year}H2", f"{year}H1"] if "H" in marks else []
        labels += [f"{year}"]
    begun = [period for period in map(Period.parse, labels) if period.first <= today]
    return sorted(
        begun,
        key=lambda period: (
            period.last >= today and (today - period.first).days < 31,
            -period.last.toordinal(),
        ),
    )


def begin_periods(kind: str) -> Sequence[Period]:
    """Those of the kind first, then the quarters of two years, for who looks back on less than a half."""
    usual = list(recent_periods(kind))
    halves = [each for each in recent_periods() if each.label not in {one.label for one in usual}]
    return [*usual, *halves, *_months_and_quarters(frozenset("Q"), clock.today())]


def pack_periods() -> Sequence[Period]:
    """The months and quarters that packs and bulletins are about."""
    marks = frozenset(mark for each in PACKS for mark in genre_of(each).marks)
    return _months_and_quarters(marks, clock.today())


def _months_and_quarters(marks: frozenset[str], today: date) -> Sequence[Period]:
    """The last one that is over first, then back through two years, the running one last."""
    found: list[Period] = []
    for year in (today.year, today.year - 1):
        found += [Period.parse(f"{year}Q{number}") for number in (4, 3, 2, 1) if "Q" in marks]
        found += [Period.parse(f"{year}-{month:02d}") for month in range(12, 0, -1) if "-" in marks]
    begun = [period for period in found if period.first <= today]
    return sorted(begun, key=lambda period: (period.last >= today, -period.last.toordinal(), period.label))


class TextsForm(forms.Form):
    """The words around the figures; whatever is left as proposed goes on following the figures."""

    as_of = forms.DateField(label="截至日期", widget=forms.DateInput())
    digits = forms.TypedChoiceField(
        label="整改率保留小数位数",
        coerce=int,
        choices=[(0, "不留小数（92%）"), (1, "一位（92.1%）"), (2, "两位（92.11%）")],
    )
    recipients = forms.CharField(
        label="主送机关", max_length=2000, required=False,
        help_text="几个单位之间用顿号隔开；〔各镇街〕〔各部门〕印成登记的名称",
    )  # fmt: skip
    copies = forms.CharField(label="抄送", max_length=2000, required=False)
    opening = forms.CharField(
        label="开头补充", required=False, widget=forms.Textarea(), help_text="接在第一段后面"
    )
    done = forms.CharField(
        label="工作推进情况补充", required=False, widget=forms.Textarea(), help_text=NOTATION
    )
    problems = forms.CharField(
        label="存在的主要问题", required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一行一条。没有引用数据的会印上「无数据支撑」。" + NOTATION,
    )  # fmt: skip
    next = forms.CharField(
        label="下一步工作", required=False, widget=forms.Textarea(attrs={"rows": 8}), help_text="一行一条。"
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    @classmethod
    def initial_of(cls, report: Report, composition: Composition) -> dict[str, Any]:
        """What the form begins with: the clerk's words, or the proposals."""
        texts = composition.texts
        return {
            "as_of": report.as_of, "digits": report.digits, "version": report.version,
            "recipients": texts.get("recipients", ""), "copies": texts.get("copies", ""),
            "opening": texts.get("opening", ""), "done": texts.get("done", ""),
            "problems": "\n".join(texts.get("problems", composition.problems)),
            "next": "\n".join(texts.get("next", composition.next_steps)),
        }  # fmt: skip

    def texts(self, composition: Composition) -> dict[str, Any]:
        """What to keep: proposals left as they are stay proposals."""
        data = self.cleaned_data
        kept: dict[str, Any] = {
            name: data[name].strip() for name in ("opening", "done", "recipients", "copies")
        }
        for name, proposed in (("problems", composition.problems), ("next", composition.next_steps)):
            items = [line.strip() for line in data[name].splitlines() if line.strip()]
            if tuple(items) != tuple(proposed):
                kept[name] = items
        return {
            name: value for name, value in kept.items() if value or name in ("problems", "next", "recipients")
        }


class IssueForm(forms.Form):
    """The mark that stands before the number."""

    mark = forms.CharField(
        label="机关代字", max_length=12, help_text="印在文号里，例如“薛安办”；文号签发时自动取得，不跳号"
    )
    version = forms.IntegerField(widget=forms.HiddenInput())
