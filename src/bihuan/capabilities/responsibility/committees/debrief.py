"""The safety section of a leader's year-end debrief (述职), drafted from that leader's own records and nothing else (M013)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from bihuan.capabilities.responsibility.committees.models import Priority
from bihuan.capabilities.responsibility.committees.priorities import Turn, countable, turns
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.keeping import basis_of
from bihuan.capabilities.responsibility.duties.models import Duty
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Block, Column, Document, FigureRef, Heading, Paragraph, Run, Table, Text
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.models import Post, Tenure
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.trees import in_force as held


def safety_section(post: Post, year: int, as_of: date) -> Document:
    """The draft: duties held, records counted by figure, the year's list with every interval, and what is missing."""
    period = Period.parse(str(year))
    day = min(as_of, period.last)
    listed = turns(list(Priority.objects.filter(post=post, year=year).order_by("number")), day)
    tenure = Tenure.objects.filter(held(day), post=post).select_related("person").first()
    duties = Duty.objects.filter(in_force(day), post=post).select_related("clause__version__document")
    blocks: list[Block] = [
        Heading(1, "履行安全生产职责的依据"),
        *(
            Paragraph.of(f"{duty.text}（{basis_of(duty) or '未注明依据'}）")
            for duty in duties.order_by("since", "id")
        ),
        Heading(1, "本人记录的工作"),
        Paragraph(tuple(_counted(post, period, day))),
        Heading(1, "重点工作清单完成情况"),
        Paragraph.of(_overall(listed)),
    ]
    if listed:
        blocks.append(Table(_COLUMNS, tuple(_rows(listed)), size=10.5, numbered=False))
    blocks += [Heading(1, "存在的不足"), Paragraph.of(_missing(listed))]
    return Document(
        kind="述职材料",
        title="安全生产履职情况",
        subtitle=f"（{titled(post)}{f'　{tenure.person.name}' if tenure else ''}，{period.chinese()}，截至 {day}）",
        blocks=tuple(blocks),
        demo=bool(settings.BIHUAN_DEMO),
    )


def _counted(post: Post, period: Period, day: date) -> Iterable[Run]:
    """One clause a figure, each number a figure that opens its records."""
    names = [name for name, _ in countable()]
    found = [answers.value(name, period, day, Scope(leader=post.pk)) for name in names]
    shown = [value for value in found if value.amount]
    if not shown:
        yield Text(f"截至 {day}，系统里没有本人带队检查、督导或主持会议的记录。")
        return
    yield Text("按系统记录，")
    for place, value in enumerate(shown):
        yield Text(value.label)
        yield _ref(value)
        yield Text("。" if place == len(shown) - 1 else "，")


def _ref(value: FigureValue) -> FigureRef:
    return FigureRef(value.text(), f"{value.figure}-{value.period.label}")


def _overall(listed: list[Turn]) -> str:
    if not listed:
        return "本年度没有列入重点工作清单的事项。"
    items = len({turn.priority.pk for turn in listed})
    over = [turn for turn in listed if turn.over]
    done = sum(turn.done for turn in over)
    running = len(listed) - len(over)
    return f"清单共 {items} 项，已到期 {len(over)} 次，其中完成 {done} 次、逾期未完成 {len(over) - done} 次；正在进行 {running} 次。"


def _rows(listed: list[Turn]) -> Iterable[tuple[str, str, str, str, str]]:
    for turn in listed:
        state = "完成" if turn.done else "逾期未完成" if turn.overdue else "进行中"
        one = turn.priority
        yield (str(one.number), one.text, turn.period.chinese(), f"{turn.count} / {one.times}", state)


def _missing(listed: list[Turn]) -> str:
    late = [turn for turn in listed if turn.overdue]
    if not late:
        return "清单事项没有逾期。"
    told = "；".join(
        f"“{turn.priority.text}”{turn.period.chinese()}应 {turn.priority.times} 次、记录 {turn.count} 次"
        for turn in late
    )
    return f"以下事项没有按频次完成：{told}。"


_COLUMNS = (
    Column("序号", 4),
    Column("重点工作", 18, "left"),
    Column("时段", 10),
    Column("记录/要求", 8),
    Column("情况", 8),
)
