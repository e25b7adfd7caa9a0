"""What a weekly form's page adds to the made page of a matter; the page itself has already asked the door."""

from __future__ import annotations

from typing import Any

from django import template

from bihuan.capabilities.dispatch.weekly import suspicions
from bihuan.capabilities.dispatch.weekly.computing import cut_off, of_form
from bihuan.capabilities.dispatch.weekly.display import changes_of, shown_form, tables, words_facts
from bihuan.capabilities.dispatch.weekly.layouts import ANSWER
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.kernel import clock

register = template.Library()


def _form(no: str) -> WeeklyForm:
    return WeeklyForm.objects.select_related("agency", "agency__region", "template").get(no=no)


@register.inclusion_tag("weekly/cells.html")
def weekly_cells(no: str) -> dict[str, Any]:
    """Figures, judgement, and what is pointed out about zeros."""
    form = _form(no)
    told = shown_form(form)
    pointed = form.suspicions
    if told.live:
        pointed = [each.json() for each in suspicions.of_form(form, of_form(form, clock.today()))]
    return {
        "no": no,
        "suspicions": pointed,
        "answer": form.words.get(ANSWER, "") if not told.live else "",
        "live": told.live,
        "tables": tables(told, form),
        "words": words_facts(form, form),
        "as_of": cut_off(form.week, clock.today()) if told.live else form.as_of,
    }


@register.inclusion_tag("weekly/editions.html")
def weekly_editions(no: str) -> dict[str, Any]:
    """Every edition, the newest first, each with what it changed."""
    form = _form(no)
    kept = form.editions.order_by("-edition")
    return {"no": no, "editions": [(edition, changes_of(edition)) for edition in kept]}
