"""Keeping tallies: statement triggers write signed differences, a job folds them together.

Every statement that touches the table leaves a few rows in ``…_delta``, a table nobody updates: eight writers
in one town never wait for one another, and COPY is counted like everything else. Folding moves the
differences into one row a cell. A reader adds both tables in one snapshot, so the sum is exact before, during
and after folding. Cells lie in the order of their months, so that the months of a report are few pages.
"""

from __future__ import annotations

from django.db import connection, transaction

from bihuan.kernel.figures.declarations import Tally

Cells = list[tuple[str, str, str]]


def folded_table(tally: Tally) -> str:
    return f"figures_tally_{tally.name}"


def delta_table(tally: Tally) -> str:
    return f"figures_tally_{tally.name}_delta"


def cells(tally: Tally) -> Cells:
    """The key of a cell: column, type and the SQL that draws it from a row of the counted table."""
    months: Cells = [("born", "date", tally.born.month())]
    months += [(name, "date", day.month()) for name, day in tally.dates.items()]
    return months + [(name, dim.type, dim.column) for name, dim in tally.dims.items()]


def key_columns(tally: Tally) -> str:
    return ", ".join(name for name, _, _ in cells(tally))


def count_columns(tally: Tally) -> list[str]:
    return ["n", *tally.sums]


def drawn(tally: Tally, table: str, sign: str = "") -> str:
    """Cell and counts of every counted row of ``table``, one line a row."""
    key = ", ".join(f"{sql} AS {name}" for name, _, sql in cells(tally))
    counts = [("n", "1"), *tally.sums.items()]
    numbers = ", ".join(f"{sign}({sql})::bigint AS {name}" for name, sql in counts)
    return f"SELECT {key}, {numbers} FROM {table} WHERE {tally.where}"  # noqa: S608 - declared, not from a client


def grouped(tally: Tally, rows: str) -> str:
    """``rows`` added up by cell; cells that come to nothing are left out."""
    key = key_columns(tally)
    totals = ", ".join(f"SUM({name})::bigint AS {name}" for name in count_columns(tally))
    live = " OR ".join(f"SUM({name}) <> 0" for name in count_columns(tally))
    return f"SELECT {key}, {totals} FROM ({rows}) AS drawn GROUP BY {key} HAVING {live}"  # noqa: S608 - declared


def create_sql(tally: Tally) -> list[str]:
    """Statements for the migration of the counted table's owner; rows already there are counted at once."""
    folded, delta = folded_table(tally), delta_table(tally)
    key = ", ".join(f"{name} {kind}" for name, kind, _ in cells(tally))
    counts = ", ".join(f"{name} bigint NOT NULL" for name in count_columns(tally))
    return [
        f"CREATE TABLE {folded} ({key}, {counts}) WITH (fillfactor = 90)",
        f"CREATE UNIQUE INDEX {folded}_cell ON {folded} ({key_columns(tally)}) NULLS NOT DISTINCT",
        f"CREATE TABLE {delta} ({key}, {counts}) "
        "WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)",
        *_triggers(tally),
        _fill(tally),
    ]


def drop_sql(tally: Tally) -> list[str]:
    """Undo :func:`create_sql`."""
    functions = [f"DROP FUNCTION {_function(tally, event)}() CASCADE" for event in _EVENTS]
    return [*functions, f"DROP TABLE {delta_table(tally)}", f"DROP TABLE {folded_table(tally)}"]


_EVENTS = {
    "added": ("INSERT", "REFERENCING NEW TABLE AS came"),
    "changed": ("UPDATE", "REFERENCING OLD TABLE AS gone NEW TABLE AS came"),
    "removed": ("DELETE", "REFERENCING OLD TABLE AS gone"),
    "emptied": ("TRUNCATE", ""),
}


def _function(tally: Tally, event: str) -> str:
    return f"{folded_table(tally)}_{event}"


def _triggers(tally: Tally) -> list[str]:
    came, gone = drawn(tally, "came"), drawn(tally, "gone", "-")
    write = f"INSERT INTO {delta_table(tally)} ({key_columns(tally)}, {', '.join(count_columns(tally))}) "
    bodies = {
        "added": write + grouped(tally, came),
        "changed": write + grouped(tally, f"{gone} UNION ALL {came}"),
        "removed": write + grouped(tally, gone),
        "emptied": f"DELETE FROM {delta_table(tally)}; DELETE FROM {folded_table(tally)}",  # noqa: S608 - declared
    }
    statements = []
    for event, (verb, tables) in _EVENTS.items():
        function = _function(tally, event)
        statements += [
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {bodies[event]}; RETURN NULL; END $$",
            f"CREATE TRIGGER {function} AFTER {verb} ON {tally.table} {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        ]
    return statements


def _fill(tally: Tally) -> str:
    columns = f"{key_columns(tally)}, {', '.join(count_columns(tally))}"
    rows = grouped(tally, drawn(tally, tally.table))
    return f"INSERT INTO {folded_table(tally)} ({columns}) {rows} ORDER BY born"


def compact(tally: Tally) -> int:
    """Fold the differences written so far; the number of lines folded, 0 also when another worker is at it.

    One statement moves them, so no reader sees a line twice or not at all; uncommitted lines of running
    writers stay for the next round.
    """
    folded, counts = folded_table(tally), count_columns(tally)
    columns = f"{key_columns(tally)}, {', '.join(counts)}"
    added = ", ".join(f"{name} = {folded}.{name} + EXCLUDED.{name}" for name in counts)
    moved = f"""
        WITH gone AS (DELETE FROM {delta_table(tally)} RETURNING *),
             folded AS (
               INSERT INTO {folded} ({columns}) {grouped(tally, f"SELECT {columns} FROM gone")} ORDER BY born
               ON CONFLICT ({key_columns(tally)}) DO UPDATE SET {added}
             )
        SELECT COUNT(*) FROM gone
    """  # noqa: S608 - declared, not from a client
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [folded])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(moved)
        return int(cursor.fetchone()[0])


def tidy(tally: Tally) -> int:
    """Drop cells that have come to nothing; how many. Left alone they cost only time."""
    empty = " AND ".join(f"{name} = 0" for name in count_columns(tally))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [folded_table(tally)])
        cursor.execute(f"DELETE FROM {folded_table(tally)} WHERE {empty}")  # noqa: S608 - declared
        return int(cursor.rowcount)


def rebuild(tally: Tally) -> None:
    """Count everything anew while writers wait; for a database changed behind the triggers' back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tally.table} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [folded_table(tally)])
        cursor.execute(f"DELETE FROM {delta_table(tally)}")  # noqa: S608 - declared
        cursor.execute(f"DELETE FROM {folded_table(tally)}")  # noqa: S608 - declared
        cursor.execute(_fill(tally))


def differing_cells(tally: Tally) -> int:
    """Cells whose tally is not what the rows say, in one snapshot; 0 proves every month's end and scope."""
    columns = f"{key_columns(tally)}, {', '.join(count_columns(tally))}"
    kept = f"SELECT {columns} FROM {folded_table(tally)} UNION ALL SELECT {columns} FROM {delta_table(tally)}"  # noqa: S608
    both = grouped(tally, f"{kept} UNION ALL {drawn(tally, tally.table, '-')}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({both}) AS differing")  # noqa: S608 - declared
        return int(cursor.fetchone()[0])
