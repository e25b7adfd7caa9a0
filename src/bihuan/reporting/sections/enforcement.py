"""执法检查: visits, enterprises, cases, fines, measures and the crackdown, each a counter of its own (M261, N05, N06)."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.kernel.documents import Block, Heading, Paragraph, Run
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting import year_on_year
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.themes import enterprise, regulation
from bihuan.reporting.sentences import joined, listed, say

DONE, ENFORCED, ENTERPRISES, FOUND = (
    f"inspections.{name}" for name in ("done", "enforcement", "enterprises", "found")
)
ORDERS, ORDERED, RECHECKED, FAILED = (
    f"inspections.{name}" for name in ("orders", "ordered", "rechecked", "failed")
)
OPENED, CONCLUDED, PUNISHED, FINES, COLLECTED, DAILY, DAILY_COLLECTED, TOTAL = (
    f"cases.{name}"
    for name in (
        "opened", "concluded", "punished", "fines_decided", "fines_collected", "daily_penalties", "daily_collected",
        "fines_total",
    )
)  # fmt: skip
STOPS, STOPPED, CLOSURES, SEIZURES, CUTOFFS, STANDING, EXPIRED = (
    f"measures.{name}"
    for name in (
        "stop_orders", "enterprises_stopped", "closures", "seizures", "cutoffs", "in_force", "expired",
    )
)  # fmt: skip
STRUCK_KINDS = (
    ("crackdown.dens_banned", "取缔非法窝点", "处"), ("crackdown.mines_closed", "关闭取缔非法矿点", "处"),
    ("crackdown.violations", "查处三违和岗位失责行为", "起"), ("crackdown.fireworks", "查处烟花爆竹非法行为", "起"),
    ("crackdown.chemical", "查处危险化学品非法行为", "起"), ("crackdown.police", "向公安机关移交线索", "条"),
    ("crackdown.persons_detained", "公安机关拘留", "人"),
)  # fmt: skip
CRACKED, BANNED, BACK = "crackdown.found", "crackdown.banned", "crackdown.reemerged"
PLANNED, PLAN_DONE, PLAN_RATE = "plans.planned", "plans.done", "plans.completion_rate"
STAFFED = ("staffing.units", "staffing.units_covered")
ORGANISED = ("enterprises.organised", "enterprises.organised_covered")
DUE, PUBLISHED = "disclosure.due", "disclosure.published"
Values = Mapping[str, FigureValue]


def compose(desk: Briefing) -> Part:
    """The section; a paragraph a kind of work, silent about a kind of which nothing was registered."""
    work = desk.ask((DONE, ENFORCED, ENTERPRISES, FOUND, ORDERS, ORDERED, RECHECKED, FAILED))
    cases = desk.ask((OPENED, CONCLUDED, PUNISHED, FINES, COLLECTED, DAILY, DAILY_COLLECTED, TOTAL))
    force = desk.ask((STOPS, STOPPED, CLOSURES, SEIZURES, CUTOFFS, STANDING, EXPIRED))
    struck = desk.ask((CRACKED, BANNED, BACK, *(name for name, _, _ in STRUCK_KINDS)))
    told = (
        _inspected(desk, work),
        _ordered(desk, work),
        _cases(desk, cases),
        _force(desk, force),
        _struck(desk, struck),
    )
    blocks: list[Block] = [Paragraph(joined(runs)) for runs in told if runs]
    if not blocks:
        return Part()
    plans = desk.ask((PLANNED, PLAN_DONE, PLAN_RATE))
    return Part(
        (Heading(2, "安全生产执法检查"), *blocks),
        _problems(desk, force, struck, plans),
        _next_steps(force, cases),
    )


SECTION = Section("enforcement", 40, compose)


def some(values: Values, name: str) -> bool:
    """Whether a figure was asked and is not zero."""
    return name in values and bool(values[name].amount)


def _inspected(desk: Briefing, work: Values) -> tuple[Run, ...]:
    """家次 and 家 are two counters and stay two."""
    if not some(work, DONE):
        return ()
    asked, tell = desk.question, desk.tell
    told = say(
        "{period}，{place}完成安全生产检查{done}家次，其中执法检查{enforced}家次",
        period=asked.period.chinese(), place=asked.place, done=tell(work[DONE]), enforced=tell(work[ENFORCED]),
    )  # fmt: skip
    if ENTERPRISES in work:
        whole = "涉及企业{count}家" if asked.period.first.month == 1 else "本年首次检查的企业{count}家"
        told += say("；按不同单位计，" + whole + "（家次与家数是两个口径）", count=tell(work[ENTERPRISES]))
    told += say(
        "。检查发现问题{found}项，已作为隐患登记的包含在前述隐患数内，不另行相加。", found=tell(work[FOUND])
    )
    then = year_on_year.before(desk, (DONE,))
    return told + (
        say("检查家次{moved}。", moved=moved) if (moved := year_on_year.moved(desk, work[DONE], then)) else ()
    )


def _ordered(desk: Briefing, work: Values) -> tuple[Run, ...]:
    """Orders to put right, and what rechecks said."""
    if not some(work, ORDERS):
        return ()
    told = say(
        "对{orders}家次检查下达责令限期整改指令，责令整改问题{ordered}项",
        orders=desk.tell(work[ORDERS]), ordered=desk.tell(work[ORDERED]),
    )  # fmt: skip
    if not some(work, RECHECKED):
        return told + say("，截至统计日尚未复查。")
    told += say("；已复查{rechecked}家次", rechecked=desk.tell(work[RECHECKED]))
    if not some(work, FAILED):
        return told + say("，没有复查不合格的。")
    return told + say("，复查不合格{failed}次，已重新确定期限。", failed=desk.tell(work[FAILED]))


def _cases(desk: Briefing, cases: Values) -> tuple[Run, ...]:
    if not some(cases, OPENED) and not some(cases, PUNISHED):
        return ()
    tell = desk.tell
    told = say(
        "立案{opened}件，其中已结案{concluded}件；作出处罚决定{punished}件",
        opened=tell(cases[OPENED]), concluded=tell(cases[CONCLUDED]), punished=tell(cases[PUNISHED]),
    )  # fmt: skip
    if some(cases, FINES):
        told += say(
            "，决定罚款{fines}，其中已全额缴清的{collected}",
            fines=tell(cases[FINES]),
            collected=tell(cases[COLLECTED]),
        )
    if some(cases, DAILY):
        told += say(
            "，另决定按日连续处罚{daily}，其中已全额缴清的{paid}，罚款合计{total}（不含加处罚款）",
            daily=tell(cases[DAILY]), paid=tell(cases[DAILY_COLLECTED]), total=tell(cases[TOTAL]),
        )  # fmt: skip
    shown = desk.ask((DUE, PUBLISHED))
    if some(shown, DUE):
        told += say(
            "。应公示的处罚决定{due}件，已公示{published}件",
            due=tell(shown[DUE]),
            published=tell(shown[PUBLISHED]),
        )
    return told + say("。")


def _force(desk: Briefing, force: Values) -> tuple[Run, ...]:
    """Stops, closures, seizures and cut-offs; orders and units ordered are two counters (N06)."""
    told: list[tuple[Run, ...]] = []
    if some(force, STOPS):
        units = say("（涉及{units}家单位）", units=desk.tell(force[STOPPED])) if STOPPED in force else ()
        told.append(say("责令停产停业{stops}次{units}", stops=desk.tell(force[STOPS]), units=units))
    for name, words in (
        (CLOSURES, "关闭取缔{count}家"), (SEIZURES, "查封扣押{count}项"),
        (CUTOFFS, "通知供电单位和民爆物品供应单位停止供应{count}项"),
    ):  # fmt: skip
        if some(force, name):
            told.append(say(words, count=desk.tell(force[name])))
    if not told:
        return ()
    left = say("{until}仍在执行{left}项", until=desk.question.until, left=desk.tell(force[STANDING]))
    return say("依法采取停产和强制措施：{each}；{left}。", each=listed(told, "，"), left=left)


def _struck(desk: Briefing, struck: Values) -> tuple[Run, ...]:
    """打非治违 by kind."""
    if not some(struck, CRACKED):
        return ()
    told = say(
        "打击非法违法行为，登记{found}起，已取缔{banned}处",
        found=desk.tell(struck[CRACKED]), banned=desk.tell(struck[BANNED]),
    )  # fmt: skip
    if some(struck, BACK):
        told += say("，死灰复燃{back}处", back=desk.tell(struck[BACK]))
    each = [
        say("{words}{count}{unit}", words=words, count=desk.tell(struck[name]), unit=unit)
        for name, words, unit in STRUCK_KINDS
        if some(struck, name)
    ]
    return told + (say("。按种类分，{each}。", each=listed(each)) if each else say("。"))


def _problems(desk: Briefing, force: Values, struck: Values, plans: Values) -> tuple[str, ...]:
    told: list[str] = []
    if some(plans, PLANNED) and (plans[PLAN_DONE].amount or 0) < (plans[PLANNED].amount or 0):
        for name in (PLANNED, PLAN_DONE, PLAN_RATE):
            desk.tell(plans[name])
        told.append(
            regulation(
                "监管执法力量与任务不匹配。年度检查计划中本期应完成【计划检查】家次，按期完成【已完成计划检查】家次，"
                "计划完成率【检查计划完成率】，部分监管部门执法检查没有跟上。"
            )
        )
    told += _duties(desk)
    if some(force, EXPIRED):
        desk.tell(force[EXPIRED])
        told.append(
            regulation("强制措施管理不够规范。有【到期未解除的查封扣押】项查封扣押到期后没有作出处理。")
        )
    if some(struck, BACK):
        told.append(regulation("非法违法行为巩固不牢。有【死灰复燃】处已经打击取缔的非法点位死灰复燃。"))
    return tuple(told)


def _duties(desk: Briefing) -> list[str]:
    """Whether those who must have people for safety have them: town and bureau, then enterprise."""
    told: list[str] = []
    found = desk.ask((*STAFFED, *ORGANISED))
    if some(found, STAFFED[0]) and (found[STAFFED[1]].amount or 0) < (found[STAFFED[0]].amount or 0):
        for name in STAFFED:
            desk.tell(found[name])
        told.append(
            regulation(
                "监管机构还没有建全。应设安全监管机构的单位【应设安全监管机构的单位】个，已设【已设安全监管机构的单位】个。"
            )
        )
    if some(found, ORGANISED[0]) and (found[ORGANISED[1]].amount or 0) < (found[ORGANISED[0]].amount or 0):
        for name in ORGANISED:
            desk.tell(found[name])
        told.append(
            enterprise(
                f"安全组织配备不齐。{registry.figure(ORGANISED[0]).label}【{registry.figure(ORGANISED[0]).label}】家，"
                f"符合要求的【{registry.figure(ORGANISED[1]).label}】家。"
            )
        )
    return told


def _next_steps(force: Values, cases: Values) -> tuple[str, ...]:
    told = []
    if some(cases, OPENED) and (cases[CONCLUDED].amount or 0) < (cases[OPENED].amount or 0):
        told.append(
            "严格执法办案。对在办案件按法定期限调查、告知、决定和送达，罚款到期未缴的依法催告、申请强制执行。"
        )
    if some(force, STANDING):
        told.append(
            "盯紧停产停业单位。对仍在执行的停产和强制措施逐家落实盯守，复工前严格验收，防止擅自恢复生产。"
        )
    return tuple(told)
