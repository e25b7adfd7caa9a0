"""Cursor pages for lists that are not made from a loop: the place after the last row, never a page number."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from bihuan.kernel.errors import Refused
from bihuan.kernel.web import parts

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows and the cursor behind its last one; empty at the end."""

    rows: list[Any]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order by columns that are never null, the last of them unique."""

    columns: tuple[str, ...]
    descending: bool = False

    def page(self, rows: QuerySet[Any], cursor: str, size: int = SIZE) -> Page:
        """The page after ``cursor``, by one statement.

        Raises:
            Refused: the cursor is not one of ours (``list.bad_cursor``).
        """
        sign = "-" if self.descending else ""
        ordered = rows.order_by(*(f"{sign}{column}" for column in self.columns))
        try:
            if cursor:
                ordered = ordered.filter(self._after(_decode(cursor)))
            found = list(ordered[: size + 1])
        except (ValueError, TypeError, AttributeError, ValidationError) as reason:
            raise Refused.because("list.bad_cursor", "翻页位置无效，请从第一页重新查询", "cursor") from reason
        more = len(found) > size
        found = found[:size]
        return Page(found, _encode([getattr(found[-1], column) for column in self.columns]) if more else "")

    def _after(self, place: list[Any]) -> Q:
        if len(place) != len(self.columns):
            raise ValueError("a cursor of another list")
        beyond = "lt" if self.descending else "gt"
        after = Q()
        for count, column in enumerate(self.columns):
            same = dict(zip(self.columns[:count], place[:count], strict=True))
            after |= Q(**same, **{f"{column}__{beyond}": place[count]})
        return after


def _encode(place: list[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, date | datetime) else value for value in place]
    text = json.dumps(plain, ensure_ascii=False, default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> list[Any]:
    try:
        place = json.loads(base64.urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode()))
    except (binascii.Error, UnicodeError, RecursionError) as reason:
        raise ValueError(cursor) from reason
    if not isinstance(place, list) or any("\x00" in part for part in place if isinstance(part, str)):
        raise ValueError(cursor)
    return place


def address(base: str, query: dict[str, str]) -> str:
    """An address with its query string, empty values left out."""
    kept = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(kept)}" if kept else base


def pager(base: str, query: dict[str, str], page: Page, total: int | None = None) -> parts.Pager:
    """The links under a list; ``query`` holds the filters without the cursor that ``query["cursor"]`` may carry."""
    kept = {name: value for name, value in query.items() if name != "cursor"}
    return parts.Pager(
        shown=len(page.rows),
        total=total,
        first_href=address(base, kept) if query.get("cursor") else "",
        next_href=address(base, {**kept, "cursor": page.next_cursor}) if page.next_cursor else "",
    )
