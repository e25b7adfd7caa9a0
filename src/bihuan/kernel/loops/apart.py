"""A job's rows one by one: one that cannot be done is set aside and told, and the others are done nevertheless."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

from bihuan.kernel import clock
from bihuan.kernel.loops.models import Setback

_log = logging.getLogger(__name__)
T = TypeVar("T")
_NOTHING_WORKS = (OperationalError, InterfaceError)
"""The database is gone or busy: no fault of one row, so the whole job is tried again."""


class Rows:
    """What a run of a job has met so far."""

    def __init__(self, job: str) -> None:
        self.job = job
        self.failed: dict[str, str] = {}
        self.left: set[str] = set()
        """What failed before and this run did not try."""

    def each(self, about: str | Callable[[], str], deed: Callable[[], T], otherwise: T) -> T:
        """Do one row in a savepoint of its own; ``otherwise`` where it fails. ``about`` is the number it goes by, or
        finds it where the row fails."""
        try:
            with transaction.atomic():
                return deed()
        except _NOTHING_WORKS:
            raise
        except Exception as fault:
            name = about if isinstance(about, str) else about()
            _log.exception("%s: %s could not be done", self.job, name)
            self.failed[name] = f"{type(fault).__name__}: {fault}"
            return otherwise


@contextmanager
def rows(job: str) -> Iterator[Rows]:
    """One run of ``job`` over all its rows. What failed stands for ``bihuan doctor`` until a later run does it."""
    run = Rows(job)
    yield run
    _keep(run)


def standing(job: str) -> list[str]:
    """What ``job`` could not do so far, the longest untried first."""
    return list(Setback.objects.filter(job=job).order_by("last", "about").values_list("about", flat=True))


def _keep(run: Rows) -> None:
    with transaction.atomic():
        standing = Setback.objects.filter(job=run.job)
        standing.exclude(about__in=[about[:120] for about in (*run.failed, *run.left)]).delete()
        moment = clock.now()
        for about, says in run.failed.items():
            told, new = Setback.objects.get_or_create(
                job=run.job, about=about[:120], defaults={"says": says[:400], "since": moment, "last": moment}
            )
            if not new:
                told.says, told.last, told.times = says[:400], moment, told.times + 1
                told.save(update_fields=["says", "last", "times"])
