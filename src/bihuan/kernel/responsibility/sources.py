"""What higher rooms know of who was named for what: they feed it here, and the chain weighs it with the posts' own reach.

A source answers for a day, and for a set of objects at once: it may ask the database a fixed number of times, however
many objects there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.kernel.responsibility.rungs import Level


@dataclass(frozen=True, slots=True)
class Named:
    """One naming in force: whom it names, on which rung, and what it holds for; an empty column holds everywhere.

    ``post_id`` names a post, ``agency_id`` a unit, ``name`` somebody the register knows who holds no post. ``of_agency``
    holds for whatever this unit regulates (联系业务口). ``rung`` False: the person is bound beside the chain (网格员,
    责任区干部) and stands on no rung of it; ``label`` is what such a person, or a leader named so, is called.
    """

    level: Level
    rule: str
    post_id: int | None = None
    agency_id: int | None = None
    name: str = ""
    title: str = ""
    region_path: str = ""
    sector_path: str = ""
    of_agency: int | None = None
    object: UUID | None = None
    label: str = ""
    rung: bool = True

    def fits(self, region_path: str, sector_path: str, agency_id: int | None) -> bool:
        """Whether it holds for a place, a sector and who regulates there; what names one object is asked by object."""
        return (
            self.object is None
            and region_path.startswith(self.region_path)
            and sector_path.startswith(self.sector_path)
            and (self.of_agency is None or self.of_agency == agency_id)
        )

    @property
    def rank(self) -> int:
        """How special it is: 包联 > 片区内的行业 > 行业 > 业务口 > 片区 > 全区."""
        if self.object is not None:
            return 5
        if self.sector_path:
            return 4 if self.region_path else 3
        if self.of_agency is not None:
            return 2
        return 1 if self.region_path else 0


Source = Callable[[date, "Collection[UUID] | None"], Iterable[Named]]
"""``source(on, objects)``: the namings in force on a day; of those that name one object only the ``objects`` asked about,
none of them when that is None."""

_sources: dict[str, Source] = {}


def feed(name: str, source: Source) -> None:
    """Let ``source`` take part in every chain from now on. Called once, when its app is ready."""
    _sources[name] = source


def namings(on: date, objects: Collection[UUID] | None = None) -> Iterator[Named]:
    """Everything the sources know for a day."""
    for source in _sources.values():
        yield from source(on, objects)
