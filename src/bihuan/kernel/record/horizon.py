"""Transaction numbers after a restore: a new database cluster counts from the beginning, the record must not.

Seals follow each other by transaction number. A dump loaded elsewhere, or into a new major version, would
give new entries numbers that older seals claim to cover; so the record's own count is moved ahead of
everything it has seen.
"""

from __future__ import annotations

from django.db import connection

from bihuan.conf import env
from bihuan.kernel.record import seal_files, seal_keys
from bihuan.kernel.record.seal_files import BadSeal

MARGIN = 1_000


def behind() -> int:
    """By how many transactions the record's count lags behind what is recorded or sealed; 0 when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT greatest((SELECT max(tx) FROM record_entry) + 1,
                               (SELECT max(upto_tx) FROM record_seal), %s, 0),
                      record_horizon()""",
            [_newest_seal_file()],
        )
        needed, horizon = cursor.fetchone()
    return max(0, int(needed) - int(horizon))


def advance() -> int:
    """Move the record's count ahead of everything recorded; returns by how much, 0 when nothing was needed.

    Run as owner after every restore and every change of major version, before anybody works.
    """
    lag = behind()
    if not lag:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_tx_offset()")
        offset = int(cursor.fetchone()[0]) + lag + MARGIN
        cursor.execute(
            "CREATE OR REPLACE FUNCTION record_tx_offset() RETURNS bigint LANGUAGE sql IMMUTABLE AS "
            f"'SELECT {offset:d}::bigint'"
        )
    return lag + MARGIN


def _newest_seal_file() -> int:
    folder = env.seals_folder()
    for number in reversed(seal_files.numbers_in(folder)):
        try:
            return seal_files.read(
                folder / seal_files.name_of(number), seal_keys.public_keys(folder)
            ).head.upto_tx
        except BadSeal:
            continue
    return 0
