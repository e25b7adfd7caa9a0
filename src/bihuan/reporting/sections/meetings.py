"""会议部署和领导督导: what met, what was decided, where leaders went and what they found (M039, M045, M101, N08)."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.dispatch.meetings.cadence import MEMBERS, MONTHLY_DISPATCH
from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.capabilities.dispatch.meetings.states import MeetingKind
from bihuan.kernel.documents import Block, Cell, Column, FigureRef, Heading, Paragraph, Run, Table
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.hazards import leader_led
from bihuan.reporting.sections.themes import coordination
from bihuan.reporting.sentences import joined, listed, say

HELD = "meetings.held"
SUPERVISED, LED = "visits.supervision", "visits.led_inspections"
SUPERVISED_CONFIRMED, LED_CONFIRMED = "visits.supervision_confirmed", "visits.led_confirmed"
MADE, CLOSED, OPEN, OVERDUE = (f"decisions.{name}" for name in ("made", "closed", "open", "overdue"))
TOPICS = 12
TOLD_APART = "注：督导检查和带队排查分别计数，不得相加。"


def compose(desk: Briefing) -> Part:
    """The section; where nothing of the kind is registered it says nothing. An agency's report has none."""
    if desk.question.scope.dims() - {"region"}:
        return Part()
    whole = _asked(desk, (HELD, SUPERVISED, LED))
    visits = bool(whole[SUPERVISED].amount or whole[LED].amount)
    if not whole[HELD].amount and not visits:
        return Part()
    told = [_met(desk), _topics(desk), _decided(desk)] if whole[HELD].amount else []
    gone = _asked(desk, (SUPERVISED, LED), "leader")
    if visits:
        told += [_gone(desk, gone), _found(desk)]
    blocks: list[Block] = [
        Heading(2, "会议部署和领导督导"),
        *(Paragraph(joined(runs)) for runs in told if runs),
    ]
    if visits and len(gone[SUPERVISED].by) + len(gone[LED].by) > 1:
        blocks.append(_table(desk, gone))
    return Part(tuple(blocks), _problems(desk), _next_steps(desk))


SECTION = Section("meetings", 5, compose)


def _asked(desk: Briefing, names: Sequence[str], by: str = "") -> dict[str, FigureValue]:
    asked = desk.question
    return answers.values(names, asked.period, asked.as_of, asked.scope, by=by, digits=asked.digits)


def _met(desk: Briefing) -> tuple[Run, ...]:
    asked = desk.question
    bodies = _asked(desk, (HELD,), "body")[HELD]
    kinds = _asked(desk, (HELD,), "kind")[HELD]
    told = say(
        "{period}，{place}共召开研究部署安全生产的会议{held}次。",
        period=asked.period.chinese(), place=asked.place, held=desk.tell(bodies),
    )  # fmt: skip
    told += say("按会议层级分，{bodies}；", bodies=_each(desk, bodies))
    told += say("按会议类型分，{kinds}。", kinds=_each(desk, kinds))
    return told


def _each(desk: Briefing, value: FigureValue) -> tuple[Run, ...]:
    ranked = sorted(value.by.items(), key=lambda line: -(line[1].amount or 0))
    each = (say("{name}{count}次", name=name, count=desk.tell(line, name)) for name, line in ranked)
    return listed(each, "，")


def _decided(desk: Briefing) -> tuple[Run, ...]:
    """What the meetings decided, and how much of it is done."""
    found = _asked(desk, (MADE, CLOSED, OPEN, OVERDUE))
    if not found[MADE].amount:
        return ()
    done = say(
        "会议议定事项{made}项，均分解为有牵头单位和期限的任务。{until}，已办结{closed}项",
        made=desk.tell(found[MADE]), until=desk.question.until, closed=desk.tell(found[CLOSED]),
    )  # fmt: skip
    if not found[OPEN].amount:
        return done + say("，已全部办结。")
    left = say("，正在办理{open}项", open=desk.tell(found[OPEN]))
    if not found[OVERDUE].amount:
        return done + left + say("，没有逾期。")
    return done + left + say("，其中逾期{overdue}项。", overdue=desk.tell(found[OVERDUE]))


def _topics(desk: Briefing) -> tuple[Run, ...]:
    """What special meetings were about, by their own names."""
    asked = desk.question
    rows = Meeting.objects.filter(
        kind=MeetingKind.SPECIAL.value, took_place=True, held_on__gte=asked.period.first,
        held_on__lte=min(asked.period.last, asked.as_of),
    )  # fmt: skip
    if asked.scope.regions:
        rows = rows.filter(region_path__startswith=asked.scope.regions[0])
    titles = list(rows.order_by("held_on", "uid").values_list("title", flat=True)[: TOPICS + 1])
    if not titles:
        return ()
    more = "等" if len(titles) > TOPICS else ""
    return say("先后召开{titles}{more}，专题研究有关工作。", titles="、".join(titles[:TOPICS]), more=more)


def _gone(desk: Briefing, gone: dict[str, FigureValue]) -> tuple[Run, ...]:
    asked = desk.question
    where = "" if asked.whole else f"到{asked.place}"
    told = say(
        "区领导{where}开展督导检查{supervised}次、带队排查{led}次",
        where=where, supervised=desk.tell(gone[SUPERVISED]), led=desk.tell(gone[LED]),
    )  # fmt: skip
    sure = _asked(desk, (SUPERVISED_CONFIRMED, LED_CONFIRMED))
    if (sure[SUPERVISED_CONFIRMED].amount, sure[LED_CONFIRMED].amount) == (
        gone[SUPERVISED].amount,
        gone[LED].amount,
    ):
        return told + say("，均经领导本人确认。")
    return told + say(
        "，其中经领导本人确认的督导检查{supervised}次、带队排查{led}次，其余由安委办代为登记、待领导确认。",
        supervised=desk.tell(sure[SUPERVISED_CONFIRMED]), led=desk.tell(sure[LED_CONFIRMED]),
    )  # fmt: skip


def _found(desk: Briefing) -> tuple[Run, ...]:
    """The hazards of led inspections, said here once and not again among the hazards."""
    told = leader_led(desk)
    if told:
        desk.memo["leader_led"] = True
    return told


def _table(desk: Briefing, gone: dict[str, FigureValue]) -> Table:
    """Leader by leader; the two columns are two counters."""
    names = list(dict.fromkeys([*gone[SUPERVISED].by, *gone[LED].by]))
    columns = (Column("领导", align="left"), Column("督导检查"), Column("带队排查"))
    rows: list[tuple[Cell, ...]] = [
        (name, *(_cell(desk, gone[figure], name) for figure in (SUPERVISED, LED))) for name in names
    ]
    total: tuple[Cell, ...] = ("合计", *(desk.cite.bare(gone[figure]) for figure in (SUPERVISED, LED)))
    return Table(
        columns,
        (*rows, total),
        caption="领导督导检查和带队排查情况",
        unit="单位：次",
        totals=1,
        notes=(TOLD_APART,),
    )


def _cell(desk: Briefing, value: FigureValue, name: str) -> FigureRef | str:
    line = value.by.get(name)
    return desk.cite.bare(line, name) if line is not None else "0"


def _missing(desk: Briefing) -> Roll:
    """Meetings that were due in the period and did not take place, as the cut-off day saw it."""
    asked = desk.question
    rows = Expectation.objects.filter(
        kind__in=(MONTHLY_DISPATCH, MEMBERS),
        opens_on__gte=asked.period.first,
        opens_on__lte=asked.period.last,
    )
    keys = tuple(
        str(row.uid) for row in rows.order_by("uid") if row.standing(asked.as_of) is Standing.MISSING
    )
    caption = f"{asked.period.chinese()}，{asked.until}，{asked.place}"
    return desk.offer(Roll("filings.meetings_missing", "未按期召开的会议", "次", caption, keys))


def _problems(desk: Briefing) -> tuple[str, ...]:
    told = []
    if _asked(desk, (OVERDUE,))[OVERDUE].amount:
        told.append(
            coordination("会议议定事项落实不够及时。有【逾期未办结会议议定事项】项议定事项过了期限仍未办结。")
        )
    if desk.question.whole and _missing(desk).count:
        told.append(
            coordination(
                "会议制度执行不够经常。有【未按期召开的会议】次应开的月调度会或成员单位会议没有登记。"
            )
        )
    return tuple(told)


def _next_steps(desk: Briefing) -> tuple[str, ...]:
    if _asked(desk, (OPEN,))[OPEN].amount:
        return ("抓好会议议定事项落实。对没有办结的事项逐项催办，逾期的按规定督办，结果向会议报告。",)
    return ()
