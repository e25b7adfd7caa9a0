"""Objects are enlisted where they lie and looked up as they come: as many statements for a thousand as for two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.dispatch.campaigns import reach
from bihuan.capabilities.dispatch.campaigns.models import Target
from bihuan.kernel import clock
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from tests.dispatch import campaign_steps as steps
from tests.world import World

COLUMNS = (
    "object_id",
    "campaign_name",
    "region_path",
    "sector_path",
    "agency_id",
    "registered_on",
    "checked_on",
)


@pytest.fixture
def many(world: World) -> list[SupervisedObject]:
    made = [draft_object(f"第{number}纺织有限公司", world.east) for number in range(30)]
    return SupervisedObject.objects.bulk_create(made)


def test_what_a_plan_reaches_is_enlisted_by_one_statement(world: World, many: list[SupervisedObject]) -> None:
    campaign, day = steps.under_way(world), clock.today()
    by_set = reach.in_plan(campaign, world.actor("office"))
    slow = steps.under_way(world, name="另一整治")
    added = reach.enlist(slow, list(by_set), day)
    with CaptureQueriesContext(connection) as told:
        assert reach.enlist(campaign, by_set, day) == added >= 30
    assert len(told) == 1
    rows = Target.objects.order_by("object_id").values_list(*COLUMNS)
    one, other = (list(rows.filter(campaign=each)) for each in (campaign, slow))
    assert [(*row[:1], *row[2:]) for row in one] == [(*row[:1], *row[2:]) for row in other]
    assert {row[1] for row in one} == {campaign.name}
    assert reach.enlist(campaign, by_set, day) == 0, "each once"
    assert reach.enlist(campaign, by_set.none(), day) == 0


def test_the_first_who_was_there_counts_whoever_tells(
    world: World, many: list[SupervisedObject], monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, today = steps.under_way(world), clock.today()
    reach.enlist(campaign, many, today)
    known = many[0].uid
    Target.objects.filter(object=known).update(checked_on=today, checked_by="先登记的")

    def late(names: Sequence[str]) -> Iterator[tuple[UUID, date, str]]:
        assert campaign.name in names
        yield from ((one.uid, today - timedelta(days=1), "后到") for one in many[:20])

    def early(names: Sequence[str]) -> Iterator[tuple[UUID, date, str]]:
        yield from ((one.uid, today - timedelta(days=2), "先到") for one in many[5:25])
        yield many[5].uid, today - timedelta(days=3), "最先"

    monkeypatch.setattr(reach, "AT_ONCE", 7)
    for sources in ([late, early], [early, late]):
        Target.objects.exclude(object=known).update(checked_on=None, checked_by="")
        monkeypatch.setattr(reach, "_sources", sources)
        assert reach.catch_up(campaign) == 24
        found = dict(Target.objects.filter(campaign=campaign).values_list("object_id", "checked_by"))
        assert found[known] == "先登记的", "what was noted stays"
        assert [found[one.uid] for one in (many[1], many[5], many[6], many[24], many[25])] == [
            "后到", "最先", "先到", "先到", "",
        ]  # fmt: skip
        assert reach.catch_up(campaign) == 0
