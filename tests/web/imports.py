"""Workbooks as people hand them in, and the worker's part of an import done in the test's own transaction."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from bihuan.kernel.workbooks.models import ImportBatch
from tests.hazards.ledgers import HEAD, book, line

TITLE = ["2023年1-6月隐患台账"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ledger(folder: Path, *rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    """A hazard ledger with a title, a heading in the second line, and what a clerk leaves below."""
    below = [["合计", *[None] * (len(head) - 1)], ["填报人：张三", *[None] * (len(head) - 1)]]
    return book(folder / "ledger.xlsx", TITLE, head, *rows, [], *below).read_bytes()


def messy(folder: Path) -> bytes:
    """Two good rows, one with a day that does not exist, one of an unknown sector."""
    return ledger(
        folder,
        line(序号=1),
        line(序号=2, 隐患描述="配电箱无盖板", 完成日期="2023-03-10", 验收日期="2023-03-12", 验收人="王五"),
        line(序号=3, 隐患描述="灭火器过期", 发现日期="2023-13-41"),
        line(序号=4, 隐患描述="护栏缺失", 行业="航天发射"),
    )


def upload(
    client: Client, content: bytes, name: str = "六月台账.xlsx", kind: str = "hazards", **said: str
) -> HttpResponse:
    """Post the drop form; the answer as it came."""
    file = SimpleUploadedFile(name, content, content_type=XLSX)
    return client.post(f"/imports/?kind={kind}", {"file": file, **said})  # type: ignore[return-value]


def work() -> int:
    """Do what the queue holds, as the worker would; how many jobs there were."""
    jobs = list(
        ProcrastinateJob.objects.filter(status="todo", task_name__startswith="workbooks.").order_by("id")
    )
    for job in jobs:
        app.tasks[job.task_name].func(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
    return len(jobs)


def taken(client: Client, content: bytes, **how: str) -> ImportBatch:
    """Upload a workbook and let the worker read it."""
    answer = upload(client, content, **how)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return ImportBatch.objects.get(pk=UUID(answer["Location"].split("/")[2]))


def cells(content: bytes) -> Any:
    """The first sheet of a workbook."""
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(content)).active
