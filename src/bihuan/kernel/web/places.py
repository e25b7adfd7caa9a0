"""Where rooms above the web room put pages of their own, and where their workbooks are taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver

from bihuan.kernel.people.models import Role

Address = URLPattern | URLResolver

_addresses: list[Address] = []


def add_urls(addresses: Sequence[Address]) -> None:
    """Serve ``addresses`` before the made pages of the loops. Called once, when an app is ready."""
    _addresses.extend(addresses)


def addresses() -> list[Address]:
    """What other rooms have added, in the order they came."""
    return list(_addresses)


@dataclass(frozen=True, slots=True)
class Intake:
    """A kind of workbook that a page takes in: one stage of the first set-up.

    ``count`` says how many there are by now, in words or empty while there are none; ``href`` is the page that takes the
    filled-in workbook, ``template_href`` gives an empty one. ``roles`` may use it.
    """

    kind: str
    label: str
    says: str
    count: Callable[[], str]
    roles: frozenset[Role]
    href: str = ""
    template_href: str = ""
    order: int = 100


_intakes: dict[str, Intake] = {}


def take_in(intake: Intake) -> None:
    """Offer a workbook import on the first-run page."""
    _intakes[intake.kind] = intake


def intakes() -> list[Intake]:
    """What can be taken in, in the order a new district does it."""
    return sorted(_intakes.values(), key=lambda intake: intake.order)
