"""Which figures there are. A name is declared once, by the capability whose records it counts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from bihuan.kernel.errors import Refused
from bihuan.kernel.figures.declarations import Figure, Tally

_figures: dict[str, Figure] = {}


def register(*figures: Figure) -> None:
    """Make figures known. Declaring a name twice, or a ratio before its parts, is a mistake of ours.

    Raises:
        ValueError: the name is taken by another declaration, or a part of a ratio is missing.
    """
    for figure in figures:
        if _figures.get(figure.name, figure) is not figure:
            raise ValueError(f"figure {figure.name} is declared twice")
        if figure.of and not all(part in _figures for part in figure.of):
            raise ValueError(f"figure {figure.name} rests on figures that are not declared")
        _figures[figure.name] = figure


def figure(name: str) -> Figure:
    """The figure of this name.

    Raises:
        Refused: there is none; the sentence names those that may be meant.
    """
    try:
        return _figures[name]
    except KeyError:
        raise Refused.because("figure.unknown", f"没有指标“{name}”。{_meant(name)}", "name") from None


def _meant(name: str) -> str:
    """What somebody may have wanted who wrote ``name``: figures written alike, else which kinds there are."""
    subject, _, measure = name.lower().rpartition(".")
    of_the_kind = [known for known in _figures if known.split(".")[0] == subject]
    of_the_name = [known for known in _figures if known.split(".")[1] == measure]
    alike = difflib.get_close_matches(name.lower(), _figures, n=3)
    found = list(dict.fromkeys([*of_the_name, *alike, *of_the_kind]))[:12]
    if found:
        return f"相近的有：{'、'.join(f'{known}（{_figures[known].label}）' for known in found)}。"
    kinds = dict.fromkeys(known.split(".")[0] for known in _figures)
    return f"指标名称由类别和名目组成，例如 hazards.found；类别有：{'、'.join(kinds)}。不写名称则全部列出。"


def names(kind: str = "") -> tuple[str, ...]:
    """All figures, or those read from the tally called ``kind``."""
    return tuple(name for name, figure in _figures.items() if kind in ("", figure.tally.name))


def fitting(dims: Iterable[str]) -> tuple[str, ...]:
    """The figures that can be told apart by every one of ``dims``."""
    needed = set(dims)
    return tuple(name for name, figure in _figures.items() if needed <= figure.tally.dims.keys())


def by_kind(names: Iterable[str]) -> dict[Tally, list[str]]:
    """Figure names gathered by the tally they are read from.

    Raises:
        Refused: an unknown figure.
    """
    gathered: dict[str, tuple[Tally, list[str]]] = {}
    for name in names:
        tally = figure(name).tally
        gathered.setdefault(tally.name, (tally, []))[1].append(name)
    return dict(gathered.values())


def tallies() -> tuple[Tally, ...]:
    """Every tally that some figure is read from."""
    return tuple(dict.fromkeys(figure.tally for figure in _figures.values()))


def base(names: Iterable[str]) -> list[Figure]:
    """The counts and sums that ``names`` need, ratios replaced by their parts."""
    needed: dict[str, Figure] = {}
    for name in names:
        asked = figure(name)
        for part in asked.of or (asked.name,):
            needed[part] = figure(part)
    return list(needed.values())
