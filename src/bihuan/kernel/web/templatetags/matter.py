"""The parts of a matter's page. ``{% load matter %}``; every tag takes values of ``kernel.web.parts``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from bihuan.kernel.web.parts import Action, Deadline, Entry, Fact, Holder, Photo, Track

register = template.Library()


@register.inclusion_tag("components/track.html")
def track(track: Track) -> dict[str, Any]:
    """The loop drawn as a track: where it stands, who holds it and until when."""
    return {"track": track, "passed": sum(stop.place == "done" for stop in track.stops)}


@register.inclusion_tag("components/actions.html")
def actions(actions: Sequence[Action], returned_to: str = "") -> dict[str, Any]:
    """我现在可以做什么: what is allowed first, then what is not, in grey, each with its reason."""
    return {
        "allowed": [action for action in actions if action.allowed],
        "refused": [action for action in actions if not action.allowed],
        "returned_to": returned_to,
    }


FOLDED_FROM, SHOWN = 24, 16
"""A record longer than this is folded after its first lines: on a phone sixty entries are thirty screens."""


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[Entry], newest_first: bool = False) -> dict[str, Any]:
    """The record as people read it; ``newest_first`` only where few lines are shown. A long one is folded, not cut."""
    shown = list(reversed(entries)) if newest_first else list(entries)
    if len(shown) <= FOLDED_FROM:
        return {"entries": shown}
    falling = shown[0].seq > shown[-1].seq
    older = shown[SHOWN:]
    return {
        "entries": shown[:SHOWN],
        "older": older,
        "older_words": f"{'更早' if falling else '后面'}的 {len(older)} 条",
    }


@register.inclusion_tag("components/facts.html")
def facts(facts: Sequence[Fact]) -> dict[str, Any]:
    return {"facts": facts}


@register.inclusion_tag("components/photos.html")
def photos(photos: Sequence[Photo]) -> dict[str, Any]:
    """Before and after side by side, so that the difference is seen and not described."""
    before = [photo for photo in photos if photo.stage == "before"]
    after = [photo for photo in photos if photo.stage == "after"]
    other = [photo for photo in photos if photo.stage == "other"]
    return {"before": before, "after": after, "other": other, "paired": bool(before or after)}


@register.inclusion_tag("components/chain.html")
def chain(holders: Sequence[Holder]) -> dict[str, Any]:
    """Who answers for it, level by level, with the rule that says so."""
    return {"holders": holders}


@register.inclusion_tag("components/deadline_why.html")
def deadline_why(due: Deadline | None) -> dict[str, Any]:
    """Why the deadline is that day: the rule, the start and the days skipped."""
    return {"due": due}
