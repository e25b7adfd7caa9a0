"""Every object of the demo answers who is responsible, on any day of its year, or stands in the list of gaps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.concerned import concerned
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.capabilities.responsibility.gaps.subjects import COMPARISON
from bihuan.capabilities.responsibility.gaps.survey import standing, survey
from bihuan.capabilities.responsibility.naming import pairing
from bihuan.capabilities.responsibility.naming.kinds import SORTS
from bihuan.capabilities.responsibility.naming.models import Approval, Naming
from bihuan.demo.building import Size
from bihuan.kernel import clock
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.responsibility.chain import Level, chains

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CAUSES = {
    Level.ENTERPRISE: (Cause.NO_PRINCIPAL,),
    Level.TERRITORIAL: (Cause.NO_TERRITORY,),
    Level.SECTOR: (Cause.NO_LEAD, Cause.LEAD_VACANT),
    Level.OFFICE: (Cause.NO_OFFICE,),
    Level.LEADER: (Cause.NO_LEADER,),
}


@pytest.mark.parametrize("ago", [0, 1, 45, 100, 190, 270, 364])
def test_everybody_answers_or_stands_in_the_list(district: Size, ago: int) -> None:
    day = clock.today() - timedelta(days=ago)
    objects = list(
        visible_objects(COMPARISON).filter(standing(day)).select_related("region", "sector", "agency")
    )
    assert len(objects) >= district.objects // 2
    named, found = chains(objects, day), survey(day, COMPARISON)
    for level, causes in CAUSES.items():
        vacant = {uid for uid, rungs in named.items() for one in rungs if one.level is level and one.vacant}
        listed = {
            uid
            for cause in causes
            for uid in concerned(found, cause, COMPARISON).values_list("pk", flat=True)
        }
        assert vacant == listed, level
    assert all(one.rule for rungs in named.values() for one in rungs)


def test_every_kind_of_naming_is_there(district: Size) -> None:
    assert set(Naming.objects.values_list("kind", flat=True)) == {one.kind for one in SORTS}
    assert pairing.overdue(clock.today()).exists()
    assert Approval.objects.exists()


def test_a_conflict_is_open_and_one_was_settled(district: Size) -> None:
    found = survey(clock.today(), COMPARISON)
    assert found.count(Cause.TWO_CLAIMS) == 1
    assert Gap.objects.get(cause="two_claims").state == "under_way"
    assert Gap.objects.filter(state="found", detected=True).exists()
    assert "牵头" in Gap.objects.get(state="closed", cause="two_leads").settled_by
