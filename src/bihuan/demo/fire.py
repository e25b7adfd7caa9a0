"""The fire brigade's own inspections in the demo: places where people gather, some in order, some told to mend, one not mended."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import Casting
from bihuan.demo.inspections import Crew, Visit
from bihuan.demo.organs import certify, name_organ
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story

VISITS = (130, 112, 88, 61, 43, 26)
"""How many days ago the brigade went."""


def fire(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The stories; nothing where there is no brigade with officers and units of its own."""
    crew = _crew(stage, casting, agencies)
    if crew is None:
        return
    yield _equipped(stage, casting, crew)
    for number, ago in enumerate(VISITS):
        yield _visit(casting, crew, number, ago)


def _crew(stage: Stage, casting: Casting, agencies: Agencies) -> Crew | None:
    bureau = next((one for one in agencies.bureaus if "消防" in one.agency.name), None)
    if bureau is None or bureau.officers < 1:
        return None
    seats = stage.staff.bureau[bureau.agency.pk]
    own = [site for site in casting.sites if site.object.agency_id == bureau.agency.pk]
    if len(seats) < 3 or not own:
        return None
    officers = [*seats[-bureau.officers :], seats[1]]
    return Crew(bureau, officers[0], officers[1], seats[0], own, stage)


def _equipped(stage: Stage, casting: Casting, crew: Crew) -> Story:
    yield casting.moment(max(VISITS) + 20)  # before any holiday that the first visit may lie behind
    office = stage.staff.office[0].actor()
    certify((crew.lead, crew.second), crew.bureau.agency, office)
    name_organ(crew.bureau.agency, office)


def _visit(casting: Casting, crew: Crew, number: int, ago: int) -> Story:
    """Every third finds nothing; of the others one is not put right at the first recheck."""
    one = Visit(crew, crew.sites[number % len(crew.sites)], "open", 2 * number)
    yield casting.moment(ago)
    one.arrange()
    one.arrive()
    found = number % 3
    one.look(found)
    one.finish()
    if found:
        yield casting.moment(max(0, ago - 14))
        one.recheck(unmet=1 if number == 4 else 0)
