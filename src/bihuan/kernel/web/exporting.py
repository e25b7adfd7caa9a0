"""What a list shows, as a workbook to take away: whole, through the same door, with its count and digest inside."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, cast
from urllib.parse import quote

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import FileResponse

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.workbooks.exporting import Exported, Heading, export_rows

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 2_000
Column = tuple[str, Callable[[Any], Any]]


def workbook_response(
    title: str,
    filename: str,
    columns: Sequence[Column],
    rows: QuerySet[Any] | Iterable[Any],
    actor: Actor,
    filters: Sequence[parts.Chip] = (),
) -> FileResponse:
    """``rows`` as an .xlsx that the browser saves as ``filename``.

    The rows are read by one statement in one snapshot and written to disk as they come, however many they are; the
    closing line of the sheet carries their number and the SM3 digest of their values.
    """
    held = cast(IO[bytes], tempfile.TemporaryFile(prefix="bihuan-export-", suffix=".xlsx"))  # noqa: SIM115
    try:
        exported = _write(held, _titled(title, actor, filters), columns, rows)
    except BaseException:
        held.close()
        raise
    held.seek(0)
    response = FileResponse(held, content_type=WORKBOOK)
    response["Content-Disposition"] = (
        f"attachment; filename=\"export.xlsx\"; filename*=UTF-8''{quote(filename)}"
    )
    response["Cache-Control"] = "no-store"
    response["X-Rows"] = str(exported.rows)
    response["X-Digest-SM3"] = exported.digest
    return response


def _titled(title: str, actor: Actor, filters: Sequence[parts.Chip]) -> str:
    """Title, filters in force and who took it away, on the sheet's first line."""
    chosen = "，".join(f"{chip.label}：{chip.value}" for chip in filters)
    by = f"{actor.post} {actor.name}".strip()
    when = clock.minute_of(clock.now())
    return f"{title}{f'（{chosen}）' if chosen else ''}　{by} {when} 导出"


def _write(
    target: IO[bytes], title: str, columns: Sequence[Column], rows: QuerySet[Any] | Iterable[Any]
) -> Exported:
    headings = [Heading(heading, _width(heading)) for heading, _ in columns]
    read = [value for _, value in columns]
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        values = ([one(row) for one in read] for row in _each(rows))
        return export_rows(target, headings, values, title=title, demo=bool(settings.BIHUAN_DEMO))


def _each(rows: QuerySet[Any] | Iterable[Any]) -> Iterator[Any]:
    return rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else iter(rows)


def _width(heading: str) -> int:
    if any(word in heading for word in ("描述", "措施", "名称", "说明", "内容", "地址")):
        return 32
    return max(12, min(24, len(heading) * 2 + 4))
