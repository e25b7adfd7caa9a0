"""Where the pages of published numbers stand; a room above may hang them under its own tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts

HERE = "/economy/"
LABEL = "统计基数"
Tabs = Callable[[Actor, str], Sequence[parts.Tab]]

_above: list[Tabs] = []


def hang_under(tabs: Tabs) -> None:
    """Show the pages under the tabs of another place. Called once, when its app is ready."""
    _above[:] = [tabs]


def tabs(actor: Actor, here: str) -> Sequence[parts.Tab]:
    """The strip above the pages; none while nobody hung them up."""
    return _above[0](actor, here) if _above else ()
