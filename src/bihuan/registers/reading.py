"""Values as people type them into forms, cells and programs: days, numbers, telephone numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from bihuan.kernel.workbooks.dates import on_year, written
from bihuan.kernel.workbooks.reasons import Unreadable

NOT_A_DAY = "不是日期，请写成 2023-03-01 这样的形式"
_PHONE = re.compile(r"(\+?86-?)?(1\d{10}|(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?)")
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?(?:人|个|层|台|栋|处)?")


def read_day(text: str, *, last: bool = False) -> date | None:
    """The day a text names; ``None`` for an empty one. ``last`` reads a bare month as its last day.

    Raises:
        ValueError: it names no day of one year; the message is the sentence for the clerk.
    """
    if not text.strip():
        return None
    try:
        named = written(text)
    except Unreadable as error:
        raise ValueError(str(error)) from error
    partial = (named.last if last else named.first) if named else None
    day = on_year(partial, partial.year, last_of_month=last) if partial and partial.year else None
    if day is None:
        raise ValueError(NOT_A_DAY)
    return day


def read_count(text: str) -> int | None:
    """A whole number, with its counting word or without; ``None`` for an empty text.

    Raises:
        ValueError: it is no whole number.
    """
    bare = text.replace(",", "").replace("，", "").strip()
    if not bare:
        return None
    found = _COUNT.fullmatch(bare)
    if found is None:
        raise ValueError("应为整数，例如 120")
    return int(found.group(1))


def read_amount(text: str, places: int = 2, largest: int = 10**9) -> Decimal | None:
    """A quantity with up to ``places`` decimals; ``None`` for an empty text.

    Raises:
        ValueError: it is no number, negative, or larger than anything of its kind.
    """
    bare = re.sub(r"[,，\s]|(平方米|平米|㎡|m2|米|m)$", "", text.strip())
    if not bare:
        return None
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        raise ValueError("应为数字，例如 1200.5") from None
    if not amount.is_finite() or amount < 0 or amount >= largest:
        raise ValueError("数值不合理，请核对")
    return round(amount, places)


def is_phone(text: str) -> bool:
    """Whether every number in the text is one that can be dialled; nothing is one too."""
    bare = re.sub(r"[\s－—]", "", text)
    return all(_PHONE.fullmatch(part) for part in re.split(r"[,，、/;；]", bare) if part)
