"""The only way a matter comes to be or changes.

Web, API, import, timers and demo data all act through here, so what is promised holds for all of them: one
transaction, the version the user saw, all gates at once, signature, record, deadline and follow-ups, or nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.base import ModelState

from bihuan.kernel import clock, statements
from bihuan.kernel.errors import Absent, Failure, Refused, Stale
from bihuan.kernel.loops import late, moments, naming, permits, requests, writing
from bihuan.kernel.loops.changing import Context, change_of, conclude, outcomes_of, set_deadline
from bihuan.kernel.loops.crowds import Crowd
from bihuan.kernel.loops.declaration import Act, Opening, Step
from bihuan.kernel.loops.locking import lock
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.loops.outcomes import Outcome
from bihuan.kernel.loops.registry import Running, running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.uid import uuid7

__all__ = ["Context", "Outcome", "open_many", "open_matter", "perform"]


def open_matter(
    loop: str,
    opening: str,
    given: Any,
    *,
    actor: Actor,
    key: str = "",
    uid: UUID | None = None,
    happened_at: datetime | None = None,
    **columns: Any,
) -> Outcome:
    """Open one matter. ``columns`` are what the opening's caller already resolved through the doors (the object).

    Raises:
        Refused: with every reason at once.
    """
    return open_many(
        loop, opening, [given], actor=actor, key=key, uids=[uid], happened_at=happened_at, columns=[columns]
    )[0]


def open_many(
    loop: str,
    opening: str,
    inputs: Sequence[Any],
    *,
    actor: Actor,
    key: str = "",
    uids: Sequence[UUID | None] | None = None,
    happened_at: datetime | None = None,
    columns: Sequence[dict[str, Any]] | None = None,
    within: Crowd | None = None,
) -> list[Outcome]:
    """Open a set of matters in one transaction, through the same gates as one; all of them or none.

    A ledger of a hundred thousand rows comes through here some thousand at a time, ``within`` a crowd, and is
    written with COPY. A matter that an offline client named itself and sends again is answered as it was, even without
    a key.
    """
    service = running(loop)
    deed = service.loop.opening(opening)

    def opened(_: bool) -> list[Outcome]:
        with transaction.atomic(savepoint=within is None):
            return _open_all(service, deed, inputs, actor, key, uids, happened_at, columns, within)

    try:
        return requests.answered_once(opened, ask_first=True)
    except IntegrityError:
        named = uids[0] if uids is not None and len(uids) == 1 else None
        before = requests.opened_before(actor, service, deed, inputs[0], named) if named else None
        if before is None:
            raise
        return [before]


def _open_all(
    service: Running,
    deed: Opening,
    inputs: Sequence[Any],
    actor: Actor,
    key: str,
    uids: Sequence[UUID | None] | None,
    happened_at: datetime | None,
    columns: Sequence[dict[str, Any]] | None,
    within: Crowd | None,
) -> list[Outcome]:
    replay = requests.earlier(actor, key, service, deed, inputs)
    if replay is not None:
        return replay
    at = clock.now()
    context = Context(service, deed, actor, at, moments.claimed(happened_at, at))
    failures: list[Failure] = [*permits.signing_failures(deed, actor)]
    drafts: list[writing.Change] = []
    for index, given in enumerate(inputs):
        matter = _blank(service, at)
        if uids is not None and uids[index] is not None:
            matter.uid = _named(uids[index])
        for name, value in (columns[index] if columns else {}).items():
            setattr(matter, name, value)
        context.facts = {}
        context.state = deed.to
        deed.prepare(matter, given, actor)
        failures += _opening_failures(deed, matter, given, actor)
        if failures:
            continue
        deed.effect(matter, given, context)
        matter.state = str(context.state)
        drafts.append(change_of(context, matter, given, from_state=""))
    Refused.unless(failures)
    writing.number(service.loop, drafts, at)
    if deed.together is not None:
        deed.together(drafts, context)
    naming.name(drafts, inputs)
    with statements.together():
        writing.write_new(service, drafts, actor, within)
        outcomes = outcomes_of(context, drafts, key, inputs)
    return conclude(context, drafts, inputs, outcomes)


def _blank(service: Running, at: datetime) -> Any:
    """An unsaved matter. A ledger opens a hundred thousand: the model works out its defaults once for them all."""
    template = _template(service.loop.name)
    matter = template.__class__.__new__(template.__class__)
    matter.__dict__.update(template.__dict__)
    matter._state = ModelState()
    matter._state.adding = True
    matter.uid, matter.opened_at, matter.hands = uuid7(), at, {}
    return matter


@functools.cache
def _template(loop: str) -> Any:
    return running(loop).model(hands={}, head=b"")


def _named(uid: UUID | None) -> UUID:
    """The uid an offline client made: a UUIDv7 like ours.

    Chains of the record that are no matter's have derived uids of another version (accounts and posts); nobody may lay
    a matter across one that is still to begin.
    """
    if uid is None or uid.version != 7:
        raise Refused.because("input.not_uuid7", "uid 应为第 7 版 UUID（UUIDv7），请由客户端重新生成", "uid")
    return uid


def _opening_failures(deed: Opening, matter: Matter, given: Any, actor: Actor) -> Iterable[Failure]:
    return [*permits.hand_failures(deed, matter, actor), *permits.gate_failures(deed, matter, given, actor)]


def perform(
    loop: str,
    step: str,
    refs: Sequence[str | UUID] | str | UUID,
    given: Any,
    *,
    actor: Actor,
    version: int | None = None,
    key: str = "",
    happened_at: datetime | None = None,
    witness: str = "",
    keep_late: bool = False,
) -> list[Outcome]:
    """Take a step (or act, or way out) on one matter or a set of them.

    Args:
        refs: numbers or uids; the set succeeds as a whole or not at all.
        version: the version the user saw; None only for the system and for sets chosen by a list.
        happened_at: when it happened, as somebody without a network claims it; never before what it follows.
        key: idempotency key; the same key gives the same answer, once.
        keep_late: an offline client's act in good faith on an older version is kept as a claim, never dropped.

    Raises:
        Absent: a matter does not exist or lies out of jurisdiction.
        Stale: somebody else was faster.
        Refused: with every reason at once.
    """
    service = running(loop)
    deed = _deed(service, step)
    wanted = [refs] if isinstance(refs, str | UUID) else list(refs)
    asked = (service, deed, wanted, given, actor, version, key, happened_at, witness)
    try:
        return requests.answered_once(
            lambda ask_first: _perform(*asked, ask_first=ask_first), ask_first=version is None
        )
    except Stale:
        if keep_late:
            late.keep(service, deed, wanted, given, actor, version, happened_at)
        raise


@transaction.atomic
def _perform(
    service: Running,
    deed: Step | Act,
    wanted: Sequence[str | UUID],
    given: Any,
    actor: Actor,
    version: int | None,
    key: str,
    happened_at: datetime | None,
    witness: str,
    *,
    ask_first: bool,
) -> list[Outcome]:
    matters = lock(service, wanted, actor)
    stale = _is_stale(matters, version)
    at = clock.now()
    context = Context(service, deed, actor, at, moments.claimed(happened_at, at))
    failures = (
        [] if stale else list(_failures(context, deed, matters, given, claimed=happened_at is not None))
    )
    if ask_first or stale or failures:
        replay = requests.earlier(actor, key, service, deed, [given], [matter.uid for matter in matters])
        if replay is not None:
            return replay
    if stale:
        raise Stale
    Refused.unless(failures)
    changes = [_apply(service, context, deed, matter, given) for matter in matters]
    naming.name(changes, [given])
    with statements.together():
        writing.write_steps(service, changes, actor, signed=deed.signed, witness=witness)
        outcomes = outcomes_of(context, changes, key, [given])
    return conclude(context, changes, [given], outcomes)


def _deed(service: Running, name: str) -> Step | Act:
    try:
        return service.loop.deed(name)
    except KeyError:
        raise Absent(f"{service.loop.label}没有“{name}”这一步") from None


def _is_stale(matters: Sequence[Matter], version: int | None) -> bool:
    return version is not None and any(matter.version != version for matter in matters)


def _failures(
    context: Context, deed: Step | Act, matters: Sequence[Any], given: Any, *, claimed: bool
) -> Iterable[Failure]:
    """Everything that stands against the deed, of all matters of the set, at this moment."""
    for matter in matters:
        yield from _step_failures(context.running, deed, matter, given, context.actor)
    yield from permits.signing_failures(deed, context.actor)
    if claimed:
        yield from moments.out_of_order(context.running.loop, deed, matters, context.happened_at)


def _step_failures(
    service: Running, deed: Step | Act, matter: Matter, given: Any, actor: Actor
) -> Iterable[Failure]:
    standing = permits.standing_failures(service.loop, deed, matter, actor)
    if standing:
        return standing
    return permits.gate_failures(deed, matter, given, actor)


def _apply(service: Running, context: Context, deed: Step | Act, matter: Any, given: Any) -> writing.Change:
    before = writing.columns_of(matter)
    from_state = matter.state
    context.facts = {}
    context.state = deed.move.to if isinstance(deed, Step) else service.loop.state(from_state)
    deed.effect(matter, given, context)
    matter.state = str(context.state)
    if isinstance(deed, Step) or deed.due is not None:
        set_deadline(deed, matter, given, context)
    change = change_of(context, matter, given, from_state=from_state)
    change.before = before
    return change
