"""``/responsibility/priorities/``: each leader's key-work list, what the records say of it, and the debrief drafted from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility.committees import debrief, priorities, trail
from bihuan.capabilities.responsibility.committees.models import Priority
from bihuan.capabilities.responsibility.committees.models.priorities import Interval
from bihuan.capabilities.responsibility.committees.pages.committees import (
    OFFICE,
    READERS,
    history,
    holders_of,
)
from bihuan.capabilities.responsibility.committees.priorities import Turn, countable
from bihuan.capabilities.responsibility.duties.pages.layout import Section, page, paper
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import card, records_href
from bihuan.kernel.web.session import actor_for

BASE = "/responsibility/priorities/"
HOME = parts.Link("领导重点工作清单", BASE)


def year_of(request: HttpRequest) -> int:
    """The year asked for; this year where it is none."""
    text = request.GET.get("year", "")
    known = text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= 2100
    return int(text) if known else clock.today().year


@require_GET
@only_for(READERS)
def list_page(request: HttpRequest) -> HttpResponse:
    """Every leader: how many items, how many turns done, overdue, running."""
    actor, year = actor_for(request), year_of(request)
    turns = priorities.turns(list(priorities.of_year(year)), clock.today())
    leaders = list(priorities.leaders())
    names = holders_of([post.pk for post in leaders])
    overdue = [turn for turn in turns if turn.overdue]
    sections = [
        Section("各位领导", f"{year} 年，截至 {clock.today()}", ledger=_leaders(leaders, turns, names, year)),
        Section(
            "逾期未完成的", f"{len(overdue)} 次", ledger=_overdue(overdue, names),
            empty=parts.Empty("没有逾期的。", "每个时段过完，记录少于清单要求的，会列在这里。", icon="circle-check"),
        ),
    ]  # fmt: skip
    begin = (
        [parts.Action("列入清单", f"{BASE}new/", primary=True, icon="plus")]
        if actor.holds(Role.OFFICE)
        else []
    )
    return page(
        request, actor, BASE, "领导重点工作清单", sections, begin=begin,
        filters=[parts.Filter("year", "年度", value=str(year), choices=_years())],
        lead="做没做到，只看会议、督导和带队检查的记录，不手填完成情况。",
    )  # fmt: skip


def _years() -> list[tuple[str, str]]:
    now = clock.today().year
    return [(str(year), f"{year}年") for year in (now - 1, now, now + 1)]


def _leaders(
    leaders: Sequence[Post], turns: Sequence[Turn], names: Mapping[int, str], year: int
) -> parts.Ledger:
    columns = (
        parts.Column("领导", "title"), parts.Column("事项", "number", "项"), parts.Column("完成", "number", "次"),
        parts.Column("逾期", "number", "次"), parts.Column("进行中", "number", "次"),
    )  # fmt: skip
    rows = []
    for post in leaders:
        mine = [turn for turn in turns if turn.priority.post_id == post.pk]
        late = sum(turn.overdue for turn in mine)
        running = sum(not turn.over and not turn.done for turn in mine)
        items = len({turn.priority.pk for turn in mine})
        rows.append(
            parts.Row(
                (titled(post), items, sum(turn.done for turn in mine), late, running),
                href=f"{BASE}{post.pk}/?year={year}",
                late=late > 0,
                sub=names.get(post.pk, "（空缺）"),
            )
        )
    return parts.Ledger(columns, rows, "各位领导")


def _overdue(turns: Sequence[Turn], names: Mapping[int, str]) -> parts.Ledger:
    columns = (
        parts.Column("重点工作", "title"), parts.Column("领导"), parts.Column("时段"), parts.Column("记录/要求"),
    )  # fmt: skip
    rows = [
        parts.Row(
            (
                turn.priority.text,
                f"{titled(turn.priority.post)} {names.get(turn.priority.post_id, '')}".strip(),
                turn.period.chinese(),
                _counted(turn),
            ),
            href=f"{BASE}{turn.priority.post_id}/?year={turn.priority.year}",
            late=True,
        )
        for turn in turns
    ]
    return parts.Ledger(columns, rows, "逾期未完成的")


def _counted(turn: Turn) -> Any:
    words = f"{turn.count} / {turn.priority.times}"
    return parts.Link(words, records_href(turn.value)) if turn.count else words


@require_GET
@only_for(READERS)
def leader_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One leader's list."""
    actor, year = actor_for(request), year_of(request)
    post = access_leader(pk)
    listed = list(priorities.of_year(year).filter(post=post))
    today = clock.today()
    turns = priorities.turns(listed, today)
    office = actor.holds(Role.OFFICE)
    sections = [
        Section("完成情况", f"{year} 年，截至 {today}", ledger=_turns(turns), empty=_nothing()),
        Section("清单", ledger=_items(listed, office), empty=_nothing()),
        Section("经办记录", ledger=history(trail.history(f"leader/{post.pk}"))),
    ]
    theirs = [] if office else ["领导重点工作清单由安委办登记"]
    actions = [
        parts.Action(
            "生成述职安全部分", f"{BASE}{post.pk}/debrief.docx?year={year}", icon="file-text", primary=True
        ),
        parts.Action("列入清单", f"{BASE}new/?post={post.pk}", office, theirs, icon="plus"),
    ]
    name = holders_of([post.pk]).get(post.pk, "（空缺）")
    return page(
        request, actor, BASE, f"{titled(post)} {name}", sections, actions=actions, crumbs=[HOME],
        cards=_cards(actor, post, year),
    )  # fmt: skip


def _nothing() -> parts.Empty:
    return parts.Empty("本年度没有列入清单的事项。", "由安委办按文件列入。")


def _cards(actor: Actor, post: Post, year: int) -> list[parts.Card]:
    period = Period.parse(str(year))
    names = [name for name, _ in countable() if not name.endswith("_confirmed")]
    if not names:
        return []
    found = answers.values(names, period, min(clock.today(), period.last), Scope(leader=post.pk))
    return [card(found[name]) for name in names if found[name].amount]


def _turns(turns: Sequence[Turn]) -> parts.Ledger:
    columns = (
        parts.Column("重点工作", "title"), parts.Column("时段"), parts.Column("记录/要求"), parts.Column("情况", "state"),
    )  # fmt: skip
    rows = []
    for turn in turns:
        state = parts.State("完成", "done") if turn.done else parts.State("进行中", "open")
        if turn.overdue:
            state = parts.State("逾期未完成", "waiting")
        rows.append(
            parts.Row((turn.priority.text, turn.period.chinese(), _counted(turn), state), late=turn.overdue)
        )
    return parts.Ledger(columns, rows, "完成情况")


def _items(listed: Sequence[Priority], office: bool) -> parts.Ledger:
    known = dict(countable())
    columns = [
        parts.Column("重点工作", "title"), parts.Column("频次"), parts.Column("由哪项记录计数"), parts.Column("列入", "day"),
    ]  # fmt: skip
    if office:
        columns.append(parts.Column("", "action"))
    rows = []
    for one in listed:
        often = f"{one.get_interval_display()} {one.times} 次"
        cells: list[Any] = [one.text, often, known.get(one.figure, one.figure), one.since]
        if office:
            ended = parts.State("已移出", "off")
            cells.append(parts.Action("移出", f"{BASE}items/{one.pk}/end/") if one.until is None else ended)
        rows.append(parts.Row(cells, sub=f"第 {one.number} 项"))
    return parts.Ledger(columns, rows, "清单")


def access_leader(pk: int) -> Post:
    """One leader's post.

    Raises:
        Absent: there is none.
    """
    found = priorities.leaders().filter(pk=pk).first()
    if found is None:
        raise Absent("没有这个领导岗位")
    return found


@require_GET
@only_for(READERS)
def debrief_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The safety section of the debrief as a Word file."""
    post, year = access_leader(pk), year_of(request)
    document = debrief.safety_section(post, year, clock.today())
    return paper(document, f"安全生产履职情况-{post.title}-{year}年")


class PriorityForm(forms.Form):
    post = forms.TypedChoiceField(label="领导", coerce=int)
    year = forms.TypedChoiceField(label="年度", coerce=int)
    text = forms.CharField(label="重点工作", max_length=300, help_text="例如“带队检查危险化学品企业”")
    figure = forms.ChoiceField(label="由哪项记录计数", help_text="完成情况只认记录，不能手填")
    times = forms.IntegerField(label="次数", min_value=1, max_value=60)
    interval = forms.ChoiceField(label="频次", choices=Interval.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(post.pk, titled(post)) for post in priorities.leaders()]  # type: ignore[attr-defined]
        self.fields["year"].choices = _years()  # type: ignore[attr-defined]
        self.fields["figure"].choices = countable()  # type: ignore[attr-defined]


@only_for(OFFICE)
def new(request: HttpRequest) -> HttpResponse:
    """Put an item on a list."""
    first: dict[str, Any] = {"year": str(clock.today().year), "times": 1}
    if request.GET.get("post", "").isdigit():
        first["post"] = request.GET["post"]

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        post = access_leader(given["post"])
        priorities.set_priority(
            post, given["year"], given["text"], given["figure"], given["times"], Interval(given["interval"]),
            actor_for(request),
        )  # fmt: skip
        messages.success(request, "已列入清单。")
        return HttpResponseRedirect(f"{BASE}{post.pk}/?year={given['year']}")

    question = Question("列入重点工作清单", back=BASE, crumbs=[HOME])
    return ask(request, question, PriorityForm(request.POST or None, initial=first), deed)


class EndForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)


@only_for(OFFICE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one off."""
    one = Priority.objects.select_related("post__agency").filter(pk=pk).first()
    if one is None:
        raise Absent("没有这一项")
    found: Priority = one

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        priorities.end_priority(found, given["reason"], actor_for(request))
        messages.success(request, "已移出清单，以前各时段仍照算。")
        return HttpResponseRedirect(f"{BASE}{found.post_id}/?year={found.year}")

    facts = [parts.Fact("重点工作", found.text), parts.Fact("领导", titled(found.post))]
    question = Question("移出清单", back=f"{BASE}{found.post_id}/", facts=facts, crumbs=[HOME])
    return ask(request, question, EndForm(request.POST or None), deed)
