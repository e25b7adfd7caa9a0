"""What a kind of workbook brings: its columns, how it is read, and what reading or writing it amounts to."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.module_loading import autodiscover_modules

from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.workbooks import templates
from bihuan.kernel.workbooks.columns import Columns
from bihuan.kernel.workbooks.models import ImportBatch
from bihuan.kernel.workbooks.reasons import Rejection
from bihuan.kernel.workbooks.templates import Guide

SHOWN = 500
"""Rejections kept in the batch's own row; all of them are in its file."""


@dataclass(slots=True)
class Survey:
    """What an import would do or did. Counts are rows; ``conflicts`` as the interface shows them."""

    accepted: int = 0
    already_there: int = 0
    advanced: int = 0
    new_enterprises: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    further: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The interface's answer, every rejection in it."""
        return {**self.counts(), "rejected": [one.as_json() for one in self.rejected]}

    def counts(self) -> dict[str, Any]:
        """The answer without the rejections."""
        return {
            "accepted": self.accepted, "already_there": self.already_there, "advanced": self.advanced,
            "conflicts": self.conflicts, "new_enterprises": self.new_enterprises, **self.further,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """What an importer is given: the batch, its rows on disk, for whom, and where to report progress.

    ``write`` False asks for the preview: say what would happen and touch nothing. With ``partial`` the good rows are
    taken although others are rejected; without it the importer is not asked to write when a row is rejected.
    """

    batch: ImportBatch
    spool: Path
    actor: Actor
    partial: bool
    write: bool
    progress: Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of workbook is read and applied.

    ``parser`` (``module:function``) runs in the parsing process with ``options(actor, choices)``; ``run`` does the
    preview and, asked to write, the import itself.
    """

    kind: str
    label: str
    columns: Columns
    guide: Callable[[], Guide]
    parser: str
    options: Callable[[Actor, Mapping[str, Any]], Mapping[str, Any]]
    run: Callable[[Work], Survey]


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Make a kind of workbook known; called once from a capability's ``imports`` module."""
    _importers[importer.kind] = importer


def importers() -> Mapping[str, Importer]:
    """All kinds known, by kind."""
    _discover()
    return _importers


@cache
def _discover() -> None:
    """Ask every application once; that one of them was imported before by somebody else says nothing of the rest."""
    autodiscover_modules("imports")


def importer_of(kind: str) -> Importer:
    """The importer of ``kind``.

    Raises:
        Refused: no such kind.
    """
    try:
        return importers()[kind]
    except KeyError:
        known = "、".join(sorted(importers()))
        raise Refused.because("workbook.unknown_kind", f"没有“{kind}”这种工作簿，可用的有：{known}") from None


def write_template(kind: str, target: Path | io.BytesIO) -> None:
    """The empty workbook of ``kind``."""
    templates.write_template(importer_of(kind).guide(), target)
