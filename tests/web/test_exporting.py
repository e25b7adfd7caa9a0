"""Exports: whole, in one snapshot, executing nothing, with their count and digest inside."""

from __future__ import annotations

import contextlib
import io
from typing import Any

from openpyxl import load_workbook

from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.web import parts
from bihuan.kernel.web.exporting import workbook_response
from tests.world import World


def book_of(answer: Any) -> Any:
    with contextlib.closing(answer.file_to_stream):
        return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def test_every_row_is_there_and_counted(world: World) -> None:
    SupervisedObject.objects.bulk_create(
        draft_object(f"企业{number:04d}", world.east) for number in range(2_500)
    )
    answer = workbook_response(
        title="企业",
        filename="企业 台账.xlsx",
        columns=[("名称", lambda one: one.name), ("属地", lambda one: one.region.name)],
        rows=SupervisedObject.objects.select_related("region").order_by("name"),
        actor=world.actor("office"),
        filters=[parts.Chip("镇街", "东湖镇", "")],
    )
    assert answer["X-Rows"] == "2502"
    assert "filename*=UTF-8''%E4%BC%81%E4%B8%9A%20" in answer["Content-Disposition"]
    rows = list(book_of(answer).active.iter_rows(values_only=True))
    assert rows[0][0].startswith("企业（镇街：东湖镇）")
    assert len(rows) == 2 + 2502 + 1
    assert answer["X-Digest-SM3"] in rows[-1][0]


def test_what_looks_like_a_formula_stays_text(world: World) -> None:
    nasty = ["=1+1", "@SUM(A1)", "+7", "-7", "http://example.test", "\t=cmd"]
    answer = workbook_response("文字", "a.xlsx", [("文字", lambda one: one)], nasty, world.actor("office"))
    sheet = book_of(answer).active
    cells = [sheet.cell(row, 1) for row in range(3, 3 + len(nasty))]
    assert [cell.value for cell in cells] == nasty
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
