"""专项行动: each campaign of the period with its basis, what was found and mended under its tag, and who reported (M041)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from bihuan.capabilities.dispatch.campaigns.models import UNDATED, Campaign
from bihuan.capabilities.dispatch.campaigns.reporting import kind_of
from bihuan.capabilities.dispatch.campaigns.states import CampaignState, Filing, Nature
from bihuan.kernel.documents import Block, Cell, Column, Heading, Paragraph, Run, Table
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.hazards import FOUND, RATE, RECTIFIED
from bihuan.reporting.sections.tasks import TOLD as TASKS_TOLD
from bihuan.reporting.sections.themes import coordination
from bihuan.reporting.sentences import joined, say

DISPATCHED, CLOSED = "tasks.dispatched", "tasks.closed"
TARGETS, CHECKED, COVERAGE = "campaigns.targets", "campaigns.checked", "campaigns.coverage"
DISTINCT = "campaigns.enterprises"
TOLD = "campaigns"
"""Under this word the desk knows which tags were told here, so that no other section tells them again."""
CAME = (Standing.FILED, Standing.NIL, Standing.LATE)
OVERLAP = "注：各专项行动只计带有本行动名称的记录，与按行业、镇街、来源的分组口径交叉；各行之间、各组之间均不得相加。"
Lines = Mapping[str, Mapping[str, FigureValue]]


def compose(desk: Briefing) -> Part:
    """The section; without a campaign in the period it says nothing."""
    listed = _campaigns(desk)
    if not listed:
        return Part()
    desk.memo[TOLD] = {each.name for each in listed}
    tasks, reached = _lines(desk, (DISPATCHED, CLOSED)), _lines(desk, (TARGETS, CHECKED, COVERAGE))
    blocks: list[Block] = [Heading(2, "专项行动")]
    quiet: list[Campaign] = []
    for each in listed:
        shown = (
            _hazards(desk, each), _tasks(desk, each, tasks), _reached(desk, each, reached), _filed(desk, each),
        )  # fmt: skip
        if any(shown):
            blocks.append(Paragraph(joined((*_told(each), *(run for runs in shown for run in runs)))))
        else:
            quiet.append(each)
    if quiet:
        blocks.append(Paragraph(_only_named(quiet)))
    blocks += [Paragraph(runs) for runs in (_all_tasks(desk, tasks), _all_reached(desk, reached)) if runs]
    counted = [each for each in listed if each.name in desk.lines("campaign", FOUND)]
    if len(counted) > 1:
        blocks.append(_table(desk, counted))
    return Part(tuple(blocks), _problems(desk, listed), _next_steps(listed))


SECTION = Section("campaigns", 10, compose)


def _campaigns(desk: Briefing) -> Sequence[Campaign]:
    """What was going on in the period, the earliest first; for an agency's report what it leads or takes part in."""
    asked = desk.question
    last = min(asked.period.last, asked.as_of)
    going = Q(first_day__lte=last, last_day__gte=asked.period.first) & ~Q(state__in=UNDATED)
    rows = Campaign.objects.filter(going, nature=Nature.CAMPAIGN, approved_on__lte=asked.as_of)
    if asked.agency is not None:
        rows = rows.filter(Q(agency=asked.agency) | Q(members__contains=[asked.agency]))
    return list(rows.select_related("agency").order_by("first_day", "no"))


def _lines(desk: Briefing, names: Sequence[str]) -> Lines:
    """Figures by campaign; nothing where their records cannot be told apart by the report's scope."""
    asked, known = desk.question, registry.names()
    names = [name for name in names if name in known]
    if not names or asked.scope.dims() - registry.figure(names[0]).tally.dims.keys():
        return {}
    found = answers.values(names, asked.period, asked.as_of, asked.scope, by="campaign", digits=asked.digits)
    desk.memo[names[0]] = found
    return {name: value.by for name, value in found.items()}


def _told(each: Campaign) -> tuple[Run, ...]:
    assert each.first_day is not None
    number = f"（{each.superior_no}）" if each.superior_no else ""
    return say(
        "根据《{basis}》{number}部署，由{lead}牵头，自{first}起开展“{name}”。",
        basis=each.superior.strip("《》"), number=number, lead=each.agency_name, first=chinese_date(each.first_day),
        name=each.name,
    )  # fmt: skip


def _only_named(quiet: Sequence[Campaign]) -> tuple[Run, ...]:
    """Campaigns under whose name nothing was registered: named once, with nothing claimed of them."""
    names = "、".join(f"“{each.name}”" for each in quiet)
    return say("同期还组织开展{names}，没有登记以其名称上报的隐患和任务。", names=names)


def _hazards(desk: Briefing, each: Campaign) -> tuple[Run, ...]:
    found = desk.line("campaign", each.name, FOUND)
    if found is None or not found.amount:
        return ()
    done, rate = (desk.lines("campaign", name)[each.name] for name in (RECTIFIED, RATE))
    return say(
        "共排查各类隐患{found}项，整改完成{done}项，整改完成率{rate}。",
        found=desk.cite.figure(found, each.name), done=desk.cite.figure(done, each.name),
        rate=desk.cite.figure(rate, each.name),
    )  # fmt: skip


def _tasks(desk: Briefing, each: Campaign, tasks: Lines) -> tuple[Run, ...]:
    given = tasks.get(DISPATCHED, {}).get(each.name)
    if given is None or not given.amount:
        return ()
    done = tasks[CLOSED][each.name]
    return say(
        "交办任务{given}项，已办结{done}项。",
        given=desk.cite.figure(given, each.name), done=desk.cite.figure(done, each.name),
    )  # fmt: skip


def _reached(desk: Briefing, each: Campaign, reached: Lines) -> tuple[Run, ...]:
    targets = reached.get(TARGETS, {}).get(each.name)
    if targets is None or not targets.amount:
        return ()
    checked, share = reached[CHECKED][each.name], reached[COVERAGE][each.name]
    return say(
        "列入检查对象{targets}家，已检查{checked}家，覆盖率{share}。",
        targets=desk.cite.figure(targets, each.name), checked=desk.cite.figure(checked, each.name),
        share=desk.cite.figure(share, each.name),
    )  # fmt: skip


def _filed(desk: Briefing, each: Campaign) -> tuple[Run, ...]:
    """Who reported as the plan asks; silence where it asks for nothing."""
    if each.filing == Filing.NEVER:
        return ()
    asked = desk.question
    rows = Expectation.objects.filter(
        kind=kind_of(each), opens_on__range=(asked.period.first, asked.period.last)
    )
    if asked.agency is not None:
        rows = rows.filter(holder=asked.agency)
    elif not asked.whole:
        rows = rows.filter(holder__region__path__startswith=asked.scope.regions[0])
    stands = {str(row.pk): row.standing(asked.as_of) for row in rows.order_by("period", "holder_id")}
    due = tuple(key for key, standing in stands.items() if standing != Standing.DUE)
    came = tuple(key for key in due if stands[key] in CAME)
    missing = tuple(key for key in due if stands[key] == Standing.MISSING)
    if not due:
        return ()
    caption = f"{each.name}，{asked.period.chinese()}，{asked.until}"
    word = Filing(each.filing).label

    def roll(name: str, label: str, keys: tuple[str, ...]) -> Roll:
        return Roll(f"filings.{kind_of(each)}.{name}", f"{each.name}{label}", "期次", caption, keys)

    told = say(
        "{word}应报送情况{due}期次，已报送{came}期次",
        word=word, due=desk.count(roll("due", "应报", due)), came=desk.count(roll("came", "已报", came)),
    )  # fmt: skip
    if not missing:
        return told + say("，没有欠报。")
    return told + say("，未报送{missing}期次。", missing=desk.count(roll("missing", "未报", missing)))


def _all_tasks(desk: Briefing, tasks: Lines) -> tuple[Run, ...]:
    """The totals under which the lines stand: all tasks of the period, not those of campaigns alone, unless told above."""
    whole = desk.memo.get(DISPATCHED)
    if TASKS_TOLD in desk.memo or not whole or not any(value.amount for value in tasks[DISPATCHED].values()):
        return ()
    return say(
        "本期交办的全部任务为{given}项，已办结{done}项，其中归入专项行动的见上。",
        given=desk.cite.figure(whole[DISPATCHED]), done=desk.cite.figure(whole[CLOSED]),
    )  # fmt: skip


def _all_reached(desk: Briefing, reached: Lines) -> tuple[Run, ...]:
    whole = desk.memo.get(TARGETS)
    if not whole or not whole[TARGETS].amount:
        return ()
    told = say(
        "各专项行动本期列入检查对象合计{targets}家次，已检查{checked}家次，覆盖率{share}；同一单位列入几项行动的按次计",
        targets=desk.cite.figure(whole[TARGETS]), checked=desk.cite.figure(whole[CHECKED]),
        share=desk.cite.figure(whole[COVERAGE]),
    )  # fmt: skip
    asked = desk.question
    if asked.scope.dims() - registry.figure(DISTINCT).tally.dims.keys():
        return told + say("。")
    units = answers.value(DISTINCT, asked.period, asked.as_of, asked.scope)
    return told + say("，涉及不同单位{units}家。", units=desk.cite.figure(units))


def _table(desk: Briefing, listed: Sequence[Campaign]) -> Table:
    columns = (
        Column("专项行动", align="left"), Column("牵头单位", align="left"), Column("排查登记"), Column("完成整改"),
        Column("整改率（%）"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for each in listed:
        lines = [desk.line("campaign", each.name, name) for name in (FOUND, RECTIFIED, RATE)]
        cells = [desk.cite.bare(line, each.name) if line is not None else "—" for line in lines]
        rows.append((each.name, each.agency_name, *cells))
    return Table(
        columns, tuple(rows), caption="各专项行动隐患排查治理情况", unit="单位：项", notes=(OVERLAP,)
    )


def _problems(desk: Briefing, listed: Sequence[Campaign]) -> tuple[str, ...]:
    """The campaign whose rate lies furthest below the whole, citing both."""
    whole = desk.total(RATE) if desk.amount(FOUND) else None
    if whole is None or not whole.denominator:
        return ()
    shares = {
        each.name: (rate.numerator or 0) / rate.denominator
        for each in listed
        if (rate := desk.line("campaign", each.name, RATE)) is not None and rate.denominator
    }
    if not shares:
        return ()
    name = min(shares, key=lambda one: shares[one])
    if shares[name] >= (whole.numerator or 0) / whole.denominator:
        return ()
    return (coordination(f"专项行动进展不平衡。“{name}”整改率为【整改率：{name}】，低于总体的【整改率】。"),)


def _next_steps(listed: Sequence[Campaign]) -> tuple[str, ...]:
    going = [
        each.name for each in listed if each.state in (CampaignState.UNDER_WAY, CampaignState.SUMMING_UP)
    ]
    if not going:
        return ()
    names = "、".join(f"“{name}”" for name in going)
    return (f"抓好专项行动收尾和巩固。{names}按方案节点推进，逐家检查、逐项销号，到期及时总结。",)
