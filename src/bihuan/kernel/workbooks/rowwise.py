"""Imports that take row after row: each in its own savepoint, so that one wrong row names itself and spoils no other."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from bihuan.kernel.errors import Refused
from bihuan.kernel.workbooks.columns import Columns
from bihuan.kernel.workbooks.importers import Survey, Work
from bihuan.kernel.workbooks.plain import PlainRow, parsed
from bihuan.kernel.workbooks.reasons import CellFailure, Rejection

Take = Callable[[PlainRow, Work], bool]
"""Takes a row; True when it was new, False when it was there already. Raises Refused for a wrong one."""


def run_rows(work: Work, columns: Columns, take: Take) -> Survey:
    """Take every row; the preview takes them too and then takes everything back."""
    labels = {column.name: column.label for column in columns.columns}
    survey = Survey()
    total = int(work.batch.summary.get("rows", 0))
    with transaction.atomic():
        for done, row in enumerate(parsed(work.spool), 1):
            try:
                with transaction.atomic():
                    new = take(row, work)
            except Refused as refused:
                survey.rejected += _rejections(row, refused, labels)
            else:
                survey.accepted += new
                survey.already_there += not new
            work.progress(done, total)
        if not work.write or (survey.rejected and not work.partial):
            transaction.set_rollback(True)
    return survey


def _rejections(row: PlainRow, refused: Refused, labels: dict[str, str]) -> list[Rejection]:
    found = []
    for failure in refused.failures:
        name = failure.field or next(iter(labels))
        column = row.headings.get(name, labels.get(name, ""))
        one = CellFailure(failure.code, failure.message, name, column, row.cells.get(name, ""))
        sentence = one.sentence(row.line)
        found.append(Rejection(row.sheet, row.line, row.no, column, one.value, sentence, failure.code))
    return found


def listed(text: str) -> list[str]:
    """The names in a cell that holds several: 工贸、建筑施工."""
    for mark in "，,；;/ \n":
        text = text.replace(mark, "、")
    return [name for name in text.split("、") if name]


def yes(text: str, *, default: bool) -> bool:
    """A yes or no cell."""
    if not text:
        return default
    return text in ("是", "√", "有", "1", "Y", "y", "对")
