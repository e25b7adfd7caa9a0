"""The only way a matter comes to be or changes.

Web, API, import, timers and demo data all act through here, so what is promised holds for all of them: one
transaction, the version the user saw, all gates at once, signature, record, deadline and follow-ups, or nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.base import ModelState

from bihuan.kernel import clock, statements
from bihuan.kernel.errors import Absent, Failure, Refused, Stale
from bihuan.kernel.loops import duties, late, moments, naming, permits, requests, writing
from bihuan.kernel.loops.crowds import Crowd
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.loops.declaration import Act, Deed, Opening, Step
from bihuan.kernel.loops.inputs import payload_of
from bihuan.kernel.loops.locking import lock
from bihuan.kernel.loops.models import BEFORE, Matter, settle_escalations
from bihuan.kernel.loops.outcomes import Outcome
from bihuan.kernel.loops.registry import Running, running
from bihuan.kernel.loops.sealing import seal_fields
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.uid import uuid7

__all__ = ["Context", "Outcome", "open_many", "open_matter", "perform"]


@dataclass(slots=True)
class Context:
    """What an effect may know and add while a deed is done.

    ``facts`` go into the record's payload beside the input; ``happened_at`` is as claimed, ``at`` the server's.
    ``afterwards`` is done once everything is written, in the same transaction.
    """

    running: Running
    deed: Deed
    actor: Actor
    at: datetime
    happened_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    state: Any = None
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day the deed counts for."""
        return clock.day_of(self.happened_at)

    def began(self, matter: Matter) -> date:
        """The day whose rules the matter keeps (从旧): the day it was opened."""
        return clock.day_of(matter.opened_at)

    def owe(self, matter: Matter, duty: str, deadline: Deadline) -> None:
        """Let ``matter`` owe a duty of its loop until a day, and say so in the record."""
        duties.owe(self.running.loop, matter, duty, deadline)
        self.facts.setdefault("owed", {})[duty] = deadline.due

    def settled(self, matter: Matter, *names: str) -> None:
        """These duties are owed no more, whatever the deed is called that did it."""
        duties.end(self.running.loop, matter, *names)


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
        drafts.append(_change(service, context, matter, given, from_state=""))
    Refused.unless(failures)
    writing.number(service.loop, drafts, at)
    if deed.together is not None:
        deed.together(drafts, context)
    naming.name(drafts, inputs)
    with statements.together():
        writing.write_new(service, drafts, actor, within)
        outcomes = _outcomes(context, drafts, key, inputs)
    return _conclude(service, context, drafts, inputs, outcomes)


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
        outcomes = _outcomes(context, changes, key, [given])
    return _conclude(service, context, changes, [given], outcomes)


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
        _set_deadline(deed, matter, given, context)
    change = _change(service, context, matter, given, from_state=from_state)
    change.before = before
    return change


def _set_deadline(deed: Deed, matter: Any, given: Any, context: Context) -> None:
    deadline = deed.due(matter, given, context) if deed.due else None
    if matter.escalated and (deadline is None or deadline.due != matter.deadline):
        settle_escalations(matter.uid)
        matter.escalated = 0
    matter.deadline = deadline.due if deadline else None
    matter.deadline_note = deadline.note() if deadline else None
    if deadline:
        context.facts["deadline"] = {"due": deadline.due, "rule": deadline.rule}


def _change(
    service: Running, context: Context, matter: Any, given: Any, *, from_state: str
) -> writing.Change:
    if not from_state:
        _set_deadline(context.deed, matter, given, context)
    else:
        met = duties.end_what_is_done(context.running.loop, matter, context.deed.name)
        if met:
            context.facts["met"] = met
    if context.actor.person_id is not None:
        matter.hands = _hands(context, matter.hands, context.actor.person_id)
    payload = payload_of(given, sealed=seal_fields(matter.uid, given))
    payload.update(writing.plain_facts(context.facts))
    return writing.Change(
        matter=matter,
        verb=context.deed.name,
        from_state=from_state,
        payload=payload,
        at=context.at,
        happened_at=context.happened_at,
    )


def _hands(context: Context, former: dict[str, Any], person: int) -> dict[str, Any]:
    """Who did what, with this deed. Work that was sent back stays its doer's: a later round by another frees nobody."""
    name = context.deed.name
    hands = {**former, name: person}
    last = former.get(name)
    if last not in (None, person) and name in context.running.loop.kept_apart:
        hands[name + BEFORE] = sorted({*former.get(name + BEFORE, ()), last})
    return hands


def _outcomes(
    context: Context, changes: Sequence[writing.Change], key: str, inputs: Sequence[Any]
) -> list[Outcome]:
    outcomes = [
        Outcome(
            uid=change.matter.uid,
            no=change.matter.no,
            state=change.matter.state,
            version=change.matter.version,
            seq=change.matter.entry_count,
            deadline=change.matter.deadline,
            matter=change.matter,
        )
        for change in changes
    ]
    if key and outcomes:
        requests.remember(context.actor, key, context.running, context.deed, inputs, outcomes)
    return outcomes


def _conclude(
    service: Running,
    context: Context,
    changes: Sequence[writing.Change],
    inputs: Sequence[Any],
    outcomes: list[Outcome],
) -> list[Outcome]:
    for what in context.afterwards:
        what()
    for follow_up in service.follow_ups.get(context.deed.name, ()):
        for change, given in zip(changes, _spread(inputs, len(changes)), strict=True):
            follow_up(change.matter, given, context)
    return outcomes


def _spread(inputs: Sequence[Any], count: int) -> Sequence[Any]:
    return inputs if len(inputs) == count else [inputs[0]] * count
