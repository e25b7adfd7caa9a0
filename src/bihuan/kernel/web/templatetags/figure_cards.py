"""Figures on a page. ``{% load figure_cards %}``: value, unit, period, cut-off, and the records behind."""

from __future__ import annotations

from typing import Any

from django import template

from bihuan.kernel.web.parts import Card

register = template.Library()


@register.inclusion_tag("components/figure_card.html")
def figure_card(card: Card) -> dict[str, Any]:
    return {"card": card}
