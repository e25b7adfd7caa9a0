"""Lists and tables. ``{% load ledgers %}``; every tag takes values of ``kernel.web.parts``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from bihuan.kernel.web.parts import (
    Chip,
    Column,
    Empty,
    Filter,
    Ledger,
    MatrixCell,
    MatrixRow,
    Pager,
    Progress,
    Tab,
)

register = template.Library()

SHORT = 6
A_NUMBER = "370499-H2026-000001"


@register.inclusion_tag("components/tabs.html")
def state_tabs(tabs: Sequence[Tab], label: str = "按状态查看") -> dict[str, Any]:
    """A list told apart by where its matters stand; with a ``label`` of its own, by something else (years, kinds)."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("components/tabs.html")
def page_tabs(tabs: Sequence[Tab]) -> dict[str, Any]:
    """Pages that hang under one entry of the navigation."""
    return {"tabs": tabs, "label": "本栏目的页面"}


@register.inclusion_tag("components/chips.html")
def filter_chips(chips: Sequence[Chip], clear_href: str = "") -> dict[str, Any]:
    """The filters in force, each removable by a link: the URL is the state."""
    return {"chips": chips, "clear_href": clear_href}


@register.inclusion_tag("components/filters.html")
def filter_bar(filters: Sequence[Filter], hidden: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """A plain GET form; ``hidden`` carries what else must stay in the URL (the state tab)."""
    first = [one for one in filters if one.kind == "text"]
    rest = [one for one in filters if one.kind != "text"]
    return {"first": first, "rest": rest, "hidden": hidden}


@register.inclusion_tag("components/ledger.html")
def ledger(ledger: Ledger, empty: Empty | None = None) -> dict[str, Any]:
    """A table that opens the matter of a row, and a pile of cards on a phone."""
    title = next((i for i, column in enumerate(ledger.columns) if column.kind == "title"), 0)
    rows = [(row, list(zip(ledger.columns, row.cells, strict=True))) for row in ledger.rows]
    foot = list(zip(ledger.columns, ledger.foot, strict=True)) if ledger.foot else []
    return {"ledger": ledger, "rows": rows, "title": title, "empty": empty, "foot": foot}


@register.filter
def beside(cells: Sequence[MatrixCell], columns: Sequence[Column]) -> list[tuple[MatrixCell, Column]]:
    """Each cell of a matrix with its column: on a phone every cell says its month itself."""
    return list(zip(cells, columns, strict=True))


@register.filter
def is_short(value: object) -> bool:
    """A word or two that would look torn on two lines: 本区事故, 区应急管理局, the number of a matter."""
    return isinstance(value, str) and (
        len(value) <= SHORT or (value.isascii() and len(value) <= len(A_NUMBER))
    )


@register.inclusion_tag("components/pager.html")
def pager(pager: Pager) -> dict[str, Any]:
    return {"pager": pager}


@register.inclusion_tag("components/progress.html")
def progress(progress: Progress) -> dict[str, Any]:
    """Asks the server again every two seconds until finished; without script a link does the same."""
    return {"progress": progress}


@register.inclusion_tag("components/matrix.html")
def filing_matrix(
    months: Sequence[Column], rows: Sequence[MatrixRow], caption: str, first: str = "单位"
) -> dict[str, Any]:
    """Units (or what ``first`` calls them) down, months across: what came and what did not."""
    return {"months": months, "rows": rows, "caption": caption, "first": first}
