"""消防: what the fire brigade counts. 督促整改 stands beside 完成整改 and is never presented as completion (M112, N03).

Everything here is the brigade's: the visits it made, the orders and fines it decided, the hazards it supervises, whatever the
trade of the unit. High-rise buildings are counted from the register, without a share of what nobody recorded (N10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from bihuan.capabilities.hazards.models import Hazard, Listing
from bihuan.capabilities.hazards.states import Grade
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel.documents import Block, FigureRef, Heading, Paragraph, Run
from bihuan.kernel.documents.numerals import money
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.responsibility.chain import lead_agency
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.registers.models.kinds import Building
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.themes import enterprise
from bihuan.reporting.sentences import joined, listed, say

SECTOR = "fire"
FOUND, URGED, RECTIFIED, OPEN = (f"hazards.{name}" for name in ("found", "urged", "rectified", "open"))
VISITS, PROBLEMS = "inspections.done", "inspections.found"
STOPS, FINES, DAILY = "measures.stop_orders", "cases.fines_decided", "cases.daily_penalties"
COUNTERS = (VISITS, PROBLEMS, FOUND, URGED, RECTIFIED, OPEN, STOPS, FINES, DAILY)
HIGH = (
    (("high_public_1", "high_public_2"), "高层公共建筑"), (("high_mixed",), "高层商住楼"), (("high_dwelling",), "高层住宅"),
)  # fmt: skip
NAMED = 5
Lines = Mapping[str, FigureValue]


def compose(desk: Briefing) -> Part:
    """The section; silent where the district has no brigade, and in the reports of other agencies."""
    brigade = brigade_on(desk.question.as_of)
    if brigade is None or desk.question.agency not in (None, brigade.pk):
        return Part()
    lines = _lines(desk, brigade)
    told = (
        _worked(desk, brigade, lines),
        _hazards(desk, brigade, lines),
        _delisted(desk, brigade),
        _high(desk),
    )
    blocks: list[Block] = [Paragraph(joined(runs)) for runs in told if runs]
    if not blocks:
        return Part()
    return Part((Heading(2, "消防安全治理"), *blocks), _problems(desk, brigade, lines), _next_steps(lines))


SECTION = Section("fire", 34, compose)


def brigade_on(day: date) -> Agency | None:
    """The agency that leads the regulation of fire safety on a day."""
    path = Sector.objects.filter(code=SECTOR).order_by("-id").values_list("path", flat=True).first()
    lead = lead_agency(path or "", day)
    return Agency.objects.filter(pk=lead).first() if lead else None


def _lines(desk: Briefing, brigade: Agency) -> Lines:
    """The brigade's own line of every counter; nothing where it has none. The totals go to the appendix with them."""
    found: dict[str, FigureValue] = {}
    for name, value in desk.ask(COUNTERS, "unit").items():
        line = value.by.get(brigade.name)
        if line is not None and line.amount:
            desk.cite.figure(value)
            found[name] = line
    return found


def _told(desk: Briefing, brigade: Agency, line: FigureValue) -> FigureRef:
    desk.offered[line.label, brigade.name] = line
    return desk.cite.figure(line, brigade.name)


def _worked(desk: Briefing, brigade: Agency, lines: Lines) -> tuple[Run, ...]:
    """Visits, stop orders and fines: three counters of the brigade that are not divided by one another (N06)."""
    parts = [
        say(words, count=_told(desk, brigade, lines[name]))
        for name, words in (
            (VISITS, "检查单位{count}家次"), (PROBLEMS, "检查发现问题{count}项"), (STOPS, "责令停产停业、停止使用{count}次"),
            (FINES, "罚款{count}"), (DAILY, "按日连续处罚另计{count}"),
        )
        if name in lines
    ]  # fmt: skip
    if not parts:
        return ()
    return say("{who}{each}。", who=brigade.name, each=listed(parts, "，"))


def _hazards(desk: Briefing, brigade: Agency, lines: Lines) -> tuple[Run, ...]:
    """Found, urged, rectified: three counters; the second says that somebody was told, not that anything was done."""
    if FOUND not in lines:
        return ()
    told = say(
        "{who}监管的单位登记火灾隐患和消防安全问题{found}项",
        who=brigade.name,
        found=_told(desk, brigade, lines[FOUND]),
    )
    if URGED in lines:
        told += say("，督促整改（已下达期限）{urged}项", urged=_told(desk, brigade, lines[URGED]))
    if RECTIFIED in lines:
        told += say(
            "，{until}完成整改并经验收销号{done}项",
            until=desk.question.until,
            done=_told(desk, brigade, lines[RECTIFIED]),
        )
    else:
        told += say("，{until}尚无验收销号的", until=desk.question.until)
    return told + say("。督促整改与完成整改分别统计，督促数不代表完成数。" if URGED in lines else "。")


def _delisted(desk: Briefing, brigade: Agency) -> tuple[Run, ...]:
    """Listed majors taken off the list in the period, with what was spent on them (N12, N13)."""
    asked = desk.question
    off = Listing.objects.filter(delisted_on__range=(asked.period.first, min(asked.period.last, asked.as_of)))
    rows = Hazard.objects.filter(
        voided=False, grade=Grade.MAJOR.value, agency=brigade, accepted_on__lte=asked.as_of, listings__in=off
    )
    if asked.scope.regions:
        rows = rows.filter(region_path__startswith=asked.scope.regions[0])
    done = list(
        rows.distinct().select_related("object").order_by("accepted_on", "uid")
        .prefetch_related(Prefetch("listings", off.order_by("-delisted_on"), to_attr="ended"))
    )  # fmt: skip
    if not done:
        return ()
    caption = f"{asked.period.chinese()}摘牌，{asked.until}，不论何时发现"
    roll = Roll(
        "hazards.fire_delisted",
        "销号摘牌的重大火灾隐患",
        "项",
        caption,
        tuple(str(each.uid) for each in done),
    )
    count = desk.count(roll)
    each = listed([_spent(hazard, count) for hazard in done[:NAMED]], "；")
    return say("挂牌督办的重大火灾隐患完成整改、销号摘牌{count}项：{each}。", count=count, each=each)


def _spent(hazard: Hazard, opens: FigureRef) -> tuple[Run, ...]:
    ended: Sequence[Listing] = hazard.ended  # type: ignore[attr-defined]
    level = f"（{ended[0].level_label}挂牌督办）" if ended else ""
    told = say("{name}{level}", name=hazard.object.name, level=level)
    if not hazard.funds_spent_fen:
        return told + say("，未登记整改资金")
    return told + say(
        "，投入整改资金{spent}", spent=FigureRef(money(hazard.funds_spent_fen), opens.anchor, opens.uri)
    )


def _high(desk: Briefing) -> tuple[Run, ...]:
    """The register of high-rise buildings, and how many of these very buildings were inspected in the period."""
    asked = desk.question
    rows = Building.objects.filter(
        Q(object__until=None) | Q(object__until__gt=asked.as_of), object__merged_into=None
    )
    if asked.scope.regions:
        rows = rows.filter(object__region_path__startswith=asked.scope.regions[0])
    wanted = [code for codes, _ in HIGH for code in codes]
    kept: dict[str, list[str]] = {}
    for code, uid in (
        rows.filter(class_of__in=wanted).order_by("object_id").values_list("class_of", "object_id")
    ):
        kept.setdefault(code, []).append(str(uid))
    caption = f"建筑登记，{asked.place}"
    each = [
        say(
            "{name}{count}栋",
            name=name,
            count=desk.count(Roll(f"objects.{codes[0]}", name, "栋", caption, tuple(uids))),
        )
        for codes, name in HIGH
        if (uids := sorted(uid for code in codes for uid in kept.get(code, ())))
    ]
    if not each:
        return ()
    seen = _seen(desk, [uid for uids in kept.values() for uid in uids])
    told = say("建立高层建筑底数清单，登记{each}", each=listed(each))
    if not seen.count:
        return told + say("。")
    return told + say("，本期检查其中的{seen}栋。", seen=desk.count(seen))


def _seen(desk: Briefing, buildings: Sequence[str]) -> Roll:
    asked = desk.question
    done = Inspection.objects.filter(
        object__in=[UUID(uid) for uid in buildings],
        finished_on__range=(asked.period.first, min(asked.period.last, asked.as_of)),
    )
    uids = sorted({str(uid) for uid in done.values_list("object_id", flat=True)})
    return Roll(
        "objects.high_inspected",
        "本期检查过的高层建筑",
        "栋",
        f"{asked.period.chinese()}，{asked.until}",
        tuple(uids),
    )


def _problems(desk: Briefing, brigade: Agency, lines: Lines) -> tuple[str, ...]:
    """What was urged and is not done."""
    if OPEN not in lines or URGED not in lines:
        return ()
    _told(desk, brigade, lines[OPEN])
    return (
        enterprise(
            f"火灾隐患整改销号不够彻底。消防部门督促整改【{lines[URGED].label}：{brigade.name}】项，"
            f"其监管单位的隐患尚有【{lines[OPEN].label}：{brigade.name}】项没有完成整改。"
        ),
    )


def _next_steps(lines: Lines) -> tuple[str, ...]:
    if not lines:
        return ()
    return (
        "深化消防安全整治。突出高层建筑、人员密集场所和厂房仓库，对督促整改的火灾隐患逐项复查，整改不到位的依法处理。",
    )
