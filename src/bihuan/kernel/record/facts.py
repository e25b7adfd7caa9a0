"""What a matter's columns said after a deed, as sixteen bytes of its entry: who changes a column later is found out.

The digest is the first half of SM3 over the JSON array of :data:`FORM` and an object of every bound column that holds
more than its default, keys sorted; days and moments as in an entry, identities and bytes in hexadecimal. A column that
comes with a later version is empty in older matters and so changes nothing of what was bound before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Field, Model

from bihuan.kernel.crypto import sm3
from bihuan.kernel.record.canonical import alike, encoder

FORM = "bihuan.facts.1"
LENGTH = 16


class Facts:
    """The bound columns of one model. ``unbound`` names those that are no facts; whoever declares them says why."""

    def __init__(self, model: type[Model], unbound: Iterable[str] = ()) -> None:
        known = {field.name: field for field in model._meta.concrete_fields}
        strangers = set(unbound) - set(known)
        if strangers:
            raise ValueError(f"{model.__name__} has no columns {sorted(strangers)}")
        self.fields: tuple[Field[Any, Any], ...] = tuple(
            sorted((known[name] for name in set(known) - set(unbound)), key=lambda field: field.attname)
        )
        self.names = tuple(field.attname for field in self.fields)
        self._columns = tuple(
            (f'"{field.attname}":', None if field.null else field.get_default()) for field in self.fields
        )
        self._read = attrgetter(*self.names)

    def of(self, row: Model) -> bytes:
        """The digest of a row in hand."""
        return self.digest(self._read(row))

    def of_all(self, rows: Iterable[Model]) -> list[bytes]:
        """The digests of many rows in hand, the same as one by one.

        Hazards by the thousand say the same in most columns: gone through column by column, it is written once.
        """
        columns = zip(*map(self._read, rows), strict=True)
        told = [
            _column(name, blank, values) for (name, blank), values in zip(self._columns, columns, strict=True)
        ]
        return [_digest(_whole(filter(None, words))) for words in zip(*told, strict=True)]

    def digest(self, values: Sequence[Any]) -> bytes:
        """The digest of the values of :attr:`names`, as Django reads them."""
        return _digest(self.text(values))

    def text(self, values: Sequence[Any]) -> str:
        """What is digested."""
        told = [
            name + _WRITERS.get(type(value), _other)(value)
            for (name, blank), value in zip(self._columns, values, strict=True)
            if value is not None and value != blank
        ]
        return _whole(told)


def _whole(told: Iterable[str]) -> str:
    return f'["{FORM}",{{{",".join(told)}}}]'


def _digest(text: str) -> bytes:
    return sm3.digest(text.encode())[:LENGTH]


def _column(name: str, blank: Any, values: Sequence[Any]) -> list[str]:
    """What each row says in one column, nothing where it says no more than the default."""
    some = values[:1] if alike(values) else values
    told = [
        "" if value is None or value == blank else name + _WRITERS.get(type(value), _other)(value)
        for value in some
    ]
    return told if some is values else told * len(values)


def _day(value: date) -> str:
    return f'"{value.isoformat()}"'


def _moment(value: datetime) -> str:
    return f'"{value.astimezone(UTC).isoformat(timespec="microseconds")}"'


def _identity(value: UUID) -> str:
    return f'"{value.hex}"'


def _bytes(value: bytes | memoryview) -> str:
    return f'"{bytes(value).hex()}"'


def _inside(value: Any) -> Any:
    """An identity inside a list, written as one that stands alone."""
    if isinstance(value, UUID):
        return value.hex
    raise TypeError(f"{type(value).__name__} has no place in the record")


_encode = encoder(sort_keys=True, default=_inside)
_WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: repr,
    date: _day,
    datetime: _moment,
    UUID: _identity,
    bytes: _bytes,
    memoryview: _bytes,
}


def _other(value: Any) -> str:
    """Booleans, JSON, and the members of enumerations, which are text or numbers underneath."""
    return _encode(value)
