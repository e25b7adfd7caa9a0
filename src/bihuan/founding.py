"""How a district begins: its name in the tree, the sectors of the law, the numbers of the year, the first duties to file."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.accidents.monthly.opening import expect_forms
from bihuan.capabilities.hazards.filing import expect_ledgers
from bihuan.capabilities.inspections.planning.rounds.templates import load_templates
from bihuan.capabilities.responsibility.duties.enterprise import load_sets
from bihuan.capabilities.responsibility.duties.standards import load_rules
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.numbering import prepare
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import District
from bihuan.kernel.territory.trees import found_district
from bihuan.registers.checklists.loading import load_checklists
from bihuan.registers.sector_loading import load_sectors


def found(code: str, name: str, *, demo: bool = False, since: date | None = None) -> District:
    """Found the district; repeating it with the same facts changes nothing.

    Raises:
        Refused: another district, or one of the other kind, is already here (``setup.other_district``).
    """
    try:
        district = found_district(code, name, demo=demo)
    except ValueError as other:
        raise Refused.because("setup.other_district", str(other)) from other
    load_sectors()
    load_rules()
    load_checklists()
    load_templates()
    load_sets(Actor.system("setup"))
    first = since or clock.today().replace(day=1)
    for year in (clock.today().year, clock.today().year + 1):
        for service in all_running():
            prepare(service.loop.letter, year)
    expect_ledgers(first)
    expect_forms(first)
    return district
