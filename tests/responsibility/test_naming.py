"""Who was named for what: two never at once, everything on the record, and the chain follows the most special rule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.responsibility.naming import keeping, relations, trail
from bihuan.capabilities.responsibility.naming.keeping import Given
from bihuan.capabilities.responsibility.naming.models import Naming
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.people.models import Person, Post, Role, Tenure
from bihuan.kernel.record import heads
from bihuan.kernel.responsibility.chain import Level, beside, chain, chains, unit_chain
from bihuan.kernel.responsibility.ground import Ground
from bihuan.kernel.territory.models import AgencyAlias, Region, RegionLevel, Regulation, Sector
from bihuan.kernel.territory.trees import plant
from tests.world import SINCE, World

DAY = date(2024, 3, 1)


def leader(world: World, title: str, name: str) -> Post:
    here = world.actor("leader").scopes[0]
    post = Post.objects.create(
        title=title, role=Role.LEADER, agency_id=here.agency_id, region=world.district,
        region_path=world.district.path,
    )  # fmt: skip
    Tenure.objects.create(post=post, person=Person.objects.create(name=name), since=SINCE)
    return post


def named(world: World, kind: str, **what: Any) -> Naming:
    return keeping.name(Given(kind=kind, since=what.pop("since", DAY), **what), world.actor("office"))


def refused(world: World, kind: str, **what: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        named(world, kind, **what)
    return refusal.value.failures[0].code, refusal.value.failures[0].message


def rung(world: World, level: Level = Level.LEADER, on: date = DAY) -> Any:
    return next(holder for holder in chain(world.factory, on) if holder.level is level)


def test_the_most_special_rule_names_the_leader(world: World) -> None:
    by = {name: leader(world, f"副区长{name}", name) for name in ("片", "口", "业", "区业", "联")}
    sector = world.factory.sector_id
    assert rung(world).title.endswith("副区长")
    for kind, who, what in (
        ("area", "片", {"region": world.east.pk}),
        ("portfolio", "口", {"agency": world.bureau.pk}),
        ("sector", "业", {"sector": sector}),
        ("sector", "区业", {"sector": sector, "region": world.east.pk}),
        ("pairing", "联", {"object": world.factory.uid, "frequency": "month"}),
    ):
        named(world, kind, post=by[who].pk, **what)
        assert rung(world).name == who
    assert rung(world).rule.startswith("包联该企业的领导")
    assert rung(world, on=DAY - timedelta(days=1)).name not in by
    labels = [one.label for one in beside(world.factory, DAY)]
    assert labels == ["包联企业", "分管行业", "分管行业", "联系业务口", "包保片区"]


def test_a_set_is_answered_by_as_many_statements_as_one(world: World) -> None:
    sector = world.factory.sector
    more = [draft_object(f"东湖第{n}厂", world.east, sector=sector) for n in range(30)]
    for one in more:
        one.save()
    with CaptureQueriesContext(connection) as alone:
        single = chain(world.factory, DAY)
    with CaptureQueriesContext(connection) as together:
        many = chains([world.factory, world.site, *more], DAY)
    assert many[world.factory.uid] == single
    assert len(many) == 32
    assert len(together) == len(alone) <= 12


@pytest.mark.parametrize("kind", ["area", "sector", "portfolio", "pairing", "zone", "grid", "claim"])
def test_two_never_at_once_and_one_after_the_other(world: World, kind: str) -> None:
    village = plant(Region, world.east, "柳庄村", level=RegionLevel.VILLAGE)
    one, two = leader(world, "副区长甲", "甲"), leader(world, "副区长乙", "乙")
    grid = world.actor("grid").scopes[0].post_id
    what: dict[str, Any] = {
        "area": {"region": world.east.pk}, "sector": {"sector": world.factory.sector_id},
        "portfolio": {"agency": world.bureau.pk}, "pairing": {"object": world.factory.uid, "frequency": "month"},
        "zone": {"region": village.pk, "words": "东片"}, "grid": {"region": village.pk, "post": grid},
        "claim": {"object": world.factory.uid, "unit": world.east_government.pk},
    }[kind]  # fmt: skip
    first = named(world, kind, **({} if kind == "claim" else {"post": one.pk}) | what)
    again = ({} if kind == "claim" else {"post": two.pk}) | what
    code, words = refused(world, kind, **again)
    assert code == "naming.taken"
    assert first.whom() in words
    keeping.end(first.pk, DAY + timedelta(days=30), "分工调整", world.actor("office"))
    assert refused(world, kind, **again)[0] == "naming.taken"
    named(world, kind, **again, since=DAY + timedelta(days=30))
    assert keeping.on_day(DAY + timedelta(days=29)).get(kind=kind) == first
    assert keeping.on_day(DAY + timedelta(days=30)).exclude(pk=first.pk).filter(kind=kind).count() == 1


def test_the_database_refuses_what_goes_around_the_deed(world: World) -> None:
    first = named(world, "area", post=leader(world, "副区长甲", "甲").pk, region=world.east.pk)
    first.pk = None
    with pytest.raises(IntegrityError, match="area_once"), transaction.atomic():
        first.save(force_insert=True)
    held = Tenure.objects.get(post=world.actor("leader").scopes[0].post_id)
    with pytest.raises(IntegrityError, match="one_holder_at_a_time"), transaction.atomic():
        Tenure.objects.create(post=held.post, person=Person.objects.create(name="又一人"), since=DAY)


def test_overlapping_zones_are_refused_in_words(world: World) -> None:
    village = plant(Region, world.east, "柳庄村", level=RegionLevel.VILLAGE)
    cell = plant(Region, village, "柳庄第一网格", level=RegionLevel.GRID_CELL)
    other = plant(Region, world.east, "杨庄村", level=RegionLevel.VILLAGE)
    cadre = world.actor("clerk_east").scopes[0].post_id
    clerk = world.actor("clerk_east")
    keeping.name(Given(kind="zone", since=DAY, post=cadre, region=village.pk, words="东片"), clerk)
    code, words = refused(world, "zone", post=cadre, region=cell.pk, words="细片")
    assert (code, "柳庄村、东片" in words, "重叠" in words) == ("naming.taken", True, True)
    named(world, "zone", post=cadre, region=other.pk, words="西片")
    with pytest.raises(Refused, match="区安委办"):
        keeping.name(Given(kind="zone", since=DAY, post=cadre, region=other.pk), world.actor("clerk_west"))
    world.factory.region, world.factory.region_path = cell, cell.path
    labels = {one.label: one.holder.rule for one in beside(world.factory, DAY)}
    assert labels["责任区干部"] == "责任区“东片”的包干干部"


def test_what_cannot_be_named_is_refused_in_words(world: World) -> None:
    clerk = world.actor("clerk_east").scopes[0].post_id
    assert refused(world, "area", post=clerk, region=world.east.pk)[0] == "naming.wrong_post"
    assert refused(world, "area", region=world.east.pk)[0] == "naming.whom_missing"
    one = leader(world, "副区长甲", "甲").pk
    assert refused(world, "area", post=one)[0] == "naming.about_missing"
    assert refused(world, "area", post=one, region=world.district.pk)[0] == "naming.wrong_region"
    assert refused(world, "pairing", post=one, object=world.factory.uid)[0] == "naming.no_frequency"
    assert refused(world, "nothing", post=one)[0] == "naming.unknown_kind"
    with pytest.raises(Refused, match="区安委办"):
        keeping.name(Given(kind="area", since=DAY, post=one, region=world.east.pk), world.actor("regulator"))


def test_every_deed_is_on_the_record(world: World) -> None:
    one = leader(world, "副区长甲", "甲").pk
    row = named(world, "area", post=one, region=world.east.pk, document="区安委〔2024〕3 号")
    with pytest.raises(Refused, match="原因"):
        keeping.end(row.pk, clock.today(), " ", world.actor("office"))
    keeping.end(row.pk, clock.today(), "分工调整", world.actor("office"))
    with pytest.raises(Refused, match="不用再办"):
        keeping.end(row.pk, clock.today(), "分工调整", world.actor("office"))
    entries = trail.history(row)
    assert [entry.verb for entry in entries] == ["ended", "named"]
    assert entries[1].payload["document"] == "区安委〔2024〕3 号"
    assert entries[0].actor_post.endswith("安委办主任")
    row.refresh_from_db()
    assert (trail.chain_of(trail.number_of(row)), 2) in [(end[0], end[2]) for end in trail.ends()]
    assert trail.KIND in heads.kinds()


def test_lead_regulators_and_who_stands_in_for_none(world: World) -> None:
    office, sector = world.actor("office"), world.factory.sector
    assert sector is not None
    world.factory.agency = None
    relations.assign(sector, world.builders, DAY, office, lead=True, document="编委文件")
    assert Ground(DAY).leads(sector.path)[1] == (world.bureau.pk, world.builders.pk)
    with pytest.raises(Refused, match="已是"):
        relations.assign(sector, world.builders, DAY, office, lead=False)
    for row in Regulation.objects.filter(sector=sector, lead=True):
        relations.end(row.pk, DAY + timedelta(days=1), "机构改革", office)
    then = DAY + timedelta(days=2)
    assert rung(world, Level.SECTOR, then).vacant
    named(world, "comprehensive", unit=world.bureau.pk)
    stand_in = rung(world, Level.SECTOR, then)
    assert (stand_in.agency_id, "兜底" in stand_in.rule) == (world.bureau.pk, True)


def test_a_claimed_object_has_its_claimers_head(world: World) -> None:
    assert rung(world, Level.TERRITORIAL).agency_id == world.east_government.pk
    named(world, "claim", object=world.factory.uid, unit=world.west_government.pk)
    claimed = rung(world, Level.TERRITORIAL)
    assert (claimed.agency_id, "认领" in claimed.rule) == (world.west_government.pk, True)


def test_units_are_called_as_on_that_day(world: World) -> None:
    AgencyAlias.objects.create(agency=world.bureau, name_key="区安监局", until=date(2019, 3, 1))
    AgencyAlias.objects.create(agency=world.bureau, name_key="应急局")
    Tenure.objects.filter(post=world.actor("regulator").scopes[0].post_id).update(since=date(2018, 1, 1))
    assert rung(world, Level.SECTOR, date(2019, 2, 28)).title == "区安监局 工贸科科长"
    assert rung(world, Level.SECTOR, date(2019, 3, 1)).title == "区应急管理局 工贸科科长"


def test_a_portfolio_names_the_leader_of_a_units_task(world: World) -> None:
    one = leader(world, "副区长甲", "甲")
    named(world, "portfolio", post=one.pk, agency=world.builders.pk)
    building = Sector.objects.get(pk=world.site.sector_id)
    found = unit_chain(world.builders.pk, world.district.path, building.path, DAY)
    assert [holder.name for holder in found if holder.level is Level.LEADER] == ["甲"]
