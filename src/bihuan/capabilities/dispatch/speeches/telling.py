"""Proposals as people read them: a table for the terminal, a sheet to settle them in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bihuan.capabilities.dispatch.speeches.proposals import KIND_LABELS, LeadSource, Proposal
from bihuan.capabilities.dispatch.speeches.units import Unit
from bihuan.kernel.workbooks.exporting import Heading, export_rows

_SOURCES = {LeadSource.EXPLICIT: "", LeadSource.CARRIED: "承前", LeadSource.NONE: ""}
HEADINGS = (
    Heading("序号", 6, "number"),
    Heading("所在部分", 12),
    Heading("行", 6, "number"),
    Heading("任务", 44),
    Heading("牵头单位（提示）", 24),
    Heading("登记单位", 20),
    Heading("须定一个牵头", 12),
    Heading("配合单位", 20),
    Heading("时限原文", 16),
    Heading("时限", 12, "date"),
    Heading("频次", 8),
    Heading("类型", 8),
    Heading("可信度", 8, "number"),
    Heading("依据", 36),
    Heading("原文", 80),
    Heading("起", 8, "number"),
    Heading("止", 8, "number"),
)
RECURRENCES = {
    "daily": "每日",
    "weekly": "每周",
    "fortnightly": "每半月",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
    "periodic": "定期",
}


def in_words(proposals: Sequence[Proposal]) -> str:
    """Numbered blocks: terminals are narrow and the sentences are not."""
    if not proposals:
        return "没有识别出任务。"
    lines = []
    for number, one in enumerate(proposals, start=1):
        lines += [f"{number}. {one.summary}", *(f"   {line}" for line in _details(one))]
    many = sum(one.many_leads for one in proposals)
    lines.append(
        f"共 {len(proposals)} 项建议，其中 {many} 项并列多个单位，须各定一个牵头；均须人工确认后方可立项。"
    )
    return "\n".join(lines)


def _details(one: Proposal) -> list[str]:
    where = f"{one.heading} 第 {one.line} 行，第 {one.start}–{one.end} 字".strip()
    leads = _units(one.lead_units) or "（未写明）"
    note = "（承前文）" if one.lead_source is LeadSource.CARRIED else ""
    lines = [f"牵头：{leads}{note}{'（并列，须定一个）' if one.many_leads else ''}"]
    if one.support_units:
        lines.append(f"配合：{_units(one.support_units)}")
    if one.deadline:
        lines.append(f"时限：{when(one)}")
    lines.append(f"类型：{KIND_LABELS[one.kind]}；可信度 {one.confidence:.2f}；依据：{one.why}")
    lines.append(f"原文（{where}）：{' '.join(one.anchor.split())}")
    return lines


def when(one: Proposal) -> str:
    """The deadline's wording and what it comes to."""
    deadline = one.deadline
    told = str(deadline.text)
    if deadline.day:
        told += f"（{deadline.day.isoformat()}{'，年份按今天推定' if deadline.assumed else ''}）"
    if deadline.recurrence:
        told += f"（{RECURRENCES[deadline.recurrence]}）"
    return told


def _units(units: Sequence[Unit]) -> str:
    return "、".join(
        f"{unit.name}［{unit.agency}］" if unit.agency and unit.agency != unit.name else unit.name
        for unit in units
    )


def write_sheet(target: Path, proposals: Sequence[Proposal]) -> None:
    """One row a proposal, for a clerk to settle."""
    export_rows(
        target,
        HEADINGS,
        (_row(at, one) for at, one in enumerate(proposals, start=1)),
        title="任务建议",
        sheet="任务建议",
    )


def _row(number: int, one: Proposal) -> Sequence[object]:
    return (
        number, one.heading, one.line, one.summary, "、".join(unit.name for unit in one.lead_units),
        "、".join(unit.agency for unit in one.lead_units if unit.agency), "是" if one.many_leads else "",
        "、".join(unit.name for unit in one.support_units), one.deadline.text or "", one.deadline.day,
        RECURRENCES.get(one.deadline.recurrence or "", ""), KIND_LABELS[one.kind], one.confidence, one.why,
        one.anchor, one.start, one.end,
    )  # fmt: skip
