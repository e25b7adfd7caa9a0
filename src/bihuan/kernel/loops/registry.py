"""Which loops run here, and through which model and door each is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django.apps import apps
from django.db.models import Q, QuerySet

from bihuan.kernel.loops.binding import facts_of, heads_of, what_differs
from bihuan.kernel.loops.declaration import Loop
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record import heads
from bihuan.kernel.record.facts import Facts

Door = Callable[[Actor], "QuerySet[Any]"]
FollowUp = Callable[[Any, Any, Any], None]


@dataclass
class Running:
    """A loop in service: its declaration, its table and its one door (``visible_<things>``)."""

    loop: Loop
    visible: Door
    follow_ups: dict[str, list[FollowUp]] = field(default_factory=dict)

    ladder: Callable[[str, Any], str] | None = None
    near: Callable[[Actor], Q] | None = None
    """Matters that wait for the actor's own post though they lie with another unit, for the desk to look at as well."""

    def ladder_of(self, declared: str, matter: Any) -> str:
        """The policy whose ladder a matter climbs; a capability may have a steeper one for graver matters."""
        return self.ladder(declared, matter) if self.ladder else declared

    @property
    def model(self) -> type[Matter]:
        return cast(type[Matter], apps.get_model(self.loop.model))

    @cached_property
    def facts(self) -> Facts:
        """The columns that every entry of this loop binds."""
        return facts_of(self.model, self.loop.unbound)


_running: dict[str, Running] = {}


def run(
    loop: Loop,
    *,
    visible: Door,
    ladder: Callable[[str, Any], str] | None = None,
    near: Callable[[Actor], Q] | None = None,
) -> Running:
    """Put a loop into service. Called once by its capability when the application is ready."""
    running = Running(loop, visible, ladder=ladder, near=near)
    _running[loop.name] = running
    heads.register(
        loop.name,
        lambda: heads_of(running.model, running.facts),
        lambda uid, entries: what_differs(running.model, running.facts, uid, entries),
    )
    return running


def running(name: str) -> Running:
    """The running loop called ``name``.

    Raises:
        KeyError: no such loop is in service.
    """
    return _running[name]


def by_plural(plural: str) -> Running | None:
    """The loop whose matters are listed under ``/{plural}/``."""
    return next((item for item in _running.values() if item.loop.plural == plural), None)


def all_running() -> Iterator[Running]:
    """Every loop in service."""
    yield from _running.values()


def after(loop: str, verb: str, follow_up: FollowUp) -> None:
    """Open, from ``wiring`` only, what a deed of one loop causes in another; it commits or fails with its cause."""
    _running[loop].follow_ups.setdefault(verb, []).append(follow_up)
