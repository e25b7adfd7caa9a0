"""隐患排查治理: how many were found, how many are accepted, and whose they are (M099–M102, M265)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bihuan.capabilities.hazards.states import Source
from bihuan.kernel.documents import Block, Cell, Chart, Column, Heading, Paragraph, Run, Table, charts
from bihuan.kernel.documents.charts import Series
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.figures.wording import UNKNOWN
from bihuan.reporting import year_on_year
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.themes import enterprise, regulation
from bihuan.reporting.sentences import joined, listed, say

FOUND, RECTIFIED, OPEN, OVERDUE, RATE, FUNDS = (
    f"hazards.{name}"
    for name in ("found", "rectified", "open", "overdue", "rectification_rate", "funds_spent")
)
COUNTS = (FOUND, RECTIFIED, OPEN, OVERDUE, RATE)
ON_TIME = "hazards.rectified_on_time"
LED = Source.LEADER_LED.label
DRAWN = 8
KEEP_LOOKING = (
    "抓实日常排查。督促生产经营单位对照行业判定标准开展自查，发现重大事故隐患及时向监管部门和职工大会报告。"
)
OVERLAP = "注：行业领域、镇街、排查来源和专项行动是对同一批隐患的不同分组，口径相互交叉，各组之间不得相加。"


def compose(desk: Briefing) -> Part:
    """The section of a report; without a single hazard it says so and on what that rests."""
    heading = Heading(2, "隐患排查治理")
    if not desk.amount(FOUND):
        return Part((heading, Paragraph(_nothing(desk))), next_steps=(KEEP_LOOKING,))
    led = () if desk.memo.get("leader_led") else leader_led(desk)
    told = [
        _overall(desk) + _last_year(desk) + _claims(desk) + _money(desk),
        _sources(desk),
        led,
        _campaigns(desk),
    ]
    blocks: list[Block] = [heading, *(Paragraph(joined(runs)) for runs in told if runs)]
    blocks += _tables(desk)
    return Part(tuple(blocks), _problems(desk), _next_steps(desk))


SECTION = Section("hazards", 15, compose)


def _nothing(desk: Briefing) -> tuple[Run, ...]:
    asked = desk.question
    return say(
        "{until}，系统中{place}{period}登记的事故隐患为{found}项，不计算整改率。"
        "这一结果只反映已经报送和登记的情况，所依据的台账报送情况见本部分末段。",
        until=asked.until, place=asked.place, period=asked.period.chinese(), found=desk.found(FOUND),
    )  # fmt: skip


def _overall(desk: Briefing) -> tuple[Run, ...]:
    asked = desk.question
    done = say(
        "{period}，{place}共排查登记事故隐患{found}项。{until}，完成整改并经验收销号{rectified}项，整改率{rate}",
        period=asked.period.chinese(), place=asked.place, found=desk.found(FOUND), until=asked.until,
        rectified=desk.found(RECTIFIED), rate=desk.found(RATE),
    )  # fmt: skip
    if not desk.amount(OPEN):
        return done + say("，已全部验收销号。")
    left = say("，尚未完成整改{open}项", open=desk.found(OPEN))
    if not desk.amount(OVERDUE):
        return done + left + say("，其中没有超过整改期限的。")
    return done + left + say("，其中{overdue}项已超过整改期限。", overdue=desk.found(OVERDUE))


def _last_year(desk: Briefing) -> tuple[Run, ...]:
    """Found against last year; more found may mean more looked for, so no rate of it is judged."""
    moved = year_on_year.moved(desk, desk.total(FOUND), year_on_year.before(desk, (FOUND,)))
    return say("排查登记数{moved}。", moved=moved) if moved else ()


def _money(desk: Briefing) -> tuple[Run, ...]:
    if not desk.amount(FUNDS):
        return say("各单位尚未登记整改资金的投入情况。")
    return say("登记的整改资金投入为{funds}。", funds=desk.found(FUNDS))


def _claims(desk: Briefing) -> tuple[Run, ...]:
    """What rests on a ledger's word alone is said plainly."""
    done = desk.total(RECTIFIED)
    if not done.amount:
        return ()
    if not done.claimed:
        return say("完成整改的隐患均在系统内办理了验收销号。")
    claimed = desk.cite.figure(done, claimed=True)
    if done.claimed == done.amount:
        return say("完成整改的{claimed}项均由报送单位的台账载明，系统内没有对应的验收签名。", claimed=claimed)
    return say(
        "完成整改的隐患中，{claimed}项仅由报送单位的台账载明已经验收，系统内没有对应的验收签名，其余在系统内办理了验收销号。",
        claimed=claimed,
    )


def _sources(desk: Briefing) -> tuple[Run, ...]:
    found, done = desk.lines("source", FOUND), desk.lines("source", RECTIFIED)
    each = [
        say(
            "{name}发现{found}项、销号{done}项",
            name=name, found=desk.cite.figure(value, name), done=desk.cite.figure(done[name], name),
        )
        for name, value in _largest_first(found)
        if value.amount
    ]  # fmt: skip
    return say("从排查来源看，{each}。", each=listed(each, "，")) if each else ()


def leader_led(desk: Briefing) -> tuple[Run, ...]:
    """Hazards that leaders found on site: how many of them are closed, and how many on time (M101).

    The section on leaders' visits says it where visits are registered, this one where none are.
    """
    found = desk.line("source", LED, FOUND)
    if found is None or not found.amount:
        return say("本期没有领导带队检查发现隐患的登记。") if desk.question.whole else ()
    named = {name: desk.lines("source", name)[LED] for name in (RECTIFIED, ON_TIME, OPEN, OVERDUE, RATE)}
    major = desk.line("source", LED, "hazards.major_found")
    graver: tuple[Run, ...] = ()
    desk.cite.figure(desk.total(ON_TIME))  # a line is frozen under its total, which no sentence prints
    if major is not None and major.amount:
        graver = say("，其中重大事故隐患{major}项", major=desk.cite.figure(major, LED))
    done = say(
        "领导带队检查发现隐患{found}项{graver}，已验收销号{done}项，其中按期整改{timely}项，销号率{rate}",
        found=desk.cite.figure(found, LED), graver=graver, done=desk.cite.figure(named[RECTIFIED], LED),
        timely=desk.cite.figure(named[ON_TIME], LED), rate=desk.cite.figure(named[RATE], LED),
    )  # fmt: skip
    if not named[OPEN].amount:
        return done + say("，已全部销号。")
    left = say("，未销号{open}项", open=desk.cite.figure(named[OPEN], LED))
    if not named[OVERDUE].amount:
        return done + left + say("，没有逾期。")
    return done + left + say("，其中逾期{late}项。", late=desk.cite.figure(named[OVERDUE], LED))


def _campaigns(desk: Briefing) -> tuple[Run, ...]:
    """What carries a campaign's name; those the section on campaigns told are not told again."""
    told = {UNKNOWN, *desk.memo.get("campaigns", ())}
    found = desk.lines("campaign", FOUND)
    done, rate = desk.lines("campaign", RECTIFIED), desk.lines("campaign", RATE)
    each = [
        say(
            "“{name}”排查隐患{found}项、完成整改{done}项、整改率{rate}",
            name=name, found=desk.cite.figure(value, name), done=desk.cite.figure(done[name], name),
            rate=desk.cite.figure(rate[name], name),
        )
        for name, value in _largest_first(found)
        if value.amount and name not in told
    ]  # fmt: skip
    return say("按专项行动分，{each}。", each=listed(each, "；")) if each else ()


def _tables(desk: Briefing) -> list[Block]:
    blocks: list[Block] = []
    if len(desk.lines("sector", FOUND)) > 1 or desk.question.whole:
        blocks += [_table(desk, "sector", "行业领域", "各行业领域隐患排查治理情况"), _chart(desk)]
    if len(desk.lines("town", FOUND)) > 1 or desk.question.whole:
        blocks.append(_table(desk, "town", "镇街", "各镇街隐患排查治理情况", notes=(OVERLAP,)))
    return blocks


def _table(desk: Briefing, by: str, heading: str, caption: str, notes: tuple[str, ...] = ()) -> Table:
    columns = (
        Column(heading, align="left"), Column("排查登记"), Column("完成整改"), Column("未完成", group="尚未完成整改"),
        Column("其中逾期", group="尚未完成整改"), Column("整改率（%）"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (name, *(desk.cite.bare(desk.lines(by, figure)[name], name) for figure in COUNTS))
        for name in desk.lines(by, FOUND)
    ]
    total: tuple[Cell, ...] = ("合计", *(desk.cite.bare(desk.total(figure)) for figure in COUNTS))
    return Table(columns, (*rows, total), caption=caption, unit="单位：项", totals=1, notes=notes)


def _chart(desk: Briefing) -> Chart:
    """The largest sectors side by side; the picture repeats the table and counts nothing of its own."""
    largest = _largest_first(desk.lines("sector", FOUND))[:DRAWN]
    names = [name for name, _ in largest]
    done = desk.lines("sector", RECTIFIED)
    series = [
        Series("排查登记", [value.amount or 0 for _, value in largest]),
        Series("完成整改", [done[name].amount or 0 for name in names], "accepted"),
    ]
    svg = charts.grouped("各行业领域排查登记与完成整改", names, series, "项")
    alt = f"{'、'.join(names)}的排查登记数与完成整改数对比"
    caption = "各行业领域排查登记与完成整改对比"
    note = "注：图中只列隐患数居前的行业领域。" if len(largest) < len(desk.lines("sector", FOUND)) else ""
    return Chart(svg, caption, alt=alt, note=note)


def _largest_first(lines: Mapping[str, FigureValue]) -> Sequence[tuple[str, FigureValue]]:
    return sorted(lines.items(), key=lambda line: -(line[1].amount or 0))


def _problems(desk: Briefing) -> tuple[str, ...]:
    """What the figures themselves show, each sentence citing them (M264)."""
    told = []
    if desk.amount(OVERDUE):
        told.append(
            enterprise(
                "整改期限落实不严。【逾期未整改】项隐患过了整改期限仍未完成整改"
                + _where_most(desk)
                + "，催办和升级督办没有跟上。"
            )
        )
    if weakest := _weakest(desk):
        told.append(
            regulation(
                f"行业领域之间整改进度不平衡。{weakest}领域整改率为【整改率：{weakest}】，低于总体的【整改率】。"
            )
        )
    if desk.total(RECTIFIED).claimed:
        told.append(
            regulation(
                "销号手续不够完备。完成整改的隐患中有【台账所载完成整改】项只有台账记载，没有系统内的验收签名。"
            )
        )
    return tuple(told)


def _where_most(desk: Briefing) -> str:
    """The trade and the town with the most; two groupings of the same hazards, so never one list (M265)."""
    told = []
    for by, words in (("sector", "按行业领域看"), ("town", "按镇街看")):
        lines = desk.lines(by, OVERDUE)
        if len(desk.lines(by, FOUND)) < 2 or not lines:
            continue
        name, value = _largest_first(lines)[0]
        if value.amount:
            told.append(f"{words}{name}最多（【逾期未整改：{name}】项）")
    return f"，{'，'.join(told)}" if told else ""


def _weakest(desk: Briefing) -> str:
    """The sector whose rate lies furthest below the whole; empty when none does."""
    whole = desk.total(RATE)
    shares = {
        name: (rate.numerator or 0) / rate.denominator
        for name, rate in desk.lines("sector", RATE).items()
        if rate.denominator
    }
    if len(shares) < 2 or not whole.denominator:
        return ""
    name = min(shares, key=lambda each: shares[each])
    return name if shares[name] < (whole.numerator or 0) / whole.denominator else ""


def _next_steps(desk: Briefing) -> tuple[str, ...]:
    told = []
    if desk.amount(OVERDUE):
        told.append(
            "盯住逾期隐患。对每一项逾期未整改的隐患重新核定责任单位、责任人和整改期限，按规定逐级催办、升级督办。"
        )
    elif desk.amount(OPEN):
        told.append("盯住未销号隐患。按整改期限逐项跟进，到期即验收，验收不合格的退回重新整改。")
    told.append(KEEP_LOOKING)
    if desk.total(RECTIFIED).claimed:
        told.append("补齐销号手续。对只有台账记载的完成事项组织抽查，由验收人在系统内补办验收。")
    return tuple(told)
