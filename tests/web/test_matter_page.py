"""What the page of one hazard says of place, holder, basis and pictures."""

from __future__ import annotations

import re
from datetime import datetime

from bihuan.capabilities.hazards import showing
from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import plant
from bihuan.kernel.web.matters.matter import track_of
from bihuan.registers import criteria
from tests.hazards import steps
from tests.web.conftest import SignIn
from tests.world import World

CRITERION = "GM-03-01"


def test_the_town_is_told_whichever_village_the_object_lies_in(world: World) -> None:
    village = plant(Region, world.east, "河东村", level=RegionLevel.VILLAGE)
    SupervisedObject.objects.filter(pk=world.factory.pk).update(region=village, region_path=village.path)
    hazard = steps.reported(world, "regulator")
    assert hazard.region_path == village.path
    (town,) = [fact.value for fact in showing.facts(hazard) if fact.label == "镇街"]
    assert town == "东湖镇"


def test_the_track_names_whose_turn_it_is(world: World) -> None:
    def holder(hazard: object) -> str:
        return track_of(HAZARD, hazard, ()).holder

    own = steps.awaiting(world, by="safety", source="self_check")
    assert holder(own) == "东湖纺织有限公司（整改人以外的第二人）"
    assert holder(steps.awaiting(world)) == "区应急管理局"
    assert holder(steps.rectifying(world)) == "东湖纺织有限公司"
    assert holder(steps.reported(world, source="self_check")) == "区应急管理局"
    assert (
        holder(steps.awaiting(world, source="self_check", grade="major", criterion=CRITERION))
        == "区应急管理局"
    )


def test_the_track_tells_the_legal_day_before_eight_in_the_morning(world: World, sign_in: SignIn) -> None:
    """What the database gives back is in UTC, where the day begins eight hours later."""
    early = datetime(2026, 3, 3, 7, 30, tzinfo=clock.SHANGHAI)
    with clock.frozen(early):
        hazard = steps.reported(world, "regulator", found_on=early.date())
    page = sign_in("regulator").get(f"/hazards/{hazard.no}/").content.decode()
    track = page.partition('<ol class="track">')[2].partition("</ol>")[0]
    assert re.findall(r'datetime="([^"]+)"', track) == ["2026-03-03"]


def test_a_criterion_is_told_in_words_with_its_basis(world: World, sign_in: SignIn) -> None:
    hazard = steps.reported(world, grade="major", criterion=CRITERION)
    page = sign_in("regulator").get(f"/hazards/{hazard.no}/").content.decode()
    found = criteria.criterion(CRITERION)
    assert CRITERION not in page
    assert len(re.findall(re.escape(found.basis), page)) >= 2


def test_a_picture_used_before_is_marked_for_whoever_accepts(world: World, sign_in: SignIn) -> None:
    steps.awaiting(world)
    hazard = steps.awaiting(world)
    page = sign_in("regulator").get(f"/hazards/{hazard.no}/").content.decode()
    assert "与另一次上传的照片相同或十分相似" in page
