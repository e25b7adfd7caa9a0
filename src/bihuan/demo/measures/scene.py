"""Who plays in the stories of measures, and how one measure is handled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.demo import pictures
from bihuan.demo.agencies import Agencies, Bureau
from bihuan.demo.campaigns import Acting
from bihuan.demo.casting import Casting
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.stage import Stage
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import store_image
from bihuan.registers.officers.certificates import certificates_on

DAY = timedelta(days=1)
MAKERS = (
    "机械",
    "制造",
    "纺织",
    "木业",
    "家具",
    "石料",
    "建材",
    "金属",
    "铸造",
    "塑",
    "五金",
    "模具",
    "玻璃",
    "陶瓷",
    "橡胶",
)
"""Words in the names of those who make something with dust, fire or force."""
STORIES = 9
"""So many enterprises play, each in one story."""


@dataclass
class Scene:
    """Who plays: the bureau with its head and two officials, a clerk of the town, and the enterprises, one a story."""

    stage: Stage
    casting: Casting
    bureau: Bureau
    head: Seat
    first: Seat
    second: Seat
    third: Seat
    sites: list[Site]
    agencies: Agencies

    def site(self) -> Site:
        return self.sites.pop() if len(self.sites) > 1 else self.sites[0]

    def clerk(self, site: Site) -> Seat:
        return self.stage.staff.town[site.town.region.path][0]

    @property
    def officers(self) -> str:
        """Two officials who hold a certificate today, as papers name them."""
        seats = self.stage.staff.bureau[self.bureau.agency.pk]
        held = certificates_on([one.person.pk for one in (self.first, self.second, *seats)], clock.today())
        names = {one.person.pk: one.person.name for one in seats}
        return "、".join(f"{names[pk]}（{held[pk].no}）" for pk in list(held)[:2])


class Deeds(Acting):
    """One measure as it is handled."""

    scene: Scene

    @property
    def row(self) -> Measure:
        return Measure.objects.get(uid=self.uid)

    def picture(self, by: Seat, field: str, words: str, *, mended: bool = False) -> UUID:
        shown = pictures.photo(words, mended, self.scene.stage.rng, clock.now() - timedelta(minutes=20), None)
        return store_image(self.uid, field, shown, by.actor()).uid


def scene_of(stage: Stage, casting: Casting, agencies: Agencies) -> Scene | None:
    bureau = next((one for one in agencies.bureaus if "应急" in one.agency.name), None)
    seats = stage.staff.bureau[bureau.agency.pk] if bureau else []
    own = [
        site
        for site in casting.sites
        if bureau
        and site.object.agency_id == bureau.agency.pk
        and site.object.credit_code
        and site.object.uid not in stage.staff.inside
    ]
    makers = [site for site in own if any(word in site.object.name for word in MAKERS)]
    if bureau is None or len(seats) < 4 or len(own) < STORIES:
        return None
    return Scene(
        stage,
        casting,
        bureau,
        seats[0],
        seats[3],
        seats[2],
        seats[1],
        (makers if len(makers) >= STORIES else own)[-12:],
        agencies,
    )


def act(scene: Scene, loop: str = "measure") -> Deeds:
    deeds = Deeds(loop)
    deeds.scene = scene
    return deeds
