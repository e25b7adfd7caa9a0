"""How a change reaches the database: entries first, then the matters that point at them, few statements for many rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection

from bihuan.kernel import clock, copying, statements
from bihuan.kernel.loops.crowds import Crowd
from bihuan.kernel.loops.declaration import Loop
from bihuan.kernel.loops.inputs import plain
from bihuan.kernel.loops.models import columns_of
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.numbering.matters import matter_numbers
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.appending import append, in_bulk
from bihuan.kernel.record.entries import NewEntry, Signed, genesis
from bihuan.kernel.signatures.models import Kind
from bihuan.kernel.signatures.signing import Pen, take_pen
from bihuan.kernel.territory.trees import require_district

__all__ = ["Change", "append_entries", "columns_of", "number", "plain_facts", "write_new", "write_steps"]

COPY_FROM = 50
"""From this many rows on, COPY is cheaper than INSERT."""
SLICE = 500
"""Rows of a crowd handed over together: while the database writes some, the next are made ready."""


@dataclass(slots=True)
class Change:
    """One matter before and after one deed."""

    matter: Any
    verb: str
    from_state: str
    payload: dict[str, Any]
    at: datetime
    happened_at: datetime
    before: Mapping[str, Any] = field(default_factory=dict)


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts an effect adds, in the types the record allows, without empty ones."""
    return {name: plain(value) for name, value in facts.items() if value is not None}


def number(loop: Loop, changes: Sequence[Change], at: datetime) -> None:
    """Give new matters their permanent numbers; gaps are allowed, so nobody waits for anybody."""
    if not changes:
        return
    year = clock.day_of(at).year
    for change, no in zip(
        changes, matter_numbers(_district_code(), loop.letter, year, len(changes)), strict=True
    ):
        change.matter.no = no


_code: str | None = None


def _district_code() -> str:
    global _code
    if _code is None:
        _code = require_district().code
    return _code


def forget_district() -> None:
    """Let tests that change databases start afresh."""
    global _code
    _code = None


def _entries(
    service: Running, changes: Sequence[Change], actor: Actor, signed: Signed | None
) -> list[NewEntry]:
    post = actor.post
    made = []
    for change, facts in zip(changes, _facts(service, changes), strict=True):
        matter = change.matter
        previous = bytes(matter.head) or genesis(matter.uid)
        matter.entry_count += 1
        made.append(
            NewEntry(
                matter=matter.uid,
                seq=matter.entry_count,
                previous=previous,
                kind=service.loop.name,
                matter_no=matter.no,
                verb=change.verb,
                from_state=change.from_state,
                to_state=matter.state,
                actor_id=actor.ref,
                actor_name=actor.name,
                actor_post=post,
                happened_at=change.happened_at,
                recorded_at=change.at,
                payload=change.payload,
                signed=signed,
                facts=facts,
            )
        )
    return made


def _facts(service: Running, changes: Sequence[Change]) -> list[bytes]:
    """What the columns of each matter say after its deed."""
    if len(changes) == 1:
        return [service.facts.of(changes[0].matter)]
    return service.facts.of_all(change.matter for change in changes)


def append_entries(service: Running, changes: Sequence[Change], actor: Actor, pen: Pen | None = None) -> None:
    """Append one entry for each change, signed by ``pen`` if given, and point its matter at it."""
    made = _entries(service, changes, actor, pen.signed if pen else None)
    for change, digest in zip(changes, append(made, pen.sign if pen else None), strict=True):
        change.matter.head = digest


def write_new(service: Running, changes: Sequence[Change], actor: Actor, within: Crowd | None = None) -> None:
    """Insert new matters behind their first entries."""
    deed = service.loop.opening(changes[0].verb) if changes else None
    pen = _pen(actor, "") if deed is not None and deed.signed else None
    if within is not None:
        _hand_over(within, service, changes, actor, pen)
        return
    append_entries(service, changes, actor, pen)
    matters = [change.matter for change in changes]
    if len(matters) <= COPY_FROM:
        insert_rows(matters)
    else:
        copy_rows(matters)


def _hand_over(
    within: Crowd, service: Running, changes: Sequence[Change], actor: Actor, pen: Pen | None
) -> None:
    """Give entries and matters to the crowd, which writes them while the next are made ready."""
    if not changes:
        return
    table = _table_of(changes[0].matter)
    for start in range(0, len(changes), SLICE):
        few = changes[start : start + SLICE]
        entries = _entries(service, few, actor, pen.signed if pen else None)
        for change, entry in zip(few, entries, strict=True):
            change.matter.head = entry.digest
        rows = _lines([change.matter for change in few], table)
        within.copy([in_bulk(entries, pen.sign if pen else None), (table.copy, rows.encode())], len(few))


def write_steps(
    service: Running, changes: Sequence[Change], actor: Actor, *, signed: bool, witness: str
) -> None:
    """Write the entries with their signatures and move the matters on."""
    append_entries(service, changes, actor, _pen(actor, witness) if signed else None)
    for change in changes:
        change.matter.version += 1
        update_row(change.matter, change.before)


def _pen(actor: Actor, witness: str) -> Pen | None:
    """Who signs, and how; the system and whoever acts on another's behalf sign nothing."""
    if actor.person_id is None or actor.on_behalf:
        return None
    kind = Kind.DRAWN if witness else Kind.TOKEN if actor.token_scope is not None else Kind.SIGNED_IN
    return take_pen(actor.person_id, kind, witness)


@dataclass(frozen=True, slots=True)
class _Table:
    """How rows of one model are written: worked out once, for a step is taken hundreds of times a second.

    ``texts`` says how COPY reads each column where the type of its value does not tell.
    """

    insert: str
    copy: str
    values: str
    fields: tuple[tuple[str, str, Any], ...]
    texts: tuple[Callable[[Any], str] | None, ...]


_tables: dict[str, _Table] = {}


def _table_of(row: Any) -> _Table:
    label = row._meta.label
    if label not in _tables:
        _tables[label] = _table(row.__class__)
    return _tables[label]


def _table(model: Any) -> _Table:
    fields = list(model._meta.concrete_fields)
    name = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(item.column) for item in fields)
    return _Table(
        insert=f"INSERT INTO {name} ({columns}) VALUES ",  # noqa: S608 - names of our own tables
        copy=f"COPY {name} ({columns}) FROM STDIN",
        values="(" + ", ".join(["%s"] * len(fields)) + ")",
        fields=tuple(
            (item.attname, item.column, item.get_db_prep_save if _needs_preparing(item) else None)
            for item in fields
        ),
        texts=tuple(_COPIED.get(item.get_internal_type()) for item in fields),
    )


_COPIED = {"JSONField": copying.json_text}


def _lines(rows: Sequence[Any], table: _Table) -> str:
    """Rows as COPY reads them, put together column by column: most columns of new matters say the same in all of them."""
    read = attrgetter(*(name for name, _, _ in table.fields))
    columns = zip(*map(read, rows), strict=True)
    return copying.lines(map(copying.column, columns, table.texts))


def _values(row: Any, table: _Table) -> list[Any]:
    return [
        getattr(row, name) if prepare is None else prepare(getattr(row, name), connection)
        for name, _, prepare in table.fields
    ]


def insert_rows(rows: Sequence[Any]) -> None:
    """Insert unsaved model instances of one table by one statement."""
    table = _table_of(rows[0])
    statements.send(
        table.insert + ", ".join([table.values] * len(rows)),
        [value for row in rows for value in _values(row, table)],
    )


def copy_rows(rows: Sequence[Any]) -> None:
    """COPY unsaved model instances of one table; triggers and constraints see them like any other row."""
    table = _table_of(rows[0])
    statements.flush()
    with connection.cursor() as cursor, cursor.copy(table.copy) as copy:
        for row in rows:
            copy.write_row(_values(row, table))


def update_row(row: Any, before: Mapping[str, Any]) -> None:
    """Write the columns that differ from ``before``."""
    table = _table_of(row)
    changed = [
        (column, value if prepare is None else prepare(value, connection))
        for name, column, prepare in table.fields
        if (value := getattr(row, name)) != before[name]
    ]
    if not changed:
        return
    sets = ", ".join(f"{connection.ops.quote_name(column)} = %s" for column, _ in changed)
    name = connection.ops.quote_name(row._meta.db_table)
    key = connection.ops.quote_name(row._meta.pk.column)
    statements.send(
        f"UPDATE {name} SET {sets} WHERE {key} = %s",  # noqa: S608 - names of our own columns
        [*(value for _, value in changed), row.pk],
    )


def update_rows(changes: Sequence[Change]) -> None:
    """Write what differs in many matters of one table by one statement; every column that changed in any of them."""
    table = _table_of(changes[0].matter)
    changed = [
        (name, column, prepare)
        for name, column, prepare in table.fields
        if any(getattr(change.matter, name) != change.before[name] for change in changes)
    ]
    if not changed:
        return
    meta = changes[0].matter._meta
    types = {item.column: item.db_type(connection) for item in meta.concrete_fields}
    quoted = connection.ops.quote_name
    key, name = quoted(meta.pk.column), quoted(meta.db_table)
    sets = ", ".join(f"{quoted(column)} = v.{quoted(column)}::{types[column]}" for _, column, _ in changed)
    columns = ", ".join(quoted(column) for _, column, _ in changed)
    row = "(" + ", ".join(["%s"] * (len(changed) + 1)) + ")"
    values: list[Any] = []
    for change in changes:
        values.append(change.matter.pk)
        for attribute, _, prepare in changed:
            value = getattr(change.matter, attribute)
            values.append(value if prepare is None else prepare(value, connection))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {name} SET {sets} FROM (VALUES {', '.join([row] * len(changes))}) AS v (key_, {columns})"  # noqa: S608
            f" WHERE {name}.{key} = v.key_::{types[meta.pk.column]}",
            values,
        )


_AS_THEY_ARE = frozenset(
    {
        "CharField", "TextField", "DateField", "DateTimeField", "UUIDField", "IntegerField", "BigIntegerField",
        "SmallIntegerField", "BooleanField", "ForeignKey", "FloatField", "BinaryField", "BigAutoField",
    }
)  # fmt: skip


def _needs_preparing(item: Any) -> bool:
    return item.get_internal_type() not in _AS_THEY_ARE
