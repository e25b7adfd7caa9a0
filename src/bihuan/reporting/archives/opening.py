"""What was opened of an archive: looked at on the day of the inspection, by whom. Nothing here is ever changed or removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.reporting.archives import index
from bihuan.reporting.models import ArchiveOpening

Key = tuple[str, str]
"""Loop and number."""


def opened(agencies: Collection[int], year: int) -> Mapping[int, set[Key]]:
    """What was opened of each archive, by agency."""
    found: dict[int, set[Key]] = defaultdict(set)
    seen = ArchiveOpening.objects.filter(agency__in=agencies, year=year).values_list("agency", "loop", "no")
    for agency, loop, no in seen:
        found[agency].add((loop, no))
    return found


def open_item(agency: Agency, year: Period, loop: str, no: str, actor: Actor) -> str:
    """Note that an item was opened, the first time only, and where it is.

    Raises:
        Absent: it is none of this archive, or the actor may not see it; both answer alike.
    """
    category = index.BY_LOOP.get(loop)
    if category is None or not index.rows(category, [agency.pk], year, actor).filter(no=no).exists():
        raise Absent(f"{agency.name}{year.chinese()}的工作档案里没有这一件，或不在您的辖区")
    ArchiveOpening.objects.bulk_create(
        [
            ArchiveOpening(
                agency=agency, year=year.first.year, loop=loop, no=no, opened_at=clock.now(),
                opened_by=actor.name, opened_by_post=actor.post[:160],
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return index.Item(loop, no, "", year.first).href


def unopened(listed: Sequence[index.Item], seen: Collection[Key]) -> list[index.Item]:
    """What of a list nobody has opened yet."""
    return [item for item in listed if (item.loop, item.no) not in seen]
