"""The text form of COPY: a ledger of a hundred thousand hazards is four million values, each written here once.

``CopyText`` of psycopg asks every value's type for a dumper; these few types cover our tables, and what recurs (days,
empty words, the moment of the import) costs a look in a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from bihuan.kernel.record.canonical import alike, encoder

NOTHING = "\\N"
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_MARKS = ("\\", "\n", "\r", "\t")
_as_json = encoder()


def text(value: str) -> str:
    """A text without what would end its column or row."""
    for mark in _MARKS:
        if mark in value:
            return value.translate(_ESCAPED)
    return value


def json_text(value: Any) -> str:
    """A JSON value; None is the database's null, as Django keeps it."""
    return NOTHING if value is None else text(_as_json(value))


@lru_cache(maxsize=16384)
def _day(value: date) -> str:
    return value.isoformat()


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    return value.isoformat()


def _bytes(value: bytes | memoryview) -> str:
    return f"\\\\x{value.hex()}"


class _Forms(dict[type, Callable[[Any], str]]):
    """How each type is written; a subclass (an enumeration of words) as what it is made of."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        if issubclass(kind, str):
            self[kind] = lambda value: text(str.__str__(value))
        elif issubclass(kind, int):
            self[kind] = lambda value: int.__repr__(value)
        else:
            raise TypeError(f"{kind.__name__} has no form here to be copied in")
        return self[kind]


FORMS = _Forms(
    {
        type(None): lambda _: NOTHING,
        str: text,
        int: int.__repr__,
        bool: lambda value: "t" if value else "f",
        float: float.__repr__,
        date: _day,
        datetime: _moment,
        UUID: lambda value: value.hex,
        bytes: _bytes,
        memoryview: _bytes,
    }
)
"""Each type's form; ``FORMS[type(value)](value)`` is a value as COPY reads it."""


def column(values: Sequence[Any], form: Callable[[Any], str] | None = None) -> list[str]:
    """The values of one column in their form, or in ``form``; what all rows have in common is written once."""
    if alike(values):
        return [(form or FORMS[type(values[0])])(values[0])] * len(values)
    if form is not None:
        return list(map(form, values))
    kinds = set(map(type, values))
    if len(kinds) > 1:
        return [FORMS[type(value)](value) for value in values]
    return list(map(FORMS[kinds.pop()], values))


def lines(columns: Iterable[Sequence[str]]) -> str:
    """Rows of values in their form, each with its end, from their columns."""
    return "".join([line + "\n" for line in map("\t".join, zip(*columns, strict=True))])
