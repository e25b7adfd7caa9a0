"""``/enterprises/sectors/``: the tree of sectors as it stood on any day, its words and regulators; and the words nobody knows yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, AgencyKind, Regulation, Sector
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.paging import address
from bihuan.kernel.web.session import actor_for
from bihuan.registers import sector_words
from bihuan.registers.models import SectorWord
from bihuan.registers.pages.days import asked_day
from bihuan.registers.pages.history import history
from bihuan.registers.pages.listing import BASE, WAITING
from bihuan.registers.pages.waiting import LONG, WORDS, age, tabs
from bihuan.registers.sectors import catalogue

HERE = f"{BASE}sectors/"
DECIDERS = frozenset({Role.OFFICE, Role.REGULATOR})
OFFICE = frozenset({Role.OFFICE})


@require_GET
@only_for(BUSINESS)
def tree(request: HttpRequest) -> HttpResponse:
    """The sectors in force on a day, each with who leads it and how many objects of mine are under it."""
    actor, day = actor_for(request), asked_day(request)
    rows = list(Sector.objects.filter(in_force(day)).order_by("path"))
    leads = dict(
        Regulation.objects.filter(in_force(day), lead=True)
        .values_list("sector", "agency__name")
        .order_by("id")
    )
    under = visible_objects(actor).order_by().values("sector").annotate(held=Count("pk"))
    held = dict(under.values_list("sector", "held"))
    begun, ended = _changes(day)
    columns = (
        parts.Column("行业领域", "title"), parts.Column("牵头监管部门"), parts.Column("监管对象", "number", "家"),
        parts.Column("启用", "day", phone=False), parts.Column("停用", "day", phone=False),
    )  # fmt: skip
    order = {str(one.pk): (one.order, one.pk) for one in rows}
    listed = sorted(rows, key=lambda one: [order.get(part, (0, 0)) for part in one.path.split(".")[:-1]])
    context = {
        "crumbs": [parts.Link("企业", BASE), parts.Link("行业领域目录", "")],
        "heading": "行业领域目录",
        "lead": f"目录版本 {catalogue().version}，所示为 {day} 在用的；记录只能选用目录里的行业领域。{begun}{ended}",
        "begin": (parts.Action("写法核定", WORDS, icon="list-check"),) if actor.holds(*DECIDERS) else (),
        "tabs": (),
        "filters": (parts.Filter("on", "看哪一天的目录", "date", day.isoformat()),),
        "chips": (),
        "ledger": parts.Ledger(columns, [_row(one, leads, held, day) for one in listed], "行业领域目录"),
        "empty": parts.Empty("这一天还没有目录。", "换一个日期再看。", icon="sitemap"),
        "count_words": f"共 {len(rows)} 个",
    }
    return render(request, "list.html", context)


def _changes(day: date) -> tuple[str, str]:
    """What differs from the tree of today, in words."""
    today = clock.today()
    if day == today:
        return "", ""
    then = set(Sector.objects.filter(in_force(day)).values_list("name", flat=True))
    now = set(Sector.objects.filter(in_force(today)).values_list("name", flat=True))
    added, gone = sorted(now - then), sorted(then - now)
    return (
        f"比今天少：{'、'.join(added)}。" if added else "",
        f"今天已停用：{'、'.join(gone)}。" if gone else "" if added else "与今天相同。",
    )


def _row(one: Sector, leads: Mapping[int, str], held: Mapping[Any, int], day: date) -> parts.Row:
    lead = leads.get(one.pk) or (leads.get(one.parent_id) if one.parent_id else None)
    depth = one.path.count(".") - 1
    return parts.Row(
        (f"{'　' * depth}{one.name}", lead, held.get(one.pk, 0), one.since, one.until),
        href=address(f"{HERE}{one.code}/", {"on": "" if day == clock.today() else day.isoformat()}),
    )


def _sector(code: str) -> Sector:
    found = Sector.objects.filter(code=code).first()
    if found is None:
        raise Absent("目录里没有这个行业领域")
    return found


@require_GET
@only_for(BUSINESS)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One sector: its validity, its regulators of any time, the words it answers to and who taught them."""
    actor, sector = actor_for(request), _sector(code)
    own = {word.name_key: word for word in sector_words.own_words(sector)}
    packaged = [
        key for key in sector.aliases.order_by("id").values_list("name_key", flat=True) if key not in own
    ]
    may = actor.holds(*DECIDERS)
    columns = (
        parts.Column("本区添的写法", "title"), parts.Column("核定人"), parts.Column("时间", "day"),
        parts.Column("理由", phone=False), parts.Column("", "action"),
    )  # fmt: skip
    rows = [
        parts.Row(
            (
                word.word,
                f"{word.decided_by_post} {word.decided_by}".strip(),
                word.decided_at,
                word.reason or None,
                parts.Action("不再认", f"{HERE}{code}/words/{word.pk}/drop/") if may else "",
            )
        )
        for word in own.values()
    ]
    context = {
        "crumbs": [parts.Link("行业领域目录", HERE), parts.Link(sector.name, "")],
        "heading": sector.name,
        "begin": (parts.Action("添一个写法", f"{HERE}{code}/words/new/", primary=True, icon="plus"),)
        if may
        else (),
        "facts": [
            parts.Fact("上级", sector.parent.name if sector.parent else None),
            parts.Fact("启用", sector.since),
            parts.Fact("停用", sector.until),
            parts.Fact("目录版本", catalogue().version),
            parts.Fact(
                "目录自带的写法",
                "、".join(_stems(packaged)) or None,
                hint="后面带“行业”“领域”“安全”等字样的也认得",
                wide=True,
            ),
        ],
        "regulators": _regulators(sector),
        "words": parts.Ledger(columns, rows, "本区添的写法"),
        "words_empty": parts.Empty("还没有添过写法。", "台账里遇到目录不认得的写法，核定后会列在这里。"),
        "history": history(sector),
    }
    return render(request, "sector.html", context)


def _stems(words: Sequence[str]) -> list[str]:
    """The words that are not another one with an ending."""
    return [word for word in words if not any(word != stem and word.startswith(stem) for stem in words)]


def _regulators(sector: Sector) -> parts.Ledger:
    held = Regulation.objects.filter(sector=sector).select_related("agency").order_by("-lead", "since", "id")
    columns = (
        parts.Column("监管部门", "title"), parts.Column("职责"), parts.Column("起", "day"), parts.Column("止", "day"),
    )  # fmt: skip
    rows = [
        parts.Row((one.agency.name, "牵头" if one.lead else "配合", one.since, one.until)) for one in held
    ]
    return parts.Ledger(columns, rows, "监管部门")


@require_GET
@only_for(DECIDERS)
def waiting(request: HttpRequest) -> HttpResponse:
    """The words that wait: since when, whose they are to decide, how many rows of which workbooks wait for them."""
    actor = actor_for(request)
    rows = list(sector_words.waiting_words(actor).prefetch_related("uses")[:200])
    office = actor.holds(Role.OFFICE)
    columns = (
        parts.Column("写法", "title"), parts.Column("已等", "number", "天"), parts.Column("等着的行", "number"),
        parts.Column("核定单位"), parts.Column("", "action"),
    )  # fmt: skip
    context = {
        "crumbs": [parts.Link("企业", BASE), parts.Link("待核实", WAITING), parts.Link("行业领域写法", "")],
        "heading": "待核实清单",
        "lead": "台账里写了、目录不认得的行业领域。所在的行先不导入；核定是哪个行业领域之后，重新读取那份台账就认得了。",
        "begin": (parts.Action("行业领域目录", HERE, icon="sitemap"),),
        "tabs": tabs(actor, WORDS),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, [_word_row(word, office=office) for word in rows], "待核定的写法"),
        "empty": parts.Empty("没有待核定的写法。", icon="circle-check"),
    }
    return render(request, "list.html", context)


def _word_row(word: Any, *, office: bool) -> parts.Row:
    books = "、".join(f"{use.filename}（{use.rows} 行，{use.uploaded_by}）" for use in word.uses.all()[:3])
    base, days = f"{WORDS}{word.pk}/", age(word.first_seen)
    since = f"（{age(word.owner_since)} 天前指定）" if word.owner_since else ""
    return parts.Row(
        (
            word.word,
            days,
            word.waiting or 0,
            f"{sector_words.owner_of(word)}{since}",
            parts.Deeds(
                (
                    parts.Action("核定", f"{base}decide/"),
                    parts.Action("不是行业", f"{base}dismiss/"),
                    *((parts.Action("交由部门", f"{base}hand-over/"),) if office else ()),
                )
            ),
        ),
        late=days > LONG,
        sub=books,
    )


class DecideForm(forms.Form):
    sector = forms.TypedChoiceField(label="就是哪个行业领域", coerce=int)
    reason = forms.CharField(
        label="依据", max_length=200, required=False, help_text="例如“区安委会〔2023〕5 号分工”"
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Sector.objects.filter(in_force(clock.today())).order_by("path")
        mine = [row for row in rows if _reaches(actor, row)]
        named = [(row.pk, f"{'　' if row.parent_id else ''}{row.name}") for row in mine]
        self.fields["sector"].choices = [("", "请选择"), *named]  # type: ignore[attr-defined]


def _reaches(actor: Actor, sector: Sector) -> bool:
    return actor.holds(Role.OFFICE) or any(
        not scope.sector_paths or sector.path.startswith(scope.sector_paths)
        for scope in actor.scopes
        if scope.role == Role.REGULATOR
    )


class DismissForm(forms.Form):
    reason = forms.CharField(
        label="理由", max_length=200, help_text="上传人会看到，例如“这是单位名称，请填工贸”"
    )


class HandOverForm(forms.Form):
    agency = forms.TypedChoiceField(label="由谁核定", coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Agency.objects.filter(in_force(clock.today()), kind=AgencyKind.DEPARTMENT).order_by(
            "order", "id"
        )
        named = rows.values_list("pk", "name")
        self.fields["agency"].choices = [("", "安委办自己核定"), *named]  # type: ignore[attr-defined]


def _facts(word: Any) -> Sequence[parts.Fact]:
    books = [f"{use.filename}（{use.rows} 行，{use.uploaded_by}）" for use in word.uses.all()[:10]]
    return [
        parts.Fact("台账里的写法", word.word),
        parts.Fact("已等", f"{age(word.first_seen)} 天"),
        parts.Fact("等着的行", word.waiting or 0),
        parts.Fact("核定单位", sector_words.owner_of(word)),
        parts.Fact("所在台账", "；".join(books) or None, wide=True),
    ]


def _question(word: Any, label: str, says: str) -> Question:
    return Question(
        label, back=WORDS, says=says, facts=_facts(word), crumbs=[parts.Link("待核实的行业领域写法", WORDS)]
    )


@only_for(DECIDERS)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which sector a word means."""
    actor = actor_for(request)
    word = sector_words.access_word(actor, pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        sector = Sector.objects.get(pk=given["sector"])
        sector_words.decide(word, sector, actor_for(request), given["reason"])
        messages.success(request, f"“{word.word}”以后都认作{sector.name}；已通知上传人重新读取台账。")
        return HttpResponseRedirect(WORDS)

    says = (
        "核定之后，这个写法成为该行业领域的别名，下一次读取台账就认得；已上传未导入的，请上传人点“重新读取”。"
    )
    return ask(
        request, _question(word, f"核定“{word.word}”", says), DecideForm(actor, request.POST or None), deed
    )


@only_for(DECIDERS)
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a word means no sector."""
    word = sector_words.access_word(actor_for(request), pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        sector_words.dismiss(word, actor_for(request), given["reason"])
        messages.success(request, f"“{word.word}”不作行业领域；已把理由告诉上传人。")
        return HttpResponseRedirect(WORDS)

    says = "写法不是行业领域的（填错列、写成单位名等）。含有它的行仍不能导入，请上传人改写。"
    return ask(
        request, _question(word, f"“{word.word}”不是行业领域", says), DismissForm(request.POST or None), deed
    )


@only_for(OFFICE)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose it is to decide."""
    word = sector_words.access_word(actor_for(request), pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        agency = Agency.objects.filter(pk=given["agency"]).first() if given["agency"] else None
        sector_words.hand_over(word, agency, actor_for(request))
        messages.success(request, f"“{word.word}”交由{agency.name if agency else '安委办'}核定。")
        return HttpResponseRedirect(WORDS)

    says = "该部门的监管岗位会在自己的待核实清单里看到它，并在主管的行业领域内核定；安委办仍可核定。"
    form = HandOverForm(request.POST or None, initial={"agency": word.owner_id})
    return ask(request, _question(word, f"指定“{word.word}”由谁核定", says), form, deed)


class WordForm(forms.Form):
    word = forms.CharField(label="写法", max_length=60, help_text="台账里会出现的叫法，例如“危化品”")
    reason = forms.CharField(label="依据", max_length=200, required=False)


@only_for(DECIDERS)
def new_word(request: HttpRequest, code: str) -> HttpResponse:
    """Teach a word before any ledger uses it."""
    sector = _sector(code)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        sector_words.add_word(sector, given["word"], actor_for(request), given["reason"])
        messages.success(request, f"“{given['word']}”以后都认作{sector.name}。")
        return HttpResponseRedirect(f"{HERE}{code}/")

    question = Question(
        f"给{sector.name}添一个写法", back=f"{HERE}{code}/", says="下一次读取台账就认得。",
        crumbs=[parts.Link("行业领域目录", HERE), parts.Link(sector.name, f"{HERE}{code}/")],
    )  # fmt: skip
    return ask(request, question, WordForm(request.POST or None), deed)


@only_for(DECIDERS)
def drop_word(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a district's own word back."""
    sector = _sector(code)
    word = SectorWord.objects.filter(pk=pk, sector=sector).first()
    if word is None:
        raise Absent("没有这个写法，可能已经取消")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        sector_words.drop_word(sector, pk, actor_for(request), given["reason"])
        messages.success(request, f"“{word.word}”不再认作{sector.name}。")
        return HttpResponseRedirect(f"{HERE}{code}/")

    question = Question(
        f"不再认“{word.word}”", back=f"{HERE}{code}/", says="已导入的记录不变；以后台账再写，会重新列为待核定。",
        crumbs=[parts.Link("行业领域目录", HERE), parts.Link(sector.name, f"{HERE}{code}/")],
    )  # fmt: skip
    return ask(request, question, DropForm(request.POST or None), deed)


class DropForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)
