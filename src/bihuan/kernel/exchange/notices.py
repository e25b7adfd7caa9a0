"""Sending, listing and reading notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.exchange.hours import deliver_at
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.people.actors import Actor

TEXT_LENGTH = 400


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to send: to a person or to a post, never both.

    With a ``reminder`` key (such as ``hazard.overdue:<uid>:3``) the recipient gets it once, however often a
    timer runs.
    """

    text: str
    person_id: int | None = None
    post_id: int | None = None
    matter_kind: str = ""
    matter: UUID | None = None
    matter_no: str = ""
    urgent: bool = False
    reminder: str = ""

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.post_id is None):
            raise ValueError("a notice goes to one person or one post")


_INSERT = """
INSERT INTO exchange_notice
    (created_at, person_id, post_id, matter_kind, matter, matter_no, text, urgent, reminder, not_before)
SELECT %s, new.* FROM unnest(
    %s::bigint[], %s::bigint[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::boolean[], %s::text[],
    %s::timestamptz[]) AS new
ON CONFLICT DO NOTHING
"""


def notify(notices: Sequence[NewNotice]) -> int:
    """Send notices in one statement, whatever their number; returns how many were new.

    They belong to the calling transaction: a step that fails has told nobody.
    """
    if not notices:
        return 0
    moment = clock.now()
    quiet, urgent = deliver_at(moment, urgent=False), deliver_at(moment, urgent=True)
    columns: list[list[object]] = [
        [notice.person_id for notice in notices],
        [notice.post_id for notice in notices],
        [notice.matter_kind for notice in notices],
        [notice.matter for notice in notices],
        [notice.matter_no for notice in notices],
        [_fitted(notice.text) for notice in notices],
        [notice.urgent for notice in notices],
        [notice.reminder for notice in notices],
        [urgent if notice.urgent else quiet for notice in notices],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [moment, *columns])
        return int(cursor.rowcount)


def unread(actor: Actor) -> QuerySet[Notice]:
    """The notices that show to ``actor`` now and are unread: urgent first, then the newest."""
    return (
        _of(actor).filter(read_at=None, not_before__lte=clock.now()).order_by("-urgent", "-not_before", "-id")
    )


def mark_read(actor: Actor, ids: Iterable[int] | None = None) -> int:
    """Mark the actor's own notices as read, all that show or those with ``ids``; returns how many.

    A notice to a post is read for all its holders; who read it is kept.
    """
    mine = _of(actor).filter(read_at=None, not_before__lte=clock.now())
    if ids is not None:
        mine = mine.filter(pk__in=list(ids))
    return mine.update(read_at=clock.now(), read_by=actor.person_id)


def _of(actor: Actor) -> QuerySet[Notice]:
    if actor.person_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(
        Q(person=actor.person_id) | Q(post__in=[scope.post_id for scope in actor.scopes])
    )


def _fitted(text: str) -> str:
    return text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - 1] + "…"
