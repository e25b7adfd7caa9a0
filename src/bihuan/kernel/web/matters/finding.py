"""From an address to the matter, through its one door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import Http404

from bihuan.kernel.errors import Absent
from bihuan.kernel.loops.registry import Running, all_running, by_plural
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.pages import MatterPages, pages_of


def service_of(plural: str) -> tuple[Running, MatterPages]:
    """The loop and the pages under ``/{plural}/``; 404 when there are none."""
    service, pages = by_plural(plural), pages_of(plural)
    if service is None or pages is None:
        raise Http404
    return service, pages


SHOWN = ("object", "object__region", "object__sector", "agency")


def find(service: Running, actor: Actor, no: str, joined: Sequence[str] = SHOWN) -> Any:
    """One matter through its door, ``joined`` with what its page shows.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction.
    """
    found = next(iter(service.visible(actor).select_related(*joined).filter(no=no)), None)
    if found is None:
        raise Absent(f"没有查到{service.loop.label} {no}")
    return found


def addresses_of(numbers: Iterable[str], actor: Actor) -> Mapping[str, tuple[str, str]]:
    """Where those of ``numbers`` are that the actor may see, and how each stands; one query for each kind of matter."""
    by_letter: dict[str, list[str]] = {}
    for no in numbers:
        by_letter.setdefault(no.partition("-")[2][:1], []).append(no)
    found: dict[str, tuple[str, str]] = {}
    for service in all_running():
        wanted = by_letter.get(service.loop.letter)
        if wanted:
            for no, state in service.visible(actor).filter(no__in=wanted).values_list("no", "state"):
                found[no] = (f"/{service.loop.plural}/{no}/", service.loop.state(state).label)
    return found


def came_from(no: str, actor: Actor) -> parts.Fact:
    """The matter another came out of, by its number: what it is and the way there, for whoever may see it."""
    letter = no.partition("-")[2][:1]
    label = "编号"
    for service in all_running():
        pages = pages_of(service.loop.plural) if service.loop.letter == letter else None
        if pages is None:
            continue
        matter: Any = service.visible(actor).filter(no=no).first()
        if matter is not None:
            href = f"/{service.loop.plural}/{no}/"
            return parts.Fact(service.loop.label, pages.what(matter), hint=no, href=href, wide=True)
        label = service.loop.label
    return parts.Fact(label, no)
