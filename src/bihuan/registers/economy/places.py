"""Where the pages of published numbers stand; a room above may hang them under its own tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts

HERE = "/economy/"
LABEL = "统计基数"
Outer = Callable[[Actor], Sequence[parts.Tab]]
Inner = Callable[[Actor, str], Sequence[parts.Tab]]

_above: list[tuple[Outer, Inner]] = []


def hang_under(outer: Outer, inner: Inner) -> None:
    """Show the pages under the tabs of another place and beside its own pages. Called once, when its app is ready."""
    _above[:] = [(outer, inner)]


def strips(actor: Actor) -> dict[str, Sequence[parts.Tab]]:
    """The strips above the pages, as their templates name them; none while nobody hung them up."""
    return {"beside": _above[0][0](actor), "inner": _above[0][1](actor, HERE)} if _above else {}
