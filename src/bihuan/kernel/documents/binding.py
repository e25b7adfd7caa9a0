"""Papers bound into one volume: cover and catalogue, then every part, numbered through, set in one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.kernel.documents.model import Document
from bihuan.kernel.documents.outline import DEMO_MARK, texts
from bihuan.kernel.documents.pdf import data_of
from bihuan.kernel.documents.press import asked, compiled
from bihuan.kernel.documents.printable import printable
from bihuan.kernel.documents.typefaces import require_coverage, typefaces

TEMPLATE = "dossier.typ"


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture on a page of its own; ``svg`` as a chart."""

    svg: str
    caption: str


Part = Document | Plate
Front = Callable[[Sequence[int], int], Sequence[Document]]
"""Cover and catalogue from the first page of every part and the number of pages."""


@dataclass(frozen=True, slots=True)
class Volume:
    """The PDF, where each part begins, how many numbered pages there are, and what stands in front."""

    pdf: bytes
    begins: tuple[int, ...]
    pages: int
    front: tuple[Document, ...]


def bound(title: str, issuer: str, parts: Sequence[Part], front: Front, *, demo: bool = False) -> Volume:
    """Lay the parts out, write the front with their pages, and set the volume.

    Raises:
        Refused: a character no font has (``document.uncovered_character``) or something that cannot be set.
    """
    for part in parts:
        if isinstance(part, Document):
            require_coverage(texts(part))
    told = [_part(number, part, demo) for number, part in enumerate(parts)]
    about: dict[str, Any] = {
        "title": printable(title), "issuer": printable(issuer),
        "fonts": {role: list(chain) for role, chain in typefaces().chains.items()},
    }  # fmt: skip
    marks = {
        each["part"]: each["page"]
        for each in asked(TEMPLATE, {**about, "front": [], "parts": told}, "<part>")
    }
    begins, pages = tuple(marks[number] for number in range(len(parts))), marks[-1]
    papers = tuple(front(begins, pages))
    for paper in papers:
        require_coverage(texts(paper))
    before = [data_of(paper) | {"bound": True, "numbered": False} for paper in papers]
    pdf = compiled(TEMPLATE, {**about, "front": before, "parts": told}, "pdf")
    return Volume(pdf, begins, pages, papers)


def _part(number: int, part: Part, demo: bool) -> dict[str, Any]:
    if isinstance(part, Plate):
        return {
            "part": number,
            "svg": part.svg,
            "caption": printable(part.caption),
            "demo": DEMO_MARK if demo else "",
        }
    return data_of(part) | {"part": number, "bound": True}
