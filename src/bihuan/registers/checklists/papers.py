"""A checklist on paper: the same for every inspector, with room for the result, its source, marks and digest (M109)."""

from __future__ import annotations

from bihuan.kernel.documents import Column, Document, Heading, Paragraph, Table
from bihuan.kernel.territory.trees import the_district
from bihuan.registers.checklists.models import ChecklistItem, ChecklistVersion

BOXES = "□符合\n□不符合\n□不适用"


def paper_of(version: ChecklistVersion) -> Document:
    """The sheet of a version; nothing in it depends on who prints it or when."""
    items = list(version.items.all())
    groups: dict[str, list[ChecklistItem]] = {}
    for item in items:
        groups.setdefault(item.group or "检查项目", []).append(item)
    blocks: list[Heading | Paragraph | Table] = [
        Paragraph.of(f"被检查单位：{'＿' * 18}"),
        Paragraph.of(f"检查日期：{'＿' * 4}年{'＿' * 2}月{'＿' * 2}日"),
    ]
    for name, some in groups.items():
        blocks += [Heading(1, name), _table(some)]
    blocks += [
        Paragraph.of(f"检查人员（证号）：{'＿' * 22}"),
        Paragraph.of(f"被检查单位现场负责人：{'＿' * 18}"),
        Paragraph.of(f"来源：{version.source}。{_marks(items)}"),
    ]
    district = the_district()
    return Document(
        kind="检查表",
        title=version.checklist.title,
        subtitle=version.label,
        blocks=tuple(blocks),
        serial=f"{version.checklist.code}-{version.number}",
        digest=version.digest,
        demo=bool(district and district.demo),
    )


def _table(items: list[ChecklistItem]) -> Table:
    columns = (
        Column("序号", 2.6),
        Column("检查内容和方法", 15, "left"),
        Column("违法情形", 12, "left"),
        Column("检查、处罚依据", 8, "left"),
        Column("结果", 4.6, "left"),
    )
    rows = tuple(
        (
            str(item.no),
            f"{item.content}\n查法：{item.method}",
            f"{'★' if item.is_major else ''}{item.violation}",
            "\n".join(part for part in (item.basis, item.penalty) if part) + ("（待核对）" if item.mark == "K" else ""),
            BOXES,
        )
        for item in items
    )  # fmt: skip
    return Table(columns, rows, size=9.0, numbered=False)


def _marks(items: list[ChecklistItem]) -> str:
    majors = sum(item.is_major for item in items)
    unverified = sum(item.mark == "K" for item in items)
    says = f"共 {len(items)} 项"
    if majors:
        says += f"，★ 为重大事故隐患判定项，共 {majors} 项"
    if unverified:
        says += f"；标“待核对”的 {unverified} 项，依据条文尚未与原文核对，不得单独作为处罚依据"
    return f"{says}。"
