"""The list of matters: filters in the address, counts per tab, the late ones first, a cursor instead of page numbers."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.registry import by_plural
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web.matters.counting import counted
from bihuan.kernel.web.matters.foremost import foremost
from bihuan.kernel.web.matters.pages import MatterPages, Order, TabOf

PAGE_SIZE = 50
LARGEST_PAGE = 200
OFF = frozenset({"0", "false", "no", "off", "否"})


@dataclass(frozen=True)
class Asked:
    """What a list was asked for, checked against what may be asked."""

    tab: TabOf
    filters: dict[str, str]
    condition: Q
    cursor: str = ""
    size: int = PAGE_SIZE

    @property
    def query(self) -> dict[str, str]:
        return {**self.filters, "tab": self.tab.name}


@dataclass(frozen=True)
class Page:
    """One page and the cursor of the next."""

    rows: list[Any]
    next_cursor: str


def asked_of(pages: MatterPages, query: Mapping[str, str], tab: str = "") -> Asked:
    """Read a query string; fields and values that are not offered are left out or refused, never passed on.

    Raises:
        Refused: a value that cannot be read (``list.bad_filter``).
    """
    wanted = query.get("tab", "") or tab
    chosen = next((item for item in pages.tabs if item.name == wanted), pages.tabs[0])
    kept: dict[str, str] = {}
    condition = Q()
    for item in pages.filters:
        value = query.get(item.name, "").strip()
        if not value:
            continue
        if item.kind == "flag" and value.lower() in OFF:
            continue
        value = item.meant(value)
        if not item.accepts(value):
            raise Refused.because(
                "list.bad_filter", f"筛选条件「{item.label}」没有“{value}”这一项，请重新选择", item.name
            )
        try:
            condition &= item.apply(value)
        except ValueError:
            raise Refused.because(
                "list.bad_filter", f"筛选条件「{item.label}」的“{value}”无法识别", item.name
            ) from None
        kept[item.name] = value
    return Asked(chosen, kept, condition, query.get("cursor", ""), _size(query.get("page_size", "")))


def _size(text: str) -> int:
    try:
        return max(1, min(LARGEST_PAGE, int(text)))
    except ValueError:
        return PAGE_SIZE


def select(pages: MatterPages, actor: Actor, asked: Asked) -> QuerySet[Any]:
    """Everything the list shows, page after page: what an export holds as well."""
    service = by_plural(pages.loop.plural)
    assert service is not None
    return service.visible(actor).filter(asked.condition).filter(asked.tab.condition())


def page_of(pages: MatterPages, actor: Actor, asked: Asked) -> Page:
    """One page, by one statement."""
    order = asked.tab.order
    rows = select(pages, actor, asked)
    if asked.cursor:
        rows = rows.filter(_after(order, asked.cursor))
    if pages.facets is not None:
        rows = foremost(rows, order, pages.facets, asked.size + 1)
    found = list(pages.listed(ordered(rows, order))[: asked.size + 1])
    more = len(found) > asked.size
    found = found[: asked.size]
    return Page(found, _cursor(order, found[-1]) if more else "")


def ordered(rows: QuerySet[Any], order: Order) -> QuerySet[Any]:
    sign = "-" if order.descending else ""
    return rows.order_by(f"{sign}{order.column}", f"{sign}uid")


def _cursor(order: Order, row: Any) -> str:
    value = getattr(row, order.column)
    text = json.dumps([order.name, value.isoformat() if value else None, str(row.uid)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _after(order: Order, cursor: str) -> Q:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        name, value, uid = json.loads(base64.urlsafe_b64decode(padded.encode()))
        day = date.fromisoformat(value) if value is not None else None
        last = UUID(uid)
        if name != order.name:
            raise ValueError
    except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise Refused.because("list.bad_cursor", "翻页位置无效，请从第一页重新打开") from None
    beyond = "lt" if order.descending else "gt"
    column = order.column
    if day is None:
        return Q(**{f"{column}__isnull": True, f"uid__{beyond}": last})
    rest = Q(**{f"{column}__{beyond}": day}) | Q(**{column: day, f"uid__{beyond}": last})
    if order.descending:
        return Q(**{f"{column}__{beyond}e": day}) & rest
    return rest | Q(**{f"{column}__isnull": True})


def tab_counts(pages: MatterPages, actor: Actor, asked: Asked) -> dict[str, int]:
    """How many stand under each tab, with the other filters in force; what is not known is left out."""
    service = by_plural(pages.loop.plural)
    assert service is not None
    rows = service.visible(actor).filter(asked.condition)
    return counted(rows, pages.tabs, pages.facets, sifted=bool(asked.filters))
