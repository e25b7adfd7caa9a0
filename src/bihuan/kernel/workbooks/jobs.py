"""Workbooks are read and applied in the background; the page shows how far they are and may be left."""

from __future__ import annotations

from collections.abc import Callable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bihuan.conf.priorities import SOMEBODY_WAITS
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.workbooks import batches, importing
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch

AGAIN = RetryStrategy(max_attempts=3, wait=5)


@app.task(name="workbooks.read", priority=SOMEBODY_WAITS, retry=AGAIN)
def read_batch(batch: str) -> None:
    """Parse a workbook and prepare its preview; taken up again after a killed worker, once it is enough."""
    found = ImportBatch.objects.filter(
        pk=batch, status__in=[BatchStatus.UPLOADED, BatchStatus.PARSING]
    ).first()
    if found is not None:
        _with_actor(found, importing.read)


@app.task(name="workbooks.apply", priority=SOMEBODY_WAITS, retry=AGAIN)
def apply_batch(batch: str) -> None:
    """Write a confirmed workbook; a done one is left alone."""
    found = ImportBatch.objects.filter(
        pk=batch, status__in=[BatchStatus.CONFIRMED, BatchStatus.IMPORTING]
    ).first()
    if found is not None:
        _with_actor(found, importing.apply)


def _with_actor(batch: ImportBatch, work: Callable[[ImportBatch, Actor], object]) -> None:
    try:
        actor = batches.actor_behind(batch)
    except Refused as refusal:
        importing.fail(batch, refusal)
        return
    work(batch, actor)
