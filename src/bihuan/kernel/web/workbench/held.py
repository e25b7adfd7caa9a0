"""Which open matters wait for this actor's own hand, and which ones the actor has passed on and waits for.

A step names several hands; the first is whose turn it is, the others may stand in. Who coordinates a whole district is
asked only where nobody nearer holds the matter, so that the office's desk is not everybody's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from bihuan.kernel import clock
from bihuan.kernel.loops.declaration import Loop, State, Step
from bihuan.kernel.loops.duties import Owed, owed_of
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.loops.permits import concerned, person_failures
from bihuan.kernel.loops.registry import Running, all_running, running
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.web.matters.conditions import Sql
from bihuan.kernel.web.matters.pages import pages_of
from bihuan.kernel.web.workbench.nearest import found, soonest

SHOWN = 30
LOOKED_AT = 60
"""Matters of one state that are looked at for the first thirty that are mine."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A matter and the step that is wanted next, or what is owed beside it."""

    service: Running
    matter: Any
    step: Step | None
    owed: Owed | None = None

    @property
    def due(self) -> date:
        """For sorting: what has no deadline comes last."""
        if self.owed is not None:
            return self.owed.due
        return self.matter.deadline or date.max

    @property
    def label(self) -> str:
        """What there is to do."""
        if self.owed is not None:
            return self.owed.duty.label
        return self.step.label if self.step is not None else ""


class DidSomething(Func):
    """Whether a person is among the hands that did something to a matter."""

    function = "jsonb_path_exists"
    template = "%(function)s(%(expressions)s::jsonpath)"
    output_field = BooleanField()


def wanted_of(actor: Actor) -> list[Wanted]:
    """What waits for the actor's own hand, the most urgent first; bounded whatever the district holds."""
    near = nearby(actor)
    if near is None:
        return []
    owed = [wanted for service in all_running() for wanted in _owed(service, actor, near)]
    return sorted([*owed, *_wanted(actor, near)], key=lambda wanted: wanted.due)


def _wanted(actor: Actor, near: Q) -> Iterator[Wanted]:
    """Of every loop the matters whose next step is the actor's, one statement to find them and one a loop to fetch them."""
    asked: dict[str, Sql] = {}
    steps: dict[str, dict[str, list[Step]]] = {}
    for service in all_running():
        loop, close = service.loop, near if service.near is None else near | service.near(actor)
        steps[loop.name] = {
            state.value: led for state in loop.open_states if (led := next_steps(loop, state))
        }
        states = [[state] for state in sorted(steps[loop.name])]
        keys = _soonest(service, service.visible(actor).filter(close), states, LOOKED_AT) if states else None
        if keys is not None:
            asked[loop.name] = keys
    for service, matter in _fetched(asked):
        led = steps[service.loop.name].get(matter.state, [])  # another may have moved it since
        step = _mine(service.loop, led, matter, actor)
        if step is not None:
            yield Wanted(service, matter, step)


def _soonest(
    service: Running, rows: QuerySet[Any], states: Sequence[Sequence[str]], count: int
) -> Sql | None:
    pages = pages_of(service.loop.plural)
    return soonest(rows, states, count, pages.facets if pages else None)


def _fetched(asked: Mapping[str, Sql]) -> Iterator[tuple[Running, Any]]:
    for name, keys in found(asked).items():
        service = running(name)
        for matter in _light(service, service.model._default_manager.filter(pk__in=keys)):
            yield service, matter


def _light(service: Running, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with what hands and lines look at; every page asks for some hundreds of them."""
    pages = pages_of(service.loop.plural)
    return rows.select_related("object").defer(*(pages.unread if pages else ()))


def _owed(service: Running, actor: Actor, near: Q) -> Iterator[Wanted]:
    """Duties near the actor, and those of the whole district where the actor reaches over it."""
    loop = service.loop
    if not loop.duties:
        return
    far = [duty.name for duty in loop.duties if duty.district]
    rows = service.visible(actor).filter(duty_on__isnull=False)
    rows = rows.filter(near | Q(duties__open__has_any_keys=far) if far else near)
    for matter in _light(service, rows).order_by("duty_on", "uid")[:LOOKED_AT]:
        for owed in owed_of(loop, matter):
            if owed.duty.desk and owed.duty.by[0].holds(actor, matter):
                yield Wanted(service, matter, None, owed)


def next_steps(loop: Loop, state: State) -> list[Step]:
    """The shown steps that lead on from ``state``, as declared; ways out are no one's duty."""
    return [step for step in loop.steps if step.shown and step.leaves(state)]


def _mine(loop: Loop, steps: Sequence[Step], matter: Any, actor: Actor) -> Step | None:
    """The first step that is the actor's turn; one that has no meaning for this matter is nobody's (:func:`concerned`)."""
    for step in steps:
        mine = step.by[0].holds(actor, matter) and not person_failures(loop, step, matter, actor)
        if mine and concerned(step, matter, actor):
            return step
    return None


def nearby(actor: Actor) -> Q | None:
    """What lies near one of the actor's posts; None when no post has any business at all."""
    district = the_district()
    whole = district.region.path if district else ""
    near = [_near(scope, whole) for scope in actor.scopes if scope.role not in ADMIN_ROLES]
    if not near:
        return None
    joined = near[0]
    for one in near[1:]:
        joined |= one
    return joined


def _near(scope: Scope, whole: str) -> Q:
    if scope.role in ENTERPRISE_ROLES:
        return Q(object=scope.object)
    near = Q(agency=scope.agency_id) if scope.agency_id is not None else Q(pk__in=[])
    if not scope.region_path:
        return near
    place = Q(region_path__startswith=scope.region_path)
    if scope.sector_paths:
        sectors = Q()
        for path in scope.sector_paths:
            sectors |= Q(sector_path__startswith=path)
        return near | (place & sectors)
    return near | (place & Q(agency=None)) if scope.region_path == whole else near | place


def waiting_of(actor: Actor, mine: set[UUID]) -> list[Wanted]:
    """Open matters the actor had a hand in and somebody else has to move, the most urgent first."""
    if actor.person_id is None:
        return []
    did = DidSomething(F("hands"), Value(f"$.* ? (@ == {int(actor.person_id)})"))
    asked: dict[str, Sql] = {}
    for service in all_running():
        rows = service.visible(actor).filter(did).exclude(uid__in=mine)
        states = sorted(state.value for state in service.loop.open_states)
        keys = _soonest(service, rows, [states], SHOWN)
        if keys is not None:
            asked[service.loop.name] = keys
    waiting: dict[str, list[Wanted]] = {}
    for service, matter in _fetched(asked):
        steps = next_steps(service.loop, service.loop.state(matter.state))
        looked_at = waiting.setdefault(service.loop.name, [])
        looked_at.append(Wanted(service, matter, steps[0] if steps else None))
    return sorted((one for each in waiting.values() for one in _others(each, actor)), key=_due)


def _others(found_of_loop: list[Wanted], actor: Actor) -> list[Wanted]:
    """The first of a loop's matters that somebody else has to move."""
    first = sorted(found_of_loop, key=lambda one: (one.due, one.matter.uid))[:SHOWN]
    return [
        one
        for one in first
        if one.step is not None
        and not any(
            step.by[0].holds(actor, one.matter)
            for step in next_steps(one.service.loop, one.service.loop.state(one.matter.state))
        )
    ]


def _due(one: Wanted) -> date:
    return one.due


def escalated_to(actor: Actor) -> list[tuple[Escalation, Running, Any]]:
    """What climbed to the actor or one of the actor's posts and has not moved since, once a matter, the latest first."""
    posts = [scope.post_id for scope in actor.scopes]
    mine = Q(post_id__in=posts)
    if actor.person_id is not None:
        mine |= Q(person_id=actor.person_id)
    rungs = Escalation.objects.filter(mine, settled_at=None).order_by("-at", "-level")[: LOOKED_AT * 2]
    latest: dict[UUID, Escalation] = {}
    for rung in rungs:
        latest.setdefault(rung.matter, rung)
    seen = {}
    for kind in {rung.kind for rung in latest.values()}:
        service = running(kind)
        uids = [uid for uid, rung in latest.items() if rung.kind == kind]
        for matter in service.visible(actor).filter(uid__in=uids).select_related("object"):
            seen[matter.uid] = (service, matter)
    return [(rung, *seen[uid]) for uid, rung in latest.items() if uid in seen]


def standing_counts(actor: Actor) -> tuple[int, int]:
    """How many matters wait for the actor's hand and how many of them are late, as the top bar says it."""
    return _counts(wanted_of(actor))


def _counts(found: Sequence[Wanted]) -> tuple[int, int]:
    today = clock.today()
    return len(found), sum(wanted.due < today for wanted in found)


AGE = 5.0
"""Seconds for which the top bar may repeat what it said on the page before."""
_MOST_KEPT = 2_000
_said: dict[tuple[str, tuple[Scope, ...], date], tuple[float, tuple[int, int]]] = {}


def lately_standing(actor: Actor, mark: str) -> tuple[int, int]:
    """:func:`standing_counts` as of the last few seconds: every page bears them, and they cost a third of a page.

    ``mark`` is another as soon as the actor has done something; what others did shows some seconds later.
    """
    kept = _said.get((mark, actor.scopes, clock.today()))
    if kept is not None and time.monotonic() - kept[0] < AGE:
        return kept[1]
    return remember_standing(actor, mark, wanted_of(actor))


def remember_standing(actor: Actor, mark: str, found: Sequence[Wanted]) -> tuple[int, int]:
    """Let the top bar of the next pages say what was just looked up anyway."""
    counts = _counts(found)
    if len(_said) >= _MOST_KEPT:
        _said.clear()
    _said[mark, actor.scopes, clock.today()] = (time.monotonic(), counts)
    return counts
