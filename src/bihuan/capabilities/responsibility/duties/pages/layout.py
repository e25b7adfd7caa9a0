"""A page of sections, and papers to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.capabilities.responsibility import places
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Document, to_docx
from bihuan.kernel.figures.answers import DISTRICT
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.cards import card, counted
from bihuan.kernel.web.figures.reach import Reach

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page: facts, or a table, or both."""

    title: str
    says: str = ""
    facts: Sequence[parts.Fact] = ()
    ledger: parts.Ledger | None = None
    empty: parts.Empty | None = None
    links: Sequence[parts.Link] = ()
    note: str = ""


def page(
    request: HttpRequest,
    actor: Actor,
    here: str,
    heading: str,
    sections: Sequence[Section],
    *,
    lead: str = "",
    begin: Sequence[parts.Action] = (),
    actions: Sequence[parts.Action] | None = None,
    cards: Sequence[parts.Card] = (),
    crumbs: Sequence[parts.Link] = (),
    filters: Sequence[parts.Filter] = (),
    status: int = 200,
) -> HttpResponse:
    """Sections under the tabs of 责任; ``here`` is the tab."""
    around = around_of(actor, here, heading)
    context: dict[str, Any] = {
        **around,
        "heading": heading,
        "lead": lead,
        "begin": begin,
        "cards": cards,
        "sections": sections,
        "actions": actions,
        "filters": filters,
        "hidden": (),
        "not_mine": "",
    }
    if crumbs:
        above = context["crumbs"][:-1]
        context["crumbs"] = [*above, *crumbs, parts.Link(heading, "")]
    return render(request, "duties/sections.html", context, status=status)


def around_of(actor: Actor, here: str, label: str = "") -> dict[str, Any]:
    """Crumbs and tabs; an enterprise has no door to the first page of 责任 and gets no way to it."""
    found = places.around(actor, here, label)
    if not actor.roles & places.UNITS:
        found["crumbs"] = found["crumbs"][1:]
    return found


def beside_of(actor: Actor, here: str, label: str = "") -> dict[str, Any]:
    """The same for the list template, whose strip of tabs stands above its filters as on every page."""
    found = around_of(actor, here, label)
    return {"crumbs": found["crumbs"], "beside": found["tabs"]}


def figure_cards(
    actor: Actor, names: Sequence[str], reach: Reach | None = None, scope: Scope = DISTRICT
) -> list[parts.Card]:
    """Figures of today as cards that open their records; of the whole district unless a reach is given."""
    today = clock.today()
    found = counted(
        actor, reach or Reach(scope), names, Period.parse(str(today.year)), today, reach.scope if reach else scope
    )  # fmt: skip
    return [card(found[name]) for name in names]


def paper(document: Document, filename: str) -> HttpResponse:
    """A paper as a Word file to take away."""
    response = HttpResponse(to_docx(document), content_type=WORD)
    response["Content-Disposition"] = (
        f"attachment; filename=\"paper.docx\"; filename*=UTF-8''{quote(filename)}.docx"
    )
    response["Cache-Control"] = "no-store"
    return response


def asked(request: HttpRequest, *names: str) -> dict[str, str]:
    """Parameters of the address, cut to what a filter can hold."""
    return {name: request.GET.get(name, "").strip()[:80] for name in names}


def kept(values: Mapping[str, str]) -> dict[str, str]:
    """What is set."""
    return {name: value for name, value in values.items() if value}
