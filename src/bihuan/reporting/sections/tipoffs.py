"""群众投诉举报: batches and items, each with what is closed and what is open; a rate always names its level (M242, M243, N04).

Closed and open are counted from the records a second time before anything is printed: where they do not make up what was
received, the report is refused with the reason, because one of the three numbers would be wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q

from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.reconciling import reconcile
from bihuan.capabilities.tipoffs.states import ItemState, Topic
from bihuan.kernel.documents import Block, Cell, Column, Heading, Paragraph, Run, Table
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting import year_on_year
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.themes import coordination
from bihuan.reporting.sentences import joined, listed, say

BATCHES = ("tipoffs.batches_received", "tipoffs.batches_closed", "tipoffs.batches_open")
ITEMS = ("tipoffs.items_received", "tipoffs.items_closed", "tipoffs.items_open")
ON_TIME = "tipoffs.items_on_time"
ENDED = ("tipoffs.items_not_admitted", "tipoffs.items_passed_on")
JUDGED = (
    "tipoffs.items_satisfied",
    "tipoffs.items_unsatisfied",
    "tipoffs.items_unrated",
    "tipoffs.questions_open",
)
LEVELS = ((BATCHES, "批次"), (ITEMS, "件"))
AGES = (15, 30, 60)
AGE_WORDS = ("十五日以内", "十六日至三十日", "三十一日至六十日", "六十日以上")
Values = Mapping[str, FigureValue]


def compose(desk: Briefing) -> Part:
    """The section; silent where nobody ever registered a tip-off, and in a scope that cannot tell them apart."""
    if not desk.ever_kept(ITEMS[0]):
        return Part()
    batches = BATCHES if desk.question.whole else ()
    found = desk.ask((*batches, *ITEMS, ON_TIME, *ENDED, *JUDGED))
    if ITEMS[0] not in found:
        return Part()
    if not found[ITEMS[0]].amount:
        return _still_waiting(desk)
    add_up(desk)
    told = (_received(desk, found), _judged(desk, found), _sources(desk))
    blocks: list[Block] = [
        Heading(2, "群众投诉举报办理"),
        *(Paragraph(joined(runs)) for runs in told if runs),
    ]
    waiting = unreplied(desk)
    if waiting.count:
        blocks.append(_ages(desk, waiting))
    return Part(tuple(blocks), _problems(waiting), _next_steps(found))


def _still_waiting(desk: Briefing) -> Part:
    """Nothing came in the period; whoever told before and has no answer yet is not forgotten with it."""
    if not _waiting(desk):
        return Part()
    waiting = unreplied(desk)
    return Part((Heading(2, "群众投诉举报办理"), _ages(desk, waiting)), _problems(waiting), ())


SECTION = Section("tipoffs", 36, compose)


def add_up(desk: Briefing) -> None:
    """Hold closed and open against received, at both levels, from the records themselves.

    Raises:
        Refused: they do not make up what was received (``report.tipoffs_do_not_add_up``), or a batch does not stand as its
            items do (``tipoff.not_reconciled``).
    """
    asked = desk.question
    for names, level in LEVELS if asked.whole else LEVELS[1:]:
        if asked.scope.dims() - registry.figure(names[0]).tally.dims.keys():
            continue
        counted = answers.recounted(names, asked.period, asked.as_of, asked.scope)
        received, closed, left = (counted[name].amount or 0 for name in names)
        if closed + left != received:
            raise Refused.because(
                "report.tipoffs_do_not_add_up",
                f"投诉举报按{level}统计：收到{received}{level}，办结{closed}{level}、在办{left}{level}，相加不等于收到数，"
                "报告不能出。请到举报投诉台账核对办结日期后再出报告。",
            )
    if asked.whole:
        reconcile(asked.period, asked.as_of, asked.scope)


def _received(desk: Briefing, found: Values) -> tuple[Run, ...]:
    """Both levels; a rate says of which of them it is."""
    asked, tell = desk.question, desk.tell
    told = say("{period}，{place}收到群众投诉举报", period=asked.period.chinese(), place=asked.place)
    if BATCHES[0] in found:
        told += say("{batches}批次", batches=tell(found[BATCHES[0]]))
    told += say("{items}件。{until}，已办结", items=tell(found[ITEMS[0]]), until=asked.until)
    if BATCHES[0] in found:
        told += say("{batches}批次", batches=tell(found[BATCHES[1]]))
    told += say("{items}件", items=tell(found[ITEMS[1]]))
    if found[ITEMS[1]].amount and ON_TIME in found:
        told += say(
            "（其中按期办结{timely}件{ended}）", timely=tell(found[ON_TIME]), ended=_ended(desk, found)
        )
    if found[ITEMS[2]].amount:
        told += say("，正在办理")
        if BATCHES[0] in found:
            told += say("{batches}批次", batches=tell(found[BATCHES[2]]))
        told += say("{items}件", items=tell(found[ITEMS[2]]))
    rates = [
        say("按{level}计的办结率为{rate}", level=level, rate=tell(rate))
        for name, level in (("tipoffs.batches_closing_rate", "批次"), ("tipoffs.items_closing_rate", "件"))
        if (asked.whole or level == "件") and (rate := desk.ask((name,)).get(name)) is not None
    ]
    if rates:
        told += say("，{rates}", rates=listed(rates))
    told += say("。一个批次的各件全部办结，该批次才算办结。")
    then = year_on_year.before(desk, (ITEMS[0],))
    moved = year_on_year.moved(desk, found[ITEMS[0]], then)
    return told + (say("按件计，{moved}。", moved=moved) if moved else ())


def _ended(desk: Briefing, found: Values) -> tuple[Run, ...]:
    """What was closed without being dealt with here: a rate that hid it would praise a desk that turns people away."""
    words = (("，不予受理{count}件", ENDED[0]), ("，移送其他机关{count}件", ENDED[1]))
    told = [say(text, count=desk.tell(found[name])) for text, name in words if found[name].amount]
    return joined(run for runs in told for run in runs)


def _judged(desk: Briefing, found: Values) -> tuple[Run, ...]:
    """What reporters think of the answers; how many said nothing stands beside it."""
    good, bad, silent, asked = (found[name] for name in JUDGED)
    if not (good.amount or bad.amount or asked.amount):
        return ()
    tell = desk.tell
    told = say(
        "举报人对答复评价满意{good}件、不满意{bad}件，已回复未评价{silent}件",
        good=tell(good), bad=tell(bad), silent=tell(silent),
    )  # fmt: skip
    if asked.amount:
        told += say("；另有{asked}件的追问尚未答复", asked=tell(asked))
    return told + say("。")


def _sources(desk: Briefing) -> tuple[Run, ...]:
    """By what way they came, and what they were about: parts whose sum is the number of items."""
    told: list[tuple[Run, ...]] = []
    for by, words in (("source", "从来源看"), ("topic", "从反映内容看")):
        if answers.BY.get(by) not in registry.figure(ITEMS[0]).tally.dims:
            continue
        lines = desk.ask((ITEMS[0],), by)[ITEMS[0]].by
        ranked = sorted(lines.items(), key=lambda line: -(line[1].amount or 0))
        each = [
            say("{name}{count}件", name=name, count=desk.cite.figure(value, name))
            for name, value in ranked
            if value.amount
        ]
        told.append(say("{words}，{each}。", words=words, each=listed(each)))
    return joined(run for runs in told for run in runs)


def gas(desk: Briefing) -> tuple[Run, ...]:
    """Gas by itself, as the housing bureau hands it over: items, for a batch may be about several things."""
    if not desk.ever_kept(ITEMS[0]) or "topic" not in registry.figure(ITEMS[0]).tally.dims:
        return ()
    found = desk.ask(ITEMS, "topic")
    named = Topic.GAS.label
    lines = {name: value.by.get(named) for name, value in found.items()}
    whole, closed, left = (lines[name] for name in ITEMS)
    if whole is None or not whole.amount:
        return ()
    for value in found.values():
        desk.cite.figure(value)
    told = say("收到燃气安全举报{count}件", count=desk.cite.figure(whole, named))
    if closed is not None and closed.amount:
        told += say("，已办结{count}件", count=desk.cite.figure(closed, named))
    if left is not None and left.amount:
        told += say("，正在办理{count}件", count=desk.cite.figure(left, named))
    return told + say("。")


def _waiting(desk: Briefing) -> Sequence[tuple[str, date]]:
    """Items received by the cut-off that nobody had replied to by then, with the day they came."""
    asked = desk.question
    rows = Item.objects.filter(
        Q(replied_on=None) | Q(replied_on__gt=asked.as_of),
        received_on__lte=min(asked.period.last, asked.as_of),
    ).exclude(state=ItemState.REVOKED.value)
    rows = rows.filter(answers.in_scope(registry.figure(ITEMS[0]).tally, asked.scope))
    return [
        (str(uid), day) for uid, day in rows.order_by("received_on", "uid").values_list("uid", "received_on")
    ]


def unreplied(desk: Briefing) -> Roll:
    """Whoever reported has not been answered, whenever the item came."""
    asked = desk.question
    caption = f"{asked.until}未回复，{asked.place}，含本期以前收到的"
    keys = tuple(key for key, _ in _waiting(desk))
    return desk.offer(Roll("tipoffs.unreplied", "未回复的举报", "件", caption, keys))


def _ages(desk: Briefing, waiting: Roll) -> Table:
    """How long they have waited; each line opens its items."""
    asked = desk.question
    held: list[list[str]] = [[] for _ in AGE_WORDS]
    for key, day in _waiting(desk):
        held[bisect_right(AGES, (asked.as_of - day).days - 1)].append(key)
    rows: list[tuple[Cell, ...]] = []
    for place, (words, keys) in enumerate(zip(AGE_WORDS, held, strict=True)):
        roll = Roll(
            f"tipoffs.unreplied_{place}", f"未回复的举报（{words}）", "件", waiting.caption, tuple(keys)
        )
        rows.append((words, desk.count(roll)))
    rows.append(("合计", desk.count(waiting)))
    columns = (Column("收到至今", align="left"), Column("未回复"))
    return Table(columns, tuple(rows), caption=f"{asked.until}未回复的投诉举报", unit="单位：件", totals=1)


def _problems(waiting: Roll) -> tuple[str, ...]:
    if not waiting.count:
        return ()
    return (
        coordination(
            "群众举报还有没回复的。有【未回复的举报】件投诉举报还没有回复举报人，群众对办理结果不了解。"
        ),
    )


def _next_steps(found: Values) -> tuple[str, ...]:
    if not found[ITEMS[2]].amount:
        return ()
    return (
        "办好群众投诉举报。对在办事项明确承办单位和办结时限，查实的隐患纳入台账整改，办理结果逐件回复举报人。",
    )
