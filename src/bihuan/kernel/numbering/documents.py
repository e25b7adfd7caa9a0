"""Document numbers: gap-free, because a missing number of an order is a question an auditor asks."""

from __future__ import annotations

from django.db import connection


def draw_document_number(series: str, year: int) -> int:
    """The next number of ``series`` in ``year``, from 1; it stands only if the issuing transaction commits.

    Others who issue in the same series wait until then, so draw last in a long transaction.

    Raises:
        RuntimeError: called outside a transaction, where a later failure would leave a gap.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("draw_document_number() must run inside the issuing transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO numbering_documentcounter AS counter (series, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (series, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [series, year],
        )
        (number,) = cursor.fetchone()
    return int(number)
