"""Where rooms above the web room put pages of their own, and where their workbooks are taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts

Address = URLPattern | URLResolver

_addresses: list[Address] = []
_operations: list[str] = []


def add_urls(addresses: Sequence[Address]) -> None:
    """Serve ``addresses`` before the made pages of the loops. Called once, when an app is ready."""
    _addresses.extend(addresses)


def add_operations(module: str) -> None:
    """Let ``module`` add its operations to the API's routers; loaded with the addresses, so no command waits for it."""
    if module not in _operations:
        _operations.append(module)


def load_operations() -> None:
    """Import what was named, before the routers are bound."""
    for module in _operations:
        import_module(module)


def addresses() -> list[Address]:
    """What other rooms have added, in the order they came."""
    return list(_addresses)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a clerk may add to a workbook that does not say it itself; always a choice, never needed."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    help: str = ""


def _nothing_beside(actor: Actor) -> Sequence[Beside]:
    return ()


def _nowhere(batch: UUID, result: Mapping[str, Any]) -> Sequence[parts.Link]:
    return ()


@dataclass(frozen=True, slots=True)
class Intake:
    """A kind of workbook that a page takes in, and one stage of the first set-up.

    ``roles`` may use it; whether a single row may be taken is the importer's to decide. ``recurring`` workbooks come
    again every month further filled in: they bring progress and conflicts, and they meet a filing. ``after`` names
    where to go on once a batch is done, ``settle`` is the place where a conflict, as the interface shows it, can be decided.
    """

    kind: str
    label: str
    says: str
    roles: frozenset[Role]
    unit: str = "行"
    recurring: bool = False
    beside: Callable[[Actor], Sequence[Beside]] = _nothing_beside
    after: Callable[[UUID, Mapping[str, Any]], Sequence[parts.Link]] = _nowhere
    settle: Callable[[Mapping[str, Any]], str] = lambda conflict: ""
    order: int = 100

    @property
    def href(self) -> str:
        """The page that takes the filled-in workbook."""
        return f"/imports/?kind={self.kind}"

    @property
    def template_href(self) -> str:
        """An empty workbook to fill in."""
        return f"/imports/templates/{self.kind}.xlsx"


_intakes: dict[str, Intake] = {}


def take_in(intake: Intake) -> None:
    """Offer a workbook import on its page and on the first-run page."""
    _intakes[intake.kind] = intake


def intakes() -> list[Intake]:
    """What can be taken in, in the order a new district does it."""
    return sorted(_intakes.values(), key=lambda intake: intake.order)
