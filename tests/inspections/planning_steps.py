"""Plans, draws and rounds as one side of the little district keeps them."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.inspections.planning.draws.inputs import Freezing
from bihuan.capabilities.inspections.planning.plans.inputs import Drafting
from bihuan.capabilities.inspections.planning.rounds.inputs import SettingOut
from bihuan.capabilities.inspections.planning.rounds.templates import load_templates
from bihuan.kernel import clock
from bihuan.kernel.loops.engine import open_matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency
from bihuan.registers.officers import certificates
from tests.world import World


def planned(world: World, clerk: str, title: str) -> str:
    """The number of a town's own plan for the year."""
    given = Drafting(period=str(clock.today().year), title=title, basis="《安全生产法》第六十二条")
    return open_matter("plan", "draft", given, actor=world.actor(clerk)).no


def drawn_up(world: World, clerk: str, agency: Agency, title: str) -> str:
    """The number of a draw whose lists are frozen; two persons hold certificates of the unit for it."""
    for place, name in enumerate(("officer", "regulator")):
        person = world.users[name].person
        told = certificates.Told(
            person, agency, f"密语{agency.pk}-{place}", date(2020, 1, 1), date(2035, 12, 31)
        )
        certificates.register(told, world.actor("office"))
    given = Freezing(title=title, basis="抽查计划", count=1, team=2)
    return open_matter("draw", "freeze", given, actor=world.actor(clerk)).no


def walking(world: World, clerk: str, owner: SupervisedObject) -> str:
    """The number of a round under way."""
    load_templates()
    given = SettingOut(template="plant_areas", object=owner.uid, walkers="密语巡查人")
    return open_matter("round", "set_out", given, actor=world.actor(clerk)).no
