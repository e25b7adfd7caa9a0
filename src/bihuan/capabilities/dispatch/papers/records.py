"""The items of papers as the records of figures: who may open them, and how they show."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from bihuan.capabilities.dispatch.papers.access import visible_papers
from bihuan.capabilities.dispatch.papers.models import Proposal
from bihuan.capabilities.dispatch.papers.states import ItemState
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.kinds import Kind, show_kept
from bihuan.kernel.web.paging import Keyset

ITEM_COLUMNS = (
    parts.Column("任务", "title"),
    parts.Column("文件", phone=False),
    parts.Column("牵头单位"),
    parts.Column("完成期限", "day", phone=False),
    parts.Column("核改结果"),
)


def visible_items(actor: Actor) -> QuerySet[Proposal]:
    """The items of the papers an actor may see."""
    return Proposal.objects.filter(paper__in=visible_papers(actor).values("pk"))


def item_row(item: Any) -> parts.Row:
    return parts.Row(
        cells=(
            item.summary,
            item.paper_title,
            item.lead_name or "—",
            item.due_on or "—",
            ItemState(item.state).label,
        ),
        href=f"/papers/{item.paper_no}/",
        sub=f"{item.paper_no} 第 {item.number} 条",
    )


def listed_items(rows: QuerySet[Proposal]) -> QuerySet[Any]:
    unit = Agency.objects.filter(pk=OuterRef("lead")).values("name")[:1]
    return rows.annotate(paper_title=F("paper__title"), paper_no=F("paper__no"), lead_name=Subquery(unit))


ITEM_EXPORT = (
    ("文件编号", lambda item: item.paper_no),
    ("文件", lambda item: item.paper_title),
    ("条目", lambda item: item.number),
    ("任务", lambda item: item.summary),
    ("牵头单位", lambda item: item.lead_name or ""),
    ("完成期限", lambda item: item.due_on),
    ("原文", lambda item: item.anchor),
    ("核改结果", lambda item: ItemState(item.state).label),
    ("不列为任务的理由", lambda item: item.reason),
)


def show_items() -> None:
    """Let figures over items open them."""
    show_kept(
        "papers.Proposal",
        Kind(
            label="文件条目", visible=visible_items, columns=ITEM_COLUMNS, row=item_row, export=ITEM_EXPORT,
            order=Keyset(("received_on", "id"), descending=True), listed=listed_items,
        ),
    )  # fmt: skip
