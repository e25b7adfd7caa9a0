"""Which columns of a matter its entries bind, and which of them somebody changed behind the record's back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from bihuan.kernel.loops.models import Matter
from bihuan.kernel.record.entries import Entry
from bihuan.kernel.record.facts import Facts

if TYPE_CHECKING:
    from bihuan.kernel.record.heads import Row

UNBOUND: Mapping[str, str] = {
    "uid": "every entry of the matter names it",
    "no": "the first entry of the matter names it",
    "state": "the entry names it, before the deed and after",
    "entry_count": "it is the entry's own number",
    "head": "it is the entry's own digest",
    "version": "it tells editors apart and says nothing of the matter",
    "deadline_note": "it explains the deadline, which is bound; the payload keeps the rule",
}
"""Columns of every matter that no entry binds, each with its reason."""
MOST_GUESSES = 20_000
AT_ONCE = 2_000


def facts_of(model: type[Matter], unbound: Mapping[str, str]) -> Facts:
    """The bound columns of a loop's matters: all but those named here and by its declaration."""
    return Facts(model, [*UNBOUND, *unbound])


def heads_of(model: type[Matter], facts: Facts) -> Iterator[Row]:
    """Where each matter says its chain ends, and the digest of what its columns say now.

    As many rows as there are matters: they are streamed in the database's own form instead of becoming instances.
    """
    quoted = connection.ops.quote_name
    own = ("uid", "no", "entry_count", "head")
    columns = [_column(field) for field in facts.fields]
    readers = [(place, reader) for place, field in enumerate(facts.fields) if (reader := _reader(field))]
    query = (
        f"SELECT {', '.join([*map(quoted, own), *columns])} FROM {quoted(model._meta.db_table)} ORDER BY uid"  # noqa: S608
    )
    with (
        connection.cursor(),
        connection.connection.cursor(
            name=f"bihuan_heads_{model._meta.db_table}", binary=True, withhold=not connection.in_atomic_block
        ) as cursor,
    ):
        cursor.itersize = AT_ONCE
        cursor.execute(query)
        for uid, no, count, head, *values in cursor:
            for place, reader in readers:
                values[place] = reader(values[place])
            yield uid, no, count, head, facts.digest(values)


def _column(field: Any) -> str:
    """JSON comes as text: its binary form is for PostgreSQL alone."""
    name = connection.ops.quote_name(field.column)
    return f"{name}::text" if field.get_internal_type() == "JSONField" else name


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """What makes of a value from the database what Django makes of it; None where nothing is to be done."""
    converters = field.get_db_converters(connection)
    if not converters or field.get_internal_type() == "BinaryField":
        return None

    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, None, connection)
        return value

    return _json if field.get_internal_type() == "JSONField" else read


def _json(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def what_differs(model: type[Matter], facts: Facts, uid: UUID, entries: Sequence[Entry]) -> str:
    """Which column was changed, what it said and what it says; proved by the digest, not guessed from likeness.

    Every value that the matter's payloads mention is tried in every column. When several columns were changed at once,
    no single one explains the digest; then nothing is said.
    """
    values = list(model._default_manager.values_list(*facts.names).get(uid=uid))
    wanted, left = entries[-1].facts, MOST_GUESSES
    said = _mentioned(entries)
    for place, field in enumerate(facts.fields):
        now = values[place]
        for guess in _guesses(field, now, said):
            left -= 1
            if left < 0:
                return ""
            values[place] = guess
            if facts.digest(values) == wanted:
                return (
                    f"{field.verbose_name}（{field.attname}）记录写成时为{_shown(guess)}，现为{_shown(now)}"
                )
        values[place] = now
    return ""


def _mentioned(entries: Sequence[Entry]) -> list[Any]:
    """Every word, number and name that the record of a matter mentions, newest first."""
    said: dict[Any, None] = {}
    for entry in reversed(entries):
        for value in (*_leaves(entry.payload), entry.actor_name, entry.recorded_at, entry.happened_at):
            said.setdefault(value, None)
        if entry.signed is not None:
            said.setdefault(entry.signed.person, None)
    return list(said)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield value


def _guesses(field: Any, now: Any, said: Sequence[Any]) -> Iterator[Any]:
    """What ``field`` may have held: nothing, its default, a neighbour of its number, a choice, or what was said."""
    kind = field.get_internal_type()
    yield None if field.null else field.get_default()
    if kind == "BooleanField":
        yield not now
        return
    yield from (value for value, _ in field.flatchoices)
    read = _READERS.get(kind)
    if read is not None:
        yield from _read(read, said)
    if kind.endswith("IntegerField") and not kind.startswith("Big") and isinstance(now, int):
        yield from range(max(0, now - 20), now + 20)


def _read(read: Callable[[Any], Any], said: Iterable[Any]) -> Iterator[Any]:
    for value in said:
        try:
            yield read(value)
        except (TypeError, ValueError, AttributeError):
            continue


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError
    return value.astimezone(UTC)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "CharField": _text,
    "TextField": _text,
    "DateField": date.fromisoformat,
    "DateTimeField": _moment,
    "UUIDField": UUID,
    "ForeignKey": lambda value: value if type(value) is int else UUID(value),
    "IntegerField": _whole,
    "SmallIntegerField": _whole,
    "BigIntegerField": _whole,
}


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "空"
    return "是" if value is True else "否" if value is False else f"“{value}”"
