"""What a meeting decided or a visit asked for becomes a task, in the same transaction and through the task loop's own gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bihuan.capabilities.dispatch.inputs import Dispatching
from bihuan.capabilities.dispatch.states import TaskKind
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Source:
    """Where a task comes from: the number, name and day of the meeting or visit."""

    no: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Asked:
    """What one unit is to do until when; ``named`` is how a refusal calls it."""

    words: str
    lead: int
    due_on: date
    supporting: Sequence[int] = ()
    requirement: str = ""
    kind: str = TaskKind.IMPLEMENT.value
    named: str = ""


def open_task(asked: Asked, source: Source, actor: Actor) -> UUID:
    """The task's uid.

    Raises:
        Refused: what the task loop refuses, each reason with the name of what was asked.
    """
    given = Dispatching(
        title=asked.words, requirement=asked.requirement, kind=asked.kind, lead=asked.lead,
        supporting=tuple(asked.supporting), due_on=asked.due_on, source_title=source.title[:120], source_on=source.day,
        quote=asked.words,
    )  # fmt: skip
    with naming(asked.named):
        return engine.open_matter("task", "dispatch", given, actor=actor, origin=source.no).uid


@contextmanager
def naming(what: str) -> Iterator[None]:
    """Say in every refusal from within what it is about: several things may be asked at once."""
    try:
        yield
    except Refused as refusal:
        if not what:
            raise
        raise Refused(*(_named(what, failure) for failure in refusal.failures)) from refusal


def _named(what: str, failure: Failure) -> Failure:
    return Failure(failure.code, f"{what}：{failure.message}", None)


def numbered(rows: Any) -> int:
    """The place of the next one among ``rows`` of one locked matter."""
    return int(rows.count()) + 1
