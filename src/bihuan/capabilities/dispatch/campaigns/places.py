"""What hangs under 专项行动: campaigns themselves, key periods, milestone projects; one strip of tabs for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.kernel.web import parts

_places: list[tuple[int, str, str]] = []


def hang(order: int, label: str, href: str) -> None:
    """Put a page under 专项行动; called once, when its room is ready."""
    _places.append((order, label, href))
    _places.sort()


def tabs(here: str) -> Sequence[parts.Tab]:
    """The strip, with the page at ``here`` marked."""
    return [parts.Tab(label, href, current=href == here) for _, label, href in _places]
