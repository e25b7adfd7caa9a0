"""How much may be sent: a phone gone wrong, or a person, must not fill the district's disk."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor

DAY_COUNT = 500
DAY_BYTES = 2 * 1024**3
MATTER_COUNT = 200
MATTER_BYTES = 512 * 1024**2
_ROOMS = {"person": 7_702_001, "matter": 7_702_002}
_SUMS = """
SELECT count(*) FILTER (WHERE {mine}), coalesce(sum(size) FILTER (WHERE {mine}), 0),
       count(*) FILTER (WHERE {here}), coalesce(sum(size) FILTER (WHERE {here}), 0)
  FROM attachments_attachment WHERE ({mine}) OR ({here})
""".format(mine="uploaded_by_id = %(person)s AND at >= %(midnight)s", here="matter = %(matter)s")


def weigh(row: Attachment, actor: Actor) -> None:
    """Refuse what would go beyond the day of its sender or beyond its matter.

    To be called in the transaction that keeps the row. Who sends at the same moment, under the same name or for the
    same matter, waits here, so that two at once cannot both be the last that fits.

    Raises:
        Refused: with every limit that is reached (``attachment.day_full``, ``attachment.matter_full``).
    """
    if not actor.ref:
        return
    _alone("person", actor.ref)
    _alone("matter", str(row.matter))
    midnight = datetime.combine(clock.today(), time(), clock.SHANGHAI)
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, {"person": actor.ref, "midnight": midnight, "matter": row.matter})
        sent, sent_bytes, held, held_bytes = cursor.fetchone()
    failures = []
    if sent >= DAY_COUNT or sent_bytes + row.size > DAY_BYTES:
        failures.append(
            Failure(
                "attachment.day_full",
                f"您今天上传的文件已达上限（{DAY_COUNT} 份或 {DAY_BYTES >> 30} GB），请明天再传，或请同事代传",
                "upload",
            )
        )
    if held >= MATTER_COUNT or held_bytes + row.size > MATTER_BYTES:
        failures.append(
            Failure(
                "attachment.matter_full",
                f"这件事项的文件已达上限（{MATTER_COUNT} 份或 {MATTER_BYTES >> 20} MB），"
                "请只传能说明问题的；一天内没有办理用到的文件会自动清理",
                "upload",
            )
        )
    Refused.unless(failures)


def _alone(room: str, key: UUID | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_ROOMS[room], str(key)])
