"""重大事故隐患: those of the period and every one still open, with who answers for it (M089, M090, N12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from bihuan.capabilities.hazards.models import Hazard, Listing
from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel.documents import Block, Column, Heading, Paragraph, Run, Table
from bihuan.kernel.figures import answers, registry
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.filings import basis_of_zero
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.hazards import OPEN, OVERDUE, RATE, RECTIFIED
from bihuan.reporting.sections.themes import regulation
from bihuan.reporting.sections.weekly import MAJORS_TOLD
from bihuan.reporting.sentences import say

MAJOR_FOUND = "hazards.major_found"
MAJOR = Grade.MAJOR.label
LISTED_AT_MOST = 100
UNSET = "—"
STEP = (
    "压实重大事故隐患治理责任。未销号的重大事故隐患一律实行挂牌督办，明确牵头单位、包保领导和整改期限，"
    "治理完成并经原挂牌层级同意后方可摘牌。"
)


def compose(desk: Briefing) -> Part:
    """The section; its zero is only stated with the filings it rests on."""
    desk.memo[MAJORS_TOLD] = True
    still = list(_still_open(desk)[: LISTED_AT_MOST + 1])
    blocks: list[Block] = [Heading(2, "重大事故隐患治理")]
    if desk.amount(MAJOR_FOUND):
        blocks.append(Paragraph(_found(desk)))
    else:
        blocks.append(Paragraph(basis_of_zero(desk, desk.found(MAJOR_FOUND))))
    if carried := [hazard for hazard in still if hazard.found_on < desk.question.period.first]:
        blocks.append(Paragraph(_carried(desk, carried)))
    if still:
        blocks.append(_table(desk, still))
    return Part(tuple(blocks), _problems(desk, still), (STEP,) if still else ())


SECTION = Section("major-hazards", 20, compose)


def _found(desk: Briefing) -> tuple[Run, ...]:
    asked = desk.question
    done, left, late = (desk.lines("grade", name)[MAJOR] for name in (RECTIFIED, OPEN, OVERDUE))
    told = say(
        "{period}，{place}共发现重大事故隐患{found}项，{until}完成整改并经验收销号{done}项，整改率{rate}",
        period=asked.period.chinese(), place=asked.place, found=desk.found(MAJOR_FOUND), until=asked.until,
        done=desk.cite.figure(done, MAJOR), rate=desk.cite.figure(desk.lines("grade", RATE)[MAJOR], MAJOR),
    )  # fmt: skip
    if not left.amount:
        return told + say("，已全部验收销号。")
    rest = say("，尚有{left}项正在治理", left=desk.cite.figure(left, MAJOR))
    if not late.amount:
        return told + rest + say("，没有超过整改期限的。")
    return told + rest + say("，其中{late}项超过整改期限。", late=desk.cite.figure(late, MAJOR))


def _carried(desk: Briefing, carried: Sequence[Hazard]) -> tuple[Run, ...]:
    roll = Roll(
        "hazards.major_carried", "结转重大事故隐患", "项", f"本期以前发现、{desk.question.until}未销号",
        tuple(str(hazard.uid) for hazard in carried),
    )  # fmt: skip
    return say(
        "另有本期以前发现、仍未销号的重大事故隐患{count}项，一并列入下表，不计入本期发现数。",
        count=desk.count(roll),
    )


def _still_open(desk: Briefing) -> QuerySet[Hazard]:
    """Majors not accepted by the cut-off, whenever they were found, the earliest deadline first."""
    asked = desk.question
    tally = registry.figure(MAJOR_FOUND).tally
    late = Q(accepted_on=None) | Q(accepted_on__gt=asked.as_of)
    listings = (
        Listing.objects.filter(listed_on__lte=asked.as_of)
        .select_related("lead")
        .order_by("-listed_on", "-id")
    )
    rows = Hazard.objects.filter(
        answers.in_scope(tally, asked.scope), late, voided=False, grade=Grade.MAJOR.value
    )
    return (
        rows.filter(found_on__lte=min(asked.as_of, asked.period.last))
        .select_related("object", "agency")
        .prefetch_related(Prefetch("listings", listings, to_attr="listed"))
        .order_by("rectify_by", "found_on", "uid")
    )


def _table(desk: Briefing, still: Sequence[Hazard]) -> Table:
    columns = (
        Column("序号", 3.2), Column("隐患单位和内容", align="left"), Column("发现日期", 6.6), Column("整改期限", 6.6),
        Column("督办层级", 4.2), Column("牵头单位", 4.8, align="left"), Column("包保领导", 4.8),
    )  # fmt: skip
    rows = tuple(
        (str(place), f"{hazard.object.name}：{_short(hazard.description)}", hazard.found_on.isoformat(),
         _due(hazard, desk.question.as_of), *_listing(hazard, desk.question.as_of))
        for place, hazard in enumerate(still[:LISTED_AT_MOST], 1)
    )  # fmt: skip
    notes = ["注：“逾期”指截至统计日已过整改期限；督办栏为“未挂牌”的，系统内没有有效的挂牌督办记录。"]
    if len(still) > LISTED_AT_MOST:
        notes.append("未销号事项较多，本表只列整改期限在前的部分，全部事项见系统。")
    caption = f"{desk.question.until}未销号的重大事故隐患"
    return Table(columns, rows, caption=caption, notes=tuple(notes), size=10.5)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _due(hazard: Hazard, on: date) -> str:
    if hazard.rectify_by is None:
        return "未定"
    late = "\n（逾期）" if hazard.rectify_by < on else ""
    return hazard.rectify_by.isoformat() + late


def _listing(hazard: Hazard, on: date) -> tuple[str, str, str]:
    """Level, lead and bound leader of the listing in force on the cut-off day."""
    held: Sequence[Listing] = hazard.listed  # type: ignore[attr-defined]
    listing = next((each for each in held if each.delisted_on is None or each.delisted_on > on), None)
    if listing is None:
        return "未挂牌", hazard.agency.name if hazard.agency else UNSET, UNSET
    return listing.level_label, listing.lead.name, listing.leader_name or UNSET


def _problems(desk: Briefing, still: Sequence[Hazard]) -> tuple[str, ...]:
    unlisted = [hazard for hazard in still if _listing(hazard, desk.question.as_of)[0] == "未挂牌"]
    if not unlisted:
        return ()
    desk.offer(
        Roll(
            "hazards.major_unlisted", "未挂牌重大事故隐患", "项", f"{desk.question.until}未销号且未挂牌督办",
            tuple(str(hazard.uid) for hazard in unlisted),
        )
    )  # fmt: skip
    return (
        regulation(
            "重大事故隐患挂牌督办不到位。有【未挂牌重大事故隐患】项未销号的重大事故隐患还没有挂牌督办。"
        ),
    )
